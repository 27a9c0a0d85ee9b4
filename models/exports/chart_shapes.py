"""Charts laid out: what to draw where, for paper and screen alike.

Lengths are in whatever the given widths are in: points, pixels. ``x`` goes to the right and ``y`` down from the upper
left corner of the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from models.exports.charts import Chart

#: Width of a text of a size; ``bold`` or not.
Measure = Callable[[str, float, bool], float]
#: What a shape is: money of its own, money of several or of nobody, less than nothing; and lines and letters.
BarRole = Literal["accent", "rest", "negative"]

#: Height of letters above and below their line, and from line to line, in sizes: enough for "Ễ" and "ỵ" in any font.
ASCENT, DESCENT, LEADING = 1.0, 0.3, 1.32
#: In sizes: between columns of text and bars, thickness of a bar, air between two rows, the least length for bars.
_GAP, _BAR, _AIR, _LEAST = 1.0, 1.0, 0.55, 7.0
_TITLE = 1.1
#: Labels take at most this share of the width, and so many lines.
_LABELS, _LINES = 0.4, 4
#: In sizes: how high the columns are, and how wide they and their places may be.
_HIGH, _WIDE, _PLACE = 9.0, 4.0, 11.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``item`` is the number of what it stands for in the chart."""

    x: float
    y: float
    width: float
    height: float
    role: BarRole
    item: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A line, lying or upright: ``axis`` is where zero is, ``fine`` parts the total from what it is made of."""

    x: float
    y: float
    to_x: float
    to_y: float
    role: Literal["axis", "fine"]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text standing on ``y``; ``x`` is its left end, its middle or its right end, by ``align``."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Literal["left", "centre", "right"] = "left"
    role: Literal["text", "muted"] = "text"


Shape = Bar | Rule | Text


@dataclass(frozen=True, slots=True)
class Area:
    """The place of one item with its label and its figures."""

    x: float
    y: float
    width: float
    height: float

    def has(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart laid out; ``areas`` has one for each of its items."""

    height: float
    shapes: tuple[Shape, ...]
    areas: tuple[Area, ...]


def picture(chart: Chart, width: float, size: float, measure: Measure) -> Picture:
    """``chart`` laid out over ``width`` in letters of ``size``; at least some 24 sizes wide."""
    shapes: list[Shape] = []
    y = 0.0
    for line in wrap(chart.title, width, _of(measure, size * _TITLE, bold=True)):
        shapes.append(Text(0.0, y + ASCENT * size * _TITLE, line, size * _TITLE, bold=True))
        y += LEADING * size * _TITLE
    y += _AIR * size
    place = width / max(len(chart.items), 1)
    draw = _columns if chart.kind == "columns" and _fits(chart, min(place, _PLACE * size), size, measure) else _bars
    height, areas = draw(chart, width, size, measure, y, shapes)
    return Picture(height, tuple(shapes), tuple(areas))


def wrap(text: str, limit: float, width: Callable[[str], float], most: int | None = None) -> list[str]:
    """``text`` in lines at most ``limit`` wide; a longer word is cut, and what ``most`` lines do not hold."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}" if current else word
        if width(longer) <= limit:
            current = longer
            continue
        if current:
            lines.append(current)
        while width(word) > limit and len(word) > 1:
            part = _fitting(word, limit, width)
            lines.append(word[:part])
            word = word[part:]
        current = word
    if current:
        lines.append(current)
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and width(f"{last}…") > limit:
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], f"{last}…"]
    return lines


def _of(measure: Measure, size: float, bold: bool = False) -> Callable[[str], float]:
    """The width of texts of one size."""
    return lambda text: measure(text, size, bold)


def _fitting(word: str, limit: float, width: Callable[[str], float]) -> int:
    """How many letters of a word fit; one at least."""
    least, most = 1, len(word)
    while least < most:
        middle = (least + most + 1) // 2
        if width(word[:middle]) <= limit:
            least = middle
        else:
            most = middle - 1
    return least


def _role(chart: Chart, number: int) -> BarRole:
    item = chart.items[number]
    return "negative" if item.amount < 0 else "rest" if item.is_rest else "accent"


def _span(chart: Chart) -> tuple[int, int]:
    """The least and the greatest amount, zero among them."""
    amounts = [item.amount for item in chart.items]
    return min(0, *amounts), max(0, *amounts)


# ---- lying bars


def _bars(
    chart: Chart, width: float, size: float, measure: Measure, y: float, shapes: list[Shape]
) -> tuple[float, list[Area]]:
    """A row for each item: label, bar, amount, share; narrow ones have the label above. A row for the total."""
    text = _of(measure, size)
    strong = _of(measure, size, bold=True)
    gap = _GAP * size
    amounts = [chart.amount_text(item.amount) for item in chart.items]
    shares = [chart.share_text(item.amount) for item in chart.items]
    total, whole = chart.amount_text(chart.total), chart.share_text(chart.total)
    widest_share = max(strong(whole), *(text(one) for one in shares))
    # Amounts stand with their commas one under the other.
    tail = max(strong(_tail(total)), *(text(_tail(one)) for one in amounts))
    widest_amount = max(
        strong(total) + tail - strong(_tail(total)), *(text(one) + tail - text(_tail(one)) for one in amounts)
    )
    room = max(width - widest_share - widest_amount - 2 * gap, 0.0)
    wanted = max(text(item.label) for item in chart.items)
    labels = min(max(wanted, strong(chart.total_label)) + 0.01, width * _LABELS)
    if room - labels - gap < _LEAST * size:
        labels = max(room - gap - _LEAST * size, 0.0)
    stacked = labels < min(_LEAST * size, wanted)
    left = 0.0 if stacked else labels + gap
    lines = [wrap(item.label, width if stacked else labels, text, _LINES) for item in chart.items]
    bottom, top = _span(chart)
    scale = (room - left) / (top - bottom) if top > bottom else 0.0
    zero = left - bottom * scale

    def row(label: Sequence[str], amount: str, share: str, bold: bool) -> float:
        """Write one row; gives the middle of its bar."""
        nonlocal y
        step, one = LEADING * size, (ASCENT + DESCENT) * size
        if stacked:
            for number, line in enumerate(label):
                shapes.append(Text(0.0, y + number * step + ASCENT * size, line, size, bold))
            y += len(label) * step
            used = 1
        else:
            used = max(len(label), 1)
            for number, line in enumerate(label):
                shapes.append(Text(0.0, y + number * step + ASCENT * size, line, size, bold))
        middle = y + ((used - 1) * step + one) / 2
        base = middle - one / 2 + ASCENT * size
        end = tail - (strong if bold else text)(_tail(amount))
        shapes.append(Text(width - widest_share - gap - end, base, amount, size, bold, "right"))
        shapes.append(Text(width, base, share, size, bold, "right", "text" if bold else "muted"))
        y += (used - 1) * step + one
        return middle

    areas: list[Area] = []
    first = y
    for number, item in enumerate(chart.items):
        start = y
        middle = row(lines[number], amounts[number], shares[number], False)
        length = abs(item.amount) * scale
        if length:
            x = zero if item.amount > 0 else zero - length
            thick = _BAR * size
            shapes.append(Bar(x, middle - thick / 2, length, thick, _role(chart, number), number))
        y += _AIR * size
        areas.append(Area(0.0, start, width, y - start))
    shapes.append(Rule(zero, first - _AIR * size / 2, zero, y - _AIR * size / 2, "axis"))
    if len(chart.items) > 1:
        shapes.append(Rule(0.0, y, width, y, "fine"))
        y += _AIR * size
        limit = width if stacked else max(labels, strong(chart.total_label[:1]))
        row(wrap(chart.total_label, limit, strong, _LINES), total, whole, True)
    return y, areas


def _tail(amount: str) -> str:
    """The comma of an amount with what follows."""
    return "".join(amount.partition(",")[1:])


# ---- standing columns


def _fits(chart: Chart, place: float, size: float, measure: Measure) -> bool:
    """Whether the figures and labels of every column have room in its place."""
    room = place - _GAP * size
    for item in chart.items:
        texts = (chart.amount_text(item.amount), chart.share_text(item.amount), *item.label.split())
        if any(measure(text, size, False) > room for text in texts):
            return False
    return True


def _columns(
    chart: Chart, width: float, size: float, measure: Measure, y: float, shapes: list[Shape]
) -> tuple[float, list[Area]]:
    """A column for each item, its amount and share at its end, its label under all."""
    count = len(chart.items)
    place = min(width / count, _PLACE * size)
    wide = min(place * 0.6, _WIDE * size)
    step = LEADING * size
    bottom, top = _span(chart)
    scale = _HIGH * size / (top - bottom) if top > bottom else 0.0
    above = any(item.amount >= 0 for item in chart.items)
    figures = 2 * step + 0.2 * size
    zero = y + (figures if above else 0.0) + top * scale
    below = zero - bottom * scale + (figures if bottom < 0 else 0.0) + _AIR * size
    text = _of(measure, size)
    labels = [wrap(item.label, place - _GAP * size, text, _LINES) for item in chart.items]
    end = below + max(len(lines) for lines in labels) * step
    areas: list[Area] = []
    for number, item in enumerate(chart.items):
        middle = (number + 0.5) * place
        long = abs(item.amount) * scale
        start = zero - long if item.amount >= 0 else zero
        if long:
            shapes.append(Bar(middle - wide / 2, start, wide, long, _role(chart, number), number))
        figure = start - figures if item.amount >= 0 else zero + long + 0.2 * size
        amount, share = chart.amount_text(item.amount), chart.share_text(item.amount)
        shapes.append(Text(middle, figure + ASCENT * size, amount, size, align="centre"))
        shapes.append(Text(middle, figure + step + ASCENT * size, share, size, align="centre", role="muted"))
        for line, words in enumerate(labels[number]):
            shapes.append(Text(middle, below + line * step + ASCENT * size, words, size, align="centre"))
        areas.append(Area(middle - place / 2, y, place, end - y))
    shapes.append(Rule(0.0, zero, count * place, zero, "axis"))
    return end, areas
