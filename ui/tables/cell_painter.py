"""Paints the cells of a table: a wrapped text is laid out once, not each time it is seen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QIcon, QPainter, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui import theme

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

#: So many texts are kept laid out: those of many screens.
_KEPT = 2000
_GAP = 4
_ACROSS = Qt.AlignmentFlag.AlignHorizontal_Mask


class CellPainter:
    """Paints what a model says of a cell: its text, colours, font and alignment; an icon only in the first column."""

    def __init__(self, padding: int) -> None:
        self._padding = padding
        self._texts: dict[tuple[str, int, int, str], QStaticText] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, box = index.model(), QRect(option.rect)
        ground = model.data(index, _Role.BackgroundRole)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.colours().selection))
        elif ground is not None:
            painter.fillRect(box, QBrush(ground))
        inside = box.adjusted(self._padding, 0, -self._padding, 0)
        icon = model.data(index, _Role.DecorationRole) if index.column() == 0 else None
        if isinstance(icon, QIcon):
            size: QSize = option.decorationSize
            top = inside.center().y() - size.height() // 2
            icon.paint(painter, QRect(inside.left(), top, size.width(), size.height()))
            inside.setLeft(inside.left() + size.width() + _GAP)
        text = model.data(index, _Role.DisplayRole)
        if not text or inside.width() <= 0:
            return
        font = model.data(index, _Role.FontRole)
        painter.save()
        painter.setFont(option.font if font is None else _resolved(font, option.font))
        colour = model.data(index, _Role.ForegroundRole)
        painter.setPen(QColor(theme.colours().text) if colour is None else QBrush(colour).color())
        laid = self._laid_out(str(text), inside.width(), int(model.data(index, _Role.TextAlignmentRole) or 0), painter)
        height = laid.size().height()
        if height > box.height() or laid.size().width() > inside.width():
            painter.setClipRect(box)
        painter.drawStaticText(QPointF(inside.left(), box.top() + max(0.0, (box.height() - height) / 2)), laid)
        painter.restore()

    def _laid_out(self, text: str, width: int, alignment: int, painter: QPainter) -> QStaticText:
        font = painter.font().key()
        key = (text, width, alignment, font)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            found = self._texts[key] = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            option = QTextOption(Qt.AlignmentFlag(alignment) & _ACROSS)
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            found.setTextOption(option)
            found.setTextWidth(width)
            found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found.prepare(painter.transform(), painter.font())
        return found


def _resolved(font: QFont, base: QFont) -> QFont:
    return QFont(font).resolve(base)
