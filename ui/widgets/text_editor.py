"""The text of a section as a field of a form: its editor, the tools above it and a line of help below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton

from models.i18n import N_, _
from models.plan import Section
from models.text import PLACEHOLDER, placeholders
from ui import icons, theme
from ui.document import Document
from ui.widgets.editor_lines import from_editor, to_editor
from ui.widgets.fields import LongField
from ui.widgets.highlighter import Highlighter
from ui.widgets.placeholder_menu import fill_menu, placeholder_label
from ui.widgets.section_edit import SectionEdit
from ui.widgets.wrapping import toggle_mark

_LEAST_LINES = 9


class TextEditor(LongField):
    """``section.text`` in the conventions of plan-format.md."""

    editor: SectionEdit

    def __init__(self, document: Document, section: Section) -> None:
        self._document, self._section = document, section
        self._values: Callable[[str], str | None] = lambda _name: ""
        self._unknown: set[str] = set()
        super().__init__(
            document, section, "text", _("Nội dung"), N_("Sửa nội dung mục"),
            parse=from_editor, show_value=to_editor, many=True,
            hint=_("Viết nội dung của mục. Gõ “- ” đầu dòng để gạch đầu dòng."),
        )  # fmt: skip
        self._build_tools()
        self.help = QLabel()
        self.help.setObjectName("muted")
        self.help.setTextFormat(Qt.TextFormat.PlainText)
        self.help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._column.insertWidget(2, self.help)
        self._column.setStretchFactor(self.editor, 1)
        self.editor.cursorPositionChanged.connect(self._show_help)
        self.highlighter = Highlighter(self.editor.document(), lambda name: self._values(name) is not None)
        self.refresh()

    # ---- build

    def _make_editor(self) -> SectionEdit:
        editor = SectionEdit()
        editor.textChanged.connect(self._on_typed)
        editor.menu_requested.connect(lambda: self._menu_button.showMenu())
        editor.value_of = self.describe  # type: ignore[method-assign]
        metrics = QFontMetrics(editor.font())
        editor.setMinimumHeight(metrics.lineSpacing() * _LEAST_LINES + 16)
        # A whole page in the colour of errors would shout; the frame and the lines below tell enough.
        editor.setStyleSheet("SectionEdit { background: palette(base); }")
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return editor

    def _build_tools(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.take_label(), 1)
        self._tools: list[tuple[QToolButton, str]] = []
        for icon, name, work in (
            ("text-bolder", _("Chữ đậm (Ctrl+B)"), lambda: toggle_mark(self.editor, "**")),
            ("text-italic", _("Chữ nghiêng (Ctrl+I)"), lambda: toggle_mark(self.editor, "*")),
            ("list-dashes", _("Gạch đầu dòng"), lambda: self.editor.toggle_bullets()),
        ):
            button = QToolButton()
            button.setToolTip(name)
            button.setAccessibleName(name)
            # They serve the cursor in the editor, and have keys there.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(work)
            row.addWidget(button)
            self._tools.append((button, icon))
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu_button = QToolButton()
        self._menu_button.setText(" {} ▾".format(_("Chèn trường tự điền")))
        self._menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._menu_button.setToolTip(_("Số tiền, tỷ lệ, năm… lấy từ các bảng, tự đổi theo bảng (Alt+↓)"))
        self._menu_button.setAccessibleName(_("Chèn trường tự điền"))
        self._menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(self._menu)
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._menu_button)
        self._tools.append((self._menu_button, "brackets-curly"))
        self._column.insertLayout(0, row)
        self._dress()

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        for button, icon in self._tools:
            button.setIcon(icons.icon(icon, theme.colours().text))
            button.setIconSize(QSize(size, size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "highlighter"):
            self._dress()
            self.highlighter.rehighlight()

    def tab_widgets(self) -> list[Any]:
        """What Tab walks through here, in order."""
        return [self.editor, self._menu_button]

    # ---- text

    def text(self) -> str:
        return self.editor.lines()

    def _set_text(self, text: str) -> None:
        old = self.editor.textCursor().position()
        super()._set_text(text)
        cursor = self.editor.textCursor()
        cursor.setPosition(min(old, max(self.editor.document().characterCount() - 1, 0)))
        self.editor.setTextCursor(cursor)

    # ---- placeholders

    def refresh(self) -> None:
        """Sums are new: other values for the placeholders, other ones may be known."""
        document = self._document
        self._values = placeholders(document.plan, document.template, document.totals)
        names = PLACEHOLDER.findall(self.editor.toPlainText())
        unknown = {name for name in names if self._values(name) is None}
        if unknown != self._unknown:
            self._unknown = unknown
            self.highlighter.rehighlight()
        self._show_help()

    def describe(self, name: str) -> str:
        """What a placeholder will print, as a sentence."""
        value = self._values(name)
        if value is None:
            return _("Không có trường tự điền “{name}”.").format(name=name)
        label = placeholder_label(name, self._document.plan, self._document.template)
        return _("{label}, sẽ in: {value}").format(label=label, value=value)

    def _show_help(self) -> None:
        name = self.editor.placeholder_at(self.editor.textCursor())
        keys = _("“- ” gạch đầu dòng · Tab, Shift+Tab đổi cấp · Ctrl+B đậm · Ctrl+I nghiêng · Alt+↓ trường tự điền")
        self.help.setText(self.describe(name) if name else keys)

    def _fill_menu(self) -> None:
        fill_menu(self._menu, self._document.plan, self._document.template, self._values, self.insert_placeholder)

    def insert_placeholder(self, name: str) -> None:
        """Put a placeholder at the cursor."""
        self.editor.textCursor().insertText("{" + name + "}")
        self.editor.setFocus()

    # ---- places

    def go(self) -> None:
        """Put the cursor here, onto what a finding speaks of."""
        super().go()
        for finding in self.document.findings_of(self._section, "text"):
            if isinstance(finding.actual, str) and finding.actual:
                found = self.editor.document().find(finding.actual)
                if not found.isNull():
                    self.editor.setTextCursor(found)
                    return
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
