"""What a plan carries along from a template it was moved from: sources and indicators that its own no longer has.

They stand in the field ``template_carried`` of plan.json (``{"sources": […], "indicators": […]}``, each as in a
template file), so that amounts and numbers keep their names. It may come from outside: what is not sound is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from models import limits
from models.letters import neutral, too_many_marks
from models.plan import FORBIDDEN, Plan
from models.template_faults import KEY
from models.template_parts import Indicator, Source, Template

FIELD = "template_carried"

_T = TypeVar("_T", Source, Indicator)


def with_carried(template: Template, plan: Plan) -> Template:
    """``template`` with the sources and indicators that ``plan`` carries along, behind its own."""
    given = plan.extra.get(FIELD)
    if not isinstance(given, dict):
        return template
    sources = _sound(given.get("sources"), Source, {one.key for one in template.sources})
    indicators = _sound(given.get("indicators"), Indicator, {one.key for one in template.indicators})
    if not sources and not indicators:
        return template
    # What they were parts of need not be there any more.
    alone = [msgspec.structs.replace(one, parts=(), ratio_of="", percent_of=()) for one in indicators]
    return msgspec.structs.replace(
        template, sources=(*template.sources, *sources), indicators=(*template.indicators, *alone)
    )


def carry(plan: Plan, sources: Sequence[Source], indicators: Sequence[Indicator]) -> None:
    """Have ``plan`` carry these along, and nothing else; inside an edit where it is open."""
    kept: dict[str, Any] = {}
    if sources:
        kept["sources"] = [{"key": one.key, "label": one.label, "short": one.short} for one in sources]
    if indicators:
        kept["indicators"] = [
            {"key": one.key, "label": one.label, "unit": one.unit, "section": one.section} for one in indicators
        ]
    extra = {name: value for name, value in plan.extra.items() if name != FIELD}
    plan.extra = extra | ({FIELD: kept} if kept else {})


def _sound(given: Any, kind: type[_T], taken: set[str]) -> list[_T]:
    """Those of a list from a plan document that are what they say, each key once."""
    found: list[_T] = []
    for one in given[: limits.TEMPLATE_PARTS["indicators"]] if isinstance(given, list) else []:
        if not isinstance(one, dict) or not all(_is_text(value) for value in one.values()):
            continue
        try:
            made = msgspec.convert({name: neutral(value) for name, value in one.items()}, kind)
        except msgspec.ValidationError:
            continue
        if KEY.fullmatch(made.key) and made.key not in taken:
            taken.add(made.key)
            found.append(made)
    return found


def _is_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > limits.TEMPLATE_TEXT:
        return False
    return not FORBIDDEN.search(value) and not too_many_marks(value)
