"""A table's money by source and by year at once, as far as its tasks tell.

A task tells it that gives its amounts by source and by year, and has only one source or only one year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan import Plan, Row, Table
from models.template import Template
from models.totals import TableTotals, add


@dataclass(slots=True)
class Crossing:
    """``amounts`` (đồng) by source and year, of the rows in ``tags`` (by ``id()``), which the sums of the sheet use.

    A row with the tag ``y2022`` is paid in that year: its columns of sources count there. ``s1`` is paid from the
    second of ``sources``: its columns of years count there. In a plan of one year whose tasks give no years,
    ``is_one_year`` says that all is paid in that year.
    """

    sources: list[str]
    years: list[str]
    is_one_year: bool = False
    amounts: dict[tuple[str, str], int] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)


def crossing(plan: Plan, table: Table, template: Template, sums: TableTotals) -> Crossing:
    """The table's crossing; sources in the template's order, those it does not know behind them."""
    known = [source.key for source in template.sources]
    sources = [key for key in known if key in sums.by_source] + [key for key in sums.by_source if key not in known]
    spec = template.table(table.key)
    only = plan.period_from is not None and plan.period_to in (None, plan.period_from)
    if only and not sums.by_year and spec is not None and spec.span == "plan":
        year = str(plan.period_from)
        amounts = {(key, year): sums.by_source[key] for key in sources}
        return Crossing(sources, [year], is_one_year=True, amounts=amounts)
    found = Crossing(sources, sorted(sums.by_year))
    if sources and found.years:
        _visit(table.rows, found)
    return found


def _visit(rows: Sequence[Row], found: Crossing) -> None:
    """Count what each row gives by itself, as ``models.totals`` does; one that gives nothing leaves it to its parts."""
    for row in rows:
        by_source = add(row.funding.values()) if row.funding else None
        by_year = add(row.years.values()) if row.years else None
        if by_source is None and by_year is None:
            _visit(row.rows, found)
        elif by_source == by_year:
            _count(row, found)


def _count(row: Row, found: Crossing) -> None:
    sources = [key for key, amount in row.funding.items() if amount]
    years = [year for year, amount in row.years.items() if amount]
    if len(years) == 1:
        found.tags[id(row)] = f"y{years[0]}"
        shares = {(key, years[0]): row.funding[key] for key in sources}
    elif len(sources) == 1:
        found.tags[id(row)] = f"s{found.sources.index(sources[0])}"
        shares = {(sources[0], year): row.years[year] for year in years}
    else:
        return
    for place, amount in shares.items():
        found.amounts[place] = found.amounts.get(place, 0) + (amount or 0)
