"""The field for a passphrase, by the keys of an officer: hidden and shown, typed twice, made, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from models import passphrases
from tests.keyboard import NONE, SHIFT, compose, focused, key, keys
from tests.ui.showing import activate
from ui.widgets.passphrase_field import PassphraseField

GOOD = "bon chim cau 8347"


def shown(field: PassphraseField) -> PassphraseField:
    field.resize(600, 120)
    activate(field)
    field.setFocus()
    return field


@pytest.fixture
def field(app: QApplication) -> Iterator[PassphraseField]:
    made = shown(PassphraseField(known=["Sở Nội vụ"]))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def known(app: QApplication) -> Iterator[PassphraseField]:
    made = shown(PassphraseField(confirm=False))
    yield made
    made.close()
    made.deleteLater()


def said(field: PassphraseField) -> tuple[str, str]:
    return field.said.objectName(), field.said.text() if field.said.isVisible() else ""


def test_it_is_hidden_and_typed_twice(field: PassphraseField) -> None:
    assert field.line.echoMode() == QLineEdit.EchoMode.Password == field.again.echoMode()
    assert not field.is_good() and "nên tắt bộ gõ" in said(field)[1]
    keys(GOOD)
    assert not field.is_good() and said(field) == ("muted", "Hãy gõ lại một lần nữa cho chắc.")
    for _time in range(3):
        key(Qt.Key.Key_Tab)
    assert focused() is field.again
    keys(GOOD[:5])
    assert not field.is_good() and said(field)[0] == "muted"
    keys(GOOD[5:])
    assert field.is_good() and said(field)[0] == "done" and field.text() == GOOD
    keys("x")
    assert not field.is_good() and said(field) == ("error", "Hai lần gõ mật khẩu chưa giống nhau.")


def test_what_can_be_read_is_typed_once(field: PassphraseField) -> None:
    key(Qt.Key.Key_Tab)
    assert focused() is field.show_button and field.show_button.accessibleName() == "Hiện mật khẩu"
    key(Qt.Key.Key_Space)
    assert field.is_shown and not field.again.isVisible() and field.show_button.text() == "Ẩn"
    field.line.setFocus()
    keys(GOOD)
    assert field.is_good()
    field.show_button.setFocus()
    key(Qt.Key.Key_Space)
    assert not field.is_shown and not field.is_good() and field.again.isVisible()


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [("ngan", "error", "quá ngắn"), ("SoNoiVu2022", "warning", "tên đơn vị"), ("12345678", "warning", "dễ đoán")],
)
def test_what_is_weak_is_told_and_can_be_used(field: PassphraseField, text: str, kind: str, why: str) -> None:
    field.set_shown(True)
    keys(text)
    assert said(field)[0] == kind and why in said(field)[1]
    assert field.is_good() == (kind != "error")


def test_an_input_method_writes_into_it_when_it_is_shown(field: PassphraseField) -> None:
    """Hidden, input methods are told that it is; what one writes all the same is taken, and told of."""
    hidden = Qt.InputMethodHint.ImhHiddenText
    assert field.line.inputMethodHints() & hidden
    compose(["c", "ch", "chi", "chì"], "chìa khóa nhà")
    assert field.text() == "chìa khóa nhà" and "có dấu" in said(field)[1]
    field.clear()
    field.set_shown(True)
    assert not field.line.inputMethodHints() & hidden
    compose(["c", "ch", "chi", "chì"], "chìa")
    keys(" khóa nhà")
    assert field.text() == "chìa khóa nhà" and field.is_good()
    assert "có dấu" in said(field)[1]


def test_one_is_made_and_shown(field: PassphraseField) -> None:
    field.make_button.setFocus()
    key(Qt.Key.Key_Space)
    assert field.is_shown and field.is_good() and field.text().count("-") == 6
    assert focused() is field.line and field.line.selectedText() == field.text()
    first = field.text()
    field.make_button.click()
    assert field.text() != first


def test_it_is_forgotten(field: PassphraseField) -> None:
    field.make_button.click()
    field.clear()
    assert field.text() == "" == field.again.text() and not field.is_shown


def press(letter: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, letter)
    QApplication.sendEvent(focused(), event)


def test_caps_lock_is_told_by_what_it_writes(known: PassphraseField) -> None:
    press("a")
    press("B", SHIFT)
    assert said(known)[1] == ""
    press("C")
    assert said(known) == ("warning", "Đang bật Caps Lock: chữ gõ ra là chữ hoa.")
    press("d")
    assert said(known)[1] == ""
    press("e", SHIFT)
    assert "Caps Lock" in said(known)[1]
    known.show_button.click()
    assert said(known)[1] == ""


def test_a_known_one_is_typed_once_and_not_judged(known: PassphraseField) -> None:
    assert not known.make_button.isVisible() and not known.again.isVisible() and not known.is_good()
    keys("1")
    assert known.is_good() and said(known)[1] == ""
    known.say("Mật khẩu không đúng.")
    known.show_button.setFocus()
    known.line.setFocus()
    assert said(known) == ("error", "Mật khẩu không đúng.") and known.line.property("state") == "error"
    keys("2")
    assert said(known)[1] == "" and known.line.property("state") == ""


def test_changed_comes_with_every_letter_and_no_more_than_7_zip_takes_is_typed(field: PassphraseField) -> None:
    times: list[bool] = []
    field.changed.connect(lambda: times.append(True))
    keys("x" * 110)
    assert len(times) == passphrases.LONGEST == len(field.text())
