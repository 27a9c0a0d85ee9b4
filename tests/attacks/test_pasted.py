"""What a clipboard may bring: HTML that would run, fetch, or never end."""

from __future__ import annotations

import contextlib

import pytest

from models import blocks, html_tables, pasting
from models.blocks import BlockError
from models.text import clean
from tests.attacks.defence import bounded

HARM = (
    "<script>alert(1)</script>", "<iframe src='http://a.vn'>x</iframe>", "<meta http-equiv=refresh content='0;url=http://a.vn'>",
    "<img src='file://server/share/x.png' onerror='x()'>", "<object data='file:///etc/passwd'>x</object>",
    "<link rel=stylesheet href=http://a.vn>", "<style>*{background:url(http://a.vn)}</style>", "<svg onload='x()'><text>x</text></svg>",
    "<base href=http://a.vn>", "<embed src=http://a.vn>", "<video src=http://a.vn>x</video>", "<xml><x:FormulaR1C1>=1</x:FormulaR1C1></xml>",
    "<template>x</template>", "<applet code=x>x</applet>", "<math><mtext>x</mtext></math>", "<!--[if gte mso 9]>x<![endif]-->",
)  # fmt: skip


@pytest.mark.parametrize("harm", HARM, ids=lambda text: text[:20])
def test_only_words_come_in(harm: str) -> None:
    text = pasting.from_html(f"<p>trước</p>{harm}<p style='background:url(http://a.vn)' onclick='x()'>sau</p>")
    assert text.split() == ["trước", "sau"]
    found = html_tables.read_html(f"<table><tr><td>trước{harm}</td><td>sau</td></tr></table>")
    assert found is not None and not any("http" in cell or "alert" in cell for row in found.rows for cell in row)


def test_links_keep_their_words_alone() -> None:
    html = "<p><a href='javascript:x()'>một</a> <a href='http://a.vn'>hai</a></p>"
    assert pasting.from_html(html) == "một hai"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_a_million_nested_tags(tag: str) -> None:
    """Refused where it is too long to be read at once; a part of it, as long as is taken, is read."""
    html = f"<{tag}>" * 1_000_000
    with bounded():
        with pytest.raises(BlockError):
            pasting.from_html(html)
        with contextlib.suppress(BlockError):
            html_tables.read_html("<table><tr><td>x" + html)
    with bounded():
        pasting.from_html(html[: pasting.LONGEST])


def test_tables_without_end() -> None:
    for html in (
        "<table>" + "<tr>" + "<td>" * 300_000,
        "<table><tr>" + "<td rowspan=1000 colspan=1000>x" * 900,
        "<table>" + "<tr><td>x" * 150_000 + "<td>" * 5,
        "<table>" + "<tr><td colspan=1000>" * 5000,
        "<table><tr><td rowspan=99999999999999999999 colspan=-5>x</table>",
    ):
        with bounded():
            try:
                html_tables.read_html(html)
            except BlockError:
                continue


@pytest.mark.parametrize("text", ["\t" * 300_000, '"' * 1_000_000, "\n" * 300_000, '"\t' * 200_000, "x" * 21_000_000])
def test_blocks_of_text(text: str) -> None:
    with bounded():
        try:
            rows = blocks.read_text(text)
        except BlockError:
            return
    assert len({len(row) for row in rows}) <= 1


def test_letters_that_turn_around_or_are_not_seen_go() -> None:
    for read in (pasting.from_plain, pasting.from_html, clean):
        assert read("Sở\u202e Nội\u2066 vụ\u200b\ufeff") == "Sở Nội vụ"
    assert blocks.read_text("a\u202eb\tc\u200bd") == [["ab", "cd"]]


def test_heaps_of_marks_cost_no_time() -> None:
    heap = "a" + "\u0301\u0316" * 400_000
    for read in (clean, pasting.from_plain, blocks.read_text, pasting.from_html):
        with bounded():
            read(heap)


def test_halves_of_letters_and_zeros() -> None:
    for read in (pasting.from_plain, pasting.from_html, clean):
        assert read("a\ud800b\x00c").replace(" ", "") == "abc"
