"""Percentages beside the counts that they are of."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.reader.shares import percent
from tests.models.reader.read import only, righted, said

LEVELS = (
    "54 thủ tục hành chính (TTHC), trong đó: {} TTHC mức độ 2 ({}%); {} TTHC mức độ 3 ({}%); {} TTHC mức độ 4 ({}%)."
)
LINES = (
    "- Đã giải quyết {} hồ sơ:\n+ Mức độ 2: {} hồ sơ ({}%);\n+ Mức độ 3: {} hồ sơ ({}%);\n+ Mức độ 4: {} hồ sơ ({}%)."
)


@pytest.mark.parametrize(
    "text",
    [
        LEVELS.format(31, "57,41", "03", "5,56", 20, "37,04"),
        LEVELS.format(31, "57,4", "03", "5,6", 20, "37,0"),
        LEVELS.format(31, "57", "03", "6", 20, "37"),
        LINES.format(47, 13, "27,66", 26, "55,32", 8, "17,02"),
        "31/54 TTHC (57,4%)",
        "31/54 TTHC, đạt 57,41%",
        "đạt tỷ lệ 57,4% (31/54 TTHC)",
        "77/77 máy (100%); 28/28 cơ quan đạt 100%",
        "28/28 cơ quan đạt 80% chỉ tiêu",
        "15/20 xã đạt 90%",
        "mức độ 3/4 (50%)",
        "ngày 15/9 đạt 80%",
        "tháng 10/2021 đạt 98%",
        "theo Nghị định 47/2020/NĐ-CP đạt 100%",
        "hỗ trợ 24/7 (100%)",
        "Đã tiếp nhận 486 hồ sơ (tăng 12,5%)",
        "Đã tiếp nhận 486 hồ sơ (đạt 105,6% kế hoạch)",
        "31 TTHC (57,40%)",
        "Có 93 TTHC. Trong năm 31 hồ sơ (50%)",
        "Sở có 54 TTHC, trong đó 31 TTHC mức độ 4 (57,4%), 20 TTHC có hồ sơ (64,5%)",
        "Trong số 5.120 nhiệm vụ năm qua, có 4.710 nhiệm vụ đúng hạn, 410 nhiệm vụ trễ hạn, tỷ lệ trễ hạn là 8,0%",
        "Trong tổng số 709 văn bản đi, có 577 văn bản được ký số, đạt 81,38%.",
        "Cả ngành có 1.829 TTHC; nay 331 TTHC mức độ 3, cùng 300 TTHC mức độ 4 (85%)",
        "Trên 80% hồ sơ; 100% máy tính; đạt từ 50% trở lên",
    ],
)
def test_right_or_not_to_be_told(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            LEVELS.format(31, "57,40", "03", "5,56", 20, "37,04"),
            LEVELS.format(31, "57,41", "03", "5,56", 20, "37,04"),
        ),
        (
            LINES.format(47, 13, "27,66", 26, "53,52", 8, "17,02"),
            LINES.format(47, 13, "27,66", 26, "55,32", 8, "17,02"),
        ),
        ("31/54 TTHC (75,41%)", "31/54 TTHC (57,41%)"),
        ("31/54 TTHC, đạt 57,14%", "31/54 TTHC, đạt 57,41%"),
        ("31/54 TTHC, đạt tỷ lệ 47,4%", "31/54 TTHC, đạt tỷ lệ 57,4%"),
        ("đạt 58,4% (31/54 TTHC)", "đạt 57,4% (31/54 TTHC)"),
        ("Sở có 54 TTHC, trong đó 31 TTHC mức độ 4 (75,4%)", "Sở có 54 TTHC, trong đó 31 TTHC mức độ 4 (57,4%)"),
        (
            "Trong tổng số 709 văn bản đi, có 577 văn bản được ký số, đạt 18,38%.",
            "Trong tổng số 709 văn bản đi, có 577 văn bản được ký số, đạt 81,38%.",
        ),
        (
            "Trong số 5.120 nhiệm vụ năm qua, có 4.710 nhiệm vụ đúng hạn, 410 nhiệm vụ trễ hạn, tỷ lệ trễ hạn là 9,0%",
            "Trong số 5.120 nhiệm vụ năm qua, có 4.710 nhiệm vụ đúng hạn, 410 nhiệm vụ trễ hạn, tỷ lệ trễ hạn là 8,0%",
        ),
    ],
)
def test_another_percentage(text: str, right: str) -> None:
    assert [rule for rule, _words in said(text)] == ["indicator.share"]
    assert righted(text) == right


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        (LINES.format(47, 31, "27,66", 26, "55,32", 8, "17,02"), "31", (13, 31)),
        (LINES.format(74, 13, "27,66", 26, "55,32", 8, "17,02"), "74", (47, 74)),
        ("Trong tổng số 292 văn bản đi, có 901 văn bản được ký số, đạt 97,72%.", None, (None, 901)),
        ("59 thủ tục, trong đó 89 thủ tục toàn trình (49,15%) và 30 thủ tục một phần (50,85%).", "89", (29, 89)),
    ],
)
def test_it_is_the_count_that_is_wrong(text: str, words: str | None, figures: tuple[int | None, int]) -> None:
    remark = only(text)
    assert remark.rule == "indicator.parts"
    assert (remark.expected, remark.actual) == figures
    assert words is None or text[remark.start : remark.end] == words


@given(st.integers(2, 5000), st.data(), st.integers(0, 3))
def test_rounded_percentages_are_right(whole: int, data: st.DataObject, decimals: int) -> None:
    part = data.draw(st.integers(0, whole))
    assume(not 1900 <= whole <= 2100)
    share = percent(part, whole, decimals)
    assert said(f"{part}/{whole} TTHC ({share}%)") == []
    assert said(f"Sở có {whole} hồ sơ, trong đó {part} hồ sơ đúng hạn ({share}%)") == []


@given(st.integers(3, 1800), st.data())
def test_a_percentage_off_by_one_is_wrong(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    share = f"{100 * part / whole + data.draw(st.sampled_from((-1, 1))):.2f}".replace(".", ",")
    assume(not share.startswith("-"))
    assert [rule for rule, _words in said(f"{part}/{whole} TTHC ({share}%)")] == ["indicator.share"]
