"""What is known of packages and PDFs: whole or not, signed by whom and when, trusted or not; in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.exports.receiving import Received
from models.exports.verified import FileCheck, Verification
from models.i18n import N_, _
from models.signing import Signature, telling
from ui import icons, theme, verify_command
from ui.widgets.grouped_list import GroupedList, foot
from ui.widgets.tab_order import chain

#: A line of the list: what it is about, what is to be said of it, and a state of ``icons.STATES``.
Line = tuple[str, str, str]
_STATES = {
    "whole": N_("nguyên vẹn"),
    "signed": N_("nguyên vẹn, đã ký thêm"),
    "changed": N_("đã bị thay đổi"),
    "missing": N_("bị thiếu"),
    "added": N_("tệp lạ, không có trong danh sách"),
    "doubled": N_("có hai lần"),
    "unsafe": N_("tên hoặc kiểu tệp không an toàn"),
    "damaged": N_("bị hỏng"),
    "broken": N_("có chữ ký không còn giá trị"),
    "other": N_("của kế hoạch hoặc nội dung khác"),
}
_GOOD = ("whole", "signed")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    name: str
    lines: list[Line]


# ---- in words


def signature_group(number: int, signature: Signature) -> Group:
    """What is known of a signature."""
    if signature.kind == "timestamp":
        name = _("Dấu thời gian của tệp: {name}").format(name=telling.who(signature))
    else:
        name = _("Chữ ký {number}: {name}").format(number=number, name=telling.who(signature))
    whole = "done" if signature.whole else "error"
    lines: list[Line] = [(_("Chữ ký"), telling.validity(signature), whole)]
    lines.append((_("Lúc"), telling.when(signature), "info"))
    if signature.whole:
        trusted = {"trusted": "done", "revoked": "error"}.get(signature.trust.state, "warning")
        lines.append((_("Chứng thư"), telling.trust(signature), trusted))
        lines.append((_("Phạm vi"), telling.after(signature), "error" if signature.after == "changed" else "done"))
    return Group(name, lines)


def groups_of(name: str, result: Verification | str) -> list[Group]:
    """What is known of a package or PDF, or the sentence that says why nothing is."""
    if isinstance(result, str):
        return [Group(name, [(_("Kết quả"), result, "error")])]
    said = verify_command.sentence(result)
    lines: list[Line] = [(_("Kết quả"), said[0].upper() + said[1:], "done" if result.ok else "error")]
    if result.subject:
        lines.append((_("Kế hoạch"), result.subject, "info"))
    lines += [(_("Lỗi"), problem, "error") for problem in result.problems]
    lines += [(_("Lưu ý"), warning, "warning") for warning in result.warnings]
    lines += [(file.name, _file_words(file), "done" if file.state in _GOOD else "error") for file in result.files]
    return [
        Group(name, lines),
        *(signature_group(number, one) for number, one in enumerate(result.signatures, 1)),
    ]


def _file_words(file: FileCheck) -> str:
    words = _(_STATES[file.state])
    if file.pages and file.code:
        return _("{state}; mã {code} trên {count} trang").format(state=words, code=file.code, count=file.pages)
    return _("{state}; mã {code}").format(state=words, code=file.code) if file.code else words


def groups_of_received(received: Received) -> list[Group]:
    """What is known of a signed PDF that came back."""
    examined = received.examined
    lines: list[Line] = [
        (_("Kết quả"), _("Đúng bản PDF đã kết xuất lần {revision}, chữ ký nguyên vẹn.").format(
            revision=received.revision
        ), "done"),
        (_("Mã đối chiếu"), _("{code} trên {count} trang").format(code=examined.code, count=examined.pages), "info"),
    ]  # fmt: skip
    if received.revision < received.newest:
        text = _("Đây là lần kết xuất {revision}; đã có lần {newest} mới hơn chưa ký.")
        lines.append((_("Lưu ý"), text.format(revision=received.revision, newest=received.newest), "warning"))
    if received.replaces:
        text = _("Trước đó đã nhận một bản ký khác của lần kết xuất này; bản mới sẽ thay bản đó trong kho dữ liệu.")
        lines.append((_("Lưu ý"), text, "warning"))
    lines += [(_("Lưu ý"), warning, "warning") for warning in examined.warnings]
    return [
        Group(_("Bản PDF đã ký"), lines),
        *(signature_group(number, one) for number, one in enumerate(examined.signatures, 1)),
    ]


# ---- the dialog


class ExaminedDialog(QDialog):
    """A list of lines; the one chosen is shown whole at the foot, beside the button that does something with it."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        verdict: tuple[str, str],
        groups: Sequence[Group],
        does: str,
        work: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        heading = QLabel(title)
        heading.setObjectName("title")
        layout.addWidget(heading)
        layout.addWidget(_verdict(*verdict))
        self.list = GroupedList(title, [_("Mục"), _("Kết quả kiểm tra")], 1)
        side = round(self.fontMetrics().height() * 0.9)
        self.list.setIconSize(QSize(side, side))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(lambda *_items: self._tell())
        layout.addWidget(self.list, 1)
        self.said = QLabel()
        self.said.setAccessibleName(_("Dòng đang chọn"))
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Room for the longest lines, so that nothing moves as one goes through them.
        self.said.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._foot, self.button = foot(self, self.said, does, work)
        layout.addLayout(self._foot)
        self._groups = list(groups)
        self._fill(groups)
        width = self.fontMetrics().averageCharWidth()
        self.resize(min(1200, 112 * width), min(640, 34 * self.fontMetrics().lineSpacing()))
        self.list.setFocus()

    def _fill(self, groups: Sequence[Group]) -> None:
        c = theme.colours()
        colours = {"done": c.done, "error": c.error, "warning": c.warning, "info": c.muted}
        first: QTreeWidgetItem | None = None
        for group in groups:
            parent = self.list.add_group(group.name)
            for what, text, state in group.lines:
                item = QTreeWidgetItem(parent, [what, text])
                item.setIcon(1, icons.icon(icons.STATES[state], colours[state]))
                item.setToolTip(1, text)
                first = first or item
        self.list.expandAll()
        if first is not None:
            self.list.setCurrentItem(first)

    def _tell(self) -> None:
        item = self.list.currentItem()
        self.said.setText("" if item is None else f"{item.text(0)}: {item.text(1)}")

    def add_way(self, text: str, work: Callable[[], object]) -> QPushButton:
        """Another button beside the first."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(work)
        self._foot.insertWidget(1, button)
        chain([self.list, button, self.button])
        return button

    def lines(self) -> list[tuple[str, str, str]]:
        """All lines: heading, what, text."""
        return [(group.name, what, text) for group in self._groups for what, text, _state in group.lines]

    def say(self, sentence: str) -> None:
        """Show a sentence at the foot: why something could not be done."""
        self.said.setText(sentence)


def _verdict(state: str, text: str) -> QFrame:
    """The whole in one line, with its mark."""
    c = theme.colours()
    frame = QFrame()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    mark, label = QLabel(), QLabel(text)
    size = round(frame.fontMetrics().ascent() * 1.6)
    colour = {"done": c.done, "error": c.error, "warning": c.warning}[state]
    mark.setPixmap(icons.icon(icons.STATES[state], colour).pixmap(size, size))
    label.setObjectName("heading")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label, 1)
    return frame
