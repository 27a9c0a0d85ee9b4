"""A new plan from all that is understood of an office's file, with nobody there to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models import document
from models.create import new_plan
from models.errors import DocumentError
from models.i18n import _
from models.imports import asking, sections, taking
from models.imports import choices as choosing
from models.imports.choices import Choice
from models.imports.grid import Grid
from models.imports.mappings import Kept
from models.imports.office import Content
from models.plan import Plan, Table, remove
from models.template import Template

if TYPE_CHECKING:
    from models.imports.word_plan import Taken


@dataclass(frozen=True, slots=True)
class Made:
    """A plan, and a line for each thing that was unsure."""

    plan: Plan
    notes: list[str]


def plan_of(
    content: Content, template: Template, year: int | None, kept: Sequence[Kept], unit: str, particulars: dict[str, str]
) -> Made:
    """A plan of ``template`` from ``year`` on: all tables of tasks and registers, of a Word plan the texts too.

    Without ``year`` that of the file. ``unit`` (a key of ``money.UNITS``) is that of tables which do not tell theirs.
    ``DocumentError`` where something would have to be asked, and where there is nothing to take.
    """
    choices = []
    for choice in choosing.of_grids(content.grids, template, kept):
        if unit and asking.needs_unit(choice.found):
            choice = choosing.again(choice, template, replace(choice.mapping, unit=unit))
        choices.append(choice)
    name = content.path.name
    for choice in choices:
        if choice.is_taken and (sentence := choosing.problem(choice)):
            hint = " " + _("(trên dòng lệnh: --unit)") if asking.needs_unit(choice.found) else ""
            raise DocumentError(_("Chưa nhập được “{file}”: {reason}").format(file=name, reason=sentence + hint))
    notes: list[str] = []
    if content.word is not None:
        from models.imports import word_plan

        found = word_plan.plan(content.word, template, name)
        if sections.is_whole(found.plan, template):
            aim(choices, content, found)
            notes = _left_out(choices)
            plan, tables, more = remade(found.plan, choices, template)
            _date(plan, template, year)
            fill(plan, particulars)
            taking.put(plan, tables, "new")
            return Made(plan, notes + [doubt.message for doubt in found.doubts] + [note.message for note in more])
    if not any(choice.is_taken for choice in choices):
        sentence = _("Tệp “{file}” không có bảng nhiệm vụ hay danh mục nào đọc được; hãy xem lại tệp.")
        if any(choice.is_table and choice.grid.hidden for choice in choices):
            sentence = _("Tệp “{file}” chỉ có bảng ở trang đang bị ẩn; hãy bỏ ẩn trang đó trong Excel rồi nhập lại.")
        raise DocumentError(sentence.format(file=name))
    notes = _left_out(choices)
    first = year or (content.years or (template.default_from, 0))[0]
    tables, more = choosing.tables_of(choices, template, first, first + template.years - 1)
    plan = new_plan(template, first, particulars)
    taking.put(plan, tables, "new")
    return Made(plan, notes + [note.message for note in more])


def _left_out(choices: Sequence[Choice]) -> list[str]:
    """What to say of the tables that are understood as remembered, and of those that are not taken."""
    notes = []
    for choice in choices:
        table = choice.grid.name
        if choice.is_taken and choice.is_remembered:
            notes.append(_("“{table}”: hiểu như lần trước đã sửa cho tệp cùng dạng.").format(table=table))
        if not choice.is_taken and not choice.is_kept:
            why = _("trang ẩn") if choice.grid.hidden else _("không phải bảng nhiệm vụ, danh mục")
            notes.append(_("“{table}”: không nhập ({why}).").format(table=table, why=why))
    return notes


# ---- a whole Word plan


def aim(choices: Sequence[Choice], content: Content, taken: Taken) -> None:
    """Let each table of a Word file go where the plan has put it."""
    assert content.word is not None
    pictures = [block for block in content.word.blocks if isinstance(block, Grid)]
    keys = {id(grid): key for grid, key in zip(pictures, taken.keys, strict=False)}
    for choice in choices:
        if key := keys.get(id(choice.grid), ""):
            choice.table = choice.usual = key
            choice.is_kept = not choice.is_table


def remade(plan: Plan, choices: Sequence[Choice], template: Template) -> tuple[Plan, list[Table], list[taking.Note]]:
    """A copy of a Word plan without what was put right in its tables or left out, and those tables, to be put in.

    A table that several of the file went into is made anew with all of them.
    """
    plan = document.load(document.dump(plan))
    other = [choice for choice in choices if choice.is_table and (choice.is_put_right or not choice.is_taken)]
    keys = {choice.usual for choice in other} - {""}
    again = [
        choice for choice in choices if choice.is_taken and (keys & {choice.usual, choice.table} or choice.is_put_right)
    ]
    for table in [table for table in plan.tables if table.key in keys]:
        if template.table(table.key) is not None or any(choice.table == table.key for choice in again):
            for row in list(table.rows):
                remove(row)
            table.stated_total = None
        else:
            remove(table)
    tables, notes = choosing.tables_of(again, template, plan.period_from, plan.period_to)
    return plan, tables, notes


def _date(plan: Plan, template: Template, year: int | None) -> None:
    if year is not None:
        plan.period_from, plan.period_to = year, year + template.years - 1


def fill(plan: Plan, particulars: dict[str, str]) -> None:
    """Fill what the file does not say of the unit and the signer."""
    for name, value in particulars.items():
        if not getattr(plan, name):
            setattr(plan, name, value)
