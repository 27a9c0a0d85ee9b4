"""Reads the HTML that other programs put on the clipboard as paragraphs, bullets, bold and italic.

Word writes a list as paragraphs with a level (``mso-list``) and the bullet or number that it made; LibreOffice, Outlook
and browsers write lists. Comments, footnotes, deleted text and what is hidden are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from models.numbering import letter, roman
from models.pasted_lines import Paragraph, kind_of
from models.plan import FORBIDDEN
from models.text import Kind, Run

#: A bullet that Word made, in whatever font: · o § - +; all else is a number: 1. · a) · Điều 1.
_MADE_BULLET = re.compile(r"[^\d\s]{0,2}(?<![.)])")

#: Tables in tables, deeper than which rows are no rows any more.
_DEEPEST = 6

_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LEVEL = re.compile(r"mso-list:[^;]{0,40}?\blevel(\d{1,2})")

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset"]
).union(
    ["figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend"],
    ["li", "main", "nav", "ol", "p", "pre", "section", "ul"],
)
#: Of these, libxml2 tells no end that could be waited for; they hold nothing.
_VOID = frozenset(["area", "base", "col", "embed", "frame", "img", "input", "link", "meta", "param", "source", "track"])
_DROPPED = _VOID.union(
    ["applet", "audio", "button", "canvas", "colgroup", "del", "frameset", "head", "iframe", "map", "math", "noscript"],
    ["object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml"],
)
#: Word's comments and footnotes: the marks in the text, and the lists at its end.
_NOTES = re.compile(r"mso-element:\s*(?:comment|footnote|endnote)|mso-hide:\s*all|display:\s*none|visibility:\s*hidden")
_NOTE_CLASSES = ("msocommentreference", "msofootnotereference", "msoendnotereference", "msocomanchor", "msocomtxt")


def read_html(html: str) -> list[Paragraph]:
    """The paragraphs of a fragment or a page. Nothing is loaded from anywhere, and anything broken is read somehow."""
    # Loaded here: it takes its time, and most days bring no HTML.
    from lxml import etree

    reader = _Reader()
    # The encoding is ours, whatever the page says that it was.
    parser: Any = etree.HTMLParser(
        target=reader, encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    # Tabs and line breaks are blanks there, all else is nothing.
    text = FORBIDDEN.sub(" ", html)
    try:
        parser.feed((text if "<body" in text.lower() else f"<html><body>{text}</body></html>").encode("utf-8"))
        parser.close()
    except etree.LxmlError:
        # Not even broken HTML, such as an empty text.
        pass
    return reader.result()


@dataclass(slots=True)
class _Item:
    """An ``li``: what its first paragraph is, and that paragraph once it is there."""

    kind: Kind = "text"
    prefix: str = ""
    first: Paragraph | None = None


@dataclass(slots=True)
class _Element:
    tag: str
    bold: bool = False
    italic: bool = False
    dropped: bool = False
    kept_breaks: bool = False
    #: Text is the bullet or number that Word made.
    marker: bool = False


@dataclass(slots=True)
class _List:
    numbered: bool
    #: How many lists of bullets it lies in, itself among them.
    level: int
    style: str = "1"
    number: int = 0


@dataclass(slots=True)
class _Place:
    """Where paragraphs go: the page, or a cell of a table. Lists and open items are its own."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)


class _Reader:
    """Takes the events of the parser; no tree is built, so that depth costs nothing."""

    def __init__(self) -> None:
        self._open = [_Element("")]
        self._places = [_Place()]
        #: Of each open table, the cells of its row so far.
        self._rows: list[list[list[Paragraph]]] = []
        self._runs: list[Run] = []
        self._marker: list[str] = []
        self._level = 0

    def result(self) -> list[Paragraph]:
        while self._rows:
            self._end_cell()
            self._end_row()
            self._rows.pop()
        self._end_paragraph()
        return self._places[0].paragraphs

    # ---- events

    def start(self, tag: Any, attributes: Any) -> None:
        tag = str(tag).lower()
        if tag in _VOID:
            return
        if tag in ("table", "tr", "td", "th") and (len(self._rows) > _DEEPEST or (tag != "table" and not self._rows)):
            tag = "div"
        above, style = self._open[-1], attributes.get("style", "").lower()
        element = _Element(tag, above.bold, above.italic, above.dropped, above.kept_breaks, above.marker)
        element.dropped |= tag in _DROPPED or _is_note(attributes, style)
        element.bold = _weight(style, element.bold or tag in ("b", "strong"))
        element.italic = _slant(style, element.italic or tag in ("i", "em"))
        element.kept_breaks |= tag == "pre"
        element.marker |= bool(re.search(r"mso-list:\s*ignore", style))
        self._open.append(element)
        if element.dropped:
            return
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag in _BLOCKS or tag in ("table", "tr", "td", "th"):
            self._end_paragraph()
            self._begin_block(tag, attributes, style)

    def end(self, tag: Any) -> None:
        tag = str(tag).lower()
        # The parser ends what it began, in order; a row may be none here.
        if tag not in _VOID and len(self._open) > 1:
            self._close(self._open.pop())

    def data(self, text: str) -> None:
        element = self._open[-1]
        if element.dropped:
            return
        if element.marker:
            self._marker.append(text)
            return
        if not element.kept_breaks:
            text = _BLANKS.sub(" ", text)
            if text.startswith(" ") and (not self._runs or self._runs[-1].text[-1].isspace()):
                text = text[1:]
        if text:
            self._runs.append(Run(text, element.bold, element.italic))

    def close(self) -> None:
        """Called by the parser at the end."""

    # ---- blocks

    def _begin_block(self, tag: str, attributes: Any, style: str) -> None:
        place = self._places[-1]
        if found := _LEVEL.search(style):
            self._level = int(found[1])
        if tag in ("ul", "ol"):
            start = attributes.get("start", "1")
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            level = (place.lists[-1].level if place.lists else 0) + (tag == "ul")
            place.lists.append(_List(tag == "ol", level, attributes.get("type", "1")[:1] or "1", first - 1))
        elif tag == "li":
            place.items.append(self._item(attributes))
        elif tag == "table":
            self._rows.append([])
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._places.append(_Place())

    def _item(self, attributes: Any) -> _Item:
        lists = self._places[-1].lists
        stated = attributes.get("aria-level", attributes.get("data-aria-level", ""))
        level = lists[-1].level if lists else 1
        if self._level or stated in ("1", "2", "3", "4", "5", "6", "7", "8", "9"):
            level = self._level or int(stated)
        self._level = 0
        if not lists or not lists[-1].numbered:
            return _Item("subbullet" if level > 1 else "bullet")
        lists[-1].number += 1
        return _Item("text", _number(lists[-1].number, lists[-1].style) + " ")

    def _close(self, element: _Element) -> None:
        if element.dropped:
            return
        tag, place = element.tag, self._places[-1]
        if tag in _BLOCKS or tag == "table":
            self._end_paragraph()
        if tag in ("ul", "ol") and place.lists:
            place.lists.pop()
        elif tag == "li" and place.items:
            place.items.pop()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._rows.pop()

    def _end_cell(self) -> None:
        self._end_paragraph()
        if len(self._places) > 1:
            self._rows[-1].append(self._places.pop().paragraphs)

    def _end_row(self) -> None:
        """The cells as one line; where only one holds anything (tables made for the layout), as they are."""
        cells = [cell for cell in self._rows[-1] if cell]
        self._rows[-1] = []
        if len(cells) == 1:
            self._places[-1].paragraphs.extend(cells[0])
        elif cells:
            runs: list[Run] = []
            for index, cell in enumerate(cells):
                runs.extend([Run(" – ")] if index else [])
                for number, paragraph in enumerate(cell):
                    runs.extend([Run(" ")] if number else [])
                    assert not isinstance(paragraph.content, str)
                    runs.extend(Run(run.text.replace("\n", " "), run.bold, run.italic) for run in paragraph.content)
            self._places[-1].paragraphs.append(Paragraph("text", runs))

    def _end_paragraph(self) -> None:
        runs, marker, level = self._runs, "".join(self._marker).strip(), self._level
        self._runs, self._marker, self._level = [], [], 0
        place = self._places[-1]
        for index, (kind, line) in enumerate(_lines(runs)):
            item = place.items[-1] if place.items else None
            last = place.paragraphs[-1] if place.paragraphs else None
            if index == 0 and (marker or level):
                kind, line = _made(line, marker, level)
                place.paragraphs.append(Paragraph(kind, line))
            elif item is not None and item.first is None:
                item.first = Paragraph(item.kind, [Run(item.prefix), *line] if item.prefix else line)
                place.paragraphs.append(item.first)
            elif kind == "text" and last is not None and (index or (item is not None and last is item.first)):
                assert not isinstance(last.content, str)
                last.content += [Run("\n"), *line]
            else:
                place.paragraphs.append(Paragraph(kind, line))


def _lines(runs: list[Run]) -> Iterator[tuple[Kind, list[Run]]]:
    """The lines of a paragraph that hold anything, each without the mark of a bullet that was typed before it."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.bold, run.italic))
        lines.extend([Run(text, run.bold, run.italic)] for text in others)
    for line in lines:
        text = "".join(run.text for run in line)
        if not text.strip():
            continue
        kind, rest = kind_of(text)
        yield kind, _behind(line, len(text) - len(rest))


def _behind(line: list[Run], length: int) -> list[Run]:
    """A line without its first ``length`` characters."""
    found = []
    for run in line:
        taken = min(length, len(run.text))
        length -= taken
        if taken < len(run.text):
            found.append(Run(run.text[taken:], run.bold, run.italic))
    return found


def _made(line: list[Run], marker: str, level: int) -> tuple[Kind, list[Run]]:
    """The first line of a paragraph of Word that has a made bullet or number."""
    if not _MADE_BULLET.fullmatch(marker):
        return "text", [Run(marker + " "), *line]
    return ("subbullet" if level > 1 or marker in ("+", "o", "\uf06f") else "bullet"), line


def _number(value: int, style: str) -> str:
    if style in ("i", "I"):
        return f"{roman(value).lower() if style == 'i' else roman(value)}." if 0 < value < 4000 else f"{value}."
    if style in ("a", "A") and value > 0:
        return f"{letter(value)})" if style == "a" else f"{letter(value).upper()}."
    return f"{value}."


def _is_note(attributes: Any, style: str) -> bool:
    return bool(
        _NOTES.search(style) or "hidden" in attributes or attributes.get("class", "").lower().startswith(_NOTE_CLASSES)
    )


def _weight(style: str, bold: bool) -> bool:
    found = re.findall(r"(?<![\w-])font-weight:\s*(\w+)", style)
    if not found:
        return bold
    weight = found[-1]
    return weight in ("bold", "bolder") or (re.fullmatch("[0-9]{3,4}", weight) is not None and int(weight) >= 600)


def _slant(style: str, italic: bool) -> bool:
    found = re.findall(r"(?<![\w-])font-style:\s*(\w+)", style)
    return found[-1] in ("italic", "oblique") if found else italic
