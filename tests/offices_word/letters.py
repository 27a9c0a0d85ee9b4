"""Text in the letters of old fonts, and in Unicode that is taken apart: the reverse of ``models.old_fonts``."""

from __future__ import annotations

import unicodedata

from models.old_fonts import _TCVN3, _VNI

#: All letters of Vietnamese that ASCII does not have.
SMALL = "àảãáạằẳẵắặăầẩẫấậâđèẻẽéẹềểễếệêìỉĩíịòỏõóọồổỗốộôờởỡớợơùủũúụừửữứựưỳỷỹýỵ"
ALL = SMALL + SMALL.upper()

_TO_TCVN3 = {letter: sign for sign, letter in _TCVN3.items()}
_TO_VNI = {letter: signs for signs, letter in _VNI.items() if signs.isupper() or signs.islower()}


def tcvn3(text: str) -> list[tuple[str, str]]:
    """``text`` as runs: the letters, and the font; capitals with a tone need the font of capitals."""
    runs: list[tuple[str, str]] = []
    capitals = text.isupper() and len(text) > 3
    for letter in text:
        needs = capitals or (letter not in _TO_TCVN3 and letter.lower() in _TO_TCVN3)
        font = ".VnTimeH" if needs else ".VnTime"
        sign = _TO_TCVN3.get(letter.lower(), letter.lower()) if needs else _TO_TCVN3.get(letter, letter)
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + sign, font)
        else:
            runs.append((sign, font))
    return runs


def vni(text: str) -> list[tuple[str, str]]:
    """``text`` as one run in a font of VNI."""
    return [("".join(_TO_VNI.get(letter, letter) for letter in text), "VNI-Times")]


def apart(text: str) -> list[tuple[str, str]]:
    """``text`` with its marks as letters of their own, as macOS writes it."""
    return [(unicodedata.normalize("NFD", text), "Times New Roman")]


def half_apart(text: str) -> list[tuple[str, str]]:
    """``text`` as "Unicode tổ hợp" of Unikey has it: the vowel with its hat in one, the tone behind."""
    found = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in marks if mark not in tones)
        found.append(unicodedata.normalize("NFC", rest) + "".join(tones))
    return [("".join(found), "Times New Roman")]


def plain(text: str) -> list[tuple[str, str]]:
    return [(text, "Times New Roman")]


WAYS = {"": plain, "tcvn3": tcvn3, "vni": vni, "apart": apart, "half apart": half_apart}
