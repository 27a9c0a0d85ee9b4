"""The sections that were found in a whole Word plan, and where in the outline of the template each of them goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models import document
from models.plan import Plan, Section, adopt, find_section, insert, move, remove, walk_sections
from models.template import SectionSpec, Template, fill_years, walk

#: What a section can be besides a section of the template: one of the unit's own, where it stands; or left out.
OWN, LEFT_OUT = "+", "-"
_SHOWN = 160
#: A file with so few sections that say anything is no whole plan.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A section of the file: how deep it stands, its heading, how its text begins, and the section it goes into."""

    key: str
    depth: int
    heading: str
    begins: str
    letters: int
    target: str


def found_in(plan: Plan, template: Template) -> list[Found]:
    """The sections with a text of their own, and those of the unit's own, in the order of the outline."""

    def look(sections: list[Section], depth: int) -> list[Found]:
        made = []
        for section in sections:
            is_known = template.section(section.key) is not None
            if section.text.strip() or not is_known:
                begins = " ".join(section.text[: 4 * _SHOWN].split())[:_SHOWN]
                target = section.key if is_known else OWN
                made.append(Found(section.key, depth, section.heading, begins, len(section.text), target))
            made += look(section.sections, depth + 1)
        return made

    return look(plan.sections, 0)


def is_whole(plan: Plan, template: Template) -> bool:
    """Whether what was read of a Word file is a whole plan, and not only tables with a few lines around them."""
    return len([one for one in found_in(plan, template) if one.letters]) > _FEW


def targets(template: Template, first: int, last: int) -> list[tuple[str, int, str]]:
    """Where a section can go: key, depth and heading of every section of the template."""
    depths: dict[str, int] = {}

    def look(keys: object, depth: int) -> None:
        for spec in keys:  # type: ignore[attr-defined]
            depths[spec.key] = depth
            look(spec.sections, depth + 1)

    look(template.sections, 0)
    return [(spec.key, depths[spec.key], fill_years(spec.heading, first, last)) for spec in walk(template.sections)]


def placed(plan: Plan, template: Template, wanted: dict[str, str]) -> Plan:
    """A copy of ``plan`` with sections elsewhere: ``wanted`` gives for the key of a section that of its target.

    The text goes behind what its target says already, under its own heading where the unit wrote another one; what
    stands under it goes along. A target that the plan does not have yet is made, empty, where the template has it.
    What is left out goes with all below it.
    """
    plan = document.load(document.dump(plan))
    for key, target in wanted.items():
        section = find_section(plan, key)
        if section is None or target in (key, OWN):
            continue
        if target == LEFT_OUT:
            _empty(section, template)
            continue
        goal = find_section(plan, target)
        if goal is None and key not in (path := _path(template, target)):
            goal = _created(plan, template, path)
        if goal is None or any(goal is below for below in walk_sections([section])):
            continue
        heading = section.heading if section.heading.strip() != goal.heading.strip() else ""
        said = "\n\n".join(filter(None, (f"**{heading}**" if heading and section.text.strip() else "", section.text)))
        goal.text = "\n\n".join(filter(None, (goal.text.rstrip(), said)))
        for below in list(section.sections):
            if template.section(below.key) is None:
                move(below, goal, len(goal.sections))
        for table in plan.tables:
            if table.section == section.key:
                table.section = goal.key
        _empty(section, template)
    adopt(plan)
    return plan


def _path(template: Template, key: str) -> list[str]:
    """The keys from the top of the template down to the section ``key``; none where it has no such section."""

    def look(specs: Sequence[SectionSpec]) -> list[str]:
        for spec in specs:
            if spec.key == key:
                return [key]
            if below := look(spec.sections):
                return [spec.key, *below]
        return []

    return look(template.sections)


def _created(plan: Plan, template: Template, path: Sequence[str]) -> Section | None:
    """The last section of ``path``, with those above it made where the plan does not have them."""
    order = {spec.key: at for at, spec in enumerate(walk(template.sections))}
    owner: Plan | Section = plan
    for key in path:
        section = find_section(plan, key)
        if section is None:
            spec = template.section(key)
            assert spec is not None
            heading = fill_years(spec.heading, plan.period_from, plan.period_to)
            section = Section(key=key, heading=heading)
            later = (at for at, one in enumerate(owner.sections) if order.get(one.key, -1) > order[key])
            insert(owner, section, next(later, None))
        owner = section
    return owner if isinstance(owner, Section) else None


def _empty(section: Section, template: Template) -> None:
    """Take a section out; one of the template stays without its text, and so does what holds others of it."""
    if template.section(section.key) is None and not any(
        template.section(below.key) is not None for below in walk_sections(section.sections)
    ):
        remove(section)
    else:
        section.text = ""
