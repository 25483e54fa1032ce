"""A read that is repeated: slowly all the time, soon when something asks for it, with growing pauses while it fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from hoga.base.clock import MarketClock
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import BrokerError

_log = logging.getLogger(__name__)

_PAUSES = (1.0, 2.0, 5.0, 10.0)
_CLOSEST = 0.3
"""Seconds between the end of one read and the start of the next, however many ask for it."""


class Watch:
    """Runs ``read`` when it is due. ``next_due`` says when, after a read that worked; ``failed`` hears each error."""

    def __init__(
        self,
        name: str,
        clock: MarketClock,
        read: Callable[[], Awaitable[None]],
        next_due: Callable[[], datetime],
        failed: Callable[[BrokerError], None],
    ) -> None:
        self._clock = clock
        self._read = read
        self._next_due = next_due
        self._failed = failed
        self._due: datetime | None = None
        self._earliest: datetime | None = None
        self._hurried = False
        self._stir = asyncio.Event()
        self._failures = 0
        self._tasks = TaskOwner(name)

    def start(self) -> None:
        self._tasks.start("run", self._run())

    def soon(self, seconds: float = 0.0) -> None:
        """Read within ``seconds`` of market time."""
        self.by(self._clock.now() + timedelta(seconds=seconds))

    def at_once(self) -> None:
        """Read now, or as soon as the read that is under way has ended: what it finds is known to be old."""
        self._hurried, self._earliest = True, None
        self.soon()
        self._stir.set()  # also where it was due already, after its pause

    def by(self, due: datetime) -> None:
        """Read at ``due`` at the latest."""
        if self._due is None or due < self._due:
            self._due = due
            self._stir.set()

    async def once(self) -> None:
        """Read now. Raises BrokerError."""
        self._due, self._hurried = None, False
        await self._read()
        self._failures = 0
        self._earliest = None if self._hurried else self._clock.now() + timedelta(seconds=_CLOSEST)
        self.by(self._next_due())

    async def aclose(self) -> None:
        await self._tasks.aclose()

    async def _run(self) -> None:
        while True:
            await self._until_due()
            try:
                await self.once()
            except BrokerError as error:
                pause = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
                self._failures += 1
                self._earliest = self._clock.now() + timedelta(seconds=min(pause, 1.0))
                self.soon(pause)
                self._failed(error)

    async def _until_due(self) -> None:
        while True:
            self._stir.clear()
            now = self._clock.now()
            if self._due is not None:
                due = max(self._due, self._earliest or self._due)
                left = (due - now).total_seconds()
                if left <= 0:
                    return
                self._tasks.start("timer", self._ring_after(left), busy=Busy.REPLACE)
            await self._stir.wait()

    async def _ring_after(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._stir.set()
