"""What goes along with an export: the Word file, and the draft of a mail with its address."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from models.exports import mail
from models.settings import Settings
from tests.keyboard import compose, focused, key, keys
from tests.ui.exporting import export_page, finish
from tests.ui.main_window import workspace_of
from tests.ui.showing import Show
from ui.document import Document
from ui.main_window import MainWindow
from ui.pages.export import ExportPage


@pytest.fixture
def page(clean: Document, shown: Show, tmp_path: Path) -> ExportPage:
    made = export_page(clean, tmp_path)
    shown(made)
    return made


def tick(box: QCheckBox) -> None:
    box.setFocus()
    key(Qt.Key.Key_Space)
    assert box.isChecked()


def export(page: ExportPage) -> dict[str, Path]:
    """Export by the keyboard; gives the files by kind."""
    page.final.setFocus()
    key(Qt.Key.Key_Space)
    finish(page)
    result = page.result.result
    assert result is not None and page.failure.text() == ""
    return {kind: result.folder / name for kind, (name, _size) in result.files.items()}


def lines(page: ExportPage) -> list[str]:
    return [label.text() for label in page.result.findChildren(QLabel) if label.isVisible()]


def test_nothing_goes_along_unasked(page: ExportPage) -> None:
    assert export(page).keys() == {"pdf", "xlsx", "package"}
    assert not page.result.open_mail.isVisible()
    assert "Tệp Word" not in lines(page) and "Thư soạn sẵn" not in lines(page)
    assert not page.options.to.isVisible()


def test_a_word_file_goes_along(page: ExportPage) -> None:
    tick(page.options.word)
    paths = export(page)
    assert paths.keys() == {"pdf", "xlsx", "package", "docx"}
    assert paths["docx"].read_bytes().startswith(b"PK")
    assert "Tệp Word" in lines(page) and paths["docx"].name in lines(page)


def test_a_mail_goes_along_with_its_address(page: ExportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return len(opened) < 3

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    tick(page.options.mail)
    key(Qt.Key.Key_Tab)
    assert focused() is page.options.to
    keys("vanthu@stttt.hatinh.gov.vn")
    paths = export(page)
    message = message_from_bytes(paths["mail"].read_bytes(), policy=policy.default)
    assert message["To"] == "vanthu@stttt.hatinh.gov.vn"
    assert [part.get_filename() for part in message.iter_attachments()] == [paths["package"].name]
    assert page.result.names["code"].text() in paths["mail"].read_text(encoding="ascii")
    key(Qt.Key.Key_Tab)
    assert focused() is page.result.open_mail
    key(Qt.Key.Key_Space)
    page.result.open_folder.click()
    assert opened == [str(paths["mail"]), str(paths["mail"].parent)]
    # A machine without a mail program says so.
    page.result.open_mail.click()
    assert any("không có chương trình để mở" in line and paths["mail"].name in line for line in lines(page))


def test_the_loose_files_go_along_where_asked_for(page: ExportPage) -> None:
    for box in (page.options.word, page.options.mail, page.options.loose):
        tick(box)
    paths = export(page)
    message = message_from_bytes(paths["mail"].read_bytes(), policy=policy.default)
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert attached == {paths[kind].name: paths[kind].read_bytes() for kind in ("package", "pdf", "xlsx", "docx")}


def test_an_address_that_is_none_starts_nothing(page: ExportPage, tmp_path: Path) -> None:
    tick(page.options.mail)
    page.options.to.setFocus()
    compose(["v", "vă"], "văn thư")
    assert page.options.to.text() == "văn thư"
    page.draft.click()
    assert not page.is_running and list(tmp_path.glob("KH-*")) == []
    assert page.options.fault.isVisible() and "“văn thư”" in page.options.fault.text()
    assert focused() is page.options.to and page.options.to.property("state") == "error"
    page.options.to.selectAll()
    keys("a@b.vn")
    assert not page.options.fault.isVisible() and page.options.to.property("state") == ""
    assert "mail" in export(page)


def test_an_address_nobody_asks_for_stands_in_nobodys_way(page: ExportPage) -> None:
    page.options.to.setText("văn thư")
    assert "mail" not in export(page)


def test_the_choices_are_remembered(page: ExportPage, clean: Document, tmp_path: Path) -> None:
    for box in (page.options.word, page.options.mail, page.options.loose):
        tick(box)
    page.options.to.setText("a@b.vn; c@d.vn")
    export(page)
    again = ExportPage(clean, Settings(tmp_path))
    options = again.options
    assert options.word.isChecked() and options.mail.isChecked() and options.loose.isChecked()
    assert options.letter() == mail.Mail("a@b.vn; c@d.vn", loose=True)
    assert again.folder.text() == str(tmp_path)
    again.deleteLater()


def test_a_heavy_mail_is_told(page: ExportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "HEAVY", 10_000)
    tick(page.options.mail)
    export(page)
    assert any("nhiều hộp thư chỉ nhận" in line for line in lines(page))


def test_what_is_next_is_said(page: ExportPage) -> None:
    export(page)
    assert any(line.startswith("Tiếp theo: in bản PDF để ký") for line in lines(page))
    page.draft.click()
    finish(page)
    assert any("xin ý kiến" in line for line in lines(page))


@pytest.mark.parametrize(("text", "name"), [("Hướng dẫn ký…", "signing_guide"), ("Các lần kết xuất…", "revisions")])
def test_the_way_to_others(window: MainWindow, monkeypatch: pytest.MonkeyPatch, text: str, name: str) -> None:
    asked: list[str] = []
    action = QAction(window)
    action.triggered.connect(lambda: asked.append(name))
    monkeypatch.setitem(window.actions_by_name, name, action)
    window.go("export")
    page = workspace_of(window).page
    button = next(one for one in page.findChildren(QPushButton) if one.text() == text)
    button.setFocus()
    key(Qt.Key.Key_Space)
    assert asked == [name]
    monkeypatch.delitem(window.actions_by_name, name)
    key(Qt.Key.Key_Space)
    assert asked == [name]
