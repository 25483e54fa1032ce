"""The practice exchange inside the test's own process: no socket, no thread, so it runs on virtual time as well.

What the real process hosts on nine ports is here one object: ``http()`` gives transports for httpx, ``connect`` opens
streams, both through the same deliveries, sessions and faults as the real server. The hosts are told apart by their
(unused) ports::

    http://127.0.0.1:1 real REST    ws://127.0.0.1:2 real stream
    http://127.0.0.1:3 paper REST   ws://127.0.0.1:4 paper stream
    http://127.0.0.1:6 Kiwoom real  ws://127.0.0.1:7 its stream
    http://127.0.0.1:8 Kiwoom mock  ws://127.0.0.1:9 its stream
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from hoga.base.tasks import TaskOwner
from hoga.practice.api import Broker, Environment, Listing, PracticeAccount, of_broker
from hoga.practice.assembly import Assembly, Pace, assemble
from hoga.practice.delivery import Delivered, NoAnswer
from hoga.practice.process import endpoint
from hoga.practice.stream_faults import FaultyLine
from hoga.practice.streams import Session
from hoga.practice.wire import WireRequest

PORTS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
_REST = {
    1: (Broker.KIS, Environment.REAL),
    3: (Broker.KIS, Environment.PAPER),
    6: (Broker.KIWOOM, Environment.REAL),
    8: (Broker.KIWOOM, Environment.PAPER),
}
_STREAM = {port + 1: host for port, host in _REST.items()}
_TICK_SECONDS = 0.5


class StreamClosed(ConnectionError):
    """The stream's connection is gone; ``clean`` when one side had said goodbye."""

    def __init__(self, clean: bool) -> None:
        super().__init__("closed" if clean else "broke off without a close frame")
        self.clean = clean


class ProcessDied(Exception):
    """The exchange's process is gone, in the middle of what it was doing."""


class InProcessPractice:
    """One running exchange. ``latency`` is the wire time of one way of a request.

    ``kill`` is a SIGKILL: whatever was not on disk is gone; open another one on the same folder to restart it.
    """

    def __init__(
        self,
        *,
        start: datetime,
        seed: int = 1,
        speed: float = 1.0,
        folder: Path | None = None,
        settings: Mapping[str, object] | None = None,
        latency: float = 0.0,
        listings: Mapping[str, Listing] | None = None,
    ) -> None:
        """Needs a running loop; what happens depends on nothing but the arguments and what is asked of it."""
        loop = asyncio.get_running_loop()
        self.latency = latency
        self.alive = True
        self.assembly: Assembly = assemble(
            folder,
            seed=seed,
            start=start,
            pace=Pace(speed=speed, slice_seconds=None, longest_nap=1.0),
            wire_now=loop.time,
            die=self._die,
            settings=settings,
            listings=listings,
        )
        self._tasks = TaskOwner("in-process practice")
        self._sockets: dict[InProcessSocket, None] = {}
        self._dead = asyncio.Event()
        self._serial = 0

    async def __aenter__(self) -> InProcessPractice:
        self._tasks.start("market", self.assembly.runner.run())
        self._tasks.start("ticks", self._tick())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    @property
    def endpoint(self) -> dict[str, Any]:
        """The same object as the real process prints."""
        return endpoint(PORTS, self.assembly)

    def account(self, environment: Environment, index: int = 0, broker: Broker = Broker.KIS) -> PracticeAccount:
        accounts = of_broker(self.assembly.exchange, broker)
        return [each for each in accounts if each.environment is environment][index]

    @property
    def clock(self) -> InProcessClock:
        return InProcessClock(self)

    def http(self) -> httpx.AsyncBaseTransport:
        return InProcessTransport(self)

    async def connect(self, url: str) -> InProcessSocket:
        """Open a stream. Raises ConnectionRefusedError when nobody listens."""
        host = _STREAM.get(urlsplit(url).port or 0)
        if not self.alive or host is None or not self.assembly.gates.is_open(host[0]):
            raise ConnectionRefusedError(url)
        socket = InProcessSocket(self, *host)
        self._sockets[socket] = None
        return socket

    def cut_off(self, broker: Broker) -> None:
        """Break every stream of one broker off."""
        for socket in [each for each in self._sockets if each.broker is broker]:
            socket.break_off()

    def kill(self) -> None:
        """End at once. Requests under way break off; the market stops in the middle of its step."""
        if self.alive:
            self.alive = False
            self._dead.set()
            for socket in list(self._sockets):
                socket.break_off()
            self.assembly.record.close()

    async def aclose(self) -> None:
        """End in good order (after ``kill``: only tidy up the tasks)."""
        clean, self.alive = self.alive, False
        self._dead.set()
        for socket in list(self._sockets):
            socket.end(clean=clean)
        await self._tasks.aclose()
        if clean:
            self.assembly.close()

    async def carry(
        self,
        environment: Environment,
        request: WireRequest,
        patience: float | None,
        broker: Broker = Broker.KIS,
    ) -> Delivered:
        """A request to its end, however long the client waits: after ``patience`` seconds it gets TimeoutError.

        Raises ProcessDied when the exchange was killed meanwhile.
        """
        self._serial += 1
        task = self._tasks.start(f"request {self._serial}", self._carry(broker, environment, request))
        assert task is not None
        death = asyncio.ensure_future(self._dead.wait())
        try:
            await asyncio.wait({task, death}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()  # type: ignore[no-any-return]
            raise ProcessDied if self._dead.is_set() else TimeoutError
        finally:
            death.cancel()

    def forget(self, socket: InProcessSocket) -> None:
        self._sockets.pop(socket, None)

    async def _carry(self, broker: Broker, environment: Environment, request: WireRequest) -> Delivered | None:
        await asyncio.sleep(self.latency)
        try:
            delivered = await self.assembly.deliveries[broker].carry(environment, request)
        except ProcessDied:
            return NoAnswer.CUT
        await asyncio.sleep(self.latency)
        return delivered if self.alive else NoAnswer.CUT

    async def _tick(self) -> None:
        while self.alive:
            await asyncio.sleep(_TICK_SECONDS)
            for socket in list(self._sockets):
                socket.tick()

    def _die(self) -> None:
        self.kill()
        raise ProcessDied


class InProcessTransport(httpx.AsyncBaseTransport):
    """Honours httpx's read time-out, and tells a ``trace`` extension what a real connection would tell it."""

    def __init__(self, practice: InProcessPractice) -> None:
        self._practice = practice

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = _REST.get(request.url.port or 0)
        await _trace(request, "connection.connect_tcp.started")
        if not self._practice.alive or host is None or not self._practice.assembly.gates.is_open(host[0]):
            await _trace(request, "connection.connect_tcp.failed")
            raise httpx.ConnectError("nobody listens", request=request)
        await _trace(request, "connection.connect_tcp.complete")
        wire = WireRequest(
            method=request.method,
            path=request.url.path,
            query=tuple(request.url.params.multi_items()),
            headers=tuple(request.headers.multi_items()),
            body=await request.aread(),
        )
        for part in ("headers", "body"):
            await _trace(request, f"http11.send_request_{part}.started")
            await _trace(request, f"http11.send_request_{part}.complete")
        await _trace(request, "http11.receive_response_headers.started")
        return await self._answer(request, host, wire)

    async def _answer(
        self, request: httpx.Request, host: tuple[Broker, Environment], wire: WireRequest
    ) -> httpx.Response:
        broker, environment = host
        timeout = request.extensions.get("timeout", {}).get("read")
        try:
            delivered = await self._practice.carry(environment, wire, timeout, broker)
            if delivered is NoAnswer.HANG:
                await asyncio.wait_for(asyncio.Event().wait(), timeout)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer", request=request) from error
        except ProcessDied as error:
            raise httpx.ReadError("the connection broke off", request=request) from error
        if delivered is NoAnswer.RESET:
            raise httpx.ReadError("the connection was torn down", request=request)
        if isinstance(delivered, NoAnswer):
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
        await _trace(request, "http11.receive_response_headers.complete")
        return httpx.Response(
            delivered.status, headers=list(delivered.headers), content=delivered.body, request=request
        )


async def _trace(request: httpx.Request, event: str) -> None:
    trace = request.extensions.get("trace")
    if trace is not None:
        await trace(event, {})


class InProcessSocket:
    """A client's end of a stream: ``send``, ``recv``, ``close``. Raises StreamClosed when the connection is gone."""

    def __init__(self, practice: InProcessPractice, broker: Broker, environment: Environment) -> None:
        self._practice = practice
        self.broker = broker
        self._loop = asyncio.get_running_loop()
        self._inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self._closed: StreamClosed | None = None
        faults = practice.assembly.faults
        host = practice.assembly.streams[broker]
        self._line = FaultyLine(
            faults,
            environment,
            self._inbox.put_nowait,
            self._cut,
            self._loop.time,
            broker=broker,
            is_notice=host.is_notice,
        )
        self._session: Session = host.open(environment, self._line.send, self._line.cut, self._hang_up)

    async def send(self, text: str) -> None:
        await asyncio.sleep(self._practice.latency)
        if self._closed is not None:
            raise self._closed
        self._practice.assembly.runner.touch()
        self._session.receive(text, self._loop.time())

    async def recv(self) -> str:
        """The next frame; what had arrived before the end is still given."""
        text = await self._inbox.get()
        if text is None:
            self._inbox.put_nowait(None)
            raise self._closed or StreamClosed(clean=False)
        return text

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.end(clean=True)

    def pong(self, payload: str) -> None:
        """A pong control frame."""
        self._session.pong(payload.encode(), self._loop.time())

    def tick(self) -> None:
        self._line.tick(self._loop.time())
        self._session.tick(self._loop.time())

    def break_off(self) -> None:
        self.end(clean=False)

    def end(self, *, clean: bool) -> None:
        if self._closed is None:
            self._closed = StreamClosed(clean)
            self._session.close(self._loop.time(), clean=clean)
            self._practice.forget(self)
            self._inbox.put_nowait(None)

    def _hang_up(self) -> None:
        self._loop.call_soon(lambda: self.end(clean=True))

    def _cut(self, why: str) -> None:
        # As with a real socket, the end is noticed after what led to it has returned.
        self._loop.call_soon(self.break_off)


class InProcessClock:
    """Market time as the exchange tells it. Satisfies ``hoga.base.clock.MarketClock``."""

    def __init__(self, practice: InProcessPractice) -> None:
        self._practice = practice

    def now(self) -> datetime:
        with contextlib.suppress(ProcessDied):
            if self._practice.alive:
                self._practice.assembly.runner.touch()
        return self._practice.assembly.exchange.now()

    async def sleep(self, seconds: float) -> None:
        due = self.now().timestamp() + seconds
        while (left := due - self.now().timestamp()) > 0:
            # Market time stands still while its exchange is down.
            speed = self._practice.assembly.runner.speed if self._practice.alive else left
            await asyncio.sleep(max(left / speed, 1e-6))
