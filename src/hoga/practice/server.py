"""The doors on the network: HTTP and WebSocket listeners on loopback, one of each for real and for paper.

Nothing a client sends ends the process: malformed HTTP gets 400, a body beyond the limit 413, a slow reader of the
stream is cut.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import struct
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from msgspec import Struct

from hoga.practice.activity import Activity
from hoga.practice.api import Broker, Environment
from hoga.practice.delivery import Delivered, Delivery, NoAnswer
from hoga.practice.faults import Faults
from hoga.practice.reading import printable
from hoga.practice.stream_faults import FaultyLine
from hoga.practice.streams import Gates, Session, StreamHost
from hoga.practice.wire import WireRequest

LOOPBACK = "127.0.0.1"
MOST_FRAME_BYTES = 64 * 1024
OUTBOX_FRAMES = 20_000
"""Frames waiting for a client that does not read; one more and it is cut."""
TICK_SECONDS = 0.1
SHUTDOWN_SECONDS = 1.0
_KEEP_ALIVE_SECONDS = 75.0
_NO_LINGERING = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)

_log = logging.getLogger(__name__)


def _without_trace(record: logging.LogRecord) -> bool:
    """What is no HTTP is the sender's mistake: one line says so, and no trace as for a mistake of ours."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
        record.msg, record.args = "refused what is no HTTP: %s", (type(error).__name__,)
    return True


HTTP_LOG = logging.getLogger(f"{__name__}.http")
HTTP_LOG.addFilter(_without_trace)


class RestDoor:
    """Hosts the HTTP door of one broker's environment."""

    def __init__(
        self,
        broker: Broker,
        environment: Environment,
        delivery: Delivery,
        gates: Gates,
        activity: Activity,
        clock_ahead: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """``clock_ahead``: seconds by which the host's ``Date`` is ahead of the machine's clock."""
        self._clock_ahead = clock_ahead
        self._broker = broker
        self._environment = environment
        self._gates = gates
        self._delivery = delivery
        self._activity = activity

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._activity.touch()
        if not self._gates.is_open(self._broker):
            return await _answer(request, NoAnswer.CUT)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (web.RequestPayloadError, ConnectionError):
            return web.Response(status=400)
        wire = WireRequest(
            method=request.method,
            path=printable(request.path),
            query=_pairs(request.query),
            headers=_pairs(request.headers),
            body=body,
        )
        with self._activity.connection():
            delivered = await self._delivery.carry(self._environment, wire, lambda: _has_gone(request))
            answer = await _answer(request, delivered)
        if ahead := self._clock_ahead():
            answer.headers["Date"] = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
        return answer


def _pairs(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((printable(name), printable(value)) for name, value in given.items())


def _has_gone(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


async def _answer(request: web.BaseRequest, delivered: Delivered) -> web.StreamResponse:
    if delivered is NoAnswer.HANG:
        while not _has_gone(request):  # noqa: ASYNC110 the transport tells nobody when it closes
            await asyncio.sleep(TICK_SECONDS)
    if isinstance(delivered, NoAnswer):
        if request.transport is not None:
            _end(request.transport, reset=delivered is NoAnswer.RESET)
        return web.Response()
    return web.Response(status=delivered.status, headers=dict(delivered.headers), body=delivered.body)


def _end(transport: asyncio.Transport, *, reset: bool) -> None:
    """``reset``: whoever listens is told so by the system (RST) instead of an orderly end."""
    socket_ = transport.get_extra_info("socket")
    if reset and socket_ is not None:
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
        transport.abort()
    else:
        transport.close()


class StreamDoor:
    """Hosts the WebSocket door of one broker's environment. Any path is taken: the brokers' own differ (kis.md 1.1,
    kiwoom.md 1.1)."""

    def __init__(
        self, environment: Environment, host: StreamHost, faults: Faults, gates: Gates, activity: Activity
    ) -> None:
        self.broker = host.broker
        self._environment = environment
        self._host = host
        self._gates = gates
        self._faults = faults
        self._activity = activity
        self._sockets: dict[Session, tuple[web.WebSocketResponse, FaultyLine, Callable[[str], None]]] = {}

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._activity.touch()
        if not self._gates.is_open(self.broker):
            return await _answer(request, NoAnswer.CUT)
        # A client may send ping frames; pongs carry the answer to PINGPONG, so they must come through.
        socket_ = web.WebSocketResponse(autoping=False, compress=False, max_msg_size=MOST_FRAME_BYTES)
        if not socket_.can_prepare(request):
            return web.Response(status=400, text="a WebSocket is expected here")
        await socket_.prepare(request)
        with self._activity.connection():
            await self._serve(request, socket_)
        return socket_

    def tick(self) -> None:
        """Wire time has passed: pings fall due, late frames leave."""
        now = asyncio.get_running_loop().time()
        for session, (_socket, line, _cut) in list(self._sockets.items()):
            line.tick(now)
            session.tick(now)

    def drop_all(self) -> int:
        """End every connection without a close frame; returns how many there were."""
        for _socket, _line, cut in list(self._sockets.values()):
            cut("dropped on request")
        return len(self._sockets)

    async def say_goodbye(self) -> None:
        """Tell every client that the exchange ends; those that do not read in time are cut."""
        await asyncio.gather(*(_farewell(socket_, cut) for socket_, _line, cut in list(self._sockets.values())))

    async def _serve(self, request: web.BaseRequest, socket_: web.WebSocketResponse) -> None:
        loop = asyncio.get_running_loop()
        outbox: asyncio.Queue[str | None] = asyncio.Queue(OUTBOX_FRAMES)

        def cut(why: str) -> None:
            transport = request.transport
            if transport is None or transport.is_closing():
                return
            _log.info("stream of %s cut: %s", self._environment.value, why)
            # What a client does not read would keep a connection that is merely closed open for ever.
            if transport.get_write_buffer_size():
                transport.abort()
            else:
                transport.close()

        def put(text: str | None) -> None:
            try:
                outbox.put_nowait(text)
            except asyncio.QueueFull:
                cut("the client does not read")

        line = FaultyLine(
            self._faults,
            self._environment,
            put,
            cut,
            loop.time,
            broker=self.broker,
            is_notice=self._host.is_notice,
        )
        session = self._host.open(self._environment, line.send, line.cut, lambda: put(None))
        self._sockets[session] = (socket_, line, cut)
        writer = loop.create_task(_write_out(socket_, outbox), name="stream writer")
        clean = False
        try:
            clean = await _read_in(socket_, session, loop.time)
        finally:
            del self._sockets[session]
            session.close(loop.time(), clean=clean)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer


async def _farewell(socket_: web.WebSocketResponse, cut: Callable[[str], None]) -> None:
    try:
        async with asyncio.timeout(SHUTDOWN_SECONDS):
            await socket_.close(code=WSCloseCode.GOING_AWAY)
    except (TimeoutError, ConnectionError):
        cut("the exchange ends")


async def _write_out(socket_: web.WebSocketResponse, outbox: asyncio.Queue[str | None]) -> None:
    """Until the connection ends; None ends it with a close frame after what went before."""
    while not socket_.closed:
        text = await outbox.get()
        if text is None:
            await socket_.close()
            return
        await socket_.send_str(text)


async def _read_in(socket_: web.WebSocketResponse, session: Session, now: Callable[[], float]) -> bool:
    """Until the client has gone. True when it said so with a close frame."""
    while True:
        message = await socket_.receive()
        if message.type is WSMsgType.TEXT:
            session.receive(message.data, now())
        elif message.type is WSMsgType.BINARY:
            session.receive(bytes(message.data).decode("utf-8", "replace"), now())
        elif message.type is WSMsgType.PING:
            await socket_.pong(message.data)
        elif message.type is WSMsgType.PONG:
            session.pong(bytes(message.data), now())
        else:
            return message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING) and socket_.close_code not in (None, 1006)


Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Listener:
    """One port on loopback with a low-level handler that gets every method and path."""

    def __init__(self, handler: Handler) -> None:
        self._runner = web.ServerRunner(
            web.Server(handler, access_log=None, keepalive_timeout=_KEEP_ALIVE_SECONDS, logger=HTTP_LOG),
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        self.port = 0

    async def open(self, wish: PortWish) -> None:
        self.port = await listen(self._runner, wish)

    async def aclose(self) -> None:
        await self._runner.cleanup()


class PortWish(Struct, frozen=True):
    """Port 0 takes a free one. ``firm``: no other will do."""

    port: int = 0
    firm: bool = False


async def listen(runner: web.BaseRunner, wish: PortWish) -> int:
    """Serve on loopback; returns the port. Raises OSError when a firm wish is taken by somebody else."""
    await runner.setup()
    try:
        listening = socket.create_server((LOOPBACK, wish.port), backlog=256)
    except OSError:
        if wish.firm:
            raise
        listening = socket.create_server((LOOPBACK, 0), backlog=256)
    await web.SockSite(runner, listening).start()
    return int(listening.getsockname()[1])
