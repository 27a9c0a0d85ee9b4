"""The page "Tổng hợp": its figures are the plan's totals, it follows edits, and works from the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout

from models import i18n
from models.exports.chart_shapes import Bar
from models.money import format_amount
from models.plan import Plan, Table, find_table, walk_rows
from models.store import Store
from tests.keyboard import CTRL, SHIFT, focused, key
from tests.plans import MILLION, fixture_plan, register, small_plan, task, tasks
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui import theme
from ui.document import Document
from ui.main_window import MainWindow
from ui.pages.summary import SummaryPage
from ui.widgets.chart import ChartView
from ui.workspace import Workspace

Opens = Callable[[Plan], SummaryPage]


@pytest.fixture
def open_page(app: QApplication, store: Store, shown: Show) -> Iterator[Opens]:
    """Shows the page of a plan."""
    documents: list[Document] = []

    def open_it(plan: Plan) -> SummaryPage:
        store.add(plan)
        document = Document(store, plan.id)
        document.check_again()
        documents.append(document)
        page = SummaryPage(document)
        shown(page)
        return page

    yield open_it
    for document in documents:
        document.deleteLater()


def figures(page: SummaryPage) -> dict[str, list[str]]:
    """The texts of each line of figures, by its label."""
    items = page.list._items()
    return {item.text(0): [item.text(at) for at in range(1, page.list.columnCount())] for item in items}


def drawn(page: SummaryPage) -> dict[str, ChartView]:
    return {key: view for key, view in page.views.items() if view.isVisible()}


def shows(page: SummaryPage, kind: str) -> list[tuple[str, int]]:
    chart = page.views[kind].chart
    assert chart is not None
    return [(item.label, item.amount) for item in chart.items]


# ---- figures


def test_the_figures_are_the_totals(open_page: Opens) -> None:
    page = open_page(fixture_plan(4))
    plan, totals, template = page.document.plan, page.document.totals, page.document.template
    found = figures(page)
    tables = [table for table in plan.tables if not table.is_register]
    assert len(tables) == 3
    for at, table in enumerate(tables):
        sums = totals.of(table)
        assert found["Tổng kinh phí"][at] == format_amount(sums.total, table.unit)
        assert found["Kinh phí"][at] == format_amount(sums.security, table.unit)
        assert found["Số lượng"][at] == str(sums.tasks)
        for source, amount in sums.by_source.items():
            assert found[template.source(source).short][at] == format_amount(amount, table.unit)
        for year, amount in sums.by_year.items():
            assert found[year][at] == format_amount(amount, table.unit)
    assert page.total.text() == "Tổng kinh phí: 279.985,5 triệu đồng"
    assert page.words.text().startswith("Bằng chữ: Hai trăm bảy mươi chín tỷ")
    assert page.security.text().endswith("11,8%, đạt mức tối thiểu 10%")
    assert list(drawn(page)) == ["sources", "years", "leads"]
    assert shows(page, "leads")[0] == ("Sở Thông tin và Truyền thông", 169_367 * MILLION)


def test_too_little_for_security_is_told(open_page: Opens) -> None:
    page = open_page(fixture_plan(0))
    assert page.security.text() == "An toàn thông tin: 310 triệu đồng, 6,15%, dưới mức tối thiểu 10%"
    assert page.security.objectName() == "warning"
    assert page.security.toolTip() == page.document.template.limits.security_source
    assert not page.chooser.isVisible()


def test_the_charts_are_of_the_table_that_is_chosen(open_page: Opens) -> None:
    page = open_page(fixture_plan(4))
    assert [page.chooser.itemText(at) for at in range(page.chooser.count())] == [
        "Phụ lục IV", "Phụ lục II", "Phụ lục III",
    ]  # fmt: skip
    page.chooser.setFocus()
    key(Qt.Key.Key_Down)
    assert page.table() is find_table(page.document.plan, "spending")
    assert list(drawn(page)) == ["sources", "leads"]
    assert shows(page, "sources")[0][1] == 8_916 * MILLION
    # It stays chosen when something is edited.
    page.document.set(page.document.plan, "place", "Nơi khác", "Sửa địa danh")
    page.load()
    assert page.table() is find_table(page.document.plan, "spending")


def test_every_figure_of_a_chart_is_told_to_a_screen_reader(open_page: Opens) -> None:
    page = open_page(fixture_plan(0))
    view = page.views["leads"]
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Kinh phí theo đơn vị chủ trì (triệu đồng)"
    assert interface.text(QAccessible.Text.Description) == (
        "Trung tâm Lưu trữ lịch sử tỉnh: 4.009,772 triệu đồng, 79,6%; "
        "VP Sở Nội vụ và các đơn vị trực thuộc: 660 triệu đồng, 13,1%; "
        "Phòng CCHC&VTLT: 370 triệu đồng, 7,3%; Tổng cộng: 5.039,772 triệu đồng."
    )


def test_a_tool_tip_gives_the_full_name_and_the_exact_amount(open_page: Opens) -> None:
    page = open_page(fixture_plan(0))
    view = page.views["leads"]
    laid_out = view.laid_out(view.width() - 16)
    assert laid_out is not None
    area = laid_out.areas[0]
    inside = QPoint(int(area.x + area.width / 2) + 8, int(area.y + area.height / 2) + 8)
    assert view.tip_at(inside) == "Trung tâm Lưu trữ lịch sử tỉnh\n4.009.772.000 đồng (79,6%)"
    assert view.tip_at(QPoint(8, 8)) == ""


# ---- following


def test_the_page_follows_an_edit_while_it_is_seen(open_page: Opens) -> None:
    page = open_page(small_plan())
    row = page.document.plan.tables[0].rows[0]
    page.document.set(row, "total", 300 * MILLION, "Sửa kinh phí")
    assert wait_for(lambda: page.total.text() == "Tổng kinh phí: 320 triệu đồng", 5)
    assert figures(page)["Tổng kinh phí"] == ["320"]
    assert shows(page, "leads") == [("Văn phòng", 320 * MILLION)]
    page.document.undo()
    assert wait_for(lambda: page.total.text() == "Tổng kinh phí: 120 triệu đồng", 5)


def test_a_page_that_is_not_seen_waits(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.show_place("summary")
    page = workspace.page
    assert isinstance(page, SummaryPage)
    loads: list[bool] = []
    load = page.load

    def counted() -> None:
        loads.append(True)
        load()

    monkeypatch.setattr(page, "load", counted)
    table = find_table(workspace.document.plan, "tasks")
    assert isinstance(table, Table)
    workspace.show_place(table)
    row = next(row for row in walk_rows(table.rows) if row.total is not None)
    workspace.document.set(row, "total", 7 * MILLION, "Sửa kinh phí")
    QTest.qWait(300)
    assert loads == []
    workspace.show_place("summary")
    assert loads
    total = workspace.document.totals.of(table).total
    assert page.total.text() == f"Tổng kinh phí: {format_amount(total, table.unit)} triệu đồng"


def test_a_plan_without_amounts_says_where_they_are_typed(workspace: Workspace, store: Store) -> None:
    document = workspace.document
    with document.edit("Xóa kinh phí") as plan:
        for table in plan.tables:
            for row in walk_rows(table.rows):
                row.total = None
    workspace.enter_place("summary")
    page = workspace.page
    assert isinstance(page, SummaryPage)
    assert page.empty.isVisible() and not page.list.isVisible()
    assert focused() is page.empty.button
    key(Qt.Key.Key_Space)
    main = document.main_table()
    assert main is not None and workspace.place is main[0]
    # With the first amount the figures are there.
    document.undo()
    workspace.enter_place("summary")
    assert page.list.isVisible() and focused() is page.list


def test_the_cursor_is_not_lost_when_the_last_amount_goes(open_page: Opens) -> None:
    page = open_page(small_plan(tasks(task("a", 5 * MILLION))))
    page.enter()
    assert focused() is page.list
    page.document.set(page.document.plan.tables[0].rows[0], "total", None, "Sửa kinh phí")
    assert wait_for(page.empty.isVisible, 5)
    assert focused() is page.empty.button
    page.document.undo()
    assert wait_for(page.list.isVisible, 5)
    assert focused() is page.list


def test_a_plan_of_registers_alone_has_nothing_to_go_to(open_page: Opens) -> None:
    page = open_page(small_plan(register(["Word", "2019"])))
    assert page.empty.isVisible() and not page.empty.button.isVisible()


# ---- keys


def test_the_page_is_reached_by_a_key_and_left_by_tab(window: MainWindow, workspace: Workspace) -> None:
    key(Qt.Key.Key_T, CTRL)
    assert workspace.place == "summary"
    page = workspace.page
    assert isinstance(page, SummaryPage)
    assert focused() is page.list
    for reached in (page.printed, page.views["leads"]):
        key(Qt.Key.Key_Tab)
        assert focused() is reached
    key(Qt.Key.Key_Tab, SHIFT)
    assert focused() is page.printed
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)
    assert not page.isAncestorOf(focused())


def test_the_figures_are_copied_for_a_spreadsheet(workspace: Workspace) -> None:
    workspace.enter_place("summary")
    page = workspace.page
    assert isinstance(page, SummaryPage)
    key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["\tPhụ lục (triệu đồng)", "Tổng kinh phí\t5.039,772"]
    page.views["leads"].setFocus()
    key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[1] == "Trung tâm Lưu trữ lịch sử tỉnh\t4.009,772\t79,6%"


def test_the_copy_of_the_menu_is_for_what_has_the_focus(window: MainWindow, workspace: Workspace) -> None:
    workspace.enter_place("summary")
    QGuiApplication.clipboard().setText("cũ")
    window.actions_by_name["copy"].trigger()
    assert "5.039,772" in QGuiApplication.clipboard().text()


def test_the_page_scrolls_with_the_cursor(open_page: Opens) -> None:
    page = open_page(fixture_plan(4))
    page.resize(700, 320)
    page.enter()
    bar = page._scroll.verticalScrollBar()
    assert wait_for(lambda: bar.maximum() > 0, 5)
    key(Qt.Key.Key_End)
    assert bar.value() > 0
    lowest = page.list.visualRect(page.list.currentIndex())
    at = page.list.viewport().mapTo(page._scroll.viewport(), lowest.center())
    assert page._scroll.viewport().rect().contains(at)
    view = page.views["leads"]
    bar.setValue(0)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    key(Qt.Key.Key_PageDown)
    assert bar.value() > 0


# ---- the page of charts in print


def test_the_page_in_print_is_one_edit(workspace: Workspace) -> None:
    document = workspace.document
    workspace.enter_place("summary")
    page = workspace.page
    assert isinstance(page, SummaryPage)
    page.printed.setFocus()
    key(Qt.Key.Key_Space)
    assert document.plan.print_options == {"charts": True}
    assert document.store.read(document.plan.id).print_options == {"charts": True}
    assert document.undo_label() == "Thêm trang biểu đồ"
    document.undo()
    assert wait_for(lambda: not page.printed.isChecked(), 5)
    assert document.plan.print_options == {}
    document.redo()
    assert wait_for(page.printed.isChecked, 5)
    page.printed.setFocus()
    key(Qt.Key.Key_Space)
    assert document.plan.print_options == {}


def test_other_choices_of_printing_are_left_alone(open_page: Opens) -> None:
    page = open_page(small_plan(print_options={"bases": "bullets", "charts": True}))
    assert page.printed.isChecked()
    page.printed.setFocus()
    key(Qt.Key.Key_Space)
    assert page.document.plan.print_options == {"bases": "bullets"}


# ---- look


def colours_of(view: ChartView) -> set[str]:
    image = (
        view.window()
        .grab(QRect(view.mapTo(view.window(), QPoint(0, 0)), view.size()))
        .toImage()
        .convertToFormat(QImage.Format.Format_RGB32)
    )
    return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 2) for y in range(image.height())}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_charts_are_in_the_colours_of_the_theme(app: QApplication, open_page: Opens, name: str) -> None:
    page = open_page(fixture_plan(4))
    try:
        theme.apply(app, name)
        QTest.qWait(50)
        c = theme.colours()
        found = colours_of(page.views["sources"])
        assert {colour.lower() for colour in (c.accent, c.border, c.surface)} <= found
    finally:
        theme.apply(app, "light")


def test_the_picture_is_what_the_shapes_say(open_page: Opens) -> None:
    page = open_page(fixture_plan(0))
    QTest.qWait(50)
    view = page.views["leads"]
    laid_out = view.laid_out(view.width() - 16)
    assert laid_out is not None
    image = view.grab().toImage()
    accent = QColor(theme.colours().accent).name()
    for bar in (shape for shape in laid_out.shapes if isinstance(shape, Bar)):
        y = int(bar.y + bar.height / 2) + 8
        inside = [x for x in range(image.width()) if image.pixelColor(x, y).name() == accent]
        assert len(inside) == pytest.approx(bar.width, abs=2)
        assert inside[0] == pytest.approx(bar.x + 8, abs=2)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_chart_is_as_high_as_its_width_asks_for(app: QApplication, open_page: Opens, scale: float) -> None:
    try:
        theme.apply(app, "light", scale)
        page = open_page(fixture_plan(4))
        for width in (1100, 700, 1100):
            page.resize(width, 620)
            QTest.qWait(50)
            for view in drawn(page).values():
                assert view.height() >= view.heightForWidth(view.width())
            assert page.list.height() >= page.list.sizeHint().height()
            # Nothing is wider than the page, which does not scroll to the side.
            body = page._scroll.widget()
            assert body is not None and body.width() <= page._scroll.viewport().width()
        assert page._columns.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom)
    finally:
        theme.apply(app, "light")


def test_english(app: QApplication, open_page: Opens) -> None:
    i18n.set_language("en")
    page = open_page(fixture_plan(4))
    # The plan's own words stay as they are.
    assert page.words.text().endswith("nghìn đồng")
    assert shows(page, "leads")[0][0] == "Sở Thông tin và Truyền thông"
    assert re.search(r"279\.985,5", page.total.text())


def test_no_figure_or_name_is_cut_beside_the_charts(open_page: Opens) -> None:
    page = open_page(fixture_plan(4))
    page.resize(1092, 656)
    QApplication.processEvents()
    assert page._columns.direction() == QBoxLayout.Direction.LeftToRight
    assert page.list.width() >= page.list.needed_width()
