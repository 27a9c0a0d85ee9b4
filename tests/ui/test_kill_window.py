"""What the window says is saved is there after a SIGKILL."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from models.plan import find_table
from models.store import Store
from tests.plans import fixture_plan

_TYPIST = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from models.plan import find_table
from models.settings import Settings
from models.store import Store
from ui.main_window import MainWindow
app = QApplication([])
folder = Path(sys.argv[1])
window = MainWindow(Store(folder), Settings(folder))
window.open_plan(sys.argv[2])
window.show()
while app.focusWidget() is None:
    app.processEvents()
document = window.workspace.document
window.workspace.show_place(find_table(document.plan, "tasks"))
page = window.workspace.page
page.view.setFocus()
fields = [column.field for column in page.model.columns]
page.view.setCurrentIndex(page.model.index(0, fields.index("total")))
def key(code, text):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        app.sendEvent(app.focusWidget(), QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))
for letter in sys.argv[3]:
    key(ord(letter), letter)
key(Qt.Key.Key_Return, "\\r")
while True:
    app.processEvents()
    if any("Đã lưu" in label.text() for label in window.findChildren(QLabel)):
        print("saved", flush=True)
        while True:
            time.sleep(1)
"""


def test_a_kill_right_after_saved_appears_loses_nothing(tmp_path: Path) -> None:
    plan = fixture_plan(0)
    with Store(tmp_path) as store:
        store.add(plan)
    for round_ in range(3):
        amount = str(300 + round_)
        with subprocess.Popen(
            [sys.executable, "-c", _TYPIST, str(tmp_path), plan.id, amount],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as typist:  # fmt: skip
            assert typist.stdout is not None and typist.stderr is not None
            said = typist.stdout.readline()
            typist.send_signal(signal.SIGKILL)
            assert said == "saved\n", typist.stderr.read()[-600:]
        with Store(tmp_path) as store:
            table = find_table(store.read(plan.id), "tasks")
            assert table is not None and table.rows[0].total == int(amount) * 1_000_000
