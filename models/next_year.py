"""Next year's plan from last year's, in one step; the old one stays as it is.

Particulars, recipients, signer, outline, texts, registers, standing numbers and legal bases go on; last year's tasks
become the rows of the review, and those that go on are carried over with what is left of their money. The new
template's outline, sources and limits count. What no longer has a place stays beside its neighbours, or in a section of
its own, or is named in ``Made.notes``: nothing is dropped unsaid.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from models import totals, unread
from models.bases import basis_text
from models.citations import printed_date
from models.create import new_plan
from models.i18n import N_
from models.moving import old_of
from models.next_year_amounts import Span, sources_map
from models.next_year_bases import BasisOffer, basis_offers, taken_over
from models.next_year_notes import AMOUNT, BASIS, CHANGED, KEPT, LEFT, Note
from models.next_year_numbers import Numbers, sort_numbers
from models.next_year_others import take_tables
from models.next_year_outline import Outline, Sources, other_outline, same_outline
from models.next_year_particulars import take_particulars
from models.next_year_review import take_tasks
from models.next_year_tables import Past, list_of, main_table, past_tables
from models.next_year_tasks import Around, Offer, offers
from models.next_year_text import moves
from models.plan import Plan, Section, adopt, find_section, place, walk_sections
from models.template import Template
from models.text import expand, placeholders

#: The section of what has no other place (printed, so not translated).
LEFT_KEY, LEFT_HEADING = unread.LEFT_KEY, "Nội dung từ kế hoạch trước"


@dataclass(slots=True)
class Made:
    """The new plan, in no store, and what is to be said of it."""

    plan: Plan
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Prospect:
    """What can be chosen before the plan is made."""

    tasks: list[Offer]
    bases: list[BasisOffer]
    past: list[Past]


def prospect(previous: Plan, template: Template, first: int) -> Prospect:
    """The tasks, the legal bases and the old reviews of a plan, with what is offered for each."""
    of = _sources(previous, template, first)
    main = main_table(previous, list_of(of, new=False) or list_of(of, new=True))
    tasks = offers(main, _around(of, Span(_period(previous), of.years))) if main is not None else []
    bases = basis_offers(previous.legal_bases, _date_of(new_plan(template, first)), of.by)
    return Prospect(tasks, bases, past_tables(of, main))


def next_plan(
    previous: Plan,
    template: Template,
    first: int,
    carry: Collection[int] | None = None,
    states: Mapping[int, str] | None = None,
    replace: Collection[int] = (),
    keep: Collection[int] = (),
) -> Made:
    """The plan of ``template`` for the years from ``first`` on, made from ``previous``, which is not touched.

    ``carry``: numbers of the tasks that go on (``Offer.number``); ``None``: those that are offered. ``states``: what
    became of them (a key of ``RESULTS``) by number; what is not in it, as offered. ``replace``: numbers of the legal
    bases in whose place what replaced them is cited. ``keep``: numbers of the old reviews (``Past.number``) that stay.
    """
    of = _sources(previous, template, first)
    plan = new_plan(template, first)
    made = Made(plan)
    offered = prospect(previous, template, first)
    take_particulars(plan, of, lambda text, values, texts: made.notes.append(Note(CHANGED, text, values, texts)))
    period = _period(previous)
    if period is not None and first > period[1] + 1:
        text = N_("Giữa kế hoạch trước ({period}) và kế hoạch này còn {count} năm; hãy xem lại phần đánh giá.")
        values = {"period": Span(period, of.years).period, "count": first - period[1] - 1}
        made.notes.append(Note(CHANGED, text, values))
    main = main_table(previous, list_of(of, new=False) or list_of(of, new=True))
    outline = _outline(plan, of, made)
    around = _around(of, Span(_period(previous), of.years))
    take_tasks(plan, of, main, around, offered.tasks, carry, states or {}, made.notes)
    take_tables(plan, of, main, outline, set(keep), made.notes)
    numbers = sort_numbers(of)
    _take_numbers(plan, outline, numbers, around.span.period, made)
    _take_bases(plan, offered.bases, set(replace), made)
    adopt(plan)
    place(plan.tables)
    _settle_placeholders(plan, of)
    for section in outline.taken.values():
        key = section.key
        shown = {name: value for name, value in numbers.going_on.items() if _shown_in(template, name) == key}
        unread.mark(section, around.span.period, outline.changes.get(id(section), {}), shown)
    for section in walk_sections(plan.sections):
        shown = {name: value for name, value in numbers.going_on.items() if _shown_in(template, name) == section.key}
        if shown and unread.UNREAD not in section.extra:
            unread.mark(section, around.span.period, {}, shown)
    said = {(text, tuple(values.items())): Note(AMOUNT, text, values) for text, values in around.said}
    made.notes += said.values()
    return made


# ---- what it is made from


def _sources(previous: Plan, template: Template, first: int) -> Sources:
    years = first, first + template.years - 1
    return Sources(previous, old_of(previous), template, years, moves(_period(previous), years))


def _period(plan: Plan) -> tuple[int, int] | None:
    if plan.period_from is None:
        return None
    last = plan.period_from if plan.period_to is None else plan.period_to
    return min(plan.period_from, last), max(plan.period_from, last)


def _around(of: Sources, span: Span) -> Around:
    names = {source.key: source.short for source in of.old.sources} if of.old is not None else {}
    return Around(span, of.by, totals.compute(of.plan).rows, of.new, sources_map(of.old, of.new), names)


def _date_of(plan: Plan) -> str:
    """The last day that the new plan's date may mean."""
    return f"{plan.year:04d}-12-31" if plan.year is not None else ""


# ---- outline and texts


def _outline(plan: Plan, of: Sources, made: Made) -> Outline:
    if of.plan.template == of.new.id:
        outline = same_outline(of)
    else:
        outline = other_outline(of, plan.sections, {table.section for table in of.plan.tables if table.rows})
        if outline.renamed:
            text = N_("Tiêu đề {count} mục theo mẫu mới.")
            texts = tuple(old for old, _new in outline.renamed)
            made.notes.append(Note(CHANGED, text, {"count": len(texts)}, texts))
        if outline.gone:
            text = N_("{count} tiêu đề chỉ để gộp các mục con không còn trong đề cương mới: {headings}.")
            headings = "; ".join(outline.gone)
            made.notes.append(
                Note(CHANGED, text, {"count": len(outline.gone), "headings": headings}, tuple(outline.gone))
            )
        if outline.own:
            text = N_("{count} mục không có trong mẫu mới được giữ ở chỗ cũ: {headings}.")
            made.notes.append(Note(KEPT, text, {"count": len(outline.own), "headings": "; ".join(outline.own)}))
    plan.sections = outline.sections
    place(plan.sections)
    return outline


def _settle_placeholders(plan: Plan, of: Sources) -> None:
    """Fields of the text that the new plan cannot fill in print what they printed last year."""
    if of.old is None:
        return
    now = placeholders(plan, of.new, totals.compute(plan))
    before = placeholders(of.plan, of.old, totals.compute(of.plan))
    keys = {table.key for table in plan.tables}

    def value(name: str) -> str | None:
        kind, _colon, key = name.partition(":")
        if now(name) is not None or (kind == "appendix" and key in keys):
            return None
        return before(name)

    for section in walk_sections(plan.sections):
        section.text = expand(section.text, value)


# ---- numbers, legal bases


def _shown_in(template: Template, key: str) -> str:
    spec = template.indicator(key)
    return spec.section if spec is not None else ""


def _take_numbers(plan: Plan, outline: Outline, numbers: Numbers, period: str, made: Made) -> None:
    plan.indicators = dict(numbers.going_on)
    if numbers.counted:
        text = N_("{count} số liệu của riêng năm trước không chuyển sang: {numbers}.")
        values = {"count": len(numbers.counted), "numbers": "; ".join(numbers.counted)}
        made.notes.append(Note(LEFT, text, values, tuple(numbers.counted)))
    if numbers.homeless:
        section = find_section(plan, LEFT_KEY)
        if section is None:
            section = Section(key=LEFT_KEY, heading=LEFT_HEADING)
            plan.sections.append(section)
            place(plan.sections)
        lines = [f"- {line}" for line in numbers.homeless]
        section.text = "\n".join([*([section.text, ""] if section.text.strip() else []), *lines])
        outline.taken[id(section)] = section
        text = N_("{count} số liệu không có trong mẫu mới, được ghi ở mục “{heading}”.")
        made.notes.append(Note(KEPT, text, {"count": len(numbers.homeless), "heading": LEFT_HEADING}))


def _take_bases(plan: Plan, offered: list[BasisOffer], replace: set[int], made: Made) -> None:
    for offer in offered:
        replaced = offer.number in replace and offer.replacement is not None
        plan.legal_bases.append(taken_over(offer, replaced))
        values: dict[str, object] = {"basis": offer.text}
        if offer.ended:
            values |= {"date": printed_date(offer.ended)}
            if offer.replacement is None:
                text = N_("Căn cứ “{basis}” hết hiệu lực từ ngày {date}; hãy tìm văn bản thay thế.")
            else:
                values |= {"other": basis_text(taken_over(offer, True))}
                text = (
                    N_("Căn cứ “{basis}” hết hiệu lực từ ngày {date}, đã thay bằng “{other}”.")
                    if replaced
                    else N_("Căn cứ “{basis}” hết hiệu lực từ ngày {date}; thay bằng “{other}”.")
                )
            made.notes.append(Note(BASIS, text, values, _basis_texts(offer) if replaced else ()))
        elif offer.is_of_year:
            text = N_("Căn cứ “{basis}” nói về năm của kế hoạch trước; xem đã có văn bản của năm sau chưa.")
            made.notes.append(Note(BASIS, text, values))


def _basis_texts(offer: BasisOffer) -> tuple[str, ...]:
    basis = offer.basis
    found = (basis.kind, basis.number, basis.issuer, basis.subject, basis.text)
    return tuple(text for text in found if text.strip())
