"""The sums of a plan's tables of tasks side by side, as text: for people who look them over before they sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.exports.charts import sources_in_order
from models.i18n import N_, Say
from models.money import LIMIT, UNIT_NAMES, format_amount, format_percent
from models.plan import Plan, Table
from models.template import Template
from models.text import appendix_names, security_table
from models.totals import TableTotals, Totals
from models.words import amount_in_words

#: Letters of a table's name, at most.
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A label with one text for each table; without texts it is a heading over the lines that follow.

    ``whole`` is what a short label stands for.
    """

    label: str
    texts: tuple[str, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """``heads`` name the tables, ``units`` are the names of their units, ``titles`` are their titles in full."""

    heads: tuple[str, ...]
    units: tuple[str, ...]
    titles: tuple[str, ...]
    lines: tuple[Line, ...]

    def as_text(self) -> str:
        """Lines parted by tabs, as a spreadsheet takes them."""
        heads = [f"{head} ({unit})" for head, unit in zip(self.heads, self.units, strict=True)]
        lines = ["\t".join(("", *heads))]
        lines += ["\t".join((line.whole or line.label, *line.texts)) for line in self.lines]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Total:
    """One table's total in figures and, as far as there are any, in words; and what of it is for security.

    ``is_enough`` says whether that reaches the template's limit; ``None``: the limit is not for this table, or there
    is no amount to hold to it.
    """

    amount: str
    words: str
    security: str
    security_share: str
    limit: str
    is_enough: bool | None


def task_tables(plan: Plan) -> list[Table]:
    return [table for table in plan.tables if not table.is_register]


def table_name(plan: Plan, template: Template, table: Table) -> str:
    """``Phụ lục II``; of a table that is no appendix, as much of its title as a narrow place holds."""
    name = appendix_names(plan, template).get(id(table)) or " ".join(table.title.split()) or table.key
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def figures(plan: Plan, template: Template, totals: Totals, say: Say = str) -> Figures:
    """Totals, sums by source and by year, security, and numbers of tasks of every table of tasks."""
    tables = task_tables(plan)
    sums = [totals.of(table) for table in tables]

    def line(label: str, text: Callable[[Table, TableTotals], str]) -> Line:
        return Line(label, tuple(text(table, one) for table, one in zip(tables, sums, strict=True)))

    def amount(label: str, of: Callable[[TableTotals], int | None]) -> Line:
        return line(label, lambda table, one: _amount(of(one), table.unit))

    def of_source(key: str) -> Line:
        source = template.source(key)
        return replace(amount(source.short, lambda one: one.by_source.get(key)), whole=source.label)

    def of_year(year: str) -> Line:
        return amount(year, lambda one: one.by_year.get(year))

    lines = [amount(say(N_("Tổng kinh phí")), lambda one: one.total)]
    if sources := {key for one in sums for key in one.by_source}:
        lines.append(Line(say(N_("Theo nguồn vốn"))))
        lines += [of_source(key) for key in sources_in_order(sources, template)]
    if years := {year for one in sums for year in one.by_year}:
        lines.append(Line(say(N_("Theo năm"))))
        lines += [of_year(year) for year in sorted(years)]
    lines += [
        Line(say(N_("An toàn thông tin"))),
        amount(say(N_("Kinh phí")), lambda one: one.security),
        line(say(N_("Tỷ lệ trong tổng")), lambda _table, one: format_percent(one.security, one.total)),
    ]
    if template.security_limit is not None and (main := security_table(plan, template)) is not None:
        limit = template.limits.security_share
        lines.append(line(say(N_("Mức tối thiểu")), lambda table, _one: limit if table is main else ""))
    lines += [
        Line(say(N_("Nhiệm vụ, dự án"))),
        line(say(N_("Số lượng")), lambda _table, one: str(one.tasks)),
        line(say(N_("Chưa có kinh phí")), lambda _table, one: str(one.tasks - one.costed)),
    ]
    return Figures(
        tuple(table_name(plan, template, table) for table in tables),
        tuple(say(UNIT_NAMES[table.unit]) for table in tables),
        tuple(" ".join(table.title.split()) for table in tables),
        tuple(lines),
    )


def total_of(plan: Plan, table: Table, template: Template, totals: Totals, say: Say = str) -> Total:
    """The total of one table; the words are Vietnamese, as they are printed."""
    sums = totals.of(table)
    unit = say(UNIT_NAMES[table.unit])
    limit, share = template.security_limit, sums.security_share
    is_held = sums.total > 0 and limit is not None and table is security_table(plan, template)
    return Total(
        amount=f"{format_amount(sums.total, table.unit)} {unit}",
        words=amount_in_words(sums.total) if abs(sums.total) <= LIMIT else "",
        security=f"{format_amount(sums.security, table.unit)} {unit}",
        security_share=format_percent(sums.security, sums.total),
        limit=template.limits.security_share if is_held else "",
        is_enough=share >= limit if is_held and share is not None and limit is not None else None,
    )


def _amount(amount: int | None, unit: str) -> str:
    return "" if amount is None else format_amount(amount, unit)
