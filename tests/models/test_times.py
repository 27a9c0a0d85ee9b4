"""Years and periods as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan import walk_rows
from models.times import parse_period
from tests.plans import NUMBERS, fixture_plan, texts


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", (2022, 2022)),
        ("Năm 2022", (2022, 2022)),
        ("2021-2023", (2021, 2023)),
        ("2021 - 2025", (2021, 2025)),
        ("2017 -2018", (2017, 2018)),
        ("2017 – 2018", (2017, 2018)),
        ("2017—2018", (2017, 2018)),
        ("Từ 2022-2024", (2022, 2024)),
        ("từ năm 2022 đến năm 2024", (2022, 2024)),
        ("2022 đến 2024", (2022, 2024)),
        ("2022 tới 2024", (2022, 2024)),
        ("2021-2015", (2021, 2015)),
        ("Quý 4/2021", (2021, 2021)),
        ("Quý IV năm 2021", (2021, 2021)),
        ("Quý 4/2021 - Quý 1/2023", (2021, 2023)),
        ("01/2021-12/2022", (2021, 2022)),
        ("15/9/2021", (2021, 2021)),
        ("2019, 2020", (2019, 2020)),
        ("2018, 2020, 2019", (2018, 2020)),
        ("2017 (các hạng mục khác của Đề án triển khai từ 2017 - 2020)", (2017, 2017)),
        ("2021 – 2022 (Theo Kế hoạch đến năm 2025)", (2021, 2022)),
        ("2020 - 2025 (Theo lộ trình của Trung ương)", (2020, 2025)),
        ("Hàng năm", None),
        ("Cả năm", None),
        ("Thực hiện 02 năm/lần", None),
        ("(2022)", None),
        ("20220", None),
        ("12022", None),
        ("1822", None),
        ("", None),
    ],
)
def test_periods(text: str, period: tuple[int, int] | None) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("number", NUMBERS)
def test_written_times_of_the_real_plans_say_what_their_fields_say(number: int) -> None:
    for table in fixture_plan(number).tables:
        for row in walk_rows(table.rows):
            if row.time_from is not None:
                assert parse_period(row.time) == (row.time_from, row.time_to)
            elif row.time:
                assert parse_period(row.time) is None, row.time


@given(texts, st.integers(1900, 2099), st.integers(1900, 2099))
def test_years_found_are_years_written(text: str, first: int, last: int) -> None:
    written = f"{text} {first} - {last}"
    found = parse_period(written)
    assert found is None or all(str(year) in written for year in found)
