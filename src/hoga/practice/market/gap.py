"""The time in which the exchange was off, filled with made-up bars so that charts go on without a hole or a jump.

On the date on which it stopped, orders of accounts were still resting: there the price stands still, so that no bar
tells of a price at which a resting order would have traded. They lapsed at midnight, so later dates move freely.
Practice never closes: an off date has bars around the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import exp
from random import Random

from msgspec import Struct, field

from hoga.practice.api import Character
from hoga.practice.market.chance import stream
from hoga.practice.market.day_state import DayState
from hoga.practice.market.history import MARKET_VOLATILITY, DayBar, Terms, make_day, next_close
from hoga.practice.market.minutes import Course, MinuteBar, course_of, minute_bars
from hoga.practice.market.profile import (
    DAY_MINUTES,
    FIRST_MINUTE,
    SESSION_SECONDS,
    minute_key,
    variance,
    volumes,
)

_STILL_BUSY = 0.35
"""How much of the usual volume trades while the price stands still."""


class Part(Struct, frozen=True):
    """A stretch of a date in which the exchange was off: minutes ``first`` up to ``end``, which together make ``bar``.

    The minutes are made when somebody asks for them, the same ones each time.
    """

    first: int
    end: int
    bar: DayBar

    def minutes(self, seed: int, terms: Terms) -> list[MinuteBar]:
        keys = [minute_key(self.bar.day, minute) for minute in range(self.first, self.end)]
        return minute_bars(self._chance(seed, terms), self.bar, keys, self._weights(), terms.table, auction=False)

    def course(self, seed: int, terms: Terms) -> Course:
        """Which minutes trade, as places after ``first``."""
        return course_of(self._chance(seed, terms), self.bar, self._weights(), auction=False)

    def _chance(self, seed: int, terms: Terms) -> Random:
        return stream(seed, terms.code, self.bar.day, "minutes", self.first)

    def _weights(self) -> Sequence[float]:
        return volumes()[self.first : self.end]


class Bridge(Struct):
    """What has to be stored for one listing to get over a gap; ``state`` is its date under way afterwards."""

    state: DayState
    days: list[DayBar] = field(default_factory=list)
    """Days that have ended."""
    parts: list[Part] = field(default_factory=list)


def next_state(state: DayState, character: Character, day: date) -> DayState:
    """The state at the start of a later date: the last price is its base.

    The name at its upper limit keeps its base instead, as if each date were ex-rights: it is at its limit every day,
    and rising by 30 % a day would soon leave any scale.
    """
    base = state.base if character is Character.AT_UPPER_LIMIT else state.price
    return DayState(day, base, state.volume or state.previous_volume)


def bridge(seed: int, terms: Terms, character: Character, state: DayState, since: datetime, until: datetime) -> Bridge:
    """From the last stored moment to the moment of the start. Only whole minutes without the exchange are filled."""
    gap = Bridge(state)
    if character is Character.HALTED:
        if until.date() > state.date:
            gap.state = next_state(state, character, until.date())
        return gap
    if until.date() == state.date:
        _stand_still(seed, terms, gap, since, until.hour * 60 + until.minute)
        return gap
    _stand_still(seed, terms, gap, since, DAY_MINUTES)
    if state.volume:
        gap.days.append(state.bar())
    pinned = state.last if character is Character.AT_UPPER_LIMIT else 0
    day = state.date + timedelta(days=1)
    while day < until.date():
        gap.state = next_state(gap.state, character, day)
        bar = _off_day(seed, terms, gap.state, pinned, DAY_MINUTES)
        gap.days.append(bar)
        gap.parts.append(Part(FIRST_MINUTE, DAY_MINUTES, bar))
        gap.state = DayState(day, bar.base, gap.state.previous_volume, last=bar.close, volume=bar.volume)
        day += timedelta(days=1)
    gap.state = next_state(gap.state, character, day)
    _begin_date(seed, terms, gap, pinned, until.hour * 60 + until.minute)
    return gap


def first_date(seed: int, terms: Terms, character: Character, state: DayState, until: datetime, upper: int) -> Bridge:
    """The date so far of an exchange that is started for the first time: as if it had always been open.

    ``state`` is the date before any trade, ``upper`` the date's upper limit.
    """
    begun = Bridge(state)
    if character is not Character.HALTED:
        pinned = upper if character is Character.AT_UPPER_LIMIT else 0
        _begin_date(seed, terms, begun, pinned, until.hour * 60 + until.minute)
    return begun


def _stand_still(seed: int, terms: Terms, gap: Bridge, since: datetime, end: int) -> None:
    state = gap.state
    first = since.hour * 60 + since.minute + 1
    volume = int(terms.average_volume * _STILL_BUSY * _share(first, end))
    if state.volume and volume:
        _add(seed, terms, gap, Part(first, end, _pinned(state, state.last, volume)))


def _begin_date(seed: int, terms: Terms, gap: Bridge, pinned: int, end: int) -> None:
    if end > FIRST_MINUTE:
        _add(seed, terms, gap, Part(FIRST_MINUTE, end, _off_day(seed, terms, gap.state, pinned, end)))


def _add(seed: int, terms: Terms, gap: Bridge, part: Part) -> None:
    gap.state.add_made(part.bar, part.first, part.course(seed, terms))
    gap.parts.append(part)


def _off_day(seed: int, terms: Terms, state: DayState, pinned: int, end: int) -> DayBar:
    """A date up to minute ``end``, from the state's base; all of it at ``pinned`` where that is a price."""
    calm = (sum(variance()[:end]) * 60 / SESSION_SECONDS) ** 0.5
    chance = stream(seed, terms.code, state.date, "off")
    busy = _share(FIRST_MINUTE, end) * exp(chance.gauss(0, 0.2))
    if pinned:
        return _pinned(state, pinned, max(int(terms.average_volume * busy), 50))
    market = stream(seed, "market", state.date, "off").gauss(0, MARKET_VOLATILITY)
    close = next_close(chance, terms, state.base, market, 0.0, calm)
    return make_day(chance, terms, state.date, state.base, close, busy, calm)


def _pinned(state: DayState, price: int, volume: int) -> DayBar:
    return DayBar(state.date, state.base, price, price, price, price, volume, price * volume)


def _share(first: int, end: int) -> float:
    """The share of an ordinary session's volume that the minutes from ``first`` to before ``end`` have."""
    return sum(volumes()[first:end]) * 60 / SESSION_SECONDS
