"""Fields side by side, what is wrong with them in lines below over the whole width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.fields import Field

GAP = 16


def field_row(*fields: tuple[Field | None, int]) -> QVBoxLayout:
    """Each field with its share of the width; ``None`` leaves that share empty."""
    column = QVBoxLayout()
    column.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(GAP)
    column.addLayout(row)
    for field, share in fields:
        if field is None:
            row.addWidget(QWidget(), share)
        else:
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            column.addWidget(field.detach_lines())
    return column
