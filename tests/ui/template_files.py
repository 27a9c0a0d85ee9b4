"""What the tests of templates in the window share: a file as the department sends it, and the list of templates."""

from __future__ import annotations

from pathlib import Path

from models import resources
from tests.ui.main_window import dialog_of
from ui.dialogs.templates import TemplatesDialog
from ui.main_window import MainWindow

ID = "chinh-quyen-so-2022"
WHOLE = resources.path("templates", f"{ID}.toml").read_text(encoding="utf-8")


def newer(folder: Path, version: int = 2) -> Path:
    """A file as the department sends it: one heading and the limit are others."""
    path = folder / f"Mẫu của Sở, bản {version}.toml"
    text = WHOLE.replace("version = 1", f"version = {version}", 1).replace('"10%"', '"15%"', 1)
    path.write_text(text.replace("MÔI TRƯỜNG PHÁP LÝ", "THỂ CHẾ", 1), encoding="utf-8")
    return path


def templates_dialog(window: MainWindow) -> TemplatesDialog:
    window.actions_by_name["templates"].trigger()
    dialog = dialog_of(window)
    assert isinstance(dialog, TemplatesDialog)
    return dialog
