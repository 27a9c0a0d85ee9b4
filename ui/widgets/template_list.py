"""The templates at hand and the drafts that are worked on, with their versions and what uses them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from models import templates
from models.i18n import N_, _
from models.template_drafts import Draft
from models.templates import Held

_ITEM = Qt.ItemDataRole.UserRole
_HEADS = (N_("Mẫu kế hoạch"), N_("Phiên bản"), N_("Nguồn gốc"), N_("Kế hoạch dùng"))


class TemplateList(QTreeWidget):
    """One line a template or draft; the drafts stand first."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Mẫu kế hoạch"))
        self.setHeaderLabels([_(head) for head in _HEADS])
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.header()
        head.setStretchLastSection(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(_HEADS)):
            mode = QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, mode)

    def load(
        self,
        drafts: Iterable[Draft],
        found: Iterable[Held],
        used: dict[tuple[str, int | None], int],
        chosen: tuple[str, int] | Path | None,
    ) -> None:
        """Show them with the plans that use them (``Store.templates_used``).

        ``chosen`` is a template's id and version, or the file of a draft; else the first becomes current.
        """
        self.clear()
        current: QTreeWidgetItem | None = None
        for draft in drafts:
            it = draft.template
            item = self._add(draft, it.name or it.id, it.version, _("Đang soạn"), "")
            if chosen == draft.path:
                current = item
        for held in found:
            count = templates.uses(held, used)
            origin = _("Kèm chương trình") if held.is_shipped else _("Đã nhận")
            item = self._add(held, held.template.name, held.template.version, origin, str(count) if count else "–")
            if chosen == held.key:
                current = item
        if (first := current or self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)

    def _add(self, what: Held | Draft, name: str, version: int, origin: str, used: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [name, str(version), origin, used])
        item.setData(0, _ITEM, what)
        item.setToolTip(0, name)
        said = _("{name}, phiên bản {version}, {origin}").format(name=name, version=version, origin=origin)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        return item

    def chosen(self) -> Held | Draft | None:
        item = self.currentItem()
        return item.data(0, _ITEM) if item is not None else None
