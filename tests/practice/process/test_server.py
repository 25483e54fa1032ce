"""The server inside the test's own process: what can only be seen from within."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from hoga.base.clock import KST
from hoga.practice import server as server_module
from hoga.practice.assembly import Assembly, Pace, assemble
from hoga.practice.process import LISTENERS, PracticeServer
from hoga.practice.server import PortWish

START = datetime(2026, 11, 20, 0, 10, tzinfo=KST)


def _serve(work: Callable[[Assembly, PracticeServer, dict[str, Any]], Awaitable[None]]) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        assembly = assemble(None, seed=1, start=START, pace=Pace(), wire_now=loop.time, die=lambda: pytest.fail("died"))
        try:
            serving = PracticeServer(assembly, idle_seconds=0.0)
            async with serving.serving([PortWish()] * len(LISTENERS)) as reached:
                await work(assembly, serving, json.loads(json.dumps(reached)))
        finally:
            assembly.close()

    asyncio.run(main())


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 a list of sessions has no event
            await asyncio.sleep(0.01)


def test_a_client_that_does_not_read_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "OUTBOX_FRAMES", 5)

    async def flood(assembly: Assembly, _server: PracticeServer, reached: dict[str, Any]) -> None:
        async with connect(reached["kis"]["ws"], proxy=None) as socket:
            await _until(lambda: bool(assembly.feed.sessions))
            (session,) = assembly.feed.sessions
            for _ in range(10):
                session.send("0|X|001|")
            with pytest.raises(ConnectionClosed) as closed:
                for _ in range(10):
                    await asyncio.wait_for(socket.recv(), 10)
            assert closed.value.rcvd is None
        await _until(lambda: not assembly.feed.sessions)

    _serve(flood)


def test_a_client_that_reads_nothing_at_all_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its side of the connection is full: closing alone would wait for it for ever."""
    monkeypatch.setattr(server_module, "OUTBOX_FRAMES", 5)

    async def flood(assembly: Assembly, _server: PracticeServer, reached: dict[str, Any]) -> None:
        address = urlsplit(reached["kis"]["ws"])
        _reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=1_024)
        writer.write(
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        try:
            await _until(lambda: bool(assembly.feed.sessions))
            (session,) = assembly.feed.sessions

            def gone() -> bool:
                session.send("x" * 200_000)
                return not assembly.feed.sessions

            await _until(gone)
        finally:
            writer.transport.abort()

    _serve(flood)


def test_a_market_that_fails_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(assembly: Assembly, server: PracticeServer, _reached: dict[str, Any]) -> None:
        def step() -> None:
            raise RuntimeError("the model is broken")

        monkeypatch.setattr(assembly.model, "step", step)
        assembly.runner.set_speed(100.0)
        await asyncio.wait_for(server.ended.wait(), 20)
        assert isinstance(server.failure, RuntimeError)

    _serve(fail)
    assert "the model is broken" in caplog.text
