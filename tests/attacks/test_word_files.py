"""Word files that would fetch, swell, or stop the program."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from models import document, template
from models.errors import UserError
from models.imports import word, word_plan
from tests.attacks.defence import bounded, is_sentence
from tests.attacks.test_workbooks import BOMB, DECLARATIONS
from tests.models.imports.words import level, listed, make, numbering, p, packed, r, read, tbl, tc, unpacked
from tests.ui.program import Program

NAME = "kế hoạch.docx"
MAIN = "word/document.xml"


def whole() -> bytes:
    return make(
        p("KẾ HOẠCH"),
        p("I. Mục tiêu"),
        p("x", properties=listed(1)),
        tbl(["a", "b"]),
        lists=numbering(level(0, "decimal", "%1.")),
    )


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The file with something replaced in one of its parts."""
    parts = unpacked(whole())
    assert old in parts[part], part
    parts[part] = parts[part].replace(old, new, 1)
    return packed(parts)


def refused(folder: Path, data: bytes, *words: str) -> None:
    """The file is refused with a sentence that names it."""
    with bounded(), pytest.raises(UserError) as raised:
        read(folder, data, NAME)
    text = str(raised.value)
    assert is_sentence(text) and all(one in text for one in (NAME, *words)), text


def taken_or_refused(folder: Path, data: bytes) -> word.WordFile | None:
    """What was read, and made a plan of; ``None`` where a sentence refuses it."""
    with bounded():
        try:
            found = read(folder, data, NAME)
            plan = word_plan.plan(found, template.get("chinh-quyen-so-2022"), NAME).plan
        except UserError as error:
            assert is_sentence(str(error)), error
            return None
    written = document.to_bytes(plan)
    assert document.to_bytes(document.from_bytes(written)) == written
    return found


# ---- XML


@pytest.mark.parametrize(
    "part", [MAIN, "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"]
)
@pytest.mark.parametrize("name", DECLARATIONS)
def test_nothing_is_declared(tmp_path: Path, part: str, name: str) -> None:
    refused(tmp_path, changed(part, b"?>", b"?>" + DECLARATIONS[name]), "hỏng hoặc bị cắt cụt")


@pytest.mark.parametrize("code", ["utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"])
def test_a_declaration_in_other_letters(tmp_path: Path, code: str) -> None:
    text = unpacked(whole())[MAIN].decode().partition("?>")[2]
    made = f'<?xml version="1.0" encoding="{code}"?>' + DECLARATIONS["external entity"].decode() + text
    refused(tmp_path, packed(unpacked(whole()) | {MAIN: made.encode(code, "replace")}))


@pytest.mark.parametrize("levels", [200, 1000, 100_000])
def test_elements_in_elements(tmp_path: Path, levels: int) -> None:
    for opened, closed in (
        (b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>"),
        (b"<w:ins>", b"</w:ins>"),
        (b"<w:x>", b"</w:x>"),
    ):
        taken_or_refused(
            tmp_path, changed(MAIN, b"<w:sectPr", opened * (levels // 2) + closed * (levels // 2) + b"<w:sectPr")
        )


@pytest.mark.parametrize("levels", [5, 60, 20_000])
def test_tables_in_tables_and_frames_in_frames(tmp_path: Path, levels: int) -> None:
    inner = b"<w:tbl><w:tr><w:tc>"
    data = changed(MAIN, b"<w:sectPr", inner * levels + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * levels + b"<w:sectPr")
    assert (taken_or_refused(tmp_path, data) is None) == (levels > 5)
    box = b"<w:p><w:r><w:pict><w:txbxContent>"
    data = changed(MAIN, b"<w:sectPr", box * levels + b"</w:txbxContent></w:pict></w:r></w:p>" * levels + b"<w:sectPr")
    taken_or_refused(tmp_path, data)


# ---- sizes


def test_what_swells_is_not_unpacked(tmp_path: Path) -> None:
    refused(tmp_path, changed(MAIN, b"<w:sectPr", b" " * (31 << 20) + b"<w:sectPr"), "quá lớn")
    parts = unpacked(whole())
    refused(tmp_path, packed(parts | {"word/media/a.bin": bytes(201 << 20)}), "quá lớn")
    refused(tmp_path, packed(parts | {f"word/x{at}.xml": b"x" for at in range(2001)}), "quá lớn")


@pytest.mark.parametrize("element", [b"<w:p/>", b"<w:p><w:r/></w:p>", b"<w:tbl/>", b"<w:r/>", b"<a/>"])
def test_elements_without_end(tmp_path: Path, element: bytes) -> None:
    refused(tmp_path, changed(MAIN, b"<w:sectPr", element * 900_000 + b"<w:sectPr"), "quá lớn")


def test_a_huge_table_and_wide_cells(tmp_path: Path) -> None:
    row = b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 60 + b"</w:tr>"
    refused(tmp_path, changed(MAIN, b"<w:sectPr", b"<w:tbl>" + row * 3400 + b"</w:tbl><w:sectPr"), "quá lớn")
    wide = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr>'
    refused(tmp_path, changed(MAIN, b"<w:sectPr", b"<w:tbl>" + wide * 4000 + b"</w:tbl><w:sectPr"), "quá lớn")


def test_a_text_that_many_cells_share_is_one(tmp_path: Path) -> None:
    cells = [[tc("chữ " * 50_000, down="restart"), "x"], *[[tc(down="continue"), "x"] for _row in range(2000)]]
    refused(tmp_path, make(tbl(*cells)), "quá lớn")
    cells[0][0] = tc("chữ " * 200, down="restart")
    assert taken_or_refused(tmp_path, make(tbl(*cells))) is not None


def test_numbers_of_lists_and_styles(tmp_path: Path) -> None:
    """Levels and numbers that no list has, styles upon themselves, texts of numbers without end."""
    odd = numbering(level(0, "upperRoman", "%1%2%9" * 5000) + level(99, "decimal", "%0") + level(-1, "x", "%1"))
    places = ["-1", "99999999999", "0", "x", ""]
    body = [p("x", properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{at}"/></w:numPr>') for at in places]
    many = [p("x", properties=listed(1)) for _time in range(5000)]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:name w:val="n"/><w:basedOn w:val="s{at + 1}"/></w:style>'
        for at in range(3000)
    )
    taken_or_refused(tmp_path, make(*body, *many, p("y", style="s0"), lists=odd, styles=styles))


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    stream = io.BytesIO(whole())
    with zipfile.ZipFile(stream, "a") as zipped, pytest.warns(UserWarning):
        zipped.writestr(MAIN, unpacked(whole())[MAIN])
    refused(tmp_path, stream.getvalue(), "hỏng")


def test_marks_upon_marks(tmp_path: Path) -> None:
    taken_or_refused(tmp_path, make(p("a" + "\u0301" * 100_000), p(r("©" * 100_000, font=".VnTime")), p("ơ" * 200_000)))


# ---- what lies outside


LINKS = [
    ("attachedTemplate", "http://127.0.0.1:9/x.dotm"),
    ("image", "http://127.0.0.1:9/x.png"),
    ("image", "file:///etc/passwd"),
    ("oleObject", "\\\\127.0.0.1\\share\\x"),
    ("frame", "http://127.0.0.1:9/x.htm"),
    ("styles", "http://127.0.0.1:9/styles.xml"),
    ("header", "http://127.0.0.1:9/header.xml"),
]


@pytest.mark.parametrize(("kind", "target"), LINKS)
def test_links_are_never_followed(tmp_path: Path, kind: str, target: str) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for mode in ('TargetMode="External"', ""):
        link = f'<Relationship Id="e1" Type="{base}/{kind}" Target="{target}" {mode}/></Relationships>'.encode()
        data = changed("word/_rels/document.xml.rels", b"</Relationships>", link)
        # An attempt to reach the network fails any test (tests/network.py).
        assert taken_or_refused(tmp_path, data) is not None


@pytest.mark.parametrize(
    "target", ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "word/../../../x", "", "a\0b", "_rels/.rels"]
)
def test_the_main_part_is_one_of_the_file(tmp_path: Path, target: str) -> None:
    refused(tmp_path, changed("_rels/.rels", b"word/document.xml", target.encode()))


def test_macros_and_embedded_files_are_left_behind(tmp_path: Path) -> None:
    parts = unpacked(whole()) | {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "word/embeddings/x.exe": b"MZ" + bytes(600),
    }
    fields = '<w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</w:instrText></w:r>'
    parts[MAIN] = parts[MAIN].replace(b"<w:sectPr", p(fields).encode() + b"<w:altChunk/><w:sectPr")
    found = taken_or_refused(tmp_path, packed(parts))
    assert found is not None and "cmd.exe" not in str(found.blocks)


def test_the_bomb_in_a_part_that_is_not_read_costs_nothing(tmp_path: Path) -> None:
    parts = unpacked(whole()) | {"word/glossary/document.xml": BOMB + b"<x>&j;</x>", "customXml/item1.xml": BOMB}
    assert taken_or_refused(tmp_path, packed(parts)) is not None


# ---- the program


def test_the_command_line_says_so_and_stores_nothing(here: Program, folder: Path, tmp_path: Path) -> None:
    attacks = [
        changed(MAIN, b"?>", b"?>" + BOMB),
        changed(MAIN, b"<w:sectPr", b"<a/>" * 900_000 + b"<w:sectPr"),
        whole()[:-300],
    ]
    for number, data in enumerate(attacks):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        with bounded():
            found = here("import", path, "--template", "chinh-quyen-so-2022")
        assert found.code == 2 and found.out == "" and is_sentence(found.err.strip()), found
    assert not folder.exists()
