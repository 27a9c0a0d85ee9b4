"""An export on its way out: written to a folder or a stick, all files or none, and taken back if it is not kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ExportError, PackageError, UserError
from models.exports import archive, files
from models.exports.files import Placed, Progress
from models.exports.verification import is_signed_form, verify
from models.i18n import _
from models.signing import Roots

if TYPE_CHECKING:
    from models.exports.package import Exported

_PROGRAM = "docProps/app.xml"
_LARGEST_PROGRAM = 1024 * 1024


def targets(exported: Exported, folder: Path) -> dict[str, Path]:
    """Where the files of an export go, by kind."""
    return {kind: folder / file.name for kind, file in exported.files.items()}


def deliver(exported: Exported, folder: Path, *, removable: bool = False, progress: Progress | None = None) -> Placed:
    """Write the files into ``folder``, read them back and compare: all of them, or none.

    ``removable``: on a drive that is pulled out afterwards. Files of that name from before are replaced, as they are
    the same revision of the same plan; not so where they are of another plan, signed, or edited since.
    ``ExportError`` names folder and reason; ``Cancelled``. What is given has to be settled, or taken back.
    """
    where = targets(exported, folder)
    _protect(exported, folder)
    contents = {where[kind]: file.data for kind, file in exported.files.items()}
    return files.place_all(contents, removable=removable, progress=progress)


@contextmanager
def delivering(exported: Exported, folder: Path) -> Iterator[dict[str, Path]]:
    """``deliver``, with what must not fail without the files being taken back done inside: keeping the revision."""
    placed = deliver(exported, folder)
    try:
        yield targets(exported, folder)
    except BaseException as error:
        left = placed.take_back()
        if left and isinstance(error, UserError):
            raise ExportError(told_with(str(error), left)) from None
        raise
    placed.settle()


def told_with(sentence: str, left: list[Path]) -> str:
    """The sentence of a failure, and which files could not be taken back after it."""
    if not left:
        return sentence
    return (
        sentence
        + " "
        + _("Hãy tự xóa {files} trong “{folder}”: lần kết xuất này không được lưu.").format(
            files=", ".join(f"“{path.name}”" for path in left), folder=left[0].parent
        )
    )


# ---- what is never replaced


def _protect(exported: Exported, folder: Path) -> None:
    """Refuse to replace what could not be made again."""
    signed, other = False, False
    with contextlib.suppress(OSError):
        signed = is_signed_form((folder / exported.pdf.name).read_bytes(), exported.pdf.data)
    with contextlib.suppress(PackageError):
        # Whether it was signed, and of which plan it is: an exported PDF need not be looked into for that.
        found = verify(folder / exported.package.name, Roots(), look_inside=False)
        signed = signed or found.signed
        other = found.plan_id not in ("", exported.plan_id)
    if signed:
        raise ExportError(
            _(
                "Thư mục “{folder}” đã có bản PDF đã ký của lần kết xuất này nên không ghi đè; hãy chọn thư mục khác."
            ).format(folder=folder)
        )
    if other:
        raise ExportError(
            _("Thư mục “{folder}” đã có tệp cùng tên “{file}” của kế hoạch khác; hãy chọn thư mục khác.").format(
                folder=folder, file=exported.package.name
            )
        )
    for file in (exported.xlsx, exported.word):
        if file is not None and _is_saved_by_another(folder / file.name, file.data):
            raise ExportError(
                _(
                    "Tệp “{file}” trong “{folder}” đã được sửa bằng chương trình khác nên không ghi đè; hãy đổi tên "
                    "tệp đó hoặc chọn thư mục khác."
                ).format(file=file.name, folder=folder)
            )


def _is_saved_by_another(path: Path, ours: bytes) -> bool:
    """Whether a workbook or Word file was saved by an office program since it was exported.

    Each writes its own name and version into the file (ECMA-376 part 1, 22.2); plans and dates do not change ours.
    """
    try:
        before = path.read_bytes()
    except OSError:
        return False
    return before != ours and (program := _program(before)) is not None and program != _program(ours)


def _program(office: bytes) -> tuple[bytes, ...] | None:
    """Name and version of the program that saved an office file; ``None`` where it is none, or cannot be read."""
    try:
        with archive.open_zip(BytesIO(office)) as zipped:
            info = zipped.NameToInfo.get(_PROGRAM)
            if info is None or info.file_size > _LARGEST_PROGRAM:
                return None
            text = archive.read(zipped, info)
    except archive.Damaged:
        return None
    return tuple(re.findall(rb"<(?:\w+:)?(?:Application|AppVersion)>([^<]*)<", text))
