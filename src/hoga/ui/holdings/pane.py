"""The holdings tab: what the account holds and its cash, live; every amount can be asked why it is what it is."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hoga.broker.port import BrokerError
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Portfolio
from hoga.domain.values import Money
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings import why
from hoga.ui.holdings.columns import WHY, holding_columns
from hoga.ui.holdings.curve import ProfitCurve
from hoga.ui.holdings.figures import Shown, Strip
from hoga.ui.holdings.popover import WhyPopover
from hoga.ui.holdings.rows import HoldingRow, holding_rows, last_of, profit_of, total_of, value_of
from hoga.ui.order.reasons import in_words
from hoga.ui.tables.column import Tone, tone_of
from hoga.ui.tables.model import RowModel
from hoga.ui.tables.paced import Paced
from hoga.ui.tables.pane import TablePane
from hoga.ui.tables.view import Empty
from hoga.ui.tables.words import translate


class HoldingsPane(QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.strip = Strip(context, 9, self._why_figure, self)
        self.rows: RowModel[HoldingRow] = RowModel(
            holding_columns(context), lambda row: row.holding.position.instrument, self
        )
        self.table: TablePane[HoldingRow] = TablePane(context, "holdings", self.rows, self)
        self.view = self.table.view
        self.view.empty = self._empty
        self.popover: WhyPopover | None = None
        self.again = QPushButton(self)
        self.again.setAutoDefault(False)
        self.table.above.addWidget(self.again)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self.table, 1)
        self.curve = ProfitCurve(context, self)
        whole.addWidget(self.curve)
        self.setFocusProxy(self.view)
        self._portfolio = context.desk.portfolio()
        self._add_actions()
        self._refresh = Paced(self, self.refresh)
        for signal in (
            context.portfolio_changed, context.orders_changed, context.second, context.instruments_changed,
            context.health_changed,
        ):  # fmt: skip
            signal.connect(self._refresh.ask)
        context.frame.connect(self._on_frame)
        context.look_changed.connect(self.strip.repaint_all)
        context.amounts_hidden.connect(self.strip.repaint_all)
        context.language_changed.connect(self.retranslate)
        self.view.opened.connect(lambda _key: self.ask_why())
        self.view.chosen.connect(self._chosen)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._refresh.ask())
        self.retranslate()

    def _add_actions(self) -> None:
        add = self._context.actions.add
        ask = add(
            "holdings.why", lambda: self.tr("Why this number?"), self.ask_why, shortcut="Ctrl+I", where=self,
            tooltip=lambda: self.tr("Where the figure under the cursor is from, and how it is reckoned."),
            why_not=self._why_no_why,
        )  # fmt: skip
        go = add(
            "holdings.select", lambda: self.tr("Show this instrument"), self.select_instrument, shortcut="Ctrl+Return",
            where=self, tooltip=lambda: self.tr("Quote, chart and ticket follow to the selected holding."),
            why_not=self._why_no_why,
        )  # fmt: skip
        add(
            "holdings.read", lambda: self.tr("Read the balance now"), self._read_again, shortcut="F5", where=self,
            tooltip=lambda: self.tr("Ask the broker for its balance and list of orders."),
        )  # fmt: skip
        self._context.actions.bind(self.again, "holdings.read", show_key=True)
        self.table.menu_actions = (ask, go)

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Holdings"))
        self.refresh()

    # --- showing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the account anew."""
        self._portfolio = portfolio = self._context.desk.portfolio()
        rows = holding_rows(portfolio, self._context.desk.board)
        self.rows.set_rows(rows)
        self.strip.show_figures(account_figures(self._context, portfolio, rows))
        if not rows:
            self.view.viewport().update()  # why there is nothing may be another reason now

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        """Live profit: the rows on the screen whose instrument has news."""
        if not self.isVisible():
            return
        board = self._context.desk.board
        seen = [self.rows.row(place) for place in self.view.visible_places()]
        news = [row for row in seen if row.holding.position.instrument in dirty]
        if self.rows.put([replace(row, last=last_of(row.holding, board)) for row in news], live=True):
            # The same snapshot at newer prices: whatever else changes is announced.
            rows = holding_rows(self._portfolio, board)
            self.strip.show_figures(account_figures(self._context, self._portfolio, rows))

    def _empty(self) -> Empty:
        holdings = self._context.desk.portfolio().holdings
        if isinstance(holdings, Unknown):
            if holdings.why.code == "NOT_READ_YET":
                return Empty(self.tr("Reading the balance"), self.tr("This takes a moment after the connection."))
            return Empty(
                self.tr("The balance could not be read"),
                " ".join((in_words(self._context, holdings.why), self.tr("F5 tries again."))), trouble=True,
            )  # fmt: skip
        if self.rows.all_rows():
            return Empty(self.tr("No holding fits the filter"), self.tr("Clear the filter box to see them all."))
        return Empty(self.tr("Nothing is held"), self.tr("What you buy appears here as soon as it is filled. F2 buys."))

    # --- asking -----------------------------------------------------------------------------------------------------

    def ask_why(self) -> None:
        """About the figure under the cursor; beside a name, about the value."""
        index = self.view.currentIndex()
        if not index.isValid():
            return
        row, name = self.rows.row(index.row()), self.rows.columns[index.column()].name
        answer = WHY.get(name, WHY["value"])(self._context, row)
        area = self.view.visualRect(index)
        self._show(answer, QRect(self.view.viewport().mapToGlobal(area.topLeft()), area.size()))

    def _why_figure(self, place: int) -> None:
        figure = self.strip.figures[place]
        portfolio = self._context.desk.portfolio()
        rows = holding_rows(portfolio, self._context.desk.board)
        answer = _account_why(self._context, place, portfolio, rows)
        self._show(answer, QRect(figure.mapToGlobal(figure.rect().topLeft()), figure.size()))

    def _show(self, answer: why.Why, beside: QRect) -> None:
        self.popover = WhyPopover(self._context, answer, self)
        self.popover.destroyed.connect(self._popover_gone)
        self.popover.show_at(beside)

    def _popover_gone(self) -> None:
        self.popover = None

    def select_instrument(self) -> None:
        rows = self.view.selected_rows()
        if rows:
            self._context.select(rows[0].holding.position.instrument)

    def _read_again(self) -> None:
        self._context.do("read the balance by hand", self._reading())

    async def _reading(self) -> None:
        try:
            await self._context.desk.reconcile()
        except BrokerError as error:
            self.table.footer.setText(self._context.worded(error.message))

    def _chosen(self) -> None:
        self._context.actions.refresh("holdings.why", "holdings.select")

    def _why_no_why(self) -> str:
        return "" if self.view.selected_rows() else self.tr("Select a holding first.")


def account_figures(context: Context, portfolio: Portfolio, rows: tuple[HoldingRow, ...]) -> tuple[Shown, ...]:
    """The strip: total, value, profit with its rate, realised, orderable, cash today and on the two days after."""
    known = isinstance(portfolio.holdings, Known)
    total, value, profit = (
        (total_of(rows, portfolio), value_of(rows, portfolio.at), profit_of(rows, portfolio.at))
        if known
        else (portfolio.total, portfolio.total, portfolio.open_profit)
    )
    days = [why.settlement_day(context.desk.clock.now(), which) for which in range(3)]
    return (
        _plain(context, translate("Holdings", "Total assets"), total),
        _plain(context, translate("Holdings", "Holdings"), value),
        _signed(context, translate("Holdings", "Profit"), profit),
        _rate(translate("Holdings", "Profit %"), profit, value),
        _signed(context, translate("Holdings", "Realised today"), portfolio.realised_today),
        _plain(context, translate("Holdings", "Orderable"), portfolio.orderable),
        _cash(context, translate("Holdings", "Cash today"), portfolio, 0),
        _cash(context, f"D+1 {days[1]:%m-%d}", portfolio, 1),
        _cash(context, f"D+2 {days[2]:%m-%d}", portfolio, 2),
    )  # fmt: skip


def _account_why(context: Context, place: int, portfolio: Portfolio, rows: tuple[HoldingRow, ...]) -> why.Why:
    if place in (0, 1):
        return why.why_total(context, rows, portfolio, total_of(rows, portfolio))
    if place in (2, 3):
        return why.why_open_profit(context, rows, profit_of(rows, portfolio.at))
    if place == 4:
        return why.why_realised(context, None, portfolio.realised_today)
    if place == 5:
        return why.why_orderable(context, portfolio)
    return why.why_cash(context, portfolio, place - 6)


def _plain(context: Context, heading: str, value: Maybe[Money]) -> Shown:
    if isinstance(value, Unknown):
        return Shown(heading, fmt.DASH, tip=in_words(context, value.why))
    return Shown(heading, fmt.money(value.value), tip=why.source_text(context, value))


def _signed(context: Context, heading: str, value: Maybe[Money]) -> Shown:
    if isinstance(value, Unknown):
        return Shown(heading, fmt.DASH, tip=in_words(context, value.why))
    text = fmt.signed(value.value.units, value.value.currency)
    return Shown(heading, text, tone_of(value.value.units), why.source_text(context, value))


def _rate(heading: str, profit: Maybe[Money], value: Maybe[Money]) -> Shown:
    if isinstance(profit, Unknown) or isinstance(value, Unknown):
        return Shown(heading, fmt.DASH, amount=False)
    cost = value.value.units - profit.value.units
    return Shown(heading, fmt.rate(profit.value.units, cost), tone_of(profit.value.units), amount=False)


def _cash(context: Context, heading: str, portfolio: Portfolio, which: int) -> Shown:
    text = why.cash_text(portfolio, which)
    tone = Tone.BAD if text.startswith(fmt.MINUS) else Tone.TEXT
    return Shown(heading, text, tone, why.source_text(context, portfolio.cash))
