"""What other programs put on the clipboard, in the conventions of a section's text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pasting import from_html, from_plain
from models.plan import FORBIDDEN
from models.text import marked, paragraphs, runs
from tests.plans import texts
from ui.widgets.editor_lines import from_editor, to_editor


def mso(words: str, level: int, mark: str, style: str = "") -> str:
    """A paragraph of a list as Word writes it."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-.25in;mso-list:l0 level{level} lfo1'>"
        "<![if !supportLists]><span lang=VI style='font-family:Symbol;mso-fareast-font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;\n"
        f"</span></span></span><![endif]><span lang=VI{style}>{words}<o:p></o:p></span></p>\n"
    )


def word(body: str) -> str:
    """A fragment as Word puts it on the clipboard."""
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n'
        '<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252"><title>Kế hoạch</title>\n'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"
        "<style><!-- p.MsoNormal {margin:0in; font-weight:bold;} @page {size:8.5in 11in;} --></style></head>\n"
        f"<body lang=EN-US><!--StartFragment-->{body}<!--EndFragment--></body></html>"
    )


# ---- Word


def test_bullets_of_word_keep_their_levels() -> None:
    html = word(
        "<p class=MsoNormal>Gồm:<o:p></o:p></p>"
        + mso("Hạ tầng", 1, "·")
        + mso("Máy chủ", 2, "o")
        + mso("Ổ đĩa", 3, "§")
        + mso("Phần mềm", 1, "-")
        + mso("Bản quyền", 1, "+")
        + mso("Chỉ tiêu", 1, "v")
        + "<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Hết.</p>"
    )
    assert from_html(html) == ("Gồm:\n- Hạ tầng\n+ Máy chủ\n+ Ổ đĩa\n- Phần mềm\n+ Bản quyền\n- Chỉ tiêu\n\nHết.")


def test_numbers_that_word_made_stay_as_text() -> None:
    html = word(mso("Mục tiêu", 1, "1.") + mso("Chung", 2, "a)") + mso("Chi tiết", 1, "Điều 2.") + mso("Ý", 2, "-"))
    assert from_html(html) == "1. Mục tiêu\n\na) Chung\n\nĐiều 2. Chi tiết\n+ Ý"


def test_bold_and_italic_of_word_without_blanks_at_their_edge() -> None:
    html = word(
        "<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span lang=VI\n"
        "style='font-size:14.0pt;color:red'>Tổng kinh\nphí: </span></b><i>5.039 <b>triệu</b></i>&nbsp;đồng"
        "<span style='mso-spacerun:yes'>&nbsp; </span>(<span style='font-style:italic'>dự kiến</span>)</p>"
    )
    assert from_html(html) == "**Tổng kinh phí:** *5.039 **triệu*** đồng (*dự kiến*)"


def test_what_word_holds_besides_is_dropped() -> None:
    html = word(
        "<p>Theo <a href='https://vi.du/'>Quyết định 749</a><a style='mso-footnote-id:ftn1' href='#_ftn1'>"
        "<span class=MsoFootnoteReference>[1]</span></a><span class=MsoCommentReference>[A1]</span>"
        "<del>cũ</del><ins> mới</ins><img src='file:///C:/anh.png' alt='ảnh'>.</p>"
        "<script>alert(1)</script><div style='mso-element:footnote-list'><p>[1] Ghi chú</p></div>"
        "<div style='mso-element:comment-list'><p>Nhận xét</p></div><p style='display:none'>ẩn</p>"
    )
    assert from_html(html) == "Theo Quyết định 749 mới."


def test_bullets_typed_by_hand_are_bullets() -> None:
    html = word("<p>- một</p><p><b>+ hai</b></p><p>• ba<br>tiếp</p><p>– bốn</p><p>-5 độ</p><p>2 - 3</p>")
    assert from_html(html) == "- một\n+ **hai**\n- ba\ntiếp\n- bốn\n\n-5 độ\n\n2 - 3"


# ---- LibreOffice, Outlook, browsers


def test_lists_of_libreoffice() -> None:
    html = (
        '<meta http-equiv="content-type" content="text/html; charset=utf-8"/><p style="line-height: 100%">Gồm</p>\n'
        '<ul>\n\t<li><p style="margin-bottom: 0cm">\n\tmột</p>\n\t<ul>\n\t\t<li><p>hai</p></li>\n\t\t<ul><li><p>ba</p>'
        "</li></ul>\n\t</ul>\n\t<li><p>bốn</p><p>vẫn bốn</p></li>\n</ul><p><b>Hết</b></p>"
    )
    assert from_html(html) == "Gồm\n- một\n+ hai\n+ ba\n- bốn\nvẫn bốn\n\n**Hết**"


def test_numbered_lists_of_browsers_keep_their_numbers() -> None:
    html = (
        '<ol start="3"><li>ba<li>bốn<ul><li>gạch</ul></ol><ol type="a"><li>chữ a</li></ol><ol type="I"><li>La Mã</ol>'
    )
    assert from_html(html) == "3. ba\n\n4. bốn\n- gạch\n\na) chữ a\n\nI. La Mã"


def test_documents_of_google_are_not_all_bold() -> None:
    html = (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><ul><li dir="ltr" aria-level="1">'
        '<p><span style="font-weight:700">Đ</span>ậm</p></li><li aria-level="2">hai</li></ul></b>'
    )
    assert from_html(html) == "- **Đ**ậm\n+ hai"


def test_lists_of_word_on_the_web() -> None:
    html = (
        '<div class="ListContainerWrapper"><ul class="Bullet"><li data-leveltext="" data-aria-level="1"><p>một</p></li>'
        '</ul></div><div><ul><li data-aria-level="2"><p>hai</p></li></ul></div>'
    )
    assert from_html(html) == "- một\n+ hai"


def test_mail_in_tables_made_for_the_layout_keeps_its_paragraphs() -> None:
    html = (
        "<table><tr><td>&nbsp;</td><td><p>Kính gửi</p><ul><li>một</ul><table><tr><td>a<td>b</table></td></tr></table>"
    )
    assert from_html(html) == "Kính gửi\n- một\n\na – b"


def test_a_row_of_a_table_is_a_line() -> None:
    html = (
        "<p>Bảng:</p><table><thead><tr><th>STT</th><th>Tên</th></tr></thead><tr><td><p>1</p></td><td><p>Mua</p>"
        "<p><b>máy</b></p></td><td></td></tr></table>Hết"
    )
    assert from_html(html) == "Bảng:\n\nSTT – Tên\n\n1 – Mua **máy**\n\nHết"


def test_line_breaks_and_blanks() -> None:
    assert from_html("<div>a<br>b\n   c<br><br>d</div><div>&nbsp;</div><div>e</div><pre>f\n  g</pre>") == (
        "a\nb c\nd\n\ne\n\nf\ng"
    )


def test_letters_are_put_together_and_controls_go() -> None:
    assert from_html("<p>Tie\u0302\u0301ng&#7879;t\x07&amp;&lt;b&gt;</p>") == "Tiếngệt &<b>"
    assert from_html('<meta charset="windows-1252"><p>Đề án') == "Đề án"


def test_asterisks_are_no_marks() -> None:
    assert from_html("<p>(*) một (*)</p><p>2 * 3</p><p>* <i>x</i></p>") == "(•) một (•)\n\n2 * 3\n\n• *x*"


# ---- bare text


def test_bare_text() -> None:
    text = "Mở\tđầu\r\n\r\n•\tmột\x07\r\n   o  hai\r\n– Tie\u0302\u0301ng\u2028tiếp\r\n-5"
    assert from_plain(text) == "Mở đầu\n- một\n+ hai\n- Tiếng\n\ntiếp\n\n-5"


# ---- anything


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 250_000 + "x",
        "<ul><li>" * 100_000 + "x",
        "<table><tr><td>x" * 50_000,
        "<br>x" * 100_000,
        "<p style='" + "mso-list: " * 80_000 + "'>x",
        "<p style='mso-list:" + " " * 800_000 + "'>x",
        "<p>-" + " " * 800_000 + "x",
        "<b>*</b>" * 100_000,
        '<!DOCTYPE a [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]><p>&b;',
    ],
    ids=["deep", "bold", "lists", "tables", "breaks", "levels", "blanks", "bullet", "stars", "entities"],
)
def test_hostile_html_ends_soon(html: str) -> None:
    began = time.monotonic()
    assert len(from_html(html)) < 400_000
    assert time.monotonic() - began < 20


_tags = st.sampled_from([
    "p", "b", "i", "ul", "ol", "li", "table", "tr", "td", "br", "span", "div", "script", "pre", "/p", "/b", "/i", "/ul",
    "/li", "/table", "/tr", "/td", "/div", "li value=x", "ol start=99999", 'p style="mso-list:l0 level2 lfo1"', "!--",
    'span style="mso-list:Ignore"', "/span", 'b style="font-weight:normal"', "/pre", "/ol", "/script", "p", "b", "i",
]).map(lambda tag: f"<{tag}>")  # fmt: skip


@given(st.lists(_tags | texts | st.text(max_size=8), max_size=30).map("".join))
def test_any_html_becomes_text_of_the_conventions(html: str) -> None:
    found = from_html(html)
    assert not FORBIDDEN.search(found)
    assert from_editor(to_editor(found)) == found
    assert all(paragraph.plain.strip() for paragraph in paragraphs(found) if "*" not in found)


@given(texts)
def test_any_bare_text_becomes_text_of_the_conventions(text: str) -> None:
    found = from_plain(text)
    assert from_editor(to_editor(found)) == found


@given(texts)
def test_marks_are_written_as_they_are_read(text: str) -> None:
    again = marked(runs(text))
    assert marked(runs(again)) == again
    assert "".join(run.text for run in runs(again)) == "".join(run.text for run in runs(text)) or "•" in again


@pytest.mark.parametrize("old", ["KÕ ho¹ch øng dông c«ng nghÖ", "Keá hoaïch öùng duïng coâng ngheä"])
def test_text_of_old_fonts_is_made_unicode(old: str) -> None:
    expected = "Kế hoạch ứng dụng công nghệ"
    assert from_plain(f"{old}\n- {old}") == f"{expected}\n- {expected}"
    assert from_html(f"<p><b>{old}</b></p>") == f"**{expected}**"
