"""What is copied out of a section's text, and what of other programs can be put into it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from models import pasting
from models.i18n import _
from models.letters import neutral
from models.plan import FORBIDDEN
from models.text import clean
from ui.widgets.editor_lines import SOFT_BREAK, to_editor
from ui.widgets.section_text import Values, plain_html, selected

#: The lines of ``editor_lines``, with marks and placeholders' names.
OWN = "application/x-ke-hoach-so-text"


@dataclass(frozen=True, slots=True)
class Taken:
    """Lines to put in, and a sentence on what could not be taken. ``inline``: a dash at the beginning is no bullet."""

    lines: str = ""
    sentence: str = ""
    inline: bool = False


def make(cursor: QTextCursor, values: Values) -> QMimeData:
    """The selection: to this program as it is, to others as it is printed."""
    data = QMimeData()
    data.setData(OWN, selected(cursor).encode("utf-8"))
    data.setText(selected(cursor, values, marks=False).replace(SOFT_BREAK, "\n"))
    data.setHtml(plain_html(selected(cursor, values)))
    return data


def can_take(source: QMimeData) -> bool:
    return source.hasFormat(OWN) or source.hasHtml() or source.hasText()


def lines(source: QMimeData, before: str) -> Taken:
    """What to put in behind ``before``, the text of the line up to there."""
    if source.hasFormat(OWN):
        own = bytes(source.data(OWN).data()).decode("utf-8", "replace")
        if len(own) > pasting.LONGEST:
            return Taken(sentence=_too_long(len(own)))
        return Taken(neutral(FORBIDDEN.sub("", own)))
    if source.hasHtml():
        html = source.html()
        if len(html) > pasting.LONGEST:
            found = plain_lines(source, before)
            return found if found.sentence else Taken(found.lines, _("Đoạn dán quá lớn nên chỉ lấy chữ, bỏ định dạng."))
        if stored := pasting.from_html(html):
            return Taken(to_editor(stored))
    return plain_lines(source, before)


def plain_lines(source: QMimeData, before: str) -> Taken:
    text = source.text()
    if len(text) > pasting.LONGEST:
        return Taken(sentence=_too_long(len(text)))
    if not before.strip():
        return Taken(to_editor(pasting.from_plain(text)))
    # In the middle of a line, a dash is no bullet.
    first, _break, rest = clean(text).strip("\n").partition("\n")
    others = to_editor(pasting.from_plain(rest))
    return Taken(f"{first}\n{others}" if others else first, inline=True)


def _too_long(size: int) -> str:
    shown = f"{size:,}".replace(",", ".")
    most = f"{pasting.LONGEST:,}".replace(",", ".")
    text = _("Đoạn dán có {size} ký tự, dài hơn mức nhận được ({most}); hãy chia nhỏ rồi dán lại.")
    return text.format(size=shown, most=most)
