"""The page of export: real files, in the background."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from models import document as plan_document
from models.errors import ExportError
from models.exports import package
from models.settings import Settings
from models.store import Store
from tests.plans import small_plan
from tests.ui.exporting import export_page, finish
from tests.ui.main_window import window_of, workspace_of
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui import exporting, worker
from ui.document import Document
from ui.exporting import Extras, Result
from ui.pages.export import ExportPage


def test_a_final_export_writes_and_raises_the_revision(clean: Document, shown: Show, tmp_path: Path) -> None:
    page = export_page(clean, tmp_path)
    shown(page)
    before = clean.plan.revision
    page.final.click()
    assert page.is_running
    assert page.stop_button.isVisible()
    finish(page)
    assert clean.plan.revision == clean.store.read(clean.plan.id).revision == before + 1
    result = page.result.result
    assert result is not None
    assert page.result.isVisible()
    for kind, (name, size) in result.files.items():
        assert (tmp_path / name).stat().st_size == size
        assert page.result.names[kind].text() == name
    assert package.verify(tmp_path / result.files["package"][0]).ok
    assert Settings(tmp_path).get("export_folder") == str(tmp_path)


def test_a_plan_with_errors_gives_only_a_draft(document: Document, shown: Show, tmp_path: Path) -> None:
    page = export_page(document, tmp_path)
    shown(page)
    asked: list[bool] = []
    page.findings_requested.connect(lambda: asked.append(True))
    assert not page.final.isEnabled()
    assert any("phải hết lỗi" in label.text() and label.isVisible() for label in page.findChildren(QLabel))
    page.findings_button.click()
    assert asked == [True]
    before = document.plan.revision
    page.draft.click()
    finish(page)
    assert document.plan.revision == before
    assert len(list(tmp_path.glob("*-duthao.*"))) == 3


def test_errors_are_refused_even_before_the_window_knows(document: Document, tmp_path: Path) -> None:
    data = plan_document.dump(document.plan)
    with pytest.raises(ExportError):
        exporting.export(data, tmp_path, False, lambda _fraction: True)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_that_is_gone_is_a_sentence(clean: Document, shown: Show, tmp_path: Path) -> None:
    page = export_page(clean, tmp_path)
    page.folder.field.setText(str(tmp_path / "không có"))
    shown(page)
    page.final.click()
    finish(page)
    assert "không có" in page.failure.text()
    assert page.failure.isVisible()
    assert not page.result.isVisible()
    assert clean.plan.revision == clean.store.read(clean.plan.id).revision == small_plan().revision


def test_stopping_leaves_nothing(clean: Document, shown: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exporting.export

    def slow(data: object, folder: Path, draft: bool, progress: worker.Progress, extras: Extras) -> Result:
        while progress(0.1):
            pass
        return whole(data, folder, draft, progress, extras)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "export", slow)
    page = export_page(clean, tmp_path)
    shown(page)
    page.final.click()
    page.stop_button.click()
    finish(page)
    assert list(tmp_path.glob("*.pdf")) == []
    assert clean.plan.revision == small_plan().revision
    assert not page.failure.isVisible()
    assert page.final.isEnabled()


def test_an_edit_makes_the_result_old(clean: Document, shown: Show, tmp_path: Path) -> None:
    page = export_page(clean, tmp_path)
    shown(page)
    page.draft.click()
    finish(page)
    clean.set(clean.plan, "place", "Huế", "Sửa địa danh")
    assert any("đã được sửa" in label.text() and label.isVisible() for label in page.findChildren(QLabel))


def test_the_revision_is_kept_when_the_plan_is_left_too_late(clean: Document, tmp_path: Path) -> None:
    """Files that are written bear their revision, whether or not anybody still looks."""
    store, plan_id = clean.store, clean.plan.id
    left = Document(store, plan_id)
    page = export_page(left, tmp_path)
    hand_over = page._on_done
    page.deleteLater()
    left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    hand_over(Result(tmp_path, {}, "K7Q2-9MXD", 7, False, b"zip"))
    assert store.read(plan_id).revision == 7


def test_leaving_the_plan_while_it_is_exported_is_told(app: QApplication, store: Store, folder: Path) -> None:
    with window_of(store, folder, small_plan()) as window:
        workspace = workspace_of(window)
        workspace.enter_place("export")
        page = workspace.page
        assert isinstance(page, ExportPage)
        page.folder.field.setText(str(folder))
        page.start(True)
        window.show_list()
        assert "việc kết xuất dừng lại" in window.messages.text()
        assert wait_for(lambda: not isValid(page))
