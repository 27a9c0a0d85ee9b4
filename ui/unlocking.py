"""Work on files of which some may be locked: their passphrases are asked for one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui import worker

if TYPE_CHECKING:
    from models.exports.locked import Passphrases
    from ui.dialogs.passphrase import PassphraseDialog

T = TypeVar("T")


class _Needed(Exception):
    """A file does not open with any passphrase known so far."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


def run(
    window: QWidget,
    work: Callable[[worker.Progress, Passphrases], T],
    done: Callable[[T], None],
    failed: Callable[[str], None],
    cancelled: Callable[[], None],
) -> worker.Job[T | _Needed]:
    """Do ``work`` in a thread, with the passphrases known; where one is missing it is asked for, and work begins anew.

    A passphrase is tried on the files after it too. Gives the first job.
    """
    return _Unlocking(window, work, done, failed, cancelled).begin()


class _Unlocking(Generic[T]):
    """The passphrases given so far, last the one that is to be tried."""

    def __init__(
        self,
        window: QWidget,
        work: Callable[[worker.Progress, Passphrases], T],
        done: Callable[[T], None],
        failed: Callable[[str], None],
        cancelled: Callable[[], None],
    ) -> None:
        self._window, self._work, self._done = window, work, done
        self._failed, self._cancelled = failed, cancelled
        self._known: list[str] = []
        self._dialog: PassphraseDialog | None = None
        self._is_cancelled = False

    def begin(self) -> worker.Job[T | _Needed]:
        known, work = list(self._known), self._work

        def attempt(progress: worker.Progress) -> T | _Needed:
            from models.exports.locked import Passphrases

            try:
                return work(progress, Passphrases(_need, known))
            except _Needed as needed:
                return needed

        return worker.run(self._window, attempt, self._on_result, self._on_failed)

    def _on_result(self, result: T | _Needed) -> None:
        if self._is_cancelled:
            return
        if isinstance(result, _Needed):
            self._ask(result.path)
            return
        self._close()
        self._done(result)

    def _on_failed(self, sentence: str) -> None:
        if self._is_cancelled:
            return
        self._close()
        self._failed(sentence)

    def _ask(self, path: Path) -> None:
        from ui.dialogs.passphrase import PassphraseDialog

        if self._dialog is not None and self._dialog.path == path:
            self._known.pop()
            self._dialog.refuse()
            return
        self._close()
        dialog = self._dialog = PassphraseDialog(self._window, path)
        # These hold on to this object while nothing else does.
        dialog.given.connect(lambda passphrase: self._on_given(passphrase))
        dialog.rejected.connect(lambda: self._on_rejected())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_given(self, passphrase: str) -> None:
        self._known.append(passphrase)
        self.begin()

    def _on_rejected(self) -> None:
        self._dialog, self._is_cancelled = None, True
        self._cancelled()

    def _close(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None and isValid(dialog):
            dialog.accept()


def _need(path: Path, _is_wrong: bool) -> str:
    raise _Needed(path)
