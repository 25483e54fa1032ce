"""Orders that are not in the book: stop-limit ones that sleep, and mid-price ones that wait unseen (markets.md 2.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import OrderStatus, Rejected, RejectReason, Submit, Taken
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.settings import EngineSettings, SelfMatch
from tests.practice.engine.small_market import CODE, MemoryBars, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL
STOP, MID = OrderType.STOP_LIMIT, OrderType.MID
DAY, IOC, FOK = TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange)  # asks 10,010 / 10,020 / 10,030, bids 9,990 / 9,980 / 9,970, 100 shares each
    return exchange


@pytest.fixture
def trader(exchange: PracticeExchange) -> Trader:
    return Trader(exchange)


def stop_order(trader: Trader, side: Side, quantity: int, limit: int, stop: int | None) -> Taken | Rejected:
    return trader.exchange.submit(Submit(trader.account, CODE, side, STOP, DAY, quantity, limit, stop=stop))


def slept(trader: Trader, side: Side, quantity: int, limit: int, stop: int) -> int:
    taken = stop_order(trader, side, quantity, limit, stop)
    assert isinstance(taken, Taken), taken
    return taken.number


def trades_at(exchange: PracticeExchange, side: Side, price: int, quantity: int = 1) -> None:
    assert exchange.take(CODE, side, quantity, price) == quantity


# --- stop limit -------------------------------------------------------------------------------------------------------


def test_a_stop_order_sleeps_outside_the_book_and_holds_back_what_a_limit_order_would(trader: Trader) -> None:
    before = trader.cash.orderable
    number = slept(trader, BUY, 10, 10_030, 10_020)
    entry = trader.entry(number)
    assert (entry.status, entry.remaining, entry.resting_price, entry.stop) == (OrderStatus.WORKING, 10, None, 10_020)
    assert trader.exchange.best(CODE, BUY) == 9_990
    held = before - trader.cash.orderable
    trader.exchange.cancel(trader.account, number, None)
    limit = trader.order(BUY, 10, 9_990)
    assert held == 10 * 10_030 * (before - trader.cash.orderable) // (10 * 9_990)
    assert trader.entry(limit).remaining == 10


@pytest.mark.parametrize(
    ("side", "stop", "limit", "short_of", "reached"),
    [(BUY, 10_020, 10_030, 10_010, 10_020), (SELL, 9_980, 9_970, 9_990, 9_980)],
)
def test_a_trade_at_the_stop_wakes_it_and_one_short_of_it_does_not(
    trader: Trader, side: Side, stop: int, limit: int, short_of: int, reached: int
) -> None:
    if side is SELL:
        trader.order(BUY, 10, 10_010)
    number = slept(trader, side, 5, limit, stop)
    aggressor = side
    trades_at(trader.exchange, aggressor, short_of, trader.exchange.depth(CODE, side.opposite, 1)[0][1])
    assert trader.entry(number).filled == 0
    trades_at(trader.exchange, aggressor, reached)
    entry = trader.entry(number)
    assert (entry.filled, entry.status) == (5, OrderStatus.FILLED)
    assert trader.fills()[-1].price == reached


def test_what_does_not_trade_when_it_wakes_waits_at_its_limit_behind_who_was_there(trader: Trader) -> None:
    trades_at(trader.exchange, BUY, 10_010)
    asleep = slept(trader, BUY, 10, 9_990, 10_020)
    there = trader.order(BUY, 10, 9_990)
    trades_at(trader.exchange, BUY, 10_020, 100)
    assert trader.entry(asleep).resting_price == 9_990
    trades_at(trader.exchange, SELL, 9_990, 115)
    assert (trader.entry(there).filled, trader.entry(asleep).filled) == (10, 5)


def test_one_that_wakes_may_wake_the_next(trader: Trader) -> None:
    second = slept(trader, BUY, 1, 10_030, 10_020)
    first = slept(trader, BUY, 105, 10_020, 10_010)
    trades_at(trader.exchange, BUY, 10_010)
    assert trader.entry(first).filled == 105
    assert trader.entry(second).filled == 1


def test_a_stop_that_is_reached_already_is_a_limit_order_at_once(trader: Trader) -> None:
    trades_at(trader.exchange, BUY, 10_010)
    number = slept(trader, BUY, 1, 10_010, 10_000)
    assert trader.entry(number).filled == 1


def test_yesterdays_close_reaches_no_stop(trader: Trader) -> None:
    number = slept(trader, SELL, 1, 9_900, 10_000) if trader.holding() else slept(trader, BUY, 1, 10_030, 9_990)
    assert trader.entry(number).filled == 0


@pytest.mark.parametrize(
    ("limit", "stop", "reason"),
    [
        (10_030, None, RejectReason.OFF_TICK),
        (10_030, 10_025, RejectReason.OFF_TICK),
        (10_030, 20_000, RejectReason.OUTSIDE_LIMITS),
        (10_025, 10_020, RejectReason.OFF_TICK),
    ],
)
def test_a_stop_needs_a_price_like_any_other(
    trader: Trader, limit: int, stop: int | None, reason: RejectReason
) -> None:
    refused = stop_order(trader, BUY, 1, limit, stop)
    assert isinstance(refused, Rejected)
    assert refused.reason is reason


def test_a_sleeping_order_is_cancelled_in_part_and_whole_and_moved(trader: Trader) -> None:
    number = slept(trader, BUY, 10, 10_030, 10_020)
    assert isinstance(trader.exchange.cancel(trader.account, number, 4), Taken)
    assert trader.entry(number).remaining == 6
    moved = trader.exchange.modify(trader.account, number, 10_020, STOP, DAY, None, 10_010)
    assert isinstance(moved, Taken)
    entry = trader.entry(moved.number)
    assert (entry.limit, entry.stop, entry.remaining) == (10_020, 10_010, 6)
    assert trader.entry(number).status is OrderStatus.REPLACED
    assert isinstance(trader.exchange.cancel(trader.account, moved.number, None), Taken)
    trades_at(trader.exchange, BUY, 10_010)
    assert trader.fills() == []
    assert trader.cash.reserved == 0


def test_moving_one_that_sleeps_without_a_stop_keeps_the_stop(trader: Trader) -> None:
    number = slept(trader, BUY, 10, 10_030, 10_020)
    moved = trader.exchange.modify(trader.account, number, 10_020, STOP, DAY, None)
    assert isinstance(moved, Taken)
    assert trader.entry(moved.number).stop == 10_020


def test_a_woken_one_is_moved_like_a_limit_order(trader: Trader) -> None:
    number = slept(trader, BUY, 10, 9_980, 10_010)
    trades_at(trader.exchange, BUY, 10_010)
    moved = trader.exchange.modify(trader.account, number, 9_970, STOP, DAY, None)
    assert isinstance(moved, Taken)
    assert (trader.entry(moved.number).type, trader.entry(moved.number).resting_price) == (OrderType.LIMIT, 9_970)


def test_sleep_and_turns_survive_a_restart(tmp_path: Path) -> None:
    path, bars = tmp_path / "ledger.sqlite", MemoryBars()
    exchange = open_exchange(path, bars=bars)
    lay_book(exchange)
    trader = Trader(exchange)
    woken = slept(trader, BUY, 10, 9_900, 10_010)
    there = trader.order(BUY, 10, 9_900)
    asleep = slept(trader, BUY, 10, 10_030, 10_030)
    trades_at(exchange, BUY, 10_010)
    before = exchange.dump(house=False)

    again = open_exchange(path, bars=bars)
    assert again.dump(house=False) == before
    trader = Trader(again)
    again.rest(CODE, SELL, 9_900, 15)
    assert (trader.entry(there).filled, trader.entry(woken).filled) == (10, 5)
    again.rest(CODE, SELL, 10_030, 100)
    trades_at(again, BUY, 10_030)
    assert trader.entry(asleep).filled == 10


# --- mid price --------------------------------------------------------------------------------------------------------


def test_a_mid_price_order_waits_unseen_and_trades_halfway(trader: Trader) -> None:
    number = trader.order(BUY, 10, type=MID)
    book = trader.exchange.book(CODE)
    assert book is not None
    assert book.bids[0].price_units == 9_990
    assert book.total_bid == 300
    trader.exchange.rest(CODE, SELL, 10_000, 4)
    entry = trader.entry(number)
    assert (entry.filled, entry.remaining, entry.resting_price) == (4, 6, None)
    assert trader.fills()[-1].price == 10_000


def test_an_aggressor_meets_the_middle_before_the_best_shown_price(trader: Trader) -> None:
    number = trader.order(BUY, 10, type=MID)
    assert trader.exchange.take(CODE, SELL, 30, 9_990) == 30
    assert trader.entry(number).status is OrderStatus.FILLED
    assert [fill.price for fill in trader.fills()] == [10_000]
    assert trader.exchange.depth(CODE, BUY, 1)[0] == (9_990, 80, 80)


def test_one_whose_limit_does_not_reach_the_middle_waits_beside_it(trader: Trader) -> None:
    number = trader.order(BUY, 10, type=MID)
    trader.exchange.rest(CODE, SELL, 10_010, 5)
    assert trader.entry(number).filled == 0


def test_the_middle_moves_with_the_quotes(trader: Trader) -> None:
    number = trader.order(BUY, 10, type=MID)
    trader.exchange.withdraw(CODE, SELL, 10_010, 100)
    assert trader.exchange.take(CODE, SELL, 10, 9_990) == 10
    assert trader.entry(number).filled == 10
    assert trader.fills()[-1].price == 10_005  # halfway between 9,990 and 10,020: off the grid, and only ever traded at


def test_two_mids_meet(exchange: PracticeExchange) -> None:
    buyer, seller = Trader(exchange), Trader(exchange, 1)
    seller.order(BUY, 10, 10_010)
    waits = seller.order(SELL, 10, type=MID)
    taken = buyer.order(BUY, 4, type=MID)
    assert (buyer.entry(taken).filled, seller.entry(waits).remaining) == (4, 6)
    assert buyer.fills()[-1].price == seller.fills()[-1].price == 10_000


@pytest.mark.parametrize(("tif", "filled"), [(IOC, 5), (FOK, 0)])
def test_a_mid_that_may_not_wait_takes_what_waits_in_the_middle(
    exchange: PracticeExchange, tif: TimeInForce, filled: int
) -> None:
    buyer, seller = Trader(exchange), Trader(exchange, 1)
    seller.order(BUY, 5, 10_010)
    seller.order(SELL, 5, type=MID)
    entry = buyer.entry(buyer.order(BUY, 8, type=MID, tif=tif))
    assert (entry.filled, entry.status) == (filled, OrderStatus.CANCELLED)


def test_a_fill_or_kill_counts_what_waits_in_the_middle(exchange: PracticeExchange) -> None:
    buyer, seller = Trader(exchange), Trader(exchange, 1)
    seller.order(BUY, 5, 10_010)
    seller.order(SELL, 5, type=MID)
    entry = buyer.entry(buyer.order(BUY, 100, 10_010, tif=FOK))
    assert (entry.filled, entry.filled_amount) == (100, 5 * 10_000 + 95 * 10_010)


def test_an_account_does_not_meet_itself_in_the_middle() -> None:
    exchange = open_exchange(settings=EngineSettings(self_match=SelfMatch.CANCEL_NEWEST))
    lay_book(exchange)
    trader = Trader(exchange)
    trader.order(BUY, 10, 10_010)
    waits = trader.order(SELL, 10, type=MID)
    entry = trader.entry(trader.order(BUY, 5, 10_010))
    assert (entry.filled, entry.cancelled) == (0, 5)
    assert trader.entry(waits).remaining == 10


def test_without_two_sides_there_is_no_middle(trader: Trader) -> None:
    for price in (10_010, 10_020, 10_030):
        trader.exchange.withdraw(CODE, SELL, price, 100)
    assert trader.refused(BUY, 1, type=MID) is RejectReason.NO_OPPOSITE_QUOTE


def test_a_mid_is_cancelled_in_part_moved_and_survives_a_restart(tmp_path: Path) -> None:
    path, bars = tmp_path / "ledger.sqlite", MemoryBars()
    exchange = open_exchange(path, bars=bars)
    lay_book(exchange)
    trader = Trader(exchange)
    number = trader.order(BUY, 10, type=MID)
    assert isinstance(exchange.cancel(trader.account, number, 3), Taken)
    before = exchange.dump(house=False)
    again = open_exchange(path, bars=bars)
    assert again.dump(house=False) == before
    trader = Trader(again)
    moved = again.modify(trader.account, number, 9_990, OrderType.LIMIT, DAY, None)
    assert isinstance(moved, Taken)
    assert (trader.entry(moved.number).resting_price, trader.entry(number).remaining) == (9_990, 0)


def test_day_orders_of_both_kinds_lapse_at_midnight(exchange: PracticeExchange) -> None:
    trader = Trader(exchange)
    day = exchange.trading_date()
    numbers = {slept(trader, BUY, 1, 10_030, 10_020), trader.order(BUY, 1, type=MID)}
    exchange.advance(exchange.now().replace(hour=23, minute=59))
    exchange.advance(exchange.now().replace(day=day.day + 1, hour=0, minute=1))
    entries = [one for one in exchange.orders(trader.account, day, day) if one.number in numbers]
    assert {one.status for one in entries} == {OrderStatus.EXPIRED}
    assert trader.cash.reserved == 0
