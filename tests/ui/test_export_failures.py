"""A final export that fails at any of its steps: neither files without a kept revision, nor one without files."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import ExportError, StoreError
from models.exports import files, xlsx
from models.store import Store
from tests.models.exports.drives import At, bad_memory, contents, failing
from tests.plans import small_plan
from tests.ui.exporting import export_page, finish
from tests.ui.program import Program, is_sentence
from tests.ui.showing import Show
from ui import exporting
from ui.document import Document
from ui.exporting import Result
from ui.pages.export import ExportPage

REVISION = small_plan().revision + 1
NAMES = {f"KH-2022_SB_{REVISION}.{end}" for end in ("pdf", "xlsx", "zip")}


def raising(error: BaseException) -> Callable[..., object]:
    def fail(*_args: object, **_options: object) -> object:
        raise error

    return fail


def fail_to_build(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(xlsx, "render", raising(ExportError("Bảng quá dài.")))


def no_room(patch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)
    patch.setattr(shutil, "disk_usage", lambda _folder: usage)


def fail_to_flush(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fsync", At(os.fsync, 2, failing(errno.ENOSPC)))


def read_otherwise(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fsync", At(os.fsync, 3, bad_memory(os.fsync)))


def fail_to_replace(patch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def replace(source: Path, to: Path) -> None:
        if source.suffix == ".tmp" and to.suffix == ".xlsx" and to.read_bytes() == b"earlier too":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        real(source, to)

    patch.setattr(os, "replace", replace)


def spoil_once_replaced(patch: pytest.MonkeyPatch) -> None:
    real = files._read_back
    patch.setattr(files, "_read_back", lambda path: b"" if path.suffix == ".zip" else real(path))


def fail_to_keep(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Store, "keep_export", raising(StoreError("Kho dữ liệu không ghi được.")))


def fail_in_the_store(patch: pytest.MonkeyPatch) -> None:
    """Where the last write of a transaction finds no room."""
    patch.setattr("models.store.writer.Writer.keep_export", raising(StoreError("Kho dữ liệu đã đầy.")))


STEPS = [
    fail_to_build, no_room, fail_to_flush, read_otherwise, fail_to_replace, spoil_once_replaced, fail_to_keep,
    fail_in_the_store,
]  # fmt: skip


def kept(document: Document) -> tuple[int, int, list[int]]:
    """The revision in memory and in the store, and those of the exports kept."""
    store, plan_id = document.store, document.plan.id
    return document.plan.revision, store.read(plan_id).revision, [one.revision for one in store.exports(plan_id)]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder in which two files of that name lie already."""
    folder = tmp_path / "Gói nộp"
    folder.mkdir()
    (folder / f"KH-2022_SB_{REVISION}.pdf").write_bytes(b"earlier")
    (folder / f"KH-2022_SB_{REVISION}.xlsx").write_bytes(b"earlier too")
    return folder


@pytest.fixture
def page(clean: Document, shown: Show, tmp_path: Path, target: Path) -> ExportPage:
    made = export_page(clean, tmp_path)
    made.folder.field.setText(str(target))
    shown(made)
    return made


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_a_step_that_fails_leaves_all_as_it_was(
    page: ExportPage, target: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[pytest.MonkeyPatch], None]
) -> None:
    document = page.document
    before, revisions = contents(target), kept(document)
    with monkeypatch.context() as patch:
        step(patch)
        page.final.click()
        finish(page)
    assert page.failure.isVisible() and is_sentence(page.failure.text() + "\n")
    assert not page.result.isVisible()
    assert contents(target) == before
    assert kept(document) == revisions == (REVISION - 1, REVISION - 1, [])
    # And the next one does what this one did not, under the same number.
    assert page.final.isEnabled()
    page.final.click()
    finish(page)
    assert not page.failure.isVisible() and page.result.isVisible()
    assert contents(target).keys() == NAMES
    assert kept(document) == (REVISION, REVISION, [REVISION])
    package = document.store.exported_package(document.plan.id, REVISION)
    assert package == (target / f"KH-2022_SB_{REVISION}.zip").read_bytes()


def test_files_that_cannot_be_taken_back_are_named(
    page: ExportPage, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_all(*_args: object) -> None:
        monkeypatch.setattr(os, "replace", failing(errno.EIO))
        raise StoreError("Kho dữ liệu không ghi được.")

    monkeypatch.setattr(Store, "keep_export", break_all)
    page.final.click()
    finish(page)
    monkeypatch.undo()
    assert page.failure.text().startswith("Kho dữ liệu không ghi được. Hãy tự xóa ")
    assert f"KH-2022_SB_{REVISION}.pdf" in page.failure.text() and str(target) in page.failure.text()
    assert kept(page.document) == (REVISION - 1, REVISION - 1, [])


def test_a_number_taken_meanwhile_is_not_given_twice(
    page: ExportPage, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same plan exported by another window or command, while this one was at work."""
    before, document, whole = contents(target), page.document, exporting.export
    made: list[Result] = []

    def export(*args: object) -> Result:
        made.append(whole(*args))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(exporting, "export", export)
    page.final.click()
    document.store.keep_export(document.plan.id, REVISION, "Kết xuất", "AAAA-BBBB", b"other")
    finish(page)
    assert made and f"Lần kết xuất thứ {REVISION}" in page.failure.text()
    assert contents(target) == before
    assert document.store.exported_package(document.plan.id, REVISION) == b"other"


def test_stopping_late_is_too_late_but_whole(page: ExportPage, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once files are in their place, what is stopped is done all the same."""
    real = files._sync_folders

    def sync(targets: object) -> None:
        page.cancel()
        real(targets)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "_sync_folders", sync)
    page.final.click()
    finish(page)
    assert page.result.isVisible()
    assert contents(target).keys() == NAMES
    assert kept(page.document) == (REVISION, REVISION, [REVISION])


# ---- the command line


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_command_leaves_all_as_it_was_too(
    here: Program,
    clean_file: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: Callable[[pytest.MonkeyPatch], None],
) -> None:
    [plan_id] = here("import", clean_file).lines
    before = contents(target)
    with monkeypatch.context() as patch:
        step(patch)
        found = here("export", plan_id, "--to", target, "--json")
    assert found.code == 2 and found.out == "" and is_sentence(found.err)
    assert contents(target) == before
    assert here("list", "--json").json[0]["revision"] == REVISION - 1
    assert here("export", plan_id, "--to", target, "--json").json["revision"] == REVISION
    assert contents(target).keys() == NAMES
