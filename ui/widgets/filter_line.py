"""The line above a table that chooses its rows, and says so as long as not all are shown in the plan's order."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from models.i18n import _
from ui import icons, theme
from ui.widgets.clearable import make_clearable

#: After the last letter, before the rows are chosen anew.
_TYPED_MS = 120


class _Sign(QLabel):
    """A sentence that takes the room there is; what does not fit is told by its tool tip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), True, shown, self.foregroundRole()
        )


class FilterLine(QWidget):
    """A text, a choice, and behind them what is shown now. Hidden while it has nothing to say and was not opened."""

    #: A text to look for, and the name of a choice.
    asked = Signal(str, str)
    #: All rows are wanted again, in the order of the plan.
    all_wanted = Signal()
    #: The keyboard goes back to the table.
    left = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._is_open = False
        self._later = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._later.timeout.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Lọc các dòng, không cần gõ dấu"))
        self.text.setAccessibleName(_("Lọc các dòng"))
        make_clearable(self.text)
        self.text.setMinimumWidth(16 * self.fontMetrics().averageCharWidth())
        self._funnel = QAction(_("Lọc các dòng"), self)
        self.text.addAction(self._funnel, QLineEdit.ActionPosition.LeadingPosition)
        self.text.textEdited.connect(lambda _text: self._later.start())
        self.text.textChanged.connect(lambda text: self._later.start() if not text else None)
        self.text.installEventFilter(self)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Chọn các dòng"))
        for name, label in choices:
            self.choice.addItem(_(label), name)
        self.choice.activated.connect(lambda _place: self._ask())
        self.choice.installEventFilter(self)
        self._sign = _Sign()
        self._sign.setObjectName("warning")
        self._sign.setTextFormat(Qt.TextFormat.PlainText)
        self.all = QPushButton(_("Hiện tất cả dòng"))
        self.all.setObjectName("quiet")
        self.all.clicked.connect(self._show_all)
        row.addWidget(self.text, 2)
        row.addWidget(self.choice)
        row.addWidget(self._sign, 3)
        row.addWidget(self.all)
        self._paint()
        self._update("")

    @property
    def is_open(self) -> bool:
        """Whether it can be typed into; else it only says what is shown."""
        return self._is_open

    def open(self) -> None:
        """Show it, with the cursor in its text."""
        self._is_open = True
        self._update(self._sign.text())
        self.text.setFocus()
        self.text.selectAll()

    def close_line(self) -> None:
        """Take it away, and with it what it asked for."""
        self._is_open = False
        self._later.stop()
        self.forget()
        self._ask()
        self._update(self._sign.text())
        self.left.emit()

    def forget(self) -> None:
        """Ask for nothing any more, without telling so."""
        self._later.stop()
        with QSignalBlocker(self.text):
            self.text.clear()
        self.choice.setCurrentIndex(0)

    def say(self, sentence: str) -> None:
        """Say what is shown; empty: all rows, as they are in the plan."""
        if sentence != self._sign.text():
            self._update(sentence)

    def _update(self, sentence: str) -> None:
        self._sign.setText(sentence)
        self.text.setVisible(self._is_open)
        self.choice.setVisible(self._is_open and self.choice.count() > 1)
        self._sign.setVisible(bool(sentence))
        self.all.setVisible(bool(sentence))
        self.setVisible(self._is_open or bool(sentence))

    def _ask(self) -> None:
        self._later.stop()
        self.asked.emit(self.text.text(), self.choice.currentData())

    def _show_all(self) -> None:
        self.forget()
        self.all_wanted.emit()
        self.left.emit()

    # ---- keys and look

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() == Qt.Key.Key_Escape:
                self.close_line()
                return True
            is_on = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
            if plain and is_on and watched is self.text:
                self._ask()
                self.left.emit()
                return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_funnel"):
            self._paint()

    def _paint(self) -> None:
        self._funnel.setIcon(icons.icon("funnel", theme.colours().muted))
