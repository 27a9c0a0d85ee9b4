"""The program reaches for no network: not in what it imports, not in what it does, in the window or on the command line.

What it does is watched by the system itself (``tests.network``): the first socket of the internet ends the process.
"""

from __future__ import annotations

import ast
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models import document as plan_document
from tests import network
from tests.models.signing import authority
from tests.plans import small_plan
from tests.test_architecture import ROOT, imports, is_in, modules
from tests.ui import real_window
from tests.ui.program import Ran, environment, run, write
from ui import commands

#: What reaches for the network, or could.
_FOR_THE_NETWORK = (
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "websockets", "xmlrpc",
    "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtMultimedia", "PySide6.QtHttpServer",
)  # fmt: skip
#: Who may import one of these, and what for.
_ALLOWED = {
    "models.signing.roots": {"ssl"},  # the certificates of the machine; no connection
    # pyHanko's way of being called; what it would fetch is not allowed
    "models.signing.signatures": {"asyncio"},
    "models.signing.trust": {"asyncio"},
    "ui.instance": {"socket"},  # to the window of the same user, through a file
    "ui.front": {"PySide6.QtNetwork", "socket"},  # the same, at the other end
}
#: Of these, local ones only.
_LOCAL = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
#: Names that fetch, in whatever module they are.
_FETCHING = (
    "QNetwork",
    "QTcp",
    "QUdp",
    "QSsl",
    "QHostInfo",
    "QDnsLookup",
    "QTextBrowser",
    "AF_INET",
    "create_connection",
)

needs_filter = pytest.mark.skipif(not network.can_forbid, reason="a filter on system calls is made for Linux alone")


# ---- what is imported, and what is called


def test_nothing_that_reaches_for_the_network_is_imported() -> None:
    for name in modules():
        found = {one for one in imports(name) if is_in(one, *_FOR_THE_NETWORK)}
        allowed = _ALLOWED.get(name, set())
        assert {one for one in found - _LOCAL if one not in allowed} == set(), name


def test_nothing_that_fetches_is_named() -> None:
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            assert not called.startswith(_FETCHING), f"{name}: {called}"
            assert called != "setOpenExternalLinks", name
            if isinstance(node, ast.keyword) and node.arg == "allow_fetching":
                assert isinstance(node.value, ast.Constant) and node.value.value is False, name


def test_only_files_of_this_machine_are_opened_by_others() -> None:
    """``QDesktopServices.openUrl`` gets nothing but ``QUrl.fromLocalFile``: a browser would fetch."""
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "openUrl":
                assert ast.unparse(node.args[0]).startswith("QUrl.fromLocalFile("), name


# ---- the watchers watch


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("example.invalid", 80),
        lambda: socket.gethostbyname("example.invalid"),
    ],
)
def test_an_attempt_of_a_test_is_refused_and_heard_of(attempt: Any) -> None:
    before = len(network.tried)
    with pytest.raises(network.Tried):
        attempt()
    assert len(network.tried) > before
    # Else this test would fail, as any other one that tries.
    del network.tried[before:]


def test_sockets_within_the_machine_are_let_by() -> None:
    for end in socket.socketpair():
        end.close()


_ATTEMPTS = {
    "python": "import socket; socket.socket(socket.AF_INET)",
    "name": "import socket; socket.getaddrinfo('example.invalid', 80)",
    "qt": "from PySide6.QtNetwork import QTcpSocket; s = QTcpSocket(); s.connectToHost('127.0.0.1', 9)\n"
    "s.waitForConnected(1000)",
    "child": "import subprocess, sys, os, signal\n"
    "done = subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])\n"
    "os.kill(os.getpid(), -done.returncode)",
}


@needs_filter
@pytest.mark.parametrize("how", _ATTEMPTS)
def test_the_filter_ends_a_process_that_tries(how: str) -> None:
    code = f"from tests.network import forbid\nforbid()\n{_ATTEMPTS[how]}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGSYS, done.stderr.decode()


# ---- what is done

_FORBID = "from tests.network import forbid\nforbid()\n"
_MAIN = _FORBID + "import sys\nfrom ui import cli\nsys.exit(cli.main(sys.argv[1:]))"


@needs_filter
def test_no_command_reaches_for_the_network(tmp_path: Path) -> None:
    plan = write(tmp_path / "kế hoạch.json", plan_document.dump(small_plan()))
    data, out = tmp_path / "kho", tmp_path / "ra"

    def command(*arguments: object) -> Ran:
        found = run("--data", data, *arguments, cwd=ROOT, python=_MAIN)
        assert found.code == 0, (arguments, found)
        done.add(str(arguments[0]))
        return found

    done: set[str] = set()
    plan_id = command("import", plan).lines[0]
    command("list")
    command("check", plan_id)
    files = command("export", plan_id, "--to", out, "--word", "--mail", "--json").json["files"]
    command("compare", plan_id, plan)
    (data / "chung-thu-goc").mkdir()
    (data / "chung-thu-goc" / "goc.crt").write_bytes(authority.root().pem)
    signed = tmp_path / "ký.pdf"
    signed.write_bytes(authority.sign(Path(files["pdf"]).read_bytes(), with_time=True))
    assert authority.LEADER in command("verify", files["package"], signed).out
    command("backup", "--to", tmp_path / "usb")
    [backup] = (tmp_path / "usb").rglob("*.db*")
    command("backups", tmp_path / "usb")
    command("restore", backup)
    assert done == set(commands.COMMANDS)


_IN_THE_WINDOW = """
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from models.plan import walk_sections
from models.exports.package import build
from tests.models.signing import authority
from ui import signing
from ui.dialogs.signed import ExaminedDialog
workspace, document = window.workspace, window.workspace.document
plan, table = document.plan, document.plan.tables[0]
page = "http://192.0.2.1/a"
html = (
    f'<link rel="stylesheet" href="{page}.css"><style>@import url({page}.css); p {{ background: url({page}.png) }}</style>'
    f'<script src="{page}.js"></script><iframe src="{page}"></iframe><object data="{page}.svg"></object>'
    f'<p>Ảnh <img src="{page}.png"> <img src="//192.0.2.1/b.png"> <img src="file://192.0.2.1/share/c.png">'
    f'<img src="\\\\\\\\192.0.2.1\\\\share\\\\d.png"> <a href="{page}">tới đây</a></p>'
    f'<table background="{page}.png"><tr><td>1</td><td><img src="https://example.invalid/e.png">2</td></tr></table>'
)
data = QMimeData()
data.setHtml(html)
QApplication.clipboard().setMimeData(data)
pasted = 0
for place in ["general", "bases", *walk_sections(plan.sections), table]:
    workspace.enter_place(place)
    yield lambda: True
    for field in workspace.page.findChildren(QTextEdit) + workspace.page.findChildren(QPlainTextEdit) + workspace.page.findChildren(QLineEdit):
        if field.isVisible() and field.isEnabled() and not field.isReadOnly():
            field.paste()
            pasted += 1
    workspace.save()
    yield lambda: True
workspace.show_place(table)
workspace.page.view.setFocus()
for action in workspace.page.actions_of_rows:
    if action is not None and action.objectName() == "paste":
        action.trigger()
yield lambda: True
while document.undo_label():
    document.undo()
from models.plan import Plan
document.set(plan, "place", "Vinh", "Sửa nơi ban hành")
document.check_again()
tell(pasted=pasted, errors=document.count("error"))

workspace.show_place("export")
out = Path(sys.argv[2]).parent / "ra"
out.mkdir()
workspace.page.folder.field.setText(str(out))
workspace.page.start(False)
yield lambda: not workspace.page.is_running
[pdf] = out.glob("*.pdf")
(Path(sys.argv[2]) / "chung-thu-goc").mkdir()
(Path(sys.argv[2]) / "chung-thu-goc" / "goc.crt").write_bytes(authority.root().pem)
signed = out / "ky.pdf"
signed.write_bytes(authority.sign(pdf.read_bytes(), with_time=True))
signing.take_in(window, signed)
yield lambda: any(one.isVisible() for one in window.findChildren(ExaminedDialog))
for one in window.findChildren(ExaminedDialog):
    one.close()
for name in ("preview", "summary", "findings", "find", "history", "keys", "revisions", "signing_guide", "about", "preview_beside"):
    window.actions_by_name[name].trigger()
    begin = time.monotonic()
    yield lambda: time.monotonic() - begin > 0.5
    if QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()
def boom():
    raise ValueError
QTimer.singleShot(0, boom)
yield lambda: crash._watch.dialog is not None and crash._watch.dialog.isVisible()
tell(signed=signed.exists())
# What Python put there must not be left to Qt.
QApplication.clipboard().clear()
window.close()
"""


@needs_filter
def test_nothing_done_in_the_window_reaches_for_the_network(tmp_path: Path) -> None:
    """Pasted pages with pictures, style sheets and shares of other machines, an export, a signed PDF, the dialogs."""
    plan = write(tmp_path / "kế hoạch.json", plan_document.dump(small_plan()))
    data = tmp_path / "kho"
    [plan_id] = run("--data", data, "import", plan, cwd=ROOT, env=environment()).lines
    ended, told, err = real_window.run(data, _IN_THE_WINDOW, "--open", plan_id, first=_FORBID)
    assert ended == 0, err
    assert len(told) == 2 and told[0]["pasted"] > 10 and told[0]["errors"] == 0
