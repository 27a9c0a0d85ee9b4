"""Kết quả kiểm tra: what a check found, where, and what would put it right."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from models.checks import aside
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
    "basis.date": "error",
    "basis.expired": "warning",
    "basis.future": "error",
    "basis.duplicate": "warning",
    "indicator.parts": "error",
    "indicator.share": "warning",
    "text.placeholder": "error",
    "text.repeat": "info",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit that puts a finding right: set ``field`` of the finding's part to ``value``.

    ``models.checks.fixes.make`` makes it.
    """

    label: str
    field: str
    value: Any
    #: Further fields of the part and their values.
    more: dict[str, Any] = dataclasses.field(default_factory=dict)
    #: Parts of its kind to be put below it, by their fields.
    adds: tuple[dict[str, Any], ...] = ()
    #: Take the part away; nothing is set then.
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``part`` is the plan, section, table or row it is in; ``field`` the attribute there.

    ``field`` may go deeper: ``funding/KEY``, ``years/YEAR``, ``cells/3``, ``indicators/KEY``; empty: the part
    as a whole. ``expected`` and ``actual`` are đồng for money, fractions for shares, else texts or numbers.
    ``quote`` are the very words, as they are printed, that a finding in a text is about; ``nth`` (from 0) tells which
    occurrence of them in that field is meant. ``reason``: why a person set it aside; it is a note then.
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
    reason: str = ""

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
    """A finding of ``rule`` with its usual severity; ``text`` is a message marked with ``N_``, filled by ``values``.

    One that was set aside (``models.checks.aside``) is a note.
    """
    values = values or {}
    found = Finding(
        rule, part, field, text, values, expected, actual, severity or SEVERITIES[rule], fix, quote, nth
    )  # fmt: skip
    if (extra := getattr(part, "extra", None)) and aside.KEY in extra and aside.may_be(found):
        reason = aside.reason_of(part, rule, field, *aside.said_by(quote, values, expected), nth)
        if reason:
            return dataclasses.replace(found, severity="info", reason=reason)
    return found
