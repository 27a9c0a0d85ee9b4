"""Times that end before they begin, and the years that a heading is about."""

from __future__ import annotations

import pytest

from models.reader import periods
from tests.models.reader.read import said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("giai đoạn 2021-2015", "2021-2015"),
        ("giai đoạn 2021 – 2015", "2021 – 2015"),
        ("giai đoạn 2030—2026", "2030—2026"),
        ("(2025-2021).", "2025-2021"),
        ("giai đoạn 2025 đến 2021", "giai đoạn 2025 đến 2021"),
        ("từ năm 2025 đến năm 2021", "từ năm 2025 đến năm 2021"),
        ("Giai đoạn từ năm 2025 đến hết năm 2021", "Giai đoạn từ năm 2025 đến hết năm 2021"),
        ("từ tháng 9 đến tháng 6 năm 2022", "từ tháng 9 đến tháng 6 năm 2022"),
        ("Từ tháng 9/2022 đến tháng 6/2022", "Từ tháng 9/2022 đến tháng 6/2022"),
        ("từ tháng 3 năm 2023 đến tháng 6 năm 2022", "từ tháng 3 năm 2023 đến tháng 6 năm 2022"),
        ("từ ngày 01/10/2021 đến ngày 30/9/2021", "từ ngày 01/10/2021 đến ngày 30/9/2021"),
        (
            "từ ngày 01 tháng 9 năm 2022 đến hết ngày 31 tháng 8 năm 2022",
            "từ ngày 01 tháng 9 năm 2022 đến hết ngày 31 tháng 8 năm 2022",
        ),
        ("Quý IV/2022 - Quý I/2022", "Quý IV/2022 - Quý I/2022"),
        ("quý 3 năm 2022 đến quý 2 năm 2022", "quý 3 năm 2022 đến quý 2 năm 2022"),
        ("9/2022-6/2022", "9/2022-6/2022"),
    ],
)
def test_backwards(text: str, words: str) -> None:
    assert said(text) == [("period.order", words)]


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021-2025",
        "giai đoạn 2021 đến 2025, tầm nhìn 2030",
        "từ năm 2021 đến năm 2021",
        "từ tháng 6 đến tháng 9 năm 2022",
        "từ tháng 12 đến tháng 3 năm 2022",
        "từ tháng 9/2021 đến tháng 6/2022",
        "từ ngày 15/12 đến ngày 14/3/2022",
        "từ ngày 01/9/2021 đến ngày 01/9/2021",
        "từ ngày 31/02/2021 đến ngày 01/01/2021",
        "từ tháng 15 đến tháng 2 năm 2022",
        "Quý IV/2021 - Quý I/2022",
        "quý IV đến quý II năm 2022",
        "số 12/2021-2015",
        "2021-2015/QĐ-UBND",
        "tăng từ 2025 đến 2021 hồ sơ",
        "năm 2022, 2021 và 2020",
        "từ năm 2025, đến năm 2021 mới xong",
        "mã 2021-2015-33",
        "mã 12.2021-2015",
        "2021-2015.5",
        "ĐT 1900-2021-2015",
        "2021-20150",
        "52021-2015",
        "2021, 2015",
        "",
    ],
)
def test_forwards_or_no_period(text: str) -> None:
    assert said(text, "period.order") == []


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("NHIỆM VỤ, DỰ ÁN NĂM 2022", (2022, 2022)),
        ("Phát triển chính quyền số năm 2022", (2022, 2022)),
        ("KẾ HOẠCH GIAI ĐOẠN 2021 - 2025", (2021, 2025)),
        ("giai đoạn 2025-2021", (2021, 2025)),
        ("KẾ HOẠCH NĂM 2022 THUỘC GIAI ĐOẠN 2021-2025", None),
        ("Năm 2021 và năm 2022", None),
        ("Số hóa tài liệu năm 2015 - 2025", None),
        ("MỤC TIÊU ĐẾN 2025", None),
        ("MỤC TIÊU", None),
    ],
)
def test_the_years_of_a_heading(title: str, years: tuple[int, int] | None) -> None:
    found = periods.said(title)
    assert (found and found[:2]) == years
    if found:
        assert str(found[1]) in title[found[2] : found[3]] or str(found[0]) in title[found[2] : found[3]]
