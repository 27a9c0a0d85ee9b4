"""The form of one legal basis: a citation in its parts or free words, and the sentence as it will be printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from models.catalogue import Entry
from models.exports.phrases import basis_sentence
from models.i18n import N_, _
from models.memory import OFFERED, basis_key
from models.plan import LegalBasis
from ui.document import Document
from ui.pages.page import card
from ui.reading_only import edits
from ui.widgets import values
from ui.widgets.basis_offers import basis_of, basis_offers
from ui.widgets.completion import Completion
from ui.widgets.fields import ChoiceField, Field, LineField, LongField
from ui.widgets.offers import Offer
from ui.widgets.rows import field_row

KINDS = ("Luật", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch", "Công văn", "Kết luận")
_CITED = ("kind", "number", "date", "issuer", "subject")


class BasisForm(QWidget):
    """Serves one basis at a time; ``bases`` is what its number is looked up in, besides the catalogue.

    ``convert_requested``: the citation is to become free words, or these a citation.
    """

    convert_requested = Signal()

    def __init__(self, document: Document, bases: Callable[[], list[LegalBasis]]) -> None:
        super().__init__()
        self._bases = bases
        self.document = document
        self._basis: LegalBasis | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        frame = card()
        layout.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        self._title = QLabel()
        self._title.setObjectName("heading")
        column.addWidget(self._title)
        self._cited = QWidget()
        cited = QVBoxLayout(self._cited)
        cited.setContentsMargins(0, 0, 0, 0)
        cited.setSpacing(12)
        kind = ChoiceField(document, None, "kind", _("Loại văn bản"), N_("Sửa loại văn bản"), choices=KINDS)
        number = LineField(
            document, None, "number", _("Số, ký hiệu"), N_("Sửa số văn bản"), hint=_("ví dụ: 749/QĐ-TTg")
        )
        date = LineField(
            document, None, "date", _("Ngày ban hành"), N_("Sửa ngày văn bản"), parse=values.date,
            show_value=values.show_date, hint=_("ngày/tháng/năm"),
        )  # fmt: skip
        issuer = LineField(document, None, "issuer", _("Cơ quan ban hành"), N_("Sửa cơ quan ban hành"))
        subject = LongField(
            document, None, "subject", _("Trích yếu"), N_("Sửa trích yếu căn cứ"), least=3, most=8,
            hint=_("ví dụ: phê duyệt Chương trình chuyển đổi số quốc gia đến năm 2025"),
        )  # fmt: skip
        free = LongField(
            document, None, "text", _("Nội dung căn cứ"), N_("Sửa căn cứ"), least=4, most=10,
            hint=_("ví dụ: Căn cứ kết quả thực hiện kế hoạch năm trước tại đơn vị"),
        )  # fmt: skip
        self.fields: dict[str, Field] = {
            field.name: field for field in (kind, number, date, issuer, subject, free)
        }  # fmt: skip
        cited.addLayout(field_row((kind, 2), (number, 3)))
        cited.addLayout(field_row((date, 2), (issuer, 3)))
        cited.addWidget(subject)
        column.addWidget(self._cited)
        column.addWidget(free)
        name = QLabel(_("Câu in ra"))
        name.setObjectName("muted")
        foot = QVBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(name)
        column.addLayout(foot)
        self.printed = QLabel()
        self.printed.setWordWrap(True)
        self.printed.setTextFormat(Qt.TextFormat.PlainText)
        self.printed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.printed.font()
        font.setItalic(True)
        self.printed.setFont(font)
        foot.addWidget(self.printed)
        self.convert = QPushButton()
        self.convert.setObjectName("quiet")
        edits(self.convert)
        self.convert.clicked.connect(self.convert_requested)
        column.addWidget(self.convert, 0, Qt.AlignmentFlag.AlignLeft)
        for field in self.fields.values():
            field.typed.connect(self._print)
        issuer.remember("issuer")
        self.lookup = Completion(
            number.editor, self._known, self._fill, prepare=lambda: document.memory.prepare("basis")
        )
        document.memory.learned.connect(self.lookup.refresh)

    def bind(self, basis: LegalBasis | None, free: bool) -> None:
        """Serve ``basis``; ``free``: it is to be written in free words, though it has none yet."""
        self._basis = basis
        self.setVisible(basis is not None)
        for field in self.fields.values():
            if field.part is basis:
                field.load()
            else:
                field.bind(basis)
        if basis is None:
            return
        is_free = bool(basis.text) or (free and not any(getattr(basis, name) for name in _CITED))
        self._title.setText(_("Câu tự viết") if is_free else _("Văn bản căn cứ"))
        self._cited.setVisible(not is_free)
        self.fields["text"].setVisible(is_free)
        self.convert.setText(_("Chuyển thành văn bản") if is_free else _("Chuyển thành câu tự viết"))
        self._print()

    @property
    def is_free(self) -> bool:
        """Whether it shows free words."""
        return not self.fields["text"].isHidden()

    def first(self) -> Field:
        """The field to begin with."""
        return self.fields["text" if self.is_free else "kind"]

    def next_empty(self) -> Field:
        """The first field that still wants its text."""
        names = ["text"] if self.is_free else ["kind", "number", "date", "issuer", "subject"]
        return next((self.fields[name] for name in names if not self.fields[name].text()), self.first())

    def field(self, name: str) -> Field:
        found = self.fields.get(name)
        return found if found is not None and (name == "text") == self.is_free else self.first()

    def show_findings(self) -> None:
        for field in self.fields.values():
            field.show_findings()

    def save(self) -> None:
        for field in self.fields.values():
            field.save()

    def give_back(self) -> None:
        """Forget what is typed and not written."""
        for field in self.fields.values():
            field.give_back()

    def _known(self, typed: str) -> list[Offer]:
        """Documents known and used before with such a number, but those that the plan has already."""
        own = {basis_key(basis) for basis in self.document.plan.legal_bases if basis is not self._basis}
        found = basis_offers(typed, self._bases(), self.document.plan, OFFERED, by_number=True)
        return [offer for offer, basis in found if basis_key(basis) not in own]

    def _fill(self, offer: Offer) -> None:
        """Take all parts of a known document, in one edit."""
        if self._basis is None:
            return
        self.give_back()
        found = basis_of(offer.value)
        is_listed = isinstance(offer.value, Entry)
        with self.document.edit(N_("Lấy văn bản từ danh mục") if is_listed else N_("Lấy văn bản đã dùng")):
            for name in _CITED:
                if getattr(self._basis, name) != getattr(found, name):
                    setattr(self._basis, name, getattr(found, name))
        self.give_back()

    def _print(self) -> None:
        """The sentence, as it would be with what is typed now."""
        if self._basis is None:
            return
        typed = LegalBasis(**{name: field.current_value() for name, field in self.fields.items()})
        bases = self.document.plan.legal_bases
        sentence = basis_sentence(typed)
        last = bool(bases) and self._basis is bases[-1]
        self.printed.setText(f"{sentence}{'.' if last else ';'}" if sentence else "–")
