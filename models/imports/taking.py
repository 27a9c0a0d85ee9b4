"""What was understood of an office's tables, taken into a plan: as one edit of it, or as a new one."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models import document, totals
from models.i18n import N_, _
from models.imports.asking import ROWS
from models.imports.grid import Grid
from models.imports.understood import CELLS, Doubt, Understood
from models.money import format_amount, unit_name
from models.plan import NUMBERING_STYLES, Plan, Row, Table, adopt, insert, place, remove, walk_rows
from models.row_levels import label, style_of
from models.template import Template, fill_years

How = Literal["append", "replace", "new"]

#: How deep the numbers of the rows of a table are told apart.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not understood for sure, and the row that came of it: its number in the table (-1: none)."""

    table: int
    row: int
    field: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What a table comes to, in đồng: as computed, and as it states itself (``None``: it does not)."""

    tasks: int
    computed: int
    stated: int | None

    @property
    def differs(self) -> bool:
        return self.stated is not None and self.stated != self.computed


def sums_of(found: Understood) -> Sums:
    """What a table comes to."""
    if found.mapping.kind != "tasks":
        return Sums(len(found.rows), 0, None)
    table = Table(rows=found.rows)
    tasks = sum(row.group is None for row in found.rows) + sum(len(_tasks(row)) for row in found.rows if row.is_group)
    return Sums(tasks, totals.compute_table(table, {}).total, found.stated_total)


def _tasks(group: Row) -> list[Row]:
    """The tasks under a group; what a task is made of is no task of its own."""
    return [task for row in group.rows for task in (_tasks(row) if row.is_group else [row])]


# ---- tables of a plan


def targets(template: Template, is_register: bool) -> list[tuple[str, str]]:
    """The tables of a template that rows of this kind can go into: key and title."""
    return [(spec.key, spec.label or spec.title) for spec in template.tables if bool(spec.columns) == is_register]


def table_of(found: Understood, template: Template, key: str, first: int | None, last: int | None) -> Table:
    """A table of a plan with the rows that were found, in no plan yet; ``key`` is that of the template's table.

    ``first`` and ``last``: the years of the plan, which stand in the title that the template gives the table.
    """
    spec = template.table(key)
    title = found.mapping.title or (fill_years(spec.title, first, last) if spec else found.grid.name)
    table = Table(key=key, title=title, section=spec.section if spec else "", rows=found.rows)
    if found.mapping.kind == "register":
        table.columns = list(found.register_columns)
    else:
        table.unit = found.mapping.unit or (spec.unit if spec else "million")
        table.stated_total = found.stated_total
        table.numbering, table.continuous = _numbering(found, list(spec.numbering) if spec else ["1", "a"])
    place(table.rows)
    adopt(table)
    return table


def _numbering(found: Understood, usual: list[str]) -> tuple[list[str], bool]:
    """The number styles by depth as the file has them, and whether its tasks are numbered through all groups."""
    columns = found.mapping.columns
    rows = rows_by_place(found)
    if "number" not in columns:
        return usual, False
    at = columns.index("number")
    depths = _depths(found.rows)
    styles: list[Counter[str]] = [Counter() for _depth in range(_DEPTH)]
    counts = Counter(depths.values())
    numbers: dict[int, str] = {}
    for place_, row in rows.items():
        number = found.grid.rows[place_][at].text
        style, depth = style_of(number), depths[id(row)]
        if style in NUMBERING_STYLES and depth < _DEPTH:
            styles[depth][style] += 1
        numbers[id(row)] = label(number)
    firsts = [row.rows[0] for row in walk_rows(found.rows) if row.is_group and row.rows and not row.rows[0].is_group]
    groups = [number for row in firsts if (number := numbers.get(id(row), "")).isdecimal()]
    made = [
        style
        for depth, found_styles in enumerate(styles)
        for style, count in found_styles.most_common(1)
        if 2 * count > counts[depth]
    ]
    if len(made) < sum(map(bool, styles)) or not styles[0]:
        return usual, False
    # Further levels as usual, where their numbers do not tell.
    following = {"I": "1", "1": "a", "1.1": "a", "a": "a"}
    while len(made) < len(usual):
        made.append(following[made[-1]])
    return made, len(groups) > 1 and groups[0] == "1" and len(set(groups)) == len(groups)


def _depths(rows: Iterable[Row], depth: int = 0) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        found[id(row)] = depth
        found |= _depths(row.rows, depth + 1)
    return found


def rows_by_place(found: Understood) -> dict[int, Row]:
    """The row of a plan that each row of the grid became, by its place in the grid."""
    places = [at for at, role in enumerate(found.role) if role in ROWS]
    rows = list(walk_rows(found.rows))
    return dict(zip(places, rows, strict=True)) if len(places) == len(rows) else {}


def notes_of(found: Understood, table: int, grids: Sequence[Grid] = ()) -> list[Note]:
    """What was unsure of a table, each with the row that it is about.

    ``table`` is the number of the table; ``grids`` are those it was made of, where it goes on over several.
    """
    order = {id(row): number for number, row in enumerate(walk_rows(found.rows))}
    rows = rows_by_place(found)
    places = sorted(rows)
    columns = found.mapping.columns
    from_grid = {id(cells): (grid, at) for grid in grids for at, cells in enumerate(grid.rows)}
    notes = []
    for doubt in found.doubts:
        before = bisect_right(places, doubt.row) - 1
        at = places[before] if before >= 0 else -1
        is_of_row = at >= 0 and (at == doubt.row or found.role[doubt.row] in ("continued", "empty"))
        name = columns[doubt.column] if 0 <= doubt.column < len(columns) else ""
        grid, row = found.grid, doubt.row
        if 0 <= doubt.row < len(found.grid.rows):
            grid, row = from_grid.get(id(found.grid.rows[doubt.row]), (grid, row))
        number = order[id(rows[at])] if is_of_row else -1
        said = told(grid, replace(doubt, row=row))
        notes.append(Note(table, number, _cell_field(name, doubt.column, columns), said, doubt.severity))
    return notes


def _cell_field(field: str, column: int, columns: Sequence[str]) -> str:
    """The field of a row, as findings name it."""
    if field == CELLS:
        return f"cells/{sum(one == CELLS for one in columns[:column])}"
    return "" if field == "number" else field.replace(".", "/")


def told(grid: Grid, doubt: Doubt) -> str:
    """A doubt as a line: where in the file, and what."""
    if doubt.row < 0:
        return f"{grid.name}: {doubt.message}"
    where = _("{table}, dòng {row}").format(table=grid.name, row=grid.first_row + doubt.row)
    if doubt.column >= 0:
        where += _(", cột {column}").format(column=column_name(grid.first_column - 1 + doubt.column))
    return f"{where}: {doubt.message}"


def column_name(column: int) -> str:
    """``A``, ``B`` … ``AA``, as spreadsheets call their columns."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


# ---- into a plan


def checked(tables: Sequence[Table], template: Template) -> list[Table]:
    """The tables as they come out of a plan document: what they hold keeps its rules; ``DocumentError``."""
    plan = Plan(id=str(uuid.uuid4()), template=template.id, tables=list(tables))
    adopt(plan)
    read = document.from_bytes(document.to_bytes(plan), _("bảng nhập vào"))
    for table in read.tables:
        table.parent = None
    return read.tables


def put(plan: Plan, tables: Sequence[Table], how: How) -> list[Table]:
    """Put tables (in no plan) into ``plan``, within an edit of it; gives the table of the plan each went into.

    Rows go behind those that are there, or with ``replace`` into their place. A table without rows takes title, unit,
    numbers and stated total of the first one that goes into it; one that has rows keeps its own.
    """
    into: list[Table] = []
    emptied: set[int] = set()
    for table in tables:
        goal = _goal(plan, table)
        if goal is None:
            table.key = _free_key(plan, table.key)
            insert(plan, table)
            into.append(table)
            continue
        if how == "replace" and id(goal) not in emptied:
            for row in list(goal.rows):
                remove(row)
        emptied.add(id(goal))
        if not goal.rows:
            _take_head(goal, table)
        for row in list(table.rows):
            row.parent = None
            insert(goal, row)
        into.append(goal)
    return into


def _goal(plan: Plan, table: Table) -> Table | None:
    """The table of the plan that rows go into; a register of other columns than it has needs one of its own."""
    for found in plan.tables:
        is_same = found.key == table.key and found.is_register == table.is_register
        is_as_wide = not found.is_register or len(found.columns or ()) == len(table.columns or ())
        if is_same and (is_as_wide or not found.rows):
            return found
    return None


def _free_key(plan: Plan, key: str) -> str:
    keys = {table.key for table in plan.tables}
    key = key or "register"
    number = 2
    free = key
    while free in keys:
        free, number = f"{key}-{number}", number + 1
    return free


def _take_head(goal: Table, table: Table) -> None:
    values = {"title": table.title or goal.title, "unit": table.unit, "numbering": table.numbering,
              "continuous": table.continuous, "stated_total": table.stated_total, "columns": table.columns}  # fmt: skip
    for name, value in values.items():
        if getattr(goal, name) != value:
            setattr(goal, name, value)


def said_of(sums: Sums, unit: str) -> str:
    """A table's sums in one line."""
    shown = _amount(sums.computed, unit)
    if sums.stated is None:
        return _("Tổng tính được: {total}. Tệp không ghi tổng.").format(total=shown)
    if not sums.differs:
        return _("Tổng tính được: {total}, đúng bằng tổng ghi trong tệp.").format(total=shown)
    sentence = N_("Tổng tính được: {total}; tệp ghi {stated}, lệch {difference}.")
    difference = _amount(abs(sums.stated - sums.computed), unit)
    return _(sentence).format(total=shown, stated=_amount(sums.stated, unit), difference=difference)


def _amount(amount: int, unit: str) -> str:
    return f"{format_amount(amount, unit or 'dong')} {unit_name(unit or 'dong')}"
