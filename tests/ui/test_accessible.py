"""Every page and dialog without a mouse, without colours, with a screen reader, and with large letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models import i18n
from models.plan import find_section, find_table
from models.settings import Settings
from models.store import Store, backups
from tests.models.store.damaged import damage, zeroed
from tests.plans import fixture_plan, small_plan
from tests.ui import faults
from tests.ui.kept_exports import export_without_files
from tests.ui.waiting import wait_for
from ui import theme
from ui.main_window import MainWindow
from ui.pages.export import ExportPage
from ui.pages.findings import FindingsPage
from ui.pages.plans import PlansPage

#: Languages and text sizes in which nothing may be cut off.
SIZES = (("vi", 1.0), ("vi", 1.5), ("en", 1.0), ("en", 1.5))
PAGES = (
    "list", "bin", "general", "bases", "no bases", "text", "numbers", "tasks", "nested", "register", "summary", "sums",
    "findings", "why", "clean", "export", "locked", "preview", "find",
)  # fmt: skip
DIALOGS = (
    "new plan",
    "particulars",
    "passphrase",
    "new passphrase",
    "failure",
    "keys",
    "history",
    "no revisions",
    "revisions",
    "comparison",
    "backups",
    "second place of backups",
    "damaged",
)


class Opened:
    """The program's window on three plans, and the way to each of its pages and dialogs."""

    #: The one whose language and text size the program has now.
    front: Opened | None = None

    def __init__(self, folder: Path, language: str, scale: float) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app, self.language, self.scale = app, language, scale
        self.settings = Settings(folder)
        self.settings.set("scale", scale)
        self.settings.set("theme", "light")
        self.dress()
        self.store = Store(folder)
        self.plans = [fixture_plan(0), fixture_plan(4), small_plan(id="sach", legal_bases=[])]
        for plan in self.plans:
            self.store.add(plan)
        self.window = MainWindow(self.store, self.settings)
        # As large as the smallest screen there is, whatever the screen of the test is.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.window.show()
        self.dialog: QDialog | None = None

    def dress(self) -> None:
        if Opened.front is not self:
            Opened.front = self
            i18n.set_language(self.language)
            theme.apply(self.app, "light", self.scale)

    def come_to_front(self) -> None:
        self.dress()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def open_plan(self, number: int) -> None:
        plan = self.plans[number]
        if self.window.workspace is None or self.window.workspace.document.plan.id != plan.id:
            self.window.open_plan(plan.id)
        assert self.window.workspace is not None
        self.window.workspace.document.check_again()

    def show(self, page: str) -> QWidget:
        """Go to a page; gives it."""
        self.come_to_front()
        if page in ("list", "bin"):
            self.window.show_list()
            plans = self.window.findChild(PlansPage)
            assert isinstance(plans, PlansPage)
            plans._show_bin(page == "bin")
            self.settle()
            return plans
        self.open_plan({"nested": 1, "register": 1, "sums": 1, "clean": 2, "no bases": 2}.get(page, 0))
        workspace = self.window.workspace
        assert workspace is not None
        plan = workspace.document.plan
        place = {
            "text": find_section(plan, "plan.budget"),
            "numbers": find_section(plan, "review.infrastructure"),
            "tasks": find_table(plan, "tasks"),
            "nested": find_table(plan, "tasks"),
            "register": next((table for table in plan.tables if table.is_register), None),
            "sums": "summary",
            "clean": "findings",
            "why": "findings",
            "no bases": "bases",
            "find": "general",
            "locked": "export",
        }.get(page, page)
        assert place is not None
        if page == "preview":
            self.window.show_preview()
        else:
            workspace.enter_place(place)
        if isinstance(workspace.page, FindingsPage):
            workspace.page.details.why.setChecked(page == "why")
        if isinstance(workspace.page, ExportPage):
            workspace.page.lock.box.setChecked(page == "locked")
        if page == "find":
            self.window.actions_by_name["find"].trigger()
        self.settle()
        return workspace if page == "find" else workspace.page

    def ask(self, dialog: str) -> QDialog:
        """Open a dialog; gives it."""
        from ui.dialogs.failure import FailureDialog
        from ui.dialogs.history import HistoryDialog
        from ui.dialogs.keys import KeysDialog
        from ui.dialogs.new_plan import NewPlanDialog
        from ui.dialogs.particulars import ParticularsDialog
        from ui.dialogs.passphrase import NewPassphraseDialog, PassphraseDialog

        self.show("general")
        workspace = self.window.workspace
        assert workspace is not None
        if dialog == "new plan":
            self.dialog = NewPlanDialog(self.window, self.settings)
        elif dialog == "particulars":
            self.dialog = ParticularsDialog(self.window, self.settings)
        elif dialog == "passphrase":
            self.dialog = PassphraseDialog(self.window, Path("KH-2022_SNV_1.khoa.zip"))
        elif dialog == "new passphrase":
            self.dialog = NewPassphraseDialog(self.window)
        elif dialog == "failure":
            self.dialog = FailureDialog("Không mở được kho dữ liệu vì tệp đang do chương trình khác giữ.")
        elif dialog == "keys":
            self.dialog = KeysDialog(self.window)
        elif dialog in ("no revisions", "revisions", "comparison"):
            self.dialog = self.ask_revisions(dialog)
        elif dialog in ("backups", "second place of backups"):
            self.dialog = self.ask_backups(dialog)
        elif dialog == "damaged":
            self.dialog = self.ask_damaged()
        else:
            plan = workspace.document.plan
            workspace.document.set(plan, "place", "Nơi khác", "Sửa địa danh")
            workspace.document.undo()
            self.dialog = HistoryDialog(self.window, workspace.document)
        self.dialog.show()
        self.dialog.activateWindow()
        assert QTest.qWaitForWindowActive(self.dialog)
        self.settle()
        return self.dialog

    def ask_backups(self, dialog: str) -> QDialog:
        from ui.dialogs.backups import BackupsDialog

        folder = backups.folder_of(self.store.folder)
        if not backups.listed(folder):
            backups.make(self.store.path, folder, "day")
        found = BackupsDialog(self.window, self.store, self.settings)
        assert wait_for(lambda: found.lists.held.topLevelItemCount() > 0)
        if dialog != "backups":
            found.show_place()
            for box in (found.place.is_wanted, found.place.is_locked):
                box.setChecked(True)
        return found

    def ask_damaged(self) -> QDialog:
        from ui.dialogs.damaged import DamagedDialog

        folder = self.store.folder / "hỏng"
        damage(folder, zeroed(*range(9, 40))(self.store.path.read_bytes()))
        backups.folder_of(folder).mkdir()
        backups.make(self.store.path, backups.folder_of(folder), "day")
        found = DamagedDialog(folder, "các trang của tệp không khớp nhau")
        assert wait_for(lambda: found._job is None)
        return found

    def ask_revisions(self, dialog: str) -> QDialog:
        from ui.dialogs.revisions import RevisionsDialog

        self.open_plan(2 if dialog == "no revisions" else 1)
        assert self.window.workspace is not None
        document = self.window.workspace.document
        if dialog != "no revisions" and not document.store.exports(document.plan.id):
            export_without_files(document)
            document.set(document.plan.tables[-1].rows[0].rows[0], "group", "Nhóm khác", "Sửa tên nhóm")
        found = RevisionsDialog(self.window, document, self.settings)
        if dialog == "comparison":
            found.revisions.compare.click()
            assert wait_for(lambda: found.compared is not None)
        return found

    def settle(self) -> None:
        """Layouts that follow later are there; and no other window came up, not for a moment either."""
        QTest.qWait(80)
        assert QApplication.activeWindow() is (self.dialog or self.window)

    def close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def close(self) -> None:
        self.close_dialog()
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()
        self.store.close()
        Opened.front = None
        theme.apply(self.app, "light")
        i18n.set_language("vi")


@pytest.fixture(scope="module")
def opened(app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    found = Opened(tmp_path_factory.mktemp("kho"), "vi", 1.0)
    yield found
    found.close()


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]} {size[1]}")
def sized(request, app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    found = Opened(tmp_path_factory.mktemp("kho"), *request.param)
    yield found
    found.close()


# ---- pages


@pytest.mark.parametrize("page", PAGES)
def test_everything_has_a_name_and_a_role(opened: Opened, page: str):
    shown = opened.show(page)
    assert faults.without_name(shown) == []


def test_the_frame_of_the_window_has_names(opened: Opened):
    opened.show("general")
    assert faults.without_name(opened.window) == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_in_the_order_of_reading_and_comes_round(opened: Opened, page: str):
    assert faults.tab_faults(opened.show(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_letter_is_pressed_with_alt_for_two_things(opened: Opened, page: str):
    opened.show(page)
    assert faults.shared_mnemonics(opened.window.findChildren(QWidget)) == []
    assert faults.menu_mnemonics(opened.window) == []


@pytest.mark.parametrize("page", PAGES)
def test_the_focus_is_seen(opened: Opened, page: str):
    assert faults.unmarked_focus(opened.show(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_text_is_cut_off(sized: Opened, page: str):
    shown = sized.show(page)
    assert (sized.window.width(), sized.window.height()) == (1366, 768)
    assert faults.clipped(shown) == []


def test_the_frame_of_the_window_is_not_cut_off(sized: Opened):
    sized.show("general")
    assert faults.clipped(sized.window.tools) == []
    assert faults.clipped(sized.window.status) == []


# ---- dialogs


@pytest.mark.parametrize("dialog", DIALOGS)
def test_a_dialog_can_be_worked_with_without_a_mouse(opened: Opened, dialog: str):
    shown = opened.ask(dialog)
    try:
        assert faults.without_name(shown) == []
        assert faults.tab_faults(shown) == []
        assert faults.shared_mnemonics(shown.findChildren(QWidget)) == []
        assert faults.unmarked_focus(shown) == []
    finally:
        opened.close_dialog()


@pytest.mark.parametrize("dialog", DIALOGS)
def test_no_text_of_a_dialog_is_cut_off(sized: Opened, dialog: str):
    shown = sized.ask(dialog)
    try:
        assert faults.clipped(shown) == []
        assert shown.width() <= 1366 and shown.height() <= 728
    finally:
        sized.close_dialog()


# ---- colours

#: Text colours on the grounds that they are written on, and the contrast that they need.
TEXTS = [
    *[("text", ground) for ground in ("window", "surface", "raised", "selection", "error_ground", "warning_ground")],
    *[("muted", ground) for ground in ("window", "surface", "raised", "selection", "error_ground", "warning_ground")],
    *[("accent", ground) for ground in ("window", "surface", "raised", "selection")],
    *[("on_accent", ground) for ground in ("accent", "accent_hover")],
    *[("error", ground) for ground in ("window", "surface", "raised", "error_ground")],
    *[("warning", ground) for ground in ("window", "surface", "raised", "warning_ground")],
    *[("done", ground) for ground in ("window", "surface", "raised")],
]  # fmt: skip


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    mixed = QColor(colour)
    parts = [mixed.redF(), mixed.greenF(), mixed.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXTS, ids=lambda pair: " on ".join(pair))
def test_texts_stand_out_from_their_ground(palette: theme.Colours, pair: tuple[str, str]):
    colours = asdict(palette)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_mark_of_the_focus_stands_out(palette: theme.Colours):
    for ground in (palette.window, palette.surface, palette.raised, palette.selection):
        assert contrast(palette.accent, ground) >= 3
