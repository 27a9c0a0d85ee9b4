"""What makes a page hard to use without a mouse, without colours or with large letters; each check gives its faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QWidget,
)

#: Roles that tell a screen reader what can be done; anything else is a mere surface.
ROLES = {
    QAccessible.Role.PushButton, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText, QAccessible.Role.SpinBox, QAccessible.Role.List, QAccessible.Role.Tree,
    QAccessible.Role.Table, QAccessible.Role.ButtonMenu, QAccessible.Role.ButtonDropDown, QAccessible.Role.PageTab,
    QAccessible.Role.Document, QAccessible.Role.Link, QAccessible.Role.StaticText, QAccessible.Role.Graphic,
}  # fmt: skip
#: What stands beside the text of a combo box: its arrow and its frame.
_ARROW = 42
#: So many steps of Tab are more than any page has places.
_MOST = 150
#: Widgets whose tops differ by less stand in one line.
_LINE = 12


def name(widget: QWidget) -> str:
    """A widget as a fault tells of it."""
    text = getattr(widget, "text", None)
    said = text() if callable(text) else widget.accessibleName()
    return f"{type(widget).__name__} “{str(said)[:50]}”"


def interactive(page: QWidget) -> list[QWidget]:
    """What is seen of ``page`` and can be worked with: by Tab, or by a click."""
    found = []
    for widget in (page, *page.findChildren(QWidget)):
        if not widget.isVisible() or not widget.isEnabled() or isinstance(widget, QScrollBar):
            continue
        if widget.window() is not page.window() or widget.objectName().startswith("qt_"):
            continue
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes_tab or isinstance(widget, QAbstractButton):
            found.append(widget)
    return found


def on_tab(page: QWidget) -> list[QWidget]:
    return [widget for widget in interactive(page) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


# ---- names and roles


def without_name(page: QWidget) -> list[str]:
    """Widgets that a screen reader has no name or no role for."""
    found = []
    for widget in interactive(page):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None:
            found.append(f"{name(widget)}: unknown to screen readers")
            continue
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{name(widget)} {widget.objectName()}: no name")
        if interface.role() not in ROLES:
            found.append(f"{name(widget)}: role {interface.role().name}")
    return found


def shared_mnemonics(widgets: Iterable[QWidget]) -> list[str]:
    """Letters that are pressed with Alt for more than one thing."""
    letters: Counter[str] = Counter()
    for widget in widgets:
        text = ""
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            text = widget.text()
        if widget.isVisible() and (keys := QKeySequence.mnemonic(text).toString()):
            letters[keys] += 1
    return [f"{letter} × {count}" for letter, count in letters.items() if count > 1]


def menu_mnemonics(window: QMainWindow) -> list[str]:
    texts = [action.text() for action in window.menuBar().actions() if action.isVisible()]
    letters = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
    return [f"{letter or 'none'} × {count}" for letter, count in letters.items() if count > 1 or not letter]


# ---- Tab


def tab(focus: QWidget) -> QWidget:
    """What has the focus after Tab; a table keeps that to itself and is left by Ctrl+Tab."""
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    if after is focus or (after is not None and focus.isAncestorOf(after)):
        QTest.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        after = QApplication.focusWidget()
    assert after is not None
    return after


def walk(first: QWidget) -> tuple[list[QWidget], bool]:
    """Where Tab leads from ``first``, and whether it comes round to it."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    start = here = QApplication.focusWidget() or first
    found = [start]
    while len(found) < _MOST:
        before, here = here, tab(here)
        if here is start:
            return found, True
        if here is before:
            break
        found.append(here)
    return found, False


def tab_faults(page: QWidget) -> list[str]:
    """What Tab does not reach on ``page``, where it does not come round, and where it goes against the reading."""
    wanted = on_tab(page)
    if not wanted:
        return ["nothing to be reached by Tab"]
    found, comes_round = walk(wanted[0])
    faults = [] if comes_round else [f"a trap: {name(found[-1])}"]
    reached = [widget for widget in found if widget is page or page.isAncestorOf(widget)]
    faults += [f"not reached: {name(widget)}" for widget in wanted if not _is_in(widget, reached)]
    return faults + reading_faults(page, reached)


def _is_in(widget: QWidget, reached: Sequence[QWidget]) -> bool:
    return any(widget is one or widget.focusProxy() is one or one.focusProxy() is widget for one in reached)


def reading_faults(page: QWidget, reached: Sequence[QWidget]) -> list[str]:
    """Steps that lead up within a column, or to the left within a line; one of them is that from the end to the start."""
    found = []
    for before, after in pairwise([*reached, *reached[:1]]):
        one, other = place(page, before), place(page, after)
        same_line = abs(one.center().y() - other.center().y()) < _LINE
        if (same_line and other.left() < one.left()) or (
            not same_line and other.bottom() <= one.top() and other.left() <= one.left()
        ):
            found.append(f"backwards: {name(before)} → {name(after)}")
    return found if len(found) > 1 else []


def place(page: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


# ---- focus


def unmarked_focus(page: QWidget) -> list[str]:
    """Widgets that look the same with the focus and without it."""
    found = []
    for widget in on_tab(page):
        shown = widget.parentWidget() if isinstance(widget.parentWidget(), QComboBox) else widget
        assert shown is not None
        page.window().setFocus()
        other = next((one for one in on_tab(page) if one is not widget), None)
        if other is not None:
            other.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            widget.clearFocus()
        if widget.hasFocus() or not widget.isVisible():
            continue
        QApplication.processEvents()
        before = shown.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and shown.grab().toImage() == before:
            found.append(name(widget))
    return found


# ---- texts that are cut off


def clipped(page: QWidget) -> list[str]:
    """Labels, buttons and boxes whose text does not fit, and those that stand outside of what is seen of the page."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not page.window() or not _has_text(widget):
            continue
        if reason := _cut(widget):
            found.append(f"{name(widget)}: {reason}")
        elif not _can_be_scrolled(widget, page) and not page.rect().contains(place(page, widget)):
            found.append(f"{name(widget)}: outside of the page")
    return found


def _has_text(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text()) and widget.pixmap().isNull()
    if isinstance(widget, QToolButton):
        return bool(widget.text()) and widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
    return (isinstance(widget, QPushButton | QCheckBox) and bool(widget.text())) or isinstance(widget, QComboBox)


def _cut(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return f"{needed} px high in {widget.height()}" if needed > widget.height() + 1 else ""
    if isinstance(widget, QComboBox):
        text = widget.currentText() if not widget.isEditable() else ""
        return _wider(QSize(widget.fontMetrics().horizontalAdvance(text) + _ARROW, 0), widget)
    return _wider(widget.sizeHint(), widget)


def _wider(needed: QSize, widget: QWidget) -> str:
    if needed.width() > widget.width() + 1:
        return f"{needed.width()} px wide in {widget.width()}"
    return f"{needed.height()} px high in {widget.height()}" if needed.height() > widget.height() + 1 else ""


def _can_be_scrolled(widget: QWidget, page: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not page:
        if isinstance(above, QScrollArea | QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False
