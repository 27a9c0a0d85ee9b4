"""The sentences a plan prints by itself; always Vietnamese, whatever the window's language.

Blanks that the records clerk fills or stamps are made of non-breaking spaces, so that they keep their length.
"""

from __future__ import annotations

import re

from models.bases import basis_text, two_digits
from models.money import UNIT_NAMES
from models.plan import LegalBasis, Plan

#: What made the document, in the properties of a file.
PROGRAM = "Kế Hoạch Số"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
TOTAL = "TỔNG CỘNG"
NOTHING = "(Chưa có nội dung)"
YES = "x"
UNITS = UNIT_NAMES

_BLANK = "\u00a0"
#: Room for a number of five digits, a day or month of two, a year of four, at 13 points or more.
NUMBER_BLANK = _BLANK * 12
DAY_BLANK = _BLANK * 7
YEAR_BLANK = _BLANK * 10

#: Marks at the end of a sentence, "./." too, but not "…".
_ENDING = re.compile(r"[\s.;,:]*(?:/\.)?\s*$")


def number_line(plan: Plan) -> str:
    """``Số: 05/KH-SNV``; with room for the number where it is not known yet."""
    return f"Số:{_number(plan)}"


def place_line(plan: Plan) -> str:
    """``Hà Tĩnh, ngày 05 tháng 01 năm 2022``; with room for what is not known yet."""
    place = plan.place.strip()
    return f"{place}, {_day(plan)}" if place else _day(plan)


def attached_line(plan: Plan, kind: str) -> str:
    """``(Kèm theo Kế hoạch số 05/KH-SNV ngày 05 tháng 01 năm 2022 của Sở Nội vụ)``, or ``(Ban hành kèm theo …``."""
    unit = unit_in_sentence(plan.unit_name)
    of = f" của {unit}" if unit else ""
    begun = "Ban hành kèm theo" if plan.print_options.get("attached") == "ban-hanh-kem-theo" else "Kèm theo"
    return f"({begun} {kind.capitalize()} số{_number(plan)} {_day(plan)}{of})"


def _number(plan: Plan) -> str:
    number = plan.number.strip()
    if number.isdigit():
        number = number.zfill(2)
    symbol = re.sub(r"\s*([-/])\s*", r"\1", plan.symbol.strip())
    return (f"{_BLANK}{number}" if number else NUMBER_BLANK) + (f"/{symbol}" if symbol else "")


def _day(plan: Plan) -> str:
    # Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4: a leading zero for days below 10, months 1 and 2.
    # The whole date stays on one line.
    day = f"{_BLANK}{two_digits(plan.day, 9)}{_BLANK}" if plan.day is not None else DAY_BLANK
    month = f"{_BLANK}{two_digits(plan.month, 2)}{_BLANK}" if plan.month is not None else DAY_BLANK
    year = f"{_BLANK}{plan.year}" if plan.year is not None else YEAR_BLANK
    return f"ngày{day}tháng{month}năm{year}"


def unit_line(unit: str) -> str:
    return f"Đơn vị tính: {UNITS[unit]}"


def words_line(words: str) -> str:
    return f"(Bằng chữ: {words})."


def bullet_list(items: list[str]) -> list[str]:
    """``- …;`` lines, the last one ending with a dot."""
    bare = [stripped for item in items if (stripped := without_ending(item.strip().removeprefix("-").strip()))]
    return [f"- {item}{';' if number < len(bare) else '.'}" for number, item in enumerate(bare, 1)]


def basis_sentence(basis: LegalBasis) -> str:
    """``Căn cứ …`` without a mark at the end."""
    text = basis_text(basis)
    begun = text.casefold().startswith(("căn cứ", "theo ", "thực hiện ", "xét "))
    return text if begun or not text else f"Căn cứ {text}"


def without_ending(text: str) -> str:
    return _ENDING.sub("", text)


# ---- names of units

_WORDS = {
    "ỦY BAN NHÂN DÂN": "Ủy ban nhân dân",
    "UỶ BAN NHÂN DÂN": "Uỷ ban nhân dân",
    "HỘI ĐỒNG NHÂN DÂN": "Hội đồng nhân dân",
    "UBND": "UBND",
    "HĐND": "HĐND",
    "VĂN PHÒNG": "Văn phòng",
    "THANH TRA": "Thanh tra",
    "CHI CỤC": "Chi cục",
    "TRUNG TÂM": "Trung tâm",
    "BAN QUẢN LÝ": "Ban Quản lý",
}  # fmt: skip
_AREAS = ("THÀNH PHỐ", "THỊ XÃ", "THỊ TRẤN", "ĐẶC KHU", "TỈNH", "HUYỆN", "QUẬN", "PHƯỜNG", "XÃ")
_FIELDS = (
    "Nội vụ", "Tư pháp", "Tài chính", "Kế hoạch và Đầu tư", "Công Thương", "Xây dựng", "Giao thông vận tải",
    "Khoa học và Công nghệ", "Thông tin và Truyền thông", "Giáo dục và Đào tạo", "Y tế", "Ngoại vụ", "Du lịch",
    "Văn hóa và Thể thao", "Văn hóa, Thể thao và Du lịch", "Tài nguyên và Môi trường", "Dân tộc và Tôn giáo",
    "Nông nghiệp và Phát triển nông thôn", "Nông nghiệp và Môi trường", "Lao động - Thương binh và Xã hội",
    "Quy hoạch - Kiến trúc", "An toàn thực phẩm",
)  # fmt: skip
_DEPARTMENTS = {f"{rank.upper()} {field.upper()}": f"{rank} {field}" for rank in ("Sở", "Bộ") for field in _FIELDS}


def unit_in_sentence(name: str) -> str:
    """A unit's name as it is written inside a sentence: ``SỞ NỘI VỤ`` → ``Sở Nội vụ``.

    A name in capitals that is not made of known words stays as it is typed: a wrong capital is worse.
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name
    rest, words = name, []
    while rest:
        found = next((key for key in (*_DEPARTMENTS, *_WORDS) if f"{rest} ".startswith(f"{key} ")), None)
        if found:
            words.append(_DEPARTMENTS.get(found) or _WORDS[found])
        else:
            area = next((area for area in _AREAS if rest.startswith(f"{area} ")), None)
            if area is None:
                return name
            return " ".join([*words, area.lower(), rest[len(area) + 1 :].title()])
        rest = rest[len(found) :].strip()
    return " ".join(words)
