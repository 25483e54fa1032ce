"""The newest bars of an instrument, read from as short a stretch of history as will do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hoga.base.clock import KST
from hoga.domain.market_data import Candle, Period
from hoga.practice.api import Exchange

_DAYS_PER_BAR = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31, Period.YEAR: 366}


def newest_bars(exchange: Exchange, code: str, period: Period, span: tuple[date, date], most: int) -> Sequence[Candle]:
    """The newest ``most`` bars that start within the span, newest first.

    Looks back over twice as long a stretch each time, so that a short answer does not cost a long history.
    """
    first, last = span
    end = datetime.combine(last, time.max, KST)
    days = most * _DAYS_PER_BAR[period] * 2
    while True:
        reach = last - timedelta(days=days) if days < (last - first).days else first
        bars = exchange.candles(code, period, datetime.combine(reach, time(), KST), end)
        if len(bars) >= most or reach <= first:
            return list(reversed(bars))[:most]
        days *= 2


def with_previous(bars: Sequence[Candle]) -> list[tuple[Candle, Candle | None]]:
    """Each bar, newest first, with the one before it in time; the oldest of all has none."""
    return list(zip(bars, [*bars[1:], None], strict=True)) if bars else []
