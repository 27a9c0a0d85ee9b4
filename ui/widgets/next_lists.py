"""The lists of the dialog for next year's plan: legal bases with what replaced them, and what has to be known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from models.citations import printed_date
from models.i18n import N_, _
from models.next_year_bases import BasisOffer
from models.next_year_notes import AMOUNT, CHANGED, KEPT, LEFT, Note
from models.next_year_tables import Past
from ui import icons, theme

#: The heads over what has to be known, by the kind of the note.
_KINDS = (
    (LEFT, N_("Không chuyển sang")), (KEPT, N_("Được giữ lại")), (AMOUNT, N_("Kinh phí cần xem lại")),
    (CHANGED, N_("Theo mẫu mới")),
)  # fmt: skip
_NUMBER = Qt.ItemDataRole.UserRole + 1
_CHECK = Qt.ItemDataRole.CheckStateRole


class Lines(QListWidget):
    """Lines that wrap, some of them numbered and ticked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)

    def checked(self) -> set[int]:
        """The numbers of the lines that are ticked."""
        items = [self.item(row) for row in range(self.count())]
        return {
            int(item.data(_NUMBER))
            for item in items
            if item.data(_NUMBER) is not None and item.checkState() == Qt.CheckState.Checked
        }

    def _add(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        self.addItem(item)
        return item

    def _add_head(self, text: str) -> None:
        """A heading, which cannot be chosen itself."""
        item = self._add(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setForeground(QColor(theme.colours().text))

    def _tick(self, item: QListWidgetItem, number: int, on: bool) -> None:
        item.setData(_NUMBER, number)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _begin(self) -> None:
        """Put the cursor on the first line."""
        self.setCurrentRow(next((row for row in range(self.count()) if self.item(row).flags()), 0))


class BasisLines(Lines):
    """Legal bases; those in whose place others may be cited can be ticked, and are."""

    def show_offers(self, offers: Sequence[BasisOffer]) -> None:
        c = theme.colours()
        with QSignalBlocker(self):
            self.clear()
            for offer in sorted(offers, key=lambda one: (not one.ended, not one.is_of_year, one.number)):
                said, state = _of_basis(offer)
                item = self._add(f"{offer.text}\n{said}" if said else offer.text)
                colour = {"warning": c.warning, "done": c.done}.get(state, c.muted)
                item.setIcon(icons.icon(icons.STATES[state], colour))
                if offer.replacement is not None:
                    self._tick(item, offer.number, True)
            self._begin()


class NoteLines(Lines):
    """What has to be known of the new plan; old reviews can be ticked to stay."""

    def show_notes(self, notes: Sequence[Note], past: Sequence[Past], kept: Collection[int]) -> None:
        with QSignalBlocker(self):
            self.clear()
            if past:
                self._add_head(_("Bảng của các năm trước nữa; đánh dấu để giữ trong kế hoạch mới"))
            for one in past:
                text = _("{title} ({count} dòng)").format(title=one.table.title, count=len(one.table.rows))
                self._tick(self._add(text), one.number, one.number in kept)
            for kind, head in _KINDS:
                found = [note for note in notes if note.kind == kind]
                if found:
                    self._add_head(_(head))
                for note in found:
                    self._add(f"• {note.message}").setToolTip("\n".join(note.texts[:20]) or note.message)
            if not self.count():
                self._add(_("Mọi nội dung của kế hoạch trước đều có chỗ trong kế hoạch mới."))
            self._begin()


def _of_basis(offer: BasisOffer) -> tuple[str, str]:
    """What is said under a basis, and its state."""
    if offer.ended and offer.replacement is not None:
        other = offer.replacement
        text = _("Hết hiệu lực từ {date}. Thay bằng: {kind} {number} {subject}")
        return text.format(
            date=printed_date(offer.ended), kind=other.kind, number=other.number, subject=other.subject
        ), "warning"  # fmt: skip
    if offer.ended:
        text = _("Hết hiệu lực từ {date}; hãy tìm văn bản thay thế.")
        return text.format(date=printed_date(offer.ended)), "warning"
    if offer.is_of_year:
        return _("Nói về năm của kế hoạch trước; xem đã có văn bản của năm sau chưa."), "warning"
    return "", "done" if offer.is_known else "empty"
