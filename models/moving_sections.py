"""Moving the outline of a plan to another template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from models import limits
from models.i18n import _
from models.moving_change import Change
from models.plan import Part, Plan, Section, insert, remove, walk_sections
from models.plan import move as move_part
from models.template_parts import SectionSpec, Template, walk

Fill = Callable[[str], str]


def move(plan: Plan, old: Template | None, new: Template, fill: Fill) -> list[Change]:
    """Sections renamed, moved, gone and new; what the unit wrote stays."""
    found = [*_texts(plan, old, new, fill), *_gone(plan, old, new, fill)]
    found += _moved(plan, old, new)
    return [*found, *_added(plan, old, new, fill), *_required(plan, old, new, fill)]


def follows(section: Section, old: Template | None, fill: Fill) -> bool:
    """Whether the text of a section is nothing but what the old template began it with."""
    spec = old.section(section.key) if old is not None and section.key else None
    return not section.text.strip() or (spec is not None and section.text == fill(spec.text))


def _texts(plan: Plan, old: Template | None, new: Template, fill: Fill) -> Iterator[Change]:
    if old is None:
        return
    for section in walk_sections(plan.sections):
        before, after = (old.section(section.key), new.section(section.key)) if section.key else (None, None)
        if before is None or after is None:
            continue
        was, heading = fill(before.heading), fill(after.heading)
        if was != heading:
            if section.heading == was:
                section.heading = heading
                yield Change("sections", _("Mục “{old}” đổi tên thành “{new}”.").format(old=was, new=heading))
            elif section.heading != heading:
                sentence = _("Mục “{name}” giữ tên do đơn vị đặt; mẫu mới gọi là “{new}”.")
                yield Change("sections", sentence.format(name=section.heading, new=heading), is_kept=True)
        text = fill(after.text)
        if before.text != after.text and section.text != text and section.text == fill(before.text):
            section.text = text
            yield Change("sections", _("Mục “{name}” có lời mở đầu theo mẫu mới.").format(name=section.heading))


def _gone(plan: Plan, old: Template | None, new: Template, fill: Fill) -> list[Change]:
    """Sections that the new template does not have: the empty ones go, the others are the unit's own from now on."""
    if old is None:
        return []
    found = []
    with_tables = {table.section for table in plan.tables if table.section}
    # From the last to the first: what is in a section goes before it.
    for section in reversed(list(walk_sections(plan.sections))):
        spec = old.section(section.key) if section.key else None
        if spec is None or new.section(section.key) is not None:
            continue
        name = section.heading or section.key
        is_untouched = (
            follows(section, old, fill)
            and section.heading == fill(spec.heading)
            and not section.sections
            and not section.extra
            and section.key not in with_tables
        )
        if is_untouched:
            remove(section)
            found.append(Change("sections", _("Bỏ mục “{name}”, chưa có nội dung.").format(name=name)))
        else:
            sentence = _("Mục “{name}” không còn trong mẫu; giữ lại làm mục riêng của đơn vị.")
            found.append(Change("sections", sentence.format(name=name), is_kept=True))
    found.reverse()
    return found


# ---- places


def _parents(template: Template) -> dict[str, str]:
    """The key of the section each one stands in; empty for those at the top."""
    found = {section.key: "" for section in template.sections}
    for section in walk(template.sections):
        found |= {below.key: section.key for below in section.sections}
    return found


def _key_above(section: Section) -> str:
    return section.parent.key if isinstance(section.parent, Section) else ""


def _by_key(plan: Plan) -> dict[str, Section]:
    found: dict[str, Section] = {}
    for section in walk_sections(plan.sections):
        if section.key:
            found.setdefault(section.key, section)
    return found


def _moved(plan: Plan, old: Template | None, new: Template) -> list[Change]:
    """Sections that the new template has elsewhere move with it, unless the unit has moved them itself."""
    if old is None:
        return []
    found = []
    was, will = _parents(old), _parents(new)
    sections = _by_key(plan)
    for spec in walk(new.sections):
        section = sections.get(spec.key)
        if section is None or spec.key not in was or was[spec.key] == will[spec.key]:
            continue
        above: Part | None = sections.get(will[spec.key]) if will[spec.key] else plan
        if above is None or _key_above(section) != was[spec.key] or _is_below(above, section):
            continue
        if _levels_above(above) + _levels(section) > limits.TEMPLATE_LEVELS:
            continue
        move_part(section, above, _index(above, spec, new, section))
        name = section.heading or spec.key
        if isinstance(above, Section):
            sentence = _("Mục “{name}” chuyển vào “{above}”.").format(name=name, above=above.heading)
        else:
            sentence = _("Mục “{name}” chuyển ra thành mục lớn.").format(name=name)
        found.append(Change("sections", sentence))
    before, after = ({spec.key: at for at, spec in enumerate(walk(one.sections))} for one in (old, new))
    owners: list[Plan | Section] = [plan, *walk_sections(plan.sections)]
    for owner in owners:
        if reorder(owner.sections, before, after):
            if isinstance(owner, Section):
                sentence = _("Các mục của “{name}” xếp theo thứ tự mới.").format(name=owner.heading)
            else:
                sentence = _("Các mục lớn xếp theo thứ tự mới.")
            found.append(Change("sections", sentence))
    return found


def reorder(parts: list[Any], old: dict[str, int], new: dict[str, int]) -> bool:
    """Bring the parts that stand as in the old order into the new one; the unit's own stay where they are."""
    known = [part for part in parts if part.key in old and part.key in new]
    if len({part.key for part in known}) != len(known) or known != sorted(known, key=lambda part: old[part.key]):
        return False
    wanted = sorted(known, key=lambda part: new[part.key])
    if wanted == known:
        return False
    following = iter(wanted)
    for at, part in enumerate([next(following) if part in known else part for part in parts]):
        if parts[at] is not part:
            assert part.parent is not None
            move_part(part, part.parent, at)
    return True


def _is_below(part: Part | None, above: Part) -> bool:
    while part is not None and part is not above:
        part = part.parent
    return part is above


def _levels_above(owner: Part) -> int:
    """How many sections a section in ``owner`` stands in; a document is no deeper than ``TEMPLATE_LEVELS`` of them."""
    found = 0
    while isinstance(owner, Section):
        assert owner.parent is not None
        found, owner = found + 1, owner.parent
    return found


def _levels(section: Section) -> int:
    return 1 + max(map(_levels, section.sections), default=0)


def _index(owner: Part, spec: SectionSpec, new: Template, moved: Section | None = None) -> int:
    """Where a section of the new template belongs in ``owner``: behind the one before it there, else at the start."""
    siblings = next((one.sections for one in walk(new.sections) if spec in one.sections), new.sections)
    before = [one.key for one in siblings[: siblings.index(spec)]]
    children = [child for child in owner.sections if child is not moved]  # type: ignore[attr-defined]
    return max((at + 1 for at, child in enumerate(children) if child.key in before), default=0)


# ---- what is new


def _added(plan: Plan, old: Template | None, new: Template, fill: Fill) -> Iterator[Change]:
    sections = _by_key(plan)
    above = _parents(new)
    for spec in walk(new.sections):
        before = old.section(spec.key) if old is not None else None
        # One that the unit took out stays out, unless it is required only from now on.
        if spec.key in sections or (before is not None and not (spec.required and not before.required)):
            continue
        owner: Part = sections.get(above[spec.key], plan)
        if _levels_above(owner) >= limits.TEMPLATE_LEVELS:
            owner = plan
        section = Section(key=spec.key, heading=fill(spec.heading), text=fill(spec.text))
        insert(owner, section, _index(owner, spec, new))
        sections[spec.key] = section
        sentence = _("Thêm mục “{name}” (bắt buộc).") if spec.required else _("Thêm mục “{name}”.")
        yield Change("sections", sentence.format(name=section.heading))


def _required(plan: Plan, old: Template | None, new: Template, fill: Fill) -> Iterator[Change]:
    if old is None:
        return
    for spec in walk(new.sections):
        before = old.section(spec.key)
        if before is None or before.required == spec.required:
            continue
        sentence = _("Mục “{name}” nay là bắt buộc.") if spec.required else _("Mục “{name}” không còn bắt buộc.")
        yield Change("sections", sentence.format(name=fill(spec.heading)))
