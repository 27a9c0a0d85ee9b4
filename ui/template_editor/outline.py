"""The parts of a template as a tree: sections and tables are added, taken out, moved and nested here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from models import template_edit as edit
from models.i18n import N_, _
from models.template_parts import SectionSpec, TableSpec, Template
from models.template_places import Node
from ui.template_editor.editing import Editing

_NODE = Qt.ItemDataRole.UserRole
_SECTIONS, _TABLES = Node("section"), Node("table")


class Outline(QTreeWidget):
    """``chosen`` brings the node that was gone to, ``added`` tells that it is new.

    A node without a path is the head of its kind.
    """

    chosen = Signal(object)
    added = Signal()

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self.setObjectName("card")
        self.setAccessibleName(_("Các phần của mẫu"))
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._on_current)
        self.installEventFilter(self)
        self.ensurePolished()
        self.load(Node("general"))

    # ---- showing

    def load(self, node: Node) -> None:
        """Show the template anew, and stand at ``node``, or what is left of where it was."""
        template = self._editing.template
        with QSignalBlocker(self):
            self.clear()
            self._items: dict[Node, QTreeWidgetItem] = {}
            root = self.invisibleRootItem()
            self._add(root, Node("general"), _("Thông tin chung"), bold=True)
            sections = self._add(root, _SECTIONS, _("Đề cương"), bold=True)
            self._add_sections(sections, template.sections, ())
            tables = self._add(root, _TABLES, _("Bảng"), bold=True)
            for at, table in enumerate(template.tables):
                item = self._add(tables, Node("table", (at,)), _table_name(table))
                for number, layout in enumerate(table.layouts):
                    name = _("Kiểu cột: {name}").format(name=layout.label or layout.key)
                    self._add(item, Node("layout", (at, number)), name)
            self._add(root, Node("sources"), _("Nguồn vốn ({count})").format(count=len(template.sources)), bold=True)
            count = len(template.indicators)
            self._add(root, Node("indicators"), _("Số liệu ({count})").format(count=count), bold=True)
            self.expandAll()
            self.setCurrentItem(self._nearest(node))

    def _add_sections(self, above: QTreeWidgetItem, specs: tuple[SectionSpec, ...], path: edit.Path) -> None:
        for at, spec in enumerate(specs):
            here = (*path, at)
            name = spec.heading.strip() or _("(chưa có tên mục)")
            if spec.required:
                name = _("{name} (bắt buộc)").format(name=name)
            item = self._add(above, Node("section", here), name)
            self._add_sections(item, spec.sections, here)

    def _add(self, above: QTreeWidgetItem, node: Node, text: str, bold: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem(above, [" ".join(text.split())])
        item.setData(0, _NODE, node)
        item.setToolTip(0, text)
        if bold:
            font = QFont()
            font.setBold(True)
            item.setFont(0, font)
        self._items[node] = item
        return item

    def _nearest(self, node: Node) -> QTreeWidgetItem:
        """The item of a node, else of the one before it, else of what it stood in."""
        path = node.path
        while path:
            for at in range(path[-1], -1, -1):
                if (found := self._items.get(Node(node.kind, (*path[:-1], at)))) is not None:
                    return found
            path = path[:-1]
        return self._items.get(Node(node.kind)) or self._items[Node("general")]

    def node(self) -> Node:
        item = self.currentItem()
        found = item.data(0, _NODE) if item is not None else None
        return found if isinstance(found, Node) else Node("general")

    def go(self, node: Node) -> None:
        """Stand at a node; its field and row count for nothing here."""
        self.setCurrentItem(self._nearest(Node(node.kind, node.path)))

    def _on_current(self) -> None:
        self.chosen.emit(self.node())

    # ---- changing

    def _change(self, label: str, template: Template, node: Node) -> None:
        if template == self._editing.template:
            return
        self._editing.change(label, template)
        self.load(node)
        self.chosen.emit(self.node())

    def add(self, is_inside: bool = False) -> None:
        """A new section, table or layout behind the one that is chosen, or inside it."""
        node, template = self.node(), self._editing.template
        if node.kind in ("table", "layout"):
            self._add_table(node, template, is_inside)
            return
        if node.kind != "section":
            node = _SECTIONS
        if not node.path:
            path: edit.Path = (len(template.sections),)
        elif is_inside:
            path = (*node.path, len(edit.section_at(template, node.path).sections))
        else:
            path = (*node.path[:-1], node.path[-1] + 1)
        above = edit.section_at(template, path[:-1]).key if path[:-1] else ""
        key = edit.free_key("muc-moi", edit.keys(template, "section"), above)
        made = edit.insert_section(template, path, SectionSpec(key=key, heading=""))
        self._editing.named_by_text.add(("section", key))
        self._change(N_("Thêm mục"), made, Node("section", path))
        self.added.emit()

    def _add_table(self, node: Node, template: Template, is_inside: bool) -> None:
        table = template.tables[node.path[0]] if node.path else None
        if table is not None and table.layouts and (node.kind == "layout" or is_inside):
            at = node.path[1] + 1 if node.kind == "layout" else len(table.layouts)
            key = edit.free_key("kieu-cot", [layout.key for layout in table.layouts])
            layouts = (*table.layouts[:at], edit.usual_layout(key), *table.layouts[at:])
            made = edit.with_table(template, node.path[0], layouts=layouts)
            self._change(N_("Thêm kiểu cột"), made, Node("layout", (node.path[0], at)))
            self.added.emit()
            return
        at = node.path[0] + 1 if node.path else len(template.tables)
        key = edit.free_key("bang-moi", edit.keys(template, "table"))
        spec = TableSpec(key=key, title="", columns=("Nội dung", "Ghi chú"))
        made = edit.with_tables(template, (*template.tables[:at], spec, *template.tables[at:]))
        self._editing.named_by_text.add(("table", key))
        self._change(N_("Thêm bảng"), made, Node("table", (at,)))
        self.added.emit()

    def take_out(self) -> None:
        """The section, table or layout that is chosen goes; undo brings it back."""
        node, template = self.node(), self._editing.template
        if not node.path:
            return
        if node.kind == "section":
            self._change(N_("Bỏ mục"), edit.remove_section(template, node.path), node)
        elif node.kind == "table":
            self._change(N_("Bỏ bảng"), edit.remove_table(template, node.path[0]), node)
        else:
            layouts = template.tables[node.path[0]].layouts
            at = node.path[1]
            made = edit.with_table(template, node.path[0], layouts=(*layouts[:at], *layouts[at + 1 :]))
            self._change(N_("Bỏ kiểu cột"), made, node)

    def shift(self, where: str) -> None:
        """``up``, ``down``, for sections also ``in`` and ``out``."""
        node, template = self.node(), self._editing.template
        if not node.path:
            return
        if node.kind == "section":
            made, path = edit.move_section(template, node.path, where)  # type: ignore[arg-type]
            self._change(N_("Chuyển mục"), made, Node("section", path))
            return
        by = {"up": -1, "down": 1}.get(where, 0)
        *above, at = node.path
        if node.kind == "table":
            made = edit.with_tables(template, edit.moved_item(template.tables, at, by))
        else:
            layouts = edit.moved_item(template.tables[above[0]].layouts, at, by)
            made = edit.with_table(template, above[0], layouts=layouts)
        self._change(N_("Chuyển bảng"), made, Node(node.kind, (*above, at + by)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        works: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): lambda: self.shift("up"),
            (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): lambda: self.shift("down"),
            (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier): lambda: self.shift("in"),
            (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier): lambda: self.shift("out"),
            (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): self.add,
            (Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier): lambda: self.add(is_inside=True),
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): self.take_out,
        }
        work = works.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if work is None:
            return False
        work()
        return True


def _table_name(table: TableSpec) -> str:
    return (table.label or table.title).strip() or _("(chưa có tên bảng)")
