"""Groups, tasks and parts by the numbers of a pasted block; a real appendix as one block."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from models import document as documents
from models import template
from models.blocks import write_text
from models.columns import numbering_of
from models.money import format_amount
from models.numbering import row_numbers
from models.plan import Row, find_table, walk_rows
from models.store import Store
from models.totals import compute
from tests.plans import fixture_plan
from tests.ui.copied import as_html, empty_page, on_clipboard, select, told
from tests.ui.sheet import agrees, go, page_of, steps
from ui.pages.table import TablePage
from ui.tables import blocks, clipboard
from ui.tables.columns import screen_columns, value_text


def office_table(plan: Any, heads: bool) -> list[list[str]]:
    """Phụ lục IV of 004 as the office's spreadsheet shows it, with the number and every column of the screen."""
    known, table = template.get(plan.template), find_table(plan, "tasks")
    assert table is not None
    sums, numbers = compute(plan), row_numbers(table, numbering_of(table, known))
    columns = screen_columns(plan, table, known)

    def shown(row: Row, field: str) -> str:
        if field == "number":
            return numbers[id(row)]
        if row.group is not None and field == "total":
            return "" if row.stated_total is None else format_amount(row.stated_total, table.unit)
        text, computed = value_text(row, field, table.unit, sums, known)
        return "" if computed else text

    found = [[column.label for column in columns]] if heads else []
    found += [[shown(row, column.field) for column in columns] for row in walk_rows(table.rows)]
    if heads:
        assert table.stated_total is not None
        total = format_amount(table.stated_total, table.unit)
        found.append(["Tổng cộng" if n == 1 else total if c.field == "total" else "" for n, c in enumerate(columns)])
    return found


def content(plan: Any) -> Any:
    """The plan's document without what it says of being empty: a row that is typed has no such fields."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {name: without(one) for name, one in value.items()}
            return {name: one for name, one in kept.items() if one not in (None, "", False, [], {})}
        return [without(one) for one in value] if isinstance(value, list) else value

    return without(json.loads(documents.to_bytes(plan)))


def tasks_of(plan: Any) -> list[Row]:
    table = find_table(plan, "tasks")
    assert table is not None
    return table.rows


def emptied() -> Any:
    plan = fixture_plan(4)
    tasks_of(plan).clear()
    return plan


@pytest.mark.parametrize("form", ["html", "text"])
@pytest.mark.parametrize("heads", [False, True], ids=["rows", "with heads and sum"])
def test_a_real_appendix_is_pasted_as_one_block(app: QApplication, store: Store, form: str, heads: bool) -> None:
    wanted = fixture_plan(4)
    rows = office_table(wanted, heads)
    plan = emptied()
    if heads:
        table = find_table(plan, "tasks")
        assert table is not None
        # The sum under the table is what the document states.
        table.stated_total = None
    page = page_of(store, plan)
    lines = told(page)
    go(page, 0, "task")
    if form == "html":
        on_clipboard("khác", as_html(rows))
    else:
        on_clipboard(write_text(rows).replace("\n", "\r\n"))
    blocks.paste(page)
    assert page.model.refusals == {}
    # 0 is an amount, and no empty field.
    assert [row.total for row in page.model.rows] == [row.total for row in walk_rows(tasks_of(wanted))]
    assert content(page.document.plan) == content(wanted)
    assert [kind for kind, _sentence in lines] == (["info"] if heads else [])
    assert steps(page) == 1
    agrees(page)
    page.document.undo()
    assert page.table.rows == []


def levels(page: TablePage) -> list[tuple[int, str]]:
    found = []

    def visit(rows: list[Row], depth: int) -> None:
        for row in rows:
            found.append((depth, f"[{row.group}]" if row.group is not None else row.task or ""))
            visit(row.rows, depth + 1)

    visit(page.table.rows, 0)
    return found


def number_block(page: TablePage, *rows: tuple[str, ...]) -> str:
    """Rows of number, name, total and lead, as wide as the table."""
    fields = {"number": 0, "task": 1, "total": 2, "lead": 3}
    shown = [one for n, one in enumerate(page.model.columns) if not page.view.isColumnHidden(n)]
    return write_text([[row[fields[one.field]] if one.field in fields else "" for one in shown] for row in rows])


def test_parts_stand_under_their_tasks(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(1))
    page.document.set(page.table, "numbering", ["1", "a"], "Thử")
    count = len(page.table.rows)
    go(page, len(page.model.rows), "task")
    rows = [
        ("11", "Mười một", "", "A"),
        ("a)", "phần a", "", "B"),
        ("b.", "phần b", "", ""),
        ("12.", "Mười hai", "", ""),
    ]
    on_clipboard(number_block(page, *rows))
    blocks.paste(page)
    assert levels(page)[-4:] == [(0, "Mười một"), (1, "phần a"), (1, "phần b"), (0, "Mười hai")]
    assert len(page.table.rows) == count + 2


def test_groups_are_made_only_of_names_and_sums(app: QApplication, store: Store) -> None:
    page = empty_page(store)
    page.document.set(page.table, "numbering", ["I", "1"], "Thử")
    go(page, 0, "task")
    rows = [
        ("I", "Nhóm một", "750", ""),
        ("1", "Việc", "250", "A"),
        ("1.1", "phần", "", "A"),
        ("-", "gạch", "", "A"),
        ("2", "Việc chỉ có tên", "", ""),
        ("II", "Việc có đơn vị", "", "B"),
        ("3", "", "", ""),
        ("", "", "", ""),
    ]
    on_clipboard(number_block(page, *rows))
    blocks.paste(page)
    assert levels(page) == [
        (0, "[Nhóm một]"), (1, "Việc"), (2, "phần"), (3, "gạch"), (1, "Việc chỉ có tên"), (0, "Việc có đơn vị"),
    ]  # fmt: skip
    assert page.table.rows[0].stated_total == 750_000_000
    agrees(page)


def test_numbers_pasted_over_rows_make_nothing_of_them(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    select(page, 0, "number", 0, "number")
    lines = told(page)
    on_clipboard("I\tMột\nII\tHai\n")
    blocks.paste(page)
    assert levels(page)[:2] == [(0, "Một"), (0, "Hai")] and len(page.table.rows) == 8
    assert lines == []


def test_texts_in_the_column_of_numbers_are_told(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    select(page, 0, "number", 0, "number")
    lines = told(page)
    on_clipboard("1\tMột\nPhần hai\tHai\n")
    blocks.paste(page)
    assert [row.task for row in page.table.rows[:2]] == ["Một", "Hai"]
    assert len(lines) == 1 and "Số thứ tự" in lines[0][1] and "Dòng 2" in lines[0][1]
    # Without any number the block begins beside them.
    on_clipboard("Một cái tên\tMục tiêu\n")
    select(page, 0, "number", 0, "number")
    blocks.paste(page)
    assert (page.table.rows[0].task, page.table.rows[0].objective) == ("Một cái tên", "Mục tiêu")
    assert len(lines) == 1


def test_a_thousand_rows_take_little_time(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    row = ["Nâng cấp phần mềm", "Mục tiêu", "Phòng CCHC", "Quý 4/2022", "4.009,772", "x", "Ngân sách tỉnh"]
    on_clipboard(write_text([row] * 1000), as_html([row] * 1000))
    go(page, 8, "task")
    found = clipboard.take()
    begun = time.perf_counter()
    assert found is not None
    work = blocks._started(page, found.rows, {8: frozenset([1])})
    work.work_out(page.model)
    assert time.perf_counter() - begun < 0.5
    blocks.paste(page)
    assert len(page.table.rows) == 1008 and page.table.rows[-1].total == 4_009_772_000
