"""Halts and volatility interruptions: nothing trades, and one price for all ends the latter (markets.md 5.1)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.market_data import Book, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import OrderStatus, PauseKind, RejectReason, Taken
from hoga.practice.engine.exchange import PracticeExchange
from tests.practice.engine.small_market import CODE, ETF, MemoryBars, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL
INTERRUPTION, HALT = PauseKind.INTERRUPTION, PauseKind.HALT
TWO_MINUTES = timedelta(minutes=2)


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange)  # asks 10,010 / 10,020 / 10,030, bids 9,990 / 9,980 / 9,970, 100 shares each
    lay_book(exchange, ETF)
    return exchange


@pytest.fixture
def trader(exchange: PracticeExchange) -> Trader:
    return Trader(exchange)


def paused(exchange: PracticeExchange, kind: PauseKind = INTERRUPTION) -> None:
    exchange.pause(CODE, kind, exchange.now() + TWO_MINUTES)


def flags(exchange: PracticeExchange) -> tuple[bool, bool]:
    state = exchange.state(CODE)
    assert state is not None
    return state.flags.halted, state.flags.volatility_interruption


def test_a_halted_name_takes_no_order_and_lets_go_of_those_that_wait(trader: Trader) -> None:
    number = trader.order(BUY, 10, 9_990)
    paused(trader.exchange, HALT)
    assert flags(trader.exchange) == (True, False)
    assert trader.refused(BUY, 1, 9_990) is RejectReason.HALTED
    assert trader.exchange.take(CODE, SELL, 10, 9_990) == 0
    assert isinstance(trader.order(BUY, 1, 40_050, code=ETF), int)
    assert isinstance(trader.exchange.cancel(trader.account, number, None), Taken)


def test_it_trades_on_by_itself_at_its_time(trader: Trader) -> None:
    paused(trader.exchange, HALT)
    trader.exchange.advance(trader.exchange.now() + TWO_MINUTES)
    assert flags(trader.exchange) == (False, False)
    assert trader.entry(trader.order(BUY, 1, 10_010)).filled == 1


def test_an_interruption_gathers_and_ends_at_one_price(exchange: PracticeExchange) -> None:
    buyer, seller = Trader(exchange), Trader(exchange, 1)
    seller.order(BUY, 50, 10_010)
    paused(exchange)
    assert flags(exchange) == (False, True)
    bought = [buyer.order(BUY, 60, 10_030), buyer.order(BUY, 30, 10_010)]
    sold = seller.order(SELL, 20, 9_990)
    assert [buyer.entry(number).filled for number in bought] == [0, 0]
    assert seller.entry(sold).filled == 0
    heard: list[Trade] = []
    exchange.subscribe(lambda event: heard.append(event) if isinstance(event, Trade) else None)
    exchange.advance(exchange.now() + TWO_MINUTES)
    assert {trade.price_units for trade in heard} == {10_010}
    assert sum(trade.quantity for trade in heard) == 70
    assert [buyer.entry(number).filled for number in bought] == [60, 10]
    assert seller.entry(sold).filled == 20
    assert (buyer.entry(bought[1]).resting_price, exchange.best(CODE, BUY)) == (10_010, 10_010)


def test_the_expected_price_is_shown_while_it_lasts(exchange: PracticeExchange) -> None:
    trader = Trader(exchange)
    paused(exchange)
    books: list[Book] = []
    exchange.subscribe(lambda event: books.append(event) if isinstance(event, Book) else None)
    trader.order(BUY, 60, 10_020)
    exchange.publish()
    assert (books[-1].expected_units, books[-1].expected_quantity) == (10_010, 60)
    exchange.resume(CODE)
    assert books[-1].expected_units is None


@pytest.mark.parametrize(
    ("type", "tif"),
    [
        (OrderType.BEST, TimeInForce.DAY),
        (OrderType.PRIORITY, TimeInForce.DAY),
        (OrderType.MID, TimeInForce.DAY),
        (OrderType.LIMIT, TimeInForce.IOC),
        (OrderType.MARKET, TimeInForce.FOK),
    ],
)
def test_an_auction_takes_fewer_types(trader: Trader, type: OrderType, tif: TimeInForce) -> None:
    paused(trader.exchange)
    limit = 10_010 if type.carries_price else None
    assert trader.refused(BUY, 1, limit, type=type, tif=tif) is RejectReason.TYPE_NOT_ALLOWED


def test_a_market_order_takes_part_and_its_rest_waits(trader: Trader) -> None:
    paused(trader.exchange)
    number = trader.order(BUY, 350)
    trader.exchange.advance(trader.exchange.now() + TWO_MINUTES)
    entry = trader.entry(number)
    assert (entry.filled, entry.remaining) == (300, 50)
    assert len({fill.price for fill in trader.fills()}) == 1


def test_what_is_gathered_can_be_cancelled_in_part_and_moved(trader: Trader) -> None:
    exchange = trader.exchange
    paused(exchange)
    number = trader.order(BUY, 10, 10_010)
    assert isinstance(exchange.cancel(trader.account, number, 4), Taken)
    moved = exchange.modify(trader.account, number, 9_970, OrderType.LIMIT, TimeInForce.DAY, None)
    assert isinstance(moved, Taken)
    assert trader.entry(moved.number).resting_price == 9_970
    exchange.resume(CODE)
    assert trader.fills() == []
    assert trader.entry(number).status is OrderStatus.REPLACED


def test_an_auction_wakes_stops(trader: Trader) -> None:
    paused(trader.exchange)
    trader.order(BUY, 10, 10_010)
    trader.exchange.resume(CODE)
    assert trader.fills()[-1].price == 10_010


def test_midnight_ends_a_pause(trader: Trader) -> None:
    exchange = trader.exchange
    exchange.pause(CODE, INTERRUPTION, exchange.now() + timedelta(days=2))
    day, number = exchange.trading_date(), trader.order(BUY, 10, 10_010)
    exchange.advance(exchange.now() + timedelta(days=1))
    assert flags(exchange) == (False, False)
    (entry,) = [one for one in exchange.orders(trader.account, day, day) if one.number == number]
    assert entry.filled == 10


def test_a_restart_ends_it_and_what_was_gathered_waits_in_the_book(tmp_path: Path) -> None:
    path, bars = tmp_path / "ledger.sqlite", MemoryBars()
    exchange = open_exchange(path, bars=bars)
    lay_book(exchange)
    paused(exchange)
    number = Trader(exchange).order(BUY, 10, 10_010)
    again = open_exchange(path, bars=bars)
    assert flags(again) == (False, False)
    again.rest(CODE, SELL, 10_010, 100)
    assert Trader(again).entry(number).status is OrderStatus.FILLED


ORDERS = st.lists(
    st.tuples(st.sampled_from([BUY, SELL]), st.integers(1, 80), st.sampled_from([None, *range(9_950, 10_060, 10)])),
    max_size=12,
)


@given(orders=ORDERS)
def test_after_any_interruption_the_book_is_uncrossed_and_nothing_is_lost(
    orders: list[tuple[Side, int, int | None]],
) -> None:
    exchange = open_exchange()
    lay_book(exchange)
    people = [Trader(exchange), Trader(exchange, 1)]
    for trader in people:
        trader.order(BUY, 40, 10_030)
    paused(exchange)
    placed = []
    for turn, (side, quantity, limit) in enumerate(orders):
        trader = people[turn % 2]
        taken = trader.try_order(side, quantity, limit)
        if isinstance(taken, Taken):
            placed.append((trader, taken.number))
    exchange.resume(CODE)
    bid, ask = exchange.best(CODE, BUY), exchange.best(CODE, SELL)
    assert bid is None or ask is None or bid < ask
    prices = set()
    for trader, number in placed:
        entry = trader.entry(number)
        assert entry.filled + entry.remaining + entry.cancelled == entry.quantity
        fills = [fill for fill in trader.fills() if fill.number == number]
        assert sum(fill.quantity for fill in fills) == entry.filled
        prices |= {fill.price for fill in fills}
        if entry.limit is not None:
            assert all(fill.price <= entry.limit if entry.side is BUY else fill.price >= entry.limit for fill in fills)
    assert len(prices) <= 1
