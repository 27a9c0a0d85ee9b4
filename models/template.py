"""Mẫu (đề cương): the outline, tables, funding sources, indicators and limits of a year's plan.

A template is a TOML file, in ``resources/templates`` or taken in from the ICT department (``templates.py``). It is
validated when it is loaded: a fault is a ``TemplateError`` that names the file and the field. All that the law may
change (limits, headings, addressee) stands in templates, never in code.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import msgspec

from models import limits, template_carried, template_folder, template_text
from models.errors import TemplateError
from models.i18n import _
from models.plan import Plan
from models.template_faults import faults
from models.template_parts import (
    MERGED_FIELDS,
    TASK_FIELDS,
    Column,
    Indicator,
    Layout,
    Limits,
    NumberingStyle,
    OutlineStyle,
    SectionSpec,
    Source,
    Span,
    TableSpec,
    Template,
    Unit,
    parse_percent,
    walk,
)
from models.template_years import fill_years

__all__ = [
    "MERGED_FIELDS", "TASK_FIELDS", "VERSION_FIELD", "Column", "Indicator", "Layout", "Limits", "NumberingStyle",
    "OutlineStyle", "SectionSpec", "Source", "Span", "TableSpec", "Template", "Unit", "fill_years", "folder",
    "forget", "get", "known", "load", "newest", "of", "parse", "parse_percent", "read", "stated",
    "use_folder", "version_of", "versions", "walk",
]  # fmt: skip

#: The field of plan.json, kept in ``plan.extra``, with the version of its template that a plan was made with.
VERSION_FIELD = "template_version"

#: The data folder whose templates are known besides those shipped.
_folder: Path | None = None


def use_folder(folder: Path | None) -> None:
    """From now on the templates taken into this data folder are known too; ``None``: only those shipped."""
    global _folder
    _folder = folder
    forget()


def folder() -> Path | None:
    """The data folder whose templates are known; ``None`` where only those shipped are."""
    return _folder


def forget() -> None:
    """Read the templates anew when they are next asked for: one was taken in or removed."""
    _shipped.cache_clear()
    _taken_in.cache_clear()


def known() -> list[str]:
    """The ids of the templates at hand, in order."""
    return sorted({*template_folder.shipped(), *(key for key, _version in template_folder.taken_in(_folder))})


def of(plan: Plan) -> Template:
    """The template a plan was made with, in its version, with what the plan carries along from an earlier one.

    ``TemplateError`` says what to do where it is not at hand.
    """
    return template_carried.with_carried(get(plan.template, version_of(plan)), plan)


def stated(plan: Plan) -> tuple[object, ...]:
    """All that a plan says of its template; plans that say the same are of the same one."""
    return plan.template, plan.extra.get(VERSION_FIELD), plan.extra.get(template_carried.FIELD)


def version_of(plan: Plan) -> int | None:
    """The version of its template that a plan states; ``None`` where it states none."""
    version = plan.extra.get(VERSION_FIELD)
    return version if type(version) is int and version > 0 else None


def get(template_id: str, version: int | None = None) -> Template:
    """The template of that id and version; ``TemplateError`` names the known ones where there is none.

    Without a version: what plans are made with that state none, which is the oldest the program ships, or the oldest
    taken in where it ships none.
    """
    at_hand = versions(template_id)
    if not at_hand or version not in (None, *at_hand):
        for (key, number), path in template_folder.taken_in(_folder).items():
            if key == template_id and (number == version or not at_hand):
                # It is there, and broken: that says why.
                load(path)
    if not at_hand:
        raise TemplateError(
            _("Không có mẫu kế hoạch “{id}”; các mẫu hiện có: {known}.").format(
                id=template_id[:60], known=", ".join(known())
            )
        )
    if version is None:
        return at_hand[min(_shipped(template_id) or at_hand)]
    if version not in at_hand:
        raise TemplateError(
            _(
                "Không có phiên bản {version} của mẫu kế hoạch “{id}” (hiện có: {known}); "
                "hãy nhận tệp mẫu của phiên bản đó rồi mở lại."
            ).format(version=version, id=template_id, known=", ".join(str(one) for one in sorted(at_hand)))
        )
    return at_hand[version]


def newest(template_id: str) -> Template:
    """The template of that id with which new plans are made; ``TemplateError`` where there is none."""
    at_hand = versions(template_id)
    return at_hand[max(at_hand)] if at_hand else get(template_id)


def versions(template_id: str) -> dict[int, Template]:
    """The versions at hand of the template of that id; one that is broken in the data folder is passed over."""
    return {**_taken_in(template_id, template_folder.stamp(_folder)), **_shipped(template_id)}


@functools.lru_cache(64)
def _shipped(template_id: str) -> dict[int, Template]:
    found = [load(path) for path in template_folder.shipped().get(template_id, [])]
    return {template.version: template for template in found}


@functools.lru_cache(64)
def _taken_in(template_id: str, _stamp: int) -> dict[int, Template]:
    """Those in the data folder as it was at that time: the command line may put one there while a window is open."""
    found = {}
    for (key, version), path in template_folder.taken_in(_folder).items():
        if key == template_id:
            try:
                template = load(path)
            except TemplateError:
                continue
            found[version] = template
    return found


def load(path: Path) -> Template:
    """The template in a TOML file named by its id, or id and version; ``TemplateError`` names file and field."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.TEMPLATE_BYTES + 1)
    except (OSError, ValueError):
        raise _unreadable(path.name) from None
    template = read(data, path.name)
    if path.stem not in (template.id, f"{template.id}_{template.version}"):
        raise _faulty(path.name, "id", _("phải trùng với tên tệp"))
    return template


def read(data: bytes, name: str) -> Template:
    """The template in the bytes of a TOML file, wherever it comes from; ``TemplateError`` names file and field."""
    if len(data) > limits.TEMPLATE_BYTES:
        raise TemplateError(
            _("Tệp mẫu “{file}” lớn hơn {size} KiB nên không được nhận; hãy kiểm tra lại tệp.").format(
                file=name, size=limits.TEMPLATE_BYTES // 1024
            )
        )
    try:
        # Notepad may put a byte order mark in front.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(name) from None
    return parse(text, name)


def parse(text: str, name: str, *, is_draft: bool = False) -> Template:
    """The template in ``text`` (TOML); ``name`` is the file's name for the sentence of an error.

    A draft may still name things that are not there.
    """
    try:
        template = msgspec.convert(template_text.values(text), Template)
    except template_text.Wrong as wrong:
        raise _faulty(name, wrong.place, wrong.reason) from None
    except msgspec.ValidationError as error:
        raise _translate(name, str(error)) from None
    for place, reason in () if is_draft else faults(template):
        raise _faulty(name, place, reason)
    return template


def _faulty(name: str, place: str, reason: str) -> TemplateError:
    return TemplateError(
        _("Tệp mẫu “{file}” có lỗi ở “{place}”: {reason}.").format(
            file=name, place=template_text.shown(place), reason=reason
        )
    )


def _unreadable(name: str) -> TemplateError:
    return TemplateError(_("Không đọc được tệp mẫu “{file}”.").format(file=name))


def _translate(name: str, message: str) -> TemplateError:
    """msgspec's sentence (``Expected `int`, got `str` - at `$.tables[0].key` ``) as one of ours."""
    place = match.group(1) if (match := re.search(r"at `\$\.?(.*?)`$", message)) else ""
    if match := re.search(r"required field `(.*?)`", message):
        return _faulty(name, f"{place}.{match.group(1)}".strip("."), _("thiếu trường này"))
    if match := re.search(r"unknown field `(.*?)`", message):
        return _faulty(name, f"{place}.{match.group(1)}".strip("."), _("trường lạ, có thể do gõ nhầm tên"))
    return _faulty(name, place or "id", _("giá trị không đúng kiểu hoặc không nằm trong các giá trị cho phép"))
