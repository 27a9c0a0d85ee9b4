"""What is to be put right in the template yet: counted, listed and walked through."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QListWidget, QVBoxLayout, QWidget

from models.i18n import _
from models.template_drafts import Fault
from models.template_places import Node, node_of
from ui import theme
from ui.template_editor.editing import Editing


class FaultList(QWidget):
    """``gone`` asks to put the cursor where a fault is."""

    gone = Signal(Node)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._count = QLabel()
        self._count.setObjectName("heading")
        column.addWidget(self._count)
        self.list = QListWidget()
        self.list.setObjectName("card")
        self.list.setAccessibleName(_("Chỗ phải sửa"))
        self.list.setFixedHeight(3 * (self.fontMetrics().lineSpacing() + 8) + 8)
        self.list.itemActivated.connect(lambda _item: self.go(self.list.currentRow()))
        self.list.itemClicked.connect(lambda _item: self.go(self.list.currentRow()))
        column.addWidget(self.list)
        editing.checked.connect(self._show)

    def _show(self, faults: list[Fault]) -> None:
        row = self.list.currentRow()
        self.list.clear()
        self.list.addItems([fault.text for fault in faults])
        self.list.setVisible(bool(faults))
        if faults:
            self._count.setText(_("Chỗ phải sửa: {count} (F8 đến chỗ tiếp theo)").format(count=len(faults)))
            self.list.setCurrentRow(min(max(row, 0), len(faults) - 1))
        else:
            self._count.setText("✓ " + _("Mẫu đã đủ, hoàn thành được."))
        self._count.setStyleSheet(f"color: {theme.colours().error if faults else theme.colours().done}")

    def step(self, by: int, here: Node) -> None:
        """Go to the next (+1) or previous (-1) fault; ``here`` is what is shown now."""
        if count := self.list.count():
            at = self.list.currentRow()
            node = self._node(at)
            is_there = (here.kind, here.path) == (node.kind, node.path)
            # The first step goes to the chosen one, where the cursor is not yet.
            self.go((at + by) % count if is_there else max(0, at))

    def go(self, row: int) -> None:
        """Go to the fault in that row, if there is one."""
        if 0 <= row < len(self._editing.faults):
            self.list.setCurrentRow(row)
            self.gone.emit(self._node(row))

    def _node(self, row: int) -> Node:
        return node_of(self._editing.template, self._editing.faults[row].place)
