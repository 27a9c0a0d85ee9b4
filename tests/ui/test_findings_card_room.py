"""The findings under a table leave it its room, and cost an edit no new layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from models import i18n
from models.plan import Plan, find_table
from models.settings import Settings
from models.store import Store
from tests.keyboard import focused, key
from tests.plans import MILLION, fixture_plan, small_plan, task, tasks
from tests.ui import faults
from tests.ui.findings import no_amounts
from tests.ui.main_window import window_of, workspace_of
from tests.ui.waiting import wait_for
from ui import finding_work, theme
from ui.main_window import MainWindow
from ui.pages.table import TablePage
from ui.widgets.findings_card import FindingsCard
from ui.widgets.steady_label import SteadyLabel

SIZES = [(language, scale) for language in ("vi", "en") for scale in (1.0, 1.25, 1.5)]
PLANS = {"000": lambda: fixture_plan(0), "004": lambda: fixture_plan(4), "many": lambda: no_amounts(30)}


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]} {size[1]}")
def sized(request, app: QApplication, folder: Path) -> Iterator[float]:
    """The program in a language and with letters of a size."""
    language, scale = request.param
    i18n.set_language(language)
    Settings(folder).set("scale", scale)
    theme.apply(app, "light", scale)
    yield scale
    theme.apply(app, "light")


@contextmanager
def on_table(store: Store, folder: Path, plan: Plan) -> Iterator[tuple[MainWindow, TablePage, FindingsCard]]:
    """The window, as large as the smallest screen there is, at the table of tasks."""
    with window_of(store, folder, plan) as window:
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1366, 768)
        workspace = workspace_of(window)
        table = find_table(workspace.document.plan, "tasks")
        assert table is not None
        workspace.enter_place(table)
        QTest.qWait(80)
        page = workspace.page
        assert isinstance(page, TablePage) and (window.width(), window.height()) == (1366, 768)
        (card,) = workspace.findChildren(FindingsCard)
        yield window, page, card


def mismatch(count: int) -> Plan:
    """Tasks whose sources do not make their totals: each has a finding that tells both amounts."""
    return small_plan(tasks(*[task(f"Việc {n}", 10 * MILLION, funding={"other": 4 * MILLION}) for n in range(count)]))


def has_room(page: TablePage) -> bool:
    """Whether the table has nearly half of its page, and the height of five rows."""
    height = page.view.height()
    return height >= 0.45 * page.height() and height >= 5 * (page.fontMetrics().lineSpacing() + 13)


def sees_whole(card: FindingsCard) -> bool:
    """Whether nothing in the card reaches beyond it."""
    inside = [one for one in card.findChildren(QWidget) if one.parent() is card and one.isVisible()]
    return all(card.rect().contains(one.geometry()) for one in inside)


# ---- room


@pytest.mark.parametrize("plan", PLANS)
def test_the_table_keeps_its_room(sized: float, store: Store, folder: Path, plan: str):
    with on_table(store, folder, PLANS[plan]()) as (window, page, card):
        workspace = workspace_of(window)
        for asked in ("", "why", "told", "told and why"):
            if "why" in asked:
                finding_work.why_here(workspace)
            if "told" in asked:
                window.tell(workspace.document.findings[0].message, "error")
            QTest.qWait(50)
            assert card.isVisible() and has_room(page), asked
            assert sees_whole(card) and faults.clipped(card) == [], asked
            if "why" in asked:
                finding_work.why_here(workspace)


def test_letters_of_another_size_are_taken_up(app: QApplication, store: Store, folder: Path):
    with on_table(store, folder, no_amounts(30)) as (window, page, card):
        before = card.height()
        for scale in (1.5, 1.0):
            window.settings.set("scale", scale)
            window.dress()
            QTest.qWait(80)
            assert has_room(page) and sees_whole(card) and faults.clipped(card) == []
        assert card.height() == before


def test_a_sentence_without_room_is_told_whole_by_its_tool_tip(app: QApplication, store: Store, folder: Path):
    theme.apply(app, "light", 1.5)
    with on_table(store, folder, fixture_plan(0)) as (window, _page, card):
        window.resize(960, 700)
        QTest.qWait(80)
        line = card._lines[0]
        sentence = line.text.text()
        assert " ".join(line.text.toolTip().split()) == sentence == line.text.accessibleName()
        assert all(one.accessibleDescription() == sentence for one in (line.fix, line.go, line.why))
        window.resize(2400, 700)
        QTest.qWait(80)
        assert line.text.toolTip() == "" and line.text.text() == sentence
    theme.apply(app, "light")


def test_the_card_can_be_worked_with_without_a_mouse(store: Store, folder: Path):
    with on_table(store, folder, mismatch(5)) as (window, _page, card):
        assert faults.without_name(card) == [] and faults.unmarked_focus(card) == []
        reached, _comes_round = faults.walk(faults.on_tab(card)[0])
        on_card = [one for one in reached if card.isAncestorOf(one)]
        assert set(on_card) == set(faults.on_tab(card)) and faults.reading_faults(card, on_card) == []
        finding_work.why_here(workspace_of(window))
        assert faults.without_name(card) == [] and faults.unmarked_focus(card) == []


def sentences(card: FindingsCard) -> list[SteadyLabel]:
    return [label for label in card.findChildren(SteadyLabel) if label.isVisible()]


def buttons(card: FindingsCard) -> list[QPushButton]:
    return card.findChildren(QPushButton)


# ---- the rule


def rule_of(card: FindingsCard) -> QLabel:
    found = card.findChild(QLabel, "rule")
    assert isinstance(found, QLabel)
    return found


def test_esc_puts_the_rule_away_and_the_cursor_stays_in_the_table(store: Store, folder: Path):
    with on_table(store, folder, mismatch(5)) as (window, page, card):
        finding_work.why_here(workspace_of(window))
        assert rule_of(card).isVisible() and focused() is page.view
        height = card.height()
        key(Qt.Key.Key_Escape)
        assert not rule_of(card).isVisible() and focused() is page.view and card.height() != height


def test_esc_of_a_cell_leaves_the_rule(store: Store, folder: Path):
    with on_table(store, folder, mismatch(5)) as (window, page, card):
        finding_work.why_here(workspace_of(window))
        key(Qt.Key.Key_F2)
        assert focused() is not page.view
        key(Qt.Key.Key_Escape)
        assert focused() is page.view and rule_of(card).isVisible()
        key(Qt.Key.Key_Escape)
        assert not rule_of(card).isVisible()


def test_the_rule_is_scrolled_and_left_by_keys(app: QApplication, store: Store, folder: Path):
    theme.apply(app, "light", 1.5)
    try:
        with on_table(store, folder, mismatch(5)) as (window, _page, card):
            finding_work.why_here(workspace_of(window))
            why = next(one for one in buttons(card) if one.isVisible() and one.isChecked())
            why.setFocus()
            key(Qt.Key.Key_Tab)
            assert focused() is rule_of(card)
            top = rule_of(card).y()
            key(Qt.Key.Key_PageDown)
            assert rule_of(card).y() < top
            key(Qt.Key.Key_Escape)
            assert not rule_of(card).isVisible() and focused() is why
    finally:
        theme.apply(app, "light")


# ---- what an edit costs


class Watch(QObject):
    """Counts the events of all widgets that ask for a layout, or paint."""

    def __init__(self) -> None:
        super().__init__()
        self.layouts: Counter[str] = Counter()
        self.paints: Counter[QWidget] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.layouts[type(watched).__name__] += 1
        elif event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.paints[watched] += 1
        return False


@contextmanager
def watching(app: QApplication) -> Iterator[Watch]:
    QTest.qWait(50)
    watch = Watch()
    app.installEventFilter(watch)
    yield watch
    QTest.qWait(50)
    app.removeEventFilter(watch)


def test_another_amount_asks_for_no_new_layout(app: QApplication, store: Store, folder: Path):
    with on_table(store, folder, mismatch(2)) as (window, page, card):
        document, rows = workspace_of(window).document, page.table.rows
        # The first edit brings the time of saving.
        document.set(rows[0], "total", 11 * MILLION, "x")
        said, height = [label.text() for label in sentences(card)], card.height()
        with watching(app) as watch:
            document.set(rows[0], "total", 12 * MILLION, "x")
        assert [label.text() for label in sentences(card)] != said
        assert watch.layouts == Counter() and card.height() == height


def test_another_sentence_paints_itself_alone(app: QApplication, store: Store, folder: Path):
    with on_table(store, folder, mismatch(1)) as (window, page, card):
        document, row = workspace_of(window).document, page.table.rows[0]
        document.set(row, "total", 11 * MILLION, "x")
        with watching(app) as watch:
            document.set(row, "total", 12 * MILLION, "x")
        (painted,) = [one for one in watch.paints if one is card or card.isAncestorOf(one)]
        assert "12 triệu" in painted.accessibleName() and watch.paints[painted] == 1
        assert window.status not in watch.paints
        assert {type(one) for one in watch.paints if one.parent() is window.status} == {SteadyLabel}


def test_one_less_asks_for_no_new_layout_of_the_page(app: QApplication, store: Store, folder: Path):
    with on_table(store, folder, no_amounts(30)) as (window, page, card):
        document, rows = workspace_of(window).document, page.table.rows
        document.set(rows[9], "total", 11 * MILLION, "x")
        height = card.height()
        with watching(app) as watch:
            document.set(rows[0], "total", 12 * MILLION, "x")
        assert set(watch.layouts) <= {"FindingsCard", "CardLine"} and card.height() == height


def test_the_card_keeps_its_height_while_typing(store: Store, folder: Path):
    with on_table(store, folder, no_amounts(300)) as (window, page, card):
        document, height = workspace_of(window).document, card.height()
        for row in page.table.rows[:4]:
            document.set(row, "total", MILLION, "x")
            assert card.isVisible() and card.height() == height
        assert wait_for(lambda: sum(line.finding is not None for line in card._lines) == 3)
        assert card.height() == height


def test_the_status_line_grows_but_never_shrinks(app: QApplication, store: Store, folder: Path):
    with on_table(store, folder, no_amounts(12)) as (window, page, _card):
        document, rows = workspace_of(window).document, page.table.rows
        document.set(rows[0], "total", MILLION, "x")
        QTest.qWait(50)
        assert faults.clipped(window.status) == []
        places = [label.geometry() for label in window.status.findChildren(SteadyLabel)]
        for row in rows[1:6]:
            document.set(row, "total", MILLION, "x")
        QTest.qWait(50)
        assert [label.geometry() for label in window.status.findChildren(SteadyLabel)] == places
        assert faults.clipped(window.status) == []
