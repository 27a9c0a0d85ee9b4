"""The page of the preview: the very PDF over the whole width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.document import Document
from ui.pages.page import Page, focus_first
from ui.widgets.preview_view import PreviewView


class PreviewPage(Page):
    """Shows the plan as it will be printed."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.preview = PreviewView(document)
        layout.addWidget(self.preview)

    def load(self) -> None:
        self.preview.load()

    def enter(self) -> None:
        """Put the cursor into the pages, once there are any; before that onto what can be done."""
        if self.preview.view.isVisible():
            self.preview.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            focus_first(self)
