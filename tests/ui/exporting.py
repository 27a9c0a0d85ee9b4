"""The page of export in a test: opened on a folder, and waited for."""

from __future__ import annotations

from pathlib import Path

from models.settings import Settings
from tests.ui.waiting import wait_for
from ui.document import Document
from ui.pages.export import ExportPage


def export_page(document: Document, folder: Path) -> ExportPage:
    """The page on a folder, in which its settings lie too."""
    page = ExportPage(document, Settings(folder))
    page.folder.field.setText(str(folder))
    return page


def finish(page: ExportPage) -> None:
    assert wait_for(lambda: not page.is_running)
