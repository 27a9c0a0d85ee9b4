"""Locked packages in the window: asked for, told where it is wrong, tried on the next file, and given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import template
from models.exports import package
from models.store import Store
from tests.keyboard import focused, key, keys
from tests.plans import small_plan
from tests.ui.main_window import dialog_of, window_of, workspace_of
from tests.ui.program import contents
from tests.ui.waiting import wait_for
from ui import opening, signing
from ui.dialogs.passphrase import PassphraseDialog
from ui.dialogs.signed import ExaminedDialog
from ui.main_window import MainWindow

FIRST, SECOND = "bon chim cau 8347", "nam con meo 2951"


@pytest.fixture
def window(app: QApplication, store: Store, folder: Path) -> Iterator[MainWindow]:
    with window_of(store, folder) as made:
        yield made


def locked(folder: Path, plan_id: str, passphrase: str) -> Path:
    plan = small_plan(id=plan_id)
    made = package.build(plan, template.get(plan.template), passphrase=passphrase)
    assert made.locked is not None
    path = folder / f"{plan_id}.khoa.zip"
    path.write_bytes(made.locked.data)
    return path


def asked(window: MainWindow, name: str) -> PassphraseDialog:
    """The dialog that asks for the passphrase of a file, ready for keys."""
    assert wait_for(
        lambda: isinstance(found := QApplication.activeModalWidget(), PassphraseDialog) and found.path.name == name
    )
    dialog = dialog_of(window)
    assert isinstance(dialog, PassphraseDialog) and focused() is dialog.field.line
    return dialog


def type_in(dialog: PassphraseDialog, text: str) -> None:
    dialog.field.line.selectAll()
    keys(text)
    key(Qt.Key.Key_Return)


def ids(store: Store) -> set[str]:
    return {plan.id for plan in store.summaries(lambda plan: (None, 0, 0))}


def test_it_is_asked_for_until_it_is_right(window: MainWindow, store: Store, tmp_path: Path, folder: Path) -> None:
    opening.take_in(window, [locked(tmp_path, "a", FIRST)])
    dialog = asked(window, "a.khoa.zip")
    assert not dialog.open_button.isEnabled()
    type_in(dialog, "sai mat khau")
    assert wait_for(lambda: "Mật khẩu không đúng" in dialog.field.said.text())
    assert dialog.isVisible() and ids(store) == set() and focused() is dialog.field.line
    assert dialog.field.line.selectedText() != ""
    type_in(dialog, FIRST)
    assert wait_for(lambda: window.workspace is not None)
    assert workspace_of(window).document.plan.id == "a" and QApplication.activeModalWidget() is None
    for name, data in contents(folder).items():
        assert FIRST.encode() not in data, name


def test_one_that_opened_a_file_is_tried_on_the_next(window: MainWindow, store: Store, tmp_path: Path) -> None:
    paths = [locked(tmp_path, *one) for one in (("a", FIRST), ("b", FIRST), ("c", SECOND), ("d", FIRST))]
    opening.take_in(window, paths)
    type_in(asked(window, "a.khoa.zip"), FIRST)
    dialog = asked(window, "c.khoa.zip")
    assert not dialog.field.said.text() or "không đúng" not in dialog.field.said.text()
    type_in(dialog, SECOND)
    assert wait_for(lambda: window.workspace is not None)
    assert ids(store) == {"a", "b", "c", "d"}


def test_giving_up_takes_nothing_in(window: MainWindow, store: Store, tmp_path: Path, clean_file: Path) -> None:
    opening.take_in(window, [clean_file, locked(tmp_path, "a", FIRST)])
    asked(window, "a.khoa.zip")
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: "Chưa nhập" in window.messages.text())
    assert ids(store) == set() and window.workspace is None


def test_giving_up_while_it_is_tried_takes_nothing_in(window: MainWindow, store: Store, tmp_path: Path) -> None:
    opening.take_in(window, [locked(tmp_path, "a", FIRST)])
    type_in(asked(window, "a.khoa.zip"), FIRST)
    key(Qt.Key.Key_Escape)
    assert not wait_for(lambda: window.workspace is not None, 1)
    assert ids(store) == set() and "Chưa nhập" in window.messages.text()


def test_a_damaged_one_is_told_and_not_asked_for(window: MainWindow, store: Store, tmp_path: Path) -> None:
    path = locked(tmp_path, "a", FIRST)
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    opening.take_in(window, [path])
    assert wait_for(lambda: "không còn nguyên vẹn" in window.messages.text())
    middle = bytearray(data)
    middle[len(data) // 2] ^= 1
    path.write_bytes(middle)
    window.messages.hide()
    opening.take_in(window, [path])
    type_in(asked(window, "a.khoa.zip"), FIRST)
    assert wait_for(lambda: "không còn nguyên vẹn" in window.messages.text())
    assert QApplication.activeModalWidget() is None and ids(store) == set()


def test_a_locked_package_is_checked(window: MainWindow, tmp_path: Path) -> None:
    path = locked(tmp_path, "a", FIRST)
    signing.look_into(window, [path, tmp_path / "none.zip"])
    type_in(asked(window, "a.khoa.zip"), FIRST)
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), ExaminedDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExaminedDialog)
    assert any("Gói nguyên vẹn" in text for _group, _what, text in dialog.lines())
    dialog.close()
    signing.look_into(window, [path])
    asked(window, "a.khoa.zip")
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: QApplication.activeModalWidget() is None and not window.messages.isVisible())
