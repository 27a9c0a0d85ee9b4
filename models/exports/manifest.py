"""``manifest.json``: what a package holds, with the size and the SHA-256 of each file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models import limits
from models.exports.archive import is_plain_name
from models.i18n import _

NAME = "manifest.json"
PLAN_NAME = "plan.json"
FORMAT = "ke-hoach-so/package"
VERSION = 1
PROGRAM = "Kế Hoạch Số 0.1.0"
MAX_BYTES = limits.MANIFEST_BYTES
#: Ends the stem of the signed PDF that came back: ``KH-2022_SNV_1-daky.pdf`` beside ``KH-2022_SNV_1.pdf``.
SIGNED_MARK = "-daky"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Faulty(Exception):
    """A manifest breaks a rule of its format; ``str()`` is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the manifest has it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    plan_id: str
    revision: int
    created: str
    program: str
    files: tuple[Listed, ...]

    @property
    def pdf(self) -> Listed:
        """The PDF as it was exported."""
        return next(file for file in self.files if file.name.endswith(".pdf") and not is_signed_name(file.name))


def is_signed_name(name: str) -> bool:
    """Whether a file of a package is the signed PDF beside the exported one."""
    return name.endswith(f"{SIGNED_MARK}.pdf")


def signed_name(name: str) -> str:
    """What the signed form of the PDF ``name`` is called."""
    return name.removesuffix(".pdf") + f"{SIGNED_MARK}.pdf"


def changed(name: str) -> str:
    """What is to be said of a file of a package whose sum is not the listed one."""
    return _("Tệp “{name}” trong gói đã bị thay đổi so với lúc kết xuất.").format(name=name)


def make(
    plan_id: str, revision: int, created: str, files: Sequence[tuple[str, bytes]], program: str = PROGRAM
) -> bytes:
    """The manifest of a package with these files; ``created`` is ISO 8601."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "plan": {"id": plan_id, "revision": revision},
        "created": created,
        "program": program,
        "files": [{"name": name, "size": len(data), "sha256": sha256(data)} for name, data in files],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes) -> Manifest:
    """The manifest in ``data``; ``Faulty`` says what is wrong with it."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError
        return found

    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
    except (ValueError, RecursionError):
        raise Faulty(_("Tệp manifest.json của gói bị hỏng.")) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Faulty(_("Tệp manifest.json không phải của gói nộp Kế Hoạch Số."))
    version = document.get("version")
    if type(version) is int and version > VERSION:
        raise Faulty(_("Gói do chương trình mới hơn tạo ra; hãy cập nhật Kế Hoạch Số rồi kiểm tra lại."))
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError):
        raise Faulty(_("Tệp manifest.json của gói thiếu trường hoặc có giá trị không hợp lệ.")) from None


def _read(document: dict[str, Any]) -> Manifest:
    plan = document["plan"]
    files = [
        Listed(_text(item["name"]), _count(item["size"]), _text(item["sha256"])) for item in _items(document["files"])
    ]
    names = [listed.name.casefold() for listed in files]
    proper = all(is_plain_name(listed.name) and _SHA256.fullmatch(listed.sha256) for listed in files)
    if document["version"] != VERSION or not proper or len(set(names)) < len(names) or NAME in names:
        raise ValueError
    # A package is the plan, what is printed of it, and its figures; without one of them it is none.
    printed = [name for name in names if not is_signed_name(name)]
    if PLAN_NAME not in names or not all(any(n.endswith(end) for n in printed) for end in (".pdf", ".xlsx")):
        raise ValueError
    return Manifest(
        _text(plan["id"]),
        _count(plan["revision"]),
        _text(document["created"]),
        _text(document["program"]),
        tuple(files),
    )


def _items(value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
