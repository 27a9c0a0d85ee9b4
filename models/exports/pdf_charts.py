"""The page of charts in the PDF: the plan's money by source, by year and by lead unit."""

from __future__ import annotations

from dataclasses import replace

from models.exports import nd30, pdf_blocks, phrases
from models.exports.chart_shapes import Bar, Picture, Rule, Text, picture
from models.exports.charts import Chart, charts, tables_with_amounts
from models.exports.fonts import BOLD, REGULAR
from models.exports.pdf_page import Box, Page
from models.exports.pdf_text import Measure
from models.plan import Plan
from models.template import Template
from models.totals import TableTotals, Totals

#: What the page is called, and its bookmark.
TITLE = "BIỂU ĐỒ KINH PHÍ"
MARK = "bieu-do"

#: Sizes of letters tried for all charts on one page, and those for a chart that is longer than a page in these.
_SIZES, _SMALL = (12.0, 11.0, 10.0), (9.0, 8.0, 7.0)
#: Clear space above a chart.
_GAP = 24.0
#: Ground and edge of the bars, in red, green and blue; without colours too, they differ in how dark they are.
_ACCENT = (0.043, 0.431, 0.6)
FILLS = {"accent": _ACCENT, "rest": (0.82, 0.85, 0.87), "negative": (1.0, 1.0, 1.0)}
_EDGES = {"accent": _ACCENT, "rest": (0.35, 0.4, 0.45), "negative": (0.15, 0.15, 0.15)}
_EDGE, _AXIS, _FINE = 0.5, 0.8, 0.4
_MUTED_GREY = 0.25


class ChartBox(Box):
    """One chart, which stays whole."""

    __slots__ = ("picture",)

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture.height, gap=_GAP)
        self.picture = picture

    def draw(self, page: Page, top: float) -> None:
        """Lines and bars first, then the letters."""
        canvas = page.canvas
        canvas.saveState()
        for shape in self.picture.shapes:
            if isinstance(shape, Bar):
                canvas.setFillColorRGB(*FILLS[shape.role])
                canvas.setStrokeColorRGB(*_EDGES[shape.role])
                canvas.setLineWidth(_EDGE)
                canvas.rect(
                    page.left + shape.x, top - shape.y - shape.height, shape.width, shape.height, stroke=1, fill=1
                )
        canvas.setStrokeGray(0)
        for shape in self.picture.shapes:
            if isinstance(shape, Rule):
                canvas.setLineWidth(_AXIS if shape.role == "axis" else _FINE)
                canvas.line(page.left + shape.x, top - shape.y, page.left + shape.to_x, top - shape.to_y)
        canvas.restoreState()
        for role, grey in (("text", 0.0), ("muted", _MUTED_GREY)):
            canvas.saveState()
            canvas.setFillGray(grey)
            for shape in self.picture.shapes:
                if isinstance(shape, Text) and shape.role == role:
                    self._write(page, top, shape)
            canvas.restoreState()

    @staticmethod
    def _write(page: Page, top: float, text: Text) -> None:
        face = _face(text.bold)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align]
        x = page.left + text.x - share * page.measure.width(text.text, face, text.size)
        page.lines([text.text], face, text.size, x, top - text.y, 0.0)


def boxes(
    measure: Measure, plan: Plan, template: Template, totals: Totals, width: float, above: float = 0.0
) -> list[Box]:
    """The page of charts of the plan's own list of tasks, or of the first table with amounts where that has none.

    Above them stand ``TITLE`` (not where the page has a title already, ``above`` points high), the table's title, and
    how much it comes to. ``width`` (points) is that of the text of an upright page, or of a lying one. Empty where no
    table has any amount: then there is no such page.
    """
    tables = tables_with_amounts(plan, template, totals)
    found = charts(plan, tables[0], template, totals) if tables else []
    if not found:
        return []
    made: list[Box] = []
    if not above:
        made = pdf_blocks.centred(measure, TITLE, nd30.APPENDIX_TITLE, width)
        first = made[0]
        assert isinstance(first, pdf_blocks.LineBox)
        first.mark = (MARK, pdf_blocks.one_line(TITLE), 0)
    if title := tables[0].title.strip():
        made += pdf_blocks.centred(measure, title, nd30.TABLE_TITLE, width * 0.94, gap=4.0)
    made += pdf_blocks.centred(measure, facts(found[0], totals.of(tables[0])), nd30.ATTACHED, width, gap=4.0)
    height = (nd30.A4[0] if width > nd30.A4[0] else nd30.A4[1]) - nd30.MARGINS.top - nd30.MARGINS.bottom
    above += sum(box.gap + box.height for box in made)
    return [*made, *_chart_boxes(measure, [_printable(chart) for chart in found], width, height, above)]


def _chart_boxes(measure: Measure, found: list[Chart], width: float, height: float, above: float) -> list[Box]:
    """The charts in the largest letters in which all fit on one page, or else each of them does."""

    def laid_out(chart: Chart, size: float) -> Picture:
        return picture(chart, width, size, lambda text, size, bold: measure.width(text, _face(bold), size))

    for size in _SIZES:
        pictures = [laid_out(chart, size) for chart in found]
        if above + sum(_GAP + one.height for one in pictures) <= height:
            break
    else:
        pictures = []
        for chart in found:
            room = height if pictures else height - above - _GAP
            tried = (laid_out(chart, size) for size in (*_SIZES, *_SMALL))
            pictures.append(next((one for one in tried if one.height <= room), laid_out(chart, _SMALL[-1])))
    return [ChartBox(one) for one in pictures]


def facts(chart: Chart, sums: TableTotals) -> str:
    """``(Tổng kinh phí: 5.039,772 triệu đồng, 8 nhiệm vụ)``."""
    found = f"Tổng kinh phí: {chart.amount_text(chart.total)} {phrases.UNITS[chart.unit]}, {sums.tasks} nhiệm vụ"
    without = sums.tasks - sums.costed
    return f"({found}, trong đó {without} chưa có kinh phí)" if without and sums.costed else f"({found})"


def _face(bold: bool) -> int:
    return BOLD if bold else REGULAR


def _printable(chart: Chart) -> Chart:
    """The chart with its texts as they are printed."""
    items = tuple(replace(item, label=pdf_blocks.one_line(item.label)) for item in chart.items)
    return replace(chart, title=pdf_blocks.one_line(chart.title), items=items)
