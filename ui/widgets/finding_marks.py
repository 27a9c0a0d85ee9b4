"""Underlines in the text of a section what its findings speak of, and tells what that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from models.money import format_amount
from ui import theme
from ui.widgets.section_edit import SectionEdit
from ui.widgets.section_places import find

if TYPE_CHECKING:
    from models.checks import Finding

#: More places of one text are not underlined: each is looked for in all of it.
_MOST = 200
#: The kinds of underline, so that a grave one is told from others without its colour.
_LINES = {
    "error": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "warning": QTextCharFormat.UnderlineStyle.DashUnderline,
}


def mark(edit: SectionEdit, findings: Iterable[Finding]) -> list[tuple[Finding, QTextCursor]]:
    """Underline what these findings speak of, and nothing else; gives the places, which follow what is typed.

    What was set aside is not underlined.
    """
    places: list[tuple[Finding, QTextCursor]] = []
    marks: list[QTextEdit.ExtraSelection] = []
    for finding in findings:
        place = None if finding.reason or len(marks) == _MOST else place_of(edit, finding)
        if place is None:
            continue
        made = QTextEdit.ExtraSelection()
        c = theme.colours()
        colour = {"error": c.error, "warning": c.warning}.get(finding.severity, c.muted)
        line = _LINES.get(finding.severity, QTextCharFormat.UnderlineStyle.DotLine)
        made.format.setUnderlineStyle(line)
        made.format.setUnderlineColor(QColor(colour))
        made.cursor = place
        marks.append(made)
        places.append((finding, place))
    if marks or edit.extraSelections():
        edit.setExtraSelections(marks)
    return places


def at(places: Iterable[tuple[Finding, QTextCursor]], position: int) -> Finding | None:
    """The finding whose underlined words ``position`` is in, or right behind."""
    inside = (finding for finding, place in places if place.selectionStart() <= position <= place.selectionEnd())
    return next(inside, None)


def place_of(edit: SectionEdit, finding: Finding) -> QTextCursor | None:
    """What a finding speaks of, as far as it tells it by its words."""
    if finding.quote:
        return find(edit.document(), finding.quote, edit.values, finding.nth)
    for words in _words_of(finding):
        found = find(edit.document(), words, edit.values)
        if found is not None:
            return found
    return None


def _words_of(finding: Finding) -> list[str]:
    """How the words that a finding speaks of may be written."""
    actual = finding.actual
    if isinstance(actual, str):
        return [actual] if actual else []
    if finding.rule == "total.text" and isinstance(actual, int):
        return [str(finding.values.get("actual", "")), *(format_amount(actual, unit) for unit in ("dong", "million"))]
    if isinstance(actual, float) and "actual" in finding.values:
        return [f"{finding.values['actual']}%"]
    return []
