"""The Word file as a package: python-docx's empty document without what is not ours, its properties, its bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from models.exports import archive, phrases
from models.exports.docx_styles import LANGUAGE
from models.exports.docx_xml import clean
from models.exports.pdf_blocks import one_line
from models.plan import Plan

#: Word takes no longer properties.
_LONGEST_PROPERTY = 255
#: Kept of python-docx's own empty document; the rest of it is another program's: fonts, a theme, a picture.
_KEPT = ("/styles", "/settings", "/officeDocument", "/core-properties")


def empty() -> Any:
    """A document of python-docx with nothing in it; its styles and settings are still python-docx's."""
    made: Any = Document()
    for relations in (made.part.rels, made.part.package.rels):
        for name, relation in list(relations.items()):
            if not relation.reltype.endswith(_KEPT):
                del relations[name]
    return made


def fill(element: Any, xml: str) -> None:
    """Put the children of the element written in ``xml`` in the place of those of ``element``."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def describe(properties: Any, plan: Plan, kind: str) -> None:
    """Title, author, subject and date of the plan; the date is the plan's own, as far as it is known."""
    subject = one_line(plan.subject)
    values = {
        "title": f"{kind.capitalize()} {subject}".strip(),
        "subject": subject,
        "author": one_line(plan.unit_name),
        "last_modified_by": phrases.PROGRAM,
        "language": LANGUAGE,
        "comments": "",
        "keywords": "",
    }
    for name, value in values.items():
        setattr(properties, name, clean(value)[:_LONGEST_PROPERTY])
    properties.revision = max(plan.revision, 1)
    properties.created = properties.modified = _date(plan)


def _date(plan: Plan) -> datetime:
    for month, day in ((plan.month, plan.day), (plan.month, 1), (1, 1)):
        if plan.year is not None and month is not None and day is not None:
            try:
                return datetime(plan.year, month, day, tzinfo=UTC)
            except ValueError:
                continue
    return datetime(2000, 1, 1, tzinfo=UTC)


def packed(made: Any) -> bytes:
    """The bytes of the file, without the time at which they were written."""
    stream = io.BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as zipped:
        return archive.pack([(name, zipped.read(name)) for name in zipped.namelist()])
