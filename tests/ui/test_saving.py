"""The file that something is written to: its ending, and none replaced that was not asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from models.errors import ExportError
from ui import saving


def ask(monkeypatch: pytest.MonkeyPatch, typed: str) -> Path | None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (typed, ""))
    return saving.ask(QWidget(), "Lưu", Path("đề xuất.pdf"), "PDF (*.pdf)")


def test_the_ending_is_that_of_the_proposed_name(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert ask(monkeypatch, "") is None
    assert ask(monkeypatch, str(tmp_path / "A.pdf")) == tmp_path / "A.pdf"
    assert ask(monkeypatch, str(tmp_path / "A.PDF")) == tmp_path / "A.PDF"
    assert ask(monkeypatch, str(tmp_path / "lần 1.2")) == tmp_path / "lần 1.2.pdf"


def test_a_file_that_was_not_asked_about_is_not_given(
    app: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "A.pdf").write_bytes(b"earlier")
    # The dialog itself has asked about this one.
    assert ask(monkeypatch, str(tmp_path / "A.pdf")) == tmp_path / "A.pdf"
    with pytest.raises(ExportError, match="hãy chọn tên khác"):
        ask(monkeypatch, str(tmp_path / "A"))
