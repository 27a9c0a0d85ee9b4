"""An export under a passphrase in the window: what is written, what is said, and that the passphrase is nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models import secret
from tests.keyboard import focused, key, keys
from tests.ui.exporting import export_page, finish
from tests.ui.program import contents
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.export import ExportPage

PASSPHRASE = "bon chim cau 8347"


@pytest.fixture
def page(clean: Document, shown: Show, out: Path) -> ExportPage:
    made = export_page(clean, out)
    shown(made)
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "ra").mkdir()
    return tmp_path / "ra"


def ask(page: ExportPage, passphrase: str = PASSPHRASE) -> None:
    """Tick the box, and type the passphrase twice."""
    page.lock.box.setFocus()
    key(Qt.Key.Key_Space)
    assert focused() is page.lock.field.line
    keys(passphrase)
    page.lock.field.again.setFocus()
    keys(passphrase)


def press(page: ExportPage) -> None:
    page.final.setFocus()
    key(Qt.Key.Key_Space)
    finish(page)


def told(page: ExportPage) -> str:
    return "\n".join(label.text() for label in page.result.findChildren(QLabel) if label.isVisible())


def exported(out: Path) -> list[str]:
    return [name for name in contents(out) if name.startswith("KH-")]


def test_only_what_is_locked_is_written(page: ExportPage, out: Path) -> None:
    page.options.word.setChecked(True)
    page.options.mail.setChecked(True)
    page.options.loose.setChecked(True)
    ask(page)
    assert not page.options.word.isEnabled() and not page.options.loose.isEnabled()
    press(page)
    assert page.failure.text() == ""
    assert exported(out) == ["KH-2022_SB_2.eml", "KH-2022_SB_2.khoa.zip"]
    kept = page.document.store.exported_package("ke-hoach-1", 2)
    assert secret.unzip(out / "KH-2022_SB_2.khoa.zip", PASSPHRASE) == {"KH-2022_SB_2.zip": kept}
    assert "Gói đã khóa" in told(page) and "báo mật khẩu qua điện thoại" in told(page)


def test_the_passphrase_is_written_nowhere(page: ExportPage, out: Path, tmp_path: Path) -> None:
    page.options.mail.setChecked(True)
    ask(page)
    press(page)
    assert page.result.result is not None
    found = contents(tmp_path)
    assert any(name.endswith("settings.json") for name in found) and any(name.endswith(".db") for name in found)
    for name, data in found.items():
        for form in (PASSPHRASE.encode(), PASSPHRASE.encode("utf-16-le"), PASSPHRASE.replace(" ", "=20").encode()):
            assert form not in data, name
    assert PASSPHRASE not in told(page) + repr(page.result.result)


@pytest.mark.parametrize(("first", "second"), [("ngan", "ngan"), (PASSPHRASE, "bon chim"), ("", "")])
def test_without_a_good_one_nothing_is_exported(page: ExportPage, out: Path, first: str, second: str) -> None:
    ask(page, first)
    page.lock.field.again.setText(second)
    press(page)
    assert exported(out) == [] and page.result.result is None and page.document.plan.revision == 1
    assert focused() is page.lock.field.line and page.lock.field.said.objectName() == "error"


def test_without_the_box_all_is_as_ever(page: ExportPage, out: Path) -> None:
    ask(page)
    page.lock.box.setFocus()
    key(Qt.Key.Key_Space)
    assert page.lock.passphrase() == "" == page.lock.field.text() and not page.lock.field.isVisible()
    assert page.options.word.isEnabled()
    press(page)
    assert exported(out) == ["KH-2022_SB_2.pdf", "KH-2022_SB_2.xlsx", "KH-2022_SB_2.zip"]
    assert "Gói nộp" in told(page)


def test_one_that_is_shown_is_hidden_when_the_page_is_left(page: ExportPage) -> None:
    ask(page)
    page.lock.field.set_shown(True)
    page.hide()
    page.show()
    assert not page.lock.field.is_shown and page.lock.passphrase() == PASSPHRASE


def test_what_others_know_of_the_plan_is_told_to_be_weak(page: ExportPage) -> None:
    ask(page, page.document.plan.subject.lower())
    assert page.lock.field.is_good() and "tên đơn vị" in page.lock.field.said.text()
