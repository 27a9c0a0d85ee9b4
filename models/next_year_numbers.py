"""Last year's numbers in the new plan: what stands goes on to be looked at, what was counted in a year does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.folding import fold
from models.next_year_outline import Sources
from models.template import Indicator, Template
from models.text import format_number

#: Labels of numbers that were counted in a year: files handled, documents issued, people trained.
_COUNTED = ("trong nam", "ho so", "phat hanh", "tiep nhan", "boi duong", "luot")


@dataclass(slots=True)
class Numbers:
    """By key, what goes on; as lines ("Số máy chủ: 5 máy"), what was counted, and what has no place any more."""

    going_on: dict[str, int | float] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)


def sort_numbers(of: Sources) -> Numbers:
    """What becomes of each number of the old plan.

    One that neither template knows was never seen in the window: it stays as it is.
    """
    found = Numbers()
    for key, number in of.plan.indicators.items():
        old = of.old.indicator(key) if of.old is not None else None
        new = of.new.indicator(key)
        if new is None:
            if old is None:
                found.going_on[key] = number
            else:
                found.homeless.append(_line(old, number))
        elif _is_counted(key, of.new) or (of.old is not None and _is_counted(key, of.old)):
            found.counted.append(_line(old or new, number))
        else:
            found.going_on[key] = number
    return found


def _line(spec: Indicator, number: int | float) -> str:
    unit = "" if not spec.unit else "%" if spec.unit == "%" else f" {spec.unit}"
    return f"{spec.label}: {format_number(number)}{unit}"


def _is_counted(key: str, template: Template) -> bool:
    """Whether a number counts what happened in a year: it says so, or what it is a part of does."""
    return any(any(word in fold(spec.label) for word in _COUNTED) for spec in _around(key, template))


def _around(key: str, template: Template) -> Iterator[Indicator]:
    """An indicator and those that it is a part or a share of."""
    spec = template.indicator(key)
    if spec is None:
        return
    yield spec
    wholes = [spec.ratio_of, *spec.percent_of, *(one.key for one in template.indicators if key in one.parts)]
    for whole in wholes:
        if (found := template.indicator(whole)) is not None:
            yield found
