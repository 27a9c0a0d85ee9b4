"""The templates at hand, and taking in those that the ICT department sends by mail or on a stick.

A version of a template never changes once it is at hand: plans were made with it. Another content comes as a newer
version; the older ones stay for their plans. That a file is the department's is told by its SHA-256, which stands in
the letter it came with. What is taken in lies in ``mau`` of the data folder, the owner's alone, byte for byte.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models import limits, private, template, template_folder
from models.errors import TemplateError, reason
from models.i18n import _
from models.template_parts import Template

#: So many digits of a code are enough to tell a file by: more than anybody can try out.
LEAST_DIGITS = 16
ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Held:
    """A version of a template at hand; ``digest`` is the SHA-256 of its file, in small hexadecimal digits."""

    template: Template
    digest: str
    path: Path
    is_shipped: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.template.id, self.template.version


#: What a file that comes is beside those of its id at hand: the first, newer than all, older than one, there already.
Kind = Literal["new", "newer", "older", "same"]


@dataclass(frozen=True, slots=True)
class Coming:
    """A template file from outside, found good; ``versions`` are those of its id at hand."""

    template: Template
    data: bytes
    digest: str
    kind: Kind
    versions: tuple[int, ...]


def listed() -> tuple[list[Held], list[str]]:
    """All versions of all templates at hand, and a sentence for each file in the data folder that cannot be used.

    The templates stand in the order of their years, the latest first; of each the newest version first.
    """
    found: dict[tuple[str, int], Held] = {}
    faults: list[str] = []
    for paths in template_folder.shipped().values():
        for path in paths:
            held = _held(path, is_shipped=True)
            found[held.key] = held
    for path in template_folder.taken_in(template.folder()).values():
        try:
            held = _held(path, is_shipped=False)
        except TemplateError as error:
            faults.append(str(error))
            continue
        found.setdefault(held.key, held)
    years: dict[str, tuple[int, int]] = {}
    for one in found.values():
        place = (one.template.default_from, -one.template.years)
        years[one.template.id] = max(place, years.get(one.template.id, place))
    return sorted(found.values(), key=lambda one: (years[one.template.id], *one.key), reverse=True), faults


def faults() -> list[str]:
    """A sentence for each template file in the data folder that cannot be used."""
    found = []
    for path in template_folder.taken_in(template.folder()).values():
        try:
            template.load(path)
        except TemplateError as error:
            found.append(str(error))
    return found


def _held(path: Path, *, is_shipped: bool) -> Held:
    return Held(template.load(path), digest_of(_bytes(path)), path, is_shipped)


def _bytes(path: Path) -> bytes:
    """The bytes of a template file, one more than it may have at most."""
    try:
        with path.open("rb") as stream:
            return stream.read(limits.TEMPLATE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TemplateError(
            _("Không đọc được tệp mẫu “{file}” ({reason}); hãy chép lại tệp rồi thử lại.").format(
                file=path.name, reason=reason(error)
            )
        ) from None


def held(template_id: str, version: int) -> Held | None:
    """That version of a template as it is at hand; ``None`` where it is not."""
    return next((one for one in listed()[0] if one.key == (template_id, version)), None)


def data_of(found: Held) -> bytes:
    """The bytes of a template's file, as it came; ``TemplateError`` where it is not there any more or another one."""
    data = _bytes(found.path)
    if digest_of(data) != found.digest:
        raise TemplateError(
            _("Tệp mẫu “{file}” vừa bị thay đổi; hãy mở lại danh sách mẫu.").format(file=found.path.name)
        )
    return data


# ---- taking in


def is_template(path: Path) -> bool:
    """Whether a file is meant to be a template: by its name, since any text might be one."""
    return path.suffix.lower() == ENDING


def examine(path: Path) -> Coming:
    """The template in a file from outside, not yet taken in.

    ``TemplateError`` where it is none, or has other content than what is at hand under its id and version.
    """
    return examined(_bytes(path), path.name)


def examined(data: bytes, name: str) -> Coming:
    """As ``examine``, for the bytes of a file called ``name``."""
    found = template.read(data, name)
    at_hand = template.versions(found.id)
    same = at_hand.get(found.version)
    if same is not None and same != found:
        raise TemplateError(
            _(
                "Tệp “{file}” là phiên bản {version} của mẫu “{id}” nhưng nội dung khác phiên bản {version} đang có; "
                "hãy hỏi lại nơi gửi, mẫu sửa đổi phải mang số phiên bản mới."
            ).format(file=name, version=found.version, id=found.id)
        )
    return Coming(found, data, digest_of(data), _kind(found.version, at_hand), tuple(sorted(at_hand)))


def _kind(version: int, at_hand: Collection[int]) -> Kind:
    if not at_hand:
        return "new"
    if version in at_hand:
        return "same"
    return "newer" if version > max(at_hand) else "older"


def take_in(coming: Coming, folder: Path) -> None:
    """Keep a template in the data folder from now on; nothing where it is at hand already.

    ``TemplateError`` where it cannot be written, or that version has come meanwhile with other content; nothing
    half-written is left.
    """
    path = template_folder.path_of(folder, coming.template.id, coming.template.version)
    # Meanwhile another window may have taken in that version: what is at hand never changes.
    if examined(coming.data, path.name).kind == "same":
        return
    try:
        private.make_folder(folder)
        private.make_folder(path.parent)
        private.write(path, coming.data, flush=True)
    except OSError as error:
        raise TemplateError(
            _("Không ghi được mẫu vào “{folder}” ({reason}); hãy kiểm tra ổ đĩa rồi thử lại.").format(
                folder=path.parent, reason=reason(error)
            )
        ) from None
    finally:
        template.forget()


def remove(found: Held, used: int) -> None:
    """Take a template out of the data folder; ``TemplateError`` where it is shipped, or ``used`` plans need it."""
    name = {"name": found.template.name, "version": found.template.version}
    if found.is_shipped:
        raise TemplateError(_("Mẫu “{name}” phiên bản {version} đi kèm chương trình nên không gỡ được.").format(**name))
    if used:
        raise TemplateError(
            _(
                "Mẫu “{name}” phiên bản {version} đang có {count} kế hoạch dùng (kể cả trong thùng rác) nên không gỡ; "
                "hãy chuyển các kế hoạch đó sang mẫu khác trước."
            ).format(**name, count=used)
        )
    try:
        found.path.unlink(missing_ok=True)
    except OSError as error:
        raise TemplateError(
            _("Không gỡ được tệp mẫu “{file}” ({reason}).").format(file=found.path.name, reason=reason(error))
        ) from None
    finally:
        template.forget()


def uses(found: Held, used: dict[tuple[str, int | None], int]) -> int:
    """How many of the plans in use, told by id and stated version, need that version of a template."""
    count = used.get(found.key, 0)
    if used.get((found.template.id, None)) and template.get(found.template.id).version == found.template.version:
        count += used[found.template.id, None]
    return count


# ---- the code it is told by


def digest_of(data: bytes) -> str:
    """SHA-256 of a template file, as ``sha256sum`` and ``certutil -hashfile`` print it."""
    return hashlib.sha256(data).hexdigest()


def grouped(digest: str) -> str:
    """A digest in groups of four digits, as people read and type it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def matches(typed: str, digest: str) -> bool | None:
    """Whether a code typed from a letter is that digest, or its beginning; ``None`` while it is too short to tell."""
    digits = re.sub(r"[\s.:-]", "", typed).lower()
    if len(digits) < LEAST_DIGITS and digest.startswith(digits):
        return None
    return digest.startswith(digits)
