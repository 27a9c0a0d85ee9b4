"""Takes pictures of the real window at 1366×768 on a screen of its own (Xvfb), into docs/img."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs" / "img"
SAMPLE = ROOT / "resources" / "samples" / "ke-hoach-mau.json"
WITH_ERRORS = ROOT / "tests" / "fixtures" / "plan-000.json"
NESTED = ROOT / "tests" / "fixtures" / "plan-004.json"

#: Language, theme and text size of each set of pictures; the first one is whole.
SETS = (("vi", "light", 1.0), ("vi", "dark", 1.0), ("en", "light", 1.0), ("en", "dark", 1.0), ("vi", "light", 1.5))


def main() -> int:
    """Start a screen, and on it one process for each set."""
    if len(sys.argv) > 1:
        return take(sys.argv[1], sys.argv[2], float(sys.argv[3]))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24"],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            display = ":" + numbers.readline().strip()
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        for language, theme, scale in SETS:
            subprocess.run([sys.executable, __file__, language, theme, str(scale)], check=True, env=environment)
    finally:
        server.terminate()
        server.wait()
    print(f"{len(list(OUTPUT.glob('*.png')))} pictures in {OUTPUT.relative_to(ROOT)}/")
    return 0


def take(language: str, theme_name: str, scale: float) -> int:
    """All pictures of one language, theme and text size."""
    from PySide6.QtWidgets import QApplication

    from models import document, i18n
    from models.plan import find_section, find_table
    from models.settings import Settings
    from models.store import Store
    from ui import theme
    from ui.main_window import MainWindow

    i18n.set_language(language)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        settings = Settings(Path(folder))
        settings.set("theme", theme_name)
        settings.set("scale", scale)
        theme.apply(app, theme_name, scale)
        plans = [document.read(path) for path in (NESTED, WITH_ERRORS, SAMPLE)]
        for plan in plans:
            store.add(plan)
        window = MainWindow(store, settings)
        window.show()

        def shoot(name: str) -> None:
            until = time.monotonic() + 0.6
            while time.monotonic() < until:
                app.processEvents()
                time.sleep(0.01)
            suffix = "" if scale == 1.0 else f"-{round(scale * 100)}"
            picture = app.primaryScreen().grabWindow(0)
            picture.save(str(OUTPUT / f"{name}-{language}-{theme_name}{suffix}.png"))

        window.show_list()
        shoot("danh-sach")
        sample, wrong, nested = plans[2], plans[1], plans[0]
        for plan, places in (
            (wrong, ("table:tasks", "findings")),
            (nested, ("table:tasks",)),
            (sample, ("general", "bases", "section:review.apps", "section:plan.budget", "table:software", "export")),
        ):
            window.open_plan(plan.id)
            assert window.workspace is not None
            here = window.workspace.document.plan
            for name in places:
                kind, _colon, key = name.partition(":")
                place = find_table(here, key) if kind == "table" else find_section(here, key) if key else kind
                assert place is not None
                window.workspace.show_place(place)
                shoot(f"{'ke-hoach-004-' if plan is nested else ''}{name.replace(':', '-').replace('.', '-')}")
        window.show_preview()
        until = time.monotonic() + 4
        while time.monotonic() < until:
            app.processEvents()
            time.sleep(0.02)
        shoot("xem-truoc")
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
