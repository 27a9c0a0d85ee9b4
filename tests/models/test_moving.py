"""Moving a plan to a newer version of its template, or to another one: nothing that the unit wrote is lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document, moving, template
from models.checks import check
from models.columns import layout_of
from models.create import new_plan
from models.evaluate import evaluate
from models.exports import pdf
from models.moving import Change, changes, old_of
from models.plan import Plan, Row, Section, find_section, find_table, insert, remove, walk_rows, walk_sections
from models.template_carried import with_carried
from models.template_parts import Indicator, SectionSpec, Source, TableSpec, Template, walk
from models.totals import compute
from tests.plans import fixture_plan, plans

OLD = template.get("chinh-quyen-so-2022")


def newer(old: Template = OLD, **fields: Any) -> Template:
    return msgspec.structs.replace(old, version=old.version + 1, **fields)


def with_section(key: str, **fields: Any) -> Template:
    """A newer version in which one section is another."""

    def one(spec: SectionSpec) -> SectionSpec:
        below = tuple(one(child) for child in spec.sections)
        return msgspec.structs.replace(spec, sections=below, **(fields if spec.key == key else {}))

    return newer(sections=tuple(one(spec) for spec in OLD.sections))


def without_section(key: str) -> Template:
    def kept(specs: tuple[SectionSpec, ...]) -> tuple[SectionSpec, ...]:
        return tuple(msgspec.structs.replace(spec, sections=kept(spec.sections)) for spec in specs if spec.key != key)

    return newer(sections=kept(OLD.sections))


def with_table(key: str, **fields: Any) -> Template:
    return newer(tables=tuple(msgspec.structs.replace(one, **fields) if one.key == key else one for one in OLD.tables))


@pytest.fixture
def plan() -> Plan:
    made = new_plan(OLD, 2022)
    section(made, "review.legal").text = "- Đã ban hành quy chế."
    insert(table(made, "tasks"), Row(task="Mua máy tính", funding={"local_recurrent": 5_000_000}))
    return made


def section(plan: Plan, key: str) -> Section:
    found = find_section(plan, key)
    assert found is not None, key
    return found


def table(plan: Plan, key: str) -> Any:
    found = find_table(plan, key)
    assert found is not None, key
    return found


def move(plan: Plan, new: Template) -> list[Change]:
    """As the window moves a plan: from the template it has."""
    return moving.move(plan, old_of(plan), new)


def said(found: list[Change]) -> list[str]:
    return [change.text for change in found]


# ---- the outline


def test_the_same_template_changes_nothing(plan: Plan) -> None:
    before = document.dump(plan)
    assert move(plan, OLD) == []
    assert document.dump(plan) == before


def test_a_plan_knows_the_version_it_was_moved_to(plan: Plan) -> None:
    move(plan, newer())
    assert (plan.template, template.version_of(plan)) == (OLD.id, OLD.version + 1)


def test_what_would_change_is_told_before_and_changes_nothing(plan: Plan) -> None:
    before = document.dump(plan)
    new = with_section("review.legal", heading="THỂ CHẾ", required=False)
    told = changes(plan, OLD, new)
    assert document.dump(plan) == before
    assert told == move(plan, new)
    assert said(told) == [
        "Mục “MÔI TRƯỜNG PHÁP LÝ” đổi tên thành “THỂ CHẾ”.",
        "Mục “THỂ CHẾ” không còn bắt buộc.",
    ]
    assert section(plan, "review.legal").heading == "THỂ CHẾ"
    assert section(plan, "review.legal").text == "- Đã ban hành quy chế."


def test_a_heading_of_the_unit_stays(plan: Plan) -> None:
    section(plan, "review.legal").heading = "VĂN BẢN"
    told = move(plan, with_section("review.legal", heading="THỂ CHẾ"))
    assert section(plan, "review.legal").heading == "VĂN BẢN"
    assert [change.is_kept for change in told] == [True] and "giữ tên do đơn vị đặt" in told[0].text


def test_years_in_headings_are_those_of_the_plan(plan: Plan) -> None:
    move(plan, with_section("review", heading="KẾT QUẢ NĂM {previous_year}"))
    assert section(plan, "review").heading == "KẾT QUẢ NĂM 2021"


def test_a_starting_text_follows_until_it_is_touched(plan: Plan) -> None:
    key = next(spec.key for spec in walk(OLD.sections) if spec.text)
    move(other := document.copy(plan), with_section(key, text="Lời mới năm {year}."))
    assert section(other, key).text == "Lời mới năm 2022."
    section(plan, key).text = "Lời của đơn vị."
    move(plan, with_section(key, text="Lời mới năm {year}."))
    assert section(plan, key).text == "Lời của đơn vị."


def test_an_empty_section_goes_and_one_with_text_is_the_units_own(plan: Plan) -> None:
    assert said(move(plan, without_section("review.platforms"))) == [
        "Bỏ mục “CÁC HỆ THỐNG NỀN TẢNG”, chưa có nội dung."
    ]
    assert find_section(plan, "review.platforms") is None
    plan.extra = {}
    told = move(plan, without_section("review.legal"))
    kept = next(change for change in told if "PHÁP LÝ" in change.text)
    assert kept.is_kept and "mục riêng của đơn vị" in kept.text
    assert section(plan, "review.legal").text == "- Đã ban hành quy chế."


def test_a_section_that_holds_a_register_stays(plan: Plan) -> None:
    insert(table(plan, "software"), Row(cells=["Văn phòng điện tử", "", "", ""]))
    move(plan, without_section("review.apps").__class__(**{
        **{field: getattr(OLD, field) for field in OLD.__struct_fields__},
        "version": 2,
        "sections": without_section("review.apps").sections,
        "tables": tuple(one for one in OLD.tables if one.key != "software"),
    }))  # fmt: skip
    assert table(plan, "software").rows[0].cells[0] == "Văn phòng điện tử"
    assert section(plan, "review.apps") is not None


def test_a_new_section_stands_where_the_template_has_it(plan: Plan) -> None:
    review = OLD.sections[0]
    added = SectionSpec(key="review.data.shared", heading="DỮ LIỆU DÙNG CHUNG", required=True)
    at = next(at for at, one in enumerate(review.sections) if one.key == "review.data")
    below = (*review.sections[: at + 1], added, *review.sections[at + 1 :])
    new = newer(sections=(msgspec.structs.replace(review, sections=below), *OLD.sections[1:]))
    assert said(move(plan, new)) == ["Thêm mục “DỮ LIỆU DÙNG CHUNG” (bắt buộc)."]
    keys = [one.key for one in section(plan, "review").sections]
    assert keys[keys.index("review.data") + 1] == "review.data.shared"


def test_a_section_that_the_unit_took_out_stays_out_unless_it_becomes_required(plan: Plan) -> None:
    remove(section(plan, "review.platforms"))
    assert move(document.copy(plan), newer()) == []
    told = move(plan, with_section("review.platforms", required=True))
    assert find_section(plan, "review.platforms") is not None
    assert "Thêm mục “CÁC HỆ THỐNG NỀN TẢNG” (bắt buộc)." in said(told)


def test_sections_move_and_change_their_order_with_the_template(plan: Plan) -> None:
    review, later = OLD.sections[0], OLD.sections[1:]
    mine = Section(key="rieng", heading="MỤC RIÊNG", text="x")
    insert(section(plan, "review"), mine, 1)
    turned = tuple(reversed(review.sections))
    move(plan, newer(sections=(msgspec.structs.replace(review, sections=turned), *later)))
    keys = [one.key for one in section(plan, "review").sections]
    assert [key for key in keys if key != "rieng"] == [one.key for one in turned]
    assert keys[1] == "rieng"


def test_a_section_goes_under_another_one(plan: Plan) -> None:
    review, later = OLD.sections[0], OLD.sections[1:]
    legal = next(one for one in review.sections if one.key == "review.legal")
    rest = tuple(one for one in review.sections if one is not legal)
    new = newer(sections=(msgspec.structs.replace(review, sections=rest), legal, *later))
    told = move(plan, new)
    assert "Mục “MÔI TRƯỜNG PHÁP LÝ” chuyển ra thành mục lớn." in said(told)
    assert [one.key for one in plan.sections][:2] == ["review", "review.legal"]
    assert plan.sections[1].text == "- Đã ban hành quy chế."


# ---- tables


def test_an_empty_table_goes_and_one_with_rows_is_the_units_own(plan: Plan) -> None:
    new = newer(tables=tuple(one for one in OLD.tables if one.key not in ("documents", "tasks")))
    told = move(plan, new)
    assert find_table(plan, "documents") is None
    assert table(plan, "tasks").rows[0].task == "Mua máy tính"
    assert [change.is_kept for change in told if change.area == "tables"] == [False, True]


def test_a_table_that_a_text_speaks_of_stays(plan: Plan) -> None:
    section(plan, "review.legal").text = "Đã chi {total:spending}."
    new = newer(tables=tuple(one for one in OLD.tables if one.key != "spending"))
    move(plan, new)
    assert find_table(plan, "spending") is not None


def test_cells_of_a_register_go_with_their_heads(plan: Plan) -> None:
    old = table(plan, "software")
    insert(old, Row(cells=["Văn phòng điện tử", "Đang dùng", "", "Toàn sở"]))
    heads = ("Mức độ", "Đối tượng sử dụng", "Tên phần mềm, CSDL")
    told = move(plan, with_table("software", columns=heads))
    assert old.columns == [*heads, "Hiện trạng"]
    assert old.rows[0].cells == ["", "Toàn sở", "Văn phòng điện tử", "Đang dùng"]
    assert any(change.is_kept and "“Hiện trạng”" in change.text for change in told)
    assert any("bỏ cột “Năm trang bị”" in change.text for change in told)


def test_cells_go_with_a_column_that_has_another_name_there_and_back(plan: Plan) -> None:
    old = table(plan, "software")
    insert(old, Row(cells=["Văn phòng điện tử", "Đang dùng", "2020", "Toàn sở"]))
    before = document.dump(plan)["tables"]
    named = ("Cấp độ", "Tên hệ thống, phần mềm, CSDL", "Hiện trạng", "Năm trang bị", "Đối tượng sử dụng")
    told = said(move(plan, with_table("software", columns=named)))
    assert any("cột “Tên phần mềm, CSDL” đổi tên thành “Tên hệ thống, phần mềm, CSDL”" in one for one in told)
    assert (old.columns, old.rows[0].cells) == ([*named], ["", "Văn phòng điện tử", "Đang dùng", "2020", "Toàn sở"])
    moving.move(plan, with_table("software", columns=named), OLD)
    assert document.dump(plan)["tables"] == before
    # Two columns may be meant.
    two = ("Tên phần mềm, CSDL dùng chung", "Tên phần mềm, CSDL chuyên ngành")
    move(plan, with_table("software", columns=two))
    assert old.columns[:3] == [*two, "Tên phần mềm, CSDL"]


def test_a_register_that_becomes_a_list_of_tasks_stands_beside_it(plan: Plan) -> None:
    insert(table(plan, "software"), Row(cells=["Văn phòng điện tử", "", "", ""]))
    tasks = next(one for one in OLD.tables if one.key == "tasks")
    move(plan, with_table("software", columns=(), layouts=tasks.layouts))
    assert not table(plan, "software").is_register
    assert table(plan, "software.2").rows[0].cells[0] == "Văn phòng điện tử"


def test_a_layout_that_is_gone_is_chosen_anew(plan: Plan) -> None:
    tasks = table(plan, "tasks")
    tasks.layout = "no-amounts"
    spec = next(one for one in OLD.tables if one.key == "tasks")
    new = with_table("tasks", layouts=spec.layouts[:1])
    told = move(plan, new)
    assert tasks.layout == "no-amounts"
    assert any("kiểu cột đã chọn không còn" in change.text for change in told)
    assert layout_of(plan, tasks, new).columns


# ---- sources, indicators, limits, head


def test_a_source_in_use_is_carried_along_and_printed(plan: Plan) -> None:
    new = newer(sources=tuple(one for one in OLD.sources if one.key != "local_recurrent"))
    told = move(plan, new)
    assert any(change.is_kept and change.area == "sources" for change in told)
    again = document.from_bytes(document.to_bytes(plan), "plan.json")
    carried = with_carried(new, again)
    assert carried.source("local_recurrent").label == OLD.source("local_recurrent").label
    assert with_carried(new, new_plan(new, 2023)) is new


def test_a_number_in_use_is_carried_along(plan: Plan) -> None:
    plan.indicators = {"computers": 77}
    move(plan, newer(indicators=()))
    assert plan.indicators == {"computers": 77}
    assert plan.extra["template_carried"]["indicators"] == [
        {
            "key": "computers",
            "label": "Số máy tính phục vụ công việc",
            "unit": "máy",
            "section": "review.infrastructure",
        }
    ]


@pytest.mark.parametrize(
    "given",
    [
        5, [], {"sources": 5}, {"sources": [5, None, {}]}, {"sources": [{"key": "a b", "label": "", "short": ""}]},
        {"sources": [{"key": "x", "label": "\x00", "short": ""}]}, {"sources": [{"key": "x", "label": 5, "short": ""}]},
        {"sources": [{"key": "central_investment", "label": "A", "short": "B"}]}, {"indicators": [{"key": "x"}]},
        {"sources": [{"key": "x", "label": "a" * 30_000, "short": ""}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_document_carries_along_may_be_anything(plan: Plan, given: Any) -> None:
    plan.extra = plan.extra | {"template_carried": given}
    assert template.of(plan) == OLD
    assert evaluate(plan)


def test_limits_are_told(plan: Plan) -> None:
    told = move(plan, newer(limits=template.Limits(security_share="15%", security_source="Luật mới")))
    assert said(told) == ["Kinh phí an toàn thông tin tối thiểu 15% (Luật mới)."]


def test_the_head_follows_where_it_is_as_the_template_had_it(plan: Plan) -> None:
    plan.recipients = ["Văn phòng UBND"]
    told = move(plan, newer(addressee="Sở KHCN", subject="Chuyển đổi số năm {year}", recipients=("Lưu: VT",)))
    assert (plan.addressee, plan.subject) == ("Sở KHCN", "Chuyển đổi số năm 2022")
    assert plan.recipients == ["Văn phòng UBND"]
    assert [change.is_kept for change in told] == [False, False, True]


def test_a_plan_whose_template_is_not_here_moves_too(plan: Plan) -> None:
    plan.template = "khong-co"
    told = move(plan, OLD)
    assert plan.template == OLD.id and told
    assert section(plan, "review.legal").text == "- Đã ban hành quy chế."


# ---- whatever the plan and the templates


def texts_of(plan: Plan) -> Counter[str]:
    """Every text, amount and mark that a person put into a plan."""
    found: Counter[str] = Counter()
    for one in walk_sections(plan.sections):
        found.update([one.text] if one.text.strip() else [])
    for made in plan.tables:
        for row in walk_rows(made.rows):
            found.update(cell for cell in row.cells or [] if cell.strip())
            found.update(repr(amount) for amount in row.funding.items())
            found.update(repr(amount) for amount in row.years.items())
            kept = (row.group, row.task, row.objective, row.scope, row.lead, row.time, row.result, row.note, row.total)
            found.update(repr(value) for value in kept if value)
    found.update(repr(number) for number in plan.indicators.items())
    found.update(repr((basis.number, basis.text)) for basis in plan.legal_bases)
    return found


def starting_texts(found: Template, plan: Plan) -> set[str]:
    """The texts that a template begins its sections with."""
    return {template.fill_years(spec.text, plan.period_from, plan.period_to) for spec in walk(found.sections)}


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """Another version of one that is shipped: parts taken out, renamed, turned round, put elsewhere."""
    base = template.get(draw(st.sampled_from(template.known())))

    def sections(specs: tuple[SectionSpec, ...]) -> tuple[SectionSpec, ...]:
        kept = []
        for spec in specs:
            what = draw(st.integers(0, 9))
            if what == 0:
                continue
            fields: dict[str, Any] = {"sections": sections(spec.sections)}
            if what == 1:
                fields |= {"heading": "TÊN MỚI {year}", "required": not spec.required}
            if what == 2:
                fields["text"] = "Lời mở đầu khác của năm {year}."
            if what == 3:
                kept.append(SectionSpec(key=f"{spec.key}.moi", heading="MỤC MỚI", required=draw(st.booleans())))
            kept.append(msgspec.structs.replace(spec, **fields))
        return tuple(reversed(kept)) if draw(st.integers(0, 4)) == 0 else tuple(kept)

    def table_spec(spec: TableSpec) -> TableSpec:
        if bool(spec.columns) and draw(st.booleans()):
            return msgspec.structs.replace(spec, columns=tuple(draw(st.permutations([*spec.columns[1:], "Cột mới"]))))
        if bool(spec.columns) and draw(st.integers(0, 4)) == 0:
            return msgspec.structs.replace(spec, columns=(), layouts=base.tables[-1].layouts)
        return msgspec.structs.replace(spec, title=spec.title + draw(st.sampled_from(["", " MỚI"])), section="")

    kept_sources = tuple(one for one in base.sources if draw(st.integers(0, 4)))
    indicators: tuple[Indicator, ...] = tuple(one for one in base.indicators if draw(st.integers(0, 4)))
    outline = sections(base.sections)
    if draw(st.integers(0, 3)) == 0 and len(outline) > 1:
        first = msgspec.structs.replace(outline[0], sections=(*outline[0].sections, *outline[1].sections))
        outline = (first, msgspec.structs.replace(outline[1], sections=()), *outline[2:])
    return msgspec.structs.replace(
        base,
        version=7,
        sections=outline or base.sections,
        tables=tuple(table_spec(one) for one in base.tables if draw(st.integers(0, 4))),
        sources=kept_sources or (Source(key="khac", label="Khác", short="Khác"),),
        indicators=indicators,
    )


@given(plans(), templates())
def test_nothing_is_lost_and_the_plan_stays_whole(plan: Plan, new: Template) -> None:
    old = old_of(plan)
    starting = starting_texts(old, plan) if old else set()
    before = texts_of(plan)
    move(plan, new)
    missing = {text: count for text, count in (before - texts_of(plan)).items() if text not in starting}
    assert missing == {}
    assert document.from_bytes(document.to_bytes(plan), "plan.json").template == new.id


@given(st.integers(0, 4), templates())
def test_there_and_back_again(number: int, new: Template) -> None:
    """What the unit wrote is as it was, in its place, with its amounts; and both ways it can be checked."""
    plan = fixture_plan(number)
    old = template.of(plan)
    before, texts = document.dump(plan), texts_of(plan)
    sums = evaluate(plan).total
    move(plan, new)
    starting = starting_texts(old, plan) | starting_texts(new, plan)
    check(plan, with_carried(new, plan), compute(plan))
    moving.move(plan, with_carried(new, plan), old)
    changed = (texts_of(plan) - texts) + (texts - texts_of(plan))
    assert set(changed) <= starting
    assert evaluate(plan).total == sums
    assert template.of(plan).sources == old.sources
    assert [one for one in document.dump(plan)["tables"] if one["key"] == "tasks"] == [
        one for one in before["tables"] if one["key"] == "tasks"
    ]


@pytest.mark.parametrize("number", range(5))
def test_the_real_plans_move_to_the_newest_template_and_print(number: int) -> None:
    plan = fixture_plan(number)
    texts = texts_of(plan)
    move(plan, template.get("chuyen-doi-so-2027"))
    assert texts - texts_of(plan) == Counter()
    assert pdf.render(plan, template.of(plan), draft=True).startswith(b"%PDF")
