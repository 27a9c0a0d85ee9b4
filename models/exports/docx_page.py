"""The pages of the Word file: paper, margins, page numbers, the draft's mark, and the settings of the document."""

from __future__ import annotations

from models.exports import nd30
from models.exports.docx_styles import LANGUAGE
from models.exports.docx_xml import NAMESPACES, Format, escape, letters, paragraph, twips
from models.exports.fonts import BOLD
from models.exports.pdf_text import ASCENT, DESCENT, Measure

#: The draft's mark: its turn in degrees, clockwise, and its length as a share of the shorter side of the paper.
_DRAFT_TURN = 315
_DRAFT_LENGTH = 0.9
_PAGE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def text_size(landscape: bool) -> tuple[float, float]:
    """Width and height of the text on a page, in points."""
    width, height = nd30.A4[::-1] if landscape else nd30.A4
    margins = nd30.MARGINS
    return width - margins.left - margins.right, height - margins.top - margins.bottom


def section(references: str, *, landscape: bool = False, appendix: bool = False) -> str:
    """``w:sectPr``: the document, or an appendix that is counted anew from 1; ``references`` are heads and feet.

    The first page of the document has no number; that of an appendix has one.
    """
    width, height = nd30.A4[::-1] if landscape else nd30.A4
    margins = nd30.MARGINS
    lying = ' w:orient="landscape"' if landscape else ""
    above = nd30.PAGE_NUMBER_BASELINE - ASCENT * nd30.PAGE_NUMBER.size
    below = nd30.CODE_BASELINE - DESCENT * nd30.CODE_SIZE
    first = "" if appendix and nd30.NUMBER_ON_FIRST_PAGE_OF_APPENDIX else "<w:titlePg/>"
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{lying}/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}" w:bottom="{twips(margins.bottom)}"'
        f' w:left="{twips(margins.left)}" w:header="{twips(above)}" w:footer="{twips(below)}" w:gutter="0"/>'
        f'<w:pgNumType w:start="1"/><w:cols w:space="708"/>{first}</w:sectPr>'
    )


def header(measure: Measure, *, numbered: bool, draft: bool, identity: int) -> str:
    """``w:hdr``; ``identity`` keeps the names of its shapes unlike those of another."""
    inside = (_watermark(measure, identity) if draft else "") + (_PAGE_FIELD if numbered else "")
    return f"<w:hdr {NAMESPACES}>{paragraph(Format('Header'), inside)}</w:hdr>"


def footer(code: str, *, draft: bool) -> str:
    """``w:ftr``: the short code of the plan; of a draft its mark once more, which is lost on a pale copy."""
    inside = letters(code)
    if draft:
        inside += letters(" " * 6 + nd30.DRAFT_TEXT, "<w:b/><w:bCs/>")
    return f"<w:ftr {NAMESPACES}>{paragraph(Format('Footer'), inside)}</w:ftr>"


def _watermark(measure: Measure, identity: int) -> str:
    """The draft's mark as Word makes its own, so that Design, Watermark takes it away again."""
    text = nd30.DRAFT_TEXT
    length = min(nd30.A4) * _DRAFT_LENGTH
    # As high as letters with marks above and below.
    height = length / measure.width(text, BOLD, 1.0)
    grey = f"#{round(nd30.DRAFT_GREY * 255):02x}" + f"{round(nd30.DRAFT_GREY * 255):02x}" * 2
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{length:.1f}pt;height:{height:.1f}pt;"
        f"rotation:{_DRAFT_TURN};z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    formulas = "".join(
        f'<v:f eqn="{formula}"/>'
        for formula in (
            "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
            "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
            "sum @6 0 @5",
        )
    )  # fmt: skip
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e">'
        f'<v:formulas>{formulas}</v:formulas><v:path textpathok="t" o:connecttype="custom"'
        ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{identity}" o:spid="_x0000_s{2048 + identity}" type="#_x0000_t136"'
        f' alt="{escape(text)}" style="{place}" o:allowincell="f" fillcolor="{grey}" stroked="f">'
        '<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold"'
        f' string="{escape(text)}"/><w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict></w:r>'
    )


def settings() -> str:
    """``w:settings``: Word's present way of laying out, Vietnamese, a comma before decimals."""
    uri = "http://schemas.microsoft.com/office/word"
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        # A justified line that ends with a line break is not spread.
        f"<w:compat><w:doNotExpandShiftReturn/>{compatible}</w:compat>"
        f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
