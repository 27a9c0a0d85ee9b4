"""LibreOffice as a judge: it calculates every formula anew and knows nothing of the values written beside them."""

from __future__ import annotations

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import openpyxl

# 0: always recalculate on loading; the default is to trust the file.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@functools.cache
def _profile() -> Path:
    """A user's folder for LibreOffice, kept for all tests of a run: making one takes longer than converting."""
    folder = Path(tempfile.mkdtemp(prefix="soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder


def convert(folder: Path, kind: str, *sources: Path) -> list[Path]:
    """The files converted to ``kind`` (``xlsx``, ``pdf``), in ``folder/converted``, by a LibreOffice of our own."""
    target = folder / "converted"
    command = ["soffice", f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", kind, "--outdir", str(target), *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170)
    found = [target / f"{source.stem}.{kind}" for source in sources]
    assert all(path.is_file() for path in found), done.stdout + done.stderr
    return found


def recalculate(folder: Path, *workbooks: bytes) -> list[Any]:
    """The workbooks with the values that LibreOffice calculates."""
    sources = []
    for number, data in enumerate(workbooks):
        sources.append(folder / f"book-{number}.xlsx")
        sources[-1].write_bytes(data)
    return [openpyxl.load_workbook(path, data_only=True) for path in convert(folder, "xlsx", *sources)]
