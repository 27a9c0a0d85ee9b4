"""Qt's own menus speak the language set, also after it was changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from models import i18n
from models.i18n import _
from ui import qt_texts

WORDS = ("&Hoàn tác", "&Làm lại", "&Cắt", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả")


@pytest.fixture(autouse=True)
def installed(app: QApplication) -> None:
    qt_texts.install(app)


@pytest.fixture
def fields(app: QApplication) -> Iterator[list[QLineEdit | QPlainTextEdit]]:
    window = QWidget()
    yield [QLineEdit(window), QPlainTextEdit(window), QSpinBox(window).lineEdit()]
    window.deleteLater()


def words(field: QLineEdit | QPlainTextEdit) -> tuple[str, ...]:
    menu = field.createStandardContextMenu()
    found = tuple(action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator())
    menu.deleteLater()
    return found


def test_menus_of_fields_are_vietnamese(fields: list[QLineEdit | QPlainTextEdit]) -> None:
    assert [words(field) for field in fields] == [WORDS] * 3


def test_menus_of_fields_follow_the_language(fields: list[QLineEdit | QPlainTextEdit]) -> None:
    i18n.set_language("en")
    assert [words(field) for field in fields] == [tuple(_(word) for word in WORDS)] * 3


def test_other_texts_of_qt_stay_as_they_are(app: QApplication) -> None:
    assert app.translate("QLineEdit", "Something else") == "Something else"
    assert app.translate("QScrollBar", "Scroll here") == "Cuộn đến đây"
    assert app.translate("NoSuchClass", "%n file(s)", None, 3) == "3 file(s)"


def test_installed_once(app: QApplication) -> None:
    qt_texts.install(app)
    assert len(app.findChildren(qt_texts.QtTexts)) == 1
