"""The text of a section as a field of a form: its editor, the tools above it and a line of help below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton

from models.i18n import N_, _
from models.plan import Section
from models.text import PLACEHOLDER, placeholders
from ui import icons, theme
from ui.document import Document
from ui.widgets import finding_marks, section_places, spelling
from ui.widgets.bullets import toggle_bullets
from ui.widgets.editor_lines import from_editor, to_editor
from ui.widgets.field import Field
from ui.widgets.finding_lines import why_tip
from ui.widgets.highlighter import Highlighter
from ui.widgets.placeholder_menu import PlaceholderList, offers, placeholder_label
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_text import Values, name_of, pieces
from ui.widgets.wrapping import has, toggle

if TYPE_CHECKING:
    from models.checks import Finding

_LEAST_LINES = 9
_HELP = N_(
    "“- ” gạch đầu dòng · Tab, Shift+Tab đổi cấp · Ctrl+B đậm · Ctrl+I nghiêng · “{” trường tự điền"
    " · F7 số tiền bằng chữ"
)
#: Milliseconds without typing after which the text is written.
_IDLE = 1000


class TextEditor(Field):
    """``section.text`` in the conventions of plan-format.md."""

    editor: SectionEdit

    def __init__(self, document: Document, section: Section) -> None:
        self._document, self._section = document, section
        self._values: Values = placeholders(document.plan, document.template, document.totals)
        self._unknown: set[str] = set()
        self._printed: dict[str, str | None] = {}
        self._given: str | None = None
        #: What is underlined, and where.
        self._marked: list[tuple[Finding, QTextCursor]] = []
        self.highlighter: Highlighter | None = None
        super().__init__(
            document, section, "text", _("Nội dung"), N_("Sửa nội dung mục"),
            parse=from_editor, show_value=to_editor, takes_enter=False,
        )  # fmt: skip
        # Its keys come before those of a field, such as Esc.
        self.editor.installEventFilter(self.list)
        self._build_tools()
        self.help = QLabel()
        self.help.setObjectName("muted")
        self.help.setTextFormat(Qt.TextFormat.PlainText)
        self.help.setWordWrap(True)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._column.insertWidget(2, self.help)
        self._column.setStretchFactor(self.editor, 1)
        self.editor.cursorPositionChanged.connect(self._show_help)
        self.editor.currentCharFormatChanged.connect(self._show_style)
        self.highlighter = Highlighter(self.editor.document(), lambda name: self._values(name))
        self.refresh()

    # ---- build

    def _make_editor(self) -> SectionEdit:
        editor = SectionEdit()
        editor.values = lambda name: self._values(name)
        editor.describe = self.describe
        editor.explain = self._explain
        editor.setPlaceholderText(_("Viết nội dung của mục. Gõ “- ” đầu dòng để gạch đầu dòng."))
        editor.textChanged.connect(self._on_typed)
        editor.menu_requested.connect(self.offer_placeholders)
        editor.brace_typed.connect(lambda: self._open_list(asked=False))
        editor.spell_requested.connect(self.spell_amount)
        metrics = QFontMetrics(editor.font())
        editor.setMinimumHeight(metrics.lineSpacing() * _LEAST_LINES + 16)
        # A whole page in the colour of errors would shout; the frame and the lines below tell enough.
        editor.setStyleSheet("SectionEdit { background: palette(base); }")
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.list = PlaceholderList(editor)
        self.list.chosen.connect(self.insert_placeholder)
        self.list.closed.connect(self._show_help)
        self.list.current.connect(lambda name: self.help.setText(self.describe(name)) if name else None)
        return editor

    def _build_tools(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.take_label(), 1)
        self._tools: list[tuple[QToolButton, str]] = []
        for icon, name, work in (
            ("text-bolder", _("Chữ đậm (Ctrl+B)"), lambda: toggle(self.editor, "bold")),
            ("text-italic", _("Chữ nghiêng (Ctrl+I)"), lambda: toggle(self.editor, "italic")),
            ("list-dashes", _("Gạch đầu dòng"), lambda: toggle_bullets(self.editor.textCursor())),
            ("text-aa", _("Ghi số tiền bằng chữ (F7)"), self.spell_amount),
        ):
            button = QToolButton()
            button.setToolTip(name)
            button.setAccessibleName(name)
            # They serve the cursor in the editor, and have keys there.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCheckable(icon in ("text-bolder", "text-italic"))
            button.clicked.connect(lambda _checked=False, work=work: self._use(work))
            row.addWidget(button)
            self._tools.append((button, icon))
        self._menu_button = QToolButton()
        self._menu_button.setText(" {} ▾".format(_("Chèn trường tự điền")))
        self._menu_button.setToolTip(_("Số tiền, tỷ lệ, năm… lấy từ các bảng, tự đổi theo bảng (Alt+↓)"))
        self._menu_button.setAccessibleName(_("Chèn trường tự điền"))
        self._menu_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu_button.clicked.connect(self.offer_placeholders)
        row.addWidget(self._menu_button)
        self._tools.append((self._menu_button, "brackets-curly"))
        self._column.insertLayout(0, row)
        self._dress()

    def _use(self, work: Any) -> None:
        self.editor.setFocus()
        work()
        self._show_style(self.editor.currentCharFormat())

    def _show_style(self, style: QTextCharFormat) -> None:
        self._tools[0][0].setChecked(has(style, "bold"))
        self._tools[1][0].setChecked(has(style, "italic"))

    def _dress(self) -> None:
        size = self.fontMetrics().height()
        for button, icon in self._tools:
            button.setIcon(icons.icon(icon, theme.colours().text))
            button.setIconSize(QSize(size, size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        highlighter = getattr(self, "highlighter", None)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and highlighter is not None:
            self._dress()
            highlighter.rehighlight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The text does not jump when another line of help is shorter.
        room = QRect(0, 0, max(self.help.width(), 80), 1000)
        lines = self.help.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, _(_HELP))
        self.help.setMinimumHeight(lines.height())

    def head_height(self) -> int:
        """How high what stands above the text is."""
        return self._menu_button.sizeHint().height()

    def tab_widgets(self) -> list[Any]:
        """What Tab walks through here, in order."""
        return [self.editor, self._menu_button]

    # ---- text

    def text(self) -> str:
        return self.editor.lines()

    def _set_text(self, text: str) -> None:
        self._given = text
        self.editor.set_lines(text)

    def _show(self, value: Any) -> None:
        # The editor writes marks in one way of several; a text that it shows already stays.
        if self._given is not None and self._show_value(value) == self._given and not self.is_dirty():
            self._value, self._refused = value, ""
        else:
            super()._show(value)

    def _on_typed(self) -> None:
        super()._on_typed()
        if self.editor.hasFocus():
            self._idle.start(_IDLE)

    def _write_idle(self) -> None:
        if self.list.isVisible():
            # What is typed there is no text yet.
            self._idle.start(_IDLE)
        else:
            super()._write_idle()

    def save(self) -> None:
        self.list.close_list()
        super().save()

    def _forget_history(self) -> None:
        self.editor.document().clearUndoRedoStacks()

    def insert_text(self, lines: str, edit: str) -> None:
        """Put lines at the cursor as an edit of their own; more than one line begin below the line that is there."""
        self.save()
        cursor = self.editor.textCursor()
        cursor.beginEditBlock()
        if "\n" in lines and cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
            cursor.setBlockFormat(type(cursor.blockFormat())())
        self.editor.setTextCursor(cursor)
        self.editor.insert_lines(lines, keep_kind="\n" not in lines and bool(cursor.block().text().strip()))
        cursor.endEditBlock()
        label, self._edit = self._edit, edit
        self.save()
        self._edit = label
        self.editor.setFocus()

    # ---- placeholders

    def refresh(self) -> None:
        """Sums are new: other values for the placeholders, other ones may be known."""
        document = self._document
        self._values = placeholders(document.plan, document.template, document.totals)
        shown = {name_of(form) for block in self._blocks("\ufffc") for _text, form in pieces(block)} - {""}
        printed = {name: self._values(name) for name in shown}
        self.editor.values_changed({name for name in shown if printed[name] != self._printed.get(name)})
        self._printed = printed
        typed = {name for block in self._blocks("{") for name in PLACEHOLDER.findall(block.text())}
        unknown = {name for name in typed if self._values(name) is None}
        if unknown != typed and not self.is_dirty():
            self.editor.settle_all()
            self._forget_history()
        if unknown != self._unknown and self.highlighter is not None:
            self._unknown = unknown
            self.highlighter.rehighlight()
        self._show_help()

    def _blocks(self, sign: str) -> Iterator[Any]:
        block = self.editor.document().firstBlock()
        while block.isValid():
            if sign in block.text():
                yield block
            block = block.next()

    def describe(self, name: str) -> str:
        """What a placeholder will print, as a sentence."""
        value = self._values(name)
        if value is None:
            return _("Không có trường tự điền “{name}”.").format(name=name)
        label = placeholder_label(name, self._document.plan, self._document.template)
        return _("{label}, sẽ in: {value}").format(label=label, value=value)

    def _show_help(self) -> None:
        if self.list.isVisible():
            return
        name = section_places.placeholder_at(self.editor.textCursor())
        self.help.setText(self.describe(name) if name else _(_HELP))

    def offer_placeholders(self) -> None:
        """Open the list of placeholders at the cursor."""
        self.editor.setFocus()
        self.editor.textCursor().insertText("{")
        self._open_list(asked=True)

    def _open_list(self, asked: bool) -> None:
        if not self.list.isVisible():
            self.list.open(offers(self._document.plan, self._document.template, self._values), asked)

    def insert_placeholder(self, name: str) -> None:
        """Put a placeholder at the cursor."""
        self.editor.insert_placeholder(name)
        self.editor.setFocus()

    def spell_amount(self) -> None:
        """Put dots into the amount at the cursor, and its words behind it; what is not possible is told."""
        sentence, kind = spelling.spell(self.editor)
        if sentence:
            self.editor.told.emit(sentence, kind)

    # ---- places

    def show_findings(self) -> None:
        super().show_findings()
        self._marked = finding_marks.mark(self.editor, self.document.findings_of(self._section, "text"))

    def finding_here(self) -> Finding | None:
        """The finding whose underlined words the cursor is in."""
        return finding_marks.at(self._marked, self.editor.textCursor().position())

    def _explain(self, position: int) -> str:
        """What there is to say of the place ``position`` of the text."""
        finding = finding_marks.at(self._marked, position)
        return why_tip(finding, self.document.template) if finding is not None else ""

    def go(self) -> None:
        """Put the cursor here, onto what a finding speaks of."""
        super().go()
        for finding in self.document.findings_of(self._section, "text"):
            if self.go_to_words(finding):
                return
        self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def go_to_words(self, finding: Finding) -> bool:
        """Select the words that a finding is about; false where it tells of none."""
        found = finding_marks.place_of(self.editor, finding)
        if found is not None:
            self.editor.setTextCursor(found)
        return found is not None

    def select(self, start: int, length: int) -> None:
        """Select what ``section.text[start:start + length]`` is in the editor."""
        self.editor.select_stored(self._section.text, start, length)
