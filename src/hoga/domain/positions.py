"""Positions: what the broker's balance says, carried on with the fills we know of and it may not have counted yet.

A balance and the notices of fills reach us on different ways, either may be ahead. So the shares bought and sold today
are, like the fills of a number, the larger of two lower bounds: ours and the balance's own. Nothing is counted twice,
and the next balance completes it. Costs follow the average method: a buy adds its amount, a sell takes out its share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct, field

from hoga.base.message import Message
from hoga.domain.accounts import Balance, CashReport, HoldingReport
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Maybe, Unknown
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Money, Price, Shares


class Flow(Struct, frozen=True):
    """What one instrument's orders filled on one trading date. Amounts are shares times price, without costs."""

    bought: int = 0
    bought_amount: int = 0
    sold: int = 0
    sold_amount: int = 0

    def plus(self, side: Side, quantity: int, amount: int) -> Flow:
        if side is Side.BUY:
            return Flow(self.bought + quantity, self.bought_amount + amount, self.sold, self.sold_amount)
        return Flow(self.bought, self.bought_amount, self.sold + quantity, self.sold_amount + amount)

    def __add__(self, other: Flow) -> Flow:
        return Flow(
            self.bought + other.bought,
            self.bought_amount + other.bought_amount,
            self.sold + other.sold,
            self.sold_amount + other.sold_amount,
        )

    def __sub__(self, other: Flow) -> Flow:
        return Flow(
            self.bought - other.bought,
            self.bought_amount - other.bought_amount,
            self.sold - other.sold,
            self.sold_amount - other.sold_amount,
        )


NO_FLOW = Flow()


class Position(Struct, frozen=True):
    """One holding now. ``cost`` is what the held shares cost, without fees (the broker's figure, carried on)."""

    instrument: InstrumentId
    name: str
    quantity: Shares
    cost: Money
    reported: HoldingReport | None
    """The row of the balance it rests on; None for shares bought since."""
    since: Flow = NO_FLOW
    """What filled and the row cannot have counted: row and this make ``quantity`` and ``cost``."""

    @property
    def average(self) -> Decimal | None:
        """Cost per share, exact to 4 decimals below the currency's unit; None without shares. No price to order at."""
        if not self.quantity:
            return None
        return (self.cost.decimal / self.quantity.count).quantize(Decimal(1).scaleb(-self.cost.currency.scale - 4))

    def value(self, last: Price) -> Money:
        return last * self.quantity

    def open_profit(self, last: Price) -> Money:
        """What selling all at ``last`` would bring over the cost, before fees and taxes."""
        return self.value(last) - self.cost


def carry_on(
    row: HoldingReport | None, instrument: InstrumentId, name: str, at_balance: Flow, now: Flow, zero: Money
) -> Position:
    """The position now: a balance's row (None: the balance does not list it) plus what it cannot have counted.

    ``at_balance`` is what we knew to be filled when the balance was read, ``now`` what we know today. A row says
    itself how much of today it has counted; where there is none, it counted what we knew then.
    """
    counted_bought = row.bought_today.count if row else at_balance.bought
    counted_sold = row.sold_today.count if row else at_balance.sold
    more_bought = max(now.bought - counted_bought, 0)
    more_sold = max(now.sold - counted_sold, 0)
    quantity = (row.quantity.count if row else 0) + more_bought
    paid = _part(now.bought_amount, more_bought, now.bought)
    cost = Fraction(row.cost.units if row else 0) + paid
    sold = min(more_sold, quantity)
    left = cost - (cost * sold / quantity if quantity else 0)
    since = Flow(more_bought, _round(paid), more_sold, _round(_part(now.sold_amount, more_sold, now.sold)))
    currency = (row.cost if row else zero).currency
    return Position(instrument, name, Shares(quantity - sold), Money(_round(left), currency), row, since)


def carry_on_all(
    balance: Balance, at_balance: Mapping[InstrumentId, Flow], now: Mapping[InstrumentId, Flow], zero: Money
) -> tuple[Position, ...]:
    """Every position, emptied ones too, in the order of the balance, those bought since at the end."""
    rows = {row.instrument: row for row in balance.holdings}
    names = [*rows, *(instrument for instrument in now if instrument not in rows)]
    return tuple(
        carry_on(
            row := rows.get(instrument),
            instrument,
            row.name if row else "",
            at_balance.get(instrument, NO_FLOW),
            now.get(instrument, NO_FLOW),
            zero,
        )
        for instrument in names
    )


class Line(Struct, frozen=True):
    """One fill for reckoning profit: whole units, ``amount`` = shares times price, ``costs`` fees and taxes."""

    side: Side
    quantity: int
    amount: int
    costs: int = 0


def opening_cost(quantity: int, cost: int, today: Iterable[Line]) -> tuple[int, Fraction] | None:
    """(shares, cost) before ``today``'s lines (oldest first), from those after them. None where it cannot be told: a
    holding sold out to the last share leaves no average behind."""
    lines = tuple(today)
    if quantity == sum(line.quantity * line.side.sign for line in lines):
        return 0, Fraction(0)
    shares, left = quantity, Fraction(cost)
    for line in reversed(lines):
        if line.side is Side.BUY:
            shares, left = shares - line.quantity, left - line.amount
        elif shares == 0:
            return None
        else:
            shares, left = shares + line.quantity, left * (shares + line.quantity) / shares
    return (shares, left) if shares >= 0 and left >= 0 else None


def realised(shares: int, cost: Fraction, lines: Iterable[Line]) -> int:
    """Profit of the sells among ``lines`` (oldest first) over the average cost at that moment, less the costs of every
    line, in units. ``shares`` and ``cost`` are the position before the first line. Rounded half to even, once."""
    steps = realised_steps(shares, cost, lines)
    return steps[-1] if steps else 0


def realised_steps(shares: int, cost: Fraction, lines: Iterable[Line]) -> list[int]:
    """What ``realised`` is after each line."""
    return [_round(profit) for profit in _profits(shares, cost, lines)]


def _profits(shares: int, cost: Fraction, lines: Iterable[Line]) -> Iterator[Fraction]:
    profit = Fraction(0)
    for line in lines:
        profit -= line.costs
        if line.side is Side.BUY:
            shares, cost = shares + line.quantity, cost + line.amount
        else:
            gone = cost * line.quantity / shares if shares else Fraction(0)
            profit += line.amount - gone
            shares, cost = max(shares - line.quantity, 0), cost - gone
        yield profit


@dataclass(frozen=True)
class Realised:
    """What a day's profit of one instrument is reckoned from: the position before the day (``cost`` exact, in units),
    and the day's fills, oldest first."""

    shares: int
    cost: Fraction
    lines: tuple[Line, ...]

    @cached_property
    def profit(self) -> int:
        """In units; see ``realised``."""
        return realised(self.shares, self.cost, self.lines)


class Reservation(Struct, frozen=True):
    """What one open buy holds back: ``leaves`` at ``unit`` with commission. ``held`` is None where no price is known
    to reckon with (a market order in an instrument whose upper limit was not read)."""

    order: OrderId
    instrument: InstrumentId
    leaves: Shares
    unit: Price | None
    held: Money | None


class Holding(Struct, frozen=True):
    """A position as a person looks at it. ``open_profit`` is before costs.

    ``sellable`` counts what our own and foreign working, queued and unresolved sells hold back: ``open_sells``.
    """

    position: Position
    sellable: Shares
    last: Maybe[Price]
    value: Maybe[Money]
    open_profit: Maybe[Money]
    realised_today: Maybe[Money]
    open_sells: tuple[tuple[OrderId, Shares], ...] = ()


class Portfolio(Struct, frozen=True):
    """One account now. Parts that could not be read are Unknown and say why: never an empty list, never 0.

    ``cash`` is the balance's, by settlement day. ``orderable`` is what new buys may use: D+2 cash, less buys filled
    since the balance, less what open buys hold; proceeds of sells since count from the next balance on.
    """

    at: datetime
    holdings: Maybe[tuple[Holding, ...]]
    cash: Maybe[tuple[CashReport, ...]]
    orderable: Maybe[Money]
    reserved: Money
    realised_today: Maybe[Money]
    open_profit: Maybe[Money]
    total: Maybe[Money]
    """Holdings at the last price plus D+2 cash."""
    bought_since: Money | None = None
    """Amount and commission of buys that filled after the balance was read; None while there is no balance."""
    reservations: tuple[Reservation, ...] = ()
    """One for each open buy; ``reserved`` is the sum of those that could be reckoned."""
    realised_from: Mapping[InstrumentId, Realised] = field(default_factory=lambda: _NOTHING_REALISED)
    """What ``realised_today`` is reckoned from, instruments sold to the last share included. An instrument whose part
    is Unknown is not in it."""

    def holding(self, instrument: InstrumentId) -> Holding | None:
        """The holding of an instrument; None when it is not held or not known."""
        if isinstance(self.holdings, Unknown):
            return None
        return next((held for held in self.holdings.value if held.position.instrument == instrument), None)


_NOTHING_REALISED: Mapping[InstrumentId, Realised] = MappingProxyType({})
NOT_READ_YET = Unknown(Message("NOT_READ_YET"))


def _part(amount: int, quantity: int, of: int) -> Fraction:
    """The cost of the last ``quantity`` of ``of`` shares that together cost ``amount``, at their average."""
    return Fraction(amount * quantity, of) if of else Fraction(0)


def _round(value: Fraction) -> int:
    return round(value)
