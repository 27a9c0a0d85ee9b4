"""What the tests of the catalogue in the window share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from models import catalogue
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui.dialogs.catalogue import CatalogueDialog
from ui.document import Document


@contextmanager
def opened(document: Document | None, folder: Path | None = None, reading: bool = False) -> Iterator[CatalogueDialog]:
    """The dialog, with the catalogue of the plan's store, or of ``folder``."""
    folder = folder or (document.store.folder if document is not None else Path())
    catalogue.use_folder(folder)
    found = CatalogueDialog(None, folder, document, reading)
    activate(found)
    try:
        yield found
    finally:
        found.close()
        catalogue.use_folder(None)


def numbers(document: Document) -> list[str]:
    return [basis.number for basis in document.plan.legal_bases]


def to_front(window: QWidget) -> None:
    """A dialog over another window counts as active before the keyboard is its own."""
    activate(window)
    assert wait_for(lambda: QApplication.activeWindow() is window)
