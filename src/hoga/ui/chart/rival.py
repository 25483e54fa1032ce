"""Another instrument beside the chart's own, in percent from the left edge of what is seen. A line to look at."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hoga.ui.chart.bars import Bars
from hoga.ui.chart.columns import Columns
from hoga.ui.chart.pyramid import CLOSE, Floats


class Comparison(Struct, frozen=True):
    """Over the bars that are seen, from ``first`` on. ``base``: the own close from which both count; ``units``: where
    the other one would stand on the own axis had it cost as much there, NaN where it is not known."""

    first: int
    base: int
    units: Floats

    def at(self, index: int) -> float | None:
        """Where it stands at a bar; None for one that is not seen, or of which nothing is known."""
        place = index - self.first
        found = float(self.units[place]) if 0 <= place < len(self.units) else np.nan
        return None if np.isnan(found) else found

    @property
    def known(self) -> Floats:
        found: Floats = self.units[~np.isnan(self.units)]
        return found

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest."""
        return int(np.floor(self.known.min())), int(np.ceil(self.known.max()))


class Rival:
    """The other one's bars as numbers. ``sync`` takes over everything from an index on."""

    def __init__(self, name: str, bars: Bars) -> None:
        self.name = name
        self.bars = bars
        self._columns = Columns()
        if len(bars):
            self.sync(0)

    def sync(self, first: int) -> None:
        self._columns.sync(self.bars, first)

    def closes(self, stamps: NDArray[np.int64]) -> Floats:
        """Its close at the end of each bar that starts then: of that bar, or of the last one before."""
        columns = self._columns
        columns.load(self.bars, 0)
        if not len(columns):
            return np.full(len(stamps), np.nan)
        at = np.searchsorted(columns.stamps, stamps, side="right") - 1
        closes = columns.pyramid.level(0)[CLOSE]
        found: Floats = np.where(at >= 0, closes[np.maximum(at, 0)], np.nan)
        return found

    def compared(self, own: Columns, first: int, last: int) -> Comparison | None:
        """With the own bars from ``first`` up to but not including ``last``; None where it has none of that time."""
        first = max(first, own.begin)
        if first >= last:
            return None
        theirs = self.closes(own.stamps[first:last])
        both = np.flatnonzero(~np.isnan(theirs) & (theirs > 0))
        ours = own.pyramid.rows(0, first, last)[CLOSE]
        if not len(both) or ours[both[0]] <= 0:
            return None
        base = ours[both[0]]
        return Comparison(first, int(base), theirs * (base / theirs[both[0]]))
