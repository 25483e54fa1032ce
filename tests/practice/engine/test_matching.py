"""One book: price first, then time; trades at the price of who waited (markets.md 6.1, 6.2)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.instruments import Market, ProductType
from hoga.domain.tickets import Side
from hoga.domain.ticks import TickTable, tick_table
from hoga.practice.engine.matching import Execution, OrderBook, PriceDay
from tests.practice.engine.naive_book import NaiveBook, merged

TICKS = tick_table(Market.KOSPI, ProductType.STOCK, date(2026, 11, 16))
BUY, SELL = Side.BUY, Side.SELL


@pytest.fixture
def book() -> OrderBook:
    return OrderBook(PriceDay(TICKS, 7_000, 13_000, 10_000))


def test_better_price_first_then_earlier(book: OrderBook) -> None:
    book.rest_order(SELL, 10_020, 1, 5)
    book.rest_order(SELL, 10_010, 2, 5)
    book.rest_order(SELL, 10_010, 3, 5)
    assert book.take(BUY, 12, 10_020) == [
        Execution(10_010, 5, 2),
        Execution(10_010, 5, 3),
        Execution(10_020, 2, 1),
    ]
    assert book.last == 10_020


def test_takes_nothing_beyond_its_worst_price(book: OrderBook) -> None:
    book.rest_house(BUY, 9_990, 10)
    book.rest_house(BUY, 9_980, 10)
    assert book.take(SELL, 30, 9_990) == [Execution(9_990, 10, 0)]
    assert book.best(BUY) == 9_980


def test_the_house_waits_in_the_same_queue(book: OrderBook) -> None:
    book.rest_house(BUY, 9_990, 10)
    book.rest_order(BUY, 9_990, 1, 10)
    book.rest_house(BUY, 9_990, 10)
    assert [(price, level.total, level.house) for price, level in book.levels(BUY, 10)] == [(9_990, 30, 20)]
    assert book.take(SELL, 25, 9_000) == [Execution(9_990, 10, 0), Execution(9_990, 10, 1), Execution(9_990, 5, 0)]


def test_the_house_withdraws_newest_first(book: OrderBook) -> None:
    book.rest_house(BUY, 9_990, 10)
    book.rest_order(BUY, 9_990, 1, 10)
    book.rest_house(BUY, 9_990, 10)
    assert book.withdraw_house(BUY, 9_990, 14) == 14
    assert book.take(SELL, 100, 9_000) == [Execution(9_990, 6, 0), Execution(9_990, 10, 1)]


def test_the_house_cannot_withdraw_what_is_not_its_own(book: OrderBook) -> None:
    book.rest_order(BUY, 9_990, 1, 10)
    book.rest_house(BUY, 9_990, 3)
    assert book.withdraw_house(BUY, 9_990, 50) == 3
    assert book.withdraw_house(BUY, 9_980, 50) == 0
    assert book.best(BUY) == 9_990


def test_a_partial_cancel_keeps_its_turn(book: OrderBook) -> None:
    book.rest_order(SELL, 10_010, 1, 10)
    book.rest_order(SELL, 10_010, 2, 10)
    book.reduce_order(SELL, 10_010, 1, 4)
    assert book.take(BUY, 8, None) == [Execution(10_010, 6, 1), Execution(10_010, 2, 2)]


def test_reducing_an_order_that_does_not_wait_there_is_an_error(book: OrderBook) -> None:
    book.rest_order(SELL, 10_010, 1, 10)
    with pytest.raises(KeyError):
        book.reduce_order(SELL, 10_010, 2, 1)
    with pytest.raises(KeyError):
        book.reduce_order(SELL, 10_020, 1, 1)


@pytest.mark.parametrize(
    ("side", "limits", "last", "expected"),
    [
        (BUY, [9_900], 9_800, 9_910),  # one tick ahead of its side
        (BUY, [9_900], 10_000, 10_000),  # or the last price, if that is better still
        (BUY, [], 10_000, 10_000),
        (BUY, [13_000], 12_000, 13_000),  # never beyond the limit
        (SELL, [10_100], 10_200, 10_090),
        (SELL, [10_100], 10_000, 10_000),
        (SELL, [7_000], 8_000, 7_000),
    ],
)
def test_a_waiting_market_order_shows_the_most_aggressive_price(
    side: Side, limits: list[int], last: int, expected: int
) -> None:
    book = OrderBook(PriceDay(TICKS, 7_000, 13_000, last))
    for number, price in enumerate(limits, start=2):
        book.rest_order(side, price, number, 5)
    book.rest_market(side, 1, 5)
    assert book.best(side) == expected


def test_a_waiting_market_order_goes_before_every_limit_and_takes_the_price_that_comes(book: OrderBook) -> None:
    book.rest_order(BUY, 9_900, 1, 5)
    book.rest_market(BUY, 2, 5)
    # Asked at 10,500, it pays 10,500: more than its reference of 10,000.
    assert book.take(SELL, 5, 10_500) == [Execution(10_500, 5, 2)]


@pytest.mark.parametrize(("side", "price"), [(BUY, 13_000), (SELL, 7_000)])
def test_a_waiting_market_order_never_trades_beyond_the_daily_limit(book: OrderBook, side: Side, price: int) -> None:
    book.rest_market(side, 1, 5)
    book.rest_order(side, price, 2, 5)
    assert book.take(side.opposite, 10, None) == [Execution(price, 5, 1), Execution(price, 5, 2)]


def test_a_market_order_and_a_limit_at_the_daily_limit_rank_alike(book: OrderBook) -> None:
    book.rest_order(BUY, 13_000, 1, 5)
    book.rest_market(BUY, 2, 5)
    book.rest_order(BUY, 13_000, 3, 5)
    assert [e.owner for e in book.take(SELL, 15, 7_000)] == [1, 2, 3]


def test_a_new_day_drops_house_orders_outside_its_limits(book: OrderBook) -> None:
    for price in (7_000, 9_990):
        book.rest_house(BUY, price, 10)
    book.rest_house(SELL, 13_000, 10)
    book.begin(PriceDay(TICKS, 8_000, 12_000, 10_000))
    assert book.dump(house=True) == {"buy": [[9_990, [[0, 10]]]], "sell": []}


def test_a_new_day_drops_house_orders_off_its_grid(book: OrderBook) -> None:
    book.rest_house(BUY, 9_990, 10)
    book.rest_house(BUY, 9_950, 10)
    book.begin(PriceDay(TickTable((0,), (50,)), 7_000, 13_000, 10_000))
    assert book.dump(house=True) == {"buy": [[9_950, [[0, 10]]]], "sell": []}


def test_available_counts_what_take_would_trade(book: OrderBook) -> None:
    book.rest_house(SELL, 10_010, 10)
    book.rest_order(SELL, 10_020, 1, 10)
    assert book.available(BUY, 10_010, 100) == 10
    assert book.available(BUY, 10_020, 100) == 20
    assert book.available(BUY, None, 15) == 15
    assert book.available(BUY, None, 100, lambda entry: entry.owner == 1) == 10


PRICES = st.sampled_from([7_000, 9_980, 9_990, 10_000, 10_010, 10_020, 13_000])
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["limit", "limit", "house", "house", "market", "ioc", "withdraw", "reduce"]),
        st.sampled_from(Side),
        PRICES,
        st.integers(1, 30),
    ),
    max_size=40,
)


@given(ACTS)
def test_it_does_what_the_naive_book_does(acts: list[tuple[str, Side, int, int]]) -> None:
    book, naive = OrderBook(PriceDay(TICKS, 7_000, 13_000, 10_000)), NaiveBook(7_000, 13_000, 10_000)
    for number, (act, side, price, quantity) in enumerate(acts, start=1):
        if act == "withdraw":
            assert book.withdraw_house(side, price, quantity) == naive.withdraw_house(side, price, quantity)
        elif act == "reduce":
            mine = next((w for w in naive.queue(side) if w.owner), None)
            if mine is not None:
                part = min(quantity, mine.left)
                book.reduce_order(side, mine.price, mine.owner, part)
                naive.reduce(mine.owner, part)
        else:
            worst = None if act == "market" else price
            assert book.available(side, worst, quantity) == min(
                quantity, sum(w.left for w in naive.would_take(side, worst))
            )
            done = [tuple(execution) for execution in book.take(side, quantity, worst)]
            assert merged(done) == naive.take(side, quantity, worst)  # type: ignore[arg-type]
            left = quantity - sum(part for _, part, _ in done)
            if left and act != "ioc":
                naive.wait(0 if act == "house" else number, side, worst, left)
                if act == "house":
                    book.rest_house(side, price, left)
                elif act == "market":
                    book.rest_market(side, number, left)
                else:
                    book.rest_order(side, price, number, left)
        assert picture(book) == naive.picture()
        assert book.best(BUY) == naive.best(BUY)
        assert book.best(SELL) == naive.best(SELL)
        bid, ask = book.best(BUY), book.best(SELL)
        assert bid is None or ask is None or bid < ask


def picture(book: OrderBook) -> dict[str, list[tuple[int, int, int]]]:
    return {
        half.side.value: merged(
            [(level.price, entry.left, entry.owner) for level in half.best_first() for entry in level.queue]
        )
        for half in (book.bids, book.asks)
    }
