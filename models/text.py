"""The text of a section: paragraphs and bullets, bold and italic, placeholders (plan-format.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from models import totals as sums
from models.letters import neutral
from models.money import LIMIT, format_amount, format_percent
from models.numbering import roman
from models.plan import FORBIDDEN, Plan, Row, Table, find_table, walk_rows, walk_sections
from models.template import Template
from models.totals import Totals
from models.words import amount_in_words

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c]")

#: The section in which the legal bases are printed; in a plan without it, before the first section.
BASES_SECTION = "plan.bases"

Kind = Literal["text", "bullet", "subbullet"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or bullet; ``runs`` may hold line breaks."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of ``text``: an empty line ends one, ``- `` and ``+ `` begin bullets of two levels."""
    found: list[Paragraph] = []
    kind: Kind = "text"
    lines: list[str] = []

    def close() -> None:
        if lines:
            found.append(Paragraph(kind, runs("\n".join(lines))))
            lines.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            close()
            kind = "text"
        elif stripped.startswith(("- ", "+ ")):
            close()
            kind = "bullet" if stripped[0] == "-" else "subbullet"
            lines.append(stripped[2:].strip())
        else:
            lines.append(stripped)
    close()
    return found


def runs(text: str) -> tuple[Run, ...]:
    """``text`` cut at its ``**bold**`` and ``*italic*`` marks; a mark without its partner is a plain asterisk."""
    found: list[Run] = []
    bold = italic = False
    tokens = re.split(r"(\*\*|\*)", text)
    last = {token: index for index, token in enumerate(tokens)}
    for index, token in enumerate(tokens):
        if token == "**" and (bold or index < last[token]):
            bold = not bold
        elif token == "*" and (italic or index < last[token]):
            italic = not italic
        elif token:
            found.append(Run(token, bold, italic))
    return tuple(found)


def marked(found: Iterable[Run]) -> str:
    """The reverse of ``runs``: one paragraph with its marks. Blanks at the edge of a style are left outside of it.

    An asterisk that would be read as a mark is written as ``•``: the conventions have no way to say it.
    """
    pieces = _without_styled_edges(list(found))
    text = _with_marks(pieces)
    if any("*" in piece.text for piece in pieces) and _joined(runs(text)) != _joined(pieces):
        text = _with_marks([Run(piece.text.replace("*", "•"), piece.bold, piece.italic) for piece in pieces])
    return text


def _without_styled_edges(found: list[Run]) -> list[Run]:
    """The runs with blanks in the style that the letters on both sides have in common, and in none at the ends."""
    pieces: list[Run] = []
    for run in found:
        core = run.text.strip()
        start = run.text.find(core) if core else 0
        for text in (run.text[:start], core, run.text[start + len(core) :]):
            if text:
                pieces.append(Run(text, run.bold, run.italic))
    letters = [index for index, piece in enumerate(pieces) if not piece.text.isspace()]
    before = -1
    for after in [*letters, len(pieces)]:
        sides = [pieces[index] for index in (before, after) if 0 <= index < len(pieces)]
        for index in range(before + 1, after):
            bold, italic = (
                len(sides) == 2 and all(getattr(side, name) for side in sides) for name in ("bold", "italic")
            )
            pieces[index] = Run(pieces[index].text, bold, italic)
        before = after
    return pieces


def _with_marks(found: Iterable[Run]) -> str:
    written: list[str] = []
    bold = italic = False
    for run in [*found, Run("")]:
        written.append("**" * (run.bold != bold) + "*" * (run.italic != italic) + run.text)
        bold, italic = run.bold, run.italic
    return "".join(written)


def _joined(found: Iterable[Run]) -> list[Run]:
    """The runs with those of one style in one."""
    joined: list[Run] = []
    for run in found:
        if joined and (joined[-1].bold, joined[-1].italic) == (run.bold, run.italic):
            joined[-1] = Run(joined[-1].text + run.text, run.bold, run.italic)
        else:
            joined.append(run)
    return joined


def plain(text: str) -> str:
    """``text`` without its bold and italic marks."""
    return "".join(run.text for run in runs(text))


def clean(text: str) -> str:
    """Typed or pasted text as the plan document takes it: NFC, no control characters but line breaks.

    Signs that turn the direction of writing, and blanks that nobody sees, go (``models.letters``).
    """
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return neutral(FORBIDDEN.sub("", text))


# ---- placeholders


def expand(text: str, values: Callable[[str], str | None]) -> str:
    """``text`` with its placeholders replaced by ``values(name)``; an unknown one stays as it is."""

    def replace(match: re.Match[str]) -> str:
        value = values(match.group(1))
        return match.group(0) if value is None else value

    return PLACEHOLDER.sub(replace, text) if "{" in text else text


def placeholders(plan: Plan, template: Template, totals: Totals) -> Callable[[str], str | None]:
    """What each placeholder prints in this plan; the function gives ``None`` for an unknown one."""
    names: dict[int, str] | None = None

    def value(name: str) -> str | None:
        nonlocal names
        kind, colon, key = name.partition(":")
        if not colon:
            if plan.period_from is None or kind not in ("year", "previous_year"):
                return None
            return str(plan.period_from - (kind == "previous_year"))
        if kind == "indicator":
            if key in plan.indicators:
                return format_number(plan.indicators[key])
            return "0" if template.indicator(key) else None
        if kind == "share":
            table = security_table(plan, template) if key == "security" else None
            if table is None:
                return None
            found = totals.of(table)
            return format_percent(found.security, found.total)
        table = find_table(plan, key)
        if table is None:
            return None
        if kind == "appendix":
            names = appendix_names(plan, template) if names is None else names
            return names.get(id(table))
        if table.is_register:
            return None
        total = totals.of(table).total
        if kind == "total":
            return f"{format_amount(total, 'dong')} đồng"
        if kind == "total_million":
            return f"{format_amount(total, 'million')} triệu đồng"
        if kind == "words":
            # Beyond what the program takes as an amount there are no words either.
            return amount_in_words(total) if abs(total) <= LIMIT else f"{format_amount(total, 'dong')} đồng"
        return None

    return value


def placeholder_names(plan: Plan, template: Template) -> Iterator[str]:
    """The placeholders that this plan can use, in the order they are offered."""
    for table in plan.tables:
        if not table.is_register:
            yield from (f"total:{table.key}", f"total_million:{table.key}", f"words:{table.key}")
    yield "share:security"
    yield from ("year", "previous_year")
    yield from (f"appendix:{table.key}" for table in appendices(plan, template))
    yield from (f"indicator:{indicator.key}" for indicator in template.indicators)


def security_table(plan: Plan, template: Template) -> Table | None:
    """The table whose security share is held to the template's limit: the plan's own list of tasks."""
    keys = [spec.key for spec in template.tables if spec.span == "plan" and not spec.columns]
    return next((table for table in plan.tables if table.key in keys and not table.is_register), None)


def format_number(number: int | float) -> str:
    """A count or a percentage as printed: ``1.234``, ``37,04``."""
    whole, _dot, decimals = f"{number:,.4f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + ("," + decimals if decimals else "")


# ---- appendices


def appendices(plan: Plan, template: Template) -> list[Table]:
    """The tables printed as appendices, in order: those of no section in the plan, if they hold rows or must."""
    keys = {section.key for section in walk_sections(plan.sections) if section.key}
    found = []
    for table in plan.tables:
        spec = template.table(table.key)
        if table.section not in keys and (table.rows or (spec and spec.required)):
            found.append(table)
    return found


def appendix_names(plan: Plan, template: Template) -> dict[int, str]:
    """The printed name of each appendix, by ``id()`` of the table: "Phụ lục", or numbered where there are several.

    Nghị định 30/2020/NĐ-CP, Phụ lục I: two or more appendices take Roman numerals.
    """
    tables = appendices(plan, template)
    count = len(tables) + has_charts(plan)
    return {id(table): _appendix_name(index, count) for index, table in enumerate(tables, 1)}


def charts_name(plan: Plan, template: Template) -> str:
    """The printed name of the appendix of charts, which is the last one; empty where the plan prints none."""
    if not has_charts(plan):
        return ""
    count = len(appendices(plan, template)) + 1
    return _appendix_name(count, count)


def has_charts(plan: Plan) -> bool:
    """Whether an appendix of charts is printed: where it is wanted, and an amount is there to be drawn."""
    if not plan.print_options.get("charts"):
        return False
    tables = (table for table in plan.tables if not table.is_register)
    return any(_is_costed(row) for table in tables for row in walk_rows(table.rows))


def _is_costed(row: Row) -> bool:
    return any(amount is not None for amount in (row.total, *row.funding.values(), *row.years.values()))


def _appendix_name(number: int, count: int) -> str:
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(number)}"


def expanded(plan: Plan, template: Template, totals: Totals | None = None) -> Callable[[str], str]:
    """A function that gives a section's text as it is printed."""
    values = placeholders(plan, template, totals or sums.compute(plan))
    return lambda text: expand(text, values)
