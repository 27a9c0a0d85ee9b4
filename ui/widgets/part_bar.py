"""A bar that shows how far some work is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

_STEPS = 1000


class PartBar(QProgressBar):
    """Shows parts of a whole, from 0 to 1; ``name`` is for screen readers."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setFixedHeight(10)
        self.setAccessibleName(name)

    def show_part(self, fraction: float) -> None:
        self.setValue(round(fraction * _STEPS))
