"""The package: one zip with the plan, the PDF, the workbook, and the manifest that vouches for them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import document
from models.errors import Cancelled, ExportError, PackageError
from models.exports import archive, files, manifest, stamp, xlsx
from models.exports.verification import FileCheck, Verification, is_signed_form, verify
from models.i18n import _
from models.plan import Plan
from models.template import Template

__all__ = ["Exported", "ExportedFile", "FileCheck", "Verification", "build", "verify", "write"]

#: Told how much is done, from 0 to 1; giving False stops the work.
Progress = Callable[[float], bool]
# Of the time that building takes.
_SHEET_PART = 0.15


@dataclass(frozen=True, slots=True)
class ExportedFile:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Exported:
    """The three files of an export; ``code`` is printed on every page."""

    plan_id: str
    revision: int
    code: str
    pdf: ExportedFile
    xlsx: ExportedFile
    package: ExportedFile

    @property
    def files(self) -> dict[str, ExportedFile]:
        """By the names of the contract: ``pdf``, ``xlsx``, ``package``."""
        return {"pdf": self.pdf, "xlsx": self.xlsx, "package": self.package}


def build(
    plan: Plan,
    template: Template,
    *,
    draft: bool = False,
    created: datetime | str | None = None,
    progress: Progress | None = None,
) -> Exported:
    """The files of an export. Equal plans give equal bytes, but for ``created`` (now by default) in the package.

    ``ExportError`` where the plan cannot be printed or does not fit into a workbook; ``Cancelled``.
    """
    # Late: the fonts and reportlab take their time to load.
    from models.exports import pdf

    def tell(done: float) -> bool:
        return progress is None or progress(done)

    plan_json = document.to_bytes(plan)
    code = stamp.short_code(plan_json)
    stem = files.file_stem(plan, draft=draft)
    if not tell(0.0):
        raise Cancelled
    sheet = ExportedFile(f"{stem}.xlsx", xlsx.render(plan, template, draft=draft, code=code))
    page = pdf.render(
        plan, template, draft=draft, code=code, progress=lambda done: tell(_SHEET_PART + (1 - _SHEET_PART) * done)
    )
    printed = ExportedFile(f"{stem}.pdf", page)
    inside = [(manifest.PLAN_NAME, plan_json), (printed.name, printed.data), (sheet.name, sheet.data)]
    listed = manifest.make(plan.id, plan.revision, _moment(created), inside)
    packed = ExportedFile(f"{stem}.zip", archive.pack([(manifest.NAME, listed), *inside]))
    if not tell(1.0):
        raise Cancelled
    return Exported(plan.id, plan.revision, code, printed, sheet, packed)


def write(exported: Exported, folder: Path) -> dict[str, Path]:
    """Write the three files into ``folder``, all or none; ``ExportError`` names folder and reason.

    Files of that name from before are replaced, as they are the same revision of the same plan; not so where
    they are of another plan, or signed.
    """
    targets = {kind: folder / file.name for kind, file in exported.files.items()}
    _protect(exported, folder)
    files.write_all({targets[kind]: file.data for kind, file in exported.files.items()})
    return targets


def _protect(exported: Exported, folder: Path) -> None:
    """Refuse to replace what could not be made again."""
    signed, other = False, False
    with contextlib.suppress(OSError):
        signed = is_signed_form((folder / exported.pdf.name).read_bytes(), exported.pdf.data)
    with contextlib.suppress(PackageError):
        found = verify(folder / exported.package.name)
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


def _moment(created: datetime | str | None) -> str:
    if isinstance(created, str):
        return created
    moment = datetime.now() if created is None else created
    return (moment if moment.tzinfo else moment.astimezone()).isoformat(timespec="seconds")
