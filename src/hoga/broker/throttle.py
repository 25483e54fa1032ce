"""Pacing to a broker's rate limit, with a reserve that reads cannot eat.

Market time counts, because the broker's limit runs on the exchange's clock. A grant is a call that may leave now.

- In any window of the budget's length at most ``calls`` grants are given, reads among them at most ``reads``: what is
  left over is the reserve of orders and cancels.
- A cancel never waits behind anything but the limit itself, and never longer than ``_CANCEL_PATIENCE`` of wire time:
  if the market clock stands still, it leaves all the same and the broker decides.
- A read that has waited for ``_STARVING`` of market time goes before new orders: the reconciler lives on reads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from hoga.base.clock import MarketClock
from hoga.base.tasks import TaskOwner
from hoga.broker.transport import NeverWritten

_STARVING = timedelta(seconds=2)
_CANCEL_PATIENCE = 1.5
_SLACK = 0.05
"""The broker counts arrivals, we count departures: the window is kept five percent longer."""


class Lane(Enum):
    CANCEL = "cancel"
    ORDER = "order"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``calls`` in ``seconds`` of market time, at most ``reads`` of them reads."""

    calls: int
    reads: int
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.reads <= self.calls or self.seconds <= 0:
            raise ValueError(f"not a budget: {self}")


@dataclass(frozen=True, slots=True)
class Meter:
    """The budget as a person sees it: how much of the present window is used, and who waits."""

    used: int
    calls: int
    reads_used: int
    reads: int
    waiting_cancels: int
    waiting_orders: int
    waiting_reads: int


@dataclass(slots=True, eq=False)
class _Waiter:
    lane: Lane
    since: datetime
    future: asyncio.Future[None]


class Throttle:
    """One account's budget at one host; shared by everything that sends there."""

    def __init__(self, clock: MarketClock, budget: Budget) -> None:
        self._clock = clock
        self._budget = budget
        self._window = timedelta(seconds=budget.seconds * (1 + _SLACK))
        self._granted: deque[tuple[datetime, Lane]] = deque()
        self._queues: dict[Lane, deque[_Waiter]] = {lane: deque() for lane in Lane}
        self._reads_held_until: datetime | None = None
        self._wakes_at: datetime | None = None
        self._timers = 0
        self._closed = False
        self._tasks = TaskOwner("throttle")

    async def acquire(self, lane: Lane) -> None:
        """Return when a call of ``lane`` may leave. Callers of one lane leave in the order in which they came.

        Raises NeverWritten once the throttle is closed, also for those who are waiting then.
        """
        if self._closed:
            raise _closed()
        loop = asyncio.get_running_loop()
        waiter = _Waiter(lane, self._clock.now(), loop.create_future())
        self._queues[lane].append(waiter)
        self._pump()
        if waiter.future.done():
            # One who was granted earlier may not have woken up yet; he stands before us in the loop's line.
            await asyncio.sleep(0)
            return
        overdue = loop.call_later(_CANCEL_PATIENCE, self._let_go, waiter) if lane is Lane.CANCEL else None
        try:
            await waiter.future
        finally:
            if overdue is not None:
                overdue.cancel()
            if waiter in self._queues[lane]:
                self._queues[lane].remove(waiter)
                self._pump()

    def hold_reads(self, seconds: float) -> None:
        """The broker said "too many": let no read leave for ``seconds`` of market time. Orders are not held."""
        until = self._clock.now() + timedelta(seconds=seconds)
        if self._reads_held_until is None or until > self._reads_held_until:
            self._reads_held_until = until

    @property
    def meter(self) -> Meter:
        self._forget(self._clock.now())
        return Meter(
            used=len(self._granted),
            calls=self._budget.calls,
            reads_used=self._reads_used,
            reads=self._budget.reads,
            waiting_cancels=len(self._queues[Lane.CANCEL]),
            waiting_orders=len(self._queues[Lane.ORDER]),
            waiting_reads=len(self._queues[Lane.READ]),
        )

    async def aclose(self) -> None:
        """Let nothing leave any more; whoever waits is told so."""
        self._closed = True
        waiting = [waiter for queue in self._queues.values() for waiter in queue]
        for queue in self._queues.values():
            queue.clear()
        for waiter in waiting:
            if not waiter.future.done():
                waiter.future.set_exception(_closed())
        await self._tasks.aclose()

    @property
    def _reads_used(self) -> int:
        return sum(1 for _, lane in self._granted if lane is Lane.READ)

    def _pump(self) -> None:
        """Grant whatever may leave now, most urgent first; then wait for the next moment at which something may."""
        now = self._clock.now()
        self._forget(now)
        while (waiter := self._next(now)) is not None:
            self._grant(waiter, now)
        if any(self._queues.values()):
            self._wake(now + timedelta(seconds=self._delay(now)))

    def _wake(self, due: datetime) -> None:
        """See to it that somebody pumps at ``due``. A timer that was set for later just pumps once more, in vain."""
        if self._wakes_at is not None and self._wakes_at <= due:
            return
        self._wakes_at = due
        self._timers += 1
        self._tasks.start(f"timer {self._timers}", self._pump_at(due))

    async def _pump_at(self, due: datetime) -> None:
        await self._clock.sleep((due - self._clock.now()).total_seconds())
        if self._wakes_at == due:
            self._wakes_at = None
        self._pump()

    def _next(self, now: datetime) -> _Waiter | None:
        if len(self._granted) >= self._budget.calls:
            return None
        if queue := self._queues[Lane.CANCEL]:
            return queue[0]
        reads, orders = self._queues[Lane.READ], self._queues[Lane.ORDER]
        read_may_go = bool(reads) and self._reads_used < self._budget.reads and not self._reads_are_held(now)
        if read_may_go and (not orders or now - reads[0].since >= _STARVING):
            return reads[0]
        return orders[0] if orders else None

    def _grant(self, waiter: _Waiter, now: datetime) -> None:
        self._queues[waiter.lane].remove(waiter)
        self._granted.append((now, waiter.lane))
        if not waiter.future.done():
            waiter.future.set_result(None)

    def _let_go(self, waiter: _Waiter) -> None:
        """A cancel waited too long by the wall's clock. Those before it have waited as long: timers that fall due
        together may fire in any order, so they leave with it, and first."""
        queue = self._queues[waiter.lane]
        now = self._clock.now()
        while waiter in queue:
            self._grant(queue[0], now)

    def _forget(self, now: datetime) -> None:
        """Grants that the window has left behind."""
        while self._granted and now - self._granted[0][0] >= self._window:
            self._granted.popleft()

    def _reads_are_held(self, now: datetime) -> bool:
        return self._reads_held_until is not None and now < self._reads_held_until

    def _delay(self, now: datetime) -> float:
        """Market seconds until something changes: the oldest grant leaves the window, or the reads' hold ends."""
        moments = []
        if len(self._granted) >= self._budget.calls:
            moments.append(self._granted[0][0] + self._window)
        if self._queues[Lane.READ]:
            moments += [at + self._window for at, lane in self._granted if lane is Lane.READ][:1]
            if self._reads_held_until is not None and self._reads_are_held(now):
                moments.append(self._reads_held_until)
        waits = [(moment - now).total_seconds() for moment in moments]
        return max(min(waits, default=0.0), 0.001)


def _closed() -> NeverWritten:
    return NeverWritten("this connection was closed")
