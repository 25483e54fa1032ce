"""Ranges of candles, and things that hold for a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Generic, TypeVar

from hoga.base.clock import KST, MarketClock

T = TypeVar("T")


def asked_range(start: datetime, end: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The range in Korean time, cut to ``now``: nobody has candles of the future. It may be empty (first > last)."""
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a range of candles needs aware times")
    return start.astimezone(KST), min(end, now).astimezone(KST)


class OnceADay(Generic[T]):
    """A reading that is made once on each date of the market's clock, however many ask at the same time."""

    def __init__(self, clock: MarketClock, read: Callable[[], Awaitable[T]]) -> None:
        self._clock = clock
        self._read = read
        self._kept: tuple[date, T] | None = None
        self._lock = asyncio.Lock()

    async def get(self) -> T:
        """Whatever ``read`` raises is raised, and nothing is kept then."""
        async with self._lock:
            today = self._clock.now().astimezone(KST).date()
            if self._kept is None or self._kept[0] != today:
                self._kept = (today, await self._read())
            return self._kept[1]
