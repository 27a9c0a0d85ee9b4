"""The workbook to be filled in, the sheet of sums, and what both editions look like to strict readers."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from models import document, template, totals
from models.exports import xlsx
from models.exports.sheet_crossing import crossing
from models.plan import walk_rows, walk_sections
from tests.models.exports import office, strict
from tests.models.exports.plans import fixture, group, make_template, plan, table, task
from tests.models.exports.sheets import MILLION, formulas, of_tables, row_of, same_values, values, visible

EDITIONS = pytest.mark.parametrize("fill_in", [False, True], ids=["as submitted", "to be filled in"])


@EDITIONS
@pytest.mark.parametrize("number", range(5))
def test_a_strict_reader_finds_nothing(number: int, fill_in: bool) -> None:
    made, used = fixture(number)
    strict.check(xlsx.render(made, used, draft=True, code="7K3F-9QXM", fill_in=fill_in))


def test_libreoffice_recalculates_the_same_and_prints_every_name(tmp_path: Path) -> None:
    sources, plans = [], []
    for number in range(5):
        for fill_in in (False, True):
            made, used = fixture(number)
            sources.append(tmp_path / f"{number}-{fill_in}.xlsx")
            sources[-1].write_bytes(xlsx.render(made, used, fill_in=fill_in))
            plans.append(made)
    calculated = office.recalculate(tmp_path, *(source.read_bytes() for source in sources))
    for source, book in zip(sources, calculated, strict=True):
        same_values(values(source.read_bytes()), book)
    for made, pdf in zip(plans, office.convert(tmp_path, "pdf", *sources), strict=True):
        printed = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        found = squeezed(printed)
        for one in made.tables:
            for row in walk_rows(one.rows):
                for text in [row.task or row.group or "", *(row.cells or [])]:
                    # A row over two pages has the foot of the page in its middle.
                    assert all(squeezed(word) in found for word in text.split("\n")[0].split()[:6]), (pdf.name, text)
        if "True" in pdf.name:
            assert all(squeezed(section.heading) in found for section in walk_sections(made.sections)), pdf.name


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- filled in by hand


def locked(sheet: Any, row: int) -> list[bool]:
    return [bool(cell.protection.locked) for cell in sheet[row]]


def test_entries_are_open_and_sums_and_heads_closed() -> None:
    made = plan(table(group("Nhóm", task("a", total=MILLION), task("b", funding={"local": MILLION}))))
    sheet = formulas(xlsx.render(made, make_template(), fill_in=True))["Phụ lục"]
    assert sheet.protection.sheet and not sheet.protection.password
    assert not sheet.protection.insertRows and not sheet.protection.deleteRows and not sheet.protection.formatRows
    head, at, total = row_of(sheet, "Tên nhiệm vụ"), row_of(sheet, "Nhóm"), row_of(sheet, "TỔNG CỘNG")
    width = next(cell.column for cell in sheet[head + 1] if str(cell.value).startswith("khs:"))
    assert all(locked(sheet, head)[: width - 1]) and all(locked(sheet, total)[: width - 1])
    assert locked(sheet, at)[:3] == [False, False, True]
    for row in (at + 1, at + 2, at + 10):
        assert not any(locked(sheet, row)[:width]), row


def test_groups_can_be_folded_in_the_submitted_edition() -> None:
    made, used = fixture(4)
    book = formulas(xlsx.render(made, used))
    assert not book["Phụ lục IV"].protection.sheet
    assert book["Phụ lục I"].protection.sheet and book["Kế hoạch"].protection.sheet


def test_blank_rows_are_in_the_sums() -> None:
    made = plan(
        table(group("Nhóm", task("a", total=MILLION)), group("Rỗng")), table(key="khac", title="Khác", section="x")
    )
    data = xlsx.render(made, make_template(), fill_in=True)
    one, other = (sheet for sheet in of_tables(formulas(data)) if sheet.title in ("Phụ lục", "Khác"))
    at, end = row_of(one, "Nhóm"), row_of(one, "TỔNG CỘNG")
    empty = row_of(one, "Rỗng")
    assert (empty - at, end - empty) == (17, 16)
    total = next(cell.column_letter for row in one.iter_rows() for cell in row if cell.value == "Tổng")
    assert one[f"{total}{at}"].value == f"=SUM({total}{at + 1}:{total}{empty - 1})"
    assert f"{total}{empty + 1}:{total}{end - 1}" in one[f"{total}{empty}"].value
    assert row_of(other, "TỔNG CỘNG") - row_of(other, "TT") >= 16


def test_lists_limits_and_hints() -> None:
    made, used = fixture(4)
    sheet = formulas(xlsx.render(made, used, fill_in=True))["Phụ lục IV"]
    rules = {min(area.min_col for area in rule.sqref.ranges): rule for rule in sheet.data_validations.dataValidation}
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    mark = rules[heads["ATTT (x)"]]
    assert (mark.type, mark.formula1, mark.showErrorMessage) == ("list", '"x"', True)
    lead = rules[heads["Đơn vị chủ trì"]]
    assert lead.type == "list" and "_khs" in lead.formula1 and not lead.showErrorMessage
    amount = rules[heads["2021"]]
    assert (amount.type, amount.formula1, amount.formula2) == ("decimal", "0", str(10**9))
    assert "Ô này nhận số theo triệu đồng" in amount.error
    assert {rule.prompt for rule in rules.values() if rule.prompt}
    assert "kiểu I, 1, 1.1" in rules[1].prompt


def test_every_field_has_a_column_and_every_part_a_sheet() -> None:
    made, used = fixture(0)
    book = formulas(xlsx.render(made, used, fill_in=True))
    assert [sheet.title for sheet in visible(book)] == [
        "Kế hoạch", "Tổng hợp", "Thông tin", "Căn cứ", "Số liệu", "Phụ lục", "Lời văn",
    ]  # fmt: skip
    texts = {cell.value for row in book["Phụ lục"].iter_rows(max_row=10) for cell in row}
    assert {source.short for source in used.sources} <= texts
    assert {"ATTT (x)", "Chuyển tiếp (x)", "Kết quả"} <= texts
    assert document.to_bytes(made) == document.to_bytes(fixture(0)[0])
    assert template.get(made.template) is used


# ---- the sheet of sums


def test_sums_by_source_and_year_lead_into_the_sheets() -> None:
    rows = [
        task("a", funding={"local": 3 * MILLION}, years={"2022": 2 * MILLION, "2023": MILLION}),
        task("b", funding={"local": MILLION, "central": 4 * MILLION}, years={"2023": 5 * MILLION}),
        task("c", total=7 * MILLION),
    ]
    made = plan(table(*rows), period_to=2023)
    data = xlsx.render(made, make_template())
    sheet = values(data)["Tổng hợp"]
    at = row_of(sheet, "Nguồn vốn")
    found = [[cell.value for cell in row][:5] for row in sheet.iter_rows(min_row=at, max_row=at + 4)]
    assert found == [
        ["Nguồn vốn", "Năm 2022", "Năm 2023", "Chưa phân theo năm", "Tổng cộng"],
        ["Ngân sách địa phương", 2, 2, 0, 4],
        ["Ngân sách trung ương", 0, 4, 0, 4],
        ["Chưa tách được theo nguồn vốn", 0, 0, 7, 7],
        ["Tổng cộng", 2, 6, 7, 15],
    ]
    formula = formulas(data)["Tổng hợp"].cell(at + 1, 3).value
    assert formula.startswith("=SUMIF('Phụ lục'!$K$") and '"y2023"' in formula and '"s0"' in formula
    assert len(formulas(data)["Tổng hợp"]._charts) == 2


def test_a_plan_without_amounts_has_no_sums() -> None:
    made, used = fixture(1)
    assert "Tổng hợp" not in formulas(xlsx.render(made, used)).sheetnames


@pytest.mark.parametrize("number", [0, 2, 3, 4])
def test_the_crossing_never_gives_more_than_there_is(number: int) -> None:
    made, used = fixture(number)
    sums = totals.compute(made)
    for one in made.tables:
        if not one.is_register and sums.of(one).costed:
            found = crossing(made, one, used, sums.of(one))
            for key in found.sources:
                assert (
                    sum(a for (source, _y), a in found.amounts.items() if source == key) <= sums.of(one).by_source[key]
                )
