"""Blocks of cells as tab-separated text and as HTML tables, written and read."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.blocks import MAX_CELLS, Block, BlockError, read_text, write_html, write_text
from models.html_tables import read_html
from models.text import clean

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.text('a "\t\n-é', max_size=8)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    width = draw(st.integers(1, 4))
    row = st.lists(cells.map(clean), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=1, max_size=4))


@given(blocks())
def test_text_is_read_as_it_was_written(block: Block) -> None:
    assert read_text(write_text(block)) == block
    # Windows ends lines in its own way.
    assert read_text(write_text(block).replace("\n", "\r\n")) == block


@given(blocks())
def test_a_table_is_read_as_it_was_written(block: Block) -> None:
    found = read_html(write_html(block, {0}))
    assert found is not None and not found.is_part
    plain = [[cell.replace("\u00a0", " ").replace("\ufffd", "").strip() for cell in row] for row in block]
    # Blanks that are neither spaces nor line breaks stay, but at the ends.
    assert [[cell.strip() for cell in row] for row in found.rows] == [
        [clean(cell).strip() for cell in row] for row in plain
    ]


@given(blocks())
def test_what_other_programs_quote_is_read(block: Block) -> None:
    written = io.StringIO()
    csv.writer(written, "excel-tab").writerows(block)
    assert read_text(written.getvalue()) == block


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\t\n')))
def test_any_text_makes_a_rectangle(text: str) -> None:
    block = read_text(text)
    assert len({len(row) for row in block}) <= 1
    assert all(cell == clean(cell) for row in block for cell in row)


def test_text_of_excel_and_of_word() -> None:
    excel = '1\tNâng cấp\t"- Dòng một\n- Dòng ""hai"""\t4.009,772\r\n2\tĐào tạo\t\t250\r\n'
    assert read_text(excel) == [
        ["1", "Nâng cấp", '- Dòng một\n- Dòng "hai"', "4.009,772"],
        ["2", "Đào tạo", "", "250"],
    ]
    word = '"Đề án 06" là gì\n"Trích\n=SUM(A1:A3)\n"Một câu"\n'
    assert read_text(word) == [['"Đề án 06" là gì'], ['"Trích'], ["=SUM(A1:A3)"], ['"Một câu"']]
    assert read_text("a\tb\nc") == [["a", "b"], ["c", ""]]
    # A soft line break of Word, a control character, a decomposed letter.
    assert read_text("a\x0bb\x07\te\u0301\n") == [["a\nb", "é"]]
    assert read_text("") == []


def test_what_is_written_for_excel_stays_what_it_was() -> None:
    html = write_html([["2.1", "a & <b>\nc", "250"]], {2})
    # Texts that look like dates stay texts, lines stay in their cell, amounts are numbers.
    assert "<td style=\"mso-number-format:'\\@'\">2.1</td>" in html
    assert 'a &amp; &lt;b&gt;<br style="mso-data-placement:same-cell">c' in html
    assert "<td>250</td>" in html


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\n" * 500_000,
        "\t" * 999_999,
        "\n" * 1_000_000,
        '"a\tb\n' * 500_000,
        # Ragged: few cells, but a wide rectangle.
        "a\n" * 150_000 + "\t" * 40_000,
        "x" * 20_000_001,
        '"""x\n' + '""y\n' * 1_000_000,
    ],
    ids=["million", "wide", "long", "quotes", "ragged", "characters", "doubled quotes"],
)
def test_too_much_is_refused_quickly(text: str) -> None:
    # The processor's, whatever else the machine does.
    begun = time.process_time()
    with pytest.raises(BlockError, match="quá lớn"):
        read_text(text)
    assert time.process_time() - begun < 2


def test_as_much_as_is_allowed_is_read() -> None:
    block = read_text("a\tb\n" * (MAX_CELLS // 2))
    assert len(block) * len(block[0]) == MAX_CELLS
    assert len(read_text('"' * 1_000_001)) == 1
