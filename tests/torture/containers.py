"""Changes inside zip files: members changed and packed anew with sums that fit, names and heads that lie."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import random
import re
import stat
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from models.exports import manifest
from models.exports.sheet_kept import FORMAT, SHEET
from tests.torture.input_seeds import members
from tests.torture.mutators import TEXTS, change_bytes, change_text, change_tree, change_xml, to_json
from tests.torture.pdf_objects import change_pdf

Entries = list[tuple[str, bytes]]

NAMES = (
    "../x", "/etc/x", "C:\\x", "a/b", "a\\b", "con", "NUL.pdf", "plan.json ", "PLAN.JSON", "plan.json\0.exe", "x" * 300,
    "", ".", "\u202egpj.exe", "[Content_Types].xml", "xl/workbook.xml", "word/document.xml", "manifest.json", "é", "e\u0301",
)  # fmt: skip


# ---- packing


def pack(entries: Sequence[tuple[str, bytes]], chance: random.Random) -> bytes:
    """The entries as a zip file, at times with what no program writes; sums and sizes fit unless said otherwise."""
    stream = io.BytesIO()
    odd = chance.random() < 0.25
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as zipped:
        warnings.simplefilter("ignore")
        for name, data in entries:
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode(), (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            if odd and chance.random() < 0.4:
                _make_odd(info, chance)
            zipped.writestr(info, data)
        if odd and chance.random() < 0.3:
            zipped.comment = chance.randbytes(chance.choice((1, 100, 60_000)))
    made = stream.getvalue()
    if chance.random() < 0.15:
        made = _with_a_lie(made, chance)
    return chance.choice((b"MZ" + bytes(100), b"#!/bin/sh\n")) + made if chance.random() < 0.02 else made


def _make_odd(info: zipfile.ZipInfo, chance: random.Random) -> None:
    what = chance.randrange(5)
    if what == 0:
        info.external_attr = (chance.choice((stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR)) | 0o777) << 16
    elif what == 1:
        info.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    elif what == 2:
        info.date_time = (2107, 12, 31, 23, 59, 58)
    elif what == 3:
        info.extra = chance.randbytes(4) + b"\0\0"
    else:
        info.comment = chance.randbytes(20)


def _with_a_lie(made: bytes, chance: random.Random) -> bytes:
    """A field of a head, local or in the directory, that says something else than is so."""
    heads = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", made)]
    at = chance.choice(heads) + chance.choice((4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 38, 42))
    size = chance.choice((1, 2, 4))
    value = chance.choice((0, 1, 2**16 - 1, 2**31, 2**32 - 1, chance.randrange(2**32))) & (256**size - 1)
    return made[:at] + value.to_bytes(size, "little") + made[at + size :]


def _change_entries(entries: Entries, chance: random.Random) -> None:
    """Entries renamed, doubled, dropped, added, or put in another order."""
    at = chance.randrange(len(entries))
    what = chance.randrange(5)
    if what == 0:
        entries[at] = (chance.choice(NAMES), entries[at][1])
    elif what == 1:
        entries.append((entries[at][0], chance.choice((entries[at][1], b"x"))))
    elif what == 2:
        del entries[at]
    elif what == 3:
        entries += [
            (f"{chance.choice(NAMES)}{number or ''}", b"x") for number in range(chance.choice((1, 1, 40, 3000)))
        ]
    else:
        chance.shuffle(entries)


# ---- packages


def change_package(data: bytes, chance: random.Random) -> bytes:
    entries = list(members(data).items())
    for at in chance.sample(range(len(entries)), chance.choice((0, 1, 1, 1, 2))):
        name, old = entries[at]
        entries[at] = (name, _changed_part(name, old, chance))
    if chance.random() < 0.8:
        entries = _with_sums(entries)
    if chance.random() < 0.2:
        _change_entries(entries, chance)
    return pack(entries, chance)


def _changed_part(name: str, data: bytes, chance: random.Random) -> bytes:
    if name.endswith(".json"):
        return to_json(change_tree(json.loads(data), chance), chance)
    if name.endswith(".pdf"):
        return change_pdf(data, chance)
    if name.endswith(".xlsx"):
        return change_workbook(data, chance)
    return change_bytes(data, chance)


def _with_sums(entries: Entries) -> Entries:
    """The entries with a manifest that says their sizes and sums, where there is one that can be read."""
    found = dict(entries)
    try:
        listed = json.loads(found[manifest.NAME])
        for file in listed["files"]:
            file["size"], file["sha256"] = len(found[file["name"]]), manifest.sha256(found[file["name"]])
    except (KeyError, TypeError, ValueError, RecursionError):
        return entries
    made = json.dumps(listed, ensure_ascii=False).encode("utf-8", "replace")
    return [(name, made if name == manifest.NAME else data) for name, data in entries]


# ---- office files


def change_office(data: bytes, chance: random.Random) -> bytes:
    """A Word file or workbook with something changed in its parts."""
    entries = list(members(data).items())
    for at in chance.sample(range(len(entries)), chance.choice((1, 1, 3))):
        name, old = entries[at]
        entries[at] = (name, change_xml(old, chance) if name.endswith((".xml", ".rels")) else change_bytes(old, chance))
    if chance.random() < 0.1:
        _change_entries(entries, chance)
    return pack(entries, chance)


def change_workbook(data: bytes, chance: random.Random) -> bytes:
    """A workbook with its cells, its other parts, or what it keeps hidden changed."""
    kind = chance.random()
    if kind < 0.25:
        return change_office(data, chance)
    found = members(data)
    if kind < 0.45:
        known, plan, part = kept_in(data)
        known, plan = json.loads(known), json.loads(plan)
        chance.choice((change_tree, lambda tree, _chance: tree))(known, chance)
        change_tree(plan, chance)
        found[part] = kept_sheet(known, to_json(plan, chance).decode("utf-8", "replace"))
    else:
        sheets = [name for name in found if name.startswith("xl/worksheets/sheet")]
        for _time in range(chance.choice((1, 2, 5))):
            name = chance.choice([*sheets, "xl/sharedStrings.xml"])
            found[name] = _change_cells(found[name].decode("utf-8", "replace"), chance).encode("utf-8", "replace")
    return pack(list(found.items()), chance)


_CELL = re.compile(r"<c [^>]*?(?:/>|>.*?</c>)|<row [^>]*>|<si>.*?</si>", re.DOTALL)
_AS_CELL = (
    '<c r="{r}"><v>1e999</v></c>', '<c r="{r}"><v>-1</v></c>', '<c r="{r}"><v>0.1</v></c>', '<c r="{r}"><v>99999999999</v></c>',
    '<c r="{r}"><v>' + "9" * 5000 + "</v></c>", '<c r="{r}" t="b"><v>1</v></c>', '<c r="{r}" t="e"><v>#REF!</v></c>',
    '<c r="{r}" t="d"><v>2022-13-45</v></c>', '<c r="{r}" t="s"><v>999999</v></c>', '<c r="{r}" t="s"><v>0</v></c>',
    '<c r="{r}"><f>1+1</f><v>2</v></c>', '<c r="{r}"><f>HYPERLINK("http://a.vn")</f></c>', "<c><v>5</v></c>", "",
    '<c r="ZZZZ99999999"><v>1</v></c>', '<c r="{r}" t="inlineStr"><is><t>{t}</t></is></c>', '<c r="{r}"><v>NaN</v></c>',
    '<c r="{r}" t="inlineStr"><is><r><t>{t}</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', '<c r="{r}" s="9999"><v>3</v></c>',
    '<c r="{r}" t="str"><v>{t}</v></c>', '<c r="{r}" t="inlineStr"><is><t>Nội dung khác</t></is></c>', '<c r="{r}"><f t="array" ref="A1:XFD1048576">1</f></c>', '<c r="{r}"><v>44562</v></c>',
)  # fmt: skip


def _change_cells(text: str, chance: random.Random) -> str:
    """Cells and rows of a sheet, or shared texts, with other contents."""
    pieces = list(_CELL.finditer(text))
    for one in sorted(chance.sample(pieces, min(len(pieces), chance.choice((1, 3, 10)))), key=lambda one: -one.start()):
        old = one[0]
        place = re.search(r'\br="([^"]*)"', old)
        said = (
            "".join(letter for letter in chance.choice(TEXTS) if letter >= " ")
            .replace("&", "&amp;")
            .replace("<", "&lt;")
        )
        if old.startswith("<row"):
            new = chance.choice((f'<row r="{chance.choice((0, 1, 5, 199_999, 2_000_000, 10**12))}">', "<row>", old))
        elif old.startswith("<si"):
            new = chance.choice((f"<si><t>{said}</t></si>", "<si/>", "", old * 3))
        else:
            new = chance.choice(_AS_CELL).format(r=place[1] if place else "A1", t=said)
        text = text[: one.start()] + new + text[one.end() :]
    return text


@functools.cache
def kept_in(data: bytes) -> tuple[str, str, str]:
    """The map and the plan that a workbook keeps, and the part in which they lie."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    sheet: Any = book[SHEET]
    texts = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    first = 2 + int(texts[1])
    pieces = ["".join(piece[1:-1] for piece in part) for part in (texts[2:first], texts[first + 1 : -1])]
    return pieces[0], pieces[1], sheet._worksheet_path


def kept_sheet(known: Any, plan: str) -> bytes:
    """The hidden sheet anew, with sums that fit."""
    if isinstance(known, dict):
        known["plan"] = hashlib.sha256(plan.encode()).hexdigest()
    listed = json.dumps(known)
    lines = [FORMAT]
    for text in (listed, plan):
        pieces = [text[start : start + 32_000] for start in range(0, len(text), 32_000)]
        lines += [str(len(pieces)), *(f"|{piece}|" for piece in pieces)]
    lines.append(hashlib.sha256(listed.encode()).hexdigest())
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t xml:space="preserve">{_escaped(line)}</t></is></c></row>'
        for at, line in enumerate(lines, 1)
    )
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{head}{cells}</sheetData></worksheet>".encode("utf-8", "replace")


def _escaped(text: str) -> str:
    text = "".join(letter if letter >= " " else " " for letter in text)
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\ufffe", "?")
        .replace("\uffff", "?")
    )


# ---- HTML

_TAGS = (
    "<table>", "</table>", "<tr>", "<td rowspan=99999 colspan=99999>", "<td rowspan=0>", "<li value=-1>", "<ol start=9e9>",
    "<script>", "</script>", "<style>*{background:url(http://a.vn)}</style>", "<iframe src=//a.vn>", "<base href=http://a.vn>",
    "<meta http-equiv=refresh content='0;url=http://a.vn'>", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<svg onload=x()>",
    "<img src=x onerror=x()>", "<object data=file:///etc/passwd>", "<a href='javascript:x()'>", "<template>", "<pre>", "<br>",
    "<p style='mso-list:l0 level99 lfo1'>", "<span style='mso-list:Ignore'>", "<b>", "</i>", "<div>", "<h1>", "<td", "&#0;",
    "&#xD800;", "&#x1F600;", "&nbsp;", "<input value=x>", "<plaintext>", "<xmp>", "<textarea>", "<select><option>", "\0",
)  # fmt: skip


def change_tags(html: str, chance: random.Random) -> str:
    """HTML with tags put in, dropped, doubled, swapped, nested, and texts changed."""
    pieces = re.split(r"(<[^>]*>)", html)
    for _time in range(chance.choice((1, 3, 10))):
        at, what = chance.randrange(len(pieces)), chance.randrange(6)
        if what == 0:
            pieces.insert(at, chance.choice(_TAGS))
        elif what == 1:
            pieces[at] = ""
        elif what == 2:
            pieces[at] *= chance.choice((2, 20, 400))
        elif what == 3:
            other = chance.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif what == 4:
            tag, times = chance.choice(_TAGS), chance.choice((3, 300, 20_000))
            pieces.insert(at, tag * times)
        else:
            pieces[at] = change_text(pieces[at], chance)
    return "".join(pieces)


# ---- what goes out

_HARM = re.compile(
    rb'TargetMode="External"|<ddeLink|<oleLink|vbaProject|<hyperlink\b[^>]*\br:id|<w:hyperlink\b[^>]*\br:id|externalLink',
    re.IGNORECASE,
)
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream", re.DOTALL)
_PDF_HARM = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToR|GoToE|URI|RichMedia|XFA|OpenAction|AA)\b"
)
_FORMULA = re.compile(rb"<f[ >][^<]*>?([^<]*)</f>")
_FUNCTIONS = re.compile(rb"\b([A-Z]{2,})\(")
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)<")


def check_harmless(workbook: bytes, word: bytes, pdf: bytes) -> None:
    """No formula but sums of our own, no link, macro or action is in what the program writes."""
    for file in (workbook, word):
        for name, data in members(file).items():
            assert "vba" not in name.lower() and not _HARM.search(data), (name, _HARM.search(data))
            for formula in _FORMULA.findall(data):
                named = set(_FUNCTIONS.findall(formula))
                assert named <= {b"SUM", b"SUMIF", b"IF", b"COUNT", b"ROUND", b"IFERROR", b"SUMPRODUCT"}, formula
            for field in _FIELD.findall(data):
                assert field.split()[0] in (b"PAGE", b"NUMPAGES"), field
    found = _PDF_HARM.search(_STREAM.sub(b"", pdf))
    assert found is None, found
