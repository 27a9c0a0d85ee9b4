"""What a text put into a cell must be: not too long, no impossible date, a mark, an amount in this or that notation."""

from __future__ import annotations

import calendar
import re

from models.errors import AmountError, UserError
from models.i18n import _
from models.money import AmbiguousAmount, parse_amount

#: Characters that one cell takes; the longest objective of a real plan has a tenth of it.
LONGEST = 20_000

#: How amounts may be written where a text is unclear: the comma or the dot groups thousands.
NOTATIONS = ("english", "vietnamese")

_NUMERIC_DATE = re.compile(r"(?<![\d/])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?!\d|/\w)")
_MARKED = frozenset(["x", "✓", "✔", "☑", "có", "co", "1", "true", "đúng"])
_UNMARKED = frozenset(["", "không", "khong", "0", "-", "–", "☐", "false", "sai"])
_SEPARATORS = re.compile(r"(?<=\d)[.,](?=\d)")
_SHOWN = 40


class EntryError(UserError):
    """A text cannot stand in its cell."""


def check_length(text: str) -> None:
    """``EntryError`` for a text that is too long for one cell."""
    if len(text) > LONGEST:
        message = _("Nội dung dài {length} ký tự, một ô chỉ nhận {limit}; hãy tách ra hoặc viết gọn lại.")
        raise EntryError(message.format(length=_thousands(len(text)), limit=_thousands(LONGEST)))


def check_time(text: str) -> None:
    """``EntryError`` for a time that names a day which no calendar has: 31/02/2022."""
    for match in _NUMERIC_DATE.finditer(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if not year or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            message = _("Không có ngày {date}; hãy xem lại ngày, tháng, năm.")
            raise EntryError(message.format(date=match[0]))


def read_mark(text: str) -> bool:
    """Whether a mark is set: "x", "✓", "có", "1"; empty, "không", "0" are none. ``EntryError`` for other texts."""
    word = text.strip().lower()
    if word in _MARKED or word in _UNMARKED:
        return word in _MARKED
    raise EntryError(_("“{text}” không phải là dấu; hãy ghi x để đánh dấu hoặc để trống.").format(text=shown(text)))


def check_amount(text: str, unit: str) -> None:
    """``EntryError`` for a formula; ``AmountError`` for what is so long that it can only be a text."""
    text = text.strip()
    if text.startswith("="):
        message = _("“{text}” là công thức; hãy dán giá trị của nó, ví dụ 4.009,772.")
        raise EntryError(message.format(text=shown(text)))
    if len(text) > 2 * _SHOWN:
        parse_amount(text[: 10 * _SHOWN], unit)
        raise EntryError(_("“{text}” quá dài để là số tiền.").format(text=shown(text)))


def in_notation(text: str, notation: str) -> str:
    """An amount in ``notation`` (one of ``NOTATIONS``) as ``parse_amount`` reads it; any other is left alone."""
    if notation == "english":
        return _SEPARATORS.sub(lambda match: "," if match[0] == "." else ".", text)
    return text if re.search(r"\d,[\d,]*\.", text) else re.sub(r"(?<=\d)\.(?=\d)", "", text)


def readings(text: str, unit: str) -> dict[str, int]:
    """The amounts (đồng) that an unclear text may mean, by notation; empty where it is clear, or none at all."""
    try:
        parse_amount(text, unit)
    except AmbiguousAmount as error:
        found = {}
        for notation in NOTATIONS:
            try:
                amount = parse_amount(in_notation(text, notation), unit)
            except AmountError:
                continue
            if amount in error.readings:
                found[notation] = amount
        return found
    except AmountError:
        pass
    return {}


def shown(text: str) -> str:
    """``text`` on one line and not too long, fit for a sentence."""
    line = " ".join(text[: 10 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
