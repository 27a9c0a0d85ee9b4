"""What the body of a plan prints, in order, whatever the kind of file: headings, text, tables.

The numbers agree with the window's: every section the plan has is printed, an empty one as its heading alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from models import text as texts
from models.bases import basis_text
from models.exports import phrases
from models.numbering import NO_STYLE, section_numbers
from models.plan import LegalBasis, Plan, Section, Table
from models.template import Template
from models.text import Run
from models.totals import Totals

TextKind = Literal["text", "bullet", "subbullet", "basis"]


@dataclass(slots=True)
class Heading:
    """A heading: its number (``Phần I``, ``IV``, ``a``), the outline style, its depth from 0, and its section."""

    number: str
    style: str
    text: str
    depth: int
    part: Section | None = None


@dataclass(slots=True)
class Text:
    """A paragraph or bullet, placeholders filled in, its mark not in ``runs``; ``part`` is the basis it cites."""

    kind: TextKind
    runs: tuple[Run, ...]
    part: LegalBasis | None = None


@dataclass(slots=True)
class InBody:
    """A table printed in its section."""

    table: Table


Item = Heading | Text | InBody


def outline_of(plan: Plan, template: Template) -> tuple[str, ...]:
    """The number styles of the headings by depth: the plan's own, else the template's."""
    return tuple(template.outline if plan.outline is None else plan.outline)


def body(plan: Plan, template: Template, totals: Totals) -> list[Item]:
    """The whole body up to the signature; its last sentence ends with ``./.`` (mục II.6)."""
    outline = outline_of(plan, template)
    numbers = section_numbers(plan.sections, outline)
    expand = texts.expanded(plan, template, totals)
    tables: dict[str, list[Table]] = {}
    for table in plan.tables:
        if table.section and table.rows:
            tables.setdefault(table.section, []).append(table)
    items: list[Item] = []
    keys: set[str] = set()

    def visit(sections: list[Section], depth: int) -> None:
        style = outline[depth] if depth < len(outline) else NO_STYLE
        for section in sections:
            keys.add(section.key)
            items.append(Heading(numbers[id(section)], style, section.heading.strip(), depth, section))
            items.extend(_texts(section.text, expand))
            if section.key == texts.BASES_SECTION:
                items.extend(_bases(plan, plan.print_options.get("bases", "bullets"), under_heading=True))
            # Two sections of one key print its tables once.
            items.extend(InBody(table) for table in tables.pop(section.key, ()))
            visit(section.sections, depth + 1)

    visit(plan.sections, 0)
    if texts.BASES_SECTION not in keys:
        items[:0] = _bases(plan, plan.print_options.get("bases", "paragraphs"), under_heading=False)
    _close(items)
    return items


def _texts(text: str, expand: Callable[[str], str]) -> Iterator[Text]:
    for paragraph in texts.paragraphs(expand(text)):
        yield Text(paragraph.kind, paragraph.runs)


def _bases(plan: Plan, form: str, under_heading: bool) -> list[Item]:
    """The legal bases as paragraphs (mục II.6.b) or as bullets, which ``under_heading`` need no "Căn cứ"."""
    sentence = basis_text if form == "bullets" and under_heading else phrases.basis_sentence
    cited = [
        (text, basis) for basis in plan.legal_bases if (text := phrases.without_ending(sentence(basis).strip("- ")))
    ]
    kind: TextKind = "bullet" if form == "bullets" else "basis"
    return [
        Text(kind, (Run(text + (";" if number < len(cited) else ".")),), basis)
        for number, (text, basis) in enumerate(cited, 1)
    ]


def _close(items: list[Item]) -> None:
    """End the body with ``./.`` in the place of whatever mark it ends with."""
    last = items[-1] if items else None
    if isinstance(last, Heading):
        last.text = phrases.without_ending(last.text) + "./."
    elif isinstance(last, Text):
        runs = list(last.runs)
        while runs and not phrases.without_ending(runs[-1].text):
            runs.pop()
        if runs:
            runs[-1] = dataclasses.replace(runs[-1], text=phrases.without_ending(runs[-1].text) + "./.")
        last.runs = tuple(runs)
    elif isinstance(last, InBody):
        items.append(Text("text", (Run("./."),)))
