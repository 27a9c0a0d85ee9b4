"""What stays together on a page whatever comes before it: the signature, headings, groups, totals; found in the PDF."""

from __future__ import annotations

from typing import Any

import pytest

from models import template
from models.exports import pdf
from models.plan import Plan, Section
from tests.models.exports.measured import Line, Sheet, sheets
from tests.models.exports.pages import MM
from tests.plans import MILLION, group, register, small_plan, task, tasks

NAME, POSITION = "Nguyễn Văn An", "PHÓ GIÁM ĐỐC"


def printed(plan: Plan) -> list[Sheet]:
    return sheets(pdf.render(plan, template.get(plan.template)))


def lines_with(found: list[Sheet], text: str) -> list[tuple[Sheet, Line]]:
    return [(sheet, line) for sheet in found for line in sheet.lines() if text in line.text]


def signed(*sections: Section, **fields: Any) -> Plan:
    own = {"capacity": "KT. GIÁM ĐỐC", "signer_position": POSITION, "signer_name": NAME, "sections": list(sections)}
    plan = small_plan(**own | fields)
    if "tables" not in fields:
        plan.tables = []
    return plan


def check_signature(found: list[Sheet]) -> Sheet:
    """Its parts stand on one page, the name clear below the position, and text or rows stand above it there."""
    ((sheet, name),) = lines_with(found, NAME)
    ((on, position),) = lines_with(found, POSITION)
    ((beside, label),) = lines_with(found, "Nơi nhận:")
    assert on is sheet and beside is sheet
    assert position.y - name.y > 28 * MM
    assert label.y - position.y == pytest.approx(14 * 1.2, abs=4)
    assert len({round(line.y) for line in sheet.lines() if line.y > label.y + 5}) >= 2
    assert min(piece.y for piece in sheet.body) > 20 * MM
    return sheet


@pytest.mark.parametrize("count", range(10, 34))
def test_a_signature_after_a_register(count: int) -> None:
    rows = [[f"Phần mềm {number}", "2020"] for number in range(count)]
    table = register(*rows, section="a", title="Phần mềm")
    sheet = check_signature(printed(signed(Section(key="a", heading="A"), tables=[table])))
    texts = [line.text for line in sheet.lines()]
    # The mark that ends the text stands on a line of its own, and with it the last row.
    assert "./." in texts
    assert f"Phần mềm {count - 1}" in texts


@pytest.mark.parametrize("count", range(6, 26, 2))
def test_a_signature_after_a_table_of_tasks_with_its_total(count: int) -> None:
    table = tasks(*(task(f"Việc {number}", MILLION) for number in range(count)), section="a")
    sheet = check_signature(printed(signed(Section(key="a", heading="A"), tables=[table])))
    texts = [line.text for line in sheet.lines()]
    assert "./." in texts and any(text.startswith("(Bằng chữ:") for text in texts)


@pytest.mark.parametrize("words", range(300, 1500, 100))
def test_a_signature_after_a_row_as_long_as_a_page(words: int) -> None:
    table = register(["đầu", "x"], [" ".join(["chữ"] * words), "y"], section="a", title="Phần mềm")
    sheet = check_signature(printed(signed(Section(key="a", heading="A"), tables=[table])))
    assert [line for line in sheet.lines() if "chữ" in line.text]


@pytest.mark.parametrize("count", [1, 20, 30, 39, 40, 60, 120])
@pytest.mark.parametrize("above", [3, 17, 25])
def test_many_recipients(count: int, above: int) -> None:
    recipients = [f"Cơ quan thứ {number}_" for number in range(count)]
    text = "\n\n".join(["Một đoạn văn ngắn."] * above)
    found = printed(signed(Section(key="a", heading="A", text=text), recipients=recipients))
    check_signature(found)
    listed = [line.text for sheet in found for line in sheet.lines() if "Cơ quan thứ" in line.text]
    assert [text.rstrip(";.") for text in listed] == [f"- {name}" for name in recipients]


@pytest.mark.parametrize("count", range(40, 65))
def test_the_last_recipient_is_not_alone_on_a_page(count: int) -> None:
    recipients = [f"Cơ quan thứ {number}_" for number in range(count)]
    found = printed(signed(Section(key="a", heading="A", text="Có."), recipients=recipients))
    assert 1 not in [sum("Cơ quan thứ" in line.text for line in sheet.lines()) for sheet in found]


def test_what_of_a_long_list_stands_below_the_signer_has_the_whole_width() -> None:
    recipients = [f"Phòng {number} của Ủy ban nhân dân thành phố (để thực hiện và báo cáo)_" for number in range(60)]
    found = printed(signed(Section(key="a", heading="A", text="Có."), recipients=recipients))
    signer = check_signature(found)
    whole = [line for sheet in found for line in sheet.lines() if line.text.startswith("- Phòng") and "_" in line.text]
    assert len(whole) > 20 and all(line.right <= signer.width - 15 * MM + 0.5 for line in whole)
    # Beside the signer each takes two lines.
    assert {line.text.split()[2] for line in whole}.isdisjoint({"0", "1", "2"})


def test_a_very_long_position_and_name() -> None:
    position = "PHÓ GIÁM ĐỐC PHỤ TRÁCH ĐIỀU HÀNH BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÁC CÔNG TRÌNH GIAO THÔNG " * 3
    name = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Thanh Ngọc Phương Thảo Vy"
    text = "\n\n".join(["Một đoạn văn ngắn."] * 25)
    found = printed(
        signed(Section(key="a", heading="A", text=text), signer_position=position.strip(), signer_name=name)
    )
    sheet = lines_with(found, "Nơi nhận:")[0][0]
    right = [line for line in sheet.lines() if line.left > sheet.width / 2 - 20 * MM]
    whole = " ".join(line.text for line in right)
    assert position.strip() in whole and name in whole
    assert all(line.right <= sheet.width - 15 * MM + 0.5 for line in right)
    middles = [line.middle for line in right if line.size == 14]
    assert max(middles) - min(middles) < 1


@pytest.mark.parametrize("count", range(20, 60, 3))
def test_headings_of_500_characters_are_never_last(count: int) -> None:
    heading = "Tiêu đề rất dài của một mục trong kế hoạch, " * 11 + "hết tiêu đề"
    deep = Section(key="c", heading=heading, text="Đoạn văn sau tiêu đề, dài hơn một dòng trên trang giấy. " * 3)
    long = Section(key="b", heading=heading, sections=[deep])
    text = "\n\n".join(["Một đoạn văn ngắn."] * count)
    found = printed(
        signed(Section(key="x", heading="X", text=text), Section(key="a", heading=heading, sections=[long]))
    )
    check_signature(found)
    ends = [(sheet, line) for sheet, line in lines_with(found, "hết tiêu đề") + lines_with(found, "HẾT TIÊU ĐỀ")]
    assert len(ends) == 3
    for sheet, line in ends:
        assert [other for other in sheet.lines() if other.y < line.y - 5]


@pytest.mark.parametrize("count", range(4, 26))
def test_groups_within_groups_are_kept_with_their_first_task(count: int) -> None:
    rows = [group("Đầu", *(task(f"Việc {number}", MILLION) for number in range(count)))]
    rows.append(group("NHÓM1", group("NHÓM2", group("NHÓM3", task("VIỆC1", MILLION)), task("Sau", MILLION))))
    for sheet in printed(small_plan(tasks(*rows))):
        here = [any(text in line.text for line in sheet.lines()) for text in ("NHÓM1", "NHÓM2", "NHÓM3", "VIỆC1")]
        assert len(set(here)) == 1


@pytest.mark.parametrize("words", range(100, 1200, 100))
def test_a_group_is_kept_with_a_first_task_as_long_as_a_page(words: int) -> None:
    rows = [group("Đầu", *(task(f"Việc {number}", MILLION) for number in range(7)))]
    rows.append(group("NHÓM1", group("NHÓM2", task("VIỆC1 " + "chữ " * words, MILLION))))
    found = printed(small_plan(tasks(*rows)))
    for sheet in found:
        here = [any(text in line.text for line in sheet.lines()) for text in ("NHÓM1", "NHÓM2", "VIỆC1")]
        assert len(set(here)) == 1
    last = found[-1]
    texts = [line.text for line in last.lines()]
    assert any(text.startswith("(Bằng chữ:") for text in texts) and "TỔNG CỘNG" in texts
    assert any("chữ" in text and not text.startswith("(Bằng") for text in texts)


def test_a_long_place_stands_above_its_date() -> None:
    plan = small_plan(
        unit_name="BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG", place="Thành phố Phan Rang - Tháp Chàm", number="7", day=6
    )
    sheet = printed(plan)[0]
    ((_sheet, place),) = lines_with([sheet], "Phan Rang")
    ((_sheet, date),) = lines_with([sheet], "ngày 06 tháng 10 năm 2021")
    ((_sheet, number),) = lines_with([sheet], "Số: 07/")
    assert place.text == "Thành phố Phan Rang - Tháp Chàm,"
    assert place.y == pytest.approx(number.y, abs=1) and date.y < place.y
    assert date.middle == pytest.approx(place.middle, abs=1)


def test_a_recipient_of_several_lines_stays_on_one_page() -> None:
    recipients = [f"Cơ quan thứ {number}, {'có tên rất dài ' * 7}nên phải viết xuống dòng_" for number in range(70)]
    found = printed(signed(Section(key="a", heading="A", text="Có."), recipients=recipients))
    check_signature(found)
    for sheet in found:
        listed = [line.text for line in sheet.lines() if line.sizes == {11}]
        assert sum("Cơ quan thứ" in text for text in listed) == sum("_" in text for text in listed)
