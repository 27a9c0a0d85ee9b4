"""The templates at hand: taking one in, giving one out, and making a new version or a new template of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from models import template, template_drafts, template_edit, templates
from models.errors import UserError
from models.exports import files
from models.i18n import _
from models.template_drafts import Draft
from models.templates import Held
from ui import taking_templates
from ui.dialogs.take_template import code_label
from ui.messages import MessageLine
from ui.reading_only import edits
from ui.widgets.template_list import TemplateList

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def show(window: MainWindow) -> None:
    """Show the templates at hand; the open plan's is chosen."""
    workspace = window.workspace
    if workspace is not None:
        workspace.save()
    own = workspace.document.template if workspace is not None else None
    TemplatesDialog(window, (own.id, own.version) if own is not None else None).open()


class TemplatesDialog(QDialog):
    """A list of templates and drafts; what can be done with the chosen one stands beside it."""

    def __init__(self, window: MainWindow, chosen: tuple[str, int] | None = None) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self.setWindowTitle(_("Mẫu kế hoạch"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Mẫu kế hoạch"))
        title.setObjectName("title")
        layout.addWidget(title)
        about = QLabel(
            _("Đề cương, bảng, nguồn vốn, số liệu và mức tối thiểu do cơ quan chuyên môn ban hành cho các đơn vị.")
        )
        about.setObjectName("muted")
        about.setWordWrap(True)
        layout.addWidget(about)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        self.list = TemplateList()
        self.list.currentItemChanged.connect(lambda *_items: self._show_chosen())
        self.list.itemActivated.connect(lambda *_item: self._activate())
        middle.addWidget(self.list, 1)
        middle.addLayout(self._build_buttons())
        layout.addLayout(middle, 1)
        self._name = QLabel()
        self._name.setObjectName("heading")
        self._name.setWordWrap(True)
        layout.addWidget(self._name)
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        self._summary.setWordWrap(True)
        layout.addWidget(self._summary)
        self._code = QHBoxLayout()
        self._code.setSpacing(12)
        layout.addLayout(self._code)
        self.messages = MessageLine()
        layout.addWidget(self.messages)
        metrics = self.fontMetrics()
        self.resize(min(1240, 124 * metrics.averageCharWidth()), min(680, 34 * metrics.lineSpacing()))
        # Rows that are measured before the style sheet is put on are too low.
        self.ensurePolished()
        self.list.ensurePolished()
        self.load(chosen)
        self.list.setFocus()

    # ---- build

    def _build_buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)

        def add(text: str, work: Callable[[], object], changes: bool = True) -> QPushButton:
            button = QPushButton(text)
            button.setAccessibleName(text.replace("&", "").rstrip("…"))
            button.setAutoDefault(False)
            button.clicked.connect(lambda: work())
            if changes:
                edits(button)
            column.addWidget(button)
            return button

        self.take = add(_("&Nhận tệp mẫu…"), self._take)
        self.give = add(_("&Xuất tệp mẫu…"), self._give, changes=False)
        column.addSpacing(8)
        self.next_version = add(_("Sửa thành &phiên bản mới…"), self._next_version)
        self.another = add(_("Mẫu mới &từ mẫu này…"), self._another)
        self.go_on = add(_("&Soạn tiếp…"), self._go_on)
        column.addSpacing(8)
        self.remove = add(_("&Gỡ khỏi máy này"), self._remove)
        column.addStretch(1)
        close = add(_("Đóng"), self.close, changes=False)
        close.setObjectName("main")
        return column

    # ---- what is there

    def load(self, chosen: tuple[str, int] | Path | None = None) -> None:
        """Show what is at hand; ``chosen`` is a template's id and version, or the file of a draft."""
        found, faults = templates.listed()
        drafts, of_drafts = template_drafts.kept(self._window.store.folder)
        self.list.load(drafts, found, self._window.store.templates_used(), chosen)
        if faults or of_drafts:
            self.messages.tell(" ".join((*faults, *of_drafts)), "error")

    def _show_chosen(self) -> None:
        what = self.list.chosen()
        is_draft, is_held = isinstance(what, Draft), isinstance(what, Held)
        for button in (self.give, self.next_version, self.another):
            button.setVisible(is_held)
        self.go_on.setVisible(is_draft)
        self.remove.setText(_("&Bỏ bản đang soạn") if is_draft else _("&Gỡ khỏi máy này"))
        self.remove.setVisible(is_draft or (isinstance(what, Held) and not what.is_shipped))
        while (old := self._code.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        if what is None:
            return
        found = what.template
        about = _("{name} · mã {id}").format(name=found.name or "–", id=found.id)
        self._name.setText(about)
        self._summary.setText(found.summary)
        self._summary.setVisible(bool(found.summary))
        if isinstance(what, Held):
            label = QLabel(_("Mã kiểm tra (SHA-256):"))
            label.setObjectName("muted")
            self._code.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            self._code.addWidget(code_label(what.digest), 1)

    # ---- what is done

    def _take(self) -> None:
        pattern = _("Tệp mẫu (*.toml);;Mọi tệp (*)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Nhận tệp mẫu"), "", pattern)
        if name:
            self.take_in(Path(name))

    def take_in(self, path: Path) -> None:
        """Read a file, show it and ask."""
        from ui.dialogs.take_template import TakeTemplateDialog

        try:
            coming = templates.examine(path)
        except UserError as error:
            self.messages.tell(str(error), "error")
            return
        if coming.kind == "same":
            self.messages.tell(_("Phiên bản này đã có trên máy, nội dung giống hệt."), "info")
            self.load((coming.template.id, coming.template.version))
            return
        dialog = TakeTemplateDialog(self._window, coming, path)
        dialog.setParent(self, dialog.windowFlags())
        dialog.accepted.connect(lambda: self.load((coming.template.id, coming.template.version)))
        dialog.open()

    def _give(self) -> None:
        what = self.list.chosen()
        if not isinstance(what, Held):
            return
        name = f"{what.template.id}_{what.template.version}{templates.ENDING}"
        start = str(Path(self._window.settings.text("template_folder") or Path.home()) / name)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Xuất tệp mẫu"), start, _("Tệp mẫu (*.toml)"))
        if chosen:
            self.give_out(what, Path(chosen))

    def give_out(self, held: Held, path: Path) -> None:
        """Write the file of a template, byte for byte as it is kept, so that its code stays the same."""
        if path.suffix.lower() != templates.ENDING:
            path = path.with_name(path.name + templates.ENDING)
        try:
            files.write_all({path: templates.data_of(held)})
        except UserError as error:
            self.messages.tell(str(error), "error")
            return
        self._window.settings.set("template_folder", str(path.parent))
        sentence = _("Đã xuất “{file}”; hãy ghi mã kiểm tra ở trên vào văn bản gửi các đơn vị.")
        self.messages.tell(sentence.format(file=path), "info")

    def _activate(self) -> None:
        if isinstance(self.list.chosen(), Draft) and not self._window.store.is_reading:
            self._go_on()

    def _next_version(self) -> None:
        if isinstance(what := self.list.chosen(), Held):
            made = template_edit.next_version(what.template, template.versions(what.template.id))
            self._edit(Draft(made, template_drafts.new_path(self._window.store.folder)), what)

    def _another(self) -> None:
        if isinstance(what := self.list.chosen(), Held):
            # What stands in a template is Vietnamese.
            name = f"{what.template.name} (mẫu mới)"
            made = template_edit.another(what.template, template.known(), name)
            self._edit(Draft(made, template_drafts.new_path(self._window.store.folder)), what)

    def _go_on(self) -> None:
        if isinstance(what := self.list.chosen(), Draft):
            self._edit(what, None)

    def _edit(self, draft: Draft, made_from: Held | None) -> None:
        from ui.template_editor.dialog import TemplateEditor

        editor = TemplateEditor(self, draft, self._window.store.folder, is_new=made_from is not None)
        editor.finished.connect(lambda _result: self._edited(editor, made_from))
        editor.open()

    def _edited(self, editor: object, made_from: Held | None) -> None:
        from ui.template_editor.dialog import TemplateEditor

        assert isinstance(editor, TemplateEditor)
        taking_templates.changed(self._window)
        if editor.made is not None:
            self.load(editor.made.key)
            sentence = _("Mẫu đã hoàn thành và dùng được trên máy này; hãy xuất tệp để gửi các đơn vị.")
            self.messages.tell(sentence, "info")
        elif editor.is_kept:
            self.load(editor.draft.path)
            self.messages.tell(_("Bản đang soạn được giữ trong danh sách để soạn tiếp."), "info")
        else:
            self.load(made_from.key if made_from is not None else None)

    def _remove(self) -> None:
        what = self.list.chosen()
        if isinstance(what, Draft):
            template_drafts.drop(what)
            self.load()
            # It is not lost by a slip of the hand.
            self.messages.tell(
                _("Đã bỏ bản đang soạn “{name}”.").format(name=what.template.name), "info", _("Lấy lại"),
                lambda: self._bring_back(what),
            )  # fmt: skip
        elif isinstance(what, Held):
            try:
                data = templates.data_of(what)
                templates.remove(what, templates.uses(what, self._window.store.templates_used()))
            except UserError as error:
                self.messages.tell(str(error), "error")
                return
            taking_templates.changed(self._window)
            self.load()
            sentence = _("Đã gỡ mẫu “{name}” phiên bản {version}.")
            self.messages.tell(
                sentence.format(name=what.template.name, version=what.template.version), "info", _("Lấy lại"),
                lambda: self._bring_back(what, data),
            )  # fmt: skip

    def _bring_back(self, what: Held | Draft, data: bytes = b"") -> None:
        try:
            if isinstance(what, Draft):
                template_drafts.keep(what)
            else:
                templates.take_in(templates.examined(data, what.path.name), self._window.store.folder)
        except UserError as error:
            self.messages.tell(str(error), "error")
            return
        taking_templates.changed(self._window)
        self.load(what.path if isinstance(what, Draft) else what.key)
