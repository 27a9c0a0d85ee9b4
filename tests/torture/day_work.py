"""Kinds of work on a plan: each is done to a plan, whichever, and gives the work that takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.plan import Plan, Row, insert, move, remove, walk_sections

Work = Callable[[Plan], "Work"]


def set_fields(at: int, rows: list[dict[str, Any]]) -> Work:
    """Set fields of rows from ``at`` on."""

    def work(plan: Plan) -> Work:
        there = plan.tables[0].rows[at : at + len(rows)]
        before = [{name: getattr(row, name) for name in values} for row, values in zip(there, rows, strict=True)]
        for row, values in zip(there, rows, strict=True):
            for name, value in values.items():
                setattr(row, name, value)
        return set_fields(at, before)

    return work


def add_rows(at: int, rows: list[dict[str, Any]]) -> Work:
    def work(plan: Plan) -> Work:
        for offset, values in enumerate(rows):
            insert(plan.tables[0], Row(**values), at + offset)
        return take_out(at)

    return work


def take_out(at: int) -> Work:
    def work(plan: Plan) -> Work:
        row = plan.tables[0].rows[at]
        remove(row)

        def back(plan: Plan) -> Work:
            insert(plan.tables[0], row, at)
            return work

        return back

    return work


def move_row(at: int, to: int) -> Work:
    def work(plan: Plan) -> Work:
        table = plan.tables[0]
        move(table.rows[at], table, to)
        return move_row(to, at)

    return work


def write_section(at: int, text: str) -> Work:
    def work(plan: Plan) -> Work:
        section = [one for one in walk_sections(plan.sections) if one.text][at]
        before, section.text = section.text, text
        return write_section(at, before)

    return work


def set_of_plan(name: str, value: str) -> Work:
    def work(plan: Plan) -> Work:
        before = getattr(plan, name)
        setattr(plan, name, value)
        return set_of_plan(name, before)

    return work
