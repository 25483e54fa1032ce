"""The market model in short runs: chance, users in the queues, the quiet names, midnight, pauses."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from math import log
from statistics import median

import pytest

from hoga.base.clock import KST
from hoga.domain.limits import limits_in_units
from hoga.domain.market_data import Aggressor, Period
from hoga.domain.tickets import Side
from hoga.domain.ticks import tick_table_of
from hoga.practice.market.chance import stream
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.fair import FairValue
from hoga.practice.market.history import Terms
from hoga.practice.market.ladder import Ladder
from hoga.practice.market.model import MarketModel

from .bench import ALL, MONDAY, SEED, Seen, bench

FEW = ("005930", "000660", "069500", "252670", "02826K", "069540", "001570", "035720")
LIQUID = tuple(code for code in FEW if ALL[code].character.name == "LIQUID")


def run(codes: tuple[str, ...] = FEW, seed: int = SEED, start: datetime = MONDAY) -> dict[str, list[Seen]]:
    with bench(codes, start, seed) as market:
        market.run(minutes=8)
        return market.bars.seen


# --- chance ---


def test_the_same_seed_gives_the_same_market() -> None:
    first = run()
    assert run() == first
    assert run(seed=SEED + 1) != first
    assert sum(map(len, first.values())) > 500


def test_the_pace_of_asking_changes_nothing() -> None:
    with bench(FEW) as market:
        for _ in range(96):
            market.run(seconds=5)
        assert market.bars.seen == run()


def test_a_user_in_one_name_changes_nothing_in_another() -> None:
    alone = run()
    with bench(FEW) as market:
        for _ in range(8):
            market.order("005930", Side.BUY, 3)
            market.run(minutes=1)
        with_user = market.bars.seen
    assert with_user.pop("005930") != alone.pop("005930")
    assert with_user == alone


def test_other_names_on_the_list_change_nothing_for_one() -> None:
    assert run(("035720", "005930"))["005930"] == run()["005930"]


def test_time_only_goes_forward() -> None:
    with bench(FEW) as market:
        before = market.exchange.now()
        for _ in range(2_000):
            due = market.model.next_due()
            assert due >= before
            market.exchange.advance(due)
            market.model.step()
            before = due


def test_nothing_happens_before_the_books_are_open() -> None:
    with bench(FEW) as market:
        closed = MarketModel(market.exchange, market.listings, market.bars, SEED)
        with pytest.raises(RuntimeError, match="not open"):
            closed.step()


# --- books ---


@pytest.mark.parametrize("code", LIQUID)
def test_a_liquid_book_has_ten_levels_without_holes(code: str) -> None:
    table = tick_table_of(ALL[code].instrument, MONDAY.date())
    with bench((code,)) as market:
        for _ in range(60):
            bids, asks = market.levels(code, Side.BUY), market.levels(code, Side.SELL)
            assert len(bids) == len(asks) == 10
            assert bids[0][0] < asks[0][0]
            for side in (bids, asks):
                assert {abs(table.distance(one[0], other[0])) for one, other in pairwise(side)} == {1}
                assert all(total > 0 for _, total in side)
            market.run(seconds=20)


def test_the_first_trade_is_next_to_the_last_one_of_the_past() -> None:
    for seed in range(12):
        with bench(LIQUID, seed=seed) as market:
            before = {code: market.bars.day(code).last for code in LIQUID}
            market.run(minutes=2)
            for code in LIQUID:
                first = market.bars.seen[code][0].price
                table = tick_table_of(ALL[code].instrument, MONDAY.date())
                assert abs(table.distance(before[code], first)) <= 4 + 0.002 * first / table.tick(first)


# --- users in the same queues ---


@pytest.mark.parametrize("side", [Side.BUY, Side.SELL])
def test_a_users_order_waits_its_turn_and_trades(side: Side) -> None:
    """Joins the best bid (or, with shares bought first, the best ask) and is served when those before it were."""
    with bench(("035720",)) as market:
        if side is Side.SELL:
            market.order("035720", Side.BUY, 10)
        price, ahead = market.levels("035720", side)[0]
        number = market.order("035720", side, 10, price)
        market.bars.seen["035720"].clear()
        for _ in range(360):
            market.run(minutes=1)
            if market.filled(number):
                break
        assert market.filled(number) == 10
        aggressor = Aggressor.SELLER if side is Side.BUY else Aggressor.BUYER
        served = [seen for seen in market.bars.seen["035720"] if seen.price == price and seen.aggressor is aggressor]
        assert sum(seen.quantity for seen in served) >= 10
        assert ahead > 0


def test_an_order_better_than_the_market_is_taken_soon() -> None:
    with bench(("005930",)) as market:
        market.run(minutes=1)
        ask = market.levels("005930", Side.SELL)[0][0]
        number = market.order("005930", Side.BUY, 20, ask)
        assert market.filled(number) == 20
        table = tick_table_of(ALL["005930"].instrument, MONDAY.date())
        cheap = table.step(market.levels("005930", Side.BUY)[0][0], -1)
        number = market.order("005930", Side.SELL, 20, cheap)
        assert market.filled(number) == 20


def test_a_swept_book_comes_back() -> None:
    with bench(("02826K", "035900")) as market:
        worst = market.levels("035900", Side.SELL)[4][0]
        wanted = sum(total for _, total in market.levels("035900", Side.SELL)[:5])
        bought = market.order("035900", Side.BUY, min(wanted, 600), worst)
        assert market.filled(bought) > 0
        market.run(minutes=3)
        assert len(market.levels("035900", Side.SELL)) == 10
        assert len(market.levels("035900", Side.BUY)) == 10


def fair(seed: int, flow: int) -> float:
    """Where Samsung's worth is an hour after users bought ``flow`` shares, in ticks."""
    terms = Terms.of(ALL["005930"])
    value = FairValue(stream(seed, "fair"), terms, MarketFactor(seed, 32_400))
    ladder = Ladder.of_day(ALL["005930"].instrument, 248_000, MONDAY.date())
    value.begin(ladder, 248_000, 32_400)
    value.move(32_401, flow)
    for second in range(32_410, 32_500, 10):
        value.move(second, 0)
    return value.value


def test_large_trades_of_users_move_the_price_a_little_their_way() -> None:
    volume = ALL["005930"].average_volume
    for seed in range(5):
        quiet = fair(seed, 0)
        assert quiet < fair(seed, volume // 100) < fair(seed, volume // 4) < quiet + 10
        assert quiet > fair(seed, -volume // 100) > fair(seed, -volume // 4) > quiet - 10


def test_the_models_own_trades_do_not_count_as_users_trades() -> None:
    with bench(("005930",)) as market:
        trader = market.model._traders[0]
        market.run(minutes=30)
        assert trader.fair._pressure == 0.0  # type: ignore[attr-defined]
        market.order("005930", Side.BUY, 50)
        market.run(seconds=30)
        assert 0 < trader.fair._pressure <= 50  # type: ignore[attr-defined]


def test_worth_stays_within_the_days_limits() -> None:
    terms = Terms.of(ALL["005930"])
    ladder = Ladder.of_day(ALL["005930"].instrument, 248_000, MONDAY.date())
    value = FairValue(stream(1, "fair"), terms, MarketFactor(1, 0))
    value.begin(ladder, ladder.prices[-1], 0)
    for second in range(0, 3_600, 10):
        value.nudge(5)
        assert 0.5 <= value.move(second, 100_000) <= ladder.top - 0.5
    for second in range(3_600, 7_200, 10):
        value.nudge(-9)
        assert 0.5 <= value.move(second, -100_000) <= ladder.top - 0.5


# --- the quiet names ---


def test_a_locked_name_has_bids_at_its_limit_and_no_asks() -> None:
    with bench(("069540",)) as market:
        base = market.bars.day("069540").base
        table = tick_table_of(ALL["069540"].instrument, MONDAY.date())
        _, upper = limits_in_units(table, base, 30)
        for _ in range(20):
            market.run(minutes=3)
            assert market.levels("069540", Side.SELL) == []
            assert market.levels("069540", Side.BUY)[0][0] == upper
        seen = market.bars.seen["069540"]
        assert 20 < len(seen) < 1_500
        assert {trade.price for trade in seen} == {upper}
        assert {trade.aggressor for trade in seen} == {Aggressor.SELLER}
        waiting = market.order("069540", Side.BUY, 5, upper)
        market.run(minutes=30)
        assert market.filled(waiting) == 0, "a long queue stands before it"


def test_a_halted_name_stands_still() -> None:
    with bench(("001570",)) as market:
        before = market.levels("001570", Side.BUY), market.levels("001570", Side.SELL)
        assert [len(side) for side in before] == [10, 10]
        market.run(hours=30)
        assert market.bars.seen["001570"] == []
        assert (market.levels("001570", Side.BUY), market.levels("001570", Side.SELL)) == before


def test_a_thin_name_trades_a_few_times_an_hour_in_a_wide_book() -> None:
    with bench(("02826K",)) as market:
        table = tick_table_of(ALL["02826K"].instrument, MONDAY.date())
        spreads, counts = [], []
        for _ in range(78):
            market.run(minutes=5)
            bids, asks = market.levels("02826K", Side.BUY), market.levels("02826K", Side.SELL)
            counts.append(min(len(bids), len(asks)))
            spreads.append(table.distance(bids[0][0], asks[0][0]))
        assert 13 <= len(market.bars.seen["02826K"]) <= 120
        assert median(spreads) >= 4
        assert min(counts) >= 1
        assert median(counts) < 9


# --- the clock ---


def test_a_night_goes_on_at_middays_pace() -> None:
    def trades(start: datetime) -> int:
        with bench(LIQUID, start) as market:
            market.run(hours=1)
            return sum(map(len, market.bars.seen.values()))

    midday, night = trades(MONDAY.replace(hour=12)), trades(MONDAY.replace(hour=3))
    assert 0.8 < night / midday < 1.2


def test_the_house_only_quotes_in_the_first_minute_of_a_date() -> None:
    """A chart client that walks back minute by minute past 00:00 would fall off the edge of the day."""
    first = MONDAY.replace(hour=0) + timedelta(days=1)
    with bench(FEW, first - timedelta(seconds=30)) as market:
        market.run(seconds=30)
        for seen in market.bars.seen.values():
            seen.clear()
        pictures: dict[str, set[object]] = {code: set() for code in LIQUID}
        for _ in range(59):
            market.run(seconds=1)
            for code in LIQUID:
                pictures[code].add((tuple(market.levels(code, Side.BUY)), tuple(market.levels(code, Side.SELL))))
        assert all(len(market.levels(code, side)) == 10 for code in LIQUID for side in Side)
        assert len(pictures["005930"]) > 1, "the book moves"
        assert all(seen == [] for seen in market.bars.seen.values())
        market.run(minutes=1)
        assert market.bars.seen["005930"][0].at >= first + timedelta(minutes=1)


def test_midnight_brings_a_new_date_without_a_jump() -> None:
    with bench(FEW, MONDAY.replace(hour=23, minute=50)) as market:
        market.run(minutes=9.9)
        eve = {code: market.bars.day(code).price for code in FEW}
        last = {code: seen[-1].price for code, seen in market.bars.seen.items() if seen}
        for seen in market.bars.seen.values():
            seen.clear()
        market.run(minutes=15)
        tuesday = MONDAY.date() + timedelta(days=1)
        assert market.exchange.trading_date() == tuesday
        for code in LIQUID:
            day, seen = market.bars.day(code), market.bars.seen[code]
            table = tick_table_of(ALL[code].instrument, tuesday)
            assert abs(log(day.base / eve[code])) < 0.006
            assert abs(table.distance(day.base, seen[0].price)) <= 4 + 0.002 * day.base / table.tick(day.base)
            assert day.volume == sum(trade.quantity for trade in seen if trade.at.date() == tuesday)
            assert len(market.levels(code, Side.BUY)) == len(market.levels(code, Side.SELL)) == 10
        assert market.bars.day("069540").price == last["069540"], "still at the same limit"
        assert market.levels("069540", Side.SELL) == []


def test_days_pass_and_prices_stay_within_their_limits() -> None:
    codes = ("035900", "02826K", "069540")
    with bench(codes) as market:
        market.run(days=3)
        for code in codes:
            candles = market.exchange.candles(code, Period.DAY, MONDAY - timedelta(days=4), MONDAY + timedelta(days=4))
            table = tick_table_of(ALL[code].instrument, MONDAY.date())
            assert len(candles) == 5
            base = candles[0].close_units
            for candle in candles[1:]:
                lower, upper = limits_in_units(table, base, 30)
                assert lower <= candle.low_units <= candle.high_units <= upper
                base = base if code == "069540" else candle.close_units


def test_a_pause_brings_no_burst_of_overdue_events() -> None:
    codes = ("035900", "323410", "02826K", "069540", "001570")
    with bench(codes) as market:
        market.run(minutes=5)
        before = {code: list(market.levels(code, Side.BUY)) for code in codes}
        pause = market.exchange.now() + timedelta(hours=20)
        market.exchange.advance(pause)
        market.model.skip_to(pause)
        assert market.model.next_due() >= pause
        assert market.exchange.trading_date() == MONDAY.date() + timedelta(days=1)
        for seen in market.bars.seen.values():
            seen.clear()
        market.run(seconds=2)
        assert sum(map(len, market.bars.seen.values())) < 10
        market.run(minutes=10)
        for code in codes[:2]:
            assert len(market.levels(code, Side.BUY)) == len(market.levels(code, Side.SELL)) == 10
            assert abs(market.bars.seen[code][0].price / before[code][0][0] - 1) < 0.01
        market.model.skip_to(pause)
        later = market.exchange.now() + timedelta(days=1, hours=6)
        market.run(days=1, hours=6)
        assert market.exchange.now() == later
        assert market.exchange.trading_date() == later.date()


def test_a_model_that_starts_again_goes_on_from_the_last_price() -> None:
    with bench(LIQUID) as market:
        market.run(minutes=30)
        again = MarketModel(market.exchange, market.listings, market.bars, SEED)
        again.open_books()
        last = {code: market.bars.day(code).last for code in LIQUID}
        for _ in range(50):
            market.exchange.advance(again.next_due())
            again.step()
        for code in LIQUID:
            assert abs(market.bars.day(code).last / last[code] - 1) < 0.008


def test_the_market_knows_no_weekend() -> None:
    with bench(LIQUID, datetime(2026, 11, 21, 13, 0, tzinfo=KST)) as market:
        market.run(minutes=10)
        assert all(len(market.bars.seen[code]) > 5 for code in LIQUID)
