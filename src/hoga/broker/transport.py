"""HTTP to a broker: one channel for orders, one for reads, and the truth about what left the machine.

- Who asks and is cancelled has not stopped his request: it runs to its own end, by its answer or the time-outs of its
  connection, and gives its place back then. Places are counted here.
- ``NeverWritten`` and ``MayHaveArrived`` are told apart by what was done: a request is written in one call, once a
  connection is there, and from that call on nobody can say that it did not arrive.
- Nothing is retried, redirected or sent through a proxy.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import logging
import ssl
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from hoga.base.tasks import TaskOwner
from hoga.broker.addresses import Address
from hoga.broker.exchange import ChannelLimits as ChannelLimits
from hoga.broker.exchange import HttpCall as HttpCall
from hoga.broker.exchange import HttpReply as HttpReply
from hoga.broker.exchange import MayHaveArrived as MayHaveArrived
from hoga.broker.exchange import NeverWritten as NeverWritten
from hoga.broker.exchange import TransportError as TransportError
from hoga.broker.line import Limits, Line, request_of
from hoga.broker.trouble import Trouble, trouble_of
from hoga.broker.way import RightOfWay

if TYPE_CHECKING:
    import httpx

    from hoga.broker.injected import Injected

_log = logging.getLogger(__name__)

TransportFactory = Callable[[], "httpx.AsyncBaseTransport"]

_GOODBYE_SECONDS = 1.0
_OTHER_ADDRESS_SECONDS = 0.25
"""After which the next address of a host is tried beside the first."""

_ALWAYS = "host: {host}\r\naccept: */*\r\naccept-encoding: gzip, deflate\r\nconnection: keep-alive\r\nuser-agent: hoga"

ORDERS = ChannelLimits(answer=15.0, most=4, urgent=12, keep_alive=4.0)
"""Kept alive for a shorter time than a server would: a stale socket must not swallow an order (python-kis#62). Cancels
are urgent: orders that the broker leaves without an answer hold none of them back."""

READS = ChannelLimits()


class HttpChannel:
    """Connections for one purpose to one host.

    The host is an ``Address``: a real one cannot be had without its account being unlocked, and nothing leaves for it
    any more once it is locked again. ``transport`` builds what carries the bytes in the place of sockets; tests hand
    one in. ``secure``: what proves the host to be itself; by default the certificates of the system. ``way``: shared
    with the other channels of a connection, so that nothing is written in front of a cancel that is coming.
    """

    def __init__(
        self,
        base: Address,
        limits: ChannelLimits,
        transport: TransportFactory | None = None,
        *,
        name: str = "http",
        secure: ssl.SSLContext | None = None,
        way: RightOfWay | None = None,
    ) -> None:
        parts = urlsplit(base)
        self._base = base
        self._limits = limits
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._path = parts.path.rstrip("/")
        self._context = secure
        self._always = _ALWAYS.format(host=parts.netloc).encode()
        self._make_transport = transport
        self._injected: Injected | None = None
        self._tasks = TaskOwner(name, on_error=_quiet)
        self._slots = asyncio.Semaphore(limits.most)
        self._urgent = asyncio.Semaphore(limits.urgent) if limits.urgent else self._slots
        self._way = way or RightOfWay()
        self._idle: list[Line] = []
        self._lines: set[Line] = set()
        self._asked: set[asyncio.Future[HttpReply]] = set()
        self._closed = False
        self._serial = 0
        self.in_flight = 0
        self.last_round_trip: float | None = None
        """Wire seconds of the last answered request."""

    async def send(self, call: HttpCall, *, urgent: bool = False) -> HttpReply:
        """Send ``call`` once and return the whole answer, whatever its status. ``urgent``: it waits for no other,
        and goes in front of what is not.

        Raises NeverWritten or MayHaveArrived. When the caller is cancelled while the request is in flight, the request
        itself goes on to its end; a caller still waiting for a slot sends nothing. A path that would lead to another
        host is a ValueError.
        """
        if not call.path.startswith("/") or call.path.startswith("//"):
            raise ValueError("a request stays at the host of its channel")
        slots = await self._place(urgent)
        if self._closed or not self._base.open:
            slots.release()
            raise NeverWritten("this connection was closed" if self._closed else "this account is locked")
        self.in_flight += 1
        began = asyncio.get_running_loop().time()
        try:
            asked = self._ask(call, urgent)
        except NeverWritten:
            self.in_flight -= 1
            slots.release()
            raise
        self._asked.add(asked)
        asked.add_done_callback(lambda done: self._give_back(slots, began, done))
        return await asyncio.shield(asked)

    def warm(self) -> None:
        """Have a connection ready for what may be asked next, unless there is one."""
        if self._closed or not self._base.open or self._make_transport is not None or "warm" in self._tasks.running:
            return
        line = self._idle_line()
        if line is None:
            self._tasks.start("warm", self._warm())
        else:
            self._idle.append(line)

    async def aclose(self) -> None:
        """End every request in flight and close the connections. Safe to call twice."""
        self._closed = True
        for asked in list(self._asked):
            asked.cancel()
        await self._tasks.aclose()
        if self._injected is not None:
            await self._injected.aclose()
            self._injected = None
        leaving = [line.lost for line in self._lines]
        for line in list(self._lines):
            line.close()
        if leaving:
            await asyncio.wait(leaving, timeout=_GOODBYE_SECONDS)

    # --- inside -----------------------------------------------------------------------------------------------------

    async def _place(self, urgent: bool) -> asyncio.Semaphore:
        """Wait for a place, and for the way to be clear. The place is not kept meanwhile: a token that the cancel
        itself needs may have to take it."""
        slots = self._urgent if urgent else self._slots
        await slots.acquire()
        while not urgent and self._way.taken:
            slots.release()
            await self._way.clear()
            await slots.acquire()
        return slots

    def _ask(self, call: HttpCall, urgent: bool) -> asyncio.Future[HttpReply]:
        """The answer to come. With a connection at hand the request is written when this returns."""
        if self._make_transport is not None:
            asked = self._beside(self._ask_injected(self._make_transport, call))
            self._has_left(urgent)
            return asked
        query = f"?{urlencode(call.query)}" if call.query else ""
        request = request_of(call, f"{self._path}{call.path}{query}", self._always)
        line = self._idle_line()
        if line is None:
            return self._beside(self._ask_anew(call, request, urgent))
        try:
            return line.ask(call, request)
        finally:
            self._has_left(urgent)

    def _has_left(self, urgent: bool) -> None:
        if urgent and self._limits.urgent:  # where there are no places for cancels, none goes
            self._way.passed()

    def _beside(self, work: Coroutine[Any, Any, HttpReply]) -> asyncio.Future[HttpReply]:
        self._serial += 1
        task = self._tasks.start(f"request {self._serial}", work)
        if task is None:
            raise RuntimeError("a request with a new name cannot be dropped")
        return task

    async def _ask_anew(self, call: HttpCall, request: bytes, urgent: bool) -> HttpReply:
        try:
            line = await self._connected()
            if not urgent:
                await self._way.clear()
            if self._closed or not self._base.open:  # while the connection was made
                line.close()
                raise NeverWritten("this connection was closed" if self._closed else "this account is locked")
            asked = line.ask(call, request)
        finally:
            self._has_left(urgent)
        return await asked

    async def _ask_injected(self, make: TransportFactory, call: HttpCall) -> HttpReply:
        if self._injected is None:
            from hoga.broker.injected import Injected  # for tests and rehearsals: the desk itself needs none of it

            self._injected = Injected(self._base, make(), self._limits)
        return await self._injected.exchange(call)

    async def _warm(self) -> None:
        self._free(await self._connected())

    async def _connected(self) -> Line:
        loop, limits = asyncio.get_running_loop(), Limits(self._limits.answer, self._limits.largest_body)
        try:
            async with asyncio.timeout(self._limits.connect):
                _, line = await loop.create_connection(
                    lambda: Line(limits, self._free),
                    self._host,
                    self._port,
                    ssl=(self._context or _system_context()) if self._secure else None,
                    happy_eyeballs_delay=_other_address_after(self._host),
                )
        except TimeoutError:
            raise NeverWritten("ConnectTimeout", Trouble.SILENCE) from None
        except OSError as error:
            raise NeverWritten("ConnectError", trouble_of(error)) from None
        self._lines.add(line)
        line.lost.add_done_callback(lambda _: self._gone(line))
        return line

    def _idle_line(self) -> Line | None:
        """The one used last of those that can be used; what has been idle for too long is closed."""
        fresh = [line for line in self._idle if line.fresh(self._limits.keep_alive)]
        for line in self._idle:
            if line not in fresh:
                line.close()
        self._idle = fresh
        return self._idle.pop() if self._idle else None

    def _free(self, line: Line) -> None:
        if self._closed:
            line.close()
        else:
            self._idle.append(line)

    def _gone(self, line: Line) -> None:
        self._lines.discard(line)
        if line in self._idle:
            self._idle.remove(line)

    def _give_back(self, slots: asyncio.Semaphore, began: float, asked: asyncio.Future[HttpReply]) -> None:
        self._asked.discard(asked)
        self.in_flight -= 1
        if not asked.cancelled() and asked.exception() is None:
            self.last_round_trip = asyncio.get_running_loop().time() - began
        slots.release()


def _other_address_after(host: str) -> float | None:
    """Seconds; None where the host is an address itself, and has no other.

    WORKAROUND: asyncio's race of addresses loses the socket of the one that wins at the moment at which its caller is
    cancelled (CPython 3.11); without a race the socket is closed.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _OTHER_ADDRESS_SECONDS
    return None


@functools.cache
def _system_context() -> ssl.SSLContext:
    import truststore  # reads much; practice needs none of it

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _quiet(name: str, error: BaseException) -> None:
    """Every failure already reaches the caller; one whose caller is gone is only worth a debug line."""
    _log.debug("%s ended with %s", name, type(error).__name__)


Send = Callable[[HttpCall], Awaitable[HttpReply]]
