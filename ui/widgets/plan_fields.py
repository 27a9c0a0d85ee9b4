"""Fields of the plan that look at each other: its first year at the last one, the day at the month."""

from __future__ import annotations

import calendar
from typing import Any

from models.i18n import N_, _
from ui.document import Document
from ui.widgets import values
from ui.widgets.fields import LineField

_YEAR = N_("“{text}” không phải là năm; hãy gõ bốn chữ số, ví dụ 2022.")
_PARTS = {
    "day": (1, 31, N_("“{text}” không phải là ngày; hãy gõ số từ 1 đến 31, hoặc để trống."), N_("Sửa ngày ban hành")),
    "month": (
        1,
        12,
        N_("“{text}” không phải là tháng; hãy gõ số từ 1 đến 12, hoặc để trống."),
        N_("Sửa tháng ban hành"),
    ),
    "year": (1900, 2999, _YEAR, N_("Sửa năm ban hành")),
}

#: The head of an office by the first words of its name (longer ones first), in capitals as it is signed.
_HEADS = (
    ("VĂN PHÒNG", "CHÁNH VĂN PHÒNG"), ("THANH TRA", "CHÁNH THANH TRA"), ("CHI CỤC", "CHI CỤC TRƯỞNG"),
    ("CỤC", "CỤC TRƯỞNG"), ("TRUNG TÂM", "GIÁM ĐỐC"), ("SỞ", "GIÁM ĐỐC"), ("PHÒNG", "TRƯỞNG PHÒNG"),
    ("BAN", "TRƯỞNG BAN"), ("UBND", "CHỦ TỊCH"), ("ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("UỶ BAN NHÂN DÂN", "CHỦ TỊCH"),
)  # fmt: skip


class FirstYearField(LineField):
    """The first year of the period; a plan of one year stays one of one year."""

    def __init__(self, document: Document, label: str) -> None:
        super().__init__(
            document, document.plan, "period_from", label, N_("Sửa kỳ kế hoạch"),
            parse=values.whole(1900, 2999, _YEAR), show_value=values.show_whole,
        )  # fmt: skip

    def _write(self, value: Any) -> None:
        plan = self.document.plan
        one_year = self.document.template.years == 1 and plan.period_to == plan.period_from
        with self.document.edit(self._edit) as plan:
            plan.period_from = value
            if one_year and value is not None:
                plan.period_to = value


class LastYearField(LineField):
    """The last year of the period."""

    def __init__(self, document: Document, label: str) -> None:
        super().__init__(
            document, document.plan, "period_to", label, N_("Sửa kỳ kế hoạch"),
            parse=values.whole(1900, 2999, _YEAR), show_value=values.show_whole,
        )  # fmt: skip


class DateField(LineField):
    """The day, month or year on which the plan is issued; a day that its month has not is refused."""

    def __init__(self, document: Document, name: str, label: str) -> None:
        low, high, refusal, edit = _PARTS[name]
        super().__init__(
            document, document.plan, name, label, edit, parse=values.whole(low, high, refusal),
            show_value=values.show_whole, hint="" if name == "year" else _("để trống nếu chưa rõ"),
        )  # fmt: skip
        read = self._parse
        self._parse = lambda text: self._checked(read(text))

    def _checked(self, value: int | None) -> int | None:
        plan = self.document.plan
        date = {"day": plan.day, "month": plan.month, "year": plan.year} | {self.name: value}
        day, month, year = date["day"], date["month"], date["year"]
        if day is not None and month is not None:
            days = calendar.monthrange(year or 2000, month)[1]
            if day > days:
                sentence = _("Tháng {month} chỉ có {days} ngày nên không có ngày {day}; hãy sửa ngày hoặc tháng.")
                raise values.Refused(sentence.format(month=month, days=days, day=day))
        return value


def head_of(unit: str) -> str:
    """The position of the head of a unit by its name: ``GIÁM ĐỐC`` of ``SỞ NỘI VỤ``."""
    name = " ".join(unit.upper().split())
    return next((head for words, head in _HEADS if name.startswith(words)), "THỦ TRƯỞNG")


def capacities(unit: str) -> list[str]:
    """In whose name a plan is signed (Nghị định 30/2020/NĐ-CP: TM., KT., TL., TUQ., Q.), the usual ones first."""
    head = head_of(unit)
    together = "ỦY BAN NHÂN DÂN" if head == "CHỦ TỊCH" else "BAN LÃNH ĐẠO"
    found = ["", f"KT. {head}", f"TL. {head}", f"TUQ. {head}", f"Q. {head}"]
    own = f"TM. {together}"
    found.insert(1 if head == "CHỦ TỊCH" else len(found), own)
    return found


def positions(unit: str) -> list[str]:
    head = head_of(unit)
    return [head, f"PHÓ {head}"]
