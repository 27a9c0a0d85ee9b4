"""Workbooks and Word files that would fetch, swell, or stop the program; and what goes out in them."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pytest

from models import template
from models.exports import xlsx
from models.imports import package
from tests.attacks.defence import bounded, entries, is_sentence, refused, taken
from tests.models.imports.words import packed
from tests.models.imports.workbooks import saved
from tests.plans import MILLION, group, register, small_plan, task, tasks
from tests.torture.containers import kept_in, kept_sheet
from tests.ui.program import Program

NAME = "biểu.xlsx"
SHEET = "xl/worksheets/sheet6.xml"


@cache
def whole() -> bytes:
    plan = small_plan(
        tasks(group("Hạ tầng", task("Mua máy", 5 * MILLION)), numbering=["I", "1"], layout="sources"),
        register(["Misa", "2010"], title="Phần mềm", section="review.apps"),
    )
    return xlsx.render(plan, template.get(plan.template), fill_in=True)


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in one of its parts."""
    parts = dict(entries(whole()))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


# ---- XML

BOMB = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
) + b"]>"  # fmt: skip
DECLARATIONS = {
    "billion laughs": BOMB,
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "entity of a share": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file://server/share/a">]>',
    "entity of the web": b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://a.vn/x.dtd"> %a;]>',
    "declared elsewhere": b'<!DOCTYPE x SYSTEM "http://a.vn/x.dtd">',
    "quadratic": b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]>',
}


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "[Content_Types].xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("name", DECLARATIONS)
def test_nothing_is_declared(tmp_path: Path, part: str, name: str) -> None:
    refused(tmp_path, NAME, changed(part, b"?>", b"?>" + DECLARATIONS[name]), "hỏng hoặc bị cắt cụt")


@pytest.mark.parametrize(
    "code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "cp037", "utf-8-sig"]
)
def test_a_declaration_in_other_letters(tmp_path: Path, code: str) -> None:
    """Looked for in one encoding, it would be found by a reader of another one."""
    text = dict(entries(whole()))["xl/workbook.xml"].decode().partition("?>")[2]
    said = "utf-16" if code.startswith("utf-16") else code.removesuffix("-sig")
    made = f'<?xml version="1.0" encoding="{said}"?>' + DECLARATIONS["external entity"].decode() + text
    refused(tmp_path, NAME, packed(dict(entries(whole())) | {"xl/workbook.xml": made.encode(code, "replace")}), NAME)


def test_a_part_of_another_name_is_looked_at_too(tmp_path: Path) -> None:
    """The list of contents may say of any name that it is a sheet."""
    parts = dict(entries(whole()))
    parts["xl/worksheets/sheet6.bin"] = parts.pop(SHEET).replace(b"?>", b"?>" + BOMB, 1)
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"worksheets/sheet6.xml", b"worksheets/sheet6.bin")
    refused(tmp_path, NAME, packed(parts), "hỏng hoặc bị cắt cụt")


@pytest.mark.parametrize("levels", [1000, 100_000])
def test_elements_in_elements(tmp_path: Path, levels: int) -> None:
    data = changed(SHEET, b"</sheetData>", b"<a>" * levels + b"</a>" * levels + b"</sheetData>")
    (tmp_path / NAME).write_bytes(data)
    with bounded():
        try:
            package.open_any(tmp_path / NAME)
        except Exception as error:
            assert is_sentence(str(error)), error


# ---- sizes


def cells(row: bytes, count: int) -> bytes:
    return changed(SHEET, b"</sheetData>", row * count + b"</sheetData>")


def test_a_million_cells_and_rows(tmp_path: Path) -> None:
    for data in (cells(b"<row>" + b"<c/>" * 1000 + b"</row>", 1100), cells(b"<row/>", 1_100_000)):
        refused(tmp_path, NAME, data, "ô hoặc dòng")


def test_cells_far_away_cost_nothing_in_between(tmp_path: Path) -> None:
    """openpyxl fills the gaps with empty cells."""
    wide = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (at, at) for at in range(150_000, 199_000))
    (tmp_path / NAME).write_bytes(cells(wide, 1))
    with bounded():
        try:
            package.open_any(tmp_path / NAME)
        except Exception as error:
            assert is_sentence(str(error)), error
    refused(tmp_path, NAME, cells(b'<row r="%s"><c><v>1</v></c></row>' % (b"9" * 5000), 1), NAME)


def test_texts_and_styles_without_end(tmp_path: Path) -> None:
    refused(
        tmp_path, NAME, changed("xl/sharedStrings.xml", b"</sst>", b"<si><t/></si>" * 700_000 + b"</sst>"), "phình ra"
    )
    refused(tmp_path, NAME, changed("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 70_000 + b"</cellXfs>"), "phình ra")
    refused(tmp_path, NAME, changed("xl/styles.xml", b"</cellXfs>", b" " * (13 << 20) + b"</cellXfs>"), "phình ra")


def test_tags_that_never_end_cost_no_time(tmp_path: Path) -> None:
    """Looking for their end from each of them would take the square of their number."""
    for tag in (b"<row ", b"<mergeCell ", b"<c "):
        refused(tmp_path, NAME, cells(tag, 400_000), NAME)


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    stream = io.BytesIO(whole())
    with zipfile.ZipFile(stream, "a") as zipped, pytest.warns(UserWarning):
        zipped.writestr(SHEET, dict(entries(whole()))[SHEET])
    refused(tmp_path, NAME, stream.getvalue(), "hỏng")


# ---- numbers


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN", "INF", "9" * 5000, "1e308", "1e-320", "٣", "0x10", ""])
def test_numbers_of_cells(tmp_path: Path, value: str) -> None:
    """In a cell of an amount, and in the hidden ones that say which row it is."""
    parts = dict(entries(whole()))
    for old in (b"<v>5</v>", b"<v>0</v>"):
        if old not in parts[SHEET]:
            continue
        (tmp_path / NAME).write_bytes(changed(SHEET, old, f"<v>{value}</v>".encode()))
        with bounded():
            try:
                package.open_any(tmp_path / NAME)
            except Exception as error:
                assert is_sentence(str(error)), error


# ---- the hidden sheet


def test_the_hidden_map_names_no_attribute_of_the_program(tmp_path: Path) -> None:
    """A sheet whose column says that it is "rows", "parent" or "__class__" would set just that."""
    for name in ("rows", "parent", "__class__", "ordinal", "years.22", "a+b", "task+rows", ""):
        known, plan, part = kept_in(whole())
        listed = json.loads(known)
        sheet = next(one for one in listed["sheets"] if one["kind"] == "tasks")
        sheet["fields"][2] = name
        parts = dict(entries(whole())) | {part: kept_sheet(listed, plan)}
        refused(tmp_path, NAME, packed(parts), "dữ liệu ẩn")


# ---- links, macros, formulas


def test_links_and_macros_of_a_workbook_are_left_behind(tmp_path: Path) -> None:
    """They are neither followed nor kept: what comes out of a workbook is text and numbers."""

    def put(book: object) -> None:
        sheet = book["Phụ lục"]  # type: ignore[index]
        sheet["B9"].hyperlink = "file://server/share/x"

    parts = dict(entries(saved(whole(), put)))
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    plan = taken(tmp_path, NAME, packed(parts))
    again = xlsx.render(plan, template.get(plan.template))
    assert not any(b"server/share" in data or b"ddelink" in data.lower() for _name, data in entries(again))


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://a.vn")', "=WEBSERVICE(A1)", "=cmd|'/c calc'!A0", "=[1]x!A1", "=1+1"]
)
def test_a_formula_of_somebody_else_is_never_run(tmp_path: Path, formula: str) -> None:
    """Without a stored result there is nothing to take; nothing is computed here."""

    def put(book: object) -> None:
        book["Phụ lục"]["D9"].value = formula  # type: ignore[index]

    refused(tmp_path, NAME, saved(whole(), put), "gõ giá trị thay cho công thức")


# ---- Word


@pytest.mark.parametrize("name", ["kế hoạch.docx", "kế hoạch.docm", "x.zip"])
def test_word_files(tmp_path: Path, name: str) -> None:
    """Not taken in; nor is anything in them looked at."""
    word = {"[Content_Types].xml": b"<Types/>", "word/document.xml": BOMB + b"<x>&j;</x>", "word/vbaProject.bin": b"x"}
    refused(tmp_path, name, packed(word), "văn bản Word")


def test_old_office_files(tmp_path: Path) -> None:
    for name in ("a.doc", "a.xls", "a.ppt"):
        refused(tmp_path, name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000, name)


def test_a_picture_that_is_a_program(tmp_path: Path) -> None:
    """SVG is XML that can hold scripts and entities; it is no kind of file that is taken."""
    refused(
        tmp_path, "a.svg", b"<?xml version='1.0'?>" + BOMB + b"<svg onload='x()'>&j;</svg>", "không phải tệp kế hoạch"
    )


# ---- the program


def test_the_command_line_says_so_and_stores_nothing(here: Program, folder: Path, tmp_path: Path) -> None:
    attacks = [changed("xl/workbook.xml", b"?>", b"?>" + BOMB), cells(b"<row/>", 1_100_000)]
    for number, data in enumerate(attacks):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(data)
        for command in (("import", path), ("check", path)):
            with bounded():
                found = here(*command)
            assert found.code == 2 and found.out == "" and is_sentence(found.err.strip()), found
    assert not folder.exists()
