"""The unit's particulars: asked once at the first start, put into every new plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.i18n import N_, _
from models.settings import Settings
from models.text import clean
from ui.memory import Recall
from ui.widgets.completion import offer
from ui.widgets.plan_fields import capacities, positions

#: Each field of a plan that the unit's particulars fill: its name, label and an example.
FIELDS = (
    ("unit_parent", N_("Cơ quan chủ quản"), "UBND TỈNH HÀ TĨNH"),
    ("unit_name", N_("Tên đơn vị"), "SỞ NỘI VỤ"),
    ("unit_code", N_("Mã đơn vị"), "SNV"),
    ("place", N_("Địa danh"), "Hà Tĩnh"),
    ("capacity", N_("Quyền hạn ký"), "KT. GIÁM ĐỐC"),
    ("signer_position", N_("Chức vụ người ký"), "PHÓ GIÁM ĐỐC"),
    ("signer_name", N_("Họ và tên người ký"), "Nguyễn Văn A"),
)
#: The heads above some of them.
_HEADS = {"unit_parent": N_("Đơn vị"), "capacity": N_("Người ký")}
#: Fields with usual values besides.
_USUAL: dict[str, Callable[[str], list[str]]] = {"capacity": capacities, "signer_position": positions}
_SETTING = "unit"


def particulars(settings: Settings) -> dict[str, str]:
    """The particulars remembered; fields that are not known, or no text, are left out."""
    kept = settings.get(_SETTING)
    if not isinstance(kept, dict):
        return {}
    return {name: kept[name] for name, _label, _example in FIELDS if isinstance(kept.get(name), str)}


def is_first_start(settings: Settings) -> bool:
    """Whether nobody has yet been asked for the particulars here."""
    return settings.get(_SETTING) is None


class UnitForm(QFrame):
    """The fields of the particulars, on a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for name, text, example in FIELDS:
            if name in _HEADS:
                head = QLabel(_(_HEADS[name]))
                head.setObjectName("heading")
                if grid.rowCount() > 1:
                    grid.setRowMinimumHeight(grid.rowCount(), 8)
                grid.addWidget(head, grid.rowCount(), 0, 1, 2)
            field = QLineEdit()
            field.setPlaceholderText(_("Ví dụ: {example}").format(example=example))
            field.setAccessibleName(_(text))
            field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 30)
            field.setMaxLength(500)
            label = QLabel(_(text))
            label.setBuddy(field)
            row = grid.rowCount()
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            self.fields[name] = field
        grid.setRowStretch(grid.rowCount(), 1)

    def remember(self, memory: Recall) -> None:
        """Offer what the plans of the store hold, and the usual ways to sign."""
        for name, field in self.fields.items():
            offer(field, name, memory, usual=partial(self._usual, name), keeps_enter=True)

    def _usual(self, name: str) -> list[str]:
        usual = _USUAL.get(name)
        return usual(self.fields["unit_name"].text()) if usual is not None else []

    def load(self, values: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.setText(values.get(name, ""))
            field.setCursorPosition(0)

    def values(self) -> dict[str, str]:
        return {name: clean(field.text()).strip() for name, field in self.fields.items()}


class ParticularsDialog(QDialog):
    """Asks for the particulars; ``keep`` remembers them."""

    def __init__(self, parent: QWidget | None, settings: Settings, memory: Recall | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._is_first = is_first_start(settings)
        self.setWindowTitle(_("Thông tin đơn vị"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Thông tin đơn vị"))
        title.setObjectName("title")
        layout.addWidget(title)
        intro = QLabel(
            _("Chỉ khai một lần; mỗi kế hoạch mới được điền sẵn và vẫn sửa được. Chưa rõ mục nào thì để trống.")
        )
        intro.setObjectName("muted")
        intro.setWordWrap(True)
        layout.addWidget(intro)
        self.form = UnitForm()
        self.form.load(particulars(settings))
        if memory is not None:
            self.form.remember(memory)
        layout.addWidget(self.form)
        layout.addWidget(buttons(self, _("Đồng ý"), _("Để sau") if self._is_first else _("Hủy")))
        self.form.fields["unit_parent"].setFocus(Qt.FocusReason.TabFocusReason)
        width = max(480, 60 * self.fontMetrics().averageCharWidth())
        self.resize(width, layout.totalHeightForWidth(width))

    def accept(self) -> None:
        self.settings.set(_SETTING, self.form.values())
        super().accept()

    def reject(self) -> None:
        if self._is_first:
            self.settings.set(_SETTING, {})
        super().reject()


def buttons(dialog: QDialog, yes: str, no: str) -> QDialogButtonBox:
    """The two buttons of a dialog, with our own texts: Qt has none in Vietnamese."""
    box = QDialogButtonBox()
    first = box.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    first.setObjectName("main")
    first.setDefault(True)
    second = box.addButton(no, QDialogButtonBox.ButtonRole.RejectRole)
    for button, text in ((first, yes), (second, no)):
        button.setAccessibleName(text)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def remember(settings: Settings, values: dict[str, str]) -> None:
    settings.set(_SETTING, values)


def ask_particulars(parent: QWidget | None, settings: Settings, memory: Recall | None = None) -> None:
    """Ask for the unit's particulars and remember them; "Để sau" at the first start is remembered too."""
    ParticularsDialog(parent, settings, memory).exec()
