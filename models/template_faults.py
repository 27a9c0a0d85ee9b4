"""What is wrong with a template that the types of its fields alone do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from models import limits
from models.i18n import _
from models.template_parts import MERGED_FIELDS, TASK_FIELDS, Template, parse_percent, walk


def faults(template: Template) -> Iterator[tuple[str, str]]:
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
KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def _beyond_limits(template: Template) -> Iterator[tuple[str, str]]:
    """Ids and keys that could not be used, and more of anything than a template has."""
    if not _ID.fullmatch(template.id):
        yield "id", _("phải là chữ thường không dấu, chữ số và dấu gạch nối")
    if template.version < 1:
        yield "version", _("phải từ 1 trở lên")
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
            if kind != "columns" and not KEY.fullmatch(one.key):
                yield f"{place}.{one.key}", _("khóa phải là chữ không dấu, chữ số, dấu chấm và gạch nối")


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
