"""An office's workbook read and understood, against openpyxl merely reading it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from models import template
from models.imports import sheets
from models.imports.understand import understand
from models.plan import Row, Table, adopt
from tests.benchmarks.figure import Figure, compare
from tests.offices.workbooks import Guise, save

_ROWS = 2000
_COLUMNS = [
    ("number", "TT", ""), ("task", "Tên nhiệm vụ, dự án", ""), ("objective", "Mục tiêu", ""), ("lead", "Đơn vị chủ trì", ""),
    ("time", "Thời gian thực hiện", ""), ("total", "Tổng số", "Kinh phí"), ("funding.local_recurrent", "NSĐP SN", "Kinh phí"),
    ("funding.local_investment", "NSĐP ĐTPT", "Kinh phí"), ("note", "Ghi chú", ""),
]  # fmt: skip


def _table() -> Table:
    rows = []
    for group in range(20):
        tasks = [_task(group, number) for number in range(_ROWS // 20 - 1)]
        rows.append(Row(group=f"Nhóm nhiệm vụ số {group + 1}", rows=tasks))
    table = Table(key="tasks", rows=rows, stated_total=1)
    adopt(table)
    return table


def _task(group: int, number: int) -> Row:
    amount = (number + 1) * 10**6
    return Row(
        task=f"Nâng cấp, mở rộng hệ thống thông tin số {group}.{number} phục vụ công tác chỉ đạo, điều hành",
        objective="Đáp ứng yêu cầu hoạt động chỉ đạo, quản lý, điều hành của cơ quan và phục vụ người dân",
        lead=f"Sở số {number % 30}", time="2022", total=amount, funding={"local_recurrent": amount}, note="NSĐP",
    )  # fmt: skip


def _merely_read(path: Path) -> None:
    from openpyxl import load_workbook

    for sheet in load_workbook(path, data_only=True).worksheets:
        for _values in sheet.iter_rows(values_only=True):
            pass


def _understand(path: Path) -> None:
    used = template.get("chinh-quyen-so-2022")
    for grid in sheets.read(path):
        found = understand(grid, used)
        assert len(found.rows) == 20


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        guise = Guise(_COLUMNS, unit_line="Đơn vị tính: triệu đồng", styles=("I", "1"), column_numbers="1")
        path = save(Path(folder) / "b.xlsx", (_table(), guise))
        yield compare(
            f"import of a workbook of {_ROWS:,} rows / openpyxl merely reading it",
            lambda: _understand(path), lambda: _merely_read(path), 3.0, 5,
        )  # fmt: skip
