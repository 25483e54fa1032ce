"""What one bar of the chart covers, and from which candles of the broker it is made.

The broker knows minutes, days, weeks, months and years (kis.md 4.1.3). Bars of several minutes are built from minutes;
the week, the month and the year that are still under way from days, so that they move with today's trades. Bars of
trades are built from the trades that were heard since the instrument was chosen: no broker tells older ones.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period

_KST_SECONDS = 9 * 3600
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class Timeframe(Enum):
    """One of the chart's periods. ``minutes`` is 0 for days and longer; ``trades`` is how many make a bar where it is
    trades and not time that end one (its ``start`` and ``following`` are the minute's then)."""

    T10 = ("10t", Period.MINUTE, 1, 10)
    T60 = ("60t", Period.MINUTE, 1, 60)
    M1 = ("1m", Period.MINUTE, 1)
    M3 = ("3m", Period.MINUTE, 3)
    M5 = ("5m", Period.MINUTE, 5)
    M10 = ("10m", Period.MINUTE, 10)
    M15 = ("15m", Period.MINUTE, 15)
    M30 = ("30m", Period.MINUTE, 30)
    M60 = ("60m", Period.MINUTE, 60)
    M240 = ("240m", Period.MINUTE, 240)
    DAY = ("1d", Period.DAY, 0)
    WEEK = ("1w", Period.WEEK, 0)
    MONTH = ("1M", Period.MONTH, 0)
    YEAR = ("1y", Period.YEAR, 0)

    def __init__(self, code: str, source: Period, minutes: int, trades: int = 0) -> None:
        self.code = code
        self.source = source
        self.minutes = minutes
        self.trades = trades

    @property
    def intraday(self) -> bool:
        return self.minutes > 0

    @property
    def parts(self) -> Period:
        """The finer candles of which the newest bars are made."""
        return Period.MINUTE if self.intraday else Period.DAY

    def start(self, moment: datetime) -> datetime:
        """The first moment of the bar that holds ``moment``, in Korean time: minute bars count from midnight, a week
        begins on Monday."""
        local = moment.astimezone(KST)
        if self.intraday:
            whole = local.replace(second=0, microsecond=0)
            return whole - timedelta(minutes=(whole.hour * 60 + whole.minute) % self.minutes)
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        if self is Timeframe.WEEK:
            return day - timedelta(days=day.weekday())
        if self is Timeframe.YEAR:
            return day.replace(month=1, day=1)
        return day.replace(day=1) if self is Timeframe.MONTH else day

    def key(self, candle: Candle) -> float:
        """Alike for candles of the same bar and for no others: cheaper than ``start``, for many candles."""
        if self.intraday:
            # Bars of minutes divide the day, and count from midnight in Korea.
            return (candle.start.timestamp() + _KST_SECONDS) // (60 * self.minutes)
        return self.start(candle.start).timestamp()

    def following(self, start: datetime) -> datetime:
        """The first moment after the bar that starts at ``start``."""
        if self.intraday:
            return start + self.minutes * _MINUTE
        if self is Timeframe.WEEK:
            return start + 7 * _DAY
        if self is Timeframe.MONTH:
            return (start + 31 * _DAY).replace(day=1)
        if self is Timeframe.YEAR:
            return (start + 366 * _DAY).replace(month=1, day=1)
        return start + _DAY

    @classmethod
    def of(cls, code: str) -> Timeframe | None:
        """By its code, as it is kept in settings; None for a code that means nothing (any more)."""
        return next((one for one in cls if one.code == code), None)


def midnight(moment: datetime) -> datetime:
    return moment.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)


def day_of(moment: datetime) -> date:
    """The calendar date in Korea."""
    return moment.astimezone(KST).date()
