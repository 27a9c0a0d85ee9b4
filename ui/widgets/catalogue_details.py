"""One document of the catalogue told in full: what it is, and whether it is in force."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from models import catalogue
from models.catalogue import Entry, as_basis
from models.citations import printed_date
from models.i18n import _
from ui.widgets import entry_words
from ui.widgets.basis_list import two_lines


class CatalogueDetails(QFrame):
    """A card of two labels, as high for a short document as for a long one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self.about, self.valid = QLabel(), QLabel()
        self.valid.setObjectName("muted")
        for label in (self.about, self.valid):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self.about.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def show_entry(self, entry: Entry | None, on: str) -> None:
        """Tell of a document as of the day ``on`` (ISO), or that none was found."""
        if entry is None:
            self.about.setText(_("Không có văn bản nào như vậy; gõ ít chữ hơn, hoặc thêm văn bản của đơn vị."))
            self.valid.setText("")
            return
        first, second = two_lines(as_basis(entry))
        self.about.setText(f"{first}\n{second}")
        state = entry_words.validity(catalogue.current(), entry, on)
        start = _("Có hiệu lực từ {date}").format(date=printed_date(entry.start))
        words = [start if entry.in_force_from else "", state, _("Văn bản của đơn vị") if entry.own else ""]
        self.valid.setText(" · ".join(filter(None, words)) or _("Chưa ghi hiệu lực"))
