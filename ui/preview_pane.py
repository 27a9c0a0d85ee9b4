"""The preview beside the form: at the place of the cursor, and with what is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaObject, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from models import document as plan_document
from models.plan import Part, Plan
from ui.cursor import being_typed, go_to_pointer, moves_on, part_at, typed_by
from ui.widgets.preview_making import Pending
from ui.widgets.preview_view import PreviewView

if TYPE_CHECKING:
    from ui.workspace import Workspace

_SETTING = "preview_width"
#: Its part of the width at first, and milliseconds after which a step of the cursor is followed.
_SHARE, _FOLLOW_MS = 0.4, 40
#: Milliseconds after which a width that was drawn is kept.
_KEEP_MS = 300
#: Letters of width: below the first ones of the form the outline gives way, down to the second ones; where the third
#: ones are not left to the form even so, the outline is folded away.
_FORM, _OUTLINE, _LEAST = 90, 19, 56


class PreviewPane(QObject):
    """Opens and closes the preview at the right of a workspace's form, with what is being typed."""

    def __init__(self, workspace: Workspace, splitter: QSplitter) -> None:
        super().__init__(workspace)
        self._workspace, self._splitter = workspace, splitter
        self._is_wanted = False
        self._outline_width = 0
        #: Whether what was shown last had something in it that was not written yet.
        self._was_typed = False
        #: To what the cursor and the typing are followed by.
        self._connections: list[QMetaObject.Connection] = []
        #: The places of the parts in the plan's document, until the plan changes.
        self._pointers: dict[int, str] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._soon.timeout.connect(self._follow)
        self.preview = PreviewView(workspace.document, self._pending, beside=True)
        self.preview.hide()
        self.preview.chosen.connect(lambda pointer: go_to_pointer(workspace, pointer))
        self.preview.close_asked.connect(self.toggle)
        self.preview.other_asked.connect(workspace.show_preview)
        self.preview.print_asked.connect(workspace.print_asked)
        splitter.addWidget(self.preview)
        splitter.setStretchFactor(2, 0)
        self._moved = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._moved.timeout.connect(self._keep_width)
        splitter.splitterMoved.connect(lambda *_moved: self._moved.start())
        workspace.place_changed.connect(self._on_place)
        workspace.document.changed.connect(self._on_change)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    # ---- open and closed

    @property
    def is_open(self) -> bool:
        return self.preview.isVisibleTo(self._splitter)

    @property
    def is_wanted(self) -> bool:
        """Whether it was opened, even where the page of the preview stands in its place."""
        return self._is_wanted

    def toggle(self) -> None:
        """Open it at the place of the cursor, or close it; from the page of the preview it is gone back and opened."""
        workspace = self._workspace
        if workspace.place == "preview":
            self._is_wanted = True
            if workspace.can_go_back(-1):
                workspace.go_back(-1)
            else:
                workspace.enter_place("general")
        else:
            self._is_wanted = not self._is_wanted
        self._show()

    def _show(self) -> None:
        """Be there, if wanted: not beside the page that shows the same."""
        shown = self._is_wanted and self._workspace.place != "preview"
        if shown == self.is_open:
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.preview.isAncestorOf(focus)
        if shown:
            self._outline_width = self._splitter.sizes()[0]
            self.preview.show()
            self._share_out()
            self._follow()
        else:
            self.preview.hide()
            self._workspace.outline.show()
            outline = self._outline_width
            self._splitter.setSizes([outline, self._splitter.width() - outline, 0])
            if had_focus:
                self._workspace.page.enter()

    def _share_out(self) -> None:
        """Give it its width; the outline gives way as far as the form needs it."""
        whole, letter = self._splitter.width(), self._splitter.fontMetrics().averageCharWidth()
        kept = self._workspace.settings.number(_SETTING, _SHARE)
        width = max(round(whole * min(0.7, max(0.2, kept))), self.preview.minimumSizeHint().width())
        outline = min(self._outline_width, max(whole - width - _FORM * letter, _OUTLINE * letter))
        if whole - width - outline < _LEAST * letter:
            outline = 0
        self._workspace.outline.setVisible(outline > 0)
        self._splitter.setSizes([outline, whole - outline - width, width])

    def _keep_width(self) -> None:
        if self.is_open:
            self._workspace.settings.set(_SETTING, round(self.preview.width() / max(1, self._splitter.width()), 3))

    # ---- following the plan and the cursor

    def _on_change(self, _change: object) -> None:
        self._pointers = None
        self.preview.load()
        self._soon.start()

    def _on_place(self) -> None:
        self._show()
        self._soon.start()

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.is_open and now is not None and self._workspace.page.isAncestorOf(now):
            self._soon.start()

    def _follow(self) -> None:
        """Mark the place of the cursor, and listen where it goes from there and what is typed."""
        if not self.is_open:
            return
        page = self._workspace.page
        self._listen(moves_on(page), typed_by(QApplication.focusWidget()))
        if self._was_typed or being_typed(page) is not None:
            # A cell opens by its first letter, and what was typed may have been given back.
            self.preview.load()
        found = part_at(self._workspace.place, page)
        if found is not None:
            self.preview.mark(self._pointer(*found))

    def _listen(self, moves: Any, typed: Any) -> None:
        for connection in self._connections:
            QObject.disconnect(connection)
        works = ((moves, lambda *_moved: self._soon.start()), (typed, lambda *_typed: self.preview.load()))
        self._connections = [signal.connect(work) for signal, work in works if signal is not None]

    def _pointer(self, part: Part, field: str) -> str:
        """The JSON Pointer of a part, of a field where it is one of the plan itself."""
        if self._pointers is None:
            self._pointers = plan_document.pointers(self._workspace.document.plan)
        base = self._pointers.get(id(part), "")
        return plan_document.pointer(base, part, field) if isinstance(part, Plan) else base

    def _pending(self) -> Pending:
        typed = being_typed(self._workspace.page) if self.is_open else None
        self._was_typed = typed is not None
        return [] if typed is None else [(self._pointer(typed[0], ""), typed[1])]


def shown_preview(workspace: Workspace) -> PreviewView | None:
    """The preview that is seen, beside the form or on a page of its own."""
    found: PreviewView | None = getattr(workspace.page, "preview", None)
    if found is None and workspace.beside is not None and workspace.beside.is_open:
        return workspace.beside.preview
    return found
