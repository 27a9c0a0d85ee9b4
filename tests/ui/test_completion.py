"""Offers while typing: by keys, by mouse, under an input method; nothing is taken or written by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from models.plan import Plan, Row, Table, adopt
from models.store import Store
from tests.keyboard import ALT, CTRL, NONE, compose, focused, key, keys
from tests.plans import fixture_plan
from tests.ui.showing import Show, activate
from tests.ui.waiting import wait_for
from ui.dialogs.particulars import ParticularsDialog
from ui.document import Document, recall
from ui.pages.general import GeneralPage
from ui.pages.table import TablePage
from ui.tables.task_model import TaskModel
from ui.widgets.completion import Completion
from ui.widgets.offers import OfferList

DOWN, UP, ENTER, TAB, ESC = (
    Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape,
)  # fmt: skip


@pytest.fixture
def document(document: Document, store: Store) -> Document:
    """Plan 000, open, with two others in the store."""
    other = Plan(id="khac", template="chinh-quyen-so-2022", unit_name="SỞ NGOẠI VỤ", place="Hải Phòng",
                 signer_name="Trần Thị B", capacity="TUQ. GIÁM ĐỐC SỞ", recipients=["Bộ Nội vụ", "Lưu: VT, TH"])  # fmt: skip
    other.tables = [Table(key="tasks", rows=[Row(task="Dịch tài liệu", lead="Phòng Lãnh sự", note="Chi hằng quý")])]
    adopt(other)
    store.add(other)
    store.add(fixture_plan(4))
    return document


@pytest.fixture
def page(document: Document, shown: Show) -> GeneralPage:
    made = GeneralPage(document)
    shown(made)
    learn(document, "unit_name", "place", "signer_name", "capacity", "recipients", "addressee")
    return made


def learn(document: Document, *kinds: str) -> None:
    """Read these kinds, and wait until they are."""
    left = set(kinds)
    document.memory.learned.connect(left.discard)
    for kind in kinds:
        document.memory.prepare(kind)
    assert wait_for(lambda: not left)


def shown_list() -> OfferList | None:
    found: list[OfferList] = focused().window().findChildren(OfferList)
    return next((one for one in found if one.isVisible()), None)


def offered(seconds: float = 3) -> list[str]:
    """What the list shows, as soon as there is one; nothing where none comes."""
    if not wait_for(lambda: shown_list() is not None, seconds):
        return []
    found = shown_list()
    assert found is not None
    return [found.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(found.count())]


def text_of(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def begin(page: GeneralPage, name: str) -> QWidget:
    page.fields[name].go()
    return page.fields[name].editor


# ---- keys


def test_two_letters_are_enough_and_down_and_enter_take(page: GeneralPage, document: Document) -> None:
    editor = begin(page, "unit_name")
    keys("n")
    assert offered(0.3) == []
    keys("goai")
    assert offered() == ["SỞ NGOẠI VỤ"]
    assert editor.hasFocus()
    key(DOWN)
    assert text_of(editor) == "ngoai"
    key(ENTER)
    assert document.plan.unit_name == "SỞ NGOẠI VỤ"
    assert shown_list() is None


@pytest.mark.parametrize("end", [ENTER, TAB])
def test_without_a_choice_enter_and_tab_mean_what_they_always_mean(
    page: GeneralPage, document: Document, end: Qt.Key
) -> None:
    editor = begin(page, "unit_name")
    keys("ngoai")
    assert offered()
    key(end)
    assert document.plan.unit_name == "ngoai"
    assert editor.hasFocus() == (end == ENTER)
    assert shown_list() is None


def test_tab_takes_the_chosen_one_and_goes_on(page: GeneralPage, document: Document) -> None:
    begin(page, "unit_name")
    keys("ngoai")
    key(DOWN)
    key(TAB)
    assert document.plan.unit_name == "SỞ NGOẠI VỤ"
    assert page.fields["place"].editor.hasFocus()


def test_down_at_once_is_as_good_as_waiting(page: GeneralPage, document: Document) -> None:
    begin(page, "place")
    keys("hai")
    key(DOWN)
    key(ENTER)
    assert document.plan.place == "Hải Phòng"


def test_up_goes_back_to_what_is_typed(page: GeneralPage, document: Document) -> None:
    begin(page, "unit_name")
    keys("ngoai")
    key(DOWN)
    key(UP)
    key(ENTER)
    assert document.plan.unit_name == "ngoai"


def test_escape_closes_the_list_first_and_then_gives_back(page: GeneralPage, document: Document) -> None:
    editor = begin(page, "unit_name")
    keys("ngoai")
    assert offered()
    key(ESC)
    assert (shown_list(), text_of(editor)) == (None, "ngoai")
    key(ESC)
    assert text_of(editor) == "SỞ NỘI VỤ"
    assert document.plan.unit_name == "SỞ NỘI VỤ"


@pytest.mark.parametrize(("code", "modifiers"), [(Qt.Key.Key_Space, CTRL), (DOWN, ALT)])
def test_offers_can_be_asked_for_at_any_time(page: GeneralPage, code: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    editor = begin(page, "place")
    key(Qt.Key.Key_Delete)
    key(code, modifiers)
    assert set(offered()) == {"Hà Tĩnh", "Hải Phòng", "Khánh Hòa"}
    keys("k")
    assert wait_for(lambda: offered() == ["Khánh Hòa"])
    assert text_of(editor) == "k"


def test_each_recipient_is_completed_in_its_own_line(page: GeneralPage, document: Document) -> None:
    editor = begin(page, "recipients")
    assert isinstance(editor, QPlainTextEdit)
    editor.selectAll()
    keys("- So A;")
    key(ENTER)
    keys("- bo noi")
    assert offered() == ["Bộ Nội vụ"]
    key(DOWN)
    key(ENTER)
    assert editor.toPlainText() == "- So A;\nBộ Nội vụ"
    key(ENTER)
    keys("bo noi")
    assert offered(0.3) == []
    page.save()
    assert document.plan.recipients == ["So A", "Bộ Nội vụ", "bo noi"]


def test_the_usual_ways_to_sign_are_offered_with_the_remembered_ones(page: GeneralPage, document: Document) -> None:
    begin(page, "capacity")
    keys("giam")
    assert "TL. GIÁM ĐỐC" in offered()
    keys(" doc so")
    assert wait_for(lambda: offered() == ["TUQ. GIÁM ĐỐC SỞ"])
    key(DOWN)
    key(ENTER)
    assert document.plan.capacity == "TUQ. GIÁM ĐỐC SỞ"
    combo = page.fields["capacity"].editor
    combo.showPopup()  # type: ignore[attr-defined]
    values = [combo.itemText(row) for row in range(combo.count())]  # type: ignore[attr-defined]
    combo.hidePopup()  # type: ignore[attr-defined]
    assert {"TL. GIÁM ĐỐC", "TUQ. GIÁM ĐỐC SỞ"} <= set(values)
    assert combo.currentText() == "TUQ. GIÁM ĐỐC SỞ"  # type: ignore[attr-defined]


# ---- mouse, focus


def test_a_click_takes_and_the_field_keeps_the_focus(page: GeneralPage, document: Document) -> None:
    editor = begin(page, "unit_name")
    keys("ngoai")
    assert offered()
    found = shown_list()
    assert found is not None
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, NONE, found.visualItemRect(found.item(0)).center())
    assert editor.hasFocus()
    assert text_of(editor) == "SỞ NGOẠI VỤ"
    key(Qt.Key.Key_Z, CTRL)
    assert text_of(editor) == "ngoai"


def test_leaving_the_field_takes_the_list_away(page: GeneralPage) -> None:
    begin(page, "unit_name")
    keys("ngoai")
    assert offered()
    page.fields["place"].go()
    assert shown_list() is None
    assert page.findChildren(OfferList) == [] or not any(one.isVisible() for one in page.findChildren(OfferList))


def test_the_list_lies_inside_the_window(page: GeneralPage) -> None:
    page.resize(page.width(), 420)
    page.go_to(page.document.plan, "recipients")
    key(Qt.Key.Key_End, CTRL)
    key(ENTER)
    keys("Bo noi")
    assert offered()
    found = shown_list()
    assert found is not None
    assert page.rect().contains(found.geometry())
    at = page.fields["recipients"].editor.mapTo(page, QPoint(0, 0))
    assert found.geometry().bottom() > at.y()


# ---- input methods


def test_composing_with_the_list_open_gives_exactly_the_composed_text(page: GeneralPage, document: Document) -> None:
    editor = begin(page, "unit_name")
    compose(["n", "ng", "ngo", "ngoa", "ngoai", "ngoại"])
    assert offered() == ["SỞ NGOẠI VỤ"]
    for code in (DOWN, UP, ENTER, TAB, ESC):
        # While a word stands half-typed no key is the list's: whatever the field does, nothing is taken.
        event = QKeyEvent(QEvent.Type.ShortcutOverride, code, NONE)
        QApplication.sendEvent(editor, event)
    key(DOWN)
    assert offered() == ["SỞ NGOẠI VỤ"]
    found = shown_list()
    assert found is not None and found.chosen() is None
    compose([], "ngoại ")
    compose(["v", "vu"], "vụ")
    assert text_of(editor) == "ngoại vụ"
    key(ENTER)
    assert document.plan.unit_name == "ngoại vụ"


def test_after_the_word_is_committed_the_list_takes_keys(page: GeneralPage, document: Document) -> None:
    begin(page, "unit_name")
    compose(["ngoại"])
    assert offered() == ["SỞ NGOẠI VỤ"]
    # As an input method does on an arrow key: the word first, then the key.
    compose([], "ngoại")
    key(DOWN)
    key(ENTER)
    assert document.plan.unit_name == "SỞ NGOẠI VỤ"


def test_an_input_method_that_retypes_letters_is_not_disturbed(page: GeneralPage) -> None:
    """As Unikey does: Backspace, and the letter with its mark."""
    editor = begin(page, "unit_name")
    keys("ngoa")
    assert offered()
    for letters, mark in (("i", ""), ("", "ại")):
        keys(letters)
        if mark:
            key(Qt.Key.Key_Backspace)
            key(Qt.Key.Key_Backspace)
            keys(mark)
    assert text_of(editor) == "ngoại"
    assert wait_for(lambda: offered() == ["SỞ NGOẠI VỤ"])


# ---- cells


@pytest.fixture
def table(document: Document, shown: Show) -> TablePage:
    made = TablePage(document, document.plan.tables[0])
    shown(made)
    learn(document, "lead", "task", "note", "time", "objective")
    return made


def edit(table: TablePage, row: int, field: str) -> None:
    assert isinstance(table.model, TaskModel)
    place = [column.field for column in table.model.columns].index(field)
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(row, place))


@pytest.mark.parametrize(
    ("field", "typed", "value"), [("lead", "lanh", "Phòng Lãnh sự"), ("task", "dich tai", "Dịch tài liệu")]
)
def test_one_key_confirms_a_chosen_value(
    table: TablePage, document: Document, field: str, typed: str, value: str
) -> None:
    edit(table, 0, field)
    keys(typed)
    assert offered() == [value]
    key(DOWN)
    key(ENTER)
    assert getattr(document.plan.tables[0].rows[0], field) == value
    assert table.view.currentIndex().row() == 1
    assert shown_list() is None


def test_what_was_written_a_moment_ago_is_offered_until_it_is_taken_back(table: TablePage, document: Document) -> None:
    edit(table, 0, "lead")
    keys("Phong Van the")
    key(ENTER)
    keys("phong")
    assert offered()[0] == "Phong Van the"
    key(ESC)
    key(ESC)
    document.undo()
    keys("phong")
    assert "Phong Van the" not in offered()


def test_a_cell_keeps_what_is_typed_and_escape_closes_the_list_first(table: TablePage, document: Document) -> None:
    before = document.plan.tables[0].rows[0].lead
    edit(table, 0, "lead")
    keys("so")
    assert offered()
    editor = focused()
    key(ESC)
    assert shown_list() is None
    assert focused() is editor
    key(ESC)
    assert focused() is not editor
    assert document.plan.tables[0].rows[0].lead == before
    edit(table, 0, "lead")
    keys("so")
    assert offered()
    key(ENTER)
    assert document.plan.tables[0].rows[0].lead == "so"
    assert table.view.currentIndex().row() == 1


def test_composing_in_a_cell(table: TablePage, document: Document) -> None:
    edit(table, 0, "lead")
    keys("s")
    compose(["o", "ở"])
    assert offered()
    compose([], "ở")
    assert text_of(focused()) == "sở"
    key(ENTER)
    assert document.plan.tables[0].rows[0].lead == "sở"


# ---- a dialog


def test_enter_takes_in_a_dialog_without_ending_it(app: QApplication, document: Document, tmp_path) -> None:
    from models.settings import Settings

    dialog = ParticularsDialog(None, Settings(tmp_path), recall(document, document.store))
    activate(dialog)
    field = dialog.form.fields["signer_name"]
    field.setFocus()
    keys("tran")
    assert offered() == ["Trần Thị B"]
    key(DOWN)
    key(ENTER)
    assert (field.text(), dialog.isVisible()) == ("Trần Thị B", True)
    dialog.form.fields["signer_position"].setFocus()
    keys("pho")
    assert "PHÓ THỦ TRƯỞNG" in offered()
    key(ESC)
    assert dialog.isVisible()
    key(ESC)
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_the_list_is_named_and_announced_to_no_one_else(page: GeneralPage) -> None:
    begin(page, "unit_name")
    keys("ngoai")
    assert offered()
    found = shown_list()
    assert found is not None and found.accessibleName()
    assert found.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert next(one for one in page.findChildren(Completion) if one.list is not None).list is found
