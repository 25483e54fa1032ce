"""Looks after a journal in use: checks the whole of it and copies it, once for every day, beside the trading.

Nothing waits for it. What it finds is told; a damaged journal is marked, so that the next start makes it anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.storage.backups import Backups
from hoga.storage.checks import flaw_anywhere
from hoga.storage.errors import StorageError
from hoga.storage.opening import suspect

_log = logging.getLogger(__name__)

_BETWEEN_LOOKS = 600.0
"""Market seconds between two looks at whether a new day has come."""
_PAUSE = 0.003
"""Left to the window's thread after every few lines of a check."""


class JournalKeeper:
    """See the module. ``tell(message)`` hears of a backup that could not be made; ``distrust(message)``, once, of
    damage."""

    def __init__(
        self, path: Path, clock: MarketClock, tell: Callable[[Message], None], distrust: Callable[[Message], None]
    ) -> None:
        self._path = path
        self._clock = clock
        self._tell = tell
        self._distrust = distrust
        self._backups = Backups(path)
        self._sound = True
        self._failed = False
        self._tasks = TaskOwner("journal keeper")

    def start(self) -> None:
        self._tasks.start("days", self._follow_days())

    async def look(self) -> None:
        """If this day has no backup yet: check the whole journal, then copy it."""
        now = self._clock.now()
        if not self._sound or self._backups.has(_day(now)):
            return
        try:
            flaw = await asyncio.to_thread(flaw_anywhere, self._path, pause=_PAUSE)
            if flaw is not None:
                await self._damaged(flaw)
                return
            await asyncio.to_thread(self._backups.take, now)
            self._failed = False
        except StorageError as error:
            if not self._failed:
                self._tell(error.message)
            self._failed = True

    async def drop(self) -> None:
        """Stop at once, with no backup."""
        await self._tasks.aclose()

    async def aclose(self) -> None:
        """Stop; a day that has no backup yet gets one, if the journal is sound as far as anybody knows."""
        await self._tasks.aclose()
        now = self._clock.now()
        if not self._sound or not self._path.exists() or self._backups.has(_day(now)):
            return  # a desk that is closed while it opens may not have a journal yet
        try:
            await asyncio.to_thread(self._backups.take, now)
        except StorageError as error:
            _log.warning("no backup at the close: %s", error)

    async def _damaged(self, flaw: str) -> None:
        self._sound = False
        _log.error("the journal is damaged: %s", flaw)
        try:
            await asyncio.to_thread(suspect, self._path, flaw)
        except OSError as error:
            _log.warning("the damage could not be marked: %s", error)
        self._distrust(Message("JOURNAL_FOUND_DAMAGED", {"file": self._path.name, "why": flaw}))

    async def _follow_days(self) -> None:
        while True:
            await self.look()
            await self._clock.sleep(_BETWEEN_LOOKS)


def _day(now: datetime) -> date:
    return now.astimezone(KST).date()
