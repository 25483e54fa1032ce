"""Orders through KisBroker on virtual time: whole lives, numbers, refusals, and what each fault comes to."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hoga.broker.kis.wording import WORDING
from hoga.broker.port import (
    Accepted,
    NewOrder,
    NotSent,
    OutcomeUnknown,
    Refused,
)
from hoga.domain.broker_orders import NoticeKind, OrderNotice, RequestKind
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.practice.api import Environment, Submit
from tests.broker.helpers import START, until
from tests.broker.kis_desk import BOTH, SAMSUNG, Desk, play, target


@BOTH
def test_a_whole_life_place_reprice_reduce_cancel(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        assert low is not None
        placed = await desk.buy(10, low)
        moved = await desk.broker.reprice(target(placed, 10), Price(low.units + 500))
        assert isinstance(moved, Accepted)
        reduced = await desk.broker.reduce(target(moved, 10), Shares(4))
        assert isinstance(reduced, Accepted)
        cancelled = await desk.broker.cancel(target(moved, 6))
        assert isinstance(cancelled, Accepted)
        rows = await desk.rows()
        new, reprice, reduce, cancel = (rows[each.number.number] for each in (placed, moved, reduced, cancelled))
        assert (new.kind, new.remaining, new.limit) == (RequestKind.NEW, Shares(0), low)
        assert (reprice.kind, reprice.original, reprice.cancelled) == (RequestKind.REPRICE, placed.number, Shares(10))
        assert (reduce.quantity, cancel.quantity) == (Shares(4), Shares(6))
        assert reduce.original == cancel.original == moved.number
        assert all(row.filled == Shares(0) and row.side is Side.BUY for row in rows.values())
        again = await desk.broker.cancel(target(moved, 6))
        assert isinstance(again, Refused) and again.text and again.why.code.startswith("KIS_")
        await until(lambda: len(desk.of(OrderNotice)) >= 8)
        noticed = {(notice.number, notice.kind) for notice in desk.of(OrderNotice)}
        assert {(each.number, NoticeKind.CONFIRMED) for each in (placed, moved, reduced, cancelled)} <= noticed

    play(environment, story)


@BOTH
def test_answers_lists_and_notices_give_an_order_one_number(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        placed = await desk.buy(5, None)
        await until(lambda: [each for each in desk.of(OrderNotice) if each.kind is NoticeKind.FILLED])
        rows = await desk.rows()
        row = rows[placed.number.number]
        fills = [notice for notice in desk.of(OrderNotice) if notice.kind is NoticeKind.FILLED]
        assert row.number == placed.number == fills[0].number
        assert sum(fill.quantity.count for fill in fills) == row.filled.count == 5
        assert sum(fill.price.units * fill.quantity.count for fill in fills) == row.filled_amount.units
        own = desk.practice.assembly.exchange.fills(desk.number, row.number.trading_date, row.number.trading_date)
        assert [(fill.price.units, fill.quantity.count) for fill in fills] == [(e.price, e.quantity) for e in own]

    play(environment, story)


@BOTH
def test_refusals_carry_the_broker_s_words_and_ours(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        quote = await desk.broker.quote(SAMSUNG)
        assert quote.upper_limit is not None and quote.lower_limit is not None

        async def refusal(side: Side, quantity: int, limit: Price) -> Refused:
            order = NewOrder(SAMSUNG, side, OrderType.LIMIT, TimeInForce.DAY, Shares(quantity), limit)
            outcome = await desk.broker.place(order)
            assert isinstance(outcome, Refused), outcome
            return outcome

        for outcome in (
            await refusal(Side.BUY, 1, Price(quote.last.units + 1)),
            await refusal(Side.BUY, 1, Price(quote.upper_limit.units + 500)),
            await refusal(Side.BUY, 10**6, quote.lower_limit),
            await refusal(Side.SELL, 1, quote.last),
        ):
            known = f"KIS_{outcome.code}"
            assert outcome.code and outcome.text
            assert outcome.why.code == (known if known in WORDING else "KIS_CODE_UNKNOWN")
            assert (outcome.why.values["code"], outcome.why.values["text"]) == (outcome.code, outcome.text)
        assert await desk.rows() == {}

    play(environment, story)


@pytest.mark.parametrize(
    ("tif", "type", "filled"),
    [
        (TimeInForce.IOC, OrderType.LIMIT, 0),
        (TimeInForce.FOK, OrderType.LIMIT, 0),
        (TimeInForce.IOC, OrderType.MARKET, 3),
        (TimeInForce.FOK, OrderType.BEST, 3),
    ],
)
def test_ioc_and_fok_end_at_once(tif: TimeInForce, type: OrderType, filled: int) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        limit = low if type.carries_price else None
        placed = await desk.broker.place(NewOrder(SAMSUNG, Side.BUY, type, tif, Shares(3), limit))
        assert isinstance(placed, Accepted)
        row = (await desk.rows())[placed.number.number]
        assert (row.type, row.tif, row.filled, row.remaining) == (type, tif, Shares(filled), Shares(0))
        last = NoticeKind.FILLED if filled else NoticeKind.REST_CANCELLED
        await until(lambda: desk.of(OrderNotice) and desk.of(OrderNotice)[-1].kind is last)

    play(Environment.REAL, story)


def test_the_list_shows_where_an_order_came_from() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        assert low is not None
        ours = await desk.buy(1, low)
        wish = Submit(
            desk.number, "005930", Side.BUY, OrderType.LIMIT, TimeInForce.DAY, 1, low.units, Venue.KRX, "phone"
        )
        desk.practice.assembly.exchange.submit(wish)
        channels = {number: row.channel for number, row in (await desk.rows()).items()}
        assert len(set(channels.values())) == 2 and channels[ours.number.number] == "OpnAPI"

    play(Environment.REAL, story)


@pytest.mark.parametrize(
    ("kind", "outcome", "arrived"),
    [
        ("cut before", OutcomeUnknown, 0),
        ("hang before", OutcomeUnknown, 0),
        ("cut after", OutcomeUnknown, 1),
        ("hang after", OutcomeUnknown, 1),
        ("error after", OutcomeUnknown, 1),
        ("no number", OutcomeUnknown, 1),
        ("garbled", OutcomeUnknown, 1),
        ("expire tokens", NotSent, 0),
    ],
)
def test_each_fault_of_an_order_has_its_outcome_and_nothing_is_sent_twice(
    kind: str, outcome: type[Any], arrived: int
) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        desk.practice.assembly.runner.set_paused(True)
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        desk.practice.assembly.faults.add({"kind": kind, "operations": ["new"], "count": 1})
        said = await desk.broker.place(NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(2), low))
        assert isinstance(said, outcome), said
        await asyncio.sleep(100)
        exchange = desk.practice.assembly.exchange
        assert len(exchange.orders(desk.number, START.date(), START.date())) == arrived

    play(Environment.REAL, story)


def test_an_order_answered_later_than_our_patience_is_found_in_the_list() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        desk.practice.assembly.faults.add({"kind": "late", "operations": ["new"], "count": 1, "seconds": 25})
        order = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(2), low)
        assert isinstance(await desk.broker.place(order), OutcomeUnknown)
        assert await desk.rows() == {}
        await asyncio.sleep(15)
        ((number, row),) = (await desk.rows()).items()
        assert number and row.quantity == Shares(2) and row.remaining == Shares(2)

    play(Environment.REAL, story)
