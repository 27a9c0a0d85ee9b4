"""Taking in a plan from outside: out of a package, or whatever else a file turns out to be."""

from __future__ import annotations

from pathlib import Path

from models import document, template
from models.errors import DocumentError, PackageError, TemplateError
from models.exports import archive
from models.exports.verification import verify
from models.i18n import _
from models.plan import Plan

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Plan:
    """The plan in a package; ``PackageError`` where it is no package, or not as it was exported."""
    found = verify(path)
    if found.problems or found.plan is None:
        problem = found.problems[0] if found.problems else _("Gói không có kế hoạch.")
        raise PackageError(
            _("Gói “{file}” không còn nguyên vẹn nên không được nhận, hãy xin lại gói gốc: {problem}").format(
                file=path.name, problem=problem[0].lower() + problem[1:]
            )
        )
    return found.plan


def open_any(path: Path) -> Plan:
    """The plan in a file, a package or a plan document, told by what it holds and not by its name.

    A ``UserError`` says why there is none, or none whose template is known here.
    """
    plan = _open(path)
    try:
        template.get(plan.template)
    except TemplateError as error:
        reason = str(error)
        raise TemplateError(
            _("Không nhận được tệp “{file}”: {reason}").format(file=path.name, reason=reason[0].lower() + reason[1:])
        ) from None
    return plan


def _open(path: Path) -> Plan:
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            names = _entry_names(path) if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None
    except (OSError, ValueError):
        head, names = b"", None  # document.read says why
    if names is not None:
        if "[Content_Types].xml" in names:
            raise _not_yet(path, names)
        return read(path)
    if head.startswith(_OLD_OFFICE):
        raise _not_yet(path, {path.suffix.lower()})
    if head.startswith(b"%PDF-"):
        raise DocumentError(
            _("“{file}” là tệp PDF, không đọc được kế hoạch từ đó; hãy chọn gói nộp .zip hoặc tệp plan.json.").format(
                file=path.name
            )
        )
    return document.read(path)


def _entry_names(path: Path) -> set[str]:
    """The names in a zip file; none where it is damaged, which ``verify`` tells better."""
    try:
        with path.open("rb") as stream, archive.open_zip(stream) as zipped:
            return set(zipped.namelist())
    except archive.Damaged:
        return set()


def _not_yet(path: Path, names: set[str]) -> DocumentError:
    if any(name.startswith("xl/") for name in names) or ".xls" in names:
        kind = _("bảng tính Excel")
    elif any(name.startswith("word/") for name in names) or ".doc" in names:
        kind = _("văn bản Word")
    else:
        kind = _("tệp văn phòng")
    return DocumentError(
        _("“{file}” là {kind}, chưa nhập vào được; hãy chọn gói nộp .zip hoặc tệp plan.json.").format(
            file=path.name, kind=kind
        )
    )
