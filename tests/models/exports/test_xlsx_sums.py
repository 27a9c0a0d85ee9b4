"""Sums of tables that nobody thought of, against the program and LibreOffice."""

from __future__ import annotations

import io
import random
from pathlib import Path

from models import totals
from models.exports import xlsx
from models.money import UNITS
from models.plan import Row
from models.template import Column
from tests.models.exports import office
from tests.models.exports.plans import group, make_template, plan, table, task
from tests.models.exports.sheets import (
    MILLION,
    formulas,
    heads_of,
    of_tables,
    row_of,
    same_values,
    values,
    walk,
)


def random_rows(chance: random.Random, depth: int = 0, groups: bool = True) -> list[Row]:
    rows = []
    for number in range(chance.randint(1, 4)):
        below = random_rows(chance, depth + 1, groups) if depth < 3 and chance.random() < 0.5 else []
        if groups and chance.random() < 0.4:
            rows.append(group(f"nhóm {number}", *below))
            continue
        # Below a task there are only parts.
        if below:
            below = random_rows(chance, depth + 1, groups=False)
        fields: dict[str, object] = {}
        if chance.random() < 0.4:
            fields["total"] = random_amount(chance)
        if chance.random() < 0.4:
            fields["funding"] = {
                key: random_amount(chance) for key in ("local", "central", "oda") if chance.random() < 0.7
            }
        if chance.random() < 0.3:
            fields["years"] = {
                year: random_amount(chance) for year in ("2022", "2023", "2024") if chance.random() < 0.7
            }
        rows.append(task(f"việc {number}", *below, **fields))
    return rows


def random_amount(chance: random.Random) -> int | None:
    return chance.choice(
        [None, 0, 1, 250 * MILLION, 4_009_772_000, chance.randint(0, 10**12), chance.randint(0, 10**7)]
    )


def test_sums_of_random_tables_are_those_of_the_program(tmp_path: Path) -> None:
    chance = random.Random(20221)
    units = ("million", "thousand", "dong")
    tables = [
        table(*random_rows(chance), title=f"Bảng {n}", section="x", unit=units[n % 3], layout="thu") for n in range(60)
    ]
    made, template = plan(*tables), make_template()
    data = xlsx.render(made, template)
    [calculated] = office.recalculate(tmp_path, data)
    written = values(data)
    same_values(written, calculated)
    sums = totals.compute(made)
    for one, sheet in zip(tables, of_tables(calculated), strict=True):
        unit, heads, found = UNITS[one.unit], heads_of(sheet), sums.of(one)
        at = row_of(sheet, "TỔNG CỘNG")
        expected = {"Tổng": found.total}
        expected |= {"NSĐP": found.by_source.get("local", 0), "NSTW": found.by_source.get("central", 0)}
        expected |= {year: found.by_year.get(year, 0) for year in ("2022", "2023")}
        for head, amount in expected.items():
            if head in heads:
                assert round((sheet.cell(at, heads[head]).value or 0) * unit) == amount, (one.title, head)
        for number, row in enumerate(walk(one.rows)):
            cell = sheet.cell(row_of(sheet, "TỔNG CỘNG") - len(list(walk(one.rows))) + number, heads["Tổng"]).value
            assert (round(cell * unit) if cell not in (None, "") else None) == sums.row(row)


def test_sums_follow_a_changed_amount(tmp_path: Path) -> None:
    made = plan(
        table(
            group("Nhóm", task("Việc", task("a", funding={"local": MILLION}), task("b", total=2 * MILLION)), task("c"))
        )
    )
    book = formulas(xlsx.render(made, make_template()))
    sheet = book["Phụ lục"]
    sheet.cell(row_of(sheet, "a"), 4).value = 10.25
    sheet.cell(row_of(sheet, "c"), 3).value = 5
    stream = io.BytesIO()
    book.save(stream)
    [calculated] = office.recalculate(tmp_path, stream.getvalue())
    shown = calculated["Phụ lục"]
    assert [shown.cell(row_of(shown, text), 3).value for text in ("Việc", "Nhóm", "TỔNG CỘNG")] == [12.25, 17.25, 17.25]
    assert shown.cell(row_of(shown, "TỔNG CỘNG"), 4).value == 10.25
    cover = calculated["Kế hoạch"]
    assert cover.cell(row_of(cover, "Phụ lục"), 5).value == 17.25


def test_more_rows_to_add_than_a_sum_has_room_for(tmp_path: Path) -> None:
    """Every task has a part, so that the cells to be added are no range."""
    rows = [task(f"Việc {n}", task("phần", funding={"local": n * 1000})) for n in range(1, 601)]
    made = plan(table(group("Nhóm", *rows), task("Riêng", total=MILLION)))
    data = xlsx.render(made, make_template())
    sums = totals.compute(made).of(made.tables[0])
    [calculated] = office.recalculate(tmp_path, data)
    same_values(values(data), calculated)
    sheet = calculated["Phụ lục"]
    at = row_of(sheet, "TỔNG CỘNG")
    assert round(sheet.cell(at, 3).value * MILLION) == sums.total == 600 * 601 * 500 + MILLION
    assert formulas(data)["Phụ lục"].column_dimensions["I"].hidden
    longest = max(len(str(cell.value)) for row in formulas(data)["Phụ lục"].iter_rows() for cell in row)
    assert longest < 8192


def test_a_layout_without_a_total_column_still_has_a_total_on_the_cover() -> None:
    columns = (Column(field="task", label="Tên"), Column(field="funding.local", label="NSĐP"))
    made = plan(table(task("a", funding={"local": 3 * MILLION, "central": 4 * MILLION})))
    data = xlsx.render(made, make_template(*columns))
    cover = formulas(data)["Kế hoạch"]
    at = row_of(cover, "Phụ lục")
    assert cover.cell(at, 5).value == "=SUM('Phụ lục'!C8,'Phụ lục'!D8)"
    assert values(data)["Kế hoạch"].cell(at, 5).value == 7
