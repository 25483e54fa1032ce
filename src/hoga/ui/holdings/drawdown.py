"""How far the day's profit has fallen from its best: exact, from the points of the day's curve. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from hoga.trading.day_curve import Point


class Fall(Struct, frozen=True):
    """The best so far (the day begins with 0) and the profit, at one moment; None: not known then."""

    at: datetime
    best: int
    total: int | None

    @property
    def units(self) -> int | None:
        """How far below the best; 0 at it."""
        return None if self.total is None else self.best - self.total


def falls(points: Iterable[Point]) -> list[Fall]:
    """Each point with the best up to it."""
    made, best = list[Fall](), 0
    for point in points:
        if point.total is not None:
            best = max(best, point.total)
        made.append(Fall(point.at, best, point.total))
    return made


def deepest(told: Iterable[Fall]) -> int | None:
    """The largest of them; None where nothing is known."""
    return max((fall.units for fall in told if fall.units is not None), default=None)
