"""Texts that Excel would take for something else, and sheet names that it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ExportError
from models.exports import xlsx
from models.exports.sheet_style import sheet_name, utf16_length
from tests.models.exports import office, strict
from tests.models.exports.plans import make_template, plan, table, task
from tests.models.exports.sheets import (
    MILLION,
    formulas,
    of_tables,
    row_of,
    same_values,
    values,
)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84 123", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1", "2021", "http://a.vn", "<r>x</r>", "_x0041_", "{=1}"],
)
def test_a_text_stays_that_text(text: str) -> None:
    made = plan(table(task(text, note=text), title=text), subject=text)
    data = xlsx.render(made, make_template())
    sheet = formulas(data)["Phụ lục"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(found) == 3
    assert {cell.data_type for cell in found} == {"s"}
    assert not any(cell.quotePrefix for cell in found)


def test_no_text_is_taken_for_the_xml_of_a_cell() -> None:
    """Wherever it stands: as the lead unit it is among the choices too."""
    text = "<r>A & B</r>"
    made = plan(table(task(text, note=text, lead=text), title=text), subject=text, unit_name=text)
    for fill_in in (False, True):
        strict.check(xlsx.render(made, make_template(), fill_in=fill_in))


def test_no_control_characters_get_into_the_file(tmp_path: Path) -> None:
    made = plan(table(task("a\x00b\x0b\x1f\uffff\tc\r\nd", total=1)), unit_name="Sở\x08 A")
    data = xlsx.render(made, make_template())
    assert formulas(data)["Phụ lục"].cell(row_of(formulas(data)["Phụ lục"], "TỔNG CỘNG") - 1, 2).value == "ab c\nd"
    office.recalculate(tmp_path, data)


def test_a_text_longer_than_a_cell_takes_is_an_error_with_its_place() -> None:
    made = plan(table(task("Việc", note="ghi " * 8192)))
    with pytest.raises(ExportError, match=r"“Ghi chú” ở dòng I của “NHIỆM VỤ NĂM 2022” dài hơn 32\.767 ký tự"):
        xlsx.render(made, make_template())
    xlsx.render(plan(table(task("Việc", note="x" * 32_767))), make_template())
    with pytest.raises(ExportError):
        xlsx.render(plan(table(task("Việc", note="\U0001f600" * 16_384))), make_template())


@given(
    st.lists(
        st.text(max_size=60) | st.sampled_from(["Phụ lục", "PHỤ LỤC", "'", "History", "x" * 40, "a/b"]), max_size=12
    )
)
def test_sheet_names_are_such_as_excel_takes(wanted: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in wanted]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < utf16_length(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"
        assert not name.startswith("'") and not name.endswith("'")


def test_sheets_of_odd_titles(tmp_path: Path) -> None:
    titles = [
        "A/B: [x]*?",
        "'Nháy'",
        "Trùng",
        "TRÙNG",
        "",
        "Một tiêu đề rất dài vượt quá ba mươi mốt ký tự",
        "Kế hoạch",
    ]
    made = plan(*(table(task("a", total=MILLION), title=title, section="x") for title in titles))
    data = xlsx.render(made, make_template(sections=()))
    [calculated] = office.recalculate(tmp_path, data)
    same_values(values(data), calculated)
    cover = calculated["Kế hoạch"]
    assert [cover.cell(row_of(cover, name), 5).value for name in [sheet.title for sheet in of_tables(calculated)]] == [
        1
    ] * len(titles)
