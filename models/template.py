"""Mẫu (đề cương): the outline, tables, funding sources, indicators and limits of a year's plan.

A template is a TOML file in ``resources/templates``, named by its id. It is validated when it is loaded:
a fault is a ``TemplateError`` that names the file and the field. All that the law may change (limits,
headings, addressee) stands in templates, never in code.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from models import limits, resources, template_text
from models.errors import TemplateError
from models.i18n import _

OutlineStyle = Literal["Phần I", "I", "1", "1.1", "a"]
NumberingStyle = Literal["I", "1", "1.1", "a"]
Unit = Literal["dong", "thousand", "million"]
#: Which years a table speaks of: the plan's, those before it, or none in particular.
Span = Literal["plan", "previous", "any"]

#: What a column of a task table may show, besides ``funding.KEY``, ``funding.*``, ``years.YEAR``, ``years.*``.
TASK_FIELDS = (
    "task", "objective", "scope", "objective+scope", "lead", "time", "total", "funding", "security",
    "carried_over", "result", "note",
)  # fmt: skip
#: Those of them whose equal neighbours may share one cell: an amount or a name stands for its own row alone.
MERGED_FIELDS = ("objective", "scope", "objective+scope", "lead", "time", "result", "note")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nguồn vốn: a source of funding; ``short`` is its name in narrow places."""

    key: str
    label: str
    short: str


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Chỉ tiêu, số liệu: a number about the unit, typed in ``section``.

    ``parts``: keys of indicators that add up to this one; ``ratio_of``: key of the one it is shown as a
    percentage of; ``percent_of``: this indicator is itself a percentage, of ``[part, whole]``.
    """

    key: str
    label: str
    unit: str = ""
    section: str = ""
    parts: tuple[str, ...] = ()
    ratio_of: str = ""
    percent_of: tuple[str, ...] = ()


class SectionSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phần, mục: a heading with a hint; ``totals`` are keys of the tables whose total its text states."""

    key: str
    heading: str
    required: bool = False
    hint: str = ""
    text: str = ""
    totals: tuple[str, ...] = ()
    sections: tuple[SectionSpec, ...] = ()


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A column: the field shown, its head (``head`` is the upper one over several), and its width in mm.

    ``merged``: on paper neighbouring tasks of equal text in this column share one cell; for texts only.
    """

    field: str
    label: str
    head: str = ""
    width: Annotated[float, msgspec.Meta(gt=0, le=247)] = 20
    merged: bool = False


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The columns of a task table in printed order; ``numbered`` adds the row of column numbers."""

    key: str
    label: str
    columns: tuple[Column, ...]
    numbered: bool = False
    number_label: str = "TT"


class TableSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bảng: a table of tasks (with ``layouts``, the first the usual one) or a register (with ``columns``)."""

    key: str
    title: str
    label: str = ""
    section: str = ""
    required: bool = False
    hint: str = ""
    unit: Unit = "million"
    numbering: tuple[NumberingStyle, ...] = ("1", "a")
    continuous: bool = False
    span: Span = "any"
    layouts: tuple[Layout, ...] = ()
    columns: tuple[str, ...] = ()
    words: bool = False


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Least share of security in the plan's tasks (``"10%"``), and the law that asks for it."""

    security_share: str = ""
    security_source: str = ""


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A whole template; ``years`` is the length of the period it plans for (1: a yearly plan).

    ``law`` is what its outline follows, where a law says what such a plan holds.
    """

    id: str
    version: int
    name: str
    summary: str
    law: str = ""
    years: int
    default_from: int
    addressee: str
    kind: str = "KẾ HOẠCH"
    symbol: str = "KH"
    subject: str
    recipients: tuple[str, ...] = ()
    closing: str = ""
    outline: tuple[OutlineStyle, ...]
    limits: Limits = Limits()
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...] = ()
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]

    @property
    def security_limit(self) -> Fraction | None:
        """Least share of information security, as a fraction; ``None`` where the template sets none."""
        return parse_percent(self.limits.security_share) if self.limits.security_share else None

    def table(self, key: str) -> TableSpec | None:
        return next((table for table in self.tables if table.key == key), None)

    @functools.cached_property
    def _sections_by_key(self) -> dict[str, SectionSpec]:
        return {section.key: section for section in reversed(list(walk(self.sections)))}

    def section(self, key: str) -> SectionSpec | None:
        return self._sections_by_key.get(key)

    def source(self, key: str) -> Source:
        """The source of that key; one the template does not know is named by its key."""
        return next((s for s in self.sources if s.key == key), Source(key=key, label=key, short=key))

    def indicator(self, key: str) -> Indicator | None:
        return next((indicator for indicator in self.indicators if indicator.key == key), None)


def walk(sections: Iterable[SectionSpec]) -> Iterator[SectionSpec]:
    """Every section below ``sections``, each before its own."""
    for section in sections:
        yield section
        yield from walk(section.sections)


def parse_percent(text: str) -> Fraction:
    """``"10%"`` or ``"12,5%"`` as a fraction; ``ValueError`` where it is no percentage."""
    match = re.fullmatch(r"([0-9]{1,3})(?:,([0-9]{1,4}))?%", text)
    if not match:
        raise ValueError(text)
    whole, decimals = match.group(1), match.group(2) or ""
    return Fraction(int(whole + decimals), 100 * 10 ** len(decimals))


# ---- loading


def known() -> list[str]:
    """The ids of the templates at hand, in order."""
    return sorted(path.stem for path in resources.path("templates").glob("*.toml"))


@functools.cache
def get(template_id: str) -> Template:
    """The template of that id; ``TemplateError`` names the known ones where there is none."""
    if template_id not in known():
        raise TemplateError(
            _("Không có mẫu kế hoạch “{id}”; các mẫu hiện có: {known}.").format(
                id=template_id[:60], known=", ".join(known())
            )
        )
    return load(resources.path("templates", f"{template_id}.toml"))


def load(path: Path) -> Template:
    """The template in a TOML file, validated; ``TemplateError`` names file and field."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.TEMPLATE_BYTES + 1)
    except (OSError, ValueError):
        raise _unreadable(path.name) from None
    return read(data, path.name)


def read(data: bytes, name: str) -> Template:
    """The template in the bytes of a TOML file, wherever it comes from; ``TemplateError`` names file and field.

    ``name`` is the file's name; one that ends with ``.toml`` must be the template's id.
    """
    if len(data) > limits.TEMPLATE_BYTES:
        raise TemplateError(
            _("Tệp mẫu “{file}” lớn hơn {size} KiB nên không được nhận; hãy kiểm tra lại tệp.").format(
                file=name, size=limits.TEMPLATE_BYTES // 1024
            )
        )
    try:
        # Notepad may put a byte order mark in front.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(name) from None
    return parse(text, name)


def parse(text: str, name: str) -> Template:
    """The template in ``text`` (TOML); ``name`` is the file's name for the sentence of an error."""
    try:
        template = msgspec.convert(template_text.values(text), Template)
    except template_text.Wrong as wrong:
        raise _faulty(name, wrong.place, wrong.reason) from None
    except msgspec.ValidationError as error:
        raise _translate(name, str(error)) from None
    for place, reason in _faults(template):
        raise _faulty(name, place, reason)
    if name.endswith(".toml") and template.id != name.removesuffix(".toml"):
        raise _faulty(name, "id", _("phải trùng với tên tệp"))
    return template


def _faulty(name: str, place: str, reason: str) -> TemplateError:
    return TemplateError(
        _("Tệp mẫu “{file}” có lỗi ở “{place}”: {reason}.").format(
            file=name, place=template_text.shown(place), reason=reason
        )
    )


def _unreadable(name: str) -> TemplateError:
    return TemplateError(_("Không đọc được tệp mẫu “{file}”.").format(file=name))


def _translate(name: str, message: str) -> TemplateError:
    """msgspec's sentence (``Expected `int`, got `str` - at `$.tables[0].key` ``) as one of ours."""
    place = match.group(1) if (match := re.search(r"at `\$\.?(.*?)`$", message)) else ""
    if match := re.search(r"required field `(.*?)`", message):
        return _faulty(name, f"{place}.{match.group(1)}".strip("."), _("thiếu trường này"))
    if match := re.search(r"unknown field `(.*?)`", message):
        return _faulty(name, f"{place}.{match.group(1)}".strip("."), _("trường lạ, có thể do gõ nhầm tên"))
    return _faulty(name, place or "id", _("giá trị không đúng kiểu hoặc không nằm trong các giá trị cho phép"))


def _faults(template: Template) -> Iterator[tuple[str, str]]:
    """What the types alone do not tell: doubled keys, and names of things that are not there."""
    yield from _beyond_limits(template)
    sections = [section.key for section in walk(template.sections)]
    tables = [table.key for table in template.tables]
    sources = [source.key for source in template.sources]
    indicators = [indicator.key for indicator in template.indicators]
    named = [("sections", sections), ("tables", tables), ("sources", sources), ("indicators", indicators)]
    named += [(f"tables.{table.key}.layouts", [layout.key for layout in table.layouts]) for table in template.tables]
    for place, keys in named:
        for key in keys:
            if keys.count(key) > 1:
                yield f"{place}.{key}", _("khóa này có hai lần")
    if not 1 <= template.years <= 20:
        yield "years", _("phải từ 1 đến 20")
    if template.limits.security_share:
        try:
            parse_percent(template.limits.security_share)
        except ValueError:
            yield "limits.security_share", _("phải là tỷ lệ phần trăm, ví dụ 10%")
    for section in walk(template.sections):
        yield from _unknown(f"sections.{section.key}.totals", section.totals, tables)
    for indicator in template.indicators:
        place = f"indicators.{indicator.key}"
        yield from _unknown(f"{place}.section", [indicator.section] if indicator.section else [], sections)
        yield from _unknown(f"{place}.parts", indicator.parts, indicators)
        yield from _unknown(f"{place}.ratio_of", [indicator.ratio_of] if indicator.ratio_of else [], indicators)
        yield from _unknown(f"{place}.percent_of", indicator.percent_of, indicators)
        if len(indicator.percent_of) not in (0, 2):
            yield f"{place}.percent_of", _("phải có đúng hai khóa: phần và toàn bộ")
    for table in template.tables:
        place = f"tables.{table.key}"
        yield from _unknown(f"{place}.section", [table.section] if table.section else [], sections)
        if bool(table.layouts) == bool(table.columns):
            yield place, _("phải có đúng một trong hai: layouts hoặc columns")
        if table.layouts and not table.numbering:
            yield f"{place}.numbering", _("phải có ít nhất một giá trị")
        for layout in table.layouts:
            if not layout.columns:
                yield f"{place}.layouts.{layout.key}.columns", _("phải có ít nhất một giá trị")
            for column in layout.columns:
                if not _is_field(column.field, sources):
                    yield f"{place}.layouts.{layout.key}.{column.field}", _("không có trường này")
                elif column.merged and column.field not in MERGED_FIELDS:
                    yield f"{place}.layouts.{layout.key}.{column.field}.merged", _("cột này không gộp ô được")


#: Ids name files, keys stand in placeholders and JSON Pointers.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def _beyond_limits(template: Template) -> Iterator[tuple[str, str]]:
    """Ids and keys that could not be used, and more of anything than a template has."""
    if not _ID.fullmatch(template.id):
        yield "id", _("phải là chữ thường không dấu, chữ số và dấu gạch nối")
    if not 1000 <= template.default_from <= 2900:
        yield "default_from", _("phải là một năm")
    if not template.outline:
        yield "outline", _("phải có ít nhất một giá trị")
    level, deep = template.sections, 0
    while level:
        deep += 1
        level = tuple(below for section in level for below in section.sections)
    if deep > limits.TEMPLATE_LEVELS:
        yield "sections", _("lồng nhau quá {depth} cấp").format(depth=limits.TEMPLATE_LEVELS)
    sections = list(walk(template.sections))
    parts: list[tuple[str, str, Any]] = [
        ("sections", "sections", sections), ("tables", "tables", template.tables),
        ("sources", "sources", template.sources), ("indicators", "indicators", template.indicators),
    ]  # fmt: skip
    for table in template.tables:
        parts.append((f"tables.{table.key}.layouts", "layouts", table.layouts))
        parts += [(f"tables.{table.key}.layouts.{one.key}", "columns", one.columns) for one in table.layouts]
        if table.columns:
            parts.append((f"tables.{table.key}.columns", "columns", table.columns))
    for place, kind, found in parts:
        if len(found) > limits.TEMPLATE_PARTS[kind]:
            yield place, _("có quá {count} mục").format(count=limits.TEMPLATE_PARTS[kind])
        for one in found:
            if kind != "columns" and not _KEY.fullmatch(one.key):
                yield place, _("khóa phải là chữ không dấu, chữ số, dấu chấm và gạch nối")


def _unknown(place: str, keys: Iterable[str], known_keys: list[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        if key not in known_keys:
            yield place, _("không có khóa “{key}”").format(key=key)


def _is_field(field: str, sources: list[str]) -> bool:
    kind, _dot, key = field.partition(".")
    if kind == "funding" and key:
        return key == "*" or key in sources
    if kind == "years" and key:
        return key == "*" or re.fullmatch(r"[12][0-9]{3}", key) is not None
    return field in TASK_FIELDS


def fill_years(text: str, first: int | None, last: int | None) -> str:
    """``text`` of a template with its year placeholders replaced by those of the plan's period.

    ``{year}``, ``{previous_year}``, ``{from}``, ``{to}``, ``{period}`` ("năm 2022", "giai đoạn 2021 - 2025")
    and ``{previous_period}``, the last two also in capitals for headings in capitals (``{PERIOD}``,
    ``{PREVIOUS_PERIOD}``); other braces stay as they are.
    """
    if "{" not in text:
        return text
    values: dict[str, Any] = {}
    if first is not None:
        last = first if last is None else last
        length = last - first + 1
        values = {
            "year": first,
            "previous_year": first - 1,
            "from": first,
            "to": last,
            "period": _period(first, last),
            "previous_period": _period(first - length, first - 1),
        }
        values |= {name.upper(): values[name].upper() for name in ("period", "previous_period")}
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match.group(1), match.group(0))), text)


def _period(first: int, last: int) -> str:
    return f"năm {first}" if first == last else f"giai đoạn {first} - {last}"
