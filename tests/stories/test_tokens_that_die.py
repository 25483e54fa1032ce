"""Tokens die while two desks trade over real sockets: every order is there once, and none is unknown."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from hoga.app import DeskOptions
from hoga.app.connections import OpenConnections, open_connections
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.ticks import price_grid
from hoga.domain.values import Price, Shares
from hoga.trading.connections import Standing
from hoga.trading.facade import Desk
from hoga.trading.views import Consent, MustAsk, Submitted
from tests.support.practice_process import practice
from tests.ui.whole.conftest import Control

SAMSUNG = InstrumentId("005930")
ROUNDS = 2
_PATIENCE = 25.0


async def until(true: Callable[[], bool], what: str) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    while not true():  # another process is waited for
        assert loop.time() < end, what
        await asyncio.sleep(0.02)


async def far_price(desk: Desk) -> Price:
    await desk.instruments()
    best, known = (await desk.book(SAMSUNG)).best_bid, desk.instrument(SAMSUNG)
    assert best is not None and isinstance(known, Known)
    return price_grid(known.value, desk.schedule.rules_day(desk.clock.now().date())).step(best, -12)


async def sent(desk: Desk, quantity: int, price: Price) -> OrderId:
    """Whatever is asked is agreed to: what is judged here is what becomes of it afterwards."""
    ticket = Ticket(desk.new_ticket_id(), desk.account, SAMSUNG, Side.BUY, OrderType.LIMIT, Shares(quantity), price)
    answer, consent = await desk.submit(ticket), Consent()
    while isinstance(answer, MustAsk):
        consent = Consent(consent.codes | {question.code for question in answer.questions}, "seen")
        answer = await desk.submit(ticket, consent)
    assert isinstance(answer, Submitted), answer
    return answer.order


async def a_round(desk: Desk, base: int, price: Price) -> list[OrderId]:
    """Its token is dead: an order, an order that is cancelled, and reads, all at once. The orders that stay."""
    reads = [asyncio.create_task(desk.quote(SAMSUNG)), asyncio.create_task(desk.reconcile())]
    kept, gone = await asyncio.gather(sent(desk, base, price), sent(desk, base + 1, price))
    await until(lambda: settled(desk, gone) and settled(desk, kept), "their outcomes")
    await desk.cancel(gone)
    await until(lambda: state(desk, gone) is OrderState.CANCELLED, "the cancel")
    await asyncio.gather(*reads)
    return [kept]


async def a_minute_later(desks: list[Desk], since: datetime) -> None:
    """A broker gives a token once in a minute of market time."""
    await until(lambda: all(desk.clock.now() - since > timedelta(seconds=65) for desk in desks), "a market minute")


def state(desk: Desk, id: OrderId) -> OrderState:
    order = desk.order(id)
    assert order is not None
    return order.state


def settled(desk: Desk, id: OrderId) -> bool:
    order = desk.order(id)
    return order is not None and all(request.state.settled for request in order.requests)


def test_at_both_brokers_nothing_is_lost_or_sent_twice(tmp_path: Path) -> None:
    async def story(control: Control) -> None:
        async with open_connections(DeskOptions(tmp_path)) as connections:
            await until(lambda: len(opened(connections)) >= 2, "both connections are open")
            desks = opened(connections)
            assert {desk.account.profile.value.partition("-")[0] for desk in desks} == {"kis", "kiwoom"}
            await until(lambda: all(desk.health().aligned for desk in desks), "both are compared with their brokers")
            prices = [await far_price(desk) for desk in desks]
            kept: list[list[OrderId]] = [[] for _ in desks]
            for turn in range(ROUNDS):
                await a_minute_later(desks, desks[0].clock.now())
                await asyncio.to_thread(control.tell, "/tokens/expire")
                bases = [10 + 10 * turn + 30 * n for n in range(len(desks))]
                rounds = zip(desks, bases, prices, strict=True)
                for mine, made in zip(kept, await asyncio.gather(*(a_round(*one) for one in rounds)), strict=True):
                    mine += made
            made = [10 + 10 * turn + 30 * n + k for turn in range(ROUNDS) for n in range(len(desks)) for k in (0, 1)]
            assert quantities(control) == Counter(made), "each order once, and no other"
            for desk, mine in zip(desks, kept, strict=True):
                assert desk.health().unknown == 0
                assert [state(desk, id) for id in mine] == [OrderState.WORKING] * ROUNDS
                await desk.cancel_all()

    with practice(tmp_path / "practice", "--seed", "11", "--speed", "60") as process:  # a market minute is a second
        asyncio.run(story(Control(process.control)))


def opened(connections: OpenConnections) -> list[Desk]:
    found = [row.desk for row in connections.all() if row.standing is Standing.OPEN and row.desk is not None]
    for desk in found:
        desk.set_limits(NO_RISK_LIMITS)
    return found


def quantities(control: Control) -> Counter[int]:
    """Of the new orders that the exchange has, of all accounts."""
    return Counter(row["quantity"] for row in control.ask("/orders") if not row.get("original"))
