"""What every live connection of a broker does alike: its lights, its wishes, and filling what was missed."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.port import BrokerError, BrokerEvent, Stream, StreamChanged, StreamHealth, Topic
from hoga.broker.stream import Outage, ResilientStream, Wire
from hoga.broker.topics import TopicLeases

STREAMS = (Stream.FILLS, Stream.QUOTES)
_GAP_RETRY = 2.0

Emit = Callable[[BrokerEvent], None]


class GapFiller(Protocol):
    """Reads from REST what a stream missed, and tells the listeners. Raises BrokerError."""

    async def fill_orders(self, outage: Outage) -> None: ...

    async def fill_topic(self, topic: Topic, outage: Outage) -> None: ...


class LiveStream(ABC):
    """A StreamUser that knows its leases and its lights. ``emit`` gets every event in order."""

    def __init__(self, clock: MarketClock, leases: TopicLeases, gaps: GapFiller, emit: Emit, name: str) -> None:
        self._clock = clock
        self._leases = leases
        self._gaps = gaps
        self._emit = emit
        self._wanted = asyncio.Event()
        self._health = dict.fromkeys(STREAMS, StreamHealth.DOWN)
        self._why: dict[Stream, Message | None] = dict.fromkeys(STREAMS)
        self.line = ResilientStream(self, clock, name=name)

    # --- for the adapter --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Connect and stay connected."""
        self.line.start()

    async def aclose(self) -> None:
        await self.line.aclose()
        self._leases.none_live()
        for stream in STREAMS:
            self._say(stream, StreamHealth.DOWN)

    def topics_changed(self) -> None:
        self._wanted.set()

    def health(self, stream: Stream) -> StreamHealth:
        return self._health[stream]

    # --- StreamUser -------------------------------------------------------------------------------------------------

    @abstractmethod
    async def connect(self) -> Wire: ...

    @abstractmethod
    async def opened(self, wire: Wire) -> None: ...

    @abstractmethod
    def received(self, text: str) -> str | None: ...

    def lost(self, why: Message) -> None:
        self._forget_registrations()
        for stream in STREAMS:
            self._say(stream, StreamHealth.DOWN, why)

    @abstractmethod
    def _forget_registrations(self) -> None:
        """The connection is gone, and with it all that was registered on it."""

    async def _keep_up(self, wire: Wire, outage: Outage | None) -> None:
        """Fill what was missed while new wishes are already served; as long as the connection lives."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._fill_gaps(outage))
            group.create_task(self._serve_wishes(wire))

    @abstractmethod
    async def _fill_gaps(self, outage: Outage | None) -> None: ...

    @abstractmethod
    async def _serve_wishes(self, wire: Wire) -> None: ...

    # --- gaps and lights --------------------------------------------------------------------------------------------

    async def _fill_prices(self, outage: Outage | None) -> None:
        """What the live topics missed; then the light of the quotes."""
        if outage is not None:
            self._say(Stream.QUOTES, StreamHealth.FILLING_GAP)
            for topic in [topic for topic in self._leases.admitted if self._leases.is_live(topic)]:
                await self._until_filled(partial(self._gaps.fill_topic, topic, outage))
        self._say(Stream.QUOTES, StreamHealth.LIVE, gap=None if outage is None else self._gap_seconds(outage))
        self.line.settled()

    async def _fill_orders(self, outage: Outage) -> None:
        await self._until_filled(partial(self._gaps.fill_orders, outage))

    async def _until_filled(self, fill: Callable[[], Awaitable[None]]) -> None:
        """The light stays off until the gap is filled, however often it must be tried."""
        while True:
            try:
                return await fill()
            except BrokerError:
                await asyncio.sleep(_GAP_RETRY)

    def _say(self, stream: Stream, health: StreamHealth, why: Message | None = None, gap: float | None = None) -> None:
        if self._health[stream] is health and self._why[stream] == why:
            return
        self._health[stream], self._why[stream] = health, why
        self._emit(StreamChanged(stream, health, self._clock.now(), why, gap))

    def _gap_seconds(self, outage: Outage) -> float:
        now = self.line.outage()
        return outage.seconds if now is None else now.seconds
