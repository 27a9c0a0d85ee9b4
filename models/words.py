"""Amounts in Vietnamese words, and back. The words are document text, so they are Vietnamese in every language set.

The conventions are those of plans under Nghị định 30/2020/NĐ-CP, as the project's ``formatting-nd30.md`` gives them:
mười lăm, hai mươi mốt, hai mươi tư; "không trăm" for a missing hundred inside a number; groups that are all zero are
not read; what stands above tỷ is read as a number of its own ("một nghìn hai trăm ba mươi tư tỷ", "một triệu tỷ").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from models.errors import AmountError
from models.i18n import _
from models.money import format_amount

Odd = Literal["lẻ", "linh"]
Thousand = Literal["nghìn", "ngàn"]
Four = Literal["tư", "bốn"]

# From here on the part above tỷ would need a tỷ itself.
_END = 10**18
# Far more than the longest number takes, in letters.
_LONGEST = 1000

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VALUES = {word: value for value, word in enumerate(_DIGITS)}
_ENDINGS = {**_VALUES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_SCALES = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 1000}
_KNOWN = frozenset((*_ENDINGS, *_SCALES, "mười", "mươi", "trăm", "lẻ"))
_SPELLINGS = {"tỉ": "tỷ", "ngàn": "nghìn", "linh": "lẻ", "bẩy": "bảy"}

_AROUND = " \t\r\n\u00a0()[]\"'“”‘’.,;:/"
_LABEL = re.compile(r"^(?:(?:số tiền )?(?:viết )?bằng chữ)\b\s*:?\s*")
_CLOSING = re.compile(r"(?:\s+(?:đồng|đ|vnđ|vnd)(?:\s+việt\s+nam)?)?(?:\s+(?:chẵn|tròn))?$")
_COMMA = re.compile(r"\b(tỷ|tỉ|triệu|nghìn|ngàn)\s*,")


def amount_in_words(
    amount: int,
    *,
    odd: Odd = "lẻ",
    thousand: Thousand = "nghìn",
    four: Four = "tư",
    even: bool = False,
    currency: str = "đồng",
) -> str:
    """``amount`` (đồng) in words, as a plan writes it: 405000000 is "Bốn trăm lẻ năm triệu đồng".

    ``odd``, ``thousand`` and ``four`` choose between words of equal meaning, ``even`` closes an amount other than
    zero with "chẵn", an empty ``currency`` is left out. Raises ``AmountError`` from 10^18 on.
    """
    words = [number_in_words(amount, odd=odd, thousand=thousand, four=four)]
    if currency:
        words.append(currency)
    if even and amount:
        words.append("chẵn")
    text = " ".join(words)
    return text[0].upper() + text[1:]


def number_in_words(n: int, *, odd: Odd = "lẻ", thousand: Thousand = "nghìn", four: Four = "tư") -> str:
    """``n`` in words without a capital or a currency. Raises ``AmountError`` from 10^18 on."""
    if abs(n) >= _END:
        message = _("Số %(number)s quá lớn để viết bằng chữ; hãy xem lại con số và đơn vị tính.")
        raise AmountError(message % {"number": format_amount(n)})
    words = _number(abs(n), odd, thousand, four) or [_DIGITS[0]]
    return " ".join(["âm", *words] if n < 0 else words)


def parse_words(text: str) -> int | None:
    """The amount (đồng) that words give, or None where they are not one whole amount with a single reading.

    Reads what ``amount_in_words`` writes with any option, and what people write besides: tỉ, bẩy, hai mươi bốn, mười
    năm, a missing "không trăm" ("một triệu lẻ năm"), zero groups, "năm nghìn triệu", commas between groups, brackets,
    "Bằng chữ:", "đồng chẵn", "đồng Việt Nam", "./.". Diacritics are needed. What could mean two amounts is None: "một
    triệu năm" is 1.500.000 when spoken.
    """
    words = _clean(text) if len(text) <= _LONGEST else []
    negative = words[:1] == ["âm"]
    if words == ["không"]:
        return 0
    value = _read(words[1:] if negative else words)
    if value is None or value >= _END:
        return None
    return -value if negative else value


def number_words(text: str) -> list[str] | None:
    """The words of an amount in words, each in one spelling, without label and currency; ``None``: other words too."""
    words = _clean(text) if len(text) <= _LONGEST else []
    return words if words and _KNOWN.issuperset(words) else None


def _number(n: int, odd: str, thousand: str, four: str) -> list[str]:
    billions, rest = divmod(n, 10**9)
    words = [*_number(billions, odd, thousand, four), "tỷ"] if billions else []
    for scale, name in ((10**6, "triệu"), (1000, thousand), (1, "")):
        group = rest // scale % 1000
        if group:
            words += _group(group, bool(words), odd, four)
            words += [name] if name else []
    return words


def _group(n: int, inside: bool, odd: str, four: str) -> list[str]:
    """A number of three digits; ``inside`` one that has begun already, its hundred is read even where it is zero."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inside else []
    if tens == 0:
        words += [odd] if words and ones else []
    else:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        special = {1: "mốt", 4: four, 5: "lăm"} if tens > 1 else {5: "lăm"} if tens else {}
        words.append(special.get(ones, _DIGITS[ones]))
    return words


def _clean(text: str) -> list[str]:
    """The number words of ``text``, each in one spelling, without what stands around them."""
    line = unicodedata.normalize("NFC", text).lower().strip(_AROUND)
    line = _CLOSING.sub("", _LABEL.sub("", line))
    return [_SPELLINGS.get(word, word) for word in _COMMA.sub(r"\1 ", line).split()]


def _read(words: list[str], above: int = 0, scaled: bool = False) -> int | None:
    """The number of ``words``; ``above`` is the scale word they follow (0: none), ``scaled`` says that one follows."""
    for name, scale in _SCALES.items():
        if name in words:
            at = words.index(name)
            head, tail = words[:at], words[at + 1 :]
            # Only at the beginning is a scale counted in another one: "năm nghìn triệu".
            if name in tail or (above and not _SCALES.keys().isdisjoint(head)):
                return None
            high, low = _read(head, above, True), _read(tail, scale) if tail else 0
            if high is None or low is None:
                return None
            return high * scale + low
    return _read_group(words, above, scaled)


def _read_group(words: list[str], above: int, scaled: bool) -> int | None:
    if words[1:2] == ["trăm"] and words[0] in _VALUES:
        low = _read_tens(words[2:]) if words[2:] else 0
        # A number does not begin with "không trăm".
        if low is None or (words[0] == "không" and not above):
            return None
        return _VALUES[words[0]] * 100 + low
    # Without its hundred a group is clear at the beginning, before a scale word, or with "lẻ"; tens also after nghìn.
    if len(words) == 1 and words[0] in _VALUES:
        digit = _VALUES[words[0]]
        return digit if (scaled or not above) and (digit or above) else None
    if (above == 0 and words[:1] == ["lẻ"]) or (above > 1000 and not scaled and words[:1] != ["lẻ"]):
        return None
    return _read_tens(words)


def _read_tens(words: list[str]) -> int | None:
    """What stands below the hundreds: "lẻ năm", "mười", "mười lăm", "hai mươi", "hai mươi mốt"."""
    match words:
        case ["mười"]:
            return 10
        case ["lẻ", ones] if _ENDINGS.get(ones):
            return _ENDINGS[ones]
        case ["mười", ones] if _ENDINGS.get(ones):
            return 10 + _ENDINGS[ones]
        case [tens, "mươi"] if _VALUES.get(tens, 0) > 1:
            return 10 * _VALUES[tens]
        case [tens, "mươi", ones] if _VALUES.get(tens, 0) > 1 and _ENDINGS.get(ones):
            return 10 * _VALUES[tens] + _ENDINGS[ones]
    return None
