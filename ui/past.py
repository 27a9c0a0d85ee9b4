"""What the history says of one edit: what it was done to, before and after; and finding edits by words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from models import past_changes, past_search
from models.i18n import _
from models.plan import MAX_ROW_LEVELS
from ui.document import Document
from ui.widgets.change_lines import Line, details, lines
from ui.worker import Progress

if TYPE_CHECKING:
    from models.store import Past

#: Parts of one edit that are shown; the rest is counted.
_MOST = 40


def described(document: Document, past: Past) -> str:
    """All that an edit changed, as HTML: what is gone struck through, what is new underlined."""
    store, plan = document.store, document.plan
    found, count = store.edit_changes(past.id, _MOST)
    if not found:
        return f"<i>{escape(_without_changes(past))}</i>"
    parts = past_changes.parts_of(plan)
    lost: dict[past_changes.Key, past_changes.Values] = {}
    # What is above a lost row may be lost itself.
    for _level in range(MAX_ROW_LEVELS + 1):
        if more := store.lost_parts(plan.id, past_changes.unnamed(found, parts, lost)):
            lost |= more
        else:
            break
    compared = past_changes.compared(found, lost, parts, plan, document.template)
    shown = [_line(line, document) for line in lines(compared, document.template)]
    if not shown:
        nothing = _("Chỉ đổi thứ tự lưu trong kho, không đổi gì trên trang.")
        shown = [f"<i>{escape(nothing)}</i>"]
    if count > len(found):
        others = _("… và {count} chỗ khác.").format(count=count - len(found))
        shown.append(f"<p><i>{escape(others)}</i></p>")
    return "".join(shown)


def _line(line: Line, document: Document) -> str:
    if line.look == "heading":
        what = f" · {escape(line.what)}" if line.what else ""
        return f'<p style="margin:0 0 4px 0"><b>{escape(line.name)}</b>{what}</p>'
    return f'<p style="margin:0 0 8px 16px">{details(line, document.template)}</p>'


def _without_changes(past: Past) -> str:
    if past.is_beginning:
        return _("Kế hoạch bắt đầu từ đây.")
    if past.is_old or past.steps is not None:
        return _("Việc này đã cũ: chỉ còn biết lúc làm, người làm và tên việc.")
    return _("Việc này không đổi nội dung kế hoạch.")


def finder(document: Document, history: Sequence[Past], query: str) -> Callable[[Progress], set[int]]:
    """What finds the edits that hold each word of ``query`` in a thread, by what they changed too."""
    labels = {past.id: said_of(past) for past in history}
    names: Mapping[past_changes.Key, str] = {
        key: past_changes.name(part) for key, part in past_changes.parts_of(document.plan).items()
    }
    read, template = document.store.log(document.plan.id), document.template
    return lambda progress: past_search.found_edits(read(lambda: progress(0.0)), query, labels, names, template)


def said_of(past: Past) -> str:
    """What a line of the history says, for finding it."""
    year, month, day = past.at[:10].split("-")
    return f"{_(past.label)} {past.who} {day}/{month}/{year} {past.at[11:16]}"
