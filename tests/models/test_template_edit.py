"""Changing a template: what names a part follows it, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import template, template_drafts, template_edit, templates
from models.errors import TemplateError
from models.template_drafts import Draft, faults
from models.template_edit import section_at
from models.template_parts import SectionSpec, Template, walk
from models.template_places import Node, node_of, words

BASE = template.get("chinh-quyen-so-2022")


def at(key: str) -> template_edit.Path:
    path = template_edit.path_of(BASE, key)
    assert path is not None
    return path


def table_at(found: Template, key: str) -> int:
    return [table.key for table in found.tables].index(key)


def structural(found: Template) -> list[str]:
    return [fault.text for fault in faults(found) if fault.place != "version"]


# ---- keys


def test_a_section_takes_another_key() -> None:
    made = template_edit.with_section(BASE, at("review.infrastructure"), key="review.ha-tang")
    assert [one.section for one in made.indicators].count("review.ha-tang") == 3
    assert structural(made) == []


def test_a_table_takes_another_key_in_texts_too() -> None:
    made = template_edit.with_table(BASE, table_at(BASE, "tasks"), key="danh-muc")
    texts = "".join(section.text + section.hint for section in walk(made.sections))
    assert "{total:danh-muc}" in texts and ":tasks}" not in texts
    assert structural(made) == []


def test_sources_and_indicators_take_other_keys() -> None:
    sources = [*BASE.sources]
    place = [one.key for one in sources].index("local_recurrent")
    sources[place] = type(sources[place])(key="nsdp", label="A", short="B")
    made = template_edit.with_sources(BASE, sources)
    assert structural(made) == []
    assert any(
        column.field == "funding.nsdp" for table in made.tables for layout in table.layouts for column in layout.columns
    )
    indicators = [
        type(one)(**{name: getattr(one, name) for name in one.__struct_fields__} | {"key": "may-tinh"})
        if one.key == "computers"
        else one
        for one in BASE.indicators
    ]
    made = template_edit.with_indicators(BASE, indicators)
    assert structural(made) == []
    assert {one.ratio_of for one in made.indicators} >= {"may-tinh"}


@pytest.mark.parametrize(
    ("text", "taken", "inside", "key"),
    [
        ("HẠ TẦNG SỐ", [], "", "ha-tang-so"), ("Đề án 06", ["de-an-06"], "review", "review.de-an-06"),
        ("HẠ TẦNG SỐ", ["ha-tang-so"], "", "ha-tang-so-2"), ("…", [], "", "muc"), ("a" * 200, [], "", "a" * 40),
    ],
)  # fmt: skip
def test_a_key_says_what_the_name_says(text: str, taken: list[str], inside: str, key: str) -> None:
    assert template_edit.free_key(text, taken, inside) == key


# ---- the outline


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["up", "down", "in", "out"])), max_size=30))
def test_moving_loses_no_section(steps: list[tuple[int, str]]) -> None:
    made = BASE
    for number, where in steps:
        keys = template_edit.keys(made, "section")
        path = template_edit.path_of(made, keys[number % len(keys)])
        assert path is not None
        key = section_at(made, path).key
        made, path = template_edit.move_section(made, path, where)  # type: ignore[arg-type]
        assert section_at(made, path).key == key
    assert Counter(template_edit.keys(made, "section")) == Counter(template_edit.keys(BASE, "section"))
    assert structural(made) == []


def test_up_and_down_in_and_out_are_each_others_way_back() -> None:
    path = at("review.data")
    for there, back in (("up", "down"), ("down", "up"), ("in", "out")):
        made, new = template_edit.move_section(BASE, path, there)  # type: ignore[arg-type]
        assert made != BASE
        assert template_edit.move_section(made, new, back)[0] == BASE  # type: ignore[arg-type]


def test_a_section_taken_out_is_named_no_more() -> None:
    made = template_edit.remove_section(BASE, at("review.infrastructure"))
    assert structural(made) == []
    assert {one.key for one in BASE.indicators} == {one.key for one in made.indicators}


def test_a_table_taken_out_is_named_no_more() -> None:
    made = template_edit.remove_table(BASE, table_at(BASE, "spending"))
    assert structural(made) == []


def test_a_register_and_a_list_of_tasks_become_one_another() -> None:
    spec = BASE.tables[table_at(BASE, "software")]
    tasks = template_edit.as_tasks(spec)
    assert tasks.layouts and not tasks.columns
    assert template_edit.as_register(tasks).columns[0] == "Tên nhiệm vụ, dự án"


# ---- what is wrong, and where


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ("name", Node("general", (), "name")),
        ("limits.security_share", Node("general", (), "limits.security_share")),
        ("sections.review.infrastructure.heading", Node("section", (0, 1), "heading")),
        ("sections.review.heading", Node("section", (0,), "heading")),
        ("tables.software.columns", Node("table", (1,), "columns")),
        ("tables.tasks.layouts.sources.funding.local_recurrent.label", Node("layout", (3, 1), "label", 5)),
        ("sources.oda.short", Node("sources", (), "short", 4)),
        ("indicators.servers", Node("indicators", (), "", 2)),
        ("sections[0].sections[2].hint", Node("section", (0, 2), "hint")),
        ("tables[3].layouts[1].columns[5].label", Node("layout", (3, 1), "label", 5)),
        ("tables.khong-co.title", Node("general")),
    ],
)
def test_a_place_leads_to_its_part(place: str, node: Node) -> None:
    assert node_of(BASE, place) == node
    assert words(BASE, place)


def test_faults_are_told_in_words() -> None:
    made = template_edit.with_section(BASE, at("review.data"), heading="  ")
    made = template_edit.with_layout(made, table_at(made, "tasks"), 0, label="")
    assert structural(made) == [
        "Mục “review.data”, Tên mục: chưa có tên mục.",
        "Bảng “Nhiệm vụ, dự án”, kiểu cột “simple”, Tên ngắn: chưa có tên.",
    ]


def test_a_name_that_is_missing_in_a_row_is_called_as_the_editor_calls_it() -> None:
    made = template_edit.with_tables(BASE, BASE.tables)
    task, total = made.tables[table_at(made, "tasks")].layouts[0].columns[1], BASE.sources[0]
    columns = (msgspec.structs.replace(task, label=""), *made.tables[table_at(made, "tasks")].layouts[0].columns[2:])
    made = template_edit.with_layout(made, table_at(made, "tasks"), 0, columns=columns)
    made = msgspec.structs.replace(made, sources=(msgspec.structs.replace(total, label=""), *BASE.sources[1:]))
    column, source = structural(made)
    assert column.endswith(", Tên cột: chưa có tên.") and source == "Nguồn vốn, Tên nguồn vốn: chưa có tên."


def test_the_templates_of_the_program_need_no_putting_right() -> None:
    for held in templates.listed()[0]:
        found = held.template
        assert faults(template_edit.next_version(found, template.versions(found.id))) == []


def test_a_version_that_is_there_is_a_fault() -> None:
    assert [fault.place for fault in faults(BASE)] == ["version"]
    assert faults(template_edit.next_version(BASE, template.versions(BASE.id))) == []


# ---- drafts


def test_a_draft_is_kept_until_it_is_finished(with_templates: Path) -> None:
    made = template_edit.next_version(BASE, template.versions(BASE.id))
    draft = Draft(
        template_edit.with_section(made, at("review.data"), heading=""), template_drafts.new_path(with_templates)
    )
    template_drafts.keep(draft)
    assert template_drafts.kept(with_templates) == ([draft], [])
    assert template.newest(BASE.id).version == 1
    with pytest.raises(TemplateError, match="còn 1 chỗ phải sửa"):
        template_drafts.finish(draft, with_templates)
    held = template_drafts.finish(Draft(made, draft.path), with_templates)
    assert (held.template, held.is_shipped) == (made, False)
    assert template_drafts.kept(with_templates) == ([], [])
    assert templates.examined(templates.data_of(held), "x.toml").kind == "same"


def test_a_broken_draft_is_told_and_the_others_stay(with_templates: Path) -> None:
    draft = Draft(BASE, template_drafts.new_path(with_templates))
    template_drafts.keep(draft)
    for name, said in (("nhap-00000000.toml", b"\xff\xfe"), ("nhap-00000001.toml", b"a = "), ("khac.toml", b"")):
        (with_templates / "mau" / name).write_bytes(said)
    drafts, told = template_drafts.kept(with_templates)
    assert drafts == [draft] and len(told) == 2


def test_another_template_has_an_id_of_its_own() -> None:
    made = template_edit.another(BASE, ["chinh-quyen-so-2022-moi"], "Mẫu khác")
    assert (made.id, made.version, made.name) == ("chinh-quyen-so-2022-moi-2", 1, "Mẫu khác")


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800", "a\r\nb", "x" * 30_000, "A\u0302"])
def test_what_is_typed_fits_into_a_file(text: str) -> None:
    made = template_edit.insert_section(BASE, (0,), SectionSpec(key="moi", heading=template_drafts.clean(text)))
    assert structural(made) == []
    assert "\n" not in template_drafts.clean(text)
