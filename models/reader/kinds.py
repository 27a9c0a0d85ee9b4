"""Kinds of which a thing is only one: what is overdue is not in time, who holds a master's degree is no bachelor."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds that exclude one another, each as a pattern of what is said of it; earlier ones are looked for first.

    ``complete``: there is no other one, so that all of them are the whole. ``people``: kinds of people, so that the
    whole is a number of people too.
    """

    each: tuple[re.Pattern[str], ...]
    complete: bool = False
    people: bool = False


def _kinds(*each: str, complete: bool = False, people: bool = False) -> Kinds:
    return Kinds(tuple(re.compile(rf"(?:{one})", re.IGNORECASE) for one in each), complete, people)


#: What people are called, behind their number.
PEOPLE = re.compile(
    r"\s{1,2}(?:người|cán bộ|công chức|viên chức|nhân sự|nhân viên|biên chế|lao động|đồng chí|CBCC|CCVC|học viên"
    r"|chuyên gia|giáo viên|thành viên|lãnh đạo)",
    re.IGNORECASE,
)


KINDS: tuple[Kinds, ...] = (
    _kinds(r"\b(?:dừng|ngừng|ngưng|thôi) (?:sử dụng|hoạt động)|không còn (?:sử dụng|hoạt động)|(?:bị|đã) khóa|thu hồi"
           r"|\b(?:đã|bị) (?:dừng|ngừng|ngưng)\b",
           r"\b(?:đang|được|còn|vẫn) (?:được )?(?:sử dụng|hoạt động)|(?:sử dụng|hoạt động) thường xuyên",
           complete=True),
    _kinds(r"trễ hạn|quá hạn|chậm hạn|chậm tiến độ", r"đúng hạn|trước hạn|đúng tiến độ", complete=True),
    _kinds(r"\bnữ\b", r"\bnam\b", complete=True, people=True),
    _kinds(r"(?:không|chưa) (?:đạt|đáp ứng)", r"\b(?:đạt|đáp ứng)\b", complete=True),
    _kinds(r"(?:chưa|đang) (?:hoàn thành|giải quyết|xử lý|thực hiện|triển khai)",
           r"hoàn thành|giải quyết|xử lý|triển khai xong", complete=True),
    _kinds(r"\bcá nhân\b", r"\b(?:cơ quan|tổ chức)\b", complete=True),
    _kinds(r"\btrực tiếp\b", r"\btrực tuyến\b", r"bưu chính"),
    _kinds(r"\btiến s[ĩỹ]\b", r"\bthạc s[ĩỹ]\b|\bcao học\b", r"\bđại học\b|\bcử nhân\b|\bkỹ sư\b", r"\bcao đẳng\b",
           r"\btrung cấp\b", r"\bsơ cấp\b", people=True),
    _kinds(*(rf"mức(?: độ)? {level}\b" for level in "1234")),
    _kinds(*(rf"cấp độ {level}\b" for level in "12345")),
    _kinds(r"cấp tỉnh", r"cấp huyện", r"cấp xã"),
    _kinds(r"^\s*xã\b", r"^\s*phường\b", r"^\s*thị trấn\b"),
    _kinds(r"^\s*công chức\b", r"^\s*viên chức\b", r"^\s*(?:hợp đồng|người lao động|lao động)\b", people=True),
    _kinds(r"máy (?:tính )?(?:xách tay|laptop)", r"máy (?:vi )?(?:tính )?(?:để )?bàn", r"máy chủ", r"máy in\b",
           r"máy quét|máy scan"),
    _kinds(r"xuất sắc", r"\btốt\b", r"\bkhá\b", r"trung bình", r"\b(?:yếu|kém)\b"),
)  # fmt: skip


def kinds_of(words: list[str]) -> Kinds | None:
    """The kinds of which ``words`` name one each, no one twice; ``None`` where there are none such."""
    for kinds in KINDS:
        named = [next((at for at, one in enumerate(kinds.each) if one.search(said)), None) for said in words]
        if None not in named and len(set(named)) == len(named):
            return kinds
    return None
