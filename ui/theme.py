"""Colours and style of the window: calm and plain, light or dark with the system, one accent.

Sizes are multiples of 8 pixels. Red is for errors alone, amber for warnings, green for what is done.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from models import resources


@dataclass(frozen=True)
class Colours:
    """One palette; every text on its ground has a contrast of at least 4.5."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    error: str
    error_ground: str
    warning: str
    warning_ground: str
    done: str


LIGHT = Colours(
    window="#F3F5F7", surface="#FFFFFF", raised="#F7F9FA", text="#1C2730", muted="#5A6772", border="#D3DAE0",
    accent="#0B6E99", accent_hover="#095A7E", on_accent="#FFFFFF", selection="#DCEDF5",
    error="#B3261E", error_ground="#FCEBEA", warning="#8A5300", warning_ground="#FFF4DC", done="#1E7B34",
)  # fmt: skip
DARK = Colours(
    window="#171C20", surface="#1F262C", raised="#252D34", text="#E6EBEF", muted="#A3B0BA", border="#3A454E",
    accent="#5BB8DF", accent_hover="#7CC8E8", on_accent="#06222F", selection="#1D4254",
    error="#FF8A80", error_ground="#43211F", warning="#F2B84B", warning_ground="#3D301A", done="#7CCB8B",
)  # fmt: skip

_current = LIGHT
_scale = 1.0
_base_points: float | None = None


def colours() -> Colours:
    """The palette in use."""
    return _current


def is_dark() -> bool:
    return _current is DARK


def apply(app: QApplication, theme: str = "system", scale: float = 1.0) -> None:
    """Dress the program: ``theme`` is ``system``, ``light`` or ``dark``; ``scale`` the text, 0.9 to 1.5."""
    global _current, _scale, _base_points
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        dark = theme == "dark"
    _current = DARK if dark else LIGHT
    _scale = min(1.5, max(0.9, scale))
    if app.style().name() != "fusion":
        app.setStyle("fusion")
    app.setPalette(_palette(_current))
    font = QFont(app.font())
    if _base_points is None:
        _base_points = max(font.pointSizeF(), 10.0)
    font.setPointSizeF(_base_points * _scale)
    app.setFont(font)
    app.setStyleSheet(style_sheet(_current, font.pointSizeF()))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, c.window), (role.WindowText, c.text), (role.Base, c.surface), (role.AlternateBase, c.raised),
        (role.Text, c.text), (role.Button, c.surface), (role.ButtonText, c.text), (role.Highlight, c.selection),
        (role.HighlightedText, c.text), (role.ToolTipBase, c.raised), (role.ToolTipText, c.text),
        (role.PlaceholderText, c.muted), (role.Link, c.accent), (role.Accent, c.accent), (role.Mid, c.border),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.muted))
    return palette


def style_sheet(c: Colours, points: float) -> str:
    """The style sheet in one palette, for text of ``points``; ``@name`` stands for a colour."""
    sheet = _SHEET
    for field in sorted(fields(c), key=lambda field: -len(field.name)):
        sheet = sheet.replace(f"@{field.name}", getattr(c, field.name))
    tone = "dark" if c is DARK else "light"
    return (
        sheet.replace("@icons", resources.path("icons").as_posix())
        .replace("@tone", tone)
        .replace("@large", f"{points * 1.5:.1f}pt")
    )


# Labels and tool tips never guess whether a text is HTML: a plan, a template or a file name may say anything, also what
# would fetch a picture from a share. The one label of rich text escapes what it shows.
_SHEET = """
QMainWindow, QDialog, QStackedWidget, #page { background: @window; }
#surface, #card { background: @surface; border: 1px solid @border; border-radius: 8px; }
#plain { background: transparent; border: none; }
QLabel { background: transparent; qproperty-textFormat: PlainText; }
RuleText { qproperty-textFormat: RichText; }
QLabel#title { font-size: @large; font-weight: 600; }
QLabel#heading { font-weight: 600; }
QLabel#muted { color: @muted; }
QLabel#error { color: @error; }
QLabel#warning { color: @warning; }
QLabel#done { color: @done; }
QLabel#rule { border: 1px solid transparent; border-radius: 4px; padding: 0 3px; }
QLabel#rule:focus { border-color: @accent; }
QMenuBar { background: @surface; padding: 2px 8px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QToolBar { background: @surface; border: none; border-bottom: 1px solid @border; padding: 6px 12px; spacing: 4px; }
QToolBar::separator { width: 1px; background: @border; margin: 6px 8px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 6px 10px; color: @text; }
QToolButton:hover { background: @selection; }
QToolButton:checked { background: @selection; border-color: @border; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @muted; }
QCheckBox { border: 1px solid transparent; border-radius: 6px; padding: 3px 4px; spacing: 8px; }
QCheckBox:focus { border-color: @accent; }
QCheckBox:disabled { color: @muted; }
QRadioButton { border: 1px solid transparent; border-radius: 6px; padding: 3px 4px; spacing: 8px; }
QRadioButton:focus { border-color: @accent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 8px; }
QRadioButton::indicator { background: @surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QCheckBox::indicator { width: 2ex; height: 2ex; border: 1px solid @muted; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url("@icons/check-@tone.svg"); }
QCheckBox::indicator:disabled { border-color: @border; }
QTableView::indicator, QListView::indicator {
  width: 2ex; height: 2ex; border: 1px solid @muted; border-radius: 4px; background: @surface; }
QTableView::indicator:checked, QListView::indicator:checked {
  background: @accent; border-color: @accent; image: url("@icons/check-@tone.svg"); }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { padding: 6px 12px; border: none; border-bottom: 2px solid @border; color: @muted; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { background: @selection; }
QPushButton { background: @surface; border: 1px solid @border; border-radius: 6px; padding: 6px 14px; }
QPushButton:hover { background: @selection; }
QPushButton:checked { background: @selection; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @muted; }
QPushButton#main { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
QPushButton#main:hover { background: @accent_hover; }
QPushButton#main:focus { border: 2px solid @text; }
QPushButton#main:disabled { background: @border; color: @muted; border-color: @border; }
QPushButton#quiet { border-color: @accent; color: @accent; padding: 3px 12px; }
QPushButton#quiet:disabled { border-color: @border; color: @muted; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
  background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; padding: 5px 8px;
  selection-background-color: @accent; selection-color: @on_accent; }
QSpinBox:disabled, QComboBox:disabled { color: @muted; background: @raised; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
  border: 2px solid @accent; padding: 4px 7px; }
QLineEdit[held="true"], QPlainTextEdit[held="true"], QTextEdit[held="true"], QComboBox[held="true"] {
  background: @raised; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QTextEdit[state="error"], QComboBox[state="error"],
QSpinBox[state="error"] { border-color: @error; background: @error_ground; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: @muted; }
QLineEdit[state="warning"], QPlainTextEdit[state="warning"], QTextEdit[state="warning"], QComboBox[state="warning"],
QSpinBox[state="warning"] {
  border-color: @warning; background: @warning_ground; }
QLineEdit#cell, QPlainTextEdit#cell { border: 2px solid @accent; border-radius: 0; padding: 0px 5px; }
QPlainTextEdit#cell { padding: 0px 3px; }
QLineEdit#cell[state="error"], QPlainTextEdit#cell[state="error"] { border-color: @error; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("@icons/caret-down-@tone.svg"); width: 12px; height: 12px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 22px; background: transparent; }
QSpinBox::up-arrow { image: url("@icons/caret-up-@tone.svg"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("@icons/caret-down-@tone.svg"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; selection-background-color: @selection;
  selection-color: @text; }
QTreeView, QListView, QTableView { background: @surface; border: none; outline: none; }
QTreeView#card:focus, QListView#card:focus, QTableView#card:focus { border-color: @accent; }
QTreeView#outline { background: @surface; border-right: 1px solid @border; padding: 8px 0; }
QTreeView::item { padding: 4px 4px; border: none; }
QTreeView::item:hover { background: @raised; }
QTreeView::item:selected { background: @selection; color: @text; }
QTableView::item { padding: 0px 6px; }
QTableView { gridline-color: @border; selection-background-color: @selection; selection-color: @text; }
QTableView#totals { background: @raised; border-top: 1px solid @border; }
QHeaderView { background: @raised; }
QHeaderView::section { background: @raised; color: @muted; border: none; border-right: 1px solid @border;
  border-bottom: 1px solid @border; padding: 6px 6px; font-weight: 600; }
QTableView#card QHeaderView::section { padding: 6px 9px; }
QTableCornerButton::section { background: @raised; border: none; }
QStatusBar { background: @surface; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @border; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QProgressBar { background: @raised; border: 1px solid @border; border-radius: 4px; height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }
QToolTip { qproperty-textFormat: PlainText; }
#notice { background: @raised; border-top: 1px solid @border; }
#find { background: @surface; border-bottom: 1px solid @border; }
#notice[kind="error"] { background: @error_ground; }
#notice[kind="warning"] { background: @warning_ground; }
"""
