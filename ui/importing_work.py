"""The work behind the import wizard: tables are understood in threads, anew with whatever is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.i18n import N_, _
from models.imports import choices as choosing
from models.imports import sections, taking, whole
from models.imports.choices import Choice
from models.imports.mappings import Kept
from models.imports.office import Content
from models.imports.taking import How, Note
from models.imports.understood import Mapping
from models.plan import Plan, Table
from models.template import Template
from ui import worker

if TYPE_CHECKING:
    from models.imports.word_plan import Taken

_READING, _AGAIN, _TAKING = N_("Đang đọc các bảng…"), N_("Đang hiểu lại bảng…"), N_("Đang nhập…")


@dataclass(frozen=True, slots=True)
class Start:
    """Where the wizard begins: a new plan of this template and year, or the open plan and one of its tables."""

    template: Template
    year: int
    how: How = "new"
    #: Key of the table that the rows go into, where it was called from one.
    table: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be taken in: tables ready for a plan, and for a whole Word plan the plan itself."""

    how: How
    template: Template
    year: int
    tables: list[Table]
    notes: list[Note]
    choices: list[Choice]
    plan: Plan | None = None


class Understanding(QObject):
    """What is understood of a file so far.

    ``read``: all its tables are, for the template that was asked for; ``changed``: one is understood anew; ``told``
    carries a sentence about the work that goes on, or about what failed.
    """

    read = Signal()
    changed = Signal()
    taken = Signal(object)
    told = Signal(str, str)

    def __init__(self, parent: QObject, content: Content, kept: Sequence[Kept], start: Start) -> None:
        super().__init__(parent)
        self.content, self._kept, self._start = content, list(kept), start
        self.choices: list[Choice] = []
        #: The whole of a Word plan, what was unsure of it, whether it is taken, and where its sections go instead.
        self.plan: Plan | None = None
        self.plan_doubts: list[tuple[str, str]] = []
        self.is_plan_taken = False
        self.moved: dict[str, str] = {}
        self._job: worker.Job[Any] | None = None
        self._waiting: dict[int, Mapping] = {}

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def stop(self) -> None:
        """Let go of the work that runs."""
        if self._job is not None:
            self._job.drop()
            self._job = None

    def _run(self, work: Callable[[worker.Progress], Any], done: Callable[[Any], None], said: str) -> None:
        """Do work in a thread; what is begun later counts alone."""
        self.stop()

        def finished(result: Any) -> None:
            self._job = None
            done(result)

        def failed(sentence: str) -> None:
            self._job = None
            self.told.emit(sentence, "error")

        def progress(share: float) -> None:
            self.told.emit(f"{_(said)} {round(100 * share)}%", "info")

        self._job = worker.run(self, work, finished, failed, progress)

    # ---- the whole file

    def understand(self, template: Template, is_new: bool) -> None:
        """Understand all tables for a template; ``is_new``: for a plan of its own, not for the open one."""
        content, kept, old = self.content, self._kept, self.choices
        self._waiting.clear()

        def work(progress: worker.Progress) -> tuple[list[Choice], Taken | None]:
            taken = None
            if content.word is not None:
                from models.imports import word_plan

                taken = word_plan.plan(content.word, template, content.path.name)
            return choosing.of_grids(content.grids, template, kept, progress), taken

        def done(result: tuple[list[Choice], Taken | None]) -> None:
            self.choices, taken = result
            for new, before in zip(self.choices, old, strict=False):
                # What was ticked stays so with another template.
                new.is_taken = before.is_taken and new.is_table
            if not is_new:
                self._aim(template)
            if taken is not None:
                self._take_plan(taken, template, is_new)
            choosing.settle(self.choices)
            self.read.emit()

        self.told.emit(_(_READING), "info")
        self._run(work, done, _READING)

    def _aim(self, template: Template) -> None:
        """Let rows go into the table that the wizard was called from."""
        spec = template.table(self._start.table)
        for choice in self.choices:
            if spec is not None and bool(spec.columns) == (choice.mapping.kind == "register"):
                choice.table = choice.usual = spec.key

    def _take_plan(self, taken: Taken, template: Template, is_new: bool) -> None:
        is_first = self.plan is None
        self.plan, self.moved = taken.plan, {}
        self.plan_doubts = [(doubt.message, doubt.severity) for doubt in taken.doubts]
        if is_first:
            self.is_plan_taken = is_new and sections.is_whole(taken.plan, template)
        if is_new:
            whole.aim(self.choices, self.content, taken)

    # ---- one table

    def mapping(self, at: int) -> Mapping:
        """The mapping of a table as it was put right last, understood or not yet."""
        return self._waiting.get(at, self.choices[at].mapping)

    def change(self, at: int, values: dict[str, Any], template: Template) -> None:
        """Put the mapping of a table right, and understand it anew."""
        self._waiting[at] = replace(self.mapping(at), **values)
        waiting = dict(self._waiting)
        chosen = {number: self.choices[number] for number in waiting}

        def work(_progress: worker.Progress) -> dict[int, Choice]:
            return {number: choosing.again(chosen[number], template, mapping) for number, mapping in waiting.items()}

        def done(found: dict[int, Choice]) -> None:
            self._waiting.clear()
            for number, choice in found.items():
                # What was chosen meanwhile.
                choice.is_taken = choice.is_taken and (self.choices[number].is_taken or not chosen[number].is_table)
                if choice.mapping.kind == chosen[number].mapping.kind:
                    choice.table = self.choices[number].table
                self.choices[number] = choice
            choosing.settle(self.choices)
            self.changed.emit()

        self._run(work, done, _AGAIN)

    def tick(self, at: int, is_on: bool) -> None:
        """Take a table, or leave it."""
        self.choices[at].is_taken = is_on
        choosing.settle(self.choices)

    def move(self, at: int, key: str) -> None:
        """Let the rows of a table go into that table of the plan."""
        self.choices[at].table = key
        choosing.settle(self.choices)

    # ---- taking

    def take(self, how: How, template: Template, first: int, last: int) -> None:
        """Make what is chosen ready for a plan; ``taken`` carries the result."""
        chosen, moved = list(self.choices), dict(self.moved)
        plan = self.plan if self.is_plan_taken else None

        doubts = self.plan_doubts if plan is not None else []

        def work(_progress: worker.Progress) -> Result:
            if plan is None:
                tables, notes = choosing.tables_of(chosen, template, first, last)
                return Result(how, template, first, tables, notes, chosen)
            made, tables, notes = whole.remade(plan, chosen, template)
            made.period_from, made.period_to = first, last
            made = sections.placed(made, template, moved)
            notes = [*(Note(-1, -1, "", text, severity) for text, severity in doubts), *notes]
            return Result(how, template, first, tables, notes, chosen, made)

        self.told.emit(_(_TAKING), "info")
        self._run(work, self.taken.emit, _TAKING)

    def problem(self) -> str:
        """Why nothing can be taken in yet; empty where it can."""
        taken = [choice for choice in self.choices if choice.is_taken]
        if not taken and not self.is_plan_taken:
            return _("Chưa chọn bảng nào để nhập; hãy đánh dấu ở danh sách bên trái.")
        return next(filter(None, map(choosing.problem, taken)), "")

    def said(self) -> str:
        """What will be taken in."""
        taken = [choice for choice in self.choices if choice.is_taken]
        tasks = sum(choice.sums.tasks for choice in taken if choice.mapping.kind == "tasks")
        said = _("Sẽ nhập {tasks} nhiệm vụ từ {tables} bảng.")
        if self.is_plan_taken:
            said = _("Sẽ nhập cả kế hoạch, trong đó có {tasks} nhiệm vụ từ {tables} bảng.")
        return said.format(tasks=tasks, tables=len(taken))

    def doubts_of(self, at: int | None) -> list[tuple[str, str]]:
        """What is unsure of a table, or of the text of a Word plan (``None``): sentence and severity."""
        if at is None:
            return self.plan_doubts
        choice = self.choices[at]
        return [(taking.told(choice.grid, doubt), doubt.severity) for doubt in choice.found.doubts]
