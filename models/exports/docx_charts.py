"""The charts of a plan in the Word file: tables with a bar in each row, so that figures and bars can be edited.

The same charts as in the PDF (``charts``), all of them as lying bars. A bar is an empty paragraph with a ground, its
length that of what its right indent leaves of the cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.exports import nd30
from models.exports.charts import Chart, Item, charts, tables_with_amounts
from models.exports.docx_ends import TITLE_SHARE, spacer
from models.exports.docx_styles import cell_style
from models.exports.docx_xml import Format, centred, layout_table, letters, paragraph, twips
from models.exports.fonts import REGULAR
from models.exports.pdf_charts import FILLS, facts
from models.exports.pdf_text import Measure
from models.plan import Plan
from models.template import Template
from models.totals import Totals

#: Letters of the charts.
SIZE = 11.0
#: The shares of the width: labels, bars, amounts, percentages.
_SHARES = (0.34, 0.4, 0.15, 0.11)
_GAP = 6.0
_BAR, _AIR = 10.0, 3.0
_EDGE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="262626"/>'


def page(measure: Measure, plan: Plan, template: Template, totals: Totals, width: float) -> Iterator[str]:
    """The charts of the plan's own list of tasks, or of the first table with amounts; nothing where none has any."""
    tables = tables_with_amounts(plan, template, totals)
    found = charts(plan, tables[0], template, totals) if tables else []
    if not found:
        return
    title = tables[0].title
    yield from centred(measure, title, nd30.TABLE_TITLE, width, Format("TableTitle"), TITLE_SHARE)
    yield from centred(measure, facts(found[0], totals.of(tables[0])), nd30.ATTACHED, width, Format("Attached"))
    for chart in found:
        yield paragraph(Format("TableTitle", before=18.0, after=_AIR, align="left"), letters(chart.title))
        yield _table(measure, chart, width)
        yield spacer(_AIR)


def _table(measure: Measure, chart: Chart, width: float) -> str:
    widths = [share * width for share in _SHARES]

    def tail(amount: int) -> float:
        """The width of what follows the comma, in points; digits are as wide in bold."""
        _whole, mark, decimals = chart.amount_text(amount).partition(",")
        return measure.width(mark + decimals, REGULAR, SIZE)

    comma = max([tail(item.amount) for item in chart.items] + [tail(chart.total)])
    room = widths[1] - _GAP
    longest = max([abs(item.amount) for item in chart.items], default=0)
    rows = [
        _row(chart, item, room, abs(item.amount) / longest if longest else 0.0, comma - tail(item.amount))
        for item in chart.items
    ]
    if len(chart.items) > 1:
        amount = _text("sum", chart.amount_text(chart.total), comma - tail(chart.total))
        share = _text("sum", chart.share_text(chart.total))
        rows.append((_text("group", chart.total_label), _text("text", ""), amount, share))
    return layout_table(widths, rows, gap=_GAP, middle=True)


def _row(chart: Chart, item: Item, room: float, share: float, right: float) -> tuple[str, str, str, str]:
    """Label, bar over ``share`` of ``room``, amount with ``right`` clear beside it, percentage."""
    role = "negative" if item.amount < 0 else "rest" if item.is_rest else "accent"
    return (
        _text("text", item.label),
        _bar(role, room, share) if item.amount else _text("text", ""),
        _text("amount", chart.amount_text(item.amount), right),
        _text("amount", chart.share_text(item.amount)),
    )


def _text(kind: str, text: str, right: float = 0.0) -> str:
    return paragraph(Format(cell_style(SIZE, kind), before=_AIR, after=_AIR, right=right or None), letters(text))


def _bar(role: str, room: float, share: float) -> str:
    """An empty paragraph over ``share`` of ``room``; one below zero has a white ground and an edge."""
    colour = "".join(f"{round(part * 255):02X}" for part in FILLS[role])
    edges = (
        "".join(_EDGE.format(side=side) for side in ("top", "left", "bottom", "right")) if role == "negative" else ""
    )
    borders = f"<w:pBdr>{edges}</w:pBdr>" if edges else ""
    right = twips(room * (1 - max(share, 0.01)))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Rule"/>{borders}<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
        f'<w:spacing w:line="{twips(_BAR)}" w:lineRule="exact"/><w:ind w:right="{right}"/></w:pPr></w:p>'
    )
