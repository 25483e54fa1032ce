"""One HTTP/1.1 connection to a broker: a request is written in the very call that asks, h11 reads the answer.

A general client spends a millisecond of the window's only thread between a click and its bytes, and two on each
request (httpx, measured under the window's loop). Here a request that finds a connection costs no task, no timer but
one and no turn of the loop: what is behind ``ask`` has left, or may have, when ``ask`` returns.

Nothing is retried or redirected, and no proxy stands between. What was asked and got no whole answer is
``MayHaveArrived``; texts of errors name the kind alone, because h11's would show the headers.
"""

from __future__ import annotations

import asyncio
import select
import zlib
from collections.abc import Callable

import h11
from msgspec import Struct

from hoga.broker.exchange import HttpCall, HttpReply, MayHaveArrived, NeverWritten
from hoga.broker.trouble import Trouble, trouble_of

_LARGEST_HEAD = 100 * 1024
_ANY_ZLIB = 32 + zlib.MAX_WBITS
"""Either kind of header: gzip's or zlib's."""
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_TOO_LARGE = "an answer too large to be true"

_LINE_END = "\r\n"
_ASKED = {method: h11.Request(method=method, target="/", headers=[("host", "broker")]) for method in ("GET", "POST")}
"""What the parser is told of a request: its method is all that matters to how the answer is read."""


class Limits(Struct, frozen=True):
    """``answer``: seconds of silence after which there is none; ``largest_body``: bytes, unpacked."""

    answer: float
    largest_body: int


class Line(asyncio.Protocol):
    """See the module. One request at a time. ``free`` is told when the next may be asked, ``lost`` is done once the
    connection is gone."""

    def __init__(self, limits: Limits, free: Callable[[Line], None]) -> None:
        self._limits = limits
        self._free = free
        self._loop = asyncio.get_running_loop()
        self._parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
        self._transport: asyncio.Transport | None = None
        self._asked: asyncio.Future[HttpReply] | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._heard = self._loop.time()
        self._status, self._headers, self._body = 0, dict[str, str](), bytearray()
        self.lost: asyncio.Future[None] = self._loop.create_future()

    # --- asking -----------------------------------------------------------------------------------------------------

    def ask(self, call: HttpCall, request: bytes) -> asyncio.Future[HttpReply]:
        """Write ``request``, the bytes of ``call``, and return its answer to come, which fails with MayHaveArrived.
        Raises NeverWritten, and then not a byte has left."""
        if self._transport is None or self._transport.is_closing() or self._asked is not None:
            raise NeverWritten("the connection is closed or taken")
        asked = self._asked = self._loop.create_future()
        self._transport.write(request)
        # Whatever comes back comes later: what is not needed for the bytes to leave is done behind them.
        asked.add_done_callback(_looked_at)
        self._heard = self._loop.time()
        self._parser.send(_ASKED[call.method])
        self._parser.send(h11.EndOfMessage())
        self._patience = self._loop.call_later(self._limits.answer, self._look_at_silence)
        return asked

    def fresh(self, keep_alive: float) -> bool:
        """Whether the next request may go here: not closed, not idle for too long, and the other side has not begun to
        say goodbye."""
        if self._transport is None or self._transport.is_closing() or self._asked is not None:
            return False
        return self._loop.time() - self._heard < keep_alive and not self._something_is_there(self._transport)

    @staticmethod
    def _something_is_there(transport: asyncio.Transport) -> bool:
        """Bytes, or the end, that the loop has not looked at yet: on an idle connection both mean that it ends."""
        socket = transport.get_extra_info("socket")
        if not hasattr(select, "poll"):
            return bool(select.select([socket], [], [], 0)[0])
        poll = select.poll()
        poll.register(socket, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        """End the connection; who waits for an answer has none."""
        if self._transport is not None:
            self._transport.abort()
        self._fail("closed", Trouble.CUT)

    # --- hearing ----------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a connection reads and writes")
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard = self._loop.time()
        self._parse(data)

    def eof_received(self) -> None:
        self._parse(b"")  # the end of a body without a length, or the end of the connection

    def connection_lost(self, exc: Exception | None) -> None:
        why = trouble_of(exc) if exc is not None else Trouble.CUT
        self._fail("ReadError" if exc is not None else "RemoteProtocolError", why)
        if not self.lost.done():
            self.lost.set_result(None)

    def _parse(self, data: bytes) -> None:
        if self._asked is None:
            if data:
                self.close()  # it speaks unasked: what comes next could be taken for the answer to another request
            return
        try:
            self._parser.receive_data(data)
            while self._asked is not None:
                event = self._parser.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED:
                    return
                self._hear(event)
        except h11.RemoteProtocolError:
            self._end("RemoteProtocolError", Trouble.CUT)

    def _hear(self, event: object) -> None:
        match event:
            case h11.Response():
                self._status, self._body = event.status_code, bytearray()
                self._headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
            case h11.Data():
                self._body += event.data
                if len(self._body) > self._limits.largest_body:
                    self._end(_TOO_LARGE, Trouble.OTHER)
            case h11.EndOfMessage():
                self._answered()
            case h11.ConnectionClosed():
                self._end("RemoteProtocolError", Trouble.CUT)

    def _answered(self) -> None:
        try:
            body = self._unpacked(bytes(self._body))
        except (zlib.error, ValueError) as error:
            self._end(_TOO_LARGE if isinstance(error, ValueError) else "DecodingError", Trouble.OTHER)
            return
        asked, self._asked = self._asked, None
        self._rest()
        if self._parser.states == {h11.CLIENT: h11.DONE, h11.SERVER: h11.DONE} and not self._parser.trailing_data[0]:
            self._parser.start_next_cycle()
            self._free(self)
        else:
            self.close()
        if asked is not None and not asked.done():
            asked.set_result(HttpReply(self._status, self._headers, body))

    def _unpacked(self, body: bytes) -> bytes:
        """ValueError: too large."""
        if self._headers.get("content-encoding", "").lower() not in _PACKED or not body:
            return body
        most = self._limits.largest_body
        opened = zlib.decompressobj(_ANY_ZLIB).decompress(body, most + 1)
        if len(opened) > most:
            raise ValueError
        return opened

    def _look_at_silence(self) -> None:
        left = self._heard + self._limits.answer - self._loop.time()
        if left > 0:
            self._patience = self._loop.call_later(left, self._look_at_silence)
        else:
            self._end("ReadTimeout", Trouble.SILENCE)

    def _end(self, kind: str, trouble: Trouble) -> None:
        self._fail(kind, trouble)
        self.close()

    def _fail(self, kind: str, trouble: Trouble) -> None:
        asked, self._asked = self._asked, None
        self._rest()
        if asked is not None and not asked.done():
            asked.set_exception(MayHaveArrived(kind, trouble))

    def _rest(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def request_of(call: HttpCall, target: str, always: bytes) -> bytes:
    """The bytes of a request. ``always``: the lines of the headers of every request. Raises NeverWritten for what would
    not be one; the text does not show it."""
    lines = [f"{call.method} {target} HTTP/1.1", *[f"{name}: {value}" for name, value in call.headers.items()]]
    body = call.body or b""
    if call.body is not None or call.method == "POST":
        lines.append(f"content-length: {len(body)}")
    head = _LINE_END.join(lines)
    # Nothing within a line may end it: what ends lines is there as often as lines were joined, and nowhere else.
    joints = len(lines) - 1
    if call.method not in _ASKED or " " in target or (head.count("\r"), head.count("\n"), head.count("\0")) != (
        joints, joints, 0,
    ):  # fmt: skip
        raise NeverWritten("LocalProtocolError")
    return b"%b\r\n%b\r\n\r\n%b" % (head.encode("latin-1", "replace"), always, body)


def _looked_at(asked: asyncio.Future[HttpReply]) -> None:
    """Whoever asked may be gone; its failure is not the loop's affair."""
    if not asked.cancelled():
        asked.exception()
