"""The made-up past: day bars of every trading day, walked outward from each listing's anchor.

Two walks start at the anchor date: one back in time, one forward. Each draws in order from a stream of its own, so a
bar depends on the seed, the listing and how many trading days it lies from the anchor, never on what was asked before.
Made-up prices lie on today's tick grid throughout, and within 30 % of the day before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import exp, hypot, log
from random import Random
from typing import NamedTuple

from msgspec import Struct

from hoga.domain.ticks import TickTable, tick_table_of
from hoga.practice.api import Listing
from hoga.practice.market.chance import stream

TradingDay = Callable[[date], bool]

MARKET_VOLATILITY = 0.0095
"""The usual size of the whole market's move in a day."""

_FARTHEST_MOVE = 0.22
_LOWEST_PRICE = 100
_PULL = 0.004
"""How much of the way back to the anchor (in logarithms) a price is drawn in a day: half of it in about 170 days."""


class DayBar(NamedTuple):
    """One trading day of one instrument: won and shares. ``base`` is the close before it."""

    day: date
    base: int
    open: int
    high: int
    low: int
    close: int
    volume: int
    amount: int


class Terms(Struct, frozen=True):
    """What the made-up prices of one listing follow. Kept with the bars, so that an edited universe makes no jump."""

    code: str
    anchor: int
    anchor_date: date
    average_volume: int
    volatility_bp: int
    beta_percent: int
    table: TickTable
    listed_on: date

    @classmethod
    def of(cls, listing: Listing) -> Terms:
        return cls(
            code=listing.instrument.code,
            anchor=listing.anchor,
            anchor_date=listing.anchor_date,
            average_volume=listing.average_volume,
            volatility_bp=listing.volatility_bp,
            beta_percent=listing.beta_percent,
            table=tick_table_of(listing.instrument, listing.anchor_date),
            listed_on=listing.listed_on,
        )

    @property
    def own_volatility(self) -> float:
        return self.volatility_bp / 10_000

    @property
    def beta(self) -> float:
        return self.beta_percent / 100

    @property
    def volatility(self) -> float:
        """The usual size of a day's move, the market's part included."""
        return hypot(self.beta * MARKET_VOLATILITY, self.own_volatility)

    def nearest(self, price: float) -> int:
        """The valid price nearest to ``price``, at least 100 won."""
        won = max(round(price), _LOWEST_PRICE)
        below = self.table.floor(won)
        above = self.table.ceil(won)
        return below if won - below <= above - won else above


def make_day(chance: Random, terms: Terms, day: date, base: int, close: int, busy: float, calm: float = 1.0) -> DayBar:
    """A day from ``base`` to ``close``: open, range, volume and amount that a day with this move could have had.

    ``busy`` is its share of an ordinary day's volume, ``calm`` of an ordinary day's range. ``amount`` lies between a
    quarter and three quarters of the way from ``low * volume`` to ``high * volume``, and is a sum that trades on the
    grid can reach.
    """
    usual = terms.volatility * calm
    move = close / base - 1
    first = terms.nearest(base * (1 + _within(0.3 * move + 0.25 * usual * chance.gauss(0, 1), 0.25)))
    top, bottom = max(first, close), min(first, close)
    high = max(terms.nearest(min(top * (1 + 0.4 * usual * abs(chance.gauss(0, 1))), base * 1.28)), top)
    low = min(terms.nearest(max(bottom * (1 - 0.4 * usual * abs(chance.gauss(0, 1))), base * 0.72)), bottom)
    excitement = busy * (0.65 + 0.4 * abs(move) / usual)
    volume = max(int(terms.average_volume * excitement * exp(chance.gauss(-0.05, 0.25))), 50)
    return DayBar(day, base, first, high, low, close, volume, _amount(chance, terms, (first, high, low, close), volume))


def _amount(chance: Random, terms: Terms, prices: tuple[int, int, int, int], volume: int) -> int:
    first, high, low, close = prices
    if high == low:
        return low * volume
    middle = ((first + high + low + close) / 4 - low) / (high - low) + chance.gauss(0, 0.05)
    # Finer ticks divide coarser ones, so any sum of trades lies a whole number of the lowest tick above low * volume.
    tick = terms.table.tick(low)
    return low * volume + int(min(max(middle, 0.25), 0.75) * ((high - low) * volume // tick)) * tick


def _within(value: float, most: float) -> float:
    return min(max(value, -most), most)


class MarketWalk:
    """Trading days outward from the anchor date, and the whole market's move on each; shared by all listings."""

    def __init__(self, seed: int, anchor_date: date, is_trading_day: TradingDay) -> None:
        self._is_trading_day = is_trading_day
        start = anchor_date
        while not is_trading_day(start):
            start -= timedelta(days=1)
        self._days = {-1: [start], 1: [self._next(start, 1)]}
        self._chance = {way: stream(seed, "market", way) for way in (-1, 1)}
        self._moves = {way: [self._move(way)] for way in (-1, 1)}

    @property
    def anchor(self) -> date:
        """The last trading day on or before the anchor date."""
        return self._days[-1][0]

    def step(self, way: int, steps: int) -> tuple[date, float]:
        """The day ``steps`` trading days out, and its market move. Backward, step 0 is the anchor day itself;
        forward, it is the first trading day after it."""
        days, moves = self._days[way], self._moves[way]
        while len(days) <= steps:
            days.append(self._next(days[-1], way))
            moves.append(self._move(way))
        return days[steps], moves[steps]

    def _move(self, way: int) -> float:
        return MARKET_VOLATILITY * _fat(self._chance[way])

    def _next(self, day: date, way: int) -> date:
        day += timedelta(days=way)
        while not self._is_trading_day(day):
            day += timedelta(days=way)
        return day


def _fat(chance: Random) -> float:
    """A standard move with the fat tails of markets."""
    size = chance.gauss(0, 1)
    return size * 2.2 if chance.random() < 0.06 else size * 0.88


class MadeHistory:
    """The made-up day bars of one listing, grown as far as somebody asks."""

    def __init__(self, seed: int, terms: Terms, walk: MarketWalk) -> None:
        self._terms = terms
        self._walk = walk
        self._past = self._backward(stream(seed, terms.code, "past"))
        self._future = self._forward(stream(seed, terms.code, "future"))
        self._bars: dict[date, DayBar] = {}
        self._first = walk.anchor + timedelta(days=1)
        self._last = walk.anchor

    def bars(self, start: date, end: date) -> list[DayBar]:
        """The bars of the trading days in [start, end], oldest first; none before the listing."""
        start = max(start, self._terms.listed_on)
        if end < start:
            return []
        self._reach(start, end)
        days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
        return [bar for day in days if (bar := self._bars.get(day)) is not None]

    def bar(self, day: date) -> DayBar | None:
        """The bar of a day; None when it is no trading day."""
        self._reach(day, day)
        return self._bars.get(day)

    def last_before(self, day: date) -> DayBar:
        """The bar of the last trading day before ``day``: its close is the base price of ``day``, on the first day of
        the listing too."""
        self._reach(day - timedelta(days=1), day)
        day -= timedelta(days=1)
        while (bar := self.bar(day)) is None:
            day -= timedelta(days=1)
        return bar

    def _reach(self, start: date, end: date) -> None:
        while start < self._first:
            bar = next(self._past)
            self._bars[bar.day] = bar
            self._first = bar.day
        while end > self._last:
            bar = next(self._future)
            self._bars[bar.day] = bar
            self._last = bar.day

    def _backward(self, chance: Random) -> Iterator[DayBar]:
        terms, close, heat, steps = self._terms, self._terms.anchor, 0.0, 0
        while True:
            day, market = self._walk.step(-1, steps)
            heat = 0.93 * heat + 0.16 * chance.gauss(0, 1)
            move = _within(_move(chance, terms, market, heat) + _PULL * log(close / terms.anchor), _FARTHEST_MOVE)
            base = terms.nearest(close / (1 + move))
            yield make_day(chance, terms, day, base, close, exp(heat))
            close, steps = base, steps + 1

    def _forward(self, chance: Random) -> Iterator[DayBar]:
        terms, base, heat, steps = self._terms, self._terms.anchor, 0.0, 0
        while True:
            day, market = self._walk.step(1, steps)
            heat = 0.93 * heat + 0.16 * chance.gauss(0, 1)
            close = next_close(chance, terms, base, market, heat)
            yield make_day(chance, terms, day, base, close, exp(heat))
            base, steps = close, steps + 1


def next_close(chance: Random, terms: Terms, base: int, market: float, heat: float, calm: float = 1.0) -> int:
    """Where a day that starts from ``base`` ends, given the market's move; drawn a little towards the anchor.

    ``calm`` is the share of an ordinary day's move that it has time for.
    """
    move = calm * _move(chance, terms, market, heat) - _PULL * log(base / terms.anchor)
    return terms.nearest(base * (1 + _within(move, _FARTHEST_MOVE)))


def _move(chance: Random, terms: Terms, market: float, heat: float) -> float:
    return terms.beta * market + terms.own_volatility * _fat(chance) * exp(0.5 * heat)
