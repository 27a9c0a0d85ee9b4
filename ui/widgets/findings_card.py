"""The findings of one page, each with what puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from models.plan import Table
from ui import icons, theme
from ui.document import Document, Place

if TYPE_CHECKING:
    from models.checks import Finding

_MOST = 3


def state_icon(finding: Finding, size: int = 18) -> QLabel:
    """The mark of a finding's severity, with its name for those who do not see it."""
    label = QLabel()
    c = theme.colours()
    colour = {"error": c.error, "warning": c.warning}.get(finding.severity, c.muted)
    label.setPixmap(icons.icon(icons.STATES[finding.severity], colour).pixmap(size, size))
    name = {"error": _("Lỗi"), "warning": _("Cảnh báo")}.get(finding.severity, _("Lưu ý"))
    label.setAccessibleName(name)
    label.setToolTip(name)
    return label


class FindingsCard(QFrame):
    """Up to three findings of the current page, and how many more there are."""

    go = Signal(object)
    all_requested = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.document = document
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 8, 24, 8)
        self._layout.setSpacing(4)

    def show_place(self, place: Place) -> None:
        """Show the findings of a place; hidden where there are none."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        # Forms tell their findings at the fields themselves.
        found = self.document.findings_at(place) if isinstance(place, Table) else []
        self.setVisible(bool(found))
        for finding in found[:_MOST]:
            self._layout.addWidget(self._line(finding))
        if len(found) > _MOST:
            more = QPushButton(
                _("Còn {count} lỗi, cảnh báo khác ở trang này (F8: tiếp theo)").format(count=len(found) - _MOST)
            )
            more.setObjectName("quiet")
            more.clicked.connect(self.all_requested)
            self._layout.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, finding: Finding) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(state_icon(finding))
        text = QLabel(finding.message)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        row.addWidget(text, 1)
        if finding.fix is not None:
            fix = QPushButton(_(finding.fix.label))
            fix.setObjectName("quiet")
            fix.clicked.connect(lambda: self.document.apply_fix(finding))
            row.addWidget(fix)
        go = QPushButton(_("Đến ô này"))
        go.setObjectName("quiet")
        go.clicked.connect(lambda: self.go.emit(finding))
        row.addWidget(go)
        return line
