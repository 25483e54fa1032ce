"""The store of bars: what trades leave behind, what a restart finds, and that nothing jumps in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.domain.limits import limits_in_units
from hoga.domain.market_data import Aggressor, Candle, Period
from hoga.domain.ticks import tick_table_of
from hoga.practice.api import Listing
from hoga.practice.market.bars import BarStore
from hoga.practice.market.bars_file import MarketFileError
from hoga.practice.market.universe import universe

ALL = universe()
CODES = ("005930", "069500", "02826K", "069540", "001570", "252670")
LISTINGS = {code: ALL[code] for code in CODES}
START = datetime(2026, 11, 23, tzinfo=KST)  # a Monday, right after the roll
SEED = 7
CODE = "005930"
A_DAY = timedelta(days=1)


_opened: list[BarStore] = []


@pytest.fixture(autouse=True)
def let_go_of_files() -> Iterator[None]:
    yield
    while _opened:
        _opened.pop().close()


def store(
    path: Path | None = None,
    start: datetime = START,
    listings: Mapping[str, Listing] = LISTINGS,
    *,
    seed: int = SEED,
    wire_now: Callable[[], float] = time.monotonic,
) -> BarStore:
    bars = BarStore(path, listings, seed, start, wire_now=wire_now)
    _opened.append(bars)
    return bars


def trade_a_while(bars: BarStore, start: datetime, seconds: int, code: str = CODE) -> tuple[int, int]:
    """Trades one every 5 s around the last price; returns volume and amount."""
    chance, volume, amount = Random(1), 0, 0
    price = bars.day(code).price
    table = tick_table_of(LISTINGS[code].instrument, start.date())
    for second in range(0, seconds, 5):
        price = table.step(price, chance.choice((-1, 0, 0, 1)))
        quantity = chance.randint(1, 500)
        side = chance.choice((Aggressor.BUYER, Aggressor.SELLER))
        bars.on_trade(code, start + timedelta(seconds=second), price, quantity, side)
        volume += quantity
        amount += price * quantity
    return volume, amount


def minutes(bars: BarStore, day: date, code: str = CODE) -> list[Candle]:
    begin = datetime(day.year, day.month, day.day, tzinfo=KST)
    return bars.candles(code, Period.MINUTE, begin, begin + A_DAY - timedelta(seconds=1))


def day_candle(bars: BarStore, day: date, code: str = CODE) -> Candle:
    begin = datetime(day.year, day.month, day.day, tzinfo=KST)
    (candle,) = bars.candles(code, Period.DAY, begin, begin)
    return candle


def check_day(bars: BarStore, day: date, code: str = CODE) -> None:
    """The day's minutes add up to its candle."""
    whole, parts = day_candle(bars, day, code), minutes(bars, day, code)
    assert sum(part.volume for part in parts) == whole.volume
    assert sum(part.amount_units for part in parts) == whole.amount_units
    assert max(part.high_units for part in parts) == whole.high_units
    assert min(part.low_units for part in parts) == whole.low_units
    assert (parts[0].open_units, parts[-1].close_units) == (whole.open_units, whole.close_units)


def test_a_date_that_just_began_is_empty_right_after_the_past() -> None:
    bars = store()
    day = bars.day(CODE)
    assert (day.volume, day.last, day.open, day.open_at) == (0, 0, 0, None)
    past = bars.candles(CODE, Period.DAY, START - timedelta(days=1200), START)
    assert past[-1].start == datetime(2026, 11, 20, tzinfo=KST)
    assert day.base == past[-1].close_units == ALL[CODE].anchor
    assert day.previous_volume == past[-1].volume
    assert day.price == day.base
    assert past[0].start < START - timedelta(days=365 * 3)
    assert minutes(bars, START.date()) == []


@pytest.mark.parametrize("hour", [0, 9, 14, 21])
@pytest.mark.parametrize("code", CODES)
def test_a_store_begun_within_a_date_makes_up_the_date_so_far(code: str, hour: int) -> None:
    """Somebody who starts in the evening sees a day that has been going on, as everywhere else."""
    now = datetime(2026, 11, 23, hour, 2, 30, tzinfo=KST)
    bars = store(start=now)
    day = bars.day(code)
    table = tick_table_of(LISTINGS[code].instrument, now.date())
    lower, upper = limits_in_units(table, day.base, 60 if LISTINGS[code].instrument.limit_multiple == 2 else 30)
    if code == "001570":
        assert (day.volume, day.last) == (0, 0)
        return
    check_day(bars, now.date(), code)
    parts = minutes(bars, now.date(), code)
    assert START.replace(minute=1) <= parts[0].start <= parts[-1].start < now.replace(second=0)
    assert day.high_at == next(part.start for part in parts if part.high_units == day.high)
    assert day.low_at == next(part.start for part in parts if part.low_units == day.low)
    assert (day.open_at, day.last_at) == (parts[0].start, parts[-1].start)
    assert lower <= day.low <= day.high <= upper
    assert day.buy_volume + day.sell_volume == day.volume
    joined = bars.candles(code, Period.MINUTE, START - timedelta(days=4), now)
    moves = [abs(after.open_units / before.close_units - 1) for before, after in pairwise(joined)]
    if code == "069540":
        assert {day.open, day.high, day.low, day.last} == {upper}
    else:
        assert max(moves) < 0.04
    if hour == 0:
        assert abs(day.last / day.base - 1) < 0.02 or code == "069540", "two minutes are no day"
    volume = day.volume
    bars.on_trade(code, now, day.last, 7, Aggressor.BUYER)
    assert bars.day(code).volume == volume + 7
    check_day(bars, now.date(), code)


def test_trades_make_the_day_and_its_minutes() -> None:
    bars = store()
    volume, amount = trade_a_while(bars, START, 600)
    bars.on_trade(CODE, START + timedelta(seconds=600), 300_000, 10, Aggressor.BUYER)
    bars.on_trade(CODE, START + timedelta(seconds=660), 200_000, 20, Aggressor.NONE)
    day = bars.day(CODE)
    assert (day.volume, day.amount) == (volume + 30, amount + 300_000 * 10 + 200_000 * 20)
    assert (day.high, day.high_at) == (300_000, START + timedelta(seconds=600))
    assert (day.low, day.low_at) == (200_000, START + timedelta(seconds=660))
    assert (day.last, day.last_at) == (200_000, START + timedelta(seconds=660))
    assert day.open_at == START
    assert day.buy_volume + day.sell_volume == day.volume - 20
    assert day.buy_count + day.sell_count == 121
    assert len(minutes(bars, START.date())) == 12
    check_day(bars, START.date())


def test_made_up_past_days_add_up_too() -> None:
    bars = store()
    for back in (3, 4, 10, 94):
        day = START.date() - timedelta(days=back)
        check_day(bars, day)
    parts = minutes(bars, date(2026, 11, 20))
    assert parts[0].start.time().isoformat() == "09:00:00"
    assert parts[-1].start.time().isoformat() == "15:30:00"


def test_minutes_join_on_to_the_past_without_a_jump() -> None:
    bars = store()
    trade_a_while(bars, START, 120)
    joined = bars.candles(CODE, Period.MINUTE, START - timedelta(days=5), START + A_DAY)
    moves = [abs(after.open_units / before.close_units - 1) for before, after in pairwise(joined)]
    assert max(moves) < 0.03
    assert joined[-1].start == START + timedelta(minutes=1)
    assert [candle.start for candle in joined] == sorted({candle.start for candle in joined})


def test_minutes_reach_back_a_year_and_no_further() -> None:
    bars = store()
    long_ago = START - timedelta(days=372)
    assert bars.candles(CODE, Period.MINUTE, long_ago, long_ago + timedelta(days=5)) == []
    assert minutes(bars, date(2025, 11, 24))
    assert bars.candles(CODE, Period.MINUTE, START, START - A_DAY) == []


@pytest.mark.parametrize("period", [Period.WEEK, Period.MONTH, Period.YEAR])
def test_longer_periods_hold_whole_days(period: Period) -> None:
    bars = store()
    trade_a_while(bars, START, 300)
    long = bars.candles(CODE, period, datetime(2024, 6, 12, tzinfo=KST), START + A_DAY)
    days = bars.candles(CODE, Period.DAY, long[0].start, START + A_DAY)
    assert long[0].start >= datetime(2024, 6, 12, tzinfo=KST)
    assert sum(candle.volume for candle in long) == sum(day.volume for day in days)
    assert sum(candle.amount_units for candle in long) == sum(day.amount_units for day in days)
    assert (long[0].open_units, long[-1].close_units) == (days[0].open_units, days[-1].close_units)
    assert max(candle.high_units for candle in long) == max(day.high_units for day in days)
    for candle in long:
        assert (candle.start.hour, candle.start.minute) == (0, 0)
        if period is Period.WEEK:
            assert candle.start.weekday() == 0
        else:
            assert candle.start.day == 1
    assert long[-1].start <= START


def test_the_last_price_is_the_base_of_the_next_date() -> None:
    bars = store()
    trade_a_while(bars, START, 300)
    before = replace(bars.day(CODE))
    bars.roll(date(2026, 11, 24))
    after = bars.day(CODE)
    assert (after.base, after.previous_volume, after.volume, after.date) == (
        before.last, before.volume, 0, date(2026, 11, 24),
    )  # fmt: skip
    assert bars.day("02826K").base == ALL["02826K"].anchor, "no trade: the base stays"
    check_day(bars, date(2026, 11, 23))
    bars.roll(date(2026, 11, 28))
    assert bars.day(CODE).base == before.last
    assert bars.day(CODE).previous_volume == before.volume
    with pytest.raises(ValueError, match="does not follow"):
        bars.roll(date(2026, 11, 28))


def test_the_name_at_its_limit_keeps_its_base() -> None:
    bars = store()
    base = bars.day("069540").base
    bars.on_trade("069540", START, 3_695, 10, Aggressor.SELLER)
    bars.roll(date(2026, 11, 24))
    assert bars.day("069540").base == base


def test_unknown_names_are_errors() -> None:
    bars = store()
    for ask in (
        lambda: bars.day("999999"),
        lambda: bars.candles("999999", Period.DAY, START, START),
        lambda: bars.on_trade("999999", START, 1, 1, Aggressor.BUYER),
    ):
        with pytest.raises(KeyError):
            ask()
    with pytest.raises(ValueError, match="zone"):
        store(start=datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 the mistake is the point


# --- restarts ---


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "market.sqlite"


def stopped(path: Path) -> tuple[datetime, int]:
    """A store that traded from 00:00:00 to 00:09:55 and was closed; returns its last moment and the day's volume."""
    bars = store(path)
    trade_a_while(bars, START, 600)
    volume = bars.day(CODE).volume
    bars.close()
    return START + timedelta(seconds=595), volume


def test_a_restart_within_the_minute_goes_on_with_it(path: Path) -> None:
    last, volume = stopped(path)
    bars = store(path, last + timedelta(seconds=2))
    assert bars.resumed_at == last + timedelta(seconds=2)
    assert bars.day(CODE).volume == volume
    bars.on_trade(CODE, last + timedelta(seconds=3), bars.day(CODE).last, 1_000, Aggressor.BUYER)
    assert bars.day(CODE).volume == volume + 1_000
    check_day(bars, START.date())


def test_on_the_same_date_the_price_stood_still(path: Path) -> None:
    """Orders of accounts were resting: no made-up bar may tell of a price at which they would have traded."""
    last, volume = stopped(path)
    bars = store(path, datetime(2026, 11, 23, 14, 0, 30, tzinfo=KST))
    day = bars.day(CODE)
    assert day.volume > volume
    check_day(bars, START.date())
    made = [candle for candle in minutes(bars, START.date()) if candle.start > last]
    assert len(made) == 830
    assert {price for bar in made for price in (bar.open_units, bar.high_units, bar.low_units, bar.close_units)} == {
        day.last
    }
    assert made[-1].start == datetime(2026, 11, 23, 13, 59, tzinfo=KST)


@pytest.mark.parametrize("code", CODES)
def test_days_off_are_filled_without_a_jump(path: Path, code: str) -> None:
    bars = store(path)
    if code != "001570":
        price = bars.day(code).price if code != "069540" else 3_695
        bars.on_trade(code, START, price, 10, Aggressor.BUYER)
    bars.close()
    back = datetime(2026, 11, 28, 13, 0, tzinfo=KST)  # a Saturday: practice never closes
    bars = store(path, back)
    day = bars.day(code)
    candles = bars.candles(code, Period.DAY, START - timedelta(days=3), back)
    if code == "001570":
        assert [candle.start.date() for candle in candles] == [date(2026, 11, 20)]
        assert (day.volume, day.base) == (0, ALL[code].anchor)
        return
    assert [candle.start.day for candle in candles] == [20, 23, 24, 25, 26, 27, 28]
    for number in range(23, 29):
        check_day(bars, date(2026, 11, number), code)
    all_minutes = bars.candles(code, Period.MINUTE, START, back)
    moves = [abs(after.open_units / before.close_units - 1) for before, after in pairwise(all_minutes)]
    assert max(moves) < 0.05
    assert all_minutes[-1].close_units == day.last
    table = tick_table_of(LISTINGS[code].instrument, back.date())
    for before, candle in pairwise(candles[1:] if code != "069540" else []):
        lower, upper = limits_in_units(table, before.close_units, 30)
        assert lower <= candle.low_units <= candle.high_units <= upper
    if code == "069540":
        assert {candle.close_units for candle in candles[1:]} == {3_695}
        assert day.base == ALL[code].anchor
    else:
        assert day.base == candles[-2].close_units


def test_filling_is_the_same_each_time_it_is_looked_at(path: Path) -> None:
    stopped(path)
    back = datetime(2026, 11, 26, 13, 0, tzinfo=KST)
    bars = store(path, back)
    seen = bars.candles(CODE, Period.MINUTE, START - A_DAY, back)
    bars.close()
    again = store(path, back)
    assert again.candles(CODE, Period.MINUTE, START - A_DAY, back) == seen


def test_a_stretch_without_the_exchange_is_the_same_whoever_asks_first(path: Path) -> None:
    """Its minutes are made only when somebody asks, in whatever order, before or after a restart."""
    now = datetime(2026, 11, 23, 21, 40, tzinfo=KST)
    asked_early = store(path, now)
    seen = {code: minutes(asked_early, now.date(), code) for code in CODES}
    asked_early.close()
    again = store(path, now + timedelta(hours=1))
    untouched = store(start=now)
    for code in reversed(CODES):
        assert [part for part in minutes(again, now.date(), code) if part.start < now] == seen[code]
        assert minutes(untouched, now.date(), code) == seen[code]
        assert asked_early.day(code) == untouched.day(code)


def test_market_time_never_runs_backwards(path: Path) -> None:
    last, volume = stopped(path)
    bars = store(path, START - timedelta(days=30))
    assert bars.resumed_at == last
    assert bars.day(CODE).volume == volume


def test_the_seed_and_the_anchors_of_the_first_day_stay(path: Path) -> None:
    """Another seed, or an edited universe, would make the past jump where it meets the trades."""
    stopped(path)
    before = store(path, START + timedelta(hours=1))
    seen = before.candles(CODE, Period.DAY, START - timedelta(days=60), START - A_DAY)
    before.close()
    edited = {code: replace(listing, anchor=listing.anchor * 2) for code, listing in LISTINGS.items()}
    bars = store(path, START + timedelta(hours=1), edited, seed=99)
    assert bars.seed == SEED
    assert bars.candles(CODE, Period.DAY, START - timedelta(days=60), START - A_DAY) == seen


def test_a_name_added_later_begins_with_a_past_of_its_own(path: Path) -> None:
    stopped(path)
    more = {**LISTINGS, "000660": ALL["000660"]}
    bars = store(path, START + timedelta(days=2), more)
    eve = bars.candles("000660", Period.DAY, START - timedelta(days=4), START + A_DAY)[-1]
    assert bars.day("000660").base == eve.close_units
    assert bars.day("000660").volume == 0


def test_a_quiet_second_is_enough_to_write(path: Path) -> None:
    wire = [0.0]
    bars = store(path, wire_now=lambda: wire[0])

    def written() -> int:
        with sqlite3.connect(path) as file:
            found = file.execute("SELECT volume FROM today WHERE code=?", (CODE,)).fetchone()
        file.close()
        return int(found[0])

    bars.on_trade(CODE, START, 248_000, 5, Aggressor.BUYER)
    assert written() == 0
    wire[0] = 1.0
    bars.on_trade(CODE, START, 248_000, 6, Aggressor.BUYER)
    assert written() == 11
    bars.on_trade(CODE, START, 248_000, 7, Aggressor.BUYER)
    assert written() == 11
    bars.flush()
    assert written() == 18


def test_a_trade_counts_even_when_the_disk_refuses_it(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    wire = [0.0]
    bars = store(path, wire_now=lambda: wire[0])
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        for second in (1, 61, 121):
            wire[0] = float(second)
            bars.on_trade(CODE, START + timedelta(seconds=second), 248_000, 5, Aggressor.BUYER)
        assert "could not be written" in caplog.text
        with pytest.raises(MarketFileError, match="locked"):
            bars.flush()
        other.execute("ROLLBACK")
    other.close()
    bars.flush()
    assert bars.day(CODE).volume == 15
    assert len(minutes(bars, START.date())) == 3
    check_day(bars, START.date())


_CHILD = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from hoga.base.clock import KST
from hoga.domain.market_data import Aggressor
from hoga.practice.market.bars import BarStore
from hoga.practice.market.universe import universe

start = datetime(2026, 11, 23, tzinfo=KST)
bars = BarStore(Path(sys.argv[1]), universe(), 7, start)
count = 0
while True:
    count += 1
    at = start + timedelta(milliseconds=20 * count)
    for code in ("005930", "069500"):
        bars.on_trade(code, at, bars.day(code).base, 3, Aggressor.BUYER)
    if count % 1_000 == 0:
        bars.flush()
        print(count, flush=True)
"""


@pytest.fixture
def trading_child(path: Path) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(path)], stdout=subprocess.PIPE, text=True)
    yield child
    child.kill()
    child.wait(timeout=20)
    assert child.stdout is not None
    child.stdout.close()


def test_after_a_kill_what_was_written_is_whole(path: Path, trading_child: subprocess.Popen[str]) -> None:
    assert trading_child.stdout is not None
    for _ in range(12):
        flushed = int(trading_child.stdout.readline())
    os.kill(trading_child.pid, signal.SIGKILL)
    trading_child.wait(timeout=20)
    bars = store(path, listings=ALL)
    for code in ("005930", "069500"):
        day = bars.day(code)
        assert day.volume >= 3 * flushed, "everything flushed is there"
        assert day.amount == day.volume * day.base
        assert day.buy_count * 3 == day.volume
        check_day(bars, START.date(), code)
    assert bars.day("005930").volume == bars.day("069500").volume


def test_a_damaged_or_newer_file_says_so(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(MarketFileError, match="not a database"):
        store(damaged)
    newer = tmp_path / "newer.sqlite"
    store(newer).close()
    with sqlite3.connect(newer) as file:
        file.execute("PRAGMA user_version=99")
    file.close()
    with pytest.raises(MarketFileError, match="version 99"):
        store(newer)
    with pytest.raises(MarketFileError):
        store(tmp_path / "no such folder" / "market.sqlite")
