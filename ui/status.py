"""The status line: when the plan was saved, its sums, and how many errors and warnings it has."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStatusBar

from models.i18n import _
from models.money import format_amount, format_percent, unit_name
from ui.document import Document
from ui.widgets.steady_label import SteadyLabel

_PADDING = 8


class StatusLine(QStatusBar):
    """Follows one open plan."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._saved = SteadyLabel("surface", grows=True, padding=_PADDING)
        self._middle = SteadyLabel("surface", padding=_PADDING)
        self._counts = SteadyLabel("surface", grows=True, padding=_PADDING)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._sums, self._selection = "", ""
        self.addWidget(self._saved)
        self.addWidget(self._middle, 1)
        self.addPermanentWidget(self._counts)

    def forget(self) -> None:
        """Another plan is open now, in which nothing was saved yet."""
        self._saved.say("")

    def show_saved(self, when: datetime) -> None:
        self._saved.say("✓ " + _("Đã lưu {time}").format(time=when.strftime("%H:%M:%S")), "done")

    def show_selection(self, sentence: str) -> None:
        """Say something of the selected cells in place of the sums; empty: the sums again."""
        self._selection = sentence
        self._middle.say(sentence or self._sums, bold=bool(sentence))

    def show_sums(self, document: Document) -> None:
        found = document.main_table()
        self._sums = ""
        if found is not None:
            table, sums = found
            total = format_amount(sums.total, table.unit)
            parts = [_("Tổng: {total} {unit}").format(total=total, unit=unit_name(table.unit))]
            known = [source.key for source in document.template.sources]
            for key in sorted(sums.by_source, key=lambda key: known.index(key) if key in known else len(known)):
                amount = format_amount(sums.by_source[key], table.unit)
                parts.append(f"{document.template.source(key).short} {amount}")
            if sums.total:
                parts.append(_("ATTT {share}").format(share=format_percent(sums.security, sums.total, 1)))
            self._sums = " · ".join(parts)
        self.show_selection(self._selection)
        errors, warnings = document.count("error"), document.count("warning")
        sentence = _("{errors} lỗi · {warnings} cảnh báo").format(errors=errors, warnings=warnings)
        self._counts.say(sentence, "error" if errors else "warning" if warnings else "done")
