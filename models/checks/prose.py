"""Checks of section texts: placeholders, totals stated in words and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.checks.context import Context
from models.checks.finding import Finding, Fix, finding
from models.errors import AmountError
from models.i18n import N_
from models.money import format_amount, parse_amount
from models.plan import Section, find_table, walk_sections
from models.text import PLACEHOLDER, plain
from models.words import amount_in_words, parse_words

_AMOUNT = r"(?P<amount>\d[\d.,]*\d|\d)\s*(?P<unit>(?:nghìn|ngàn|triệu|tỷ|tỉ)(?:\s+đồng)?|đồng|đ\b|VNĐ|VND)"
#: The total that a sentence states: "Tổng kinh phí … : 5.039.722.000 đồng".
_STATED = re.compile(
    r"(?:tổng (?:kinh phí|số tiền|số kinh phí|nguồn kinh phí|mức đầu tư|dự toán|cộng|nhu cầu)|với số tiền là)"
    rf"(?:[^\n.;\d]|\d(?!\d*[.,]?\d*\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ\b|VN))|[.,;](?=\d))*?(?<![\d.,]){_AMOUNT}",
    re.IGNORECASE,
)
_WITH_WORDS = re.compile(rf"(?<![\d.,]){_AMOUNT}[\s.,;:(]*bằng chữ\s*:?\s*(?P<words>[^).;\n\d]+)", re.IGNORECASE)


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
        printed = plain(at.expand(section.text))
        found.extend(_check_total(at, section, printed))
        found.extend(_check_words(section, printed))
    return found


def _check_total(at: Context, section: Section, printed: str) -> Iterator[Finding]:
    spec = at.template.section(section.key)
    tables = [table for key in (spec.totals if spec else ()) if (table := find_table(at.plan, key)) and table.rows]
    totals = [at.totals.of(table).total for table in tables if at.totals.of(table).costed]
    if not totals:
        return
    for match in _STATED.finditer(printed):
        amount = _amount(match)
        if amount is None or amount in totals:
            continue
        if len(totals) > 1:
            # Several tables, and no telling which of them the sentence means.
            continue
        unit = "million" if "triệu" in match["unit"].lower() else "dong"
        text = N_("Tổng kinh phí nêu trong mục là {actual}, khác tổng {expected} {unit} của bảng “{table}”.")
        values = {
            "actual": format_amount(amount, unit),
            "expected": format_amount(totals[0], unit),
            "unit": "triệu đồng" if unit == "million" else "đồng",
            "table": tables[0].title,
        }
        fix = _replace_total(section, match["amount"], format_amount(totals[0], unit), amount, totals[0])
        yield finding("total.text", section, "text", text, values, expected=totals[0], actual=amount, fix=fix)


def _check_words(section: Section, printed: str) -> Iterator[Finding]:
    for match in _WITH_WORDS.finditer(printed):
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
    for match in _WITH_WORDS.finditer(text.replace("*", " ")):
        words = match["words"].strip()
        if parse_words(words) == amount and text.count(words) == 1:
            text = text.replace(words, amount_in_words(total))
    return Fix(N_("Lấy số tính được"), "text", text)
