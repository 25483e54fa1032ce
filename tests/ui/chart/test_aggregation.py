"""Longer candles are exactly their parts put together, and a live candle is exactly its trades."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.domain.market_data import Candle
from hoga.ui.chart.aggregation import aggregate, joined
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.timeframe import Timeframe
from tests.ui.chart.series import MINUTE, START, candle, candles, made_of, trade, trades

INTRADAY = [one for one in Timeframe if one.intraday and not one.trades]


def naive(parts: list[Candle], timeframe: Timeframe) -> list[Candle]:
    """Bar by bar, from the words of the rule."""
    made = []
    for start in sorted({timeframe.start(part.start) for part in parts}):
        inside = [part for part in parts if start <= part.start < timeframe.following(start)]
        told = [part for part in inside if part.volume > 0] or inside
        made.append(
            Candle(
                start,
                told[0].open_units,
                max(part.high_units for part in told),
                min(part.low_units for part in told),
                told[-1].close_units,
                sum(part.volume for part in inside),
                sum(part.amount_units for part in inside),
            )
        )
    return made


@given(candles(), st.sampled_from(INTRADAY[1:]))
def test_minutes_become_longer_candles(parts: list[Candle], timeframe: Timeframe) -> None:
    assert aggregate(parts, timeframe) == naive(parts, timeframe)


@given(candles(start=datetime(2024, 2, 1, tzinfo=KST), step=timedelta(days=1)))
def test_days_become_weeks_and_months(parts: list[Candle]) -> None:
    for timeframe in (Timeframe.WEEK, Timeframe.MONTH, Timeframe.YEAR):
        assert aggregate(parts, timeframe) == naive(parts, timeframe)


@given(candles(), st.sampled_from(INTRADAY))
def test_nothing_is_lost_or_invented(parts: list[Candle], timeframe: Timeframe) -> None:
    made = aggregate(parts, timeframe)
    assert sum(bar.volume for bar in made) == sum(part.volume for part in parts)
    assert sum(bar.amount_units for bar in made) == sum(part.amount_units for part in parts)
    assert [bar.start for bar in made] == sorted({timeframe.start(part.start) for part in parts})


def test_an_hour_has_its_boundaries_at_the_full_hour() -> None:
    made = aggregate([candle(START + k * MINUTE) for k in (0, 59, 60, 61)], Timeframe.M60)
    assert [f"{bar.start:%H:%M}" for bar in made] == ["09:00", "10:00"]
    assert [bar.volume for bar in made] == [20, 20]


def test_a_candle_needs_parts() -> None:
    with pytest.raises(ValueError, match="parts"):
        joined(START, ())


@given(trades(), st.sampled_from(INTRADAY))
def test_a_live_candle_is_the_candle_of_its_trades(told: list, timeframe: Timeframe) -> None:
    bars = Bars(timeframe)
    for one in told:
        bars.trades([one])
    starts = sorted({timeframe.start(one.at) for one in told})
    expected = [made_of([one for one in told if timeframe.start(one.at) == start], start) for start in starts]
    assert list(bars.shown) == expected
    at_once = Bars(timeframe)
    at_once.trades(told)
    assert at_once.shown == bars.shown


@given(trades())
def test_a_live_day_is_the_day_of_its_trades(told: list) -> None:
    for timeframe in (Timeframe.DAY, Timeframe.WEEK, Timeframe.MONTH):
        bars = Bars(timeframe)
        bars.trades(told)
        assert sum(bar.volume for bar in bars.shown) == sum(one.quantity for one in told)
        assert bars.shown[-1].close_units == told[-1].price_units
        assert max(bar.high_units for bar in bars.shown) == max(one.price_units for one in told)
        assert min(bar.low_units for bar in bars.shown) == min(one.price_units for one in told)


def test_a_trade_on_an_empty_minute_begins_it() -> None:
    """The broker's chart has flat candles for minutes without a trade."""
    bars = Bars(Timeframe.M1)
    bars.read([candle(START, close=500, volume=0)])
    bars.trades([trade(START, 700, 3)])
    assert bars[0] == made_of([trade(START, 700, 3)], START)
