"""Drives market time: the model's events happen one after the other, paced to wire time times a speed.

Market time never passes an unprocessed event, so the speed is an upper bound and the speed reached is measured. What
happens does not depend on the pace: the same seed and start give the same events at every speed, as long as nobody
trades.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

MOST_LAG_SECONDS = 0.2
"""A runner that has fallen further behind lets go of the rest: market time then simply runs slower."""
LEAST_SPEED, MOST_SPEED = 0.001, 100_000.0
_REACHED_OVER_SECONDS = 5.0
_SAMPLE_SECONDS = 0.2
_SHORTEST_NAP = 1e-6


class Market(Protocol):
    """What moves in time: the exchange."""

    def now(self) -> datetime: ...

    def advance(self, moment: datetime) -> None:
        """Set market time forward; a moment that has passed changes nothing."""
        ...


class Model(Protocol):
    """What makes things happen: acts at ``next_due``."""

    def next_due(self) -> datetime: ...

    def step(self) -> None: ...

    def skip_to(self, moment: datetime) -> None:
        """Put off everything due earlier to ``moment`` or later, without acting."""
        ...


def check_speed(speed: float) -> None:
    """Raises ValueError unless a market can run at that speed: its moments must stay dates."""
    if not LEAST_SPEED <= speed <= MOST_SPEED:
        raise ValueError(f"speed is between {LEAST_SPEED:g} and {MOST_SPEED:g}, was {speed:g}")


def run_until(market: Market, model: Model, moment: datetime) -> int:
    """Let everything happen that is due by ``moment``, at once. Returns the number of events."""
    events = 0
    while (due := model.next_due()) <= moment:
        market.advance(due)
        model.step()
        events += 1
    market.advance(moment)
    return events


class Runner:
    """Paces one market. ``settle`` is called after every event, and sends what it made to the streams.

    ``follow`` keeps market time on the machine's own however long the process was held up (a suspended computer): it
    catches up as fast as it can. Otherwise lag beyond ``MOST_LAG_SECONDS`` is let go.

    ``slice_seconds`` is how long events may run before others get their turn on the loop; None never yields early, as
    tests on virtual time need it: there a yield would let the processor's speed decide an order of events.
    """

    def __init__(
        self,
        market: Market,
        model: Model,
        *,
        speed: float = 1.0,
        follow: bool = False,
        wire_now: Callable[[], float],
        settle: Callable[[], None] = lambda: None,
        slice_seconds: float | None = 0.001,
        longest_nap: float = 0.05,
    ) -> None:
        check_speed(speed)
        self._market = market
        self._model = model
        self._speed = speed
        self._follow = follow
        self._wire_now = wire_now
        self._settle = settle
        self._slice = slice_seconds
        self._nap = longest_nap
        self._paused = False
        self._samples: deque[tuple[float, datetime]] = deque()
        self._anchor()

    @property
    def speed(self) -> float:
        """The speed asked for."""
        return self._speed

    @property
    def paused(self) -> bool:
        """Whether the model rests. Market time runs on, and orders still match."""
        return self._paused

    def set_speed(self, speed: float) -> None:
        """Raises ValueError for a speed that is none. From now on the machine's clock is not followed any more."""
        check_speed(speed)
        self._speed = speed
        self._follow = False
        self._anchor()

    def set_paused(self, paused: bool) -> None:
        """Stop or resume the market model. What it would have done meanwhile does not happen later."""
        if self._paused and not paused:
            self._model.skip_to(self._market.now())
        self._paused = paused

    def reached(self) -> float:
        """Market seconds per wire second over the last few seconds; 0 before anything could be measured."""
        wire, market = self._wire_now(), self._market.now()
        if not self._samples or wire <= self._samples[0][0]:
            return 0.0
        since, then = self._samples[0]
        return (market - then).total_seconds() / (wire - since)

    def touch(self) -> None:
        """Bring market time up to this moment, but never past an event that has not happened yet."""
        moment = self._target()
        if not self._paused:
            moment = min(moment, self._model.next_due())
        self._market.advance(moment)

    async def run(self) -> None:
        """Until cancelled. Never returns."""
        self._anchor()
        while True:
            behind = self._work()
            self._sample()
            await asyncio.sleep(0 if behind else self._until_next())

    def _work(self) -> bool:
        """Let happen what is due. True when the slice of time ran out before that."""
        target = self._target()
        began = time.perf_counter()
        while not self._paused and (due := self._model.next_due()) <= target:
            self._market.advance(due)
            self._model.step()
            self._settle()
            if self._slice is not None and time.perf_counter() - began > self._slice:
                return True
        self.touch()
        return False

    def _target(self) -> datetime:
        """The present market moment: how far events may go."""
        elapsed = self._wire_now() - self._wire_origin
        target = self._market_origin + timedelta(seconds=elapsed * self._speed)
        if not self._follow:
            lag = (target - self._market.now()).total_seconds() / self._speed
            if lag > MOST_LAG_SECONDS:
                self._wire_origin += lag - MOST_LAG_SECONDS
                target -= timedelta(seconds=(lag - MOST_LAG_SECONDS) * self._speed)
        return target

    def _until_next(self) -> float:
        """Wire seconds to the next event, no longer than a nap: market time is to move on in a quiet market too."""
        if self._paused:
            return self._nap
        away = (self._model.next_due() - self._market.now()).total_seconds() / self._speed
        return min(max(away, _SHORTEST_NAP), self._nap)

    def _anchor(self) -> None:
        self._wire_origin = self._wire_now()
        self._market_origin = self._market.now()
        self._samples.clear()
        self._samples.append((self._wire_origin, self._market_origin))

    def _sample(self) -> None:
        wire = self._wire_now()
        if wire - self._samples[-1][0] >= _SAMPLE_SECONDS:
            self._samples.append((wire, self._market.now()))
        while len(self._samples) > 2 and wire - self._samples[1][0] > _REACHED_OVER_SECONDS:
            self._samples.popleft()
