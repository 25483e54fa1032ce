"""One KisBroker on the practice exchange in one process, and everything that it said: what the tests share."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from hoga.base.clock import KST
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import (
    Accepted,
    BrokerEvent,
    NewOrder,
    Stream,
    StreamChanged,
    StreamHealth,
    Target,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import OrderReport
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.practice.api import Environment
from tests.broker.helpers import START, Vault, until
from tests.support.inprocess import InProcessPractice

SAMSUNG, HYNIX = InstrumentId("005930"), InstrumentId("000660")
BOTH = pytest.mark.parametrize("environment", list(Environment), ids=lambda each: each.value)


class Desk:
    """One broker and everything that it said."""

    def __init__(self, practice: InProcessPractice, environment: Environment, **changes: Any) -> None:
        paper = environment is Environment.PAPER
        at = practice.account(environment)
        self.practice, self.environment = practice, environment
        host = KisHost.on_practice(
            WireProfile.KIS_PAPER if paper else WireProfile.KIS_REAL,
            f"http://127.0.0.1:{3 if paper else 1}",
            f"ws://127.0.0.1:{4 if paper else 2}",
            "practice-test",
        )
        hts_id = changes.pop("hts_id", at.hts_id)
        appkey, appsecret = changes.pop("appkey", at.appkey), changes.pop("appsecret", at.appsecret)
        keys = KisKeys(Secret(appkey), Secret(appsecret), Secret(hts_id) if hts_id else None)
        self.number = changes.pop("number", at.number)
        self.vault = changes.pop("vault", Vault())
        ways = (practice.clock, self.vault, practice.http, practice.connect)
        self.use(KisBroker(host, keys, self.number, *ways, **changes))

    def use(self, broker: BrokerAdapter) -> None:
        self.broker = broker
        self.heard: list[BrokerEvent] = []
        self.broker.listen(self.heard.append)

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.heard if isinstance(event, kind)]

    def healths(self, stream: Stream) -> list[StreamHealth]:
        return [event.health for event in self.of(StreamChanged) if event.stream is stream]

    def live(self, stream: Stream) -> bool:
        return self.healths(stream)[-1:] == [StreamHealth.LIVE]

    async def open(self) -> None:
        await self.broker.open()
        await until(lambda: self.live(Stream.FILLS) and self.live(Stream.QUOTES))

    async def buy(self, quantity: int, limit: Price | None, instrument: InstrumentId = SAMSUNG) -> Accepted:
        type = OrderType.MARKET if limit is None else OrderType.LIMIT
        order = NewOrder(instrument, Side.BUY, type, TimeInForce.DAY, Shares(quantity), limit)
        outcome = await self.broker.place(order)
        assert isinstance(outcome, Accepted), outcome
        return outcome

    async def rows(self) -> dict[int, OrderReport]:
        listed = await self.broker.orders(self.practice.clock.now().astimezone(KST).date())
        return {row.number.number: row for row in listed.rows}


def target(accepted: Accepted, remaining: int) -> Target:
    return Target(accepted.number, SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(remaining))


Story = Callable[[Desk], Coroutine[Any, Any, None]]


def play(
    environment: Environment,
    story: Story,
    settings: dict[str, object] | None = None,
    kind: type[Desk] = Desk,
    **changes: Any,
) -> None:
    async def run() -> None:
        async with InProcessPractice(start=START, settings=settings) as practice:
            desk = kind(practice, environment, **changes)
            try:
                await story(desk)
            finally:
                await desk.broker.aclose()

    run_virtual(run())
