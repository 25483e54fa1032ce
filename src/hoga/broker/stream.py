"""A live connection that comes back: backs off, notices silence, and says how long nothing came.

What is spoken over it is the user's business (``StreamUser``). Everything here is wire time, except the moment from
which something was missed, which is market time because gaps are filled from the exchange's records.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import websockets
from msgspec import Struct
from websockets.asyncio.client import ClientConnection, connect

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.addresses import Address

_log = logging.getLogger(__name__)


class WireClosed(ConnectionError):
    """The connection is gone, with or without a close frame."""


class Wire(Protocol):
    """One open connection that carries texts. ``recv`` and ``send`` raise a ConnectionError once it is closed."""

    async def send(self, text: str) -> None: ...

    async def recv(self) -> str: ...

    async def close(self) -> None: ...


WsConnect = Callable[[Address], Awaitable[Wire]]


class StreamLimits(Struct, frozen=True):
    """Wire seconds. After ``silence`` without a word the connection counts as dead, however open it looks."""

    open: float = 10.0
    silence: float = 40.0
    first_pause: float = 0.5
    longest_pause: float = 30.0
    calm: float = 20.0
    """A connection that lasted this long starts the pauses anew."""


class Outage(Struct, frozen=True):
    """Nothing was heard from (market time, never later than true) ``since``; ``seconds`` of wire time until now."""

    since: datetime
    seconds: float


class StreamEnded(Exception):
    """This connection is of no more use. ``wait`` asks for at least so many seconds before the next."""

    def __init__(self, why: Message, wait: float = 0.0) -> None:
        super().__init__(str(why))
        self.why = why
        self.wait = wait


class StreamUser(Protocol):
    """What is said over the connection."""

    async def connect(self) -> Wire:
        """Open a connection. Raises StreamEnded or a ConnectionError."""
        ...

    async def opened(self, wire: Wire) -> None:
        """Runs beside the reading of ``wire``, as long as it lives: subscribe, fill the gap, then call ``settled``."""
        ...

    def received(self, text: str) -> str | None:
        """Take one text; returns what to answer at once. Raises StreamEnded when the connection is of no more use."""
        ...

    def lost(self, why: Message) -> None: ...


class ResilientStream:
    """Keeps one connection open for ``user`` until closed."""

    def __init__(
        self,
        user: StreamUser,
        clock: MarketClock,
        *,
        limits: StreamLimits | None = None,
        dice: random.Random | None = None,
        name: str = "stream",
    ) -> None:
        self._user = user
        self._clock = clock
        self._limits = limits or StreamLimits()
        self._dice = dice or random.Random(random.random())  # noqa: S311 guards nothing; follows the seed
        self._name = name
        self._tasks = TaskOwner(name)
        self._heard = 0.0
        self._settled = False
        self._good: Outage | None = None
        """The last moment up to which all was heard: market time, and wire time in place of a length."""
        self._hurry = asyncio.Event()
        self._closing = False
        self.frames = 0
        """Texts received since the start."""

    def start(self) -> None:
        """Connect, and stay connected. Calling it again changes nothing."""
        self._tasks.start("run", self._run(), busy=Busy.DROP)

    async def aclose(self) -> None:
        self._closing = True
        await self._tasks.aclose()

    def hurry(self) -> None:
        """The other side is known to be there (again): cut a pause between two tries short."""
        self._hurry.set()

    def settled(self) -> None:
        """The user says: whatever was missed has been filled, from here on all is heard."""
        self._settled = True
        self._good = Outage(self._clock.now(), asyncio.get_running_loop().time())

    def outage(self) -> Outage | None:
        """What was not heard since the last settled connection; None before the first one."""
        if self._good is None:
            return None
        return Outage(self._good.since, asyncio.get_running_loop().time() - self._good.seconds)

    @property
    def age(self) -> float | None:
        """Wire seconds since the last text, None before the first."""
        return asyncio.get_running_loop().time() - self._heard if self.frames else None

    async def _run(self) -> None:
        tries = 0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                ended = await self._one_connection()
            except ExceptionGroup as faults:
                # A fault of ours must not leave the stream dead and its light green.
                _log.error("%s: a fault while reading", self._name, exc_info=faults)
                ended = StreamEnded(Message("STREAM_FAULT"), wait=self._limits.longest_pause)
            if self._closing:
                return  # before Python 3.13 a task group that fails just then swallows the cancel
            self._user.lost(ended.why)
            if asyncio.get_running_loop().time() - began >= self._limits.calm:
                tries = 0
            if await self._rested(max(self._pause(tries), ended.wait)):
                tries += 1
            else:
                tries = 0

    async def _one_connection(self) -> StreamEnded:
        """Live through one connection; returns why it ended."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._limits.open):
                wire = await self._user.connect()
        except StreamEnded as ended:
            return ended
        except (OSError, TimeoutError, websockets.WebSocketException):
            return StreamEnded(Message("STREAM_UNREACHABLE"))
        self._heard, self._settled = loop.time(), False
        try:
            return await self._live(wire)
        finally:
            await self._close(wire)

    async def _live(self, wire: Wire) -> StreamEnded:
        """Read, watch and use ``wire`` side by side until one of them ends it."""
        ended: list[StreamEnded] = []
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(wire))
                group.create_task(self._watch())
                group.create_task(self._user.opened(wire))
        except* StreamEnded as several:
            ended += [error for error in _leaves(several) if isinstance(error, StreamEnded)]
        except* OSError:
            ended.append(StreamEnded(Message("STREAM_LOST")))
        if self._settled and self._good is not None:
            self._good = Outage(self._good.since, self._heard)
        self._settled = False
        return max(ended, key=lambda end: end.wait)

    async def _read(self, wire: Wire) -> None:
        loop = asyncio.get_running_loop()
        while True:
            text = await wire.recv()
            self._heard = loop.time()
            self.frames += 1
            answer = self._user.received(text)
            if answer is not None:
                await wire.send(answer)
            if self.frames % 32 == 0:
                await asyncio.sleep(0)  # a burst must not keep the loop from everybody else

    async def _watch(self) -> None:
        """End a connection on which nothing comes, and remember up to when everything was heard."""
        loop = asyncio.get_running_loop()
        step = self._limits.silence / 8
        while True:
            now = self._clock.now()
            await asyncio.sleep(step)
            quiet = loop.time() - self._heard
            if quiet >= self._limits.silence:
                raise StreamEnded(Message("STREAM_SILENT", {"seconds": round(quiet)}))
            if quiet < step and self._settled:
                self._good = Outage(now, self._heard)

    async def _close(self, wire: Wire) -> None:
        try:
            async with asyncio.timeout(2.0):
                await wire.close()
        except (OSError, TimeoutError, websockets.WebSocketException):
            _log.debug("a dead connection did not close in good order")

    async def _rested(self, seconds: float) -> bool:
        """Wait before the next try; False when somebody is in a hurry, which cuts one pause short."""
        try:
            async with asyncio.timeout(seconds):
                await self._hurry.wait()
        except TimeoutError:
            return True
        self._hurry.clear()
        return False

    def _pause(self, tries: int) -> float:
        """Doubling pauses up to a ceiling, spread by up to 30 % so that many desks do not come back at once."""
        pause = min(self._limits.first_pause * float(2 ** min(tries, 20)), self._limits.longest_pause)
        return pause * self._dice.uniform(0.7, 1.0)


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


class _SocketWire:
    """A websockets connection as a Wire. Texts with broken UTF-8 occur (recorded) and must not end the connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, text: str) -> None:
        try:
            await self._socket.send(text)
        except websockets.ConnectionClosed as error:
            raise WireClosed("closed") from error

    async def recv(self) -> str:
        try:
            data = await self._socket.recv(decode=False)
        except websockets.ConnectionClosed as error:
            raise WireClosed("closed") from error
        return data.decode("utf-8", "replace")

    async def close(self) -> None:
        """Say goodbye if there is time for it; in every case, a cancelled one too, the socket is closed afterwards."""
        try:
            await self._socket.close()
        finally:
            self._socket.transport.abort()


async def connect_socket(url: Address) -> Wire:
    """The WsConnect of the real world. Library pings are off: not every broker answers them.

    Whoever gets the wire closes it; a connection that is cancelled while it opens closes itself. Raises WireClosed when
    the account of a real host was locked again.
    """
    if not url.open:
        raise WireClosed("this account is locked")
    socket = await connect(
        url,
        ping_interval=None,
        compression=None,
        proxy=None,
        max_size=4 * 1024 * 1024,
        close_timeout=1.0,
    )
    return _SocketWire(socket)
