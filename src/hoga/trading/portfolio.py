"""The portfolio: positions, cash and profit, kept true between two balances by the fills we hear of.

Positions move on fills only, never on acceptance. Cash and shares that working, queued and unresolved orders may still
use are held back. What could not be read is Unknown and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.accounts import Balance, CashReport
from hoga.domain.costs import FeeModel, cost_of_buy
from hoga.domain.day_result import day_result
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.orders import Order
from hoga.domain.positions import (
    NO_FLOW,
    NOT_READ_YET,
    Flow,
    Holding,
    Portfolio,
    Position,
    Realised,
    Reservation,
    carry_on_all,
)
from hoga.domain.reservation import NoUnitPrice, reserve, sellable, unit_price
from hoga.domain.tickets import OrderId
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.trading.flows import FlowsSince
from hoga.trading.market_board import MarketBoard
from hoga.trading.profit import DayProfit
from hoga.trading.records import OrderRecords
from hoga.trading.tally import Tally

_CLOCKS_DIFFER = timedelta(seconds=10)
"""The most by which the broker's clock and ours may differ."""


class Balances(Protocol):
    """Where balances come from: a broker, or what is known of one."""

    async def balance(self) -> Balance: ...


class PortfolioKeeper:
    """Reads balances and answers ``snapshot``. ``instrument`` looks one up in the master as far as it was read.
    ``heard(balance, began, moved)`` gets every balance with when its read began, and whether our orders changed while
    it was read."""

    def __init__(
        self,
        broker: Balances,
        records: OrderRecords,
        board: MarketBoard,
        fees: FeeModel,
        now: Callable[[], datetime],
        trading_date: Callable[[], date],
        instrument: Callable[[InstrumentId], Maybe[Instrument]],
        heard: Callable[[Balance, datetime, bool], None],
    ) -> None:
        self._broker = broker
        self._records = records
        self._board = board
        self._fees = fees
        self._now = now
        self._trading_date = trading_date
        self._heard = heard
        self._zero = Money.zero(fees.currency)
        self._balance: Maybe[Balance] = NOT_READ_YET
        self._counted: Mapping[InstrumentId, Flow] = {}
        self._flows = FlowsSince(records)
        self.unsure = False
        """The last balance was read so near to midnight that nobody can tell which day it is of: it was not taken."""
        self._tally = Tally(records, trading_date)
        self._profit = DayProfit(self._tally, fees, trading_date, instrument)
        self._carried: tuple[int, Balance, dict[InstrumentId, Position]] | None = None
        self._orderable_known: tuple[int, Maybe[Balance], tuple[Reservation, ...], Maybe[Money]] | None = None
        self._reserved_of: int | None = None
        self._reservations_known: tuple[Reservation, ...] = ()
        self._reserved: dict[OrderId, tuple[Order, Price | None, Reservation]] = {}

    async def refresh(self, at: datetime | None = None) -> None:
        """Read the balance (``at``: for one that was read earlier). A failure is kept as the reason while there is no
        balance, else the old one stays with its age. Raises BrokerError."""
        began, version = at or self._now(), self._records.version
        counted = self._filled_since(began.astimezone(KST).date())
        try:
            balance = await self._broker.balance()
        except BrokerError as error:
            if isinstance(self._balance, Unknown):
                self._balance = Unknown(error.message)
            raise
        self.unsure = at is None and not self._of_one_day(began, self._now())
        if self.unsure:
            return
        self._balance, self._counted = Known(balance, began, "broker"), counted
        self._flows.begin(balance.on)
        self._profit.remember_openings(self._positions(balance).values())
        self._heard(balance, began, self._records.version != version)

    def _filled_since(self, day: date) -> Mapping[InstrumentId, Flow]:
        flows = self._flows if self._flows.since == day else FlowsSince(self._records)
        flows.begin(day)
        return dict(flows.now())

    @staticmethod
    def _of_one_day(began: datetime, ended: datetime) -> bool:
        return (began - _CLOCKS_DIFFER).astimezone(KST).date() == (ended + _CLOCKS_DIFFER).astimezone(KST).date()

    @property
    def balance(self) -> Maybe[Balance]:
        """As it was last read."""
        return self._balance

    @property
    def balance_at(self) -> datetime | None:
        """When the balance was read; None before the first."""
        return self._balance.at if isinstance(self._balance, Known) else None

    def snapshot(self) -> Portfolio:
        """The account as far as it is known now."""
        now = self._now()
        reservations = self._reservations()
        reserved = self._sum_held(reservations)
        if isinstance(self._balance, Unknown):
            nothing = self._balance
            return Portfolio(
                now, nothing, nothing, nothing, reserved, nothing, nothing, nothing, reservations=reservations
            )
        at, balance = self._balance.at, self._balance.value
        realised = {instrument: self._realised(instrument) for instrument in self._tally.flows()}
        holdings = tuple(
            self._holding(position, realised.get(position.instrument) or self._realised(position.instrument), now)
            for position in self._positions(balance).values()
            if position.quantity
        )
        cash = _cash(balance, self._fees.currency)
        return Portfolio(
            at=now,
            holdings=Known(holdings, at, "balance"),
            cash=Known(balance.cash, at, "balance"),
            orderable=self._orderable(reservations),
            reserved=reserved,
            realised_today=_sum((self._worded(each, now) for each in realised.values()), self._zero, now),
            open_profit=_sum((h.open_profit for h in holdings), self._zero, at),
            total=_sum((h.value for h in holdings), cash.settled_d2 if cash else self._zero, at),
            bought_since=self._bought_since(),
            reservations=reservations,
            realised_from={id: each for id, each in realised.items() if isinstance(each, Realised)},
        )

    def orderable(self) -> Maybe[Money]:
        """Cash that new buys may use; see ``Portfolio.orderable``."""
        return self._orderable(self._reservations())

    def sellable(self, instrument: InstrumentId) -> Maybe[Shares]:
        """Shares a new sell may use: held, less what open sells may still take."""
        held = self.held(instrument)
        if isinstance(held, Unknown):
            return held
        return Known(sellable(held.value, self._tally.open_sells(instrument).values()), held.at, held.source)

    def held(self, instrument: InstrumentId) -> Maybe[Shares]:
        """Shares of an instrument held now."""
        if isinstance(self._balance, Unknown):
            return self._balance
        position = self._positions(self._balance.value).get(instrument)
        return Known(position.quantity if position else Shares(0), self._balance.at, "balance")

    def worth(self) -> Maybe[Money]:
        """See ``Portfolio.total``."""
        return self.snapshot().total

    def day_result(self, base_of: Callable[[InstrumentId], Price | None]) -> Maybe[Money]:
        """What the day has brought, realised and open, against yesterday's close, after costs. ``base_of``: the day's
        base price of an instrument. Unknown where one of something held over night is missing."""
        if isinstance(self._balance, Unknown):
            return self._balance
        flows, positions = self._tally.flows(), self._positions(self._balance.value)
        result = 0
        for id in {*flows, *positions}:
            part = self._day_result(id, positions.get(id), flows.get(id, NO_FLOW), base_of(id))
            if isinstance(part, Unknown):
                return part
            result += part
        return Known(Money(result, self._fees.currency), self._now(), "fills")

    def _day_result(self, id: InstrumentId, position: Position | None, flow: Flow, base: Price | None) -> int | Unknown:
        held = position.quantity.count if position else 0
        last, costs = self._last(position, id), self._profit.costs(id) if flow != NO_FLOW else 0
        if costs is None or (held and last is None) or (held - flow.bought + flow.sold and base is None):
            return Unknown(Message("DAY_RESULT_LACKS", {"code": id.code}))
        try:
            return day_result(held, last.units if last else 0, base.units if base else 0, flow, costs)
        except ValueError:
            return Unknown(Message("DAY_RESULT_LACKS", {"code": id.code}))

    def held_over_night(self) -> tuple[InstrumentId, ...]:
        """Instruments of which shares were held when the day began, as far as the balance was read."""
        if isinstance(self._balance, Unknown):
            return ()
        flows, positions = self._tally.flows(), self._positions(self._balance.value)
        began = {id: positions[id].quantity.count if id in positions else 0 for id in {*flows, *positions}}
        return tuple(
            id for id, now in began.items() if now - flows.get(id, NO_FLOW).bought + flows.get(id, NO_FLOW).sold
        )

    # --- positions --------------------------------------------------------------------------------------------------

    def _positions(self, balance: Balance) -> dict[InstrumentId, Position]:
        known = self._carried
        if known is not None and known[0] == self._records.version and known[1] is balance:
            return known[2]
        carried = carry_on_all(balance, self._counted, self._flows.now(), self._zero)
        positions = {position.instrument: position for position in carried}
        self._carried = self._records.version, balance, positions
        return positions

    def _holding(self, position: Position, realised: Realised | Unknown, now: datetime) -> Holding:
        last = self._board.last(position.instrument)
        if isinstance(last, Unknown) and position.reported is not None and position.reported.last is not None:
            last = Known(position.reported.last, self.balance_at or now, "balance")
        value: Maybe[Money]
        profit: Maybe[Money]
        if isinstance(last, Unknown):
            value = profit = last
        else:
            value = Known(position.value(last.value), last.at, last.source)
            profit = Known(position.open_profit(last.value), last.at, last.source)
        sells = self._tally.open_sells(position.instrument)
        return Holding(
            position=position,
            sellable=sellable(position.quantity, sells.values()),
            last=last,
            value=value,
            open_profit=profit,
            realised_today=self._worded(realised, now),
            open_sells=tuple(sells.items()),
        )

    def _last(self, position: Position | None, id: InstrumentId) -> Price | None:
        """The newest price of an instrument, the balance's own where nothing else came."""
        last = self._board.last(id)
        if isinstance(last, Known):
            return last.value
        return position.reported.last if position is not None and position.reported is not None else None

    def _realised(self, instrument: InstrumentId) -> Realised | Unknown:
        held = self.held(instrument)
        return self._profit.of(instrument, held.value.count if isinstance(held, Known) else None)

    def _worded(self, realised: Realised | Unknown, now: datetime) -> Maybe[Money]:
        if isinstance(realised, Unknown):
            return realised
        return Known(Money(realised.profit, self._fees.currency), now, "fills")

    # --- cash -------------------------------------------------------------------------------------------------------

    def _orderable(self, reservations: tuple[Reservation, ...]) -> Maybe[Money]:
        """Reckoned anew when the balance, an order or what one holds back is another."""
        of, known = (self._records.version, self._balance, reservations), self._orderable_known
        if known is None or known[0] != of[0] or known[1] is not of[1] or known[2] is not of[2]:
            known = self._orderable_known = *of, self._orderable_now(reservations)
        return known[3]

    def _orderable_now(self, reservations: tuple[Reservation, ...]) -> Maybe[Money]:
        if isinstance(self._balance, Unknown):
            return self._balance
        cash = _cash(self._balance.value, self._fees.currency)
        if cash is None:
            return Unknown(Message("CASH_NOT_REPORTED"))
        if any(reservation.held is None for reservation in reservations):
            return Unknown(Message("RESERVE_UNKNOWN"))
        left = cash.settled_d2 - self._bought_since() - self._sum_held(reservations)
        return Known(left, self._balance.at, "balance")

    def _bought_since(self) -> Money:
        """Won spent on buys that the balance has not counted yet, with commission."""
        if isinstance(self._balance, Unknown):
            return self._zero
        spent = sum(position.since.bought_amount for position in self._positions(self._balance.value).values())
        amount = Money(spent, self._fees.currency)
        return amount + cost_of_buy(self._fees, amount).total if spent else amount

    def _reservations(self) -> tuple[Reservation, ...]:
        """What open buys hold back; each is reckoned anew only when its order or its upper limit has changed."""
        if self._reserved_of == self._records.version:
            return self._reservations_known
        before, self._reserved = self._reserved, {}
        for order in self._tally.open_buys():
            known = before.get(order.id)
            upper = None if order.type.carries_price else self._upper(order.instrument)
            if known is None or known[0] is not order or known[1] != upper:
                known = order, upper, self._reservation(order, upper)
            self._reserved[order.id] = known
        self._reservations_known = tuple(reservation for _, _, reservation in self._reserved.values())
        limits_only = all(order.type.carries_price for order, _, _ in self._reserved.values())
        self._reserved_of = self._records.version if limits_only else None
        return self._reservations_known

    def _reservation(self, order: Order, upper: Price | None) -> Reservation:
        try:
            unit = unit_price(order.type, order.dearest_limit, upper)
        except NoUnitPrice:
            return Reservation(order.id, order.instrument, order.leaves, None, None)
        return Reservation(order.id, order.instrument, order.leaves, unit, reserve(order.leaves, unit, self._fees))

    def _sum_held(self, reservations: Iterable[Reservation]) -> Money:
        return Money(sum(r.held.units for r in reservations if r.held is not None), self._fees.currency)

    def _upper(self, instrument: InstrumentId) -> Price | None:
        quote = self._board.quote(instrument)
        return quote.value.upper_limit if isinstance(quote, Known) else None


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
