"""The bars as columns of numbers, for drawing and for the axis; the exact candles stay beside them in ``Bars``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from hoga.domain.market_data import Candle
from hoga.ui.chart.axis import MINUTES_OF_DAY
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.pyramid import CLOSE, HIGH, LOW, OPEN, ROWS, VOLUME, Extremes, Floats, Pyramid
from hoga.ui.chart.studies.study import Figures

_KST_MINUTES = 9 * 60
_FIGURES = attrgetter("open_units", "high_units", "low_units", "close_units", "volume")


class Columns:
    """Follows one ``Bars``: ``sync`` rewrites everything from an index on."""

    def __init__(self) -> None:
        self.pyramid = Pyramid()
        self._stamps = np.empty(0, np.int64)
        self._days_change = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.pyramid)

    @property
    def stamps(self) -> NDArray[np.int64]:
        """Start of each bar in minutes of Korean time since 1970."""
        return self._stamps[: len(self)]

    @property
    def days_change(self) -> NDArray[np.int64]:
        """Bars that start on another day than the bar before them."""
        return self._days_change

    def figures(self) -> Figures:
        """All bars as the studies want them: views, not copies."""
        rows = self.pyramid.level(0)
        return Figures(rows[OPEN], rows[HIGH], rows[LOW], rows[CLOSE], rows[VOLUME], self._days_change)

    def extremes(self, first: int, last: int) -> Extremes | None:
        return self.pyramid.extremes(first, last)

    def sync(self, bars: Bars, first: int) -> None:
        """Take over the bars from ``first`` on."""
        first = min(first, len(self))
        fresh = bars.shown[first:]
        self.pyramid.write(first, _prices(fresh))
        self._grow(len(bars))
        moments = np.fromiter((bar.start.timestamp() for bar in fresh), np.float64, len(fresh))
        self._stamps[first : len(bars)] = moments.astype(np.int64) // 60 + _KST_MINUTES
        days = self.stamps[max(first - 1, 0) :] // MINUTES_OF_DAY
        changed = np.flatnonzero(days[1:] != days[:-1]) + max(first, 1)
        self._days_change = np.concatenate((self._days_change[self._days_change < first], changed))

    def _grow(self, length: int) -> None:
        if len(self._stamps) < length:
            grown = np.zeros(length + length // 2 + 64, np.int64)
            grown[: len(self._stamps)] = self._stamps
            self._stamps = grown


def _prices(bars: Sequence[Candle]) -> Floats:
    """Open, high, low, close and volume as five rows, in the pyramid's order."""
    figures = chain.from_iterable(map(_FIGURES, bars))
    return np.fromiter(figures, np.float64, len(bars) * ROWS).reshape(-1, ROWS).T
