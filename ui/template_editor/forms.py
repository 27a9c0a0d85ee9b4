"""The form of one part of a template, and the values in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from models import template_edit as edit
from models.i18n import N_, _
from models.template_parts import Column, Indicator, Source, Template
from models.template_places import FIELD_NAMES, Node
from ui.template_editor.asked import (
    GENERAL,
    HINTS,
    LAYOUT,
    OF_REGISTER,
    OF_TASKS,
    SECTION,
    TABLE,
    Make,
    columns_of,
    label_of,
    sections_of,
)
from ui.template_editor.editing import Editing
from ui.template_editor.fields import Check, Choices, Field
from ui.template_editor.rows import Head, Rows


def value_of(template: Template, node: Node, name: str) -> Any:
    """The value of a field of the part at ``node``."""
    if node.kind == "general":
        if name.startswith("limits."):
            return getattr(template.limits, name.removeprefix("limits."))
        return getattr(template, name)
    if node.kind == "section":
        return getattr(edit.section_at(template, node.path), name)
    table = template.tables[node.path[0]]
    if node.kind == "layout":
        return getattr(table.layouts[node.path[1]], name)
    return bool(table.columns) if name == "is_register" else getattr(table, name)


def with_value(template: Template, node: Node, name: str, value: Any) -> Template:
    """The template with another value in a field of the part at ``node``."""
    if node.kind == "general":
        if name.startswith("limits."):
            limits = msgspec.structs.replace(template.limits, **{name.removeprefix("limits."): value})
            return msgspec.structs.replace(template, limits=limits)
        return msgspec.structs.replace(template, **{name: value})
    if node.kind == "section":
        return edit.with_section(template, node.path, **{name: value})
    if node.kind == "layout":
        return edit.with_layout(template, node.path[0], node.path[1], **{name: value})
    if name == "is_register":
        turned = (edit.as_register if value else edit.as_tasks)(template.tables[node.path[0]])
        return edit.with_tables(template, edit.with_item(template.tables, node.path[0], turned))
    return edit.with_table(template, node.path[0], **{name: value})


class Form(QScrollArea):
    """The fields of one part of the template."""

    def __init__(self, editing: Editing, node: Node) -> None:
        super().__init__()
        self._editing, self.node = editing, node
        self.fields: dict[str, Field] = {}
        self.rows: Rows | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.setWidget(body)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(12)
        self._build()
        self.load()

    def _build(self) -> None:
        template, node = self._editing.template, self.node
        if node.kind == "general":
            for title, fields in GENERAL:
                self._card(_(title), fields)
        elif node.kind == "section" and node.path:
            self._card(_("Mục của đề cương"), SECTION)
        elif node.kind == "table" and node.path:
            is_register = bool(template.tables[node.path[0]].columns)
            self._card(_("Bảng"), (*TABLE, *(OF_REGISTER if is_register else OF_TASKS)))
        elif node.kind == "layout":
            self._card(_("Kiểu cột"), LAYOUT)
            self._add_rows(_("Các cột"), self._column_heads(), self._new_column)
        elif node.kind == "sources":
            self._add_rows(_("Nguồn vốn"), _source_heads(), self._new_source)
        elif node.kind == "indicators":
            self._add_rows(_("Số liệu"), self._indicator_heads(), self._new_indicator)
        else:
            self._say(
                _("Nhấn Insert để thêm mục; mục đang có sẵn chọn ở cây bên trái.")
                if node.kind == "section"
                else _("Nhấn Insert để thêm bảng; bảng đang có chọn ở cây bên trái.")
            )
        if self.rows is None:
            self._column.addStretch(1)

    def _say(self, text: str) -> None:
        label = QLabel(text)
        label.setObjectName("muted")
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _card(self, title: str, fields: Sequence[tuple[str, Make]]) -> None:
        frame = QFrame()
        frame.setObjectName("card")
        form = QFormLayout(frame)
        form.setContentsMargins(16, 12, 16, 16)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        head = QLabel(title)
        head.setObjectName("heading")
        form.addRow(head)
        for name, make in fields:
            field = self.fields[name] = make(self._editing)
            field.typed.connect(lambda value, name=name: self._typed(name, value))
            if isinstance(field, Check):
                form.addRow(field.widget)
            else:
                label = QLabel(label_of(name) if name in FIELD_NAMES else field.widget.accessibleName())
                label.setBuddy(field.widget)
                if field.is_wide:
                    form.addRow(label)
                    form.addRow(field.widget)
                else:
                    form.addRow(label, field.widget)
            if name in HINTS:
                hint = QLabel(_(HINTS[name]))
                hint.setObjectName("muted")
                hint.setWordWrap(True)
                field.widget.setAccessibleDescription(hint.text())
                form.addRow(hint)
        self._column.addWidget(frame)

    def _add_rows(
        self, title: str, heads: Sequence[Head], new: Callable[[list[dict[str, Any]]], dict[str, Any]]
    ) -> None:
        label = QLabel(title)
        label.setObjectName("heading")
        self._column.addWidget(label)
        self.rows = Rows(title, heads, new)
        self.rows.typed.connect(self._rows_typed)
        self.rows.setMinimumHeight(12 * self.fontMetrics().lineSpacing())
        self._column.addWidget(self.rows, 1)

    # ---- values

    def load(self) -> None:
        template = self._editing.template
        for name, field in self.fields.items():
            field.show(value_of(template, self.node, name))
        if self.rows is not None:
            self.rows.show_rows([_plain(one) for one in self._parts()])

    def _parts(self) -> Sequence[Any]:
        template = self._editing.template
        if self.node.kind == "layout":
            return template.tables[self.node.path[0]].layouts[self.node.path[1]].columns
        return template.sources if self.node.kind == "sources" else template.indicators

    def _typed(self, name: str, value: Any) -> None:
        made = with_value(self._editing.template, self.node, name, value)
        made = self._with_key(made, name, value)
        is_outline = name in ("heading", "required", "label", "title", "is_register")
        self._editing.change(N_("Sửa mẫu"), made, (self.node, name), is_outline)

    def _with_key(self, made: Template, name: str, value: Any) -> Template:
        """A part that was just added gets a key that says what its name says."""
        kind = self.node.kind
        if kind not in ("section", "table") or name not in ("heading", "title", "key"):
            return made
        old = value_of(self._editing.template, self.node, "key")
        named = self._editing.named_by_text
        if (kind, old) not in named:
            return made
        named.discard((kind, old))
        if name == "key":
            return made
        taken = [key for key in edit.keys(made, kind) if key != old]
        above = self.node.path[:-1] if kind == "section" else ()
        key = edit.free_key(value, taken, edit.section_at(made, above).key if above else "")
        named.add((kind, key))
        made = with_value(made, self.node, "key", key)
        self.fields["key"].show(key)
        return made

    def _rows_typed(self, rows: list[dict[str, Any]]) -> None:
        template = self._editing.template
        if self.node.kind == "layout":
            columns = tuple(Column(**row) for row in rows)
            made = edit.with_layout(template, self.node.path[0], self.node.path[1], columns=columns)
        elif self.node.kind == "sources":
            made = edit.with_sources(template, [Source(**row) for row in rows])
        else:
            made = edit.with_indicators(template, [Indicator(**row) for row in rows])
        is_count = len(rows) != len(self._parts()) and self.node.kind != "layout"
        self._editing.change(N_("Sửa các dòng"), made, None, is_count)
        # A key that is another now may be named in other rows.
        assert self.rows is not None
        self.rows.show_rows([_plain(one) for one in self._parts()])

    # ---- rows

    def _column_heads(self) -> list[Head]:
        return [
            Head("field", label_of("field"), "choice", 24, lambda: columns_of(self._editing.template)),
            Head("label", _("Tên cột"), letters=30),
            Head("head", label_of("head"), letters=16),
            Head("width", label_of("width"), "width", 13),
            Head("merged", label_of("merged"), "check", 20),
        ]

    def _new_column(self, _rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {"field": "note", "label": "", "head": "", "width": 20.0, "merged": False}

    def _new_source(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {"key": edit.free_key("nguon-von", [row["key"] for row in rows]), "label": "", "short": ""}

    def _indicator_heads(self) -> list[Head]:
        def keys() -> Choices:
            return [("–", ""), *((one.label or one.key, one.key) for one in self._editing.template.indicators)]

        return [
            Head("label", _("Tên số liệu"), letters=40),
            Head("unit", _("Đơn vị"), letters=10),
            Head("key", label_of("key"), letters=20),
            Head("section", _("Ghi ở mục"), "choice", 22,
                 lambda: sections_of(self._editing.template, _("trang thông tin chung"))),
            Head("parts", label_of("parts"), "keys", 20),
            Head("ratio_of", label_of("ratio_of"), "choice", 18, keys),
            Head("percent_of", label_of("percent_of"), "keys", 18),
        ]  # fmt: skip

    def _new_indicator(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        key = edit.free_key("so-lieu", [row["key"] for row in rows])
        return {"label": "", "unit": "", "key": key, "section": "", "parts": (), "ratio_of": "", "percent_of": ()}

    # ---- places

    def go(self, field: str, row: int) -> None:
        """Put the cursor into a field."""
        if self.rows is not None and (row >= 0 or field not in self.fields):
            self.rows.go(row, field)
            return
        found = self.fields.get(field) or next(iter(self.fields.values()), None)
        if found is not None:
            found.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(found.widget, 0, 80)


def _source_heads() -> list[Head]:
    return [
        Head("label", _("Tên nguồn vốn"), letters=0), Head("short", label_of("short"), letters=24),
        Head("key", label_of("key"), letters=24),
    ]  # fmt: skip


def _plain(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__struct_fields__}
