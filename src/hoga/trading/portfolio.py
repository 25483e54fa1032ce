"""The portfolio: positions, cash and profit, kept true between two balances by the fills we hear of.

Positions move on fills only, never on acceptance. Cash and shares that working, queued and unresolved orders may still
use are held back. What could not be read is Unknown and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from hoga.base.message import Message
from hoga.broker.port import Broker, BrokerError
from hoga.domain.accounts import Balance, CashReport
from hoga.domain.calendar import KRX
from hoga.domain.costs import FeeModel, Sale, cost_of_buy, cost_of_sell
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Quote
from hoga.domain.orders import Order
from hoga.domain.positions import (
    NO_FLOW,
    NOT_READ_YET,
    Flow,
    Holding,
    Line,
    Portfolio,
    Position,
    carry_on_all,
    opening_cost,
    realised,
)
from hoga.domain.reservation import NoUnitPrice, reserve, sellable, unit_price
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.trading.market_board import MarketBoard
from hoga.trading.records import OrderRecords

_SETTLING = KRX.guessing()


class PortfolioKeeper:
    """Reads balances and answers ``snapshot``. ``instrument`` looks one up in the master as far as it was read."""

    def __init__(
        self,
        broker: Broker,
        records: OrderRecords,
        board: MarketBoard,
        fees: FeeModel,
        now: Callable[[], datetime],
        trading_date: Callable[[], date],
        instrument: Callable[[InstrumentId], Maybe[Instrument]],
    ) -> None:
        self._broker = broker
        self._records = records
        self._board = board
        self._fees = fees
        self._now = now
        self._trading_date = trading_date
        self._instrument = instrument
        self._zero = Money.zero(fees.currency)
        self._balance: Maybe[Balance] = NOT_READ_YET
        self._counted: dict[InstrumentId, Flow] = {}
        self._flows_of: tuple[int, date] | None = None
        self._known_flows: dict[InstrumentId, Flow] = {}
        self._known_lines: dict[InstrumentId, list[Line]] = {}
        self._openings: dict[tuple[date, InstrumentId], tuple[int, Fraction]] = {}

    async def refresh(self) -> None:
        """Read the balance. A failure is kept as the reason while there is no balance, else the old one stays with
        its age. Raises BrokerError."""
        counted, began = self._flows(), self._now()
        try:
            balance = await self._broker.balance()
        except BrokerError as error:
            if isinstance(self._balance, Unknown):
                self._balance = Unknown(error.message)
            raise
        self._balance, self._counted = Known(balance, began, "broker"), counted
        self._remember_openings()

    @property
    def balance_at(self) -> datetime | None:
        """When the balance was read; None before the first."""
        return self._balance.at if isinstance(self._balance, Known) else None

    def snapshot(self) -> Portfolio:
        """The account as far as it is known now."""
        now = self._now()
        reserved, _ = self._reserved()
        if isinstance(self._balance, Unknown):
            nothing = self._balance
            return Portfolio(now, nothing, nothing, nothing, reserved, nothing, nothing, nothing)
        at, balance = self._balance.at, self._balance.value
        holdings = tuple(self._holding(position) for position in self._positions(balance))
        cash = _cash(balance, self._fees.currency)
        return Portfolio(
            now,
            Known(holdings, at, "balance"),
            Known(balance.cash, at, "balance"),
            self.orderable(),
            reserved,
            _sum((self._realised(instrument) for instrument in self._flows()), self._zero, now),
            _sum((h.open_profit for h in holdings), self._zero, at),
            _sum((h.value for h in holdings), cash.settled_d2 if cash else self._zero, at),
        )

    def orderable(self) -> Maybe[Money]:
        """Cash that new buys may use; see ``Portfolio.orderable``."""
        if isinstance(self._balance, Unknown):
            return self._balance
        cash = _cash(self._balance.value, self._fees.currency)
        if cash is None:
            return Unknown(Message("CASH_NOT_REPORTED"))
        reserved, all_known = self._reserved()
        if not all_known:
            return Unknown(Message("RESERVE_UNKNOWN"))
        return Known(cash.settled_d2 - self._bought_since() - reserved, self._balance.at, "balance")

    def sellable(self, instrument: InstrumentId) -> Maybe[Shares]:
        """Shares a new sell may use: held, less what open sells may still take."""
        if isinstance(self._balance, Unknown):
            return self._balance
        held = next((p.quantity for p in self._positions(self._balance.value) if p.instrument == instrument), Shares(0))
        return Known(sellable(held, self._open_sells(instrument)), self._balance.at, "balance")

    # --- flows ------------------------------------------------------------------------------------------------------

    def _flows(self) -> dict[InstrumentId, Flow]:
        """What filled today, by instrument, over every order of the account, foreign ones included."""
        today = self._trading_date()
        if self._flows_of == (self._records.version, today):
            return self._known_flows
        flows: dict[InstrumentId, Flow] = {}
        for order in self._records.orders:
            for life in order.numbers:
                if life.carries and life.filled and life.number.trading_date == today:
                    flow = flows.get(order.instrument, NO_FLOW)
                    flows[order.instrument] = flow.plus(order.side, life.filled, life.filled_amount)
        self._flows_of, self._known_flows, self._known_lines = (self._records.version, today), flows, {}
        return flows

    def _positions(self, balance: Balance) -> tuple[Position, ...]:
        if balance.on != self._trading_date():
            # A balance of an earlier date has counted all of that date and nothing of today.
            rows = tuple(replace(r, bought_today=Shares(0), sold_today=Shares(0)) for r in balance.holdings)
            return carry_on_all(replace(balance, holdings=rows), {}, self._flows(), self._zero)
        return carry_on_all(balance, self._counted, self._flows(), self._zero)

    def _bought_since(self) -> Money:
        """Won spent on buys that filled after the balance was read, with commission."""
        spent = 0
        for instrument, flow in self._flows().items():
            more = flow.bought_amount - self._counted.get(instrument, NO_FLOW).bought_amount
            spent += max(more, 0)
        amount = Money(spent, self._fees.currency)
        return amount + cost_of_buy(self._fees, amount).total if spent else amount

    def _open_sells(self, instrument: InstrumentId) -> list[Shares]:
        return [o.leaves for o in self._records.open_orders if o.side is Side.SELL and o.instrument == instrument]

    def _reserved(self) -> tuple[Money, bool]:
        """What open buys hold back, and whether every one of them could be reckoned."""
        total, all_known = self._zero, True
        for order in self._records.open_orders:
            if order.side is Side.BUY and order.leaves:
                try:
                    unit = unit_price(order.type, order.dearest_limit, self._upper(order.instrument))
                except NoUnitPrice:
                    all_known = False
                    continue
                total = total + reserve(order.leaves, unit, self._fees)
        return total, all_known

    def _upper(self, instrument: InstrumentId) -> Price | None:
        quote: Maybe[Quote] = self._board.quote(instrument)
        return quote.value.upper_limit if isinstance(quote, Known) else None

    # --- profit -----------------------------------------------------------------------------------------------------

    def _holding(self, position: Position) -> Holding:
        last = self._board.last(position.instrument)
        if isinstance(last, Unknown) and position.reported is not None and position.reported.last is not None:
            last = Known(position.reported.last, self.balance_at or self._now(), "balance")
        value: Maybe[Money]
        profit: Maybe[Money]
        if isinstance(last, Unknown):
            value = profit = last
        else:
            value = Known(position.value(last.value), last.at, last.source)
            profit = Known(position.open_profit(last.value), last.at, last.source)
        return Holding(
            position,
            sellable(position.quantity, self._open_sells(position.instrument)),
            last,
            value,
            profit,
            self._realised(position.instrument),
        )

    def _orders_of(self, instrument: InstrumentId) -> list[Order]:
        return [order for order in self._records.orders if order.instrument == instrument]

    def _lines(self, instrument: InstrumentId) -> list[Line] | None:
        """Today's fills of an instrument, oldest first, with their costs; None where the costs cannot be reckoned."""
        if instrument not in self._flows():
            return []
        if instrument in self._known_lines:
            return self._known_lines[instrument]
        today = self._trading_date()
        fills = sorted(
            (
                (execution.at, order.side, execution.quantity, execution.amount)
                for order in self._orders_of(instrument)
                for execution in order.executions
                if execution.number.trading_date == today
            ),
            key=lambda fill: fill[0],
        )
        lines = []
        for _, side, quantity, amount in fills:
            costs = self._costs(instrument, side, quantity, amount, today)
            if costs is None:
                return None
            lines.append(Line(side, quantity.count, amount.units, costs.units))
        self._known_lines[instrument] = lines
        return lines

    def _costs(self, id: InstrumentId, side: Side, shares: Shares, amount: Money, today: date) -> Money | None:
        if side is Side.BUY:
            return cost_of_buy(self._fees, amount).total
        instrument = self._instrument(id)
        if isinstance(instrument, Unknown):
            return None
        try:
            settles = _SETTLING.settlement_date(today)
            return cost_of_sell(self._fees, Sale(instrument.value, amount, shares, today, settles)).total
        except RuleUnknown:
            return None

    def _remember_openings(self) -> None:
        """What was held when the day began, worked out from each balance while it can be: a holding that is sold out
        later leaves nothing to work it out from."""
        if isinstance(self._balance, Unknown):
            return
        today = self._trading_date()
        self._openings = {key: value for key, value in self._openings.items() if key[0] == today}
        for position in self._positions(self._balance.value):
            lines = self._lines(position.instrument)
            if lines is None or (today, position.instrument) in self._openings:
                continue
            opening = opening_cost(position.quantity.count, position.cost.units, lines)
            if opening is not None:
                self._openings[today, position.instrument] = opening

    def _realised(self, instrument: InstrumentId) -> Maybe[Money]:
        lines = self._lines(instrument)
        if lines is None:
            return Unknown(Message("COSTS_UNKNOWN"))
        opening = self._openings.get((self._trading_date(), instrument))
        if opening is None and sum(line.quantity * line.side.sign for line in lines) == self._held(instrument):
            opening = (0, Fraction(0))
        if opening is None:
            return Unknown(Message("COST_BEFORE_TODAY_UNKNOWN"))
        return Known(Money(realised(*opening, lines), self._fees.currency), self._now(), "fills")

    def _held(self, instrument: InstrumentId) -> int:
        if isinstance(self._balance, Unknown):
            return -1
        return next((p.quantity.count for p in self._positions(self._balance.value) if p.instrument == instrument), 0)


def _cash(balance: Balance, currency: Currency) -> CashReport | None:
    return next((report for report in balance.cash if report.currency is currency), None)


def _sum(parts: Iterable[Maybe[Money]], start: Money, at: datetime) -> Maybe[Money]:
    """The sum, or the first reason why a part of it is unknown."""
    total, oldest = start, at
    for part in parts:
        if isinstance(part, Unknown):
            return part
        total, oldest = total + part.value, min(oldest, part.at)
    return Known(total, oldest, "sum")
