"""How amounts in a pasted block are written, where their dots and commas may mean this or that: asked once a paste."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton, QVBoxLayout, QWidget

from models.entries import NOTATIONS, readings
from models.i18n import N_, _
from models.money import format_amount, unit_name
from ui.dialogs.particulars import buttons

_NAMES = {
    "english": N_("Dấu phẩy chia hàng nghìn, dấu chấm trước phần thập phân"),
    "vietnamese": N_("Dấu chấm chia hàng nghìn, dấu phẩy trước phần thập phân"),
}
_EXAMPLES = 3
_WIDTH = 520
#: Pixels from the mark of a choice to its words.
_INDENT = 28


class NotationDialog(QDialog):
    """Each notation with what a few of ``texts`` would be in it; ``notation`` is the one chosen."""

    def __init__(self, parent: QWidget | None, texts: Sequence[str], unit: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Cách viết số tiền"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Số tiền trong nội dung dán viết theo cách nào?"))
        title.setObjectName("heading")
        title.setWordWrap(True)
        layout.addWidget(title)
        self.choices: dict[str, QRadioButton] = {}
        known = {text: readings(text, unit) for text in dict.fromkeys(texts)}
        for notation in NOTATIONS:
            found = [(text, amounts[notation]) for text, amounts in known.items() if notation in amounts]
            if not found:
                continue
            layout.addSpacing(8)
            choice = QRadioButton(_(_NAMES[notation]))
            lines = "\n".join(
                _("“{text}” là {amount} {unit}").format(
                    text=text, amount=format_amount(amount, unit), unit=unit_name(unit)
                )
                for text, amount in found[:_EXAMPLES]
            )
            choice.setAccessibleName(choice.text())
            choice.setAccessibleDescription(lines)
            layout.addWidget(choice)
            example = QLabel(lines)
            example.setObjectName("muted")
            example.setTextFormat(Qt.TextFormat.PlainText)
            example.setIndent(_INDENT)
            layout.addWidget(example)
            self.choices[notation] = choice
        next(iter(self.choices.values())).setChecked(True)
        layout.addStretch(1)
        layout.addSpacing(16)
        layout.addWidget(buttons(self, _("Dán theo cách này"), _("Bỏ qua các ô này")))
        width = max(_WIDTH, 64 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))
        next(iter(self.choices.values())).setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def notation(self) -> str:
        return next(name for name, choice in self.choices.items() if choice.isChecked())


def ask_notation(parent: QWidget | None, texts: Sequence[str], unit: str) -> str:
    """The notation chosen, ``""`` where the cells are to be left as they are."""
    dialog = NotationDialog(parent, texts, unit)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    notation = dialog.notation if accepted else ""
    dialog.deleteLater()
    return notation
