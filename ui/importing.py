"""Taking in an office's workbook or Word file: read in a thread, shown in the wizard, taken in as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog
from shiboken6 import isValid

from models import document as plan_document
from models.create import new_plan
from models.errors import UserError
from models.i18n import N_, _
from models.imports import mappings, office, taking, whole
from models.imports.office import Content
from models.plan import Part, Plan, Row, Table, walk, walk_rows
from ui import opening, worker
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.new_plan import first_year, load_templates
from ui.dialogs.particulars import particulars
from ui.importing_work import Result, Start
from ui.reading_only import WHY

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.widgets.import_doubts import DoubtsPanel, Line

_LABEL = N_("Nhập từ Excel, Word")


def ask(window: MainWindow, table: Table | None = None) -> None:
    """Ask for a workbook or Word file and take it in: into ``table`` of the open plan, or wherever is chosen then."""
    pattern = _("Bảng tính Excel, văn bản Word (*.xlsx *.xlsm *.docx);;Mọi tệp (*)")
    name, _filter = QFileDialog.getOpenFileName(window, _("Nhập từ Excel, Word"), "", pattern)
    if name:
        begin(window, [Path(name)], table)


def begin(window: MainWindow, paths: Sequence[Path], table: Table | None = None) -> None:
    """Read these files and show the wizard for each in turn; a plan's own file among them is just opened."""
    if window.store.is_reading:
        window.tell(_(WHY), "error")
        return
    key = table.key if table is not None else ""

    def done(contents: list[Content] | None) -> None:
        if not isValid(window):
            return
        window.messages.hide()
        if contents is None:
            opening.take_in(window, paths)
        else:
            show_all(window, contents, key)

    def failed(sentence: str) -> None:
        if isValid(window):
            window.tell(sentence, "error")

    job = worker.run(window, lambda _progress: _read(paths), done, failed)
    stop = partial(_stop, window, job)
    names = ", ".join(path.name for path in paths)
    window.messages.tell(_("Đang đọc “{file}”…").format(file=names), "info", _("Dừng"), stop)


def _stop(window: MainWindow, job: worker.Job[Any]) -> None:
    job.drop()
    window.tell(_("Đã dừng, chưa nhập gì."), "info")


def _read(paths: Sequence[Path]) -> list[Content] | None:
    """What is in the files; ``None``: one of them holds a plan, or nothing that can be read. For a thread."""
    return [office.read(path) for path in paths] if all(map(office.kind, paths)) else None


def show_all(window: MainWindow, contents: Sequence[Content], key: str = "") -> None:
    """The wizard for each of the files in turn; ``key`` is that of the table of the open plan it was called from."""
    if window.store.is_reading:
        window.tell(_(WHY), "error")
        return
    if window.workspace is not None:
        window.workspace.page.save()
    templates, faults = load_templates()
    if not templates:
        window.tell(faults[0] if faults else _("Không có mẫu kế hoạch nào."), "error")
        return
    kept, notice = mappings.read(window.store.path.parent)
    if notice:
        window.tell(notice, "warning")
    content, others = contents[0], contents[1:]
    chosen, year = templates[0], first_year(templates[0], templates, date.today())
    if (likely := office.likely(content.years, templates)) is not None:
        chosen, year = likely
    document = window.workspace.document if window.workspace is not None else None
    is_into = bool(key) and document is not None
    start = Start(chosen, year, "append" if is_into else "new", key if is_into else "")
    dialog = ImportDialog(
        window,
        content,
        templates,
        start,
        kept,
        document.template if document is not None else None,
        (document.plan.period_from or year) if document is not None else 0,
    )

    def finished(code: int) -> None:
        result = dialog.result_of
        dialog.deleteLater()
        if code == QDialog.DialogCode.Accepted and result is not None and isValid(window):
            take(window, result, kept)
        if others and isValid(window):
            show_all(window, others)

    dialog.finished.connect(finished)
    dialog.open()


# ---- taking in


def take(window: MainWindow, result: Result, kept: list[mappings.Kept]) -> None:
    """Take in what was chosen, as one step, and say what came; how it was understood is remembered."""
    rows = [list(walk_rows(table.rows)) for table in result.tables]
    if result.how == "new":
        values = particulars(window.settings)
        plan = result.plan or new_plan(result.template, result.year, values)
        whole.fill(plan, values)
        parts = _parts(result, taking.put(plan, result.tables, "new"), rows)
        try:
            window.store.add(plan)
        except UserError as error:
            window.tell(str(error), "error")
            return
        if not window.open_plan(plan.id) or window.workspace is None:
            return
        parts = _same(parts, plan, window.workspace.document.plan)
    else:
        if window.workspace is None:
            return
        document, into = window.workspace.document, list[Table]()
        with document.edit(_LABEL) as open_plan:
            into += taking.put(open_plan, result.tables, result.how)
        if any(not any(table is one for one in document.plan.tables) for table in into):
            # It failed, which the window has told.
            return
        parts = _parts(result, into, rows)
    for choice in (choice for choice in result.choices if choice.is_taken):
        kept = mappings.remember(kept, choice.shape, choice.guessed, choice.mapping, choice.table, choice.usual)
    not_kept = mappings.write(window.store.path.parent, kept)
    lines = [(note.message, note.severity) for note in result.notes]
    fields = [note.field if isinstance(part, Row) else "" for note, part in zip(result.notes, parts, strict=True)]
    _tell(window, result, list(zip(lines, parts, fields, strict=True)), not_kept)


def _parts(result: Result, into: list[Table], rows: list[list[Row]]) -> list[Part | None]:
    """What each doubt is about: the row that came of it, else its table; ``None``: the plan as a whole."""
    found: list[Part | None] = []
    for note in result.notes:
        if note.table < 0:
            found.append(None)
        elif 0 <= note.row < len(rows[note.table]):
            found.append(rows[note.table][note.row])
        else:
            found.append(into[note.table])
    return found


def _same(parts: list[Part | None], before: Plan, after: Plan) -> list[Part | None]:
    """The parts at the same places of a plan that was stored and read again."""
    there = plan_document.pointers(after)
    by_pointer = {there[id(part)]: part for part in walk(after) if id(part) in there}
    here = plan_document.pointers(before)
    return [by_pointer[here[id(part)]] if part is not None else None for part in parts]


def _tell(window: MainWindow, result: Result, places: list[tuple[Line, Part | None, str]], not_kept: str) -> None:
    workspace = window.workspace
    assert workspace is not None
    first = next(iter(result.tables), None)
    table = next((one for one in workspace.document.plan.tables if first is not None and one.key == first.key), None)
    if table is not None:
        workspace.enter_place(table)
    taken = [choice for choice in result.choices if choice.is_taken]
    tasks = sum(choice.sums.tasks for choice in taken if choice.mapping.kind == "tasks")
    sentence = _("Đã nhập {tasks} nhiệm vụ từ {tables} bảng.")
    if result.plan is not None:
        sentence = _("Đã nhập cả kế hoạch, trong đó có {tasks} nhiệm vụ từ {tables} bảng.")
    said = [sentence.format(tasks=tasks, tables=len(taken))]
    if result.how != "new":
        said.append(_("Ctrl+Z: hoàn tác."))
    said.append(_("{count} điều chưa chắc.").format(count=len(places)) if places else _("Không có gì chưa chắc."))
    window.tell(" ".join([*said, *filter(None, [not_kept])]), "warning" if not_kept else "info")
    workspace.import_doubts = places
    if places:
        show_doubts(window)


def show_doubts(window: MainWindow) -> None:
    """Show under the open plan what was unsure of the last import into it, or put the cursor there."""
    workspace = window.workspace
    if workspace is None:
        return
    if not workspace.import_doubts:
        window.tell(_("Lần nhập gần nhất không có gì chưa chắc."), "info")
        return
    from ui.widgets.import_doubts import DoubtsPanel

    panel: DoubtsPanel | None = workspace.findChild(DoubtsPanel)
    if panel is None:
        panel = DoubtsPanel(workspace.import_doubts)
        panel.asked.connect(partial(_go_to, window))
        panel.closed.connect(partial(_close, window, panel))
        workspace.add_below(panel)
        return
    panel.list.setFocus()


def _go_to(window: MainWindow, part: Part | None, field: str) -> None:
    """Put the cursor into the row of a doubt; one that was taken out of the plan since is told."""
    workspace = window.workspace
    if workspace is None or part is None:
        return
    # A part that was taken out of the plan is in it no more, whatever it hung on.
    table = next(
        (
            one
            for one in workspace.document.plan.tables
            if part is one or any(part is row for row in walk_rows(one.rows))
        ),
        None,
    )
    if table is None:
        window.tell(_("Dòng này không còn trong kế hoạch."), "info")
        return
    workspace.go_to(table, part, field)


def _close(window: MainWindow, panel: DoubtsPanel) -> None:
    panel.hide()
    panel.setParent(None)
    panel.deleteLater()
    if window.workspace is not None:
        window.workspace.page.enter()
