"""What the bar for finding and replacing is made of: fields, options, buttons, the list, and how they are laid out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models.i18n import _
from ui import icons, theme
from ui.document import Document, Place
from ui.widgets.find_results import ResultsView
from ui.widgets.tab_order import chain

#: Lines of the list that are shown at once, at most, and the share of the window that they may take.
LINES = 7
_SHARE = 0.3
#: Characters that can be looked for.
_LONGEST = 300


class FindForm(QFrame):
    """The widgets of the bar; what they do is said by the subclass, whose methods the buttons and keys call."""

    def __init__(self, document: Document, name_of: Callable[[Place], str]) -> None:
        super().__init__()
        self.setObjectName("find")
        #: Whether there is more than the line of the fields: the list of the places, and options that stand below.
        self.unfolded = True
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 16, 8)
        column.setSpacing(8)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(16)
        column.addLayout(self._top)
        self._top.addLayout(self._build_fields(), 1)
        self._top.addWidget(self._build_options(), 0, Qt.AlignmentFlag.AlignTop)
        self.results = ResultsView(document, name_of)
        column.addWidget(self.results)
        options = [self.fold, self.case, self.words, self.page_only]
        chain([self.text, self.new, *self._buttons.values(), self.one, self.all, *options, self.results])
        self._dress()

    # ---- for subclasses

    def step(self, by: int) -> None:
        raise NotImplementedError

    def close_bar(self) -> None:
        raise NotImplementedError

    def replace_one(self) -> None:
        raise NotImplementedError

    def replace_all(self) -> None:
        raise NotImplementedError

    # ---- build

    def _build_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.text, self._text_label = self._field(grid, 0, _("Tìm"), _("Tìm trong kế hoạch"))
        self.text.setMaxLength(_LONGEST)
        self.new, self._new_label = self._field(grid, 1, _("Thay bằng"), _("Thay bằng"))
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = {
            "caret-up": self._button(_("Kết quả trước (Shift+F3)"), lambda: self.step(-1)),
            "caret-down": self._button(_("Kết quả sau (F3)"), lambda: self.step(1)),
            "x": self._button(_("Đóng (Esc)"), lambda: self.close_bar()),
        }
        end = QHBoxLayout()
        end.setSpacing(2)
        end.addWidget(self.count, 1)
        for button in self._buttons.values():
            end.addWidget(button)
        grid.addLayout(end, 0, 2)
        self._replacing = QWidget()
        row = QHBoxLayout(self._replacing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        #: The first of them is for the page too.
        self.replace_actions = [
            self._action(_("Thay chỗ này"), "Alt+R", lambda: self.replace_one()),
            self._action(_("Thay tất cả các chỗ tìm thấy"), "Ctrl+Return", lambda: self.replace_all()),
        ]
        self.addAction(self.replace_actions[1])
        self.one = self._push(_("Thay"), self.replace_actions[0])
        self.all = self._push(_("Thay tất cả"), self.replace_actions[1])
        row.addWidget(self.one)
        row.addWidget(self.all)
        row.addStretch(1)
        grid.addWidget(self._replacing, 1, 2)
        return grid

    def _field(self, grid: QGridLayout, row: int, label: str, name: str) -> tuple[QLineEdit, QLabel]:
        field, words = QLineEdit(), QLabel(label)
        field.setAccessibleName(name)
        words.setBuddy(field)
        grid.addWidget(words, row, 0)
        grid.addWidget(field, row, 1)
        return field, words

    def _build_options(self) -> QWidget:
        self._options = QWidget()
        row = QHBoxLayout(self._options)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.fold = self._option(row, _("Bỏ dấu"), _("“nang cap” cũng tìm thấy “nâng cấp”"), "Alt+D")
        self.case = self._option(row, _("Phân biệt hoa thường"), _("“ubnd” không tìm thấy “UBND”"), "Alt+A")
        self.words = self._option(row, _("Cả từ"), _("“an” không tìm thấy “toàn”"), "Alt+W")
        self.page_only = self._option(row, _("Chỉ trang này"), _("Chỉ tìm trong trang đang mở"), "Alt+O")
        row.addStretch(1)
        return self._options

    def _option(self, row: QHBoxLayout, text: str, help_text: str, keys: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(f"{help_text} ({keys})")
        box.setAccessibleName(text)
        box.setAccessibleDescription(f"{help_text} ({keys})")
        self.addAction(self._action(text, keys, box.toggle))
        row.addWidget(box)
        return box

    def _push(self, text: str, action: QAction) -> QPushButton:
        button = QPushButton(text)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{action.text()} ({keys})")
        button.setAccessibleName(f"{action.text()} ({keys})")
        button.clicked.connect(action.trigger)
        return button

    def _action(self, text: str, keys: str, work: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: work())
        return action

    def _button(self, name: str, work: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked=False: work())
        return button

    # ---- look

    @property
    def is_replacing(self) -> bool:
        return not self.new.isHidden()

    def show_replacing(self, replacing: bool) -> None:
        """Show or hide what is for replacing, with its keys."""
        for widget in (self.new, self._new_label, self._replacing):
            widget.setVisible(replacing)
        for action in self.replace_actions:
            action.setEnabled(replacing)

    def unfold(self, unfolded: bool) -> None:
        """Show all of the bar, or only the fields."""
        if unfolded != self.unfolded:
            self.unfolded = unfolded
            self._lay_out()
            self.fit_list()

    def fit_list(self) -> None:
        """The list as high as its lines, and no higher than a few."""
        self.results.show_lines(LINES if self.unfolded else 0, _SHARE)

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        for glyph, button in self._buttons.items():
            button.setIcon(icons.icon(glyph, theme.colours().text))
            button.setIconSize(QSize(size, size))
        # The field does not change its width with the count.
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in ("9999/5000+", _("Không thấy")))
        self.count.setMinimumWidth(widest + 8)
        # The fields keep their places when one more is shown.
        self._text_label.setMinimumWidth(self._new_label.sizeHint().width())
        self.fit_list()
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in kinds and hasattr(self, "results"):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The options beside the fields where there is room for them, else below."""
        needed = self._options.sizeHint().width() + self.fontMetrics().averageCharWidth() * 70
        wide = self.width() >= needed
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._top.direction() != direction:
            self._top.setDirection(direction)
            self._top.setSpacing(16 if wide else 8)
        # Level with the field beside them.
        above = (self.text.sizeHint().height() - self.fold.sizeHint().height()) // 2 if wide else 0
        self._options.setContentsMargins(0, max(0, above), 0, 0)
        self._options.setVisible(wide or self.unfolded)
