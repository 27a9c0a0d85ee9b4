"""What tests of blocks share: the clipboard, and cells that are selected."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData
from PySide6.QtWidgets import QApplication

from models import template
from models.create import new_plan
from models.store import Store
from tests.ui.sheet import cell, page_of
from ui.pages.table import TablePage

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


def on_clipboard(text: str = "", html: str = "") -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QApplication.clipboard().setMimeData(data)


def as_html(rows: list[list[str]]) -> str:
    """As a spreadsheet would write it."""
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row) + "</tr>\r\n"
        for row in rows
    )
    return f"<html><body><table border=0 width=512>\r\n{cells}</table></body></html>"


def select(page: TablePage, top: int, first: str, bottom: int, last: str) -> None:
    page.view.setFocus()
    page.view.setCurrentIndex(cell(page, top, first))
    chosen = QItemSelection(cell(page, top, first), cell(page, bottom, last))
    page.view.selectionModel().select(chosen, _SELECT)


def told(page: TablePage) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    page.notice.connect(lambda sentence, kind: lines.append((kind, sentence)))
    return lines


def clipboard_text() -> str:
    return QApplication.clipboard().text()


def empty_page(store: Store, key: str = "tasks") -> TablePage:
    return page_of(store, new_plan(template.get("chinh-quyen-so-2022"), 2022), key)
