"""Plan ↔ ``plan.json``, version 1 of the plan document.

Reading is strict: what is not a plan document is refused whole, with one sentence that names the place.
Fields that this program does not know are kept and written back, and so are fields given explicitly as
empty, so that a document read and written again is the same document.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import DocumentError
from models.i18n import _
from models.money import LIMIT
from models.plan import NUMBERING_STYLES, OUTLINE_STYLES, LegalBasis, Plan, Row, Section, Table, adopt, place

FORMAT = "ke-hoach-so/plan"
VERSION = 1
MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 12

_MISSING: Any = object()
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"[12]\d{3}")
_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")

Document = dict[str, Any]


# ---- reading a file


def read(path: Path) -> Plan:
    """The plan in the file ``path``; ``DocumentError`` where it is no plan document."""
    return from_bytes(read_bytes(path), str(path.name))


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes, ``limit`` at most; ``DocumentError`` says why it cannot be read."""
    try:
        if path.is_dir():
            raise DocumentError(_("“{file}” là thư mục, không phải tệp; hãy chọn một tệp.").format(file=path.name))
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise DocumentError(
            _("Không tìm thấy tệp “{file}”; hãy kiểm tra lại tên và đường dẫn.").format(file=path)
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(
            _("Không đọc được tệp “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
                file=path, reason=reason
            )
        ) from None
    if len(data) > limit:
        raise DocumentError(
            _("Tệp “{file}” lớn hơn {size} MiB nên không được nhận; hãy kiểm tra lại tệp.").format(
                file=path.name, size=limit // (1024 * 1024)
            )
        )
    return data


def from_bytes(data: bytes, name: str = "plan.json") -> Plan:
    """The plan in ``data`` (UTF-8 JSON); ``name`` is the file's name for the sentence of an error."""
    return load(parse(data, name), name)


def parse(data: bytes, name: str = "plan.json") -> Document:
    """The JSON object in ``data``, its texts made NFC; ``DocumentError`` where a rule of the format is broken."""

    def fail(reason: str) -> DocumentError:
        return DocumentError(_("Tệp “{file}” không đọc được: {reason}.").format(file=name, reason=_shown(reason)))

    if len(data) > MAX_BYTES:
        raise fail(_("lớn hơn 20 MiB"))

    def no_duplicates(pairs: list[tuple[str, Any]]) -> Document:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise fail(_twice(_first_double(pairs)))
        return found

    def no_constant(constant: str) -> Any:
        raise fail(_("có giá trị {value} không phải là số").format(value=constant))

    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=no_duplicates, parse_constant=no_constant)
    except UnicodeDecodeError:
        raise fail(_("không phải văn bản UTF-8; hãy xin lại tệp gốc")) from None
    except json.JSONDecodeError as error:
        raise fail(
            _("JSON bị hỏng ở dòng {line}, cột {column}; hãy xin lại tệp gốc").format(
                line=error.lineno, column=error.colno
            )
        ) from None
    except RecursionError:
        raise fail(_("lồng nhau quá {depth} cấp").format(depth=MAX_DEPTH)) from None
    except ValueError:
        raise fail(_("có số quá dài")) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise DocumentError(
            _("Tệp “{file}” không phải là kế hoạch của Kế Hoạch Số; hãy chọn tệp plan.json hoặc gói nộp .zip.").format(
                file=name
            )
        )
    return _clean(value, "", 1, fail)  # type: ignore[no-any-return]


def _clean(value: Any, path: str, depth: int, fail: Callable[[str], DocumentError]) -> Any:
    """``value`` with its texts in NFC; refuses control characters and too deep a nesting."""
    kind = type(value)
    if kind is float and not math.isfinite(value):
        raise fail(_("“{path}” có số quá lớn").format(path=path))
    if kind is str:
        if value.isascii() and value.isprintable():
            return value
        if _CONTROL.search(value):
            raise fail(_("“{path}” có ký tự điều khiển không hợp lệ").format(path=path or "/"))
        return unicodedata.normalize("NFC", value)
    if kind is dict or kind is list:
        if depth > MAX_DEPTH:
            raise fail(_("lồng nhau quá {depth} cấp tại “{path}”").format(depth=MAX_DEPTH, path=path))
        if kind is list:
            return [_clean(item, f"{path}/{index}", depth + 1, fail) for index, item in enumerate(value)]
        cleaned: Document = {}
        for key, item in value.items():
            here = f"{path}/{_shorten(key)}"
            name = _clean(key, here, depth, fail)
            if name in cleaned:
                # Two keys that differ only in how their letters are composed.
                raise fail(_twice(name))
            cleaned[name] = _clean(item, here, depth + 1, fail)
        return cleaned
    return value


# ---- the fields of the format, as data: name in the document, attribute of the model, reader, default


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    attribute: str
    read: Callable[[Any, str], Any]
    default: Any


class _Wrong(Exception):
    """A value of the wrong kind: ``path`` and what was expected there."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(path, expected)
        self.path, self.expected = path, expected


def _text(value: Any, path: str) -> str:
    if value is None:
        return ""
    if type(value) is not str:
        raise _Wrong(path, _("phải là văn bản"))
    return value


def _integer(low: int, high: int) -> Callable[[Any, str], int | None]:
    def read_integer(value: Any, path: str) -> int | None:
        if value is None:
            return None
        if type(value) is not int or not low <= value <= high:
            raise _Wrong(path, _("phải là số nguyên từ {low} đến {high}").format(low=low, high=high))
        return value

    return read_integer


def _money(value: Any, path: str) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise _Wrong(path, _("phải là số nguyên đồng, không có phần thập phân"))
    if not -LIMIT <= value <= LIMIT:
        raise _Wrong(path, _("vượt quá giới hạn một triệu tỷ đồng"))
    return value


def _amounts(key_pattern: re.Pattern[str] | None) -> Callable[[Any, str], dict[str, int | None]]:
    def read_amounts(value: Any, path: str) -> dict[str, int | None]:
        if value is None:
            return {}
        if type(value) is not dict:
            raise _Wrong(path, _("phải là một nhóm số tiền"))
        for key in value:
            if key_pattern and not key_pattern.fullmatch(key):
                raise _Wrong(f"{path}/{_shorten(key)}", _("phải đặt tên bằng năm bốn chữ số"))
        return {key: _money(amount, f"{path}/{key}") for key, amount in value.items()}

    return read_amounts


def _boolean(value: Any, path: str) -> bool:
    if value is None:
        return False
    if type(value) is not bool:
        raise _Wrong(path, _("phải là true hoặc false"))
    return value


def _date(value: Any, path: str) -> str:
    text = _text(value, path)
    if text and not is_date(text):
        raise _Wrong(path, _("phải là ngày có thật, dạng năm-tháng-ngày như 2020-06-03"))
    return text


def _texts(value: Any, path: str) -> list[str]:
    if value is None:
        return []
    if type(value) is not list:
        raise _Wrong(path, _("phải là một danh sách"))
    for index, item in enumerate(value):
        if type(item) is not str:
            raise _Wrong(f"{path}/{index}", _("phải là văn bản"))
    return list(value)


def _optional_texts(value: Any, path: str) -> list[str] | None:
    return None if value is None else _texts(value, path)


def _styles(allowed: tuple[str, ...]) -> Callable[[Any, str], list[str] | None]:
    def read_styles(value: Any, path: str) -> list[str] | None:
        styles = _optional_texts(value, path)
        for index, style in enumerate(styles or []):
            if style not in allowed:
                raise _Wrong(
                    f"{path}/{index}", _("phải là một trong các kiểu {styles}").format(styles=", ".join(allowed))
                )
        return styles

    return read_styles


def _choice(*allowed: str) -> Callable[[Any, str], str]:
    def read_choice(value: Any, path: str) -> str:
        if value is None:
            return allowed[0]
        if value not in allowed:
            raise _Wrong(path, _("phải là một trong: {values}").format(values=", ".join(allowed)))
        return str(value)

    return read_choice


def _numbers(value: Any, path: str) -> dict[str, int | float]:
    if value is None:
        return {}
    if type(value) is not dict:
        raise _Wrong(path, _("phải là một nhóm số liệu"))
    for key, number in value.items():
        if number is not None and (type(number) not in (int, float) or abs(number) > LIMIT):
            raise _Wrong(f"{path}/{key}", _("phải là một số"))
    return {key: number for key, number in value.items() if number is not None}


def _revision(value: Any, path: str) -> int:
    return _integer(0, 10**9)(value, path) or 0


_year = _integer(1000, 2999)
_money_by_source = _amounts(None)
_money_by_year = _amounts(_YEAR)

_PERIOD = (_Field("from", "period_from", _year, None), _Field("to", "period_to", _year, None))
_ORGANISATION = (
    _Field("parent", "unit_parent", _text, ""),
    _Field("name", "unit_name", _text, ""),
    _Field("code", "unit_code", _text, ""),
    _Field("place", "place", _text, ""),
)
_DOCUMENT = (
    _Field("number", "number", _text, ""),
    _Field("symbol", "symbol", _text, ""),
    _Field("year", "year", _year, None),
    _Field("month", "month", _integer(1, 12), None),
    _Field("day", "day", _integer(1, 31), None),
    _Field("subject", "subject", _text, ""),
)
_SIGNATURE = (
    _Field("capacity", "capacity", _text, ""),
    _Field("position", "signer_position", _text, ""),
    _Field("name", "signer_name", _text, ""),
)
_OBJECTS = (("period", _PERIOD), ("organisation", _ORGANISATION), ("document", _DOCUMENT), ("signature", _SIGNATURE))
_HEAD = (_Field("revision", "revision", _revision, 0), _Field("addressee", "addressee", _text, ""))
_PLAN = (
    _Field("recipients", "recipients", _texts, []),
    _Field("indicators", "indicators", _numbers, {}),
    _Field("outline", "outline", _styles(OUTLINE_STYLES), None),
)
_BASIS = (
    _Field("kind", "kind", _text, ""),
    _Field("number", "number", _text, ""),
    _Field("date", "date", _date, ""),
    _Field("issuer", "issuer", _text, ""),
    _Field("subject", "subject", _text, ""),
    _Field("text", "text", _text, ""),
)
_SECTION = (
    _Field("key", "key", _text, ""),
    _Field("heading", "heading", _text, ""),
    _Field("text", "text", _text, ""),
)
_TABLE = (
    _Field("key", "key", _text, ""),
    _Field("title", "title", _text, ""),
    _Field("section", "section", _text, ""),
    _Field("unit", "unit", _choice("million", "dong", "thousand"), "million"),
    _Field("numbering", "numbering", _styles(NUMBERING_STYLES), None),
    _Field("continuous", "continuous", _boolean, False),
    _Field("stated_total", "stated_total", _money, None),
    _Field("layout", "layout", _text, ""),
    _Field("columns", "columns", _optional_texts, None),
)
_GROUP = (_Field("group", "group", _text, None), _Field("stated_total", "stated_total", _money, None))
_TASK = (
    _Field("task", "task", _text, None),
    _Field("objective", "objective", _text, ""),
    _Field("scope", "scope", _text, ""),
    _Field("lead", "lead", _text, ""),
    _Field("from", "time_from", _year, None),
    _Field("to", "time_to", _year, None),
    _Field("time", "time", _text, ""),
    _Field("total", "total", _money, None),
    _Field("funding", "funding", _money_by_source, {}),
    _Field("years", "years", _money_by_year, {}),
    _Field("security", "security", _boolean, False),
    _Field("carried_over", "carried_over", _boolean, False),
    _Field("result", "result", _text, ""),
    _Field("note", "note", _text, ""),
)

#: The document's name of an attribute, by model; what a JSON Pointer to a field is made of.
FIELD_NAMES: dict[type[Any], dict[str, str]] = {
    Plan: {f.attribute: f.name for f in (*_HEAD, *_PLAN)}
    | {f.attribute: f"{name}/{f.name}" for name, fields in _OBJECTS for f in fields},
    LegalBasis: {f.attribute: f.name for f in _BASIS},
    Section: {f.attribute: f.name for f in _SECTION},
    Table: {f.attribute: f.name for f in _TABLE},
    Row: {f.attribute: f.name for f in (*_GROUP, *_TASK)},
}


# ---- document → plan


def load(data: Document, name: str = "plan.json") -> Plan:
    """The plan that a parsed document says; ``DocumentError`` names the file, the field and what it must be."""
    try:
        return _load_plan(data)
    except _Wrong as wrong:
        raise DocumentError(
            _("Tệp “{file}” có trường “{path}” không hợp lệ: {expected}.").format(
                file=name, path=_shown(wrong.path), expected=wrong.expected
            )
        ) from None


def _load_plan(data: Document) -> Plan:
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise _Wrong("/version", _("phải là số hiệu phiên bản, hiện là 1"))
    if version > VERSION:
        raise _Wrong("/version", _("do chương trình mới hơn tạo ra; hãy cập nhật Kế Hoạch Số rồi mở lại"))
    plan_id = data.get("id")
    if type(plan_id) is not str or not _ID.fullmatch(plan_id):
        raise _Wrong("/id", _("phải là mã của kế hoạch"))
    template = data.get("template")
    if type(template) is not str or not template:
        raise _Wrong("/template", _("phải là tên của mẫu kế hoạch"))
    rest = {key: value for key, value in data.items() if key not in ("format", "version", "id", "template")}
    values: dict[str, Any] = {"id": plan_id, "template": template}
    extra: Document = {}
    for name, fields in _OBJECTS:
        part = rest.pop(name, _MISSING)
        if part is _MISSING:
            continue
        if part is None:
            extra[name] = None
            continue
        if type(part) is not dict:
            raise _Wrong(f"/{name}", _("phải là một nhóm trường"))
        found, more = _read(part, fields, f"/{name}")
        values |= found
        if more or not part:
            extra[name] = more
    bases = _list(rest, "legal_bases", "", extra)
    sections = _list(rest, "sections", "", extra)
    tables = _list(rest, "tables", "", extra)
    found, more = _read(rest, (*_HEAD, *_PLAN), "")
    plan = Plan(**values, **found, extra=extra | more)
    plan.legal_bases = _make(bases, "/legal_bases", _load_basis)
    plan.sections = _make(sections, "/sections", _load_section)
    plan.tables = _make(tables, "/tables", _load_table)
    adopt(plan)
    return plan


def _read(data: Document, fields: tuple[_Field, ...], path: str) -> tuple[dict[str, Any], Document]:
    """The values of ``fields`` in ``data``, and the rest of it: unknown fields, and known ones given as empty."""
    values: dict[str, Any] = {}
    extra = dict(data)
    for field in fields:
        raw = data.get(field.name, _MISSING)
        if raw is _MISSING:
            continue
        value = field.read(raw, f"{path}/{field.name}")
        values[field.attribute] = value
        if value != field.default and value == raw:
            del extra[field.name]
    return values, extra


def _list(data: Document, name: str, path: str, extra: Document) -> list[Any]:
    """Take the list ``name`` out of ``data``; an empty or absent one is remembered in ``extra`` as it was given."""
    items = data.pop(name, _MISSING)
    if items is _MISSING:
        return []
    if not items and (items is None or items == []):
        extra[name] = items
        return []
    if type(items) is not list:
        raise _Wrong(f"{path}/{name}", _("phải là một danh sách"))
    return items


def _make(items: list[Any], path: str, load_one: Callable[[Any, str], Any]) -> list[Any]:
    made = [load_one(item, f"{path}/{index}") for index, item in enumerate(items)]
    place(made)
    return made


def _object(value: Any, path: str) -> Document:
    if type(value) is not dict:
        raise _Wrong(path, _("phải là một nhóm trường"))
    return value


def _load_basis(data: Any, path: str) -> LegalBasis:
    values, extra = _read(_object(data, path), _BASIS, path)
    return LegalBasis(**values, extra=extra)


def _load_section(data: Any, path: str) -> Section:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "sections", path, extra)
    values, more = _read(rest, _SECTION, path)
    section = Section(**values, extra=extra | more)
    section.sections = _make(below, f"{path}/sections", _load_section)
    return section


def _load_table(data: Any, path: str) -> Table:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "rows", path, extra)
    values, more = _read(rest, _TABLE, path)
    table = Table(**values, extra=extra | more)
    load_one = _load_register_row if table.is_register else _load_row
    table.rows = _make(below, f"{path}/rows", load_one)
    return table


def _load_register_row(data: Any, path: str) -> Row:
    if type(data) is not list:
        raise _Wrong(path, _("phải là một danh sách ô văn bản"))
    return Row(cells=_texts(data, path))


def _load_row(data: Any, path: str) -> Row:
    rest = dict(_object(data, path))
    extra: Document = {}
    below = _list(rest, "rows", path, extra)
    if rest.get("group") is not None and rest.get("task") is None:
        fields: tuple[_Field, ...] = _GROUP
    elif rest.get("task") is not None and rest.get("group") is None:
        fields = _TASK
    else:
        raise _Wrong(path, _("phải có đúng một trong hai trường group hoặc task"))
    values, more = _read(rest, fields, path)
    row = Row(**values, extra=extra | more)
    if below:
        row.rows = _make(below, f"{path}/rows", _load_row)
    return row


# ---- plan → document


def dump(plan: Plan) -> Document:
    """The plan document: fields in the order of the format, unknown ones after them."""
    extra = dict(plan.extra)
    head = {field.name: field for field in _HEAD}
    document: Document = {"format": FORMAT, "version": VERSION, "id": plan.id}
    document |= _write(plan, (head["revision"],), _take(extra, "revision"))
    document["template"] = plan.template
    for name, fields in _OBJECTS:
        given = extra.pop(name, _MISSING)
        part = _write(plan, fields, given if isinstance(given, dict) else {})
        if part or given == {}:
            document[name] = part
        elif given is None:
            document[name] = None
        if name == "organisation":
            document |= _write(plan, (head["addressee"],), _take(extra, "addressee"))
    lists: Document = {
        "recipients": None,
        "legal_bases": [_write(basis, _BASIS, basis.extra) for basis in plan.legal_bases],
        "indicators": None,
        "outline": None,
        "sections": [_dump_section(section) for section in plan.sections],
        "tables": [_dump_table(table) for table in plan.tables],
    }
    fields_by_name = {field.name: field for field in _PLAN}
    for name, items in lists.items():
        if name in fields_by_name:
            document |= _write(plan, (fields_by_name[name],), _take(extra, name))
        else:
            _put_list(document, name, items, extra)
    return document | _sorted(extra)


def to_bytes(plan: Plan) -> bytes:
    """``plan.json`` as it lies in a package: equal plans give equal bytes."""
    return (json.dumps(dump(plan), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def copy(plan: Plan) -> Plan:
    """A plan of the same content that belongs to no session."""
    return _load_plan(dump(plan))


def _write(source: Any, fields: tuple[_Field, ...], extra: Document) -> Document:
    rest = dict(extra)
    written: Document = {}
    for field in fields:
        value = getattr(source, field.attribute)
        given = rest.pop(field.name, _MISSING)
        if given is not _MISSING and _same(field, given, value):
            written[field.name] = given
        elif value != field.default:
            written[field.name] = value
    return written | _sorted(rest)


def _same(field: _Field, given: Any, value: Any) -> bool:
    """Whether the value still is what the document gave in another form (``null`` for an empty text, say)."""
    try:
        return bool(field.read(given, "") == value)
    except _Wrong:
        return False


def _dump_section(section: Section) -> Document:
    extra = dict(section.extra)
    below = [_dump_section(child) for child in section.sections]
    given = _take(extra, "sections")
    written = _write(section, _SECTION, extra)
    _put_list(written, "sections", below, given)
    return written


def _dump_table(table: Table) -> Document:
    extra = dict(table.extra)
    given = _take(extra, "rows")
    written = _write(table, _TABLE, extra)
    if table.is_register:
        rows: list[Any] = [list(row.cells or []) for row in table.rows]
    else:
        rows = [_dump_row(row) for row in table.rows]
    _put_list(written, "rows", rows, given)
    return written


def _dump_row(row: Row) -> Document:
    extra = dict(row.extra)
    given = _take(extra, "rows")
    written = _write(row, _GROUP if row.is_group else _TASK, extra)
    _put_list(written, "rows", [_dump_row(child) for child in row.rows], given)
    return written


def _put_list(document: Document, name: str, items: list[Any], extra: Document) -> None:
    given = extra.pop(name, _MISSING)
    if items:
        document[name] = items
    elif given is not _MISSING:
        document[name] = given


def _take(extra: Document, name: str) -> Document:
    """The part of ``extra`` under ``name``, taken out of it."""
    return {name: extra.pop(name)} if name in extra else {}


def _sorted(extra: Document) -> Document:
    return {key: extra[key] for key in sorted(extra)}


# ---- places


def pointers(plan: Plan) -> dict[int, str]:
    """The JSON Pointer of every part of the plan, by ``id()`` of the part; the plan's own is empty."""
    found: dict[int, str] = {id(plan): ""}

    def add(parts: list[Any], path: str, below: str) -> None:
        for index, part in enumerate(parts):
            place_of_part = f"{path}/{index}"
            found[id(part)] = place_of_part
            if below:
                children = getattr(part, below)
                if children:
                    add(children, f"{place_of_part}/{below}", below)

    add(plan.legal_bases, "/legal_bases", "")
    add(plan.sections, "/sections", "sections")
    for index, table in enumerate(plan.tables):
        found[id(table)] = f"/tables/{index}"
        add(table.rows, f"/tables/{index}/rows", "" if table.is_register else "rows")
    return found


def pointer(base: str, part: Any, field: str) -> str:
    """The JSON Pointer of ``field`` (an attribute, or ``funding/KEY``, ``years/YEAR``, ``cells/3``) of a part."""
    if not field:
        return base
    attribute, _slash, rest = field.partition("/")
    if attribute == "cells":
        return f"{base}/{rest}"
    name = FIELD_NAMES[type(part)].get(attribute, attribute)
    if rest:
        name += "/" + rest.replace("~", "~0").replace("/", "~1")
    return f"{base}/{name}"


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


def _first_double(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _twice(key: str) -> str:
    return _("trường “{key}” có hai lần trong cùng một mục").format(key=_shorten(key))


def _shown(text: str) -> str:
    """``text`` fit for a sentence: printable and not too long, whatever the file holds."""
    return _shorten("".join(letter if letter.isprintable() else "\ufffd" for letter in text[:300]), 240)


def _shorten(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
