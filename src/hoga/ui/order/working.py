"""One's working orders in the chosen instrument: what is left of each, where it stands, and a cancel within reach."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import Side
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.confirming import Confirmer
from hoga.ui.order.measures import lettered
from hoga.ui.order.proposals import Cancelling
from hoga.ui.order.text import side_mark, side_word, translate, type_word
from hoga.ui.painting import grid

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_WORKS = frozenset({OrderState.WORKING, OrderState.PARTIALLY_FILLED})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def state_word(state: OrderState) -> str:
    return {
        OrderState.QUEUED: translate("Order", "queued"),
        OrderState.SENDING: translate("Order", "being sent"),
        OrderState.UNKNOWN: translate("Order", "unknown"),
        OrderState.WORKING: translate("Order", "working"),
        OrderState.PARTIALLY_FILLED: translate("Order", "part filled"),
    }.get(state, state.value)


class WorkingModel(QAbstractTableModel):
    """Open orders of one instrument, newest first. Rows come and go one by one; others are told by dataChanged."""

    COLUMNS = 4

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.orders: list[Order] = []

    def refresh(self) -> None:
        instrument = self._context.instrument
        wanted = [o for o in self._context.desk.orders() if o.instrument == instrument and not o.state.over]
        wanted.reverse()
        ids = {order.id for order in wanted}
        for row in reversed(range(len(self.orders))):
            if self.orders[row].id not in ids:
                self.beginRemoveRows(_NO_PARENT, row, row)
                del self.orders[row]
                self.endRemoveRows()
        for row, order in enumerate(wanted):
            if row < len(self.orders) and self.orders[row].id == order.id:
                if self.orders[row] != order:
                    self.orders[row] = order
                    self.dataChanged.emit(self.index(row, 0), self.index(row, self.COLUMNS - 1))
            else:
                self.beginInsertRows(_NO_PARENT, row, row)
                self.orders.insert(row, order)
                self.endInsertRows()

    def reword(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.COLUMNS - 1)
        if self.orders:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.orders) - 1, self.COLUMNS - 1))

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.orders)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self.COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Side"), self.tr("Price"), self.tr("Left"), self.tr("State"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        order = self.orders[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(order, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "  ".join(self._text(order, one) for one in range(self.COLUMNS))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (1, 2) else Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == 0:
            return QColor(dress.side_colour(order.side, self._context.tokens))
        return None

    def _text(self, order: Order, column: int) -> str:
        limit = order.current_limit
        busy = " …" if order.asked else ""
        return (
            f"{side_mark(order.side)} {side_word(order.side)}",
            fmt.price(limit) if limit is not None else type_word(order.type),
            f"{fmt.shares(order.leaves)}/{fmt.shares(order.quantity)}",
            state_word(order.state) + busy,
        )[column]


class WorkingPane(QWidget):
    """The table with its cancels: the chosen one, the buys, the sells, all of this instrument."""

    def __init__(self, context: Context, confirmer: Confirmer, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._confirmer = context, confirmer
        self.title, self.empty = QLabel(self), dress.note(self)
        lettered(self.title, strong=True)
        self.model = WorkingModel(context, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self._dress_table()
        self.cancel = QPushButton(self)
        self.cancel_side = {side: QPushButton(self) for side in Side}
        self.cancel.clicked.connect(lambda: context.actions.trigger("order.here.cancel"))
        for side, button in self.cancel_side.items():
            button.clicked.connect(lambda _checked=False, which=side: self.cancel_all(which))
        buttons, column = QGridLayout(), QVBoxLayout(self)
        buttons.setSpacing(grid(self))
        buttons.addWidget(self.cancel, 0, 0, 1, 2)
        for place, button in enumerate(self.cancel_side.values()):
            buttons.addWidget(button, 1, place)
            button.setMinimumWidth(1)
        column.setContentsMargins(grid(self), grid(self, 2), grid(self), grid(self))
        column.setSpacing(grid(self))
        column.addWidget(self.title)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        context.orders_changed.connect(self.refresh)
        context.selected.connect(lambda _instrument: self.refresh())
        context.look_changed.connect(self._dress)
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_buttons())

    def _dress_table(self) -> None:
        table = self.table
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(max(QFontMetrics(self.font()).height() * 3 // 2, 24))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(1)
        header.setHighlightSections(False)
        table.setTabKeyNavigation(False)

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Working orders of this instrument"))
        self.cancel.setText(self.tr("Cancel  Del"))
        self.cancel.setToolTip(self.tr("Cancel the chosen orders (Del)"))
        words = {Side.BUY: self.tr("Cancel buys"), Side.SELL: self.tr("Cancel sells")}
        for side, button in self.cancel_side.items():
            button.setText(words[side])
        self.model.reword()
        self.refresh()

    def _dress(self) -> None:
        self._dress_table()
        self.refresh()

    def refresh(self) -> None:
        self.model.refresh()
        count = len(self.model.orders)
        self.title.setText(self.tr("Working here: {count}").format(count=count))
        self.table.setVisible(bool(count))
        self._fit()
        dress.say(self.empty, "" if count else self.tr("No working orders in this instrument. F2 buys, F3 sells."))
        dress.ink(self.empty, self._context.tokens.dim)
        self._show_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where all of it does not fit, what goes without saying gives way: that an order works, as the title says."""
        state = WorkingModel.COLUMNS - 1
        self.table.setColumnHidden(state, False)
        plain = all(order.state in _WORKS and not order.asked for order in self.model.orders)
        header, margins = self.table.horizontalHeader(), self.contentsMargins()
        room = self.width() - grid(self, 2) - 2 * self.table.frameWidth() - margins.left() - margins.right()
        sizes = (max(self.table.sizeHintForColumn(k), header.sectionSizeHint(k)) for k in range(state + 1))
        self.table.setColumnHidden(state, plain and sum(sizes) > room)

    def _show_buttons(self) -> None:
        self._context.actions.refresh("order.here.cancel")
        self.cancel.setEnabled(bool(self.chosen()))
        for side, button in self.cancel_side.items():
            any_there = bool(self._of(side))
            button.setEnabled(any_there and self._context.desk.read_only is None)
            button.setToolTip("" if any_there else self.tr("Nothing to cancel on this side."))

    def chosen(self) -> tuple[Order, ...]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.model.orders[row] for row in rows if row < len(self.model.orders))

    def why_no_cancel(self) -> str:
        return "" if self.chosen() else self.tr("Choose an order first.")

    def cancel_chosen(self) -> None:
        self._cancel(self.chosen())

    def cancel_all(self, side: Side) -> None:
        self._cancel(self._of(side))

    def _of(self, side: Side) -> tuple[Order, ...]:
        return tuple(order for order in self.model.orders if order.side is side)

    def _cancel(self, orders: tuple[Order, ...]) -> None:
        if orders:
            self._confirmer.propose(Cancelling(self._context, orders, self._context.confirm_level))
