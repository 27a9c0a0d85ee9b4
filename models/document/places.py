"""Where in the document a part of the plan stands, as JSON Pointers."""

from __future__ import annotations

from typing import Any

from models.document.fields import FIELD_NAMES
from models.plan import Plan


def pointers(plan: Plan) -> dict[int, str]:
    """The JSON Pointer of every part of the plan, by ``id()`` of the part; the plan's own is empty."""
    found: dict[int, str] = {id(plan): ""}

    def add(parts: list[Any], path: str, below: str) -> None:
        for index, part in enumerate(parts):
            place_of_part = f"{path}/{index}"
            found[id(part)] = place_of_part
            if below:
                children = getattr(part, below)
                if children:
                    add(children, f"{place_of_part}/{below}", below)

    add(plan.legal_bases, "/legal_bases", "")
    add(plan.sections, "/sections", "sections")
    for index, table in enumerate(plan.tables):
        found[id(table)] = f"/tables/{index}"
        add(table.rows, f"/tables/{index}/rows", "" if table.is_register else "rows")
    return found


def pointer(base: str, part: Any, field: str) -> str:
    """The JSON Pointer of ``field`` (an attribute, or ``funding/KEY``, ``years/YEAR``, ``cells/3``) of a part."""
    if not field:
        return base
    attribute, _slash, rest = field.partition("/")
    if attribute == "cells":
        return f"{base}/{rest}"
    name = FIELD_NAMES[type(part)].get(attribute, attribute)
    if rest:
        name += "/" + rest.replace("~", "~0").replace("/", "~1")
    return f"{base}/{name}"
