"""What is wrong with a field, in words under it, with what puts it right and, on request, the rule behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from ui import icons, theme
from ui.document import Document
from ui.reading_only import edits

if TYPE_CHECKING:
    from models.checks import Finding
    from models.template import Template

_MOST = 4


#: Letters in a line of a tool tip; Qt breaks none.
_TIP = 80


class FindingLines(QWidget):
    """A line for each of the first findings, above them one for what was refused; hidden where there is none."""

    def __init__(self, document: Document, editor: QWidget | None = None, most: int = _MOST) -> None:
        super().__init__()
        self.document = document
        self._editor = editor
        self._most = most
        self._shown: object = None
        self._findings: list[Finding] = []
        self._explained = False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 2, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], refused: str = "") -> None:
        """Show ``findings``, and first the sentence ``refused``, if it is not empty."""
        self._findings = list(findings)
        self._explained = self._explained and bool(findings)
        wanted = (
            refused, [(f.rule, f.severity, f.message, f.fix) for f in findings], self._explained, theme.is_dark()
        )  # fmt: skip
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if refused:
            self._lines.addWidget(self._line("error", refused))
        # The last one first, since each takes the place right behind the editor in the order of Tab.
        for finding in reversed(findings[: self._most]):
            line = self._line(finding.severity, finding.message, finding)
            self._lines.insertWidget(1 if refused else 0, line)
            if (fix := line.findChild(QPushButton)) is not None and self._editor is not None:
                QWidget.setTabOrder(self._editor, fix)
        if len(findings) > self._most:
            rest = _("Còn {count} lỗi, cảnh báo khác.").format(count=len(findings) - self._most)
            self._lines.addWidget(self._line("info", rest))
        if self._explained:
            self._explain(findings[: self._most])
        self.setVisible(bool(refused or findings))

    def toggle_why(self) -> bool:
        """Show or hide the rules behind the findings; false where there are none."""
        if not self._findings:
            return False
        self._explained = not self._explained
        self.show_findings(self._findings, self._shown[0] if isinstance(self._shown, tuple) else "")
        return True

    def _explain(self, findings: Sequence[Finding]) -> None:
        """Each rule once, below all sentences."""
        from ui.widgets.rule_text import RuleText

        for rule in dict.fromkeys(finding.rule for finding in findings):
            text = RuleText()
            text.setContentsMargins(self.fontMetrics().height() + 6, 0, 0, 4)
            text.show_rule(rule, self.document.template)
            self._lines.addWidget(text)

    def _line(self, severity: str, sentence: str, finding: Finding | None = None) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        c = theme.colours()
        colour = {"error": c.error, "warning": c.warning}.get(severity, c.muted)
        mark = QLabel()
        size = self.fontMetrics().height()
        mark.setPixmap(icons.icon(icons.STATES[severity], colour).pixmap(size, size))
        mark.setAccessibleName({"error": _("Lỗi"), "warning": _("Cảnh báo")}.get(severity, _("Lưu ý")))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = QLabel(sentence)
        text.setObjectName(severity if severity in ("error", "warning") else "muted")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        row.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
        if finding is not None:
            line.setToolTip(why_tip(finding, self.document.template))
        if finding is not None and finding.fix is not None:
            fix = QPushButton(_(finding.fix.label))
            fix.setObjectName("quiet")
            edits(fix)
            fix.setAccessibleDescription(sentence)
            fix.clicked.connect(lambda: self.document.apply_fix(finding))
            row.addWidget(fix, 0, Qt.AlignmentFlag.AlignTop)
            # The first line of the text stands level with the words of the button.
            for label in (mark, text):
                label.setContentsMargins(0, 4, 0, 0)
        return line


def why_tip(finding: Finding, template: Template) -> str:
    """A finding and the rule behind it, for a tool tip."""
    from ui.widgets.rule_text import rule_words

    words = f"{finding.message}\n{rule_words(finding.rule, template)}\n" + _("Shift+F1: hiện ngay dưới ô.")
    return "\n".join(textwrap.fill(line, _TIP) for line in words.split("\n"))


def worst_state(findings: Sequence[Finding], refused: str = "") -> str:
    """The value of the dynamic property ``state``: ``error``, ``warning`` or empty."""
    severities = {finding.severity for finding in findings}
    if refused or "error" in severities:
        return "error"
    return "warning" if "warning" in severities else ""


def set_state(widget: QWidget, state: str) -> None:
    """Dress a widget by its state."""
    if widget.property("state") != state:
        widget.setProperty("state", state)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
