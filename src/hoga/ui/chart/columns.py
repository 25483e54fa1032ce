"""The bars as columns of numbers, for drawing and for the axis; the exact candles stay beside them in ``Bars``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hoga.domain.market_data import Candle
from hoga.ui.chart.axis import MINUTES_OF_DAY
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.pyramid import Extremes, Pyramid

_KST_MINUTES = 9 * 60


class Columns:
    """Follows one ``Bars``: ``sync`` rewrites everything from an index on."""

    def __init__(self) -> None:
        self.pyramid = Pyramid()
        self._stamps = np.empty(0, np.int64)
        self._months = np.empty(0, np.int64)
        self._days_change = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.pyramid)

    @property
    def stamps(self) -> NDArray[np.int64]:
        """Start of each bar in minutes of Korean time since 1970."""
        return self._stamps[: len(self)]

    @property
    def months(self) -> NDArray[np.int64]:
        """Month of each bar's start: year times 12 plus month, from 0."""
        return self._months[: len(self)]

    @property
    def days_change(self) -> NDArray[np.int64]:
        """Bars that start on another day than the bar before them."""
        return self._days_change

    def extremes(self, first: int, last: int) -> Extremes | None:
        return self.pyramid.extremes(first, last)

    def sync(self, bars: Bars, first: int) -> None:
        """Take over the bars from ``first`` on."""
        first = min(first, len(self))
        fresh = bars.shown[first:]
        self.pyramid.write(first, _prices(fresh))
        self._grow(len(bars))
        stamps = [int(bar.start.timestamp()) // 60 + _KST_MINUTES for bar in fresh]
        self._stamps[first : len(bars)] = stamps
        self._months[first : len(bars)] = [bar.start.year * 12 + bar.start.month - 1 for bar in fresh]
        days = self.stamps[max(first - 1, 0) :] // MINUTES_OF_DAY
        changed = np.flatnonzero(days[1:] != days[:-1]) + max(first, 1)
        self._days_change = np.concatenate((self._days_change[self._days_change < first], changed))

    def _grow(self, length: int) -> None:
        if len(self._stamps) < length:
            room = length + length // 2 + 64
            self._stamps = np.resize(self._stamps, room) if len(self._stamps) else np.zeros(room, np.int64)
            self._months = np.resize(self._months, room) if len(self._months) else np.zeros(room, np.int64)


def _prices(bars: Sequence[Candle]) -> NDArray[np.float64]:
    made = np.empty((5, len(bars)))
    for row, values in enumerate(
        (
            [bar.open_units for bar in bars],
            [bar.high_units for bar in bars],
            [bar.low_units for bar in bars],
            [bar.close_units for bar in bars],
            [bar.volume for bar in bars],
        )
    ):
        made[row] = values
    return made
