"""Documents cited in a text by number and date."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from models.citations import find, is_day, laws, printed_date, year_of
from tests.plans import texts


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        ("Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ", "749/QĐ-TTg", "2020-06-03"),
        ("Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020", "749/QĐ-TTg", "2020-06-03"),
        ("Quyết định 14/2015/QĐ-UBND ngày 30/6/2015", "14/2015/QĐ-UBND", "2015-06-30"),
        ("Nghị quyết số 05-NQ/TU ngày 20/9/2021", "05-NQ/TU", "2021-09-20"),
        ("tại Văn bản số 1094/STTTT-BCVT&CNTT ngày 04/10/2021 về việc", "1094/STTTT-BCVT&CNTT", "2021-10-04"),
        ("Thông tư số 17/2019/TT-BKHCN, ngày 01/12/2019", "17/2019/TT-BKHCN", "2019-12-01"),
        ("Công văn số: 2606/BTTTT-THH-ATTT ngày 15/7/2020", "2606/BTTTT-THH-ATTT", "2020-07-15"),
        ("Luật số 67/2006/QH11 ngày 29 tháng 06 năm 2006", "67/2006/QH11", "2006-06-29"),
        ("(Quyết định số 45/2018/QĐ-TTg ngày 09/11/2019 của TTCP)", "45/2018/QĐ-TTg", "2019-11-09"),
        ("số 749/QĐ-TTg ngày 03-06-2020", "749/QĐ-TTg", "2020-06-03"),
        ("số 749/QĐ-TTg ngày 03.6.2020", "749/QĐ-TTg", "2020-06-03"),
        ("số 749/QĐ-TTg (ngày 03/6/2020)", "749/QĐ-TTg", "2020-06-03"),
        ("số 749/QĐ-TTg của Thủ tướng Chính phủ ngày 03/6/2020", "749/QĐ-TTg", "2020-06-03"),
        (
            "số 12/QĐ-BTTTT của Bộ trưởng Bộ Thông tin và Truyền thông ban hành ngày 03/6/2020",
            "12/QĐ-BTTTT",
            "2020-06-03",
        ),
        ("Quyết định ngày 03/6/2020 số 749/QĐ-TTg", "749/QĐ-TTg", "2020-06-03"),
        ("Quyết định ngày 03/6/2020, số 749/QĐ-TTg", "749/QĐ-TTg", "2020-06-03"),
        ("số 12/QĐ-UBND ngày 31/02/2020", "12/QĐ-UBND", "2020-02-31"),
    ],
)
def test_a_citation(text: str, number: str, date: str) -> None:
    [found] = find(text)
    assert (found.number, found.date) == (number, date)
    assert number in text[found.start : found.end]


def test_several_in_one_text() -> None:
    text = "số 1411/QĐ-UBND ngày 14/5/2019, Nghị định số 09/2019/NĐ-CP ngày 24/01/2019; số 2541/QĐ-UBND"
    assert [citation.number for citation in find(text)] == ["1411/QĐ-UBND", "09/2019/NĐ-CP"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Quyết định số 749/QĐ-TTg",
        "ngày 03/6/2020",
        "đến ngày 15/9/2021 đã giải quyết 486 hồ sơ",
        "đạt 3/4 ngày làm việc",
        "số 749/QĐ-TTg ngày 03/6/20201",
        "28/28 cơ quan; trước ngày 30/6/2020",
        "số 749/QĐ-TTg của Thủ tướng Chính phủ có hiệu lực từ ngày 03/6/2020",
        "số 749/QĐ-TTg triển khai trước ngày 03/6/2020",
        "họp ngày 03/6/2020 số 12/TB-UBND",
        "Luật sửa đổi một số điều của Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 22/11/2019",
        "Hội nghị triển khai Quyết định số 749/QĐ-TTg ngày 20/7/2020",
        "Họp triển khai Quyết định số 749/QĐ-TTg, ngày 20/7/2020 tại Sở",
        "Kế hoạch triển khai Nghị quyết số 17/NQ-CP ngày 05/4/2019 của UBND tỉnh",
        "Nghị định thay thế Nghị định số 73/2019/NĐ-CP ngày 26/01/2026",
        "Nghị định sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP ngày 06/12/2021",
        "Nghị định số 107/2021/NĐ-CP của Chính phủ sửa đổi một số điều của Nghị định số 61/2018/NĐ-CP ngày 06/12/2021",
    ],
)
def test_no_citation(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("17/2019/TT-BKHCN", 2019),
        ("749/QĐ-TTg", None),
        ("2019/QĐ-TTg", None),
        ("05-NQ/TU", None),
        ("67/2006/QH11", 2006),
        ("", None),
    ],
)
def test_year_in_a_number(number: str, year: int | None) -> None:
    assert year_of(number) == year


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2020-06-03", "03/6/2020"),
        ("2020-01-15", "15/01/2020"),
        ("2020-02-05", "05/02/2020"),
        ("2021-12-31", "31/12/2021"),
    ],
)
def test_dates_are_printed_as_nghi_dinh_30_writes_them(iso: str, printed: str) -> None:
    """Days below 10 and the months January and February have a zero in front."""
    assert printed_date(iso) == printed


def test_the_day_of_a_list_is_that_of_its_own_number() -> None:
    text = "các Quyết định số 12/QĐ-UBND ngày 01/02/2020, số 13/QĐ-UBND ngày 05/02/2020"
    assert [(one.number, one.date) for one in find(text)] == [
        ("12/QĐ-UBND", "2020-02-01"), ("13/QĐ-UBND", "2020-02-05"),
    ]  # fmt: skip
    assert [text[one.day_start : one.day_end] for one in find(text)] == ["ngày 01/02/2020", "ngày 05/02/2020"]


def test_laws_by_name() -> None:
    text = "Luật Công nghệ thông tin ngày 29/6/2006; thi hành Luật An ninh mạng từ ngày 01/01/2019; Luật số 1/2020 ngày 1/1/2020"
    assert [(one.title, one.date) for one in laws(text)] == [("Luật Công nghệ thông tin", "2006-06-29")]


def test_the_day_of_what_tells_how_a_law_is_done_is_not_that_of_the_law() -> None:
    assert laws("Nghị định quy định chi tiết một số điều của Luật An ninh mạng ngày 15/8/2022") == []
    assert laws("tập huấn Luật Giao dịch điện tử ngày 05/9/2023 tại Hà Nội") == []


def test_what_is_held_about_a_document_does_not_hide_its_day() -> None:
    text = "Hội nghị triển khai Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ"
    assert [one.date for one in find(text)] == ["2020-06-03"]
    text = "Ngày 05/9/2020 họp theo Kế hoạch số 12/KH-UBND ngày 01/9/2020 của UBND tỉnh"
    assert [one.date for one in find(text)] == ["2020-09-01"]


def test_days_of_the_calendar() -> None:
    assert is_day("2020-02-29")
    assert not is_day("2021-02-29")
    assert not is_day("2020-13-01")


@given(texts)
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for citation in find(text):
        assert citation.number in text[citation.start : citation.end]
        assert citation.date[:4] in text[citation.start : citation.end]


@pytest.mark.parametrize(
    "text", ["ngày " + "1/1" * 10_000, "ngày " + "1a-" * 8_000, "1/A, " * 8_000 + "ngày", "ngày" + "1" * 30_000]
)
def test_a_long_text_of_figures_is_searched_at_once(text: str) -> None:
    began = time.perf_counter()
    find(text)
    assert time.perf_counter() - began < 1
