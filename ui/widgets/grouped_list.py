"""A list of lines under headings, all open, and under it what is said of the chosen line and what does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem

from models.i18n import _


class GroupedList(QTreeWidget):
    """Columns are as wide as their texts, the one at ``stretched`` takes the rest."""

    def __init__(self, name: str, heads: Sequence[str], stretched: int) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(name)
        self.setHeaderLabels(list(heads))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(16)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        head = self.header()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(False)
        for column in range(len(heads)):
            mode = QHeaderView.ResizeMode.Stretch if column == stretched else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, mode)

    def add_group(self, name: str) -> QTreeWidgetItem:
        """A heading, which cannot be chosen itself."""
        item = QTreeWidgetItem(self, [name])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFirstColumnSpanned(True)
        font = QFont()
        font.setBold(True)
        item.setFont(0, font)
        return item


def foot(dialog: QDialog, said: QLabel, does: str, work: Callable[[], object]) -> tuple[QHBoxLayout, QPushButton]:
    """What is said of the chosen line, beside it the button that does it, and one that closes the dialog."""
    row = QHBoxLayout()
    row.setSpacing(8)
    said.setWordWrap(True)
    row.addWidget(said, 1)
    button = QPushButton(does)
    button.setObjectName("main")
    button.setDefault(True)
    button.clicked.connect(work)
    close = QPushButton(_("Đóng"))
    close.clicked.connect(dialog.close)
    row.addWidget(button)
    row.addWidget(close)
    return row, button
