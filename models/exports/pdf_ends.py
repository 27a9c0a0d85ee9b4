"""Where a plan begins and ends: both heads with kind and subject, and the signature with the recipients."""

from __future__ import annotations

from collections.abc import Iterator

from models.exports import nd30, phrases
from models.exports.fonts import BOLD, ITALIC, REGULAR, clean
from models.exports.nd30 import Style
from models.exports.pdf_blocks import LineBox, centred, face_of, in_capitals, rule_under, space
from models.exports.pdf_page import Box, Drawing, Page
from models.exports.pdf_text import ASCENT, DESCENT, Measure
from models.plan import Plan
from models.text import Run

_HEAD_GAP = 10 * nd30.MM
COLUMN_GAP = 3 * nd30.MM
#: From the letters of a head to the rule under them: clear of the dots below.
_RULE_BELOW = 5.8
#: The least share of the width for the names of the units.
_LEFT_LEAST = 0.36
#: The share of the width for the signer.
SIGNER_SHARE = 0.54
#: The share of a page's height for the recipients beside the signer; a longer list goes on below.
RECIPIENTS_SHARE = 0.7


# ---- the head


def head(measure: Measure, plan: Plan, kind: str, width: float) -> Iterator[Box]:
    """Both heads side by side, then what kind of document it is and its subject."""
    heads = _heads(measure, plan, width)
    heads.places = ("/organisation", "/document")
    yield heads
    yield from centred(measure, kind, nd30.KIND, width, gap=_HEAD_GAP)
    yield from centred(measure, plan.subject.strip(), nd30.SUBJECT, width * 0.92)
    yield rule_under(measure, plan.subject.strip(), nd30.SUBJECT, width * 0.92)
    yield space(8.0)


def head_columns(measure: Measure, plan: Plan, width: float) -> tuple[nd30.Head, float, float]:
    """The styles of both heads, and how wide (points) those of the units and of the nation are."""
    place = phrases.place_line(plan)
    for styles in (nd30.HEAD, nd30.SMALL_HEAD):
        nation = measure.width(phrases.NATION, BOLD, styles.nation.size)
        right = max(nation, measure.width(place, ITALIC, styles.place.size))
        if width - right - COLUMN_GAP >= _LEFT_LEAST * width:
            break
    else:
        # A long place is written on two lines, so that the unit keeps its room.
        right = nation
    return styles, width - right - COLUMN_GAP, right


def _heads(measure: Measure, plan: Plan, width: float) -> Box:
    place = phrases.place_line(plan)
    number = phrases.number_line(plan)
    styles, left, right = head_columns(measure, plan, width)
    left_lines = _lines(measure, plan.unit_parent, styles.parent, left)
    unit_lines = _lines(measure, plan.unit_name, styles.unit, left)
    place_lines = [place]
    if measure.width(place, ITALIC, styles.place.size) > right:
        # A long place stands above its date, which stays whole.
        name, _comma, date = place.rpartition(", ")
        place_lines = [*measure.balanced(f"{name},", ITALIC, right * 1000 / styles.place.size), date]
    rows = left_lines + unit_lines
    # The number stands level with the place, below the longer of both heads.
    step = styles.nation.size * 1.2
    second = styles.motto.size * 1.22
    last = max((len(rows) - 1) * step, second)
    number_at = last + styles.place.size * 1.9
    first = ASCENT * styles.nation.size
    height = first + number_at + (len(place_lines) - 1) * styles.place.leading + DESCENT * styles.place.size

    def paint(page: Page, top: float) -> None:
        at = top - first
        middle = page.left + left / 2
        for index, (text, style) in enumerate(rows):
            page.centre(text, face_of(style), style.size, at - index * step, middle)
        if unit_lines:
            longest = max(measure.width(text, BOLD, style.size) for text, style in unit_lines)
            page.rule(middle, longest * nd30.RULE_SHARE, at - (len(rows) - 1) * step - _RULE_BELOW)
        page.centre(number, face_of(styles.number), styles.number.size, at - number_at, middle)
        middle = page.right - right / 2
        page.centre(phrases.NATION, face_of(styles.nation), styles.nation.size, at, middle)
        page.centre(phrases.MOTTO, face_of(styles.motto), styles.motto.size, at - second, middle)
        page.rule(middle, measure.width(phrases.MOTTO, BOLD, styles.motto.size), at - second - _RULE_BELOW)
        for index, line in enumerate(place_lines):
            y = at - number_at - index * styles.place.leading
            page.centre(line, face_of(styles.place), styles.place.size, y, middle)

    return Drawing(height, paint, keep=True)


def _lines(measure: Measure, text: str, style: Style, width: float) -> list[tuple[str, Style]]:
    text = in_capitals(text.strip(), style)
    return [(line, style) for line in measure.balanced(text, face_of(style), width * 1000 / style.size)]


# ---- the end


def signature(measure: Measure, plan: Plan, width: float, page_height: float) -> list[Box]:
    """Recipients at the left, level with the signer's position at the right; one box, never cut.

    A list of recipients longer than most of a page goes on under it.
    """
    right_width = width * SIGNER_SHARE
    left_width = width - right_width - COLUMN_GAP
    label, listed = nd30.RECIPIENTS_LABEL, nd30.RECIPIENTS
    texts = [clean(item) for item in phrases.bullet_list(plan.recipients)]
    items = [measure.wrap(text, REGULAR, left_width * 1000 / listed.size) for text in texts]
    titles = [
        line
        for text in (plan.capacity, plan.signer_position)
        for line, _style in _lines(measure, text, nd30.CAPACITY, right_width)
    ]
    names = measure.balanced(plan.signer_name.strip(), BOLD, right_width * 1000 / nd30.SIGNER.size)
    step = nd30.CAPACITY.size * 1.2
    first = ASCENT * nd30.CAPACITY.size
    name_at = max(len(titles) - 1, 0) * step + DESCENT * nd30.CAPACITY.size + nd30.SIGNATURE_SPACE + first
    right_height = first + name_at + max(len(names) - 1, 0) * step + DESCENT * nd30.SIGNER.size
    label_height, item_height = label.size * 1.2, listed.leading
    inside: list[str] = []
    most = int((page_height * RECIPIENTS_SHARE - label_height) / item_height)
    while items and len(inside) + len(items[0]) <= most:
        inside += items.pop(0)
    left_height = first + label_height + max(len(inside) - 1, 0) * item_height + DESCENT * listed.size

    def paint(page: Page, top: float) -> None:
        at = top - first
        if inside:
            page.lines([phrases.RECIPIENTS], face_of(label), label.size, page.left, at, label_height)
            page.lines(inside, face_of(listed), listed.size, page.left, at - label_height, item_height)
        middle = page.right - right_width / 2
        for index, line in enumerate(titles):
            page.centre(line, face_of(nd30.CAPACITY), nd30.CAPACITY.size, at - index * step, middle)
        for index, line in enumerate(names):
            page.centre(line, face_of(nd30.SIGNER), nd30.SIGNER.size, at - name_at - index * step, middle)

    boxes: list[Box] = [Drawing(max(left_height, right_height), paint, gap=14.0)]
    boxes[0].places = ("/signature", "/recipients")
    # Nothing stands beside those below, so they have the whole width; the last one is not alone on a page.
    below = texts[len(texts) - len(items) :]
    for left, text in zip(range(len(below) - 1, -1, -1), below, strict=True):
        lines = measure.lines((Run(text),), width * 1000 / listed.size, 0.0, REGULAR, None)
        boxes += [LineBox(line, listed, item_height) for line in lines]
        for box in boxes[-len(lines) :]:
            box.keep = left == 1 or box is not boxes[-1]
    return boxes
