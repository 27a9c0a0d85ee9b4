"""A small picture of the document's first lines and its end, drawn from what is typed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.exports import phrases
from models.i18n import _
from models.plan import Plan
from models.template import Template
from ui import theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_WIDTH = 328
#: The page is wider than the picture: letters are drawn larger than to scale, to be read.
_ENLARGED = 1.3
_FIELDS = (
    "unit_parent", "unit_name", "place", "number", "symbol", "day", "month", "year", "subject", "capacity",
    "signer_position", "signer_name", "recipients",
)  # fmt: skip


class Letterhead(QWidget):
    """Paper is white in the dark too. ``current`` gives the value of a plan's field as it is typed."""

    def __init__(self, template: Template, current: Callable[[str], Any]) -> None:
        super().__init__()
        self._template, self._current = template, current
        self.setAccessibleName(_("Hình thu nhỏ của phần đầu và phần ký"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, round(_WIDTH * 1.414))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.colours().border)))
        painter.setBrush(QColor("#E6EAED" if theme.is_dark() else "#FFFFFF"))
        painter.drawRoundedRect(sheet, 4, 4)
        _Drawing(painter, sheet.adjusted(16, 16, -12, -12)).draw(self._plan(), self._template.kind)
        painter.end()

    def _plan(self) -> Plan:
        plan = Plan(id="", template="")
        for name in _FIELDS:
            setattr(plan, name, copy.copy(self._current(name)))
        return plan


class _Drawing:
    """Lines of text one below the other, in two columns and in one."""

    def __init__(self, painter: QPainter, area: QRectF) -> None:
        self._painter, self._area = painter, area
        # 13 points on a page 210 mm wide.
        self._unit = area.width() / 165 * 25.4 / 72

    def draw(self, plan: Plan, kind: str) -> None:
        area = self._area
        left = QRectF(area.left(), area.top(), area.width() * 0.42, area.height())
        right = QRectF(area.left() + area.width() * 0.42, area.top(), area.width() * 0.58, area.height())
        at = self._text(left, left.top(), plan.unit_parent.upper(), 10.5)
        at = self._text(left, at, plan.unit_name.upper(), 10.5, bold=True)
        at_left = self._rule(left, at, 0.4)
        at = self._text(right, right.top(), phrases.NATION, 9, bold=True)
        at = self._text(right, at, phrases.MOTTO, 10.5, bold=True)
        at_right = self._rule(right, at, 0.7)
        at = max(at_left, at_right) + 4
        below = max(
            self._text(left, at, phrases.number_line(plan), 10.5),
            self._text(right, at, phrases.place_line(plan), 10.5, italic=True),
        )
        at = self._text(area, below + 14, kind, 13, bold=True)
        at = self._text(area.adjusted(24, 0, -24, 0), at, plan.subject, 12, bold=True)
        at = self._rule(area, at, 0.35) + 14
        end = area.bottom() - 116
        self._body(at, end - 14)
        half = area.width() * 0.5
        left, right = QRectF(area.left(), end, half, 116), QRectF(area.left() + half, end, half, 116)
        at = self._text(left, end, phrases.RECIPIENTS, 10.5, bold=True, italic=True, flags=_LEFT)
        for item in phrases.bullet_list(plan.recipients):
            at = self._text(left, at, item, 9.5, flags=_LEFT)
        at = self._text(right, end, plan.capacity.upper(), 11, bold=True)
        at = self._text(right, at, plan.signer_position.upper(), 11, bold=True)
        self._text(right, at + 36, plan.signer_name, 11, bold=True)

    def _text(
        self, column: QRectF, top: float, text: str, points: float, bold: bool = False, italic: bool = False,
        flags: Any = _CENTRE,
    ) -> float:  # fmt: skip
        """Write ``text`` from ``top`` on; gives where the next line begins."""
        if not text.strip() or top >= self._area.bottom():
            return top
        font = QFont(["Times New Roman", "Tinos", "Liberation Serif"])
        font.setPixelSize(max(6, round(points * self._unit * _ENLARGED)))
        font.setBold(bold)
        font.setItalic(italic)
        self._painter.setFont(font)
        self._painter.setPen(QColor("#1C2730"))
        box = QRectF(column.left(), top, column.width(), self._area.bottom() - top)
        used = self._painter.boundingRect(box, int(flags), text)
        self._painter.drawText(box, int(flags), text)
        return used.bottom() + 1

    def _rule(self, column: QRectF, top: float, share: float) -> float:
        """A fine line of ``share`` of the column's width, in its middle."""
        length = column.width() * share
        start = column.left() + (column.width() - length) / 2
        self._painter.setPen(QPen(QColor("#1C2730"), 0.8))
        self._painter.drawLine(QLineF(start, top + 2, start + length, top + 2))
        return top + 6

    def _body(self, top: float, bottom: float) -> None:
        """Grey lines where the text is."""
        self._painter.setPen(QPen(QColor("#C9D1D7"), 2))
        for number in range(int((bottom - top) // 9)):
            end = self._area.right() - (self._area.width() * 0.4 if number % 5 == 4 else 0)
            start = self._area.left() + (14 if number % 5 == 0 else 0)
            self._painter.drawLine(QLineF(start, top + number * 9, end, top + number * 9))
