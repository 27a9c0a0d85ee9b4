"""Sections of a whole Word plan go where somebody wants them, and no text is lost on the way."""

from __future__ import annotations

from models import document, template
from models.imports import sections
from models.plan import Section, Table, adopt, find_section, remove, walk_sections
from tests.plans import fixture_plan

YEARLY = template.get("chinh-quyen-so-2022")


def words(plan_sections: list[Section]) -> list[str]:
    return sorted(" ".join(section.text for section in walk_sections(plan_sections)).replace("*", "").split())


def test_the_sections_that_say_something() -> None:
    found = sections.found_in(fixture_plan(0), YEARLY)
    assert all(one.letters or one.target == sections.OWN for one in found)
    assert {one.key for one in found if one.target == one.key} <= {
        key for key, _d, _h in sections.targets(YEARLY, 2022, 2022)
    }
    assert sections.is_whole(fixture_plan(0), YEARLY)


def test_a_text_goes_behind_that_of_its_target_under_its_heading() -> None:
    plan = fixture_plan(0)
    old, new = find_section(plan, "review.people"), find_section(plan, "review.security")
    assert old is not None and new is not None
    plan.tables.append(Table(key="danh-sach", columns=["A"], section="review.people"))
    adopt(plan)
    before = document.to_bytes(plan)
    moved = sections.placed(plan, YEARLY, {"review.people": "review.security"})
    assert document.to_bytes(plan) == before
    goal, emptied = find_section(moved, "review.security"), find_section(moved, "review.people")
    assert goal is not None and goal.text == f"{new.text}\n\n**{old.heading}**\n\n{old.text}"
    assert emptied is not None and emptied.text == ""
    assert moved.tables[-1].section == "review.security"
    assert set(words(plan.sections)) <= set(words(moved.sections))


def test_a_section_of_the_units_own_is_gone_with_its_text_moved() -> None:
    plan = fixture_plan(0)
    plan.sections.append(
        Section(key="rieng", heading="RIÊNG", text="Lời riêng", sections=[Section(key="r.1", text="x")])
    )
    adopt(plan)
    moved = sections.placed(plan, YEARLY, {"rieng": "plan.solutions"})
    goal = find_section(moved, "plan.solutions")
    assert find_section(moved, "rieng") is None
    assert goal is not None and goal.text.endswith("**RIÊNG**\n\nLời riêng") and goal.sections[-1].key == "r.1"
    left = sections.placed(plan, YEARLY, {"rieng": sections.LEFT_OUT})
    assert find_section(left, "r.1") is None
    same = sections.placed(plan, YEARLY, {"rieng": sections.OWN, "review.people": "review.people", "x": "y"})
    assert document.to_bytes(same) == document.to_bytes(plan)


def test_a_section_never_goes_into_itself() -> None:
    plan = fixture_plan(0)
    moved = sections.placed(plan, YEARLY, {"plan": "plan.solutions"})
    assert document.to_bytes(moved) == document.to_bytes(plan)


def test_a_target_that_the_file_lacks_is_made_where_the_template_has_it() -> None:
    optional = next(spec for spec in template.walk(YEARLY.sections) if not spec.required and not spec.sections)
    plan = fixture_plan(0)
    gone = find_section(plan, optional.key)
    if gone is not None:
        remove(gone)
    plan.sections.append(Section(key="rieng", heading="RIÊNG", text="Lời riêng"))
    adopt(plan)
    moved = sections.placed(plan, YEARLY, {"rieng": optional.key})
    goal = find_section(moved, optional.key)
    assert goal is not None and goal.text == "**RIÊNG**\n\nLời riêng" and find_section(moved, "rieng") is None
    keys = [spec.key for spec in template.walk(YEARLY.sections)]
    known = [section.key for section in walk_sections(moved.sections) if section.key in keys]
    assert known == sorted(known, key=keys.index)
    assert "{" not in goal.heading and document.to_bytes(document.load(document.dump(moved)))


def test_a_target_below_the_section_itself_is_not_made() -> None:
    plan = fixture_plan(0)
    inner = next(spec for spec in template.walk(YEARLY.sections) if spec.key.startswith("plan.") and not spec.sections)
    if (section := find_section(plan, inner.key)) is not None:
        remove(section)
    moved = sections.placed(plan, YEARLY, {"plan": inner.key})
    assert document.to_bytes(moved) == document.to_bytes(plan)
