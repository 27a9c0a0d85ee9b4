"""A final export out of the store: its files again, byte for byte, out of the package that was kept.

The package is our own, but a disk may have damaged it: nothing is given out that is not as it was exported.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from models import document
from models.errors import DocumentError, ExportError, PackageError, inside
from models.exports import contents, files, manifest
from models.exports.manifest import Manifest
from models.i18n import _
from models.plan import Plan

#: The kinds of the contract, by the ending of the file's name.
_KINDS = {".pdf": "pdf", ".xlsx": "xlsx", ".zip": "package"}


def unpack_kept(package: bytes) -> dict[str, bytes]:
    """The three files by name: PDF, workbook, and the package itself; ``PackageError`` where it is damaged."""
    listed, inside_it = _files(package)
    found = {name: data for name, data in inside_it.items() if PurePath(name).suffix in (".pdf", ".xlsx")}
    return found | {PurePath(listed.pdf.name).with_suffix(".zip").name: package}


def plan_of(package: bytes) -> Plan:
    """The plan as it was exported; ``PackageError`` where the package is damaged."""
    _listed, found = _files(package)
    try:
        return document.from_bytes(found[manifest.PLAN_NAME], manifest.PLAN_NAME)
    except DocumentError as error:
        raise _damaged(str(error)) from None


def pdf_of(package: bytes, plan_json: bytes) -> bytes | None:
    """The PDF as it was exported, while the plan is the same (``plan_json``); ``None``: it is another, or damaged.

    Paper printed from it bears the code of that package.
    """
    try:
        listed, found = contents.read(package)
        return contents.pdf_of(listed, found) if found[manifest.PLAN_NAME] == plan_json else None
    except PackageError:
        return None


def by_kind(names: Mapping[str, bytes]) -> dict[str, str]:
    """The names of the files by the contract's kinds: ``pdf``, ``xlsx``, ``package``."""
    return {kind: name for end, kind in _KINDS.items() for name in names if name.endswith(end)}


def write_kept(found: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Write the files into ``folder``, all or none; gives where each kind is.

    ``ExportError`` where a file of that name is another one: it may be the signed one, or of another plan.
    """
    files.check_targets(folder / name for name in found)
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


def _files(package: bytes) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest and the files it lists, each as it says."""
    try:
        listed, found = contents.read(package)
        return listed, found | {listed.pdf.name: contents.pdf_of(listed, found)}
    except PackageError as error:
        raise _damaged(str(error)) from None


def _damaged(reason: str) -> PackageError:
    return PackageError(
        _(
            "Gói giữ trong kho dữ liệu không còn nguyên vẹn; hãy mở bản sao lưu của kho hoặc gói đã nộp: {reason}"
        ).format(reason=inside(reason))
    )
