"""Checks of all that is written in words: section texts and headings, bases, registers, tasks, titles, the subject.

What a text says is read by ``models.reader``, from its words alone; here it is held to the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models import citations
from models.checks.bases import dates, text_fix
from models.checks.context import Context, TableContext
from models.checks.finding import Finding, finding
from models.citations import Citation
from models.columns import span_of
from models.i18n import N_
from models.plan import LegalBasis, Part, Plan, Row, Section, walk_rows, walk_sections
from models.reader import NOTHING, Scan, periods, read_once, shares
from models.reader.counts import counts
from models.reader.printed import Printed, printed
from models.reader.remark import Remark
from models.text import PLACEHOLDER

#: Texts of a task, and of a group.
TASK_TEXTS = ("task", "objective", "scope", "result", "note")
GROUP_TEXTS = ("group",)

_NO_SUCH_DAY = N_("Văn bản {number} ghi ngày {date}, là ngày không có trong lịch.")
_OTHER_YEAR = N_("“{words}” không thuộc kỳ kế hoạch {period}.")
_NOT_BEFORE = N_("“{words}” không ở trước kỳ kế hoạch {period}.")
_DATED_TWICE = N_("Chữ “{words}” đã có ở phần ngày và cơ quan ban hành của căn cứ này.")
_BASIS_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:/|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|\s+năm\s+)\s*(\d{4})(?!\d)")


def texts(plan: Plan) -> Iterator[tuple[Part, str, str]]:
    """All that is read of a plan: the part, its field and the text in it, but for texts with placeholders."""
    yield from _texts_of_plan(plan)
    for table in plan.tables:
        for row in () if table.is_register else walk_rows(table.rows):
            for field in GROUP_TEXTS if row.group is not None else TASK_TEXTS:
                if text := getattr(row, field):
                    yield row, field, text


def _texts_of_plan(plan: Plan) -> Iterator[tuple[Part, str, str]]:
    """Those that are not of a task."""
    yield plan, "subject", plan.subject
    for basis in plan.legal_bases:
        yield basis, "subject", basis.subject
        yield basis, "text", basis.text
    for section in walk_sections(plan.sections):
        yield section, "heading", section.heading
        if "{" not in section.text:
            yield section, "text", section.text
    for table in plan.tables:
        yield table, "title", table.title
        for row in table.rows if table.is_register else ():
            for index, cell in enumerate(row.cells or ()):
                yield row, f"cells/{index}", cell


# ---- the checks


def check_placeholders(at: Context) -> Sequence[Finding]:
    """``text.placeholder``: every placeholder is one that this plan knows."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        if "{" not in section.text:
            continue
        for match in PLACEHOLDER.finditer(section.text):
            if at.placeholder(match.group(1)) is None:
                text = N_("Không có trường tự điền “{name}”; hãy chọn lại trong danh sách.")
                name = match.group(0)
                nth = section.text.count(name, 0, match.start())
                found.append(
                    finding("text.placeholder", section, "text", text, {"name": name}, actual=name, quote=name, nth=nth)
                )
    return found


def check_texts(at: Context) -> Sequence[Finding]:
    """All that a text tells by itself, of those whose words do not depend on sums."""
    found: list[Finding] = []
    for part, field, text in _texts_of_plan(at.plan):
        in_section = field == "text" and isinstance(part, Section)
        if text and not at.known.is_right(text, in_section, at.latest_date):
            found.extend(read(part, field, text, at))
    for basis in at.plan.legal_bases:
        if basis.date and basis.subject.startswith("ngày "):
            found.extend(_dated_twice(basis))
    return found


def check_filled(at: Context) -> Sequence[Finding]:
    """The same of section texts with placeholders, which are read as they are filled now."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        if "{" in section.text:
            found.extend(read(section, "text", section.text, at))
    return found


def check_row_texts(row: Row, at: TableContext) -> Sequence[Finding]:
    """What the words of a task or group tell by themselves; its own time is told by ``check_times``."""
    found: Sequence[Finding] = ()
    scans = at.known.scans
    for field in GROUP_TEXTS if row.group is not None else TASK_TEXTS:
        # Looked at here first, because this runs over every text of every row, and in nearly all there is nothing.
        if not (text := getattr(row, field)) or (scan := scans.get(text)) is NOTHING:
            continue
        if scan is None and read_once(text, scans) is NOTHING:
            continue
        if not at.known.is_right(text, False, at.latest_date):
            found = [*found, *read(row, field, text, at)]
    return found


def check_years(at: Context) -> Sequence[Finding]:
    """``period.outside``: what names the plan or a part of it says a year that the plan is not about."""
    if at.period is None:
        return ()
    found: list[Finding] = []
    plan = at.plan
    titles: list[tuple[Part, str, str, str]] = [(plan, "subject", plan.subject, "plan")]
    spans = {"plan": "plan", "review": "previous"}
    titles += [(top, "heading", top.heading, spans[top.key]) for top in plan.sections if top.key in spans]
    for table in plan.tables:
        if not table.is_register:
            titles.append((table, "title", table.title, span_of(table, at.template)))
    for part, field, title, span in titles:
        if (said := periods.said(title)) is not None:
            found.extend(_of_year(at.period, part, field, title, span, said))
    return found


def _of_year(
    period: tuple[int, int], part: Part, field: str, title: str, span: str, said: tuple[int, int, int, int]
) -> Iterator[Finding]:
    begin, end = period
    first, last, at, behind = said
    yearly = begin == end
    words = title[at:behind]
    values = {"words": words, "period": str(begin) if yearly else f"{begin}-{end}"}
    nth = title.count(words, 0, at)
    if span == "plan" and (last < begin or first > end):
        fix = None
        if yearly and first == last:
            fix = text_fix(N_("Lấy năm của kế hoạch"), part, field, f"{title[: behind - 4]}{begin}{title[behind:]}")
        yield finding("period.outside", part, field, _OTHER_YEAR, values, expected=begin if yearly else None,
                      actual=first if first == last else None, fix=fix, quote=words, nth=nth)  # fmt: skip
    elif span == "previous" and (first > end or (yearly and first == begin)):
        yield finding("period.outside", part, field, _NOT_BEFORE, values, quote=words, nth=nth)


# ---- one text


def read(part: Part, field: str, text: str, at: Context | TableContext) -> list[Finding]:
    """What is to be said of one text: ``text`` is what ``field`` of ``part`` holds, in a plan or one of its tables."""
    section_of = at if isinstance(part, Section) and field == "text" and isinstance(at, Context) else None
    in_section = section_of is not None
    said = Printed(text, text) if section_of is None else printed(text, section_of.placeholder)
    scan = read_once(said.text, at.known.scans)
    if scan is NOTHING:
        return []
    found: list[Finding] = []
    judged: set[tuple[int, int]] = set()
    if section_of is not None and scan.shares:
        found.extend(_of_indicators(section_of, part, field, said, scan, judged))
    for remark in scan.remarks:
        if remark.rule != "indicator.share" or remark.edit is None or remark.edit[:2] not in judged:
            found.append(_finding(part, field, said, remark))
    for citation in scan.citations:
        found.extend(_of_citation(at, part, field, said, citation))
    if not found and "{" not in text:
        right = at.known.right_in_sections if in_section else at.known.right
        right[text] = max((citation.date for citation in scan.citations), default="")
    return found


def _finding(part: Part, field: str, said: Printed, remark: Remark) -> Finding:
    quote, nth = _quoted(said, remark.start, remark.end)
    fix = None
    if remark.edit is not None and (text := said.typed_with(*remark.edit)) is not None:
        fix = text_fix(remark.label, part, field, text)
    return finding(
        remark.rule, part, field, remark.text, remark.values, expected=remark.expected, actual=remark.actual, fix=fix,
        quote=quote, nth=nth,
    )  # fmt: skip


def _quoted(said: Printed, start: int, end: int) -> tuple[str, int]:
    """The words of a place as far as they stand in one line, and which occurrence of them it is."""
    quote = said.text[start:end].partition("\n")[0].rstrip()
    return quote, said.text.count(quote, 0, start) if quote else 0


def _of_citation(
    at: Context | TableContext, part: Part, field: str, said: Printed, citation: Citation
) -> Iterator[Finding]:
    quote, nth = _quoted(said, citation.start, citation.end)
    if not citations.is_day(citation.date):
        values = {"number": citation.title, "date": citations.printed_date(citation.date)}
        yield finding(
            "basis.date", part, field, _NO_SUCH_DAY, values, actual=citation.date, quote=quote, nth=nth
        )  # fmt: skip
        return
    for found in dates(at, part, field, citation, quote, nth, text=said.text):
        if found.fix is None or not said.pieces:
            yield found
            continue
        # The fix was worked out for the text as it is printed.
        behind = len(said.text) - citation.day_end
        text = said.typed_with(
            citation.day_start, citation.day_end, found.fix.value[citation.day_start : len(found.fix.value) - behind]
        )
        yield replace(found, fix=None if text is None else replace(found.fix, value=text))


def _of_indicators(
    at: Context, part: Part, field: str, said: Printed, scan: Scan, judged: set[tuple[int, int]]
) -> Iterator[Finding]:
    """``indicator.share`` of a percentage beside a count that is an indicator: "31 thủ tục (57,40%)" of 54.

    Puts into ``judged`` where the percentages are that could be told.
    """
    values = at.plan.indicators
    ratios = [spec for spec in at.template.indicators if spec.ratio_of and values.get(spec.ratio_of, 0) >= 1]
    for share in scan.shares if ratios else ():
        unit = share.noun.casefold()
        meant = [
            spec
            for spec in ratios
            if values.get(spec.key) == share.count and spec.unit and unit.startswith(spec.unit.casefold())
        ]
        # Two indicators of the same count may be shares of different wholes: no telling which is meant.
        if len({values[spec.ratio_of] for spec in meant}) != 1:
            continue
        whole = values[meant[0].ratio_of]
        is_right = shares.agrees(share.count, whole, share.stated, share.decimals)
        line = said.text.rfind("\n", 0, share.figures[0]) + 1
        if not is_right and any(share.is_of(one.value) for one in counts(said.text, line, share.figures[0])):
            # It is right of a count that its own line tells; that the indicator has the same number is chance.
            continue
        judged.add(share.figures)
        if not is_right:
            yield _finding(part, field, said, shares.differs(meant[0].label, share, whole))


def _dated_twice(basis: LegalBasis) -> Iterator[Finding]:
    """``text.repeat``: the subject begins with the date (and issuer) that are printed before it."""
    match = _BASIS_DATE.match(basis.subject)
    if match is None or f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" != basis.date:
        return
    end = match.end()
    by = f" của {basis.issuer.strip()}"
    if basis.issuer.strip() and basis.subject[end : end + len(by)].casefold() == by.casefold():
        end += len(by)
    words = basis.subject[:end]
    fix = text_fix(N_("Bỏ chữ lặp"), basis, "subject", basis.subject[end:].lstrip(" ,"))
    yield finding("text.repeat", basis, "subject", _DATED_TWICE, {"words": words}, fix=fix, quote=words)
