"""One instrument's bars in memory: the date and the minute under way, and what of them is not written yet."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from hoga.domain.market_data import Aggressor
from hoga.practice.api import Character
from hoga.practice.market.bars_file import StoredDay
from hoga.practice.market.day_state import DayState
from hoga.practice.market.history import MadeHistory, MarketWalk, Terms
from hoga.practice.market.minutes import MinuteBar
from hoga.practice.market.profile import DAY_MINUTES, minute_key

_REMEMBERED = 8


class LiveBars:
    """``first_day`` is the first date that is not part of the made-up past. ``dirty`` belongs to the store."""

    __slots__ = (
        "_close", "_finished", "_high", "_low", "_made_minutes", "_minute", "_minute_amount", "_minute_volume",
        "_open", "character", "code", "day", "dirty", "first_day", "history", "terms",
    )  # fmt: skip

    def __init__(self, character: Character, terms: Terms, first_day: date, seed: int, walk: MarketWalk) -> None:
        self.code = terms.code
        self.character = character
        self.terms = terms
        self.first_day = first_day
        self.history = MadeHistory(seed, terms, walk)
        self._made_minutes: OrderedDict[tuple[date, int], Sequence[MinuteBar]] = OrderedDict()
        self.dirty = False
        self._finished: list[MinuteBar] = []
        self._minute = -1
        self._open = self._high = self._low = self._close = self._minute_volume = self._minute_amount = 0
        self.day = DayState(first_day, terms.anchor, 0)

    def begin(self, day: DayState) -> None:
        """Go on with another date. What was not written yet of the one before is dropped: write it first."""
        self.day = day
        self._minute = -1
        self._finished.clear()

    def go_on(self, bar: MinuteBar) -> None:
        """Take up the minute that was under way when the exchange stopped."""
        self._minute = bar.key % DAY_MINUTES
        _, self._open, self._high, self._low, self._close, self._minute_volume, self._minute_amount = bar

    def add(self, at: datetime, price: int, quantity: int, aggressor: Aggressor) -> None:
        """Count one trade of this date."""
        minute = at.hour * 60 + at.minute
        if minute != self._minute:
            if self._minute >= 0:
                self._finished.append(self._bar())
            self._minute = minute
            self._open = self._high = self._low = price
            self._minute_volume = self._minute_amount = 0
        elif price > self._high:
            self._high = price
        elif price < self._low:
            self._low = price
        self._close = price
        self._minute_volume += quantity
        self._minute_amount += price * quantity
        self.day.add(at, price, quantity, aggressor)

    def unsaved_minutes(self) -> Iterator[MinuteBar]:
        """The minutes finished since ``saved``, and the one under way, which comes again."""
        yield from self._finished
        if self._minute >= 0:
            yield self._bar()

    def saved(self) -> None:
        """What ``unsaved_minutes`` gave is on disk."""
        self.dirty = False
        self._finished.clear()

    def stored(self) -> StoredDay:
        day = self.day
        return StoredDay(
            self.code, day.date, day.base, day.previous_volume, day.last, day.open, day.high, day.low, day.volume,
            day.amount, day.buy_volume, day.sell_volume, day.buy_count, day.sell_count, day.open_at, day.high_at,
            day.low_at, day.last_at,
        )  # fmt: skip

    def made_minutes(self, of: tuple[date, int], make: Callable[[], Sequence[MinuteBar]]) -> Sequence[MinuteBar]:
        """The made-up minutes of a stretch (its date and first minute); those made last are kept at hand, for charts
        ask for the same ones again."""
        known = self._made_minutes.get(of)
        if known is None:
            known = self._made_minutes[of] = make()
            if len(self._made_minutes) > _REMEMBERED:
                self._made_minutes.popitem(last=False)
        return known

    def _bar(self) -> MinuteBar:
        key = minute_key(self.day.date, self._minute)
        return MinuteBar(key, self._open, self._high, self._low, self._close, self._minute_volume, self._minute_amount)
