"""Whose turn it is: the lanes of the outbox, what waits in them, what is on its way, and what holds each back.

Cancels (whole or partial) come first and nothing here holds them back. Then reprices, orders by hand, automatic ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from enum import IntEnum

from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.domain.broker_orders import RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order, Request
from hoga.domain.tickets import Hand, Origin, RequestId
from hoga.trading.records import Fingerprint, OrderRecords, fingerprint
from hoga.trading.settings import DeskSettings


class Lane(IntEnum):
    """Lower goes first."""

    CANCEL = 0
    REPRICE = 1
    HAND = 2
    AUTOMATIC = 3


class Errand(Struct, frozen=True):
    """What decides about a request's turn. ``fingerprint`` and ``instrument`` only for new orders."""

    lane: Lane
    fingerprint: Fingerprint | None = None
    instrument: InstrumentId | None = None
    automatic: bool = False
    """Decided by no person at this moment: waits for the reconcile after a reconnect."""


class Entry(Struct):
    """A request that waits. ``not_before`` is wire time; ``why`` says what it waited for when it was last looked at."""

    id: RequestId
    lane: Lane
    place: int
    not_before: float = 0.0
    why: Message | None = None


def lane_of(kind: RequestKind, origin: Origin) -> Lane:
    """Which lane a request takes. A reduce is a partial cancel."""
    if kind in (RequestKind.CANCEL, RequestKind.REDUCE):
        return Lane.CANCEL
    if kind is RequestKind.REPRICE:
        return Lane.REPRICE
    return Lane.HAND if isinstance(origin, Hand) else Lane.AUTOMATIC


def errand_of(order: Order, request: Request) -> Errand:
    lane, automatic = lane_of(request.kind, request.origin), not isinstance(request.origin, Hand)
    if request.kind is not RequestKind.NEW:
        return Errand(lane, automatic=automatic)
    return Errand(lane, fingerprint(order), order.instrument, automatic)


class Lanes:
    """``pump`` is called when a wait that only time ends is over."""

    def __init__(
        self,
        records: OrderRecords,
        clock: MarketClock,
        settings: DeskSettings,
        *,
        aligned: Callable[[], bool],
        stopped: Callable[[], bool],
        pump: Callable[[], None],
    ) -> None:
        self._records = records
        self._clock = clock
        self._settings = settings
        self._aligned = aligned
        self._stopped = stopped
        self._pump = pump
        self._entries: dict[RequestId, Entry] = {}
        self._flying: dict[RequestId, Errand] = {}
        self._places = 0
        self._last_sent: datetime | None = None
        self._last_automatic: dict[InstrumentId, datetime] = {}
        self._tasks = TaskOwner("lanes")

    # --- waiting ----------------------------------------------------------------------------------------------------

    def in_order(self) -> list[Entry]:
        """What waits, in the order in which it will leave."""
        return sorted(self._entries.values(), key=lambda entry: (entry.lane, entry.place))

    @property
    def count(self) -> int:
        return len(self._entries)

    def wait(self, id: RequestId, lane: Lane, wire_seconds: float = 0.0, why: Message | None = None) -> None:
        """Let a request wait at the end of its lane, for ``wire_seconds`` at least."""
        self._places += 1
        loop = asyncio.get_running_loop()
        self._entries[id] = Entry(id, lane, self._places, loop.time() + wire_seconds, why)
        if wire_seconds:
            self._tasks.start(f"again {id} {self._places}", self._pump_after_wire(wire_seconds))

    def waits(self, id: RequestId) -> bool:
        return id in self._entries

    def leave(self, id: RequestId) -> bool:
        """Take a request out; False when it was not waiting."""
        return self._entries.pop(id, None) is not None

    # --- flying -----------------------------------------------------------------------------------------------------

    @property
    def in_flight(self) -> int:
        return len(self._flying)

    def take_off(self, id: RequestId, errand: Errand) -> None:
        """Hold the place in the air, the fingerprint and the pace, from before the record until ``land``."""
        self._flying[id] = errand
        if errand.lane is Lane.CANCEL:
            return
        self._last_sent = self._clock.now()
        if errand.lane is Lane.AUTOMATIC and errand.instrument is not None:
            self._last_automatic[errand.instrument] = self._last_sent

    def land(self, id: RequestId) -> None:
        self._flying.pop(id, None)

    async def aclose(self) -> None:
        await self._tasks.aclose()

    # --- turns ------------------------------------------------------------------------------------------------------

    def clear(self, errand: Errand) -> bool:
        """Whether what comes in now may leave at once: nobody of its lane or a better one waits, nothing hinders it."""
        if errand.lane is Lane.CANCEL:
            return True
        if any(Lane.CANCEL < entry.lane <= errand.lane for entry in self._entries.values()):
            return False
        return self._hindrance(errand) is None

    def obstacle(self, entry: Entry, order: Order, request: Request) -> Message | None:
        """What a waiting request waits for; None: it may leave now."""
        if asyncio.get_running_loop().time() < entry.not_before:
            return entry.why or Message("WAITS_FOR_SECOND_TRY")
        if request.kind is not RequestKind.NEW and not order.heads:
            return Message("WAITS_FOR_NUMBER")
        return None if entry.lane is Lane.CANCEL else self._hindrance(errand_of(order, request))

    def _hindrance(self, errand: Errand) -> Message | None:
        if errand.automatic and self._stopped():
            return Message("WAITS_FOR_STOP")
        if errand.fingerprint is not None and self._in_the_air(errand.fingerprint):
            return Message("WAITS_FOR_TWIN")
        if sum(flying.lane is not Lane.CANCEL for flying in self._flying.values()) >= self._settings.most_in_flight:
            return Message("WAITS_FOR_ANSWERS", {"most": self._settings.most_in_flight})
        if (left := self._left(self._last_sent, 1.0 / self._settings.sends_per_second)) > 0:
            self._tasks.start("pace", self._pump_after(left), busy=Busy.DROP)
            return Message("WAITS_FOR_PACE")
        if errand.automatic and not self._aligned():
            return Message("WAITS_FOR_RECONCILE")
        if errand.lane is not Lane.AUTOMATIC or errand.instrument is None:
            return None
        if (left := self._left(self._last_automatic.get(errand.instrument), self._settings.automatic_spacing)) > 0:
            self._tasks.start(f"spacing {errand.instrument}", self._pump_after(left), busy=Busy.DROP)
            return Message("WAITS_FOR_SPACING")
        return None

    def _in_the_air(self, wanted: Fingerprint) -> bool:
        if any(flying.fingerprint == wanted for flying in self._flying.values()):
            return True
        return self._records.in_the_air(wanted) is not None

    def _left(self, since: datetime | None, seconds: float) -> float:
        return 0.0 if since is None else seconds - (self._clock.now() - since).total_seconds()

    async def _pump_after(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        # Later, so that this task's name is free when the next wait of its kind starts.
        asyncio.get_running_loop().call_soon(self._pump)

    async def _pump_after_wire(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        while (left := due - loop.time()) > 0:  # noqa: ASYNC110 waits for time itself: Qt's timers may fire early
            await asyncio.sleep(left)
        loop.call_soon(self._pump)
