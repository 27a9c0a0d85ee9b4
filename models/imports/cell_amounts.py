"""Amounts in the cells of an office's table: numbers, texts in this or that notation, remarks, several sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.entries import in_notation, shown
from models.errors import AmountError
from models.i18n import N_
from models.imports.grid import Cell
from models.imports.source_names import Sources
from models.money import LIMIT, UNITS, AmbiguousAmount, parse_amount

#: đồng in one of a unit, those that tables are not kept in too.
FACTORS = {**UNITS, "billion": 10**9}

#: What an amount may be off a whole đồng, by the digits that Excel keeps.
_NOISE = Decimal("0.001")
_RELATIVE_NOISE = Decimal(2) ** -50

_REMARK = re.compile(r"(?P<amount>[^()]*\d[^()]*?)\s*(?P<rest>\(.*\))", re.DOTALL)
_THREE_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_THREE_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3}){2,}")
_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3}){2,}")
#: Two numbers on lines of their own are two amounts.
_LINES = re.compile(r"\d[^\S\n]*\n\s*-?\d")
_PART = re.compile(r"\s*[-–+•]?\s*(?P<name>\D[^:;]*?)\s*:\s*(?P<amount>\d[\d., ]*\s*[^\W\d]*(?:\s+đồng)?)\s*\.?\s*")
_BARE_PART = re.compile(r"\s*[-–+•]?\s*(?P<name>[^\d:;]*?[^\W\d][^\d:;]*?)\s+(?P<amount>\d[\d.,]*)\s*\.?\s*")

UNCLEAR = N_("“{text}” có thể hiểu hai cách; hãy chọn cách viết số (dấu chấm hay dấu phẩy chia hàng nghìn).")
NO_AMOUNT = N_("“{text}” ở cột số tiền không phải là số tiền nên được ghi vào ghi chú.")
TOO_LARGE = N_("“{text}” lớn hơn mức nhận được nên không được ghi làm số tiền; hãy xem lại con số và đơn vị tính.")
ROUNDED = N_("“{text}” có phần lẻ nhỏ hơn một đồng nên được làm tròn đến đồng.")


@dataclass(frozen=True, slots=True)
class Read:
    """An amount in đồng (``None``: none), words beside it that go into a note, and a doubt."""

    amount: int | None = None
    rest: str = ""
    doubt: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    severity: str = "warning"


def whole(exact: Decimal) -> tuple[int, bool]:
    """The whole đồng nearest to a number of a spreadsheet, and whether it is that, but for the digits Excel lacks."""
    amount = int(exact.to_integral_value())
    return amount, abs(exact - amount) <= min(Decimal("0.5"), _NOISE + abs(exact) * _RELATIVE_NOISE)


def read(cell: Cell, unit: str, notation: str = "") -> Read:
    """The amount in a cell of a column in ``unit`` (a key of ``FACTORS``)."""
    text = cell.text.strip()
    if cell.value is not None:
        return _of_number(cell, unit)
    if not text:
        return Read()
    if _LINES.search(text):
        return Read(None, text, NO_AMOUNT, {"text": shown(text)})
    try:
        return Read(parse(text, unit, notation))
    except AmbiguousAmount as error:
        if error.readings:
            return Read(None, "", UNCLEAR, {"text": shown(text)})
    except AmountError:
        pass
    match = _REMARK.fullmatch(text)
    if match is not None:
        try:
            return Read(parse(match["amount"], unit, notation), match["rest"])
        except AmountError:
            pass
    if re.fullmatch(r"[\d.,\s]{12,}", text):
        return Read(None, text, TOO_LARGE, {"text": shown(text)})
    return Read(None, text, NO_AMOUNT, {"text": shown(text)}, "info")


def parse(text: str, unit: str, notation: str = "") -> int:
    """The amount (đồng) that a text gives; ``AmountError``."""
    text = " ".join(text.split())
    return parse_amount(in_notation(text, notation) if notation else text, unit)


def _of_number(cell: Cell, unit: str) -> Read:
    exact = Decimal(repr(cell.value) if isinstance(cell.value, float) else str(cell.value)) * FACTORS[unit]
    if not exact.is_finite() or abs(exact) > LIMIT:
        return Read(None, cell.text, TOO_LARGE, {"text": shown(cell.text)})
    amount, is_whole = whole(exact)
    return Read(amount) if is_whole else Read(amount, "", ROUNDED, {"text": shown(cell.text)}, "info")


def notation_of(texts: Iterable[str], unit: str) -> str:
    """How the amounts of a table are written, as all of them together tell: a key of ``entries.NOTATIONS``.

    Empty where they are clear as they stand, or where nobody can tell.
    """
    english = vietnamese = dots = commas = 0
    is_rounded = False
    for text in texts:
        for number in re.findall(r"\d[\d.,]*\d", text):
            if _ENGLISH.fullmatch(number):
                english += 1
            elif _VIETNAMESE.fullmatch(number):
                vietnamese += 1
            elif _THREE_DOTS.fullmatch(number):
                dots += 1
            elif _THREE_COMMAS.fullmatch(number):
                commas += 1
                # Decimals that end with a nought are not written.
                is_rounded |= number.endswith("0")
    if english and not vietnamese and not dots:
        return "english"
    if commas and is_rounded and not vietnamese and not dots:
        return "english"
    return "vietnamese" if vietnamese and not english and dots else ""


def by_sources(text: str, sources: Sources, unit: str, notation: str = "") -> tuple[dict[str, int], bool] | None:
    """Amounts by source key in a text of several sources, and whether each of its parts was understood.

    "- NSĐP (Vốn đầu tư): 4.000; - Khác: 11.000"; ``None`` where it gives no amount of a source.
    """
    parts = [part for part in _parts(text.strip()) if part.strip(" -–+•.")]
    found: dict[str, int] = {}
    is_whole = True
    amounts = 0
    for part in parts:
        match = _PART.fullmatch(part) or (_BARE_PART.fullmatch(part) if len(parts) > 1 else None)
        if match is None or not sources.is_name(match["name"]):
            is_whole = False
            continue
        try:
            amount = parse(match["amount"], unit, notation)
        except AmountError:
            is_whole = False
            continue
        amounts += 1
        key = sources.key(match["name"])
        is_whole &= bool(key)
        if key:
            found[key] = found.get(key, 0) + amount
    return (found, is_whole) if amounts else None


def _parts(text: str) -> list[str]:
    """``text`` at its semicolons and line breaks, but for those in parentheses."""
    found = [""]
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter in ";\n" and depth <= 0:
            found.append("")
        else:
            found[-1] += letter
    return found
