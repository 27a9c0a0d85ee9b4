"""Qt's own texts (menus of a field and of a scroll bar) in the language set: Qt ships none in Vietnamese."""

from __future__ import annotations

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from models.i18n import N_, _

_FIELD = {
    "&Undo": N_("&Hoàn tác"),
    "&Redo": N_("&Làm lại"),
    "Cu&t": N_("&Cắt"),
    "&Copy": N_("&Sao chép"),
    "&Paste": N_("&Dán"),
    "Delete": N_("Xóa"),
    "Select All": N_("Chọn tất cả"),
}
_TEXTS: dict[str, dict[str, str]] = {
    "QLineEdit": _FIELD,
    "QWidgetTextControl": _FIELD,
    "QAbstractSpinBox": {
        "&Select All": N_("Chọn tất cả"),
        "&Step up": N_("&Tăng"),
        "Step &down": N_("&Giảm"),
    },
    # The keys as they are shown beside what they do.
    "QShortcut": {
        "Up": "↑",
        "Down": "↓",
        "Left": "←",
        "Right": "→",
        "Return": "Enter",
        "Del": "Delete",
        "PgUp": "PageUp",
        "PgDown": "PageDown",
        "Space": N_("Dấu cách"),
    },
    "QScrollBar": {
        "Scroll here": N_("Cuộn đến đây"),
        "Left edge": N_("Mép trái"),
        "Top": N_("Đầu trang"),
        "Right edge": N_("Mép phải"),
        "Bottom": N_("Cuối trang"),
        "Page left": N_("Sang trái một màn hình"),
        "Page up": N_("Lên một màn hình"),
        "Page right": N_("Sang phải một màn hình"),
        "Page down": N_("Xuống một màn hình"),
        "Scroll left": N_("Cuộn sang trái"),
        "Scroll up": N_("Cuộn lên"),
        "Scroll right": N_("Cuộn sang phải"),
        "Scroll down": N_("Cuộn xuống"),
    },
}


class QtTexts(QTranslator):
    """Asked for each text when it is shown, so another language needs no other translator."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        known = _TEXTS.get(context, {}).get(text)
        return _(known) if known else text


def learn(texts: dict[str, dict[str, str]]) -> None:
    """Know more texts, by the context that Qt asks for them in."""
    _TEXTS.update(texts)


def install(app: QApplication) -> None:
    """Put the texts in; once is enough."""
    if app.findChild(QtTexts) is None:
        app.installTranslator(QtTexts(app))
