"""The bars that a pane shows, as figures ready to draw: each bar, or a column a pixel where bars are too narrow."""

from __future__ import annotations

from enum import Enum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hoga.ui.chart.pyramid import CLOSE, FACTOR, HIGH, LOW, OPEN, VOLUME, Floats, Pyramid
from hoga.ui.chart.view import View

THIN = 2.5
"""Bars narrower than this many pixels are drawn as one line a pixel column."""
_LEAST = 0.5
"""Pixels that an entry of the chosen level is wide at least: what is read never exceeds twice the pixels."""


class Part(Enum):
    """Which of the bars that are seen: a trade changes the newest one alone, and the rest is a picture that is kept."""

    ALL = "all"
    SETTLED = "all but the newest"
    NEWEST = "the newest"

    @property
    def bars(self) -> slice:
        """Of one figure a bar."""
        return _BARS[self]

    @property
    def joints(self) -> slice:
        """Of what leads from each bar to the next."""
        return _JOINTS[self]


_BARS = {Part.ALL: slice(None), Part.SETTLED: slice(None, -1), Part.NEWEST: slice(-1, None)}
_JOINTS = {Part.ALL: slice(None), Part.SETTLED: slice(None, -1), Part.NEWEST: slice(-2, None)}


class Slice(Struct, frozen=True):
    """``x`` is the pixel of each figure's middle. ``body`` is the width of a body, 0 for thin columns."""

    x: Floats
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats
    body: int

    def __len__(self) -> int:
        return len(self.x)

    def of(self, these: slice) -> Slice:
        """Some of the figures."""
        if these == slice(None):
            return self
        x, opens, highs, lows, closes, volumes = (
            column[these] for column in (self.x, self.open, self.high, self.low, self.close, self.volume)
        )
        return Slice(x, opens, highs, lows, closes, volumes, self.body)

    @property
    def rising(self) -> NDArray[np.bool_]:
        return self.close > self.open

    @property
    def falling(self) -> NDArray[np.bool_]:
        return self.close < self.open


def visible(pyramid: Pyramid, view: View, width: float) -> Slice | None:
    """What ``view`` shows on ``width`` pixels; None when there is nothing."""
    first, last = view.visible
    first = max(first, pyramid.begin)
    if first >= last or width <= 0:
        return None
    bar = width / view.span
    depth = 0
    while depth + 1 < pyramid.depth and bar * FACTOR**depth < _LEAST:
        depth += 1
    size = FACTOR**depth
    begin, end = first // size, -(-last // size)
    rows = pyramid.rows(depth, begin, end)
    left = (np.arange(begin, end) * size - view.first) * bar
    if bar * size < THIN:
        return _a_pixel_each(left, rows)
    body = max(int(bar * size * 0.72), 1)
    body -= 1 - body % 2  # odd, so that the wick stands in the middle
    return Slice(
        np.floor(left + bar * size / 2), rows[OPEN], rows[HIGH], rows[LOW], rows[CLOSE], rows[VOLUME], body=body
    )


def _a_pixel_each(left: Floats, rows: Floats) -> Slice:
    """Entries of the same pixel column become one: first open, highest, lowest, last close, busiest."""
    pixel = np.floor(left)
    starts = np.flatnonzero(np.concatenate(([True], pixel[1:] != pixel[:-1])))
    ends = np.concatenate((starts[1:], [len(pixel)])) - 1
    return Slice(
        pixel[starts],
        rows[OPEN, starts],
        np.maximum.reduceat(rows[HIGH], starts),
        np.minimum.reduceat(rows[LOW], starts),
        rows[CLOSE, ends],
        np.maximum.reduceat(rows[VOLUME], starts),
        body=0,
    )
