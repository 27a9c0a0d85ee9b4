"""The fields of the format, as data: name in the document, attribute of the model, reader, default."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.document.parsing import shorten
from models.i18n import _
from models.money import LIMIT
from models.plan import NUMBERING_STYLES, OUTLINE_STYLES, LegalBasis, Plan, Row, Section, Table

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    attribute: str
    read: Callable[[Any, str], Any]
    default: Any


class Wrong(Exception):
    """A value of the wrong kind: ``path`` and what was expected there."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(path, expected)
        self.path, self.expected = path, expected


def _text(value: Any, path: str) -> str:
    if value is None:
        return ""
    if type(value) is not str:
        raise Wrong(path, _("phải là văn bản"))
    return value


def _integer(low: int, high: int) -> Callable[[Any, str], int | None]:
    def read_integer(value: Any, path: str) -> int | None:
        if value is None:
            return None
        if type(value) is not int or not low <= value <= high:
            raise Wrong(path, _("phải là số nguyên từ {low} đến {high}").format(low=low, high=high))
        return value

    return read_integer


def _money(value: Any, path: str) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise Wrong(path, _("phải là số nguyên đồng, không có phần thập phân"))
    if not -LIMIT <= value <= LIMIT:
        raise Wrong(path, _("vượt quá giới hạn một triệu tỷ đồng"))
    return value


def _amounts(key_pattern: re.Pattern[str] | None) -> Callable[[Any, str], dict[str, int | None]]:
    def read_amounts(value: Any, path: str) -> dict[str, int | None]:
        if value is None:
            return {}
        if type(value) is not dict:
            raise Wrong(path, _("phải là một nhóm số tiền"))
        for key in value:
            if key_pattern and not key_pattern.fullmatch(key):
                raise Wrong(f"{path}/{shorten(key)}", _("phải đặt tên bằng năm bốn chữ số"))
        return {key: _money(amount, f"{path}/{key}") for key, amount in value.items()}

    return read_amounts


def _boolean(value: Any, path: str) -> bool:
    if value is None:
        return False
    if type(value) is not bool:
        raise Wrong(path, _("phải là true hoặc false"))
    return value


def _date(value: Any, path: str) -> str:
    text = _text(value, path)
    if text and not is_date(text):
        raise Wrong(path, _("phải là ngày có thật, dạng năm-tháng-ngày như 2020-06-03"))
    return text


def read_texts(value: Any, path: str) -> list[str]:
    if value is None:
        return []
    if type(value) is not list:
        raise Wrong(path, _("phải là một danh sách"))
    for index, item in enumerate(value):
        if type(item) is not str:
            raise Wrong(f"{path}/{index}", _("phải là văn bản"))
    return list(value)


def _optional_texts(value: Any, path: str) -> list[str] | None:
    return None if value is None else read_texts(value, path)


def _styles(allowed: tuple[str, ...]) -> Callable[[Any, str], list[str] | None]:
    def read_styles(value: Any, path: str) -> list[str] | None:
        styles = _optional_texts(value, path)
        for index, style in enumerate(styles or []):
            if style not in allowed:
                raise Wrong(
                    f"{path}/{index}", _("phải là một trong các kiểu {styles}").format(styles=", ".join(allowed))
                )
        return styles

    return read_styles


def _choice(*allowed: str) -> Callable[[Any, str], str]:
    def read_choice(value: Any, path: str) -> str:
        if value is None:
            return allowed[0]
        if value not in allowed:
            raise Wrong(path, _("phải là một trong: {values}").format(values=", ".join(allowed)))
        return str(value)

    return read_choice


def _numbers(value: Any, path: str) -> dict[str, int | float]:
    if value is None:
        return {}
    if type(value) is not dict:
        raise Wrong(path, _("phải là một nhóm số liệu"))
    for key, number in value.items():
        if number is not None and (type(number) not in (int, float) or abs(number) > LIMIT):
            raise Wrong(f"{path}/{key}", _("phải là một số"))
    return {key: number for key, number in value.items() if number is not None}


#: Choices of print: by the decree first, then what many offices do (formatting-nd30.md).
ATTACHED_LINES = ("kem-theo", "ban-hanh-kem-theo")
BASES_FORMS = ("paragraphs", "bullets")


def _print_options(value: Any, path: str) -> dict[str, Any]:
    if value is None:
        return {}
    if type(value) is not dict:
        raise Wrong(path, _("phải là một nhóm lựa chọn"))
    for name, read in (
        ("attached", _choice(*ATTACHED_LINES)),
        ("bases", _choice(*BASES_FORMS)),
        ("charts", _boolean),
    ):
        if name in value:
            read(value[name], f"{path}/{name}")
    return dict(value)


def _revision(value: Any, path: str) -> int:
    return _integer(0, 10**9)(value, path) or 0


_year = _integer(1000, 2999)
_money_by_source = _amounts(None)
_money_by_year = _amounts(_YEAR)

PERIOD = (Field("from", "period_from", _year, None), Field("to", "period_to", _year, None))
ORGANISATION = (
    Field("parent", "unit_parent", _text, ""),
    Field("name", "unit_name", _text, ""),
    Field("code", "unit_code", _text, ""),
    Field("place", "place", _text, ""),
)
DOCUMENT = (
    Field("number", "number", _text, ""),
    Field("symbol", "symbol", _text, ""),
    Field("year", "year", _year, None),
    Field("month", "month", _integer(1, 12), None),
    Field("day", "day", _integer(1, 31), None),
    Field("subject", "subject", _text, ""),
)
SIGNATURE = (
    Field("capacity", "capacity", _text, ""),
    Field("position", "signer_position", _text, ""),
    Field("name", "signer_name", _text, ""),
)
OBJECTS = (("period", PERIOD), ("organisation", ORGANISATION), ("document", DOCUMENT), ("signature", SIGNATURE))
HEAD = (Field("revision", "revision", _revision, 0), Field("addressee", "addressee", _text, ""))
PLAN = (
    Field("recipients", "recipients", read_texts, []),
    Field("indicators", "indicators", _numbers, {}),
    Field("outline", "outline", _styles(OUTLINE_STYLES), None),
    Field("print", "print_options", _print_options, {}),
)
BASIS = (
    Field("kind", "kind", _text, ""),
    Field("number", "number", _text, ""),
    Field("date", "date", _date, ""),
    Field("issuer", "issuer", _text, ""),
    Field("subject", "subject", _text, ""),
    Field("text", "text", _text, ""),
)
SECTION = (
    Field("key", "key", _text, ""),
    Field("heading", "heading", _text, ""),
    Field("text", "text", _text, ""),
)
TABLE = (
    Field("key", "key", _text, ""),
    Field("title", "title", _text, ""),
    Field("section", "section", _text, ""),
    Field("unit", "unit", _choice("million", "dong", "thousand"), "million"),
    Field("numbering", "numbering", _styles(NUMBERING_STYLES), None),
    Field("continuous", "continuous", _boolean, False),
    Field("stated_total", "stated_total", _money, None),
    Field("layout", "layout", _text, ""),
    Field("columns", "columns", _optional_texts, None),
)
GROUP = (Field("group", "group", _text, None), Field("stated_total", "stated_total", _money, None))
TASK = (
    Field("task", "task", _text, None),
    Field("objective", "objective", _text, ""),
    Field("scope", "scope", _text, ""),
    Field("lead", "lead", _text, ""),
    Field("from", "time_from", _year, None),
    Field("to", "time_to", _year, None),
    Field("time", "time", _text, ""),
    Field("total", "total", _money, None),
    Field("funding", "funding", _money_by_source, {}),
    Field("years", "years", _money_by_year, {}),
    Field("security", "security", _boolean, False),
    Field("carried_over", "carried_over", _boolean, False),
    Field("result", "result", _text, ""),
    Field("note", "note", _text, ""),
)

#: The document's name of an attribute, by model; what a JSON Pointer to a field is made of.
FIELD_NAMES: dict[type[Any], dict[str, str]] = {
    Plan: {f.attribute: f.name for f in (*HEAD, *PLAN)}
    | {f.attribute: f"{name}/{f.name}" for name, fields in OBJECTS for f in fields},
    LegalBasis: {f.attribute: f.name for f in BASIS},
    Section: {f.attribute: f.name for f in SECTION},
    Table: {f.attribute: f.name for f in TABLE},
    Row: {f.attribute: f.name for f in (*GROUP, *TASK)},
}


def is_date(text: str) -> bool:
    """Whether ``text`` is a real day in ISO 8601, ``2020-06-03``."""
    if not _DATE.fullmatch(text):
        return False
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
