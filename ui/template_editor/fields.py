"""The fields of a form of the template editor: each knows its widget, shows a value and tells the one typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from models.template_drafts import clean

#: What may be chosen: the text that is shown, and the value.
Choices = Sequence[tuple[str, Any]]


class Field(QObject):
    """One field: ``typed`` brings a new value. ``is_wide`` ones have their label above."""

    typed = Signal(object)
    is_wide = False

    def __init__(self, widget: QWidget, label: str) -> None:
        super().__init__(widget)
        self.widget = widget
        widget.setAccessibleName(label)

    def show(self, value: Any) -> None:
        with QSignalBlocker(self.widget):
            self._show(value)

    def _show(self, value: Any) -> None:
        raise NotImplementedError


class Line(Field):
    def __init__(self, label: str) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, label)
        self._edit.textEdited.connect(lambda text: self.typed.emit(clean(text)))

    def _show(self, value: Any) -> None:
        if self._edit.text().strip() != value:
            self._edit.setText(value)
            self._edit.setCursorPosition(0)


class Text(Field):
    """A text of several lines; ``many`` gives its lines as a tuple."""

    is_wide = True

    def __init__(self, label: str, lines: int, many: bool = False) -> None:
        self._edit, self._many = QPlainTextEdit(), many
        super().__init__(self._edit, label)
        self._edit.setTabChangesFocus(True)
        self._edit.setUndoRedoEnabled(False)
        self._edit.setFixedHeight(lines * self._edit.fontMetrics().lineSpacing() + 24)
        self._edit.textChanged.connect(lambda: self.typed.emit(self._value()))

    def _value(self) -> Any:
        text = clean(self._edit.toPlainText(), many_lines=True)
        if not self._many:
            return text
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    def _show(self, value: Any) -> None:
        if self._value() != value:
            self._edit.setPlainText("\n".join(value) if self._many else value)


class Check(Field):
    def __init__(self, label: str) -> None:
        self._box = QCheckBox(label)
        super().__init__(self._box, label)
        self._box.toggled.connect(self.typed.emit)

    def _show(self, value: Any) -> None:
        self._box.setChecked(bool(value))


class Number(Field):
    def __init__(self, label: str, least: int, most: int) -> None:
        self._box = QSpinBox()
        super().__init__(self._box, label)
        self._box.setRange(least, most)
        self._box.setMinimumWidth(self._box.fontMetrics().averageCharWidth() * 14)
        self._box.lineEdit().setTextMargins(6, 0, 0, 0)
        self._box.valueChanged.connect(self.typed.emit)

    def _show(self, value: Any) -> None:
        self._box.setValue(int(value))


class Choice(Field):
    """One of several values; one that is not among them is shown as it is."""

    def __init__(self, label: str, choices: Callable[[], Choices]) -> None:
        self._box, self._choices = QComboBox(), choices
        super().__init__(self._box, label)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(20)
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values: list[Any] = []
        self._box.activated.connect(lambda at: self.typed.emit(self._values[at]))

    def _show(self, value: Any) -> None:
        choices = list(self._choices())
        if value not in [one for _text, one in choices]:
            choices.append((str(value), value))
        self._values = [one for _text, one in choices]
        self._box.clear()
        self._box.addItems([text for text, _one in choices])
        self._box.setCurrentIndex(self._values.index(value))


class Several(Field):
    """Any of several keys, ticked in a list."""

    is_wide = True

    def __init__(self, label: str, choices: Callable[[], Choices]) -> None:
        self._list, self._choices = QListWidget(), choices
        super().__init__(self._list, label)
        self._list.setObjectName("card")
        self._list.itemChanged.connect(lambda _item: self.typed.emit(self._value()))

    def _value(self) -> tuple[str, ...]:
        items = [self._list.item(at) for at in range(self._list.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _show(self, value: Any) -> None:
        choices = [*self._choices()]
        choices += [(key, key) for key in value if key not in [one for _text, one in choices]]
        self._list.clear()
        for text, key in choices:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in value else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        height = max(2, min(5, len(choices))) * (self._list.fontMetrics().lineSpacing() + 8) + 12
        self._list.setFixedHeight(height)
