"""The list of findings: its order, its filters, and the selected one in full."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models.checks.rules import RULES, explanation
from models.plan import Row, find_section, find_table
from tests.keyboard import compose, key, keys
from tests.plans import MILLION, fixture_plan, group, small_plan, task, tasks
from tests.ui.findings import no_amounts, selected, shown, the_list
from ui.finding_walk import groups
from ui.outline import Outline
from ui.pages.findings import FindingsPage
from ui.pages.section import SectionPage
from ui.pages.table import TablePage
from ui.widgets.findings_model import Heading

# ---- the list


def test_findings_are_grouped_by_page_in_the_order_of_the_outline(opened):
    page = the_list(opened(fixture_plan(0)))
    assert [row.partition(".")[0] for row in shown(page)] == [
        "[V", "total", "[Phụ lục", "total", "share",
    ]  # fmt: skip
    assert [row.count for row in page.model.rows if isinstance(row, Heading)] == [1, 2]


def test_findings_of_a_table_stand_in_the_order_of_its_rows(opened):
    rows = [task("A"), task("B", 5 * MILLION, lead=""), task("C"), task("D", -MILLION)]
    workspace = opened(small_plan(tasks(group("Nhóm", *rows[:2]), *rows[2:])))
    table = find_table(workspace.document.plan, "tasks")
    ((place, found),) = groups(workspace.document, workspace.outline.places())
    assert place is table
    named = [str(finding.part.task) if isinstance(finding.part, Row) else "" for finding in found]
    assert named == sorted(named)


def test_all_findings_are_listed(opened):
    for number in range(5):
        workspace = opened(fixture_plan(number))
        page = the_list(workspace)
        listed = [row for row in page.model.rows if not isinstance(row, Heading)]
        assert {id(one) for one in listed} == {id(one) for one in workspace.document.findings}
        workspace.hide()


def test_filters_hide_a_severity_and_are_remembered(opened):
    workspace = opened(fixture_plan(0))
    page = the_list(workspace)
    assert [box.text() for box in page.boxes.values()] == ["&Lỗi (2)", "&Cảnh báo (1)", "Lư&u ý (0)"]
    page.boxes["error"].setFocus()
    key(Qt.Key.Key_Space)
    assert shown(page)[1:] == ["share.security"]
    other = FindingsPage(workspace.document, workspace.outline)
    other.load()
    assert shown(other)[1:] == ["share.security"] and not other.boxes["error"].isChecked()
    other.deleteLater()


def test_words_filter_without_diacritics(opened):
    page = the_list(opened(fixture_plan(0)))
    page.words.setFocus()
    keys("an toan thong tin 6")
    key(Qt.Key.Key_Down)
    assert shown(page)[1:] == ["share.security"] and page.list.hasFocus()
    page.words.setText("không có chữ này")
    page.load()
    assert shown(page) == [] and page.selected() is None
    assert not page.details.isVisible()
    assert any("bộ lọc" in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_keys_of_a_half_typed_word_are_left_to_the_input_method(opened):
    page = the_list(opened(fixture_plan(0)))
    page.words.setFocus()
    compose(["toa"])
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        key(code)
        assert page.words.hasFocus()
    compose([], "toàn")
    assert page.words.text() == "toàn"
    key(Qt.Key.Key_Return)
    assert page.list.hasFocus() and shown(page)[-1] == "share.security"
    page.words.setFocus()
    key(Qt.Key.Key_Escape)
    assert page.words.text() == ""


def test_enter_goes_to_the_very_cell(opened):
    workspace = opened(small_plan(tasks(task("A", MILLION), task("B"))))
    page = the_list(workspace)
    assert page.list.hasFocus() and selected(page).rule == "share.security"
    key(Qt.Key.Key_Down)
    assert selected(page).rule == "amount.missing"
    key(Qt.Key.Key_Return)
    table_page = workspace.page
    assert isinstance(table_page, TablePage)
    assert table_page.here() == (workspace.document.plan.tables[0].rows[1], "total") and table_page.view.hasFocus()


def test_enter_on_the_name_of_a_page_goes_there(opened):
    workspace = opened(fixture_plan(0))
    page = the_list(workspace)
    page.list.setCurrentIndex(page.model.index(0, 0))
    key(Qt.Key.Key_Return)
    assert workspace.place is find_section(workspace.document.plan, "plan.budget") or isinstance(
        workspace.page, SectionPage
    )


def test_a_plan_without_findings_says_what_comes_next(opened):
    workspace = opened(small_plan())
    page = the_list(workspace)
    assert page.empty.isVisible() and page.empty.button.hasFocus() and not page.list.isVisible()
    key(Qt.Key.Key_Space)
    assert workspace.place == "export"


def test_the_list_follows_an_edit_and_keeps_the_selection(opened):
    workspace = opened(no_amounts(3))
    page = the_list(workspace)
    key(Qt.Key.Key_Down)
    chosen = selected(page)
    row = workspace.document.plan.tables[0].rows[0]
    workspace.document.set(row, "total", MILLION, "x")
    QTest.qWait(300)
    assert selected(page).part is chosen.part
    workspace.document.set(chosen.part, "total", 2 * MILLION, "x")
    QTest.qWait(300)
    assert selected(page).part.task == "Việc 2"


def test_the_list_is_not_worked_out_while_it_is_not_seen(opened, monkeypatch: pytest.MonkeyPatch):
    workspace = opened(no_amounts(3))
    page = the_list(workspace)
    workspace.enter_place("general")
    loads: list[int] = []
    monkeypatch.setattr(page.model, "show_groups", lambda *args: loads.append(1))
    for number, row in enumerate(workspace.document.plan.tables[0].rows):
        workspace.document.set(row, "total", MILLION * (number + 1), "x")
    QTest.qWait(400)
    assert loads == []
    monkeypatch.undo()
    workspace.enter_place("findings")
    assert "amount.missing" not in shown(page)


def test_ten_thousand_findings_are_listed_at_once(opened):
    workspace = opened(no_amounts(10_000))
    start = time.perf_counter()
    page = the_list(workspace)
    QApplication.processEvents()
    assert len(page.model.rows) == 10_001
    # Some fifty milliseconds on an idle machine.
    assert time.perf_counter() - start < 1.0
    start = time.perf_counter()
    page.load()
    assert time.perf_counter() - start < 0.5


# ---- the selected finding in full


def test_details_tell_place_figures_and_why(opened):
    page = the_list(opened(fixture_plan(0)))
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    details = page.details
    assert selected(page).rule == "total.stated"
    assert details.sentence.text() == selected(page).message
    assert "5.039,722 triệu đồng" in details.figures.text() and "5.039,772 triệu đồng" in details.figures.text()
    assert "Phụ lục." in details.place.text()
    assert not details.rule.isVisible()
    details.why.click()
    words = details.rule.text()
    assert details.rule.isVisible() and RULES["total.stated"].title in words
    for _label, sentence in explanation("total.stated", page.document.template):
        assert sentence in words
    key(Qt.Key.Key_Down)
    assert RULES["share.security"].title in details.rule.text()


def test_a_fix_is_an_ordinary_edit(opened):
    workspace = opened(fixture_plan(0))
    page = the_list(workspace)
    page.go_to(workspace.document.plan.tables[0], "stated_total")
    stated = workspace.document.plan.tables[0].stated_total
    page.details.fix_button.click()
    assert workspace.document.plan.tables[0].stated_total == 5_039_772_000
    QTest.qWait(300)
    assert "total.stated" not in shown(page) and page.list.hasFocus()
    workspace.document.undo()
    assert workspace.document.plan.tables[0].stated_total == stated


def test_all_of_a_kind_are_put_right_in_one_edit(opened):
    rows = [task(f"Việc {n}", 10 * MILLION, funding={"other": n * MILLION}) for n in range(1, 4)]
    workspace = opened(small_plan(tasks(*rows)))
    page = the_list(workspace)
    while page.selected() is None or selected(page).rule != "total.funding":
        key(Qt.Key.Key_Down)
    assert page.details.fix_all_button.text() == "Sửa cả 3 chỗ cùng loại"
    page.details.fix_all_button.click()
    table = workspace.document.plan.tables[0]
    assert [row.total for row in table.rows] == [MILLION, 2 * MILLION, 3 * MILLION]
    workspace.document.undo()
    assert [row.total for row in table.rows] == [10 * MILLION] * 3


def test_all_of_a_kind_is_offered_only_where_each_has_a_fix(opened):
    page = the_list(opened(no_amounts(3)))
    assert selected(page).fix is None
    assert not page.details.fix_button.isVisible() and not page.details.fix_all_button.isVisible()


def test_the_outline_gives_names_with_numbers(opened):
    outline = opened(fixture_plan(0)).outline
    assert isinstance(outline, Outline)
    assert outline.name_of("findings") == "Kiểm tra" and outline.name_of("preview") == ""
