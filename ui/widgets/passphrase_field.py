"""A passphrase typed or made, hidden or shown, with what is weak about it in the line below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models import passphrases
from models.errors import SecretError
from models.i18n import _
from ui.widgets.finding_lines import set_state
from ui.widgets.tab_order import chain


class PassphraseField(QWidget):
    """``changed`` comes with every letter.

    With ``confirm`` a new one is chosen: it is typed twice while it is hidden, its weakness is told (``known`` are
    texts that others know too, as the unit's name), and one can be made. Without, a known one is typed.
    Input methods are told when it is hidden: some (ibus) then write no diacritics, others (Unikey) go on, and nobody
    sees them; the line says so.
    """

    changed = Signal()

    def __init__(self, label: str = "", *, confirm: bool = True, known: Sequence[str] = ()) -> None:
        super().__init__()
        self.known = tuple(known)
        self._confirms = confirm
        self._has_capitals = False
        self._fault = ""
        self._keeps_room = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        # First of all: what is shown without a parent is a window of its own.
        column.addLayout(grid)
        self.line, self._label = self._field(grid, 0, label or _("Mật khẩu"), _("Mật khẩu"))
        self.again, self._again_label = self._field(grid, 1, _("Gõ lại"), _("Gõ lại mật khẩu"))
        self.show_button = QPushButton()
        self.show_button.clicked.connect(lambda: self.set_shown(not self.is_shown))
        self.make_button = QPushButton(_("Tạo giúp"))
        self.make_button.setAccessibleName(_("Tạo giúp một mật khẩu dễ đọc qua điện thoại"))
        self.make_button.setToolTip(self.make_button.accessibleName())
        self.make_button.clicked.connect(self._make)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        grid.addLayout(buttons, 0, 2)
        for button in (self.show_button, self.make_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.make_button.setVisible(confirm)
        #: What is wrong or weak, and what stands in the way of typing.
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        column.addWidget(self.said)
        chain([self.line, self.show_button, self.make_button, self.again])
        self.setFocusProxy(self.line)
        self.set_shown(False)

    def _field(self, grid: QGridLayout, row: int, text: str, name: str) -> tuple[QLineEdit, QLabel]:
        line, label = QLineEdit(), QLabel(text)
        line.setAccessibleName(name)
        line.setMaxLength(passphrases.LONGEST)
        line.setMinimumWidth(line.fontMetrics().averageCharWidth() * 24)
        line.textChanged.connect(self._on_text)
        line.installEventFilter(self)
        label.setBuddy(line)
        grid.addWidget(label, row, 0)
        grid.addWidget(line, row, 1)
        return line, label

    # ---- what is asked of it

    def text(self) -> str:
        return self.line.text()

    def is_good(self) -> bool:
        """Whether it can be used: long enough, and typed twice the same; a weak one can."""
        return not self.problem()

    def problem(self) -> str:
        """Why it cannot be used, in one sentence; empty where it can."""
        if not self._confirms:
            return "" if self.text() else _("Hãy gõ mật khẩu.")
        try:
            passphrases.check(self.text())
        except SecretError as error:
            return str(error)
        if not self.is_shown and passphrases.normal(self.text()) != passphrases.normal(self.again.text()):
            return _("Hai lần gõ mật khẩu chưa giống nhau.")
        return ""

    @property
    def is_shown(self) -> bool:
        return self.line.echoMode() == QLineEdit.EchoMode.Normal

    def set_shown(self, shown: bool) -> None:
        """Show or hide what is typed; what can be read need not be typed twice."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in (self.line, self.again):
            line.setEchoMode(mode)
        self.again.setVisible(self._confirms and not shown)
        self._again_label.setVisible(self._confirms and not shown)
        self.show_button.setText(_("Ẩn") if shown else _("Hiện"))
        self.show_button.setAccessibleName(_("Ẩn mật khẩu") if shown else _("Hiện mật khẩu"))
        self._tell()
        self.changed.emit()

    def clear(self) -> None:
        """Forget what was typed, and hide what will be."""
        self.line.clear()
        self.again.clear()
        self.set_shown(False)

    def keep_room(self, lines: int) -> None:
        """Have room below for so many lines, also while nothing is said there."""
        self._keeps_room = True
        # Lines of a label stand a little wider apart than the font says.
        self.said.setMinimumHeight(lines * (self.fontMetrics().lineSpacing() + 2))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._tell()

    def say(self, sentence: str) -> None:
        """Tell a fault of what was typed, until it is typed anew: that it does not open a file."""
        self._fault = sentence
        self._tell()

    # ---- typing

    def _make(self) -> None:
        self.set_shown(True)
        self.line.setText(passphrases.generate())
        # To be read, written down, or copied.
        self.line.setFocus()
        # From its end, so that its beginning is seen where not all of it is.
        self.line.setSelection(len(self.text()), -len(self.text()))

    def _on_text(self) -> None:
        self._fault = ""
        self._tell()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_capitals(event)
        elif kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            # Elsewhere it may be switched unseen.
            self._has_capitals = False
            self._tell()
        return super().eventFilter(watched, event)

    def _watch_capitals(self, event: QKeyEvent) -> None:
        """Qt does not tell of Caps Lock; what a key writes does."""
        letter, before = event.text(), self._has_capitals
        if event.key() == Qt.Key.Key_CapsLock:
            self._has_capitals = False
        elif len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._has_capitals = letter.isupper() != is_shifted
        if self._has_capitals != before:
            self._tell()

    def _tell(self) -> None:
        set_state(self.line, "error" if self._fault else "")
        text, has_focus = self.text(), self.line.hasFocus() or self.again.hasFocus()
        if self._has_capitals and not self.is_shown:
            self._dress(_("Đang bật Caps Lock: chữ gõ ra là chữ hoa."), "warning")
        elif self._fault:
            self._dress(self._fault, "error")
        elif not text:
            hidden = has_focus and not self.is_shown
            self._dress(
                _("Khi ẩn sẽ không thấy dấu do bộ gõ thêm vào; nên tắt bộ gõ, hoặc bấm Hiện.") if hidden else "",
                "muted",
            )
        elif not self._confirms:
            self._dress("", "muted")
        elif (problem := self.problem()) and not self._is_being_typed():
            self._dress(problem, "error")
        elif weak := passphrases.weakness(text, self.known):
            self._dress(weak, "warning")
        elif problem:
            self._dress(_("Hãy gõ lại một lần nữa cho chắc."), "muted")
        else:
            self._dress(_("Mật khẩu tốt; hãy ghi lại, cất ở nơi an toàn."), "done")

    def _is_being_typed(self) -> bool:
        """Whether all that is wrong is that the second one is not all there yet."""
        first, second = self.text(), self.again.text()
        try:
            passphrases.check(first)
        except SecretError:
            return False
        return first != second and first.startswith(second)

    def _dress(self, sentence: str, kind: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence) or self._keeps_room)
        if self.said.objectName() != kind:
            self.said.setObjectName(kind)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)
