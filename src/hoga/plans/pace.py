"""The gap between two orders of an account's plans, whichever of them sends."""

from __future__ import annotations

from datetime import datetime


class Pace:
    """Shared by every plan of one account: two plans together are no faster than one."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def sent(self, at: datetime) -> None:
        self._last = at if self._last is None else max(self._last, at)

    def left(self, now: datetime, gap_s: int) -> float:
        """Seconds until the next order may leave."""
        return 0.0 if self._last is None else max(gap_s - (now - self._last).total_seconds(), 0.0)
