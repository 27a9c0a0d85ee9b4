"""Charts: what they show adds up, and what is drawn is in proportion, inside its width and readable."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import template as templates
from models.exports.chart_shapes import ASCENT, DESCENT, Bar, Picture, Rule, Text, picture, wrap
from models.exports.charts import MOST, MOST_LEADS, Chart, Item, charts, figures_text, tables_with_amounts
from models.exports.figures import figures, total_of
from models.money import LIMIT, format_amount
from models.plan import Plan, Table
from models.template import Template
from models.totals import compute
from tests.models.exports import plans as made
from tests.plans import MILLION, NUMBERS, fixture_plan, plans, small_plan, some, task, tasks


def measure(text: str, size: float, bold: bool) -> float:
    """Letters of several widths, bold ones wider."""
    return sum(0.35 + 0.06 * (ord(letter) % 5) for letter in text) * size * (1.1 if bold else 1.0)


def charts_of(plan: Plan, table: Table | None = None, template: Template | None = None) -> dict[str, Chart]:
    template = template or templates.get(plan.template)
    found = charts(plan, table or plan.tables[0], template, compute(plan))
    return {chart.key: chart for chart in found}


def shown(chart: Chart) -> list[tuple[str, int]]:
    return [(item.label, item.amount) for item in chart.items]


# ---- what they show


def test_plan_000_has_its_lead_units_only() -> None:
    found = charts_of(fixture_plan(0))
    assert list(found) == ["leads"]
    assert found["leads"].title == "Kinh phí theo đơn vị chủ trì (triệu đồng)"
    assert shown(found["leads"]) == [
        ("Trung tâm Lưu trữ lịch sử tỉnh", 4_009_772_000),
        ("VP Sở Nội vụ và các đơn vị trực thuộc", 660 * MILLION),
        ("Phòng CCHC&VTLT", 370 * MILLION),
    ]
    assert figures_text(found["leads"]).splitlines()[1:] == [
        "Trung tâm Lưu trữ lịch sử tỉnh\t4.009,772\t79,6%",
        "VP Sở Nội vụ và các đơn vị trực thuộc\t660\t13,1%",
        "Phòng CCHC&VTLT\t370\t7,3%",
        "Tổng cộng\t5.039,772\t100%",
    ]


def test_plan_004_by_source_year_and_lead_unit() -> None:
    plan = fixture_plan(4)
    found = charts_of(plan, plan.tables[-1])
    assert list(found) == ["sources", "years", "leads"]
    assert shown(found["sources"]) == [
        ("Ngân sách địa phương, vốn đầu tư", 94_832 * MILLION),
        ("Nguồn vốn khác", 11_000 * MILLION),
        ("Chưa ghi nguồn vốn", 174_153_500_000),
    ]
    assert [item.is_rest for item in found["sources"].items] == [False, False, True]
    assert [label for label, _amount in shown(found["years"])] == [*map(str, range(2021, 2026)), "Chưa phân năm"]
    leads = shown(found["leads"])
    assert len(leads) == MOST_LEADS + 1
    assert leads[0] == ("Sở Thông tin và Truyền thông", 169_367 * MILLION)
    assert leads[-1] == ("Đơn vị khác (11)", 15_367_500_000)


def test_a_plan_without_amounts_has_no_charts() -> None:
    plan = fixture_plan(1)
    assert charts_of(plan) == {}
    assert tables_with_amounts(plan, templates.get(plan.template), compute(plan)) == []


def test_the_plan_s_own_tasks_come_first() -> None:
    plan = fixture_plan(4)
    found = tables_with_amounts(plan, templates.get(plan.template), compute(plan))
    assert [table.key for table in found] == ["tasks", "spending", "spending_security"]


def test_the_years_of_the_period_without_money_are_shown_and_a_single_year_is_not() -> None:
    rows = [task(f"Việc {year}", years={str(year): 5 * MILLION}) for year in (2022, 2025)]
    assert shown(charts_of(small_plan(tasks(*rows), period_to=2025))["years"]) == [
        ("2022", 5 * MILLION), ("2023", 0), ("2024", 0), ("2025", 5 * MILLION),
    ]  # fmt: skip
    assert "years" not in charts_of(small_plan(tasks(rows[0])))


def test_tasks_without_a_unit_and_one_unit_in_two_spellings() -> None:
    rows = [task("A", 1, lead="Sở  Y tế"), task("B", 2, lead="SỞ Y TẾ"), task("C", 4, lead="")]
    assert shown(charts_of(small_plan(tasks(*rows)))["leads"]) == [("Sở Y tế", 3), ("Chưa ghi đơn vị", 4)]


def test_sources_beyond_the_total_are_told_as_a_difference() -> None:
    plan = small_plan(tasks(task("A", 100, funding={"oda": 70, "other": 50})))
    assert shown(charts_of(plan)["sources"])[-1] == ("Lệch so với tổng", -20)


def test_what_is_too_much_for_a_page_is_put_together() -> None:
    rows = [task(f"Việc {n}", lead=f"Đơn vị {n}", funding={f"s{n:02}": n * MILLION}) for n in range(1, 41)]
    found = charts_of(small_plan(tasks(*rows)))
    assert len(found["sources"].items) == MOST
    assert shown(found["sources"])[-1] == ("Nguồn khác (11)", sum(range(1, 12)) * MILLION)
    assert shown(found["leads"])[-1][0] == "Đơn vị khác (32)"


def test_small_and_great_shares() -> None:
    chart = Chart("leads", "", "bars", "dong", 10_000, (), "")
    assert [chart.share_text(amount) for amount in (1, 0, 10_000, 10**9, -(10**9))] == [
        "<0,1%", "0%", "100%", ">1.000%", "<-1.000%",
    ]  # fmt: skip
    assert Chart("leads", "", "bars", "dong", 0, (), "").share_text(5) == "–"


def test_titles_are_in_the_language_of_the_reader() -> None:
    plan = fixture_plan(4)
    found = charts(plan, plan.tables[-1], templates.get(plan.template), compute(plan), lambda text: f"<{text}>")
    assert found[0].title == "<Kinh phí theo nguồn vốn (<triệu đồng>)>"
    assert found[0].items[-1].label == "<Chưa ghi nguồn vốn>"
    assert found[0].items[0].label == "Ngân sách địa phương, vốn đầu tư"


@given(plans())
def test_what_a_chart_shows_adds_up_to_the_table_s_total(plan: Plan) -> None:
    template, sums = templates.get(plan.template), compute(plan)
    for table in plan.tables:
        if table.is_register:
            continue
        for chart in charts(plan, table, template, sums):
            assert chart.total == sums.of(table).total == sum(item.amount for item in chart.items)
            assert 1 <= len(chart.items) <= MOST + 1
            assert_readable(picture(chart, 500, 12, measure), chart, 500)


# ---- the figures beside them


@pytest.mark.parametrize("number", NUMBERS)
def test_the_figures_are_the_totals(number: int) -> None:
    plan = fixture_plan(number)
    template, sums = templates.get(plan.template), compute(plan)
    found = figures(plan, template, sums)
    tables = [table for table in plan.tables if not table.is_register]
    assert len(found.heads) == len(found.titles) == len(found.units) == len(tables)
    lines = {line.whole or line.label: line.texts for line in found.lines}
    assert all(len(line.texts) in (0, len(tables)) for line in found.lines)
    for at, table in enumerate(tables):
        own = sums.of(table)
        assert lines["Tổng kinh phí"][at] == format_amount(own.total, table.unit)
        assert lines["Kinh phí"][at] == format_amount(own.security, table.unit)
        assert lines["Số lượng"][at] == str(own.tasks)
        assert lines["Chưa có kinh phí"][at] == str(own.tasks - own.costed)
        for key, amount in own.by_source.items():
            assert lines[template.source(key).label][at] == format_amount(amount, table.unit)
        for year, amount in own.by_year.items():
            assert lines[year][at] == format_amount(amount, table.unit)
    assert found.as_text().count("\n") == len(found.lines)


def test_the_total_in_words_and_the_share_of_security() -> None:
    plan = fixture_plan(0)
    found = total_of(plan, plan.tables[0], templates.get(plan.template), compute(plan))
    assert found.amount == "5.039,772 triệu đồng"
    assert found.words.startswith("Năm tỷ không trăm ba mươi chín triệu bảy trăm bảy mươi hai nghìn")
    assert (found.security_share, found.limit, found.is_enough) == ("6,15%", "10%", False)
    plan = fixture_plan(4)
    template, sums = templates.get(plan.template), compute(plan)
    assert total_of(plan, plan.tables[-1], template, sums).is_enough is True
    # Only the plan's own tasks are held to the limit.
    assert total_of(plan, plan.tables[1], template, sums).is_enough is None


# ---- what is drawn


def box(text: Text) -> tuple[float, float, float, float]:
    wide = measure(text.text, text.size, text.bold)
    left = text.x - {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align] * wide
    return left, text.y - ASCENT * text.size, left + wide, text.y + DESCENT * text.size


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    slack = 0.02
    return (
        one[2] <= other[0] + slack or other[2] <= one[0] + slack
        or one[3] <= other[1] + slack or other[3] <= one[1] + slack
    )  # fmt: skip


def assert_readable(drawn: Picture, chart: Chart, width: float) -> None:
    """Nothing leaves the picture, no text stands on another one or on a bar, and bars are as long as amounts say."""
    slack = 0.02
    texts = [box(shape) for shape in drawn.shapes if isinstance(shape, Text)]
    bars = [shape for shape in drawn.shapes if isinstance(shape, Bar)]
    rectangles = [(bar.x, bar.y, bar.x + bar.width, bar.y + bar.height) for bar in bars]
    for left, top, right, bottom in [*texts, *rectangles]:
        assert -slack <= left <= right <= width + slack
        assert -slack <= top <= bottom <= drawn.height + slack
    for rule in drawn.shapes:
        if isinstance(rule, Rule):
            assert -slack <= min(rule.x, rule.to_x) <= max(rule.x, rule.to_x) <= width + slack
            assert -slack <= min(rule.y, rule.to_y) <= max(rule.y, rule.to_y) <= drawn.height + slack
    assert all(apart(one, other) for one, other in combinations(texts, 2))
    assert all(apart(one, other) for one in texts for other in rectangles)
    assert [bar.item for bar in bars] == [number for number, item in enumerate(chart.items) if item.amount]
    upright = len({bar.width for bar in bars}) == 1 and len({bar.height for bar in bars}) > 1
    for one, other in combinations(bars, 2):
        long = [bar.height if upright else bar.width for bar in (one, other)]
        amounts = [abs(chart.items[bar.item].amount) for bar in (one, other)]
        assert long[0] * amounts[1] == pytest.approx(long[1] * amounts[0], rel=1e-6)
    for bar in bars:
        item = chart.items[bar.item]
        assert bar.role == ("negative" if item.amount < 0 else "rest" if item.is_rest else "accent")
    assert len(drawn.areas) == len(chart.items)
    for area in drawn.areas:
        assert -slack <= area.x and area.x + area.width <= width + slack


amounts = st.one_of(
    st.integers(0, 1000).map(lambda n: n * MILLION), st.integers(-LIMIT, LIMIT), st.sampled_from([0, LIMIT, -LIMIT, 1])
)
labels = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=80),
    st.sampled_from(["2022", "Sở Y tế", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Khánh Hòa " * 4, "Ư" * 200]),
)
items = st.builds(lambda label, amount, rest: Item(label, amount, None, rest), labels, amounts, st.booleans())


@st.composite
def any_chart(draw: st.DrawFn) -> Chart:
    found = tuple(draw(st.lists(items, min_size=1, max_size=31)))
    kind = draw(st.sampled_from(["bars", "columns"]))
    unit = draw(st.sampled_from(["dong", "thousand", "million"]))
    total = sum(item.amount for item in found)
    return Chart("sources", "Kinh phí theo nguồn vốn (đồng)", kind, unit, total, found, "Tổng cộng")  # type: ignore[arg-type]


@some(2)
@given(any_chart(), st.floats(24, 120), st.floats(7, 24))
def test_nothing_overlaps_or_leaves_the_width(chart: Chart, width: float, size: float) -> None:
    assert_readable(picture(chart, width * size, size, measure), chart, width * size)


@given(any_chart(), st.floats(24, 120))
def test_the_same_chart_gives_the_same_shapes(chart: Chart, width: float) -> None:
    assert picture(chart, width * 12, 12, measure) == picture(chart, width * 12, 12, measure)


def test_years_stand_where_there_is_room_and_lie_where_there_is_none() -> None:
    rows = [task(f"Việc {year}", years={str(year): 10**9 * (year - 2019)}) for year in range(2020, 2040)]
    chart = charts_of(small_plan(tasks(*rows), period_from=2020, period_to=2039))["years"]
    assert len(chart.items) == 20

    def is_upright(width: float) -> bool:
        drawn = picture(chart, width, 10, measure)
        assert_readable(drawn, chart, width)
        return len({shape.width for shape in drawn.shapes if isinstance(shape, Bar)}) == 1

    assert is_upright(1400) and not is_upright(400)


def test_amounts_stand_with_their_commas_in_line() -> None:
    plan = made.plan(made.table(*(made.task(f"V{n}", lead=f"Đơn vị {n}", total=a) for n, a in enumerate((5_500_000, 120_250_000)))))  # fmt: skip
    chart = charts_of(plan, template=made.make_template())["leads"]
    texts = {shape.text: shape for shape in picture(chart, 500, 12, measure).shapes if isinstance(shape, Text)}

    def comma(text: str) -> float:
        return box(texts[text])[2] - measure(text[text.index(",") :], 12, False)

    assert comma("5,5") == pytest.approx(comma("120,25"))


def test_lines_hold_every_letter() -> None:
    def width(text: str) -> float:
        return measure(text, 10, False)

    text = "Trung tâm Công nghệ thông tin " + "x" * 60
    assert "".join(wrap(text, 60, width)).replace(" ", "") == text.replace(" ", "")
    cut = wrap(text, 60, width, 2)
    assert len(cut) == 2 and cut[-1].endswith("…") and width(cut[-1]) <= 60
    assert wrap("", 60, width) == []
