"""Every price of one trading day in order, so that a step of n ticks is an index, whatever bands lie between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from hoga.domain.instruments import Instrument
from hoga.domain.limits import limit_percent, limits_in_units
from hoga.domain.ticks import TickTable, tick_table_of


def prices_between(table: TickTable, low: int, high: int) -> list[int]:
    """Every valid price in [low, high], ascending. Both ends must be valid prices (won)."""
    prices: list[int] = []
    ends = (*table.starts[1:], high + 1)
    for start, end, tick in zip(table.starts, ends, table.ticks, strict=True):
        first = max(start, low, tick)
        if first <= high:
            prices.extend(range(first, min(end, high + 1), tick))
    return prices


def upper_limit(instrument: Instrument, base: int, on: date) -> int:
    """The highest price (won) allowed on a day with this base price. Raises ValueError for what has no limits."""
    table = tick_table_of(instrument, on)
    return limits_in_units(table, base, _percent(instrument, on))[1]


def _percent(instrument: Instrument, on: date) -> int:
    percent = limit_percent(instrument, on)
    if percent is None:
        raise ValueError(f"{instrument.code} has no daily limits")
    return percent


class Ladder:
    """The valid prices (won) of one instrument between its daily limits, both included, by index from 0 up."""

    __slots__ = ("_index", "prices", "top")

    def __init__(self, prices: Sequence[int]) -> None:
        """Raises ValueError when there is no price at all."""
        if not prices:
            raise ValueError("a ladder needs at least one price")
        self.prices = tuple(prices)
        self.top = len(prices) - 1
        self._index = {price: at for at, price in enumerate(prices)}

    @classmethod
    def of_day(cls, instrument: Instrument, base: int, on: date) -> Ladder:
        """The prices allowed on a day with this base price (markets.md 1.1-1.3). Every KRX stock, ETF and ETN outside
        liquidation trading has limits; raises ValueError for what has none."""
        table = tick_table_of(instrument, on)
        return _between(table, *limits_in_units(table, base, _percent(instrument, on)))

    def index(self, price: int) -> int:
        """The index of a price. Raises KeyError for one that is not on the ladder."""
        return self._index[price]

    def nearest(self, price: int) -> int:
        """The index of the price nearest to any number of won; the ends for what lies outside."""
        exact = self._index.get(price)
        if exact is not None:
            return exact
        at = bisect_left(self.prices, price)
        if at == 0:
            return 0
        if at > self.top:
            return self.top
        return at if self.prices[at] - price <= price - self.prices[at - 1] else at - 1


@lru_cache(maxsize=512)
def _between(table: TickTable, low: int, high: int) -> Ladder:
    """One for all that ask: it never changes, and has thousands of prices."""
    return Ladder(prices_between(table, low, high))
