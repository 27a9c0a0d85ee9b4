"""The template that is being made: every change is a step that can be undone, and is kept on the disk."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from models import template_drafts
from models.errors import UserError
from models.i18n import _
from models.template_drafts import Draft, Fault
from models.template_parts import Template

#: Milliseconds after a change until it is on the disk, and until its faults are worked out.
_KEEP_MS, _CHECK_MS = 400, 150
_STEPS = 500


class Editing(QObject):
    """``changed`` tells that the template is another one, with whether its outline may look different.

    ``restored`` that a step was undone or redone; ``checked`` brings the faults; ``failed`` a sentence.
    """

    changed = Signal(bool)
    restored = Signal()
    checked = Signal(list)
    failed = Signal(str)

    def __init__(self, parent: QObject, draft: Draft) -> None:
        super().__init__(parent)
        self.draft = draft
        #: What each step is called, the template before it, and what was typed into then.
        self._done: list[tuple[str, Template, Hashable]] = []
        self._undone: list[tuple[str, Template]] = []
        self._later = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._later.timeout.connect(self.keep)
        self._check_later = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._check_later.timeout.connect(self.check)
        self.faults: list[Fault] = []
        #: Parts added here (kind and key) whose key follows their name until it is typed itself.
        self.named_by_text: set[tuple[str, str]] = set()

    @property
    def template(self) -> Template:
        return self.draft.template

    @property
    def is_touched(self) -> bool:
        return bool(self._done or self._undone)

    def change(self, label: str, template: Template, typed: Hashable = None, is_outline: bool = True) -> None:
        """One step; what is ``typed`` on into the same field is part of the step before."""
        if template == self.template:
            return
        goes_on = typed is not None and bool(self._done) and self._done[-1][2] == typed
        if not goes_on:
            self._done.append((label, self.template, typed))
            del self._done[:-_STEPS]
        self._undone.clear()
        self._take(template)
        self.changed.emit(is_outline)

    def pause(self) -> None:
        """What is typed from now on is a step of its own."""
        if self._done:
            label, before, _typed = self._done[-1]
            self._done[-1] = label, before, None

    # ---- undo and redo

    def undo_label(self) -> str | None:
        return _(self._done[-1][0]) if self._done else None

    def redo_label(self) -> str | None:
        return _(self._undone[-1][0]) if self._undone else None

    def undo(self) -> None:
        if self._done:
            label, before, _typed = self._done.pop()
            self._undone.append((label, self.template))
            self._take(before)
            self.restored.emit()

    def redo(self) -> None:
        if self._undone:
            label, after = self._undone.pop()
            self._done.append((label, self.template, None))
            self._take(after)
            self.restored.emit()

    def _take(self, template: Template) -> None:
        self.draft = replace(self.draft, template=template)
        self._later.start()
        self._check_later.start()

    # ---- what is wrong, and the disk

    def check(self) -> None:
        self._check_later.stop()
        self.faults = template_drafts.faults(self.template)
        self.checked.emit(self.faults)

    def keep(self) -> None:
        """Have the draft on the disk as it is now."""
        self._later.stop()
        try:
            template_drafts.keep(self.draft)
        except UserError as error:
            self.failed.emit(str(error))

    def stop(self) -> None:
        """Keep and check no more."""
        self._later.stop()
        self._check_later.stop()
