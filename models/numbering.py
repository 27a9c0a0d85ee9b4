"""Numbers of headings and table rows: made, never typed.

Styles are those of plan-format.md: ``Phần I``, ``I``, ``1``, ``1.1``, ``a``; letters in the Vietnamese order
(Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from models.plan import Row, Section, Table

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

#: What stands in the number column where the table has no style for that depth.
NO_STYLE = "-"


def roman(number: int) -> str:
    """``number`` (1 or more) in Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def letter(number: int) -> str:
    """The ``number``-th letter from 1 (a, b, c, d, đ, e, g …), after the last one aa, ab …"""
    text = ""
    while number:
        number, rest = divmod(number - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text


def number(style: str, path: Sequence[int], styles: Sequence[str]) -> str:
    """The number of an item in ``style``; ``path`` are the positions from the top, its own last.

    ``styles`` are those of the depths above and its own: ``1.1`` goes on from the number of its parent.
    """
    own = path[-1]
    if style == "Phần I":
        return f"Phần {roman(own)}"
    if style == "I":
        return roman(own)
    if style == "a":
        return letter(own)
    if style == "1.1" and len(path) > 1:
        first = len(path) - 2
        while first > 0 and styles[first] == "1.1":
            first -= 1
        return ".".join(str(position) for position in path[first:])
    return str(own)


def section_numbers(sections: Sequence[Section], outline: Sequence[str]) -> dict[int, str]:
    """The number of every heading (``Phần I``, ``IV``, ``2.1``, ``a``), by ``id()`` of the section."""
    found: dict[int, str] = {}

    def visit(children: Sequence[Section], path: tuple[int, ...]) -> None:
        depth = len(path)
        style = outline[depth] if depth < len(outline) else NO_STYLE
        for index, section in enumerate(children, 1):
            here = (*path, index)
            found[id(section)] = NO_STYLE if style == NO_STYLE else number(style, here, outline)
            visit(section.sections, here)

    visit(sections, ())
    return found


def heading(number_text: str, style: str, text: str) -> str:
    """A heading with its number as printed on one line: ``I. MỤC TIÊU``, ``1.1. …``, ``a) …``."""
    if style == NO_STYLE or not number_text:
        return text
    if style == "a":
        return f"{number_text}) {text}"
    return f"{number_text}. {text}"


def row_numbers(table: Table, styles: Sequence[str]) -> dict[int, str]:
    """The number of every row, by ``id()`` of the row; with ``continuous``, tasks count through all groups."""
    found: dict[int, str] = {}
    counter = itertools.count(1)

    def visit(rows: Sequence[Row], path: tuple[int, ...], in_group: bool) -> None:
        style = styles[len(path)] if len(path) < len(styles) else NO_STYLE
        for index, row in enumerate(rows, 1):
            counted = table.continuous and in_group and not row.is_group and style != NO_STYLE
            here = (*path, next(counter) if counted else index)
            found[id(row)] = NO_STYLE if style == NO_STYLE else number(style, here, styles)
            visit(row.rows, here, row.is_group)

    visit(table.rows, (), True)
    return found
