"""What the history says of an edit, and finding edits by it."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models.plan import Row, insert, move, remove
from models.store import compaction
from tests.keyboard import key, keys
from tests.ui.main_window import workspace_of
from tests.ui.showing import activate
from tests.ui.test_history import opened, texts, write
from tests.ui.waiting import wait_for
from ui.dialogs.history import HistoryDialog
from ui.main_window import MainWindow


def shut(window: MainWindow, dialog: HistoryDialog) -> None:
    """Close it, and be back in the window."""
    dialog.close()
    assert wait_for(lambda: QApplication.activeModalWidget() is None)
    activate(window)


def full_of(dialog: HistoryDialog) -> str:
    return dialog.full.toPlainText()


def test_a_line_says_what_was_changed_where(window: MainWindow) -> None:
    document = workspace_of(window).document
    table = document.plan.tables[0]
    row = table.rows[2]
    document.set(row, "total", 250_000_000, "Sửa kinh phí")
    document.set(row, "total", 300_000_000, "Sửa kinh phí")
    dialog = opened(window)
    text = full_of(dialog)
    assert f"{table.title} · " in text and "triệu đồng" in text
    assert f"Dòng 3: {row.task}" in text and "Kinh phí: 250 → 300 (+50)" in text
    # What is typed anew in a text is told by words.
    shut(window, dialog)
    document.set(document.plan, "unit_name", "Sở Nội vụ và Lao động", "Sửa tên đơn vị")
    dialog = opened(window)
    assert "Thông tin chung" in full_of(dialog) and "Sở Nội vụ và Lao động" in full_of(dialog)
    key(Qt.Key.Key_Down)
    assert "Kinh phí: 250 → 300 (+50)" in full_of(dialog)
    dialog.close()


def test_the_beginning_is_told_from_what_is_old(window: MainWindow) -> None:
    document = workspace_of(window).document
    document.set(document.plan, "unit_name", "Sở Nội vụ và Lao động", "Sửa tên đơn vị")
    dialog = opened(window)
    key(Qt.Key.Key_End)
    assert texts(dialog)[-1][0] == "Tạo kế hoạch" and full_of(dialog) == "Kế hoạch bắt đầu từ đây."
    dialog.close()


def test_rows_that_came_went_and_moved(window: MainWindow) -> None:
    document = workspace_of(window).document
    table = document.plan.tables[0]
    with document.edit("Thêm nhóm"):
        group = Row(group="Hạ tầng", rows=[Row(task="Mua máy chủ", total=10**9)])
        insert(table, group)
    inner = group.rows[0]
    document.set(inner, "lead", "Văn phòng", "Sửa đơn vị")
    with document.edit("Chuyển dòng"):
        move(table.rows[0], table, 1)
    with document.edit("Chuyển vào nhóm"):
        move(table.rows[0], group, 0)
    with document.edit("Xóa nhóm"):
        remove(group)
    dialog = opened(window)
    gone = full_of(dialog)
    assert "Hạ tầng · Bỏ" in gone and "Mua máy chủ · Bỏ" in gone and table.title in gone
    key(Qt.Key.Key_Down)
    assert "Vị trí: cấp ngoài cùng" not in full_of(dialog)
    assert f"Vị trí: {table.title} → Hạ tầng" in full_of(dialog)
    key(Qt.Key.Key_Down)
    assert "Chuyển chỗ" in full_of(dialog) and "Vị trí: xuống dưới" in full_of(dialog)
    key(Qt.Key.Key_Down)
    # The row is gone by now; it is called as it was when it went.
    assert "(nay không còn) Mua máy chủ · Sửa" in full_of(dialog) and "Đơn vị chủ trì: Văn phòng" in full_of(dialog)
    assert table.title in full_of(dialog)
    key(Qt.Key.Key_Down)
    assert "Hạ tầng · Thêm" in full_of(dialog) and "Kinh phí:  → 1.000" not in full_of(dialog)
    # Undone to the start, all of it is still told.
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: group not in table.rows and dialog.said.text() == "Kế hoạch đang ở đây.")
    key(Qt.Key.Key_Up)
    assert "Hạ tầng · Thêm" in full_of(dialog) and table.title in full_of(dialog)
    dialog.close()


def test_a_paste_of_many_rows_shows_some_and_counts_the_rest(window: MainWindow) -> None:
    document = workspace_of(window).document
    with document.edit("Dán"):
        for number in range(300):
            insert(document.plan.tables[0], Row(task=f"Việc {number}", total=number))
    dialog = opened(window)
    assert "Việc 0 · Thêm" in full_of(dialog) and "… và 260 chỗ khác." in full_of(dialog)
    dialog.close()


def test_a_text_is_no_html(window: MainWindow) -> None:
    document = workspace_of(window).document
    document.set(document.plan.tables[0].rows[0], "note", "<img src=x><b>đậm</b>", "Sửa ghi chú")
    dialog = opened(window)
    assert "<img src=x><b>đậm</b>" in full_of(dialog)
    dialog.close()


def test_what_is_too_old_is_said_to_be(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"STEPS": 3, "STEPS_TODAY": 3, "LEAST": 2}.items():
        monkeypatch.setattr(compaction, name, value)
    document = workspace_of(window).document
    write(document, "A", "B", "C", "D", "E")
    document.store.compaction.ask(document.plan.id)
    while document.store.compaction.step():
        pass
    dialog = opened(window)
    assert [state for _what, state in texts(dialog)] == ["hiện tại", "", "", "", "đã cũ", "đã cũ"]
    for _time in range(3):
        key(Qt.Key.Key_Down)
    assert dialog.said.text() == "Sẽ hoàn tác 3 việc." and "đã cũ" in full_of(dialog)
    key(Qt.Key.Key_Down)
    assert "cũ hơn những việc còn hoàn tác được" in dialog.said.text() and not dialog.button.isEnabled()
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == "B")
    dialog.close()


# ---- finding


def look_for(dialog: HistoryDialog, words: str) -> None:
    key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    keys(words)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: dialog._search is None)


def test_edits_are_found_by_words_of_what_they_changed(window: MainWindow) -> None:
    document = workspace_of(window).document
    row = document.plan.tables[0].rows[1]
    name = row.task
    document.set(row, "note", "Chờ thẩm định", "Sửa ghi chú")
    document.set(row, "total", 123_000_000, "Sửa kinh phí")
    document.set(document.plan, "signer_name", "Trần Thị B", "Sửa người ký")
    with document.edit("Xóa dòng"):
        remove(row)
    dialog = opened(window)
    whole = len(texts(dialog))
    for words, labels in (
        ("tham dinh", ["Xóa dòng", "Sửa ghi chú"]),
        ("123", ["Xóa dòng", "Sửa kinh phí"]),
        ("nguoi ky tran", ["Sửa người ký"]),
        ("sua ghi", ["Sửa ghi chú"]),
        (str(name), ["Xóa dòng", "Sửa kinh phí", "Sửa ghi chú"]),
        (f"{date.today():%d/%m/%Y} xoa", ["Xóa dòng"]),
    ):
        look_for(dialog, words)
        assert [label for label, _state in texts(dialog)] == labels, words
        assert dialog.count.text() == f"{len(labels)} trong {whole} dòng" and dialog.list.hasFocus()
        assert full_of(dialog)
    look_for(dialog, "không có đâu")
    assert texts(dialog) == [] and dialog.said.text() == "Không có dòng nào như vậy." and not dialog.button.isEnabled()
    # Esc empties the words first, then it closes.
    key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: len(texts(dialog)) == whole)
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: QApplication.activeModalWidget() is None)


def test_a_found_line_can_be_gone_back_to(window: MainWindow) -> None:
    document = workspace_of(window).document
    write(document, "Sở Một", "Sở Hai", "Sở Ba")
    dialog = opened(window)
    look_for(dialog, "sở một")
    # It is named where it was typed, and where it was typed over.
    assert len(texts(dialog)) == 2
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: document.plan.unit_name == "Sở Một")
    dialog.close()


def test_ten_thousand_lines_are_quick(window: MainWindow) -> None:
    document = workspace_of(window).document
    row = document.plan.tables[0].rows[0]
    store = document.store
    store.connection.execute("BEGIN")
    for number in range(10_000):
        edit = store.connection.execute(
            "INSERT INTO edit (plan_id, label, at, who) VALUES (?, 'Sửa kinh phí', ?, 'an')",
            (document.plan.id, f"2026-0{1 + number // 2000}-{1 + number // 100 % 28:02}T08:00:00"),
        ).lastrowid
        amounts = (f'{{"total": {10**6 * amount}}}' for amount in (number, number + 1))
        store.connection.execute(
            "INSERT INTO change (edit_id, part, key, before, after) VALUES (?, 'row', ?, ?, ?)",
            (edit, row.row_id, *amounts),
        )
    store.connection.execute("COMMIT")
    took = []
    for _time in range(2):
        began = process_time()
        dialog = opened(window)
        took.append(process_time() - began)
        assert len(texts(dialog)) > 10_000
        shut(window, dialog)
    assert min(took) < 0.6
    dialog = opened(window)
    look_for(dialog, "7.777")
    assert "7.777" in full_of(dialog) and len(texts(dialog)) == 2
    dialog.close()
