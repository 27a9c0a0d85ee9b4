"""How the plan is printed where the decree and the offices leave a choice: numbers of headings, bases, appendices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from models.i18n import N_, _
from models.plan import find_section
from models.text import BASES_SECTION
from ui.document import Document
from ui.reading_only import edits
from ui.widgets.fields import Combo
from ui.widgets.rows import GAP

#: Number styles of headings that offices use, by depth; the template's own comes before them.
_OUTLINES = (
    ("Phần I", "I", "1", "a"),
    ("Phần I", "I", "1", "1.1", "a"),
    ("I", "1", "1.1", "a"),
    ("I", "1", "a"),
    ("1", "1.1", "a"),
)


class PrintCard(QWidget):
    """Three choices and a check box; each change is one edit. ``None`` is the choice of the template."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        edits(self)
        self.outline = self._combo(_("Kiểu đánh số đề mục"), self._set_outline)
        self.bases = self._combo(
            _("Căn cứ pháp lý"), lambda form: _set_option(document, "bases", form, N_("Đổi cách in căn cứ"))
        )
        self.attached = self._combo(
            _("Dòng dưới tên phụ lục"),
            lambda line: _set_option(document, "attached", line, N_("Đổi dòng “Kèm theo”")),
        )
        self.charts = QCheckBox(_("Thêm trang biểu đồ vào bản in PDF"))
        self.charts.toggled.connect(lambda wanted: print_charts(document, wanted))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(12)
        for place, combo in enumerate((self.outline, self.bases, self.attached)):
            grid.addLayout(self._labelled(combo), place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        grid.addWidget(self.charts, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.editors: tuple[QWidget, ...] = (self.outline, self.bases, self.attached, self.charts)
        self.load()

    # ---- build

    def _combo(self, name: str, choose: Callable[[Any], None]) -> QComboBox:
        combo = Combo()
        combo.setAccessibleName(name)
        # The window may be narrower than the longest choice.
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.activated.connect(lambda _index: choose(combo.currentData()))
        return combo

    @staticmethod
    def _labelled(combo: QComboBox) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        label = QLabel(combo.accessibleName())
        label.setBuddy(combo)
        column.addWidget(label)
        column.addWidget(combo)
        return column

    # ---- load

    def load(self) -> None:
        plan, template = self.document.plan, self.document.template
        chosen = plan.outline if plan.outline is None else tuple(plan.outline)
        styles: list[tuple[str, ...]] = [one for one in _OUTLINES if one != template.outline]
        if chosen not in (None, template.outline, *styles):
            styles.append(tuple(chosen or ()))
        _fill(
            self.outline,
            [(_("Theo mẫu: {styles}").format(styles=_shown(template.outline)), None)]
            + [(_shown(one), one) for one in styles],
            None if chosen == template.outline else chosen,
        )
        options = plan.print_options
        paragraphs, bullets = _("Đoạn văn in nghiêng"), _("Gạch đầu dòng")
        usual = bullets if find_section(plan, BASES_SECTION) else paragraphs
        _fill(
            self.bases,
            [
                (_("Theo mẫu: {form}").format(form=usual[:1].lower() + usual[1:]), None),
                (paragraphs, "paragraphs"),
                (bullets, "bullets"),
            ],
            options.get("bases"),
        )
        # Printed in Vietnamese in any language of the window.
        _fill(
            self.attached,
            [("Kèm theo", None), ("Ban hành kèm theo", "ban-hanh-kem-theo")],
            None if options.get("attached") == "kem-theo" else options.get("attached"),
        )
        with QSignalBlocker(self.charts):
            self.charts.setChecked(bool(options.get("charts")))

    # ---- save

    def _set_outline(self, styles: tuple[str, ...] | None) -> None:
        outline = None if styles is None else list(styles)
        self.document.set(self.document.plan, "outline", outline, N_("Đổi kiểu đánh số đề mục"))


def _set_option(document: Document, name: str, value: Any, label: str) -> None:
    """Choose one option of print; ``None`` leaves it to the template."""
    options = {key: option for key, option in document.plan.print_options.items() if key != name}
    if value is not None:
        options[name] = value
    document.set(document.plan, "print_options", options, label)


def print_charts(document: Document, wanted: bool) -> None:
    """Print the page of charts with the plan, or do not."""
    _set_option(document, "charts", wanted or None, N_("Thêm trang biểu đồ") if wanted else N_("Bỏ trang biểu đồ"))


def _shown(styles: tuple[str, ...]) -> str:
    return " – ".join(styles)


def _fill(combo: QComboBox, choices: list[tuple[str, Any]], chosen: Any) -> None:
    with QSignalBlocker(combo):
        if choices != [(combo.itemText(row), combo.itemData(row)) for row in range(combo.count())]:
            combo.clear()
            for text, value in choices:
                combo.addItem(text, value)
        combo.setCurrentIndex(next(row for row, (_text, value) in enumerate(choices) if value == chosen))
