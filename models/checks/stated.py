"""``total.text``: a total that a section states is held to the table it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.checks.context import Context
from models.checks.finding import Finding, Fix, finding
from models.i18n import N_
from models.money import format_amount, unit_name
from models.plan import Section, Table, find_table, walk_sections
from models.reader.amounts import AMOUNT, WITH_WORDS, amount_of, unit_of
from models.reader.printed import Printed, printed
from models.words import amount_in_words, parse_words

#: The total that a sentence states: "Tổng kinh phí … : 5.039.722.000 đồng". Bounded: text of any length is searched
#: at every edit.
_UP_TO = (
    r"(?P<label>(?:[^\n.;\d]|\d(?!\d{0,20}[.,]?\d{0,20}\s{0,5}(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ\b|VN))|[.,;](?=\d)){0,300}?)"
    rf"(?<![\d.,]){AMOUNT}"
)
_STATED = re.compile(
    r"(?:tổng (?:kinh phí|số tiền|số kinh phí|nguồn kinh phí|mức đầu tư|dự toán|cộng|nhu cầu)|với số tiền là)" + _UP_TO,
    re.IGNORECASE,
)
#: What is no total by its words, but by the appendix named in brackets right behind it.
_DETAILED = re.compile(r"\bkinh phí (?:đã |được )*(?:bố trí|dự kiến)\b" + _UP_TO, re.IGNORECASE)
#: Money of one source is a part.
_SOURCE = re.compile(r"ngân sách|nguồn|vốn|\bNS", re.IGNORECASE)


def check_stated_amounts(at: Context) -> Sequence[Finding]:
    """``total.text`` in the sections whose text states a table's total."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        spec = at.template.section(section.key)
        if spec is not None and spec.totals and section.text:
            found.extend(_check_total(at, section, spec.totals))
    return found


def _check_total(at: Context, section: Section, keys: Sequence[str]) -> Iterator[Finding]:
    tables = [table for key in keys if (table := find_table(at.plan, key))]
    totals = {id(table): sums.total for table in tables if (sums := at.totals.tables.get(id(table))) and sums.costed}
    if not totals:
        return
    said = printed(section.text, at.placeholder)
    costed = [table for table in tables if id(table) in totals]
    told = [(match, _spoken_of(at, costed, said.text, match)) for match in _STATED.finditer(said.text)]
    known = {match.start("amount") for match, _table in told}
    for match in _DETAILED.finditer(said.text):
        if match.start("amount") not in known and not _SOURCE.search(match["label"]):
            told.append((match, _detailed_in(at, costed, said.text, match)))
    for match, table in told:
        amount = amount_of(match)
        if amount is None or table is None or amount in totals.values():
            continue
        total, unit = totals[id(table)], unit_of(match)
        text = N_("Tổng kinh phí nêu trong mục là {actual}, khác tổng {expected} {unit} của bảng “{table}”.")
        values = {
            "actual": format_amount(amount, unit),
            "expected": format_amount(total, unit),
            "unit": unit_name(unit),
            "table": table.title,
        }
        quote = said.text[match.start("amount") : match.end("unit")].partition("\n")[0]
        yield finding(
            "total.text", section, "text", text, values, expected=total, actual=amount,
            fix=_replaced(said, match, values["expected"], amount, total),
            quote=quote, nth=said.text.count(quote, 0, match.start("amount")),
        )  # fmt: skip


def _spoken_of(at: Context, tables: list[Table], text: str, match: re.Match[str]) -> Table | None:
    """The table that a stated total is of: the only one, or the one whose appendix the rest of the line names."""
    if len(tables) == 1:
        return tables[0]
    line = text[match.start() :].partition("\n")[0]
    names = {id(table): at.placeholder(f"appendix:{table.key}") for table in tables}
    named = [table for table in tables if (name := names[id(table)]) and re.search(rf"{re.escape(name)}\b", line)]
    return named[0] if len(named) == 1 else None


def _detailed_in(at: Context, tables: list[Table], text: str, match: re.Match[str]) -> Table | None:
    """The table whose appendix is named in brackets behind an amount: "… (chi tiết tại Phụ lục III)"."""
    behind = text[match.end() : match.end() + 120].partition("\n")[0]
    bracket = re.match(r"[^();]{0,60}\([^()]{0,40}\)", behind)
    if bracket is None:
        return None
    names = {id(table): at.placeholder(f"appendix:{table.key}") for table in tables}
    named = [
        table for table in tables if (name := names[id(table)]) and re.search(rf"{re.escape(name)}\)", bracket.group())
    ]
    return named[0] if len(named) == 1 else None


def _replaced(said: Printed, match: re.Match[str], right: str, amount: int, total: int) -> Fix | None:
    """The text with the right amount, and its words where they stand beside it."""
    start, end = match.span("amount")
    beside = WITH_WORDS.match(said.text, start)
    typed = said.typed
    if beside is not None and parse_words(beside["words"]) == amount:
        words = beside["words"].strip()
        place = beside.start("words") + beside["words"].index(words)
        # From the back, so that the places before stay where they are.
        typed = said.typed_with(place, place + len(words), amount_in_words(total)) or typed
    text = Printed(typed, said.text, said.pieces).typed_with(start, end, right)
    return None if text is None else Fix(N_("Lấy số tính được"), "text", text)
