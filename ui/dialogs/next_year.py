"""Lập từ kế hoạch năm trước: which plan, which template and year, which tasks go on, and what has no place any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import UserError
from models.i18n import _
from models.money import format_amount
from models.next_year import Made, Prospect, next_plan, prospect
from models.next_year_offers import offered_first, offered_template, total_going_on
from models.plan import Plan
from models.store import Summary
from models.template import Template
from ui import worker
from ui.dialogs.particulars import buttons
from ui.widgets.next_lists import BasisLines, NoteLines
from ui.widgets.next_tasks import TaskChoices, TaskView


class NextYearDialog(QDialog):
    """``made`` is the new plan (in no store) once the dialog is accepted.

    ``read`` gives a plan by its id, to be read only; ``plans`` are those to choose from, ``chosen`` is the id of the
    one to begin with.
    """

    def __init__(
        self,
        parent: QWidget | None,
        plans: Sequence[Summary],
        templates: Sequence[Template],
        read: Callable[[str], Plan],
        chosen: str = "",
    ) -> None:
        super().__init__(parent)
        self._plans, self._templates, self._read = plans, list(templates), read
        self.previous: Plan | None = None
        self.made: Made | None = None
        self._found: Prospect | None = None
        self._job: worker.Job[object] | None = None
        #: Whether something was chosen since the notes were worked out; and numbers of the old reviews that stay.
        self._is_stale = True
        self._kept: set[int] = set()
        self.setWindowTitle(_("Lập từ kế hoạch năm trước"))
        self._build()
        at = next((at for at, plan in enumerate(plans) if plan.id == chosen), 0)
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(at)
        self._choose_plan()
        metrics = self.fontMetrics()
        self.resize(min(1240, 150 * metrics.averageCharWidth()), min(680, 36 * metrics.lineSpacing()))
        self.tasks.setFocus()

    # ---- build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Lập từ kế hoạch năm trước"))
        title.setObjectName("title")
        layout.addWidget(title)
        layout.addLayout(self._build_form())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.choices = TaskChoices()
        self.choices.chosen.connect(self._on_chosen)
        self.tasks = TaskView(self.choices)
        self.tabs.addTab(self._tab(self.tasks, _(
            "Phím cách: chuyển sang hay không · 1 đã hoàn thành · 2 đang thực hiện · 3 chuyển sang năm sau"
            " · 0 chưa ghi. Số tiền tính bằng triệu đồng."
        )), "")  # fmt: skip
        self.bases = BasisLines(_("Căn cứ của kế hoạch trước"))
        self.bases.itemChanged.connect(lambda _item: self._on_chosen())
        self.tabs.addTab(self._tab(self.bases, _(
            "Đánh dấu căn cứ hết hiệu lực để thay ngay bằng văn bản mới; căn cứ không đánh dấu được giữ nguyên."
        )), "")  # fmt: skip
        self.notes = NoteLines(_("Điều cần biết về kế hoạch mới"))
        self.notes.itemChanged.connect(lambda _item: self._on_kept())
        self.tabs.addTab(self._tab(self.notes, _(
            "Kế hoạch trước không bị thay đổi. Lời văn chuyển sang được đánh dấu đến khi đọc lại."
        )), "")  # fmt: skip
        self.tabs.currentChanged.connect(lambda _at: self._look_at_notes())
        layout.addWidget(self.tabs, 1)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        layout.addWidget(self.said)
        self._buttons = buttons(self, _("Lập kế hoạch"), _("Hủy"))
        self._yes = next(one for one in self._buttons.buttons() if one.objectName() == "main")
        layout.addWidget(self._buttons)

    def _build_form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.choice, self.template_choice = QComboBox(), QComboBox()
        for row, (text, box) in enumerate(
            ((_("Kế hoạch t&rước"), self.choice), (_("&Mẫu kế hoạch"), self.template_choice))
        ):
            box.setAccessibleName(text.replace("&", ""))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            label = QLabel(text)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1, 1, 1 if row else 4)
        self.choice.addItems([_name(plan) for plan in self._plans])
        self.template_choice.addItems([one.name for one in self._templates])
        self.choice.currentIndexChanged.connect(lambda _at: self._choose_plan())
        self.template_choice.currentIndexChanged.connect(lambda _at: self._choose_template())
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.year.lineEdit().setTextMargins(6, 0, 0, 0)
        self.year.setMinimumWidth(self.year.fontMetrics().averageCharWidth() * 12)
        self._year_label = QLabel()
        self._year_label.setBuddy(self.year)
        self._period = QLabel()
        self._period.setObjectName("muted")
        self.year.valueChanged.connect(lambda _year: self._look())
        grid.addWidget(self._year_label, 1, 2)
        grid.addWidget(self.year, 1, 3)
        grid.addWidget(self._period, 1, 4)
        return grid

    def _tab(self, inside: QWidget, hint: str) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        label = QLabel(hint)
        label.setObjectName("muted")
        label.setWordWrap(True)
        layout.addWidget(label)
        layout.addWidget(inside, 1)
        return page

    # ---- what is chosen

    def template(self) -> Template | None:
        at = self.template_choice.currentIndex()
        return self._templates[at] if at >= 0 else None

    def _choose_plan(self) -> None:
        at = self.choice.currentIndex()
        self.previous, self._found, self._kept = None, None, set()
        try:
            self.previous = self._read(self._plans[at].id) if at >= 0 else None
        except UserError as error:
            self._fail(str(error))
            return
        if self.previous is not None:
            best = offered_template(self.previous, self._templates, date.today())
            with QSignalBlocker(self.template_choice):
                self.template_choice.setCurrentIndex(self._templates.index(best) if best is not None else -1)
            self._choose_template()

    def _choose_template(self) -> None:
        chosen = self.template()
        if chosen is None or self.previous is None:
            return
        name = _("&Năm kế hoạch") if chosen.years == 1 else _("&Năm đầu của giai đoạn")
        self._year_label.setText(name)
        self.year.setAccessibleName(name.replace("&", ""))
        with QSignalBlocker(self.year):
            self.year.setValue(offered_first(self.previous, chosen, date.today()))
        self._look()

    def _look(self) -> None:
        """Work out what can be offered for this plan, template and year."""
        chosen, previous, first = self.template(), self.previous, self.year.value()
        if chosen is None or previous is None:
            return
        last = first + chosen.years - 1
        self._period.setText("" if chosen.years == 1 else _("đến năm {year}").format(year=last))
        self._yes.setEnabled(False)
        self._run(lambda: prospect(previous, chosen, first), self._show)

    def _show(self, found: object) -> None:
        assert isinstance(found, Prospect)
        self._found = found
        self.choices.show_offers(found.tasks)
        self.bases.show_offers(found.bases)
        self._is_stale = True
        self.tabs.setTabText(0, _("N&hiệm vụ ({count})").format(count=len(found.tasks)))
        ended = sum(bool(one.ended) for one in found.bases)
        text = _("&Căn cứ ({count}, {ended} hết hiệu lực)") if ended else _("&Căn cứ ({count})")
        self.tabs.setTabText(1, text.format(count=len(found.bases), ended=ended))
        self.tabs.setTabText(2, _("Điề&u cần biết"))
        self._yes.setEnabled(True)
        self._say_chosen()
        self._look_at_notes()

    def _on_chosen(self) -> None:
        self._is_stale = True
        self._say_chosen()

    def _on_kept(self) -> None:
        self._kept = self.notes.checked()

    def _say_chosen(self) -> None:
        offers, carry = self.choices.offers(), self.choices.carry
        total = format_amount(total_going_on(offers, carry), "million")
        self.said.setObjectName("")
        text = _("Chuyển sang {carried}/{count} nhiệm vụ, {total} triệu đồng.")
        if not offers:
            text = _("Kế hoạch trước không có nhiệm vụ nào.")
        self.said.setText(text.format(carried=len(carry), count=len(offers), total=total))

    # ---- what has to be known

    def _look_at_notes(self) -> None:
        """Make the plan on trial, to tell what it will be like, once somebody looks."""
        work = self._work()
        if work is None or self.tabs.currentIndex() != 2 or not self._is_stale:
            return
        self._is_stale = False
        self._run(work, self._show_notes)

    def _show_notes(self, made: object) -> None:
        assert isinstance(made, Made) and self._found is not None
        self.notes.show_notes(made.notes, self._found.past, self._kept)

    # ---- making it

    def _work(self) -> Callable[[], Made] | None:
        chosen, previous, first = self.template(), self.previous, self.year.value()
        if chosen is None or previous is None or self._found is None:
            return None
        carry, states = set(self.choices.carry), dict(self.choices.states)
        replace, keep = self.bases.checked(), set(self._kept)
        return lambda: next_plan(previous, chosen, first, carry, states, replace, keep)

    def accept(self) -> None:
        work = self._work()
        if work is None or not self._yes.isEnabled():
            return
        self._yes.setEnabled(False)
        self._run(work, self._take)

    def _take(self, made: object) -> None:
        assert isinstance(made, Made)
        self.made = made
        super().accept()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.drop()
            self._job = None
        super().done(result)

    def _run(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        if self._job is not None:
            self._job.drop()
        self._job = worker.run(self, lambda _progress: work(), then, self._fail)

    def _fail(self, sentence: str) -> None:
        self.said.setObjectName("error")
        self.said.setText(sentence)
        self.said.style().polish(self.said)
        self._yes.setEnabled(False)


def _name(plan: Summary) -> str:
    first, last = plan.period_from, plan.period_to
    years = "–" if first is None else str(first) if last in (None, first) else f"{first}–{last}"
    return " · ".join(text for text in (years, plan.unit_name, plan.subject) if text)
