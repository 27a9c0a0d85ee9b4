"""What changed between two states of a plan: nothing is made up, nothing is left out, and the sums agree."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import change_texts, document, field_names, template
from models.compare import compare
from models.comparison import Comparison, Item, TableChange
from models.pairing import out_of_order
from models.plan import Plan, Row, Section, Table, adopt, insert, move, remove, walk_rows, walk_sections
from models.totals import compute
from models.word_changes import changed_passages, word_changes
from tests.plans import MILLION, NUMBERS, fixture_plan, group, plans, register, small_plan, some, task, tasks


def told(before: Plan, after: Plan) -> Comparison:
    return compare(before, after, template.get(after.template))


def table_of(*rows: Row, **fields: object) -> Plan:
    return small_plan(tasks(*rows, **fields))


def rows_of(before: Plan, after: Plan) -> tuple[Item, ...]:
    found = told(before, after)
    return found.tables[0].rows if found.tables else ()


def kinds(items: tuple[Item, ...]) -> list[tuple[str, str]]:
    return [(item.kind, item.name) for item in items]


def values(item: Item) -> dict[str, tuple[object, object]]:
    return {change.field: (change.before, change.after) for change in item.fields}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plan_and_itself(number: int) -> None:
    assert told(fixture_plan(number), fixture_plan(number)).is_empty


@some(0.4)
@given(plans())
def test_any_plan_and_itself(plan: Plan) -> None:
    found = told(plan, document.copy(plan))
    assert found.is_empty and found.difference == 0


def test_revision_and_id_are_no_change() -> None:
    assert told(small_plan(), small_plan(id="khac", revision=7)).is_empty


# ---- rows


def test_a_task_more_and_a_task_less() -> None:
    before = table_of(task("A", 1), task("B", 2), task("C", 3))
    after = table_of(task("A", 1), task("C", 3), task("D", 4, lead="Phòng D"))
    rows = rows_of(before, after)
    assert kinds(rows) == [("removed", "B"), ("added", "D")]
    assert [(row.number, row.amount_before, row.amount_after, row.counted) for row in rows] == [
        ("2", 2, None, -2),
        ("3", None, 4, 4),
    ]
    assert values(rows[1])["lead"] == (None, "Phòng D")
    table = told(before, after).tables[0]
    assert (table.total_before, table.total_after, table.difference) == (6, 8, 2)
    assert [table.count(kind) for kind in ("added", "removed", "changed", "moved")] == [1, 1, 0, 0]


def test_fields_and_amounts_of_a_task() -> None:
    before = table_of(task("A", funding={"local_recurrent": 5, "other": 1}, years={"2022": 6}, note="cũ"))
    after = table_of(task("A", funding={"local_recurrent": 7}, years={"2022": 6, "2023": 1}, security=True))
    [row] = rows_of(before, after)
    assert values(row) == {
        "funding.local_recurrent": (5, 7),
        "funding.other": (1, None),
        "years.2023": (None, 1),
        "security": (None, 1),
        "note": ("cũ", None),
    }
    assert (row.amount_before, row.amount_after, row.difference) == (6, 7, 1)
    sums = {change.field: (change.before, change.after) for change in told(before, after).tables[0].sums}
    assert sums == {
        "total": (6, 7), "funding.local_recurrent": (5, 7), "funding.other": (1, None), "years.2023": (None, 1),
        "security": (None, 7),
    }  # fmt: skip


def test_a_task_in_another_group_is_moved_and_not_made_anew() -> None:
    before = table_of(group("Một", task("A", 1), task("B", 2)), group("Hai", task("C", 3)))
    after = table_of(group("Một", task("B", 2)), group("Hai", task("C", 3), task("A", 1)))
    rows = rows_of(before, after)
    assert kinds(rows) == [("sum", "Một"), ("sum", "Hai"), ("changed", "A")]
    assert rows[2].is_moved and values(rows[2]) == {"place": ("1 Một › a", "2 Hai › b")}
    assert [row.difference for row in rows] == [-1, 1, 0]
    assert told(before, after).count("moved") == 1 and told(before, after).count("changed") == 0


def test_another_order_moves_as_few_as_can_be() -> None:
    before = table_of(*(task(name, 1) for name in "ABCDE"))
    after = table_of(*(task(name, 1) for name in "ACDEB"))
    [row] = rows_of(before, after)
    assert row.name == "B" and row.is_moved and values(row) == {"place": ("2", "5")}


def test_a_group_under_another_name_keeps_its_tasks() -> None:
    before = table_of(group("Chuyển tiếp", task("A", 1), task("B", 2)), group("Mới", task("C", 3)))
    after = table_of(group("Giai đoạn trước", task("A", 1), task("B", 2)), group("Mới", task("C", 3)))
    [row] = rows_of(before, after)
    assert row.is_group and values(row) == {"group": ("Chuyển tiếp", "Giai đoạn trước")}


def test_a_moved_group_takes_its_tasks_along() -> None:
    before = table_of(group("I", group("Con", task("A", 1), task("B", 2))), group("II"))
    after = table_of(group("I"), group("II", group("Con", task("A", 1), task("B", 2))))
    rows = rows_of(before, after)
    assert [(row.name, row.is_moved) for row in rows] == [("I", False), ("II", False), ("Con", True)]


def test_a_name_that_was_put_right_is_the_same_task() -> None:
    long = "Nâng cấp hệ thống quản lý văn bản và điều hành của Sở"
    before = table_of(task(long, 100), task("Mua máy tính", 5), task("Đào tạo", 7, objective="Mười lớp cho cán bộ xã"))
    after = table_of(
        task(long + " (giai đoạn 2)", 100),
        task("Mua sắm máy tính", 5),
        task("Bồi dưỡng nghiệp vụ", 9, objective="Mười lớp cho cán bộ xã"),
    )
    rows = rows_of(before, after)
    assert [row.kind for row in rows] == ["changed"] * 3
    assert [set(values(row)) for row in rows] == [{"task"}, {"task"}, {"task", "total"}]


def test_other_tasks_with_the_same_unit_and_amount_are_others() -> None:
    before, after = table_of(task("Diệt vi-rút", 100)), table_of(task("Thuê đường truyền", 100))
    assert kinds(rows_of(before, after)) == [("added", "Thuê đường truyền"), ("removed", "Diệt vi-rút")] or kinds(
        rows_of(before, after)
    ) == [("removed", "Diệt vi-rút"), ("added", "Thuê đường truyền")]


def test_of_tasks_with_one_name_the_equal_ones_go_together() -> None:
    before = table_of(*(task("Mua máy", total) for total in (1, 2, 3)))
    after = table_of(*(task("Mua máy", total) for total in (2, 3)))
    [row] = rows_of(before, after)
    assert row.kind == "removed" and row.amount_before == 1


def test_parts_of_a_task_give_nothing_twice() -> None:
    before = table_of(task("A", rows=[task("a", 1), task("b", 2)]))
    after = table_of(task("A", rows=[task("a", 1), task("b", 5)]))
    rows = rows_of(before, after)
    assert [(row.kind, row.name, row.depth, row.difference, row.counted) for row in rows] == [
        ("sum", "A", 0, 3, 3),
        ("changed", "b", 1, 3, 0),
    ]


def test_rows_of_a_register() -> None:
    before = small_plan(
        register(["1", "Phần mềm A", "2010"], ["2", "Phần mềm B", "2011"], columns=["TT", "Tên", "Năm"])
    )
    after = small_plan(
        register(
            ["1", "Phần mềm mới", "2022"], ["2", "Phần mềm A", "2012"], ["3", "Phần mềm B", "2011"],
            columns=["TT", "Tên", "Năm"],
        )
    )  # fmt: skip
    rows = rows_of(before, after)
    # The typed numbers that follow from the new row are no change.
    assert kinds(rows) == [("added", "Phần mềm mới"), ("changed", "Phần mềm A")]
    assert values(rows[1]) == {"cells.2": ("2010", "2012")}
    assert told(before, after).count("added") == 0


# ---- the rest of a plan


def test_particulars_and_indicators() -> None:
    found = told(
        small_plan(signer_name="An", indicators={"computers": 3, "servers": 1}),
        small_plan(signer_name="Bình", indicators={"computers": 4, "servers": 1}, recipients=["Lưu: VT", "Sở A"]),
    )
    assert [(change.field, change.before, change.after) for change in found.particulars] == [
        ("signer_name", "An", "Bình"),
        ("recipients", "Lưu: VT", "Lưu: VT\nSở A"),
    ]
    assert [(change.field, change.before, change.after) for change in found.indicators] == [
        ("indicators.computers", 3, 4)
    ]


def test_choices_of_print_in_words() -> None:
    found = told(
        small_plan(print_options={"bases": "bullets"}),
        small_plan(print_options={"attached": "ban-hanh-kem-theo", "charts": True, "+mới": [1]}),
    )
    words = [
        (
            field_names.particular_name(change.field, template.get("chinh-quyen-so-2022")),
            change_texts.value_text(change.field, change.before),
            change_texts.value_text(change.field, change.after),
        )
        for change in found.particulars
    ]
    assert words == [
        ("+mới", "", "[1]"),
        ("Dòng dưới tên phụ lục", "", "Ban hành kèm theo"),
        ("Trang biểu đồ kinh phí", "", "x"),
        ("Cách in căn cứ pháp lý", "Gạch đầu dòng", ""),
    ]


def test_legal_bases() -> None:
    before, after = fixture_plan(0), fixture_plan(0)
    gone, changed = after.legal_bases[1], after.legal_bases[3]
    remove(gone)
    changed.date = "2020-01-02"
    move(after.legal_bases[-1], after, 0)
    found = told(before, after).bases
    assert [item.kind for item in found] == ["changed", "removed", "changed"]
    assert found[0].is_moved and values(found[0])["place"] == (str(len(before.legal_bases)), "1")
    assert set(values(found[2])) == {"date"}


def test_sections_by_their_words_and_their_figures() -> None:
    before, after = small_plan(), small_plan()
    first, second, third = list(walk_sections(after.sections))[1:4]
    first.text, second.heading = "Có thêm.", "Tên khác"
    remove(third)
    insert(after.sections[0], Section(key="", heading="Mục mới", text="Lời."))
    found = told(before, after).sections
    assert [(item.kind, item.name, set(values(item))) for item in found] == [
        ("changed", first.heading, {"text"}),
        ("changed", "Tên khác", {"heading"}),
        ("removed", third.heading, {"heading", "key", "text"}),
        ("added", "Mục mới", {"heading", "text"}),
    ]


def test_a_text_that_prints_another_total_changed() -> None:
    before, after = small_plan(), small_plan()
    for plan in (before, after):
        next(one for one in walk_sections(plan.sections) if one.key == "plan.budget").text = "Là {total:tasks}."
    after.tables[0].rows[0].total = 130 * MILLION
    [item] = told(before, after).sections
    assert values(item) == {"text": ("Là 120.000.000 đồng.", "Là 150.000.000 đồng.")}
    # The other way round: what prints the same, written another way.
    after = document.copy(before)
    next(one for one in walk_sections(after.sections) if one.key == "plan.budget").text = "Là 120.000.000 đồng."
    [item] = told(before, after).sections
    assert values(item) == {"text": ("Là {total:tasks}.", "Là 120.000.000 đồng.")}


def test_tables_added_removed_and_changed() -> None:
    before = small_plan(tasks(task("A", 1)), tasks(task("B", 2), key="spending", title="Đã chi"))
    after = small_plan(tasks(task("A", 1), unit="dong"), register(["x", "2020"]))
    found = told(before, after)
    assert [(table.kind, table.title) for table in found.tables] == [
        ("changed", "Nhiệm vụ"),
        ("removed", "Đã chi"),
        ("added", "software"),
    ]
    assert [change.field for change in found.tables[0].fields] == ["unit"]
    assert found.tables[1].total_before == 2 and found.tables[1].total_after is None
    assert kinds(found.tables[1].rows) == [("removed", "B")]
    assert (found.total_before, found.total_after) == (1, 1)


# ---- whatever was done


def _edit(plan: Plan, what: str, number: int) -> None:
    """One edit as an officer makes it; ``number`` says where."""
    table = next((table for table in plan.tables if not table.is_register and table.rows), None)
    if table is None:
        return
    rows = list(walk_rows(table.rows))
    row = rows[number % len(rows)]
    if what == "remove":
        remove(row)
    elif what == "add":
        insert(table, Row(task=f"Việc mới {number}", total=number * MILLION), number % (len(table.rows) + 1))
    elif what == "group":
        insert(table, Row(group=f"Nhóm mới {number}"))
    elif what == "move" and row not in table.rows:
        move(row, table, 0)
    elif what == "amount" and not row.is_group:
        row.total = (row.total or 0) + number + 1
    elif what == "source" and not row.is_group:
        row.funding = {**row.funding, "other": number}
    elif what == "rename" and row.is_group:
        row.group = f"{row.group} {number}"
    elif what == "rename":
        row.task = f"{row.task} {number}"
    elif what == "text":
        plan.subject += f" {number}"


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["remove", "add", "group", "move", "amount", "source", "rename", "text"]), st.integers(0, 60)
    ),
    min_size=1,
    max_size=8,
)


def _check(before: Plan, after: Plan) -> None:
    """The laws that hold for any two states of a plan."""
    found = told(before, after)
    old_sums, new_sums = compute(before), compute(after)
    old = [old_sums.of(table).total for table in before.tables if not table.is_register]
    new = [new_sums.of(table).total for table in after.tables if not table.is_register]
    assert sum(table.difference for table in found.tables) == sum(new) - sum(old)
    for table in found.tables:
        if not table.is_register:
            assert sum(row.counted for row in table.rows) == table.difference
            total = next((change for change in table.sums if change.field == "total"), None)
            changed = 0 if total is None else int(total.after or 0) - int(total.before or 0)
            assert changed == table.difference
    added = sum(row.kind == "added" for table in found.tables for row in table.rows)
    removed = sum(row.kind == "removed" for table in found.tables for row in table.rows)
    assert added - removed == _count(after) - _count(before)
    # It says the same each time.
    assert told(document.copy(before), document.copy(after)) == found


def _count(plan: Plan) -> int:
    return sum(1 for table in plan.tables for _row in walk_rows(table.rows))


@some(0.15)
@given(plans(), plans())
def test_the_laws_hold_for_any_two_plans(before: Plan, after: Plan) -> None:
    after.template = before.template
    _check(before, after)


@some(0.5)
@given(st.sampled_from([0, 1, 2, 4]), EDITS)
def test_the_laws_hold_after_any_edits(number: int, edits: list[tuple[str, int]]) -> None:
    before, after = fixture_plan(number), fixture_plan(number)
    for what, at in edits:
        _edit(after, what, at)
    _check(before, after)
    same = document.dump(before) == document.dump(after)
    assert told(before, after).is_empty == same


@some(0.3)
@given(st.integers(0, 500), st.integers(0, 10**6))
def test_a_known_edit_is_told(at: int, by: int) -> None:
    """In a real plan of many rows, one row was removed, one added, and the amount of another is another."""
    before, after = fixture_plan(4), fixture_plan(4)
    table = after.tables[-1]
    leaves = [row for row in walk_rows(table.rows) if not row.is_group and not row.rows and row.total is not None]
    gone, changed = leaves[at % len(leaves)], leaves[(at + 7) % len(leaves)]
    assert changed.total is not None
    old_total = changed.total
    changed.total += by + 1
    names = gone.task, changed.task
    remove(gone)
    assert changed.parent is not None
    insert(changed.parent, Row(task="Một việc hoàn toàn khác chưa từng có", total=by))
    rows = told(before, after).tables[-1].rows
    assert [row.name for row in rows if row.kind == "removed" and not row.is_group] == [names[0]]
    assert [row.name for row in rows if row.kind == "added"] == ["Một việc hoàn toàn khác chưa từng có"]
    [one] = [row for row in rows if row.kind == "changed" and "total" in values(row)]
    assert one.name == names[1] and values(one)["total"] == (old_total, changed.total)


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_every_row_of_a_register_is_accounted_for(before: list[int], after: list[int]) -> None:
    names = ["", "An", "Phần mềm kế toán", "Phần mềm kế toán 2", "Quản lý văn bản", "Cổng thông tin", "2020"]

    def made(numbers: list[int]) -> Plan:
        return small_plan(register(*([names[n], str(2000 + n)] for n in numbers)))

    rows = rows_of(made(before), made(after))
    count = Counter(row.kind for row in rows)
    assert count["added"] - count["removed"] == len(after) - len(before)
    assert bool(rows) == (before != after)


@given(st.permutations(range(12)))
def test_out_of_order_leaves_an_ascending_rest(places: list[int]) -> None:
    out = out_of_order(places)
    rest = [place for at, place in enumerate(places) if at not in out]
    assert rest == sorted(rest)
    assert len(rest) == max(_longest(places, at) for at in range(len(places)))


def _longest(places: list[int], at: int) -> int:
    return 1 + max((_longest(places, next_) for next_ in range(at + 1, 12) if places[next_] > places[at]), default=0)


# ---- long plans


def _long(count: int) -> Plan:
    chance = random.Random(7)
    words = ["xây dựng", "nâng cấp", "hệ thống", "phần mềm", "dữ liệu", "điều hành", "nội bộ", "máy chủ", "số hóa"]

    def one(number: int) -> Row:
        name = " ".join(chance.choice(words) for _word in range(6)) + f" {number}"
        lead = chance.choice(["Sở A", "Sở B"])
        return task(name, chance.randrange(1, 500) * MILLION, lead=lead)

    return table_of(*(group(f"Nhóm {at}", *(one(at * 20 + n) for n in range(19))) for at in range(count // 20)))


#: Seconds that are no measure of speed: that is what ``tests/benchmarks`` is for.
_NOT_SQUARE = 20


def test_ten_thousand_rows_take_no_square_of_time() -> None:
    before = _long(10_000)
    after = document.copy(before)
    for number, row in enumerate(walk_rows(after.tables[0].rows)):
        if number % 10 == 3 and not row.is_group:
            row.total = (row.total or 0) + MILLION
        if number % 10 == 7:
            name = (row.group or row.task or "") + " (mới)"
            row.__dict__["group" if row.is_group else "task"] = name
    start = time.perf_counter()
    found = told(before, after)
    seconds = time.perf_counter() - start
    assert found.count("added") == found.count("removed") == 0 and found.count("changed") > 1_000
    # What grows with the square of the rows would take minutes; a busy machine takes some seconds.
    assert seconds < _NOT_SQUARE


def test_many_rows_of_one_name_take_no_longer() -> None:
    before = table_of(*(task("Mua máy", number) for number in range(10_000)))
    after = table_of(*(task("Mua máy", number) for number in range(5, 10_005)))
    start = time.perf_counter()
    found = told(before, after)
    assert time.perf_counter() - start < _NOT_SQUARE
    assert found.difference == sum(range(5, 10_005)) - sum(range(10_000))


# ---- texts


TEXTS = st.lists(st.sampled_from(["một", "hai", "ba", " ", "\n", "\n\n", ", ", "*đậm*", "="]), max_size=40).map("".join)


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after
    if before == after:
        assert all(kind == "same" for kind, _text in pieces)


def test_only_the_words_that_changed() -> None:
    assert word_changes("Tổng kinh phí là 5 tỷ đồng.", "Tổng kinh phí là 6,5 tỷ đồng.") == [
        ("same", "Tổng kinh phí là "),
        ("removed", "5 "),
        ("added", "6,5 "),
        ("same", "tỷ đồng."),
    ]
    assert word_changes("Một.", "Một.\n\nHai.") == [("same", "Một."), ("added", "\n\nHai.")]


def test_passages_are_those_lines_that_changed() -> None:
    before, after = "a\nb\nc\n" + "d " * 50, "a\nx\nc\n" + "e " * 50
    assert changed_passages(before, after, 1_000) == [("b", "x"), ("d " * 50, "e " * 50)]
    assert changed_passages("", "a\nb", 2) == [("", "a"), ("", "b")]


def test_long_texts_take_no_long() -> None:
    chance = random.Random(3)
    words = [f"từ{number}" for number in range(40)]
    before, after = (" ".join(chance.choice(words) for _word in range(20_000)) for _text in range(2))
    start = time.perf_counter()
    assert word_changes(before, after)
    assert time.perf_counter() - start < _NOT_SQUARE


def test_what_is_compared_is_data_alone() -> None:
    """A comparison goes from a thread to the window: it holds nothing of the plans."""
    found = told(fixture_plan(0), small_plan())
    assert isinstance(hash(found), int)
    assert all(isinstance(table, TableChange) for table in found.tables)
    assert not any(isinstance(value, Table | Row | Plan) for item in found.tables[0].rows for value in _inside(item))


def _inside(item: Item) -> list[object]:
    return [getattr(item, name) for name in Item.__slots__] + [change.before for change in item.fields]


def test_a_plan_that_was_built_and_never_stored() -> None:
    plan = table_of(task("A", 1))
    adopt(plan)
    assert told(plan, plan).is_empty
