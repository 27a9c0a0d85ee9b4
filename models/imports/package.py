"""Taking in a plan from outside: out of a package, or whatever else a file turns out to be."""

from __future__ import annotations

import os
from pathlib import Path

from models import document, limits, secret, template
from models.errors import DocumentError, PackageError, TemplateError, inside
from models.exports import archive
from models.exports.verification import verify
from models.i18n import N_, _
from models.imports import pdf, word_parts, workbook
from models.imports.workbook_parts import OLD_OFFICE, empty, old_form
from models.plan import Plan
from models.signing import Roots

#: White space, and the mark of UTF-8.
_BEFORE_JSON = b" \t\r\n\xef\xbb\xbf"
_KINDS = N_("gói nộp .zip, bản PDF đã kết xuất, biểu Excel đã điền hoặc tệp plan.json")


def read(path: Path, passphrase: str = "") -> Plan:
    """The plan in a package; ``PackageError`` where it is no package, or not as it was exported.

    ``SecretError`` where it is locked, and not with that passphrase.
    """
    found = verify(path, Roots(), passphrase=passphrase)
    if found.problems or found.plan is None:
        problem = found.problems[0] if found.problems else _("Gói không có kế hoạch.")
        raise PackageError(
            _("Gói “{file}” không còn nguyên vẹn nên không được nhận, hãy xin lại gói gốc: {problem}").format(
                file=path.name, problem=inside(problem)
            )
        )
    return found.plan


def open_any(path: Path, passphrase: str = "") -> Plan:
    """The plan in a file, a package or a plan document, told by what it holds and not by its name.

    A package that is locked opens with ``passphrase``: ``SecretError`` where it does not. A ``UserError`` says why
    there is no plan, or none whose template is known here.
    """
    plan = _open(path, passphrase)
    try:
        template.of(plan)
    except TemplateError as error:
        raise TemplateError(
            _("Không nhận được tệp “{file}”: {reason}").format(file=path.name, reason=inside(str(error)))
        ) from None
    return plan


def _open(path: Path, passphrase: str) -> Plan:
    if secret.is_locked(path):
        return read(path, passphrase)
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            names = _entry_names(path) if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None
    except (OSError, ValueError):
        head, names = b"", None  # document.read says why
    if names is not None:
        if "xl/workbook.xml" in names or (not names and path.suffix.lower() == ".xlsx"):
            return workbook.read(path)
        if not names and path.suffix.lower() in (".docx", ".docm"):
            raise word_parts.damaged(path.name)
        if {"mimetype", "content.xml"} <= names:
            raise _to_save_as(path, "OpenDocument", is_text=path.suffix.lower() != ".ods")
        if "[Content_Types].xml" in names:
            raise _not_yet(path, names)
        return read(path)
    if head.startswith(OLD_OFFICE):
        raise _old_text(path) or _old_workbook(path) or _not_yet(path, {path.suffix.lower()})
    if head.startswith(b"{\\rtf"):
        raise _to_save_as(path, "RTF", is_text=True)
    if head.lstrip(_BEFORE_JSON).startswith(b"<") and path.suffix.lower() in (".xls", ".xlsx", ".doc", ".docx"):
        raise _to_save_as(path, "HTML", is_text=path.suffix.lower().startswith(".doc"))
    if path.suffix.lower() == ".csv":
        raise _to_save_as(path, "CSV", is_text=False)
    if head.startswith(b"%PDF-"):
        return pdf.read(path)
    if not head and os.path.isfile(path) and not os.path.getsize(path):
        raise empty(path.name)
    if head and path.suffix.lower() != ".json" and not head.lstrip(_BEFORE_JSON).startswith(b"{"):
        raise DocumentError(
            _("“{file}” không phải tệp kế hoạch; hãy chọn {kinds}.").format(file=path.name, kinds=_(_KINDS))
        )
    return document.read(path)


def _old_workbook(path: Path) -> DocumentError | None:
    """What to say of a workbook in the old form, which is also that of one with a password; of others nothing."""
    data = document.read_bytes(path, workbook.MAX_BYTES)
    signs = [sign.encode("utf-16-le") for sign in ("EncryptedPackage", "Workbook")]
    is_workbook = path.suffix.lower() in (".xls", ".xlsx") or any(sign in data for sign in signs)
    return old_form(data, path.name) if is_workbook else None


def _old_text(path: Path) -> DocumentError | None:
    """What to say of a Word file in the old form, which is also that of one with a password; of others nothing."""
    data = document.read_bytes(path, limits.WORD_BYTES)
    is_word = path.suffix.lower() in (".doc", ".docx", ".docm") or "WordDocument".encode("utf-16-le") in data
    return word_parts.old_form(data, path.name) if is_word else None


def _entry_names(path: Path) -> set[str]:
    """The names in a zip file; none where it is damaged, which ``verify`` tells better."""
    try:
        with path.open("rb") as stream, archive.open_zip(stream) as zipped:
            return set(zipped.namelist())
    except archive.Damaged:
        return set()


def _to_save_as(path: Path, form: str, is_text: bool) -> DocumentError:
    """What to say of an office's file in another form than the ones that are read."""
    program, ending = ("Word", ".docx") if is_text else ("Excel", ".xlsx")
    sentence = _("“{file}” là tệp dạng {form}; hãy mở bằng {program}, lưu thành tệp {ending} rồi thử lại.")
    return DocumentError(sentence.format(file=path.name, form=form, program=program, ending=ending))


def _not_yet(path: Path, names: set[str]) -> DocumentError:
    if any(name.startswith("xl/") for name in names) or ".xls" in names:
        kind = _("bảng tính Excel")
    elif any(name.startswith("word/") for name in names):
        sentence = _(
            "“{file}” là văn bản Word, cần chọn mẫu khi nhận; hãy dùng lệnh “Nhập từ Excel, Word…”"
            " (hoặc thêm --template ở dòng lệnh)."
        )
        return DocumentError(sentence.format(file=path.name))
    else:
        kind = _("tệp văn phòng")
    return DocumentError(
        _("“{file}” là {kind}, chưa nhập vào được; hãy chọn {kinds}.").format(
            file=path.name, kind=kind, kinds=_(_KINDS)
        )
    )
