"""The form of one legal basis: a citation in its parts or free words, and the sentence as it will be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.exports.phrases import basis_sentence
from models.i18n import N_, _
from models.plan import LegalBasis
from ui.document import Document
from ui.pages.page import card
from ui.widgets import values
from ui.widgets.fields import ChoiceField, Field, LineField, LongField
from ui.widgets.rows import field_row

KINDS = ("Luật", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch", "Công văn", "Kết luận")
_CITED = ("kind", "number", "date", "issuer", "subject")


class BasisForm(QWidget):
    """Serves one basis at a time."""

    def __init__(self, document: Document) -> None:
        super().__init__()
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
        for field in self.fields.values():
            field.typed.connect(self._print)

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
        self._print()

    def first(self) -> Field:
        """The field to begin with."""
        return self.fields["kind" if self.fields["text"].isHidden() else "text"]

    def field(self, name: str) -> Field:
        found = self.fields.get(name)
        is_free = not self.fields["text"].isHidden()
        return found if found is not None and (name == "text") == is_free else self.first()

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

    def _print(self) -> None:
        """The sentence, as it would be with what is typed now."""
        if self._basis is None:
            return
        typed = LegalBasis(**{name: field.current_value() for name, field in self.fields.items()})
        bases = self.document.plan.legal_bases
        sentence = basis_sentence(typed)
        last = bool(bases) and self._basis is bases[-1]
        self.printed.setText(f"{sentence}{'.' if last else ';'}" if sentence else "–")
