"""Checks of section texts: placeholders, totals stated in words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from models.checks.context import Context
from models.checks.finding import Finding, Fix, finding
from models.errors import AmountError
from models.i18n import N_
from models.money import format_amount, parse_amount, unit_name
from models.plan import Section, Table, find_table, walk_sections
from models.text import PLACEHOLDER, plain
from models.words import amount_in_words, parse_words

#: An amount in a sentence, as the groups ``amount`` and ``unit``.
AMOUNT = r"(?P<amount>\d[\d.,]*\d|\d)\s*(?P<unit>(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+đồng)?|đồng|đ\b|VNĐ|VND)"
#: The total that a sentence states: "Tổng kinh phí … : 5.039.722.000 đồng". Bounded: text of any length is searched
#: at every edit.
_STATED = re.compile(
    r"(?:tổng (?:kinh phí|số tiền|số kinh phí|nguồn kinh phí|mức đầu tư|dự toán|cộng|nhu cầu)|với số tiền là)"
    r"(?:[^\n.;\d]|\d(?!\d{0,20}[.,]?\d{0,20}\s{0,5}(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ\b|VN))|[.,;](?=\d)){0,300}?"
    rf"(?<![\d.,]){AMOUNT}",
    re.IGNORECASE,
)
_UNITS = {"nghìn": "thousand", "ngàn": "thousand", "triệu": "million", "tỷ": "billion", "tỉ": "billion"}
#: A count with its share: "31 thủ tục (57,40%)".
_SHARE = re.compile(
    r"(?<![\d.,])(?P<count>\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})\s+(?P<unit>[^\W\d][^\d\n(),;:.%]{0,40}?)\s*"
    r"\((?:chiếm |đạt |tỷ lệ |bằng )?(?P<share>\d{1,3}(?:,\d{1,4})?)\s?%"
)
#: Texts whose search is remembered: those of a plan or two, which are looked at after every edit of it.
_KEPT = 256
#: An amount with its words (group ``words``) behind it.
WITH_WORDS = re.compile(rf"(?<![\d.,]){AMOUNT}[\s.,;:(]*bằng chữ\s*:?\s*(?P<words>[^).;\n\d]+)", re.IGNORECASE)


@lru_cache(maxsize=_KEPT)
def _plain(text: str) -> str:
    return plain(text)


@lru_cache(maxsize=_KEPT)
def _stated(printed: str) -> tuple[re.Match[str], ...]:
    return tuple(_STATED.finditer(printed))


@lru_cache(maxsize=_KEPT)
def _with_words(printed: str) -> tuple[re.Match[str], ...]:
    return tuple(WITH_WORDS.finditer(printed))


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
                found.append(finding("text.placeholder", section, "text", text, {"name": name}, actual=name))
    return found


def check_stated_amounts(at: Context) -> Sequence[Finding]:
    """``total.text`` in the sections whose text states a table's total, and ``words.text`` in all."""
    found: list[Finding] = []
    for section in walk_sections(at.plan.sections):
        if not section.text:
            continue
        printed = _plain(at.expand(section.text))
        found.extend(_check_total(at, section, printed))
        found.extend(_check_words(section, printed))
    return found


def check_stated_shares(at: Context) -> Sequence[Finding]:
    """``indicator.share`` of a percentage beside a count that is an indicator: "31 thủ tục (57,40%)" of 54."""
    plan, found = at.plan, list[Finding]()
    ratios = [spec for spec in at.template.indicators if spec.ratio_of and plan.indicators.get(spec.ratio_of, 0) >= 1]
    for section in walk_sections(plan.sections) if ratios else ():
        if "%" not in section.text:
            continue
        for match in _SHARE.finditer(_plain(at.expand(section.text))):
            count, unit = int(match["count"].replace(".", "")), match["unit"].casefold()
            meant = [
                spec
                for spec in ratios
                if plan.indicators.get(spec.key) == count and spec.unit and unit.startswith(spec.unit.casefold())
            ]
            # Two indicators of the same count may be shares of different wholes: no telling which is meant.
            if len({plan.indicators[spec.ratio_of] for spec in meant}) == 1:
                found.extend(_check_share(section, match, meant[0].label, count / plan.indicators[meant[0].ratio_of]))
    return found


def _check_share(section: Section, match: re.Match[str], label: str, share: float) -> Iterator[Finding]:
    written = match["share"]
    stated, decimals = float(written.replace(",", ".")), len(written.partition(",")[2])
    if abs(100 * share - stated) <= 0.5 * 10**-decimals + 1e-9:
        return
    computed = round(100 * share, decimals)
    right = f"{computed:.{decimals}f}".replace(".", ",")
    text = N_("“{label}” đã nêu {actual}%, tính được {expected}%.")
    values = {"label": label, "actual": written, "expected": right}
    fix = None
    if section.text.count(f"{written}%") == 1:
        fix = Fix(N_("Lấy số tính được"), "text", section.text.replace(f"{written}%", f"{right}%"))
    yield finding("indicator.share", section, "text", text, values, expected=computed, actual=stated, fix=fix)


def _check_total(at: Context, section: Section, printed: str) -> Iterator[Finding]:
    spec = at.template.section(section.key)
    tables = [table for key in (spec.totals if spec else ()) if (table := find_table(at.plan, key))]
    totals = {id(table): sums.total for table in tables if (sums := at.totals.tables.get(id(table))) and sums.costed}
    for match in _stated(printed) if totals else ():
        amount = _amount(match)
        if amount is None or amount in totals.values():
            continue
        table = _spoken_of(at, [table for table in tables if id(table) in totals], printed, match)
        if table is None:
            continue
        total, unit = totals[id(table)], _unit(match)
        text = N_("Tổng kinh phí nêu trong mục là {actual}, khác tổng {expected} {unit} của bảng “{table}”.")
        values = {
            "actual": format_amount(amount, unit),
            "expected": format_amount(total, unit),
            "unit": unit_name(unit),
            "table": table.title,
        }
        fix = _replace_total(section, match["amount"], values["expected"], amount, total)
        yield finding("total.text", section, "text", text, values, expected=total, actual=amount, fix=fix)


def _spoken_of(at: Context, tables: list[Table], printed: str, match: re.Match[str]) -> Table | None:
    """The table that a stated total is of: the only one, or the one whose appendix the rest of the line names."""
    if len(tables) == 1:
        return tables[0]
    line = printed[match.start() :].partition("\n")[0]
    names = {id(table): at.placeholder(f"appendix:{table.key}") for table in tables}
    named = [table for table in tables if (name := names[id(table)]) and re.search(rf"{re.escape(name)}\b", line)]
    return named[0] if len(named) == 1 else None


def _unit(match: re.Match[str]) -> str:
    """The unit (as for ``format_amount``) that an amount in a text is in."""
    said = match["unit"].lower()
    return next((unit for word, unit in _UNITS.items() if word in said), "dong")


def _check_words(section: Section, printed: str) -> Iterator[Finding]:
    for match in _with_words(printed):
        amount, said = _amount(match), parse_words(match["words"])
        if amount is None or said is None or amount == said:
            continue
        text = N_("Số tiền {amount} {unit} và phần bằng chữ “{words}” khác nhau.")
        right = amount_in_words(amount)
        values = {"amount": match["amount"], "unit": match["unit"], "words": match["words"].strip()}
        written = match["words"].strip()
        fix = (
            Fix(N_("Viết lại bằng chữ"), "text", section.text.replace(written, right, 1))
            if section.text.count(written) == 1
            else None
        )
        yield finding("words.text", section, "text", text, values, expected=right, actual=written, fix=fix)


def _amount(match: re.Match[str]) -> int | None:
    """The amount (đồng) that a match gives; ``None`` where it is no clear one."""
    unit = match["unit"].lower()
    try:
        return parse_amount(f"{match['amount']} {'đồng' if unit == 'đ' else unit}", "dong")
    except AmountError:
        return None


def _replace_total(section: Section, written: str, right: str, amount: int, total: int) -> Fix | None:
    """The text with the right amount, and its words where they stand beside it."""
    if section.text.count(written) != 1:
        return None
    text = section.text.replace(written, right)
    for match in WITH_WORDS.finditer(text.replace("*", " ")):
        words = match["words"].strip()
        if parse_words(words) == amount and text.count(words) == 1:
            text = text.replace(words, amount_in_words(total))
    return Fix(N_("Lấy số tính được"), "text", text)
