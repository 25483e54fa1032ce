"""Time comes from a clock that is handed in, never from the machine directly.

There are two kinds of time in hoga. *Market time* (sessions, rate limits, token life, order times, ages) belongs to
the exchange: on Practice the desk receives it and never computes it. *Wire time* (time-outs, back-off, pings) is the
machine's own and is simply the event loop's: ``asyncio.sleep`` and ``loop.time()``. A test drives both with one
virtual loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol, runtime_checkable

KST = timezone(timedelta(hours=9), "KST")
"""Korean time: UTC+9 all year, no daylight saving since 1988."""


class MarketClock(Protocol):
    """Market time. Every datetime is aware."""

    def now(self) -> datetime:
        """The market's present moment, aware."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when at least ``seconds`` of market time have passed; never early, whatever the loop's timers do."""
        ...


@runtime_checkable
class ToldClock(Protocol):
    """A market clock that is told the time. While nobody tells it, it stands still, and values age all the same."""

    @property
    def silent_for(self) -> float:
        """Seconds of market time that must have passed unheard since it was last told; 0.0 while it is told."""
        ...


def silence_of(clock: MarketClock) -> Callable[[], float]:
    """Reads how long a clock has been silent (market seconds); a clock that runs by itself never is."""
    return (lambda: clock.silent_for) if isinstance(clock, ToldClock) else (lambda: 0.0)


class SystemClock:
    """Market time of the real markets: the machine's clock, in KST."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(KST)

    async def sleep(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        # Qt's coarse timers fire up to 5 % early, so the clock is asked again after each sleep.
        while (left := due - loop.time()) > 0:  # noqa: ASYNC110 waits for time itself
            await asyncio.sleep(left)


class LoopClock:
    """Market time that starts at a given moment and runs ``speed`` times as fast as the running loop's clock.

    Under a virtual loop this is the one clock that drives everything in a test.
    """

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        if start.tzinfo is None:
            raise ValueError("market time needs a zone")
        self._start = start
        self._speed = speed
        self._origin: float | None = None

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed())

    async def sleep(self, seconds: float) -> None:
        due = self._elapsed() + seconds
        while (left := due - self._elapsed()) > 0:  # noqa: ASYNC110 waits for time itself
            await asyncio.sleep(left / self._speed)

    def _elapsed(self) -> float:
        now = asyncio.get_event_loop().time()
        if self._origin is None:
            self._origin = now
        return (now - self._origin) * self._speed


class ManualClock:
    """A clock that stands still until a test moves it; ``sleep`` moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        self.advance(max(seconds, 0.0))
        await asyncio.sleep(0)
