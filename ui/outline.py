"""The outline at the left: every page of the plan with its state, which is also the progress."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView

from models.i18n import N_, _
from models.numbering import heading, section_numbers
from models.plan import Section, Table
from models.text import BASES_SECTION, appendices, appendix_names
from ui import icons, theme
from ui.document import Document, Place

_PLACE = Qt.ItemDataRole.UserRole + 1
_STATE_NAMES = {"error": N_("lỗi"), "warning": N_("cảnh báo"), "done": N_("đã có"), "empty": N_("còn trống")}


class Outline(QTreeView):
    """A tree of places; ``chosen`` tells which one was gone to."""

    chosen = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("outline")
        self.setAccessibleName(_("Mục lục kế hoạch"))
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(16, 16))
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document = document
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self._items: dict[str | int, QStandardItem] = {}
        self._places: dict[str | int, Place] = {}
        self.load()
        self.selectionModel().currentChanged.connect(self._go)
        # Rows get their height only when they are dressed; the current one is to be seen after that too.
        self.verticalScrollBar().rangeChanged.connect(lambda *_range: self.scrollTo(self.currentIndex()))

    # ---- load

    def load(self) -> None:
        """Build the tree anew; the current place stays current."""
        current = self.current_place()
        self._model.blockSignals(True)
        self._model.clear()
        self._items, self._places = {}, {}
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
        self._add(root, "findings", _("Kiểm tra"), bold=True)
        self._add(root, "export", _("Kết xuất gói nộp"), bold=True)
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()
        self.expandAll()
        self.refresh()
        if current is not None:
            self.show_place(current)

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
        item.setToolTip(text)
        key = place if isinstance(place, str) else id(place)
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
        """Show the state of every place; a part with others under it shows the gravest of them."""
        for row in range(self._model.rowCount()):
            self._state_of(self._model.item(row))
        findings = self._items["findings"]
        errors, warnings = self.document.count("error"), self.document.count("warning")
        text = _("Kiểm tra")
        if errors or warnings:
            text += " · " + _("{errors} lỗi, {warnings} cảnh báo").format(errors=errors, warnings=warnings)
        findings.setText(text)

    def _state_of(self, item: QStandardItem) -> str:
        place = self._places[item.data(_PLACE)]
        states = [self._state_of(item.child(row)) for row in range(item.rowCount())]
        states.append(self._own_state(place))
        for state in ("error", "warning", "done", "empty"):
            if state in states:
                break
        colour = {"error": theme.colours().error, "warning": theme.colours().warning, "done": theme.colours().done}
        if place != "export":
            item.setIcon(icons.icon(icons.STATES[state], colour.get(state, theme.colours().muted)))
            item.setAccessibleDescription(_(_STATE_NAMES[state]))
        else:
            item.setIcon(icons.icon("export", theme.colours().accent))
        return state

    def _own_state(self, place: Place) -> str:
        found = self.document.findings if place == "findings" else self.document.findings_at(place)
        for severity in ("error", "warning"):
            if any(finding.severity == severity for finding in found):
                return severity
        if place == "findings":
            return "done"
        return "done" if _has_content(self.document, place) else "empty"

    # ---- places

    def current_place(self) -> Place | None:
        item = self._model.itemFromIndex(self.currentIndex())
        return None if item is None else self._places.get(item.data(_PLACE))

    def show_place(self, place: Place) -> bool:
        """Make a place current; false where the plan has it no more."""
        item = self._items.get(place if isinstance(place, str) else id(place))
        if item is None:
            return False
        self.setCurrentIndex(item.index())
        return True

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
    return bool(place.rows) if isinstance(place, Table) else place == "export"


def page_key(place: Place) -> str | int:
    """What tells one place from another: its word, or the identity of the section or table."""
    return place if isinstance(place, str) else id(place)
