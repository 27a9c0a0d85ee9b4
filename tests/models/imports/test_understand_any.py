"""Whatever an office's table looks like: nothing fails, and nothing is dropped unsaid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models import template
from models.imports.grid import Area, Cell, Grid
from models.imports.table_parts import split
from models.imports.understand import FIELDS, Mapping, guess, joined, shape, understand
from models.imports.understood import Kind
from models.plan import Table, walk_rows
from models.totals import compute_table
from tests.offices.nothing_lost import lost

_HEADS = [
    "TT", "STT", "Tên nhiệm vụ, dự án", "Nội dung", "Mục tiêu", "Quy mô", "Đơn vị chủ trì", "Thời gian", "Kinh phí (trđ)",
    "Tổng mức đầu tư", "Nguồn vốn", "NSTW", "NSĐP SN", "Năm 2021", "Năm 2022", "2023", "Ghi chú", "Kết quả", "ĐVT", "",
    "Phần mềm", "Hiện trạng", "ATTT", "Đơn vị phối hợp", "Họ và tên", "Trích yếu", "Số, ký hiệu",
]  # fmt: skip
_TEXTS = [
    "", "", "1", "2", "I", "II", "a", "b)", "1.1", "2.1", "A", "-", "*", "250", "4.009,772", "4,009.772", "3.000 (600/năm)",
    "Hàng năm", "2021-2025", "Sở A", "NSĐP (Vốn đầu tư): 4; Khác: 1", "Tổng cộng", "Cộng (I)", "Tổng (A+B):", "và tiếp theo",
    "Nâng cấp phần mềm", "DỰ ÁN CNTT", "(1)", "(2)", "x", "Đơn vị tính: triệu đồng", "I. Nhóm đầu", "#REF!", "99999999999999999",
    "1.5", "Bằng chữ: năm", "Người lập biểu", "NSTW", "STT", "31/02/2022",
]  # fmt: skip


_LETTERS = st.text("aàđ1., -\n", max_size=12).map(str.strip)
_CELL = st.one_of(
    st.builds(Cell, st.sampled_from(_TEXTS), bold=st.booleans()),
    st.builds(Cell, st.sampled_from(_TEXTS)),
    st.builds(Cell, _LETTERS),
    (st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6, allow_nan=False)).map(
        lambda number: Cell(str(number).replace(".", ","), number)
    ),
    st.just(Cell("", fault="Công thức không có kết quả.")),
)
_HEAD = st.builds(Cell, st.sampled_from(_HEADS), bold=st.just(True))
_WIDTHS = range(1, 7)
_ROWS = {width: st.lists(st.lists(_CELL, min_size=width, max_size=width), max_size=8) for width in _WIDTHS}
_HEAD_ROWS = {width: st.lists(_HEAD, min_size=width, max_size=width) for width in _WIDTHS}
_AREAS = st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=4)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 6))
    rows = draw(_ROWS[width])
    if draw(st.booleans()):
        rows.insert(min(1, len(rows)), draw(_HEAD_ROWS[width]))
    rows = rows or [[Cell("x")] * width]
    merges: list[Area] = []
    for place in draw(_AREAS):
        top, left = place[0] % len(rows), place[1] % width
        bottom, right = min(top + place[2] % 4, len(rows) - 1), min(left + place[3] % 4, width - 1)
        if any(top <= area[2] and bottom >= area[0] and left <= area[3] and right >= area[1] for area in merges):
            continue
        merges.append((top, left, bottom, right))
        for row in range(top, bottom + 1):
            for at in range(left, right + 1):
                rows[row][at] = rows[top][left]
    return Grid("S", rows, merges, hidden_rows=frozenset(draw(st.sets(st.integers(0, 3), max_size=1))))


@given(grids(), st.sampled_from(template.known()))
def test_nothing_is_dropped_unsaid(grid: Grid, used: str) -> None:
    found = understand(grid, template.get(used))
    assert lost(found) == []
    assert len(found.role) == len(grid.rows) and len(found.mapping.columns) == grid.width
    assert all(doubt.message for doubt in found.doubts)
    compute_table(Table(rows=found.rows), {})
    assert shape(grid, found.mapping) == shape(grid, guess(grid, template.get(used)))


@given(grids(), st.data())
def test_nothing_is_dropped_whatever_the_user_says(grid: Grid, data: st.DataObject) -> None:
    fields = [*FIELDS, "funding.local_recurrent", "years.2022", "cells"]
    kind: Kind = data.draw(st.sampled_from(["tasks", "register", "other"]))
    choice = ["number", "cells", ""] if kind == "register" else fields[:-1]
    columns = [data.draw(st.sampled_from(choice)) for _at in range(grid.width)]
    # Two columns of one amount are added up; the window does not let it come to that.
    columns = [
        "note" if field in columns[:at] and field.startswith(("total", "funding.", "years.")) else field
        for at, field in enumerate(columns)
    ]
    first = data.draw(st.integers(-1, len(grid.rows) - 1))
    unit = data.draw(st.sampled_from(["", "dong", "thousand", "million"]))
    mapping = Mapping(kind, (first, first), columns, unit, "", data.draw(st.integers(0, len(grid.rows) + 2)))
    mapping.notation = data.draw(st.sampled_from(["", "english", "vietnamese"]))
    found = understand(grid, template.get("chinh-quyen-so-2022"), mapping)
    assert found.mapping.columns == columns
    assert lost(found) == []


@given(grids(), grids())
def test_parts_and_joints_lose_no_row(one: Grid, other: Grid) -> None:
    parts = [part for grid in (one, other) for part in split(grid)]
    assert sum(len(part.rows) for part in parts) == len(one.rows) + len(other.rows)
    used = template.get("chinh-quyen-so-2022")
    for found in joined([understand(part, used) for part in parts]):
        assert lost(found) == []
        assert len(list(walk_rows(found.rows))) == sum(role in ("group", "task", "part") for role in found.role)
