"""Kết quả kiểm tra: what a check found, where, and what would put it right."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from models.i18n import _

Severity = Literal["error", "warning", "info"]

#: The rules of the design's table that are checked, with their usual severity.
SEVERITIES: dict[str, Severity] = {
    "total.stated": "error",
    "total.funding": "error",
    "total.years": "error",
    "total.parts": "error",
    "total.text": "error",
    "words.text": "error",
    "amount.negative": "error",
    "amount.scale": "warning",
    "amount.missing": "warning",
    "share.security": "warning",
    "header.missing": "error",
    "section.missing": "error",
    "table.missing": "error",
    "task.incomplete": "warning",
    "task.duplicate": "warning",
    "period.order": "error",
    "period.outside": "warning",
    "basis.year": "error",
    "basis.future": "error",
    "basis.duplicate": "warning",
    "indicator.parts": "error",
    "indicator.share": "warning",
    "text.placeholder": "error",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit that puts a finding right: set ``field`` of the finding's part to ``value``."""

    label: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``part`` is the plan, section, table or row it is in; ``field`` the attribute there.

    ``field`` may go deeper: ``funding/KEY``, ``years/YEAR``, ``cells/3``, ``indicators/KEY``; empty: the part
    as a whole. ``expected`` and ``actual`` are đồng for money, fractions for shares, else texts or numbers.
    ``quote`` are the very words, as they are printed, that a finding in a text is about; ``nth`` (from 0) tells which
    occurrence of them in that field is meant.
    """

    rule: str
    part: Any
    field: str
    text: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    expected: Any = None
    actual: Any = None
    severity: Severity = "error"
    fix: Fix | None = None
    quote: str = ""
    nth: int = 0

    @property
    def message(self) -> str:
        """The sentence for the user, in the language set now."""
        return _(self.text).format(**self.values)


def finding(
    rule: str,
    part: Any,
    field: str,
    text: str,
    values: dict[str, Any] | None = None,
    *,
    expected: Any = None,
    actual: Any = None,
    severity: Severity | None = None,
    fix: Fix | None = None,
    quote: str = "",
    nth: int = 0,
) -> Finding:
    """A finding of ``rule`` with its usual severity; ``text`` is a message marked with ``N_``, filled by ``values``."""
    usual = severity or SEVERITIES[rule]
    return Finding(rule, part, field, text, values or {}, expected, actual, usual, fix, quote, nth)
