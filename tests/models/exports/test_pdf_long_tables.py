"""Long tables measured in the PDF: no row lost, none cut, none over another, order kept; cells that rows share."""

from __future__ import annotations

import random
import re
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import template
from models.columns import layout_of
from models.exports import pdf
from models.plan import Plan, Row, place
from models.template import Column, Template
from tests.models.exports.grid import Cell, cells
from tests.models.exports.measured import Sheet, sheets
from tests.models.exports.plans import group, make_template, plan, table, task
from tests.plans import fixture_plan, some

_TEXTS = ("task", "objective", "lead", "note")
_TOKEN = re.compile(r"h(\d+)c(\d+)t(\d+)")


def columns(**merged: bool) -> tuple[Column, ...]:
    return (
        Column(field="task", label="Tên nhiệm vụ", width=60),
        Column(field="objective", label="Mục tiêu", width=60),
        Column(field="lead", label="Chủ trì", width=30),
        Column(field="total", label="Tổng", width=25),
        Column(field="note", label="Ghi chú", width=30, merged=merged.get("note", False)),
    )


def words(row: int, column: int, count: int) -> str:
    """Words that tell the row and the column they belong to."""
    return " ".join(f"h{row}c{column}t{number}" for number in range(count))


def printed(made: Plan, known: Template) -> list[Sheet]:
    return sheets(pdf.render(made, known))


def appendix(found: list[Sheet]) -> list[Sheet]:
    first = next(at for at, sheet in enumerate(found) if sheet.lines()[0].text.startswith("Phụ lục"))
    return found[first:]


def size_of(pages: list[Sheet]) -> float:
    """The size of the letters in the table: that of its number label."""
    return next(piece.size for piece in pages[0].body if piece.text == "TT")


def in_columns(pages: list[Sheet]) -> dict[int, list[Cell]]:
    """The cells of each column in the order they are read, without the head of each page."""
    found = [cell for cell in cells(pages, size_of(pages)) if not all(piece.bold for piece in cell.pieces)]
    return {
        column: list(own)
        for column, own in groupby(sorted(found, key=lambda cell: cell.column), key=lambda cell: cell.column)
    }


def test_two_thousand_tasks_with_long_texts() -> None:
    """Every word of every row once, in its own cell and column, the rows in order; the numbers and amounts too."""
    random_ = random.Random(4)
    counts = [[random_.choice((1, 3, 8, 20, 45)) for _column in _TEXTS] for _row in range(2000)]
    rows = [
        task(
            words(number, 0, count[0]), objective=words(number, 1, count[1]), lead=words(number, 2, count[2] // 4 + 1),
            note=words(number, 3, count[3] // 2 + 1), total=(number + 1) * 1_000_000,
        )
        for number, count in enumerate(counts)
    ]  # fmt: skip
    pages = appendix(printed(plan(table(*rows, numbering=["1"])), make_template(*columns())))
    found = in_columns(pages)
    assert sorted(found) == [0, 1, 2, 3, 4, 5]
    for column, at in ((1, 0), (2, 1), (3, 2), (5, 3)):
        seen = []
        for cell in found[column]:
            tokens = _TOKEN.findall(cell.text)
            assert "".join(cell.text.split()) == "".join(f"h{r}c{c}t{t}" for r, c, t in tokens)
            # One row's words alone in one cell, and of this column.
            assert len({row for row, _column, _number in tokens}) == 1
            assert {int(c) for _row, c, _number in tokens} == {at}
            seen += [(int(row), int(number)) for row, _column, number in tokens]
        wanted = [
            (row, number)
            for row, task_row in enumerate(rows)
            for number in range(len((getattr(task_row, _TEXTS[at]) or "").split()))
        ]
        assert seen == wanted
    assert [cell.text for cell in found[0]] == [str(number) for number in range(1, 2001)]
    amounts = [f"{number:,}".replace(",", ".") for number in range(1, 2001)]
    assert [cell.text for cell in found[4]] == amounts
    # Of one row all stands level: in the same band between two rules.
    tops = [[(cell.page, cell.top) for cell in found[column]] for column in (0, 1, 4)]
    assert tops[0] == tops[1] == tops[2]


def test_only_rows_longer_than_a_page_are_cut() -> None:
    rows = [task(words(number, 0, 3), objective=words(number, 1, 30 + 900 * (number % 5 == 3))) for number in range(20)]
    pages = appendix(printed(plan(table(*rows, numbering=["1"])), make_template(*columns())))
    found = in_columns(pages)
    on_pages: dict[int, set[int]] = {}
    seen = []
    for cell in found[2]:
        for row, _column, number in _TOKEN.findall(cell.text):
            on_pages.setdefault(int(row), set()).add(cell.page)
            seen.append((int(row), int(number)))
    assert seen == [(row, number) for row in range(20) for number in range(30 + 900 * (row % 5 == 3))]
    for row, found_on in on_pages.items():
        assert (len(found_on) > 1) == (row % 5 == 3)


# ---- cells that tasks share


def noted(*notes: str, lines: int = 1) -> Plan:
    rows = [task(words(number, 0, 3 * lines), note=note, total=1_000_000) for number, note in enumerate(notes)]
    return plan(table(*rows, numbering=["1"]))


def test_equal_neighbours_share_one_cell() -> None:
    made = noted("", "NSĐP", "NSĐP", "NSĐP", "NSTW", "NSĐP", "")
    pages = appendix(printed(made, make_template(*columns(note=True))))
    found = in_columns(pages)
    assert [cell.text for cell in found[5]] == ["NSĐP", "NSTW", "NSĐP"]
    rows = {int(_TOKEN.findall(cell.text)[0][0]): cell for cell in found[1]}
    shared = found[5][0]
    assert (shared.top, shared.bottom) == (rows[1].top, rows[3].bottom)
    # In its middle, as in a row of its own.
    (piece,) = shared.pieces
    assert abs(piece.y + piece.size * 0.3 - (shared.top + shared.bottom) / 2) < 2
    # Unmerged, each row has its own.
    found = in_columns(appendix(printed(made, make_template(*columns()))))
    assert [cell.text for cell in found[5]] == ["NSĐP", "NSĐP", "NSĐP", "NSTW", "NSĐP"]


def test_the_notes_of_the_plan_of_a_period_are_merged() -> None:
    known = template.get("chinh-quyen-so-2021-2025")
    made = fixture_plan(4)
    columns_shown = layout_of(made, made.tables[-1], known).columns
    assert [column.field for column in columns_shown if column.merged] == ["note"]


def test_no_cell_goes_over_a_group() -> None:
    rows = [group("Nhóm", task("Một", note="NSĐP"), task("Hai", note="NSĐP")), group("Nhóm", task("Ba", note="NSĐP"))]
    found = in_columns(appendix(printed(plan(table(*rows)), make_template(*columns(note=True)))))
    assert [cell.text for cell in found[5]] == ["NSĐP", "NSĐP"]


def test_a_shared_cell_is_repeated_on_each_page() -> None:
    made = noted(*["Nguồn chung của tỉnh"] * 120, lines=6)
    pages = appendix(printed(made, make_template(*columns(note=True))))
    assert len(pages) > 3
    found = in_columns(pages)
    assert [(cell.page, cell.text) for cell in found[5]] == [
        (page, "Nguồn chung của tỉnh") for page in range(len(pages))
    ]


def test_rows_are_as_low_as_their_own_texts() -> None:
    """A note of four lines over eight rows of one line does not make each of them four lines high."""
    note = "Nguồn sự nghiệp công nghệ thông tin của tỉnh giao hằng năm cho các sở, ngành " * 2
    rows = [task(words(0, 0, 1), note="Khác")] + [task(words(number, 0, 1), note=note) for number in range(1, 9)]
    pages = appendix(printed(plan(table(*rows, numbering=["1"])), make_template(*columns(note=True))))
    found = in_columns(pages)
    heights = [cell.top - cell.bottom for cell in found[1]]
    assert len(found[5][1].pieces) >= 3
    assert max(heights) < 2 * min(heights)


@given(
    notes=st.lists(
        st.sampled_from(["", "NSĐP", "Nguồn chung " * 12, "Nguồn khác " * 40, "NSTW"]), min_size=1, max_size=30
    ),
    lines=st.lists(st.sampled_from([1, 2, 5, 12, 40, 200]), min_size=30, max_size=30),
    groups=st.integers(1, 9),
    both=st.booleans(),
)
@some(0.3)
def test_shared_cells_lose_nothing_and_overlap_nothing(
    notes: list[str], lines: list[int], groups: int, both: bool
) -> None:
    rows: list[Row] = []
    for number, note in enumerate(notes):
        if number % (groups * 4) == 0:
            rows.append(group("Nhóm " * (lines[number] // 12 + 1), *([group("Nhóm con")] if both else [])))
        above = rows[-1].rows[-1] if both else rows[-1]
        above.rows.append(task(words(number, 0, lines[number]), note=note.strip(), lead=note.strip()[:30]))
        place(above.rows)
    shown = columns(note=True)
    if both:
        shown = (*shown[:2], Column(field="lead", label="Chủ trì", width=30, merged=True), *shown[3:])
    made = plan(table(*rows, numbering=["I", "1", "a"], title="NHIỆM VỤ"))
    pages = appendix(printed(made, make_template(*shown)))
    found = in_columns(pages)
    tokens = [(int(row), int(number)) for cell in found.get(1, []) for row, _c, number in _TOKEN.findall(cell.text)]
    assert tokens == [(row, number) for row, _note in enumerate(notes) for number in range(lines[row])]
    if any(notes):
        # Each note stands at least once for each of its runs, and a run is found on each page it goes over.
        whole = "".join("".join(cell.text.split()) for cell in found[5])
        assert all("".join(note.split()) in whole for note in notes)


@pytest.mark.parametrize("count", range(2, 30))
def test_a_group_is_kept_with_the_rows_that_share_a_cell(count: int) -> None:
    note = "Nguồn sự nghiệp công nghệ thông tin của tỉnh giao hằng năm"
    rows = [task(words(number, 0, 2), note="Khác") for number in range(count)]
    rows.append(group("NHÓMMỘT", group("NHÓMHAI", task(words(90, 0, 1), note=note), task(words(91, 0, 1), note=note))))
    for sheet in appendix(printed(plan(table(*rows)), make_template(*columns(note=True)))):
        texts = " ".join(piece.text for piece in sheet.body)
        assert ("NHÓMMỘT" in texts) == ("NHÓMHAI" in texts) == ("h90c0t0" in texts)


def test_two_line_heads_and_the_row_of_column_numbers_stand_on_each_page() -> None:
    rows = [task(words(number, 0, 12), total=number * 1_500_000, years={"2022": 1}) for number in range(90)]
    pages = appendix(printed(plan(table(*rows)), make_template(numbered=True)))
    assert len(pages) > 2
    for sheet in pages:
        head = {piece.text: piece for piece in sheet.body}
        over, under = head["Phân kỳ"], head["2022"]
        assert over.y > under.y
        numbers = [piece for piece in sheet.body if piece.italic and piece.text in "12345678" and piece.y < under.y]
        assert [piece.text for piece in sorted(numbers, key=lambda piece: piece.x)] == list("12345678")
        assert len({piece.y for piece in numbers}) == 1
        # In the middle of their columns, the amounts' label as well.
        middles = {round((piece.x + piece.right) / 2) for piece in numbers}
        assert round((under.x + under.right) / 2) in middles
    # Whole amounts end at one place; where there are decimals, the comma stands there.
    (*_found, amounts) = (in_columns(pages)[column] for column in (1, 2))
    ends = []
    for (piece,) in (cell.pieces for cell in amounts if not cell.pieces[0].italic):
        decimals = piece.text.partition(",")[2]
        ends.append(piece.right - (len(decimals) / 2 + 0.25) * piece.size * bool(decimals))
    assert len(ends) == 90 and max(ends) - min(ends) < 0.1
