"""Takes pictures of every page and dialog in the real window at 1366×768, on a screen of its own, into docs/img.

Arguments are the names of the pictures to take (``chi-doc hop-thoai-loi``); without any, all are taken anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import intake_pictures
import safety_pictures

#: Those that need more than a page or a dialog; the one of a store that is only read comes last.
PICTURES = {**intake_pictures.PICTURES, **safety_pictures.PICTURES}
ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs" / "img"
SAMPLE = ROOT / "resources" / "samples" / "ke-hoach-mau.json"
WITH_ERRORS = ROOT / "tests" / "fixtures" / "plan-000.json"
NESTED = ROOT / "tests" / "fixtures" / "plan-004.json"

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from models.plan import Plan
    from ui.main_window import MainWindow

#: Language, theme and text size of each set of pictures; the first one is whole.
SETS = (("vi", "light", 1.0), ("vi", "dark", 1.0), ("en", "light", 1.0), ("en", "dark", 1.0), ("vi", "light", 1.5))


def main() -> int:
    """Start a screen, and on it one process for each set."""
    if sys.argv[1:2] == ["--set"]:
        language, theme_name, scale_text, *names = sys.argv[2:]
        Sitting(language, theme_name, float(scale_text), names).take()
        return 0
    names = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    from tests.screen import Screen

    OUTPUT.mkdir(parents=True, exist_ok=True)
    if not names:
        for old in OUTPUT.glob("*.png"):
            old.unlink()
    with Screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        for language, theme, scale in SETS:
            command = [sys.executable, __file__, "--set", language, theme, str(scale), *names]
            subprocess.run(command, check=True, env=environment)
    if not names:
        subprocess.run([sys.executable, str(ROOT / "scripts" / "pages.py")], check=True)
    print(f"{len(list(OUTPUT.glob('*.png')))} pictures in {OUTPUT.relative_to(ROOT)}/")
    return 0


class Sitting:
    """All pictures of one language, theme and text size, or only those of the names."""

    samples, late = (SAMPLE, WITH_ERRORS), NESTED

    def __init__(self, language: str, theme_name: str, scale: float, names: Sequence[str] = ()) -> None:
        from PySide6.QtWidgets import QApplication

        from models import i18n
        from ui import theme

        self.language, self.theme, self.scale, self.names = language, theme_name, scale, names
        i18n.set_language(language)
        self.app = QApplication(sys.argv[:1])
        theme.apply(self.app, theme_name, scale)
        self.window: MainWindow

    def take(self) -> None:
        """The list of plans, every page of three plans, every dialog."""
        from models import document
        from models.settings import Settings
        from models.store import Store
        from ui import qt_texts
        from ui.main_window import MainWindow

        qt_texts.install(self.app)
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
            self.settings = Settings(Path(folder))
            self.settings.set("theme", self.theme)
            self.settings.set("scale", self.scale)
            self.window = MainWindow(store, self.settings)
            self.window.show()
            self.window.activateWindow()
            self.window.show_list()
            self.shoot("danh-sach-trong")
            self.plans: dict[str, Plan] = {}
            for name, path in (("004", NESTED), ("000", WITH_ERRORS), ("mau", SAMPLE)):
                self.plans[name] = document.read(path)
                store.add(self.plans[name])
            last_year = _last_year(document.read(SAMPLE))
            store.add(last_year)
            self.window.show_list()
            self.shoot("danh-sach")
            if not self.names or not PICTURES.keys() >= set(self.names):
                self.pages_with_errors()
                self.nested_table()
                self.pages()
                self.dialogs()
                self.documents(Path(folder))
            wanted = [take for name, take in PICTURES.items() if not self.names or name in self.names]
            # One function may take several.
            for take in dict.fromkeys(wanted):
                take(self, Path(folder))
            self.window.close()

    # ---- pages

    def pages_with_errors(self) -> None:
        from ui import finding_work

        page = self.open("000", "table:tasks")
        self.shoot("table-tasks")
        finding_work.why_here(self.window.workspace)  # type: ignore[arg-type]
        self.shoot("table-tasks-vi-sao")
        page = self.open("000", "table:tasks")
        page.view.setCurrentIndex(page.model.index(1, 2))
        page.view.edit(page.view.currentIndex())
        self.shoot("table-tasks-sua-o")
        page = self.open("000", "findings")
        self.shoot("findings")
        page.toggle_why()
        self.shoot("findings-vi-sao")

    def nested_table(self) -> None:
        page = self.open("004", "table:tasks")
        self.shoot("ke-hoach-004-table-tasks")
        page.filter_line.open()
        self.type("trung tam")
        self.shoot("ke-hoach-004-loc")

    def pages(self) -> None:
        from PySide6.QtCore import Qt

        for name in ("general", "bases", "section:review.apps", "section:plan.budget", "table:software", "export"):
            self.open("mau", name)
            self.shoot(name.replace(":", "-").replace(".", "-"))
        self.open("mau", "section:review.apps")
        self.settle(0.5)
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
        self.shoot("section-nam-truoc")
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
        self.open("mau", "section:plan.budget")
        workspace = self.window.workspace
        assert workspace is not None
        workspace.find(False)
        self.type("kinh phi")
        self.shoot("tim")
        self.press(Qt.Key.Key_Escape)
        self.window.show_preview()
        self.settle(4)
        self.shoot("xem-truoc")

    # ---- dialogs

    def dialogs(self) -> None:
        from ui.dialogs.columns import ColumnsDialog
        from ui.dialogs.failure import FailureDialog
        from ui.dialogs.history import HistoryDialog
        from ui.dialogs.keys import KeysDialog
        from ui.dialogs.new_plan import NewPlanDialog
        from ui.dialogs.notation import NotationDialog
        from ui.dialogs.particulars import ParticularsDialog

        page = self.open("004", "table:tasks")
        workspace = self.window.workspace
        assert workspace is not None
        document = workspace.document
        for number, row in enumerate(document.plan.tables[-1].rows[0].rows[1].rows[:6]):
            document.set(row, "note", f"Ghi chú {number + 1}", "Sửa ghi chú")
        document.undo()
        for name, make in (
            ("moi", lambda: NewPlanDialog(self.window, self.settings)),
            ("don-vi", lambda: ParticularsDialog(self.window, self.settings)),
            ("phim-tat", lambda: KeysDialog(self.window)),
            ("lich-su", lambda: HistoryDialog(self.window, document)),
            ("cot", lambda: ColumnsDialog(self.window, page.columns)),
            ("cach-viet-so", lambda: NotationDialog(self.window, ["4,009.772", "1.5"], "million")),
            ("khong-mo-duoc", lambda: FailureDialog(_failure())),
        ):
            self.dialog(name, make)

    def documents(self, folder: Path) -> None:
        """Sums, the page beside the form, what was exported before, and what came back signed."""
        from PySide6.QtCore import Qt

        from models.plan import find_table, walk_rows
        from tests.models.signing.exported import signed_twice
        from tests.ui.kept_exports import export
        from ui import signing
        from ui.dialogs.revisions import RevisionsDialog
        from ui.dialogs.signing_guide import SigningGuide

        self.open("004", "summary")
        self.shoot("tong-hop")
        self.open("mau", "section:plan.budget")
        workspace = self.window.workspace
        assert workspace is not None
        workspace.toggle_preview()
        self.settle(3)
        self.shoot("xem-truoc-ben-canh")
        workspace.toggle_preview()
        document = workspace.document
        export(document)
        tasks = find_table(document.plan, "tasks")
        assert tasks is not None
        row = next(row for row in walk_rows(tasks.rows) if row.funding)
        document.set(row, "funding", dict.fromkeys(row.funding, 65_000_000), "Sửa kinh phí")
        document.set(row, "lead", "Phòng Hành chính", "Sửa đơn vị chủ trì")
        export(document)
        revisions = RevisionsDialog(self.window, document, self.settings)
        revisions.show()
        revisions.activateWindow()
        self.settle(1)
        self.shoot("hop-thoai-cac-lan-ket-xuat")
        self.press(Qt.Key.Key_Up)
        self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)
        self.settle(2)
        self.shoot("hop-thoai-so-sanh")
        revisions.reject()
        revisions.reject()
        self.dialog("huong-dan-ky", lambda: SigningGuide(self.window, lambda: None))
        signed = folder / "KH-2022_SNV_1.pdf"
        signed.write_bytes(signed_twice())
        signing.look_into(self.window, [signed])
        self.settle(3)
        self.shoot("hop-thoai-kiem-tra-goi-nop")
        if (shown := self.app.activeModalWidget()) is not None:
            shown.close()

    def dialog(self, name: str, make: Callable[[], QDialog]) -> None:
        """A dialog over the window; it is closed without doing anything."""
        shown = make()
        shown.show()
        shown.activateWindow()
        self.shoot(f"hop-thoai-{name}")
        shown.reject()
        shown.deleteLater()

    # ---- hands

    def open(self, name: str, place_name: str) -> Any:
        """Go to a place of a plan; gives its page."""
        from models.plan import find_section, find_table

        self.window.open_plan(self.plans[name].id)
        workspace = self.window.workspace
        assert workspace is not None
        plan = workspace.document.plan
        workspace.document.check_again()
        kind, _colon, key = place_name.partition(":")
        place = find_table(plan, key) if kind == "table" else find_section(plan, key) if key else kind
        assert place is not None, place_name
        workspace.show_place(place)
        workspace.page.enter()
        return workspace.page

    def type(self, text: str) -> None:
        from PySide6.QtTest import QTest

        self.settle(0.3)
        widget: QWidget | None = self.app.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)

    def press(self, key: Any, modifiers: Any = None) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        widget = self.app.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def settle(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.01)

    def wait_for(self, is_done: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        until = time.monotonic() + 30
        while not is_done():
            assert time.monotonic() < until, "it never came"
            self.settle(0.05)

    def shoot(self, name: str) -> None:
        """Take the picture of that name, if it is wanted."""
        if self.names and name not in self.names:
            return
        self.settle(0.7)
        suffix = "" if self.scale == 1.0 else f"-{round(self.scale * 100)}"
        picture = self.app.primaryScreen().grabWindow(0).toImage()
        _small(picture).save(str(OUTPUT / f"{name}-{self.language}-{self.theme}{suffix}.png"))


def _last_year(plan: Plan) -> Plan:
    """A plan of the same unit for the year before, so that its texts can stand beside this year's."""
    plan.id += "-nam-truoc"
    assert plan.period_from is not None and plan.year is not None
    plan.subject = plan.subject.replace(str(plan.period_from), str(plan.period_from - 1))
    plan.period_from -= 1
    plan.period_to = plan.period_from
    plan.year -= 1
    return plan


def _failure() -> str:
    from models.store.files import explain

    error = OSError(28, "No space left on device")
    return str(explain(error, Path("D:/KeHoachSo/kehoachso.db")))


def _small(picture: Any) -> Any:
    """The picture in its 256 most frequent colours, which is a third of the size and looks the same."""
    from PySide6.QtGui import QImage

    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    colours = Counter(memoryview(plain.constBits()).cast("I")).most_common(256)
    table = [colour | 0xFF000000 for colour, _count in colours]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)


if __name__ == "__main__":
    sys.exit(main())
