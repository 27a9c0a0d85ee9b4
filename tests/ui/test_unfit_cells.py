"""Pasted texts that cannot stand in their cells, and amounts that may mean this or that."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import document as documents
from models.blocks import write_text
from models.store import Store
from tests.plans import fixture_plan
from tests.ui.copied import on_clipboard, told
from tests.ui.sheet import at, column, go, page_of, steps
from ui.dialogs.notation import NotationDialog, ask_notation
from ui.tables import blocks


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The unclear amounts that the user was asked about; the answer is "english" unless a test says otherwise."""
    questions: list[list[str]] = []

    def ask(_parent: object, texts: list[str], _unit: str) -> str:
        questions.append(list(texts))
        return answer[0]

    monkeypatch.setattr(blocks, "ask_notation", ask)
    answer[0] = "english"
    return questions


answer = ["english"]


# ---- what does not fit


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("total", "hai trăm", "không phải là số tiền"),
        ("total", "12a5", "không phải là số tiền"),
        ("total", "=SUM(A1:A3)", "công thức"),
        ("total", "=1+1", "công thức"),
        ("total", "1.000.000.001", "lớn hơn mức nhận được"),
        ("total", "9" * 100_000, "ký tự"),
        ("total", "x" * 100_000, "ký tự"),
        ("time", "31/02/2022", "Không có ngày 31/02/2022"),
        ("time", "từ 30/4/2022 đến 31.11.2022", "Không có ngày 31.11.2022"),
        ("note", "x" * 100_000, "20.000"),
        ("security", "có lẽ", "không phải là dấu"),
    ],
)
def test_what_does_not_fit_is_marked_and_the_rest_goes_in(
    app: QApplication, store: Store, field: str, text: str, why: str
) -> None:
    page = page_of(store, fixture_plan(0))
    start = documents.to_bytes(page.document.plan)
    row = page.table.rows[1]
    old = {name: getattr(row, name) for name in ("total", "time", "time_from", "note", "security")}
    texts = {"total": "7", "time": "2023", "security": "x", "note": "mới"} | {field: text}
    go(page, 0, "lead")
    lines = told(page)
    block = [["A", "2022", "5", "", "ghi"], ["B", texts["time"], texts["total"], texts["security"], texts["note"]]]
    on_clipboard(write_text(block))
    blocks.paste(page)
    assert getattr(row, field) == old[field]
    assert row.lead == "B" and page.table.rows[0].total == 5_000_000
    taken = {"total": 7_000_000, "time": "2023", "security": True, "note": "mới"}
    assert all(getattr(row, name) == value for name, value in taken.items() if name != field)
    assert list(page.model.refusals) == [(id(row), field)]
    # The cursor is there, and the mark is not hidden under a selection of all.
    assert at(page) == (1, field) and page.view.selected_places() == [1]
    assert len(lines) == 1 and lines[0][0] == "warning"
    head = page.model.columns[column(page, field)].label
    assert "1 ô" in lines[0][1] and f"Dòng 2, cột “{head}”" in lines[0][1]
    assert why in lines[0][1]
    assert len(lines[0][1]) < 400
    # A later text that fits takes the mark away.
    go(page, 1, field)
    on_clipboard(str(taken[field]) if field != "security" and field != "total" else "1")
    blocks.paste(page)
    assert page.model.refusals == {}
    page.document.undo()
    page.document.undo()
    assert documents.to_bytes(page.document.plan) == start


def test_marks_are_set_and_taken_away(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    go(page, 0, "security")
    on_clipboard("x\nX\n✓\ncó\n1\nkhông\n0\n\n")
    blocks.paste(page)
    assert [row.security for row in page.table.rows] == [True] * 5 + [False] * 3


def test_cells_beyond_the_last_column_and_of_groups_are_told(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    lines = told(page)
    go(page, 0, "note")
    on_clipboard("ghi\tngoài\t\n\t\t")
    blocks.paste(page)
    # A group has no note, and there is no column behind the last.
    assert page.table.rows[0].note == "" and len(lines) == 1
    assert "Có 2 ô" in lines[0][1]
    assert list(page.model.refusals) == [(id(page.table.rows[0]), "note")]
    assert steps(page) == 0


def test_a_row_that_takes_nothing_is_not_made(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    lines = told(page)
    go(page, 8, "total")
    on_clipboard("chưa rõ")
    blocks.paste(page)
    assert len(page.table.rows) == 8 and steps(page) == 0
    assert len(lines) == 1 and lines[0][0] == "warning" and page.model.refusals == {}


def test_too_much_is_one_sentence(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    start = documents.to_bytes(page.document.plan)
    lines = told(page)
    go(page, 0, "task")
    for text, html in (("a\tb\n" * 500_000, ""), ("x", "<table>" + ("<tr>" + "<td>1</td>" * 1000) * 1000)):
        on_clipboard(text, html)
        begun = time.perf_counter()
        blocks.paste(page)
        assert time.perf_counter() - begun < 1.5
    assert [kind for kind, _sentence in lines] == ["error"] * 2
    assert documents.to_bytes(page.document.plan) == start


# ---- amounts that may mean this or that


def test_amounts_as_people_write_them(app: QApplication, store: Store, asked: list[list[str]]) -> None:
    page = page_of(store, fixture_plan(0))
    go(page, 0, "total")
    on_clipboard("4.009,772\n4009,772\n250 triệu\n-\n1,5 tỷ\n\n2.000\n700000 đồng")
    blocks.paste(page)
    assert [row.total for row in page.table.rows] == [
        4_009_772_000, 4_009_772_000, 250_000_000, 0, 1_500_000_000, None, 2_000_000_000, 700_000,
    ]  # fmt: skip
    assert asked == []


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("english", [4_009_772_000, 4_009_772_000, 1_500_000, 4_009_772_000, 5_000_000_000, 250_000_000]),
        ("vietnamese", [None, 4_009_772_000_000, None, 4_009_772_000, 5_000_000, 250_000_000]),
        ("", [None, None, None, 4_009_772_000, 5_000_000, 250_000_000]),
    ],
)
def test_unclear_amounts_are_asked_about_once(
    app: QApplication, store: Store, asked: list[list[str]], notation: str, wanted: list[int | None]
) -> None:
    answer[0] = notation
    page = page_of(store, fixture_plan(0))
    old = [row.total for row in page.table.rows]
    go(page, 0, "total")
    on_clipboard("4,009.772\n4009.772\n1.5\n4.009,772\n5,000\n250")
    lines = told(page)
    blocks.paste(page)
    assert asked == [["4,009.772", "4009.772", "1.5"]]
    totals = [row.total for row in page.table.rows][:6]
    assert totals == [was if new is None else new for was, new in zip(old, wanted, strict=False)]
    refused = [place for place, new in enumerate(wanted) if new is None]
    assert list(page.model.refusals) == [(id(page.table.rows[place]), "total") for place in refused]
    assert len(lines) == bool(refused)
    assert steps(page) == 1


# ---- the question


def test_the_question_shows_what_each_answer_would_give(app: QApplication) -> None:
    dialog = NotationDialog(None, ["4,009.772", "4009.772", "1.5", "1.5"], "million")
    english, vietnamese = dialog.choices["english"], dialog.choices["vietnamese"]
    assert dialog.notation == "english"
    assert english.accessibleDescription().split("\n") == [
        "“4,009.772” là 4.009,772 triệu đồng",
        "“4009.772” là 4.009,772 triệu đồng",
        "“1.5” là 1,5 triệu đồng",
    ]
    assert vietnamese.accessibleDescription() == "“4009.772” là 4.009.772 triệu đồng"
    vietnamese.setChecked(True)
    assert dialog.notation == "vietnamese"
    dialog.deleteLater()
    one = NotationDialog(None, ["1.5"], "million")
    assert list(one.choices) == ["english"]
    one.deleteLater()


@pytest.mark.parametrize(("press", "wanted"), [(Qt.Key.Key_Return, "vietnamese"), (Qt.Key.Key_Escape, "")])
def test_the_question_is_answered_by_keys(app: QApplication, press: Qt.Key, wanted: str) -> None:
    def answer_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NotationDialog)
        QTest.keyClick(dialog.choices["english"], Qt.Key.Key_Down)
        QTest.keyClick(dialog, press)

    QTimer.singleShot(50, answer_it)
    assert ask_notation(None, ["4009.772"], "million") == wanted
