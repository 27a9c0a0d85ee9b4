"""Small Word files for tests: paragraphs and tables put together from the XML that Word writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from models.imports import word
from models.imports.grid import Grid

SPACES = nsdecls("w", "wp", "a", "r", "pic", "m") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs (``r``) or of bare text."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{own}{properties}</w:pPr>{inside}</w:p>"


def r(text: str, bold: bool = False, italic: bool = False, font: str = "", more: str = "") -> str:
    """A run; ``\\t`` and ``\\n`` in it are a tab and a line break."""
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    look += "<w:b/>" * bold + "<w:i/>" * italic + more
    pieces = ""
    for piece in re.split("([\t\n])", text):
        pieces += {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, f'<w:t xml:space="preserve">{piece}</w:t>')
    return f"<w:r><w:rPr>{look}</w:rPr>{pieces}</w:r>"


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def tbl(*rows: list[str]) -> str:
    """A table; a cell is text, or whatever its ``w:tc`` holds."""
    made = ""
    for row in rows:
        cells = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in row)
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def tc(text: str = "", span: int = 1, down: str = "", inside: str = "") -> str:
    """A cell over ``span`` columns; ``down``: ``restart`` or ``continue``."""
    properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (f'<w:vMerge w:val="{down}"/>' if down else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or p(text)}</w:tc>"


def numbering(*lists: str) -> str:
    """A part of lists: each the levels (``level``) of one, numbered from 1."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(lists, 1)
    )
    made += "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(lists) + 1))
    return made


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def make(*body: str, lists: str = "", styles: str = "", parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A Word file with that body; ``parts``: by kind (``footnotes``) the name of the root and what it holds."""
    made: Any = docx.Document()
    root = made.element.body
    for element in list(root)[:-1]:
        root.remove(element)
    for at, element in enumerate(parse_xml(f"<w:body {SPACES}>{''.join(body)}</w:body>")):
        root.insert(at, element)
    if lists:
        element = made.part.numbering_part.element
        for old in list(element):
            element.remove(old)
        for one in parse_xml(f"<w:numbering {SPACES}>{lists}</w:numbering>"):
            element.append(one)
    for one in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
        made.styles.element.append(one)
    stream = io.BytesIO()
    made.save(stream)
    return _with_parts(stream.getvalue(), parts or {})


def _with_parts(data: bytes, more: Mapping[str, tuple[str, str]]) -> bytes:
    if not more:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        found = {name: zipped.read(name) for name in zipped.namelist()}
    beside = "word/_rels/document.xml.rels"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for number, (kind, (root, inside)) in enumerate(more.items()):
        found[f"word/{kind}.xml"] = f"<w:{root} {SPACES}>{inside}</w:{root}>".encode()
        link = f'<Relationship Id="more{number}" Type="{base}/{kind}" Target="{kind}.xml"/></Relationships>'
        found[beside] = found[beside].replace(b"</Relationships>", link.encode())
        content = f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>'
        found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(b"</Types>", content.encode())
    return packed(found)


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def read(folder: Path, data: bytes, name: str = "kế hoạch.docx") -> word.WordFile:
    path = folder / name
    path.write_bytes(data)
    return word.read(path)


def lines(found: word.WordFile) -> list[str]:
    """The paragraphs with their numbers and marks, and the rows of tables."""
    shown: list[str] = []
    for block in found.blocks:
        if isinstance(block, Grid):
            shown += [" | ".join(cell.text.replace("\n", "⏎") for cell in row) for row in block.rows]
        elif block.text:
            shown.append(f"{block.number} {block.text}".strip())
    return shown


def told(found: word.WordFile) -> str:
    return "\n".join(doubt.message for doubt in found.doubts)
