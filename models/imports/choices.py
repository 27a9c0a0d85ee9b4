"""What somebody chose of the tables in a file: which are taken, as what, and into which table of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from models.errors import Cancelled
from models.i18n import _
from models.imports import asking, mappings, taking
from models.imports.grid import Grid
from models.imports.mappings import Kept
from models.imports.understand import going_on, guess, joined, shape, understand
from models.imports.understood import Mapping, Understood
from models.plan import Table
from models.template import Template

#: Told how much is done, from 0 to 1; giving False stops the work.
Progress = Callable[[float], bool]


@dataclass(slots=True)
class Choice:
    """One table of a file. ``table`` is the key of the plan's table that its rows go into, ``usual`` the one offered.

    ``shape`` is that of its file; ``is_remembered``: it is understood as it was put right for an earlier file.
    """

    grid: Grid
    guessed: Mapping
    found: Understood
    table: str
    usual: str
    is_taken: bool
    shape: str = ""
    is_remembered: bool = False
    #: No table of tasks, but kept as it stands in a whole Word plan.
    is_kept: bool = False
    #: Its rows go on with the table before.
    is_continued: bool = False
    #: The sums, and the amounts that may be read in two ways.
    sums: taking.Sums = field(default_factory=lambda: taking.Sums(0, 0, None))
    unclear: list[str] = field(default_factory=list)

    @property
    def mapping(self) -> Mapping:
        return self.found.mapping

    @property
    def is_put_right(self) -> bool:
        """Whether anything of it is other than it was guessed."""
        return self.found.mapping != self.guessed or self.table != self.usual

    @property
    def is_table(self) -> bool:
        return self.found.mapping.kind != "other"


def of_grids(
    grids: Sequence[Grid], template: Template, kept: Sequence[Kept] = (), progress: Progress | None = None
) -> list[Choice]:
    """What is offered for each table of a file; hidden ones, and what is no table of a plan, are not taken.

    ``Cancelled`` where ``progress`` asks for it.
    """
    choices: list[Choice] = []
    for number, grid in enumerate(grids):
        if progress is not None and not progress(number / len(grids)):
            raise Cancelled
        guessed = guess(grid, template)
        if choices and (further := going_on(choices[-1].found, grid, guessed)):
            guessed = further
        key = shape(grid, guessed)
        known = mappings.remembered(list(kept), key, guessed)
        found = understand(grid, template, known[0] if known else guessed)
        usual = _usual(found, template)
        choice = Choice(grid, guessed, found, known[1] if known else usual, usual, False, key, known is not None)
        choice.is_taken = choice.is_table and not grid.hidden and bool(found.rows)
        choices.append(count(choice))
    return choices


def again(choice: Choice, template: Template, mapping: Mapping) -> Choice:
    """The same table understood as ``mapping`` says."""
    found = understand(choice.grid, template, mapping)
    usual = _usual(found, template)
    is_other = (mapping.kind == "register") != (choice.mapping.kind == "register")
    table = usual if is_other or not choice.is_table else choice.table
    new = Choice(
        choice.grid, choice.guessed, found, table, choice.usual if not is_other else usual,
        choice.is_taken or (not choice.is_table and mapping.kind != "other"), choice.shape, choice.is_remembered,
    )  # fmt: skip
    return count(new)


def count(choice: Choice) -> Choice:
    """The choice with its sums, and with what must be asked."""
    choice.sums = taking.sums_of(choice.found)
    choice.unclear = asking.unclear(choice.found)
    return choice


def _usual(found: Understood, template: Template) -> str:
    """The key of the table that the rows would go into; empty: a register of its own."""
    is_register = found.mapping.kind == "register"
    keys = [key for key, _title in taking.targets(template, is_register)]
    if found.table_key in keys:
        return found.table_key
    return "" if is_register else next(iter(keys), "tasks")


def problem(choice: Choice) -> str:
    """Why a table that is to be taken cannot be taken yet; empty where it can."""
    name = choice.grid.name
    if not choice.is_table:
        return _("“{table}”: hãy cho biết đây là bảng nhiệm vụ hay danh mục.").format(table=name)
    if choice.mapping.kind == "tasks" and "task" not in choice.mapping.columns:
        return _("“{table}”: hãy chọn cột nào là tên nhiệm vụ, dự án.").format(table=name)
    if doubled := _doubled(choice.mapping):
        label = asking.label_of(doubled)
        return _("“{table}”: có hai cột cùng là “{field}”; hãy chọn lại một cột.").format(table=name, field=label)
    if asking.needs_unit(choice.found):
        return _("“{table}”: tệp không ghi đơn vị tính; hãy chọn đơn vị tính.").format(table=name)
    if choice.unclear:
        examples = ", ".join(f"“{text}”" for text in choice.unclear[:2])
        sentence = _("“{table}”: {amounts} có thể hiểu hai cách; hãy chọn cách viết số.")
        return sentence.format(table=name, amounts=examples)
    if not choice.found.rows:
        return _("“{table}”: không có dòng nào để nhập; hãy bỏ chọn hoặc xem lại các cột.").format(table=name)
    return ""


def _doubled(mapping: Mapping) -> str:
    """A field of one amount that two columns claim; texts of two columns go into one field."""
    single = [field for field in mapping.columns if asking.is_amount(field) or field in ("number", "task")]
    return next((field for field in single if single.count(field) > 1), "")


def settle(choices: Sequence[Choice]) -> None:
    """Say of the tables that are taken which go on over several sheets or pages; their sum is that of the whole."""
    for choice in choices:
        choice.is_continued = False
    for whole, parts in _whole(choices):
        if len(parts) > 1:
            parts[0].sums = taking.sums_of(whole)
            for part in parts[1:]:
                part.is_continued = True
                part.sums = taking.Sums(0, 0, None)
        else:
            parts[0].sums = taking.sums_of(parts[0].found)


def _whole(choices: Sequence[Choice]) -> list[tuple[Understood, list[Choice]]]:
    """What is taken, tables that go on made one each, with the tables of the file that it is made of."""
    made: list[tuple[Understood, list[Choice]]] = []
    taken = [choice for choice in choices if choice.is_taken]
    for _key, run in groupby(taken, key=lambda choice: (choice.table, choice.mapping.kind)):
        parts = list(run)
        firsts = {id(choice.grid.rows[0]): at for at, choice in enumerate(parts) if choice.grid.rows}
        whole = joined([choice.found for choice in parts])
        starts = [firsts[id(one.grid.rows[0])] for one in whole]
        made += [(one, parts[a:b]) for one, a, b in zip(whole, starts, [*starts[1:], len(parts)], strict=True)]
    return made


def tables_of(
    choices: Sequence[Choice], template: Template, first: int | None, last: int | None
) -> tuple[list[Table], list[taking.Note]]:
    """The tables of what is taken, ready to be put into a plan, and what was unsure of them; ``DocumentError``.

    Tables that go on over several sheets or pages come as one.
    """
    tables: list[Table] = []
    notes: list[taking.Note] = []
    for number, (found, parts) in enumerate(_whole(choices)):
        tables.append(taking.table_of(found, template, parts[0].table, first, last))
        notes += taking.notes_of(found, number, [part.grid for part in parts])
    return taking.checked(tables, template), notes
