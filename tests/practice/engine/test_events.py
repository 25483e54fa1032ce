"""What listeners are told, and in which order; the tape; the house's desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.tickets import Side
from hoga.practice.api import Exchange, ExchangeEvent, HouseDesk, NewsKind, OrderNews
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger, LedgerError
from tests.practice.engine.small_market import CODE, LISTINGS, SEED, START, MemoryBars, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange)
    exchange.publish()
    return exchange


def told(exchange: PracticeExchange) -> list[ExchangeEvent]:
    heard: list[ExchangeEvent] = []
    exchange.subscribe(heard.append)
    return heard


def test_it_is_what_doors_and_market_models_expect(exchange: PracticeExchange) -> None:
    for protocol in (Exchange, HouseDesk):
        for name in vars(protocol):
            assert name.startswith("_") or hasattr(exchange, name), name


def test_an_orders_whole_story_in_order(exchange: PracticeExchange) -> None:
    heard = told(exchange)
    Trader(exchange).order(BUY, 150, 10_020)
    shape = [event.kind if isinstance(event, OrderNews) else type(event) for event in heard]
    assert shape == [
        NewsKind.ACCEPTED,
        NewsKind.CONFIRMED,
        Trade,
        NewsKind.FILLED,
        Trade,
        NewsKind.FILLED,
        Book,
    ]
    entries = [event.entry for event in heard if isinstance(event, OrderNews)]
    assert [(entry.filled, entry.remaining) for entry in entries] == [(0, 150), (0, 150), (100, 50), (150, 0)]


def test_news_comes_only_after_the_ledger_has_it(exchange: PracticeExchange) -> None:
    trader = Trader(exchange)
    ledger = exchange._core.ledger
    today = exchange.trading_date()
    seen: list[bool] = []

    def look(event: ExchangeEvent) -> None:
        if isinstance(event, OrderNews):
            on_disk = {entry.number for entry in ledger.orders(trader.account, today, today)}
            fills = ledger.fills(trader.account, today, today)
            seen.append(event.entry.number in on_disk and (event.fill is None or event.fill in fills))

    exchange.subscribe(look)
    trader.order(BUY, 150, 10_020)
    assert seen == [True] * 4


def test_a_trade_carries_the_days_figures_and_both_quotes(exchange: PracticeExchange) -> None:
    heard = told(exchange)
    exchange.advance(START + timedelta(seconds=1))
    exchange.take(CODE, BUY, 150, 10_020)
    exchange.take(CODE, SELL, 10, 9_990)
    one, two, three = (event for event in heard if isinstance(event, Trade))
    assert (one.price_units, one.quantity, one.aggressor, one.change_units) == (10_010, 100, Aggressor.BUYER, 10)
    assert (one.ask_units, one.bid_units) == (10_020, 9_990)
    assert (two.day_volume, two.day_amount_units) == (150, 1_001_000 + 501_000)
    assert (two.ask_units, two.open_units, two.high_units, two.low_units) == (10_020, 10_010, 10_020, 10_010)
    assert (three.aggressor, three.price_units, three.low_units) == (Aggressor.SELLER, 9_990, 9_990)
    assert (three.ask_units, three.bid_units, three.session) == (10_020, 9_990, MarketSession.REGULAR)
    assert three.at == START + timedelta(seconds=1)
    assert list(exchange.trades(CODE, 2)) == [three, two]


def test_in_a_sweep_each_trade_names_the_quote_it_left(exchange: PracticeExchange) -> None:
    exchange.take(CODE, BUY, 250, 10_030)
    quotes = [(trade.price_units, trade.ask_units) for trade in reversed(exchange.trades(CODE, 3))]
    assert quotes == [(10_010, 10_020), (10_020, 10_030), (10_030, 10_030)]


def test_a_changed_book_is_told_before_time_moves_on(exchange: PracticeExchange) -> None:
    heard = told(exchange)
    exchange.rest(CODE, BUY, 9_960, 5)
    exchange.advance(START + timedelta(seconds=1))
    assert [event.at for event in heard] == [START]  # type: ignore[union-attr]


def test_one_book_a_step_however_many_changes(exchange: PracticeExchange) -> None:
    heard = told(exchange)
    for price in (9_960, 9_950, 9_940):
        exchange.rest(CODE, BUY, price, 5)
    assert heard == []
    exchange.publish()
    (book,) = heard
    assert isinstance(book, Book)
    assert book.bids[-1] == Level(9_940, 5)
    assert (book.total_bid, book.total_ask) == (315, 300)
    exchange.rest(CODE, BUY, 9_930, 5)
    exchange.withdraw(CODE, BUY, 9_930, 5)
    exchange.publish()
    assert len(heard) == 1  # it looks as it did


def test_what_happens_below_the_tenth_level_is_not_told(exchange: PracticeExchange) -> None:
    heard = told(exchange)
    for step in range(10):
        exchange.rest(CODE, BUY, 9_960 - 10 * step, 5)
    exchange.publish()
    heard.clear()
    exchange.rest(CODE, BUY, 9_000, 5)
    exchange.publish()
    assert heard == []
    book = exchange.book(CODE)
    assert book is not None
    assert len(book.bids) == 10


def test_a_listener_that_calls_back_is_answered_after_what_it_missed(exchange: PracticeExchange) -> None:
    trader, other = Trader(exchange), Trader(exchange, 1)
    heard: list[tuple[NewsKind, str]] = []

    def listen(event: ExchangeEvent) -> None:
        if isinstance(event, OrderNews):
            heard.append((event.kind, event.entry.account))
            if event.kind is NewsKind.ACCEPTED and event.entry.account == trader.account:
                other.order(BUY, 1, 9_000)

    exchange.subscribe(listen)
    later = told(exchange)
    trader.order(BUY, 10, 10_010)
    assert [(n.kind, n.entry.account) for n in later if isinstance(n, OrderNews)] == heard
    assert [account for _, account in heard] == [trader.account] * 3 + [other.account] * 2


def test_a_listener_may_order_in_answer_to_whatever_it_hears(exchange: PracticeExchange) -> None:
    """Every step is finished before it is told, so an answer finds a whole exchange: uncrossed, on the right date."""
    trader = Trader(exchange)
    trader.order(BUY, 10, 9_990)
    answers: list[int] = []

    def answer(event: ExchangeEvent) -> None:
        if (
            isinstance(event, OrderNews)
            and event.entry.quantity == 10
            and event.kind in (NewsKind.FILLED, NewsKind.EXPIRED)
        ):
            answers.append(trader.order(BUY, 5, 9_990))

    exchange.subscribe(answer)
    exchange.rest(CODE, SELL, 9_990, 150)  # 100 of the house, the trader's 10, and 40 that wait
    assert trader.entry(answers[0]).filled == 5
    assert exchange.depth(CODE, SELL, 1) == [(9_990, 35, 35)]
    trader.order(BUY, 10, 9_000)
    exchange.advance(START + timedelta(days=1))
    assert len(answers) == 2
    assert trader.entry(answers[1]).trading_date == exchange.trading_date()


def test_unsubscribing_is_final(exchange: PracticeExchange) -> None:
    heard: list[ExchangeEvent] = []
    undo = exchange.subscribe(heard.append)
    undo()
    undo()
    exchange.take(CODE, BUY, 1, 10_010)
    assert heard == []


def test_the_house_meets_an_accounts_order(exchange: PracticeExchange) -> None:
    trader = Trader(exchange)
    number = trader.order(BUY, 10, 9_995 - 5)
    heard = told(exchange)
    exchange.rest(CODE, SELL, 9_990, 105)
    assert [event.kind for event in heard if isinstance(event, OrderNews)] == [NewsKind.FILLED]
    assert trader.entry(number).filled == 5
    assert exchange.depth(CODE, BUY, 1) == [(9_990, 5, 0)]


def test_the_house_sees_its_own_part_of_a_level(exchange: PracticeExchange) -> None:
    Trader(exchange).order(BUY, 10, 9_990)
    assert exchange.depth(CODE, BUY, 2) == [(9_990, 110, 100), (9_980, 100, 100)]
    assert exchange.withdraw(CODE, BUY, 9_990, 500) == 100
    assert exchange.depth(CODE, BUY, 1) == [(9_990, 10, 0)]


def test_what_the_house_cannot_take_does_not_rest(exchange: PracticeExchange) -> None:
    assert exchange.take(CODE, BUY, 150, 10_010) == 100
    assert exchange.best(CODE, BUY) == 9_990


@pytest.mark.parametrize(("price", "quantity"), [(10_005, 1), (13_010, 1), (6_990, 1), (10_000, 0), (0, 1)])
def test_the_house_keeps_to_grid_and_limits(exchange: PracticeExchange, price: int, quantity: int) -> None:
    before = exchange.dump()
    with pytest.raises(ValueError, match="cannot deal"):
        exchange.rest(CODE, BUY, price, quantity)
    with pytest.raises(ValueError, match="cannot deal"):
        exchange.take(CODE, BUY, quantity, price)
    assert exchange.dump() == before


def test_state_of_the_day(exchange: PracticeExchange) -> None:
    exchange.take(CODE, BUY, 10, 10_010)
    state = exchange.state(CODE)
    assert state is not None
    assert (state.last, state.base, state.upper, state.lower, state.tick) == (10_010, 10_000, 13_000, 7_000, 10)
    assert (state.volume, state.buy_volume, state.sell_volume, state.open_at) == (10, 10, 0, START)
    assert exchange.state("999999") is None
    assert exchange.book("999999") is None
    assert exchange.trades("999999", 5) == []


class FullDisk(Ledger):
    """A ledger whose disk is full from some moment on."""

    full = False

    def commit(self, orders, fills, at) -> None:  # type: ignore[no-untyped-def]
        if self.full:
            raise LedgerError("the ledger cannot be written: disk full")
        super().commit(orders, fills, at)


def test_an_exchange_that_cannot_write_tells_nothing_and_stops() -> None:
    ledger = FullDisk.open(":memory:", seed=SEED)
    assert isinstance(ledger, FullDisk)
    exchange = PracticeExchange(LISTINGS, MemoryBars(), ledger, START)
    lay_book(exchange)
    heard = told(exchange)
    trader = Trader(exchange)
    ledger.full = True
    with pytest.raises(LedgerError, match="disk full"):
        trader.order(BUY, 10, 10_010)
    assert not heard
    ledger.full = False
    for act in (lambda: trader.order(BUY, 1, 9_000), lambda: exchange.take(CODE, BUY, 1, 10_500), lambda: trader.cash):
        with pytest.raises(LedgerError, match="start again"):
            act()
