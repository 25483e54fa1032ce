"""Market time of Practice: told by the exchange, never computed.

Between two messages the clock goes on by at most the declared tick, so it is never ahead of what the exchange said plus
that tick; when messages stay out it stands still and says so. It never runs backwards on one ledger.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from hoga.base.clock import KST

_LONGEST_NAP = 1.0
_STALE_AFTER = 1.5


class TimeTold(msgspec.Struct, frozen=True):
    """One message of the exchange's ``/time``. ``tick``: wire seconds until the next one, at most."""

    now: datetime
    speed: float
    reached: float
    trading_date: str
    ledger: str
    tick: float = 0.1


class PracticeClock:
    """A MarketClock. ``wire_now`` is the machine's monotonic time in seconds."""

    def __init__(self, wire_now: Callable[[], float]) -> None:
        self._wire_now = wire_now
        self._told: TimeTold | None = None
        self._told_at = 0.0
        self._from = datetime.min.replace(tzinfo=KST)
        self._gait = 0.0
        """What ``told`` says, ready to be reckoned with: the clock is asked with every trade."""
        self._shown: datetime | None = None

    def tell(self, told: TimeTold) -> None:
        """The exchange spoke. Raises ValueError for a time without a zone."""
        if told.now.tzinfo is None:
            raise ValueError("market time needs a zone")
        if self._told is not None and self._told.ledger != told.ledger:
            self._shown = None  # another ledger has another past
        self._told = told
        self._told_at = self._wire_now()
        self._from, self._gait = told.now.astimezone(KST), min(told.reached, told.speed)

    def now(self) -> datetime:
        """The market's present moment. Raises RuntimeError before the exchange has told it once."""
        told = self._told
        if told is None:
            raise RuntimeError("the exchange has not told the time yet")
        passed = self._wire_now() - self._told_at
        if passed > told.tick:
            passed = told.tick
        reckoned = self._from + timedelta(0, passed * self._gait) if passed > 0.0 else self._from
        if self._shown is None or reckoned > self._shown:
            self._shown = reckoned
        return self._shown

    async def sleep(self, seconds: float) -> None:
        due = self.now() + timedelta(seconds=seconds)
        while (left := (due - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 waits for time itself
            await asyncio.sleep(min(max(left / self._pace, 0.001), _LONGEST_NAP))

    @property
    def told(self) -> TimeTold | None:
        return self._told

    @property
    def age(self) -> float | None:
        """Wire seconds since the exchange last spoke."""
        return None if self._told is None else self._wire_now() - self._told_at

    @property
    def silent_for(self) -> float:
        """Seconds of market time that must have passed unheard, at the pace told last: what ``now`` leaves out."""
        if self._told is None or self.age is None:
            return 0.0
        return max(self.age - self._told.tick, 0.0) * min(self._told.reached, self._told.speed)

    @property
    def stale(self) -> bool:
        """The exchange is silent: this clock stands still, and nothing may be concluded from its time."""
        age = self.age
        return age is None or age > _STALE_AFTER

    @property
    def _pace(self) -> float:
        return max(self._told.reached, self._told.speed / 10, 0.01) if self._told else 1.0
