"""``plan.json`` inside a PDF: the embedded file of that name, as it was when the PDF was exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models import document
from models.errors import DocumentError, SigningError
from models.i18n import _
from models.plan import Plan
from models.signing.opened import careful, first_root, resolved, walk

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

NAME = "plan.json"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The plan in a PDF, and the very bytes of its ``plan.json``."""

    json: bytes = field(repr=False)
    plan: Plan = field(repr=False)


def read(reader: PdfFileReader) -> Embedded | None:
    """What the first revision of the file carries; ``None`` where it carries no plan.

    ``SigningError`` where the plan cannot be read, or was replaced or doubled by something appended later.
    """
    with careful():
        first = _only(first_root(reader))
        last = _only(reader.root) if reader.total_revisions > 1 else first
    if first != last:
        raise SigningError(_("Kế hoạch đính trong tệp PDF đã bị thay sau khi kết xuất nên không được nhận."))
    return _parsed(first)


def read_last(reader: PdfFileReader) -> Embedded | None:
    """What the file carries now: only good for saying what file it is."""
    with careful():
        last = _only(reader.root)
    return _parsed(last)


def _parsed(data: bytes | None) -> Embedded | None:
    if data is None:
        return None
    try:
        return Embedded(data, document.from_bytes(data, NAME))
    except DocumentError as error:
        raise SigningError(
            _("Kế hoạch đính trong tệp PDF không đọc được: {reason}").format(reason=str(error))
        ) from None


def _only(root: Any) -> bytes | None:
    found = list(_files(root))
    if len(found) > 1:
        raise SigningError(_("Tệp PDF có nhiều hơn một kế hoạch đính kèm nên không được nhận."))
    if not found:
        return None
    data = bytes(found[0].data)
    if len(data) > document.MAX_BYTES:
        raise SigningError(_("Kế hoạch đính trong tệp PDF lớn bất thường nên không được mở."))
    return data


def _files(root: Any) -> Iterator[Any]:
    """The streams of the embedded files of our name."""
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return
    for _reference, leaf in walk(root["/Names"].raw_get("/EmbeddedFiles")):
        pairs = leaf.get("/Names", ())
        for at in range(1, len(pairs), 2):
            specification = resolved(pairs[at])
            names = {str(pairs[at - 1]), *(str(specification[key]) for key in ("/UF", "/F") if key in specification)}
            if NAME in names:
                yield specification["/EF"]["/F"]
