"""Who is painted in which frame, where all have news in each: no more than half of them, whoever waits longest first.

A person sees no difference between 60 and 30 changes of a number a second; the loop has half the work, in even slices.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Generic, TypeVar

K = TypeVar("K")

_LEAST = 8
"""So few cost nothing worth waiting for."""


class Turns(Generic[K]):
    """Whoever has news is let through within two frames."""

    def __init__(self) -> None:
        self._waiting: dict[K, None] = {}

    @property
    def waits(self) -> bool:
        """The next frame is needed, even if it brings no news."""
        return bool(self._waiting)

    def frame(self, news: Iterable[K], of: int) -> list[K]:
        """The next frame: who is painted in it. ``of``: how many there are."""
        self._waiting.update(dict.fromkeys(news))
        now = list(islice(self._waiting, max((of + 1) // 2, _LEAST)))
        for one in now:
            del self._waiting[one]
        return now

    def forget(self) -> None:
        """Others are shown now."""
        self._waiting.clear()
