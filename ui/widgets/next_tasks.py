"""Last year's tasks to choose from: which go on, and what became of each; all of it by keys."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from models.i18n import N_, _
from models.money import format_amount
from models.next_year_tasks import STATE_NAMES, Offer
from ui import theme

Index = QModelIndex | QPersistentModelIndex

CARRY, TASK, TIME, AMOUNT, LEFT, STATE = range(6)
_HEADS = (
    N_("Chuyển"), N_("Nhiệm vụ, dự án"), N_("Thời gian"), N_("Kế hoạch trước"), N_("Chuyển sang"), N_("Kết quả"),
)  # fmt: skip
#: The keys for what became of a task.
STATE_KEYS = {Qt.Key.Key_0: "", Qt.Key.Key_1: "done", Qt.Key.Key_2: "under_way", Qt.Key.Key_3: "moved"}
_WHY = {"yearly": N_("việc hằng năm"), "reaches": N_("còn thời gian thực hiện")}
_ROLE = Qt.ItemDataRole


class TaskChoices(QAbstractTableModel):
    """Rows are the tasks offered, with a line for each group; ``carry`` and ``states`` are what is chosen."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Offer | str] = []
        self.carry: set[int] = set()
        self.states: dict[int, str] = {}

    def show_offers(self, offers: list[Offer]) -> None:
        self.beginResetModel()
        self.lines = []
        above: tuple[str, ...] = ()
        for offer in offers:
            if offer.groups and offer.groups != above:
                self.lines.append(" › ".join(offer.groups))
            above = offer.groups
            self.lines.append(offer)
        self.carry = {offer.number for offer in offers if offer.carry}
        self.states = {offer.number: offer.state for offer in offers}
        self.endResetModel()

    def offers(self) -> list[Offer]:
        return [line for line in self.lines if isinstance(line, Offer)]

    def offer_at(self, row: int) -> Offer | None:
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Offer) else None

    def set_carry(self, rows: list[int], on: bool) -> None:
        """Let these tasks go on, or not."""
        for offer in filter(None, map(self.offer_at, rows)):
            (self.carry.add if on else self.carry.discard)(offer.number)
        self._tell(rows)

    def set_state(self, rows: list[int], state: str) -> None:
        """Say what became of these tasks. One that is moved on goes on; one that is done does not, but it be yearly."""
        for offer in filter(None, map(self.offer_at, rows)):
            self.states[offer.number] = state
            if state in ("moved", "under_way"):
                self.carry.add(offer.number)
            elif state == "done" and offer.why != "yearly":
                self.carry.discard(offer.number)
        self._tell(rows)

    def _tell(self, rows: list[int]) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(_HEADS) - 1))
            self.chosen.emit()

    # ---- the model

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return _(_HEADS[section])
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (AMOUNT, LEFT) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.offer_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == CARRY else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        line = self.lines[index.row()]
        if isinstance(line, str):
            return _of_group(line, role) if index.column() == 0 else None
        column = index.column()
        if role == _ROLE.CheckStateRole and column == CARRY:
            return Qt.CheckState.Checked if line.number in self.carry else Qt.CheckState.Unchecked
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return self._text(line, column, role == _ROLE.ToolTipRole)
        if role == _ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in (AMOUNT, LEFT) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == _ROLE.ForegroundRole and column == LEFT and line.number not in self.carry:
            return QColor(theme.colours().muted)
        if role == _ROLE.AccessibleTextRole and column == CARRY:
            return _("chuyển sang") if line.number in self.carry else _("không chuyển sang")
        return None

    def _text(self, offer: Offer, column: int, is_tip: bool) -> str:
        if column == TASK:
            name = " ".join((offer.row.task or "").split())
            return f"{name}\n{_(_WHY[offer.why])}" if is_tip and offer.why else name
        if column == TIME:
            row = offer.row
            years = {row.time_from, row.time_to} - {None}
            return row.time or " - ".join(str(year) for year in sorted(years, key=lambda year: year or 0))
        if column == AMOUNT:
            return "–" if offer.amount is None else format_amount(offer.amount, "million")
        if column == LEFT:
            if offer.number not in self.carry:
                return ""
            return _("chưa rõ") if offer.left is None else format_amount(offer.left, "million")
        if column == STATE:
            return _(STATE_NAMES[self.states.get(offer.number, "")])
        return ""


def _of_group(name: str, role: int) -> object:
    if role == _ROLE.DisplayRole:
        return name
    if role == _ROLE.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    return None


class TaskView(QTableView):
    """Space lets the selected tasks go on or not, 0 to 3 say what became of them; Enter is left to the dialog."""

    def __init__(self, choices: TaskChoices) -> None:
        super().__init__()
        self.choices = choices
        self.setModel(choices)
        self.setAccessibleName(_("Nhiệm vụ của kế hoạch trước"))
        self.setObjectName("card")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(TASK, QHeaderView.ResizeMode.Stretch)
        choices.modelReset.connect(self._lay_out)
        self.clicked.connect(self._on_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(2 * metrics.lineSpacing() + 8)
        wide = metrics.horizontalAdvance
        bold = QFont(self.horizontalHeader().font())
        # As the style sheet has it.
        bold.setWeight(QFont.Weight.DemiBold)
        head = QFontMetrics(bold).horizontalAdvance
        states = max(wide(_(name)) for name in STATE_NAMES.values())
        for column, texts in (
            (CARRY, ()), (TIME, ("2021 - 2025 xx",)), (AMOUNT, ("1.279.985,5",)), (LEFT, ("1.279.985,5", _("chưa rõ")))
        ):  # fmt: skip
            self.setColumnWidth(column, max(head(_(_HEADS[column])), *map(wide, texts), 0) + 24)
        self.setColumnWidth(STATE, max(states, head(_(_HEADS[STATE]))) + 24)
        self.clearSpans()
        for row, line in enumerate(self.choices.lines):
            if isinstance(line, str):
                self.setSpan(row, 0, 1, len(_HEADS))
                self.verticalHeader().resizeSection(row, metrics.lineSpacing() + 12)
        first = next((row for row, line in enumerate(self.choices.lines) if isinstance(line, Offer)), None)
        if first is not None:
            self.setCurrentIndex(self.choices.index(first, TASK))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "choices"):
            self._lay_out()

    def rows(self) -> list[int]:
        """The rows selected, or that of the cursor."""
        found = [index.row() for index in self.selectionModel().selectedRows()]
        return found or ([self.currentIndex().row()] if self.currentIndex().isValid() else [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and key == Qt.Key.Key_Space:
            rows = self.rows()
            offers = [offer for offer in map(self.choices.offer_at, rows) if offer is not None]
            self.choices.set_carry(rows, not all(offer.number in self.choices.carry for offer in offers))
        elif is_plain and key in STATE_KEYS:
            self.choices.set_state(self.rows(), STATE_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        offer = self.choices.offer_at(index.row())
        if offer is None:
            return
        if index.column() == CARRY:
            self.choices.set_carry([index.row()], offer.number not in self.choices.carry)
        elif index.column() == STATE:
            place = self.visualRect(index).bottomLeft()
            self._state_menu().popup(self.viewport().mapToGlobal(QPoint(place.x(), place.y())))

    def _state_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = self.rows()
        for key, state in STATE_KEYS.items():
            text = f"{_(STATE_NAMES[state])}\t{chr(key)}"
            menu.addAction(text).triggered.connect(lambda _on=False, state=state: self.choices.set_state(rows, state))
        return menu
