"""Where the Word file begins and ends: both heads, kind and subject, and the signature with the recipients."""

from __future__ import annotations

from collections.abc import Iterator

from models.exports import fonts, nd30, phrases
from models.exports.docx_xml import (
    Format,
    centred,
    layout_table,
    letters,
    longest_line,
    paragraph,
    rule,
    runs,
)  # fmt: skip
from models.exports.nd30 import Style
from models.exports.pdf_ends import COLUMN_GAP, RECIPIENTS_SHARE, SIGNER_SHARE, head_columns
from models.exports.pdf_text import Measure
from models.plan import Plan
from models.text import Run

#: From the heads to the number and the place; from the heads to the kind; from the rule of the subject to the text.
_NUMBER_GAP = 7.0
_KIND_GAP = 10 * nd30.MM
_TEXT_GAP = 10.0
_SIGNATURE_GAP = 14.0
#: From a title to the rule under it.
_RULE_GAP = 3.5
#: The share of the width that the lines of a title take at most.
TITLE_SHARE = 0.92


def head(measure: Measure, plan: Plan, kind: str, width: float) -> Iterator[str]:
    """Both heads side by side, then what kind of document it is and its subject."""
    yield _heads(measure, plan, width)
    yield from centred(measure, kind, nd30.KIND, width, Format("Title", before=_KIND_GAP))
    yield from centred(measure, plan.subject, nd30.SUBJECT, width, Format("Subtitle"), TITLE_SHARE)
    yield rule_under(measure, plan.subject, nd30.SUBJECT, width, _TEXT_GAP, TITLE_SHARE)


def rule_under(measure: Measure, text: str, style: Style, width: float, below: float, share: float = 1.0) -> str:
    """The short rule under a centred title: a third to a half of its line."""
    longest, _several = longest_line(measure, text.strip(), style, width * share)
    return rule(longest * nd30.RULE_SHARE, width, above=_RULE_GAP, below=below, keep=True)


def _heads(measure: Measure, plan: Plan, width: float) -> str:
    styles, left, right = head_columns(measure, plan, width)
    # The nation's line fills its column; half of the gap lies in it, so that rounding never breaks it.
    room = right + COLUMN_GAP / 2
    unit = plan.unit_name.strip()
    units = centred(measure, plan.unit_parent, styles.parent, left, Format("ParentUnit"))
    units += centred(measure, unit, styles.unit, left, Format("Unit"))
    if unit:
        units.append(rule_under(measure, unit, styles.unit, left, 4.0))
    nation = [
        paragraph(Format("Nation"), letters(phrases.NATION)),
        paragraph(Format("Motto"), letters(phrases.MOTTO)),
        rule(longest_line(measure, phrases.MOTTO, styles.motto, room)[0], room),
    ]
    number = paragraph(Format("Number", before=_NUMBER_GAP), letters(phrases.number_line(plan)))
    place = "".join(
        centred(measure, phrases.place_line(plan), styles.place, room, Format("Place", before=_NUMBER_GAP), broken=True)
    )
    rows = [("".join(units), "".join(nation)), (number, place)]
    return layout_table([left, width - left], rows, gap=width - left - room)


# ---- the end


def signature(measure: Measure, plan: Plan, width: float, page_height: float) -> Iterator[str]:
    """Recipients at the left, level with the signer's position at the right, in one row that is never cut.

    A list of recipients longer than most of a page goes on under it.
    """
    right = width * SIGNER_SHARE
    left = width - right - COLUMN_GAP
    listed = phrases.bullet_list(plan.recipients)
    inside = _fitting(measure, listed, left, page_height)
    recipients = [paragraph(Format("RecipientsLabel"), letters(phrases.RECIPIENTS))] if listed else []
    recipients += [_recipient(item) for item in listed[:inside]]
    signer = []
    for text in (plan.capacity, plan.signer_position):
        signer += centred(measure, text, nd30.CAPACITY, right, Format("Capacity"))
    signer += centred(measure, plan.signer_name, nd30.SIGNER, right, Format("Signer"))
    yield spacer(_SIGNATURE_GAP, keep=True)
    # The gap lies right of the recipients, whose lines end in it nowhere.
    yield layout_table([left, right + COLUMN_GAP], [("".join(recipients), "".join(signer))], gap=COLUMN_GAP)
    for item in listed[inside:]:
        yield _recipient(item)


def _recipient(text: str) -> str:
    return paragraph(Format("Recipients"), runs([Run(text)]))


def _fitting(measure: Measure, items: list[str], width: float, page_height: float) -> int:
    """How many of the recipients stand beside the signer."""
    style = nd30.RECIPIENTS
    room = page_height * RECIPIENTS_SHARE / style.leading
    for number, item in enumerate(items):
        room -= len(measure.wrap(fonts.clean(item), fonts.REGULAR, width * 1000 / style.size))
        if room < 1:
            return number
    return len(items)


def spacer(height: float, *, keep: bool = False, section: str = "") -> str:
    """An empty paragraph ``height`` points high: Word joins two tables that have none between them."""
    return paragraph(Format("Rule", keep=keep, line=max(height, 1.0), rule="exact", section=section))
