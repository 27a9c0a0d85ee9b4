"""What every page of the open plan has: built once, loaded from the plan, led to a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.plan import Part
from models.store import Change
from ui.document import Document

if TYPE_CHECKING:
    from ui.widgets.field import Field


class Page(QWidget):
    """One page. ``load`` shows the plan; ``go_to`` puts the cursor into a field of it.

    ``notice`` asks the window to show one line: a sentence, and ``error``, ``warning`` or ``info``.
    """

    notice = Signal(str, str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("page")
        self.document = document

    def load(self) -> None:
        """Show the plan as it is now."""

    def on_change(self, change: Change) -> None:
        """An edit, undo or redo is done; by default the page is loaded anew."""
        self.load()

    def on_evaluated(self) -> None:
        """Sums and findings are new."""

    def save(self) -> None:
        """Write what is typed but not yet written; called before the page or the window is left."""

    def enter(self) -> None:
        """Put the cursor where work on this page begins: by default into its first field."""
        focus_first(self)

    def go_to(self, part: Part, field: str) -> None:
        """Put the cursor into ``field`` of ``part``; both are of this page."""

    def here(self) -> tuple[Part, str] | None:
        """The part and the field that the cursor is in, as ``go_to`` takes them; ``None`` where it is in none."""
        field = self._field_here()
        return (field.part, field.name) if field is not None and field.part is not None else None

    def toggle_why(self) -> bool:
        """Show or hide the rules behind the findings of the field that the cursor is in; false where it has none."""
        field = self._field_here()
        return field is not None and field.lines.toggle_why()

    def _field_here(self) -> Field | None:
        from ui.widgets.field import Field

        widget: QWidget | None = self.focusWidget()
        while widget is not None and widget is not self:
            if isinstance(widget, Field):
                return widget
            widget = widget.parentWidget()
        return None


def focus_first(pane: QWidget) -> bool:
    """Put the cursor into a pane, or the first field or button in it; false where it has none."""
    for widget in (pane, *pane.findChildren(QWidget)):
        if widget.isVisibleTo(pane) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(widget)
            return True
    return False


def bring_into_view(widget: QWidget) -> None:
    """Scroll to a widget that the cursor was put into; Qt does so for the Tab key only."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            # With what stands over it: its label, and the heading of its card.
            above.ensureWidgetVisible(widget, 0, 100)
        above = above.parentWidget()


def titled(page: QWidget, title: str, aside: QWidget | None = None, subtitle: str = "") -> tuple[QVBoxLayout, QLabel]:
    """Give a page its margins, and a head with a title and something at its right end."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 16, 24, 16)
    layout.setSpacing(12)
    head = QHBoxLayout()
    label = QLabel(title)
    label.setObjectName("title")
    label.setWordWrap(True)
    head.addWidget(label, 1)
    if aside is not None:
        head.addWidget(aside)
    layout.addLayout(head)
    if subtitle:
        below = QLabel(subtitle)
        below.setObjectName("muted")
        below.setWordWrap(True)
        layout.addWidget(below)
    return layout, label


def card() -> QFrame:
    """A white field with a fine border, to lay widgets on."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame
