"""What leaves for the broker and when, and the least that an order could need: a line on the disk and a bare POST."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import httpx

from hoga.app.failures import failures_logged
from hoga.app.window import application
from hoga.broker.exchange import HttpCall, HttpReply
from hoga.broker.line import Line
from hoga.ui.loop import DeskLoop
from tests.benchmarks.figures import Figure, late
from tests.support.practice_process import practice

T = TypeVar("T")

ORDER_PATH, CANCEL_PATH = "order-cash", "order-rvsecncl"


class Wire:
    """Every request at the moment at which its bytes go to the socket, in order: (moment, is it to ``path``)."""

    def __init__(self, path: str = CANCEL_PATH) -> None:
        self._path = path
        self.sends: list[tuple[float, bool]] = []

    def watch(self) -> None:
        seen, original = self, Line.ask

        def noted(line: Line, call: HttpCall, request: bytes) -> asyncio.Future[HttpReply]:
            seen.sends.append((time.perf_counter(), seen._path in call.path))
            return original(line, call, request)

        Line.ask = noted  # type: ignore[method-assign]
        self._undo = original

    def leave(self) -> None:
        Line.ask = self._undo  # type: ignore[method-assign]

    def left(self, since: int) -> float | None:
        """When the first request to ``path`` after the first ``since`` of all left."""
        return next((at for at, is_it in self.sends[since:] if is_it), None)


class Bound:
    """A line on the disk, then a POST: moments like ``Wire``'s."""

    def __init__(self, folder: Path, address: str) -> None:
        self._file = (folder / "bound.log").open("wb", buffering=0)
        self._client = httpx.AsyncClient(base_url=address, trust_env=False)

    async def once(self) -> float:
        """Seconds until the bytes are handed to the socket."""
        moments: list[float] = []

        async def noted(event: str, info: Mapping[str, Any]) -> None:
            if event.endswith("send_request_headers.started"):
                moments.append(time.perf_counter())

        began = time.perf_counter()
        self._file.write(b"x" * 250)
        getattr(os, "fdatasync", os.fsync)(self._file.fileno())
        await self._client.post("/nothing", json={"CANO": "12345678", "ORD_QTY": "1"}, extensions={"trace": noted})
        return moments[0] - began

    async def aclose(self) -> None:
        await self._client.aclose()
        self._file.close()


def pair(name: str, ours: Sequence[float], theirs: Sequence[float]) -> list[Figure]:
    """The two figures that are asked of every way to the wire."""
    return [
        Figure(f"{name}: p50", median(ours) * 1e3, "ms", "fsync + httpx POST", median(theirs) * 1e3, target=1.3),
        Figure(f"{name}: p99", late(ours, 0.99) * 1e3, "ms", target=5),
    ]


def at_an_exchange(scene: Callable[[Path, str], Awaitable[T]]) -> T:
    """Run ``scene(data folder, control address)`` under the window's loop, with an exchange process of its own."""
    app = application()
    with tempfile.TemporaryDirectory(prefix="hoga-bench-") as folder:
        data = Path(folder)
        with practice(data / "practice", "--seed", "7") as process, DeskLoop(app) as loop:
            asyncio.set_event_loop(loop)
            with failures_logged(data / "crash.log", loop, lambda where, error: None):
                found: T = loop.run_until_complete(scene(data, process.control))
    return found
