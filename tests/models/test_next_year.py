"""Next year's plan from last year's: nothing lost, the money right, what came marked until it is read."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from models import document, template, totals, unread
from models.exports import package
from models.next_year import LEFT_KEY, Made, next_plan, prospect
from models.next_year_amounts import is_yearly
from models.next_year_tasks import RESULTS, amount_of, tasks_of
from models.next_year_text import Moves, moved, moves
from models.plan import LegalBasis, Plan, Row, Section, Table, find_section, find_table, walk_rows, walk_sections
from models.store import Store
from models.text import PLACEHOLDER, expanded
from tests.models.exports.delivered import write
from tests.plans import MILLION, fixture_plan, group, plans, register, small_plan, some, task, tasks

YEARLY, PERIOD, NOW = "chinh-quyen-so-2022", "chinh-quyen-so-2021-2025", "chuyen-doi-so-2027"


# ---- text by text


def parts_of(text: str) -> Iterator[str]:
    """The lines of a text, cut at its placeholders."""
    for line in text.split("\n"):
        yield from (piece.strip() for piece in PLACEHOLDER.split(line)[::2])


def said_by(plan: Plan) -> Iterator[str]:
    """Every text of a plan that somebody wrote or chose."""
    yield from (plan.unit_parent, plan.unit_name, plan.unit_code, plan.place, plan.addressee, plan.subject)
    yield from (plan.capacity, plan.signer_position, plan.signer_name, *plan.recipients)
    for basis in plan.legal_bases:
        yield from (basis.kind, basis.number, basis.issuer, basis.subject, basis.text)
    for section in walk_sections(plan.sections):
        yield section.heading
        yield from parts_of(section.text)
    for table in plan.tables:
        yield from (table.title, *(table.columns or []))
        for row in walk_rows(table.rows):
            yield from (row.group or "", row.task or "", row.objective, row.scope, row.lead, row.time)
            yield from (row.result, row.note, *(row.cells or []))


def lost(previous: Plan, made: Made, by: Moves) -> list[str]:
    """What of the old plan is neither in the new one, as it was or with its years moved, nor in a note."""
    plan = made.plan
    there = "\n".join(said_by(plan))
    there += "\n" + "\n".join(text for note in made.notes for text in (note.message, *note.texts))
    # Of a heading the template has the capitals.
    there = there.casefold()
    old = template.of(previous)

    def was(text: str) -> str:
        return template.fill_years(text, previous.period_from, previous.period_to)

    # The words of the old template itself give way to those of the new one.
    own = {was(text) for spec in template.walk(old.sections) for text in (spec.heading, spec.text)}
    own |= {was(text) for spec in old.tables for text in (spec.title, *spec.columns)}
    own |= {was(old.subject), *map(was, old.recipients)}
    words = {piece for text in own for piece in parts_of(text)} | own
    return [
        text
        for text in said_by(previous)
        if text.strip()
        and text not in words
        and text.casefold() not in there
        and moved(text, by)[0].casefold() not in there
    ]


MOVES = [
    *((number, YEARLY, 2023) for number in range(4)),
    *((number, NOW, 2027) for number in range(5)),
    (4, PERIOD, 2026),
    (4, YEARLY, 2022),
    (4, YEARLY, 2024),
    (4, YEARLY, 2026),
    (0, PERIOD, 2026),
]


@pytest.mark.parametrize(("number", "template_id", "first"), MOVES)
def test_nothing_is_lost_of_a_real_plan(number: int, template_id: str, first: int) -> None:
    previous = fixture_plan(number)
    before = document.to_bytes(previous)
    made = next_plan(previous, template.get(template_id), first)
    by = moves(
        (previous.period_from or 0, previous.period_to or 0), (made.plan.period_from or 0, made.plan.period_to or 0)
    )
    assert lost(previous, made, by) == []
    assert document.to_bytes(previous) == before
    written = document.to_bytes(made.plan)
    assert document.to_bytes(document.from_bytes(written)) == written
    assert made.plan.id != previous.id
    assert template.of(made.plan).id == template_id


@some(0.5)
@given(
    plans(), st.sampled_from([YEARLY, PERIOD, NOW]), st.integers(2016, 2031) | st.integers(1100, 2900), st.booleans()
)
def test_nothing_is_lost_of_any_plan(previous: Plan, template_id: str, first: int, keep: bool) -> None:
    offered = prospect(previous, template.get(template_id), first)
    every = {offer.number for offer in offered.tasks} if keep else None
    kept = [one.number for one in offered.past] if keep else []
    made = next_plan(previous, template.get(template_id), first, carry=every, keep=kept)
    period = None
    if previous.period_from is not None:
        last = previous.period_from if previous.period_to is None else previous.period_to
        period = min(previous.period_from, last), max(previous.period_from, last)
    by = moves(period, (first, first + template.get(template_id).years - 1))
    assert lost(previous, made, by) == []
    written = document.to_bytes(made.plan)
    assert document.to_bytes(document.from_bytes(written)) == written


# ---- money


@some(0.5)
@given(plans(), st.sampled_from([YEARLY, PERIOD, NOW]), st.integers(2019, 2028))
def test_a_task_never_goes_on_with_more_than_is_left_of_it(previous: Plan, template_id: str, first: int) -> None:
    offered = prospect(previous, template.get(template_id), first)
    made = next_plan(previous, template.get(template_id), first, carry={offer.number for offer in offered.tasks})
    goal = find_table(made.plan, "tasks")
    if not offered.tasks or goal is None:
        return
    carried = [row for row, _groups in tasks_of(goal)]
    assert len(carried) == len(offered.tasks)
    for offer, new in zip(offered.tasks, carried, strict=True):
        row, amount, left = offer.row, offer.amount, amount_of(new)
        assert left == offer.left
        amounts = [
            one for part in walk_rows([row]) for one in (part.total, *part.funding.values(), *part.years.values())
        ]
        if amount is None or any(one is not None and one < 0 for one in amounts) or left is None or row.rows:
            continue
        assert left <= amount
        known = {int(year): one for year, one in row.years.items() if one is not None}
        if known and not is_yearly(row):
            past = sum(one for year, one in known.items() if year < first)
            assert left <= max(amount - past, sum(one for year, one in known.items() if year >= first))


def one(row: Row, template_id: str = YEARLY, first: int = 2023, **fields: object) -> tuple[Row, Made]:
    """A task of a plan for 2022 as it goes on, and what is said of it."""
    made = next_plan(small_plan(tasks(row), **fields), template.get(template_id), first, carry={0})
    goal = find_table(made.plan, "tasks")
    assert goal is not None
    return goal.rows[0], made


def test_what_lies_in_past_years_is_taken_off() -> None:
    years = {"2021": 30 * MILLION, "2022": 20 * MILLION, "2023": 40 * MILLION, "2024": 10 * MILLION}
    row = task("Dự án", 100 * MILLION, time="2021-2024", years=years, funding={"local_investment": 100 * MILLION})
    new, _made = one(row)
    assert (new.total, new.years) == (50 * MILLION, {"2023": 40 * MILLION, "2024": 10 * MILLION})
    assert new.funding == {"local_investment": 50 * MILLION}
    assert (new.carried_over, new.time) == (True, "2021-2024")


def test_of_several_sources_the_amounts_are_left_to_be_given_anew() -> None:
    row = task("Dự án", 100, time="2022-2023", years={"2022": 60, "2023": 40}, funding={"oda": 70, "other": 30})
    new, made = one(row)
    assert (new.total, new.funding) == (40, {"oda": None, "other": None})
    assert "ODA 0,00007, Khác 0,00003 triệu đồng" in new.note
    assert any("từng nguồn vốn" in note.message for note in made.notes)


def test_what_was_spent_is_not_guessed() -> None:
    new, made = one(task("Dự án", 90 * MILLION, time="2022-2024"))
    assert new.total == 90 * MILLION
    assert any("chưa biết phần đã bố trí trước năm 2023" in note.message for note in made.notes)


def test_what_comes_back_every_year_costs_the_same() -> None:
    row = task("Thuê đường truyền", 12 * MILLION, time="Hàng năm", years={"2022": 12 * MILLION})
    new, _made = one(row)
    assert (new.total, new.years, new.time) == (12 * MILLION, {"2023": 12 * MILLION}, "Hàng năm")


def test_a_task_that_says_that_it_is_yearly_is_offered() -> None:
    offered = prospect(small_plan(tasks(task("Tập huấn hàng năm", 20, time="2022"))), template.get(YEARLY), 2023)
    assert [(offer.why, offer.left) for offer in offered.tasks] == [("yearly", 20)]
    new, _made = one(task("Tập huấn hàng năm", 20, time="2022"))
    assert (new.total, new.time) == (20, "2023")


def test_a_task_that_is_late_gets_the_new_year() -> None:
    for time, now in (
        ("Năm 2022", "Năm 2023"),
        ("2022", "2023"),
        ("Quý 4/2022", "Năm 2023"),
        ("2020-2022", "2020 - 2023"),
    ):
        new, _made = one(task("Việc", 5, time=time))
        assert new.time == now


def test_of_a_longer_plan_a_year_has_its_share() -> None:
    years = {str(year): 600 for year in range(2021, 2026)}
    known = task("Biết", 3000, time="Hàng năm", years=years)
    unknown = task("Chưa biết", 1000 * MILLION, time="2021-2025", funding={"local": 1000 * MILLION})
    only = task("Một năm", 70, time="2023", funding={"oda": 70})
    before = task("Đã xong", 80, time="2021-2022")
    previous = small_plan(tasks(known, unknown, only, before), template=PERIOD, period_from=2021, period_to=2025)
    made = next_plan(previous, template.get(YEARLY), 2023)
    goal, review = find_table(made.plan, "tasks"), find_table(made.plan, "spending")
    assert goal is not None and review is not None
    assert [(row.task, amount_of(row)) for row in goal.rows] == [("Biết", 600), ("Chưa biết", None), ("Một năm", 70)]
    assert goal.rows[0].years == {"2023": 600}
    assert "Kế hoạch 2021-2025: 1.000 triệu đồng" in goal.rows[1].note
    assert [(row.task, amount_of(row)) for row in review.rows] == [
        ("Biết", 600),
        ("Chưa biết", None),
        ("Đã xong", None),
    ]
    assert goal.rows[1].funding == {}


def test_a_source_that_the_template_lacks_is_named_in_the_note() -> None:
    row = task("Dự án", 100 * MILLION, time="2021-2026", funding={"local": 100 * MILLION})
    new, made = one(row, NOW, 2026, template=PERIOD, period_from=2021, period_to=2021)
    assert new.funding == {} and new.total == 100 * MILLION
    assert "NSĐP: 100 triệu đồng" in new.note
    assert any("không có nguồn “NSĐP”" in note.message for note in made.notes)


def test_of_a_task_those_parts_go_on_that_are_not_over() -> None:
    row = task("Gồm", 100, time="", rows=[task("a", 60, time="2022"), task("b", 40, time="2022-2023")])
    offered = prospect(small_plan(tasks(row)), template.get(YEARLY), 2023)
    assert [offer.carry for offer in offered.tasks] == [True]
    new, _made = one(row)
    assert [part.task for part in new.rows] == ["b"] and new.total == 40


# ---- tasks, groups, review


def test_last_years_tasks_are_the_rows_of_the_review() -> None:
    table = tasks(
        group("Dự án", task("Xong", 10, time="2022"), task("Dở", 20, time="2022-2023"), stated_total=30),
        group("Thường xuyên", task("Thuê", 5, time="Hằng năm")),
        stated_total=35, numbering=["I", "1"],
    )  # fmt: skip
    previous = small_plan(table)
    offered = prospect(previous, template.get(YEARLY), 2023)
    assert [(offer.why, offer.state) for offer in offered.tasks] == [("", ""), ("reaches", "under_way"), ("yearly", "")]
    made = next_plan(previous, template.get(YEARLY), 2023, states={0: "done", 2: "moved"})
    goal, review = find_table(made.plan, "tasks"), find_table(made.plan, "spending")
    assert goal is not None and review is not None
    results = [row.result for row in walk_rows(review.rows) if row.task]
    assert results == [RESULTS["done"], RESULTS["under_way"], "Chuyển sang năm 2023"]
    assert (review.stated_total, review.numbering) == (35, ["I", "1"])
    assert [row.stated_total for row in review.rows] == [30, None]
    assert totals.compute(made.plan).of(review).total == 35
    assert [(row.group, [part.task for part in row.rows]) for row in goal.rows] == [
        ("Dự án", ["Dở"]),
        ("Thường xuyên", ["Thuê"]),
    ]
    assert goal.stated_total is None and all(row.stated_total is None for row in goal.rows)


def test_where_the_old_plan_has_no_tasks_its_review_is_kept() -> None:
    made = next_plan(fixture_plan(3), template.get(YEARLY), 2023)
    review = find_table(made.plan, "spending")
    assert review is not None and len(review.rows) == 5 and unread.is_unread(review)
    assert "2021" in review.title


def test_an_old_review_stays_if_that_is_wanted() -> None:
    previous = fixture_plan(4)
    made = next_plan(previous, template.get(PERIOD), 2026)
    assert sum("triển khai giai đoạn 2016 - 2020" in table.title.lower() for table in made.plan.tables) == 0
    numbers = [past.number for past in prospect(previous, template.get(PERIOD), 2026).past]
    made = next_plan(previous, template.get(PERIOD), 2026, keep=numbers)
    kept = [table for table in made.plan.tables if "giai đoạn 2016 - 2020" in table.title.lower()]
    assert [len(table.rows) for table in kept] == [4, 17]
    assert len({table.key for table in made.plan.tables}) == len(made.plan.tables)


# ---- outline, texts, numbers


def test_the_units_own_sections_stay_at_their_place() -> None:
    previous = fixture_plan(0)
    made = next_plan(previous, template.get(YEARLY), 2023)
    assert [section.key for section in walk_sections(made.plan.sections)] == [
        section.key for section in walk_sections(previous.sections)
    ]
    assert made.plan.sections[0].heading == "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2022"
    moved_on = next_plan(previous, template.get(NOW), 2027).plan
    apps = find_section(moved_on, "review.apps")
    assert apps is not None
    assert [section.key for section in apps.sections] == ["review.apps.internal", "review.apps.citizens"]
    communication = find_section(moved_on, "plan.solutions.communication")
    assert communication is not None and "dịch vụ công trực tuyến" in communication.text


def test_the_years_of_a_text_are_moved_and_told() -> None:
    section = Section(key="plan.goal", heading="Mục tiêu", text="Năm 2022 hơn năm 2021.\n\nTheo số 5/QĐ-A năm 2022.")
    made = next_plan(small_plan(sections=[section]), template.get(YEARLY), 2023)
    new = find_section(made.plan, "plan.goal")
    assert new is not None
    assert new.text == "Năm 2023 hơn năm 2022.\n\nTheo số 5/QĐ-A năm 2022."
    assert sorted(unread.changes_of(new)) == [("2021", "2022", 1), ("2022", "2023", 1)]
    assert (unread.is_unread(new), unread.period_of(new)) == (True, "2022")


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 15 tháng 6, năm 2022",
        "từ 01/01 năm 2022",
        "Năm 2021, 2022 hồ sơ được tiếp nhận",
        "chênh lệch năm 2021 - 2022,5 triệu đồng",
        "đưa vào vận hành từ năm 2021",
        "được thành lập năm 2021",
        "Chương trình mục tiêu quốc gia năm 2022",
        "Đề án 06 năm 2022",
        "Thông báo kết luận năm 2022",
        "đến năm 2022, định hướng đến năm 2030",
        "Nghị định số 42/2022/NĐ-CP; điện thoại 0204.2022.2021; kinh phí 2.022 triệu đồng",
        "từ năm 2022 đến năm 2025",
    ],
)
def test_a_year_that_is_not_the_plans_stays(text: str) -> None:
    assert moved(text, moves((2022, 2022), (2023, 2023)))[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025",
        "Đề án phát triển đô thị thông minh giai đoạn 2021-2025 của tỉnh",
        "Kế hoạch đầu tư công trung hạn giai đoạn 2021-2025",
    ],
)
def test_the_period_of_a_programme_stays(text: str) -> None:
    assert moved(text, moves((2021, 2025), (2026, 2030)))[0] == text
    own = "Kế hoạch ứng dụng CNTT giai đoạn 2021-2025"
    assert moved(own, moves((2021, 2025), (2026, 2030)))[0] == "Kế hoạch ứng dụng CNTT giai đoạn 2026-2030"


def test_the_templates_own_words_are_those_of_the_new_one() -> None:
    spec = template.get(YEARLY).section("plan.budget")
    assert spec is not None
    section = Section(key="plan.budget", heading="KINH PHÍ", text=spec.text)
    made = next_plan(small_plan(sections=[section]), template.get(NOW), 2027)
    new, words = find_section(made.plan, "plan.budget"), template.get(NOW).section("plan.budget")
    assert new is not None and words is not None
    assert new.text == words.text and not unread.is_unread(new)


def test_numbers_that_stand_go_on_and_others_are_told() -> None:
    made = next_plan(fixture_plan(2), template.get(NOW), 2027)
    plan = made.plan
    assert plan.indicators["computers"] == 77 and "files_total" not in plan.indicators
    left = find_section(plan, LEFT_KEY)
    assert left is not None and "- Số thủ tục hành chính mức độ 2: 31 thủ tục" in left.text
    assert unread.is_unread(left)
    assert any("47 hồ sơ" in note.message for note in made.notes)


def test_a_field_that_can_no_longer_be_filled_in_prints_what_it_printed() -> None:
    text = "Có {indicator:procedures_level2} thủ tục, {indicator:computers} máy."
    section = Section(key="review.apps", heading="Ứng dụng", text=text)
    previous = small_plan(sections=[section], indicators={"procedures_level2": 31, "computers": 5})
    new = find_section(next_plan(previous, template.get(NOW), 2027).plan, "review.apps")
    assert new is not None and new.text == "Có 31 thủ tục, {indicator:computers} máy."


def test_a_register_gets_the_columns_of_the_new_template() -> None:
    rows = register(
        ["Idesk", "Đang dùng", "2011", "Sở"], key="software", section="review.apps",
        columns=["Tên phần mềm, CSDL", "Hiện trạng", "Năm trang bị", "Đối tượng sử dụng"],
    )  # fmt: skip
    made = next_plan(small_plan(tasks(), rows), template.get(NOW), 2027)
    new = find_table(made.plan, "software")
    assert new is not None and new.columns is not None and len(new.columns) == 5
    assert new.rows[0].cells == ["Idesk", "Đang dùng", "2011", "Sở", ""]
    other = register(["a", "b"], key="software", columns=["Lạ", "Khác"])
    new = find_table(next_plan(small_plan(tasks(), other), template.get(NOW), 2027).plan, "software")
    assert new is not None and new.columns == ["Lạ", "Khác"] and new.rows[0].cells == ["a", "b"]


def test_a_register_that_was_an_appendix_stays_one() -> None:
    plan = next_plan(fixture_plan(4), template.get(YEARLY), 2023).plan
    table = find_table(plan, "documents")
    assert table is not None and table.section == "" and len(table.rows) == 53
    legal = find_section(plan, "review.legal")
    assert legal is not None and "{appendix:documents}" in legal.text
    assert "{" not in expanded(plan, template.of(plan))(legal.text)


def test_a_table_of_the_units_own_goes_along() -> None:
    own = Table(key="thiet-bi", title="Thiết bị năm 2022", section="review.data", rows=[task("Máy", 7)])
    made = next_plan(small_plan(tasks(), own), template.get(NOW), 2027)
    new = find_table(made.plan, "thiet-bi")
    assert new is not None and (new.title, new.section) == ("Thiết bị năm 2027", "review.data")
    assert unread.is_unread(new)


def test_a_second_table_of_the_tasks_key_leaves_the_first_its_title() -> None:
    previous = small_plan(tasks(task("A", 5), title="Của phòng A"), tasks(task("B", 6), title="Của phòng B"))
    plan = next_plan(previous, template.get(YEARLY), 2023, carry={0}).plan
    titles = [(table.title, [row.task for row in table.rows]) for table in plan.tables if table.key.startswith("tasks")]
    assert titles == [("Của phòng A", ["A"]), ("Của phòng B", ["B"])]


# ---- particulars, legal bases


def test_offices_are_called_as_the_new_template_has_it() -> None:
    made = next_plan(fixture_plan(1), template.get(NOW), 2027)
    assert made.plan.addressee == "Sở Khoa học và Công nghệ"
    assert made.plan.recipients[0] == "Sở KH&CN"
    assert made.plan.symbol == "KH-SXD" and made.plan.signer_name == "Trần Văn B"
    own = next_plan(small_plan(addressee="Bộ Tài chính"), template.get(NOW), 2027).plan
    assert own.addressee == "Bộ Tài chính"


def test_legal_bases_that_have_ended_are_told_with_what_replaced_them() -> None:
    law = LegalBasis(kind="Luật", date="2006-06-29", subject="Công nghệ thông tin")
    letter = LegalBasis(kind="Công văn", number="1094/STTTT", date="2021-10-04", subject="hướng dẫn kế hoạch năm 2022")
    previous = small_plan(legal_bases=[law, letter])
    offered = prospect(previous, template.get(NOW), 2027).bases
    assert offered[0].ended == "2026-07-01" and offered[0].replacement is not None
    assert (offered[1].ended, offered[1].is_of_year) == ("", True)
    made = next_plan(previous, template.get(NOW), 2027)
    assert [basis.subject for basis in made.plan.legal_bases] == [law.subject, letter.subject]
    made = next_plan(previous, template.get(NOW), 2027, replace={0})
    assert made.plan.legal_bases[0].number == offered[0].replacement.number
    assert any("đã thay bằng" in note.message for note in made.notes)
    assert prospect(previous, template.get(YEARLY), 2023).bases[0].ended == ""


def test_a_second_year_counts_as_the_first() -> None:
    first = next_plan(fixture_plan(0), template.get(YEARLY), 2023).plan
    second = next_plan(first, template.get(YEARLY), 2024)
    assert second.plan.sections[0].heading.endswith("NĂM 2023")
    assert re.search(r"nói về các năm trước nữa", " ".join(note.message for note in second.notes))
    assert all(unread.period_of(section) in ("", "2023") for section in walk_sections(second.plan.sections))


# ---- what is exported


@pytest.mark.parametrize("number", range(5))
def test_the_plan_that_was_made_is_exported_whole(number: int, tmp_path: Path) -> None:
    template_id, first = (PERIOD, 2026) if number == 4 else (NOW, 2027) if number % 2 else (YEARLY, 2023)
    plan = next_plan(fixture_plan(number), template.get(template_id), first).plan
    paths = write(package.build(plan, template.of(plan), draft=True), tmp_path)
    printed = subprocess.run(
        ["pdftotext", "-layout", paths["pdf"], "-"], capture_output=True, check=True
    ).stdout.decode()
    words = Counter(re.findall(r"\w+", printed))
    expand = expanded(plan, template.of(plan))
    for section in walk_sections(plan.sections):
        for text in (section.heading, expand(section.text)):
            for word in re.findall(r"\w{4,}", text):
                assert words[word] or word.upper() in printed.upper(), word
    cells = load_workbook(paths["xlsx"])
    shown = {str(cell.value) for sheet in cells for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for table in plan.tables:
        for row in walk_rows(table.rows):
            for name in (row.task, row.group, *(row.cells or [])):
                assert not name or any(name.strip() in cell for cell in shown), name
    whole = json.loads(zipfile.ZipFile(paths["package"]).read("plan.json"))
    assert whole == document.dump(plan)


# ---- marks


def test_what_is_read_can_be_unread_again(store: Store) -> None:
    made = next_plan(fixture_plan(0), template.get(YEARLY), 2023)
    store.add(made.plan)
    opened = store.open_plan(made.plan.id)
    section = find_section(opened.plan, "plan.goal")
    assert section is not None and unread.is_unread(section)
    count = len(unread.unread(opened.plan))
    with opened.edit("Đọc"):
        unread.clear(section)
    assert not unread.is_unread(section) and len(unread.unread(opened.plan)) == count - 1
    opened.undo()
    assert unread.is_unread(section) and unread.period_of(section) == "2022"
    assert len(unread.unread(store.read(made.plan.id))) == count


def test_a_number_that_came_is_unread_until_it_is_another(store: Store) -> None:
    section = Section(key="review.infrastructure", heading="Hạ tầng")
    previous = small_plan(sections=[section], indicators={"computers": 5})
    plan = next_plan(previous, template.get(YEARLY), 2023).plan
    new = find_section(plan, "review.infrastructure")
    assert new is not None and unread.is_unread(new)
    plan.indicators = {"computers": 6}
    assert not unread.is_unread(new)


@given(st.text(max_size=40))
def test_marks_that_somebody_else_wrote_are_harmless(text: str) -> None:
    section = Section(text="a", extra=dict.fromkeys(unread.MARKS, text) | {unread.UNREAD: True})
    unread.is_unread(section)
    unread.changes_of(section)
    section.extra = {name: [text] for name in unread.MARKS}
    assert not unread.is_unread(section)
    assert (unread.period_of(section), unread.changes_of(section)) == ("", [])
