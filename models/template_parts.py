"""What a template is made of: the outline, tables, funding sources, indicators and limits of a year's plan."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

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
