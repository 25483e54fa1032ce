"""Whether anybody is there: the process ends by itself when nobody has been for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Activity:
    """Counts open sockets and remembers the last request. Wire time."""

    def __init__(self, wire_now: Callable[[], float]) -> None:
        self._wire_now = wire_now
        self._last = wire_now()
        self._open = 0

    def touch(self) -> None:
        self._last = self._wire_now()

    @contextmanager
    def connection(self) -> Iterator[None]:
        """Somebody is there for as long as this lasts."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            self.touch()

    @property
    def idle_seconds(self) -> float:
        """How long nobody has been there; 0 while a socket is open."""
        return 0.0 if self._open else self._wire_now() - self._last
