"""Where the axes have their marks: round prices, and the beginnings of hours, days, months and years.

The time axis counts bars, so a mark is the first bar at or after a round moment; nights and holidays take no room.
Pure: whole numbers in, whole numbers out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.chart.view import PriceRange

MINUTES_OF_DAY = 24 * 60
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 counts minutes of Korean wall time, like Columns.stamps
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720)
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50)
_MONTH, _YEAR = 30, 365
_MOST = 5_000
"""More round moments than this are not looked for: bars with very long holes between them."""


def price_marks(prices: PriceRange, most: int, tick: int = 1) -> list[int]:
    """Round prices inside the range, at most about ``most``: steps of 1, 2 or 5 times a power of ten, and none finer
    than a tick."""
    step = _round_step(max((prices.high - prices.low) // max(most, 1) + 1, tick))
    first = -(-prices.low // step) * step
    return list(range(first, prices.high + 1, step))


def log_marks(prices: PriceRange, most: int, tick: int = 1) -> list[int]:
    """The same for an axis of ratios: steps grow with the price."""
    grows = (prices.high / prices.low) ** (1 / max(most, 1)) - 1
    made: list[int] = []
    value = prices.low
    while True:
        step = _round_step(max(int(value * grows), tick, 1))
        value = (value // step + 1) * step
        if value > prices.high:
            return made
        made.append(value)


def percent_marks(prices: PriceRange, base: int, most: int) -> list[tuple[int, float]]:
    """Round changes against ``base``, in hundredths of a per cent, and where each would be in units."""
    low, high = ((units - base) * 10_000 // base for units in (prices.low, prices.high))
    step = _round_step((high - low) // max(most, 1) + 1)
    return [(part, base * (1 + part / 10_000)) for part in range(-(-low // step) * step, high + 1, step)]


def _round_step(least: int) -> int:
    power: int = 10 ** (len(str(least)) - 1)
    factor = next(factor for factor in (1, 2, 5, 10) if factor * power >= least)
    return factor * power


class TimeMark(Struct, frozen=True):
    """A bar with a label. ``major``: a day begins in minutes, a year in days."""

    index: int
    label: str
    major: bool


class Density(Struct, frozen=True):
    """Bars in a day that has any, and bars in a calendar day on average over all bars."""

    of_day: float
    of_calendar_day: float

    @classmethod
    def measured(cls, stamps: NDArray[np.int64], days: int) -> Density:
        """``days``: on how many days the bars start."""
        if not len(stamps):
            return cls(1.0, 1.0)
        reach = (int(stamps[-1]) - int(stamps[0])) // MINUTES_OF_DAY + 1
        return cls(len(stamps) / max(days, 1), len(stamps) / reach)


def time_marks(
    stamps: NDArray[np.int64], shown: tuple[int, int], timeframe: Timeframe, apart: int, density: Density
) -> list[TimeMark]:
    """Marks among the shown bars (from, up to but not including), at least ``apart`` bars from each other.

    ``stamps`` are the starts of all bars in minutes of Korean time since 1970. The step follows from the zoom alone,
    so that the marks stand still while the chart is moved.
    """
    first, last = shown
    if first >= last:
        return []
    begin, end = int(stamps[first]), int(stamps[last - 1])
    sizes = list(_steps(timeframe, density))
    size = next((size for size, bars in sizes if bars >= apart), sizes[-1][0])
    if (end - begin) // size > _MOST:
        return []
    index = np.searchsorted(stamps, np.fromiter(_moments(begin, end, size), np.int64))
    chosen = sorted(set(index[(index >= first) & (index < last)].tolist()))
    return _thinned(_labelled(stamps, chosen, size), apart)


def _steps(timeframe: Timeframe, density: Density) -> Iterator[tuple[int, float]]:
    """Steps in minutes from fine to coarse, each with the bars that it holds about."""
    if timeframe.intraday:
        each = density.of_day / MINUTES_OF_DAY if timeframe.trades else 1 / timeframe.minutes
        yield from ((minutes, minutes * each) for minutes in _MINUTES)
        yield MINUTES_OF_DAY, density.of_day
    for days in (*_DAYS, *(months * _MONTH for months in _MONTHS), *(years * _YEAR for years in _YEARS)):
        yield days * MINUTES_OF_DAY, days * density.of_calendar_day


def _moments(begin: int, end: int, size: int) -> Iterator[int]:
    """Round moments between two stamps."""
    days = size // MINUTES_OF_DAY
    if days >= _MONTH:
        return _months(begin, end, days // _YEAR * 12 or days // _MONTH)
    # 1970 began on a Thursday; weeks begin on Monday.
    shift = 4 * MINUTES_OF_DAY if days and days % 7 == 0 else 0
    return iter(range(-(-(begin - shift) // size) * size + shift, end + 1, size))


def _months(begin: int, end: int, every: int) -> Iterator[int]:
    start = moment(begin)
    count = (start.year * 12 + start.month - 1) // every * every
    while True:
        stamp = stamp_of(datetime(count // 12, count % 12 + 1, 1))  # noqa: DTZ001 Korean wall time
        if stamp > end:
            return
        if stamp >= begin:
            yield stamp
        count += every


def _labelled(stamps: NDArray[np.int64], found: list[int], size: int) -> list[TimeMark]:
    """What each mark says: the largest thing that begins there."""
    return [
        TimeMark(index, *_label(int(stamps[index]), int(stamps[index - 1]) if index else None, size)) for index in found
    ]


@lru_cache(maxsize=512)
def _label(stamp: int, earlier: int | None, size: int) -> tuple[str, bool]:
    """Of a bar that starts there, the bar before it, and the step between marks. Asked again with every frame."""
    now = moment(stamp)
    before = moment(earlier) if earlier is not None else None
    if size >= _YEAR * MINUTES_OF_DAY or (size >= MINUTES_OF_DAY and (before is None or before.year != now.year)):
        return f"{now:%Y}", True
    if size >= _MONTH * MINUTES_OF_DAY:
        return f"{now:%Y-%m}", False
    if size >= MINUTES_OF_DAY or before is None or before.date() != now.date():
        return f"{now:%m-%d}", size < MINUTES_OF_DAY
    return f"{now:%H:%M}", False


def _thinned(marks: list[TimeMark], apart: int) -> list[TimeMark]:
    """Without those that stand too near to one that matters more, or to the one before."""
    majors = [mark.index for mark in marks if mark.major]
    kept: list[TimeMark] = []
    for mark in marks:
        if not mark.major and any(abs(mark.index - other) < apart for other in majors):
            continue
        if kept and mark.index - kept[-1].index < apart:
            continue
        kept.append(mark)
    return kept


def moment(stamp: int) -> datetime:
    """The Korean wall time of a stamp."""
    return _EPOCH + timedelta(minutes=stamp)


def stamp_of(wall: datetime) -> int:
    """Minutes of Korean wall time since 1970."""
    return int((wall - _EPOCH) // timedelta(minutes=1))
