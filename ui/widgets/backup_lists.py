"""The backups there are, and the plans in the chosen one, each as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from models.drives import size_text
from models.i18n import N_, _
from models.store.backups import Backup, Held, reason_text
from ui import icons, theme
from ui.widgets.grouped_list import GroupedList
from ui.widgets.plans_model import human_time

_DATA = Qt.ItemDataRole.UserRole + 1
#: How a plan of a backup stands to the one of the store.
Relation = Literal["same", "store_newer", "backup_newer", "missing", "bin"]
_RELATIONS: dict[Relation, tuple[str, str]] = {
    "same": (N_("giống trong kho"), "done"),
    "store_newer": (N_("trong kho mới hơn"), "info"),
    "backup_newer": (N_("bản sao lưu mới hơn"), "warning"),
    "missing": (N_("trong kho không có"), "warning"),
    "bin": (N_("đang ở thùng rác"), "warning"),
}


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A plan in a backup, beside the one of the store."""

    plan: Held
    relation: Relation


def relation(held: Held, shown: Mapping[str, str], thrown: Mapping[str, str]) -> Relation:
    """How a plan of a backup stands to those of the store: ids, with when each was changed last (ISO 8601)."""
    if held.id in thrown:
        return "bin"
    if held.id not in shown:
        return "missing"
    if shown[held.id] == held.changed:
        return "same"
    return "store_newer" if shown[held.id] > held.changed else "backup_newer"


def _icon_size(widget: QWidget) -> QSize:
    """As high as the letters beside it."""
    size = max(16, widget.fontMetrics().ascent())
    return QSize(size, size)


class BackupList(GroupedList):
    """The newest is first. ``chosen`` comes with the backup that the arrow keys have come to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        heads = [_("Lúc"), _("Lý do"), _("Số kế hoạch"), _("Dung lượng"), _("Nơi lưu"), _("Tình trạng")]
        super().__init__(_("Các bản sao lưu"), heads, 1)
        self.setIndentation(0)
        self.setIconSize(_icon_size(self))
        self.currentItemChanged.connect(lambda *_items: self.chosen.emit(self.current()))

    def load(self, backups: Sequence[Backup], own: Path) -> None:
        """Show these; ``own`` is the one in the data folder. Chosen is the same as before, or the first good one."""
        before = self.current()
        self.blockSignals(True)
        self.clear()
        current, good, first = None, None, None
        for backup in backups:
            item = _backup_item(backup, own)
            self.addTopLevelItem(item)
            first = first or item
            if good is None and not backup.fault:
                good = item
            if before is not None and backup.path == before.path:
                current = item
        self.blockSignals(False)
        if (chosen := current or good or first) is not None:
            self.setCurrentItem(chosen)
        self.chosen.emit(self.current())

    def choose(self, path: Path) -> None:
        for at in range(self.topLevelItemCount()):
            item = self.topLevelItem(at)
            if item is not None and item.data(0, _DATA).path == path:
                self.setCurrentItem(item)

    def current(self) -> Backup | None:
        item = self.currentItem()
        return item.data(0, _DATA) if item is not None else None


def _backup_item(backup: Backup, own: Path) -> QTreeWidgetItem:
    c = theme.colours()
    if backup.fault:
        state, icon, colour = _("hỏng"), "error", c.error
    elif backup.is_locked:
        state, icon, colour = _("có mật khẩu"), "lock", c.muted
    else:
        state, icon, colour = _("dùng được"), "done", c.done
    where = _("máy này") if backup.path.parent == own else _("nơi thứ hai")
    plans = "–" if backup.plans is None else str(backup.plans)
    reason = reason_text(backup.reason)
    item = QTreeWidgetItem([human_time(backup.created), reason, plans, size_text(backup.size), where, state])
    item.setIcon(5, icons.icon(icons.STATES.get(icon, icon), colour))
    item.setData(0, _DATA, backup)
    for column in (2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for column in range(6):
        item.setToolTip(column, backup.fault or str(backup.path))
        if backup.fault:
            item.setForeground(column, QBrush(QColor(c.muted)))
    return item


class HeldList(GroupedList):
    """The plans in a backup; ``activated_plan`` where Enter or a double click asks for one to be looked at."""

    moved = Signal()

    def __init__(self) -> None:
        heads = [_("Kế hoạch"), _("Năm"), _("Sửa lần cuối"), _("So với kho dữ liệu")]
        super().__init__(_("Các kế hoạch trong bản sao lưu"), heads, 0)
        self.setIndentation(0)
        self.setIconSize(_icon_size(self))
        self.currentItemChanged.connect(lambda *_items: self.moved.emit())

    def load(self, lines: Sequence[HeldLine], first: str = "") -> None:
        """Show these; the plan of id ``first`` is chosen, where it is one of them."""
        c = theme.colours()
        colours = {"done": c.done, "warning": c.warning, "info": c.accent}
        self.clear()
        current = None
        for line in lines:
            plan = line.plan
            name = " – ".join(filter(None, (plan.unit_name, plan.subject))) or plan.id
            if plan.is_deleted:
                name = _("(trong thùng rác) {name}").format(name=name)
            text, state = _RELATIONS[line.relation]
            item = QTreeWidgetItem([name, _years(plan), human_time(plan.changed), _(text)])
            item.setIcon(3, icons.icon(icons.STATES.get(state, "info-fill"), colours[state]))
            item.setToolTip(0, name)
            item.setData(0, _DATA, line)
            self.addTopLevelItem(item)
            if current is None or plan.id == first:
                current = item
        if current is not None:
            self.setCurrentItem(current)
        self.moved.emit()

    def lines(self) -> list[HeldLine]:
        items = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [item.data(0, _DATA) for item in items if item is not None]

    def current(self) -> HeldLine | None:
        item = self.currentItem()
        return item.data(0, _DATA) if item is not None else None


def _years(plan: Held) -> str:
    if plan.period_from is None:
        return ""
    last = plan.period_to
    return str(plan.period_from) if last in (None, plan.period_from) else f"{plan.period_from}–{last}"
