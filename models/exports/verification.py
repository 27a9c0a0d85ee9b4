"""Is a package whole and unaltered, and is its PDF the one exported or that one signed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zipfile import ZipFile, ZipInfo

from models import document
from models.errors import DocumentError, PackageError, reason
from models.exports import archive, manifest, stamp
from models.exports.archive import Damaged, printable
from models.exports.files import DRAFT_MARK
from models.exports.manifest import Faulty, Listed, Manifest
from models.i18n import _
from models.plan import Plan

#: Of a file in a package: as exported, exported and then signed, or what is wrong with it.
State = Literal["whole", "signed", "changed", "missing", "added", "doubled", "unsafe", "damaged"]

MAX_FILE = archive.MAX_TOTAL
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


@dataclass(frozen=True, slots=True)
class FileCheck:
    name: str
    size: int
    state: State


@dataclass(slots=True)
class Verification:
    """What was found out about a package; ``problems`` are whole sentences, none where it is ``ok``."""

    file: str
    plan_id: str = ""
    subject: str = ""
    revision: int | None = None
    #: The short code printed on every page, from the ``plan.json`` inside.
    code: str = ""
    created: str = ""
    draft: bool = False
    #: The PDF begins with the exported bytes and goes on with a signature (whether that one is valid is not told here).
    signed: bool = False
    problems: list[str] = field(default_factory=list)
    files: list[FileCheck] = field(default_factory=list)
    plan: Plan | None = field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(path: Path) -> Verification:
    """Check the package ``path``; ``PackageError`` where there is no package to check."""
    found = Verification(path.name)
    try:
        if path.is_dir():
            raise PackageError(_("“{file}” là thư mục, không phải gói nộp; hãy chọn tệp .zip.").format(file=path.name))
        with path.open("rb") as stream:
            if not stream.read(4).startswith(b"PK"):
                raise _no_package(path)
            if path.stat().st_size > MAX_FILE:
                raise PackageError(
                    _("Gói “{file}” lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
                        file=path.name, size=MAX_FILE // (1024 * 1024)
                    )
                )
            try:
                with archive.open_zip(stream) as zipped:
                    _check(zipped, found, path)
            except Damaged as damage:
                found.problems.append(str(damage))
    except FileNotFoundError:
        raise PackageError(
            _("Không tìm thấy gói “{file}”; hãy kiểm tra lại tên và đường dẫn.").format(file=path)
        ) from None
    except (OSError, ValueError) as error:
        raise PackageError(
            _("Không đọc được gói “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
                file=path, reason=reason(error)
            )
        ) from None
    return found


def _no_package(path: Path) -> PackageError:
    return PackageError(
        _("“{file}” không phải là gói nộp; hãy chọn tệp .zip do Kế Hoạch Số kết xuất.").format(file=path.name)
    )


def _check(zipped: ZipFile, found: Verification, path: Path) -> None:
    infos = zipped.infolist()
    names = {info.filename for info in infos}
    if manifest.NAME not in names and "[Content_Types].xml" in names:
        raise _no_package(path)
    archive.check_limits(zipped)
    safe: dict[str, ZipInfo] = {}
    # Two names that differ only in case are one file on Windows.
    times = Counter(info.filename.casefold() for info in infos)
    for info in infos:
        name, size = printable(info.filename), info.file_size
        if fault := archive.fault(info):
            found.problems.append(fault)
            found.files.append(FileCheck(name, size, "unsafe"))
        elif times[info.filename.casefold()] > 1:
            found.problems.append(_("Tệp “{name}” có hai lần trong gói.").format(name=name))
            found.files.append(FileCheck(name, size, "doubled"))
        else:
            safe[info.filename] = info
    found.problems = list(dict.fromkeys(found.problems))
    if manifest.NAME not in safe:
        if manifest.NAME not in names:
            found.problems.append(_("Gói thiếu tệp manifest.json nên không biết có nguyên vẹn hay không."))
        return
    try:
        if safe[manifest.NAME].file_size > manifest.MAX_BYTES:
            raise Faulty(_("Tệp manifest.json của gói lớn bất thường."))
        listed = manifest.parse(archive.read(zipped, safe.pop(manifest.NAME)))
    except (Faulty, Damaged) as fault_found:
        found.problems.append(str(fault_found))
        return
    found.plan_id, found.revision, found.created = listed.plan_id, listed.revision, listed.created
    found.draft = any(DRAFT_MARK + "." in file.name for file in listed.files)
    known = {check.name for check in found.files}
    for file in listed.files:
        _check_file(zipped, safe.pop(file.name, None), file, file.name in known, listed, found)
    for name, info in safe.items():
        found.files.append(FileCheck(printable(name), info.file_size, "added"))
        found.problems.append(
            _("Gói có thêm tệp lạ “{name}” không có trong manifest.json.").format(name=printable(name))
        )


def _check_file(
    zipped: ZipFile, info: ZipInfo | None, file: Listed, known: bool, listed: Manifest, found: Verification
) -> None:
    if info is None:
        if not known:
            found.files.append(FileCheck(file.name, 0, "missing"))
            found.problems.append(_("Gói thiếu tệp “{name}”.").format(name=file.name))
        return
    if file.name == manifest.PLAN_NAME and info.file_size > document.MAX_BYTES:
        found.files.append(FileCheck(file.name, info.file_size, "changed"))
        found.problems.append(_("Tệp “{name}” trong gói lớn bất thường.").format(name=file.name))
        return
    try:
        data = archive.read(zipped, info)
    except Damaged as damage:
        found.files.append(FileCheck(file.name, info.file_size, "damaged"))
        found.problems.append(str(damage))
        return
    state: State = "changed"
    if len(data) == file.size and manifest.sha256(data) == file.sha256:
        state = "whole"
    elif file.name.endswith(".pdf") and _is_signed_form(data, file.size, file.sha256):
        state, found.signed = "signed", True
    else:
        found.problems.append(_("Tệp “{name}” trong gói đã bị thay đổi so với lúc kết xuất.").format(name=file.name))
    found.files.append(FileCheck(file.name, len(data), state))
    if file.name == manifest.PLAN_NAME:
        _check_plan(data, listed, found)


def _check_plan(data: bytes, listed: Manifest, found: Verification) -> None:
    try:
        plan = document.from_bytes(data, manifest.PLAN_NAME)
    except DocumentError as error:
        found.problems.append(str(error))
        return
    found.plan, found.subject, found.code = plan, plan.subject, stamp.short_code(data)
    if plan.id != listed.plan_id or plan.revision != listed.revision:
        found.problems.append(
            _("Kế hoạch trong gói không khớp với kế hoạch hoặc lần kết xuất ghi trong manifest.json.")
        )


def is_signed_form(data: bytes, exported: bytes) -> bool:
    """Whether the PDF ``data`` is ``exported`` with a signature added behind it."""
    return _is_signed_form(data, len(exported), manifest.sha256(exported))


def _is_signed_form(data: bytes, size: int, sha256: str) -> bool:
    """Whether a PDF begins with the ``size`` bytes of that hash, and goes on with a signature.

    Signing programs append (PAdES, incremental update): a /ByteRange behind the exported bytes covers them.
    That the signature is valid is for a PDF program to say.
    """
    if len(data) <= size or hashlib.sha256(memoryview(data)[:size]).hexdigest() != sha256:
        return False
    if not data.rstrip(b"\r\n\0 ").endswith(b"%%EOF"):
        return False
    for match in _BYTE_RANGE.finditer(data, size):
        start, length, after, rest = (int(group) for group in match.groups())
        if start == 0 and length >= size and after > length and after + rest <= len(data):
            return True
    return False
