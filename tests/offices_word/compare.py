"""What a plan says, to be compared with what was read of it: as printed, however it is numbered."""

from __future__ import annotations

import re
from typing import Any

from models import document, template, totals
from models.bases import basis_text
from models.exports.phrases import NOTHING, without_ending
from models.plan import Plan, Section, Table, walk_rows
from models.text import expanded, paragraphs


def blanks(text: str) -> str:
    return " ".join(text.split())


def head(plan: Plan) -> dict[str, Any]:
    """The particulars that stand on paper."""
    names = (
        "unit_parent", "unit_name", "place", "symbol", "number", "year", "month", "day", "subject", "capacity",
        "signer_position", "signer_name",
    )  # fmt: skip
    found = {name: getattr(plan, name) for name in names}
    return found | {
        "recipients": [without_ending(one) for one in plan.recipients],
        "years": (plan.period_from, plan.period_to),
    }


def outline(plan: Plan) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Depth, heading and printed paragraphs of every section."""
    expand = expanded(plan, template.of(plan))
    found: list[tuple[int, str, list[tuple[str, str]]]] = []

    def look(sections: list[Section], depth: int) -> None:
        for section in sections:
            text = [(one.kind, blanks(one.plain)) for one in paragraphs(expand(section.text))]
            # Capitals of a heading are the style's, on paper.
            found.append((depth, blanks(section.heading).upper(), [(kind, plain) for kind, plain in text if plain]))
            look(section.sections, depth + 1)

    look(plan.sections, 0)
    if found and found[-1][2]:
        kind, plain = found[-1][2][-1]
        found[-1][2][-1] = (kind, without_ending(plain))
    return found


def bases(plan: Plan) -> list[str]:
    """What each basis says, however its day is written."""
    found = []
    for basis in plan.legal_bases:
        text = without_ending(re.sub(r"^căn cứ ", "", basis_text(basis).casefold()))
        text = re.sub(r"ngày (\d+)/(\d+)/(\d+)", lambda day: f"ngày {day[1]} tháng {int(day[2])} năm {day[3]}", text)
        found.append(re.sub(r"(?<=tháng )0", "", text))
    return found


def rows(table: Table) -> list[dict[str, Any]]:
    """The rows with what a typist copies of them: names, amounts, who and when."""
    found: list[dict[str, Any]] = []
    for row in walk_rows(table.rows):
        if row.cells is not None:
            found.append({"cells": [blanks(cell) for cell in row.cells]})
            continue
        name = blanks(row.group if row.group is not None else row.task or "")
        if name == NOTHING:
            continue
        found.append({"name": name, "is group": row.is_group, "lead": blanks(row.lead), "time": blanks(row.time)})
    return found


def sums(plan: Plan) -> dict[str, int]:
    found = totals.compute(plan)
    return {table.key: found.of(table).total for table in plan.tables if not table.is_register}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def said(plan: Plan) -> set[str]:
    """Every word that a plan holds."""
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)
        elif value is not None:
            found.update(words(str(value)))

    look(document.dump(plan))
    return found
