"""The card of how the plan is printed: by keys alone, one undo step each, the template's choice when none is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from models.plan import find_section, remove
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.general import GeneralPage
from ui.widgets.print_card import PrintCard


@pytest.fixture
def card(document: Document, shown: Show) -> PrintCard:
    page = GeneralPage(document)
    shown(page)
    return page.print_card


def choose(combo: QComboBox, text: str) -> None:
    """Go down the list with the arrow keys to the choice of this text."""
    combo.setFocus()
    while combo.currentText() != text:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() == before + 1


def test_the_numbers_of_headings(card: PrintCard, document: Document) -> None:
    # Plan 000 names the styles that are the template's.
    assert card.outline.currentText() == "Theo mẫu: Phần I – I – 1 – a"
    choose(card.outline, "I – 1 – 1.1 – a")
    assert document.plan.outline == ["I", "1", "1.1", "a"]
    assert document.undo_label() == "Đổi kiểu đánh số đề mục"
    QTest.keyClick(card.outline, Qt.Key.Key_Home)
    assert document.plan.outline is None
    document.undo()
    assert card.outline.currentText() == "I – 1 – 1.1 – a"


def test_styles_of_the_plans_own_are_offered(card: PrintCard, document: Document) -> None:
    with document.edit("thử") as plan:
        plan.outline = ["Phần I", "1.1"]
    assert card.outline.currentText() == "Phần I – 1.1"
    texts = [card.outline.itemText(row) for row in range(card.outline.count())]
    assert len(set(texts)) == len(texts)


def test_legal_bases(card: PrintCard, document: Document) -> None:
    assert card.bases.currentText() == "Theo mẫu: gạch đầu dòng"
    choose(card.bases, "Đoạn văn in nghiêng")
    assert document.plan.print_options == {"bases": "paragraphs"}
    choose(card.bases, "Gạch đầu dòng")
    assert document.plan.print_options == {"bases": "bullets"}
    QTest.keyClick(card.bases, Qt.Key.Key_Home)
    assert document.plan.print_options == {}
    with document.edit("thử") as plan:
        section = find_section(plan, "plan.bases")
        assert section is not None
        remove(section)
    assert card.bases.currentText() == "Theo mẫu: đoạn văn in nghiêng"


def test_the_line_under_the_title_of_an_appendix_and_the_charts(card: PrintCard, document: Document) -> None:
    assert card.attached.currentText() == "Kèm theo"
    choose(card.attached, "Ban hành kèm theo")
    card.charts.setFocus()
    QTest.keyClick(card.charts, Qt.Key.Key_Space)
    assert document.plan.print_options == {"attached": "ban-hanh-kem-theo", "charts": True}
    assert document.undo_label() == "Thêm trang biểu đồ"
    QTest.keyClick(card.charts, Qt.Key.Key_Space)
    assert document.plan.print_options == {"attached": "ban-hanh-kem-theo"}
    assert document.undo_label() == "Bỏ trang biểu đồ"
    document.undo()
    document.undo()
    document.undo()
    assert document.plan.print_options == {}
    assert not card.charts.isChecked() and card.attached.currentText() == "Kèm theo"


def test_tab_goes_on_from_the_fields_and_each_editor_is_named(
    card: PrintCard, document: Document, app: QApplication
) -> None:
    page = card.window().findChild(GeneralPage) or card.parentWidget()
    while not isinstance(page, GeneralPage):
        assert page is not None
        page = page.parentWidget()
    page.fields[list(page.fields)[-1]].go()
    for editor in card.editors:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert editor.hasFocus()
        assert editor.accessibleName() or editor is card.charts
    assert card.charts.text()


def test_a_turn_of_the_wheel_changes_nothing(card: PrintCard, document: Document) -> None:
    for combo in (card.outline, card.bases, card.attached):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(combo.mapToGlobal(QPoint(5, 5))), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        before = combo.currentIndex()
        QApplication.sendEvent(combo, event)
        assert combo.currentIndex() == before
    assert document.undo_label() is None
