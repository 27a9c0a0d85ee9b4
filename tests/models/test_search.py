"""Finding and replacing over all texts of a plan."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models import document, template, totals
from models.folding import fold, lower
from models.plan import LegalBasis, Plan, Row, Section, Table, walk, walk_rows
from models.search import Hit, replace, search
from models.searchable import shown_texts
from models.text import plain
from tests.benchmarks import plans as large
from tests.plans import fixture_plan, group, plans, register, small_plan, some, task, tasks

queries = st.sampled_from(["a", "an", "nam", "ko", "đ", "2", "2021", ".", "*", "{", "tổng kinh", "ĐỒNG", "749/qd", " "])


def find(plan: Plan, query: str, *, fold: bool = True, **options: Any) -> list[Hit]:
    return search(plan, template.get(plan.template), query, fold=fold, totals=totals.compute(plan), **options)


def places(hits: list[Hit]) -> list[tuple[str, str]]:
    return [(hit.field, hit.found) for hit in hits]


def put(plan: Plan, query: str, new: str, **options: Any) -> int:
    """Replace everywhere; how many fields became others."""
    found = replace(find(plan, query, **options), new)
    for part, name, value in found:
        setattr(part, name, value)
    return len(found)


def section_plan(text: str) -> tuple[Plan, Section]:
    section = Section(key="plan.budget", heading="KINH PHÍ", text=text)
    return small_plan(sections=[section]), section


# ---- finding


@given(plans(), queries, st.booleans(), st.booleans(), st.booleans())
@some(1 / 2)
def test_every_hit_is_the_query(plan: Plan, query: str, folds: bool, case: bool, words: bool) -> None:
    for hit in find(plan, query, fold=folds, case=case, words=words):
        span = hit.text[hit.start : hit.start + hit.length]
        if hit.value:
            assert span.startswith("{") and span.endswith("}")
            continue
        if hit.kind == "amount":
            assert span.replace(".", "") == query.replace(".", "")
            continue
        span = " ".join(span.split("\n"))
        if hit.kind == "section" and "*" not in query:
            span = span.replace("*", "")
        key = fold if folds else lower
        assert key(span) == key(query) or span.isspace()
        if case and not folds:
            assert span == query


@given(plans(), queries)
@some(1 / 2)
def test_no_match_is_left_out(plan: Plan, query: str) -> None:
    found = Counter((id(hit.part), hit.field) for hit in find(plan, query) if hit.kind != "amount")
    for _place, part, field, text, kind in shown_texts(plan, template.get(plan.template), None, None, None):
        if kind != "section":
            # Any white space stands for any other.
            assert found[id(part), field] == re.sub(r"\s", " ", fold(text)).count(re.sub(r"\s", " ", fold(query)))


@given(plans(), queries)
@some(1 / 2)
def test_the_order_is_that_of_the_outline_and_each_hit_comes_once(plan: Plan, query: str) -> None:
    found = find(plan, query)
    keys = [(id(hit.part), hit.field, hit.start, hit.value) for hit in found]
    assert len(set(keys)) == len(keys)
    pages = [id(hit.place) if not isinstance(hit.place, str) else hit.place for hit in found]
    assert len(set(pages)) == sum(1 for last, page in zip([None, *pages], pages, strict=False) if last != page)
    assert find(plan, query, most=3) == found[:3]


def test_pages_follow_each_other_as_in_the_outline() -> None:
    plan = small_plan(
        tasks(group("Nhóm thử", task("Việc thử", note="thử"))),
        register(["thử", "1"], title="Sổ thử", section="review.apps"),
        subject="Thử",
        recipients=["Lưu: VT", "Phòng Thử"],
        legal_bases=[LegalBasis(kind="Quyết định", subject="về thử", text=""), LegalBasis(text="Thử nghiệm")],
    )
    plan.sections[0].sections[2].text = "Có thử."
    plan.sections[1].heading = "THỬ"
    assert [(hit.field, type(hit.part).__name__) for hit in find(plan, "thu")] == [
        ("subject", "Plan"), ("recipients", "Plan"), ("subject", "LegalBasis"), ("text", "LegalBasis"),
        ("text", "Section"), ("title", "Table"), ("cells/0", "Row"), ("heading", "Section"), ("group", "Row"),
        ("task", "Row"), ("note", "Row"),
    ]  # fmt: skip


def test_only_one_page_is_searched() -> None:
    plan = fixture_plan(0)
    everywhere = find(plan, "so noi vu")
    for place in ["general", "bases", *[part for part in walk(plan) if isinstance(part, Section | Table)]]:
        here = [hit for hit in everywhere if hit.place is place or hit.place == place]
        assert find(plan, "so noi vu", within=place) == here


def test_diacritics_capitals_and_whole_words() -> None:
    plan = small_plan(tasks(task("Nâng cấp an toàn"), task("NÂNG CẤP"), task("nang cap")))
    assert len(find(plan, "nang cap")) == 3
    assert [hit.found for hit in find(plan, "Nâng cấp", fold=False)] == ["Nâng cấp", "NÂNG CẤP"]
    assert [hit.found for hit in find(plan, "NANG CAP", case=True)] == ["NÂNG CẤP"]
    assert [hit.found for hit in find(plan, "Nâng cấp", fold=False, case=True)] == ["Nâng cấp"]
    assert [hit.start for hit in find(plan, "an", words=True)] == [9]


def test_amounts_are_found_as_they_are_shown() -> None:
    row = task("Việc", 4_009_772_000, funding={"oda": 9_772_000, "other": None}, years={"2022": 4_000_000_000})
    plan = small_plan(tasks(group("Nhóm", row)))
    assert places(find(plan, "4009,772")) == [("", "4.009,772"), ("total", "4.009,772"), ("total", "4.009,772")]
    assert (
        places(find(plan, "4.009"))
        == places(find(plan, "4 009"))
        == [(field, "4.009") for field in ("", "total", "total")]
    )
    assert places(find(plan, "9,772", words=True)) == [("funding/oda", "9,772")]
    assert places(find(plan, "4000")) == [("years/2022", "4.000")]
    plan.tables[0].unit = "dong"
    assert places(find(plan, "9772000", words=True)) == [("funding/oda", "9.772.000")]
    assert {hit.replaceable for hit in find(plan, "4") if hit.kind == "amount"} == {False}


def test_a_mark_inside_a_word_hides_no_match() -> None:
    plan, _section = section_plan("Tổng **kinh** phí là 5 **t**ỷ đồng")
    (hit,) = find(plan, "tong kinh phi")
    assert hit.text[hit.start : hit.start + hit.length] == "Tổng **kinh** phí"
    assert (hit.before, hit.found, hit.after) == ("", "Tổng kinh phí", " là 5 tỷ đồng")
    assert places(find(plan, "tỷ")) == [("text", "tỷ")]


def test_placeholders_are_found_as_written_and_as_printed() -> None:
    plan, _section = section_plan("Tổng là {total_million:tasks}, {lạ}.")
    plan.tables[0].rows = [task("Việc", 5_039_772_000)]
    (hit,) = [hit for hit in find(plan, "5039,772") if hit.field == "text"]
    assert (hit.found, hit.replaceable, hit.text[hit.start : hit.start + hit.length]) == (
        "5.039,772 triệu đồng", False, "{total_million:tasks}",
    )  # fmt: skip
    assert [hit.replaceable for hit in find(plan, "tasks")] == [False]
    assert [hit.replaceable for hit in find(plan, "{total_million:tasks}")] == [True]
    assert [hit.replaceable for hit in find(plan, "lạ", fold=False)] == [True]


def test_nothing_asked_nothing_found() -> None:
    assert find(fixture_plan(0), "") == []
    assert find(fixture_plan(0), "\x00\x07") == []


# ---- replacing


@given(plans(), st.sampled_from(["an", "nam", "tong kinh", "749/qd", "a", "o"]), st.sampled_from(["", "¤", "¤ ¤"]))
@some(1 / 2)
def test_what_is_replaced_is_found_no_more(plan: Plan, query: str, new: str) -> None:
    before = {id(row): (row.total, row.funding, row.years, row.stated_total) for row in _rows(plan)}
    hits = [hit for hit in find(plan, query) if hit.replaceable]
    counted = sum(hit.text.count("¤") for hit in {(id(hit.part), hit.field): hit for hit in hits}.values())
    put(plan, query, new)
    assert {id(row): (row.total, row.funding, row.years, row.stated_total) for row in _rows(plan)} == before
    if new:
        assert not [hit for hit in find(plan, query) if hit.replaceable]
        fields = {(id(hit.part), hit.field) for hit in hits}
        after = sum(
            text.count("¤")
            for _place, part, field, text, _kind in shown_texts(plan, template.get(plan.template), None, None, None)
            if (id(part), field) in fields
        )
        assert after == counted + new.count("¤") * len(hits)
    # What the window writes, a document can hold.
    assert document.to_bytes(document.from_bytes(document.to_bytes(plan))) == document.to_bytes(plan)


def _rows(plan: Plan) -> list[Row]:
    return [row for table in plan.tables for row in walk_rows(table.rows)]


@given(plans(), queries)
@some(1 / 4)
def test_a_text_replaced_by_itself_changes_nothing(plan: Plan, query: str) -> None:
    hits = find(plan, query, fold=False, case=True)
    assume(all("\n" not in hit.text and hit.text == " ".join(hit.text.split()) for hit in hits))
    hits = [hit for hit in hits if hit.text[hit.start : hit.start + hit.length] == query]
    assert replace(hits, query) == [] or any("time" in name for _part, name, _value in replace(hits, query))


def test_several_in_one_field_and_several_cells_of_one_row() -> None:
    plan = small_plan(
        tasks(task("Việc cũ, máy cũ", note="cũ")),
        register(["cũ", "cũ cũ"], ["mới", "x"]),
        recipients=["Phòng cũ", "Sở cũ"],
    )
    assert put(plan, "cũ", "mới", fold=False) == 4
    first, second = plan.tables
    assert (first.rows[0].task, first.rows[0].note) == ("Việc mới, máy mới", "mới")
    assert [row.cells for row in second.rows] == [["mới", "mới mới"], ["mới", "x"]]
    assert plan.recipients == ["Phòng mới", "Sở mới"]


def test_a_recipient_without_a_name_goes() -> None:
    plan = small_plan(recipients=["Lưu: VT", "Phòng A"])
    put(plan, "Phòng A", "")
    assert plan.recipients == ["Lưu: VT"]


def test_the_years_of_a_time_are_read_anew() -> None:
    plan = small_plan(tasks(task("Việc", time="2021-2022", time_from=2021, time_to=2022)))
    put(plan, "2022", "2025")
    row = plan.tables[0].rows[0]
    assert (row.time, row.time_from, row.time_to) == ("2021-2025", 2021, 2025)
    assert (plan.period_from, plan.period_to) == (2022, 2022)
    put(plan, "2021-2025", "Hàng năm")
    assert (row.time, row.time_from, row.time_to) == ("Hàng năm", None, None)


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("Nâng **cấp** mạng", "Đổi", "Đổi mạng"),
        ("Nâng **cấp mạng** LAN", "Đổi", "Đổi** mạng** LAN"),
        ("**Nâng** cấp mạng", "Đổi", "**Đổi** mạng"),
        ("**Nâng** cấp mạng", "", " mạng"),
        ("nâng **c**ấp", "Đổi", "Đổi"),
        ("*nâng cấp*", "Đổi", "*Đổi*"),
    ],
)
def test_marks_stay_in_pairs(text: str, new: str, after: str) -> None:
    plan, section = section_plan(text)
    put(plan, "nâng cấp", new)
    assert section.text == after
    assert "*" not in plain(section.text)


def test_a_line_break_in_what_is_put_in_becomes_a_blank() -> None:
    plan = small_plan(tasks(task("Việc")))
    put(plan, "việc", "một\r\nhai\x07")
    assert plan.tables[0].rows[0].task == "một hai"


# ---- speed


def test_ten_thousand_tasks_are_searched_in_no_time() -> None:
    plan = document.load(large.document(10_000))
    sums, own = totals.compute(plan), template.get(plan.template)
    for query in ("nang cap", "zzzz", "4009,772"):
        taken = []
        for _turn in range(3):
            start = time.perf_counter()
            search(plan, own, query, fold=True, totals=sums, most=5000)
            taken.append(time.perf_counter() - start)
        assert min(taken) < 0.3
