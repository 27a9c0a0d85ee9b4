"""The findings: the list and its filters, walking through them, putting them right, and why they are findings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from models.checks import Finding
from models.checks.rules import RULES, explanation
from models.plan import Plan, Row, Table, find_section, find_table
from models.settings import Settings
from models.store import Store
from tests.plans import MILLION, fixture_plan, group, small_plan, task, tasks
from ui.document import Document
from ui.finding_walk import groups
from ui.outline import Outline
from ui.pages.findings import FindingsPage
from ui.pages.section import SectionPage
from ui.pages.table import TablePage
from ui.widgets.finding_details import FindingDetails
from ui.widgets.finding_lines import FindingLines
from ui.widgets.findings_card import FindingsCard, _Line
from ui.widgets.findings_model import Heading
from ui.workspace import Workspace


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def as_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept while the program runs starts anew."""
    monkeypatch.setattr(FindingsPage, "hidden", set())
    monkeypatch.setattr(FindingDetails, "explained", False)


@pytest.fixture
def opened(store: Store, tmp_path: Path, app: QApplication) -> Iterator[Callable[[Plan], Workspace]]:
    """Opens a plan as the main window does."""
    made: list[Workspace] = []

    def open_it(plan: Plan) -> Workspace:
        store.add(plan)
        document = Document(store, plan.id)
        document.check_again()
        workspace = Workspace(document, Settings(tmp_path))
        workspace.resize(1366, 700)
        workspace.show()
        workspace.activateWindow()
        assert QTest.qWaitForWindowActive(workspace)
        made.append(workspace)
        return workspace

    yield open_it
    for workspace in made:
        workspace.close()
        workspace.deleteLater()
        workspace.document.deleteLater()
    app.processEvents()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(code: Qt.Key) -> None:
    QTest.keyClick(focused(), code)


def the_list(workspace: Workspace) -> FindingsPage:
    workspace.enter_place("findings")
    page = workspace.page
    assert isinstance(page, FindingsPage)
    return page


def selected(page: FindingsPage) -> Finding:
    finding = page.selected()
    assert finding is not None
    return finding


def shown(page: FindingsPage) -> list[str]:
    """The rows of the list, headings in brackets."""
    return [f"[{row.name}]" if isinstance(row, Heading) else row.rule for row in page.model.rows]


def said(workspace: Workspace) -> list[str]:
    lines: list[str] = []
    workspace.notice.connect(lambda text, _kind: lines.append(text))
    return lines


def no_amounts(count: int) -> Plan:
    return small_plan(tasks(*[task(f"Việc {n}") for n in range(count)]))


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
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert shown(page)[1:] == ["share.security"]
    other = FindingsPage(workspace.document, workspace.outline)
    other.load()
    assert shown(other)[1:] == ["share.security"] and not other.boxes["error"].isChecked()
    other.deleteLater()


def test_words_filter_without_diacritics(opened):
    page = the_list(opened(fixture_plan(0)))
    page.words.setFocus()
    QTest.keyClicks(focused(), "an toan thong tin 6")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert shown(page)[1:] == ["share.security"] and page.list.hasFocus()
    page.words.setText("không có chữ này")
    page.load()
    assert shown(page) == [] and page.selected() is None
    assert not page.details.isVisible()
    assert any("bộ lọc" in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_keys_of_a_half_typed_word_are_left_to_the_input_method(opened):
    page = the_list(opened(fixture_plan(0)))
    page.words.setFocus()
    QApplication.sendEvent(page.words, QInputMethodEvent("toa", []))
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        key(code)
        assert page.words.hasFocus()
    event = QInputMethodEvent()
    event.setCommitString("toàn")
    QApplication.sendEvent(page.words, event)
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


# ---- walking through them


def walk(workspace: Workspace, by: int, times: int) -> list[tuple[str, str]]:
    """The places that so many steps lead to."""
    found = []
    for _step in range(times):
        workspace.next_finding(by)
        place = workspace.place
        part, field = workspace.page.here() or (None, "")
        name = part.task if isinstance(part, Row) else place.key if isinstance(place, Table) else ""
        found.append((name or "", field))
    return found


def test_f8_goes_through_all_in_order_and_round(opened):
    workspace = opened(no_amounts(3))
    workspace.enter_place("general")
    names = [name for name, _field in walk(workspace, 1, 4)]
    assert names == ["Việc 0", "Việc 1", "Việc 2", "Việc 0"]
    assert [name for name, _field in walk(workspace, -1, 2)] == ["Việc 2", "Việc 1"]


def test_f8_goes_on_from_the_cursor(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    walk(workspace, 1, 1)
    workspace.page.go_to(table.rows[3], "total")
    assert walk(workspace, 1, 1) == [("Việc 4", "total")]
    workspace.page.go_to(table.rows[3], "task")
    assert walk(workspace, 1, 1) == [("Việc 3", "total")]
    workspace.page.go_to(table.rows[3], "task")
    assert walk(workspace, -1, 1) == [("Việc 2", "total")]


def test_f8_stops_at_each_finding_of_one_field(opened):
    text = "Số tiền 5 triệu đồng (bằng chữ: Sáu triệu đồng), thêm 7 triệu đồng (bằng chữ: Tám triệu đồng)."
    plan = small_plan()
    plan.sections[1].sections[2].text = text
    workspace = opened(plan)
    lines = said(workspace)
    for _step in range(3):
        workspace.next_finding(1)
    assert [line.partition(":")[0] for line in lines] == ["Lỗi (1/2)", "Lỗi (2/2)", "Lỗi (1/2)"]
    assert "Sáu triệu" in lines[0] and "Tám triệu" in lines[1]


def test_f8_tells_the_sentence_in_a_line(opened):
    workspace = opened(fixture_plan(0))
    lines = said(workspace)
    workspace.next_finding(1)
    assert lines == [f"Lỗi (1/3): {workspace.document.findings[0].message}"]
    clean = opened(small_plan(id="khac"))
    lines = said(clean)
    clean.next_finding(1)
    assert lines == ["Không có lỗi hay cảnh báo nào."]


def test_f8_in_the_list_goes_to_the_selected_one_and_then_on(opened):
    workspace = opened(no_amounts(4))
    page = the_list(workspace)
    page.go_to(workspace.document.plan.tables[0].rows[2], "total")
    assert [name for name, _field in walk(workspace, 1, 2)] == ["Việc 2", "Việc 3"]


def test_f8_goes_through_what_typing_left(opened):
    """What was put right meanwhile is passed over, and what is typed is written first."""
    workspace = opened(no_amounts(4))
    walk(workspace, 1, 1)
    QTest.keyClicks(focused(), "5")
    assert walk(workspace, 1, 1) == [("Việc 1", "total")]
    assert workspace.document.plan.tables[0].rows[0].total == 5 * MILLION


# ---- putting right where the cursor is


def test_fix_here_puts_the_cell_right(opened):
    row = task("Việc", 10 * MILLION, funding={"other": 4 * MILLION})
    workspace = opened(small_plan(tasks(row)))
    table = workspace.document.plan.tables[0]
    workspace.show_place(table)
    workspace.page.go_to(table.rows[0], "total")
    lines = said(workspace)
    workspace.fix_here()
    assert table.rows[0].total == 4 * MILLION and lines[0].startswith("Đã sửa, Ctrl+Z để hoàn tác: Các nguồn vốn")
    workspace.document.undo()
    assert table.rows[0].total == 10 * MILLION


def test_fix_here_says_where_there_is_nothing_to_do(opened):
    workspace = opened(no_amounts(2))
    table = workspace.document.plan.tables[0]
    workspace.show_place(table)
    workspace.page.go_to(table.rows[0], "total")
    lines = said(workspace)
    workspace.fix_here()
    assert lines[0].startswith("Chỗ này phải tự sửa: Nhiệm vụ “Việc 0” chưa có kinh phí")
    workspace.enter_place("general")
    workspace.fix_here()
    assert lines[1] == "Ở đây không có gì cần sửa."


def test_fix_here_in_the_list_is_about_the_selected_one(opened):
    rows = [task(f"Việc {n}", 10 * MILLION, funding={"other": n * MILLION}) for n in range(1, 4)]
    workspace = opened(small_plan(tasks(*rows)))
    page = the_list(workspace)
    table = workspace.document.plan.tables[0]
    page.go_to(table.rows[1], "funding")
    workspace.fix_here()
    assert [row.total for row in table.rows] == [10 * MILLION, 2 * MILLION, 10 * MILLION]


# ---- under a table, and in forms


def card_of(workspace: Workspace) -> FindingsCard:
    (card,) = workspace.findChildren(FindingsCard)
    return card


def lines_of(card: FindingsCard) -> list[str]:
    return [line.finding.message for line in card._lines if line.isVisible() and line.finding is not None]


def test_the_card_shows_three_and_how_many_more(opened):
    workspace = opened(no_amounts(5))
    workspace.enter_place(workspace.document.plan.tables[0])
    card = card_of(workspace)
    assert len(lines_of(card)) == 3
    assert any("Còn 2 lỗi" in button.text() for button in card.findChildren(QPushButton) if button.isVisible())
    workspace.enter_place("general")
    assert not card.isVisible()


def test_the_card_keeps_its_widgets_when_nothing_changed_for_it(opened, monkeypatch: pytest.MonkeyPatch):
    workspace = opened(no_amounts(5))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    card = card_of(workspace)
    before, widgets = lines_of(card), set(map(id, card.findChildren(QLabel)))
    filled: list[str] = []
    fill = _Line.fill

    def watched(line: _Line, finding: Finding, document: Document) -> None:
        filled.append(finding.message)
        fill(line, finding, document)

    monkeypatch.setattr(_Line, "fill", watched)
    workspace.document.set(table.rows[4], "note", "Ghi chú", "x")
    assert filled == [] and lines_of(card) == before and set(map(id, card.findChildren(QLabel))) == widgets
    workspace.document.set(table.rows[0], "total", MILLION, "x")
    assert filled and all("Việc 0" not in line for line in lines_of(card))


def test_the_card_shows_first_what_f8_went_to(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    workspace.page.go_to(table.rows[4], "task")
    workspace.next_finding(1)
    assert "Việc 4" in lines_of(card_of(workspace))[0]


def test_the_card_of_a_long_table_looks_for_more_when_typing_pauses(opened):
    workspace = opened(no_amounts(300))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    card = card_of(workspace)
    workspace.document.set(table.rows[0], "total", MILLION, "x")
    assert len(lines_of(card)) < 3 + 1 and all("Việc 0”" not in line for line in lines_of(card))
    QTest.qWait(450)
    assert len(lines_of(card)) == 3


def test_a_fix_in_the_card_leaves_the_cursor_there(opened):
    workspace = opened(fixture_plan(0))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    fix = next(button for button in card_of(workspace).findChildren(QPushButton) if button.text() == "Lấy số tính được")
    fix.setFocus()
    QTest.keyClick(fix, Qt.Key.Key_Space)
    assert table.stated_total == 5_039_772_000
    assert isinstance(workspace.page, TablePage) and workspace.page.isAncestorOf(focused())


def test_why_under_a_table(opened):
    workspace = opened(fixture_plan(0))
    workspace.enter_place(workspace.document.plan.tables[0])
    card = card_of(workspace)
    workspace.why_here()
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert any(RULES["total.stated"].title in text for text in words)
    assert len(lines_of(card)) == 1, "while it is read the others leave their place to the table"
    workspace.why_here()
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert not any(RULES["total.stated"].title in text for text in words)


def test_why_of_the_row_with_the_cursor(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    workspace.page.go_to(table.rows[5], "total")
    workspace.why_here()
    card = card_of(workspace)
    assert "Việc 5" in lines_of(card)[0]
    assert any(RULES["amount.missing"].title in label.text() for label in card.findChildren(QLabel))


def test_why_in_a_form(opened):
    workspace = opened(fixture_plan(0))
    workspace.next_finding(1)
    page = workspace.page
    assert isinstance(page, SectionPage)
    (lines,) = [one for one in page.findChildren(FindingLines) if one.isVisible()]
    title = RULES["total.text"].title
    assert not any(title in label.text() for label in lines.findChildren(QLabel))
    workspace.why_here()
    QApplication.processEvents()
    assert any(title in label.text() for label in lines.findChildren(QLabel) if label.isVisible())
    workspace.why_here()
    QApplication.processEvents()
    assert not any(title in label.text() for label in lines.findChildren(QLabel) if label.isVisible())
    workspace.enter_place("general")
    told = said(workspace)
    workspace.why_here()
    assert told == ["Ở đây không có lỗi hay cảnh báo nào."]


def test_the_outline_gives_names_with_numbers(opened):
    outline = opened(fixture_plan(0)).outline
    assert isinstance(outline, Outline)
    assert outline.name_of("findings") == "Kiểm tra" and outline.name_of("preview") == ""
