"""Each order type in the continuous session (markets.md 2.4, 2.5), and what the exchange refuses."""

from __future__ import annotations

import pytest

from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import NewsKind, OrderNews, OrderStatus, Rejected, RejectReason, Submit, Taken
from hoga.practice.engine.exchange import PracticeExchange
from tests.practice.engine.small_market import CODE, ETF, HALTED, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL
DAY, IOC, FOK = TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange)  # asks 10,010 / 10,020 / 10,030, bids 9,990 / 9,980 / 9,970, 100 shares each
    return exchange


@pytest.fixture
def trader(exchange: PracticeExchange) -> Trader:
    return Trader(exchange)


def kinds(exchange: PracticeExchange, act) -> list[NewsKind]:  # type: ignore[no-untyped-def]
    heard: list[NewsKind] = []
    undo = exchange.subscribe(lambda event: heard.append(event.kind) if isinstance(event, OrderNews) else None)
    act()
    undo()
    return heard


def test_a_limit_order_takes_what_crosses_and_waits_with_the_rest(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 150, 10_010))
    assert (entry.filled, entry.remaining, entry.status) == (100, 50, OrderStatus.WORKING)
    assert (entry.filled_amount, entry.resting_price) == (1_001_000, 10_010)
    assert trader.exchange.best(CODE, BUY) == 10_010


def test_a_trade_is_at_the_price_of_who_waited(trader: Trader) -> None:
    trader.order(BUY, 250, 10_500)
    assert [(fill.price, fill.quantity) for fill in trader.fills()] == [(10_010, 100), (10_020, 100), (10_030, 50)]


def test_a_market_order_sweeps_and_its_rest_waits_when_nobody_is_left(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 350))
    assert (entry.filled, entry.remaining, entry.limit) == (300, 50, None)
    # The last price is better than a tick ahead of the best bid, so that is what it shows.
    assert trader.exchange.best(CODE, BUY) == 10_030
    trader.exchange.rest(CODE, SELL, 10_030, 20)
    assert trader.entry(entry.number).filled == 320
    trader.exchange.rest(CODE, SELL, 10_100, 100)
    assert trader.entry(entry.number).status is OrderStatus.FILLED
    assert [fill.price for fill in trader.fills()][-2:] == [10_030, 10_100]
    assert trader.exchange.best(CODE, SELL) == 10_100


def test_a_conditional_order_is_a_limit_order_while_trading_is_continuous(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 120, 10_010, type=OrderType.CONDITIONAL))
    assert (entry.type, entry.filled, entry.resting_price) == (OrderType.CONDITIONAL, 100, 10_010)


def test_a_best_order_trades_at_the_best_opposite_price_and_rests_there(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 130, type=OrderType.BEST))
    assert (entry.filled, entry.remaining, entry.resting_price, entry.limit) == (100, 30, 10_010, None)
    assert trader.exchange.best(CODE, SELL) == 10_020


@pytest.mark.parametrize(("tif", "filled", "cancelled"), [(IOC, 100, 30), (FOK, 0, 130)])
def test_the_rest_of_a_best_ioc_or_fok_is_cancelled(
    trader: Trader, tif: TimeInForce, filled: int, cancelled: int
) -> None:
    entry = trader.entry(trader.order(BUY, 130, type=OrderType.BEST, tif=tif))
    assert (entry.filled, entry.cancelled, entry.status) == (filled, cancelled, OrderStatus.CANCELLED)


def test_a_best_order_without_an_opposite_quote_is_refused() -> None:
    trader = Trader(open_exchange())
    assert trader.refused(BUY, 1, type=OrderType.BEST) is RejectReason.NO_OPPOSITE_QUOTE


def test_a_priority_order_joins_the_back_of_its_own_best_queue(exchange: PracticeExchange, trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 10, type=OrderType.PRIORITY))
    assert (entry.filled, entry.resting_price) == (0, 9_990)
    exchange.take(CODE, SELL, 100, 9_990)
    assert trader.entry(entry.number).filled == 0
    exchange.take(CODE, SELL, 4, 9_990)
    assert trader.entry(entry.number).filled == 4


def test_a_priority_order_without_an_own_quote_is_refused() -> None:
    exchange = open_exchange()
    exchange.rest(CODE, SELL, 10_010, 10)
    assert Trader(exchange).refused(BUY, 1, type=OrderType.PRIORITY) is RejectReason.NO_OWN_QUOTE


def test_the_rest_of_an_ioc_is_cancelled(exchange: PracticeExchange, trader: Trader) -> None:
    heard = kinds(exchange, lambda: trader.order(BUY, 150, 10_010, tif=IOC))
    assert heard == [NewsKind.ACCEPTED, NewsKind.CONFIRMED, NewsKind.FILLED, NewsKind.REST_CANCELLED]
    (entry,) = exchange.orders(trader.account, exchange.trading_date(), exchange.trading_date())
    assert (entry.filled, entry.cancelled, entry.remaining, entry.resting_price) == (100, 50, 0, None)


def test_an_ioc_that_meets_nobody_is_accepted_and_cancelled(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 10, 9_000, tif=IOC))
    assert (entry.filled, entry.cancelled, entry.status) == (0, 10, OrderStatus.CANCELLED)


def test_a_fok_fills_whole_over_several_levels(trader: Trader) -> None:
    entry = trader.entry(trader.order(BUY, 200, 10_020, tif=FOK))
    assert (entry.filled, entry.status) == (200, OrderStatus.FILLED)


def test_a_fok_that_cannot_fill_whole_trades_nothing(exchange: PracticeExchange, trader: Trader) -> None:
    heard = kinds(exchange, lambda: trader.order(BUY, 201, 10_020, tif=FOK))
    assert heard == [NewsKind.ACCEPTED, NewsKind.CONFIRMED, NewsKind.REST_CANCELLED]
    assert exchange.best(CODE, SELL) == 10_010
    assert trader.cash.reserved == 0


def test_a_market_fok_needs_the_whole_quantity_at_any_price(trader: Trader) -> None:
    assert trader.entry(trader.order(BUY, 300, tif=FOK)).filled == 300
    lay_book(trader.exchange)
    assert trader.entry(trader.order(BUY, 301, tif=FOK)).filled == 0


def test_sor_routes_to_krx_but_takes_no_conditional_order(trader: Trader) -> None:
    def ask(type: OrderType, venue: Venue) -> Taken | Rejected:
        return trader.exchange.submit(Submit(trader.account, CODE, BUY, type, DAY, 1, 10_010, venue))

    assert isinstance(ask(OrderType.LIMIT, Venue.SOR), Taken)
    assert ask(OrderType.CONDITIONAL, Venue.SOR) == Rejected(RejectReason.TYPE_NOT_ALLOWED)
    assert ask(OrderType.LIMIT, Venue.NXT) == Rejected(RejectReason.TYPE_NOT_ALLOWED)


@pytest.mark.parametrize("type", [OrderType.PRIORITY, OrderType.CONDITIONAL])
@pytest.mark.parametrize("tif", [IOC, FOK])
def test_some_types_have_no_ioc_or_fok_form(trader: Trader, type: OrderType, tif: TimeInForce) -> None:
    assert trader.refused(BUY, 1, 10_010, type=type, tif=tif) is RejectReason.TYPE_NOT_ALLOWED


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        (10_005, RejectReason.OFF_TICK),
        (0, RejectReason.OFF_TICK),
        (-10, RejectReason.OFF_TICK),
        (13_010, RejectReason.OUTSIDE_LIMITS),
        (6_990, RejectReason.OUTSIDE_LIMITS),
    ],
)
def test_a_bad_price_is_refused(trader: Trader, limit: int, reason: RejectReason) -> None:
    assert trader.refused(BUY, 1, limit) is reason


@pytest.mark.parametrize("limit", [7_000, 13_000])
def test_both_limits_are_valid_prices(trader: Trader, limit: int) -> None:
    trader.order(BUY, 1, limit)


def test_a_limit_order_needs_a_price(trader: Trader) -> None:
    assert trader.refused(BUY, 1, None, type=OrderType.LIMIT) is RejectReason.OFF_TICK


@pytest.mark.parametrize("quantity", [0, -1, 10**30, True])
def test_a_bad_quantity_is_refused(trader: Trader, quantity: int) -> None:
    expected = RejectReason.CASH_SHORT if quantity == 10**30 else RejectReason.BAD_QUANTITY
    assert trader.refused(BUY, quantity, 10_000) is expected


def test_unknown_names_are_refused(exchange: PracticeExchange, trader: Trader) -> None:
    assert trader.refused(BUY, 1, 10_000, code="999999") is RejectReason.NO_SUCH_INSTRUMENT
    order = Submit("00000000-01", CODE, BUY, OrderType.LIMIT, DAY, 1, 10_000)
    assert exchange.submit(order) == Rejected(RejectReason.NO_SUCH_ACCOUNT)
    assert exchange.cancel("00000000-01", 1, None) == Rejected(RejectReason.NO_SUCH_ACCOUNT)


def test_a_halted_name_takes_no_order_from_accounts_but_keeps_its_book(
    exchange: PracticeExchange, trader: Trader
) -> None:
    assert trader.refused(BUY, 1, 5_000, code=HALTED) is RejectReason.HALTED
    exchange.rest(HALTED, BUY, 5_000, 10)
    state = exchange.state(HALTED)
    assert state is not None
    assert state.flags.halted
    assert exchange.best(HALTED, BUY) == 5_000


def test_an_etf_has_its_own_grid(trader: Trader) -> None:
    trader.order(BUY, 1, 40_005, code=ETF)
    assert trader.refused(BUY, 1, 40_003, code=ETF) is RejectReason.OFF_TICK


def test_a_refused_order_leaves_no_trace(exchange: PracticeExchange, trader: Trader) -> None:
    before = exchange.dump()
    trader.refused(BUY, 1, 10_005)
    trader.refused(SELL, 1, 10_010)
    trader.refused(BUY, 10**9, 10_010)
    assert exchange.dump() == before
