"""Blocks of cells copied, cut, pasted, filled down and cleared on the page of a table."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from models import document as documents
from models.blocks import write_text
from models.money import format_amount
from models.plan import walk_rows
from models.store import Store
from tests.plans import fixture_plan
from tests.ui.copied import as_html, clipboard_text, empty_page, on_clipboard, select, told
from tests.ui.sheet import agrees, cell, column, go, page_of, steps
from ui.tables import blocks

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_ADD = QItemSelectionModel.SelectionFlag.Select


# ---- copy and cut


def test_what_is_copied_is_what_is_shown(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    page.document.set(page.table.rows[1], "security", True, "Thử")
    select(page, 0, "lead", 1, "security")
    assert blocks.copy(page.view)
    lead, time_, other = page.table.rows[0].lead, page.table.rows[0].time, page.table.rows[1]
    assert clipboard_text() == (
        f"{lead}\t{time_}\t250\t\n{other.lead}\t{other.time}\t{format_amount(other.total or 0, 'million')}\t✓\n"
    )
    assert "<td>250</td>" in QApplication.clipboard().mimeData().html()


def test_computed_totals_are_copied_too(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    row = page.table.rows[1].rows[0]
    assert row.group is not None and row.stated_total is None
    place = page.model.place_of(row)
    select(page, place, "task", place, "total")
    blocks.copy(page.view)
    texts = clipboard_text().rstrip("\n").split("\t")
    assert texts[0] == row.group and texts[-1] == "80.596"


def test_a_ragged_selection_copies_its_box_without_hidden_columns(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    page.view.setFocus()
    page.view.setColumnHidden(column(page, "objective"), True)
    page.view.selectionModel().select(cell(page, 0, "task"), _SELECT)
    for row, field in ((0, "objective"), (2, "lead"), (2, "objective")):
        page.view.selectionModel().select(cell(page, row, field), _ADD)
    blocks.copy(page.view)
    rows = page.table.rows
    assert clipboard_text() == f"{rows[0].task}\t\n\t\n\t{rows[2].lead}\n"


def test_moved_columns_are_copied_and_pasted_as_they_stand(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    header = page.view.horizontalHeader()
    header.moveSection(header.visualIndex(column(page, "time")), header.visualIndex(column(page, "lead")))
    page.view.selectionModel().select(cell(page, 0, "lead"), _SELECT)
    page.view.selectionModel().select(cell(page, 0, "time"), _ADD)
    blocks.copy(page.view)
    rows = page.table.rows
    assert clipboard_text() == f"{rows[0].time}\t{rows[0].lead}\n"
    go(page, 1, "time")
    on_clipboard("2022\tPhòng A")
    blocks.paste(page)
    assert (rows[1].time, rows[1].lead) == ("2022", "Phòng A")


def test_copied_cells_are_pasted_as_equal_ones(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    page.document.set(page.table.rows[2], "security", True, "Thử")
    select(page, 0, "task", 7, "note")
    blocks.copy(page.view)
    go(page, 8, "task")
    before = steps(page)
    blocks.paste(page)
    # What was pasted is selected, so that it is seen and can be gone on with.
    assert page.view.selected_places() == list(range(8, 16))
    assert steps(page) == before + 1
    fields = ("task", "objective", "lead", "time", "time_from", "time_to", "total", "security", "note")
    for old, new in zip(page.table.rows[:8], page.table.rows[8:], strict=True):
        assert [getattr(old, field) for field in fields] == [getattr(new, field) for field in fields]
    agrees(page)


def test_cut_takes_away_what_it_copies_in_one_step(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    start = documents.to_bytes(page.document.plan)
    note, name = page.table.rows[0].note, page.table.rows[0].task
    select(page, 0, "total", 1, "note")
    blocks.cut(page)
    assert clipboard_text().startswith("250\t\t" + note)
    assert [row.total for row in page.table.rows[:2]] == [None, None] and not page.table.rows[0].note
    assert page.table.rows[0].task == name
    assert page.document.undo_label() == "Cắt"
    page.document.undo()
    assert documents.to_bytes(page.document.plan) == start


def test_clear_empties_all_that_is_selected_in_one_step(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    start = documents.to_bytes(page.document.plan)
    select(page, 0, "task", page.model.rowCount() - 1, "note")
    blocks.clear(page)
    tasks = [row for row in walk_rows(page.table.rows) if row.group is None]
    assert not any(row.task or row.total or row.funding or row.years or row.security or row.note for row in tasks)
    assert all(row.group in (None, "") for row in walk_rows(page.table.rows))
    assert steps(page) == 1
    page.document.undo()
    assert documents.to_bytes(page.document.plan) == start


# ---- paste


def test_a_paste_larger_than_the_table_adds_rows(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    go(page, 6, "lead")
    on_clipboard("A\t2021\t1\r\nB\t2022\t2,5\r\n\t\t\r\nC\tQuý 4/2022\t4.009,772\r\n")
    blocks.paste(page)
    rows = page.table.rows
    assert [row.lead for row in rows[6:]] == ["A", "B", "C"]
    assert [row.total for row in rows[6:]] == [1_000_000, 2_500_000, 4_009_772_000]
    assert (rows[8].task, rows[8].time, rows[8].time_from) == ("", "Quý 4/2022", 2022)
    agrees(page)


def test_rows_are_added_where_typing_would_add_them(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    group = page.table.rows[1].rows[1]
    count = len(group.rows)
    go(page, len(page.model.rows), "task")
    on_clipboard("Một\nHai")
    blocks.paste(page)
    assert [row.task for row in group.rows[count:]] == ["Một", "Hai"]


def test_one_value_fills_the_selection(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    select(page, 1, "lead", 3, "time")
    on_clipboard("2022")
    blocks.paste(page)
    assert [(row.lead, row.time, row.time_from) for row in page.table.rows[1:4]] == [("2022", "2022", 2022)] * 3
    assert page.table.rows[4].lead != "2022"
    assert steps(page) == 1


def test_lines_of_word_go_one_under_the_other(app: QApplication, store: Store) -> None:
    page = empty_page(store)
    go(page, 0, "task")
    on_clipboard('Mua sắm máy tính\r\n"Đề án 06" giai đoạn 2\r\n\r\nĐào tạo\x0bcán bộ\x07\r\n')
    blocks.paste(page)
    assert [row.task for row in page.table.rows] == ["Mua sắm máy tính", '"Đề án 06" giai đoạn 2', "Đào tạo\ncán bộ"]


def test_a_table_wins_over_text(app: QApplication, store: Store) -> None:
    page = empty_page(store)
    go(page, 0, "task")
    on_clipboard("khác", as_html([["Một\nhai", "Mục tiêu"]]))
    blocks.paste(page)
    assert (page.table.rows[0].task, page.table.rows[0].objective) == ("Một\nhai", "Mục tiêu")
    go(page, 0, "task")
    on_clipboard("Bốn", "<p>không có bảng</p>")
    blocks.paste(page)
    assert page.table.rows[0].task == "Bốn"


def test_what_else_was_copied_is_told(app: QApplication, store: Store) -> None:
    page = empty_page(store)
    lines = told(page)
    go(page, 0, "task")
    on_clipboard(html="<p>Phụ lục</p>" + as_html([["a"], ["b"]]))
    blocks.paste(page)
    assert [row.task for row in page.table.rows] == ["a", "b"]
    assert [kind for kind, _sentence in lines] == ["info"] and "bảng lớn nhất" in lines[0][1]


def test_an_empty_clipboard_is_told(app: QApplication, store: Store) -> None:
    page = empty_page(store)
    lines = told(page)
    QApplication.clipboard().clear()
    blocks.paste(page)
    assert len(lines) == 1 and lines[0][0] == "info"
    assert steps(page) == 0


def test_a_register_takes_blocks(app: QApplication, store: Store) -> None:
    page = empty_page(store, "software")
    width = len(page.table.columns or [])
    go(page, 0, "cells.0")
    on_clipboard("A\t=SUM(A1:A3)\nB\t" + "dài" * 10_000)
    lines = told(page)
    blocks.paste(page)
    first, second = page.table.rows
    assert first.cells == ["A", "=SUM(A1:A3)", *[""] * (width - 2)]
    assert second.cells is not None and second.cells[:2] == ["B", ""]
    assert (id(second), "cells.1") in page.model.refusals and len(lines) == 1
    select(page, 0, "cells.0", 1, "cells.1")
    blocks.cut(page)
    assert first.cells[:2] == ["", ""]
    page.document.undo()
    assert first.cells[:2] == ["A", "=SUM(A1:A3)"]


def test_a_register_knows_its_own_heads(app: QApplication, store: Store) -> None:
    page = empty_page(store, "software")
    heads = page.table.columns or []
    go(page, 0, "cells.0")
    on_clipboard(write_text([["STT", *heads], ["1", *[f"ô {n}" for n in range(len(heads))]]]))
    lines = told(page)
    blocks.paste(page)
    assert [row.cells for row in page.table.rows] == [[f"ô {n}" for n in range(len(heads))]]
    assert len(lines) == 1 and lines[0][0] == "info"


# ---- fill down


def test_one_row_is_filled_from_the_one_above(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    rows = page.table.rows
    select(page, 3, "lead", 3, "total")
    blocks.fill_down(page)
    assert (rows[3].lead, rows[3].time, rows[3].total) == (rows[2].lead, rows[2].time, rows[2].total)
    go(page, 0, "lead")
    blocks.fill_down(page)
    assert steps(page) == 1
    go(page, 8, "lead")
    blocks.fill_down(page)
    assert len(rows) == 9 and rows[8].lead == rows[7].lead and rows[8].task == ""


def test_several_rows_are_filled_from_the_first(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(0))
    page.document.set(page.table.rows[1], "security", True, "Thử")
    select(page, 1, "total", 4, "security")
    blocks.fill_down(page)
    rows = page.table.rows
    assert [row.total for row in rows[1:5]] == [rows[1].total] * 4
    assert [row.security for row in rows[:6]] == [False, True, True, True, True, False]
    assert steps(page) == 2


def test_tasks_are_not_filled_from_groups(app: QApplication, store: Store) -> None:
    page = page_of(store, fixture_plan(4))
    group = page.table.rows[1].rows[1]
    task = group.rows[0]
    name = group.group
    above = page.model.rows[page.model.place_of(group) - 1]
    go(page, page.model.place_of(task), "lead")
    blocks.fill_down(page)
    assert task.lead == above.lead
    select(page, 0, "task", 6, "task")
    blocks.fill_down(page)
    assert [row.group for row in page.model.rows[:3]] == [page.table.rows[0].group] * 3
    assert [row.task for row in page.model.rows[3:7]] == [page.model.rows[3].task] * 4
    assert group.group == name
