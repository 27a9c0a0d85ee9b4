"""Styles and automatic numbers of a Word file: how paragraphs look, and the number shown before one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from models.numbering import roman
from models.old_fonts import to_unicode

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def qn(name: str) -> str:
    """``w:p`` as lxml calls it."""
    return _WORD + name.removeprefix("w:")


VAL = qn("w:val")
_OFF = ("0", "false", "off", "none")
#: Styles upon styles, at most: a style may be based on itself.
_MOST_STYLES = 40
_LEVELS = 9
_NO_NUMBER = "0"


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; ``None``: not said here."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This look, with what it does not say from ``below``."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.caps if self.caps is None else self.caps,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it is based on; ``outline``: its level as a heading from 0, -1 for text."""

    name: str = ""
    look: Look = Look()
    outline: int = -1
    number: str = ""
    level: int | None = None
    alignment: str = ""


def children(element: Any, name: str) -> Iterator[Any]:
    """The elements of that name (``w:p``) right in ``element``; none of nothing."""
    return element.iterchildren(qn(name)) if element is not None else iter(())


def child(element: Any, *names: str) -> Any:
    """The first element that the names lead to, one inside the other; ``None`` where there is none."""
    for name in names:
        element = next(children(element, name), None)
    return element


def value(element: Any, *names: str) -> str:
    """``w:val`` of the element that the names lead to; empty where there is none."""
    found = child(element, *names)
    return "" if found is None else found.get(VAL) or ""


def number_of(text: str, otherwise: int) -> int:
    """A whole number of reasonable size."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise


def _switch(properties: Any, name: str) -> bool | None:
    found = child(properties, name)
    return None if found is None else (found.get(VAL) or "1").lower() not in _OFF


def look_of(properties: Any) -> Look:
    """What run properties (``w:rPr``) say."""
    if properties is None:
        return Look()
    fonts = child(properties, "w:rFonts")
    font = None if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    caps = _switch(properties, "w:caps")
    return Look(_switch(properties, "w:b"), _switch(properties, "w:i"), caps, _switch(properties, "w:vanish"), font)


class Styles:
    """The styles of a file; those that are not there are plain ones."""

    def __init__(self, root: Any) -> None:
        self._elements = {style.get(qn("w:styleId")): style for style in children(root, "w:style")}
        default = Look() if root is None else look_of(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        self._default = replace(default, hidden=None)
        self._usual = next(
            (
                name
                for name, style in self._elements.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")
            ),
            None,
        )
        self._found: dict[str | None, Style] = {}

    def paragraph(self, name: str | None) -> Style:
        """The style of that id, else that of plain paragraphs; with what holds for the whole document."""
        found = self.named(name if name in self._elements else self._usual)
        return replace(found, look=found.look.over(self._default))

    def named(self, name: str | None) -> Style:
        """What the style of that id says by itself and what it is based on."""
        if name not in self._found:
            chain: list[Any] = []
            at = name
            while at in self._elements and len(chain) < _MOST_STYLES and self._elements[at] not in chain:
                chain.append(self._elements[at])
                at = value(chain[-1], "w:basedOn")
            self._found[name] = self._together(chain)
        return self._found[name]

    def _together(self, chain: list[Any]) -> Style:
        style = Style()
        for element in reversed(chain):
            own = child(element, "w:pPr")
            numbers = child(own, "w:numPr")
            level = value(own, "w:outlineLvl")
            style = Style(
                value(element, "w:name") or style.name,
                look_of(child(element, "w:rPr")).over(style.look),
                number_of(level, -1) if level else style.outline,
                (value(numbers, "w:numId") or style.number) if numbers is not None else style.number,
                number_of(value(numbers, "w:ilvl"), 0) if value(numbers, "w:ilvl") else style.level,
                value(own, "w:jc") or style.alignment,
            )
        if style.outline > 8:
            style = replace(style, outline=-1)
        match = re.fullmatch(r"(?:heading|tiêu đề|đầu đề) ?([1-9])", style.name.casefold())
        return replace(style, outline=int(match[1]) - 1) if match and style.outline < 0 else style


# ---- numbers


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    plain: bool = False


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a paragraph: ``text`` as Word shows it (``-`` or ``+`` for signs), and on which level."""

    text: str
    level: int
    is_sign: bool


class Numbers:
    """The automatic numbers of a file, counted as Word counts: to be asked paragraph by paragraph, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        abstract = {one.get(qn("w:abstractNumId")): one for one in children(root, "w:abstractNum")}
        own = {one.get(qn("w:numId")): one for one in children(root, "w:num")}
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._overridden: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        for name, element in own.items():
            target = value(element, "w:abstractNumId")
            linked = value(abstract.get(target), "w:numStyleLink")
            if linked:
                target = value(own.get(styles.named(linked).number), "w:abstractNumId") or target
            if target not in self._lists:
                self._lists[target] = _List(_levels(abstract.get(target)))
            self._of[name] = target
            self._starts[name] = {}
            for over in children(element, "w:lvlOverride"):
                at = number_of(over.get(qn("w:ilvl")) or "", 0)
                if child(over, "w:startOverride") is not None:
                    self._starts[name][at] = number_of(value(over, "w:startOverride"), 1)
                if child(over, "w:lvl") is not None:
                    self._overridden.setdefault(name, {})[at] = _level(child(over, "w:lvl"))

    def next(self, name: str, level: int) -> Number | None:
        """The number of the next paragraph of list ``name`` on ``level``; ``None`` where it shows none."""
        if name == _NO_NUMBER or name not in self._of or not 0 <= level < _LEVELS:
            return None
        counted = self._lists[self._of[name]]
        levels = counted.levels | self._overridden.get(name, {})
        here = levels.get(level, _Level(text=f"%{level + 1}."))
        # The first paragraph of a list that begins anew.
        started = self._starts[name].pop(level, None)
        if started is not None:
            counted.counts[level] = started
        else:
            counted.counts[level] = counted.counts.get(level, here.start - 1) + 1
        for below in [at for at in counted.counts if at > level]:
            restart = levels.get(below, _Level()).restart
            if restart != 0 and (restart is None or level < restart):
                del counted.counts[below]
        if here.form == "bullet":
            sign = here.text.strip()
            return Number("+" if sign in ("+", "o", "○", "◦", "▫") or (level and sign != "-") else "-", level, True)
        if here.form == "none" and not here.text:
            return None

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            its = levels.get(at, _Level())
            count = counted.counts.get(at, its.start)
            return _written(count, "decimal" if here.plain else its.form)

        text = re.sub("%([1-9])", shown, here.text).strip()
        return Number(text, level, False) if text else None


def _levels(element: Any) -> dict[int, _Level]:
    return {number_of(one.get(qn("w:ilvl")) or "", 0): _level(one) for one in children(element, "w:lvl")}


def _level(element: Any) -> _Level:
    restart = value(element, "w:lvlRestart")
    font = look_of(child(element, "w:rPr")).font or ""
    return _Level(
        value(element, "w:numFmt") or "decimal",
        to_unicode(value(element, "w:lvlText")[:60], font),
        number_of(value(element, "w:start"), 1),
        number_of(restart, 0) if restart else None,
        bool(_switch(element, "w:isLgl")),
    )


def _written(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 26 * 30:
        # Word goes on with AA, BB, CC.
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form == "none":
        return ""
    return f"{count:02d}" if form == "decimalZero" else str(count)
