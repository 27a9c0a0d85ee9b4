"""The pages of a PDF of ours: which code is printed on each, and whether what stands on them is still there.

The text is that of the PDF's own first revision, whose operators are known: one text object a line, fonts with
a map to Unicode (ISO 32000, 9.4 and 9.10.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models import limits
from models.errors import SigningError
from models.i18n import _
from models.signing.opened import careful, first_root, key_of, resolved, walk

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

_TOKEN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf\b"
    rb"|(?P<literal>\((?:[^()\\]|\\.)*\))"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<move>\b(?:Tm|Td|TD|T\*|ET)\b)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Z])")

# Streams that say something of the file, and show nothing.
_RENEWED = ("/Metadata", "/ObjStm", "/XRef")

_DRAFT = "DỰ THẢO"
#: Bytes of the content of all pages, unpacked; a plan of 5,000 tasks has some 30 million.
_MAX_TEXT = limits.PDF_TEXT

#: A font's letters by their code; the length of a code in bytes.
_Map = tuple[dict[int, str], int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What is known of a page: whatever looks like a code, in the order of its text, and whether it says DỰ THẢO."""

    codes: tuple[str, ...]
    is_draft: bool


def pages(reader: PdfFileReader) -> list[Printed]:
    """The pages as they were exported."""
    with careful():
        fonts: dict[tuple[int, int], _Map] = {}
        found, left = [], _MAX_TEXT
        for page in _pages(first_root(reader)):
            parts: list[bytes] = []
            for one in _contents(page):
                parts.append(bytes(resolved(one).data))
                left -= len(parts[-1])
                if left < 0:
                    raise SigningError(_("Tệp PDF phình ra quá lớn khi giải nén nên không được mở."))
            found.append(_printed(page, b"\n".join(parts), fonts))
        return found


def altered(reader: PdfFileReader) -> list[str]:
    """Sentences on what revisions appended later did to the pages as they were exported.

    A stamp comes on top of a page: more content, more annotations. None takes away what stands there.
    """
    with careful():
        if reader.total_revisions == 1:
            return []
        first = reader.get_historical_resolver(0)
        for ref in _redefined(reader):
            old = first(ref)
            if hasattr(old, "data") and str(old.get("/Type", "")) not in _RENEWED:
                return [_("Nội dung đã kết xuất trong tệp PDF bị thay bằng nội dung khác.")]
        before, now = list(_pages(first.root)), list(_pages(reader.root))
        if len(before) != len(now):
            return [
                _("Tệp PDF có {now} trang, bản đã kết xuất có {before} trang.").format(now=len(now), before=len(before))
            ]
        return [
            _("Nội dung trang {page} của bản đã kết xuất bị thay bằng nội dung khác.").format(page=number)
            for number, (old_page, new_page) in enumerate(zip(before, now, strict=True), 1)
            if not _is_kept(old_page, new_page)
        ]


def _redefined(reader: PdfFileReader) -> Iterator[Any]:
    """The objects of the first revision that a later one defines anew."""
    own = reader.xrefs.explicit_refs_in_revision(0)
    for number in range(1, reader.total_revisions):
        yield from own & reader.xrefs.explicit_refs_in_revision(number)


def _is_kept(old: Any, new: Any) -> bool:
    """Whether a page still shows all it did, in that order, with the same fonts and of the same size."""
    left = iter([key_of(one) for one in _contents(new)])
    if not all(key_of(one) in left for one in _contents(old)):
        return False
    sizes = [[float(number) for number in _inherited(page, "/MediaBox") or ()] for page in (old, new)]
    fonts = [{name: key_of(value) for name, value in _fonts(page)} for page in (old, new)]
    return sizes[0] == sizes[1] and fonts[0].items() <= fonts[1].items()


# ---- pages


def _pages(root: Any) -> Iterator[Any]:
    return (page for _reference, page in walk(root.raw_get("/Pages")))


def _inherited(page: Any, name: str) -> Any:
    """An entry of a page, or of the nodes above it."""
    for _level in range(50):
        if name in page:
            return page[name]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def _contents(page: Any) -> list[Any]:
    """The content streams of a page, as references."""
    if "/Contents" not in page:
        return []
    value = page.raw_get("/Contents")
    found = resolved(value)
    is_several = isinstance(found, list)
    return [found.raw_get(at) for at in range(len(found))] if is_several else [value]


def _fonts(page: Any) -> list[tuple[str, Any]]:
    resources = _inherited(page, "/Resources")
    if resources is None or "/Font" not in resources:
        return []
    fonts = resources["/Font"]
    return [(str(name), fonts.raw_get(name)) for name in fonts]


# ---- text


def _printed(page: Any, data: bytes, fonts: dict[tuple[int, int], _Map]) -> Printed:
    maps: dict[str, _Map] = {}
    for name, value in _fonts(page):
        key = key_of(value)
        if key is None:
            maps[name] = _letters(resolved(value))
        else:
            if key not in fonts:
                fonts[key] = _letters(resolved(value))
            maps[name] = fonts[key]
    lines = list(_lines(data, maps))
    return Printed(tuple(found for line in lines for found in _CODE.findall(line)), _DRAFT in lines)


def _lines(data: bytes, maps: dict[str, _Map]) -> Iterator[str]:
    """The texts of a page, each up to the next place that text is put to."""
    letters: dict[int, str] = {}
    width = 1
    line: list[str] = []
    for token in _TOKEN.finditer(data):
        if (font := token["font"]) is not None:
            letters, width = maps.get("/" + font.decode("latin-1"), ({}, 1))
            continue
        if token["move"] is not None:
            if line:
                yield "".join(line)
                line = []
            continue
        raw = _unescaped(token["literal"][1:-1]) if token["literal"] is not None else _from_hex(token["hex"])
        codes = (int.from_bytes(raw[at : at + width], "big") for at in range(0, len(raw), width))
        line.append("".join(letters.get(code, "\ufffd") for code in codes))
    if line:
        yield "".join(line)


def _unescaped(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        what = found[1]
        if what[:1].isdigit():
            return bytes([int(what, 8) & 255])
        return b"" if what in (b"\r\n", b"\r", b"\n") else _LETTERS.get(what, what)

    return _ESCAPE.sub(one, text)


def _from_hex(text: bytes) -> bytes:
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _letters(font: Any) -> _Map:
    """The letters of a font by the map that it carries; none where it has no such map."""
    if "/ToUnicode" not in font:
        return {}, 1
    data = bytes(font["/ToUnicode"].data)
    letters: dict[int, str] = {}
    width = 1
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in _CHAR.findall(part):
            width = len(code) // 2
            letters[int(code, 16)] = _from_hex(text).decode("utf-16-be", "replace")
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for low, high, text in _RANGE.findall(part):
            width = len(low) // 2
            start = int(low, 16)
            for code in range(start, min(int(high, 16), start + 0xFFFF) + 1):
                letters[code] = chr(min(int(text, 16) + code - start, 0x10FFFF))
    return letters, max(1, width)
