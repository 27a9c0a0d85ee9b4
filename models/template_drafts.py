"""Templates that are being made: what is wrong with them yet, and keeping them until they are done."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from models import limits, private, template_folder, template_places, template_text, templates
from models import template as known
from models.errors import TemplateError, reason
from models.i18n import N_, _
from models.letters import neutral
from models.plan import FORBIDDEN
from models.template_faults import faults as structural_faults
from models.template_parts import Template, walk
from models.template_writing import write

_NAME = re.compile(r"nhap-[0-9a-f]{8}\.toml")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and where: ``place`` as files name it (``sections.review.heading``).

    ``text`` is a whole sentence in the language set.
    """

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A template that is being made, and the file it is kept in."""

    template: Template
    path: Path


# ---- what is wrong yet


def faults(template: Template) -> list[Fault]:
    """All that keeps a template from being given out, in the order of its parts."""
    told = [*_empty(template), *structural_faults(template)]
    try:
        template_text.checked(msgspec.json.decode(msgspec.json.encode(template)))
    except template_text.Wrong as wrong:
        told.append((wrong.place, wrong.reason))
    found = [Fault(place, f"{template_places.words(template, place)}: {why}.") for place, why in told]
    if template.version in known.versions(template.id):
        sentence = _("Mẫu “{id}” đã có phiên bản {version}; hãy đặt số phiên bản hoặc mã mẫu khác.")
        found.append(Fault("version", sentence.format(id=template.id, version=template.version)))
    unique: dict[Fault, None] = dict.fromkeys(found)
    return list(unique)


#: What must say something, by field.
_NAMES = {
    "name": N_("chưa có tên"), "heading": N_("chưa có tên mục"), "label": N_("chưa có tên"),
    "title": N_("chưa có tên bảng"), "short": N_("chưa có tên ngắn"), "subject": N_("chưa có trích yếu"),
    "kind": N_("chưa có tên loại văn bản"),
}  # fmt: skip


def _empty(template: Template) -> Iterator[tuple[str, str]]:
    parts: list[tuple[str, Any, tuple[str, ...]]] = [("", template, ("name", "kind", "subject"))]
    parts += [(f"sections.{one.key}.", one, ("heading",)) for one in walk(template.sections)]
    for table in template.tables:
        parts.append((f"tables.{table.key}.", table, ("title",)))
        for layout in table.layouts:
            place = f"tables.{table.key}.layouts.{layout.key}."
            parts.append((place, layout, ("label",)))
            # A column for each year or source is headed by those.
            named = [column for column in layout.columns if not column.field.endswith(".*")]
            parts += [(f"{place}{column.field}.", column, ("label",)) for column in named]
        if any(not head.strip() for head in table.columns):
            yield f"tables.{table.key}.columns", _("có cột chưa có tên")
    parts += [(f"sources.{one.key}.", one, ("label", "short")) for one in template.sources]
    parts += [(f"indicators.{one.key}.", one, ("label",)) for one in template.indicators]
    for place, part, fields in parts:
        for field in fields:
            if not getattr(part, field).strip():
                yield f"{place}{field}", _(_NAMES[field])


def clean(text: str, *, many_lines: bool = False) -> str:
    """What is typed or pasted, as a template may hold it."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = FORBIDDEN.sub(" ", kept if many_lines else kept.replace("\n", " "))
    kept = neutral(kept)[: limits.TEMPLATE_TEXT]
    return kept if many_lines else kept.strip()


# ---- keeping them


def new_path(folder: Path) -> Path:
    """Where a new draft is kept."""
    return folder / template_folder.FOLDER_NAME / f"nhap-{secrets.token_hex(4)}.toml"


def keep(draft: Draft) -> None:
    """Keep a draft as it is now; ``TemplateError`` where it cannot be written."""
    try:
        private.make_folder(draft.path.parent.parent)
        private.make_folder(draft.path.parent)
        private.write(draft.path, write(draft.template).encode("utf-8"), flush=True)
    except OSError as error:
        raise TemplateError(
            _("Không giữ được bản đang soạn trong “{folder}” ({reason}); hãy kiểm tra ổ đĩa.").format(
                folder=draft.path.parent, reason=reason(error)
            )
        ) from None


def kept(folder: Path) -> tuple[list[Draft], list[str]]:
    """The drafts in a data folder, and a sentence for each that cannot be read any more."""
    try:
        paths = sorted(path for path in (folder / template_folder.FOLDER_NAME).iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return [], []
    found, told = [], []
    for path in paths:
        try:
            found.append(Draft(_read(path), path))
        except TemplateError as error:
            told.append(str(error))
    return found, told


def _read(path: Path) -> Template:
    try:
        text = path.read_bytes()[: limits.TEMPLATE_BYTES + 1].decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise TemplateError(_("Không đọc được bản mẫu đang soạn “{file}”.").format(file=path.name)) from None
    return known.parse(text, path.name, is_draft=True)


def drop(draft: Draft) -> None:
    """Keep a draft no longer."""
    with contextlib.suppress(OSError):
        draft.path.unlink(missing_ok=True)


def finish(draft: Draft, folder: Path) -> templates.Held:
    """Take a draft in as a template of this computer; ``TemplateError`` where it is not good yet."""
    if found := faults(draft.template):
        raise TemplateError(
            _("Mẫu còn {count} chỗ phải sửa, trước hết: {first}").format(count=len(found), first=found[0].text)
        )
    name = f"{draft.template.id}_{draft.template.version}{templates.ENDING}"
    coming = templates.examined(write(draft.template).encode("utf-8"), name)
    templates.take_in(coming, folder)
    drop(draft)
    made = templates.held(draft.template.id, draft.template.version)
    assert made is not None
    return made
