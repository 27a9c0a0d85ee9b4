"""The sections found in a whole Word plan, each with a choice of where in the template's outline it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from models.i18n import _
from models.imports.sections import LEFT_OUT, OWN, Found
from ui.widgets.tab_order import chain

_KEY = Qt.ItemDataRole.UserRole


class SectionList(QTreeWidget):
    """``moved`` carries the key of a section and that of the section it goes into."""

    moved = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Các mục trong văn bản"))
        self.setHeaderLabels([_("Mục trong tệp"), _("Bắt đầu bằng"), _("Đưa vào mục")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
        self.boxes: list[QComboBox] = []
        self._goals = QStandardItemModel(self)

    def show_sections(self, found: Sequence[Found], targets: Sequence[tuple[str, int, str]]) -> None:
        """Show the sections; ``targets`` are the sections of the template: key, depth, heading."""
        self.clear()
        self._goals.clear()
        self.boxes = []
        for key, depth, text in (
            (OWN, 0, _("Mục riêng của đơn vị, giữ tại chỗ")), (LEFT_OUT, 0, _("(bỏ qua)")), *targets,
        ):  # fmt: skip
            goal = QStandardItem("    " * depth + text)
            goal.setData(key, _KEY)
            self._goals.appendRow(goal)
        keys = [self._goals.item(at).data(_KEY) for at in range(self._goals.rowCount())]
        for one in found:
            item = QTreeWidgetItem(self, ["    " * one.depth + one.heading, one.begins])
            item.setToolTip(0, one.heading)
            item.setToolTip(1, one.begins)
            box = QComboBox()
            box.setModel(self._goals)
            box.setAccessibleName(_("Mục “{heading}” đưa vào").format(heading=one.heading))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(20)
            box.setCurrentIndex(keys.index(one.target) if one.target in keys else 0)
            box.setToolTip(box.currentText().strip())
            box.installEventFilter(self)
            box.currentIndexChanged.connect(lambda _at, key=one.key, box=box: self._on_moved(key, box))
            item.setSizeHint(2, QSize(0, box.sizeHint().height() + 4))
            self.setItemWidget(item, 2, box)
            self.boxes.append(box)
        self.header().resizeSection(2, 40 * self.fontMetrics().averageCharWidth())
        if (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)
        chain(self.boxes)

    def _on_moved(self, key: str, box: QComboBox) -> None:
        box.setToolTip(box.currentText().strip())
        self.moved.emit(key, str(box.currentData(_KEY)))

    def tab_chain(self) -> list[QWidget]:
        return [self, *self.boxes]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QComboBox) and watched in self.boxes:
            if event.type() == QEvent.Type.Wheel:
                event.ignore()
                return True
            if event.type() == QEvent.Type.FocusIn:
                item = self.topLevelItem(self.boxes.index(watched))
                if item is not None:
                    self.setCurrentItem(item)
                    self.scrollToItem(item)
        return super().eventFilter(watched, event)
