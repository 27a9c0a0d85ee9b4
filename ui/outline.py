"""The outline at the left: every page of the plan with its state, which is also the progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from models import unread
from models.i18n import N_, _
from models.numbering import heading, section_numbers
from models.plan import Section, Table
from models.text import BASES_SECTION, appendices, appendix_names
from ui import icons, theme
from ui.document import Document, Place

if TYPE_CHECKING:
    from collections import Counter

    from models.checks import Severity

_PLACE = Qt.ItemDataRole.UserRole + 1
#: How many errors and warnings a place has, as text; and the gravest state there.
_COUNT = Qt.ItemDataRole.UserRole + 2
_STATE = Qt.ItemDataRole.UserRole + 3
#: Whether it came from last year's plan and has not been read.
_UNREAD = Qt.ItemDataRole.UserRole + 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Pixels between the count and the right edge, and of the bar at the current place.
_MARGIN, _BAR = 12, 3
#: Places that have a sign of their own instead of a state.
_GLYPHS = {"summary": "chart-bar", "export": "export"}
_COUNTED: tuple[Severity, Severity] = ("error", "warning")
#: The states, the gravest first.
_STATE_NAMES = {"error": N_("lỗi"), "warning": N_("cảnh báo"), "done": N_("đã có"), "empty": N_("còn trống")}


class _WithCount(QStyledItemDelegate):
    """Paints the number of findings at the right, and a bar at the current place that tells where the focus is."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        count, is_unread = index.data(_COUNT) or "", bool(index.data(_UNREAD))
        if count or is_unread:
            # The text gives way to the number and the sign.
            around = option.decorationSize.width() + option.fontMetrics.horizontalAdvance(count) + 2 * _MARGIN + 8
            around += is_unread * (option.decorationSize.width() + 4)
            mode = Qt.TextElideMode.ElideRight
            option.text = option.fontMetrics.elidedText(option.text, mode, option.rect.width() - around)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        c = theme.colours()
        painter.save()
        if index == self._view.currentIndex():
            bar = QRect(0, option.rect.top(), _BAR, option.rect.height())
            painter.fillRect(bar, QColor(c.accent if self._view.hasFocus() else c.border))
        if count := index.data(_COUNT):
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(c.error if index.data(_STATE) == "error" else c.warning))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(option.rect.adjusted(0, 0, -_MARGIN, 0), int(flags), count)
        if index.data(_UNREAD):
            size = option.decorationSize.width()
            right = option.rect.right() - _MARGIN - (painter.fontMetrics().horizontalAdvance(count) + 4 if count else 0)
            sign = QRect(right - size, option.rect.center().y() - size // 2, size, size)
            icons.icon(icons.STATES["unread"], c.warning).paint(painter, sign)
        painter.restore()


class Outline(QTreeView):
    """A tree of places; ``chosen`` tells which one was gone to, ``entered`` that its page is to get the cursor.

    ``loaded``: places are others, or have other names.
    """

    chosen = Signal(object)
    entered = Signal()
    loaded = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setAccessibleName(_("Mục lục kế hoạch"))
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_WithCount(self))
        self._fit_icons()
        self.document = document
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self._items: dict[str | int, QStandardItem] = {}
        self._places: dict[str | int, Place] = {}
        self._known: dict[str | int, tuple[str, int, int, int, bool, bool, bool, int]] = {}
        self._counted: tuple[dict[str | int, Counter[Severity]], bool] | None = None
        self.load()
        self.selectionModel().currentChanged.connect(self._go)
        # Rows get their height only when they are dressed; the current one is to be seen after that too.
        self.verticalScrollBar().rangeChanged.connect(lambda *_range: self.scrollTo(self.currentIndex()))
        # What is folded away is counted where it is folded.
        self.expanded.connect(self._on_fold)
        self.collapsed.connect(self._on_fold)

    # ---- load

    def load(self) -> None:
        """Build the tree anew; the current place stays current."""
        current = self.current_place()
        folded = {key for key, item in self._items.items() if item.rowCount() and not self.isExpanded(item.index())}
        self._model.blockSignals(True)
        self._model.clear()
        self._items, self._places, self._known, self._counted = {}, {}, {}, None
        root = self._model.invisibleRootItem()
        self._add(root, "general", _("Thông tin chung"))
        self._add(root, "bases", _("Căn cứ pháp lý"))
        plan, template = self.document.plan, self.document.template
        styles = list(plan.outline or template.outline)
        numbers = section_numbers(plan.sections, styles)
        tables = list(plan.tables)
        for section in plan.sections:
            self._add_section(root, section, numbers, styles, 0, tables)
        names = appendix_names(plan, template)
        printed = appendices(plan, template)
        for table in [*printed, *(table for table in tables if table not in printed)]:
            if id(table) not in self._items:
                title = table.title or table.key
                self._add(root, table, f"{names[id(table)]}. {title}" if id(table) in names else title)
        self._add(root, "summary", _("Tổng hợp"), bold=True)
        self._add(root, "findings", _("Kiểm tra"), bold=True)
        self._add(root, "export", _("Kết xuất gói nộp"), bold=True)
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()
        self.expandAll()
        self.refresh()
        for key in folded & self._items.keys():
            self.collapse(self._items[key].index())
        if current is not None:
            self.show_place(current)
        self.loaded.emit()

    def _add_section(
        self, above: QStandardItem, section: Section, numbers: dict[int, str], styles: list[str], depth: int,
        tables: list[Table],
    ) -> None:  # fmt: skip
        style = styles[depth] if depth < len(styles) else "-"
        item = self._add(above, section, heading(numbers[id(section)], style, section.heading), bold=depth == 0)
        for child in section.sections:
            self._add_section(item, child, numbers, styles, depth + 1, tables)
        for table in tables:
            if table.section == section.key:
                self._add(item, table, table.title or table.key)

    def _add(self, above: QStandardItem, place: Place, text: str, bold: bool = False) -> QStandardItem:
        item = QStandardItem(text)
        key = page_key(place)
        item.setData(key, _PLACE)
        if bold:
            font = QFont()
            font.setBold(True)
            item.setFont(font)
        above.appendRow(item)
        self._items[key] = item
        self._places[key] = place
        return item

    # ---- states

    def refresh(self) -> None:
        """Show the state of every place and its findings; a part with others under it shows the gravest of them."""
        old, self._counted = self._counted, (self.document.counts(), theme.is_dark())
        tops = [self._model.item(row) for row in range(self._model.rowCount())]
        if self.document.touched is not None and old is not None and old[1] == self._counted[1]:
            # Only tasks changed: the branches in which as much is found as before look as before.
            others = {key for key in old[0].keys() | self._counted[0].keys()
                      if old[0].get(key) != self._counted[0].get(key)}  # fmt: skip
            if not others:
                return
            branches = {_top(item) for key, item in self._items.items() if key in others or key == "findings"}
            tops = [item for item in tops if item.row() in branches]
        for item in tops:
            self._count(item)

    def _count(self, item: QStandardItem) -> tuple[str, int, int, int]:
        """The state of an item with all below it, its errors, warnings and unread ones; shown if they are others."""
        place = self._places[item.data(_PLACE)]
        whole = None if place == "findings" else place
        errors, warnings = (0, 0) if place in _GLYPHS else (self.document.count(s, whole) for s in _COUNTED)
        own = errors + warnings
        is_unread = isinstance(place, Section | Table) and unread.is_unread(place)
        left = int(is_unread)
        states = ["error" if errors else "warning" if warnings else self._own_state(place)]
        for row in range(item.rowCount()):
            state, more_errors, more_warnings, more_left = self._count(item.child(row))
            states.append(state)
            left += more_left
            errors, warnings = errors + more_errors, warnings + more_warnings
        state = next(state for state in _STATE_NAMES if state in states)
        known = (state, errors, warnings, own, theme.is_dark(), self.document.is_checked, is_unread, left)
        if self._known.get(item.data(_PLACE)) != known:
            self._known[item.data(_PLACE)] = known
            self._dress(item.index())
        return state, errors, warnings, left

    def _on_fold(self, index: QModelIndex) -> None:
        if index.data(_PLACE) in self._known:
            self._dress(index)

    def _dress(self, index: QModelIndex) -> None:
        """Show what is known of an item."""
        item = self._model.itemFromIndex(index)
        state, errors, warnings, own, _dark, _checked, is_unread, left = self._known[item.data(_PLACE)]
        item.setData(state, _STATE)
        colours = theme.colours()
        if (place := self._places[item.data(_PLACE)]) in _GLYPHS:
            item.setIcon(icons.icon(_GLYPHS[str(place)], colours.accent))
            return
        colour = {"error": colours.error, "warning": colours.warning, "done": colours.done}.get(state, colours.muted)
        item.setIcon(icons.icon(icons.STATES[state], colour))
        shown = own if item.rowCount() and self.isExpanded(index) else errors + warnings
        item.setData(str(shown) if shown else "", _COUNT)
        is_open = bool(item.rowCount()) and self.isExpanded(index)
        shows_unread = is_unread if is_open else bool(left)
        item.setData(shows_unread, _UNREAD)
        said = _(_STATE_NAMES[state])
        if errors or warnings:
            said = _("{errors} lỗi, {warnings} cảnh báo").format(errors=errors, warnings=warnings)
        if shows_unread:
            said = _("{state}, chưa đọc lại").format(state=said)
        item.setAccessibleDescription(said)
        item.setToolTip(f"{item.text()}\n{said}")

    def _own_state(self, place: Place) -> str:
        if place == "findings":
            return "done" if self.document.is_checked else "empty"
        return "done" if _has_content(self.document, place) else "empty"

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_icons()

    def _fit_icons(self) -> None:
        """The marks grow with the text."""
        size = max(16, round(self.fontMetrics().height() * 0.8))
        self.setIconSize(QSize(size, size))

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_leaf = index.isValid() and not self._model.hasChildren(index)
        if is_plain and index.isValid() and (key in _ENTER or (key == Qt.Key.Key_Right and is_leaf)):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    # ---- places

    def current_place(self) -> Place | None:
        item = self._model.itemFromIndex(self.currentIndex())
        return None if item is None else self._places.get(item.data(_PLACE))

    def show_place(self, place: Place) -> bool:
        """Make a place current; false where the plan has it no more."""
        item = self._items.get(page_key(place))
        if item is None:
            return False
        self.setCurrentIndex(item.index())
        return True

    def leave(self) -> None:
        """No place is current: what is shown is none of the plan."""
        self.setCurrentIndex(QModelIndex())

    def has(self, place: Place) -> bool:
        return page_key(place) in self._places

    def top_places(self) -> list[tuple[Place, str]]:
        """The places at the left edge, with their names."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return [(self._places[item.data(_PLACE)], item.text()) for item in items]

    def name_of(self, place: Place) -> str:
        """A place with its number, as it is shown; empty where the plan has it no more."""
        item = self._items.get(page_key(place))
        return item.text() if item is not None else ""

    def places(self) -> list[Place]:
        """Every place, from top to bottom."""
        return list(self._places.values())

    def _go(self, index: QModelIndex | QPersistentModelIndex, _old: object) -> None:
        item = self._model.itemFromIndex(index)
        if item is not None:
            self.chosen.emit(self._places[item.data(_PLACE)])


def _has_content(document: Document, place: Place) -> bool:
    plan = document.plan
    if place == "general":
        return bool(plan.unit_name and plan.subject)
    if place == "bases":
        return bool(plan.legal_bases)
    if isinstance(place, Section):
        keys = [spec.key for spec in document.template.indicators if spec.section == place.key]
        if place.key == BASES_SECTION and plan.legal_bases:
            return True
        return bool(place.text.strip()) or any(key in plan.indicators for key in keys)
    return bool(place.rows) if isinstance(place, Table) else place in _GLYPHS


def page_key(place: Place) -> str | int:
    """What tells one place from another: its word, or the identity of the section or table."""
    return place if isinstance(place, str) else id(place)


def _top(item: QStandardItem) -> int:
    """The row of the topmost item that an item is under."""
    while (above := item.parent()) is not None:
        item = above
    return item.row()
