"""What is typed into a form, as the plan keeps it, and back; what cannot be taken is refused with a sentence."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from models.errors import UserError
from models.i18n import _
from models.money import LIMIT
from models.text import clean, format_number

_DATE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+|\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+|\s+)(\d{1,4})"
)
_COMPACT_DATE = re.compile(r"(\d\d)(\d\d)(\d{4})")
_NUMBER = re.compile(r"(\d+|[1-9]\d{0,2}(?:[.  ]\d{3})+)(?:,(\d+))?")


class Refused(UserError):
    """What was typed cannot be kept; the sentence says why and what is expected."""


def line(text: str) -> str:
    """One line of text: NFC, no control characters, single spaces."""
    return " ".join(clean(text).split())


def whole(low: int, high: int, refusal: str) -> Callable[[str], int | None]:
    """A reader of whole numbers from ``low`` to ``high``; ``refusal`` is the sentence (marked with ``N_``)."""

    def read(text: str) -> int | None:
        text = line(text)
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 4 or not low <= int(text) <= high:
            raise Refused(_(refusal).format(text=_shown(text)))
        return int(text)

    return read


def show_whole(value: int | None) -> str:
    return "" if value is None else str(value)


# ---- dates


def date(text: str) -> str:
    """``03/6/2020`` (also with ``-``, ``.`` or in words) as ISO 8601; empty for no date."""
    text = line(text)
    if not text:
        return ""
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is None:
        raise Refused(
            _("“{text}” không phải là ngày; hãy gõ ngày/tháng/năm, ví dụ 03/6/2020.").format(text=_shown(text))
        )
    day, month, year = (int(part) for part in match.groups())
    if not 1900 <= year <= 2999:
        raise Refused(_("Năm {year} không đúng; hãy gõ đủ bốn chữ số của năm, ví dụ 2020.").format(year=match.group(3)))
    if not 1 <= month <= 12:
        raise Refused(_("Không có tháng {month}; tháng phải từ 1 đến 12.").format(month=month))
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        sentence = _("Không có ngày {day}/{month}/{year}; tháng {month} năm {year} có {days} ngày.")
        raise Refused(sentence.format(day=f"{day:02d}", month=f"{month:02d}", year=year, days=days))
    return f"{year:04d}-{month:02d}-{day:02d}"


def show_date(iso: str) -> str:
    """``2020-06-03`` as it is typed: ``03/06/2020``."""
    return "/".join(reversed(iso.split("-")))


# ---- numbers


def number(text: str, unit: str = "") -> int | float | None:
    """A count or percentage: ``1.234``, ``37,04``, also with its unit behind; nothing for unknown."""
    text = line(text)
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].rstrip()
    if not text:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        sentence = _("“{text}” không phải là số; hãy gõ chữ số, dấu phẩy trước phần thập phân, ví dụ 1.250 hoặc 37,5.")
        raise Refused(sentence.format(text=_shown(text)))
    digits = re.sub(r"\D", "", match.group(1))
    if len(digits.lstrip("0")) > len(str(LIMIT)) - 1 or len(match.group(2) or "") > 4:
        raise Refused(_("“{text}” quá dài; hãy xem lại con số.").format(text=_shown(text)))
    decimals = (match.group(2) or "").rstrip("0")
    return float(f"{digits}.{decimals}") if decimals else int(digits)


def show_number(value: int | float | None) -> str:
    return "" if value is None else format_number(value)


# ---- lists


def recipients(text: str) -> list[str]:
    """One recipient a line, without the marks that the printed list is given anyway."""
    found = [line(item).removeprefix("-").strip().rstrip(";").strip() for item in clean(text).split("\n")]
    found = [item for item in found if item]
    if found:
        found[-1] = found[-1].rstrip(".").strip() or found[-1]
    return found


def show_lines(value: list[str]) -> str:
    return "\n".join(value)


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
