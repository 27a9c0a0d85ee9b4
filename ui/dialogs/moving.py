"""Which template the open plan is to be moved to, and what that changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout

from models import document as plan_document
from models import moving, templates
from models.i18n import N_, _
from models.moving_change import AREA_NAMES, AREAS, Change
from models.template import Template
from ui import worker
from ui.dialogs.particulars import buttons
from ui.reading_only import edits

if TYPE_CHECKING:
    from ui.document import Document
    from ui.main_window import MainWindow


def targets(document: Document) -> list[Template]:
    """The templates a plan can be moved to: the newer versions of its own first, then the others, newest first."""
    own = document.template
    found = [held.template for held in templates.listed()[0]]
    others = [one for one in found if (one.id, one.version) != (own.id, own.version)]
    return sorted(others, key=lambda one: (one.id != own.id, one.id == own.id and one.version < own.version))


def name_of(template: Template) -> str:
    return _("{name} (phiên bản {version})").format(name=template.name, version=template.version)


class MovingDialog(QDialog):
    """The template to move to, and a list of what changes; the move is one step that can be undone."""

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._document = window, document
        self._targets = targets(document)
        self._job: worker.Job[list[Change]] | None = None
        self.setWindowTitle(_("Chuyển kế hoạch sang mẫu khác"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Chuyển kế hoạch sang mẫu khác"))
        title.setObjectName("title")
        layout.addWidget(title)
        now = QLabel(_("Đang dùng: {name}").format(name=name_of(document.template)))
        now.setObjectName("muted")
        now.setWordWrap(True)
        layout.addWidget(now)
        label = QLabel(_("&Mẫu chuyển đến"))
        label.setObjectName("heading")
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Mẫu chuyển đến"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.addItems([name_of(one) for one in self._targets])
        label.setBuddy(self.choice)
        layout.addWidget(label)
        layout.addWidget(self.choice)
        self._head = QLabel(_("Những gì sẽ thay đổi"))
        self._head.setObjectName("heading")
        layout.addWidget(self._head)
        self.list = QListWidget()
        self.list.setObjectName("card")
        self.list.setAccessibleName(_("Những gì sẽ thay đổi"))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        layout.addWidget(self.list, 1)
        foot = QLabel(
            _("Nội dung đơn vị đã viết không bị bỏ. Chuyển là một bước, Hoàn tác (Ctrl+Z) đưa mọi thứ về như trước.")
        )
        foot.setObjectName("muted")
        foot.setWordWrap(True)
        layout.addWidget(foot)
        self._buttons = buttons(self, _("Chuyển sang mẫu này"), _("Không chuyển"))
        self._yes = next(one for one in self._buttons.buttons() if one.objectName() == "main")
        edits(self._yes)
        layout.addWidget(self._buttons)
        self.choice.currentIndexChanged.connect(lambda _at: self._look())
        self.resize(
            min(1000, 96 * self.fontMetrics().averageCharWidth()), min(640, 34 * self.fontMetrics().lineSpacing())
        )
        self._look()
        self.choice.setFocus()

    def target(self) -> Template:
        return self._targets[self.choice.currentIndex()]

    def _look(self) -> None:
        """Work out what the chosen template changes, on a copy of the plan."""
        if self._job is not None:
            self._job.drop()
        self._yes.setEnabled(False)
        self.list.clear()
        self._add_group(_("Đang xem xét…"))
        data, old, new = plan_document.dump(self._document.plan), self._document.template, self.target()
        self._job = worker.run(
            self,
            lambda _progress: moving.move(plan_document.load(data), old, new),
            self._show_changes,
            self._fail,
        )

    def _add_group(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = QFont(self.list.font())
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _show_changes(self, found: list[Change]) -> None:
        self.list.clear()
        for area in AREAS:
            changes = [change for change in found if change.area == area]
            if not changes:
                continue
            self._add_group(_(AREA_NAMES[area]))
            for change in changes:
                sign = "•" if change.is_kept else "→"
                item = QListWidgetItem(f"{sign} {change.text}")
                kept = _("giữ nguyên: {text}").format(text=change.text) if change.is_kept else change.text
                item.setData(Qt.ItemDataRole.AccessibleTextRole, kept)
                self.list.addItem(item)
        if not found:
            self._add_group(_("Không có gì thay đổi ngoài số phiên bản."))
        self._head.setText(_("Những gì sẽ thay đổi ({count})").format(count=len(found)))
        self._yes.setEnabled(True)
        self._job = None

    def _fail(self, sentence: str) -> None:
        self.list.clear()
        self._add_group(sentence)
        self._job = None

    def accept(self) -> None:
        if not self._yes.isEnabled():
            return
        new, old = self.target(), self._document.template
        found: list[Change] = []
        with self._document.edit(N_("Chuyển sang mẫu khác")) as plan:
            found = moving.move(plan, old, new)
        super().accept()
        if self._document.template is not old:
            sentence = _("Kế hoạch nay theo mẫu “{name}”; {count} thay đổi.")
            self._window.tell(sentence.format(name=name_of(new), count=len(found)), "info")
