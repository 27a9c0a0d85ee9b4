"""Text written for the fonts of before Unicode (TCVN3 or "ABC": ``.VnTime`` …, and VNI: ``VNI-Times`` …) made Unicode.

In such text a letter of Vietnamese is one or two letters of Western Europe, which only the font shows as what is meant.
Facts: TCVN3 is the set VN3 of TCVN 5712:1993, whose numbers are those of VN1 too (``iconv -f TCVN``); its fonts have
no capitals with a tone, so there are fonts of capitals (``.VnTimeH``). VNI is the "VNI for Windows" of VNI Software
Co.: a vowel, then one sign for its marks. Neither standard is in Python's codecs, nor in a library that is kept up.

Right Unicode is never touched: a text is taken for old only where it has no letter beyond Latin-1, and its words
become syllables of Vietnamese that they were not before.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from models.letters import neutral
from models.syllables import is_syllable

Encoding = Literal["tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_PLAIN = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROUND = dict(zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
_SHORT = dict(zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True))
#: What stands for a letter by itself.
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    found = dict(_VNI_SINGLE)
    for letter in "aeouyôö":
        vowel = _VNI_SINGLE.get(letter, letter)
        found |= {letter + sign: vowel + tone for sign, tone in _PLAIN.items() if letter + sign != "yï"}
    for letter in "aeo":
        found |= {letter + sign: f"{letter}\u0302{tone}" for sign, tone in _ROUND.items()}
    found |= {f"a{sign}": f"a\u0306{tone}" for sign, tone in _SHORT.items()}
    found = {signs: unicodedata.normalize("NFC", letter) for signs, letter in found.items()}
    capitals = {signs.upper(): letter.upper() for signs, letter in found.items()}
    # A capital with a small sign is how many type the first letter of a name.
    mixed = {signs[0].upper() + signs[1]: letter.upper() for signs, letter in found.items() if len(signs) == 2}
    return mixed | found | capitals


_VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
#: Words, with the signs that stand for letters in them.
_WORDS: dict[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile(f"[A-Za-zÀ-ÿ{''.join(map(re.escape, _TCVN3))}]+"),
    "vni": re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]+"),
}
_UNICODE_WORDS = re.compile(r"[^\W\d_]+")
_HIGH = re.compile("[\u0080-\u00ff]")
#: Longer texts are not looked through as a whole.
_LONGEST = 1_000_000
#: Letters that no old text has: those of right Vietnamese beyond Latin-1, marks by themselves, and other scripts.
_BEYOND = re.compile("[\u0100-\u02ff\u0300-\u036f\u0370-\u1fff\u2c00-\udfff\uf900-\ufdff\ufe70-\uffdc]")
#: Fonts for symbols keep their letters here.
_SYMBOLS = re.compile("[\uf021-\uf0ff]")
#: Signs that stand beside letters in right text too ("m×n", "µm"): one word with nothing but such tells nothing.
_ORDINARY = set("×÷·µ")
#: In no word of another language; with these an old text is told that has no other word.
_SHORT_NAMES = frozenset(("QĐ", "NĐ", "HĐND", "NSĐP", "BCĐ", "GĐ", "PGĐ", "CĐ", "TĐ"))
#: What plans say most, for short texts that make sense in either encoding.
_SAID = (
    "an bản ban bị bộ bố báo bảo bằng biểu cán cáo cáp căn cấp cho chi chỉ chí chính chủ chú chức chuyển có công "
    "cơ của các cứ cục cụ cung dân diện dịch dự dụng dữ duy điện điều định độ đô đồng động đơn đã đào đạo đảm đầu "
    "đề để đến đối được giá giai giám giải gồm hạ hành hạn hệ hiện hiệu hóa hoạt hội họp huyện hướng kế kết khai "
    "khoa kinh kỳ kỹ lãnh liệu lĩnh liên loại lưu lý mạng mạnh máy mềm mở mới mục mức năm năng nâng nền nghệ nghị "
    "nghiệp ngày nguồn người nhà nhận nhân nhiệm nội nước phát phần phí phép phẩm phòng phố phối phó phục phương "
    "phường quả quản quan quyết quý quyền quy sách sản sở số sử sự tài tác tại tạo tăng tập tế tên thẩm thành thị "
    "thiết thiện thông thời thống thủ thực thuật thuộc tiêu tiếp tiền tin tính tỉnh tổ tổng tờ tới toàn trách "
    "trạm tra trang trên tri trì triển triệu trị trình trong trung truyền trưởng trường từ tử tư ứng ủy và văn vị "
    "việc viên về vốn với vụ xã xây xử ý yêu"
)
_COMMON = frozenset(_SAID.split())
#: A tone before the hat or the curl of its vowel, as some old programs wrote; Unicode wants it behind.
_TURNED = re.compile("([AEOaeo]\u0323?)([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_ETH_IN_NAMES = re.compile(r"(?<![^\W\d_])(?:(?:[QNCGT]|PG|BC)Ð(?![^\W\d_])|HÐND|NSÐP)")
_ETH = re.compile(r"(?<![^\W\d_])[Ðð](?=[^\W\d_])|(?<=[A-Z])Ð(?![a-z])")


def encoding_of(font: str) -> Encoding | None:
    """What the letters of text in ``font`` are; ``None`` for a font of Unicode, and one that is not known."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if re.match(r"vni[- ]", name) else None


def has_capitals_alone(font: str) -> bool:
    """Whether ``font`` is one of TCVN3's that show capitals for all letters (``.VnTimeH``)."""
    name = font.strip()
    return name.casefold().startswith(".vn") and name.endswith("H")


def decode(text: str, encoding: Encoding, font: str = "") -> str:
    """``text`` in the old ``encoding`` as Unicode (NFC), whatever it says; capitals where ``font`` shows them."""
    text = _SYMBOLS.sub(lambda sign: chr(ord(sign[0]) - 0xF000), text)
    if encoding == "tcvn3":
        found = "".join(_TCVN3.get(letter, letter) for letter in text)
        return neutral(found.upper() if has_capitals_alone(font) else _as_shouted(text, found))
    return neutral(_VNI_SIGNS.sub(lambda signs: _VNI[signs[0]], text))


def is_encoded(text: str, encoding: Encoding, font_says_so: bool = False) -> bool:
    """Whether ``text`` is in the old ``encoding``: its words become syllables of Vietnamese by it.

    ``font_says_so``: then what tells nothing is; else it is not.
    """
    if _BEYOND.search(text) or not (_HIGH.search(text) or _SYMBOLS.search(text)):
        return False
    before, after, high = _known(text), 0, 0
    told: list[str] = []
    text = _SYMBOLS.sub(lambda sign: chr(ord(sign[0]) - 0xF000), text)
    for match in _WORDS[encoding].finditer(text):
        word = match[0]
        if not _HIGH.search(word):
            continue
        made = decode(word, encoding)
        if made in _SHORT_NAMES:
            told.append(word)
        if made.isupper() and len(made) <= 4 and not is_syllable(made):
            continue
        high += 1
        if is_syllable(made):
            after += 1
            beside = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
            if not is_syllable(word) and not any(letter.isdigit() for letter in beside):
                told.append(word)
    if font_says_so:
        return before <= after or not before
    if not told or (high and (after <= before or after * 10 < high * 8)):
        return False
    sure = [
        word
        for word in told
        if set(_HIGH.findall(word)) - _ORDINARY or len(word) > 3 or decode(word, encoding) in _SHORT_NAMES
    ]
    return len(told) > 1 or any(len(word) > 1 and _begins_well(decode(word, encoding)) for word in sure)


def to_unicode(text: str, font: str = "") -> str:
    """``text`` as right Unicode in NFC, whichever way it was written; text that is right comes back as it is.

    ``font`` is the name of the font it is shown in, where that is known. Old text is also told without it, by its
    words. Tones that stand apart from their letters are joined with them.
    """
    if text.isascii():
        return text.upper() if font and has_capitals_alone(font) else text
    if "Ð" in text:
        text = _ETH_IN_NAMES.sub(lambda name: name[0].replace("Ð", "Đ"), text)
    named = encoding_of(font) if font else None
    if named is not None and is_encoded(text, named, font_says_so=True):
        return decode(text, named, font)
    if not _BEYOND.search(text) and _HIGH.search(text):
        found = [decode(text, encoding) for encoding in _WORDS if is_encoded(text, encoding)]
        if found:
            return max(found, key=sense)
    return composed(text)


def whole_to_unicode(text: str) -> str:
    """A long text as right Unicode where all of it is old; all else comes back untouched, soon."""
    is_old = not text.isascii() and len(text) <= _LONGEST and _HIGH.search(text) and not _BEYOND.search(text)
    return to_unicode(text) if is_old else text


def composed(text: str) -> str:
    """``text`` in NFC; also where tones stand before the marks of their vowels, or ``Ð`` is the Icelandic letter."""
    if text.isascii():
        return text
    found = neutral(text)
    if "\u0302" in found or "\u0306" in found:
        turned = _TURNED.sub(r"\1\3\2", unicodedata.normalize("NFD", found))
        found = neutral(turned)
    if "Ð" in found or "ð" in found:
        found = _ETH.sub(lambda letter: "Đ" if letter[0] == "Ð" else "đ", found)
    return found


def _known(text: str) -> int:
    """How many words with marks are syllables of Vietnamese as they stand."""
    words = (match[0] for match in _UNICODE_WORDS.finditer(text) if not match[0].isascii())
    return sum(map(is_syllable, words))


def sense(text: str) -> tuple[int, int]:
    """How much of ``text`` makes sense: words with marks that are syllables, and those that plans say most."""
    words = [match[0].lower() for match in _UNICODE_WORDS.finditer(text) if not match[0].isascii()]
    names = sum(word.upper() in _SHORT_NAMES for word in words)
    return sum(map(is_syllable, words)) + names, sum(word in _COMMON for word in words) + 2 * names


def _begins_well(word: str) -> bool:
    return word[0].lower() in "bcdđghklmnqrstvx"


def _as_shouted(text: str, found: str) -> str:
    """Text typed in capitals: TCVN3 has no capitals with a tone, and the font of capitals is not known here.

    All of a text without small letters is; else the words that go on in capitals ("CéNG").
    """
    bare = [letter for letter in text if "a" <= letter <= "z" or "A" <= letter <= "Z"]
    if len(bare) > 1 and all(letter <= "Z" for letter in bare) and re.search("[A-Z]{2}[^ -~]|[^ -~][A-Z]", text):
        return found.upper()
    return _WORDS["tcvn3"].sub(_word_as_shouted, text) if re.search("[^ -~][A-Z]", text) else found


def _word_as_shouted(word: re.Match[str]) -> str:
    made = "".join(_TCVN3.get(letter, letter) for letter in word[0])
    bare = [letter for letter in word[0] if letter.isascii()]
    return made.upper() if re.search("[^ -~][A-Z]", word[0]) and all(map(str.isupper, bare)) else made
