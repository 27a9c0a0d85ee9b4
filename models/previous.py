"""Last year's plan of the same unit, and what it said in a section."""

from __future__ import annotations

from collections.abc import Iterable

from models import template
from models.errors import UserError
from models.folding import fold
from models.plan import Plan, Section, find_section, walk_sections
from models.text import expanded


def of_same_unit(plan: Plan, others: Iterable[tuple[str, str, str]]) -> str | None:
    """The first of ``others`` (id, unit's code, unit's name) that is of this plan's unit: by code, else by name."""
    code, name = _key(plan.unit_code), _key(plan.unit_name)
    for found, its_code, its_name in others:
        if code and _key(its_code):
            if _key(its_code) == code:
                return found
        elif name and _key(its_name) == name:
            return found
    return None


def printed_text(previous: Plan, section: Section) -> str:
    """What ``previous`` printed in the section of the same key, else of the same heading; with its marks."""
    key = section.key
    found = find_section(previous, key) if key else None
    if found is None:
        heading = _key(section.heading)
        found = next(
            (one for one in walk_sections(previous.sections) if heading and _key(one.heading) == heading), None
        )
    if found is None or "{" not in found.text:
        return found.text if found else ""
    try:
        return expanded(previous, template.of(previous))(found.text)
    except UserError:
        # A template that this program does not have.
        return found.text


def _key(text: str) -> str:
    return " ".join(fold(text).split())
