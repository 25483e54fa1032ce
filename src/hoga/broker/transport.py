"""HTTP to a broker: one client for orders, one for reads, and the truth about what left the machine.

Why not httpx alone (stack.md 4.3):

- A request that is cancelled from outside leaks its slot in httpx's pool. So every request runs in a task of the
  channel's own, shielded from its caller, and ends by httpx's own time-outs, which are safe. Slots are counted here.
- ``NeverWritten`` and ``MayHaveArrived`` are told apart by httpcore's trace: once the first byte of a request may have
  been written, nobody can say that it did not arrive.
- Nothing is retried, redirected or sent through a proxy.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import httpx
import truststore

from hoga.base.tasks import TaskOwner
from hoga.broker.addresses import Address
from hoga.broker.trouble import Trouble, trouble_of

_log = logging.getLogger(__name__)

TransportFactory = Callable[[], httpx.AsyncBaseTransport]

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_WRITE_EVENT = ".send_request_headers.started"
_FAILS_BEFORE_WRITING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class TransportError(Exception):
    """No usable answer. ``args[0]`` names the kind of failure in plain words and holds no secret."""

    def __init__(self, kind: str, trouble: Trouble = Trouble.OTHER) -> None:
        super().__init__(kind)
        self.trouble = trouble


class NeverWritten(TransportError):
    """Proven: the connection failed before a byte of the request was written."""


class MayHaveArrived(TransportError):
    """The request left, at least in part, and no whole answer came back."""


@dataclass(frozen=True, slots=True)
class HttpCall:
    """One request. ``query`` and ``headers`` are sent as they are; ``body`` only on POST."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HttpReply:
    """One whole answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class ChannelLimits:
    """Wire-time limits of one client, in seconds. ``most`` requests are in flight at once; further ones queue.
    ``urgent`` more have places of their own, which the others cannot take."""

    connect: float = 5.0
    answer: float = 10.0
    most: int = 8
    urgent: int = 0
    keep_alive: float = 15.0
    largest_body: int = 32 * 1024 * 1024


ORDERS = ChannelLimits(answer=15.0, most=4, urgent=12, keep_alive=4.0)
"""Kept alive for a shorter time than a server would: a stale socket must not swallow an order (python-kis#62). Cancels
are urgent: orders that the broker leaves without an answer hold none of them back."""

READS = ChannelLimits()


class HttpChannel:
    """One httpx client for one purpose at one host.

    The host is an ``Address``: a real one cannot be had without its account being unlocked, and nothing leaves for it
    any more once it is locked again. ``transport`` builds what carries the bytes; tests hand in an in-process one. A
    request whose caller was cancelled still runs to its end, so its slot always comes back.
    """

    def __init__(
        self,
        base: Address,
        limits: ChannelLimits,
        transport: TransportFactory | None = None,
        *,
        name: str = "http",
    ) -> None:
        self._base = base
        self._limits = limits
        self._make_transport = transport
        self._tasks = TaskOwner(name, on_error=_quiet)
        self._slots = asyncio.Semaphore(limits.most)
        self._urgent = asyncio.Semaphore(limits.urgent) if limits.urgent else self._slots
        self._client: httpx.AsyncClient | None = None
        self._closed = False
        self._serial = 0
        self.in_flight = 0
        self.last_round_trip: float | None = None
        """Wire seconds of the last answered request."""

    async def send(self, call: HttpCall, *, urgent: bool = False) -> HttpReply:
        """Send ``call`` once and return the whole answer, whatever its status. ``urgent``: it waits for no other.

        Raises NeverWritten or MayHaveArrived. When the caller is cancelled while the request is in flight, the request
        itself goes on to its end; a caller still waiting for a slot sends nothing. A path that would lead to another
        host is a ValueError.
        """
        if not call.path.startswith("/") or call.path.startswith("//"):
            raise ValueError("a request stays at the host of its channel")
        slots = self._urgent if urgent else self._slots
        await slots.acquire()
        if self._closed or not self._base.open:
            slots.release()
            raise NeverWritten("this connection was closed" if self._closed else "this account is locked")
        self._serial += 1
        self.in_flight += 1
        task = self._tasks.start(f"request {self._serial}", self._exchange(call))
        if task is None:
            raise RuntimeError("a request with a new name cannot be dropped")
        task.add_done_callback(lambda _: self._give_back(slots))
        return await asyncio.shield(task)

    async def aclose(self) -> None:
        """End every request in flight and close the client. Safe to call twice."""
        self._closed = True
        await self._tasks.aclose()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _give_back(self, slots: asyncio.Semaphore) -> None:
        self.in_flight -= 1
        slots.release()

    async def _exchange(self, call: HttpCall) -> HttpReply:
        written = _Written()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            reply = await self._read_answer(call, written)
        except httpx.PoolTimeout as error:
            # Slots are counted here, so the pool can only be full if it leaked: a new client is the way out.
            await self._drop_client()
            raise NeverWritten("no free connection") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            kind = type(error).__name__
            if isinstance(error, _FAILS_BEFORE_WRITING) and not written.started:
                raise NeverWritten(kind, trouble_of(error)) from None
            raise MayHaveArrived(kind, trouble_of(error)) from None
        self.last_round_trip = loop.time() - began
        return reply

    async def _read_answer(self, call: HttpCall, written: _Written) -> HttpReply:
        request = self._ready_client().build_request(
            call.method,
            call.path,
            params=call.query or None,
            headers=dict(call.headers),
            content=call.body,
            extensions={"trace": written},
        )
        response = await self._ready_client().send(request, stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._limits.largest_body:
                    raise MayHaveArrived("an answer too large to be true")
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status_code, headers, bytes(body))

    def _ready_client(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(
                base_url=self._base,
                transport=self._make_transport() if self._make_transport else self._default_transport(),
                timeout=httpx.Timeout(self._limits.answer, connect=self._limits.connect, pool=self._limits.connect),
                follow_redirects=False,
                trust_env=False,  # no proxy may stand between the desk and its broker unseen
            )
        return self._client

    def _default_transport(self) -> httpx.AsyncBaseTransport:
        limits = httpx.Limits(
            max_connections=self._limits.most + self._limits.urgent,
            max_keepalive_connections=self._limits.most + self._limits.urgent,
            keepalive_expiry=self._limits.keep_alive,
        )
        secure = self._base.startswith("https:")
        verify = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if secure else False
        return httpx.AsyncHTTPTransport(verify=verify, retries=0, limits=limits, trust_env=False)

    async def _drop_client(self) -> None:
        stuck, self._client = self._client, None
        _log.warning("the connection pool of %s was full without cause and is rebuilt", self._base)
        if stuck is not None:
            await stuck.aclose()


class _Written:
    """httpcore's trace, as far as it matters here: has the first byte of the request been handed to the socket?"""

    def __init__(self) -> None:
        self.started = False

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(_WRITE_EVENT):
            self.started = True


def _quiet(name: str, error: BaseException) -> None:
    """Every failure already reaches the caller; one whose caller is gone is only worth a debug line."""
    _log.debug("%s ended with %s", name, type(error).__name__)


Send = Callable[[HttpCall], Awaitable[HttpReply]]
