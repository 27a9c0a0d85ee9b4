"""From a file to a plan."""

from __future__ import annotations

from pathlib import Path

from models.document.loading import load
from models.document.parsing import parse, read_bytes
from models.plan import Plan


def read(path: Path) -> Plan:
    """The plan in the file ``path``; ``DocumentError`` where it is no plan document."""
    return from_bytes(read_bytes(path), str(path.name))


def from_bytes(data: bytes, name: str = "plan.json") -> Plan:
    """The plan in ``data`` (UTF-8 JSON); ``name`` is the file's name for the sentence of an error."""
    return load(parse(data, name), name)
