"""Reads over real sockets: every field as the exchange itself has it, on both hosts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote as quoted

import pytest

from hoga.broker.port import NotFound, NotSupported
from hoga.domain.accounts import WireProfile
from hoga.domain.english_names import english_name
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Period
from hoga.domain.tickets import OrderType
from hoga.domain.values import Shares
from tests.broker.real_desk import BOTH, FAST, HYNIX, SAMSUNG, RealDesk, World, as_json, world

REAL = WireProfile.KIS_REAL


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("exchange"), *FAST) as made:
        yield made


@BOTH
def test_quote_and_book(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        quote, book = await desk.broker.quote(SAMSUNG), await desk.broker.book(SAMSUNG)
        market = desk.market()
        state = market["state"]
        assert {name: getattr(quote, name).units for name in ("last", "base", "open", "high", "low")} == {
            name: state[name] for name in ("last", "base", "open", "high", "low")
        }
        assert (quote.upper_limit.units, quote.lower_limit.units) == (state["upper"], state["lower"])
        assert (quote.volume, quote.amount.units, quote.tick) == (state["volume"], state["amount"], state["tick"])
        shown = as_json(book)
        for side in ("asks", "bids", "total_ask", "total_bid"):
            assert shown[side] == market["book"][side], side
        assert len(book.asks) == len(book.bids) == 10

    exchange.play(profile, story)


@BOTH
def test_candles_of_every_period(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        now = desk.link.clock.now()
        for period, days in ((Period.DAY, 250), (Period.WEEK, 400), (Period.MONTH, 900), (Period.YEAR, 1500)):
            start = now - timedelta(days=days)
            own = desk.world.get(
                f"/candles/005930?period={period.value}&start={quoted(start.isoformat())}&end={quoted(now.isoformat())}"
            )
            assert [as_json(one) for one in await desk.broker.candles(SAMSUNG, period, start, now)] == own != []

    exchange.play(profile, story)


@BOTH
def test_minutes_of_today_and_of_a_past_day(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        now = desk.link.clock.now().replace(second=0, microsecond=0)
        for start, end in ((now - timedelta(hours=2), now), (now - timedelta(days=1), now - timedelta(hours=22))):
            if profile is WireProfile.KIS_PAPER and end < now:
                with pytest.raises(NotSupported):
                    await desk.broker.candles(SAMSUNG, Period.MINUTE, start, end)
                continue
            own = desk.world.get(
                f"/candles/005930?period=1m&start={quoted(start.isoformat())}&end={quoted(end.isoformat())}"
            )
            found = await desk.broker.candles(SAMSUNG, Period.MINUTE, start, end)
            assert [as_json(one) for one in found] == own
            assert len(own) > 100

    exchange.play(profile, story)


def test_the_symbol_master(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        read = await desk.broker.instruments()
        found = {one.code: one for one in read}
        caps = [one.market_cap.units for one in read if one.market_cap is not None]
        assert [one.id for one in read[:2]] == [SAMSUNG, HYNIX]
        assert len(caps) > 55 and caps == sorted(caps, reverse=True)
        listed = {row["code"]: row for row in desk.world.get("/market")}
        assert len(found) == len(listed)
        for code, row in listed.items():
            one = found.get(code) or found[f"Q{code}"]
            assert (one.name_ko, one.product.value, one.flags.halted) == (
                row["name"],
                row["product"],
                row["flags"]["halted"],
            )
            assert one.name_en == english_name(code) != ""

    exchange.play(REAL, story)


@BOTH
def test_balance_orderable_and_sellable(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.buy(7, None)
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        await desk.buy(2, low)
        balance, own = await desk.broker.balance(), desk.world.get(f"/accounts/{desk.number}")
        cash, held = balance.cash[0], {row["code"]: row for row in own["holdings"]}["005930"]
        assert (cash.today.units, cash.settled_d2.units) == (own["cash"]["d0"], own["cash"]["d2"])
        assert balance.costs_today.units == own["cash"]["costs_today"]
        holding = next(one for one in balance.holdings if one.instrument == SAMSUNG)
        assert (holding.quantity.count, holding.sellable.count) == (held["quantity"], held["sellable"])
        assert (holding.cost.units, holding.bought_today.count) == (held["cost"], held["bought_today"])
        assert (await desk.broker.sellable(SAMSUNG)).count == held["sellable"]
        assert await desk.broker.sellable(HYNIX) == Shares(0)
        power = await desk.broker.orderable(SAMSUNG, OrderType.LIMIT, low)
        whole = own["cash"]["orderable"]
        assert power.unit_price == low
        assert 0 <= whole - power.shares.count * low.units < low.units + whole // 1000  # costs come on top

    exchange.play(profile, story)


@BOTH
def test_trading_days(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        today = desk.link.clock.now().date()
        assert [await desk.broker.is_trading_day(today + timedelta(days=n)) for n in range(3)] == [True] * 3

    exchange.play(profile, story)


@BOTH
def test_an_unknown_symbol_is_not_found(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        nobody = InstrumentId("999999")
        for read in (desk.broker.quote, desk.broker.book):
            with pytest.raises(NotFound) as caught:
                await read(nobody)
            assert caught.value.message.code == "BROKER_NO_SUCH_INSTRUMENT"
        now = desk.link.clock.now()
        with pytest.raises(NotFound):
            await desk.broker.candles(nobody, Period.DAY, now - timedelta(days=9), now)

    exchange.play(profile, story)
