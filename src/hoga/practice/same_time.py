"""How much of an instrument the previous trading date had traded by the same time of day (PRDY_SMNS_HOUR_ACML_VOL)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from msgspec import Struct

from hoga.domain.market_data import Period
from hoga.practice.api import Exchange

_LOOK_BACK = timedelta(days=14)
"""Longer than any run of days without trading in the made-up history."""


class _Day(Struct, frozen=True):
    today: date
    minutes: tuple[time, ...]
    totals: tuple[int, ...]


class SameTimeVolume:
    """Reads the previous date's minute candles once per instrument and date, and counts whole minutes from them."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._days: dict[str, _Day] = {}

    def before(self, code: str, at: datetime) -> int:
        """Shares of the previous trading date in the minutes that ended by the time of day of ``at``."""
        day = self._days.get(code)
        if day is None or day.today != at.date():
            day = self._days[code] = self._read(code, at)
        ended = bisect_left(day.minutes, at.time().replace(second=0, microsecond=0))
        return day.totals[ended - 1] if ended else 0

    def _read(self, code: str, at: datetime) -> _Day:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        last_moment = midnight - timedelta(microseconds=1)
        days = self._exchange.candles(code, Period.DAY, midnight - _LOOK_BACK, last_moment)
        if not days:
            return _Day(at.date(), (), ())
        start = days[-1].start.replace(hour=0, minute=0, second=0, microsecond=0)
        minutes = self._exchange.candles(code, Period.MINUTE, start, start + timedelta(days=1, microseconds=-1))
        times = tuple(candle.start.time() for candle in minutes)
        return _Day(at.date(), times, tuple(accumulate(candle.volume for candle in minutes)))
