"""Modify and cancel: numbers, turns in the queue, and what a refusal leaves behind (markets.md 6.4; kis.md 4.2.6)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import EntryKind, NewsKind, OrderNews, OrderStatus, Rejected, RejectReason, Taken
from hoga.practice.engine.exchange import PracticeExchange
from tests.practice.engine.small_market import CODE, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL
LIMIT, DAY = OrderType.LIMIT, TimeInForce.DAY


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange)
    return exchange


@pytest.fixture
def trader(exchange: PracticeExchange) -> Trader:
    return Trader(exchange)


def modify(trader: Trader, number: int, limit: int | None, quantity: int | None = None, **terms: object) -> int:
    answer = try_modify(trader, number, limit, quantity, **terms)
    assert isinstance(answer, Taken), answer
    return answer.number


def try_modify(
    trader: Trader,
    number: int,
    limit: int | None,
    quantity: int | None = None,
    type: OrderType = LIMIT,
    tif: TimeInForce = DAY,
) -> Taken | Rejected:
    return trader.exchange.modify(trader.account, number, limit, type, tif, quantity)


def test_a_modify_moves_everything_left_to_a_new_number(trader: Trader) -> None:
    old = trader.order(BUY, 120, 10_010)
    new = modify(trader, old, 9_980)
    was, now = trader.entry(old), trader.entry(new)
    assert (was.filled, was.moved, was.remaining, was.status) == (100, 20, 0, OrderStatus.REPLACED)
    assert (now.kind, now.original, now.quantity, now.remaining) == (EntryKind.MODIFY, old, 20, 20)
    assert now.resting_price == 9_980
    assert new > old


def test_a_partial_modify_leaves_two_live_numbers(trader: Trader) -> None:
    old = trader.order(BUY, 10, 9_900)
    new = modify(trader, old, 9_890, 4)
    assert (trader.entry(old).remaining, trader.entry(old).moved, trader.entry(new).remaining) == (6, 4, 4)
    assert trader.entry(old).status is OrderStatus.WORKING


def test_a_modify_loses_its_turn_even_at_the_same_price(exchange: PracticeExchange) -> None:
    first, second = Trader(exchange, 0), Trader(exchange, 1)
    moved = first.order(BUY, 10, 9_950)
    kept = second.order(BUY, 10, 9_950)
    moved = modify(first, moved, 9_950)
    exchange.take(CODE, SELL, 310, 9_950)
    assert (second.entry(kept).filled, first.entry(moved).filled) == (10, 0)


def test_the_part_that_stays_keeps_its_turn(exchange: PracticeExchange) -> None:
    first, second = Trader(exchange, 0), Trader(exchange, 1)
    old = first.order(BUY, 10, 9_950)
    behind = second.order(BUY, 10, 9_950)
    modify(first, old, 9_940, 4)
    exchange.take(CODE, SELL, 306, 9_950)
    assert (first.entry(old).filled, second.entry(behind).filled) == (6, 0)


def test_a_partial_cancel_keeps_its_turn(exchange: PracticeExchange) -> None:
    first, second = Trader(exchange, 0), Trader(exchange, 1)
    old = first.order(BUY, 10, 9_950)
    behind = second.order(BUY, 10, 9_950)
    assert isinstance(exchange.cancel(first.account, old, 7), Taken)
    exchange.take(CODE, SELL, 303, 9_950)
    assert (first.entry(old).filled, second.entry(behind).filled) == (3, 0)
    assert first.entry(old).cancelled == 7


def test_a_modify_that_crosses_trades_at_once(trader: Trader) -> None:
    new = modify(trader, trader.order(BUY, 50, 9_900), 10_010)
    assert (trader.entry(new).filled, trader.fills()[-1].price) == (50, 10_010)


def test_a_modify_may_change_the_type(trader: Trader) -> None:
    new = modify(trader, trader.order(BUY, 50, 9_900), None, type=OrderType.MARKET)
    assert trader.entry(new).filled == 50


def test_a_fok_modify_that_cannot_fill_ends_the_moved_part(trader: Trader) -> None:
    old = trader.order(BUY, 200, 9_900)
    new = modify(trader, old, 10_010, 150, tif=TimeInForce.FOK)
    assert (trader.entry(new).cancelled, trader.entry(new).status) == (150, OrderStatus.CANCELLED)
    assert trader.entry(old).remaining == 50


def test_a_cancel_has_a_number_of_its_own(exchange: PracticeExchange, trader: Trader) -> None:
    old = trader.order(BUY, 120, 10_010)
    heard: list[tuple[NewsKind, int]] = []
    exchange.subscribe(
        lambda event: heard.append((event.kind, event.entry.number)) if isinstance(event, OrderNews) else None
    )
    answer = exchange.cancel(trader.account, old, None, "phone")
    assert isinstance(answer, Taken)
    entry, was = trader.entry(answer.number), trader.entry(old)
    assert (entry.kind, entry.original, entry.quantity, entry.remaining) == (EntryKind.CANCEL, old, 20, 0)
    assert entry.channel == "phone"
    assert (was.filled, was.cancelled, was.remaining, was.status) == (100, 20, 0, OrderStatus.CANCELLED)
    assert heard == [
        (NewsKind.ACCEPTED, answer.number),
        (NewsKind.CONFIRMED, answer.number),
        (NewsKind.CANCELLED, old),
    ]


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [(0, RejectReason.BAD_QUANTITY), (-3, RejectReason.BAD_QUANTITY), (11, RejectReason.TOO_MANY)],
)
def test_only_what_is_left_can_be_changed(trader: Trader, quantity: int, reason: RejectReason) -> None:
    number = trader.order(BUY, 10, 9_900)
    for answer in (
        trader.exchange.cancel(trader.account, number, quantity),
        try_modify(trader, number, 9_890, quantity),
    ):
        assert isinstance(answer, Rejected)
        assert answer.reason is reason


def test_a_filled_or_cancelled_order_has_nothing_left(trader: Trader) -> None:
    filled = trader.order(BUY, 10, 10_010)
    cancelled = trader.order(BUY, 10, 9_900)
    taken = trader.exchange.cancel(trader.account, cancelled, None)
    assert isinstance(taken, Taken)
    for number in (filled, cancelled, taken.number):
        assert trader.exchange.cancel(trader.account, number, None) == Rejected(RejectReason.NOTHING_LEFT)
        assert try_modify(trader, number, 9_890) == Rejected(RejectReason.NOTHING_LEFT)


def test_nobody_reaches_another_accounts_order(exchange: PracticeExchange, trader: Trader) -> None:
    number = trader.order(BUY, 10, 9_900)
    other = Trader(exchange, 1)
    assert exchange.cancel(other.account, number, None) == Rejected(RejectReason.NO_SUCH_ORDER)
    assert try_modify(other, number, 9_890) == Rejected(RejectReason.NO_SUCH_ORDER)
    assert exchange.cancel(trader.account, number + 1, None) == Rejected(RejectReason.NO_SUCH_ORDER)


@pytest.mark.parametrize(
    ("limit", "type", "reason"),
    [
        (9_895, LIMIT, RejectReason.OFF_TICK),
        (13_010, LIMIT, RejectReason.OUTSIDE_LIMITS),
        (13_000, LIMIT, RejectReason.CASH_SHORT),
        (None, OrderType.MARKET, RejectReason.CASH_SHORT),
    ],
)
def test_a_refused_modify_leaves_the_order_untouched(
    trader: Trader, limit: int | None, type: OrderType, reason: RejectReason
) -> None:
    number = trader.order(BUY, 4_999, 10_000)  # nearly all the cash there is
    before = trader.exchange.dump()
    answer = try_modify(trader, number, limit, type=type)
    assert isinstance(answer, Rejected)
    assert answer.reason is reason
    assert trader.exchange.dump() == before


def test_a_modify_may_use_the_cash_that_its_own_order_held(trader: Trader) -> None:
    number = trader.order(BUY, 4_900, 9_900)
    assert trader.cash.orderable < 4_900 * 9_910
    new = modify(trader, number, 9_910)
    assert trader.cash.reserved == -(-4_900 * 9_910 * (10**9 + 140_527) // 10**9)
    assert trader.entry(new).remaining == 4_900


def test_numbers_only_rise(trader: Trader) -> None:
    numbers = []
    for _ in range(5):
        number = trader.order(BUY, 10, 9_900)
        new = modify(trader, number, 9_890)
        answer = trader.exchange.cancel(trader.account, new, None)
        assert isinstance(answer, Taken)
        numbers += [number, new, answer.number]
    assert numbers == sorted(set(numbers))
    assert any(later - earlier > 1 for earlier, later in pairwise(numbers))


def test_no_order_is_listed_under_a_date_that_has_not_begun(trader: Trader) -> None:
    trader.order(BUY, 10, 9_900)
    exchange, today = trader.exchange, trader.exchange.trading_date()
    tomorrow = today + timedelta(days=1)
    assert len(exchange.orders(trader.account, today, tomorrow)) == 1
    assert exchange.orders(trader.account, tomorrow, tomorrow) == []


def test_an_entry_is_the_same_object_until_its_order_changes(trader: Trader) -> None:
    number = trader.order(BUY, 10, 9_900)
    before = trader.entry(number)
    assert trader.entry(number) is before
    modify(trader, number, 9_890, 4)
    assert (before.remaining, trader.entry(number).remaining) == (10, 6)
