"""Market and account reads of KisBroker agree with the exchange behind the door, in both dialects, on virtual time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from hoga.broker.port import (
    NotFound,
)
from hoga.domain.instruments import InstrumentId, ProductType, Venue
from hoga.domain.market_data import Period
from hoga.domain.tickets import OrderType, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.practice.api import Environment
from tests.broker.helpers import START
from tests.broker.kis_desk import BOTH, HYNIX, SAMSUNG, Desk, play


@BOTH
def test_quote_and_book_are_the_exchange_s_own(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await asyncio.sleep(60)
        exchange = desk.practice.assembly.exchange
        desk.practice.assembly.runner.set_paused(True)
        quote, book = await desk.broker.quote(SAMSUNG), await desk.broker.book(SAMSUNG)
        state, own = exchange.state("005930"), exchange.book("005930")
        assert state is not None and own is not None
        assert (quote.last.units, quote.base.units, quote.volume) == (state.last, state.base, state.volume)
        assert quote.amount.units == state.amount and quote.tick == state.tick
        assert quote.upper_limit == Price(state.upper) and quote.lower_limit == Price(state.lower)
        assert book.asks == own.asks and book.bids == own.bids and len(book.asks) == 10
        with pytest.raises(NotFound):
            await desk.broker.quote(InstrumentId("999999"))

    play(environment, story)


@BOTH
def test_candles_are_the_exchange_s_own(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await asyncio.sleep(100)
        desk.practice.assembly.runner.set_paused(True)
        now = desk.practice.clock.now()
        exchange = desk.practice.assembly.exchange
        for period, days in ((Period.DAY, 300), (Period.WEEK, 800), (Period.MONTH, 1000), (Period.MINUTE, 0.01)):
            start = now - timedelta(days=days)
            found = await desk.broker.candles(SAMSUNG, period, start, now)
            assert list(found) == list(exchange.candles("005930", period, start, now)), period
            assert len(found) > 5

    play(environment, story)


def test_minutes_of_past_days_join_on_without_a_hole() -> None:
    async def story(desk: Desk) -> None:
        start, end = START - timedelta(days=2), START - timedelta(hours=20)
        found = await desk.broker.candles(SAMSUNG, Period.MINUTE, start, end)
        assert list(found) == list(desk.practice.assembly.exchange.candles("005930", Period.MINUTE, start, end))
        assert len(found) > 400

    play(Environment.REAL, story)


def test_the_symbol_files_hold_every_listing() -> None:
    async def story(desk: Desk) -> None:
        found = {each.code: each for each in await desk.broker.instruments()}
        listed = desk.practice.assembly.exchange.instruments()
        assert len(found) == len(listed) >= 60
        for code, instrument in listed.items():
            read = found.get(code) or found[f"Q{code}"]
            assert (read.name_ko, read.market, read.product) == (
                instrument.name_ko,
                instrument.market,
                instrument.product,
            )
            assert read.limit_multiple == instrument.limit_multiple, code
            assert read.flags.halted == instrument.flags.halted and read.flags.managed == instrument.flags.managed
        assert {ProductType.STOCK, ProductType.ETF, ProductType.ETN} <= {each.product for each in found.values()}
        asked = len(desk.practice.assembly.record.entries())
        await desk.broker.instruments()
        assert len(desk.practice.assembly.record.entries()) == asked  # once a day

    play(Environment.REAL, story)


@BOTH
def test_balance_orderable_and_sellable_after_a_purchase(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        before = await desk.broker.balance()
        assert before.holdings == () and before.cash[0].settled_d2.units > 0
        await desk.buy(7, None)
        exchange = desk.practice.assembly.exchange
        after, cash = await desk.broker.balance(), exchange.cash(desk.number)
        (holding,) = after.holdings
        (held,) = exchange.holdings(desk.number)
        assert (holding.instrument, holding.quantity, holding.sellable) == (SAMSUNG, Shares(7), Shares(7))
        assert holding.cost.units == held.cost and holding.bought_today == Shares(7)
        assert (after.cash[0].today.units, after.cash[0].settled_d2.units) == (cash.d0, cash.d2)
        assert after.costs_today.units == cash.costs_today
        assert await desk.broker.sellable(SAMSUNG) == Shares(7)
        assert await desk.broker.sellable(HYNIX) == Shares(0)
        quote = await desk.broker.quote(SAMSUNG)
        for type, limit in ((OrderType.LIMIT, quote.lower_limit), (OrderType.MARKET, None)):
            power = exchange.buy_power(desk.number, "005930", type, limit.units if limit else None)
            found = await desk.broker.orderable(SAMSUNG, type, limit)
            assert (found.shares.count, found.unit_price.units) == (power.quantity, power.unit_price)

    play(environment, story)


@BOTH
def test_trading_days_and_capabilities(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        able = desk.broker.capabilities
        real = environment is Environment.REAL
        assert (able.sellable_query, able.trading_days, able.past_minutes) == (real, real, real)
        ioc = (OrderType.LIMIT, TimeInForce.IOC, Venue.KRX)
        assert (ioc in able.types) is real and (OrderType.LIMIT, TimeInForce.DAY, Venue.KRX) in able.types
        for day in range(9):
            assert await desk.broker.is_trading_day(START.date() + timedelta(days=day))
        asked = [each for each in desk.practice.assembly.record.entries() if each.path.endswith("chk-holiday")]
        assert len(asked) == (1 if real else 0)

    play(environment, story)
