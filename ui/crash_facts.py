"""What is asked of a window in which something failed: where it stands, and whether its plan is on disk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models import template
from models.i18n import _
from models.plan import Table, walk_rows, walk_sections
from ui.navigation import place_name

if TYPE_CHECKING:
    from ui.document import Document
    from ui.main_window import MainWindow


def page_of(window: MainWindow) -> str:
    """``table:tasks``; keys that the plan's template does not have come from outside and are left out."""
    if window.workspace is None:
        return "list"
    place, found = window.workspace.place, window.workspace.document.template
    if isinstance(place, str):
        return place
    keys = [one.key for one in (found.tables if isinstance(place, Table) else template.walk(found.sections))]
    return place_name(place) if place.key in keys else "table" if isinstance(place, Table) else "section"


def parts_of(window: MainWindow) -> dict[str, int]:
    """How many parts of each kind the open plan has."""
    if window.workspace is None:
        return {}
    plan = window.workspace.document.plan
    return {
        "can-cu": len(plan.legal_bases),
        "muc": sum(1 for _section in walk_sections(plan.sections)),
        "bang": len(plan.tables),
        "dong": sum(1 for table in plan.tables for _row in walk_rows(table.rows)),
    }


def keep_work(window: MainWindow) -> str:
    """Write what is typed and not yet written, if that can be; gives the sentence that says what is on disk."""
    workspace = window.workspace
    if workspace is None:
        return _("Các kế hoạch đã lưu vẫn còn nguyên.")
    failed: list[str] = []

    def note(sentence: str) -> None:
        failed.append(sentence)

    workspace.document.failed.connect(note)
    try:
        workspace.save()
    except Exception as error:
        failed.append(type(error).__name__)
    finally:
        workspace.document.failed.disconnect(note)
    when = saved_at(workspace.document)
    if failed:
        return _(
            "Chữ đang gõ ở ô hiện tại chưa lưu được, hãy chép ra nơi khác; mọi nội dung đến {time} đã được lưu."
        ).format(time=when)
    return _("Kế hoạch không mất gì: mọi nội dung đến {time} đã được lưu.").format(time=when)


def saved_at(document: Document) -> str:
    """When the last edit of the plan was written, as it is told: the time alone where that was today."""
    try:
        when = datetime.fromisoformat(document.history()[0].at)
    except Exception:
        return _("lần lưu cuối")
    return told_time(when, datetime.now())


def told_time(when: datetime, now: datetime) -> str:
    time = when.strftime("%H:%M:%S")
    if when.date() == now.date():
        return time
    return _("{time} ngày {date}").format(time=time, date=when.strftime("%d/%m/%Y"))
