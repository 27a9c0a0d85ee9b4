"""Danh mục căn cứ: found, put into the plan and extended, all by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models import catalogue_layers
from models.store import Store
from tests.keyboard import CTRL, SHIFT, focused, key, keys
from tests.ui.catalogue_dialog import numbers, opened, to_front
from tests.ui.main_window import workspace_of
from tests.ui.waiting import wait_for
from ui.dialogs.catalogue import CatalogueDialog
from ui.dialogs.catalogue_entry import EntryDialog
from ui.document import Document
from ui.main_window import MainWindow
from ui.pages.bases import BasesPage


@pytest.fixture
def dialog(document: Document) -> Iterator[CatalogueDialog]:
    with document.edit("x") as plan:
        plan.year, plan.month = 2026, 11
    with opened(document) as found:
        yield found


def shown(dialog: CatalogueDialog) -> list[str]:
    return [entry.number for entry in dialog.list.model_.entries]


def entry_dialog(dialog: CatalogueDialog) -> EntryDialog:
    found = dialog.findChild(EntryDialog)
    assert found is not None
    to_front(found)
    return found


def fill(form: EntryDialog, **texts: str) -> None:
    for name, text in texts.items():
        field = form.fields[name]
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.clear()
        keys(text)


# ---- finding, and into the plan


def test_several_are_found_and_put_into_the_plan_with_one_key(dialog: CatalogueDialog, document: Document) -> None:
    assert dialog.search.hasFocus()
    before = numbers(document)
    keys("chuyen doi so luat")
    assert shown(dialog)[0] == "148/2025/QH15"
    key(Qt.Key.Key_Down, SHIFT)
    key(Qt.Key.Key_Return)
    added = shown(dialog)[:2]
    # What the unit wrote in its own words stays last.
    assert numbers(document) == [*before[:-1], *added, before[-1]]
    assert document.undo_label() == "Thêm căn cứ từ danh mục"
    assert dialog.said.text() == "Đã thêm 2 căn cứ vào kế hoạch."
    new = document.plan.legal_bases[-3]
    assert (new.kind, new.date, new.issuer, new.subject) == ("Luật", "2025-12-11", "Quốc hội", "Chuyển đổi số")
    key(Qt.Key.Key_Return)
    assert dialog.said.text() == "Kế hoạch đã có sẵn các văn bản này."
    document.undo()
    assert numbers(document) == before


def test_what_is_no_longer_in_force_is_shown_as_such_and_can_be_left_out(dialog: CatalogueDialog) -> None:
    keys("an ninh mang luat")
    assert "24/2018/QH14" in shown(dialog)
    row = shown(dialog).index("24/2018/QH14")
    said = dialog.list.model_.index(row, 0).data()
    assert (
        said
        == "Luật An ninh mạng, số 24/2018/QH14 ngày 12/6/2018, Quốc hội, Hết hiệu lực từ 01/7/2026, thay bằng 116/2025/QH15"
    )
    dialog.in_force.setFocus()
    key(Qt.Key.Key_Space)
    assert "24/2018/QH14" not in shown(dialog)
    assert "116/2025/QH15" in shown(dialog)
    assert "30/11/2026" in dialog.intro.text()


def test_what_is_in_force_is_asked_for_the_day_of_the_plan(document: Document) -> None:
    with opened(document) as dialog:
        row = shown(dialog).index("24/2018/QH14")
        assert "Hết hiệu lực" not in dialog.list.model_.index(row, 0).data()


def test_nothing_found_and_no_plan(store: Store) -> None:
    with opened(None, store.folder) as dialog:
        keys("zzz")
        assert shown(dialog) == []
        assert dialog.details.about.text().startswith("Không có văn bản nào như vậy")
        assert dialog.add_button.isHidden()
        key(Qt.Key.Key_Return)


# ---- own entries


def test_a_document_of_the_unit_is_added_changed_removed_and_had_back(
    dialog: CatalogueDialog, document: Document
) -> None:
    key(Qt.Key.Key_Insert)
    form = entry_dialog(dialog)
    fill(form, number="12/QĐ-UBND", subject="về việc phân công")
    key(Qt.Key.Key_Tab)
    form.accept()
    assert form.wrong.text() == "Ngày ban hành: còn trống."
    assert form.fields["date"].hasFocus()
    keys("31/02/2024")
    key(Qt.Key.Key_Return)
    assert form.wrong.text().startswith("Ngày ban hành: không phải ngày có thật")
    fill(form, date="1/2/2024", issuer="UBND tỉnh")
    key(Qt.Key.Key_Return)
    (own,) = catalogue_layers.own(document.store.folder)
    assert (own.number, own.date, own.issuer) == ("12/QĐ-UBND", "2024-02-01", "UBND tỉnh")
    to_front(dialog)
    assert dialog.list.current() == own
    dialog.list.setFocus()
    key(Qt.Key.Key_F2)
    form = entry_dialog(dialog)
    fill(form, expired_on="01/06/2026")
    key(Qt.Key.Key_Return)
    assert "Hết hiệu lực từ 01/6/2026" in dialog.details.valid.text()
    to_front(dialog)
    dialog.list.setFocus()
    key(Qt.Key.Key_Delete)
    assert catalogue_layers.own(document.store.folder) == []
    assert dialog.then.text() == "Lấy lại"
    dialog.then.setFocus()
    key(Qt.Key.Key_Space)
    assert [entry.number for entry in catalogue_layers.own(document.store.folder)] == ["12/QĐ-UBND"]


def test_what_the_catalogue_has_is_not_written_twice_and_not_removed(dialog: CatalogueDialog) -> None:
    keys("30/2020")
    assert not dialog.remove.isEnabled()
    key(Qt.Key.Key_Insert)
    form = entry_dialog(dialog)
    fill(form, number="30/2020/NĐ-CP", date="05/03/2020", subject="về công tác văn thư")
    form.accept()
    assert form.wrong.text() == "Danh mục đã có văn bản này; hãy tìm nó rồi sửa."
    key(Qt.Key.Key_Escape)


def test_what_the_unit_writes_counts_in_the_open_plan_at_once(dialog: CatalogueDialog, document: Document) -> None:
    basis = document.plan.legal_bases[5]
    assert (basis.number, basis.date) == ("3282/QĐ-UBND", "2021-09-29")
    assert document.findings_of(basis) == []
    key(Qt.Key.Key_Insert)
    form = entry_dialog(dialog)
    fill(
        form,
        number="3282/QĐ-UBND",
        date="28/09/2021",
        subject="phê duyệt Kiến trúc Chính quyền điện tử tỉnh Hà Tĩnh, phiên bản 2.0",
    )
    key(Qt.Key.Key_Return) if isinstance(focused(), QLineEdit) else form.accept()
    assert [finding.rule for finding in document.findings_of(basis)] == ["basis.date"]


# ---- reading only


def test_while_the_store_is_read_only_looking_is_possible(document: Document) -> None:
    with opened(document, reading=True) as dialog:
        buttons = (dialog.new, dialog.change, dialog.remove, dialog.update_, dialog.add_button)
        assert not any(button.isEnabled() for button in buttons)
        before = numbers(document)
        for code in (Qt.Key.Key_Return, Qt.Key.Key_Insert, Qt.Key.Key_F2):
            key(code)
        assert numbers(document) == before
        assert dialog.findChild(EntryDialog) is None


# ---- in the window


def test_the_menu_and_the_page_open_it(window: MainWindow) -> None:
    workspace = workspace_of(window)
    before = len(workspace.document.plan.legal_bases)
    workspace.show_place("bases")
    key(Qt.Key.Key_D, CTRL | SHIFT)
    dialog = window.findChild(CatalogueDialog)
    assert dialog is not None and dialog.isVisible()
    to_front(dialog)
    keys("30/2020")
    key(Qt.Key.Key_Return)
    assert len(workspace.document.plan.legal_bases) == before + 1
    key(Qt.Key.Key_Escape)
    assert wait_for(lambda: not dialog.isVisible())
    page = workspace.page
    assert isinstance(page, BasesPage)
    to_front(window)
    page.search.setFocus()
    key(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Danh mục căn cứ"
    key(Qt.Key.Key_Space)
    again = window.findChild(CatalogueDialog)
    assert again is not None
    again.close()
