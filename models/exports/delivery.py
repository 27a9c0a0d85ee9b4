"""An export on its way out: written to a folder or a stick, all files or none, and taken back if it is not kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ExportError, PackageError, SecretError, UserError
from models.exports import archive, files
from models.exports.files import DRAFT_MARK, Placed, Progress
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


def deliver(
    exported: Exported,
    folder: Path,
    *,
    removable: bool = False,
    progress: Progress | None = None,
    passphrase: str = "",
) -> Placed:
    """Write the files into ``folder``, read them back and compare: all of them, or none.

    Of an export under a passphrase that is what is locked alone.
    ``removable``: on a drive that is pulled out afterwards. Files of that name from before are replaced, as they are
    the same revision of the same plan; not so where they are of another plan, signed, or edited since.
    ``ExportError`` names folder and reason; ``Cancelled``. What is given has to be settled, or taken back.
    """
    where = targets(exported, folder)
    files.check_targets(where.values())
    if exported.locked is not None:
        _protect_locked(exported, folder / exported.locked.name, passphrase)
    else:
        _protect(exported, folder)
    contents = {where[kind]: file.data for kind, file in exported.files.items()}
    return files.place_all(contents, removable=removable, progress=progress)


@contextmanager
def delivering(exported: Exported, folder: Path, passphrase: str = "") -> Iterator[dict[str, Path]]:
    """``deliver``, with what must not fail without the files being taken back done inside: keeping the revision."""
    placed = deliver(exported, folder, passphrase=passphrase)
    try:
        yield targets(exported, folder)
    except BaseException as error:
        left = placed.take_back()
        if left and isinstance(error, UserError):
            raise ExportError(files.told_with(str(error), left)) from None
        raise
    placed.settle()


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
        raise _signed_there(folder)
    if other:
        raise _of_another(folder / exported.package.name)
    for file in (exported.xlsx, exported.word):
        if file is not None and _is_saved_by_another(folder / file.name, file.data):
            raise ExportError(
                _(
                    "Tệp “{file}” trong “{folder}” đã được sửa bằng chương trình khác nên không ghi đè; hãy đổi tên "
                    "tệp đó hoặc chọn thư mục khác."
                ).format(file=file.name, folder=folder)
            )


def _protect_locked(exported: Exported, target: Path, passphrase: str) -> None:
    """Refuse to replace a locked package of another plan, a signed one, or a final one that does not open."""
    try:
        found = verify(target, Roots(), look_inside=False, passphrase=passphrase)
    except SecretError:
        if DRAFT_MARK in target.name:
            # A draft can be made again at any time.
            return
        raise ExportError(
            _(
                "Thư mục “{folder}” đã có gói “{file}” với mật khẩu khác nên không ghi đè; hãy đổi tên gói đó hoặc "
                "chọn thư mục khác."
            ).format(folder=target.parent, file=target.name)
        ) from None
    except PackageError:
        return
    if found.signed:
        raise _signed_there(target.parent)
    if found.plan_id not in ("", exported.plan_id):
        raise _of_another(target)


def _signed_there(folder: Path) -> ExportError:
    return ExportError(
        _(
            "Thư mục “{folder}” đã có bản PDF đã ký của lần kết xuất này nên không ghi đè; hãy chọn thư mục khác."
        ).format(folder=folder)
    )


def _of_another(target: Path) -> ExportError:
    return ExportError(
        _("Thư mục “{folder}” đã có tệp cùng tên “{file}” của kế hoạch khác; hãy chọn thư mục khác.").format(
            folder=target.parent, file=target.name
        )
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
