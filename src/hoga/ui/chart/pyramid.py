"""A min/max pyramid over columns of bars: any stretch's extremes, and a picture of any stretch, at a cost that does not
grow with the number of bars.

Level 0 are the bars; each level above joins four neighbours (first open, highest high, lowest low, last close, the
busiest bar's volume), down to a level of at most ``SMALL`` entries. Floats: whole units below 2**53 are exact in them,
and nothing that is printed comes from here.

Bars before ``begin`` are counted but not known yet; what a level joins there, it joins of the known ones alone.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

FACTOR = 4
SMALL = 1024
OPEN, HIGH, LOW, CLOSE, VOLUME = range(5)
ROWS = 5


class Extremes(Struct, frozen=True):
    """Lowest low, highest high, and the volume of the busiest bar: whole units, exact."""

    low: int
    high: int
    volume: int


class Pyramid:
    """Columns as an array of five rows. ``write`` replaces everything from an index on, ``write_before`` adds what lies
    before ``begin``: each in O(what it writes)."""

    def __init__(self, begin: int = 0) -> None:
        self.begin = begin
        self._levels: list[Floats] = [np.empty((ROWS, 0))]
        self._lengths: list[int] = [begin]

    def __len__(self) -> int:
        return self._lengths[0]

    @property
    def depth(self) -> int:
        return len(self._levels)

    def level(self, depth: int) -> Floats:
        """The five rows of what is known of one level, as a view."""
        return self.rows(depth, self.begin // FACTOR**depth, self._lengths[depth])

    def rows(self, depth: int, first: int, last: int) -> Floats:
        """The five rows of the entries ``first`` to ``last`` (not included) of one level, as a view. An entry before
        ``begin`` holds nothing that means anything."""
        return self._levels[depth][:, first:last]

    def write(self, first: int, columns: Floats) -> None:
        """The bars from ``first`` on are ``columns`` now, and nothing follows them."""
        if not self.begin <= first <= len(self):
            raise IndexError(f"cannot write at {first} of {self.begin} to {len(self)}")
        length = first + columns.shape[1]
        self._reserve(0, length)
        self._levels[0][:, first:length] = columns
        self._lengths[0] = length
        depth = 0
        while self._lengths[depth] > SMALL:
            self._join(depth, first // FACTOR**depth)
            depth += 1
        del self._levels[depth + 1 :]
        del self._lengths[depth + 1 :]

    def write_before(self, columns: Floats) -> None:
        """``columns`` are the bars that lie directly before ``begin``."""
        last, first = self.begin, self.begin - columns.shape[1]
        if first < 0:
            raise IndexError(f"{columns.shape[1]} bars do not fit before {last}")
        self.begin = first
        self._levels[0][:, first:last] = columns
        for depth in range(self.depth - 1):
            size = FACTOR**depth
            self._join(depth, first // size, -(-last // size))

    def extremes(self, first: int, last: int) -> Extremes | None:
        """Over the known bars among ``first`` to ``last`` (not included); None when there are none."""
        first, last = max(first, self.begin), min(last, len(self))
        if first >= last:
            return None
        low, high, volume = math.inf, -math.inf, 0.0
        depth = 0
        # Whole blocks are read a level up; what sticks out on either side is a few entries a level.
        while first < last:
            rows = self._levels[depth]
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
        known = slice(self.begin // FACTOR**depth, min(self._lengths[depth], length))
        grown[:, known] = level[:, known]
        self._levels[depth] = grown

    def _join(self, depth: int, first: int, last: int | None = None) -> None:
        """The entries of level ``depth + 1`` that join the entries ``first`` to ``last`` (not included; without one, to
        the end) of level ``depth``."""
        known, length = self.begin // FACTOR**depth, self._lengths[depth]
        if depth + 1 == len(self._levels):
            self._levels.append(np.empty((ROWS, 0)))
            self._lengths.append(0)
            first, last = known, None
        first, end = first // FACTOR, -(-(length if last is None else last) // FACTOR)
        entries = -(-length // FACTOR)
        self._reserve(depth + 1, entries)
        self._lengths[depth + 1] = entries
        if first >= end:
            return
        blocks = np.arange(first, end) * FACTOR
        starts = np.maximum(blocks, known)
        ends = np.minimum(blocks + FACTOR, length) - 1
        below, above = self._levels[depth], self._levels[depth + 1]
        part, starts_in_part = below[:, starts[0] : ends[-1] + 1], starts - starts[0]
        above[OPEN, first:end] = below[OPEN, starts]
        above[HIGH, first:end] = np.maximum.reduceat(part[HIGH], starts_in_part)
        above[LOW, first:end] = np.minimum.reduceat(part[LOW], starts_in_part)
        above[CLOSE, first:end] = below[CLOSE, ends]
        above[VOLUME, first:end] = np.maximum.reduceat(part[VOLUME], starts_in_part)
