"""A final export out of the store: its files again, byte for byte, out of the package that was kept.

The package is our own, but a disk may have damaged it: nothing is given out that is not as it was exported.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePath

from models import document
from models.errors import DocumentError, ExportError, PackageError
from models.exports import archive, files, manifest
from models.i18n import _
from models.plan import Plan

#: The kinds of the contract, by the ending of the file's name.
_KINDS = {".pdf": "pdf", ".xlsx": "xlsx", ".zip": "package"}


def unpack_kept(package: bytes) -> dict[str, bytes]:
    """The three files by name: PDF, workbook, and the package itself; ``PackageError`` where it is damaged."""
    inside = _entries(package)
    found = {name: data for name, data in inside.items() if PurePath(name).suffix in (".pdf", ".xlsx")}
    pdf = next(name for name in found if name.endswith(".pdf"))
    return found | {PurePath(pdf).with_suffix(".zip").name: package}


def plan_of(package: bytes) -> Plan:
    """The plan as it was exported; ``PackageError`` where the package is damaged."""
    try:
        return document.from_bytes(_entries(package)[manifest.PLAN_NAME], manifest.PLAN_NAME)
    except DocumentError as error:
        raise _damaged(str(error)) from None


def by_kind(names: Mapping[str, bytes]) -> dict[str, str]:
    """The names of the files by the contract's kinds: ``pdf``, ``xlsx``, ``package``."""
    return {kind: name for end, kind in _KINDS.items() for name in names if name.endswith(end)}


def write_kept(found: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Write the files into ``folder``, all or none; gives where each kind is.

    ``ExportError`` where a file of that name is another one: it may be the signed one, or of another plan.
    """
    for name, data in found.items():
        there = None
        with contextlib.suppress(OSError):
            there = (folder / name).read_bytes()
        if there is not None and there != data:
            raise ExportError(
                _(
                    "Thư mục “{folder}” đã có tệp “{file}” khác với tệp của lần kết xuất này nên không ghi đè; "
                    "hãy chọn thư mục khác."
                ).format(folder=folder, file=name)
            )
    files.write_all({folder / name: data for name, data in found.items()})
    return {kind: folder / name for kind, name in by_kind(found).items()}


def _entries(package: bytes) -> dict[str, bytes]:
    """What is in the package by name, each as the manifest vouches for it."""
    try:
        with archive.open_zip(BytesIO(package)) as zipped:
            archive.check_limits(zipped)
            found = {info.filename: archive.read(zipped, info) for info in zipped.infolist() if not archive.fault(info)}
        listed = manifest.parse(found.get(manifest.NAME, b""))
    except (archive.Damaged, manifest.Faulty) as fault:
        raise _damaged(str(fault)) from None
    for file in listed.files:
        data = found.get(file.name)
        if data is None or len(data) != file.size or manifest.sha256(data) != file.sha256:
            raise _damaged(_("Tệp “{name}” trong gói đã bị thay đổi so với lúc kết xuất.").format(name=file.name))
    return {file.name: found[file.name] for file in listed.files}


def _damaged(reason: str) -> PackageError:
    return PackageError(
        _(
            "Gói giữ trong kho dữ liệu không còn nguyên vẹn; hãy mở bản sao lưu của kho hoặc gói đã nộp: {reason}"
        ).format(reason=reason[0].lower() + reason[1:])
    )
