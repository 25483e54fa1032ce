"""Which price stands in which row of the ladder. Rows stay in place until somebody, or a re-centre, moves them.

Rows count from the top, prices fall downwards. Grouped, a row holds ``group`` neighbouring prices of the tick grid;
groups lie on fixed places of the grid, so that a price never changes its group while one scrolls.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.ticks import TickTable

BEYOND = 3
"""Rows shown outside the day's limits, hatched."""


class Rows(Struct, frozen=True):
    """``top`` is the index of the group in row 0; group 0 holds the lowest prices there are. Units are the
    currency's."""

    table: TickTable
    top: int
    count: int
    group: int = 1
    lower: int | None = None
    upper: int | None = None

    def prices(self, row: int) -> tuple[int, ...]:
        """The prices in a row, highest first; none below the lowest price there is."""
        index = self.top - row
        if index < 0:
            return ()
        first = index * self.group
        return tuple(self._units(number) for number in range(first + self.group - 1, first - 1, -1))

    def row_of(self, units: int) -> int | None:
        """The row that holds a price (one off the grid belongs to the price below it); None when it is not shown."""
        row = self.top - self.index_of(units)
        return row if 0 <= row < self.count else None

    def index_of(self, units: int) -> int:
        return self._number(units) // self.group

    def allowed(self, units: int) -> bool:
        """Within the day's limits."""
        return (self.lower is None or units >= self.lower) and (self.upper is None or units <= self.upper)

    def above(self, units: int) -> bool:
        """Whether a price lies above what is shown."""
        return self.index_of(units) > self.top

    def centred(self, units: int) -> Rows:
        return self.scrolled_to(self.index_of(units) + self.count // 2)

    def scrolled(self, rows: int) -> Rows:
        """``rows`` up (towards higher prices) or down."""
        return self.scrolled_to(self.top + rows)

    def scrolled_to(self, top: int) -> Rows:
        """As far as the limits and their hatched rows allow."""
        lowest = (self.index_of(self.lower) if self.lower is not None else 0) - BEYOND + self.count - 1
        if self.upper is not None:
            top = min(top, self.index_of(self.upper) + BEYOND)
        return replace(self, top=max(top, lowest if self.upper is None else min(lowest, self._highest()), 0))

    def showing(self, units: int) -> Rows:
        """Moved as little as needed to show a price."""
        index = self.index_of(units)
        if index > self.top:
            return self.scrolled_to(index)
        if index <= self.top - self.count:
            return self.scrolled_to(index + self.count - 1)
        return self

    def in_the_middle(self, units: int) -> bool:
        """Whether a price lies within the middle 60 % of the rows."""
        row = self.top - self.index_of(units)
        return self.count <= row * 5 < self.count * 4

    def resized(self, count: int) -> Rows:
        return replace(self, count=max(count, 1))

    def grouped(self, group: int, around: int) -> Rows:
        """Grouped by another number of ticks, with ``around`` in the middle."""
        return replace(self, group=group).centred(around)

    def stepped(self, units: int, rows: int) -> int:
        """The (lowest) price ``rows`` rows above a price, or below for negative ones; stays within the limits."""
        index = max(self.index_of(units) + rows, 0)
        stepped = self._units(index * self.group)
        if self.upper is not None and stepped > self.upper:
            return self.upper
        return self.lower if self.lower is not None and stepped < self.lower else stepped

    def _highest(self) -> int:
        return self.index_of(self.upper) + BEYOND if self.upper is not None else 0

    def _number(self, units: int) -> int:
        """Prices of the grid from 0 upwards; off the grid, the one below."""
        lowest = self.table.ticks[0]
        return 0 if units < lowest else self.table.distance(lowest, self.table.floor(units))

    def _units(self, number: int) -> int:
        return self.table.step(self.table.ticks[0], number)
