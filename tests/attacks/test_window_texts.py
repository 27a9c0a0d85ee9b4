"""Texts of a plan, a template or a file name in the window: shown as they are, laid out as HTML nowhere, fetched never."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from models.document import copy
from models.store import Store
from tests.plans import small_plan
from tests.ui.main_window import window_of
from ui.widgets.changes_view import ChangesView
from ui.widgets.section_edit import SectionEdit

PICTURE = "<img src='{path}'><b>đậm</b>"


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """HTML that, laid out, fetches a picture of 300 pixels."""
    picture = QImage(300, 300, QImage.Format.Format_RGB32)
    picture.fill(0)
    path = tmp_path / "x.png"
    assert picture.save(str(path))
    return PICTURE.format(path=path.as_posix())


def test_labels_and_tool_tips_show_html_as_it_is(app: QApplication, hostile: str) -> None:
    above = QWidget()
    label = QLabel(hostile, above)
    above.show()
    assert label.textFormat().name == "PlainText" and label.sizeHint().height() < 100
    QToolTip.showText(QPoint(10, 10), hostile, above)
    app.processEvents()
    [tip] = [found for found in app.topLevelWidgets() if found.metaObject().className() == "QTipLabel"]
    assert isinstance(tip, QLabel)
    assert tip.textFormat().name == "PlainText" and tip.text() == hostile and tip.height() < 200
    tip.close()
    above.close()


def test_every_label_of_the_window_is_plain(app: QApplication, store: Store, folder: Path, hostile: str) -> None:
    """All pages of a plan that says HTML wherever it can."""
    plan = small_plan(subject=hostile, unit_name=hostile, place=hostile, signer_name=hostile, recipients=[hostile])
    plan.sections[0].heading = plan.sections[0].sections[0].text = plan.tables[0].title = hostile
    plan.tables[0].rows[0].task = plan.legal_bases[0].subject = hostile
    with window_of(store, folder, copy(plan)) as window:
        workspace = window.workspace
        assert workspace is not None
        for place in ("general", "bases", "findings", "summary", "export", "general"):
            workspace.show_place(place)
            app.processEvents()
        labels = window.findChildren(QLabel)
        assert labels
        for label in labels:
            label.ensurePolished()
            if "<img" in label.text():
                assert label.textFormat().name == "PlainText" or "&lt;img" in label.text(), label.text()


def test_texts_fetch_nothing(app: QApplication, hostile: str) -> None:
    kind = int(QTextDocument.ResourceType.ImageResource.value)
    view = ChangesView()
    assert view.full.loadResource(kind, QUrl("file://server/share/x.png")).size().width() == 1
    assert "loadResource" in vars(SectionEdit)
    view.full.setHtml(hostile)
    view.full.document().setTextWidth(2000)
    assert view.full.document().size().height() < 200


def test_html_is_pasted_as_words(app: QApplication, hostile: str) -> None:
    from ui.widgets import section_mime

    data = QMimeData()
    data.setHtml(f"<p>trước {hostile} sau</p><script>x()</script>")
    assert section_mime.lines(data, "").lines == "trước **đậm** sau"
    own = QMimeData()
    own.setData(section_mime.OWN, "a\u202eb\x00c\x1b".encode())
    assert section_mime.lines(own, "").lines == "abc"
