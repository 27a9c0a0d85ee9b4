"""Underlines in the text of a section what its findings speak of."""

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


def mark(edit: SectionEdit, findings: Iterable[Finding]) -> None:
    """Underline what these findings speak of, and nothing else."""
    marks = []
    for finding in findings:
        place = place_of(edit, finding)
        if place is not None:
            made = QTextEdit.ExtraSelection()
            colour = theme.colours().error if finding.severity == "error" else theme.colours().warning
            made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            made.format.setUnderlineColor(QColor(colour))
            made.cursor = place
            marks.append(made)
    if marks or edit.extraSelections():
        edit.setExtraSelections(marks)


def place_of(edit: SectionEdit, finding: Finding) -> QTextCursor | None:
    """What a finding speaks of, as far as it tells it by its words."""
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
