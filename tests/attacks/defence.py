"""How an attack must end: refused with one sentence or harmless, within seconds, in bounded memory, nothing stored."""

from __future__ import annotations

import contextlib
import io
import json
import resource
import stat
import time
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import document
from models.errors import UserError
from models.imports import package
from models.plan import Plan
from tests.plans import small_plan

#: Seconds of the processor, and memory (MB) beyond what the test run has already.
SECONDS, MEMORY = 5.0, 400.0


def _memory(name: str) -> float:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


@contextmanager
def bounded(seconds: float = SECONDS, memory: float = MEMORY) -> Iterator[None]:
    """What is done inside takes no longer, and no more memory, than is promised."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    before, begun = _memory("VmRSS:"), time.process_time()
    yield
    took, grown = time.process_time() - begun, _memory("VmHWM:") - before
    assert took <= seconds, f"{took:.1f} s"
    assert grown <= memory, f"{grown:.0f} MB"


def is_sentence(text: str) -> bool:
    """One line that ends as a sentence, of letters that can be shown."""
    shown = all(unicodedata.category(letter) not in ("Cc", "Cs", "Cf") for letter in text)
    return bool(text) and shown and text.endswith(".") and len(text) < 1000


def refused(folder: Path, name: str, data: bytes, *words: str) -> str:
    """The sentence with which a file of these bytes is refused, which names it and says ``words``."""
    path = folder / name
    path.write_bytes(data)
    with bounded(), pytest.raises(UserError) as raised:
        package.open_any(path)
    text = str(raised.value)
    assert is_sentence(text), text
    assert all(word in text for word in words), text
    return text


def taken(folder: Path, name: str, data: bytes) -> Plan:
    """The plan of a file of these bytes; it stays the same when it is written and read again."""
    path = folder / name
    path.write_bytes(data)
    with bounded():
        plan = package.open_any(path)
    written = document.to_bytes(plan)
    assert document.to_bytes(document.from_bytes(written)) == written
    return plan


def plan_text(**changed: object) -> str:
    """A plan document with some of its fields replaced."""
    return json.dumps(document.dump(small_plan()) | changed, ensure_ascii=True)


Entry = tuple[str, bytes]


def zipped(entries: Sequence[Entry], mode: int = stat.S_IFREG | 0o644) -> bytes:
    """A zip file of the entries, whatever their names."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        warnings.simplefilter("ignore")
        for name, data in entries:
            info = zipfile.ZipInfo("x")
            # Set behind its back: it would cut the name at a zero.
            info.filename = name
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
    return stream.getvalue()


def entries(data: bytes) -> list[Entry]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]
