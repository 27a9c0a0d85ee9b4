"""Which table of a template an office's table looks like."""

from __future__ import annotations

import re

from models.folding import fold
from models.imports.table_columns import likeness
from models.imports.understood import Understood
from models.template import TableSpec, Template

_DONE = re.compile(
    r"\b(?:da trien khai|da thuc hien|ket qua|nam truoc|kinh phi thuc hien|tinh hinh thuc hien|hien trang)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Words that the titles of all tables have.
_COMMON = frozenset(
    _WORD.findall("danh muc cac va nam giai doan nhiem vu du an cua thuc hien kinh phi trien khai phu luc")
)


def table_key(found: Understood, template: Template) -> str:
    """The key of the table; empty where the template has none of its kind, or none alike."""
    if found.mapping.kind == "register":
        names = found.register_columns
        title = _words(found.mapping.title)
        likes = {
            spec.key: (likeness(names, spec.columns) + len(title & _words(spec.title)) / 10, spec.key)
            for spec in template.tables
            if spec.columns
        }
        best = max(likes.values(), default=(0.0, ""))
        return best[1] if best[0] >= 0.5 else ""
    specs = [spec for spec in template.tables if not spec.columns]
    if not specs:
        return ""
    return max(specs, key=lambda spec: _likeness(found, spec)).key


def _likeness(found: Understood, spec: TableSpec) -> float:
    """How much a table of tasks looks like that of the template: by its time, its words, its columns."""
    title = fold(" ".join([found.mapping.title, *found.grid.before[-4:]]))
    is_done = bool(_DONE.search(title)) or "result" in found.mapping.columns
    score = 2.0 if is_done == (spec.span == "previous") else 0.0
    words, own = _words(title), _words(spec.title)
    if words and own:
        score += len(words & own) / len(words | own)
    # What only the other tables speak of is a sign of them.
    return score + (0.1 if spec.required else 0.0)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text))) - _COMMON
