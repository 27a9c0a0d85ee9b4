"""A typist at the keyboard of the real program fills in real plans, with no mouse."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models import template
from models.columns import numbering_of
from models.money import format_amount
from models.numbering import row_numbers
from models.plan import Plan, Row, Table, find_table, walk, walk_rows
from models.settings import Settings
from models.store import Store
from models.store.columns import AS_JSON, PLAIN
from models.totals import Totals, compute
from tests.plans import fixture_plan
from tests.real_keys import Program, desktop, running
from ui.tables.columns import ScreenColumn, screen_columns, value_text

#: Puts what it is given onto the clipboard, and keeps it there as another program would.
_OTHER_PROGRAM = """
import sys
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
app = QApplication([])
data = QMimeData()
data.setData(sys.argv[1], sys.stdin.buffer.read())
app.clipboard().setMimeData(data)
print("there", flush=True)
app.exec()
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    with desktop(dict(os.environ)) as environment:
        yield environment


def without_rows(plan: Plan) -> Plan:
    """The plan with its list of tasks still empty."""
    table = tasks_of(plan)
    table.rows.clear()
    return plan


def tasks_of(plan: Plan) -> Table:
    table = find_table(plan, "tasks")
    assert table is not None
    return table


#: Columns of plan 004's table that its office uses: with those that the page shows only when asked for.
SHOWN = ("number", "task", "lead", "objective", "scope", "time", "total", "funding.central", "funding.local",
         "funding.central_investment", "funding.central_recurrent", "funding.local_investment",
         "funding.local_recurrent", "funding.oda", "funding.other", "security", "carried_over", "note")  # fmt: skip


def opened_at_tasks(folder: Path, plan: Plan) -> None:
    """The store as the program left it yesterday: this plan open, at its list of tasks."""
    with Store(folder) as store:
        store.add(plan)
    settings = Settings(folder)
    settings.set("last_plan", plan.id)
    settings.set("places", {plan.id: "table:tasks"})
    settings.set("unit", {"unit_name": plan.unit_name})
    settings.set("columns", {f"{plan.template}/tasks/period": {"shown": ["carried_over"]}})


def columns_of(plan: Plan) -> list[ScreenColumn]:
    return screen_columns(plan, tasks_of(plan), template.get(plan.template))


def shown(row: Row, field: str, plan: Plan, sums: Totals) -> str:
    """What an officer has on paper for a cell: nothing where the program adds up."""
    if row.group is not None and field == "total":
        return "" if row.stated_total is None else _amount(row.stated_total)
    text, computed = value_text(row, field, tasks_of(plan).unit, sums, template.get(plan.template))
    if field == "total" and row.years and len(set(row.years.values())) == 1:
        # As offices write it: "3.000 (600/năm)".
        return f"{text} ({_amount(next(iter(row.years.values())) or 0)}/năm)"
    return "" if computed else text


def _amount(amount: int) -> str:
    return format_amount(amount, "million")


def contents(plan: Plan) -> list[Any]:
    """All that a plan says, in order; not whether a document gives a field as empty or leaves it out."""
    return [
        (
            type(part).__name__,
            {
                name: getattr(part, name)
                for name in (*PLAIN[type(part)], *AS_JSON[type(part)])
                if name not in ("ordinal", "extra")
            },
        )
        for part in walk(plan)
    ]


def read(folder: Path, plan_id: str) -> list[Any]:
    with Store(folder) as store:
        return contents(store.read(plan_id))


# ---- plan 000, cell by cell


def test_the_eight_rows_of_a_real_plan_are_typed(screen: dict[str, str], tmp_path: Path) -> None:
    """One confirming key a cell: Tab, and Enter at the end of a row."""
    wanted = fixture_plan(0)
    opened_at_tasks(tmp_path, without_rows(fixture_plan(0)))
    empty = without_rows(fixture_plan(0))
    typed = [column for column in columns_of(empty) if column.is_editable and not column.optional]
    with running(screen, "--data", tmp_path) as program:
        for row in tasks_of(wanted).rows:
            _type_row(program, wanted, row, typed)
        wait_for_rows(tmp_path, len(tasks_of(wanted).rows))
        assert program.quit() == ""
    assert read(tmp_path, wanted.id) == contents(wanted)


def _type_row(program: Program, plan: Plan, row: Row, columns: list[ScreenColumn]) -> None:
    sums = compute(plan)
    for place, column in enumerate(columns):
        if column.is_mark:
            if getattr(row, column.field):
                program.press("space")
        else:
            program.type(shown(row, column.field, plan, sums))
        program.press("Tab" if place + 1 < len(columns) else "Return")


def wait_for_rows(folder: Path, count: int) -> None:
    """Until the last row is in the file; what is missing is told by who compares."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with Store(folder) as store:
            if store.connection.execute('SELECT count(*) FROM "row"').fetchone()[0] >= count:
                break
        time.sleep(0.2)
    time.sleep(0.5)


# ---- plan 004, Phụ lục IV, in one block from another program


def block(plan: Plan) -> list[list[str]]:
    """The table as an office has it in its spreadsheet: numbers, and all columns that the page shows."""
    sums, table = compute(plan), tasks_of(plan)
    numbers = row_numbers(table, numbering_of(table, template.get(plan.template)))
    columns = [column for column in columns_of(without_rows(fixture_plan(4))) if column.field in SHOWN]
    return [
        [numbers[id(row)] if column.field == "number" else shown(row, column.field, plan, sums) for column in columns]
        for row in walk_rows(table.rows)
    ]


def as_text(rows: list[list[str]]) -> tuple[str, str]:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('\n\t"') else text

    return "text/plain;charset=utf-8", "\r\n".join("\t".join(map(cell, row)) for row in rows) + "\r\n"


def as_html(rows: list[list[str]]) -> tuple[str, str]:
    from html import escape

    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row) + "</tr>\r\n"
        for row in rows
    )
    return "text/html", f"<html><body><table border=0>{cells}</table></body></html>"


@pytest.mark.parametrize("form", [as_text, as_html])
def test_a_real_table_is_pasted_as_one_block(screen: dict[str, str], tmp_path: Path, form) -> None:
    wanted = fixture_plan(4)
    kind, data = form(block(wanted))
    empty = without_rows(fixture_plan(4))
    # The columns of the spreadsheet are those of the page, also before anything is in it.
    tasks_of(empty).layout = tasks_of(wanted).layout
    opened_at_tasks(tmp_path, empty)
    others = sum(len(list(walk_rows(table.rows))) for table in empty.tables)
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROGRAM, kind], env=screen, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin is not None and other.stdout is not None
        other.stdin.write(data.encode("utf-8"))
        other.stdin.close()
        assert other.stdout.readline() == b"there\n"
        try:
            with running(screen, "--data", tmp_path) as program:
                program.press("Home", "ctrl+v")
                wait_for_rows(tmp_path, others + len(block(wanted)))
                assert program.quit() == ""
        finally:
            other.kill()
    assert read(tmp_path, wanted.id) == contents(wanted)
