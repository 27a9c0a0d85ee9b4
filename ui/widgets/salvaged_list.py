"""The plans that were found in a damaged store, by how much of each is left, and where each is taken from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTreeWidgetItem

from models.i18n import N_, _
from models.store.backups import Backup
from models.store.recovery import SalvagedPlan, Status
from ui import icons, theme
from ui.widgets.grouped_list import GroupedList
from ui.widgets.plans_model import human_time

_PLAN = Qt.ItemDataRole.UserRole + 1

#: The groups of the list, in order, with their icons; and what is said of a plan in each.
_GROUPS: tuple[tuple[Status, str, str, str], ...] = (
    ("lost", N_("Không đọc được từ tệp hỏng ({count})"), "error", ""),
    ("part", N_("Còn một phần ({count})"), "warning", N_("Thiếu hoặc hỏng: {lost}.")),
    (
        "complete",
        N_("Đọc được đủ các phần ({count})"),
        "done",
        N_("Đủ các phần, nhưng không có gì để đối chiếu từng chữ, từng số: nên xem lại sau khi mở."),
    ),
    (
        "whole",
        N_("Còn nguyên vẹn ({count})"),
        "done",
        N_("Đúng như lần lưu cuối: đã đối chiếu với bản sao lưu và lịch sử sửa."),
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is left of each plan, and the backup that helped to find out."""

    plans: list[SalvagedPlan]
    backup: Backup | None

    def when(self) -> str:
        """The time of the backup as people say it; empty where there is none."""
        return human_time(self.backup.created) if self.backup is not None else ""


class SalvagedList(GroupedList):
    """What is least whole is first. Each plan is taken from the file, or from the backup where that is better."""

    def __init__(self) -> None:
        super().__init__(_("Các kế hoạch tìm thấy"), [_("Kế hoạch"), _("Sửa lần cuối"), _("Lấy từ")], 0)
        size = max(16, self.fontMetrics().ascent())
        self.setIconSize(QSize(size, size))
        self._found = Found([], None)
        self._from_backup: set[str] = set()

    def load(self, found: Found) -> None:
        """Show these plans, each from its better source."""
        self._found = found
        self._from_backup = {plan.id for plan in found.plans if plan.best() is not plan}
        self._fill()

    def _fill(self) -> None:
        chosen = self.current()
        c = theme.colours()
        colours = {"error": c.error, "warning": c.warning, "done": c.done}
        self.clear()
        current = None
        for status, title, state, _said in _GROUPS:
            plans = [plan for plan in self._found.plans if plan.status == status]
            if not plans:
                continue
            group = self.add_group(_(title).format(count=len(plans)))
            group.setIcon(0, icons.icon(icons.STATES[state], colours[state]))
            for plan in plans:
                item = QTreeWidgetItem([self._name(plan), human_time(self._source(plan).changed), self._from(plan)])
                item.setData(0, _PLAN, plan)
                item.setToolTip(0, item.text(0))
                group.addChild(item)
                if current is None or (chosen is not None and plan.id == chosen.id):
                    current = item
        self.expandAll()
        self.setVisible(bool(self._found.plans))
        if current is not None:
            self.setCurrentItem(current)

    # ---- where plans are taken from

    def _source(self, plan: SalvagedPlan) -> SalvagedPlan:
        return plan.earlier if plan.earlier is not None and plan.id in self._from_backup else plan

    def sources(self) -> list[SalvagedPlan]:
        """The plans as they are to be taken."""
        return [source for source in map(self._source, self._found.plans) if source.rows]

    def current(self) -> SalvagedPlan | None:
        item = self.currentItem()
        return item.data(0, _PLAN) if item is not None else None

    def can_swap(self) -> bool:
        """Whether the chosen plan can be taken from either; one that is proved to be whole need not."""
        plan = self.current()
        return plan is not None and plan.earlier is not None and bool(plan.rows) and plan.status != "whole"

    def is_from_backup(self) -> bool:
        plan = self.current()
        return plan is not None and self._source(plan) is not plan

    def swap(self) -> None:
        """Take the chosen plan from the other source."""
        plan = self.current()
        if plan is not None and self.can_swap():
            self._from_backup ^= {plan.id}
            self._fill()

    # ---- texts

    def _name(self, plan: SalvagedPlan) -> str:
        source = self._source(plan)
        names = [text for text in (source.text("unit_name"), source.text("subject")) if text]
        return " – ".join(names) or _("(kế hoạch mã {id})").format(id=plan.id)

    def _from(self, plan: SalvagedPlan) -> str:
        if self._source(plan) is not plan:
            return _("bản sao lưu {when}").format(when=self._found.when())
        return _("tệp hỏng") if plan.rows else _("không khôi phục được")

    def detail(self) -> str:
        """What is left of the chosen plan, in a sentence or two."""
        plan = self.current()
        if plan is None:
            return ""
        said = next(said for status, _title, _state, said in _GROUPS if status == plan.status)
        parts = [_(said).format(lost=", ".join(plan.lost))] if said else []
        if plan.earlier is not None and plan.status != "whole":
            when = human_time(plan.earlier.changed)
            parts.append(_("Trong bản sao lưu, kế hoạch này sửa lần cuối {when}.").format(when=when))
        elif plan.status in ("part", "lost") and self._found.backup is not None:
            parts.append(_("Bản sao lưu không có kế hoạch này."))
        return " ".join(parts)
