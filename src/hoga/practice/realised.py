"""Realised profit, reckoned from an account's executions: the moving average cost of what was sold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hoga.domain.tickets import Side
from hoga.practice.api import Exchange, FillEntry

_FIRST_DAY = date(1900, 1, 1)


class DayResult(Struct):
    """What an account did in one instrument on one trading date. Won, and shares.

    ``cost`` is what the sold shares had cost; ``held`` the shares left at the end of the day; ``fee`` and ``tax`` are
    of both sides, ``sell_costs`` of the sells alone.
    """

    day: date
    code: str
    bought: int = 0
    bought_amount: int = 0
    sold: int = 0
    sold_amount: int = 0
    cost: int = 0
    held: int = 0
    fee: int = 0
    tax: int = 0
    sell_costs: int = 0
    buy_fee: int = 0

    @property
    def profit(self) -> int:
        """What the sells brought above their cost, after their own fee and tax."""
        return self.sold_amount - self.cost - self.sell_costs


class Gained(Struct, frozen=True):
    """Realised profit and the cost of what was sold for it."""

    profit: int
    cost: int


def day_results(exchange: Exchange, account: str, start: date, end: date) -> Sequence[DayResult]:
    """One result per trading date and instrument within [start, end], oldest first.

    Shares that were there before any execution count at no cost: the exchange says nothing of their price.
    """
    results: dict[tuple[date, str], DayResult] = {}
    holdings: dict[str, tuple[int, int]] = {}
    for fill in exchange.fills(account, _FIRST_DAY, end):
        result = results.setdefault((fill.trading_date, fill.code), DayResult(fill.trading_date, fill.code))
        holdings[fill.code] = _apply(fill, result, *holdings.get(fill.code, (0, 0)))
    return [result for (day, _), result in sorted(results.items()) if day >= start]


def realised_today(exchange: Exchange, account: str) -> Gained:
    today = exchange.trading_date()
    results = day_results(exchange, account, today, today)
    return Gained(sum(r.profit for r in results), sum(r.cost for r in results))


def _apply(fill: FillEntry, result: DayResult, held: int, cost: int) -> tuple[int, int]:
    """The holding and its cost after the execution."""
    amount = fill.price * fill.quantity
    result.fee += fill.fee
    result.tax += fill.tax
    if fill.side is Side.BUY:
        result.bought += fill.quantity
        result.bought_amount += amount
        result.buy_fee += fill.fee
        held, cost = held + fill.quantity, cost + amount
    else:
        share = cost * min(fill.quantity, held) // held if held else 0
        result.sold += fill.quantity
        result.sold_amount += amount
        result.cost += share
        result.sell_costs += fill.fee + fill.tax
        held, cost = max(held - fill.quantity, 0), cost - share
    result.held = held
    return held, cost
