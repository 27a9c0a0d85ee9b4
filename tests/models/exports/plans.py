"""Small plans made in code, for the tests of exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models import document, template
from models.plan import Plan, Row, Table, place
from models.template import Column, Layout, Source, TableSpec, Template

FIXTURES = Path(__file__).parents[2] / "fixtures"
ID = "0d0c4a5e-6f0e-4a39-9a52-2f6f1f6d2a11"


def fixture(number: int) -> tuple[Plan, Template]:
    plan = document.read(FIXTURES / f"plan-00{number}.json")
    return plan, template.get(plan.template)


def task(name: str, *rows: Row, **fields: Any) -> Row:
    return _with(Row(task=name, **fields), rows)


def group(name: str, *rows: Row) -> Row:
    return _with(Row(group=name), rows)


def _with(row: Row, rows: tuple[Row, ...]) -> Row:
    row.rows = list(rows)
    place(row.rows)
    return row


def table(*rows: Row, **fields: Any) -> Table:
    made = Table(**{"key": "tasks", "title": "NHIỆM VỤ NĂM 2022"} | fields)
    made.rows = list(rows)
    place(made.rows)
    return made


def register(*rows: list[str], columns: list[str], **fields: Any) -> Table:
    return table(*(Row(cells=cells) for cells in rows), **{"columns": columns, "key": "software"} | fields)


def plan(*tables: Table, **fields: Any) -> Plan:
    values: dict[str, Any] = {
        "id": ID,
        "revision": 3,
        "template": "thu",
        "period_from": 2022,
        "period_to": 2022,
        "unit_parent": "UBND TỈNH A",
        "unit_name": "SỞ NỘI VỤ",
        "unit_code": "SNV",
        "place": "Tỉnh A",
        "number": "5",
        "symbol": "KH-SNV",
        "year": 2021,
        "month": 10,
        "day": 6,
        "subject": "Phát triển Chính quyền số năm 2022",
    }
    made = Plan(**values | fields)
    made.tables = list(tables)
    place(made.tables)
    return made


def make_template(*columns: Column, numbered: bool = False, words: bool = False, **fields: Any) -> Template:
    """A template whose table ``tasks`` has these columns: by default name, total, two sources, three years, note."""
    columns = columns or (
        Column(field="task", label="Tên nhiệm vụ", width=60),
        Column(field="total", label="Tổng", width=25),
        Column(field="funding.local", label="NSĐP", head="Nguồn vốn", width=20),
        Column(field="funding.central", label="NSTW", head="Nguồn vốn", width=20),
        Column(field="years.2022", label="2022", head="Phân kỳ", width=20),
        Column(field="years.2023", label="2023", head="Phân kỳ", width=20),
        Column(field="note", label="Ghi chú", width=30),
    )
    layout = Layout(key="thu", label="Thử", columns=columns, numbered=numbered)
    values: dict[str, Any] = {
        "id": "thu",
        "version": 1,
        "name": "Mẫu thử",
        "summary": "",
        "years": 1,
        "default_from": 2022,
        "addressee": "Sở A",
        "subject": "",
        "outline": ("I", "1"),
        "sources": (
            Source(key="local", label="Ngân sách địa phương", short="NSĐP"),
            Source(key="central", label="Ngân sách trung ương", short="NSTW"),
        ),
        "sections": (),
        "tables": (
            TableSpec(
                key="tasks", title="Nhiệm vụ", span="plan", numbering=("I", "1", "a"), words=words, layouts=(layout,)
            ),
            TableSpec(key="software", title="Phần mềm", columns=("Tên",)),
        ),
    }
    return Template(**values | fields)
