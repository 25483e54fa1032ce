"""One whole day of the practice market, 09:00-15:30 on virtual time with the real engine, measured.

Half of the names take some 18 s of processor time, so the day is run once and looked at from every side. Names act each
for itself, but for the market that they all follow: which half trades changes nothing for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest

from hoga.domain.limits import limit_percent, limits_in_units
from hoga.domain.market_data import Candle, Period
from hoga.domain.tickets import Side
from hoga.domain.ticks import tick_table_of
from hoga.practice.api import Character

from .bench import ALL, MONDAY, Bench, Seen, bench

FUND, DOUBLE = "069500", "122630"
_LIQUID = [code for code, listing in ALL.items() if listing.character is Character.LIQUID]
LIQUID = tuple(code for code in _LIQUID if code in (*_LIQUID[::2], FUND, DOUBLE))
NAMES = tuple(code for code in ALL if code in LIQUID or code not in _LIQUID)
SESSION = timedelta(hours=6, minutes=30)
SAMPLE = timedelta(seconds=73)  # no multiple of a minute, so that every part of a minute is looked at


@dataclass
class Samples:
    spreads: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    full: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    uncrossed: bool = True


def run_day(market: Bench) -> Samples:
    tables = {code: tick_table_of(ALL[code].instrument, MONDAY.date()) for code in LIQUID}
    samples, end = Samples(), MONDAY + SESSION
    while market.exchange.now() < end:
        market.run(seconds=min(SAMPLE, end - market.exchange.now()).total_seconds())
        for code in LIQUID:
            bids, asks = market.levels(code, Side.BUY), market.levels(code, Side.SELL)
            samples.full[code].append(len(bids) == len(asks) == 10)
            if bids and asks:
                samples.spreads[code].append(tables[code].distance(bids[0][0], asks[0][0]))
                samples.uncrossed &= bids[0][0] < asks[0][0]
    return samples


def volume_between(seen: list[Seen], start: timedelta, end: timedelta) -> int:
    """Shares traded from ``start`` to ``end`` after the open."""
    return sum(trade.quantity for trade in seen if start <= trade.at - MONDAY < end)


@dataclass(frozen=True)
class Eve:
    """A name right before the first trade: the date has a made-up night by then."""

    volume: int
    amount: int
    high: int
    low: int
    last: int

    @classmethod
    def of(cls, market: Bench, code: str) -> Eve:
        day = market.bars.day(code)
        return cls(day.volume, day.amount, day.high, day.low, day.last)


def check_daily_bar(market: Bench, code: str, eve: Eve, seen: list[Seen]) -> None:
    """The day's bar is the night before and what the trades add to it; the minutes since are the trades."""
    midnight = MONDAY.replace(hour=0)
    (candle,) = market.exchange.candles(code, Period.DAY, midnight, midnight)
    night = market.exchange.candles(code, Period.MINUTE, midnight, MONDAY - timedelta(minutes=1))
    assert (eve.volume, eve.amount) == (sum(bar.volume for bar in night), sum(bar.amount_units for bar in night))
    day = market.bars.day(code)
    assert candle.volume == day.volume == eve.volume + sum(trade.quantity for trade in seen)
    assert candle.amount_units == day.amount == eve.amount + sum(trade.quantity * trade.price for trade in seen)
    prices = [trade.price for trade in seen]
    assert (candle.open_units, candle.close_units) == (night[0].open_units, prices[-1])
    assert (candle.high_units, candle.low_units) == (max(eve.high, *prices), min(eve.low, *prices))
    check_minutes(market.exchange.candles(code, Period.MINUTE, MONDAY, MONDAY + SESSION), seen)


def check_minutes(minutes: Sequence[Candle], seen: list[Seen]) -> None:
    by_minute: dict[datetime, list[Seen]] = defaultdict(list)
    for trade in seen:
        by_minute[trade.at.replace(second=0, microsecond=0)].append(trade)
    assert [minute.start for minute in minutes] == list(by_minute)
    for minute, trades in zip(minutes, by_minute.values(), strict=True):
        assert minute.volume == sum(trade.quantity for trade in trades)
        assert minute.amount_units == sum(trade.quantity * trade.price for trade in trades)
        assert minute.open_units == trades[0].price
        assert minute.close_units == trades[-1].price
        assert minute.high_units == max(trade.price for trade in trades)
        assert minute.low_units == min(trade.price for trade in trades)


def check_history_joins(market: Bench, code: str, eve: Eve, seen: list[Seen]) -> None:
    """No jump from the made-up past to the first trade, nor from minute to minute across the seams."""
    past = market.exchange.candles(code, Period.DAY, MONDAY - timedelta(days=30), MONDAY)
    table = tick_table_of(ALL[code].instrument, MONDAY.date())
    assert market.bars.day(code).base == past[-2].close_units
    assert abs(table.distance(eve.last, seen[0].price)) <= 4 + 0.004 * eve.last / table.tick(eve.last)
    minutes = market.exchange.candles(code, Period.MINUTE, MONDAY - timedelta(days=3), MONDAY + SESSION)
    steps = [abs(after.open_units / before.close_units - 1) for before, after in pairwise(minutes)]
    assert max(steps) < 0.05
    assert {minute.start.date() for minute in minutes} == {candle.start.date() for candle in past[-2:]}


def check_limits(market: Bench, code: str, seen: list[Seen]) -> None:
    instrument = ALL[code].instrument
    table, percent = tick_table_of(instrument, MONDAY.date()), limit_percent(instrument, MONDAY.date())
    assert percent is not None
    lower, upper = limits_in_units(table, market.bars.day(code).base, percent)
    assert all(lower <= trade.price <= upper and table.is_valid(trade.price) for trade in seen)


@pytest.mark.timeout(300)
def test_a_day_of_the_practice_market(subtests: pytest.Subtests) -> None:
    with bench(NAMES) as market:
        eves = {code: Eve.of(market, code) for code in NAMES}
        samples = run_day(market)
        seen = market.bars.seen
        assert market.exchange.now() == MONDAY + SESSION
        assert samples.uncrossed
        with subtests.test("no trade outside the limits or off the grid"):
            for code, trades in seen.items():
                check_limits(market, code, trades)
        with subtests.test("each liquid name trades at least 500 times"):
            assert {code: len(seen[code]) for code in LIQUID if len(seen[code]) < 500} == {}
        with subtests.test("the median spread is 3 ticks at most"):
            assert {code: samples.spreads[code] for code in LIQUID if median(samples.spreads[code]) > 3} == {}
        with subtests.test("ten levels on both sides in 99 of 100 looks"):
            shares = {code: sum(looks) / len(looks) for code, looks in samples.full.items()}
            assert {code: share for code, share in shares.items() if share < 0.99} == {}
            assert set(shares) == set(LIQUID)
        with subtests.test("the first half hour has at least 1.5 times midday's volume"):
            half, noon = timedelta(minutes=30), timedelta(hours=3)
            for code in LIQUID:
                first = volume_between(seen[code], timedelta(0), half)
                midday = volume_between(seen[code], noon, noon + half)
                assert first >= 1.5 * midday > 0, code
        with subtests.test("daily bars and minutes are the sums of trades"):
            for code in LIQUID:
                check_daily_bar(market, code, eves[code], seen[code])
        with subtests.test("history joins on without a jump"):
            for code in LIQUID:
                check_history_joins(market, code, eves[code], seen[code])
        with subtests.test("volumes are those of a usual day"):
            volumes = {code: sum(trade.quantity for trade in seen[code]) for code in LIQUID}
            ratios = {code: volume / ALL[code].average_volume for code, volume in volumes.items()}
            assert {code: ratio for code, ratio in ratios.items() if not 0.4 < ratio < 3} == {}
        with subtests.test("the doubly leveraged fund moves twice as much as its index"):
            single, double = (market.bars.day(code).last / eves[code].last - 1 for code in (FUND, DOUBLE))
            assert abs(double - 2 * single) < 0.01
