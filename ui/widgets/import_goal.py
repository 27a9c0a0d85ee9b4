"""Where the tables of a file go: into a new plan of a template and a year, or into the open plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from models.i18n import _
from models.imports.taking import How
from models.template import Template


class GoalBar(QWidget):
    """``template_changed``: another template or another goal; ``year_changed``: another first year."""

    template_changed = Signal()
    year_changed = Signal()

    def __init__(self, templates: Sequence[Template], open_template: Template | None, open_year: int) -> None:
        super().__init__()
        self._templates = list(templates)
        self._open, self._open_year = open_template, open_year
        self._new_year = open_year
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.goal = QComboBox()
        self.goal.setAccessibleName(_("Nhập vào"))
        self.goal.setMinimumContentsLength(20)
        self.goal.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.goal.addItem(_("Kế hoạch mới"), "new")
        if open_template is not None:
            self.goal.addItem(_("Kế hoạch đang mở: thêm vào cuối bảng"), "append")
            self.goal.addItem(_("Kế hoạch đang mở: thay các dòng của bảng"), "replace")
        self.template_box = QComboBox()
        self.template_box.setAccessibleName(_("Mẫu kế hoạch"))
        self.template_box.setMinimumContentsLength(24)
        self.template_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one in self._templates:
            self.template_box.addItem(one.name, one.id)
        self.year = QSpinBox()
        self.year.setAccessibleName(_("Năm kế hoạch"))
        self.year.setRange(2000, 2100)
        self.year.setKeyboardTracking(False)
        self.year.lineEdit().setTextMargins(6, 0, 0, 0)
        self.year.setMinimumWidth(self.year.fontMetrics().averageCharWidth() * 12)
        for text, widget, stretch in (
            (_("Nhập và&o"), self.goal, 1), (_("Mẫu &kế hoạch"), self.template_box, 1), (_("Nă&m"), self.year, 0),
        ):  # fmt: skip
            label = QLabel(text)
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget, stretch)
        self.goal.currentIndexChanged.connect(lambda _at: self._on_goal())
        self.template_box.currentIndexChanged.connect(lambda _at: self.template_changed.emit())
        self.year.valueChanged.connect(lambda _value: self.year_changed.emit())

    # ---- load

    def begin(self, template: Template, year: int, how: How) -> None:
        """Begin with this template and year for a new plan, and with that goal; nothing is told of it."""
        with QSignalBlocker(self.goal), QSignalBlocker(self.template_box), QSignalBlocker(self.year):
            self.template_box.setCurrentIndex(self.template_box.findData(template.id))
            self._new_year = year
            self.goal.setCurrentIndex(max(0, self.goal.findData(how)))
            self._show()

    def _on_goal(self) -> None:
        if self.year.isEnabled():
            self._new_year = self.year.value()
        with QSignalBlocker(self.year):
            self._show()
        self.template_changed.emit()

    def _show(self) -> None:
        is_new = self.how == "new"
        self.template_box.setEnabled(is_new)
        self.year.setEnabled(is_new)
        self.year.setValue(self._new_year if is_new else self._open_year)

    def show_year(self, year: int) -> None:
        """Show the first year of the new plan, as the file tells it."""
        self._new_year = year
        with QSignalBlocker(self.year):
            self._show()

    def allow_only_new(self, is_only: bool) -> None:
        """Whether nothing but a new plan can be made of what is chosen."""
        if is_only and self.how != "new":
            self.goal.setCurrentIndex(0)
        self.goal.setEnabled(not is_only)

    # ---- what is chosen

    @property
    def how(self) -> How:
        how: How = self.goal.currentData()
        return how

    @property
    def template(self) -> Template:
        """The template of the plan that the tables go into."""
        if self.how != "new" and self._open is not None:
            return self._open
        return self._templates[max(0, self.template_box.currentIndex())]

    @property
    def years(self) -> tuple[int, int]:
        """The first and last year of the plan."""
        first = self.year.value()
        return first, first + self.template.years - 1

    def tab_chain(self) -> list[QWidget]:
        return [self.goal, self.template_box, self.year]
