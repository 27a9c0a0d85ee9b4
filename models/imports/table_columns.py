"""What the columns of an office's table are, guessed from their heads and from what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.folding import fold
from models.imports.column_heads import Heads, is_other_word, is_register_word, meaning, money_name
from models.imports.picture import Picture, number_of, style
from models.imports.source_names import plain
from models.imports.understood import CELLS, Kind
from models.template import Template
from models.times import parse_period

#: Rows that tell what a column holds.
_SAMPLE = 200
_DIGITS = re.compile(r"-?\d[\d.,\s]*(?:\(.*\))?", re.DOTALL)


def is_amount(field: str) -> bool:
    """Whether a column of that field holds amounts."""
    kind, _dot, key = field.partition(".")
    return field == "total" or (kind in ("funding", "years") and bool(key))


@dataclass(slots=True)
class Sample:
    """What a column holds, of its first rows: how many cells have something, numbers, and the texts in it."""

    filled: int
    numbers: int
    numbered: int
    length: int
    texts: list[str]
    largest: float = 0.0


def sample_of(picture: Picture, start: int, at: int) -> Sample:
    found = Sample(0, 0, 0, 0, [])
    for row in range(start, min(start + _SAMPLE, len(picture.rows))):
        cell = picture.own(row, at)
        if not cell.text:
            continue
        found.filled += 1
        found.length += len(cell.text)
        found.numbered += bool(style(number_of(cell)))
        if cell.value is not None:
            found.numbers += 1
            found.largest = max(found.largest, abs(float(cell.value)))
        elif _DIGITS.fullmatch(cell.text) or cell.text in ("-", "–"):
            found.numbers += 1
            digits = re.sub(r"\D", "", re.split(r"[,(]", cell.text)[0])
            found.largest = max(found.largest, float(digits[:18] or 0))
            found.texts.append(cell.text)
        else:
            found.texts.append(cell.text)
    return found


def fields_of(texts: Sequence[tuple[str, ...]], samples: Sequence[Sample], heads: Heads) -> list[str]:
    """What each head says, with what its column holds in mind."""
    found = []
    several_years = len(upper_years(texts)) > 1
    for head, sample in zip(texts, samples, strict=True):
        field = heads.field(head, several_years)
        is_number = sample.numbers * 2 >= sample.filled > 0
        if field.startswith("years.") and not is_number and sample.filled:
            field = ""
        if (field == "source" or field.startswith("funding.")) and not is_number and sample.filled:
            field = "funding"  # names, or amounts beside them
        if field == "funding" and sample.filled and sample.numbers == sample.filled and sample.texts != ["-"]:
            field = "source"
        found.append(field)
    years = [field for field in found if field.startswith("years.")]
    if len(years) == 1 and "total" not in found:
        found[found.index(years[0])] = "total"
    return found


def upper_years(texts: Sequence[tuple[str, ...]]) -> set[str]:
    """The years that stand over other heads."""
    return {field for head in texts for text in head[:-1] if (field := meaning(text)).startswith("years.")}


def kind_of(
    texts: Sequence[tuple[str, ...]], fields: Sequence[str], samples: Sequence[Sample], template: Template
) -> Kind:
    names = [head[-1] for head in texts if head]
    if not names:
        is_list = any(sample.numbered * 2 > sample.filled > 1 for sample in samples[:1])
        longest = max((sample.length / sample.filled for sample in samples if sample.filled), default=0)
        amounts = sum(sample.numbers * 2 > sample.filled > 1 for sample in samples[1:])
        return "tasks" if is_list and longest > 12 and amounts else "other"
    known = set(fields)
    others = sum(is_other_word(name) for name in names)
    amounts = sum(is_amount(field) or field == "source" for field in fields)
    is_like = max((likeness(names, spec.columns) for spec in template.tables if spec.columns), default=0.0)
    details = len(known & {"lead", "time", "objective", "scope", "funding", "result"})
    if "task" in known and (amounts or details >= 2) and others <= details + amounts and not _is_list(names, is_like):
        return "tasks"
    if others >= 2 and is_like < 0.75:
        return "other"
    if is_like >= 0.5 or sum(map(is_register_word, names)) >= 2:
        return "register"
    if "task" in known and (details or amounts):
        return "tasks"
    if amounts and details >= 2:
        return "tasks"
    return "register" if any(map(is_register_word, names)) and len(names) > 2 else "other"


def _is_list(names: Sequence[str], likeness_: float) -> bool:
    return likeness_ >= 0.75 and any(map(is_register_word, names))


def likeness(names: Sequence[str], columns: Sequence[str]) -> float:
    """How many of a register's ``columns`` the heads ``names`` have, from 0 to 1."""
    found = sum(max((_alike(name, column) for name in names), default=0.0) >= 0.5 for column in columns)
    return found / len(columns) if columns else 0.0


def _alike(one: str, other: str) -> float:
    first, second = set(re.findall(r"\w+", fold(one))), set(re.findall(r"\w+", fold(other)))
    return len(first & second) / len(first | second) if first and second else 0.0


def columns_of(
    kind: Kind,
    fields: Sequence[str],
    texts: Sequence[tuple[str, ...]],
    samples: Sequence[Sample],
    picture: Picture,
    start: int,
) -> list[str]:
    if kind == "other":
        return [""] * len(fields)
    if kind == "register":
        return [
            "number" if field == "number" else (CELLS if head or sample.filled else "")
            for field, head, sample in zip(fields, texts, samples, strict=True)
        ]
    columns = list(fields)
    if not any(texts):
        columns = _headless(samples)
    tasks = [at for at, field in enumerate(columns) if field == "task"]
    named = [at for at in tasks if plain(texts[at][-1]).startswith("ten")] if len(tasks) > 1 else []
    for at in tasks:
        if len(tasks) > 1 and at != (named or tasks)[0]:
            columns[at] = "scope" if "scope" not in columns else "objective"
    taken: set[str] = set()
    for at, field in enumerate(columns):
        head = texts[at][-1] if texts[at] else ""
        if field == "unit" and samples[at].texts and all(map(money_name, samples[at].texts)):
            columns[at] = ""
        elif field in ("", "unit", "source") or (
            field in taken and field not in ("objective", "scope", "note", "result")
        ):
            columns[at] = "note" if samples[at].filled or head else ""
        if columns[at] not in ("note", "funding", ""):
            taken.add(columns[at])
    if "total" in columns and not samples[columns.index("total")].filled:
        better = [at for at, field in enumerate(fields) if field == "total" and samples[at].filled]
        if better:
            columns[columns.index("total")], columns[better[0]] = "note", "total"
    if "task" not in columns:
        longest = max(
            (at for at, field in enumerate(columns) if field in ("note", "objective", "scope")),
            key=lambda at: samples[at].length,
            default=-1,
        )
        if longest >= 0:
            columns[longest] = "task"
    if "number" not in columns:
        first = next((at for at, sample in enumerate(samples) if sample.filled), -1)
        if first >= 0 and not texts[first] and samples[first].numbered * 2 > samples[first].filled:
            columns[first] = "number"
    return columns


def _headless(samples: Sequence[Sample]) -> list[str]:
    """Columns by what they hold alone: numbers of rows first, the longest text is the name, one column of amounts."""
    columns = [""] * len(samples)
    if samples and samples[0].numbered * 2 > samples[0].filled:
        columns[0] = "number"
    texts = [
        at
        for at, sample in enumerate(samples)
        if sample.filled and not columns[at] and sample.numbers * 2 < sample.filled
    ]
    if texts:
        columns[max(texts, key=lambda at: samples[at].length / samples[at].filled)] = "task"
    years = [at for at in range(len(samples)) if not columns[at] and _is_time(samples[at])]
    for at in years[:1]:
        columns[at] = "time"
    amounts = [at for at, sample in enumerate(samples) if not columns[at] and sample.numbers * 2 >= sample.filled > 0]
    if len(amounts) == 1:
        columns[amounts[0]] = "total"
    return columns


def _is_time(sample: Sample) -> bool:
    if sample.numbers and 1990 <= sample.largest <= 2100 and sample.numbers == sample.filled:
        return True
    return bool(sample.texts) and sum(parse_period(text) is not None for text in sample.texts) * 2 > sample.filled
