"""The page of charts on paper, read out of the file: its texts, its bars, and each chart whole on one page."""

from __future__ import annotations

import io
import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from models import template as templates
from models.exports import fonts, nd30, pdf, pdf_charts
from models.exports.pdf_flow import Flow
from models.exports.pdf_text import Measure
from models.money import format_amount
from models.plan import Plan
from models.template import Template
from models.totals import by_lead, compute
from tests.models.exports import plans as made
from tests.models.exports.pages import pages_of, reader_of, squeezed, text_of
from tests.plans import MILLION, fixture_plan, small_plan, task, tasks

_NUMBER = r"(-?[\d.]+)"
_RECTANGLE = re.compile(rf"{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER} re (?:B|b)\b")


def printed(plan: Plan, template: Template | None = None, landscape: bool = False) -> bytes:
    """The page of charts alone."""
    font = fonts.family()
    measure, stream = Measure(font), io.BytesIO()
    canvas = Canvas(
        stream, pagesize=nd30.A4, invariant=1, pageCompression=1, initialFontName=font.faces[fonts.REGULAR]  # type: ignore[arg-type]
    )  # fmt: skip
    flow = Flow(canvas, font, measure, code="ABCD-EFGH", qr="", draft=False)
    page = flow.begin(appendix=True, landscape=landscape)
    template = template or templates.get(plan.template)
    flow.add(pdf_charts.boxes(measure, plan, template, compute(plan), page.text_width))
    flow.end()
    canvas.save()
    return stream.getvalue()


def bars(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """The filled rectangles of each page: left, bottom, width, height."""
    found = []
    for page in reader_of(pdf).pages:
        content = page.get_contents()
        assert content is not None
        lines = content.get_data().decode("latin-1")
        found.append([tuple(map(float, match)) for match in _RECTANGLE.findall(lines)])
    return found  # type: ignore[return-value]


def test_plan_000_prints_its_lead_units() -> None:
    pdf = printed(fixture_plan(0))
    text = text_of(pdf, "-layout")
    assert "BIỂU ĐỒ KINH PHÍ" in text
    assert "(Tổng kinh phí: 5.039,772 triệu đồng, 8 nhiệm vụ)" in text
    for label, amount, share in (
        ("Trung tâm Lưu trữ lịch sử tỉnh", "4.009,772", "79,6%"),
        ("VP Sở Nội vụ và các đơn vị trực thuộc", "660", "13,1%"),
        ("Phòng CCHC&VTLT", "370", "7,3%"),
        ("Tổng cộng", "5.039,772", "100%"),
    ):
        assert re.search(rf"{re.escape(label)}\s+{re.escape(amount)}\s+{share}", text)
    (drawn,) = bars(pdf)
    assert [width for _x, _y, width, _height in drawn] == pytest.approx(
        [drawn[0][2] * amount / 4009.772 for amount in (4009.772, 660, 370)], abs=0.02
    )


def test_plan_004_prints_three_charts_on_one_page() -> None:
    plan = fixture_plan(4)
    pdf = printed(plan)
    text = squeezed(text_of(pdf))
    assert len(reader_of(pdf).pages) == 1
    for title in ("nguồn vốn", "năm", "đơn vị chủ trì"):
        assert squeezed(f"Kinh phí theo {title} (triệu đồng)") in text
    sums = compute(plan)
    table = plan.tables[-1]
    for amount in (*sums.of(table).by_source.values(), *sums.of(table).by_year.values()):
        assert format_amount(amount, "million") in text
    largest = sorted(by_lead(table, sums.rows).items(), key=lambda one: -one[1])[:8]
    for lead, amount in largest:
        assert squeezed(lead) in text and format_amount(amount, "million") in text
    (drawn,) = bars(pdf)
    # Two sources and what has none, five years and what has none, eight units and the others.
    assert len(drawn) == 3 + 6 + 9


@pytest.mark.parametrize("number", [0, 4])
def test_everything_stands_within_the_margins(number: int) -> None:
    pdf = printed(fixture_plan(number))
    right = nd30.A4[0] - nd30.MARGINS.right
    for page, drawn in zip(pages_of(pdf), bars(pdf), strict=True):
        for word in page.body:
            assert nd30.MARGINS.left - 0.5 <= word.left and word.right <= right + 0.5
        for x, y, width, height in drawn:
            assert nd30.MARGINS.left - 0.5 <= x and x + width <= right + 0.5
            assert nd30.MARGINS.bottom <= y and y + height <= nd30.A4[1] - nd30.MARGINS.top


def test_a_plan_without_amounts_has_no_such_page() -> None:
    plan = fixture_plan(1)
    assert pdf_charts.boxes(Measure(fonts.family()), plan, templates.get(plan.template), compute(plan), 467.7) == []


def test_a_chart_that_does_not_fit_beside_others_goes_whole_to_the_next_page() -> None:
    name = "Trung tâm Công nghệ thông tin và Truyền thông, Văn phòng Ủy ban nhân dân thành phố"
    rows = [
        made.task(f"Việc {n}", lead=f"{name} số {n}", funding={f"nguon_{n}": n * 10**9}, years={str(2020 + n % 20): n * 10**9})
        for n in range(1, 31)
    ]  # fmt: skip
    pdf = printed(made.plan(made.table(*rows), period_from=2020, period_to=2039), made.make_template())
    pages = pages_of(pdf)
    titles = [" ".join(word.text for word in page.words).count("Kinh phí theo") for page in pages]
    totals = [" ".join(word.text for word in page.words).count("Tổng cộng") for page in pages]
    assert titles == totals and sum(titles) == 3 and len(pages) > 1
    for page in pages:
        assert all(word.bottom <= page.height - nd30.MARGINS.bottom + 1 for word in page.body)
    assert sum(len(drawn) for drawn in bars(pdf)) == 30 + 20 + 9


def test_amounts_below_zero_are_empty_frames_on_the_other_side() -> None:
    rows = [task("a", years={"2022": -10 * MILLION}), task("b", years={"2023": 20 * MILLION})]
    pdf = printed(small_plan(tasks(*rows, title=""), period_to=2023), landscape=True)
    (drawn,) = bars(pdf)
    below, above = drawn[:2]
    assert below[1] + below[3] == pytest.approx(above[1], abs=0.02)
    assert above[3] == pytest.approx(2 * below[3], abs=0.02)
    assert "-10" in text_of(pdf)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert printed(fixture_plan(4)) == printed(fixture_plan(4))


def test_tasks_without_an_amount_are_told() -> None:
    text = text_of(printed(small_plan(tasks(task("a", 5 * MILLION), task("b")))))
    assert "(Tổng kinh phí: 5 triệu đồng, 2 nhiệm vụ, trong đó 1 chưa có kinh phí)" in " ".join(text.split())


def test_the_document_has_the_page_where_it_is_wanted() -> None:
    plan = small_plan(print_options={"charts": True})
    last = text_of(pdf.render(plan, templates.get(plan.template))).rstrip("\f").split("\f")[-1]
    assert "Phụ lục II" in last and pdf_charts.TITLE in last and "Văn phòng" in last
    assert pdf_charts.TITLE not in text_of(pdf.render(small_plan(), templates.get(plan.template)))
    # Without any amount there is nothing to draw.
    empty = small_plan(tasks(task("a")), print_options={"charts": True})
    assert pdf_charts.TITLE not in text_of(pdf.render(empty, templates.get(plan.template)))
