"""A min/max pyramid over columns of bars: any stretch's extremes, and a picture of any stretch, at a cost that does not
grow with the number of bars.

Level 0 are the bars; each level above joins four neighbours (first open, highest high, lowest low, last close, the
busiest bar's volume), down to a level of at most ``SMALL`` entries. Floats: whole units below 2**53 are exact in them,
and nothing that is printed comes from here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

FACTOR = 4
SMALL = 1024
OPEN, HIGH, LOW, CLOSE, VOLUME = range(5)
ROWS = 5


@dataclass(frozen=True, slots=True)
class Extremes:
    """Lowest low, highest high, and the volume of the busiest bar: whole units, exact."""

    low: int
    high: int
    volume: int


class Pyramid:
    """Columns as an array of five rows. ``write`` replaces everything from an index on, in O(what it writes)."""

    def __init__(self) -> None:
        self._levels: list[Floats] = [np.empty((ROWS, 0))]
        self._lengths: list[int] = [0]

    def __len__(self) -> int:
        return self._lengths[0]

    @property
    def depth(self) -> int:
        return len(self._levels)

    def level(self, depth: int) -> Floats:
        """The five rows of one level, as a view."""
        return self._levels[depth][:, : self._lengths[depth]]

    def write(self, first: int, columns: Floats) -> None:
        """The bars from ``first`` on are ``columns`` now, and nothing follows them."""
        if not 0 <= first <= len(self):
            raise IndexError(f"cannot write at {first} of {len(self)}")
        length = first + columns.shape[1]
        self._reserve(0, length)
        self._levels[0][:, first:length] = columns
        self._lengths[0] = length
        depth = 0
        while self._lengths[depth] > SMALL:
            first //= FACTOR
            self._join(depth, first)
            depth += 1
        del self._levels[depth + 1 :]
        del self._lengths[depth + 1 :]

    def extremes(self, first: int, last: int) -> Extremes | None:
        """Over the bars ``first`` to ``last`` (not included); None when there are none."""
        first, last = max(first, 0), min(last, len(self))
        if first >= last:
            return None
        low, high, volume = math.inf, -math.inf, 0.0
        depth = 0
        # Whole blocks are read a level up; what sticks out on either side is a few entries a level.
        while first < last:
            rows = self.level(depth)
            up = depth + 1 < self.depth and last - first > 2 * FACTOR
            inner, outer = (-(-first // FACTOR) * FACTOR, last // FACTOR * FACTOR) if up else (last, last)
            for a, b in ((first, inner), (outer, last)):
                if a < b:
                    low = min(low, float(rows[LOW, a:b].min()))
                    high = max(high, float(rows[HIGH, a:b].max()))
                    volume = max(volume, float(rows[VOLUME, a:b].max()))
            first, last = inner // FACTOR, outer // FACTOR
            depth += 1
        return Extremes(int(low), int(high), int(volume))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _reserve(self, depth: int, length: int) -> None:
        """Room for ``length`` entries, with half as much again, so that a bar a minute copies nothing."""
        level = self._levels[depth]
        if level.shape[1] >= length:
            return
        grown = np.empty((ROWS, length + length // 2 + 64))
        kept = min(self._lengths[depth], length)
        grown[:, :kept] = level[:, :kept]
        self._levels[depth] = grown

    def _join(self, depth: int, first: int) -> None:
        """Level ``depth + 1`` from its entry ``first`` on, out of level ``depth``."""
        if depth + 1 == len(self._levels):
            self._levels.append(np.empty((ROWS, 0)))
            self._lengths.append(0)
            first = 0
        below, length = self._levels[depth], self._lengths[depth]
        entries = -(-length // FACTOR)
        self._reserve(depth + 1, entries)
        above = self._levels[depth + 1]
        begin = first * FACTOR
        starts = np.arange(begin, length, FACTOR) - begin
        ends = np.minimum(starts + FACTOR, length - begin) - 1
        part = below[:, begin:length]
        above[OPEN, first:entries] = part[OPEN, starts]
        above[HIGH, first:entries] = np.maximum.reduceat(part[HIGH], starts)
        above[LOW, first:entries] = np.minimum.reduceat(part[LOW], starts)
        above[CLOSE, first:entries] = part[CLOSE, ends]
        above[VOLUME, first:entries] = np.maximum.reduceat(part[VOLUME], starts)
        self._lengths[depth + 1] = entries
