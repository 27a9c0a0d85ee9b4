"""The same words twice in a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reader import repeats
from tests.models.reader.read import righted, said


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("phổ biến cho cho công chức", "cho cho", "phổ biến cho công chức"),
        ("Các các phần mềm nghiệp vụ", "Các các", "Các phần mềm nghiệp vụ"),
        ("công của tỉnh tỉnh và Hệ thống", "tỉnh tỉnh", "công của tỉnh và Hệ thống"),
        ("Trang thông tin điện tử điện tử Sở", "điện tử điện tử", "Trang thông tin điện tử Sở"),
        ("đã thực hiện thực hiện.", "thực hiện thực hiện", "đã thực hiện."),
        (
            "số 5362/QĐ-UBND ngày 29/12/2020 của UBND tỉnh ngày 29/12/2020 của UBND tỉnh về việc",
            "ngày 29/12/2020 của UBND tỉnh ngày 29/12/2020 của UBND tỉnh",
            "số 5362/QĐ-UBND ngày 29/12/2020 của UBND tỉnh về việc",
        ),
        ("THỰC HIỆN THỰC HIỆN KẾ HOẠCH", "THỰC HIỆN THỰC HIỆN", "THỰC HIỆN KẾ HOẠCH"),
        ("- Thực hiện thực hiện số hóa", "Thực hiện thực hiện", "- Thực hiện số hóa"),
        ("phần mềm của của, đơn vị", "của của", "phần mềm của, đơn vị"),
        ("Một dòng.\nĐược được cấp", "Được được", "Một dòng.\nĐược cấp"),
        ("tại tại Sở", "tại tại", "tại Sở"),
        ("của cơ quan  của cơ quan", "của cơ quan  của cơ quan", "của cơ quan"),
    ],
)
def test_a_slip(text: str, words: str, right: str) -> None:
    assert said(text, "text.repeat") == [("text.repeat", words)]
    assert righted(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "luôn luôn, thường thường, ngày ngày, dần dần",
        "thực hiện song song, còn chung chung, xanh xanh",
        "công nghệ thông tin tin học",
        "cơ chế một cửa, một cửa liên thông",
        "cán bộ bộ phận một cửa",
        "trang thiết bị bị hỏng",
        "từng bước từng bước hoàn thiện",
        "kinh phí dành cho cho thuê đất",
        "lãnh đạo tỉnh, tỉnh ủy",
        "của tỉnh Tỉnh ủy",
        "tại tại chỗ",
        "UBND thành phố Nha Trang Nha Trang",
        "máy 100% 100% 2 2 2",
        "năm 2021 2021",
        "cập nhật, cập nhật",
        "thực hiện; thực hiện",
        "Sở Du lịch\tSở Du lịch",
        "đơn vị A\nđơn vị A",
        "……… …… ……… ……",
        "- - - + + +",
        "một số một số ít",
        "đời đời, người người, nhà nhà",
        "gió thổi ào ào, nói rành rành",
        "",
        "a",
    ],
)
def test_what_is_doubled_on_purpose_or_by_chance(text: str) -> None:
    assert said(text, "text.repeat") == []


WORDS = st.lists(
    st.sampled_from(["phần", "mềm", "quản", "lý", "văn", "bản", "của", "các", "sở,", "ngành.", "Số", "12", "là"]),
    max_size=30,
)


@given(WORDS)
def test_what_is_remarked_stands_twice(words: list[str]) -> None:
    text = " ".join(words)
    for remark in repeats.find(text):
        said_words = text[remark.start : remark.end].split()
        half = len(said_words) // 2
        first, second = said_words[:half], said_words[half:]
        assert [word.rstrip(",.").lower() for word in first] == [word.rstrip(",.").lower() for word in second]


@given(WORDS, st.sampled_from(["triển khai hệ thống", "hạ tầng kỹ thuật", "an toàn thông tin mạng"]), WORDS)
def test_a_phrase_put_in_twice_is_found(before: list[str], phrase: str, after: list[str]) -> None:
    text = " ".join((*before, phrase, phrase, "x", *after))
    found = [text[remark.start : remark.end] for remark in repeats.find(text)]
    assert any(phrase in words for words in found)
