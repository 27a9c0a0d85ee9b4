"""Taking in an office's workbook or Word file: what was understood, over the picture of its tables, to be put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from models.i18n import _
from models.imports import asking, sections, taking
from models.imports.choices import Choice
from models.imports.mappings import Kept
from models.imports.office import Content
from models.template import Template, fill_years
from ui.importing_work import Result, Start, Understanding
from ui.widgets.import_doubts import DoubtList
from ui.widgets.import_foot import ImportFoot
from ui.widgets.import_form import TableForm
from ui.widgets.import_goal import GoalBar
from ui.widgets.import_list import TableList, said_of
from ui.widgets.import_picture import PictureView
from ui.widgets.import_sections import SectionList
from ui.widgets.tab_order import chain


class ImportDialog(QDialog):
    """``result_of`` is what is to be taken in, once the dialog is accepted."""

    def __init__(
        self,
        parent: QWidget | None,
        content: Content,
        templates: Sequence[Template],
        start: Start,
        kept: Sequence[Kept] = (),
        open_template: Template | None = None,
        open_year: int = 0,
    ) -> None:
        super().__init__(parent)
        self.result_of: Result | None = None
        self.work = Understanding(self, content, kept, start)
        self._is_entered = False
        self.setWindowTitle(_("Nhập từ Excel, Word"))
        self._build(content.path.name, GoalBar(templates, open_template, open_year or start.year))
        self.goal.begin(start.template, start.year, start.how)
        self.work.told.connect(self._on_told)
        self.work.read.connect(self._on_read)
        self.work.changed.connect(self._show_all)
        self.work.taken.connect(self._on_taken)
        self._understand()

    # ---- build

    def _build(self, name: str, goal: GoalBar) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        title = QLabel(_("Nhập từ “{file}”").format(file=name))
        title.setObjectName("title")
        title.setMinimumWidth(200)
        layout.addWidget(title)
        self.goal = goal
        goal.template_changed.connect(self._understand)
        goal.year_changed.connect(self._show_current)
        layout.addWidget(goal)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self._build_left())
        split.addWidget(self._build_right())
        split.setStretchFactor(1, 1)
        wide = 30 * self.fontMetrics().averageCharWidth()
        split.setSizes([wide, 1300 - wide])
        layout.addWidget(split, 1)
        self.foot = ImportFoot()
        self.foot.asked.connect(self._take)
        self.foot.cancelled.connect(self.reject)
        layout.addWidget(self.foot)
        room = self.screen().availableGeometry()
        self.resize(min(1320, room.width() - 24), min(760, room.height() - 48))
        self.setSizeGripEnabled(True)

    def _build_left(self) -> QWidget:
        left, layout = _column(0, 8)
        self.list = TableList()
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.list.ticked.connect(self._on_ticked)
        self.list.entered.connect(self._enter_current)
        layout.addWidget(_label(_("&Bảng trong tệp"), self.list))
        layout.addWidget(self.list, 1)
        return left

    def _build_right(self) -> QWidget:
        right, layout = _column(8, 0)
        self.form = TableForm()
        self.form.changed.connect(self._change)
        self.form.moved.connect(self._move)
        self.picture = PictureView()
        self.picture.column_chosen.connect(self._on_column)
        self.sections = SectionList()
        self.sections.moved.connect(self._on_section)
        self.remembered = QLabel(_("Hiểu như lần trước đã sửa cho tệp cùng dạng."))
        self.remembered.setObjectName("muted")
        self.remembered.setWordWrap(True)
        table, inside = _column()
        inside.addWidget(self.form)
        inside.addWidget(self.remembered)
        inside.addWidget(self.picture, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(self.sections)
        below, under = _column()
        under.setContentsMargins(0, 6, 0, 0)
        self.doubts = DoubtList()
        self.doubts.asked.connect(self._go_to_doubt)
        self._doubts_label = _label("", self.doubts)
        under.addWidget(self._doubts_label)
        under.addWidget(self.doubts, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self._stack)
        parts.addWidget(below)
        parts.setStretchFactor(0, 1)
        parts.setSizes([560, 100])
        layout.addWidget(parts, 1)
        return right

    # ---- understanding

    def _understand(self) -> None:
        self.work.understand(self.goal.template, self.goal.how == "new")
        self.foot.button.setEnabled(False)

    def _on_read(self) -> None:
        if self.work.plan is not None:
            found = sections.found_in(self.work.plan, self.goal.template)
            if self.work.is_plan_taken and self.work.plan.period_from is not None:
                self.goal.show_year(self.work.plan.period_from)
            self.sections.show_sections(found, sections.targets(self.goal.template, *self.goal.years))
        self._show_all()
        if not self._is_entered:
            self._is_entered = True
            first = next((at for at, choice in enumerate(self.work.choices) if choice.is_taken), 0)
            self.list.setCurrentRow(0 if self.work.is_plan_taken else first + (self.work.plan is not None))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_told(self, sentence: str, kind: str) -> None:
        self.foot.tell(sentence, kind)
        self.foot.button.setEnabled(not self.work.is_busy and kind == "error" and not self.work.problem())

    def _change(self, values: dict[str, object]) -> None:
        at = self._current()
        if at is not None:
            self.work.change(at, values, self.goal.template)
            self.foot.button.setEnabled(False)

    def _on_column(self, column: int, field: str) -> None:
        at = self._current()
        if at is not None:
            columns = list(self.work.mapping(at).columns)
            columns[column] = field
            self._change({"columns": columns})

    def _move(self, key: str) -> None:
        """Let the rows of the current table go into another table of the plan."""
        at = self._current()
        if at is not None:
            self.work.move(at, key)
            if not self.work.is_busy:
                self._show_all()

    def _on_section(self, key: str, target: str) -> None:
        self.work.moved[key] = target

    def _on_ticked(self, line: int, is_on: bool) -> None:
        at = self._number(line)
        if at is None:
            self.work.is_plan_taken = is_on
        else:
            self.work.tick(at, is_on)
        self._show_all()

    # ---- what is shown

    def _number(self, line: int) -> int | None:
        """Which table a line of the list is; ``None`` for the text of a Word file."""
        at = line - (self.work.plan is not None)
        return at if 0 <= at < len(self.work.choices) else None

    def _current(self) -> int | None:
        return self._number(self.list.currentRow())

    def _show_all(self) -> None:
        work = self.work
        lines = [(one.grid.name, said_of(one, self._target_of(one)), one.is_taken) for one in work.choices]
        if work.plan is not None:
            count, bases = len(self.sections.boxes), len(work.plan.legal_bases)
            said = [_("{count} mục, {bases} căn cứ").format(count=count, bases=bases)]
            if work.plan_doubts:
                said.append(_("{count} điều chưa chắc").format(count=len(work.plan_doubts)))
            lines.insert(0, (_("Cả kế hoạch (lời văn)"), said, work.is_plan_taken))
        self.list.show_lines(lines)
        self.goal.allow_only_new(work.is_plan_taken)
        self._show_current()

    def _target_of(self, choice: Choice) -> str:
        offered = taking.targets(self.goal.template, choice.mapping.kind == "register")
        named = {key: fill_years(title, *self.goal.years) for key, title in offered}
        return named.get(choice.table, _("Danh mục mới của đơn vị"))

    def _show_current(self) -> None:
        at, template, years = self._current(), self.goal.template, self.goal.years
        choice = self.work.choices[at] if at is not None else None
        self._stack.setCurrentIndex(1 if choice is None and self.work.plan is not None else 0)
        self.form.load(choice, template, *years)
        offered = asking.offered(choice.mapping, template, *years) if choice is not None else []
        self.picture.show_found(choice.found if choice is not None else None, offered)
        self.remembered.setVisible(choice is not None and choice.is_remembered)
        lines = self.work.doubts_of(at) if choice is not None or self.work.plan is not None else []
        self.doubts.show_lines(lines)
        said = _("C&hưa chắc: {count} (Enter: tới đúng ô)") if lines else _("C&hưa chắc: không có gì")
        self._doubts_label.setText(said.format(count=len(lines)))
        self.foot.show_sums(choice)
        if not self.work.is_busy:
            problem = self.work.problem()
            self.foot.button.setEnabled(not problem)
            self.foot.tell(problem or self.work.said(), "warning" if problem else "info")
        chain([
            *self.goal.tab_chain(), self.list, *self.form.tab_chain(), *self.picture.choices.tab_chain(),
            self.picture, *self.sections.tab_chain(), self.doubts, *self.foot.tab_chain(),
        ])  # fmt: skip

    # ---- going about

    def _enter_current(self) -> None:
        (self.sections if self._stack.currentIndex() else self.picture).setFocus()

    def _go_to_doubt(self, line: int) -> None:
        at = self._current()
        if at is not None and 0 <= line < len(self.work.choices[at].found.doubts):
            doubt = self.work.choices[at].found.doubts[line]
            self.picture.go_to(max(doubt.row, 0), doubt.column)

    # ---- taking in

    def _take(self) -> None:
        if self.foot.button.isEnabled():
            self.work.take(self.goal.how, self.goal.template, *self.goal.years)
            self.foot.button.setEnabled(False)

    def _on_taken(self, result: Result) -> None:
        self.result_of = result
        self.accept()

    def done(self, result: int) -> None:
        self.work.stop()
        super().done(result)


def _column(left: int = 0, right: int = 0) -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(left, 0, right, 0)
    layout.setSpacing(6)
    return widget, layout


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    label.setBuddy(buddy)
    return label
