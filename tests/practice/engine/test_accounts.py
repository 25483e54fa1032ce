"""Cash, shares and reservations to the won (markets.md 4.1 to 4.6)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hoga.base.clock import KST
from hoga.domain.costs import FeeModel
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import BuyPower, Rejected, RejectReason
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.settings import EngineSettings, SelfMatch
from tests.practice.engine.small_market import CODE, ETF, KOSDAQ, START, Trader, lay_book, open_exchange

BUY, SELL = Side.BUY, Side.SELL
RATE = 140_527  # parts per billion
CASH = 50_000_000


def held_for(quantity: int, price: int) -> int:
    return -(-quantity * price * (10**9 + RATE) // 10**9)


@pytest.fixture
def exchange() -> PracticeExchange:
    exchange = open_exchange()
    lay_book(exchange, quantity=1_000)
    return exchange


@pytest.fixture
def trader(exchange: PracticeExchange) -> Trader:
    return Trader(exchange)


def test_real_and_paper_accounts_begin_with_their_cash(exchange: PracticeExchange) -> None:
    assert [exchange.cash(account.number).d0 for account in exchange.accounts()] == 2 * [CASH, CASH, 2 * CASH, 2 * CASH]
    assert all(not exchange.holdings(account.number) for account in exchange.accounts())


def test_a_working_buy_holds_its_limit_price_and_fee_rounded_up(trader: Trader) -> None:
    trader.order(BUY, 33, 9_950)
    cash = trader.cash
    assert (cash.reserved, cash.d2, cash.orderable) == (held_for(33, 9_950), CASH, CASH - held_for(33, 9_950))


@pytest.mark.parametrize("type", [OrderType.MARKET, OrderType.BEST, OrderType.PRIORITY])
def test_a_type_without_a_price_holds_the_upper_limit(trader: Trader, type: OrderType) -> None:
    most = CASH * 10**9 // (13_000 * (10**9 + RATE))
    assert trader.refused(BUY, most + 1, type=type) is RejectReason.CASH_SHORT
    trader.order(BUY, most, type=type)


def test_the_surplus_of_a_market_order_returns_with_its_fills(trader: Trader) -> None:
    trader.order(BUY, 100)
    fee = 100 * 10_010 * RATE // 10**9
    assert trader.cash.reserved == 0
    assert trader.cash.orderable == CASH - 1_001_000 - fee


def test_a_refusal_for_cash_says_how_much(trader: Trader) -> None:
    answer = trader.try_order(BUY, 6_000, 10_000)
    assert answer == Rejected(RejectReason.CASH_SHORT, held_for(6_000, 10_000), CASH)


def test_an_orders_fee_is_cut_once_however_often_it_fills(exchange: PracticeExchange, trader: Trader) -> None:
    number = trader.order(BUY, 700, 9_995 - 5)
    exchange.take(CODE, SELL, 1_000, 9_990)  # the house in front
    for part in (1, 3, 7, 689):
        exchange.take(CODE, SELL, part, 9_990)
    fills = trader.fills()
    assert [fill.quantity for fill in fills] == [1, 3, 7, 689]
    assert sum(fill.fee for fill in fills) == 700 * 9_990 * RATE // 10**9
    assert sum(fill.fee for fill in fills) > sum(fill.price * fill.quantity * RATE // 10**9 for fill in fills)
    assert trader.entry(number).filled_amount == 700 * 9_990


def test_a_sale_pays_both_taxes_each_cut_on_its_own(exchange: PracticeExchange, trader: Trader) -> None:
    trader.order(BUY, 33, 10_010)
    trader.order(SELL, 33, 9_990)
    amount = 33 * 9_990
    fill = trader.fills()[-1]
    assert fill.tax == amount * 5 // 10_000 + amount * 15 // 10_000 == 164 + 494
    assert amount * 20 // 10_000 == 659  # what one computation would have given
    assert fill.fee == amount * RATE // 10**9


def test_kosdaq_pays_one_tax_and_an_etf_none(exchange: PracticeExchange, trader: Trader) -> None:
    for code, tax in ((KOSDAQ, 10 * 99_900 * 20 // 10_000), (ETF, 0)):
        lay_book(exchange, code)
        trader.order(BUY, 10, code=code, type=OrderType.BEST)
        trader.order(SELL, 10, code=code)
        assert trader.fills()[-1].tax == tax


def test_shares_bought_can_be_sold_at_once_and_their_proceeds_used_again(trader: Trader) -> None:
    trader.order(BUY, 3_000, 10_030)
    before = trader.cash.orderable
    trader.order(SELL, 1_000, 9_990)
    gained = trader.fills()[-1]
    assert trader.cash.orderable - before == 1_000 * 9_990 - gained.fee - gained.tax


def test_nothing_is_sold_twice(trader: Trader) -> None:
    assert trader.refused(SELL, 1, 10_000) is RejectReason.NOTHING_HELD
    trader.order(BUY, 100, 10_010)
    trader.order(SELL, 60, 11_000)
    assert trader.try_order(SELL, 41, 11_000) == Rejected(RejectReason.SHARES_SHORT, 41, 40)
    holding = trader.holding()
    assert holding is not None
    assert (holding.quantity, holding.sellable) == (100, 40)
    trader.order(SELL, 40, 11_000)
    assert trader.refused(SELL, 1, 11_000) is RejectReason.SHARES_SHORT


def test_what_a_cancel_releases_is_usable_at_once(trader: Trader) -> None:
    number = trader.order(BUY, 4_990, 10_000)
    trader.exchange.cancel(trader.account, number, 990)
    assert trader.cash.reserved == held_for(4_000, 10_000)
    trader.exchange.cancel(trader.account, number, None)
    assert (trader.cash.reserved, trader.cash.orderable) == (0, CASH)


def test_the_average_price_stays_when_a_part_is_sold(exchange: PracticeExchange, trader: Trader) -> None:
    trader.order(BUY, 1_500, 10_020)  # 1,000 at 10,010 and 500 at 10,020
    cost = 1_000 * 10_010 + 500 * 10_020
    trader.order(SELL, 800, 9_990)
    holding = trader.holding()
    assert holding is not None
    # Half a won counts up: 8,010,666.67 leave of 15,020,000.
    assert holding.cost == cost - 8_010_667
    trader.order(SELL, 700)
    gone = trader.holding()
    assert gone is not None
    assert (gone.quantity, gone.cost, gone.bought_today, gone.sold_today) == (0, 0, 1_500, 1_500)


def test_a_sold_out_holding_is_listed_until_it_has_settled(exchange: PracticeExchange, trader: Trader) -> None:
    trader.order(BUY, 10, 10_010)
    trader.order(SELL, 10)
    exchange.advance(START + timedelta(days=1))
    listed = trader.holding()
    assert listed is not None
    assert (listed.bought_today, listed.bought_yesterday, listed.sold_yesterday) == (0, 10, 10)
    exchange.advance(START + timedelta(days=2))
    assert trader.holding() is None


def test_cash_settles_two_settlement_days_later(exchange: PracticeExchange, trader: Trader) -> None:
    trader.order(BUY, 100, 10_010)
    fee = 1_001_000 * RATE // 10**9
    left = CASH - 1_001_000 - fee
    seen = []
    for days in range(3):
        exchange.advance(START + timedelta(days=days))
        seen.append((trader.cash.d0, trader.cash.d1, trader.cash.d2))
    assert seen == [(CASH, CASH, left), (CASH, left, left), (left, left, left)]


def test_a_weekend_moves_no_cash(trader: Trader, exchange: PracticeExchange) -> None:
    friday = datetime(2026, 11, 20, 10, 0, tzinfo=KST)
    exchange.advance(friday)
    trader.order(BUY, 100, 10_010)
    left = trader.cash.d2
    exchange.advance(friday + timedelta(days=1))  # Saturday: a trading date of Practice, no settlement day
    trader.order(SELL, 100)
    both = trader.cash.d2
    assert (trader.cash.d0, trader.cash.d1) == (CASH, CASH)
    exchange.advance(friday + timedelta(days=3))  # Monday
    assert (trader.cash.d0, trader.cash.d1, trader.cash.d2) == (CASH, both, both)
    exchange.advance(friday + timedelta(days=4))  # Tuesday: both settle, since neither day of the weekend counts
    assert (trader.cash.d0, left != both) == (both, True)


def test_day_figures_become_yesterdays(exchange: PracticeExchange, trader: Trader) -> None:
    trader.order(BUY, 100, 10_010)
    trader.order(SELL, 40)
    costs = sum(fill.fee + fill.tax for fill in trader.fills())
    today = trader.cash
    assert (today.bought_today, today.sold_today, today.costs_today) == (1_001_000, 399_600, costs)
    exchange.advance(START + timedelta(days=1))
    cash = trader.cash
    assert (cash.bought_today, cash.bought_yesterday, cash.sold_yesterday, cash.costs_yesterday) == (
        0,
        1_001_000,
        399_600,
        costs,
    )
    exchange.advance(START + timedelta(days=2))
    assert trader.cash.bought_yesterday == 0


def test_buy_power_is_exactly_what_an_order_may_use(trader: Trader) -> None:
    for type, limit in ((OrderType.LIMIT, 9_950), (OrderType.MARKET, None), (OrderType.LIMIT, None)):
        power = trader.exchange.buy_power(trader.account, CODE, type, limit)
        assert isinstance(power, BuyPower)
        assert power.unit_price == (limit or 13_000)
        assert held_for(power.quantity, power.unit_price) <= power.cash < held_for(power.quantity + 1, power.unit_price)
    assert trader.refused(BUY, power.quantity + 1) is RejectReason.CASH_SHORT
    trader.order(BUY, power.quantity)


def test_buy_power_of_nothing_known_is_refused(trader: Trader) -> None:
    ask = trader.exchange.buy_power
    assert ask(trader.account, "999999", OrderType.MARKET, None) == Rejected(RejectReason.NO_SUCH_INSTRUMENT)
    assert ask("nobody", CODE, OrderType.MARKET, None) == Rejected(RejectReason.NO_SUCH_ACCOUNT)


def test_the_fee_of_paper_accounts_can_be_set() -> None:
    exchange = open_exchange(settings=EngineSettings(paper_fee=FeeModel(3_500_000)))
    lay_book(exchange)
    paper = Trader(exchange, 2)
    paper.order(BUY, 100, 10_010)
    assert paper.fills()[0].fee == 3_503
    assert paper.entry(paper.fills()[0].number).branch == "00950"


def test_an_account_that_trades_with_itself_is_told(
    exchange: PracticeExchange, caplog: pytest.LogCaptureFixture
) -> None:
    trader = Trader(exchange)
    trader.order(BUY, 1_000, 10_010)
    trader.order(SELL, 10, 10_010)
    with caplog.at_level("WARNING"):
        trader.order(BUY, 10, 10_010)
    bought, sold = trader.fills()[-2:]
    assert (bought.side, sold.side, bought.execution) == (BUY, SELL, sold.execution)
    assert bought.self_match
    assert sold.self_match
    assert "its own account" in caplog.text
    assert trader.account not in caplog.text


def test_self_matching_can_be_prevented() -> None:
    exchange = open_exchange(settings=EngineSettings(self_match=SelfMatch.CANCEL_NEWEST))
    lay_book(exchange)
    trader = Trader(exchange)
    trader.order(BUY, 50, 10_010)
    resting = trader.order(SELL, 50, 10_010)
    arriving = trader.entry(trader.order(BUY, 80, 10_010))
    # The house's 50 stand in front of its own order; what would meet it is cancelled.
    assert (arriving.filled, arriving.cancelled) == (50, 30)
    assert trader.entry(resting).remaining == 50
    assert trader.entry(trader.order(BUY, 1, 10_010, tif=TimeInForce.FOK)).filled == 0
    assert not any(fill.self_match for fill in trader.fills())
