"""Signed PDFs and packages in the window: picked, looked into, shown, put into the package and kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea
from shiboken6 import isValid

from models import document, template
from models.exports import package, receiving, verification
from models.exports.package import Exported
from models.exports.verification import verify
from tests.keyboard import key, keys
from tests.models.signing import authority
from tests.ui.main_window import workspace_of
from tests.ui.waiting import wait_for
from ui import signing
from ui.dialogs.passphrase import NewPassphraseDialog
from ui.dialogs.signed import ExaminedDialog
from ui.dialogs.signing_guide import GUIDE, SigningGuide
from ui.main_window import MainWindow


@pytest.fixture
def exported(window: MainWindow, folder: Path) -> Exported:
    """The open plan, exported finally and kept; the test's own authority is trusted."""
    opened = workspace_of(window).document
    plan = document.copy(opened.plan)
    plan.revision += 1
    made = package.build(plan, template.get(plan.template))
    opened.keep_export(plan.revision, "Kết xuất bản chính thức", made.code, made.package.data)
    (folder / "chung-thu-goc").mkdir(parents=True)
    (folder / "chung-thu-goc" / "goc.cer").write_bytes(authority.root().der)
    return made


@pytest.fixture
def signed(exported: Exported, tmp_path: Path) -> Path:
    path = tmp_path / "Bản ký.pdf"
    first = authority.sign(exported.pdf.data)
    path.write_bytes(authority.sign(authority.stamp_on_page(first), authority.office(), with_time=True))
    return path


def dialog(window: MainWindow) -> ExaminedDialog:
    """The dialog that opens when the work is done."""

    def found() -> list[ExaminedDialog]:
        return [one for one in window.findChildren(ExaminedDialog) if one.isVisible()]

    assert wait_for(lambda: bool(found()))
    return found()[0]


def pick(monkeypatch: pytest.MonkeyPatch, *files: Path, folder: Path | None = None) -> None:
    names = [str(path) for path in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (names[0] if names else "", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: (names, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder or ""))


def test_a_signed_pdf_goes_into_the_package_by_keys(
    window: MainWindow, exported: Exported, signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Gói nộp"
    target.mkdir()
    pick(monkeypatch, signed, folder=target)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    shown = dialog(window)
    assert any("2 chữ ký nguyên vẹn, được tin cậy" in label.text() for label in shown.findChildren(QLabel))
    lines = shown.lines()
    assert any(authority.LEADER in heading for heading, _what, _text in lines)
    assert any("Gốc thử nghiệm" in text for _heading, _what, text in lines)
    # Going through the lines shows each whole at the foot; Enter does what the button says.
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.said.text().startswith(f"Mã đối chiếu: {exported.code}")
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert wait_for(lambda: not isValid(shown))
    opened = workspace_of(window).document
    assert opened.store.signed_pdf(opened.plan.id, exported.revision) == signed.read_bytes()
    assert sorted(path.suffix for path in target.iterdir()) == [".pdf", ".zip"]
    found = verification.verify(next(target.glob("*.zip")))
    assert found.ok and found.signed and len(found.signatures) == 2
    assert "lưu bản ký trong kho dữ liệu" in window.messages.text()


def test_what_cannot_be_taken_in_is_said_in_the_window(
    window: MainWindow, exported: Exported, signed: Path, tmp_path: Path
) -> None:
    for data, sentence in (
        (exported.pdf.data, "chưa có chữ ký số nào"),
        (signed.read_bytes()[:-2000], "cắt cụt"),
        (b"x", "không phải là PDF"),
    ):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        signing.take_in(window, path)
        assert wait_for(partial(_says, window, sentence))
    assert not [one for one in window.findChildren(ExaminedDialog) if one.isVisible()]


def _says(window: MainWindow, sentence: str) -> bool:
    return sentence in window.messages.text()


def test_a_plan_that_was_never_exported_says_so(window: MainWindow, tmp_path: Path) -> None:
    signing.take_in(window, tmp_path / "a.pdf")
    assert wait_for(lambda: "chưa có bản kết xuất chính thức" in window.messages.text())


def test_another_file_in_the_folder_stays_and_the_dialog_says_why(
    window: MainWindow, exported: Exported, signed: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ra"
    target.mkdir()
    (target / exported.package.name).write_bytes(b"something else")
    signing.take_in(window, signed)
    shown = dialog(window)
    received = receiving.receive(signed, workspace_of(window).document.kept_exports(), authority.trusted())
    signing.put(window, shown, received, target)
    assert wait_for(lambda: "khác nên không ghi đè" in shown.said.text())
    assert shown.isVisible() and shown.button.isEnabled()
    assert (target / exported.package.name).read_bytes() == b"something else"
    opened = workspace_of(window).document
    assert opened.store.signed_pdf(opened.plan.id, exported.revision) is None
    shown.close()


def test_a_signed_pdf_goes_into_a_locked_package(
    window: MainWindow, exported: Exported, signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ra"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(target))
    signing.take_in(window, signed)
    shown = dialog(window)
    way = next(button for button in shown.findChildren(QPushButton) if "mật khẩu" in button.text())
    way.setFocus()
    key(Qt.Key.Key_Space)
    assert wait_for(lambda: isinstance(QApplication.activeModalWidget(), NewPassphraseDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, NewPassphraseDialog) and wait_for(lambda: asked.field.line.hasFocus())
    keys("ngan")
    key(Qt.Key.Key_Return)
    assert asked.isVisible() and "quá ngắn" in asked.field.said.text()
    asked.field.line.clear()
    keys("bon chim cau 8347")
    asked.field.again.setFocus()
    keys("bon chim cau 8347")
    key(Qt.Key.Key_Return)
    assert wait_for(partial(_says, window, "lưu bản ký"))
    name = exported.package.name.replace(".zip", ".khoa.zip")
    assert [path.name for path in target.iterdir()] == [name]
    found = verify(target / name, authority.trusted(), passphrase="bon chim cau 8347")
    assert found.ok and found.signed and found.locked
    opened = workspace_of(window).document
    assert opened.store.signed_pdf(opened.plan.id, exported.revision) == signed.read_bytes()


def test_packages_and_pdfs_are_checked_together(
    window: MainWindow, exported: Exported, signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut, other = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "c.txt"
    whole.write_bytes(exported.package.data)
    cut.write_bytes(exported.package.data[:-500])
    other.write_text("x")
    pick(monkeypatch, whole, cut, other, signed)
    window.actions_by_name["verify"].trigger()
    shown = dialog(window)
    assert any("2 trong 4 tệp" in label.text() for label in shown.findChildren(QLabel))
    text = "\n".join(" | ".join(line) for line in shown.lines())
    assert "bị hỏng hoặc bị cắt cụt" in text and "không phải là gói nộp" in text
    assert exported.code in text and authority.OFFICE in text
    shown.close()


def test_checking_needs_no_open_plan(window: MainWindow, exported: Exported, tmp_path: Path) -> None:
    whole = tmp_path / "a.zip"
    whole.write_bytes(exported.package.data)
    window.show_list()
    assert window.actions_by_name["verify"].isEnabled() and not window.actions_by_name["signed"].isEnabled()
    signing.look_into(window, [whole])
    shown = dialog(window)
    assert any("Tệp nguyên vẹn." in label.text() for label in shown.findChildren(QLabel))
    shown.close()


@pytest.mark.parametrize("is_open", [True, False])
def test_the_guide(window: MainWindow, monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    if not is_open:
        window.show_list()
    window.actions_by_name["signing_guide"].trigger()
    [guide] = window.findChildren(SigningGuide)
    QApplication.processEvents()
    texts = {label.text() for label in guide.findChildren(QLabel)}
    assert all(step in texts for _heading, steps in GUIDE for step in steps)
    [area] = guide.findChildren(QScrollArea)
    inside = area.widget()
    assert inside is not None and inside.width() <= area.viewport().width()
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert wait_for(lambda: not guide.isVisible())


def test_the_guide_leads_to_taking_the_signed_pdf_in(
    window: MainWindow, exported: Exported, signed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(monkeypatch, signed)
    signing.show_guide(window)
    [guide] = window.findChildren(SigningGuide)
    assert guide.take is not None
    guide.take.click()
    dialog(window).close()


def test_what_is_not_trusted_is_said_at_the_head(window: MainWindow, signed: Path, folder: Path) -> None:
    (folder / "chung-thu-goc" / "goc.cer").unlink()
    signing.look_into(window, [signed])
    shown = dialog(window)
    assert any(label.text() == "Tệp nguyên vẹn; có điều cần lưu ý." for label in shown.findChildren(QLabel))
    shown.close()
