"""The dialog of the final exports: what it lists, gives out again, opens and compares, all by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from models.plan import Row, insert, remove, walk_rows
from models.store import Store
from tests.keyboard import ALT, CTRL, SHIFT, focused, key
from tests.plans import fixture_plan, small_plan
from tests.ui.kept_exports import export, export_without_files
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.program import contents
from tests.ui.waiting import wait_for
from ui.dialogs import revisions
from ui.dialogs.revisions import RevisionsDialog
from ui.main_window import MainWindow
from ui.widgets.change_lines import Line

MILLION = 10**6


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder, small_plan(revision=0)) as made:
        yield made


@pytest.fixture(autouse=True)
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that did not say where files go asks nobody."""
    choose(monkeypatch, None)


@pytest.fixture
def files(window: MainWindow) -> list[dict[str, bytes]]:
    """Two final exports, between them and after them an edit each."""
    document = workspace_of(window).document
    made = [export(document)]
    with document.edit("Sửa") as plan:
        first, second = plan.tables[0].rows
        first.total, first.lead = 130 * MILLION, "Phòng Tài chính"
        remove(second)
        insert(plan.tables[0], Row(task="Đào tạo", total=7 * MILLION, lead="Văn phòng", time="2022"))
    made.append(export(document))
    document.set(document.plan, "signer_name", "Trần Thị B", "Sửa người ký")
    return made


def opened(window: MainWindow) -> RevisionsDialog:
    key(Qt.Key.Key_E, CTRL | SHIFT)
    dialog = dialog_of(window)
    assert isinstance(dialog, RevisionsDialog)
    return dialog


def choose(monkeypatch: pytest.MonkeyPatch, answer: Path | None) -> None:
    name = "" if answer is None else str(answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: name)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (name, ""))


def done(dialog: RevisionsDialog) -> bool:
    return wait_for(lambda: dialog._job is None)


def test_before_the_first_export_it_tells_how_to_make_one(window: MainWindow) -> None:
    dialog = opened(window)
    assert dialog._pages.currentWidget() is not dialog.revisions
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: QApplication.activeModalWidget() is None)
    assert workspace_of(window).place == "export"


def test_the_newest_is_first(window: MainWindow, files: list[dict[str, bytes]]) -> None:
    store, plan_id = window.store, workspace_of(window).document.plan.id
    store.keep_signed(plan_id, 1, b"%PDF-signed")
    dialog = opened(window)
    tree = dialog.revisions.list
    rows = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    kept = store.exports(plan_id)
    assert [(row.text(0), row.text(3), row.text(5)) for row in rows if row] == [
        ("2", kept[0].code, "chưa ký"),
        ("1", kept[1].code, "đã ký"),
    ]
    assert focused() is tree and [dialog.revisions.other.itemText(at)[:14] for at in range(2)] == [
        "Kế hoạch hiện ",
        "Lần kết xuất 1",
    ]
    dialog.close()


def test_an_export_is_given_out_again(
    window: MainWindow, files: list[dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Xuất lại"
    target.mkdir()
    dialog = opened(window)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    assert focused() is dialog.revisions.again
    choose(monkeypatch, None)
    key(Qt.Key.Key_Space)
    assert contents(target) == {} and dialog.said.text() == ""
    choose(monkeypatch, target)
    key(Qt.Key.Key_Space)
    assert done(dialog) and contents(target) == files[0]
    assert str(target) in dialog.said.text() and dialog.open_folder.isVisible()
    # What is there and is another stays as it is.
    pdf = next(target.glob("*.pdf"))
    pdf.write_bytes(b"signed")
    dialog.revisions.again.click()
    assert done(dialog) and "không ghi đè" in dialog.said.text() and pdf.read_bytes() == b"signed"
    assert not dialog.open_folder.isVisible()
    dialog.close()


def test_the_pdf_is_opened_from_a_copy(
    window: MainWindow, files: list[dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def open_it(path: Path) -> bool:
        seen.append(path)
        return len(seen) < 3

    monkeypatch.setattr(revisions, "_open", open_it)
    dialog = opened(window)
    dialog.revisions.open_pdf.click()
    assert done(dialog) and seen[0].read_bytes() == files[1][seen[0].name]
    assert seen[0].name in dialog.said.text()
    # The one that came back signed is shown in its place.
    window.store.keep_signed(workspace_of(window).document.plan.id, 2, b"%PDF-1.7 signed")
    dialog.revisions.open_pdf.click()
    assert done(dialog) and seen[1].read_bytes() == b"%PDF-1.7 signed"
    dialog.revisions.open_pdf.click()
    assert done(dialog) and dialog.said.text().startswith("Máy không có chương trình mở tệp PDF")
    dialog.close()


def compared(dialog: RevisionsDialog) -> list[Line]:
    assert wait_for(lambda: dialog._pages.currentWidget() is dialog.changes)
    return list(dialog.changes.model.lines)


def shown(lines: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.name, line.what, line.difference) for line in lines]


def test_enter_compares_with_the_plan_as_it_stands(window: MainWindow, files: list[dict[str, bytes]]) -> None:
    dialog = opened(window)
    key(Qt.Key.Key_Return)
    assert shown(compared(dialog)) == [("Thông tin chung", "", ""), ("Họ và tên", "Sửa", "")]
    assert dialog.intro.text().startswith("Các nhiệm vụ không đổi. Tổng: 137 triệu đồng.")
    assert focused() is dialog.changes.list
    assert "Trần Thị B" in dialog.changes.full.toPlainText()
    # Esc goes back to the list, and only from there out of the dialog.
    key(Qt.Key.Key_Escape)
    assert focused() is dialog.revisions.list
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: QApplication.activeModalWidget() is None)


def test_two_exports_are_compared_the_older_first(window: MainWindow, files: list[dict[str, bytes]]) -> None:
    dialog = opened(window)
    key(Qt.Key.Key_Down)
    dialog.revisions.other.setCurrentIndex(1)
    dialog.revisions.compare.click()
    assert shown(compared(dialog)) == [
        ("Nhiệm vụ", "triệu đồng", "+17"),
        ("Mua máy", "Sửa: đơn vị chủ trì, kinh phí", "+30"),
        ("Đào tạo", "Thêm", "+7"),
        ("Diệt vi-rút", "Bỏ", "-20"),
    ] or shown(compared(dialog)) == [
        ("Nhiệm vụ", "triệu đồng", "+17"),
        ("Mua máy", "Sửa: đơn vị chủ trì, kinh phí", "+30"),
        ("Diệt vi-rút", "Bỏ", "-20"),
        ("Đào tạo", "Thêm", "+7"),
    ]
    assert "Lần kết xuất 1" in dialog.title.text() and dialog.title.text().index("xuất 1") < dialog.title.text().index(
        "xuất 2"
    )
    assert dialog.intro.text() == "Nhiệm vụ: thêm 1, bỏ 1, sửa 1. Tổng: 120 → 137 triệu đồng (+17)."
    assert "Kinh phí: 100 → 130 (+30)" in dialog.changes.full.toPlainText()
    key(Qt.Key.Key_Down)
    assert dialog.changes.full.toPlainText().startswith(("3 Đào tạo", "2 Đào tạo", "2 Diệt vi-rút"))
    dialog.close()


def test_the_comparison_as_a_workbook(
    window: MainWindow, files: list[dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window)
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Return)
    compared(dialog)
    choose(monkeypatch, tmp_path / "so sánh")
    while focused() is not dialog.workbook:
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    assert done(dialog) and dialog.said.text() == f"Đã ghi “{tmp_path / 'so sánh.xlsx'}”."
    book = openpyxl.load_workbook(tmp_path / "so sánh.xlsx")
    assert book.sheetnames == ["Tóm tắt", "Nhiệm vụ", "Nội dung"]
    (tmp_path / "so sánh.xlsx").unlink()
    choose(monkeypatch, tmp_path / "không có" / "so sánh.xlsx")
    dialog.workbook.click()
    assert done(dialog) and "thư mục không tồn tại" in dialog.said.text()
    dialog.close()


def test_nothing_changed(window: MainWindow) -> None:
    export(workspace_of(window).document)
    dialog = opened(window)
    key(Qt.Key.Key_Return)
    assert compared(dialog) == [] and dialog.intro.text() == "Hai bản không khác nhau về nội dung."
    assert not dialog.workbook.isVisible() and focused() is dialog.back
    dialog.close()


@pytest.mark.parametrize("work", ["again", "open_pdf", "compare"])
def test_a_damaged_package_is_one_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    workspace_of(window).document.keep_export(1, "Kết xuất", "AAAA-BBBB", b"PK\x03\x04 no package")
    choose(monkeypatch, tmp_path / "ra")
    dialog = opened(window)
    getattr(dialog.revisions, work).click()
    assert done(dialog) and dialog.said.text().startswith("Gói giữ trong kho dữ liệu không còn nguyên vẹn")
    assert dialog._pages.currentWidget() is dialog.revisions and not (tmp_path / "ra").exists()
    dialog.close()


def test_closed_while_it_compares(window: MainWindow, files: list[dict[str, bytes]]) -> None:
    dialog = opened(window)
    dialog.revisions.compare.click()
    dialog.close()
    QTest.qWait(300)
    assert QApplication.activeModalWidget() is None


def test_a_long_plan_does_not_hold_the_window_up(
    app: QApplication, store: Store, folder: Path, tick: Callable[[], float]
) -> None:
    """Thousands of lines are shown as they are scrolled to."""
    plan = small_plan(revision=0)
    plan.tables[0].rows.clear()
    for number in range(3_000):
        insert(plan.tables[0], Row(task=f"Việc số {number}", lead="Văn phòng", time="2022", total=number))
    with window_of(store, folder, plan) as window:
        document = workspace_of(window).document
        export_without_files(document)
        with document.edit("Sửa") as held:
            for row in walk_rows(held.tables[0].rows):
                row.total = (row.total or 0) + 1
        dialog = opened(window)
        tick()
        key(Qt.Key.Key_Return)
        assert len(compared(dialog)) == 3_001
        # The plan is written down first; all else is done in a thread.
        assert tick() < 0.5
        key(Qt.Key.Key_End)
        assert "Việc số 2999" in dialog.changes.full.toPlainText()
        dialog.close()


@pytest.fixture
def tick(app: QApplication) -> Iterator[Callable[[], float]]:
    """The longest time (seconds) that the window did not answer since it was asked the last time."""
    import time

    from PySide6.QtCore import QTimer

    last, longest = time.perf_counter(), 0.0

    def beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    def read() -> float:
        nonlocal last, longest
        found, longest, last = longest, 0.0, time.perf_counter()
        return found

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(1)
    yield read
    timer.stop()


def test_the_dialog_of_a_real_plan(app: QApplication, store: Store, folder: Path) -> None:
    """Plan 004: groups, parts, a register."""
    with window_of(store, folder, fixture_plan(4)) as window:
        document = workspace_of(window).document
        export(document)
        with document.edit("Sửa") as plan:
            plan.tables[0].rows[5].cells = ["khác"]
            remove(plan.tables[-1].rows[0].rows[0])
        dialog = opened(window)
        key(Qt.Key.Key_Return)
        lines = compared(dialog)
        assert any(line.table is not None and line.table.is_register for line in lines)
        for row in range(len(lines)):
            dialog.changes.list.setCurrentIndex(dialog.changes.model.index(row, 0))
            assert dialog.changes.full.toPlainText()
        key(Qt.Key.Key_F4, ALT)
        dialog.close()
