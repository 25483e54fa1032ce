"""The tape: every trade in order, filtered by size, paused without losing any. Pure and bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from hoga.domain.market_data import Trade

MOST = 20_000
"""Trades kept; the oldest go first."""


class Measure(Enum):
    SHARES = "shares"
    UNITS = "units"
    """Shares times price, in whole units of the currency."""


class Size(Struct, frozen=True):
    """At least so many shares, or so much money."""

    measure: Measure
    least: int

    def fits(self, trade: Trade) -> bool:
        if self.measure is Measure.SHARES:
            return trade.quantity >= self.least
        return trade.quantity * trade.price_units >= self.least


ANY = Size(Measure.SHARES, 0)


class Gap(Struct, frozen=True):
    """Nothing was heard for so many seconds up to ``at``: trades of that time are missing here."""

    at: datetime
    seconds: float


Row: TypeAlias = Trade | Gap


class Tape:
    """Rows count from the newest, 0. While paused what comes waits, and nothing that is shown moves.

    ``dropped`` counts trades that came and can no longer be shown: not fetched in time, or waiting beyond the bound.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._all: deque[Row] = deque(maxlen=most)
        self._shown: list[Row] = []
        self._waiting: deque[Row] = deque()
        self._filter = ANY
        self.waiting = 0
        """Rows that came while paused and will be shown."""
        self.paused = False
        self.dropped = 0
        self.new_rows = 0
        """Rows added at the top since this was last set to 0."""

    # --- what comes -------------------------------------------------------------------------------------------------

    def add(self, rows: Iterable[Row]) -> None:
        """Take in what came, oldest first."""
        for row in rows:
            if self.paused:
                self._wait(row)
            else:
                self._keep(row)

    def clear(self) -> None:
        """Another instrument. The filter stays; a pause ends."""
        self._all.clear()
        self._shown.clear()
        self._waiting.clear()
        self.paused = False
        self.dropped = self.new_rows = self.waiting = 0

    def _wait(self, row: Row) -> None:
        if len(self._waiting) >= self._most:
            self.waiting -= self._fits(self._waiting.popleft())
            self.dropped += 1
        self._waiting.append(row)
        self.waiting += self._fits(row)

    def _keep(self, row: Row) -> None:
        self._all.append(row)
        if not self._fits(row):
            return
        self._shown.append(row)
        self.new_rows += 1
        # Cut rarely and much: cutting the head of a list costs its length.
        if len(self._shown) > self._most + self._most // 10:
            del self._shown[: len(self._shown) - self._most]

    # --- what is shown ----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return min(len(self._shown), self._most)

    def row(self, index: int) -> Row:
        """0 is the newest shown. Raises IndexError."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._shown[-1 - index]

    @property
    def filter(self) -> Size:
        return self._filter

    def set_filter(self, size: Size) -> None:
        """Show only trades of this size; gaps are always shown."""
        self._filter = size
        self._shown = [row for row in self._all if self._fits(row)]
        self.waiting = sum(map(self._fits, self._waiting))
        self.new_rows = 0

    def pause(self, paused: bool) -> None:
        self.paused = paused
        if not paused:
            waiting, self._waiting = self._waiting, deque()
            self.waiting = 0
            self.add(waiting)

    def _fits(self, row: Row) -> bool:
        return isinstance(row, Gap) or self._filter.fits(row)
