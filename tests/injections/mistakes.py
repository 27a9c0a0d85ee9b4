"""A mistake put into a plan, and what putting one in takes."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from models.money import format_amount, parse_amount
from tests.injections import places
from tests.injections.bases import Base
from tests.plans import Document


@dataclass(frozen=True, slots=True)
class Mistake:
    """A plan with one mistake: the rules that may name it, pointers below which they may, the line it is in."""

    document: Document
    rules: frozenset[str]
    places: tuple[str, ...]
    said: str
    line: str = ""


Injector = Callable[[Base, Random], Mistake | None]

_DIGIT = re.compile(r"\d")


def slip(text: str, random: Random) -> str:
    """The figures with two neighbouring digits swapped, or with another digit; never a nought before them."""
    at = [match.start() for match in _DIGIT.finditer(text)]
    swaps = [(one, two) for one, two in pairwise(at) if text[one] != text[two]]
    swaps = [pair for pair in swaps if pair[0] != at[0] or text[pair[1]] != "0" or text[0] == "0"]
    letters = list(text)
    if swaps and random.random() < 0.6:
        one, two = random.choice(swaps)
        letters[one], letters[two] = letters[two], letters[one]
    else:
        place = random.choice(at)
        letters[place] = random.choice([digit for digit in "123456789" if digit != text[place]])
    return "".join(letters)


def slip_amount(amount: int, unit: str, random: Random) -> int:
    """An amount (đồng) mistyped in figures of ``unit``."""
    return parse_amount(slip(format_amount(amount, unit), random), unit)


def pick_task(
    base: Base, random: Random, fits: Callable[[places.TaskPlace], bool]
) -> tuple[Document, places.TaskPlace] | None:
    data = copy.deepcopy(base.document)
    found = [place for place in places.tasks(data) if fits(place)]
    return (data, random.choice(found)) if found else None


def in_text(data: Document, text: places.Text, start: int, end: int, now: str, rules: Iterable[str]) -> Mistake:
    value = text.value[:start] + now + text.value[end:]
    text.put(value)
    line_start = value.rfind("\n", 0, start) + 1
    line_end = value.find("\n", start)
    line = value[line_start : line_end if line_end >= 0 else len(value)]
    said = f"“{text.value[start:end]}” → “{now}”: {line[max(0, start - line_start - 60) :][:140]}"
    return Mistake(data, frozenset(rules), (text.pointer,), said, line)
