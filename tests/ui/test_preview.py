"""The preview: the very PDF, made anew in the background, at the place that it was at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from models.errors import ExportError
from models.store import Store
from tests.keyboard import CTRL, key
from tests.plans import fixture_plan, small_plan
from tests.ui import faults
from tests.ui.showing import Show
from tests.ui.waiting import wait_for
from ui import theme
from ui.document import Document
from ui.pages.preview import PreviewPage
from ui.widgets import preview_making
from ui.widgets.pdf_view import Mark, PdfView
from ui.widgets.preview_view import PreviewView


@pytest.fixture
def clean(store: Store) -> Iterator[Document]:
    """A plan without errors."""
    plan = small_plan()
    store.add(plan)
    found = Document(store, plan.id)
    found.check_again()
    yield found
    found.deleteLater()


def preview_of(document: Document, shown: Show) -> PreviewView:
    """The page of the preview on the screen, with its PDF."""
    page = PreviewPage(document)
    shown(page)
    page.enter()
    assert wait_for(lambda: page.preview.pdf.pageCount() > 0 and not page.preview.is_working)
    return page.preview


def again(preview: PreviewView) -> None:
    """Wait until a newer PDF is shown."""
    assert preview.is_working and wait_for(lambda: not preview.is_working)


def test_it_follows_the_plan(clean: Document, shown: Show) -> None:
    preview = preview_of(clean, shown)
    clean.set(clean.plan, "place", "Huế", "Sửa địa danh")
    again(preview)
    assert preview.pdf.getAllText(0).text().find("Huế") > 0


def test_it_is_a_draft_while_there_are_errors(clean: Document, shown: Show) -> None:
    preview = preview_of(clean, shown)
    assert preview.made is not None and not preview.made.draft
    clean.set(clean.plan, "signer_name", "", "Sửa người ký")
    again(preview)
    assert preview.made.draft


def test_what_looks_the_same_is_not_made_anew(clean: Document, shown: Show) -> None:
    preview = preview_of(clean, shown)
    before = preview.made
    preview.load()
    again(preview)
    assert preview.made is before


def test_what_cannot_be_made_says_why(clean: Document, shown: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise ExportError("Không có phông chữ.")

    monkeypatch.setattr(preview_making, "render", fail)
    page = PreviewPage(clean)
    shown(page)
    assert wait_for(page.preview.failure.isVisible, 5)
    assert page.preview.failure.text() == "Không có phông chữ."
    monkeypatch.undo()
    clean.set(clean.plan, "place", "Huế", "Sửa địa danh")
    again(page.preview)
    assert not page.preview.failure.isVisible() and page.preview.pdf.pageCount() > 0


def test_nothing_is_made_while_it_is_not_seen(clean: Document, shown: Show) -> None:
    preview = preview_of(clean, shown)
    preview.window().hide()
    clean.set(clean.plan, "place", "Huế", "Sửa địa danh")
    QTest.qWait(2 * preview_making.WAIT)
    assert preview.is_working and "Huế" not in preview.pdf.getAllText(0).text()
    preview.window().show()
    again(preview)
    assert "Huế" in preview.pdf.getAllText(0).text()


def test_a_refresh_keeps_the_place_and_is_never_blank(document: Document, shown: Show) -> None:
    preview = preview_of(document, shown)
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place, white = bar.value(), []
    paper = preview.view.viewport()

    def look() -> bool:
        if not _has_ink(paper.grab().toImage()):
            white.append(True)
        return not preview.is_working

    document.set(document.plan, "place", "Hà Tĩnh mới", "Sửa địa danh")
    assert preview.is_working and wait_for(look)
    assert white == [] and bar.value() == place


def _has_ink(image: QImage) -> bool:
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    row = bytes(small.constBits())
    return min(row) < 60


def test_keys_move_and_zoom(document: Document, shown: Show) -> None:
    preview = preview_of(document, shown)
    view, bar = preview.view, preview.view.verticalScrollBar()
    assert view.viewport().hasFocus()
    key(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    key(Qt.Key.Key_End)
    assert bar.value() == bar.maximum() and preview.current_page() == preview.pdf.pageCount()
    key(Qt.Key.Key_Home)
    assert bar.value() == 0 and preview.current_page() == 1
    fitting = view.zoom()
    key(Qt.Key.Key_Plus)
    assert view.zoom() > fitting
    key(Qt.Key.Key_Minus)
    key(Qt.Key.Key_Minus)
    assert view.zoom() < fitting
    key(Qt.Key.Key_0)
    assert view.zoom() == fitting
    # The whole window's key for larger letters is another one.
    key(Qt.Key.Key_Equal, CTRL)


def test_a_large_page_is_the_same_as_a_small_one(document: Document, shown: Show) -> None:
    """Beyond some size only what is seen is made of a page: it looks as if all of it was."""
    preview = preview_of(document, shown)
    view = preview.view
    view.set_zoom(3.0)
    view.verticalScrollBar().setValue(500)
    clipped = view.viewport().grab().toImage()
    whole = view.document.render(0, view._pages[0].size())
    at = view._pages[0].topLeft() - view._offset()
    # Past the line that tells of the focus.
    part = whole.copy(4 - at.x(), 4 - at.y(), 400, 300)
    white = QImage(part.size(), QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    painter = QPainter(white)
    painter.drawImage(0, 0, part)
    painter.end()
    seen = clipped.copy(4, 4, 400, 300).convertToFormat(QImage.Format.Format_RGB32)
    assert at.x() <= 0 and at.y() <= 0
    pairs = zip(bytes(seen.constBits()), bytes(white.constBits()), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / seen.sizeInBytes() < 0.5 and _has_ink(seen)


def test_a_place_is_brought_into_view_only_where_it_is_not_seen(document: Document, shown: Show) -> None:
    view = preview_of(document, shown).view
    bar = view.verticalScrollBar()
    view.show_mark(Mark(0, 100.0, 120.0))
    assert bar.value() == 0
    view.show_mark(Mark(3, 400.0, 420.0))
    moved = bar.value()
    assert moved > 0 and _mark_is_painted(view)
    view.show_mark(Mark(3, 430.0, 450.0))
    assert bar.value() == moved
    view.show_mark(Mark(0, 100.0, 120.0), is_followed=False)
    assert bar.value() == moved


def _mark_is_painted(view: PdfView) -> bool:
    assert view.mark is not None
    centre = view._marked(view.mark).center() - view._offset()
    return bool(view.viewport().grab().toImage().pixelColor(centre) == QColor(theme.colours().accent))


def test_a_point_tells_the_part_that_begins_above_it(document: Document, shown: Show) -> None:
    preview = preview_of(document, shown)
    assert preview.made is not None
    chosen: list[str] = []
    preview.chosen.connect(chosen.append)
    page, top = preview.made.places["/tables/0/rows/3"]
    preview.view.show_mark(Mark(page, top, top + 10))
    marked = preview.view._marked(Mark(page, top, top + 10)).center() - preview.view._offset()
    QTest.mouseDClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=marked + QPoint(200, 0))
    assert chosen == ["/tables/0/rows/3"]


def test_every_control_has_a_name_and_a_role(document: Document, shown: Show) -> None:
    preview = preview_of(document, shown)
    page = preview.parentWidget()
    assert page is not None
    assert faults.without_name(page) == [] and faults.tab_faults(page) == [] and faults.clipped(page) == []
    assert faults.unmarked_focus(page) == []
    assert "Trang 1/7" in preview.view.viewport().accessibleName()


def test_what_was_shown_before_is_let_go_of(store: Store, shown: Show) -> None:
    """Documents, their data, and the jobs that made them: memory does not grow with the day."""
    import gc

    from PySide6.QtCore import QBuffer, QCoreApplication, QEvent
    from PySide6.QtPdf import QPdfDocument

    from ui.worker import Job

    plan = fixture_plan(0)
    store.add(plan)
    document = Document(store, plan.id)
    preview = preview_of(document, shown)
    for number in range(10):
        document.set(document.plan, "place", f"Nơi {number}", "Sửa địa danh")
        again(preview)
    QTest.qWait(50)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert len([one for one in gc.get_objects() if isinstance(one, Job)]) <= 1
    assert len(preview.findChildren(QBuffer)) == len(preview.findChildren(QPdfDocument)) == 1
    document.deleteLater()
