"""The list of the final exports of a plan, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTreeWidgetItem, QVBoxLayout, QWidget

from models.drives import size_text
from models.i18n import _
from ui.comparing import State, moment
from ui.document import Document
from ui.widgets.grouped_list import GroupedList

_STATE = Qt.ItemDataRole.UserRole + 1
_WHO, _SIZE = 2, 4


class RevisionList(QWidget):
    """The newest is first. The signals carry the chosen ``State``; ``compare_asked`` two of them, the older first."""

    again_asked = Signal(object)
    pdf_asked = Signal(object)
    compare_asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._states: list[State] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        heads = [_("Lần"), _("Lúc"), _("Người kết xuất"), _("Mã đối chiếu"), _("Gói nộp"), _("Chữ ký số")]
        self.list = GroupedList(_("Các lần kết xuất"), heads, _WHO)
        self.list.setIndentation(0)
        self.list.currentItemChanged.connect(lambda *_items: self._offer())
        self.list.itemDoubleClicked.connect(lambda *_item: self._compare())
        column.addWidget(self.list, 1)
        column.addLayout(self._build_actions())

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.again = QPushButton(_("Xuất lại…"))
        self.again.setToolTip(_("Ghi lại PDF, bảng tính và gói nộp, đúng từng byte như khi kết xuất"))
        self.again.clicked.connect(lambda: self._ask(self.again_asked.emit))
        self.open_pdf = QPushButton(_("Mở bản PDF"))
        self.open_pdf.setToolTip(_("Mở bản sao tạm của tệp PDF bằng chương trình xem của máy"))
        self.open_pdf.clicked.connect(lambda: self._ask(self.pdf_asked.emit))
        label = QLabel(_("So sánh với:"))
        self.other = QComboBox()
        self.other.setAccessibleName(_("So sánh với"))
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label.setBuddy(self.other)
        self.compare = QPushButton(_("So sánh hai bản"))
        self.compare.setObjectName("main")
        self.compare.clicked.connect(self._compare)
        row.addWidget(self.again)
        row.addWidget(self.open_pdf)
        row.addStretch(1)
        for widget in (label, self.other, self.compare):
            row.addWidget(widget)
        return row

    def load(self, document: Document) -> bool:
        """Show the exports that the store keeps, the newest chosen; false where there is none."""
        exports = document.store.exports(document.plan.id)
        self._states = [State(one.revision, one.created, one.code) for one in exports]
        self.list.clear()
        for one, state in zip(exports, self._states, strict=True):
            signed = _("đã ký") if one.is_signed else _("chưa ký")
            texts = [str(one.revision), moment(one.created), one.who, one.code, size_text(one.size), signed]
            item = QTreeWidgetItem(self.list, texts)
            item.setData(0, _STATE, state)
            item.setTextAlignment(_SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        return bool(exports)

    def chosen(self) -> State | None:
        item = self.list.currentItem()
        return item.data(0, _STATE) if item is not None else None

    def _offer(self) -> None:
        """Offer every other state for comparing with the chosen one, first the plan as it stands."""
        chosen = self.chosen()
        self.other.clear()
        for state in (State(), *(state for state in self._states if state != chosen)):
            self.other.addItem(state.name(), state)

    def _ask(self, ask: Callable[[State], object]) -> None:
        if (chosen := self.chosen()) is not None:
            ask(chosen)

    def _compare(self) -> None:
        chosen, other = self.chosen(), self.other.currentData()
        if chosen is not None and isinstance(other, State):
            # The plan as it stands comes after all exports.
            older, newer = sorted((chosen, other), key=lambda state: state.revision or float("inf"))
            self.compare_asked.emit(older, newer)
