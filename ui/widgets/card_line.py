"""One finding on the card under a table; how grave it is, and the button that asks why, as all places tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.i18n import _
from ui import icons, theme
from ui.reading_only import edits
from ui.widgets.steady_label import SteadyLabel

if TYPE_CHECKING:
    from models.checks import Finding


def severity_name(severity: str) -> str:
    return {"error": _("Lỗi"), "warning": _("Cảnh báo")}.get(severity, _("Lưu ý"))


def severity_colour(severity: str) -> str:
    c = theme.colours()
    return {"error": c.error, "warning": c.warning}.get(severity, c.muted)


class CardLine(QWidget):
    """One finding: its mark, its sentence, and what can be done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        #: The finding, and how it is shown: whether in the dark, and the height (pixels) of the letters.
        self.shown: tuple[Finding | None, tuple[bool, int]] = None, (False, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._mark, self.text = QLabel(), SteadyLabel("raised")
        self.fix, self.go = QPushButton(), QPushButton(_("Đến ô này"))
        self.fix.setToolTip(_("Ctrl+. khi con trỏ ở ô có lỗi"))
        edits(self.fix)
        self.why = why_button()
        row.addWidget(self._mark)
        row.addWidget(self.text, 1)
        for button in (self.fix, self.go, self.why):
            button.setObjectName("quiet")
            row.addWidget(button)

    def needed(self, lines: int) -> int:
        """Its height (pixels) with so many lines of text, whatever finding it shows."""
        return max(lines * self.fontMetrics().lineSpacing(), self.why.sizeHint().height())

    def fill(self, finding: Finding | None, look: tuple[bool, int]) -> None:
        """Show ``finding``, or none; the rule of another one is put away."""
        before, self.shown = self.shown, (finding, look)
        old, self.finding = self.finding, finding
        if finding is None or old is None or finding.rule != old.rule:
            self.why.setChecked(False)
        if finding is None:
            return
        if old is None or (old.severity, before[1]) != (finding.severity, look):
            icon = icons.icon(icons.STATES[finding.severity], severity_colour(finding.severity))
            self._mark.setPixmap(icon.pixmap(look[1], look[1]))
            self._mark.setAccessibleName(severity_name(finding.severity))
            self._mark.setToolTip(severity_name(finding.severity))
        sentence = finding.message
        self.text.say(sentence)
        if finding.fix is not None:
            self.fix.setText(_(finding.fix.label))
        self.fix.setVisible(finding.fix is not None)
        for button in (self.fix, self.go, self.why):
            button.setAccessibleDescription(sentence)


def why_button() -> QPushButton:
    """A button that shows, while it is pressed in, why something is a finding."""
    button = QPushButton(_("Vì sao?"))
    button.setToolTip(_("Quy tắc và căn cứ (Shift+F1)"))
    button.setCheckable(True)
    return button
