"""One line at the foot of the window for what a modal box would say too loudly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from models.i18n import _
from ui import icons, theme

_SHOWN_MS = 12_000


class MessageLine(QFrame):
    """Shows a sentence (``error``, ``warning`` or ``info``), with at most one action beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 12, 6)
        row.setSpacing(10)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAccessibleName(_("Thông báo"))
        self._action = QPushButton()
        self._action.setObjectName("quiet")
        self._action.clicked.connect(self._act)
        close = QToolButton()
        close.setText("✕")
        close.setAccessibleName(_("Đóng thông báo"))
        close.setToolTip(_("Đóng thông báo"))
        close.clicked.connect(self.hide)
        for widget, stretch in ((self._icon, 0), (self._text, 1), (self._action, 0), (close, 0)):
            row.addWidget(widget, stretch)
        self._work: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, text: str, kind: str = "info", action: str = "", work: Callable[[], None] | None = None) -> None:
        """Show a sentence; an error, or one with an action, stays until it is closed, any other for some seconds."""
        c = theme.colours()
        colour = {"error": c.error, "warning": c.warning}.get(kind, c.accent)
        self._icon.setPixmap(icons.icon(icons.STATES.get(kind, "info-fill"), colour).pixmap(18, 18))
        self._text.setText(text)
        self._action.setVisible(bool(action))
        self._action.setText(action)
        self._work = work
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self._timer.stop()
        if kind != "error" and not action:
            self._timer.start(_SHOWN_MS)

    def text(self) -> str:
        """The sentence shown; empty where none is."""
        return self._text.text() if self.isVisible() else ""

    def _act(self) -> None:
        self.hide()
        if self._work is not None:
            self._work()
