"""What the heads of an office's table say: which column is what, in which unit its amounts are."""

from __future__ import annotations

import re
from functools import lru_cache

from models.folding import fold
from models.imports.source_names import Sources, plain
from models.row_levels import is_number_head
from models.template import Template

#: What a head says by its words, the surer first.
_MEANINGS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("unit", r"dvt|don vi tinh"),
        ("note", r"(?:ghi chu|luu y|dien giai|giai trinh).*"),
        ("objective", r"(?:muc tieu|muc dich|su can thiet).*"),
        ("time", r".*\b(?:thoi gian|thoi han|lo trinh|tien do|thoi diem|nam thuc hien|nam trien khai)\b.*|nam|tgth"),
        ("result", r".*\b(?:ket qua|hieu qua|hien trang|san pham|tinh trang|tinh hinh)\b.*"),
        (
            "lead",
            r".*\b(?:chu tri|chu dau tu|phu trach|dau moi)\b.*"
            r"|(?:co quan|don vi|phong|ban)[^:]* (?:thuc hien|trien khai)"
            r"|(?:co quan|don vi)(?:,? (?:co quan|don vi|dia phuong|phong ban))?",
        ),
        ("funding", r".*\bnguon\b.*"),
        (
            "task",
            r"(?:ten )?(?:cac |danh muc )?(?:du an|nhiem vu|de an|cong viec|dau viec|hang muc|chuong trinh|noi dung"
            r"|hoat dong|goi thau|nv|da)\b.*|ten|danh muc.*",
        ),
        ("scope", r".*\b(?:quy mo|pham vi|khoi luong)\b.*"),
        (
            "total",
            r".*\b(?:kinh phi|tong muc(?: dau tu)?|tmdt|du toan|tong von|so tien|thanh tien|nhu cau|tong so|tong cong"
            r"|gia tri|chi phi|muc dau tu|von dau tu|tong)\b.*|cong|von|ts|kp",
        ),
        ("carried_over", r".*\bchuyen tiep\b.*"),
        ("security", r".*\b(?:an toan thong tin|attt|at ?tt)\b.*"),
    )
)
_LONGEST = 120
_YEAR = re.compile(
    r"(?:(?:kinh phi|von|du toan|ke hoach|nhu cau|kh|phan ky|giao)\D{0,25})?(?:nam )?((?:19|20)\d\d)(?: \(.*\))?"
)
_PARTNER = re.compile(r"\bphoi hop\b")

_UNIT_MARK = re.compile(r"(?:don vi(?: tinh| tien)?|dvt|dv tinh)\s*[:.]?\s*(.+)")
_UNIT_NAMES = (
    ("billion", re.compile(r"(?:ty|ti)(?: dong| vnd)?|ty\.?d")),
    (
        "million",
        re.compile(r"(?:trieu|tr|trd|tr\.d|trieu d|tr\.dong|1\.000\.000|1000000|10\^?6)\.?(?: ?(?:dong|vnd|d))?\.?"),
    ),
    ("thousand", re.compile(r"(?:nghin|ngan|1\.000|1000|ng)\.?(?: ?(?:dong|vnd|d))?\.?")),
    ("dong", re.compile(r"(?:viet nam )?(?:dong|vnd|d)(?: viet nam)?\.?")),
)
_IN_PARENTHESES = re.compile(r"\(([^()]*)\)")

_REGISTER_WORDS = re.compile(
    r"\b(?:trich yeu|so,? ?ky hieu|so hieu|ban hanh|phan mem|csdl|co so du lieu|hien trang|nam trang bi"
    r"|doi tuong su dung|thiet bi|he thong|van ban|may chu|cau hinh|nam su dung|so luong)\b"
)
_OTHER_WORDS = re.compile(
    r"\b(?:ho va ten|ho ten|ho, ten|ngay sinh|nam sinh|chuc vu|chuc danh|dien thoai|email|buoi|sang|chieu"
    r"|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|dia diem|thanh phan|giang vien|he so|luong|trinh do|gioi tinh|lop|mon|gio"
    r"|ngay thang|cccd|cmnd)\b"
)


@lru_cache(maxsize=2048)
def meaning(text: str) -> str:
    """The field that one head names, ``unit`` for a column of units; empty where its words tell nothing."""
    name = plain(text)
    if not name or len(name) > _LONGEST:
        return ""
    if is_number_head(name):
        return "number"
    if match := _YEAR.fullmatch(name):
        return f"years.{match[1]}"
    if _PARTNER.search(name) and "chu tri" not in name:
        return ""
    return next((field for field, pattern in _MEANINGS if pattern.fullmatch(name)), "")


def is_register_word(text: str) -> bool:
    return bool(_REGISTER_WORDS.search(plain(text)))


def is_other_word(text: str) -> bool:
    """Whether a head is one of a list of people, a timetable and the like."""
    return bool(_OTHER_WORDS.search(plain(text)))


def unit_of(text: str, is_head: bool = False) -> str:
    """The unit of amounts that a line or a head tells, ``billion`` too; empty: none.

    "Đơn vị tính: triệu đồng", "ĐVT: 1.000đ", "Triệu đồng", and of a head, or a line in parentheses: "Kinh phí (trđ)".
    """
    line = " ".join(fold(text).split())
    if len(line) > 200:
        return ""
    if match := _UNIT_MARK.search(line):
        name = match[1].strip(" ()*:.;")
        found = _named(name) or _named(name.split(",")[0].split(";")[0].strip(" )"))
        if found:
            return found
    for inside in _IN_PARENTHESES.findall(line):
        if found := _named(re.sub(r"^(?:don vi(?: tinh)?|dvt)\s*:?\s*", "", inside.strip())):
            return found
    if is_head:
        return next((found for part in re.split(r"[,/\n-]", line) if (found := _named(part.strip()))), "")
    line = line.strip(" ()*")
    return _named(line) if len(line) > 3 else ""  # alone over the last column


def _named(name: str) -> str:
    name = name.strip(" .:*")
    return next((unit for unit, pattern in _UNIT_NAMES if pattern.fullmatch(name)), "") if name else ""


def money_name(text: str) -> str:
    """The unit that a cell names and nothing beside it: "triệu đồng"."""
    return _named(" ".join(fold(text).split()))


class Heads:
    """The meanings of heads for one template: its own labels and sources first."""

    def __init__(self, template: Template) -> None:
        self.sources = Sources(template)
        self._labels: dict[tuple[str, str], str] = {}
        for table in template.tables:
            for layout in table.layouts:
                for column in layout.columns:
                    field = column.field.split("+")[0]
                    if not field.endswith("*") and "{" not in column.label:
                        self._labels.setdefault((plain(column.head), plain(column.label)), field)

    def field(self, texts: tuple[str, ...], several_years: bool = True) -> str:
        """What a column is whose heads are ``texts``, the upper ones first; ``source`` for a source that is unclear.

        Empty where they tell nothing. ``several_years``: a year over sources is one of several, so that no field is
        for the source in that year alone.
        """
        if not texts:
            return ""
        upper, last = " ".join(texts[:-1]), texts[-1]
        own = self._labels.get((plain(upper), plain(last)), "")
        if own.startswith(("funding.", "years.")):
            return own
        found = meaning(last)
        if found.startswith("years."):
            return found
        if not upper:
            if found in ("", "total") and self.sources.is_name(last) and (key := self.sources.key(last)):
                return f"funding.{key}"
            return found or own or ("source" if self.sources.is_name(last) else "")
        above = meaning(upper)
        if found == "total" and re.fullmatch(r"tong.*|cong|ts", plain(last)):
            return "total" if not self.sources.is_name(upper) else "source"
        if above in ("total", "funding", "") or above.startswith("years.") or self.sources.is_name(upper):
            name = " ".join(text for text in texts if meaning(text) not in ("total",) or self.sources.is_name(text))
            if self.sources.is_name(name) or self.sources.is_name(last):
                key = self.sources.key(name) or self.sources.key(last)
                return f"funding.{key}" if key and not (several_years and above.startswith("years.")) else "source"
        return found or (above if above in ("total", "time", "lead", "note", "objective", "result") else "")

    def is_head(self, text: str) -> bool:
        """Whether a text could head a column."""
        return bool(text.strip()) and len(text) <= _LONGEST and (bool(meaning(text)) or self.sources.is_name(text))
