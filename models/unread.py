"""Chưa đọc lại: what was taken over from last year's plan, marked until it has been read.

``extra["unread"]`` is true on a section or table that came from another plan. Beside it stand, as texts, of which years
that plan was (``came_from``: "2022"), which years were moved (``came_changes``: "2022 → 2023 (3)", parted by "; "),
checksums of the lines that came (``came_lines``) and the numbers (``came_numbers``: "computers=77"). A section in which
no line is left as it came, and no number, has been gone through: it counts as read without anybody saying so.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from models.plan import Part, Plan, Section, Table, walk_sections
from models.text import paragraphs

#: The section of what has no other place in the plan that it came to.
LEFT_KEY = "from_previous"
UNREAD = "unread"
_PERIOD, _CHANGES, _LINES, _NUMBERS = "came_from", "came_changes", "came_lines", "came_numbers"
#: All that the marks are.
MARKS = (UNREAD, _PERIOD, _CHANGES, _LINES, _NUMBERS)

_CHANGE = re.compile(r"([^;→]{1,40}) → ([^;→]{1,40}) \((\d{1,6})\)")


def mark(
    part: Section | Table,
    period: str,
    changes: Mapping[str, int],
    indicators: Mapping[str, int | float] | None = None,
) -> None:
    """Mark what came from a plan of the years ``period`` ("2022", "2021-2025"); ``changes`` as ``{"a → b": times}``."""
    came = {_PERIOD: period, _CHANGES: "; ".join(f"{change} ({times})" for change, times in changes.items())}
    if isinstance(part, Section):
        came[_LINES] = " ".join(sorted(_lines(part.text)))
        came[_NUMBERS] = " ".join(f"{key}={number!r}" for key, number in (indicators or {}).items())
    part.extra = part.extra | {UNREAD: True} | {name: text for name, text in came.items() if text}


def is_unread(part: Section | Table) -> bool:
    """Whether something in it came from another plan and has not been read since."""
    if part.extra.get(UNREAD) is not True:
        return False
    if isinstance(part, Table):
        return bool(part.rows)
    lines, numbers = _said(part, _LINES).split(), _said(part, _NUMBERS).split()
    if not lines and not numbers:
        return bool(part.text.strip())
    if not _lines(part.text).isdisjoint(lines):
        return True
    now = _plan_of(part).indicators if numbers else {}
    return any(f"{key}={now[key]!r}" == number for number in numbers if (key := number.partition("=")[0]) in now)


def unread(plan: Plan) -> list[Section | Table]:
    """All of a plan that has not been read since it came, in the order of the outline."""
    found: list[Section | Table] = []
    for section in walk_sections(plan.sections):
        found += [section] if is_unread(section) else []
        found += [table for table in plan.tables if table.section == section.key and is_unread(table)]
    return found + [table for table in plan.tables if is_unread(table) and not any(table is one for one in found)]


def period_of(part: Section | Table) -> str:
    """Of which years the plan was that it came from: "2022", "2021-2025"; empty where that is not known."""
    return _said(part, _PERIOD)


def changes_of(part: Section | Table) -> list[tuple[str, str, int]]:
    """The years that were moved: what was said, what is said now, how often."""
    found = map(_CHANGE.fullmatch, _said(part, _CHANGES).split("; "))
    return [(match[1], match[2], int(match[3])) for match in found if match]


def clear(part: Section | Table) -> None:
    """It has been read."""
    part.extra = {name: value for name, value in part.extra.items() if name not in MARKS}


def merged(*changes: Mapping[str, int]) -> Counter[str]:
    """How often each year was moved in all of several texts."""
    counted: Counter[str] = Counter()
    for one in changes:
        counted.update(one)
    return counted


def _said(part: Section | Table, name: str) -> str:
    text = part.extra.get(name)
    return text if isinstance(text, str) else ""


@lru_cache(maxsize=512)
def _lines(text: str) -> frozenset[str]:
    """Checksums of the paragraphs of a text; marks and blanks, which the editor may write otherwise, do not count."""
    return frozenset(_checksums(text))


def _checksums(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        for line in paragraph.plain.split("\n"):
            if bare := " ".join(line.split()):
                yield f"{zlib.crc32(bare.encode('utf-8', 'replace')):08x}"


def _plan_of(part: Part) -> Plan:
    while part.parent is not None:
        part = part.parent
    return part if isinstance(part, Plan) else Plan(id="", template="")
