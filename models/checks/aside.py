"""Findings that a person set aside, with the reason, which stays with the part of the plan that they are about.

A part keeps them in ``extra["set_aside"]`` as a list of objects ``rule``, ``field``, ``said``, ``expected``, ``nth``
(which of several places with the same words, from 0; not there for the first) and ``reason``; so they go where the
part goes, into ``plan.json`` too, and an older program keeps them. What was set aside is told again as soon as anything
that it is about is written otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.plan import Part

if TYPE_CHECKING:
    from models.checks.finding import Finding

KEY = "set_aside"
#: Letters of a reason, at most.
LONGEST_REASON = 300


def may_be(finding: Finding) -> bool:
    """Whether a finding may be set aside: a warning or note, or an error that was read out of words in a text.

    Sums that do not add up and parts that are missing cannot be, whatever the reason.
    """
    return finding.severity != "error" or bool(finding.quote)


def reason_of(part: object, rule: str, field: str, said: str, expected: str, nth: int = 0) -> str:
    """Why this was set aside; empty where it was not."""
    extra = getattr(part, "extra", None)
    for kept in _kept(extra) if extra and KEY in extra else ():
        if _is_about(kept, rule, field, said, expected, nth):
            reason = kept.get("reason")
            return reason if isinstance(reason, str) and reason else "–"
    return ""


def said_by(quote: str, values: dict[str, Any], expected: Any) -> tuple[str, str]:
    """What a finding speaks of, as it is kept: the words or values that it was found in, and what they should be."""
    return quote or "; ".join(map(str, values.values())), "" if expected is None else str(expected)


def extra_with(finding: Finding, reason: str) -> dict[str, Any]:
    """The ``extra`` of the finding's part with this finding set aside; with an empty reason, without that.

    It is a new dictionary, for an edit to put in place of the old one.
    """
    said, expected = said_by(finding.quote, finding.values, finding.expected)
    about = finding.rule, finding.field, said, expected, finding.nth
    part: Part = finding.part
    extra: dict[str, Any] = dict(getattr(part, "extra", {}))
    others = [kept for kept in _kept(extra) if not _is_about(kept, *about)]
    if reason := " ".join(reason.split())[:LONGEST_REASON]:
        others.append(
            {name: value for name, value in zip(_NAMES, about, strict=True) if value != 0} | {"reason": reason}
        )
    if others:
        extra[KEY] = others
    else:
        extra.pop(KEY, None)
    return extra


def told(extra: dict[str, Any]) -> list[str]:
    """What was set aside, a line each: the words and the reason."""
    return [f"{kept['said']}: {kept['reason']}" for kept in _kept(extra) if {"said", "reason"} <= kept.keys()]


_NAMES = ("rule", "field", "said", "expected", "nth")


def _is_about(kept: dict[str, Any], *about: object) -> bool:
    return all(kept.get(name, 0) == value for name, value in zip(_NAMES, about, strict=True))


def _kept(extra: dict[str, Any]) -> list[dict[str, Any]]:
    """What is kept there, as far as it is what this program writes."""
    kept = extra.get(KEY)
    return [one for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []
