"""Lists of the catalogue in files: told, taken in, taken back and written out, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models import catalogue, catalogue_layers
from models.catalogue_file import COLUMNS, read_csv
from tests.keyboard import key
from tests.ui.catalogue_dialog import opened
from tests.ui.waiting import wait_for
from ui import saving
from ui.dialogs.catalogue import CatalogueDialog
from ui.document import Document

NEW = "Thông tư,59/2026/TT-BKHCN,2026-10-01,Bộ Khoa học và Công nghệ,quy định sử dụng chữ ký số,2026-11-15,,"


@pytest.fixture
def dialog(document: Document) -> Iterator[CatalogueDialog]:
    with opened(document) as found:
        yield found


def update_file(folder: Path, *rows: str) -> Path:
    path = folder / "danh-muc-2026-11-21.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]), encoding="utf-8")
    return path


def test_an_update_is_told_taken_in_and_taken_back(dialog: CatalogueDialog, tmp_path: Path) -> None:
    dialog.updates.look(update_file(tmp_path, NEW))
    assert wait_for(lambda: dialog.updates.isVisible())
    assert "bản ngày 21/11/2026: 1 văn bản mới. 59/2026/TT-BKHCN" in dialog.updates.news.text()
    assert catalogue.current().named("59/2026/TT-BKHCN") == []
    assert dialog.updates.take.hasFocus()
    key(Qt.Key.Key_Space)
    assert catalogue.current().named("59/2026/TT-BKHCN") != []
    assert dialog.list.current() == catalogue.current().named("59/2026/TT-BKHCN")[0]
    dialog.then.setFocus()
    key(Qt.Key.Key_Space)
    assert catalogue.current().named("59/2026/TT-BKHCN") == []
    dialog.then.setFocus()
    key(Qt.Key.Key_Space)
    assert catalogue.current().named("59/2026/TT-BKHCN") != []
    dialog.updates.look(update_file(tmp_path, NEW))
    assert wait_for(lambda: "không có gì mới" in dialog.said.text())


def test_an_update_can_be_called_off_and_a_bad_one_is_one_sentence(dialog: CatalogueDialog, tmp_path: Path) -> None:
    dialog.updates.look(update_file(tmp_path, NEW))
    assert wait_for(lambda: dialog.updates.isVisible())
    key(Qt.Key.Key_Escape)
    assert dialog.isVisible() and not dialog.updates.isVisible()
    assert dialog.search.hasFocus()
    dialog.updates.look(update_file(tmp_path, NEW.replace("2026-10-01", "2026-10-41")))
    assert wait_for(lambda: "không phải ngày có thật" in dialog.said.text())
    assert "dòng 2, cột date" in dialog.said.text()
    assert dialog.said.objectName() == "error"
    assert catalogue_layers.updates(dialog.folder) == []


def test_the_units_own_go_to_colleagues(
    dialog: CatalogueDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = read_csv(update_file(tmp_path, NEW).read_bytes(), "x", own=True)
    catalogue_layers.keep_own(dialog.folder, [own])
    dialog.load()
    target = tmp_path / "can-cu.csv"
    monkeypatch.setattr(saving, "ask", lambda *_arguments: target)
    dialog.write_out(own=True)
    assert [entry.number for entry in read_csv(target.read_bytes(), "x")] == ["59/2026/TT-BKHCN"]
    dialog.write_out(own=False)
    assert len(read_csv(target.read_bytes(), "x")) == len(catalogue.current().entries)
