"""The editor of one template: its parts as a tree, the form of the chosen one, and what is to be put right yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from models import template_drafts, template_faults
from models.errors import UserError
from models.i18n import _
from models.template_drafts import Draft
from models.template_places import Node
from models.templates import Held
from ui import icons, theme
from ui.messages import MessageLine
from ui.template_editor.editing import Editing
from ui.template_editor.fault_list import FaultList
from ui.template_editor.forms import Form
from ui.template_editor.outline import Outline


class TemplateEditor(QDialog):
    """``made`` is the template once it is finished; ``is_kept``: the draft stays to be gone on with."""

    def __init__(self, parent: QWidget, draft: Draft, folder: Path, is_new: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder, self._is_new = folder, is_new
        self.made: Held | None = None
        self.editing = Editing(self, draft)
        self.setWindowTitle(_("Soạn mẫu kế hoạch"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._build_left())
        self._right = QWidget()
        self._holder = QVBoxLayout(self._right)
        self._holder.setContentsMargins(16, 0, 0, 0)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([420, 800])
        layout.addWidget(splitter, 1)
        self.faults = FaultList(self.editing)
        self.faults.gone.connect(self._go)
        layout.addWidget(self.faults)
        self.messages = MessageLine()
        layout.addWidget(self.messages)
        self.form = Form(self.editing, Node("general"))
        self._holder.addWidget(self.form)
        self.outline.chosen.connect(self._show_form)
        self.outline.added.connect(lambda: self.form.go("", -1))
        self.editing.changed.connect(self._on_changed)
        self.editing.restored.connect(self._on_restored)
        self.editing.failed.connect(lambda sentence: self.messages.tell(sentence, "error"))
        window = parent.window().parentWidget() or parent.window()
        self.resize(QSize(max(960, window.width() - 24), max(600, window.height() - 24)))
        self._update()
        self.editing.check()
        self.outline.setFocus()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        app.installEventFilter(self)

    @property
    def draft(self) -> Draft:
        return self.editing.draft

    @property
    def is_kept(self) -> bool:
        return self.made is None and (self.editing.is_touched or not self._is_new)

    # ---- build

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._title = QLabel()
        self._title.setObjectName("title")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setMinimumWidth(80)
        row.addWidget(self._title, 1)
        self.undo = self._action(_("Hoàn tác"), "Ctrl+Z", self.editing.undo)
        self.redo = self._action(_("Làm lại"), "Ctrl+Y|Ctrl+Shift+Z", self.editing.redo)
        self._action(_("Chỗ phải sửa tiếp theo"), "F8", lambda: self.faults.step(1, self.form.node))
        self._action(_("Chỗ phải sửa trước đó"), "Shift+F8", lambda: self.faults.step(-1, self.form.node))
        size = max(16, round(self.fontMetrics().ascent() * 1.3))
        for action, glyph in ((self.undo, "arrow-u-up-left"), (self.redo, "arrow-u-up-right")):
            action.setIcon(icons.icon(glyph, theme.colours().text))
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(QSize(size, size))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.look = self._button(_("&Xem thử"), self._look)
        self.look.setToolTip(_("Xem thử") + " (Ctrl+P)")
        self._action(_("Xem thử"), "Ctrl+P", self._look)
        self.finish = self._button(_("&Hoàn thành mẫu"), self._finish)
        self.finish.setObjectName("main")
        self.leave = self._button(_("Đón&g"), self.close)
        self.leave.setToolTip(_("Đóng; bản đang soạn được giữ lại"))
        for one in (self.look, self.finish, self.leave):
            row.addWidget(one)
        return row

    def _button(self, text: str, work: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: work())
        return button

    def _action(self, text: str, keys: str, work: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence.fromString(key) for key in keys.split("|")])
        action.triggered.connect(lambda _checked=False: work())
        self.addAction(action)
        return action

    def _build_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.outline = Outline(self.editing)
        column.addWidget(self.outline, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        works: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("plus", _("Thêm sau mục đang chọn"), "Insert", self.outline.add),
            ("arrow-elbow-down-right", _("Thêm vào trong mục đang chọn"), "Shift+Insert",
             lambda: self.outline.add(is_inside=True)),
            ("trash", _("Bỏ"), "Delete", self.outline.take_out),
            ("arrow-up", _("Chuyển lên"), "Alt+↑", lambda: self.outline.shift("up")),
            ("arrow-down", _("Chuyển xuống"), "Alt+↓", lambda: self.outline.shift("down")),
            ("arrow-right", _("Đưa vào mục trước"), "Alt+→", lambda: self.outline.shift("in")),
            ("arrow-left", _("Đưa ra ngoài"), "Alt+←", lambda: self.outline.shift("out")),
        )  # fmt: skip
        size = max(16, round(self.fontMetrics().ascent() * 1.3))
        for glyph, text, key, work in works:
            button = QToolButton()
            button.setIcon(icons.icon(glyph, theme.colours().text))
            button.setIconSize(QSize(size, size))
            button.setAccessibleName(text)
            button.setToolTip(f"{text} ({key})")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, work=work: work())
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return left

    # ---- following

    def _show_form(self, node: Node) -> None:
        self.editing.pause()
        old = self.form
        self.form = Form(self.editing, node)
        self._holder.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()

    def _on_changed(self, is_outline: bool) -> None:
        if is_outline:
            self.outline.load(self.outline.node())
            table = self.form.node.kind == "table" and self.form.node.path
            if table and ("columns" in self.form.fields) != bool(self.editing.template.tables[table[0]].columns):
                self._show_form(self.form.node)
                self.form.go("is_register", -1)
        self._update()

    def _on_restored(self) -> None:
        """The form shows the template as it is now; the cursor stays in its field."""
        field = next((name for name, one in self.form.fields.items() if one.widget.hasFocus()), None)
        is_in_rows = self.form.rows is not None and self.form.rows.table.hasFocus()
        self.outline.load(self.outline.node())
        self._show_form(self.outline.node())
        if field is not None:
            self.form.go(field, -1)
        elif is_in_rows and self.form.rows is not None:
            self.form.rows.table.setFocus()
        self._update()

    def _update(self) -> None:
        template = self.editing.template
        name = template.name.strip() or _("(chưa có tên mẫu)")
        text = _("{name} – phiên bản {version}").format(name=name, version=template.version)
        metrics = self._title.fontMetrics()
        self._title.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(200, self._title.width())))
        self._title.setToolTip(text)
        for action, label, usual in (
            (self.undo, self.editing.undo_label(), _("Hoàn tác")),
            (self.redo, self.editing.redo_label(), _("Làm lại")),
        ):
            action.setEnabled(label is not None)
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{usual}: {label} ({key})" if label else f"{usual} ({key})")

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._update()

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.editing.pause()

    def _go(self, node: Node) -> None:
        self.outline.go(node)
        self.form.go(node.field, node.row)

    # ---- the end

    def _look(self) -> None:
        from ui.template_editor.preview import TemplatePreview

        self._settle()
        if list(template_faults.faults(self.editing.template)):
            self.messages.tell(_("Hãy sửa các chỗ phải sửa trước khi xem thử."), "warning")
            return
        TemplatePreview(self, self.editing.template).open()

    def _settle(self) -> None:
        if self.form.rows is not None:
            self.form.rows.settle()

    def _finish(self) -> None:
        self._settle()
        self.editing.check()
        try:
            self.made = template_drafts.finish(self.editing.draft, self._folder)
        except UserError as error:
            self.messages.tell(str(error), "error")
            self.faults.go(0)
            return
        self.editing.stop()
        self.accept()

    def done(self, result: int) -> None:
        """Leaving keeps the draft; one in which nothing was changed is none."""
        if self.made is None:
            self._settle()
            if self.is_kept:
                self.editing.keep()
            else:
                self.editing.stop()
                template_drafts.drop(self.editing.draft)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._on_focus)
        app.removeEventFilter(self)
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo are of the template, also in a field of one line, which would undo for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if is_ours and isinstance(watched, QWidget) and self.form.isAncestorOf(watched):
                event.ignore()
                return True
        return False
