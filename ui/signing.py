"""Signed PDFs and packages in the window: picked, looked into in a thread, shown, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from models.errors import UserError
from models.i18n import _
from models.settings import EXPORT_FOLDER
from ui import unlocking, worker

if TYPE_CHECKING:
    from models.exports.locked import Passphrases
    from models.exports.receiving import Received
    from models.exports.verified import Verification
    from ui.dialogs.signed import ExaminedDialog
    from ui.main_window import MainWindow


def show_guide(window: MainWindow) -> None:
    from ui.dialogs.signing_guide import SigningGuide

    can_receive = window.workspace is not None and not window.store.is_reading
    SigningGuide(window, (lambda: receive(window)) if can_receive else None).open()


# ---- a signed PDF comes back


def receive(window: MainWindow) -> None:
    """Ask for the signed PDF of the open plan, and look into it."""
    if window.workspace is None:
        return
    folder = window.settings.text(EXPORT_FOLDER)
    name, _filter = QFileDialog.getOpenFileName(window, _("Chọn bản PDF đã ký"), folder, _("PDF đã ký (*.pdf)"))
    if name:
        take_in(window, Path(name))


def take_in(window: MainWindow, path: Path) -> None:
    """Look into a signed PDF of the open plan, and show what is found."""
    workspace = window.workspace
    if workspace is None:
        return
    document = workspace.document
    data_folder = window.store.folder
    try:
        exports = document.kept_exports()
    except UserError as error:
        window.tell(str(error), "error")
        return

    def work(_progress: worker.Progress) -> Received:
        from models import signing
        from models.exports import receiving

        return receiving.receive(path, exports, signing.load(data_folder))

    def show(received: Received) -> None:
        if isValid(document) and window.workspace is workspace:
            window.messages.hide()
            _show_received(window, received)

    window.tell(_("Đang kiểm tra chữ ký…"))
    worker.run(document, work, show, lambda sentence: window.tell(sentence, "error"))


def _show_received(window: MainWindow, received: Received) -> None:
    from models.signing.signatures import people
    from ui.dialogs.signed import ExaminedDialog, groups_of_received

    signed_by = people(received.examined.signatures)
    unknown = [one for one in signed_by if one.trust.state != "trusted"]
    if unknown or received.replaces or received.revision < received.newest:
        verdict = "warning", _("Chữ ký nguyên vẹn ({count} chữ ký); có điều cần lưu ý.").format(count=len(signed_by))
    else:
        verdict = (
            "done",
            _("Bản PDF đã ký hợp lệ: {count} chữ ký nguyên vẹn, được tin cậy.").format(count=len(signed_by)),
        )
    dialog = ExaminedDialog(
        window,
        _("Nhận bản PDF đã ký"),
        verdict,
        groups_of_received(received),
        _("Đưa vào gói nộp…"),
        lambda: _ask_folder(window, dialog, received),
    )
    dialog.add_way(_("Đưa vào gói có mật khẩu…"), lambda: _ask_passphrase(window, dialog, received))
    dialog.open()


def _ask_passphrase(window: MainWindow, dialog: ExaminedDialog, received: Received) -> None:
    from ui.dialogs.passphrase import NewPassphraseDialog

    plan = window.workspace.document.plan if window.workspace is not None else None
    known = (plan.unit_name, plan.unit_code, plan.subject) if plan is not None else ()
    asked = NewPassphraseDialog(dialog, known)
    asked.accepted.connect(lambda: _ask_folder(window, dialog, received, asked.field.text()))
    asked.finished.connect(asked.deleteLater)
    asked.open()


def _ask_folder(window: MainWindow, dialog: ExaminedDialog, received: Received, passphrase: str = "") -> None:
    start = window.settings.text(EXPORT_FOLDER)
    name = QFileDialog.getExistingDirectory(dialog, _("Thư mục nhận gói nộp có bản ký"), start)
    if name:
        put(window, dialog, received, Path(name), passphrase)


def put(window: MainWindow, dialog: ExaminedDialog, received: Received, folder: Path, passphrase: str = "") -> None:
    """Write the package with the signed PDF into a folder, locked where asked; the store keeps that PDF."""
    workspace = window.workspace
    if workspace is None:
        return
    document, store, plan_id = workspace.document, window.store, workspace.document.plan.id
    dialog.button.setEnabled(False)

    def work(_progress: worker.Progress) -> tuple[Path, ...]:
        from models.exports import receiving

        return receiving.put(received, folder, passphrase)

    def done(paths: tuple[Path, ...]) -> None:
        try:
            if isValid(document):
                document.keep_signed(received.revision, received.signed)
            else:
                # The plan was left meanwhile.
                store.keep_signed(plan_id, received.revision, received.signed)
        except UserError as error:
            window.tell(str(error), "error")
            return
        if isValid(dialog):
            dialog.accept()
        names = ", ".join(f"“{path.name}”" for path in paths)
        window.tell(
            _("Đã ghi {files} vào “{folder}” và lưu bản ký trong kho dữ liệu.").format(files=names, folder=folder)
        )

    def failed(sentence: str) -> None:
        if isValid(dialog):
            dialog.button.setEnabled(True)
            dialog.say(sentence)
        else:
            window.tell(sentence, "error")

    worker.run(window, work, done, failed)


# ---- packages and PDFs from anywhere


def verify(window: MainWindow) -> None:
    """Ask for packages and PDFs, and look into them."""
    start = window.settings.text(EXPORT_FOLDER)
    pattern = _("Gói nộp và PDF (*.zip *.pdf);;Mọi tệp (*)")
    names, _filter = QFileDialog.getOpenFileNames(window, _("Chọn gói nộp hoặc PDF cần kiểm tra"), start, pattern)
    if names:
        look_into(window, [Path(name) for name in names])


def look_into(window: MainWindow, paths: Sequence[Path]) -> None:
    """Look into packages and PDFs, and show what is found."""
    data_folder = window.store.folder

    def work(progress: worker.Progress, passphrases: Passphrases) -> list[tuple[Path, Verification | str]]:
        from models import signing
        from models.exports import verification

        roots = signing.load(data_folder)
        found: list[tuple[Path, Verification | str]] = []
        for number, path in enumerate(paths):
            if not progress(number / len(paths)):
                break
            try:
                found.append((path, verification.verify(path, roots, passphrase=passphrases.of(path))))
            except UserError as error:
                found.append((path, str(error)))
        return found

    def show(found: list[tuple[Path, Verification | str]]) -> None:
        window.messages.hide()
        _show_verified(window, found)

    window.tell(_("Đang kiểm tra…"))
    unlocking.run(window, work, show, lambda sentence: window.tell(sentence, "error"), window.messages.hide)


def _show_verified(window: MainWindow, found: list[tuple[Path, Verification | str]]) -> None:
    from models.exports import matching
    from ui import verify_command
    from ui.dialogs.signed import ExaminedDialog, groups_of

    readable = [(path, result) for path, result in found if not isinstance(result, str)]
    known = verify_command.known(window.store, {result.plan_id for _path, result in readable if result.plan_id})
    matching.compare(readable, *known)
    bad = sum(isinstance(result, str) or not result.ok for _path, result in found)
    groups = [group for path, result in found for group in groups_of(path.name, result)]
    warned = any(state == "warning" for group in groups for _what, _text, state in group.lines)
    if bad:
        verdict = (
            "error",
            _("Tệp không nguyên vẹn hoặc không đọc được.")
            if len(found) == 1
            else _("{count} trong {total} tệp không nguyên vẹn hoặc không đọc được.").format(
                count=bad, total=len(found)
            ),
        )
    elif warned:
        one, many = _("Tệp nguyên vẹn; có điều cần lưu ý."), _("Tất cả {total} tệp nguyên vẹn; có điều cần lưu ý.")
        verdict = "warning", one if len(found) == 1 else many.format(total=len(found))
    else:
        one, many = _("Tệp nguyên vẹn."), _("Tất cả {total} tệp nguyên vẹn.")
        verdict = "done", one if len(found) == 1 else many.format(total=len(found))

    def again() -> None:
        dialog.close()
        verify(window)

    dialog = ExaminedDialog(
        window,
        _("Kiểm tra gói nộp"),
        verdict,
        groups,
        _("Kiểm tra tệp khác…"),
        again,
    )
    dialog.open()
