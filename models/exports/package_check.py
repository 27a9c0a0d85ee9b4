"""Looking into a package: each file against the manifest, and its PDFs against the plan."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from models import document
from models.errors import DocumentError, PackageError, SigningError, inside
from models.exports import archive, manifest, stamp
from models.exports.archive import Damaged, printable
from models.exports.files import DRAFT_MARK
from models.exports.manifest import Faulty, Listed, Manifest
from models.exports.verified import FileCheck, Verification, mark_draft, state_of, take
from models.i18n import _
from models.signing import Roots, examine, told

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


class Check:
    """One package being checked; what is found goes into ``found``."""

    def __init__(self, zipped: ZipFile, found: Verification, roots: Roots | None, look_inside: bool) -> None:
        self.zipped = zipped
        self.found = found
        self.roots = roots
        self.look_inside = look_inside
        self.plan_json: bytes | None = None

    def run(self, path: Path) -> None:
        zipped, found = self.zipped, self.found
        infos = zipped.infolist()
        names = {info.filename for info in infos}
        if manifest.NAME not in names and "[Content_Types].xml" in names:
            raise no_package(path)
        archive.check_limits(zipped)
        safe = self._safe(infos)
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
        if any(DRAFT_MARK + "." in file.name for file in listed.files):
            mark_draft(found)
        found.exported_pdf = listed.pdf.size, listed.pdf.sha256
        known = {check.name for check in found.files}
        # The plan first: the PDFs are held against it.
        for file in sorted(listed.files, key=lambda file: file.name != manifest.PLAN_NAME):
            self._file(safe.pop(file.name, None), file, file.name in known, listed)
        order = {file.name: at for at, file in enumerate(listed.files)}
        found.files.sort(key=lambda check: order.get(check.name, -1))
        for name, info in safe.items():
            found.files.append(FileCheck(printable(name), info.file_size, "added"))
            found.problems.append(
                _("Gói có thêm tệp lạ “{name}” không có trong manifest.json.").format(name=printable(name))
            )

    def _safe(self, infos: list[ZipInfo]) -> dict[str, ZipInfo]:
        """The entries that may be read, by name."""
        found = self.found
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
        return safe

    def _file(self, info: ZipInfo | None, file: Listed, known: bool, listed: Manifest) -> None:
        found = self.found
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
            data = archive.read(self.zipped, info)
        except Damaged as damage:
            found.files.append(FileCheck(file.name, info.file_size, "damaged"))
            found.problems.append(str(damage))
            return
        if file.name.endswith(".pdf"):
            found.files.append(self._pdf(data, file, listed))
        elif not _is_listed(data, file):
            found.problems.append(manifest.changed(file.name))
            found.files.append(FileCheck(file.name, len(data), "changed"))
        else:
            code = stamp.short_code(data) if file.name == manifest.PLAN_NAME else ""
            found.files.append(FileCheck(file.name, len(data), "whole", code))
        if file.name == manifest.PLAN_NAME:
            self.plan_json = data
            _check_plan(data, listed, found)

    def _pdf(self, data: bytes, file: Listed, listed: Manifest) -> FileCheck:
        """The exported PDF, that one signed in its place, or the signed one beside it."""
        name, found = file.name, self.found
        is_beside = manifest.is_signed_name(name)
        is_whole = _is_listed(data, file)
        is_signed = is_beside or not is_whole
        exported = listed.pdf
        unaltered = is_whole or _is_signed_form(data, file.size, file.sha256)
        if not unaltered or (is_signed and not _is_signed_form(data, exported.size, exported.sha256)):
            found.problems.append(manifest.changed(name))
            return FileCheck(name, len(data), "changed")
        if not is_signed and not self.look_inside:
            return FileCheck(name, len(data), "whole")
        try:
            known = examine(data, self.roots, exported=data[: exported.size])
        except SigningError as error:
            found.signed = found.signed or is_signed
            found.problems.append(_of_file(name, str(error)))
            return FileCheck(name, len(data), "damaged")
        problems, found.problems = found.problems, []
        take(known, found)
        found.problems = problems + [_of_file(name, problem) for problem in found.problems]
        state = state_of(known)
        if is_signed and not known.signatures:
            found.signed, state = True, "broken"
            found.problems.append(_of_file(name, _("không tìm thấy chữ ký nào đọc được.")))
        if known.plan is not None and self.plan_json is not None and known.plan.json != self.plan_json:
            state = "other"
            if known.plan.plan.id != listed.plan_id:
                problem = _("Tệp “{name}” trong gói là của kế hoạch khác: {plan}.")
            else:
                problem = _("Tệp “{name}” trong gói có nội dung khác với plan.json: {plan}.")
            found.problems.append(problem.format(name=name, plan=told(known.plan.plan, known.plan.json)))
        return FileCheck(name, len(data), state, known.code, known.pages)


def _is_listed(data: bytes, file: Listed) -> bool:
    return len(data) == file.size and manifest.sha256(data) == file.sha256


def _of_file(name: str, problem: str) -> str:
    return _("Tệp “{name}” trong gói: {problem}").format(name=name, problem=inside(problem))


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


def no_package(path: Path) -> PackageError:
    return PackageError(
        _("“{file}” không phải là gói nộp; hãy chọn tệp .zip hoặc .pdf do Kế Hoạch Số kết xuất.").format(file=path.name)
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
