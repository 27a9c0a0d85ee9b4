"""The styles of the Word file: the decree's sizes (nd30) as styles that a leader can change in one place.

Headings are Word's own ("Heading 1" …), so that its navigation pane and table of contents find them; what Word has
no style for is named in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from models.exports import nd30
from models.exports.docx_xml import NAMESPACES, SINGLE_LINE, Format, twips
from models.exports.nd30 import Style
from models.numbering import NO_STYLE

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
#: Word has nine levels of headings.
LEVELS = 9
#: The body's distance of lines as a share of a single one, in 240ths: it grows with what a leader puts in.
BODY_LINE = SINGLE_LINE * nd30.BODY_LEADING / nd30.BODY.leading

#: Clear space (points) above and below the text of a cell.
PADDING = 2.0

CELL_KINDS = ("text", "centre", "amount", "sum", "head", "count", "group", "total", "nothing")
_CELL_NAMES = {
    "text": "chữ",
    "centre": "giữa",
    "amount": "số tiền",
    "sum": "số cộng",
    "head": "tiêu đề cột",
    "count": "số thứ tự cột",
    "group": "nhóm",
    "total": "cộng",
    "nothing": "trống",
}
_CELLS = {
    "text": Style("", 0, align="left"),
    "centre": Style("", 0),
    "amount": Style("", 0, align="right"),
    "sum": Style("", 0, bold=True, align="right"),
    "head": Style("", 0, bold=True),
    "count": Style("", 0, italic=True),
    "group": Style("", 0, bold=True, align="left"),
    "total": Style("", 0, bold=True),
    "nothing": Style("", 0, italic=True),
}
#: Heads are kept with the rows below them.
_KEPT_CELLS = ("head", "count")


@dataclass(frozen=True, slots=True)
class _Named:
    """A paragraph style: its id, its name in Word, how it looks, its paragraphs."""

    key: str
    name: str
    style: Style
    form: Format = field(default_factory=Format)
    following: str = ""
    based: str = "Normal"


def cell_style(size: float, kind: str) -> str:
    """The id of the style of a cell with letters of ``size``; ``kind`` is one of ``CELL_KINDS``."""
    return f"Cell{round(size * 2)}{kind.capitalize()}"


def heading_style(outline: Sequence[str], depth: int) -> Style:
    """How a heading of that depth (from 0) looks: by the plan's outline, not by its level in Word."""
    style = outline[depth] if depth < len(outline) else NO_STYLE
    return nd30.PART if style == "Phần I" else nd30.HEADINGS[style]


def style_sheet(outline: Sequence[str], head: nd30.Head, sizes: Iterable[float]) -> str:
    """``w:styles``: ``head`` are the sizes of the head that this plan takes, ``sizes`` those of its tables."""
    named = [*_headings(outline), *_body(), *_ends(head), *_tables(sizes)]
    return (
        f"<w:styles {NAMESPACES}>{_defaults()}{_fixed()}"
        + "".join(_paragraph_style(one) for one in named)
        + _table_styles()
        + "</w:styles>"
    )


def _headings(outline: Sequence[str]) -> list[_Named]:
    found = []
    for depth in range(LEVELS):
        style = heading_style(outline, depth)
        part = style is nd30.PART
        form = Format(
            keep=True,
            whole=True,
            before=nd30.PART_GAP if part else nd30.HEADING_GAP,
            after=nd30.PARAGRAPH_GAP,
            line=BODY_LINE,
            first=0 if part else nd30.INDENT,
            outline=depth,
        )
        found.append(_Named(f"Heading{depth + 1}", f"heading {depth + 1}", style, form, "BodyText"))
    return found


def _body() -> list[_Named]:
    text = Format(after=nd30.PARAGRAPH_GAP, line=BODY_LINE, first=nd30.INDENT)
    title = Format(keep=True, whole=True)
    return [
        _Named("BodyText", "Body Text", nd30.BODY, text),
        _Named("Basis", "Căn cứ", nd30.BASIS, text),
        _Named("Bullet", "Gạch đầu dòng", nd30.BODY, text, based="BodyText"),
        _Named("SubBullet", "Dấu cộng đầu dòng", nd30.BODY, text, based="BodyText"),
        _Named("Title", "Title", nd30.KIND, title, "Subtitle"),
        _Named("Subtitle", "Subtitle", nd30.SUBJECT, title, "BodyText"),
        _Named("Appendix", "Tên phụ lục", nd30.APPENDIX, replace(title, outline=0), "Attached"),
        _Named("Attached", "Kèm theo", nd30.ATTACHED, title),
    ]


def _ends(head: nd30.Head) -> list[_Named]:
    # Both lines of the number and of the place stand on one height, though their sizes differ.
    level = Format(line=head.place.leading, rule="atLeast")
    return [
        _Named("Nation", "Quốc hiệu", head.nation),
        _Named("Motto", "Tiêu ngữ", head.motto),
        _Named("ParentUnit", "Cơ quan chủ quản", head.parent),
        _Named("Unit", "Cơ quan ban hành", head.unit),
        _Named("Number", "Số, ký hiệu", head.number, level),
        _Named("Place", "Địa danh, thời gian", head.place, level),
        _Named("Capacity", "Chức vụ người ký", nd30.CAPACITY, Format(keep=True)),
        _Named("Signer", "Họ tên người ký", nd30.SIGNER, Format(before=nd30.SIGNATURE_SPACE)),
        _Named("RecipientsLabel", "Nơi nhận", nd30.RECIPIENTS_LABEL, Format(keep=True), "Recipients"),
        _Named("Recipients", "Danh sách nơi nhận", nd30.RECIPIENTS),
        _Named("Header", "header", nd30.PAGE_NUMBER),
        _Named("Footer", "footer", Style("", nd30.CODE_SIZE, align="left")),
        _Named("Rule", "Đường kẻ", Style("", 2)),
    ]


def _tables(sizes: Iterable[float]) -> list[_Named]:
    found = [
        _Named("TableTitle", "Tên bảng", nd30.TABLE_TITLE, Format(keep=True, whole=True, before=4.0)),
        _Named("TableUnit", "Đơn vị tính", nd30.TABLE_UNIT, Format(keep=True, before=6.0, after=3.0)),
        _Named("TableWords", "Bằng chữ", nd30.TABLE_WORDS, Format(before=6.0)),
    ]
    for size in sorted(set(sizes)):
        base = f"Cell{round(size * 2)}"
        found.append(_Named(base, f"Ô bảng {size:g}", Style("", size, align="left")))
        for kind in CELL_KINDS:
            form = Format(keep=kind in _KEPT_CELLS)
            name = f"Ô bảng {size:g} - {_CELL_NAMES[kind]}"
            found.append(_Named(cell_style(size, kind), name, replace(_CELLS[kind], size=size), form, based=base))
    return found


# ---- as text


def _paragraph_style(one: _Named) -> str:
    following = f'<w:next w:val="{one.following}"/>' if one.following else ""
    form = replace(one.form, align=one.style.align)
    return (
        f'<w:style w:type="paragraph" w:styleId="{one.key}"{"" if _known(one.name) else _CUSTOM}>'
        f'<w:name w:val="{one.name}"/><w:basedOn w:val="{one.based}"/>{following}<w:qFormat/>'
        f"{form.xml()}{_letters(one.style)}</w:style>"
    )


_CUSTOM = ' w:customStyle="1"'


def _known(name: str) -> bool:
    """Whether Word has a style of this name by itself."""
    return name in ("Title", "Subtitle", "Body Text", "header", "footer") or name.startswith("heading ")


def _letters(style: Style) -> str:
    """``w:rPr``; no style is based on one that is bold or italic."""
    size = round(style.size * 2)
    marks = _toggle("b", style.bold) + _toggle("i", style.italic)
    return f'<w:rPr>{marks}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _toggle(name: str, on: bool) -> str:
    return f"<w:{name}/><w:{name}Cs/>" if on else ""


def _defaults() -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    size = round(nd30.BODY.size * 2)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="{SINGLE_LINE}" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )


def _fixed() -> str:
    """What every document has, and the style of links: those to an appendix are black, as all that is printed."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _table_styles() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{round(nd30.TABLE_RULE * 8)}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    padding = twips(PADDING)
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{none}</w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="SideBySide"><w:name w:val="Đặt cạnh nhau"/>'
        '<w:basedOn w:val="TableNormal"/></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
        f'<w:top w:w="{padding}" w:type="dxa"/><w:left w:w="{twips(5.4)}" w:type="dxa"/>'
        f'<w:bottom w:w="{padding}" w:type="dxa"/><w:right w:w="{twips(5.4)}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
