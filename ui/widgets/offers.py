"""The list of what is offered under a field: it lies over the window, and never has the focus.

No window of its own: input methods, the screen reader and the keys stay with the field, and a click on it does not
end an edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.i18n import _
from ui import icons, theme

_OFFER = Qt.ItemDataRole.UserRole + 1
#: Room round the list, inside it, and round a text.
_GAP, _FRAME, _PAD_X, _PAD_Y = 2, 5, 10, 5
#: Where the window ends at its right, the list is still so wide; and never wider.
_NARROWEST, _WIDEST = 360, 640
#: Room kept free at the right of the window.
_MARGIN = 16


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: ``text``, smaller words below or none, a glyph before or none, and what it stands for."""

    text: str
    detail: str = ""
    glyph: str = ""
    value: Any = None


class OfferList(QListWidget):
    """What is offered for ``editor``; none is chosen until ``step``, unless ``is_eager``."""

    #: An offer was clicked.
    clicked_offer = Signal(object)

    def __init__(self, editor: QWidget, is_eager: bool) -> None:
        super().__init__(editor.window())
        self._editor, self._is_eager = editor, is_eager
        self.setObjectName("offers")
        self.setAccessibleName(_("Gợi ý từ những gì đã gõ"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        c = theme.colours()
        self.setStyleSheet(
            f"QListWidget#offers {{ background: {c.surface}; border: 1px solid {c.muted}; border-radius: 6px;"
            f" padding: {_FRAME - 1}px; }}"
        )

    def show_offers(self, offers: list[Offer], anchor: QRect) -> None:
        """Show these, below (or above) ``anchor``, a place of the editor in its own pixels."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem()
            item.setData(_OFFER, offer)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (offer.text, offer.detail))))
            self.addItem(item)
        self.setCurrentRow(0 if self._is_eager else -1)
        self.place(anchor)
        self.show()
        self.raise_()

    def place(self, anchor: QRect) -> None:
        """Lie at ``anchor``: below it, or above where there is more room."""
        window = self._editor.window()
        below = self._editor.mapTo(window, anchor.bottomLeft()) + QPoint(0, _GAP)
        above = self._editor.mapTo(window, anchor.topLeft()) - QPoint(0, _GAP)
        height = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * _FRAME
        widest = max(self._delegate.wanted_width(self, row) for row in range(self.count()))
        wanted = max(self._editor.width(), min(widest + 2 * _FRAME, _WIDEST))
        room = max(window.width() - below.x() - _MARGIN, self._editor.width(), _NARROWEST)
        width = min(wanted, room, window.width() - 2 * _GAP)
        room_below, room_above = window.height() - below.y() - _GAP, above.y() - _GAP
        is_above = height > room_below and room_above > room_below
        height = min(height, room_above if is_above else room_below)
        left = max(_GAP, min(below.x(), window.width() - width - _GAP))
        self.setGeometry(left, above.y() - height if is_above else below.y(), width, height)

    def chosen(self) -> Offer | None:
        """The offer that the arrow keys are on."""
        item = self.currentItem()
        return item.data(_OFFER) if item is not None else None

    def step(self, by: int) -> None:
        """Choose the next or the previous one; before the first one stands what is typed."""
        first = 0 if self._is_eager else -1
        places = self.count() - first
        row = (self.currentRow() - first + by) % places + first
        if row < 0:
            # Row -1 would leave the old one marked.
            self.selectionModel().clear()
        else:
            self.setCurrentRow(row)
        offer = self.chosen()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._editor, self._said(offer)))

    def _said(self, offer: Offer | None) -> str:
        return ", ".join(filter(None, (offer.text, offer.detail))) if offer is not None else _("Chữ đang gõ")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked_offer.emit(item.data(_OFFER))
        event.accept()


class _Delegate(QStyledItemDelegate):
    """Paints an offer: its text and below it, smaller and paler, what more there is to know of it."""

    def wanted_width(self, view: QListWidget, row: int) -> int:
        offer: Offer = view.item(row).data(_OFFER)
        metrics = view.fontMetrics()
        glyph = metrics.height() + 6 if offer.glyph else 0
        words = max(metrics.horizontalAdvance(offer.text), metrics.horizontalAdvance(offer.detail))
        return words + glyph + 2 * _PAD_X + 4

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 2 if index.data(_OFFER).detail else 1
        return QSize(80, lines * option.fontMetrics.height() + 2 * _PAD_Y)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, offer = theme.colours(), index.data(_OFFER)
        box, metrics = QRect(option.rect), option.fontMetrics
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(c.selection if is_chosen else c.raised))
        if is_chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(c.accent))
        left, line = box.left() + _PAD_X, metrics.height()
        if offer.glyph:
            icons.icon(offer.glyph, c.muted).paint(painter, QRect(left, box.top() + _PAD_Y, line, line))
            left += line + 6
        width = box.right() - _PAD_X - left
        painter.setFont(option.font)
        top = box.top() + _PAD_Y
        for text, colour in ((offer.text, c.text), (offer.detail, c.muted)):
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)
            painter.drawText(left, top, width, line, Qt.AlignmentFlag.AlignLeft, shown)
            top += line
        painter.restore()
