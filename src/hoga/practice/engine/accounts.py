"""One account's cash and shares, to the won: what is booked, what is still to settle, what open orders hold back.

Everything follows from the opening cash, the fills in their order and the open orders, so a reopened ledger rebuilds it
exactly. Source of the model: markets.md 4.4 to 4.6 (an account that pays in full).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from hoga.domain.calendar import KRX
from hoga.domain.costs import FeeModel
from hoga.domain.reservation import affordable, reserve
from hoga.domain.tickets import Side
from hoga.domain.values import Money, Price, Shares
from hoga.practice.api import CashFigures, FillEntry, HoldingEntry
from hoga.practice.engine.orders import Order

_DAY = timedelta(days=1)

SETTLEMENT_DAYS = KRX.guessing()
"""Days on which cash and shares change hands. Practice may run past the calendar's table: then weekdays count."""


class Holding(Struct):
    """Shares of one instrument. ``cost`` is what those still held were bought for, fees not counted."""

    quantity: int = 0
    cost: int = 0
    shown_until: date = date.min
    """A holding sold to the last share stays in the list until its last trade has settled (kis.md 4.2.1)."""

    def book(self, fill: FillEntry, settles: date) -> None:
        self.shown_until = max(self.shown_until, settles)
        if fill.side is Side.BUY:
            self.quantity += fill.quantity
            self.cost += fill.price * fill.quantity
            return
        # The average price stays what it was: the cost shrinks in proportion, half a won counting up.
        self.cost -= (2 * self.cost * fill.quantity + self.quantity) // (2 * self.quantity)
        self.quantity -= fill.quantity


class DayTotals(Struct):
    """What was traded on one date: in one instrument (shares) or in all of them (won)."""

    bought: int = 0
    sold: int = 0
    costs: int = 0

    def add(self, side: Side, amount: int, costs: int = 0) -> None:
        if side is Side.BUY:
            self.bought += amount
        else:
            self.sold += amount
        self.costs += costs


class AccountBook:
    """Keeps one account. ``today`` is the trading date; ``begin_day`` moves it on."""

    def __init__(self, opening_cash: int, fees: FeeModel, today: date) -> None:
        self.fees = fees
        self._today = today
        self._booked = opening_cash
        self._unsettled: defaultdict[date, int] = defaultdict(int)
        self._holdings: dict[str, Holding] = {}
        self._held_cash: dict[int, int] = {}
        self._held_shares: dict[int, tuple[str, int]] = {}
        self._won: defaultdict[date, DayTotals] = defaultdict(DayTotals)
        self._shares: defaultdict[tuple[date, str], DayTotals] = defaultdict(DayTotals)
        self._reserved = 0

    # --- what may be used ---

    @property
    def settled_d2(self) -> int:
        """Cash after everything traded so far settles."""
        return self._booked + sum(self._unsettled.values())

    @property
    def orderable(self) -> int:
        return self.settled_d2 - self._reserved

    def held(self, code: str) -> int:
        holding = self._holdings.get(code)
        return 0 if holding is None else holding.quantity

    def sellable(self, code: str) -> int:
        return self.held(code) - sum(left for of, left in self._held_shares.values() if of == code)

    def needed(self, quantity: int, unit_price: int) -> int:
        """Cash that a buy of ``quantity`` holds back: amount and fee, rounded up to the won."""
        return reserve(Shares(quantity), Price(unit_price), self.fees).units

    def most(self, unit_price: int) -> int:
        """The most shares that the orderable cash can hold back for."""
        return affordable(Money(self.orderable), Price(unit_price), self.fees).count

    # --- what happens ---

    def hold(self, order: Order) -> None:
        """Hold back for what remains of ``order``, no more and no less than before its last change.

        The amount follows from ``order.remaining`` alone, so nothing can be released twice.
        """
        if order.side is Side.BUY:
            self._reserved -= self._held_cash.pop(order.number, 0)
            if order.remaining:
                held = self._held_cash[order.number] = self.needed(order.remaining, order.unit_price)
                self._reserved += held
        elif order.remaining:
            self._held_shares[order.number] = (order.code, order.remaining)
        else:
            self._held_shares.pop(order.number, None)

    def book(self, fill: FillEntry, settles: date) -> None:
        """Book one execution of today, to settle later. What its order held back is the caller's to ``hold`` anew."""
        amount = fill.price * fill.quantity
        costs = fill.fee + fill.tax
        flow = -amount - costs if fill.side is Side.BUY else amount - costs
        self._unsettled[settles] += flow
        self._holdings.setdefault(fill.code, Holding()).book(fill, settles)
        self._won[fill.trading_date].add(fill.side, amount, costs)
        self._shares[fill.trading_date, fill.code].add(fill.side, fill.quantity)

    def begin_day(self, today: date) -> None:
        """Settle what is due and forget day totals that nobody asks for any more. Reservations must be gone."""
        self._today = today
        for settles in sorted(due for due in self._unsettled if due <= today):
            self._booked += self._unsettled.pop(settles)
        yesterday = today - _DAY
        for day in [day for day in self._won if day < yesterday]:
            del self._won[day]
        for key in [key for key in self._shares if key[0] < yesterday]:
            del self._shares[key]
        for code in [code for code, holding in self._holdings.items() if not self._shown(holding)]:
            del self._holdings[code]

    # --- what is shown ---

    def dump(self) -> dict[str, object]:
        """Everything kept, in plain types and a fixed order."""
        return {
            "today": self._today.isoformat(),
            "booked": self._booked,
            "unsettled": sorted((settles.isoformat(), flow) for settles, flow in self._unsettled.items()),
            "holdings": [(code, h.quantity, h.cost, h.shown_until.isoformat()) for code, h in self._holdings.items()],
            "held_cash": sorted(self._held_cash.items()),
            "held_shares": sorted(self._held_shares.items()),
            "reserved": self._reserved,
            "won": sorted((day.isoformat(), repr(totals)) for day, totals in self._won.items()),
            "shares": sorted((day.isoformat(), code, repr(t)) for (day, code), t in self._shares.items()),
        }

    def cash(self) -> CashFigures:
        tomorrow = SETTLEMENT_DAYS.add_settlement_days(self._today, 1)
        today, yesterday = self._won_of(self._today), self._won_of(self._today - _DAY)
        d2 = self.settled_d2
        return CashFigures(
            d0=self._booked,
            d1=self._booked + sum(flow for settles, flow in self._unsettled.items() if settles <= tomorrow),
            d2=d2,
            reserved=self._reserved,
            orderable=d2 - self._reserved,
            bought_today=today.bought,
            sold_today=today.sold,
            bought_yesterday=yesterday.bought,
            sold_yesterday=yesterday.sold,
            costs_today=today.costs,
            costs_yesterday=yesterday.costs,
        )

    def holdings(self) -> Iterator[HoldingEntry]:
        """In the order of first purchase."""
        for code, holding in self._holdings.items():
            today, yesterday = self._shares_of(self._today, code), self._shares_of(self._today - _DAY, code)
            yield HoldingEntry(
                code=code,
                quantity=holding.quantity,
                sellable=self.sellable(code),
                cost=holding.cost,
                bought_today=today.bought,
                sold_today=today.sold,
                bought_yesterday=yesterday.bought,
                sold_yesterday=yesterday.sold,
            )

    def _shown(self, holding: Holding) -> bool:
        return holding.quantity > 0 or holding.shown_until > self._today

    def _won_of(self, day: date) -> DayTotals:
        return self._won.get(day, DayTotals())

    def _shares_of(self, day: date, code: str) -> DayTotals:
        return self._shares.get((day, code), DayTotals())
