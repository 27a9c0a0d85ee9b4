"""The page of all findings, grouped by the page on which they are put right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from models.checks import Finding
from models.i18n import _
from models.plan import Section, Table
from ui import icons, theme
from ui.document import Document, Place
from ui.pages.page import Page, card, titled

_FINDING = Qt.ItemDataRole.UserRole + 1


class _Tree(QTreeWidget):
    """A tree in which Enter goes to the finding."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Wrapped(QStyledItemDelegate):
    """Gives a sentence the height that it needs when it is wrapped to the width of the tree."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        tree = self.parent()
        if isinstance(tree, QTreeWidget):
            depth = 2 if index.parent().isValid() else 1
            width = tree.viewport().width() - depth * tree.indentation() - 40
            flags = int(Qt.TextFlag.TextWordWrap)
            box = option.fontMetrics.boundingRect(QRect(0, 0, max(width, 80), 10_000), flags, str(index.data()))
            size.setHeight(max(size.height(), box.height() + 8))
        return size


class FindingsPage(Page):
    """Errors and warnings of the whole plan; Enter goes to the very field."""

    go = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        layout, _label = titled(self, _("Kiểm tra"))
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        layout.addWidget(self._summary)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        self.tree = _Tree()
        self.tree.setAccessibleName(_("Danh sách lỗi và cảnh báo"))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(20)
        self.tree.setWordWrap(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setItemDelegate(_Wrapped(self.tree))
        self.tree.itemActivated.connect(lambda *_args: self._go())
        self.tree.entered.connect(self._go)
        self.tree.currentItemChanged.connect(lambda *_args: self._offer())
        inside.addWidget(self.tree)
        layout.addWidget(frame, 1)
        buttons = QHBoxLayout()
        self._fix = QPushButton()
        self._fix.clicked.connect(self._apply)
        self._open = QPushButton(_("Đến ô này (Enter)"))
        self._open.clicked.connect(self._go)
        buttons.addWidget(self._open)
        buttons.addWidget(self._fix)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self.load()

    def load(self) -> None:
        place = self._current()
        rule = (place.rule, id(place.part), place.field) if place else None
        self.tree.clear()
        groups: dict[str | int, QTreeWidgetItem] = {}
        again: QTreeWidgetItem | None = None
        for finding in self.document.findings:
            where = self.document.place_of(finding)
            key = where if isinstance(where, str) else id(where)
            if key not in groups:
                groups[key] = QTreeWidgetItem([self._name(where)])
                font = QFont()
                font.setBold(True)
                groups[key].setFont(0, font)
                groups[key].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem([finding.message])
            item.setData(0, _FINDING, finding)
            item.setToolTip(0, finding.message)
            c = theme.colours()
            colour = {"error": c.error, "warning": c.warning}.get(finding.severity, c.muted)
            item.setIcon(0, icons.icon(icons.STATES[finding.severity], colour))
            groups[key].addChild(item)
            if (finding.rule, id(finding.part), finding.field) == rule:
                again = item
        self.tree.addTopLevelItems(list(groups.values()))
        self.tree.expandAll()
        errors, warnings = self.document.count("error"), self.document.count("warning")
        if errors or warnings:
            self._summary.setText(_("{errors} lỗi, {warnings} cảnh báo").format(errors=errors, warnings=warnings))
        else:
            self._summary.setText(_("Không có lỗi hay cảnh báo nào; kế hoạch sẵn sàng kết xuất."))
        if again is None and groups:
            again = next(iter(groups.values())).child(0)
        if again is not None:
            self.tree.setCurrentItem(again)
        self._offer()

    def on_change(self, change: object) -> None:
        """Findings follow ``on_evaluated``."""

    def on_evaluated(self) -> None:
        self.load()

    def _name(self, place: Place) -> str:
        if isinstance(place, Section):
            return place.heading or place.key
        if isinstance(place, Table):
            return place.title or place.key
        return {"general": _("Thông tin chung"), "bases": _("Căn cứ pháp lý")}.get(place, place)

    def _current(self) -> Finding | None:
        item = self.tree.currentItem()
        return item.data(0, _FINDING) if item is not None else None

    def _offer(self) -> None:
        finding = self._current()
        self._open.setEnabled(finding is not None)
        fix = finding.fix if finding else None
        self._fix.setVisible(fix is not None)
        self._fix.setText(_(fix.label) if fix else "")

    def _go(self) -> None:
        if (finding := self._current()) is not None:
            self.go.emit(finding)

    def _apply(self) -> None:
        if (finding := self._current()) is not None:
            self.document.apply_fix(finding)

    def enter(self) -> None:
        self.tree.setFocus()
