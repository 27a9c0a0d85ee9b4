"""Charts of a table's money: by source, by year, by lead unit; the same figures for the page and for the screen.

Amounts are đồng. What a chart shows always adds up to the table's total: what is not said of it, such as money
without a source, is an item of its own. ``say`` gives a text in the reader's language; what is printed stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from models.alphabet import order
from models.columns import span_of, years_of
from models.i18n import N_, Say
from models.money import UNIT_NAMES, format_amount, format_percent
from models.plan import Plan, Table
from models.template import Template
from models.text import security_table
from models.totals import Totals, add, by_lead

#: So many lead units have a bar of their own; sources and years have one as far as a page can hold them.
MOST_LEADS = 8
MOST = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One bar: ``share`` is its part of the chart's total, ``None`` where that is not above zero.

    ``is_rest``: it stands for several, or for what is not said.
    """

    label: str
    amount: int
    share: Fraction | None
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """``bars`` lie one under the other, ``columns`` stand side by side; ``unit`` is a key of ``money.UNITS``."""

    key: Literal["sources", "years", "leads"]
    title: str
    kind: Literal["bars", "columns"]
    unit: str
    total: int
    items: tuple[Item, ...]
    total_label: str

    def amount_text(self, amount: int) -> str:
        return format_amount(amount, self.unit)

    def share_text(self, amount: int) -> str:
        """``amount`` as a percentage of the whole; a dash where there is no whole to be a part of.

        What amounts above and below zero make of a small whole is told no closer than that it is beyond measure.
        """
        if self.total > 0 and abs(amount) >= 10 * self.total:
            return ">1.000%" if amount > 0 else "<-1.000%"
        text = format_percent(amount, self.total if self.total > 0 else 0, 1)
        return "<0,1%" if text == "0%" and amount > 0 else text


def tables_with_amounts(plan: Plan, template: Template, totals: Totals) -> list[Table]:
    """The tables in which anything is costed, the plan's own list of tasks first."""
    main = security_table(plan, template)
    found = [table for table in plan.tables if _is_costed(table, totals)]
    return sorted(found, key=lambda table: table is not main)


def _is_costed(table: Table, totals: Totals) -> bool:
    return not table.is_register and any(totals.row(row) is not None for row in table.rows)


def charts(plan: Plan, table: Table, template: Template, totals: Totals, say: Say = str) -> list[Chart]:
    """The charts of a table of tasks; those that would say nothing are left out.

    Sources and years have a chart where any amount is given by them; not so the years of a table that has only one.
    """
    if not _is_costed(table, totals):
        return []
    found = [
        _sources(table, template, totals, say),
        _years(plan, table, template, totals, say),
        _leads(table, totals, say),
    ]
    return [chart for chart in found if chart is not None]


def figures_text(chart: Chart) -> str:
    """The figures of a chart as lines of label, amount and share, parted by tabs, under its title."""
    lines = [chart.title]
    for item in chart.items:
        lines.append(f"{item.label}\t{chart.amount_text(item.amount)}\t{chart.share_text(item.amount)}")
    lines.append(f"{chart.total_label}\t{chart.amount_text(chart.total)}\t{chart.share_text(chart.total)}")
    return "\n".join(lines)


def sources_in_order(keys: Iterable[str], template: Template) -> list[str]:
    """Keys of sources in the template's order, behind them those that it does not know, by the alphabet."""
    known = [source.key for source in template.sources]
    return sorted(keys, key=lambda key: (known.index(key) if key in known else len(known), order(key)))


# ---- the three charts


def _sources(table: Table, template: Template, totals: Totals, say: Say) -> Chart | None:
    sums = totals.of(table)
    if not sums.by_source:
        return None
    keys = sources_in_order(sums.by_source, template)
    largest = sorted(keys, key=lambda key: -sums.by_source[key])[: MOST if len(keys) == MOST else MOST - 1]
    found = [(template.source(key).label, sums.by_source[key]) for key in keys if key in largest]
    shown = _together(found, sums.by_source.values(), len(keys), say(N_("Nguồn khác ({count})")))
    return _chart("sources", "bars", table, sums.total, shown, say(N_("Chưa ghi nguồn vốn")), say)


def _years(plan: Plan, table: Table, template: Template, totals: Totals, say: Say) -> Chart | None:
    sums = totals.of(table)
    years = set(sums.by_year)
    if span_of(table, template) == "plan":
        years.update(years_of(plan))
    if not sums.by_year or len(years) == 1:
        return None
    found = [(year, sums.by_year.get(year, 0)) for year in sorted(years)]
    if len(found) > MOST:
        found = found[: MOST - 1]
    shown = _together(found, sums.by_year.values(), len(years), say(N_("Các năm khác ({count})")))
    return _chart("years", "columns", table, sums.total, shown, say(N_("Chưa phân năm")), say)


def _leads(table: Table, totals: Totals, say: Say) -> Chart | None:
    leads = by_lead(table, totals.rows)
    unnamed = leads.pop("", None)
    if not leads:
        return None
    found = sorted(leads.items(), key=lambda one: (-one[1], order(one[0])))
    if len(found) > MOST_LEADS + 1:
        found = found[:MOST_LEADS]
    shown = _together(found, leads.values(), len(leads), say(N_("Đơn vị khác ({count})")))
    without = say(N_("Chưa ghi đơn vị"))
    if unnamed == 0:
        shown.append((without, 0, True))
    return _chart("leads", "bars", table, totals.of(table).total, shown, without, say)


_TITLES = {
    "sources": N_("Kinh phí theo nguồn vốn ({unit})"),
    "years": N_("Kinh phí theo năm ({unit})"),
    "leads": N_("Kinh phí theo đơn vị chủ trì ({unit})"),
}


def _together(
    shown: list[tuple[str, int]], every: Iterable[int], count: int, label: str
) -> list[tuple[str, int, bool]]:
    """Label, amount, and whether it is a rest: those ``shown`` and, where there are more, all others as one."""
    found = [(name, amount, False) for name, amount in shown]
    if count > len(shown):
        others = (add(every) or 0) - (add(amount for _name, amount in shown) or 0)
        found.append((label.format(count=count - len(shown)), others, True))
    return found


def _chart(
    key: Literal["sources", "years", "leads"], kind: Literal["bars", "columns"], table: Table, total: int,
    shown: list[tuple[str, int, bool]], missing: str, say: Say,
) -> Chart:  # fmt: skip
    """The chart, with what is missing from the total; below zero that is what is too much."""
    missed = total - (add(amount for _label, amount, _is_rest in shown) or 0)
    if missed > 0 or (missed < 0 and key == "leads"):
        shown = [*shown, (missing, missed, True)]
    elif missed < 0:
        shown = [*shown, (say(N_("Lệch so với tổng")), missed, True)]
    items = tuple(
        Item(label, amount, Fraction(amount, total) if total > 0 else None, is_rest) for label, amount, is_rest in shown
    )
    title = say(_TITLES[key]).format(unit=say(UNIT_NAMES[table.unit]))
    return Chart(key, title, kind, table.unit, total, items, say(N_("Tổng cộng")))
