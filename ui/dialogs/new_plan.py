"""A new plan: which template, from which year, of which unit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from models import template
from models.create import new_plan
from models.errors import TemplateError
from models.i18n import _
from models.plan import Plan
from models.settings import Settings
from models.template import Template, fill_years
from ui import icons, theme
from ui.dialogs.particulars import UnitForm, buttons, particulars, remember
from ui.memory import Recall

_TEMPLATE = Qt.ItemDataRole.UserRole + 1
_PAD = 12
_WRAP = int(Qt.TextFlag.TextWordWrap)


def load_templates() -> tuple[list[Template], list[str]]:
    """The templates at hand, the newest first, and a sentence for each that cannot be used."""
    found, faults = [], []
    for template_id in template.known():
        try:
            found.append(template.newest(template_id))
        except TemplateError as error:
            faults.append(str(error))
    return sorted(found, key=lambda one: (-one.default_from, one.years, one.name)), faults


def first_year(chosen: Template, templates: list[Template], today: date) -> int:
    """The year to offer: the next one for today's yearly template, its own for any other."""
    newest = max((one.default_from for one in templates if one.years == 1), default=0)
    if chosen.years == 1 and chosen.default_from == newest:
        return max(chosen.default_from, today.year + (today.month > 6))
    return chosen.default_from


class NewPlanDialog(QDialog):
    """``plan`` is the new plan once the dialog is accepted."""

    def __init__(self, parent: QWidget | None, settings: Settings, memory: Recall | None = None) -> None:
        super().__init__(parent)
        self.settings, self._memory = settings, memory
        self.plan: Plan | None = None
        self._templates, faults = load_templates()
        self._is_year_typed = False
        self.setWindowTitle(_("Kế hoạch mới"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Kế hoạch mới"))
        title.setObjectName("title")
        layout.addWidget(title)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(self._build_left(), 6)
        columns.addLayout(self._build_right(), 5)
        layout.addLayout(columns, 1)
        self._fault = QLabel("\n".join(faults))
        self._fault.setObjectName("error")
        self._fault.setTextFormat(Qt.TextFormat.PlainText)
        self._fault.setWordWrap(True)
        self._fault.setVisible(bool(faults))
        layout.addWidget(self._fault)
        self._buttons = buttons(self, _("Lập kế hoạch"), _("Hủy"))
        layout.addWidget(self._buttons)
        self._fill()
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1300, 128 * width), min(640, 32 * self.fontMetrics().lineSpacing()))

    # ---- build

    def _build_left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(8)
        self.choice = QListWidget()
        self.choice.setAccessibleName(_("Mẫu kế hoạch"))
        self.choice.setObjectName("card")
        self.choice.setItemDelegate(_TemplateDelegate(self.choice))
        self.choice.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.choice.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.choice.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choice.currentRowChanged.connect(lambda _row: self._chosen())
        label = _label(_("&Mẫu kế hoạch"), self.choice)
        left.addWidget(label)
        left.addWidget(self.choice, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.year.setMinimumWidth(self.year.fontMetrics().averageCharWidth() * 12)
        self.year.lineEdit().setTextMargins(6, 0, 0, 0)
        self.year.valueChanged.connect(lambda _year: self._show_subject())
        self.year.lineEdit().textEdited.connect(lambda _text: self._year_typed())
        self._year_label = _label("", self.year)
        self._period = QLabel()
        self._period.setObjectName("muted")
        row.addWidget(self._year_label)
        row.addWidget(self.year)
        row.addWidget(self._period, 1)
        left.addLayout(row)
        self._subject = QLabel()
        self._subject.setObjectName("muted")
        self._subject.setTextFormat(Qt.TextFormat.PlainText)
        self._subject.setWordWrap(True)
        # Room for two lines, so that nothing moves when the subject grows.
        self._subject.setMinimumHeight(2 * self._subject.fontMetrics().lineSpacing())
        self._subject.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.addWidget(self._subject)
        return left

    def _build_right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        self.form = UnitForm()
        self.form.load(particulars(self.settings))
        if self._memory is not None:
            self.form.remember(self._memory)
        right.addWidget(_label(_("Thông tin đơn vị (được nhớ cho lần sau)"), self.form))
        right.addWidget(self.form, 1)
        return right

    def _fill(self) -> None:
        for one in self._templates:
            item = QListWidgetItem(one.name)
            item.setData(_TEMPLATE, one)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, one.summary)
            self.choice.addItem(item)
        self.choice.setCurrentRow(0)
        self.choice.setFocus(Qt.FocusReason.TabFocusReason)
        for button in self._buttons.buttons():
            if button.objectName() == "main":
                button.setEnabled(bool(self._templates))

    # ---- what is chosen

    def template(self) -> Template | None:
        item = self.choice.currentItem()
        return item.data(_TEMPLATE) if item is not None else None

    def _year_typed(self) -> None:
        self._is_year_typed = True

    def _chosen(self) -> None:
        chosen = self.template()
        if chosen is None:
            return
        name = _("&Năm kế hoạch") if chosen.years == 1 else _("&Năm đầu của giai đoạn")
        self._year_label.setText(name)
        self.year.setAccessibleName(name.replace("&", ""))
        if not self._is_year_typed:
            self.year.setValue(first_year(chosen, self._templates, date.today()))
        self._show_subject()

    def _show_subject(self) -> None:
        chosen, first = self.template(), self.year.value()
        if chosen is None:
            return
        last = first + chosen.years - 1
        self._period.setText("" if chosen.years == 1 else _("đến năm {year}").format(year=last))
        subject = fill_years(chosen.subject, first, last)
        self._subject.setText(_("Trích yếu: {subject}").format(subject=subject))

    def accept(self) -> None:
        chosen = self.template()
        if chosen is None:
            return
        values = self.form.values()
        remember(self.settings, values)
        self.plan = new_plan(chosen, self.year.value(), values)
        super().accept()


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    label.setBuddy(buddy)
    return label


def _mark_size(font: QFont) -> int:
    return round(QFontMetrics(font).ascent() * 1.3)


class _TemplateDelegate(QStyledItemDelegate):
    """Paints a template: a mark where it is the chosen one, its name, and what it is for."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def _boxes(self, font: QFont, chosen: Template, width: int) -> tuple[QFont, QRect, QRect]:
        bold = QFont(font)
        bold.setBold(True)
        room = QRect(0, 0, max(80, width - 3 * _PAD - _mark_size(font)), 10_000)
        name = QFontMetrics(bold).boundingRect(room, _WRAP, chosen.name)
        summary = QFontMetrics(font).boundingRect(room, _WRAP, chosen.summary)
        name.setWidth(room.width())
        summary.setWidth(room.width())
        return bold, name, summary

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        _bold, name, summary = self._boxes(option.font, index.data(_TEMPLATE), width)
        return QSize(width, name.height() + summary.height() + 2 * _PAD + 4)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c, chosen = theme.colours(), index.data(_TEMPLATE)
        rect = QRect(option.rect)
        bold, name, summary = self._boxes(option.font, chosen, rect.width())
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(rect, QColor(c.selection))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(c.border))
        if is_chosen:
            mark = c.accent if self._view.hasFocus() else c.border
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), QColor(mark))
        sign = icons.icon("check-circle-fill" if is_chosen else "circle", c.accent if is_chosen else c.muted)
        size = _mark_size(option.font)
        sign.paint(painter, QRect(rect.left() + _PAD, rect.top() + _PAD, size, size))
        left, top = rect.left() + 2 * _PAD + size, rect.top() + _PAD
        painter.setFont(bold)
        painter.setPen(QColor(c.text))
        painter.drawText(name.translated(left - name.left(), top - name.top()), _WRAP, chosen.name)
        painter.setFont(option.font)
        painter.setPen(QColor(c.text if is_chosen else c.muted))
        top += name.height() + 4
        painter.drawText(summary.translated(left - summary.left(), top - summary.top()), _WRAP, chosen.summary)
        painter.restore()


def ask_new_plan(parent: QWidget | None, settings: Settings, memory: Recall | None = None) -> Plan | None:
    """Ask for template, year and unit; the new plan (not yet stored), or ``None`` where it was called off."""
    dialog = NewPlanDialog(parent, settings, memory)
    return dialog.plan if dialog.exec() == QDialog.DialogCode.Accepted else None
