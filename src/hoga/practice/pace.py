"""How many calls may come in a second of market time."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta

from msgspec import Struct

_WINDOW = timedelta(seconds=1)


class CallPace:
    """A sliding second per key (kis.md 3). A refused call does not count."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def admit(self, key: str, now: datetime, per_second: int) -> bool:
        """Count the call and say yes, or say no because ``per_second`` calls lie within the last second."""
        calls = self._calls[key]
        while calls and not timedelta(0) <= now - calls[0] < _WINDOW:
            calls.popleft()
        if len(calls) >= per_second:
            return False
        calls.append(now)
        return True


class _Bucket(Struct):
    level: float
    at: datetime


class BurstPace:
    """A bucket of calls per key that fills again at a steady rate (kiwoom.md 3). A refused call takes nothing."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def admit(self, key: str, now: datetime, per_second: int, burst: int) -> bool:
        """Take one of at most ``burst`` calls; ``per_second`` of them come back each second."""
        bucket = self._buckets.setdefault(key, _Bucket(float(burst), now))
        passed = max((now - bucket.at).total_seconds(), 0.0)
        bucket.level, bucket.at = min(float(burst), bucket.level + passed * per_second), now
        if bucket.level < 1.0:
            return False
        bucket.level -= 1.0
        return True
