"""Highest and lowest prices over a year, 250 sessions and the calendar year, and yesterday's candle, per instrument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period
from hoga.practice.api import Exchange, MarketState

_YEAR = timedelta(days=365)
_LOOK_BACK = timedelta(days=420)
_SESSIONS = 250


class Extremes(Struct, frozen=True):
    """The highest and the lowest price of a stretch of days and the dates they were seen on."""

    high: int
    high_on: date
    low: int
    low_on: date


class Ranges(Struct, frozen=True):
    """An instrument's stretches that end today. ``yesterday`` is None when it has no history."""

    year: Extremes
    sessions: Extremes
    calendar_year: Extremes
    yesterday: Candle | None


class PriceRanges:
    """Reads the daily candles once per instrument and trading date, then adds today's high and low."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._past: dict[str, tuple[date, Sequence[Candle]]] = {}

    def of(self, state: MarketState) -> Ranges:
        today = self._exchange.trading_date()
        past = self._history(state.instrument.code, today)
        present = Extremes(state.high or state.base, today, state.low or state.base, today)
        return Ranges(
            _extremes([c for c in past if c.start.date() >= today - _YEAR], present),
            _extremes(past[-_SESSIONS:], present),
            _extremes([c for c in past if c.start.year == today.year], present),
            past[-1] if past else None,
        )

    def _history(self, code: str, today: date) -> Sequence[Candle]:
        known = self._past.get(code)
        if known is None or known[0] != today:
            midnight = datetime.combine(today, time(), KST)
            first = midnight - _LOOK_BACK
            candles = self._exchange.candles(code, Period.DAY, first, midnight - timedelta(seconds=1))
            known = (today, [candle for candle in candles if candle.volume > 0])
            self._past[code] = known
        return known[1]


def _extremes(days: Sequence[Candle], present: Extremes) -> Extremes:
    if not days:
        return present
    top = max(days, key=lambda candle: candle.high_units)
    bottom = min(days, key=lambda candle: candle.low_units)
    high = (present.high, present.high_on)
    low = (present.low, present.low_on)
    if top.high_units > present.high:
        high = (top.high_units, top.start.date())
    if bottom.low_units < present.low:
        low = (bottom.low_units, bottom.start.date())
    return Extremes(*high, *low)
