"""Money: whole đồng as ``int``, read from and shown as text exactly; no float ever touches it."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from models.errors import AmountError
from models.i18n import N_, _

Money = int
"""An amount in đồng."""

LIMIT = 10**15
"""The largest amount that can be typed, in đồng, either side of zero."""

UNITS: dict[str, int] = {"dong": 1, "thousand": 1000, "million": 10**6}
"""The units a table can be in, and the đồng in one of each."""

UNIT_NAMES = {"dong": N_("đồng"), "thousand": N_("nghìn đồng"), "million": N_("triệu đồng"), "billion": N_("tỷ đồng")}
"""The units' names, untranslated."""
_FACTORS = {**UNITS, "billion": 10**9}

_DASHES = ("-", "–", "—", "−")
_SPACE = "[ \u00a0\u2007\u2009\u200a\u202f]"
_SUFFIX = re.compile(
    r"(?:(?:(?P<thousand>nghìn|nghin|ngàn|ngan)|(?P<million>triệu|trieu|tr)|(?P<billion>tỷ|tỉ|ty|ti))\.?)?"
    r" ?(?P<dong>đồng|dong|vnđ|vnd|đ|d|₫)?"
)
_NUMBER = re.compile(
    rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|(?:{_SPACE}[0-9]{{3}})+))(?:,(?P<part>[0-9]+))?"
)
# What is no Vietnamese number, but may be meant as one: English separators, or dots in the wrong places.
_ENGLISH = re.compile(r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_MISGROUPED = re.compile(r"(?P<whole>[1-9][0-9]*(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]+))?")
# Đồng have no decimals, so 5,000 in a column of đồng is hardly five.
_ENGLISH_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_SHOWN = 40


def unit_name(unit: str) -> str:
    """The name of a unit of ``UNITS`` in the language set: "đồng", "nghìn đồng", "triệu đồng"."""
    return _(UNIT_NAMES[unit])


def parse_amount(text: str, unit: str = "dong") -> int:
    """The amount in đồng that ``text`` gives in ``unit`` (a key of ``UNITS``), exactly.

    Dots (or single spaces) group thousands, a comma comes before decimals, as Nghị định 30/2020/NĐ-CP plans are
    written: "4.009,772" million is 4009772000. A suffix ("đ", "nghìn", "triệu đồng", "tỷ"; also without diacritics)
    replaces the unit; a dash alone is zero. Raises ``AmountError`` for what is no amount, has a part below one đồng
    or is beyond ``LIMIT``, and its ``AmbiguousAmount`` for other notations, such as "4009.772", "1.5" or "4,009.772".
    """
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        raise AmountError(_("Chưa có số tiền; hãy gõ một số, ví dụ 1.250.000 hoặc 4.009,772 triệu."))
    if clean in _DASHES:
        return 0
    sign, number, suffix = _split(clean)
    named = _SUFFIX.fullmatch(" ".join(suffix.lower().split()))
    if not number or not named:
        raise _not_an_amount(text)
    unit = _suffix_unit(named) or unit
    match = _NUMBER.fullmatch(number)
    if not match or (unit == "dong" and _ENGLISH_THOUSANDS.fullmatch(number)):
        if not re.fullmatch(rf"(?:[0-9.,]|{_SPACE})+", number):
            raise _not_an_amount(text)
        raise _ambiguous(text, sign, number, unit)
    value = _value(match, unit)
    if value > LIMIT:
        message = _("“%(text)s” lớn hơn mức nhận được (%(limit)s đồng); hãy xem lại con số và đơn vị tính.")
        raise AmountError(message % {"text": _shown(text), "limit": format_amount(LIMIT)})
    if value.denominator != 1:
        message = _(
            "“%(text)s” (%(unit)s) có phần lẻ nhỏ hơn một đồng; hãy bớt chữ số sau dấu phẩy hoặc xem lại đơn vị."
        )
        raise AmountError(message % {"text": _shown(text), "unit": unit_name(unit)})
    return sign * int(value)


def format_amount(amount: int, unit: str = "dong") -> str:
    """``amount`` (đồng) shown in ``unit`` (a key of ``UNITS``), to the last đồng: 4009772000 in million is "4.009,772".

    ``parse_amount`` of it with the same unit is ``amount`` again.
    """
    factor = _FACTORS[unit]
    whole, rest = divmod(abs(amount), factor)
    text = f"{whole:,}".replace(",", ".")
    if rest:
        # The leading 1 of factor + rest keeps the zeros after the comma.
        text += "," + str(factor + rest)[1:].rstrip("0")
    return f"-{text}" if amount < 0 else text


def format_percent(part: int, whole: int, digits: int = 2) -> str:
    """``part`` of ``whole`` as a percentage of at most ``digits`` decimals: "6,15%", "100%"; "–" of a whole of zero.

    Exactly half is rounded away from zero; zeros at the end are dropped.
    """
    if whole == 0:
        return "–"
    share = Fraction(part * 100, whole)
    scale = 10**digits
    rounded = int(abs(share) * scale + Fraction(1, 2))
    before, after = divmod(rounded, scale)
    text = f"{before:,}".replace(",", ".")
    if after:
        text += "," + str(scale + after)[1:].rstrip("0")
    return f"-{text}%" if share < 0 and rounded else f"{text}%"


def _split(text: str) -> tuple[int, str, str]:
    """The sign, the number up to its last digit (empty: there is none) and what follows it."""
    match = re.fullmatch(r"(?P<sign>[-−]?)(?P<number>[0-9](?:.*[0-9])?)(?P<suffix>[^0-9]*)", text, re.DOTALL)
    if not match:
        return 1, "", text
    return -1 if match["sign"] else 1, match["number"], match["suffix"]


def _suffix_unit(suffix: re.Match[str]) -> str | None:
    return next((unit for unit in ("billion", "million", "thousand", "dong") if suffix[unit]), None)


def _value(match: re.Match[str], unit: str) -> Fraction:
    """The amount in đồng of matched digits; above ``LIMIT`` where it is too long to be worth the arithmetic."""
    whole = re.sub("[^0-9]", "", match["whole"]).lstrip("0")
    part = (match["part"] or "").rstrip("0")
    if len(whole) > len(str(LIMIT)):
        return Fraction(LIMIT + 1)
    # No unit has a đồng so far behind the comma: a last digit stands for all that is cut off.
    if len(part) > 20:
        part = part[:20] + "1"
    return Fraction(int(f"{whole}{part}" or "0") * _FACTORS[unit], 10 ** len(part))


def _readings(sign: int, number: str, unit: str) -> tuple[int, ...]:
    """The amounts in đồng that an odd notation could mean, the likelier first."""
    matches = [pattern.fullmatch(number) for pattern in (_ENGLISH, _MISGROUPED, _NUMBER)]
    values = [_value(match, unit) for match in matches if match]
    return tuple(dict.fromkeys(sign * int(v) for v in values if v.denominator == 1 and v <= LIMIT))


def _ambiguous(text: str, sign: int, number: str, unit: str) -> AmbiguousAmount:
    readings = _readings(sign, number, unit)
    if readings:
        message = _(
            "“%(text)s” chưa rõ là bao nhiêu, vì dấu chấm chia hàng nghìn và dấu phẩy đứng trước phần thập phân;"
            " hãy gõ lại, có thể là %(readings)s."
        )
    else:
        message = _(
            "“%(text)s” viết sai dấu, vì dấu chấm chia hàng nghìn và dấu phẩy đứng trước phần thập phân;"
            " hãy gõ lại, ví dụ 1.250.000 hoặc 4.009,772 triệu."
        )
    shown = _(" hoặc ").join(f"{format_amount(amount, unit)} {unit_name(unit)}" for amount in readings)
    return AmbiguousAmount(message % {"text": _shown(text), "readings": shown}, readings)


def _not_an_amount(text: str) -> AmountError:
    message = _(
        "“%(text)s” không phải là số tiền; hãy gõ chữ số, thêm đơn vị nếu cần, ví dụ 1.250.000 hoặc 4.009,772 triệu."
    )
    return AmountError(message % {"text": _shown(text)})


def _shown(text: str) -> str:
    """``text`` fit for a sentence: on one line, printable and not too long."""
    # Cut first: nothing beyond is shown, and a pasted document is long.
    line = " ".join(unicodedata.normalize("NFC", text[: 10 * _SHOWN]).split())
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return printable if len(printable) <= _SHOWN else printable[: _SHOWN - 1] + "…"


class AmbiguousAmount(AmountError):
    """An amount in another notation than the Vietnamese, which could mean one of ``readings`` (đồng; may be empty)."""

    def __init__(self, message: str, readings: tuple[int, ...]) -> None:
        super().__init__(message)
        self.readings = readings
