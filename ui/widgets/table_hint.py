"""What a table says while it has no rows: what to do first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget


class TableHint(QWidget):
    """A heading and a sentence below the empty row of a table without others; clicks go through it to the table."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading, self._sentence = QLabel(), QLabel()
        self._heading.setObjectName("heading")
        self._sentence.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self._heading, self._sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(3)
        view.viewport().installEventFilter(self)
        self.hide()

    def say(self, heading: str, sentence: str) -> None:
        """Show these words; none where they are empty."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.setVisible(bool(heading))
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        box = self._view.viewport().geometry()
        # Below the empty row.
        box.setTop(box.top() + self._view.rowHeight(0))
        width = min(box.width() - 32, 64 * self.fontMetrics().averageCharWidth())
        self.setGeometry(box.center().x() - width // 2, box.top(), width, box.height())
