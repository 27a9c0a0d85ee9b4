"""An export from beginning to end, as a thread does it with plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from models import document as plan_document
from models.errors import ExportError
from models.evaluate import evaluate
from models.exports.files import Placed
from models.exports.mail import Mail
from models.i18n import _
from ui.widgets.drives import Drive
from ui.worker import Progress

#: From this part of the progress on, the files are made, and are written.
WRITING = 0.85


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked for besides the three files; ``drive`` is the one to be pulled out afterwards, if it is one.

    With a ``passphrase`` the package is locked and given out alone, or with the mail that carries it.
    """

    word: bool = False
    mail: Mail | None = None
    drive: Drive | None = None
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """The files of an export by kind, with name and size in bytes; ``code`` is printed on every page.

    ``placed`` are those of a final one, to be settled once its revision is kept, or taken back; ``drive`` is the name
    of the drive that they are on, where it can be taken out; ``warning`` is said of a mail too large. ``package`` is
    the plain one, which is kept, also where a ``locked`` one was given out.
    """

    folder: Path
    files: dict[str, tuple[str, int]]
    code: str
    revision: int
    draft: bool
    package: bytes
    placed: Placed | None = None
    drive: str = ""
    warning: str = ""
    locked: bool = False


def export(
    data: plan_document.Document, folder: Path, draft: bool, progress: Progress, extras: Extras | None = None
) -> Result:
    """Make the files of a plan document and write them; a final export raises the revision in them. For a thread.

    ``ExportError`` where a final one still has errors, whatever the window knew of them, or where it cannot be
    written: then nothing is.
    """
    from models.exports import delivery, mail, package

    extras = extras or Extras()
    found = evaluate(plan_document.load(data))
    plan = found.plan
    if not draft:
        if errors := found.count("error"):
            raise ExportError(_("Chưa kết xuất được bản chính thức: còn {count} lỗi.").format(count=errors))
        plan.revision += 1
    exported = package.build(
        plan,
        found.template,
        draft=draft,
        word=extras.word,
        mail=extras.mail,
        progress=lambda done: progress(WRITING * done),
        passphrase=extras.passphrase,
    )
    drive = extras.drive
    placed = delivery.deliver(
        exported,
        folder,
        removable=drive is not None,
        progress=lambda done: progress(WRITING + (1 - WRITING) * done),
        passphrase=extras.passphrase,
    )
    if draft:
        placed.settle()
    return Result(
        folder,
        {kind: (file.name, len(file.data)) for kind, file in exported.files.items()},
        exported.code,
        plan.revision,
        draft,
        exported.package.data,
        None if draft else placed,
        drive.name if drive is not None else "",
        mail.heavy_sentence(exported.mail) if exported.mail is not None else "",
        exported.locked is not None,
    )
