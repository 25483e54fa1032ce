"""The activity tab: every decision, send and answer in plain words, newest first; filter, copy, link to orders."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from hoga.domain.tickets import OrderId
from hoga.trading.views import Level
from hoga.ui.activity.log import HeardLines
from hoga.ui.activity.rows import ActivityRow, activity_columns, row_text
from hoga.ui.biography.drawer import WithBiography
from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.tables.chips import Chip, Chips
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import newest_number

_PAGE = 500


class Which(Enum):
    """Levels from which on lines are shown."""

    ALL = "all"
    ORDERS = "orders"
    TROUBLE = "trouble"
    ERRORS = "errors"


class ActivityPane(QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._heard = HeardLines()
        self._which = Which.ALL
        self._order: OrderId | None = None
        self.rows: RowModel[ActivityRow] = RowModel(activity_columns(context), lambda row: row.number, self)
        self.table: TablePane[ActivityRow] = TablePane(context, "activity", self.rows, self)
        self.view = self.table.view
        self.view.empty = self._empty
        self.with_biography = WithBiography(context, self.table, self)
        self.chips: Chips[Which] = Chips(
            context,
            {
                Which.ALL: lambda: self.tr("All"),
                Which.ORDERS: lambda: self.tr("About orders"),
                Which.TROUBLE: lambda: self.tr("Warnings and errors"),
                Which.ERRORS: lambda: self.tr("Errors"),
            },
            self._choose,
            self,
        )
        self.instrument_only = Chip(context, self)
        self.order_only = QToolButton(self)
        self.older = QPushButton(self)
        self.older.setAutoDefault(False)
        for part in (self.chips, self.instrument_only, self.order_only, self.older):
            self.table.above.addWidget(part)
        self.order_only.hide()
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setContentsMargins(grid(self, 2), 0, grid(self, 2), grid(self))
        self.said.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.with_biography, 1)
        whole.addWidget(self.said)
        self.setFocusProxy(self.view)
        self._refresh = Paced(self, self.refresh)
        self._add_actions()
        self._listen()
        self.retranslate()

    def _add_actions(self) -> None:
        add = self._context.actions.add
        details = add(
            "activity.details", lambda: self.tr("What happened to the order?"), self.open_selected, where=self,
            tooltip=lambda: self.tr("Everything on record about the line's order (Enter or double click)."),
            why_not=self._why_no_order,
        )  # fmt: skip
        only = add(
            "activity.only_order", lambda: self.tr("Only this order"), self.show_only_selected, where=self,
            tooltip=lambda: self.tr("Keep only the lines about the same order."), why_not=self._why_no_order,
        )  # fmt: skip
        add(
            "activity.older", lambda: self.tr("Older lines"), self.read_older, where=self,
            tooltip=lambda: self.tr("Read more lines from the log of earlier hours and days."),
        )  # fmt: skip
        self._context.actions.bind(self.older, "activity.older")
        self.table.menu_actions = (details, only)

    def _listen(self) -> None:
        context = self._context
        context.activity_changed.connect(self._refresh.ask)
        context.selected.connect(self._filter)
        context.language_changed.connect(self.retranslate)
        context.instruments_changed.connect(self.rows.retell)
        self.instrument_only.toggled.connect(self._filter)
        self.order_only.clicked.connect(lambda _checked=False: self.show_order(None))
        self.view.opened.connect(self._open)
        self.view.chosen.connect(self._chosen)

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Activity"))
        self.chips.retranslate()
        self.instrument_only.setText(self.tr("This instrument"))
        self.instrument_only.setToolTip(self.tr("Only lines about the instrument that every tab shows."))
        self.order_only.setToolTip(self.tr("Show the lines of all orders again."))
        self._show_order_chip()
        self.refresh()

    # --- lines ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Take in what is new. Who reads further down keeps reading where they are."""
        new = self._heard.hear(self._context.desk.activity())
        below, length = self.view.verticalScrollBar().value() > 0, self.view.verticalHeader().length()
        self.rows.set_rows(self._heard.newest_first)
        if new and below and self.rows.sorted_by() is None:
            self.view.scroll_down(self.view.verticalHeader().length() - length)

    def read_older(self) -> None:
        self._context.do("older activity", self._reading())

    async def _reading(self) -> None:
        found, more = 0, True
        while not found and more:  # a page may hold only what was heard live
            older = await self._context.desk.activity_before(self._heard.oldest_read, _PAGE)
            found, more = self._heard.put_before(older), len(older) == _PAGE and older[-1].seq is not None
        self.rows.set_rows(self._heard.newest_first)
        if not found:
            self.older.setEnabled(False)
            self.older.setToolTip(self.tr("There are no older lines."))

    # --- filters ----------------------------------------------------------------------------------------------------

    def show_order(self, order: OrderId | None) -> None:
        """Only the lines about this order; None: all of them."""
        self._order = order
        self._show_order_chip()
        self._filter()

    def show_only_selected(self) -> None:
        row = self._current()
        if row is not None and row.order is not None:
            self.show_order(row.order)

    def _choose(self, which: Which) -> None:
        self._which = which
        self._filter()

    def _filter(self, *_changed: object) -> None:
        narrow = self._which is not Which.ALL or self._order is not None or self.instrument_only.isChecked()
        self.rows.filter_rows(self._fits if narrow else None)

    def _fits(self, row: ActivityRow) -> bool:
        if self._order is not None and row.order != self._order:
            return False
        if self.instrument_only.isChecked() and row.instrument != self._context.instrument:
            return False
        if self._which is Which.ORDERS:
            return row.order is not None
        if self._which is Which.TROUBLE:
            return row.line.level in (Level.WARNING, Level.ERROR)
        return self._which is not Which.ERRORS or row.line.level is Level.ERROR

    def _show_order_chip(self) -> None:
        self.order_only.setVisible(self._order is not None)
        order = self._context.desk.order(self._order) if self._order is not None else None
        number = newest_number(order) if order is not None else ""
        self.order_only.setText(self.tr("Order {number}  ✕").format(number=number))

    # --- details ----------------------------------------------------------------------------------------------------

    def open_selected(self) -> None:
        row = self._current()
        if row is not None and row.order is not None:
            self.with_biography.open(row.order)

    def _open(self, key: object) -> None:
        row = self.rows.find(key)
        if row is not None and row.order is not None:
            self.with_biography.open(row.order)

    def _current(self) -> ActivityRow | None:
        key = self.view.current_key()
        return self.rows.find(key) if key is not None else None

    def _chosen(self) -> None:
        """The line that the cursor stands on, to its last word."""
        row = self._current()
        self.said.setText(row_text(self._context, row) if row is not None else "")
        self.said.setVisible(row is not None)
        self._context.actions.refresh("activity.details", "activity.only_order")

    def _why_no_order(self) -> str:
        row = self._current()
        return "" if row is not None and row.order is not None else self.tr("This line is about no order.")

    def _empty(self) -> Empty:
        if self.rows.all_rows():
            return Empty(self.tr("No line fits the filter"), self.tr("Clear the filter box, or choose All."))
        return Empty(
            self.tr("Nothing has happened yet"),
            self.tr("Every decision, every send and every answer of the broker is told here."),
        )
