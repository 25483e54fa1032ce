"""The bars of a chart: reads and trades in any order, holes that are mended, and what changed told exactly."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.domain.market_data import Candle
from hoga.ui.chart.aggregation import aggregate
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.timeframe import Timeframe
from tests.ui.chart.series import MINUTE, START, candle, candles, trade

FRAMES = st.sampled_from([Timeframe.M1, Timeframe.M5, Timeframe.M60])


@given(candles(), st.data(), FRAMES)
def test_pieces_in_any_order_make_the_whole(parts: list[Candle], data: st.DataObject, timeframe: Timeframe) -> None:
    bars, shown = Bars(timeframe), list[Candle]()
    for piece in data.draw(st.lists(st.lists(st.sampled_from(parts)), max_size=6)):
        first = bars.read(sorted(piece, key=lambda part: part.start))
        # What is told to be unchanged is: a picture that follows the telling is never wrong.
        assert shown[:first] == list(bars.shown)[:first]
        if first == len(bars):
            assert shown == list(bars.shown)
        shown = list(bars.shown)
    bars.read(parts)
    assert list(bars.shown) == aggregate(parts, timeframe)


@given(candles(), st.integers(0, 60), FRAMES)
def test_older_candles_go_to_the_left(parts: list[Candle], at: int, timeframe: Timeframe) -> None:
    bars = Bars(timeframe)
    bars.read(parts[at:])
    bars.read(parts[:at])
    assert list(bars.shown) == aggregate(parts, timeframe)


def test_a_read_replaces_an_ended_minute_even_by_less() -> None:
    bars = Bars(Timeframe.M1)
    bars.read([candle(START, volume=50)])
    bars.read([candle(START, volume=40)], as_of=START + MINUTE)
    assert bars[0].volume == 40


def test_the_minute_under_way_keeps_what_trades_told_more() -> None:
    bars = Bars(Timeframe.M1)
    bars.read([candle(START, volume=50)])
    bars.trades([trade(START + timedelta(seconds=30), 71_600, 7)])
    bars.read([candle(START, volume=50)], as_of=START + timedelta(seconds=29))
    assert (bars[0].volume, bars[0].close_units) == (57, 71_600)
    bars.read([candle(START, volume=90)], as_of=START + timedelta(seconds=40))
    assert bars[0].volume == 90


def test_a_day_already_counted_further_is_not_turned_back() -> None:
    bars = Bars(Timeframe.DAY)
    day = START.replace(hour=0)
    bars.read([candle(day, close=71_000, volume=1_000)])
    bars.trades([trade(START, 70_000, 10, day_volume=900)])
    assert bars[0].close_units == 71_000
    bars.trades([trade(START, 71_300, 10, day_volume=1_010)])
    assert (bars[0].close_units, bars[0].volume) == (71_300, 1_010)


def test_the_week_under_way_moves_with_its_days() -> None:
    bars = Bars(Timeframe.WEEK)
    monday = datetime(2026, 11, 23, tzinfo=KST)
    bars.read([candle(monday, volume=5), candle(monday + timedelta(days=1), close=72_000, volume=6)])
    bars.read_history([candle(monday - timedelta(days=7), volume=100), candle(monday, volume=11)])
    assert [bar.volume for bar in bars.shown] == [100, 11]
    bars.trades([trade(monday + timedelta(days=1, hours=10), 73_000, 1, day_volume=7)])
    assert [bar.volume for bar in bars.shown] == [100, 12]
    assert bars[1].close_units == 73_000


def test_a_week_without_days_yet_gives_way_to_its_first_trade() -> None:
    bars = Bars(Timeframe.WEEK)
    monday = datetime(2026, 11, 23, tzinfo=KST)
    bars.read_history([candle(monday - timedelta(days=7), volume=100), candle(monday, volume=0)])
    bars.trades([trade(monday + timedelta(hours=9), 73_000, 4, day_volume=4)])
    assert [bar.volume for bar in bars.shown] == [100, 4]


def test_a_bar_is_found_by_any_moment_in_it() -> None:
    bars = Bars(Timeframe.M5)
    bars.read([candle(START), candle(START + 10 * MINUTE)])
    assert bars.index_at(START + timedelta(minutes=4, seconds=59)) == 0
    assert bars.index_at(START + 5 * MINUTE) is None
    assert bars.index_at(START + 14 * MINUTE) == 1
    assert bars.index_at(START - MINUTE) is None


def test_a_hole_stays_until_a_read_covers_it() -> None:
    bars = Bars(Timeframe.M1)
    bars.read([candle(START), candle(START + MINUTE)])
    assert bars.tear() == 1
    bars.trades([trade(START + 9 * MINUTE, 71_000, 1)])
    assert bars.holes() == (1,)
    bars.mend(START + 5 * MINUTE)
    assert bars.holes() == (1,)
    assert bars.torn_since == START + MINUTE
    bars.mend(START + MINUTE)
    assert bars.holes() == ()
    assert bars.torn_since is None


def test_nothing_to_tear_without_bars() -> None:
    bars = Bars(Timeframe.M1)
    assert bars.tear() == 0
    assert bars.torn_since is None
