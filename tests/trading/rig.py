"""A desk on a fake broker, with a journal on disk, on virtual time: one object that can crash and start again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from hoga.base.clock import KST, LoopClock
from hoga.base.virtual_loop import run_virtual
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order, OrderState
from hoga.domain.risk_limits import NO_RISK_LIMITS, RiskLimits
from hoga.domain.sessions import AlwaysOpen, Schedule
from hoga.domain.tickets import OrderId, OrderType, Origin, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Price, Shares
from hoga.storage.database import Database
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.settings import DeskSettings
from hoga.trading.views import NO_CONSENT, Consent, Submission, Submitted
from tests.support.fake_broker import ACCOUNT, SAMSUNG, FakeBroker, FakeExchange

T = TypeVar("T")
START = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


def no_mask(value: object) -> Any:
    return value


class Rig:
    """``async with Rig(folder) as rig``: an exchange, one desk at a time."""

    def __init__(
        self,
        folder: Path,
        settings: DeskSettings | None = None,
        *,
        start: datetime = START,
        limits: RiskLimits = NO_RISK_LIMITS,
        schedule: Schedule | None = None,
        inline: bool = True,
    ) -> None:
        """``inline``: the journal writes where it is told to; else in its thread, as a window's does."""
        self.folder = folder
        self.inline = inline
        self.settings = settings or DeskSettings()
        self.limits = limits
        self.schedule = schedule or AlwaysOpen()
        self.clock = LoopClock(start)
        self.exchange = FakeExchange(self.clock)
        self.tickets = 0

    async def __aenter__(self) -> Rig:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, **broker: Any) -> None:
        self.broker = FakeBroker(self.exchange, **broker)
        self.database = Database(self.folder / "journal.sqlite", inline=self.inline, fsync=False)
        self.desk = ConnectionDesk(
            self.broker, self.database, self.clock, self.schedule, no_mask, self.settings, limits=self.limits
        )
        await self.desk.open()

    async def stop(self) -> None:
        await self.desk.aclose()
        await self.database.aclose()

    async def crash(self) -> None:
        """The desk's process is gone; what it had sent is on its way all the same."""
        await self.desk.drop()
        await self.broker.aclose()
        self.database.drop()

    async def restart(self) -> None:
        await self.crash()
        await self.start()

    def ticket(
        self,
        side: Side = Side.BUY,
        quantity: int = 10,
        limit: int | None = 70_000,
        *,
        instrument: InstrumentId = SAMSUNG,
        type: OrderType = OrderType.LIMIT,
        origin: Origin | None = None,
        **changes: Any,
    ) -> Ticket:
        self.tickets += 1
        ticket = Ticket(
            TicketId(f"t{self.tickets}"),
            ACCOUNT,
            instrument,
            side,
            type,
            Shares(quantity),
            Price(limit) if limit is not None else None,
            TimeInForce.DAY,
        )
        if origin is not None:
            ticket = replace(ticket, origin=origin)
        return replace(ticket, **changes)

    async def submit(self, ticket: Ticket | None = None, consent: Consent = NO_CONSENT) -> Submission:
        return await self.desk.submit(ticket or self.ticket(), consent)

    async def placed(self, ticket: Ticket | None = None) -> OrderId:
        """Submit and wait until the broker has answered."""
        result = await self.submit(ticket)
        assert isinstance(result, Submitted), result
        await self.desk.settled(result.request)
        return result.order

    async def taken(self, ticket: Ticket | None = None) -> OrderId:
        """Submit; returns when the intent is durable."""
        result = await self.submit(ticket)
        assert isinstance(result, Submitted), result
        return result.order

    def order(self, id: OrderId) -> Order:
        order = self.desk.order(id)
        assert order is not None
        return order

    def state(self, id: OrderId) -> OrderState:
        return self.order(id).state

    def codes(self) -> list[str]:
        return [line.message.code for line in self.desk.activity()]


async def rest(seconds: float) -> None:
    """Let virtual time pass."""
    await asyncio.sleep(seconds)


def virtual(main: Coroutine[Any, Any, T]) -> T:
    return run_virtual(main)
