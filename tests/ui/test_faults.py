"""The checks of pages find what is wrong: each is given a page with one fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tests.ui import faults
from tests.ui.showing import activate

#: A page of these widgets, one under the other.
Shown = Callable[..., QWidget]


@pytest.fixture
def shown_page(app: QApplication) -> Iterator[Shown]:
    made: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        page.resize(400, 300)
        activate(page)
        made.append(page)
        return page

    yield show
    for page in made:
        page.deleteLater()
    app.processEvents()


def named(name: str = "Ô") -> QLineEdit:
    edit = QLineEdit()
    edit.setAccessibleName(name)
    return edit


def test_a_page_without_fault(shown_page: Shown):
    page = shown_page(named(), QPushButton("&Thêm"), QPushButton("&Xóa"), QLabel("Chữ"))
    every = (faults.without_name, faults.tab_faults, faults.unmarked_focus, faults.clipped)
    assert [fault for check in every for fault in check(page)] == []
    assert faults.shared_mnemonics(page.findChildren(QWidget)) == []


def test_no_name(shown_page: Shown):
    assert "no name" in faults.without_name(shown_page(QLineEdit()))[0]


def test_no_role(shown_page: Shown):
    surface = QWidget()
    surface.setAccessibleName("Hình")
    surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert "role" in faults.without_name(shown_page(surface))[0]


def test_one_letter_for_two_things(shown_page: Shown):
    page = shown_page(QPushButton("&Thêm"), QPushButton("&Tìm"))
    assert faults.shared_mnemonics(page.findChildren(QWidget)) == ["Alt+T × 2"]


def test_tab_against_the_reading(shown_page: Shown):
    first, second, third = named("1"), named("2"), named("3")
    page = shown_page(first, second, third)
    for before, after in ((first, third), (third, second)):
        QWidget.setTabOrder(before, after)
    assert len(faults.tab_faults(page)) == 2


class _Swallow(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab


def test_a_trap(shown_page: Shown):
    trap = named("2")
    page = shown_page(named("1"), trap, named("3"))
    trap.installEventFilter(_Swallow(trap))
    assert "a trap" in faults.tab_faults(page)[0]


def test_what_tab_does_not_reach(shown_page: Shown):
    passed_over = named("2")
    first, third = named("1"), named("3")
    page = shown_page(first, passed_over, third)
    # Sends the cursor back to the first one, past what comes after.
    third.installEventFilter(_Back(first))
    assert faults.tab_faults(shown_page(named("4"))) == []
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    first.installEventFilter(_Back(third))
    assert any("not reached" in fault for fault in faults.tab_faults(page))


class _Back(QObject):
    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self._target.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False


def test_a_focus_that_is_not_seen(shown_page: Shown):
    plain = QPlainTextEdit()
    plain.setCursorWidth(0)
    plain.setStyleSheet("border: none")
    page = shown_page(plain, named())
    assert faults.unmarked_focus(page) == ["QPlainTextEdit “”"]


def test_texts_that_are_cut_off(shown_page: Shown):
    button, label, wrapped = (
        QPushButton("Một nút có chữ rất dài"),
        QLabel("Một nhãn có chữ rất dài"),
        QLabel("Dài " * 60),
    )
    button.setFixedWidth(60)
    label.setFixedWidth(60)
    wrapped.setWordWrap(True)
    wrapped.setFixedHeight(10)
    assert len(faults.clipped(shown_page(button, label, wrapped))) == 3


def test_what_stands_outside(shown_page: Shown):
    page = shown_page(QLabel("Chữ"))
    outside = QPushButton("Nút", page)
    outside.resize(outside.sizeHint())
    outside.move(390, 10)
    outside.show()
    assert "outside" in faults.clipped(page)[0]
