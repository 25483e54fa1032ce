"""Pacing to a broker's rate limit, with a reserve that reads cannot eat.

Market time counts, because the broker's limit runs on the exchange's clock. A call takes a place from the moment it may
leave until a window after its answer: it was counted at some time in between, nobody knows when. So however calls
bunch up on their way, the broker never counts more than the limit in any window.

- At most ``calls`` places are taken at once, reads among them at most ``reads``: what is left over is the reserve of
  orders and cancels. The last ``cancels`` places are for cancels alone: orders that the broker leaves without an answer
  hold their places for seconds.
- A call without an answer counts as answered after ``_LONGEST_WAY`` of wire time: a broker that hangs stops nobody.
- A cancel never waits behind anything but the limit itself, and never longer than ``_CANCEL_PATIENCE`` of wire time:
  if the market clock stands still, it leaves all the same and the broker decides.
- A read that has waited for ``_STARVING`` of market time goes before new orders: the reconciler lives on reads.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.tasks import TaskOwner
from hoga.broker.transport import NeverWritten

_STARVING = timedelta(seconds=2)
_CANCEL_PATIENCE = 1.5
_LONGEST_WAY = 2.0
_SLACK = 0.1
"""Market time is told ten times a second (and by real brokers not at all): the window is kept that much longer."""


class Lane(Enum):
    CANCEL = "cancel"
    ORDER = "order"
    READ = "read"


class Budget(Struct, frozen=True):
    """At most ``calls`` in ``seconds`` of market time, at most ``reads`` of them reads; ``cancels`` are for cancels."""

    calls: int
    reads: int
    seconds: float = 1.0
    cancels: int = 0

    def __post_init__(self) -> None:
        if self.cancels < 0 or not 0 < self.reads <= self.calls - self.cancels or self.seconds <= 0:
            raise ValueError(f"not a budget: {self}")


class Meter(Struct, frozen=True):
    """The budget as a person sees it: how much of the present window is used, and who waits."""

    used: int
    calls: int
    reads_used: int
    reads: int
    waiting_cancels: int
    waiting_orders: int
    waiting_reads: int


class _Waiter(Struct, eq=False):
    lane: Lane
    since: datetime
    future: asyncio.Future[_Place]
    asleep: bool = False
    waking: bool = False
    """Granted while asleep: he has not gone on yet."""


class _Place(Struct, eq=False):
    lane: Lane
    answered: datetime | None = None
    patience: asyncio.TimerHandle | None = None


class Turn:
    """A call that may leave now. Leave the block when its answer is there, or is known never to come."""

    def __init__(self, throttle: Throttle, place: _Place) -> None:
        self._throttle = throttle
        self._place = place

    def __enter__(self) -> Turn:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # A caller who was cancelled knows nothing of the answer: his call may still be on its way.
        if kind is None or not issubclass(kind, asyncio.CancelledError):
            self.answered()

    def answered(self) -> None:
        self._throttle.answered(self._place)


class Throttle:
    """One account's budget at one host; shared by everything that sends there."""

    def __init__(self, clock: MarketClock, budget: Budget) -> None:
        self._clock = clock
        self._budget = budget
        self._window = timedelta(seconds=budget.seconds * (1 + _SLACK))
        self._places: list[_Place] = []
        self._queues: dict[Lane, deque[_Waiter]] = {lane: deque() for lane in Lane}
        self._reads_held_until: datetime | None = None
        self._wakes_at: datetime | None = None
        self._timers = 0
        self._waking = 0
        self._closed = False
        self._tasks = TaskOwner("throttle")

    async def turn(self, lane: Lane) -> Turn:
        """Return when a call of ``lane`` may leave. Callers of one lane leave in the order in which they came.

        Use it as ``with await throttle.turn(lane): …``. Raises NeverWritten once the throttle is closed, also for
        those who are waiting then.
        """
        if self._closed:
            raise _closed()
        loop = asyncio.get_running_loop()
        waiter = _Waiter(lane, self._clock.now(), loop.create_future())
        self._queues[lane].append(waiter)
        self._pump()
        if waiter.future.done():
            if self._waking:
                await asyncio.sleep(0)  # who was granted earlier stands before us in the loop's line
            return Turn(self, waiter.future.result())
        waiter.asleep = True
        overdue = loop.call_later(_CANCEL_PATIENCE, self._let_go, waiter) if lane is Lane.CANCEL else None
        try:
            return Turn(self, await waiter.future)
        finally:
            self._waking -= waiter.waking
            if overdue is not None:
                overdue.cancel()
            if waiter in self._queues[lane]:
                self._queues[lane].remove(waiter)
                self._pump()

    def answered(self, place: _Place) -> None:
        """The call of ``place`` has been answered: from now on its window runs."""
        if place.answered is not None:
            return
        place.answered = self._clock.now()
        if place.patience is not None:
            place.patience.cancel()
        if not self._closed:
            self._pump()

    def hold_reads(self, seconds: float) -> None:
        """The broker said "too many": let no read leave for ``seconds`` of market time. Orders are not held."""
        until = self._clock.now() + timedelta(seconds=seconds)
        if self._reads_held_until is None or until > self._reads_held_until:
            self._reads_held_until = until

    @property
    def budget(self) -> Budget:
        return self._budget

    def use(self, budget: Budget) -> None:
        """From now on keep to ``budget``, of the same window. What has left already counts."""
        self._budget = budget
        if not self._closed:
            self._pump()

    @property
    def meter(self) -> Meter:
        self._forget(self._clock.now())
        return Meter(
            used=len(self._places),
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
        for place in self._places:
            if place.patience is not None:
                place.patience.cancel()
        await self._tasks.aclose()

    @property
    def _reads_used(self) -> int:
        return sum(1 for place in self._places if place.lane is Lane.READ)

    def _pump(self) -> None:
        """Grant whatever may leave now, most urgent first; then wait for the next moment at which something may."""
        now = self._clock.now()
        self._forget(now)
        while (waiter := self._next(now)) is not None:
            self._grant(waiter)
        if any(self._queues.values()) and (delay := self._delay(now)) is not None:
            self._wake(now + timedelta(seconds=delay))

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
        if len(self._places) >= self._budget.calls:
            return None
        if queue := self._queues[Lane.CANCEL]:
            return queue[0]
        if len(self._places) >= self._budget.calls - self._budget.cancels:
            return None
        reads, orders = self._queues[Lane.READ], self._queues[Lane.ORDER]
        read_may_go = bool(reads) and self._reads_used < self._budget.reads and not self._reads_are_held(now)
        if read_may_go and (not orders or now - reads[0].since >= _STARVING):
            return reads[0]
        return orders[0] if orders else None

    def _grant(self, waiter: _Waiter) -> None:
        self._queues[waiter.lane].remove(waiter)
        place = _Place(waiter.lane)
        asyncio.get_running_loop().call_soon(self._lose_patience_with, place)
        self._places.append(place)
        if not waiter.future.done():
            waiter.waking = waiter.asleep
            self._waking += waiter.waking
            waiter.future.set_result(place)

    def _lose_patience_with(self, place: _Place) -> None:
        """In time. Behind the call itself: a timer of the window's loop takes longer to set than a turn to grant."""
        if place.answered is None and not self._closed:
            place.patience = asyncio.get_running_loop().call_later(_LONGEST_WAY, self.answered, place)

    def _let_go(self, waiter: _Waiter) -> None:
        """A cancel waited too long by the wall's clock. Those before it have waited as long: timers that fall due
        together may fire in any order, so they leave with it, and first."""
        queue = self._queues[waiter.lane]
        while waiter in queue:
            self._grant(queue[0])

    def _forget(self, now: datetime) -> None:
        """Places whose window has passed."""
        self._places = [
            place for place in self._places if place.answered is None or now - place.answered < self._window
        ]

    def _reads_are_held(self, now: datetime) -> bool:
        return self._reads_held_until is not None and now < self._reads_held_until

    def _delay(self, now: datetime) -> float | None:
        """Market seconds until something changes by itself: a place becomes free, or the reads' hold ends."""
        moments = [place.answered + self._window for place in self._places if place.answered is not None]
        if self._reads_held_until is not None and self._reads_are_held(now):
            moments.append(self._reads_held_until)
        return max((min(moments) - now).total_seconds(), 0.001) if moments else None


def _closed() -> NeverWritten:
    return NeverWritten("this connection was closed")
