"""The page of what stands round the plan: the unit, the document, who signs and who gets it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.i18n import N_, _
from models.memory import PLAN_KINDS
from models.plan import Part, Plan, Section, walk_sections
from models.store import Change
from ui.document import Document
from ui.pages.page import Page, bring_into_view, card, titled
from ui.widgets import values
from ui.widgets.fields import ChoiceField, Field, LineField, LongField
from ui.widgets.finding_lines import FindingLines
from ui.widgets.indicators import IndicatorForm
from ui.widgets.letterhead import Letterhead
from ui.widgets.plan_fields import DateField, FirstYearField, LastYearField, capacities, positions
from ui.widgets.print_card import PrintCard
from ui.widgets.rows import field_row
from ui.widgets.tab_order import chain
from ui.widgets.template_line import TemplateLine

#: From this width of the page on there is room for the picture of the document.
_WIDE = 960


class GeneralPage(Page):
    """Cards of fields of the plan itself; at its right how the document's head will look."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.fields: dict[str, Field] = {}
        self._build()
        self.load()

    # ---- build

    def _build(self) -> None:
        layout, _title = titled(self, _("Thông tin chung"))
        layout.setContentsMargins(24, 16, 24, 0)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        layout.addLayout(columns, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        columns.addWidget(self._scroll, 1)
        self._letterhead = Letterhead(self.document.template, self.current)
        columns.addWidget(self._letterhead, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        self._scroll.setWidget(body)
        form = QVBoxLayout(body)
        form.setContentsMargins(0, 0, 8, 16)
        form.setSpacing(12)
        self._rest = FindingLines(self.document)
        form.addWidget(self._rest)
        self._build_cards(form)
        form.addStretch(1)
        chain([*(field.editor for field in self.fields.values()), *self.print_card.editors])
        for name in PLAN_KINDS:
            self.fields[name].remember()
        for field in self.fields.values():
            field.typed.connect(self._letterhead.update)

    def _build_cards(self, form: QVBoxLayout) -> None:
        unit = self._card(form, _("Đơn vị"))
        unit.addLayout(field_row(
            (self._line("unit_parent", _("Cơ quan chủ quản"), N_("Sửa cơ quan chủ quản")), 1),
            (self._line("unit_name", _("Tên đơn vị"), N_("Sửa tên đơn vị")), 1),
        ))  # fmt: skip
        unit.addLayout(field_row(
            (self._line("place", _("Địa danh"), N_("Sửa địa danh"), hint=_("ví dụ: Hà Tĩnh")), 1),
            (self._line("unit_code", _("Mã đơn vị"), N_("Sửa mã đơn vị"), hint=_("ví dụ: SNV")), 1),
        ))  # fmt: skip

        plan = self._card(form, _("Kế hoạch"))
        subject = LongField(self.document, self.document.plan, "subject", _("Trích yếu"), N_("Sửa trích yếu"), least=2)
        plan.addWidget(self._add(subject))
        plan.addLayout(field_row(
            (self._add(FirstYearField(self.document, _("Từ năm"))), 2),
            (self._add(LastYearField(self.document, _("Đến năm"))), 2),
            (self._line("addressee", _("Nơi nhận báo cáo"), N_("Sửa nơi nhận báo cáo")), 5),
        ))  # fmt: skip
        self.template_line = TemplateLine(self.document)
        plan.addWidget(self.template_line)

        number = self._card(form, _("Số và ngày ban hành"))
        number.addLayout(field_row(
            (self._line("number", _("Số"), N_("Sửa số kế hoạch"), hint=_("để trống cho văn thư")), 1),
            (self._line("symbol", _("Ký hiệu"), N_("Sửa ký hiệu"), hint=_("ví dụ: KH-SNV")), 1),
        ))  # fmt: skip
        days = (("day", _("Ngày")), ("month", _("Tháng")), ("year", _("Năm")))
        number.addLayout(field_row(*[(self._add(DateField(self.document, part, label)), 1) for part, label in days]))

        signer = self._card(form, _("Người ký"))
        self._capacity = ChoiceField(
            self.document, self.document.plan, "capacity", _("Quyền hạn ký"), N_("Sửa quyền hạn ký"),
            choices=capacities(self.document.plan.unit_name),
        )  # fmt: skip
        self._capacity.set_hint(_("trống: người đứng đầu ký"))
        self._position = ChoiceField(
            self.document, self.document.plan, "signer_position", _("Chức vụ"), N_("Sửa chức vụ người ký"),
            choices=positions(self.document.plan.unit_name),
        )  # fmt: skip
        signer.addLayout(field_row((self._add(self._capacity), 1), (self._add(self._position), 1)))
        signer.addLayout(field_row((self._line("signer_name", _("Họ và tên"), N_("Sửa người ký")), 1), (None, 1)))

        recipients = self._card(form, _("Nơi nhận"))
        field = LongField(
            self.document, self.document.plan, "recipients", _("Mỗi dòng một nơi nhận"), N_("Sửa nơi nhận"),
            parse=values.recipients, show_value=values.show_lines, least=4, most=10, many=True,
        )  # fmt: skip
        recipients.addWidget(self._add(field))

        keys = {section.key for section in walk_sections(self.document.plan.sections)}
        self._indicators = IndicatorForm(
            self.document, [spec for spec in self.document.template.indicators if spec.section not in keys]
        )
        if self._indicators.fields:
            self._card(form, _("Số liệu khác")).addWidget(self._indicators)
            self.fields |= {field.name: field for field in self._indicators.fields.values()}

        self.print_card = PrintCard(self.document)
        self._card(form, _("Trình bày bản in")).addWidget(self.print_card)

    def _card(self, form: QVBoxLayout, title: str) -> QVBoxLayout:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        label = QLabel(title)
        label.setObjectName("heading")
        column.addWidget(label)
        form.addWidget(frame)
        return column

    def _add(self, field: Field) -> Field:
        self.fields[field.name] = field
        return field

    def _line(self, name: str, label: str, edit: str, **options: Any) -> Field:
        return self._add(LineField(self.document, self.document.plan, name, label, edit, **options))

    # ---- load

    def load(self) -> None:
        for field in self.fields.values():
            field.load()
        unit = self.document.plan.unit_name
        self._capacity.set_choices(capacities(unit))
        self._position.set_choices(positions(unit))
        self._indicators.compute()
        self.print_card.load()
        self._show_rest()
        self._letterhead.update()

    def on_change(self, change: Change) -> None:
        if self.document.plan in change.parts:
            self.load()
        elif any(isinstance(owner, Plan | Section) for owner in change.owners):
            # A section that holds the legal bases may have come or gone.
            self.print_card.load()

    def on_evaluated(self) -> None:
        for field in self.fields.values():
            field.show_findings()
        self._show_rest()

    def _show_rest(self) -> None:
        """Findings of the whole plan that no field here stands for."""
        found = self.document.findings_at("general")
        self._rest.show_findings([finding for finding in found if finding.field not in self.fields])

    def current(self, name: str) -> Any:
        """The value of a field of the plan as it is typed, also before it is written."""
        field = self.fields.get(name)
        return field.current_value() if field else getattr(self.document.plan, name)

    def show_template(self) -> None:
        """A template came or went."""
        self.template_line.load()

    # ---- save

    def save(self) -> None:
        for field in self.fields.values():
            field.save()

    # ---- places

    def enter(self) -> None:
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus given to the page is for what is typed first; a proxy would be a trap for Shift+Tab."""
        first = next(iter(self.fields.values())).editor
        first.setFocus(event.reason())
        bring_into_view(first)

    def go_to(self, part: Part, field: str) -> None:
        target = self.fields.get(field)
        if target is None:
            self._scroll.ensureVisible(0, 0)
            next(iter(self.fields.values())).go()
            return
        target.go()
        self._scroll.ensureWidgetVisible(target, 24, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._letterhead.setVisible(self.width() >= _WIDE * self.fontMetrics().height() / 17)
