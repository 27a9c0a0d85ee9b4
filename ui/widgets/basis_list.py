"""The list of legal bases: two lines each, its number before, a mark where something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from models.bases import basis_text
from models.catalogue import cited_by_name
from models.citations import printed_date
from models.i18n import _
from models.plan import LegalBasis
from ui import icons, theme
from ui.document import Document
from ui.widgets.finding_lines import worst_state

#: Letters of a law's name that leave room for its number on one line.
_LONGEST_NAME = 60
_BASIS = Qt.ItemDataRole.UserRole + 1
_STATE = Qt.ItemDataRole.UserRole + 2


class BasisList(QListWidget):
    """``selected`` tells which basis is the current one now."""

    selected = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.setAccessibleName(_("Danh sách căn cứ"))
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(lambda *_items: self.selected.emit(self.current()))

    def load(self, prefer: LegalBasis | None = None) -> None:
        """Show the bases of the plan; the selected one stays, or ``prefer`` becomes it where that is gone."""
        bases = self.document.plan.legal_bases
        current, row = self.current(), self.currentRow()
        if current is None or current.parent is not self.document.plan or not any(b is current for b in bases):
            current = prefer
        self.blockSignals(True)
        # Items are kept and filled anew: a click may be on its way to one of them.
        while self.count() > len(bases):
            self.takeItem(self.count() - 1)
        while self.count() < len(bases):
            self.addItem(QListWidgetItem())
        for index, basis in enumerate(bases):
            self.item(index).setData(_BASIS, basis)
        self.refresh()
        place = next((index for index, basis in enumerate(bases) if basis is current), None)
        if place is None and bases:
            place = min(max(row, 0), len(bases) - 1)
        if place is not None:
            self.setCurrentRow(place)
        self.blockSignals(False)

    def refresh(self) -> None:
        """Show the words and the state of each basis anew."""
        for index in range(self.count()):
            item = self.item(index)
            basis: LegalBasis = item.data(_BASIS)
            state = worst_state(self.document.findings_of(basis))
            name = {"error": _("lỗi"), "warning": _("cảnh báo")}.get(state, "")
            text = basis_text(basis) or _("Căn cứ chưa có nội dung")
            for role, value in (
                (Qt.ItemDataRole.DisplayRole, text), (Qt.ItemDataRole.ToolTipRole, text), (_STATE, state),
                (Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (f"{index + 1}. {text}", name)))),
            ):  # fmt: skip
                if item.data(role) != value:
                    item.setData(role, value)

    def current(self) -> LegalBasis | None:
        item = self.currentItem()
        return item.data(_BASIS) if item is not None else None

    def select(self, basis: LegalBasis) -> None:
        for index in range(self.count()):
            if self.item(index).data(_BASIS) is basis:
                self.setCurrentRow(index)
                self.scrollToItem(self.item(index))


class _Delegate(QStyledItemDelegate):
    """Paints a basis: what document it is, below what it is about."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, option.fontMetrics.height() * 2 + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.colours()
        painter.save()
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selection if chosen else c.raised))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -2), 6, 6)
        metrics, line = option.fontMetrics, option.fontMetrics.height()
        number = metrics.horizontalAdvance("00.")
        right = box.right() - 8
        if state := index.data(_STATE):
            colour = {"error": c.error, "warning": c.warning}.get(state, c.muted)
            icons.icon(icons.STATES[state], colour).paint(painter, QRect(right - line, box.top() + 6, line, line))
            right -= line + 6
        left, top = box.left() + 8, box.top() + 6
        first, second = two_lines(index.data(_BASIS))
        painter.setFont(option.font)
        painter.setPen(QColor(c.muted))
        painter.drawText(left, top, number, line, Qt.AlignmentFlag.AlignRight, f"{index.row() + 1}.")
        left += number + 8
        for text, colour, place, width in (
            (first, c.text, top, right - left), (second, c.muted, top + line + 2, box.right() - 8 - left),
        ):  # fmt: skip
            painter.setPen(QColor(colour))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(left, place, width, line, Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


def two_lines(basis: LegalBasis) -> tuple[str, str]:
    """What document a basis is, and what it is about; a law is called by its name, unless that is long."""
    if basis.text.strip():
        return " ".join(basis.text.split()), _("Câu tự viết")
    number = _("số {number}").format(number=basis.number) if basis.number else ""
    date = _("ngày {date}").format(date=printed_date(basis.date)) if basis.date else ""
    # What a basis is called in print is Vietnamese in every language.
    if cited_by_name(basis.kind) and 0 < len(basis.subject.strip()) <= _LONGEST_NAME:
        name = f"{basis.kind} {basis.subject.strip()}" + ("," if number else "")
        return " ".join(word for word in (name, number, date) if word), basis.issuer
    first = " ".join(word for word in (basis.kind, number, date) if word)
    second = " · ".join(word for word in (basis.issuer, basis.subject) if word)
    return first or _("Căn cứ chưa có nội dung"), second or _("Chưa có trích yếu")
