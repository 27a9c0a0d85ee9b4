"""The package: one zip with the plan, the PDF, the workbook, and the manifest that vouches for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models import document, passphrases
from models.errors import Cancelled
from models.exports import archive, files, locked, manifest, stamp, xlsx
from models.exports.files import Progress
from models.exports.verification import FileCheck, Verification, verify
from models.plan import Plan
from models.template import Template

if TYPE_CHECKING:
    from models.exports.mail import Mail

__all__ = ["Exported", "ExportedFile", "FileCheck", "Progress", "Verification", "build", "verify"]

# Of the time that building takes.
_SHEET_PART = 0.15
_WORD_PART = 0.35


@dataclass(frozen=True, slots=True)
class ExportedFile:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Exported:
    """The three files of an export, and what was asked for besides; ``code`` is printed on every page.

    Where there is a ``locked`` package, it is what is given out, and the mail that carries it: nothing that can be
    read without its passphrase.
    """

    plan_id: str
    revision: int
    code: str
    pdf: ExportedFile
    xlsx: ExportedFile
    package: ExportedFile
    word: ExportedFile | None = None
    mail: ExportedFile | None = None
    locked: ExportedFile | None = None

    @property
    def files(self) -> dict[str, ExportedFile]:
        """What is given out, by the names of the contract: ``pdf``, ``xlsx``, ``package``, ``docx``, ``mail``."""
        if self.locked is not None:
            return {"package": self.locked} | ({"mail": self.mail} if self.mail is not None else {})
        found = {"pdf": self.pdf, "xlsx": self.xlsx, "package": self.package, "docx": self.word, "mail": self.mail}
        return {kind: file for kind, file in found.items() if file is not None}


def build(
    plan: Plan,
    template: Template,
    *,
    draft: bool = False,
    created: datetime | str | None = None,
    word: bool = False,
    mail: Mail | None = None,
    progress: Progress | None = None,
    passphrase: str = "",
) -> Exported:
    """The files of an export. Equal plans give equal bytes, but for ``created`` (now by default) in the package.

    The Word file and the draft of a mail stand beside the package, which is what the mail carries. With a
    ``passphrase`` there is a locked package besides, whose bytes are never the same twice, and no Word file.
    ``ExportError`` where the plan cannot be printed, does not fit into a workbook, or the mail's address is none;
    ``SecretError`` where the passphrase is none; ``Cancelled``.
    """
    # Late: the fonts and reportlab take their time to load.
    from models.exports import pdf

    def tell(done: float) -> bool:
        return progress is None or progress(done)

    plan_json = document.to_bytes(plan)
    code = stamp.short_code(plan_json)
    stem = files.file_stem(plan, draft=draft)
    if mail is not None:
        from models.exports import mail as letter

        letter.addresses(mail.to)
    if passphrase:
        # What is wrong with it is said before the work, not after.
        passphrases.check(passphrase)
        word = False
    if not tell(0.0):
        raise Cancelled
    sheet = ExportedFile(f"{stem}.xlsx", xlsx.render(plan, template, draft=draft, code=code))
    edited, begun = None, _SHEET_PART
    if word:
        from models.exports import docx

        if not tell(begun):
            raise Cancelled
        edited = ExportedFile(f"{stem}.docx", docx.render(plan, template, draft=draft, code=code))
        begun += _WORD_PART
    page = pdf.render(plan, template, draft=draft, code=code, progress=lambda done: tell(begun + (1 - begun) * done))
    printed = ExportedFile(f"{stem}.pdf", page)
    inside = [(manifest.PLAN_NAME, plan_json), (printed.name, printed.data), (sheet.name, sheet.data)]
    listed = manifest.make(plan.id, plan.revision, _moment(created), inside)
    packed = ExportedFile(f"{stem}.zip", archive.pack([(manifest.NAME, listed), *inside]))
    exported = Exported(plan.id, plan.revision, code, printed, sheet, packed, edited)
    if passphrase:
        data = locked.lock(stem, packed.data, passphrase)
        exported = replace(exported, locked=ExportedFile(f"{stem}{locked.ENDING}", data))
    if mail is not None:
        carried = list(exported.files.items())
        if exported.locked is not None:
            carried = [("locked", exported.locked)]
        data = letter.render(plan, template, carried, mail, draft=draft, code=code)
        exported = replace(exported, mail=ExportedFile(f"{stem}.eml", data))
    if not tell(1.0):
        raise Cancelled
    return exported


def _moment(created: datetime | str | None) -> str:
    if isinstance(created, str):
        return created
    moment = datetime.now() if created is None else created
    return (moment if moment.tzinfo else moment.astimezone()).isoformat(timespec="seconds")
