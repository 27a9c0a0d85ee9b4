"""Findings under a table and in forms, and why they are findings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from models.checks import Finding
from models.checks.rules import RULES
from tests.keyboard import focused
from tests.plans import MILLION, fixture_plan
from tests.ui.findings import no_amounts, said
from ui import finding_work
from ui.pages.section import SectionPage
from ui.pages.table import TablePage
from ui.widgets.card_line import CardLine
from ui.widgets.finding_lines import FindingLines
from ui.widgets.findings_card import FindingsCard
from ui.workspace import Workspace


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
    fill = CardLine.fill

    def watched(line: CardLine, finding: Finding | None, look: tuple[bool, int]) -> None:
        filled.append(finding.message if finding is not None else "")
        fill(line, finding, look)

    monkeypatch.setattr(CardLine, "fill", watched)
    workspace.document.set(table.rows[4], "note", "Ghi chú", "x")
    assert filled == [] and lines_of(card) == before and set(map(id, card.findChildren(QLabel))) == widgets
    workspace.document.set(table.rows[0], "total", MILLION, "x")
    assert filled and all("Việc 0" not in line for line in lines_of(card))


def test_the_card_shows_first_what_f8_went_to(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    workspace.page.go_to(table.rows[4], "task")
    finding_work.next_finding(workspace, 1)
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
    finding_work.why_here(workspace)
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert any(RULES["total.stated"].title in text for text in words)
    assert len(lines_of(card)) == 1, "while it is read the others leave their place to the table"
    finding_work.why_here(workspace)
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert not any(RULES["total.stated"].title in text for text in words)


def test_why_of_the_row_with_the_cursor(opened):
    workspace = opened(no_amounts(6))
    table = workspace.document.plan.tables[0]
    workspace.enter_place(table)
    workspace.page.go_to(table.rows[5], "total")
    finding_work.why_here(workspace)
    card = card_of(workspace)
    assert "Việc 5" in lines_of(card)[0]
    assert any(RULES["amount.missing"].title in label.text() for label in card.findChildren(QLabel))


def test_why_in_a_form(opened):
    workspace = opened(fixture_plan(0))
    finding_work.next_finding(workspace, 1)
    page = workspace.page
    assert isinstance(page, SectionPage)
    (lines,) = [one for one in page.findChildren(FindingLines) if one.isVisible()]
    title = RULES["total.text"].title
    assert not any(title in label.text() for label in lines.findChildren(QLabel))
    finding_work.why_here(workspace)
    QApplication.processEvents()
    assert any(title in label.text() for label in lines.findChildren(QLabel) if label.isVisible())
    finding_work.why_here(workspace)
    QApplication.processEvents()
    assert not any(title in label.text() for label in lines.findChildren(QLabel) if label.isVisible())
    workspace.enter_place("general")
    told = said(workspace)
    finding_work.why_here(workspace)
    assert told == ["Ở đây không có lỗi hay cảnh báo nào."]
