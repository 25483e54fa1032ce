"""One instrument's trading date under way: open, high, low, last, volumes, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.domain.market_data import Aggressor
from hoga.practice.market.history import DayBar
from hoga.practice.market.minutes import Course
from hoga.practice.market.periods import midnight


class DayState(Struct):
    """Plain won and shares. Before the first trade of the date prices are 0 and times None; ``base`` is always > 0.

    ``base`` is the price that the day's limits and changes are reckoned from. ``previous_volume`` is that of the last
    day with trading. The store hands out its own object: read it, do not keep it.
    """

    date: date
    base: int
    previous_volume: int
    last: int = 0
    open: int = 0
    high: int = 0
    low: int = 0
    volume: int = 0
    amount: int = 0
    buy_volume: int = 0
    sell_volume: int = 0
    buy_count: int = 0
    sell_count: int = 0
    open_at: datetime | None = None
    high_at: datetime | None = None
    low_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def price(self) -> int:
        """The last price, or the base before the first trade."""
        return self.last or self.base

    def add(self, at: datetime, price: int, quantity: int, aggressor: Aggressor) -> None:
        """Count one trade."""
        if self.volume == 0:
            self.open = self.high = self.low = price
            self.open_at = self.high_at = self.low_at = at
        elif price > self.high:
            self.high, self.high_at = price, at
        elif price < self.low:
            self.low, self.low_at = price, at
        self.last, self.last_at = price, at
        self.volume += quantity
        self.amount += price * quantity
        if aggressor is Aggressor.BUYER:
            self.buy_volume += quantity
            self.buy_count += 1
        elif aggressor is Aggressor.SELLER:
            self.sell_volume += quantity
            self.sell_count += 1

    def add_made(self, bar: DayBar, first: int, course: Course) -> None:
        """Count a made-up stretch of this date from minute ``first`` on, half of it as bought and half as sold.

        ``course`` says which of its minutes trade and where its high and low are.
        """
        start = midnight(self.date) + timedelta(minutes=first)
        open_at, high_at, low_at, last_at = (start + timedelta(minutes=at) for at in course.open_to_close)
        if self.volume == 0:
            self.open, self.high, self.low = bar.open, bar.high, bar.low
            self.open_at, self.high_at, self.low_at = open_at, high_at, low_at
        if bar.high > self.high:
            self.high, self.high_at = bar.high, high_at
        if bar.low < self.low:
            self.low, self.low_at = bar.low, low_at
        self.last, self.last_at = bar.close, last_at
        self.volume += bar.volume
        self.amount += bar.amount
        bought = (bar.volume + 1) // 2
        self.buy_volume += bought
        self.sell_volume += bar.volume - bought
        self.buy_count += len(course.active)
        self.sell_count += len(course.active) * int(bar.volume > bought)

    def bar(self) -> DayBar:
        """The day so far as a day bar."""
        return DayBar(self.date, self.base, self.open, self.high, self.low, self.last, self.volume, self.amount)
