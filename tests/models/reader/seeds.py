"""The five real plans as plans: their own prose, cut along the outline of their fixtures, with the tables of these.

The texts lie outside the tree (``KHS_SEEDS``, else ``shared/seeds`` beside the checkout). Where they are not there,
the fixtures alone are read.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from models import checks, document, template
from models.checks import Finding
from models.plan import LegalBasis, Plan, Row, Section, adopt, walk_sections
from models.text import plain
from tests.models.reader.labels import LABELS, TRAPS, Label
from tests.plans import NUMBERS, fixture_plan

#: The rules that read: what is told of the others (a missing section, a low share) is nothing that an author miswrote.
READING = frozenset((
    "words.text", "total.text", "total.stated", "total.funding", "total.years", "total.parts", "text.repeat",
    "basis.year", "basis.date", "basis.future", "basis.expired", "basis.duplicate",
    "period.order", "period.outside", "indicator.parts", "indicator.share",
))  # fmt: skip

_MARKS = re.compile(r"[*#_]+|</?[a-z]+>")
_NUMBER = re.compile(r"^(?:(?:phần\s+[IVX]+|[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.):]|\d\.\d)\s*", re.IGNORECASE)


def folder() -> Path | None:
    """Where the texts are; ``None`` where they are not."""
    named = os.environ.get("KHS_SEEDS")
    found = Path(named) if named else Path(__file__).parents[4] / "shared" / "seeds"
    return found if found.is_dir() and len(list(found.glob("00[0-4]_*.txt"))) == len(NUMBERS) else None


def texts() -> dict[int, str]:
    """The text of each real plan; none where they are not at hand."""
    place = folder()
    paths = sorted(place.glob("00[0-4]_*.txt")) if place else []
    return {int(path.name[:3]): path.read_text(encoding="utf-8") for path in paths}


def text_plan(number: int, text: str) -> Plan:
    """The real plan with its own words. Lines of its tables are left out: the fixture has them as rows."""
    plan = document.load(document.dump(fixture_plan(number)))
    sections = list(walk_sections(plan.sections))
    for section in sections:
        section.text = ""
    plan.legal_bases = []
    lines: dict[str, list[str]] = {}
    here, ahead, listed = "", 0, {"", "plan.bases"}
    for line in text.split("\n"):
        if "\t" in line:
            continue
        said = without_marks(line).strip()
        found = next((at for at in range(ahead, min(ahead + 3, len(sections))) if _is_head(said, sections[at])), None)
        if found is not None:
            here, ahead = sections[found].key, found + 1
        elif here in listed and (said.startswith("Căn cứ ") or (here and said.startswith("- "))):
            plan.legal_bases.append(LegalBasis(text=said.removeprefix("- ").rstrip(";.")))
        else:
            lines.setdefault(here, []).append(said)
    for section in sections:
        section.text = "\n".join(lines.get(section.key, [])).strip()
    if rest := "\n".join(lines.get("", [])).strip():
        plan.sections.insert(0, Section(key="opening", heading="", text=rest))
    adopt(plan)
    return plan


def without_marks(text: str) -> str:
    """The text without what the reading of the scans put into it (headings, bold, cells)."""
    return _MARKS.sub("", text)


def _is_head(line: str, section: Section) -> bool:
    """Whether the line begins the section; a heading may be broken off or followed by words."""
    said, meant = _folded(_NUMBER.sub("", line)), _folded(section.heading)
    if not said or not meant:
        return False
    return said == meant or (len(said) > 12 and meant.startswith(said)) or said.startswith((meant + ":", meant + " ("))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace(",", " ").split())


# ---- what is found, held against the labels


@dataclass(slots=True)
class Outcome:
    """What the reader found of one set of plans: labels found and missed (by rule), and marks that nobody made."""

    found: Counter[str] = field(default_factory=Counter)
    missed: list[Label] = field(default_factory=list)
    beyond: list[Label] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        marks = self.found.total() + len(self.wrong)
        return self.found.total() / marks if marks else 1.0

    @property
    def recall(self) -> float:
        made = self.found.total() + len(self.missed)
        return self.found.total() / made if made else 1.0

    def lines(self, name: str) -> Iterable[str]:
        """The outcome as it is printed."""
        yield f"{name}: precision {self.precision:.1%}, recall {self.recall:.1%}"
        for rule in sorted(READING):
            missed = sum(label.rules[0] == rule for label in self.missed)
            if made := self.found[rule] + missed:
                yield f"  {rule:16} found {self.found[rule]} of {made}"
        yield from (f"  missed: {label.plan:03d} {label.rules[0]} “{label.quote}”" for label in self.missed)
        yield from (f"  beyond reach: {label.plan:03d} “{label.quote}”: {label.beyond}" for label in self.beyond)
        yield from (f"  wrongly marked: {mark}" for mark in self.wrong)


def findings(plan: Plan) -> list[Finding]:
    return [found for found in checks.check(plan, template.of(plan)) if found.rule in READING]


def outcome(plans: dict[int, Plan], expected: Callable[[Label], int]) -> Outcome:
    """What all the checks find in ``plans``; ``expected`` tells how often a label stands in its plan."""
    result = Outcome()
    for number, plan in plans.items():
        marks = findings(plan)
        labels = [label for label in LABELS if label.plan == number]
        for label in labels:
            times = sum(_is_of(mark, label) for mark in marks)
            result.found[label.rules[0]] += min(times, expected(label))
            missing = max(0, expected(label) - times)
            (result.beyond if label.beyond else result.missed).extend([label] * missing)
        for mark in marks:
            if not any(_is_of(mark, label) for label in labels):
                result.wrong.append(f"{number:03d} {mark.rule} {_words(mark)!r}: {mark.message}")
        for trap in TRAPS:
            if trap.plan == number:
                result.trapped.extend(
                    f"{number:03d} {mark.rule} “{trap.quote}” ({trap.why})"
                    for mark in marks
                    if mark.quote and _meets(mark.quote, trap.quote) and not any(_is_of(mark, at) for at in labels)
                )
    return result


def _is_of(mark: Finding, label: Label) -> bool:
    if mark.rule not in label.rules:
        return False
    if mark.quote:
        return _meets(mark.quote, label.quote) or (
            mark.quote.casefold() in _words(mark).casefold() and label.quote.casefold() in _near(mark).casefold()
        )
    return label.quote.casefold() in f"{_words(mark)}\n{mark.message}".casefold()


def _meets(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def _words(mark: Finding) -> str:
    """The text that the finding is about."""
    part, (attribute, _slash, rest) = mark.part, mark.field.partition("/")
    value = getattr(part, attribute, "")
    if attribute == "cells" and isinstance(value, list):
        value = value[int(rest)]
    if isinstance(part, LegalBasis):
        value = f"{part.kind} {part.subject} {part.number} {part.text}"
    if isinstance(part, Row) and attribute in ("time_from", "time_to"):
        value = part.time
    return plain(value) if isinstance(value, str) else ""


def _near(mark: Finding) -> str:
    """The words around the place a finding quotes, where its label may have taken more of them."""
    text = _words(mark)
    start = -1
    for _ in range(mark.nth + 1):
        start = text.find(mark.quote, start + 1)
    return text[max(0, start - 40) : start + len(mark.quote) + 40] if start >= 0 else text


def fixture_plans() -> dict[int, Plan]:
    return {number: fixture_plan(number) for number in NUMBERS}


def text_plans() -> dict[int, Plan]:
    return {number: text_plan(number, text) for number, text in texts().items()}
