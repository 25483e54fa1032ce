"""Midnight at a desk whose clock is off: what is held is counted once, and day orders lapse, they are not cancelled."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.practice.api import Broker
from hoga.trading.views import Consent, Submitted
from tests.campaigns.report import Report
from tests.campaigns.seat import MOST_SKEW, Seat
from tests.campaigns.world import INSTRUMENTS, World

_START = datetime(2026, 11, 23, 23, 59, 20, tzinfo=KST)
_MIDNIGHT = datetime(2026, 11, 24, tzinfo=KST)
_CODE = INSTRUMENTS[0]
_YES = Consent(frozenset({"INSTRUMENT_NOT_READ", "LIMITS_UNKNOWN"}), "seen")
_SETTLES = timedelta(seconds=8)
"""How long a fill within some seconds of midnight may be on its way into the holdings: its number may have to be found
in the list, which is read when its date has begun by both clocks."""


async def _buy(seat: Seat, name: str, limit: int, quantity: int) -> OrderId:
    desk = seat.life.desk
    ticket = Ticket(
        TicketId(name), desk.account, _CODE, Side.BUY, OrderType.LIMIT, Shares(quantity), Price(limit), TimeInForce.DAY
    )
    answer = await desk.submit(ticket, _YES)
    assert isinstance(answer, Submitted), answer
    return answer.order


@pytest.mark.parametrize("skew", [-MOST_SKEW, MOST_SKEW], ids=["behind", "ahead"])
@pytest.mark.parametrize("broker", list(Broker), ids=lambda broker: broker.value)
def test_nothing_is_counted_twice_and_what_was_left_lapses(tmp_path: Path, broker: Broker, skew: float) -> None:
    async def scenario() -> None:
        world = World(tmp_path, 3, _START, (broker,))
        await world.open()
        report = Report(1)
        (elsewhere,) = world.accounts.values()
        seat = Seat(world, elsewhere, tmp_path, random.Random(1), report)
        await seat.begin(skew)
        await asyncio.sleep(3)
        prices = world.prices(_CODE)
        await _buy(seat, "early", prices.ask, 3)
        left = await _buy(seat, "left", prices.bid - 3 * prices.tick, 5)
        await asyncio.sleep(3)
        changes = [_MIDNIGHT - timedelta(seconds=2.5), _MIDNIGHT + timedelta(seconds=2.5)]
        placed: list[datetime] = []
        states: list[OrderState] = []
        while world.exchange.now() < _MIDNIGHT + timedelta(seconds=80):
            now = world.exchange.now()
            if changes and now >= changes[0]:
                placed.append(changes.pop(0))
                await _buy(seat, f"fill {len(placed)}", prices.ask, 4)
            held = seat.life.desk.portfolio().holding(_CODE)
            assert isinstance(seat.life.desk.portfolio().holdings, Known)
            true = next(
                entry.quantity for entry in world.exchange.holdings(seat.elsewhere.number) if entry.code == _CODE.code
            )
            shown = held.position.quantity.count if held is not None else 0
            fresh = sum(4 for at in placed if now - at < _SETTLES)
            assert true - fresh <= shown <= true, now
            order = seat.life.desk.order(left)
            assert order is not None
            states.append(order.state)
            if now > _MIDNIGHT + timedelta(seconds=17):
                assert order.state is OrderState.EXPIRED, now
            await asyncio.sleep(0.5)
        assert set(states) == {OrderState.WORKING, OrderState.EXPIRED}
        assert "LAPSED" in [line.message.code for line in seat.life.desk.activity()]
        await seat.calm()
        await seat.judge()
        assert report.findings == []
        await seat.life.aclose()
        await world.aclose()

    run_virtual(scenario())
