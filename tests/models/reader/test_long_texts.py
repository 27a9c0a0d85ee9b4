"""Texts of any length and kind are read in a time that grows no faster than they do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reader import scan
from models.reader.printed import printed
from tests.plans import texts

NASTY = {
    "digits": "1",
    "numbers": "1 a ",
    "dots": "1.",
    "amounts": "1 đồng ",
    "amounts and words": "1 đồng bằng chữ ",
    "words of numbers": "một ",
    "words of numbers and đồng": "một đồng ",
    "brackets": "(",
    "amounts in brackets": "1 đồng (",
    "sources": "1 đồng (vốn 1 đồng; ",
    "shares": "1 máy (1%) ",
    "open shares": "1 máy (",
    "fractions": "1/2 đạt ",
    "fractions of fractions": "1/",
    "rates": "1 a b, tỷ lệ a b ",
    "out of": "trong số 1 máy có 1 máy ",
    "parts": "10 máy, gồm 1 máy, ",
    "clauses": "10 máy; 1 máy; 2 máy; ",
    "bullets": "\n- 1 máy, gồm:\n+ 1 máy",
    "total lines": "\nTổng: 1 đồng\n- vốn 1 đồng",
    "sentences": "1 máy. ",
    "years": "2021-2015 ",
    "dashes": "2021-",
    "months": "từ tháng 1/2021 đến ",
    "days": "từ ngày 1/1/2021 đến ngày ",
    "quarters": "quý I/2021 - ",
    "citations": "số 1/A ngày 1/1/2021 ",
    "numbers of documents": "1/A-",
    "issuers": "số 1/A của Bộ a a a a ",
    "days first": "Quyết định ngày 1/1/2021 số 1/A ",
    "laws": "Luật a a a a ",
    "amending": "sửa đổi số 1/A ngày 1/1/2021, ",
    "the same word": "a ",
    "the same words": "a b c d ",
    "the same line": "a b\n",
    "marks": "*",
    "bold": "**a** ",
    "braces": "{",
    "placeholders": "{a}",
    "percent": "% ",
    "percentages": "1,5% ",
    "blanks": " ",
    "blanks and digits": "1" + " " * 50,
    "commas": "1, ",
}


def _seconds(text: str) -> float:
    start = time.process_time()
    scan(printed(text, lambda name: "1").text)
    return time.process_time() - start


@pytest.mark.parametrize("name", NASTY)
def test_ten_times_the_text_takes_hardly_more_than_ten_times_as_long(name: str) -> None:
    piece = NASTY[name]
    short, long = (piece * (length // len(piece)) for length in (10_000, 100_000))
    assert _seconds(long) < 40 * _seconds(short) + 1


@given(texts)
def test_any_text_is_read(text: str) -> None:
    for remark in scan(text).remarks:
        assert 0 <= remark.start < remark.end <= len(text)
        if remark.edit is not None:
            first, last, _words = remark.edit
            assert 0 <= first <= last <= len(text)


@given(st.text("0123456789.,%/()-;:\n đồngtriệuvàgồmtừngàynăm", max_size=80))
def test_any_figures_are_read(text: str) -> None:
    scan(text)
