"""How wide the columns of a table are, in which order they stand and which are hidden; remembered between starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics

from models.settings import Settings
from ui.tables.columns import ScreenColumn
from ui.tables.delegate import PADDING_Y, text_height
from ui.tables.following import FollowingModel
from ui.tables.totals_model import TotalsModel
from ui.tables.view import SheetView

#: Height of a line (pixels) at the text size that the columns' first widths are made for.
_DESIGN_LINE = 19
#: Widths (at that size) a column may have, and the step of a key.
_LEAST, _MOST, STEP = 40, 1200, 16
#: No head of a column takes more lines, as long as its width was not chosen.
_HEAD_LINES = 3
#: Writing what is remembered waits so many milliseconds for more of it.
_STORE_MS = 600
_SETTING = "columns"
#: Fields of the columns that are always shown: the numbers, and by what a row is known.
_ALWAYS = ("number", "task", "cells.0")


class SheetColumns(QObject):
    """The columns of one view: what the user made of them, and first widths that fill the window for the others.

    Remembered by the kind of table: the template, the table's key and its layout.
    """

    #: Widths, order or visibility are others now.
    changed = Signal()

    def __init__(self, view: SheetView, model: FollowingModel, totals: TotalsModel | None, settings: Settings | None):
        super().__init__(view)
        self._view, self._model, self._totals, self._settings = view, model, totals, settings
        self._own: dict[str, Any] = {}
        self._name = ""
        self._later = QTimer(self, singleShot=True, interval=_STORE_MS)
        self._later.timeout.connect(self.store)
        view.head.widened.connect(self._take_widths)
        view.head.moved.connect(self._take_order)
        self.recall()

    # ---- what there is

    def in_order(self) -> list[ScreenColumn]:
        """All columns but that of the numbers, from left to right, the hidden ones too."""
        return [self._model.columns[place] for place in self._view.head.order() if place > 0]

    def can_hide(self, field: str) -> bool:
        return field not in _ALWAYS

    def is_hidden(self, field: str) -> bool:
        return field in self._hidden()

    def _hidden(self) -> list[str]:
        asked = self._own.get("shown", ())
        optional = [column.field for column in self._model.columns if column.optional and column.field not in asked]
        return [*(field for field in self._own.get("hidden", ()) if self.can_hide(field)), *optional]

    # ---- changing

    def set_hidden(self, field: str, hidden: bool) -> None:
        if not self.can_hide(field):
            return
        for what, wanted in (("hidden", hidden), ("shown", not hidden)):
            others = [name for name in self._own.get(what, ()) if name != field]
            self._own = {**self._own, what: [*others, field] if wanted else others}
        self._later.start()
        self.apply()

    def move(self, field: str, by: int) -> None:
        """Let a column stand one place further right (+1) or left (-1) among those that are shown."""
        fields = [column.field for column in self.in_order()]
        place = fields.index(field)
        target = place + by
        while 0 <= target < len(fields) and self.is_hidden(fields[target]):
            target += by
        if 0 <= target < len(fields):
            fields.insert(target, fields.pop(place))
            self._remember("order", fields)

    def widen(self, field: str, by: int) -> None:
        """Make a column wider or narrower by design pixels."""
        place = self._place(field)
        width = round(self._view.columnWidth(place) / self._scale()) + by
        self._remember("widths", {**self._own.get("widths", {}), field: min(_MOST, max(_LEAST, width))})

    def reset(self) -> None:
        """As it was before anything was changed."""
        self._own = {}
        self._later.start()
        self.apply()

    def _take_widths(self, places: list[int]) -> None:
        widths = dict(self._own.get("widths", {}))
        for place in places:
            widths[self._model.columns[place].field] = round(self._view.columnWidth(place) / self._scale())
        self._remember("widths", widths)

    def _take_order(self) -> None:
        self._remember("order", [column.field for column in self.in_order()])

    def _remember(self, what: str, value: Any) -> None:
        self._own = {**self._own, what: value}
        self._later.start()
        self.apply()

    # ---- remembering

    def recall(self) -> None:
        """Take up what is remembered for the kind of table that is shown now."""
        self.store()
        table = self._model.table
        self._name = f"{self._model.document.plan.template}/{table.key}/{table.layout}"
        known = self._settings.get(_SETTING, {}) if self._settings is not None else {}
        found = known.get(self._name, {}) if isinstance(known, dict) else {}
        self._own = _sound(found)
        self.apply()

    def store(self) -> None:
        """Write what is remembered, if it is not yet."""
        if not self._later.isActive() or self._settings is None:
            return
        self._later.stop()
        known = self._settings.get(_SETTING, {})
        others = {name: own for name, own in known.items() if name != self._name} if isinstance(known, dict) else {}
        self._settings.set(_SETTING, {**others, self._name: self._own} if self._own else others)

    # ---- showing

    def apply(self) -> None:
        """Show the columns as they are to be."""
        head, columns = self._view.head, self._model.columns
        if head.count() != len(columns):
            return
        fields = [column.field for column in columns]
        for place, field in enumerate(in_order(fields, self._own.get("order", ()))):
            head.moveSection(head.visualIndex(fields.index(field)), place)
        hidden = frozenset(self._hidden())
        self._model.hidden_fields = hidden
        for place, field in enumerate(fields):
            if head.isSectionHidden(place) != (field in hidden):
                head.setSectionHidden(place, field in hidden)
        self.fit()

    def fit(self) -> None:
        """Give the columns their widths: those that were chosen, else those of paper, long texts filling the window."""
        view, scale, columns = self._view, self._scale(), self._model.columns
        if not view.isVisible() or view.head.count() != len(columns):
            return
        own: dict[str, int] = self._own.get("widths", {})
        widths: dict[int, int] = {}
        growing: list[int] = []
        for place, column in enumerate(columns):
            if view.isColumnHidden(place):
                continue
            if column.field in own:
                widths[place] = round(own[column.field] * scale)
            else:
                widths[place] = max(round(column.width * scale), self._least(place, column))
                if column.is_long or column.field == "lead" or column.field.startswith("cells."):
                    growing.append(place)
        room = view.width() - view.verticalScrollBar().sizeHint().width() - 4
        spare, base = room - sum(widths.values()), sum(widths[place] for place in growing)
        if spare > 0 and base:
            widths.update({place: widths[place] + spare * widths[place] // base for place in growing})
        for place, width in widths.items():
            if view.columnWidth(place) != width:
                view.setColumnWidth(place, width)
        view.head.setStretchLastSection(True)
        view.head.fit()
        view.heights.forget()
        self.changed.emit()

    def _least(self, place: int, column: ScreenColumn) -> int:
        """The width (pixels) in which the column's total is whole, and its head takes few lines of whole words."""
        if column.field.startswith("cells."):
            return 0
        font = QFont(self._view.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        words = [*column.label.split(), "2021-2025" if column.field == "time" else ""]
        if column.is_amount and self._totals is not None:
            words += [str(self._totals.index(row, place).data() or "") for row in range(self._totals.rowCount())]
        width = max(metrics.horizontalAdvance(word) for word in words) + 20
        while text_height(metrics, column.label, width) > _HEAD_LINES * metrics.lineSpacing() + 2 * PADDING_Y:
            width += STEP
        return width

    def _place(self, field: str) -> int:
        return [column.field for column in self._model.columns].index(field)

    def _scale(self) -> float:
        return self._view.fontMetrics().height() / _DESIGN_LINE


def in_order(fields: Sequence[str], remembered: Sequence[str]) -> list[str]:
    """``fields`` as they were put in order; those that were not there then stand behind the one before them."""
    found = [field for field in dict.fromkeys(remembered) if field in fields and field != "number"]
    if not found:
        return list(fields)
    for place, field in enumerate(fields):
        if field not in found:
            found.insert(found.index(fields[place - 1]) + 1 if place else 0, field)
    return found


def _sound(found: Any) -> dict[str, Any]:
    """What was remembered, as far as it is what it should be."""
    if not isinstance(found, dict):
        return {}
    own: dict[str, Any] = {}
    for name in ("order", "hidden", "shown"):
        if isinstance(listed := found.get(name), list):
            own[name] = [field for field in listed if isinstance(field, str)]
    if isinstance(widths := found.get("widths"), dict):
        own["widths"] = {
            field: min(_MOST, max(_LEAST, width)) for field, width in widths.items() if isinstance(width, int)
        }
    return own
