"""One KisBroker on a real exchange process over real sockets, and the exchange's own word on everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from hoga.base.clock import KST
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.port import Accepted, BrokerEvent, NewOrder, Outcome, Stream, StreamChanged, StreamHealth, Target
from hoga.broker.practice_link import PracticeLink, start_or_join
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import OrderReport
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.helpers import Vault, until
from tests.support.practice_process import PracticeProcess, practice

SAMSUNG, HYNIX = InstrumentId("005930"), InstrumentId("000660")
BOTH = pytest.mark.parametrize("profile", [WireProfile.KIS_REAL, WireProfile.KIS_PAPER], ids=lambda each: each.value)
PATIENCE = 20.0
FAST = ("--start", "2026-11-20T09:30:00", "--speed", "20", "--settings", "rate_limits=false")


class World:
    """An exchange process and the secret stores of the desks on it: a token outlives each of them.

    With ``quiet`` nobody trades there but who is told to.
    """

    def __init__(self, process: PracticeProcess, *, quiet: bool) -> None:
        self.process = process
        self.quiet = quiet
        self.post("/settings", market_paused=quiet)
        self.vaults = {profile: Vault() for profile in (WireProfile.KIS_REAL, WireProfile.KIS_PAPER)}

    def get(self, path: str) -> Any:
        return httpx.get(self.process.control + path, timeout=PATIENCE).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return httpx.post(self.process.control + path, json=body, timeout=PATIENCE).raise_for_status().json()

    def requests(self, operation: str = "") -> list[dict[str, Any]]:
        every: list[dict[str, Any]] = self.get("/requests")
        return [each for each in every if operation in ("", each["operation"])]

    def play(
        self, profile: WireProfile, story: Callable[[RealDesk], Coroutine[Any, Any, None]], **changes: Any
    ) -> None:
        """Run ``story`` on a desk of its own; afterwards the exchange is as well-behaved as before."""

        async def run() -> None:
            link = await start_or_join(self.process.data, bring_back=False)
            async with real_desk(self, link, profile, **changes) as desk:
                await story(desk)

        try:
            asyncio.run(run())
        finally:
            httpx.delete(self.process.control + "/faults")
            self.post("/settings", market_paused=self.quiet)


@contextmanager
def world(folder: Path, *options: str, quiet: bool = True) -> Iterator[World]:
    with practice(folder, *options) as process:
        yield World(process, quiet=quiet)


@asynccontextmanager
async def real_desk(world: World, link: PracticeLink, profile: WireProfile, **changes: Any) -> AsyncIterator[RealDesk]:
    desk = RealDesk(world, link, profile, **changes)
    try:
        yield desk
    finally:
        await desk.broker.aclose()
        await link.aclose()


class RealDesk:
    """One broker and everything that it said."""

    def __init__(self, world: World, link: PracticeLink, profile: WireProfile, **changes: Any) -> None:
        keys = next(one for one in link.endpoint.accounts if one.profile is profile)
        self.world, self.link, self.keys = world, link, keys
        self.number = keys.account.reveal()
        self.scrubber = Scrubber()
        self.broker = KisBroker(
            KisHost.on_practice(
                profile, changes.pop("rest", keys.rest), changes.pop("ws", keys.ws), link.connection_name
            ),
            KisKeys(Secret(changes.pop("appkey", keys.appkey.reveal())), keys.appsecret, keys.hts_id),
            self.number,
            link.clock,
            changes.pop("vault", world.vaults[profile]),
            scrubber=self.scrubber,
            **changes,
        )
        self.heard: list[BrokerEvent] = []
        self.broker.listen(self.heard.append)

    # --- what the desk heard ----------------------------------------------------------------------------------------

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.heard if isinstance(event, kind)]

    def healths(self, stream: Stream) -> list[StreamHealth]:
        return [event.health for event in self.of(StreamChanged) if event.stream is stream]

    def live(self, stream: Stream) -> bool:
        return self.healths(stream)[-1:] == [StreamHealth.LIVE]

    async def open(self) -> None:
        await self.broker.open()
        await self.until_live()

    async def until_live(self) -> None:
        await until(lambda: self.live(Stream.FILLS) and self.live(Stream.QUOTES), PATIENCE)

    # --- orders -----------------------------------------------------------------------------------------------------

    async def place(self, side: Side, quantity: int, limit: Price | None, code: InstrumentId = SAMSUNG) -> Outcome:
        type = OrderType.MARKET if limit is None else OrderType.LIMIT
        return await self.broker.place(NewOrder(code, side, type, TimeInForce.DAY, Shares(quantity), limit))

    async def buy(self, quantity: int, limit: Price | None, code: InstrumentId = SAMSUNG) -> Accepted:
        outcome = await self.place(Side.BUY, quantity, limit, code)
        assert isinstance(outcome, Accepted), outcome
        return outcome

    async def rows(self) -> dict[int, OrderReport]:
        listed = await self.broker.orders(self.link.clock.now().astimezone(KST).date())
        return {row.number.number: row for row in listed.rows}

    # --- what the exchange has --------------------------------------------------------------------------------------

    def ledger(self) -> dict[int, dict[str, Any]]:
        """Every order number of this account in the exchange's own ledger."""
        return {row["number"]: row for row in self.world.get(f"/orders?account={self.number}")}

    def fills(self, number: int) -> list[dict[str, Any]]:
        return [row for row in self.world.get(f"/fills?account={self.number}") if row["number"] == number]

    def market(self, code: InstrumentId = SAMSUNG) -> dict[str, Any]:
        market: dict[str, Any] = self.world.get(f"/market/{code.code}")
        return market

    def pause(self) -> None:
        """From here on nobody trades but who is told to; market time goes on."""
        self.world.post("/settings", market_paused=True)

    def fault(self, kind: str, **rule: Any) -> None:
        self.world.post("/faults", kind=kind, **rule)


def target(accepted: Accepted, remaining: int) -> Target:
    return Target(accepted.number, SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(remaining))


def as_json(value: object) -> Any:
    """A domain value as the control endpoint would show it."""
    return msgspec.json.decode(msgspec.json.encode(value))
