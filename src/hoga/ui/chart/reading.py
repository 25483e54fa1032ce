"""Which candles to ask the broker for: the newest stretch first, then further back, a few pages at a time.

Minutes come in small pages (30 of today, 120 of a past day; kis.md 4.1.4, 4.1.5), so today is read in pieces of two
hours and a past day at once: the first picture is there after the first piece, and a switch of the period waits for
nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from hoga.domain.market_data import Period
from hoga.ui.chart.timeframe import Timeframe, midnight

_PIECE = timedelta(hours=2)
_TICK = timedelta(seconds=1)
_BACK = {
    Period.DAY: timedelta(days=200),
    Period.WEEK: timedelta(days=3 * 364),
    Period.MONTH: timedelta(days=3653),
    Period.YEAR: timedelta(days=20 * 366),
}
EMPTY_DAYS = 15
"""So many days in a row without a minute end the search: longer than any holiday."""

ENOUGH = {
    Timeframe.T10: 0,
    Timeframe.T60: 0,
    Timeframe.M1: 180,
    Timeframe.M3: 160,
    Timeframe.M5: 150,
    Timeframe.M10: 130,
    Timeframe.M15: 120,
    Timeframe.M30: 120,
    Timeframe.M60: 126,
    Timeframe.M240: 40,
    Timeframe.DAY: 130,
    Timeframe.WEEK: 130,
    Timeframe.MONTH: 110,
    Timeframe.YEAR: 20,
}
"""Bars that are read at once; more when the person looks further back."""


class Stretch(Struct, frozen=True):
    """Candles of ``period`` whose start lies in [start, end]."""

    period: Period
    start: datetime
    end: datetime


def newest(timeframe: Timeframe, now: datetime) -> tuple[Stretch, ...]:
    """What makes the first picture. Weeks and months come with the days of the one under way, so that it moves."""
    source = timeframe.source
    if timeframe.intraday:
        return (Stretch(source, max(Timeframe.M1.start(now - _PIECE), midnight(now)), now),)
    whole = Stretch(source, timeframe.start(now - _BACK[source]), now)
    if source is Period.DAY:
        return (whole,)
    return (Stretch(Period.DAY, timeframe.start(now), now), whole)


def earlier(timeframe: Timeframe, read_from: datetime, now: datetime) -> Stretch:
    """The next stretch before everything from ``read_from`` on."""
    end = read_from - _TICK
    if not timeframe.intraday:
        # Twice as much a step: who looks that far back wants to see much.
        return Stretch(timeframe.source, timeframe.start(end - 2 * _BACK[timeframe.source]), end)
    start = midnight(end)
    if start == midnight(now):
        start = max(start, Timeframe.M1.start(end - _PIECE) + timedelta(minutes=1))
    return Stretch(Period.MINUTE, start, end)


def since(timeframe: Timeframe, moment: datetime, now: datetime, *, past_minutes: bool) -> Stretch:
    """The parts from ``moment`` on: what was missed while no trades came. Hosts without minutes of past days have
    only today's."""
    if not timeframe.intraday:
        return Stretch(Period.DAY, midnight(moment), now)
    start = Timeframe.M1.start(moment)
    return Stretch(Period.MINUTE, start if past_minutes else max(start, midnight(now)), now)
