"""A PDF from outside, read without trusting it: sizes are bounded, and whatever is wrong with it is one sentence.

pyHanko reads the objects; what walks through them here counts its steps and remembers where it has been.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models import limits
from models.errors import SigningError
from models.i18n import _

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

#: Bytes of a PDF; a plan of 5,000 tasks takes a few million.
MAX_FILE = limits.PDF_BYTES
#: Bytes that one stream, and all streams together, may unpack to.
_MAX_STREAM = limits.PDF_STREAM
_MAX_UNPACKED = limits.PDF_UNPACKED
#: Revisions of a file (signatures, stamps, validation data), pages and nodes of any tree in it.
MAX_REVISIONS = limits.PDF_REVISIONS
MAX_NODES = limits.PDF_NODES


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF."""
    return head.startswith(b"%PDF-")


@contextmanager
def careful() -> Iterator[None]:
    """What goes wrong inside is told as one sentence: ``SigningError``.

    A hostile file makes a parser fail in any way whatever (a missing key, a wrong type, too deep a nesting), so
    that no list of exceptions would be whole.
    """
    try:
        yield
    except SigningError:
        raise
    except Exception as error:
        raise SigningError(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    from pyhanko.pdf_utils.misc import PdfDecodeLimitError

    if isinstance(error, PdfDecodeLimitError):
        return _("Tệp PDF phình ra quá lớn khi giải nén nên không được mở.")
    return _("Tệp PDF bị hỏng hoặc bị cắt cụt nên không đọc được; hãy xin lại tệp gốc.")


def open_pdf(data: bytes) -> PdfFileReader:
    """The PDF in ``data``; ``SigningError`` where it cannot be read, or only with a password."""
    if not is_pdf(data[:8]):
        raise SigningError(_("Tệp được chọn không phải là PDF."))
    if len(data) > MAX_FILE:
        raise SigningError(
            _("Tệp PDF lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
                size=MAX_FILE // (1024 * 1024)
            )
        )
    _be_quiet()
    with careful():
        from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
        from pyhanko.pdf_utils.reader import PdfFileReader

        _count_places()
        _left.places = limits.PDF_OBJECTS
        decoding = DecodeLimits(
            per_stream=StreamDecodeLimits(max_output_size=_MAX_STREAM),
            document_budget=DocumentDecodeBudget(base_allowance=_MAX_UNPACKED, max_ratio=4),
        )
        # Not strict: what signing programs append is not always by the book; nothing here rests on it.
        reader = PdfFileReader(BytesIO(data), strict=False, decode_limits=decoding)
        if reader.encrypt_dict is not None:
            raise SigningError(_("Tệp PDF bị đặt mật khẩu nên không đọc được; hãy xin bản không có mật khẩu."))
        if reader.total_revisions > MAX_REVISIONS or reader.xrefs.hybrid_xrefs_present:
            raise SigningError(_("Tệp PDF có cấu trúc lạ nên không được nhận; hãy xin lại tệp gốc."))
        reader.root  # noqa: B018  # there is one
        return reader


def _be_quiet() -> None:
    """pyHanko logs what it finds, which would come out on standard error with a traceback."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


#: How many places of objects may still be read, by thread; not set where nobody bounds them.
_left = threading.local()


def _count_places() -> None:
    """Make pyHanko count the places of objects: a stream of them may claim billions that it does not hold."""
    from pyhanko.pdf_utils import xref

    if getattr(xref, "counts_places", False):
        return
    in_stream, in_table = xref.parse_xref_stream, xref.parse_xref_table

    def of_stream(stream: Any, *more: Any, **named: Any) -> Iterator[Any]:
        pairs = stream.get("/Index", [0, stream.get("/Size")])
        _take_places(sum(int(pairs[at]) for at in range(1, len(pairs), 2)))
        return in_stream(stream, *more, **named)

    def of_table(*given: Any, **named: Any) -> Iterator[Any]:
        for place in in_table(*given, **named):
            _take_places(1)
            yield place

    counted: Any = xref
    counted.parse_xref_stream, counted.parse_xref_table, counted.counts_places = of_stream, of_table, True


def _take_places(count: int) -> None:
    left = getattr(_left, "places", None)
    if left is None:
        return
    _left.places = left - count
    if count < 0 or _left.places < 0:
        raise SigningError(_("Tệp PDF có cấu trúc lạ nên không được nhận; hãy xin lại tệp gốc."))


def key_of(value: Any) -> tuple[int, int] | None:
    """What tells one object of a file from another; ``None`` for one that stands right where it is used."""
    reference = getattr(value, "reference", None)
    return None if reference is None else (int(reference.idnum), int(reference.generation))


def item(container: Any, name: Any) -> Any:
    """An entry as it stands in its container: a reference stays one."""
    return container.raw_get(name)


def resolved(value: Any) -> Any:
    """What a reference stands for; anything else is itself."""
    return value.get_object() if key_of(value) is not None else value


def walk(*tops: Any, name: str = "/Kids") -> Iterator[tuple[Any, Any]]:
    """The leaves of trees whose nodes list those below under ``name``: each reference with its dictionary.

    A node that is reached twice breaks a rule of the format, and would let a small file have endless trees.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [*reversed(tops)]
    steps = 0
    while waiting:
        value = waiting.pop()
        steps += 1
        key = key_of(value)
        if key in seen or steps > MAX_NODES:
            raise SigningError(_("Tệp PDF có cấu trúc lạ nên không được nhận; hãy xin lại tệp gốc."))
        if key is not None:
            seen.add(key)
        node = resolved(value)
        below = resolved(node.raw_get(name)) if name in node else None
        if below is None:
            yield value, node
        else:
            waiting += [below.raw_get(number) for number in reversed(range(len(below)))]


def check_trees(root: Any) -> None:
    """``SigningError`` where pages or form fields are no trees: pyHanko walks through them without counting."""
    for _page in walk(root.raw_get("/Pages")) if "/Pages" in root else ():
        pass
    if "/AcroForm" in root and "/Fields" in root["/AcroForm"]:
        fields = root["/AcroForm"]["/Fields"]
        # That one is listed twice at the top does no harm.
        tops = {key_of(one) or number: one for number, one in enumerate(map(fields.raw_get, range(len(fields))))}
        for _field in walk(*tops.values()):
            pass


# ---- revisions


def first_root(reader: PdfFileReader) -> Any:
    """The catalogue of the file as it was first made; a file saved anew for the web has none of its own there."""
    try:
        return reader.get_historical_root(0)
    except Exception:
        raise SigningError(
            _("Tệp PDF đã bị lưu lại bằng chương trình khác nên không còn bản gốc ở đầu tệp; hãy xin lại tệp gốc.")
        ) from None


def first_revision(reader: PdfFileReader, data: bytes) -> int:
    """How many bytes of ``data`` are the file as it was first made; what follows was appended (ISO 32000, 7.5.6).

    ``SigningError`` where that cannot be told for certain.
    """
    with careful():
        start = int(reader.xrefs.get_startxref_for_revision(0))
        end = data.find(b"%%EOF", start)
        said = data.rfind(b"startxref", start, end) if end > 0 else -1
        if said < 0 or int(data[said + 9 : end]) != start:
            raise SigningError(_("Tệp PDF có cấu trúc lạ nên không được nhận; hãy xin lại tệp gốc."))
        end += len(b"%%EOF")
        for line_end in (b"\r\n", b"\n", b"\r"):
            if data.startswith(line_end, end):
                return end + len(line_end)
        return end


def stands_on(reader: PdfFileReader, data: bytes, exported: bytes) -> bool:
    """Whether the file is ``exported`` with revisions appended: not only its bytes in front, but what is built upon."""
    with careful():
        at = exported.rfind(b"startxref")
        return (
            data.startswith(exported)
            and at >= 0
            and int(exported[at + 9 : exported.rfind(b"%%EOF")]) == reader.xrefs.get_startxref_for_revision(0)
        )
