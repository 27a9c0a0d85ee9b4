"""The list of fields that fill themselves in, each with the value it will print; typing narrows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from models.folding import fold
from models.i18n import N_, _
from models.plan import Plan, find_table
from models.template import Template
from models.text import placeholder_names
from ui import theme
from ui.widgets.section_edit import SectionEdit

_NAMES = {
    "total": N_("Tổng của “{table}” (đồng)"),
    "total_million": N_("Tổng của “{table}” (triệu đồng)"),
    "words": N_("Tổng của “{table}” bằng chữ"),
    "appendix": N_("Số phụ lục của “{table}”"),
    "share": N_("Tỷ lệ kinh phí an toàn thông tin"),
    "year": N_("Năm kế hoạch"),
    "previous_year": N_("Năm trước"),
}
_LONGEST = 48
_ROWS = 9
#: What is typed to find a field is not longer.
_LONGEST_FILTER = 40

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS - 1, Qt.Key.Key_PageUp: 1 - _ROWS}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


def placeholder_label(name: str, plan: Plan, template: Template) -> str:
    """What a placeholder is, in words: ``total:tasks`` → "Tổng của “Nhiệm vụ” (đồng)"."""
    kind, _colon, key = name.partition(":")
    if kind == "indicator":
        spec = template.indicator(key)
        return spec.label if spec else key
    table, table_spec = find_table(plan, key), template.table(key)
    title = (table_spec.label if table_spec else "") or (table.title if table else "") or key
    return _(_NAMES[kind]).format(table=_cut(title)) if kind in _NAMES else name


def offers(plan: Plan, template: Template, value: Callable[[str], str | None]) -> list[tuple[str, str, str]]:
    """Every placeholder of the plan: its name, what it is, and what it will print."""
    names = placeholder_names(plan, template)
    return [(name, placeholder_label(name, plan, template), value(name) or "–") for name in names]


class PlaceholderList(QTreeWidget):
    """Stands under the cursor while ``{`` and words of a field are typed; the focus stays in the editor.

    It has to be the last one that is installed as the editor's event filter. ``chosen`` carries a name, with the
    brace and the words typed taken away; ``closed`` comes after it too.
    """

    chosen = Signal(str)
    closed = Signal()
    current = Signal(str)

    def __init__(self, edit: SectionEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._start = QTextCursor()
        self._asked = False
        self._is_below: bool | None = None
        self._offers: list[tuple[str, str, str]] = []
        self.hide()
        self.setObjectName("surface")
        self.setAccessibleName(_("Trường tự điền"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.itemClicked.connect(lambda item: self._take(item))
        self.currentItemChanged.connect(self._tell)
        edit.textChanged.connect(self._follow)
        edit.cursorPositionChanged.connect(self._follow)

    def open(self, offered: list[tuple[str, str, str]], asked: bool) -> None:
        """Offer fields (name, label, value) behind the brace that the cursor is behind.

        ``asked``: the brace was put in by the program, and goes again if nothing is chosen.
        """
        self._offers, self._asked = offered, asked
        self._start = self._edit.textCursor()
        self._start.setKeepPositionOnInsert(True)
        # A window of its own would take the focus from the input method; the editor alone may be too low.
        self.setParent(self._edit.window())
        self.ensurePolished()
        self._is_below = None
        self._show_matching("")
        self.show()
        self.raise_()

    def close_list(self) -> None:
        """Take the list away; a brace that was not typed goes with it."""
        if self.isVisible():
            self.hide()
            if self._asked:
                self._typed().removeSelectedText()
            self.closed.emit()

    # ---- what is typed

    def _typed(self) -> QTextCursor:
        """The brace and what is typed behind it."""
        cursor = self._edit.textCursor()
        end = max(cursor.position(), self._start.position())
        cursor.setPosition(max(self._start.position() - 1, 0))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _follow(self) -> None:
        if not self.isVisible():
            return
        typed, cursor = self._typed().selectedText(), self._edit.textCursor()
        inside = cursor.position() >= self._start.position() and cursor.block() == self._start.block()
        if not inside or not typed.startswith("{") or "}" in typed or len(typed) > _LONGEST_FILTER:
            self._asked = self._asked and typed == "{"
            self.close_list()
        elif not self._show_matching(typed[1:]) and not self._asked:
            # Just a brace, then.
            self.close_list()

    def _show_matching(self, typed: str, half: str = "") -> bool:
        """Show what fits the words typed, ``half`` the one that an input method holds; tells whether anything does."""
        words = fold(typed + half).split()
        self.clear()
        for name, label, value in self._offers:
            if all(word in fold(f"{label} {name} {value}") for word in words):
                item = QTreeWidgetItem([label, _cut(value)])
                item.setData(0, Qt.ItemDataRole.UserRole, name)
                item.setToolTip(0, "{" + name + "}")
                item.setToolTip(1, value)
                item.setForeground(1, QColor(theme.colours().muted))
                self.addTopLevelItem(item)
        if not self.topLevelItemCount():
            item = QTreeWidgetItem([_("Không có trường tự điền nào như vậy."), ""])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addTopLevelItem(item)
            self._place()
            return False
        self._place()
        self.setCurrentIndex(self.model().index(0, 0))
        return True

    def _take(self, item: QTreeWidgetItem | None) -> None:
        name = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if name is None:
            self.close_list()
            return
        self.hide()
        cursor = self._typed()
        self._edit.setTextCursor(cursor)
        self.chosen.emit(name)
        self.closed.emit()

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        self.current.emit(str(item.data(0, Qt.ItemDataRole.UserRole) or "") if item is not None else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible() or watched is not self._edit:
            return False
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            return self._press(event, kind == QEvent.Type.KeyPress)
        if kind == QEvent.Type.FocusOut:
            self.close_list()
        elif kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent) and event.preeditString():
            self._show_matching(self._typed().selectedText()[1:], event.preeditString())
        elif kind == QEvent.Type.Resize:
            self._place()
        return False

    def _press(self, event: QKeyEvent, pressed: bool) -> bool:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or (key not in _MOVES and key not in _TAKES and key != Qt.Key.Key_Escape):
            return False
        event.accept()
        if not pressed:
            return True
        if key in _MOVES:
            row = self.currentIndex().row() + _MOVES[key]
            self.setCurrentIndex(self.model().index(min(max(row, 0), self.topLevelItemCount() - 1), 0))
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            self._take(self.currentItem())
        return True

    # ---- look

    def _place(self) -> None:
        window = self._edit.window()
        rect = self._edit.cursorRect(self._start)
        row = max(self.sizeHintForRow(0), self.fontMetrics().height() + 8)
        width = min(self.fontMetrics().averageCharWidth() * 92, self._edit.width())
        height = row * min(self.topLevelItemCount(), _ROWS) + 2 * self.frameWidth() + 2
        below = self._edit.viewport().mapTo(window, rect.bottomLeft() + QPoint(0, 4))
        above = self._edit.viewport().mapTo(window, rect.topLeft() - QPoint(0, 4))
        right = self._edit.mapTo(window, QPoint(self._edit.width(), 0)).x()
        if self._is_below is None:
            # It stays on its side of the line when it grows shorter.
            self._is_below = below.y() + height <= window.height() or above.y() < height
        top = below.y() if self._is_below else above.y() - height
        self.setGeometry(min(below.x(), right - width), top, width, min(height, window.height() - max(top, 0)))
        self.setColumnWidth(0, width * 6 // 10)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
