"""What the PDF says of itself, and the plan document it carries: an attachment that is signed with its pages."""

from __future__ import annotations

import hashlib
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFText,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from models.exports import pdf_blocks, phrases
from models.plan import Plan

#: Name of the attached plan document.
ATTACHMENT = "plan.json"
# The MIME type as a PDF name, its slash escaped: reportlab's own names escape none.
_JSON = "/application#2Fjson"


def describe(canvas: Canvas, plan: Plan, kind: str) -> None:
    """Title, author, subject and date of the plan; the date is the plan's own, as far as it is known."""
    canvas.setTitle(pdf_blocks.one_line(f"{kind.capitalize()} {plan.subject}"))
    canvas.setAuthor(pdf_blocks.one_line(plan.unit_name))
    canvas.setSubject(pdf_blocks.one_line(plan.subject))
    canvas.setCreator(phrases.PROGRAM)
    canvas.setProducer(phrases.PROGRAM)
    date = [f"{plan.year:04d}"] if plan.year is not None else ["2000"]
    if plan.year is not None and plan.month is not None:
        date.append(f"{plan.month:02d}")
        if plan.day is not None:
            date.append(f"{plan.day:02d}")
    canvas.setDateFormatter(lambda *_clock: "D:" + "".join(date))
    canvas.setViewerPreference("DisplayDocTitle", "true")


def attach(canvas: Canvas, plan_json: bytes) -> None:
    """Put ``plan.json`` into the file, as the source its pages were made from (ISO 32000-1, 7.11.4; AF: ISO 32000-2).

    With its size and checksum, without a date: the same plan gives the same bytes.
    """
    document: Any = canvas._doc  # type: ignore[attr-defined]
    params = PDFDictionary({"Size": len(plan_json), "CheckSum": PDFText(hashlib.md5(plan_json).digest())})
    described = {"Type": PDFName("EmbeddedFile"), "Subtype": _JSON, "Params": params}
    stream = document.Reference(PDFStream(PDFDictionary(described), plan_json, [PDFZCompress]))
    file = document.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(ATTACHMENT),
                "UF": PDFString(ATTACHMENT),
                "Desc": PDFString("Dữ liệu kế hoạch"),
                "AFRelationship": PDFName("Source"),
                "EF": PDFDictionary({"F": stream, "UF": stream}),
            }
        )
    )
    names = PDFDictionary({"Names": PDFArray([PDFString(ATTACHMENT), file])})
    catalog = document.Catalog
    catalog.Names = PDFDictionary({"EmbeddedFiles": names})
    # reportlab knows no associated files; this is where it lists what a catalog holds.
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    catalog.AF = PDFArray([file])
