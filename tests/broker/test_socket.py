"""The real socket under a live connection: nothing warns, and it is closed for certain, whoever is in whose way."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.utils import accept_key

from hoga.broker.addresses import PracticeAddress
from hoga.broker.stream import WireClosed, connect_socket


async def _echo(socket: ServerConnection) -> None:
    async for text in socket:
        await socket.send(text)


async def _spoken(url: str) -> None:
    wire = await connect_socket(PracticeAddress(url))
    await wire.send("안녕")
    assert await wire.recv() == "안녕"
    await wire.close()
    await wire.close()
    with pytest.raises(WireClosed):
        await wire.send("still there?")
    with pytest.raises(WireClosed):
        await wire.recv()


def test_a_connection_that_was_awaited_and_closed_leaves_no_warning_and_no_socket() -> None:
    async def story() -> None:
        async with serve(_echo, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            await _spoken(f"ws://127.0.0.1:{port}/tryitout")

    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        asyncio.run(story(), debug=True)
        gc.collect()
    assert [str(warning.message) for warning in heard] == []


class _Deaf:
    """A peer that takes connections, answers the opening if it is told to, and never says a word again."""

    def __init__(self, *, opens: bool) -> None:
        self._opens = opens
        self.ended = asyncio.Event()
        self.opened = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        if self._opens:
            writer.write(_accepted(request))
        self.opened.set()
        while await reader.read(4096):
            continue
        self.ended.set()
        writer.close()


def _accepted(request: bytes) -> bytes:
    (key,) = [line.split(b": ")[1] for line in request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key")]
    accept = accept_key(key.decode()).encode()
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


Story = Callable[[_Deaf, str], Coroutine[Any, Any, None]]


async def _with_deaf(story: Story, *, opens: bool) -> None:
    """Play ``story`` against a deaf peer, which must see the connection end within a second."""
    deaf = _Deaf(opens=opens)
    server = await asyncio.start_server(deaf.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        await story(deaf, f"ws://127.0.0.1:{port}/")
        async with asyncio.timeout(1.0):
            await deaf.ended.wait()


def test_opening_that_is_given_up_closes_the_socket() -> None:
    async def story(deaf: _Deaf, url: str) -> None:
        opening = asyncio.ensure_future(connect_socket(PracticeAddress(url)))
        await deaf.opened.wait()
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening

    asyncio.run(_with_deaf(story, opens=False))


def test_a_goodbye_that_nobody_answers_is_cut_short_and_the_socket_closed() -> None:
    async def story(deaf: _Deaf, url: str) -> None:
        wire = await connect_socket(PracticeAddress(url))
        closing = asyncio.ensure_future(wire.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing

    asyncio.run(_with_deaf(story, opens=True))


def test_a_peer_that_never_answers_the_goodbye_holds_nobody_up() -> None:
    async def story(deaf: _Deaf, url: str) -> None:
        wire = await connect_socket(PracticeAddress(url))
        async with asyncio.timeout(3.0):
            await wire.close()

    asyncio.run(_with_deaf(story, opens=True))
