"""Word files read: what is shown in them, in its order, and what is said of the rest."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from models.errors import DocumentError
from models.imports import package, word
from models.imports.grid import Grid
from tests.models.imports.words import (
    level,
    lines,
    listed,
    make,
    numbering,
    p,
    packed,
    r,
    read,
    tbl,
    tc,
    told,
    unpacked,
)  # fmt: skip

CHANGED = 'w:id="1" w:author="Lan" w:date="2021-10-01T08:00:00Z"'


# ---- letters


def test_runs_become_marks(tmp_path: Path) -> None:
    body = p(r("Tổng "), r("kinh", bold=True), r(" phí", bold=True), r(": "), r("5.039", italic=True), r(" triệu"))
    found = read(tmp_path, make(body))
    assert lines(found) == ["Tổng **kinh phí**: *5.039* triệu"]
    assert told(found) == ""


def test_breaks_tabs_and_blanks(tmp_path: Path) -> None:
    found = read(tmp_path, make(p("Một  \u00a0hai\tba\nbốn"), p("- a\n- b\n+ c")))
    first = found.blocks[0]
    assert isinstance(first, word.Paragraph)
    assert first.text == "Một hai ba\nbốn" and first.plain == "Một  \u00a0hai\tba\nbốn"
    # Lines that begin with a sign are bullets of their own.
    assert lines(found)[1:] == ["- a", "- b", "+ c"]


def test_looks_come_from_styles_too(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Gốc"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Mục"/><w:basedOn w:val="Base"/>'
        '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Vòng"/><w:basedOn w:val="Loop"/></w:style>'
    )
    strong = r("x", more='<w:rStyle w:val="Strong"/>')
    found = read(
        tmp_path,
        make(p("Mục tiêu", style="Own"), p(strong, style="Base"), p(strong), p("y", style="Loop"), styles=styles),
    )
    heading = found.blocks[0]
    assert isinstance(heading, word.Paragraph)
    assert heading.text == "**MỤC TIÊU**" and heading.bold and heading.caps and heading.outline == 1
    assert heading.alignment == "center" and heading.style == "Mục"
    # A style of letters switches off what that of the paragraph switches on.
    assert lines(found)[1:] == ["x", "**x**", "y"]


def test_old_fonts_by_run(tmp_path: Path) -> None:
    body = p(
        r("QuyÕt ®Þnh ", font=".VnTime"), r("của Thủ tướng", font="Times New Roman"), r(" chÝnh phñ", font=".VnTimeH")
    )
    found = read(tmp_path, make(body, p(r("Keá hoaïch", font="VNI-Times", bold=True)), p(r("Đề án", font=".VnTime"))))
    assert lines(found) == ["Quyết định của Thủ tướng CHÍNH PHỦ", "**Kế hoạch**", "Đề án"]
    assert "phông chữ cũ" in told(found)


def test_old_fonts_in_numbers_and_cells(tmp_path: Path) -> None:
    fonts = '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
    lists = numbering(level(0, "upperRoman", "PhÇn %1.").replace("</w:lvl>", f"{fonts}</w:lvl>"))
    table = tbl([tc(inside=p(r("NhiÖm vô", font=".VnTime"))), "Sở"], ["1", "2"])
    assert lines(read(tmp_path, make(p("Một", properties=listed(1)), table, lists=lists))) == [
        "Phần I. Một", "Nhiệm vụ | Sở", "1 | 2",
    ]  # fmt: skip


# ---- numbers


def test_numbers_are_counted_as_word_counts(tmp_path: Path) -> None:
    lists = numbering(
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "decimal", "%2.%3.")
        + level(3, "lowerLetter", "%4)"),
        level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + level(2, "bullet", "-"),
        level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 1)]
    found = read(tmp_path, make(*(p("x", properties=listed(*place)) for place in places), lists=lists))
    assert [line.removesuffix(" x") for line in lines(found)] == [
        "I.", "1.", "1.1.", "1.2.", "a)", "2.", "2.1.", "II.", "1.", "-", "+", "-", "1.1",
    ]  # fmt: skip
    signs = [block.is_sign for block in found.blocks if isinstance(block, word.Paragraph)]
    assert signs == [False] * 9 + [True] * 3 + [False]


def test_numbers_that_begin_anew(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1)")) + (
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = [p("x", properties=listed(number)) for number in (1, 1, 7, 7)] + [
        p("y", properties=listed(0)),
        p(properties=listed(1)),
    ]
    assert lines(read(tmp_path, make(*body, lists=lists))) == ["1) x", "2) x", "1) x", "2) x", "y"]


def test_numbers_of_a_style(tmp_path: Path) -> None:
    style = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    found = read(
        tmp_path,
        make(p("a", style="H"), p("b", style="H"), lists=numbering(level(0, "upperLetter", "%1.")), styles=style),
    )
    assert lines(found) == ["A. a", "B. b"]
    assert [block.outline for block in found.blocks if isinstance(block, word.Paragraph)] == [1, 1]


# ---- what python-docx leaves out


def test_tracked_changes(tmp_path: Path) -> None:
    changed = f"<w:del {CHANGED}><w:r><w:delText>cũ kỹ</w:delText></w:r></w:del><w:ins {CHANGED}>{r('mới')}</w:ins>"
    gone = p("Hai nửa ", properties=f"<w:rPr><w:del {CHANGED}/></w:rPr>")
    row = f"<w:tr><w:trPr><w:del {CHANGED}/></w:trPr>{tc('dòng bỏ')}{tc('x')}</w:tr>"
    table = tbl(["a", "b"]).replace("</w:tbl>", f"{row}</w:tbl>")
    found = read(tmp_path, make(p(r("Phần mềm "), changed), gone, p("của một câu"), table))
    assert lines(found) == ["Phần mềm mới", "Hai nửa của một câu", "a | b"]
    assert "cũ kỹ" in told(found) and "dòng bỏ" in told(found)


def test_frames_of_text_and_controls(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('Trong khung')}{tbl(['1', '2'])}</w:txbxContent>"
    shape = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = f"<w:sdt><w:sdtContent>{p('Trong ô nhập')}<w:sdt><w:sdtContent>{tbl(['a', 'b'])}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{r('chữ')}</w:sdtContent></w:sdt><w:hyperlink>{r(' nối')}</w:hyperlink><w:smartTag>{r(' thẻ')}</w:smartTag>"
    found = read(tmp_path, make(p(r("Trước"), shape), control, p(inline)))
    assert lines(found) == ["Trước", "Trong khung", "1 | 2", "Trong ô nhập", "a | b", "chữ nối thẻ"]
    assert "1 khung chữ" in told(found)


def test_notes_pictures_and_hidden_letters_are_told(tmp_path: Path) -> None:
    notes = {
        "footnotes": (
            "footnotes",
            f'<w:footnote w:type="separator" w:id="0">{p("vạch")}</w:footnote><w:footnote w:id="2">{p("Theo báo cáo 2021")}</w:footnote>',
        ),
        "comments": ("comments", ""),
    }
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    picture = (
        '<w:r><w:drawing><a:graphic><pic:blipFill><a:blip r:embed="r9"/></pic:blipFill></a:graphic></w:drawing></w:r>'
    )
    hidden = r("bí mật", more="<w:vanish/>")
    found = read(tmp_path, make(p(r("Có 54 máy"), reference, picture, hidden, r(".")), parts=notes))
    assert lines(found) == ["Có 54 máy (chú thích: Theo báo cáo 2021)."]
    for word_said in ("1 chú thích", "1 hình", "bí mật", "Nhận xét"):
        assert word_said in told(found)


def test_fields_show_their_results_and_contents_are_left_out(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("10/2021")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    toc = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    found = read(tmp_path, make(p(r("Ngày "), field), p("I. Mục tiêu\t3", style="TOC1"), styles=toc))
    assert lines(found) == ["Ngày 10/2021"]
    assert "Mục lục của văn bản không được nhận" in told(found)


def test_signs_of_symbol_fonts(tmp_path: Path) -> None:
    signs = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> Có</w:t><w:noBreakHyphen/><w:sym w:char="F0A8"/></w:r>'
    assert lines(read(tmp_path, make(p(signs)))) == ["☑ Có-☐"]


# ---- tables


def test_cells_over_several_columns_and_rows(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        make(
            p("Đơn vị tính: triệu đồng"),
            tbl(
                [tc("TT", down="restart"), tc("Kinh phí", span=2), tc("Ghi chú", down="restart")],
                [tc(down="continue"), "NSTW", "NSĐP", tc(down="continue")],
                ["1", "2", "3", tc("chung", down="restart")],
                ["2", tc(inside=p("a") + p("b")), "5", tc(down="continue")],
                [tc("Cộng", span=4)],
            ),
        ),
    )
    grid = found.blocks[1]
    assert isinstance(grid, Grid)
    assert lines(found)[1:] == [
        "TT | Kinh phí | Kinh phí | Ghi chú", "TT | NSTW | NSĐP | Ghi chú", "1 | 2 | 3 | chung", "2 | a⏎b | 5 | chung",
        "Cộng | Cộng | Cộng | Cộng",
    ]  # fmt: skip
    assert grid.merges == [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (2, 3, 3, 3), (4, 0, 4, 3)]
    assert grid.before == ["Đơn vị tính: triệu đồng"] and grid.name == "Bảng 1"


def test_odd_tables_are_rectangles(tmp_path: Path) -> None:
    """Rows of other lengths, cells that begin later, a lower half without an upper one, a width no table has."""
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("b")}</w:tr>'
    table = tbl([tc("a", down="continue"), "x", "y"], ["c"], [tc("rộng", span=9999)]).replace(
        "</w:tbl>", f"{late}</w:tbl>"
    )
    grid = read(tmp_path, make(table)).blocks[0]
    assert isinstance(grid, Grid)
    assert grid.width == 63 and {len(row) for row in grid.rows} == {63}
    assert grid.rows[3][1].text == "b" and grid.rows[0][0].text == "a"


def test_numbers_and_tables_in_cells(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1"))
    inner = tbl(["Máy chủ", "3"], ["Máy trạm", "10"])
    rows = [
        [tc(inside=p(properties=listed(1)) + p("x", properties=listed(1))), tc(inside=p("Gồm:") + inner + p())]
        for _row in range(2)
    ]
    found = read(tmp_path, make(tbl(*rows), lists=lists))
    assert lines(found) == ["1⏎2 x | Gồm:⏎Máy chủ | 3⏎Máy trạm | 10", "3⏎4 x | Gồm:⏎Máy chủ | 3⏎Máy trạm | 10"]
    assert "2 bảng nằm trong ô" in told(found)


def test_tables_alone(tmp_path: Path) -> None:
    frame = tbl(["UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1/KH", "Ngày"])
    end = tbl([tc(inside=p("Nơi nhận:") + p("- VT")), "GIÁM ĐỐC"])
    (tmp_path / "a.docx").write_bytes(make(frame, p("Kế hoạch"), tbl(["TT", "Tên"], ["1", "x"]), end))
    assert [[cell.text for cell in grid.rows[0]] for grid in word.tables(tmp_path / "a.docx")] == [["TT", "Tên"]]
    (tmp_path / "b.docx").write_bytes(make(p("Không có bảng"), end))
    with pytest.raises(DocumentError, match="không có bảng nào"):
        word.tables(tmp_path / "b.docx")


# ---- files that cannot be read

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("trống.docx", b"", "trống, có thể chép chưa xong"),
        ("cũ.doc", OLD + "WordDocument".encode("utf-16-le"), "kiểu cũ (.doc); hãy mở bằng Word, lưu thành tệp .docx"),
        (
            "khóa.docx",
            OLD + "EncryptedPackage".encode("utf-16-le"),
            "bị đặt mật khẩu nên không đọc được; hãy mở bằng Word",
        ),
        ("cụt.docx", make(p("x"))[:-200], "hỏng hoặc bị cắt cụt"),
        ("ảnh.docx", b"\x89PNG\r\n", "hỏng hoặc bị cắt cụt"),
        ("rtf.docx", b"{\\rtf1 x}", "là tệp .rtf"),
        ("rỗng.docx", make(p()), "không có chữ nào để nhận"),
        ("khác.docx", packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}), "hỏng"),
    ],
)
def test_bad_files_have_their_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(tmp_path, data, name)
    assert said in str(raised.value) and name in str(raised.value) and str(raised.value).endswith(".")


def test_the_strict_form_is_told(tmp_path: Path) -> None:
    found = unpacked(make(p("x")))
    found["word/document.xml"] = found["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with pytest.raises(DocumentError, match="Strict Open XML"):
        read(tmp_path, packed(found))


def test_files_with_macros_and_broken_links_are_read(tmp_path: Path) -> None:
    """Only the parts that hold text are opened: a picture that is not there, a macro, a template do not matter."""
    found = unpacked(make(p("x")))
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    link = b'<Relationship Id="n" Type="http://x/image" Target="NULL"/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    found[rels] = found[rels].replace(b"</Relationships>", link)
    assert lines(read(tmp_path, packed(found), "a.docm")) == ["x"]


def test_a_plan_is_not_opened_without_a_template(tmp_path: Path) -> None:
    for data, said in ((make(p("x")), "cần chọn mẫu"), (OLD + "WordDocument".encode("utf-16-le"), "hãy mở bằng Word")):
        (tmp_path / "a.docx").write_bytes(data)
        with pytest.raises(DocumentError, match=said):
            package.open_any(tmp_path / "a.docx")


def test_headers_are_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("x")
    made.sections[0].header.paragraphs[0].text = "Sở Nội vụ - Mật"
    made.sections[0].footer.paragraphs[0].text = "Trang 3/12"
    stream = io.BytesIO()
    made.save(stream)
    found = read(tmp_path, stream.getvalue())
    assert "Sở Nội vụ - Mật" in told(found) and "Trang 3" not in told(found)
