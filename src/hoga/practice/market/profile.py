"""How busy a market is through the day: heavy at the open, quiet at midday, heavier again into the close.

Practice never closes: outside 09:00-15:30 it goes on at midday's pace, with smaller orders and calmer prices.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

OPEN_MINUTE = 9 * 60
CLOSE_MINUTE = 15 * 60 + 30
DAY_MINUTES = 24 * 60
SESSION_SECONDS = (CLOSE_MINUTE - OPEN_MINUTE) * 60
AUCTION_MINUTE = CLOSE_MINUTE
"""The minute that carries the closing auction's trades; KRX feeds have no bars in the ten minutes before it."""

FIRST_MINUTE = 1
"""Nothing is made up or dealt by the house in the minute at 00:00. Minute charts of KIS take the time 000000 for "the
latest", and python-kis, which walks back minute by minute, fails on a bar there."""

_AROUND_THE_CLOCK = 1.0
OFF_HOURS_SIZE = 0.3
"""How large orders are outside 09:00-15:30, measured by those inside."""
_OFF_HOURS_CALM = 0.28
"""How much of the variance that its activity suggests the market has outside 09:00-15:30."""
_KNOTS = (
    (9 * 60, 4.4),
    (9 * 60 + 6, 2.7),
    (9 * 60 + 30, 1.5),
    (10 * 60, 1.15),
    (11 * 60, 0.85),
    (12 * 60, 0.62),
    (13 * 60, 0.62),
    (14 * 60, 0.8),
    (15 * 60, 1.1),
    (15 * 60 + 30, 1.7),
)
_MIDDAY = 12 * 60


def _shape(minute: int) -> float:
    if not OPEN_MINUTE <= minute < CLOSE_MINUTE:
        return _AROUND_THE_CLOCK * _shape(_MIDDAY)
    at = bisect_right(_KNOTS, minute, key=lambda knot: knot[0])
    (left, low), (right, high) = _KNOTS[at - 1], _KNOTS[at]
    return low + (high - low) * (minute - left) / (right - left)


@cache
def activity() -> tuple[float, ...]:
    """How busy each of the day's 1,440 minutes is; the mean over 09:00-15:30 is 1."""
    shape = [_shape(minute) for minute in range(DAY_MINUTES)]
    mean = sum(shape[OPEN_MINUTE:CLOSE_MINUTE]) / (CLOSE_MINUTE - OPEN_MINUTE)
    return tuple(value / mean for value in shape)


@cache
def variance() -> tuple[float, ...]:
    """How fast prices diffuse in each of the day's minutes; the mean over 09:00-15:30 is 1."""
    return _calmed(_OFF_HOURS_CALM)


@cache
def volumes() -> tuple[float, ...]:
    """How much each of the day's minutes trades; the mean over 09:00-15:30 is 1."""
    return _calmed(OFF_HOURS_SIZE)


def _calmed(off_hours: float) -> tuple[float, ...]:
    inside = range(OPEN_MINUTE, CLOSE_MINUTE)
    return tuple(rate if minute in inside else rate * off_hours for minute, rate in enumerate(activity()))


@cache
def session_minutes() -> tuple[int, ...]:
    """Minutes of the day that have bars on an ordinary KRX day: 09:00-15:19, and 15:30 for the closing auction."""
    return (*range(OPEN_MINUTE, CLOSE_MINUTE - 10), AUCTION_MINUTE)


@cache
def session_weights() -> tuple[float, ...]:
    """Each session minute's usual share of the volume, in no particular unit; the auction has about a fortieth."""
    busy = activity()
    weights = [busy[minute] for minute in session_minutes()[:-1]]
    return (*weights, sum(weights) / 40)


def minute_key(day: date, minute: int) -> int:
    """A minute as one number that grows with time: days since 1 January of year 1 times 1,440, plus the minute."""
    return day.toordinal() * DAY_MINUTES + minute
