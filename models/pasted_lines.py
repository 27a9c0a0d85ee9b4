"""Paragraphs that come from another program, as the text of a section has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.text import Kind, Run, clean, marked

#: How Word and web pages write a bullet of the first and of the second level.
_BULLET = re.compile(r"\s*(?:[•·●▪■◆➢✓–—\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|-)\s+")
_SUBBULLET = re.compile(r"\s*(?:[◦○▫\uf06f]|o|\+)\s+")


@dataclass
class Paragraph:
    """One paragraph or bullet."""

    kind: Kind
    #: Already with marks, or as runs.
    content: str | list[Run]

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else marked(self.content)


def stored(found: Iterable[Paragraph]) -> str:
    """The paragraphs as one text; those without words are left out."""
    lines: list[str] = []
    for paragraph in found:
        own = [line for part in clean(paragraph.text).split("\n") if (line := part.strip())]
        if not own:
            continue
        if paragraph.kind == "text":
            if lines:
                lines.append("")
        else:
            own[0] = ("- " if paragraph.kind == "bullet" else "+ ") + own[0]
        lines.extend(own)
    return "\n".join(lines)


def kind_of(line: str) -> tuple[Kind, str]:
    """What a line of bare text is by the mark typed before it, and the rest of it."""
    if match := _SUBBULLET.match(line):
        return "subbullet", line[match.end() :]
    if match := _BULLET.match(line):
        return "bullet", line[match.end() :]
    return "text", line
