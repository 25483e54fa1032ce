"""How many calls an app key may make in a second of market time (kis.md 3)."""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta

_WINDOW = timedelta(seconds=1)


class CallPace:
    """A sliding second per app key. A refused call does not count."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def admit(self, appkey: str, now: datetime, per_second: int) -> bool:
        """Count the call and say yes, or say no because ``per_second`` calls lie within the last second."""
        calls = self._calls[appkey]
        while calls and not timedelta(0) <= now - calls[0] < _WINDOW:
            calls.popleft()
        if len(calls) >= per_second:
            return False
        calls.append(now)
        return True
