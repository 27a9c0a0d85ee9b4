"""Tables of the Word file, opened with python-docx: cells, heads, amounts, what stays together."""

from __future__ import annotations

from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Twips

from models import template
from models.exports import content, docx, phrases
from models.exports.cells import PrintedTable, printed_table
from models.exports.docx_xml import clean
from models.plan import Plan
from models.template import Column
from models.text import appendices
from models.totals import compute
from tests.models.exports.plans import make_template, table
from tests.models.exports.plans import plan as bare_plan
from tests.models.exports.plans import task as bare_task
from tests.models.exports.word import grid_of, is_head, is_whole, opened, task_tables
from tests.plans import MILLION, NUMBERS, fixture_plan, group, register, small_plan, task, tasks


def render(plan: Plan, **options: Any) -> bytes:
    return docx.render(plan, template.get(plan.template), **options)


def paragraph_of(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


def shown_cells(printed: PrintedTable) -> list[list[str]]:
    """The texts of a table's cells by row; what stands over several columns once."""
    rows = [([clean(text) for text in row.cells], row) for row in printed.rows]
    return [cells[: row.at + 1] + cells[row.at + row.span :] for cells, row in rows]


@pytest.mark.parametrize("number", NUMBERS)
def test_tables_hold_the_cells_that_are_printed(number: int) -> None:
    plan = fixture_plan(number)
    made_from = template.get(plan.template)
    totals = compute(plan)
    shown = [item.table for item in content.body(plan, made_from, totals) if isinstance(item, content.InBody)]
    made = task_tables(opened(render(plan)))
    expected = [printed_table(plan, one, made_from, totals) for one in [*shown, *appendices(plan, made_from)]]
    assert len(made) == len(expected)
    for found, printed in zip(made, expected, strict=True):
        heads = [row for row in found.rows if is_head(row)]
        assert len(heads) == 1 + any(column.head for column in printed.columns) + printed.numbered
        assert all(is_head(row) for row in found.rows[: len(heads)])
        assert grid_of(found)[len(heads) :] == shown_cells(printed)


def test_heads_of_two_lines_and_the_row_of_numbers() -> None:
    columns = make_template(numbered=True, words=True)
    made = opened(docx.render(bare_plan(table(bare_task("Một", total=2 * MILLION + 500_000))), columns))
    (found,) = task_tables(made)
    upper, lower, counts = grid_of(found)[:3]
    assert upper == ["TT", "Tên nhiệm vụ", "Tổng", "Nguồn vốn", "Phân kỳ", "Ghi chú"]
    assert lower == ["TT", "Tên nhiệm vụ", "Tổng", "NSĐP", "NSTW", "2022", "2023", "Ghi chú"]
    assert counts == [str(number) for number in range(1, 9)]
    merges = [cell._tc.vMerge for cell in found.rows[0].cells]
    assert merges.count("restart") == 4
    assert paragraph_of(made, "Bằng chữ").text == "(Bằng chữ: Hai triệu năm trăm nghìn đồng)."
    assert paragraph_of(made, "Đơn vị tính").text == "Đơn vị tính: triệu đồng"


def test_groups_and_the_total_are_bold_and_stay_with_their_neighbours() -> None:
    made = opened(render(small_plan(tasks(group("Nhóm", task("Một", MILLION), task("Hai", 2 * MILLION)), task("Ba")))))
    (found,) = task_tables(made)
    rows = {row.cells[1].text or row.cells[0].text: row for row in found.rows}
    total = found.rows[-1]
    for row in (rows["Nhóm"], total):
        assert all(cell.paragraphs[0].style.font.bold for cell in row.cells if cell.text)
    assert rows["Nhóm"].cells[1].paragraphs[0].paragraph_format.keep_with_next
    assert rows["Ba"].cells[1].paragraphs[0].paragraph_format.keep_with_next
    assert not rows["Một"].cells[1].paragraphs[0].paragraph_format.keep_with_next
    assert total.cells[0].text == phrases.TOTAL


def test_amounts_stand_right_with_their_commas_below_each_other() -> None:
    made = opened(render(small_plan(tasks(task("Một", 250 * MILLION), task("Hai", 4_009_772_000)))))
    (found,) = task_tables(made)
    indents = {}
    for row in found.rows:
        for cell in row.cells:
            if cell.text in ("250", "4.009,772", "4.259,772"):
                paragraph = cell.paragraphs[0]
                assert paragraph.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
                indents[cell.text] = paragraph.paragraph_format.right_indent or 0
    # ",772" takes a quarter and three halves of the size.
    size = task_tables(made)[0].rows[1].cells[0].paragraphs[0].style.font.size
    assert indents["4.009,772"] == indents["4.259,772"] == 0
    assert indents["250"] == pytest.approx(1.75 * size, abs=2000)


def test_a_row_longer_than_a_page_may_be_cut_and_no_other() -> None:
    made = opened(render(small_plan(tasks(task("Ngắn", MILLION), task("Dài", MILLION, objective="mục tiêu " * 3000)))))
    (found,) = task_tables(made)
    assert [is_whole(row) for row in found.rows] == [True, True, False, True]


def test_a_head_higher_than_a_page_is_no_head() -> None:
    plan = small_plan(tasks(task("Một", MILLION)), register(["a", "b"], columns=["Tên " * 1500, "Năm"]))
    found = task_tables(opened(render(plan)))[1]
    assert not any(is_head(row) for row in found.rows)
    assert found.rows[0].cells[1].text == ("Tên " * 1500).strip() or found.rows[0].cells[1].text == "Tên " * 1500


def test_an_empty_table_says_so() -> None:
    plan = small_plan(tasks())
    found = task_tables(opened(render(plan)))
    assert found and phrases.NOTHING in grid_of(found[0])[-1]


def test_unknown_amounts_are_empty_and_zero_is_zero() -> None:
    (found,) = task_tables(opened(render(small_plan(tasks(task("Một"), task("Hai", 0))))))
    amounts = {row.cells[1].text: [cell.text for cell in row.cells] for row in found.rows}
    assert "0" in amounts["Hai"] and "0" not in amounts["Một"]


def test_tasks_of_equal_text_share_a_cell_where_the_template_says_so() -> None:
    columns = make_template(
        Column(field="task", label="Tên", width=60), Column(field="note", label="Ghi chú", width=30, merged=True)
    )
    rows = [bare_task(name, note=note) for name, note in (("a", "x"), ("b", "x"), ("c", "y"), ("d", ""), ("e", ""))]
    (found,) = task_tables(opened(docx.render(bare_plan(table(*rows)), columns)))
    cells = [row._tr.tc_lst[2] for row in found.rows[1:]]
    assert [cell.vMerge for cell in cells] == ["restart", "continue", None, None, None]
    assert [row[2] for row in grid_of(found)[1:]] == ["x", "x", "y", "", ""]


def test_a_shared_cell_never_goes_on_where_its_text_is_not_seen() -> None:
    columns = make_template(
        Column(field="task", label="Tên", width=60), Column(field="note", label="Ghi chú", width=30, merged=True)
    )
    made = docx.render(bare_plan(table(*(bare_task("Việc " * 80, note="x") for _number in range(40)))), columns)
    (found,) = task_tables(opened(made))
    rows = [row._tr for row in found.rows[1:]]
    runs = "".join({"restart": "r", "continue": "c", None: "-"}[row.tc_lst[2].vMerge] for row in rows)
    assert len(runs) == 40 and runs.count("r") > 2 and "cr" in runs
    for row, own, following in zip(rows, runs, runs[1:] + "-", strict=True):
        kept = [tc.p_lst[0].pPr.find(qn("w:keepNext")) is not None for tc in row.tc_lst]
        assert kept == [own in "rc" and following == "c"] * 3


# ---- charts


def test_a_chart_is_a_table_with_bars_as_long_as_its_amounts() -> None:
    rows = [
        task("Một", 400 * MILLION, lead="Sở A"),
        task("Hai", 100 * MILLION, lead="Sở B"),
        task("Ba", 0, lead="Sở C"),
    ]
    made = opened(render(small_plan(tasks(*rows), print_options={"charts": True})))
    chart = made.tables[-1]
    assert [[row[0], *row[2:]] for row in grid_of(chart)] == [
        ["Sở A", "400", "80%"], ["Sở B", "100", "20%"], ["Sở C", "0", "0%"], ["Tổng cộng", "500", "100%"],
    ]  # fmt: skip
    gap = chart.rows[0].cells[1]._tc.tcPr.find(f"./{qn('w:tcMar')}/{qn('w:left')}")
    room = chart.columns[1].width - Twips(int(gap.get(qn("w:w"))))
    lengths = []
    for row in chart.rows:
        paragraph = row.cells[1].paragraphs[0]
        shaded = paragraph._p.pPr.find(qn("w:shd")) is not None
        lengths.append((room - paragraph.paragraph_format.right_indent) / room if shaded else 0)
    assert lengths == pytest.approx([1, 0.25, 0, 0], abs=0.01)
