"""Pacing to Kiwoom: a bucket for each call, one for all reads, one for orders (kiwoom.md 3).

Orders have a limit of their own, so reads never cost them anything. Sources disagree about what the limits are: each
"too many" halves the bucket that it speaks of for a while.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hoga.base.clock import MarketClock
from hoga.broker.throttle import Budget, Lane, Meter, Throttle

_CAREFUL = timedelta(seconds=30)
_HOLD = 1.0


class Limits(Struct, frozen=True):
    """``each``: one call's bucket; ``reads``: all reads together; ``orders``: orders, cancels and tokens."""

    each: Budget
    reads: Budget
    orders: Budget


_ORDERS = Budget(4, 3, cancels=1)
REAL_LIMITS = Limits(Budget(4, 4), Budget(5, 5), _ORDERS)
MOCK_LIMITS = Limits(Budget(2, 2, seconds=2.0), Budget(5, 5), _ORDERS)
"""kiwoom.md 3, recommended client defaults. The mock's burst of two a call is its two in two seconds."""


class KiwoomPace:
    """Who may leave when."""

    def __init__(self, clock: MarketClock, limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._reads = Throttle(clock, limits.reads)
        self._orders = Throttle(clock, limits.orders)
        self._each: dict[str, Throttle] = {}
        self._careful: dict[str, datetime] = {}

    async def turn(self, api_id: str, lane: Lane) -> AbstractContextManager[object]:
        """Wait for every bucket that counts this call; hold what is returned until its answer is there."""
        held = ExitStack()
        together = self._reads if lane is Lane.READ else self._orders
        try:
            held.enter_context(await self._of(api_id).turn(lane))
            held.enter_context(await together.turn(lane))
        except BaseException:
            held.close()
            raise
        return held

    def too_many(self, api_id: str) -> None:
        """Half as many of this call for a while, after a pause."""
        bucket = self._of(api_id)
        bucket.hold_reads(_HOLD)
        bucket.use(_halved(bucket.budget))
        self._careful[api_id] = self._clock.now() + _CAREFUL

    @property
    def meter(self) -> Meter:
        """Orders and reads together, as a person sees them."""
        orders, reads = self._orders.meter, self._reads.meter
        return Meter(
            used=orders.used + reads.used,
            calls=orders.calls + reads.calls,
            reads_used=reads.used,
            reads=reads.calls,
            waiting_cancels=orders.waiting_cancels,
            waiting_orders=orders.waiting_orders,
            waiting_reads=reads.waiting_reads + sum(bucket.meter.waiting_reads for bucket in self._each.values()),
        )

    async def aclose(self) -> None:
        for bucket in (self._reads, self._orders, *self._each.values()):
            await bucket.aclose()

    def _of(self, api_id: str) -> Throttle:
        bucket = self._each.get(api_id)
        if bucket is None:
            bucket = self._each[api_id] = Throttle(self._clock, self._limits.each)
        until = self._careful.get(api_id)
        if until is not None and self._clock.now() >= until:
            del self._careful[api_id]
            bucket.use(self._limits.each)
        return bucket


def _halved(budget: Budget) -> Budget:
    calls = max(budget.calls // 2, 1)
    return replace(budget, calls=calls, reads=min(budget.reads, calls), cancels=0)
