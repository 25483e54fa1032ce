"""HTTP over real sockets: what left the machine is known, and cancelled requests cost nothing."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hoga.broker.addresses import PracticeAddress
from hoga.broker.line import request_of
from hoga.broker.transport import ChannelLimits, HttpCall, HttpChannel, HttpReply, MayHaveArrived, NeverWritten
from hoga.broker.trouble import Trouble
from tests.support.certificates import self_signed

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
QUICK = ChannelLimits(connect=1.0, answer=0.5, most=4, keep_alive=5.0)


async def _request(reader: asyncio.StreamReader) -> bytes:
    """One whole request; b"" when the client has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    return head + await reader.readexactly(length)


class Server:
    """A loopback server whose connections ``handler`` serves."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.connections = 0

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await self._handler(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def __aexit__(self, *_: object) -> None:
        self._server.close()


async def answer_all(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await _request(reader):
        writer.write(OK)
        await writer.drain()


async def never_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await _request(reader):
        pass


async def hang_up_after_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _request(reader)


async def half_an_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _request(reader)
    writer.write(OK[:-1])
    await writer.drain()


def exchange(handler: Handler) -> HttpReply:
    async def run() -> HttpReply:
        async with Server(handler) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            try:
                return await channel.send(HttpCall("POST", "/order", body=b"{}"))
            finally:
                await channel.aclose()

    return asyncio.run(run())


def test_an_answer_comes_back_whole() -> None:
    reply = exchange(answer_all)
    assert (reply.status, reply.body, reply.header("Content-Type")) == (200, b"{}", "application/json")


@pytest.mark.parametrize("handler", [never_answer, hang_up_after_reading, half_an_answer])
def test_once_the_request_was_written_nobody_knows(handler: Handler) -> None:
    with pytest.raises(MayHaveArrived):
        exchange(handler)


def test_a_refused_connection_is_proof_that_nothing_left() -> None:
    async def run() -> None:
        async with Server(answer_all) as server:
            url = server.url
        channel = HttpChannel(PracticeAddress(url), QUICK)
        with pytest.raises(NeverWritten):
            await channel.send(HttpCall("POST", "/order", body=b"{}"))
        await channel.aclose()

    asyncio.run(run())


def test_a_stale_connection_that_dies_under_an_order_is_not_called_unsent() -> None:
    """The server closes an idle connection at the moment at which the next order goes out."""

    async def one_then_hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(OK)
        await writer.drain()
        await _request(reader)  # takes the second request and closes without a word

    async def run() -> None:
        async with Server(one_then_hang_up) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            await channel.send(HttpCall("POST", "/order", body=b"{}"))
            with pytest.raises(MayHaveArrived):
                await channel.send(HttpCall("POST", "/order", body=b"{}"))
            assert server.connections == 1  # and it was not repeated on a new one
            await channel.aclose()

    asyncio.run(run())


def test_redirects_are_answers_and_are_not_followed() -> None:
    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await _request(reader):
            writer.write(b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:9/elsewhere\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()

    assert exchange(redirect).status == 307


def test_a_hundred_cancelled_requests_leave_every_slot_usable() -> None:
    async def slow_at_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await _request(reader):
            await asyncio.sleep(0.02)
            writer.write(OK)
            await writer.drain()

    async def run() -> None:
        async with Server(slow_at_first) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            for _ in range(25):
                group = [asyncio.ensure_future(channel.send(HttpCall("GET", "/"))) for _ in range(4)]
                await asyncio.sleep(0.002)
                for request in group:
                    request.cancel()
                await asyncio.gather(*group, return_exceptions=True)
            async with asyncio.timeout(5):
                replies = await asyncio.gather(*(channel.send(HttpCall("GET", "/")) for _ in range(12)))
            assert [reply.status for reply in replies] == [200] * 12
            assert channel.in_flight == 0
            assert server.connections <= QUICK.most
            await channel.aclose()

    asyncio.run(run())


def test_a_request_still_waiting_for_a_slot_is_cancelled_unsent() -> None:
    seen: list[bytes] = []

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await _request(reader):
            seen.append(request)
            await asyncio.sleep(0.1)
            writer.write(OK)
            await writer.drain()

    async def run() -> None:
        async with Server(hold) as server:
            channel = HttpChannel(PracticeAddress(server.url), ChannelLimits(answer=1.0, most=1))
            first = asyncio.ensure_future(channel.send(HttpCall("GET", "/first")))
            await asyncio.sleep(0.03)
            second = asyncio.ensure_future(channel.send(HttpCall("GET", "/second")))
            await asyncio.sleep(0.02)
            second.cancel()
            assert (await first).status == 200
            assert (await channel.send(HttpCall("GET", "/third"))).status == 200
            await channel.aclose()

    asyncio.run(run())
    assert [b"/second" in request for request in seen] == [False, False]


def test_a_cancelled_order_still_reaches_its_end() -> None:
    """Who cancels an order in flight has not stopped it: the bytes are out."""
    done = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await _request(reader)
        await asyncio.sleep(0.05)
        writer.write(OK)
        await writer.drain()
        assert b"/order" in request
        done.set()

    async def run() -> None:
        async with Server(slow) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            order = asyncio.ensure_future(channel.send(HttpCall("POST", "/order", body=b"{}")))
            await asyncio.sleep(0.02)
            order.cancel()
            async with asyncio.timeout(2):
                await done.wait()
            await channel.aclose()

    asyncio.run(run())


def test_an_endless_answer_is_cut() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async def run() -> None:
        async with Server(endless) as server:
            channel = HttpChannel(PracticeAddress(server.url), ChannelLimits(answer=2.0, largest_body=200_000))
            with pytest.raises(MayHaveArrived, match="large"):
                await channel.send(HttpCall("GET", "/"))
            await channel.aclose()

    asyncio.run(run())


def test_a_closed_channel_sends_nothing() -> None:
    async def run() -> None:
        channel = HttpChannel(PracticeAddress("http://127.0.0.1:9"), QUICK)
        await channel.aclose()
        await channel.aclose()
        with pytest.raises(NeverWritten):
            await channel.send(HttpCall("GET", "/"))

    asyncio.run(run())


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert exchange(answer_all).status == 200


def test_what_is_urgent_waits_for_no_request_without_an_answer() -> None:
    """Four orders hang at the broker, more wait for a place: a cancel leaves at once all the same."""
    arrived: list[bytes] = []

    async def hang_on_orders(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await _request(reader):
            arrived.append(request.split(b" ")[1])
            if b"/cancel" in request:
                writer.write(OK)
                await writer.drain()
            else:
                await asyncio.sleep(60)

    async def main() -> None:
        limits = ChannelLimits(connect=1.0, answer=30.0, most=4, urgent=3, keep_alive=5.0)
        async with Server(hang_on_orders) as server:
            channel = HttpChannel(PracticeAddress(server.url), limits)
            orders = [asyncio.create_task(channel.send(HttpCall("POST", "/order"))) for _ in range(9)]
            async with asyncio.timeout(10):
                while len(arrived) < 4:  # noqa: ASYNC110 a server is waited for
                    await asyncio.sleep(0.01)
                replies = await asyncio.gather(
                    *(channel.send(HttpCall("POST", "/cancel"), urgent=True) for _ in range(7))
                )
            assert [reply.status for reply in replies] == [200] * 7
            assert arrived.count(b"/order") == 4, "the others keep their places"
            for order in orders:
                order.cancel()
            await channel.aclose()

    asyncio.run(main())


# --- what an answer may look like -------------------------------------------------------------------------------------


def answer_with(*heads: bytes, body: bytes) -> Handler:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await _request(reader):
            writer.write(b"HTTP/1.1 200 OK\r\n" + b"".join(head + b"\r\n" for head in heads) + b"\r\n" + body)
            await writer.drain()
            if b"connection: close" in heads:
                return

    return answer


_PACKED = zlib.compress(b"x" * 3000, wbits=31)


@pytest.mark.parametrize(
    ("handler", "body"),
    [
        (answer_with(b"transfer-encoding: chunked", body=b"2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"), b"abcde"),
        (answer_with(b"content-encoding: gzip", b"content-length: %d" % len(_PACKED), body=_PACKED), b"x" * 3000),
        (answer_with(b"connection: close", body=b"until the end"), b"until the end"),
    ],
    ids=["in chunks", "packed", "as long as it lasts"],
)
def test_an_answer_is_read_however_it_is_sent(handler: Handler, body: bytes) -> None:
    assert exchange(handler).body == body


@pytest.mark.parametrize(
    "handler",
    [
        answer_with(b"content-encoding: gzip", b"content-length: 3", body=b"abc"),
        answer_with(b"content-length: nonsense", body=b""),
    ],
)
def test_an_answer_that_cannot_be_read_leaves_it_open(handler: Handler) -> None:
    with pytest.raises(MayHaveArrived):
        exchange(handler)


def test_a_small_answer_that_unpacks_without_end_is_cut() -> None:
    bomb = zlib.compress(b"0" * 3_000_000, wbits=31)

    async def run() -> None:
        async with Server(answer_with(b"content-encoding: gzip", b"content-length: %d" % len(bomb), body=bomb)) as one:
            channel = HttpChannel(PracticeAddress(one.url), ChannelLimits(answer=2.0, largest_body=200_000))
            with pytest.raises(MayHaveArrived, match="large"):
                await channel.send(HttpCall("GET", "/"))
            await channel.aclose()

    asyncio.run(run())


# --- connections ------------------------------------------------------------------------------------------------------


def test_a_connection_that_the_server_has_ended_takes_no_order() -> None:
    """What can be seen before the bytes leave is no reason not to know: the order goes over another connection."""
    left = asyncio.Event()

    async def one_each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(OK)
        await writer.drain()
        writer.close()
        left.set()

    async def run() -> None:
        async with Server(one_each) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            for _ in range(3):
                left.clear()
                assert (await channel.send(HttpCall("POST", "/order", body=b"{}"))).status == 200
                await left.wait()
            assert server.connections == 3
            await channel.aclose()

    asyncio.run(run())


def test_what_was_said_unasked_is_nobody_s_answer() -> None:
    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await _request(reader):
            writer.write(OK + OK.replace(b"{}", b"no"))
            await writer.drain()

    async def run() -> None:
        async with Server(twice) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            for _ in range(3):
                assert (await channel.send(HttpCall("GET", "/"))).body == b"{}"
                await asyncio.sleep(0)
            await channel.aclose()

    asyncio.run(run())


def test_a_warm_channel_has_its_connection_before_anything_is_asked() -> None:
    async def run() -> None:
        async with Server(answer_all) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            channel.warm()
            channel.warm()
            async with asyncio.timeout(5):
                while not server.connections:  # noqa: ASYNC110 a server is waited for
                    await asyncio.sleep(0.005)
            assert (await channel.send(HttpCall("GET", "/"))).status == 200
            channel.warm()
            assert server.connections == 1
            await channel.aclose()

    asyncio.run(run())


def test_a_request_is_its_line_its_headers_and_its_body() -> None:
    call = HttpCall("POST", "/order", headers={"authorization": "Bearer s3cret", "tr_id": "X\u20a9"}, body=b"{}\r\n")
    assert request_of(call, "/v1/order", b"host: here\r\naccept: */*") == (
        b"POST /v1/order HTTP/1.1\r\nauthorization: Bearer s3cret\r\ntr_id: X?\r\ncontent-length: 4\r\n"
        b"host: here\r\naccept: */*\r\n\r\n{}\r\n"
    )
    assert request_of(HttpCall("GET", "/"), "/?a=b", b"host: here") == b"GET /?a=b HTTP/1.1\r\nhost: here\r\n\r\n"
    empty = b"POST / HTTP/1.1\r\ncontent-length: 0\r\nhost: here\r\n\r\n"
    assert request_of(HttpCall("POST", "/"), "/", b"host: here") == empty


@pytest.mark.parametrize("end", ["\r", "\n", "\0", "\r\n"])
def test_no_line_of_a_request_ends_within(end: str) -> None:
    wrong = [
        (HttpCall("GET", "/", headers={"a": f"b{end}c: d"}), "/"),
        (HttpCall("GET", "/", headers={"a": f"b{end}"}), "/"),
        (HttpCall("GET", "/", headers={f"{end}a": "b", "c": "d"}), "/"),
        (HttpCall("POST", "/", body=b"{}"), f"/{end}"),
        (HttpCall(f"GET{end}", "/"), "/"),
        (HttpCall("GET", "/"), "/ HTTP/1.1"),
    ]
    for call, target in wrong:
        with pytest.raises(NeverWritten):
            request_of(call, target, b"host: here")


def test_a_header_that_cannot_be_written_is_not_told() -> None:
    async def run() -> None:
        async with Server(answer_all) as server:
            channel = HttpChannel(PracticeAddress(server.url), QUICK)
            with pytest.raises(NeverWritten) as caught:
                await channel.send(HttpCall("GET", "/", headers={"authorization": "Bearer s3cret\r\nx: y"}))
            assert "s3cret" not in str(caught.value) and caught.value.__context__ is None
            assert (await channel.send(HttpCall("GET", "/"))).status == 200
            await channel.aclose()

    asyncio.run(run())


def test_a_host_proves_itself_or_hears_nothing(tmp_path: Path) -> None:
    """Over TLS, with a certificate that the channel trusts, and with one that it does not."""
    certificate, key = self_signed(tmp_path)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=certificate)
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await _request(reader):
            heard.append(request)
            writer.write(OK)
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=ours)
        address = PracticeAddress(f"https://localhost:{server.sockets[0].getsockname()[1]}")
        channel = HttpChannel(address, QUICK, secure=trusting)
        for _ in range(2):
            assert (await channel.send(HttpCall("POST", "/order", body=b"{}"))).body == b"{}"
        await channel.aclose()
        stranger = HttpChannel(address, QUICK, secure=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        with pytest.raises(NeverWritten) as caught:
            await stranger.send(HttpCall("POST", "/order", body=b"{}"))
        assert caught.value.trouble is Trouble.CERTIFICATE
        await stranger.aclose()
        server.close()

    asyncio.run(run())
    assert len(heard) == 2
