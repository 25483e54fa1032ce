"""The bars as columns of numbers, for drawing and for the axis; the exact candles stay beside them in ``Bars``.

Only the newest bars become numbers at once, and the rest when somebody looks that far: what is never looked at costs
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from hoga.domain.market_data import Candle
from hoga.ui.chart.axis import MINUTES_OF_DAY
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.pyramid import CLOSE, HIGH, LOW, OPEN, ROWS, VOLUME, Extremes, Floats, Pyramid
from hoga.ui.chart.studies.study import Figures

AT_ONCE = 1024
"""Bars that become numbers at first."""
_KST_MINUTES = 9 * 60
_FIGURES = attrgetter("open_units", "high_units", "low_units", "close_units", "volume")


class Columns:
    """Follows one ``Bars``: ``sync`` takes over everything from an index on, ``load`` what lies before ``begin``."""

    def __init__(self) -> None:
        self.pyramid = Pyramid()
        self._averaged = Pyramid()
        self._averaged_stale: int | None = 0
        self._stamps = np.empty(0, np.int64)
        self._days_change = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.pyramid)

    @property
    def begin(self) -> int:
        """The oldest bar that is known here."""
        return self.pyramid.begin

    @property
    def stamps(self) -> NDArray[np.int64]:
        """Start of each bar in minutes of Korean time since 1970; 0 before ``begin``."""
        return self._stamps[: len(self)]

    @property
    def days_change(self) -> NDArray[np.int64]:
        """Bars that start on another day than the bar before them, of those that are known."""
        return self._days_change

    def averaged(self) -> Pyramid:
        """Heikin-Ashi: the close is the bar's average, the open the middle of the body before. Only for drawing, and
        only once everything is loaded: it begins with the oldest bar."""
        if self._averaged_stale is not None:
            first = min(self._averaged_stale, len(self._averaged))
            self._averaged.write(first, _averages(self.pyramid.level(0), self._averaged.level(0), first))
            self._averaged_stale = None
        return self._averaged

    def figures(self) -> Figures:
        """The bars from ``begin`` on as the studies want them: views, not copies."""
        rows = self.pyramid.level(0)
        return Figures(rows[OPEN], rows[HIGH], rows[LOW], rows[CLOSE], rows[VOLUME], self._days_change - self.begin)

    def extremes(self, first: int, last: int) -> Extremes | None:
        return self.pyramid.extremes(first, last)

    def sync(self, bars: Bars, first: int) -> None:
        """Take over the bars from ``first`` on."""
        first = min(first, len(self))
        if first == 0 or first < self.begin:
            first = max(len(bars) - AT_ONCE, 0)
            self.pyramid = Pyramid(first)
            self._stamps, self._days_change = np.empty(0, np.int64), np.empty(0, np.int64)
            self._averaged_stale = 0
        fresh = bars.shown[first:]
        self.pyramid.write(first, _prices(fresh))
        self._averaged_stale = first if self._averaged_stale is None else min(first, self._averaged_stale)
        self._grow(len(bars))
        self._stamps[first : len(bars)] = _moments(fresh)
        kept = self._days_change[self._days_change < first]
        self._days_change = np.concatenate((kept, self._changes(max(first - 1, self.begin), len(bars))))

    def load(self, bars: Bars, first: int) -> None:
        """Know the bars from ``first`` on, if not yet: twice as many as before at least, so that looking further back
        step by step costs no more than at once."""
        begin = self.begin
        if first >= begin:
            return
        first = max(min(first, begin - (len(self) - begin)), 0)
        fresh = bars.shown[first:begin]
        self.pyramid.write_before(_prices(fresh))
        self._stamps[first:begin] = _moments(fresh)
        self._days_change = np.concatenate((self._changes(first, begin + 1), self._days_change))
        self._averaged_stale = 0

    def _changes(self, first: int, last: int) -> NDArray[np.int64]:
        """Where a day begins after bar ``first``, up to ``last`` (not included)."""
        days = self._stamps[first:last] // MINUTES_OF_DAY
        return np.flatnonzero(days[1:] != days[:-1]) + first + 1

    def _grow(self, length: int) -> None:
        if len(self._stamps) < length:
            grown = np.zeros(length + length // 2 + 64, np.int64)
            grown[self.begin : len(self._stamps)] = self._stamps[self.begin :]
            self._stamps = grown


def stamp_of(bar: Candle) -> int:
    """When it starts, in minutes of Korean time since 1970."""
    return int(bar.start.timestamp()) // 60 + _KST_MINUTES


def _moments(bars: Sequence[Candle]) -> NDArray[np.int64]:
    moments = np.fromiter((bar.start.timestamp() for bar in bars), np.float64, len(bars))
    return moments.astype(np.int64) // 60 + _KST_MINUTES


def _averages(rows: Floats, known: Floats, first: int) -> Floats:
    """The averaged bars from ``first`` on; ``known`` are those before."""
    real = rows[:, first:]
    if not real.shape[1]:
        return real
    closes = real[[OPEN, HIGH, LOW, CLOSE]].mean(axis=0)
    seed = (known[OPEN, first - 1] + known[CLOSE, first - 1]) / 2 if first else (real[OPEN, 0] + real[CLOSE, 0]) / 2
    opens = np.array(
        list(accumulate(closes[:-1].tolist(), lambda last, close: (last + close) / 2, initial=float(seed)))
    )
    highs, lows = np.maximum(real[HIGH], np.maximum(opens, closes)), np.minimum(real[LOW], np.minimum(opens, closes))
    return np.stack((opens, highs, lows, closes, real[VOLUME]))


def _prices(bars: Sequence[Candle]) -> Floats:
    """Open, high, low, close and volume as five rows, in the pyramid's order."""
    figures = chain.from_iterable(map(_FIGURES, bars))
    return np.fromiter(figures, np.float64, len(bars) * ROWS).reshape(-1, ROWS).T
