"""Numbers about the unit: what is typed, its share of a whole, and the sum of the parts beside the whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from models.i18n import N_, _
from models.money import format_percent
from models.plan import Plan
from models.template import Indicator
from models.text import format_number
from models.totals import add, differs
from ui.document import Document
from ui.widgets import values
from ui.widgets.fields import LineField

_STEP = 24


class IndicatorField(LineField):
    """One number of the plan's ``indicators``; its findings stand in a line over the whole width of the form."""

    def __init__(self, document: Document, spec: Indicator) -> None:
        self.spec = spec
        super().__init__(
            document, document.plan, f"indicators/{spec.key}", spec.label, N_("Sửa số liệu"),
            parse=lambda text: values.number(text, spec.unit), show_value=values.show_number, width=12,
        )  # fmt: skip
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _read(self) -> Any:
        return self.document.plan.indicators.get(self.spec.key)

    def _write(self, value: Any) -> None:
        plan: Plan = self.document.plan
        rest = {key: number for key, number in plan.indicators.items() if key != self.spec.key}
        number = {} if value is None else {self.spec.key: value}
        if self.spec.key in plan.indicators and value is not None:
            rest, number = plan.indicators | number, {}
        self.document.set(plan, "indicators", rest | number, self._edit)


class IndicatorForm(QWidget):
    """The numbers ``specs``, those that are parts of another one set in below it."""

    def __init__(self, document: Document, specs: Sequence[Indicator]) -> None:
        super().__init__()
        self.document = document
        self._specs = {spec.key: spec for spec in specs}
        self.fields: dict[str, IndicatorField] = {}
        self._computed: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        parts = {key for spec in specs for key in spec.parts}
        for row, spec in enumerate(specs):
            field = IndicatorField(document, spec)
            lines = field.detach_lines()
            label = field.take_label()
            label.setContentsMargins(_STEP if spec.key in parts else 0, 0, 0, 0)
            unit, computed = QLabel(spec.unit), QLabel()
            unit.setObjectName("muted")
            computed.setObjectName("muted")
            computed.setWordWrap(True)
            middle = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(label, 2 * row, 0, middle)
            grid.addWidget(field, 2 * row, 1, middle)
            grid.addWidget(unit, 2 * row, 2, middle)
            grid.addWidget(computed, 2 * row, 3, middle)
            grid.addWidget(lines, 2 * row + 1, 0, 1, 4)
            field.typed.connect(self.compute)
            self.fields[spec.key] = field
            self._computed[spec.key] = computed
        grid.setColumnStretch(3, 1)
        self.compute()
        if self.fields:
            self._fit()

    def _fit(self) -> None:
        """Labels as wide as the longest, as far as that is no more than half the form."""
        labels = [field.label for field in self.fields.values()]
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(label.text()) + label.contentsMargins().left() + 8 for label in labels]
        for label in labels:
            label.setFixedWidth(min(max(widths), metrics.averageCharWidth() * 48))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "fields") and self.fields:
            self._fit()

    def load(self) -> None:
        for field in self.fields.values():
            field.load()
        self.compute()

    def save(self) -> None:
        for field in self.fields.values():
            field.save()

    def show_findings(self) -> None:
        for field in self.fields.values():
            field.show_findings()

    def compute(self) -> None:
        """Shares and sums of the numbers as they are typed, also before they are written."""
        for key, label in self._computed.items():
            text = self._sentence(self._specs[key])
            if label.text() != text:
                label.setText(text)

    def computed(self, key: str) -> str:
        """What is worked out beside a number."""
        return self._computed[key].text()

    def _sentence(self, spec: Indicator) -> str:
        value = self._value(spec.key)
        found = []
        if spec.parts:
            parts = [self._value(key) for key in spec.parts]
            total = add(parts)  # type: ignore[arg-type]
            if total is not None:
                mark = " ≠" if differs(value, parts) else ""
                found.append(_("Tổng các phần: {total}").format(total=format_number(total)) + mark)
        whole = self._value(spec.ratio_of) if spec.ratio_of else None
        if value is not None and whole:
            percent = _percent(value, whole)
            above = self._specs.get(spec.ratio_of)
            if above is not None and spec.key in above.parts:
                found.append(_("{percent} của tổng").format(percent=percent))
            else:
                name = self._label(spec.ratio_of)
                found.append(_("{percent} của “{whole}”").format(percent=percent, whole=name))
        if spec.percent_of:
            part, whole = (self._value(key) for key in spec.percent_of)
            if part is not None and whole:
                found.append(_("Tính được: {percent}").format(percent=_percent(part, whole)))
        return " · ".join(found)

    def _value(self, key: str) -> int | float | None:
        field = self.fields.get(key)
        return field.current_value() if field else self.document.plan.indicators.get(key)

    def _label(self, key: str) -> str:
        spec = self.document.template.indicator(key)
        return spec.label if spec else key


def _percent(part: int | float, whole: int | float) -> str:
    return format_percent(Fraction(str(part)), Fraction(str(whole)))  # type: ignore[arg-type]
