"""The fills tab: what was bought and sold today, newest first, with sums of the selection; details by order."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hoga.domain.tickets import OrderId, Side
from hoga.ui.biography.drawer import WithBiography
from hoga.ui.context import Context
from hoga.ui.fills.rows import FillRow, fill_columns, fill_rows
from hoga.ui.tables.chips import Chips
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty


class Which(Enum):
    ALL = "all"
    BUYS = "buys"
    SELLS = "sells"
    INSTRUMENT = "instrument"


class FillsPane(QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: RowModel[FillRow] = RowModel(fill_columns(context), lambda row: row.key, self)
        self.table: TablePane[FillRow] = TablePane(context, "fills", self.rows, self)
        self.view = self.table.view
        self.view.empty = self._empty
        self.with_biography = WithBiography(context, self.table, self)
        self.chips: Chips[Which] = Chips(
            context,
            {
                Which.ALL: lambda: self.tr("All"),
                Which.BUYS: lambda: self.tr("Buys"),
                Which.SELLS: lambda: self.tr("Sells"),
                Which.INSTRUMENT: lambda: self.tr("This instrument"),
            },
            self._choose,
            self,
        )
        self.table.above.addWidget(self.chips)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.with_biography)
        self.setFocusProxy(self.view)
        self._which = Which.ALL
        details = context.actions.add(
            "fills.details", lambda: self.tr("What happened to it?"), self.open_selected, where=self,
            tooltip=lambda: self.tr("Everything on record about this order, step by step (Enter or double click)."),
        )  # fmt: skip
        self.table.menu_actions = (details,)
        self.view.opened.connect(self._open)
        self._refresh = Paced(self, self.refresh)
        for signal in (context.orders_changed, context.instruments_changed):
            signal.connect(self._refresh.ask)
        context.selected.connect(self._instrument_chosen)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Fills"))
        self.chips.retranslate()
        self.refresh()

    def refresh(self) -> None:
        self.rows.set_rows(fill_rows(self._context.desk))

    def open_selected(self) -> None:
        key = self.view.current_key()
        if key is not None:
            self._open(key)

    def _open(self, key: object) -> None:
        row = self.rows.find(key)
        if row is not None:
            self.with_biography.open(OrderId(row.order.id))

    def _choose(self, which: Which) -> None:
        self._which = which
        self.rows.filter_rows(None if which is Which.ALL else self._fits)

    def _fits(self, row: FillRow) -> bool:
        if self._which is Which.INSTRUMENT:
            return row.order.instrument == self._context.instrument
        return row.order.side is (Side.BUY if self._which is Which.BUYS else Side.SELL)

    def _instrument_chosen(self) -> None:
        if self._which is Which.INSTRUMENT:
            self.rows.arrange()

    def _empty(self) -> Empty:
        if self.rows.all_rows():
            return Empty(self.tr("No fill fits the filter"), self.tr("Clear the filter box, or choose All."))
        return Empty(
            self.tr("Nothing was filled today"),
            self.tr("Each fill appears here the moment the broker tells of it; an accepted order is not a fill."),
        )
