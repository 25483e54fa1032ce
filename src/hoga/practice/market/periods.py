"""Weeks, months and years out of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period
from hoga.domain.periods import period_start


def midnight(day: date) -> datetime:
    """The first moment of a day in Korea."""
    return datetime.combine(day, time(), KST)


def joined(days: Iterable[Candle], period: Period) -> list[Candle]:
    """Day candles, oldest first, as candles of a longer period; one that is still going on holds the days so far."""
    grouped = groupby(days, key=lambda candle: period_start(candle.start.date(), period))
    return [_join(start, list(group)) for start, group in grouped]


def _join(start: date, days: list[Candle]) -> Candle:
    return Candle(
        start=midnight(start),
        open_units=days[0].open_units,
        high_units=max(day.high_units for day in days),
        low_units=min(day.low_units for day in days),
        close_units=days[-1].close_units,
        volume=sum(day.volume for day in days),
        amount_units=sum(day.amount_units for day in days),
    )
