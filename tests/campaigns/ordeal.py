"""What a desk in a process of its own is put through: a clock that is off, a wire without patience, a disk that is slow
and sometimes full, and the points at which it kills itself."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from hoga.base.clock import MarketClock, ToldClock
from hoga.storage.database import Database
from tests.campaigns.world import PATIENCE

_WAYS_OF_ORDERS = ("/trading/order-", "/ordr")
_ROOM_BYTES = 8192
_COMMIT_SECONDS = (0.0, 0.001, 0.004, 0.02)


class Skewed:
    """A told clock that is off by so many seconds."""

    def __init__(self, told: MarketClock, seconds: float) -> None:
        self._told = told
        self._off = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return self._told.now() + self._off

    async def sleep(self, seconds: float) -> None:
        await self._told.sleep(seconds)

    @property
    def silent_for(self) -> float:
        return self._told.silent_for if isinstance(self._told, ToldClock) else 0.0


class Doom:
    """Where the process kills itself: ``sending``: the record is durable and no byte has left; ``sent``: every byte
    has left; ``answered``: the answer is here and not on the disk."""

    def __init__(self) -> None:
        self.point = ""

    def strike(self, point: str) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


class Hurried(httpx.AsyncHTTPTransport):
    """Waits for no answer longer than the campaign's patience."""

    def __init__(self, doom: Doom) -> None:
        super().__init__()
        self._doom = doom

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeout: Mapping[str, float] = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {name: min(value or PATIENCE, PATIENCE) for name, value in timeout.items()}
        if not any(way in request.url.path for way in _WAYS_OF_ORDERS):
            return await super().handle_async_request(request)
        self._doom.strike("sending")
        told = request.extensions.get("trace")

        async def trace(event: str, info: Mapping[str, Any]) -> None:
            if told is not None:
                await told(event, info)
            if event.endswith("send_request_body.complete"):
                self._doom.strike("sent")

        request.extensions["trace"] = trace
        response = await super().handle_async_request(request)
        self._doom.strike("answered")
        return response


class Disk:
    """The disk under the journal: slow, and full when the system refuses to let the process's files grow."""

    def __init__(self, database: Database, chance: random.Random) -> None:
        self._database = database
        self._chance = chance
        self.fills = 0
        self.full = False
        self._at_once = database._commit
        database._commit = self._commit  # type: ignore[method-assign]

    def _commit(self, connection: sqlite3.Connection, jobs: Any) -> None:
        """On the writer's thread: a disk takes its time until it has something for good."""
        time.sleep(self._chance.choice(_COMMIT_SECONDS))
        self._at_once(connection, jobs)

    def fill(self, number: int) -> None:
        """For the so manieth time; 0 gives it room again."""
        self.full = full = number > 0
        self.fills = number or self.fills
        if sys.platform == "win32":
            self._database.rehearse_unwritable(full)
            return
        import resource

        log = self._database.path.with_name(f"{self._database.path.name}-wal")
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        room = (log.stat().st_size if log.exists() else 0) + self._chance.randint(0, _ROOM_BYTES)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room if full else most, most))
