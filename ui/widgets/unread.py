"""Over a section or table that came from last year's plan, until it has been read: what was changed, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from models import unread
from models.i18n import N_, _
from models.plan import Section, Table, remove
from ui import icons, theme
from ui.document import Document, Place
from ui.reading_only import edits


class UnreadBanner(QFrame):
    """``show_place`` shows it where the place is unread; ``next_asked`` asks for the next such place."""

    next_asked = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("kind", "warning")
        self.document = document
        self._part: Section | Table | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(8)
        self._mark = QLabel()
        self._mark.setAccessibleName(_("Chưa đọc lại"))
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        self.read, self.clear, self.next = QPushButton(_("Đã đọc")), QPushButton(_("Xóa lời văn")), QPushButton()
        self.read.setToolTip(_("Bỏ dấu chưa đọc lại của mục này (Ctrl+Shift+R)"))
        self.clear.setToolTip(_("Xóa lời văn chuyển từ kế hoạch trước để viết mới; hoàn tác được"))
        self.next.setText(_("Mục kế tiếp"))
        self.next.setToolTip(_("Đến mục chưa đọc lại kế tiếp (Ctrl+F8)"))
        for button, work in (
            (self.read, self.mark_read), (self.clear, self._clear), (self.next, self.next_asked.emit)
        ):  # fmt: skip
            button.setObjectName("quiet")
            button.setAccessibleName(button.text())
            button.clicked.connect(work)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        edits(self.read, self.clear)
        self._dress()
        self.hide()

    def show_place(self, place: Place) -> None:
        """Show what is to be said of a place of the window; hidden where it has been read."""
        part = place if isinstance(place, Section | Table) and unread.is_unread(place) else None
        self._part = part
        if part is not None:
            self.sentence.setText(sentence(part))
            self.read.setAccessibleDescription(self.sentence.text())
            self.clear.setVisible(isinstance(part, Section) and bool(part.text.strip()))
            self.next.setVisible(any(one is not part for one in unread.unread(self.document.plan)))
        if self.isHidden() == (part is not None):
            # Only then: the page is laid out anew each time.
            self.setVisible(part is not None)

    def mark_read(self) -> None:
        """It has been read: one step that can be undone."""
        if self._part is not None:
            with self.document.edit(N_("Đánh dấu đã đọc")):
                unread.clear(self._part)

    def _clear(self) -> None:
        part = self._part
        if not isinstance(part, Section):
            return
        with self.document.edit(N_("Xóa lời văn từ kế hoạch trước")):
            if part.key == unread.LEFT_KEY and not part.sections:
                # A heading of the program's own, with nothing under it any more.
                remove(part)
            else:
                part.text = ""
                unread.clear(part)

    def _dress(self) -> None:
        size = max(18, self.fontMetrics().height())
        self._mark.setPixmap(icons.icon(icons.STATES["unread"], theme.colours().warning).pixmap(size, size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "next"):
            self._dress()


def sentence(part: Section | Table) -> str:
    """Where it came from, and which years were changed in it."""
    period = unread.period_of(part)
    if not period:
        whence = _("kế hoạch trước")
    elif period.isdigit():
        whence = _("kế hoạch năm {year}").format(year=period)
    else:
        whence = _("kế hoạch giai đoạn {period}").format(period=period)
    changes = ", ".join(
        _("{old} → {new} ({count} chỗ)").format(old=old, new=new, count=count)
        for old, new, count in unread.changes_of(part)
    )
    if isinstance(part, Table):
        what = _("Bảng từ {plan}")
    else:
        what = _("Lời văn từ {plan}") if part.text.strip() else _("Số liệu từ {plan}")
    said = what.format(plan=whence)
    if changes:
        return _("{what}, năm đã được đổi: {changes}. Hãy đọc lại.").format(what=said, changes=changes)
    return _("{what}; hãy đọc lại.").format(what=said)
