"""Tables as Excel, LibreOffice and Word put them on the clipboard, and hostile ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.blocks import BlockError
from models.html_tables import has_table, read_html

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Excel 15">
<style><!-- table {mso-displayed-decimal-separator:"\\,";} td {padding-top:1px;} --></style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><table><tr><td>no</td></tr></table></x:ExcelWorkbook></xml><![endif]-->
</head><body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=512 style='border-collapse: collapse'>
<!--StartFragment-->
 <col width=64 style='width:48pt'><col width=200>
 <tr height=20 style='height:15.0pt'>
  <td rowspan=2 height=40 class=xl65 width=64>TT</td><td rowspan=2>Tên nhiệm vụ</td>
  <td colspan=2 class=xl65>Kinh phí</td><td rowspan=3>Ngân sách
  tỉnh</td>
 </tr>
 <tr height=20><td>Tổng</td><td>2022</td></tr>
 <tr height=20>
  <td height=20 align=right x:num>1</td><td class=xl66>- Nâng cấp<br>
    - Mở rộng<span style='mso-spacerun:yes'>&nbsp; </span>A &amp; B</td>
  <td align=right x:num="4009.772">4.009,772</td><td class=xl66>=SUM(A1:A3)</td>
 </tr>
<!--EndFragment-->
</table></body></html>"""

CALC = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>
<meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>
<style type="text/css">body,div,table,thead,tbody,tfoot,tr,th,td,p { font-family:"Liberation Sans"; }
 a.comment-indicator:hover + comment { background:#ffd; }</style></head>
<body><table cellspacing="0" border="0"><colgroup width="85"></colgroup><colgroup span="2" width="120"></colgroup>
<tr><td height="17" align="right" sdval="1" sdnum="1066;">1</td>
<td align="left" valign=middle><font face="Times New Roman">Số hóa<br>tài liệu</font></td>
<td align="right" sdval="250" sdnum="1066;0;#.##0">250</td></tr>
<tr><td height="17" align="left"><br></td><td align="left"><br></td><td align="left"><b>Cộng</b></td></tr>
</table></body></html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><style>p.MsoNormal {margin:0cm}</style></head><body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0>
 <tr style='mso-yfti-irow:0'>
  <td width=120 valign=top><p class=MsoNormal align=center><b><span lang=VI>Đề&nbsp;án<o:p></o:p></span></b></p></td>
  <td width=120><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>
 </tr>
 <tr>
  <td><p class=MsoNormal>Đoạn một
  viết tiếp</p><p class=MsoNormal>Đoạn hai<br>dòng ba</p>
  <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
  style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
  </span></span></span><![endif]>Gạch đầu dòng</p>
  <ul><li>mục a</li><li>mục b</li></ul></td>
  <td><p class=MsoNormal><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span>Số</p></td>
 </tr>
</table><!--EndFragment--></body></html>"""


def rows(html: str) -> list[list[str]]:
    found = read_html(html)
    assert found is not None
    return found.rows


def test_excel_with_merged_cells() -> None:
    found = read_html(EXCEL)
    assert found is not None and not found.is_part
    assert found.rows == [
        ["TT", "Tên nhiệm vụ", "Kinh phí", "", "Ngân sách tỉnh"],
        ["", "", "Tổng", "2022", ""],
        ["1", "- Nâng cấp\n- Mở rộng  A & B", "4.009,772", "=SUM(A1:A3)", ""],
    ]


def test_libreoffice() -> None:
    assert rows(CALC) == [["1", "Số hóa\ntài liệu", "250"], ["", "", "Cộng"]]


def test_word() -> None:
    assert rows(WORD) == [
        ["Đề án", ""],
        ["Đoạn một viết tiếp\nĐoạn hai\ndòng ba\n- Gạch đầu dòng\nmục a\nmục b", "1. Số"],
    ]


def test_the_table_with_the_most_cells_and_what_is_left_out() -> None:
    small, large = "<table><tr><td>a</td></tr></table>", "<table><tr><td>b</td><td>c</td></tr></table>"
    for html in (small + large, large + small):
        found = read_html(html)
        assert found is not None and found.is_part and found.rows == [["b", "c"]]
    first = read_html(large.replace(">b<", ">x<") + large)
    assert first is not None and first.rows == [["x", "c"]]
    around = read_html(f"<p>Phụ lục</p>{large}")
    assert around is not None and around.is_part
    blank = read_html(f"<p>&nbsp;</p>{large}<style>b</style><script>c()</script><!-- d -->")
    assert blank is not None and not blank.is_part
    inside = read_html(f"<table><tr><td>{large}</td></tr></table>")
    assert inside is not None and inside.rows == [["b", "c"]] and not inside.is_part
    outside = read_html("<table><tr><td>1<td>2<td>3<td><table><tr><td>b<tr><td>c</table></table>")
    assert outside is not None and outside.rows == [["1", "2", "3", "b\nc"]] and not outside.is_part


def test_sloppy_html() -> None:
    assert rows("<TABLE><TR><TD>1<TD>2<TR><TD>3</TABLE>") == [["1", "2"], ["3", ""]]
    assert rows("<table><td>1<td>2") == [["1", "2"]]
    assert rows("<table><tr><td rowspan=x colspan=-1>1<td rowspan=0>2<tr><td>3<td>4") == [
        ["1", "2", ""],
        ["3", "", "4"],
    ]
    assert rows("<table><tr><td>a&#1;&#2;&#xD800;b\x07c") == [["abc"]]
    assert rows('<?xml version="1.0" encoding="utf-16"?><meta charset=latin1><table><tr><td>Việt') == [["Việt"]]
    assert read_html("<p>một dòng</p>") is None
    assert read_html("<table></table>") is None
    assert has_table("x <TABLE\n>") and not has_table("<tablet>")


def test_nothing_is_loaded_and_no_entity_grows() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    assert rows(f"{bomb}<table><tr><td>&b;</td><td>&c;</td></tr></table>") == [["&b;", "&c;"]]


def test_spans_beyond_all_measure() -> None:
    wide = "<table><tr><td colspan=1000000000 rowspan=1000000000>a</td></tr><tr><td>b</td></tr></table>"
    begun = time.perf_counter()
    assert rows("<table><tr><td colspan=1000000000>a</td></tr><tr><td>b</td><td>c</td></tr></table>") == [
        ["a", ""],
        ["b", "c"],
    ]
    assert rows(wide)[0][0] == "a"
    with pytest.raises(BlockError):
        read_html("<table>" + "<tr><td colspan=999999999 rowspan=9>a</td><td>b</td></tr>" * 1000 + "</table>")
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + ("<tr>" + "<td>1</td>" * 1000) * 1000,
        "<table><tr>" + "<th>1</th>" * 1_000_000,
        "<table><tr><td>" + "x" * 20_000_000,
    ],
    ids=["cells", "heads", "characters"],
)
def test_too_much_is_refused_quickly(html: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(BlockError, match="quá lớn"):
        read_html(html)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>" * 100_000 + "x",
        "<table><tr><td>" + "<b>" * 500_000 + "x",
        "<table><tr><td>" + "&amp;<br>" * 500_000,
    ],
    ids=["nested", "deep", "long"],
)
def test_hostile_tables_are_read_in_time(html: str) -> None:
    begun = time.perf_counter()
    read_html(html)
    assert time.perf_counter() - begun < 5


_PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td rowspan=3>", "<td colspan=2>", "<td>", "</td>", "<br>", "<p>", "</p>"]
) | st.sampled_from(
    ["<style>", "</style>", "<span style='mso-list:Ignore'>", "</span>", "<!--", "-->", "a", " ", "&nbsp;", "<li>"]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_html_gives_a_rectangle_or_nothing(html: str) -> None:
    found = read_html(html)
    if found is not None:
        assert len({len(row) for row in found.rows}) == 1
        assert all(cell == cell.strip() for row in found.rows for cell in row)
