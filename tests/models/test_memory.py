"""The memory of what was typed: how it is found, in which order, and what of the open plan it knows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.folding import fold
from models.memory import OFFERED, Memory, basis_key, find_bases, rank
from models.plan import LegalBasis, Plan, Row, Table, adopt
from tests.plans import fixture_plan


def offered(typed: str, *values: str) -> list[str]:
    """The values, the first the most used one, as they are offered."""
    return rank(typed, [(value, len(values) - place, 0) for place, value in enumerate(values)], {})


def test_diacritics_and_capitals_are_not_needed_to_find() -> None:
    assert offered("phong cong", "Phòng Công nghệ thông tin", "Văn phòng") == ["Phòng Công nghệ thông tin"]
    assert offered("đắk", "UBND tỉnh Đắk Lắk") == ["UBND tỉnh Đắk Lắk"]
    assert offered("dak", "UBND tỉnh Đắk Lắk") == ["UBND tỉnh Đắk Lắk"]


def test_the_beginning_comes_before_the_beginning_of_a_word_and_that_before_the_middle() -> None:
    values = ("Bưu chính viễn thông", "Sở Thông tin", "Thông tin và Truyền thông")
    assert offered("thong", *values) == ["Thông tin và Truyền thông", "Bưu chính viễn thông", "Sở Thông tin"]
    assert offered("hong", *values) == list(values)


def test_every_word_typed_has_to_be_there_in_any_order() -> None:
    values = ("Sở Nội vụ", "Phòng Nội vụ huyện Lộc Hà")
    assert offered("vu noi", *values) == list(values)
    assert offered("noi vu loc", *values) == ["Phòng Nội vụ huyện Lộc Hà"]
    assert offered("noi vu thach ha", *values) == []


def test_first_letters_find_a_name() -> None:
    assert offered("ubnd", "Sở Y tế", "Ủy ban nhân dân tỉnh") == ["Ủy ban nhân dân tỉnh"]
    assert offered("phong cntt", "Phòng Công nghệ thông tin") == ["Phòng Công nghệ thông tin"]


def test_the_same_diacritics_come_first() -> None:
    assert offered("phố", "Phó Chủ tịch", "Phố Huế") == ["Phố Huế", "Phó Chủ tịch"]


def test_what_is_there_already_is_not_offered() -> None:
    assert offered("Sở Nội vụ", "Sở Nội vụ", "Sở Nội vụ tỉnh") == ["Sở Nội vụ tỉnh"]
    assert offered(" Sở  Nội vụ ", "Sở Nội vụ") == []
    assert offered("SỞ NỘI VỤ", "Sở Nội vụ") == ["Sở Nội vụ"]


def test_among_equals_the_lately_typed_then_the_most_used_then_the_latest() -> None:
    uses = [("So A", 1, 5), ("So B", 9, 1), ("So C", 1, 7), ("So D", 1, 6)]
    assert rank("so", uses, {"So D": 3}) == ["So D", "So B", "So C", "So A"]


@given(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=20), max_size=30))
def test_what_is_offered_holds_what_is_typed(typed: str, values: list[str]) -> None:
    found = rank(typed, [(value, 1, 0) for value in values], {})
    assert len(found) <= OFFERED
    assert set(found) <= set(values) - {typed}
    assert len(set(found)) == len(found)


@given(st.sampled_from(["Phòng Công nghệ thông tin", "Ủy ban nhân dân xã Đông Hòa", "Trung tâm CNTT&TT"]), st.data())
def test_any_part_of_a_value_finds_it(value: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(value) - 1))
    part = value[start : data.draw(st.integers(start + 1, len(value)))]
    assert rank(fold(part), [(value, 1, 0)], {}) == ([] if fold(part) == value else [value])


# ---- the open plan


def plan_of(*leads: str) -> Plan:
    plan = Plan(id="p", template="chinh-quyen-so-2022", recipients=["Như trên", "Lưu: VT"])
    table = Table(key="tasks", rows=[Row(task=f"Việc {lead}", lead=lead) for lead in leads])
    table.rows.append(Row(group="Nhóm", rows=[Row(task="Việc khác", lead="Phòng Tổng hợp")]))
    plan.tables = [table]
    adopt(plan)
    return plan


def test_the_open_plan_is_remembered_as_it_stands() -> None:
    plan = plan_of("Phòng A", "Phòng A", "Phòng B")
    memory = Memory(plan)
    assert memory.offers("lead", "phong") == ["Phòng A", "Phòng Tổng hợp", "Phòng B"]
    assert memory.offers("recipients", "luu") == ["Lưu: VT"]
    row = plan.tables[0].rows[2]
    row.lead = "Phòng C"
    memory.change([row])
    assert memory.offers("lead", "phong") == ["Phòng C", "Phòng A", "Phòng Tổng hợp"]
    row.lead = ""
    memory.change([row])
    assert memory.offers("lead", "phong c") == []


def test_other_plans_are_learned_and_come_behind_the_own_one() -> None:
    memory = Memory(plan_of("Phòng A"))
    memory.learn("lead", [("Phòng D", 5, 2), ("Phòng A", 1, 1)])
    assert memory.offers("lead", "phong") == ["Phòng A", "Phòng Tổng hợp", "Phòng D"]
    assert memory.offers("lead", "phong", ["Phòng Z"])[-1] == "Phòng Z"


def test_a_task_of_this_plan_is_not_offered_again() -> None:
    memory = Memory(plan_of("Phòng A"))
    memory.learn("task", [("Việc năm trước", 1, 1)])
    assert memory.offers("task", "viec") == ["Việc năm trước"]


def test_long_texts_are_not_remembered() -> None:
    plan = plan_of("Phòng A")
    plan.tables[0].rows[0].note = "x" * 301
    assert Memory(plan).offers("note", "x") == []


# ---- legal bases


def bases() -> list[LegalBasis]:
    memory = Memory(fixture_plan(0))
    others = [
        (tuple(getattr(b, name) for name in ("kind", "number", "date", "issuer", "subject", "text")), 1, n)
        for n, b in enumerate(fixture_plan(4).legal_bases)
    ]
    memory.learn("basis", others)
    return memory.bases()


def test_a_basis_is_found_by_any_part_of_number_or_subject() -> None:
    for typed in ("749", "749/qd", "chuyen doi so quoc gia", "3/6/2020", "03/06/2020 ttg"):
        assert find_bases(typed, bases())[0].number == "749/QĐ-TTg", typed
    assert find_bases("749/qd khong co", bases()) == []
    assert [basis.number for basis in find_bases("64", bases(), by_number=True)] == ["64/2007/NĐ-CP"]
    assert find_bases("chuyen doi so", bases(), by_number=True) == []


def test_a_number_comes_before_a_subject_that_names_it() -> None:
    first, second = LegalBasis(number="1/KH", subject="thực hiện Nghị quyết số 50"), LegalBasis(number="50/NQ-CP")
    assert find_bases("50", [first, second]) == [second, first]


def test_a_document_is_there_once_as_fully_as_it_was_written() -> None:
    found = [basis for basis in bases() if basis.number == "749/QĐ-TTg"]
    assert len(found) == 1
    bare = ("Quyết định", "749/QĐ-TTg", "2020-06-03", "", "", "")
    memory = Memory(fixture_plan(0))
    memory.learn("basis", [(bare, 50, 99)])
    assert memory.bases()[0].number == "749/QĐ-TTg"
    assert memory.bases()[0].issuer == "Thủ tướng Chính phủ"
    assert memory.offers("issuer", "thu tuong") == ["Thủ tướng Chính phủ"]


def test_documents_are_told_apart_by_number_and_date_or_by_their_words() -> None:
    assert basis_key(LegalBasis(number="749/QĐ-TTg", date="2020-06-03", subject="a")) == basis_key(
        LegalBasis(number="749 / qđ-ttg", date="2020-06-03", subject="b")
    )
    assert basis_key(LegalBasis(number="1/A", date="2020-06-03")) != basis_key(LegalBasis(number="1/A"))
    assert basis_key(LegalBasis(kind="Luật", subject="CNTT")) != basis_key(LegalBasis(kind="Luật", subject="ATTT"))
