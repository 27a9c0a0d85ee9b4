"""Every component of the printed plan measured in the PDF of the five real plans, on all pages.

The ranges are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, written here with their clauses; nothing of the
program's own sizes is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from models import template
from models.exports import pdf
from models.numbering import section_numbers
from models.plan import Plan, Section, walk_sections
from tests.models.exports.measured import Line, Piece, Rule, Sheet, sheets
from tests.models.exports.pages import MM
from tests.plans import NUMBERS, fixture_plan

#: Bold, italic.
UPRIGHT, BOLD, ITALIC, BOLD_ITALIC = (False, False), (True, False), (False, True), (True, True)
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
#: Letters of Times reach so far above and below their line, in sizes.
ABOVE, BELOW = 0.891, 0.216
#: A single line of Times New Roman, in sizes.
SINGLE = 1.15


@dataclass(frozen=True)
class Document:
    plan: Plan
    sheets: list[Sheet]
    #: Of the pages: which belong to the document itself, and which to each appendix.
    body: list[Sheet]
    appendices: list[list[Sheet]]


@cache
def printed(number: int, draft: bool = False, bases: str = "", attached: str = "") -> Document:
    plan = fixture_plan(number)
    if bases:
        plan.print_options["bases"] = bases
    if attached:
        plan.print_options["attached"] = attached
    found = sheets(pdf.render(plan, template.get(plan.template), draft=draft))
    starts = [at for at, sheet in enumerate(found) if sheet.lines()[0].text.startswith("Phụ lục")]
    parts = [found[start:end] for start, end in zip(starts, [*starts[1:], len(found)], strict=True)]
    return Document(plan, found, found[: starts[0]], parts)


@pytest.fixture(params=NUMBERS)
def document(request: pytest.FixtureRequest) -> Document:
    return printed(request.param)


@pytest.fixture(params=[(number, draft) for number in NUMBERS for draft in (False, True)])
def any_print(request: pytest.FixtureRequest) -> Document:
    return printed(*request.param)


def find(sheet: Sheet, text: str) -> Line:
    return next(line for line in sheet.lines() if line.text == text)


def edges(sheet: Sheet) -> tuple[float, float]:
    """Where the text of a page begins and ends from the left, by the margins it was found to have."""
    return 30 * MM, sheet.width - 15 * MM


def middle(sheet: Sheet) -> float:
    return sum(edges(sheet)) / 2


def near(value: float, other: float, by: float = 1.0) -> bool:
    return abs(value - other) <= by


def below(sheet: Sheet, line: Line) -> Rule:
    """The rule right below a line, of those that lie within its width or somewhat beyond."""
    found = [
        rule for rule in sheet.rules if rule.lies and 0 < line.y - rule.y < 14 and near(rule.middle, line.middle, 2)
    ]
    assert len(found) == 1, line.text
    return found[0]


def capitals(text: str) -> bool:
    return text == text.upper()


# ---- the page: mục I


def test_paper_and_margins(any_print: Document) -> None:
    """Mục I.1 to I.3: A4; 20–25 mm above and below, 30–35 left, 15–20 right, lying or not."""
    for sheet in any_print.sheets:
        assert sorted((round(sheet.width / MM), round(sheet.height / MM))) == [210, 297]
        left = min(piece.x for piece in sheet.body)
        right = max(piece.right for piece in sheet.body)
        top = max(piece.y + ABOVE * piece.size for piece in sheet.body)
        assert 30 * MM - 0.5 <= left <= 35 * MM + 0.5 or sheet.lies
        assert right <= sheet.width - 15 * MM + 0.5
        assert 20 * MM - 1 <= sheet.height - top <= 25 * MM + 1
        assert min(piece.y - BELOW * piece.size for piece in sheet.body) >= 20 * MM - 1
        for rule in sheet.rules:
            assert 30 * MM - 0.5 <= min(rule.x, rule.to_x) <= max(rule.x, rule.to_x) <= sheet.width - 15 * MM + 0.5
            assert 20 * MM - 0.5 <= min(rule.y, rule.to_y) <= max(rule.y, rule.to_y) <= sheet.height - 20 * MM + 0.5
        grid = [rule.x for rule in sheet.rules if not rule.lies]
        if grid:
            # A table goes from one margin to the other.
            assert 30 * MM - 0.5 <= min(grid) <= 35 * MM
            assert 15 * MM - 0.5 <= sheet.width - max(grid) <= 20 * MM
    # What is full is full to its lower margin, and not above it.
    foot = min(piece.y - BELOW * piece.size for sheet in any_print.body for piece in sheet.body)
    assert 20 * MM - 1 <= foot <= 25 * MM + 1
    full = [sheet for sheet in any_print.body if len(sheet.lines()) > 20]
    for sheet in full:
        right = max(piece.right for piece in sheet.body)
        assert 15 * MM - 0.5 <= sheet.width - right <= 20 * MM


def test_letters(any_print: Document) -> None:
    """Mục I.4: Times New Roman (or letters of its widths), in black."""
    names = {piece.font.partition("-")[0] for sheet in any_print.sheets for piece in sheet.pieces}
    assert len(names) == 1
    assert names <= {"TimesNewRomanPSMT", "TimesNewRoman", "TimesNewRomanPS", "Tinos", "LiberationSerif"}
    assert all(piece.grey == 0 for sheet in any_print.sheets for piece in sheet.body)
    assert all(piece.grey == 0 for sheet in any_print.sheets for piece in sheet.number)


def test_page_numbers(any_print: Document) -> None:
    """Mục I.7: from 1, Arabic, 13–14, upright, centred in the top margin, not on the first page; appendices anew."""
    shown = []
    for sheet in any_print.sheets:
        if not sheet.number:
            shown.append("")
            continue
        (piece,) = sheet.number
        assert 13 <= piece.size <= 14 and (piece.bold, piece.italic) == UPRIGHT
        assert near((piece.x + piece.right) / 2, middle(sheet)) or near((piece.x + piece.right) / 2, sheet.width / 2)
        assert sheet.height - 20 * MM < piece.y and piece.y + ABOVE * piece.size < sheet.height - 5 * MM
        shown.append(piece.text)
    expected = ["", *map(str, range(2, len(any_print.body) + 1))]
    for part in any_print.appendices:
        expected += map(str, range(1, len(part) + 1))
    assert shown == expected


def test_only_marks_of_the_program_stand_in_the_lower_margin(any_print: Document) -> None:
    for sheet in any_print.sheets:
        found = {piece.text for piece in sheet.upright if piece.y < 20 * MM - 1}
        assert len([text for text in found if re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", text)]) == 1
        assert len(found) <= 2


# ---- the head: mục II.1 to II.4


def test_nation_and_motto(document: Document) -> None:
    """Mục II.1: capitals, 12–13, bold, top right; 13–14, bold, centred below; a rule as wide as its text."""
    sheet = document.sheets[0]
    nation, motto = find(sheet, NATION), find(sheet, MOTTO)
    assert 12 <= nation.size <= 13 and nation.styles == {BOLD}
    assert 13 <= motto.size <= 14 and motto.styles == {BOLD}
    assert nation.left > sheet.width * 0.42 and nation.right <= edges(sheet)[1] + 0.5
    assert near(motto.middle, nation.middle)
    assert SINGLE * 0.95 <= (nation.y - motto.y) / motto.size <= 1.5 * SINGLE
    rule = below(sheet, motto)
    assert near(rule.length, motto.width, 1.5)


def test_names_of_the_units(document: Document) -> None:
    """Mục II.2: capitals, 12–13, upright above bold, top left; a rule of 1/3 to 1/2 of the line below."""
    sheet = document.sheets[0]
    nation = find(sheet, NATION)
    names = [line for line in sheet.lines() if line.right < nation.left and line.y > find(sheet, MOTTO).y - 20]
    names = [line for line in names if not line.text.startswith("Số:")]
    plan = document.plan
    assert " ".join(line.text for line in names).split() == f"{plan.unit_parent} {plan.unit_name}".upper().split()
    assert near(names[0].y, nation.y)
    for line in names:
        assert 12 <= line.size <= 13 and line.left >= edges(sheet)[0] - 0.5
        assert near(line.middle, names[0].middle)
        assert line.styles in ({UPRIGHT}, {BOLD})
    own = [line for line in names if line.styles == {BOLD}]
    assert " ".join(line.text for line in own) == plan.unit_name.upper()
    assert names[-len(own) :] == own
    rule = below(sheet, own[-1])
    assert 1 / 3 <= rule.length / max(line.width for line in own) <= 1 / 2


def test_number_and_date(document: Document) -> None:
    """Mục II.3, II.4: 13, upright, centred under the unit; 13–14, italic, level with it, centred under the motto."""
    sheet, plan = document.sheets[0], document.plan
    number = next(line for line in sheet.lines() if line.text.startswith("Số:"))
    date = next(line for line in sheet.lines() if line.text.startswith(f"{plan.place}, ngày"))
    assert number.size == 13 and number.styles == {UPRIGHT}
    assert 13 <= date.size <= 14 and date.styles == {ITALIC}
    assert near(number.y, date.y)
    assert near(date.middle, find(sheet, MOTTO).middle)
    unit = next(line for line in sheet.lines() if line.styles == {BOLD} and line.right < find(sheet, NATION).left)
    assert near(number.middle, unit.middle)
    assert re.fullmatch(r"Số:\s+(?:\d\d+)?/[^\s]+", number.text)
    assert number.text.endswith(f"/{plan.symbol}")
    day, month, year = re.fullmatch(r".*, ngày(.*)tháng(.*)năm(.*)", date.text).groups()  # type: ignore[union-attr]
    for text, value, least in ((day, plan.day, 10), (month, plan.month, 3), (year, plan.year, 0)):
        if value is None:
            # As long as a stamped number of two digits, with some room beside it.
            assert not text.strip() and len(text) >= 6
        else:
            assert text.strip() == (f"{value:02d}" if value < least else str(value))


def test_blanks_are_as_wide_as_what_is_stamped(document: Document) -> None:
    sheet, plan = document.sheets[0], document.plan
    for start, known, least in (("Số:", plan.number, 34), (f"{plan.place}, ngày", plan.day, 22)):
        (piece,) = next(line for line in sheet.lines() if line.text.startswith(start)).pieces
        if known not in (None, ""):
            continue
        blank = re.search(r"[\s\u00a0]{4,}", piece.text)
        assert blank is not None
        assert len(blank.group()) * piece.size / 4 >= least


# ---- the title: mục II.5


def test_kind_and_subject(document: Document) -> None:
    """Mục II.5: capitals, 13–14, bold, centred; 13–14, bold, centred; a rule of 1/3 to 1/2 of the line."""
    sheet = document.sheets[0]
    kind = find(sheet, "KẾ HOẠCH")
    lines = sheet.lines()
    at = lines.index(kind)
    subject: list[Line] = []
    for line in lines[at + 1 :]:
        if " ".join(one.text for one in subject) == document.plan.subject:
            break
        subject.append(line)
    assert " ".join(line.text for line in subject) == document.plan.subject
    for line in (kind, *subject):
        assert 13 <= line.size <= 14 and line.styles == {BOLD}
        assert near(line.middle, middle(sheet))
    rule = below(sheet, subject[-1])
    assert 1 / 3 <= rule.length / max(line.width for line in subject) <= 1 / 2
    assert near(rule.middle, middle(sheet))


# ---- the body: mục II.6


@pytest.mark.parametrize("number", NUMBERS)
def test_legal_bases(number: int) -> None:
    """Mục II.6.b: 13–14, italic, each on its own line, ``;`` at the end, the last one with a dot."""
    document = printed(number, bases="paragraphs")
    bases = [lines for lines in body_paragraphs(document) if lines[0].text.startswith("Căn cứ")]
    bases = [lines for lines in bases if lines[0].styles == {ITALIC}]
    assert len(bases) == len(document.plan.legal_bases)
    for place, lines in enumerate(bases, 1):
        assert all(13 <= line.size <= 14 and line.styles == {ITALIC} for line in lines)
        assert lines[-1].text.endswith("." if place == len(bases) else ";")
        assert 10 * MM - 0.5 <= lines[0].left - edges(document.sheets[0])[0] <= 12.7 * MM + 0.5


def test_headings(document: Document) -> None:
    """Mục II.6.d: "Phần I" and its title bold, centred, on two lines; ``I.`` capitals, bold; ``1.`` bold; ``a)``."""
    plan = document.plan
    outline = plan.outline or list(template.get(plan.template).outline)
    numbers = section_numbers(plan.sections, outline)
    lines = [(sheet, line) for sheet in document.body for line in sheet.lines()]
    depths = dict(_depths(plan.sections, 0))
    start = 0
    for section in walk_sections(plan.sections):
        depth = depths[id(section)]
        style = outline[depth] if depth < len(outline) else "-"
        number, text = numbers[id(section)], section.heading
        if style == "Phần I":
            wanted = (number + text.upper()).replace(" ", "")
        elif style == "-":
            wanted = text.replace(" ", "")
        else:
            text = text.upper() if style == "I" else text
            wanted = f"{number}{')' if style == 'a' else '.'}{text}".replace(" ", "")
        at, found = _lines_of(lines, start, wanted)
        start = at + len(found)
        for sheet, line in found:
            assert 13 <= line.size <= 14
            assert line.styles == {UPRIGHT if style == "a" else ITALIC if style == "-" else BOLD}
            if style == "Phần I":
                assert near(line.middle, middle(sheet))
        if style == "Phần I":
            assert found[0][1].text == number
        else:
            assert 10 * MM - 0.5 <= found[0][1].left - edges(found[0][0])[0] <= 12.7 * MM + 0.5
        # A heading is never the last thing on its page, and its lines stay together.
        assert len({id(sheet) for sheet, _line in found}) == 1
        assert found[-1][0].lines()[-1] is not found[-1][1]
        assert found[-1][0].lines()[-1].y < found[-1][1].y


def _depths(sections: list[Section], depth: int) -> Any:
    for section in sections:
        yield id(section), depth
        yield from _depths(section.sections, depth + 1)


def _lines_of(lines: list[tuple[Sheet, Line]], start: int, wanted: str) -> tuple[int, list[tuple[Sheet, Line]]]:
    """The lines, from ``start`` on, that together are ``wanted`` (without spaces; the last one of all with ``./.``)."""
    for at in range(start, len(lines)):
        text, count = "", 0
        while at + count < len(lines) and wanted.startswith(text + "".join(lines[at + count][1].text.split())):
            text += "".join(lines[at + count][1].text.split())
            count += 1
            if text == wanted:
                return at, lines[at : at + count]
    raise AssertionError(wanted)


def body_paragraphs(document: Document) -> list[list[Line]]:
    """The paragraphs of running text: a line that is in begins one, lines at the margin go on with it."""
    found: list[list[Line]] = []
    for sheet in document.body:
        left = edges(sheet)[0]
        own: list[list[Line]] = []
        lines = sheet.lines()
        if sheet is document.sheets[0]:
            lines = lines[lines.index(find(sheet, "KẾ HOẠCH")) :]
        for line in lines:
            centred = line.styles == {BOLD} and near(line.middle, middle(sheet), 0.3)
            if not line.sizes <= {13, 14} or line.left > left + 14 * MM or centred or in_table(sheet, line):
                own.append([])
            elif line.left > left + 5 * MM:
                own.append([line])
            elif own and own[-1]:
                own[-1].append(line)
        found += [lines for lines in own if lines]
    return found


def in_table(sheet: Sheet, line: Line) -> bool:
    upright = [rule for rule in sheet.rules if not rule.lies]
    return any(min(rule.y, rule.to_y) - 1 <= line.y <= max(rule.y, rule.to_y) + 1 for rule in upright)


def test_running_text(document: Document) -> None:
    """Mục II.6.đ: 13–14, justified, the first line in by 10 or 12.7 mm, single to 1.5 lines, 6 pt between paragraphs."""
    right = edges(document.sheets[0])[1]
    found = body_paragraphs(document)
    assert len(found) > 20
    for lines in found:
        assert all(13 <= line.size <= 14 for line in lines)
        indent = (lines[0].left - 30 * MM) / MM
        assert near(indent, 10, 0.2) or near(indent, 12.7, 0.2)
        for line, following in pairwise(lines):
            assert near(line.right, right, 0.6)
            assert near(following.left, 30 * MM, 0.6)
            assert SINGLE * 0.99 <= (line.y - following.y) / line.size <= 1.5 * SINGLE
    for sheet in document.body:
        here = [lines for lines in found if any(line in sheet.lines() for line in lines)]
        for lines, after in pairwise(here):
            assert lines[-1].y - after[0].y >= SINGLE * lines[-1].size + 6 - 0.01


def test_no_paragraph_leaves_a_line_alone(document: Document) -> None:
    """Neither the first nor the last line of a paragraph stands alone at the foot or the head of a page."""
    for sheet, next_sheet in pairwise(document.body):
        last, first = sheet.lines()[-1], next_sheet.lines()
        if not in_table(next_sheet, first[0]) and first[0].left < 31 * MM and not in_table(sheet, last):
            # The paragraph goes on: two lines of it here and there at least.
            assert last.left < 31 * MM or len(first) == 1
            assert first[1].left < 31 * MM


def test_the_end_of_the_body(document: Document) -> None:
    texts = [line.text for sheet in document.body for line in sheet.lines()]
    assert [text for text in texts if text.endswith("./.")] and sum(text.count("./.") for text in texts) == 1


# ---- the end: mục II.7 to II.9


def test_signer(document: Document) -> None:
    """Mục II.7: capacity and position in capitals, 13–14, bold; the name 13–14, bold, centred under them; room between."""
    sheet, plan = document.body[-1], document.plan
    titles = [find(sheet, text) for text in (plan.capacity, plan.signer_position) if text]
    name = find(sheet, plan.signer_name)
    for line in titles:
        assert 13 <= line.size <= 14 and line.styles == {BOLD} and capitals(line.text)
        assert line.left > sheet.width / 2 - 20 * MM
        assert near(line.middle, name.middle)
    assert 13 <= name.size <= 14 and name.styles == {BOLD}
    assert name.right <= edges(sheet)[1]
    clear = titles[-1].y - name.y - ABOVE * name.size
    assert 25 * MM <= clear <= 45 * MM
    # Nothing stands where the signature and the seal will, a third of which lies left of the signature.
    room = (name.middle - 30 * MM, name.middle + 40 * MM)
    for piece in sheet.body:
        if name.y + ABOVE * name.size < piece.y < titles[-1].y - 1:
            assert piece.right < room[0]
    assert [line for line in sheet.lines() if line.y > titles[0].y + 5], "the signature stands alone"


def test_recipients(document: Document) -> None:
    """Mục II.9: "Nơi nhận:" 12, bold italic; the list 11, upright, flush left, level with the position."""
    sheet, plan = document.body[-1], document.plan
    label = find(sheet, "Nơi nhận:")
    first = find(sheet, plan.capacity or plan.signer_position)
    assert label.size == 12 and label.styles == {BOLD_ITALIC}
    assert near(label.left, edges(sheet)[0]) and near(label.y, first.y, 3)
    listed = [line for line in sheet.lines() if line.y < label.y and line.sizes == {11}]
    assert all(line.styles == {UPRIGHT} for line in listed)
    assert all(near(line.left, label.left, 4) for line in listed)
    items = " ".join(line.text for line in listed).split(" - ")
    text = [item.removeprefix("- ") for item in items]
    assert len(text) == len(plan.recipients)
    assert all(item.endswith(";") for item in text[:-1])
    assert text[-1].startswith("Lưu: VT") and text[-1].endswith(".")


# ---- appendices: mục III.1


def test_titles_of_appendices(document: Document) -> None:
    """Mục III.1: "Phụ lục I" 14, bold; its title in capitals, 13–14, bold; what it belongs to 13–14, italic; centred."""
    roman = ["I", "II", "III", "IV"]
    for place, part in enumerate(document.appendices):
        sheet = part[0]
        lines = sheet.lines()
        alone = len(document.appendices) == 1
        assert lines[0].text == ("Phụ lục" if alone else f"Phụ lục {roman[place]}")
        assert lines[0].size == 14 and lines[0].styles == {BOLD}
        at = next(at for at, line in enumerate(lines) if line.text.startswith("(Kèm theo Kế hoạch số"))
        title = lines[1:at]
        end = next(end for end in range(at, len(lines)) if lines[end].text.endswith(")")) + 1
        attached = lines[at:end]
        assert title and all(capitals(line.text) for line in title)
        assert all(13 <= line.size <= 14 and line.styles == {BOLD} for line in title)
        assert all(13 <= line.size <= 14 and line.styles == {ITALIC} for line in attached)
        for line in (lines[0], *title, *attached):
            assert near(line.middle, middle(sheet))
        rule = below(sheet, attached[-1])
        assert 1 / 3 <= rule.length / max(line.width for line in attached) <= 1 / 2


def test_the_line_under_the_title_of_an_appendix_can_be_the_other_one() -> None:
    document = printed(0, attached="ban-hanh-kem-theo")
    text = " ".join(line.text for line in document.appendices[0][0].lines())
    assert "(Ban hành kèm theo Kế hoạch số" in text and "(Kèm theo" not in text


def test_heads_of_tables_are_repeated(document: Document) -> None:
    """A table that goes on has its head on each page, at the same places."""
    for part in document.appendices:
        heads = [_first_bold(sheet) for sheet in part]
        labels = min(heads, key=len)
        assert len(labels) >= 5 and {"TT", "STT"} & {text for text, _x in labels}
        assert all(labels <= head for head in heads)


def _first_bold(sheet: Sheet) -> set[tuple[str, float]]:
    """The bold texts above the first plain one in the table of a page, with their places: its head, and groups."""
    inside = [piece for line in sheet.lines() if in_table(sheet, line) for piece in line.pieces]
    first = max(piece.y for piece in inside if not piece.bold)
    return {(piece.text, piece.x) for piece in inside if piece.bold and piece.y > first + 1}


def test_a_draft_differs_from_the_final_one_in_its_mark_alone() -> None:
    for number in NUMBERS:
        final, draft = printed(number), printed(number, draft=True)
        for one, other in zip(final.sheets, draft.sheets, strict=True):
            assert [(p.text, p.x, p.y) for p in one.body] == [(p.text, p.x, p.y) for p in other.body]
            (mark,) = [piece for piece in other.pieces if piece.turned]
            assert mark.text == "DỰ THẢO" and mark.grey > 0.8
            # Once more at the foot, where a search in the file and a pale copy have it.
            (foot,) = [piece for piece in other.upright if piece.text == "DỰ THẢO"]
            assert foot.y < 20 * MM and foot.bold
            assert not [piece for piece in one.pieces if piece.turned]


def test_all_pieces_are_where_paper_is(any_print: Document) -> None:
    for sheet in any_print.sheets:
        for piece in sheet.upright:
            assert isinstance(piece, Piece)
            assert 0 < piece.x < piece.right < sheet.width and 0 < piece.y < sheet.height
