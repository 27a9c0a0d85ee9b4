"""Puts mistakes into clean plans, checks them before and after, and counts what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from models import checks, document, template
from models.checks import Finding
from models.document import pointer, pointers
from models.text import plain
from tests.injections.bases import Base, bases
from tests.injections.kinds import KINDS, Kind
from tests.injections.mistakes import Mistake
from tests.plans import Document

SEED = 20261121
#: Where no mistake of a kind can be put into a plan, another plan is taken.
_TRIES = 400

Told = tuple[str, str, str, str, int]
"""What tells one finding from another: rule, JSON Pointer, message, quote, which of them."""


@dataclass(slots=True)
class Report:
    """How many mistakes of each kind were put in and found, and which were not."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    def share(self, arithmetic: bool = False) -> float:
        """The share found, of all or of what adding up shows."""
        names = [kind.name for kind in KINDS if kind.arithmetic or not arithmetic]
        return sum(self.found[name] for name in names) / max(1, sum(self.made[name] for name in names))

    def lines(self) -> Iterator[str]:
        yield f"{self.made.total()} plans with one mistake: {self.share():.1%} found, arithmetic {self.share(True):.1%}"
        for kind in KINDS:
            made, found = self.made[kind.name], self.found[kind.name]
            yield f"  {kind.name:32} {found:3} of {made:3}  {found / max(1, made):6.1%}"


def clean(grown: int) -> list[Base]:
    """The plans into which mistakes are put."""
    return bases(Random(SEED), grown)


def run(number: int, plans: list[Base]) -> Report:
    """``number`` mistakes, evenly of all kinds, each in one of ``plans``."""
    random, report = Random(SEED), Report()
    before = {plan.name: Counter(told for told, _found in findings(plan.document)) for plan in plans}
    for at in range(number):
        kind = KINDS[at % len(KINDS)]
        # One plan after the other: what the checks remember of its texts is used again.
        plan, mistake = inject(kind, plans[at * len(plans) // number], plans, random)
        new = [found for told, found in findings(mistake.document) if told not in before[plan.name]]
        report.made[kind.name] += 1
        if is_found(mistake, new):
            report.found[kind.name] += 1
        else:
            report.missed.append((kind.name, plan.name, mistake.said))
    return report


def inject(kind: Kind, first: Base, plans: list[Base], random: Random) -> tuple[Base, Mistake]:
    """A mistake of that kind in ``first``, or where it has no place for one in any other of ``plans``."""
    for at in range(_TRIES):
        plan = first if at < 3 else random.choice(plans)
        if mistake := kind.inject(plan, random):
            return plan, mistake
    raise AssertionError(f"no plan has a place for: {kind.name}")


def findings(data: Document) -> list[tuple[Told, tuple[str, Finding]]]:
    """All findings of a document: what tells each from another, its pointer, and the finding."""
    plan = document.load(data)
    where = pointers(plan)
    result = []
    for found in checks.check(plan, template.of(plan)):
        place = pointer(where[id(found.part)], found.part, found.field)
        result.append(((found.rule, place, found.message, found.quote, found.nth), (place, found)))
    return result


def is_found(mistake: Mistake, new: list[tuple[str, Finding]]) -> bool:
    """Whether a new finding of a fitting rule is in the fitting place, and quotes words of the very line."""
    return any(
        found.rule in mistake.rules
        and any(place == at or place.startswith(f"{at}/") for at in mistake.places)
        and (not found.quote or not mistake.line or found.quote in plain(mistake.line))
        for place, found in new
    )
