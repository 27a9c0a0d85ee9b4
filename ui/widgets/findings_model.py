"""The findings as rows of a list: the name of each page, below it its findings; and how a row is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.bases import basis_text
from models.folding import fold
from models.i18n import _
from models.plan import LegalBasis, Row
from ui import icons, theme
from ui.document import Place
from ui.widgets.card_line import severity_colour, severity_name

if TYPE_CHECKING:
    from models.checks import Finding

Index = QModelIndex | QPersistentModelIndex
#: Pages of the plan, each with its findings.
Groups = list[tuple[Place, list["Finding"]]]

#: Beside the sentence: the name of the row it is about.
ABOUT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above the findings of a page."""

    place: Place
    name: str
    count: int


class FindingsModel(QAbstractListModel):
    """All findings that pass the filter. Flat, since a list of ten thousand rows of one height is laid out at once."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Heading | Finding] = []
        #: How many findings of each rule are shown, and how many of these have a fix.
        self.of_rule: dict[str, tuple[int, int]] = {}

    def show_groups(self, groups: Groups, name_of: Callable[[Place], str], hidden: set[str], words: str) -> bool:
        """Show the findings but those of the severities ``hidden`` and those without ``words``; whether it changed."""
        wanted = [word for word in fold(words).split() if word]
        rows: list[Heading | Finding] = []
        of_rule: dict[str, tuple[int, int]] = {}
        for place, findings in groups:
            name = name_of(place)
            shown = [one for one in findings if one.severity not in hidden]
            if wanted:
                shown = [one for one in shown if matches(f"{name} {one.message} {about(one)}", wanted)]
            if shown:
                rows.append(Heading(place, name, len(shown)))
                rows.extend(shown)
            for finding in shown:
                count, fixable = of_rule.get(finding.rule, (0, 0))
                of_rule[finding.rule] = count + 1, fixable + (finding.fix is not None)
        self.of_rule = of_rule
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def row_at(self, index: Index) -> Heading | Finding | None:
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if isinstance(row, Heading):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return f"{row.name} ({row.count})"
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.message
        if role == ABOUT:
            return about(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (about(row), row.message)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (f"{severity_name(row.severity)}: {row.message}", about(row))))
        return None


def matches(text: str, words: list[str]) -> bool:
    """Whether each of the folded ``words`` is in ``text``."""
    folded = fold(text)
    return all(word in folded for word in words)


def about(finding: Finding) -> str:
    """The name of the row or the basis that a finding is in; empty where its sentence has that, or it is in none.

    Before it, that the finding was set aside.
    """
    name = part_name(finding)
    return ", ".join(filter(None, (_("đã bỏ qua"), name))) if finding.reason else name


def part_name(finding: Finding) -> str:
    """The name of the row or the basis alone."""
    part = finding.part
    if isinstance(part, Row) and "task" not in finding.values:
        name = part.task or part.group or next((cell for cell in part.cells or () if cell.strip()), "")
    elif isinstance(part, LegalBasis) and "number" not in finding.values:
        name = basis_text(part)
    else:
        return ""
    return " ".join(name.split())


class FindingsDelegate(QStyledItemDelegate):
    """Paints a row: a mark, the sentence, at the right what it is about; a heading in bold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.row_at(index) if isinstance(model, FindingsModel) else None
        c = theme.colours()
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = c.selection if chosen else c.raised if option.state & QStyle.StateFlag.State_MouseOver else ""
        frame = box.adjusted(1, 1, -1, -1)
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(frame, 6, 6)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(frame, 6, 6)
        inside = box.adjusted(10, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        font, text = QFont(option.font), str(index.data())
        if isinstance(row, Heading) or row is None:
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(c.text))
            text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, text)
            painter.restore()
            return
        size = option.fontMetrics.height()
        mark = QRect(inside.left() + 12, box.center().y() - size // 2, size, size)
        icons.icon(icons.STATES[row.severity], severity_colour(row.severity)).paint(painter, mark)
        inside.setLeft(mark.right() + 9)
        painter.setFont(font)
        wide = option.fontMetrics.horizontalAdvance(text)
        name = about(row)
        if name:
            # The sentence has its width first, the name what is left, and no less than a third.
            room = max(inside.width() - wide - 16, inside.width() // 3)
            name = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.setPen(QColor(c.muted))
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, name)
            inside.setRight(inside.right() - option.fontMetrics.horizontalAdvance(name) - 16)
        painter.setPen(QColor(c.text))
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
