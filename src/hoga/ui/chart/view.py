"""Which bars and which prices are seen, and where: the chart's window on its data.

Bar ``i`` reaches from ``i`` to ``i + 1`` on an axis of bars, so nights and holidays take no room. The price axis has
whole units at both ends: the price of a pixel row is found in whole numbers, never from a float.
"""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct

from hoga.ui.chart.pyramid import Extremes, Floats

FEWEST = 12.0
"""Bars at the closest zoom."""
_EDGE = 0.25
"""How far past the first and the last bar the window may be moved, in parts of itself."""
_ROOM = 0.04
"""Empty room right of the newest bar while it is followed."""
_LOG_REACH = 50
"""A log axis reaches down to one part in so many of its top, or to the lowest price there is."""
_FLATTEST = 200.0
"""So many times the price range that fits may be shown: from a quiet minute to the limits of the day."""
_PAD = 14
"""One part in so many of the price range is left free above and below."""


class PriceRange(Struct, frozen=True):
    """Whole units at the bottom and the top of the price pane; ``high > low``."""

    low: int
    high: int
    log: bool = False
    """Equal ratios, not equal differences, have equal heights; ``low`` is at least 1 then."""

    def units_at(self, row: int, height: int) -> int:
        """The whole unit at a pixel row, 0 at the top, ``height`` at the bottom; rounded half down."""
        if self.log and height > 0:
            return round(self.high * math.exp(math.log(self.low / self.high) * row / height))
        span = self.high - self.low
        return self.high - (2 * span * row + height) // (2 * height) if height > 0 else self.high

    def row_of(self, units: float, height: float) -> float:
        """The pixel row of a price."""
        if self.log:
            return math.log(self.high / max(units, 1)) * height / math.log(self.high / self.low)
        return (self.high - units) * height / (self.high - self.low)

    def rows(self, units: Floats, height: float) -> Floats:
        """The pixel rows of many prices."""
        if self.log:
            found: Floats = np.log(self.high / np.maximum(units, 1)) * (height / math.log(self.high / self.low))
            return found
        return (self.high - units) * (height / (self.high - self.low))


class View:
    """The visible stretch. Changes of the number of bars keep the picture still, unless the newest bar is followed."""

    def __init__(self, span: float = 120.0) -> None:
        self._usual = span
        self._span = span
        self._first = 0.0
        self._total = 0
        self.following = True
        self._stretch = 1.0
        self._ahead = 0
        self.log = False

    # --- what is seen -----------------------------------------------------------------------------------------------

    @property
    def first(self) -> float:
        """Position of the left edge, in bars."""
        return self._first

    @property
    def span(self) -> float:
        """Bars from edge to edge."""
        return self._span

    @property
    def total(self) -> int:
        return self._total

    @property
    def visible(self) -> tuple[int, int]:
        """Indices of the bars that show at least in part: from, and up to but not including."""
        return max(int(self._first), 0), max(min(int(self._first + self._span) + 1, self._total), 0)

    def index_at(self, x: float, width: float) -> int | None:
        """The bar under a pixel column; None where there is none."""
        index = math.floor(self._first + x * self._span / width) if width > 0 else -1
        return index if 0 <= index < self._total else None

    def nearest(self, x: float, width: float) -> int | None:
        """The bar under a pixel column, or the nearest one; None without bars."""
        if not self._total or width <= 0:
            return None
        return min(max(math.floor(self._first + x * self._span / width), 0), self._total - 1)

    def x_of(self, index: float, width: float) -> float:
        """The pixel column of a position: of a bar's left edge for a whole number, of its middle with a half."""
        return (index - self._first) * width / self._span

    @property
    def near_oldest(self) -> bool:
        """The window comes close to the oldest bar: more may be wanted."""
        return self._first < self._span * 0.5

    @property
    def unfilled(self) -> bool:
        """There is room left of the oldest bar, though the newest is followed."""
        return self.following and self._first < -1

    @property
    def stretched(self) -> bool:
        """The price range was changed by hand."""
        return self._stretch != 1.0

    def prices(self, extremes: Extremes | None, extra: tuple[int, ...] = ()) -> PriceRange:
        """The range that shows these extremes and the prices in ``extra``, with room above and below."""
        if extremes is None:
            return PriceRange(0, 1)
        low, high = min(extremes.low, *extra, extremes.low), max(extremes.high, *extra, extremes.high)
        pad = max((high - low) // _PAD, 1, high // 2_000)
        low, high = low - pad, high + pad
        if self.stretched:
            middle, half = (low + high) // 2, max(int((high - low) * self._stretch / 2), 1)
            low, high = max(middle - half, 0), middle + half
        if self.log:
            low = max(low, min(extremes.low, high // _LOG_REACH), 1)
        return PriceRange(low, max(high, low + 1), self.log)

    # --- moving -----------------------------------------------------------------------------------------------------

    def set_total(self, total: int, *, prepended: int = 0) -> None:
        """There are ``total`` bars now; ``prepended`` of them are new on the left."""
        self._total = total
        self._first += prepended
        self._settle()

    def set_ahead(self, bars: int) -> None:
        """Lines reach so many bars beyond the newest one: they are seen beside it while it is followed."""
        if bars != self._ahead:
            self._ahead = bars
            self._settle()

    def restart(self) -> None:
        """Another instrument or period: the newest bars at the usual zoom."""
        self._span, self._total, self._stretch, self.following = self._usual, 0, 1.0, True
        self._settle()

    def set_usual(self, span: float) -> None:
        """As many bars as are comfortable to look at in the present size; shown at once unless it was zoomed."""
        usual = max(span, FEWEST)
        if self._span == self._usual:
            self._span = usual
        self._usual = usual
        self._settle()

    def pan(self, bars: float) -> None:
        """Move by so many bars; to the right is positive."""
        self._first += bars
        self.following = self._right_edge() >= self._total and bars >= 0
        self._settle()

    def zoom(self, factor: float, anchor: float = 1.0) -> None:
        """Show ``factor`` times as many bars. ``anchor`` (0 left to 1 right) stays where it is; while the newest bar
        is followed, the right edge does."""
        anchor = 1.0 if self.following else anchor
        fixed = self._first + self._span * anchor
        self._span = min(max(self._span * factor, FEWEST), self._most())
        self._first = fixed - self._span * anchor
        self._settle()

    def stretch(self, factor: float) -> None:
        """Show ``factor`` times as much of the price range."""
        self._stretch = min(max(self._stretch * factor, 0.1), _FLATTEST)

    def unstretch(self) -> None:
        """The price range that fits."""
        self._stretch = 1.0

    def to_newest(self) -> None:
        self.following = True
        self._settle()

    def to_oldest(self) -> None:
        self.following = self._span >= self._total
        self._first = 0.0
        self._settle()

    def look_at(self, first: int, last: int) -> None:
        """Show the bars from ``first`` up to but not including ``last``, and not less than the closest zoom does."""
        self.following = last >= self._total
        wanted = (last - first) / (1 - self._room) if self.following else last - first
        self._span = min(max(wanted, FEWEST), self._most())
        self._first = float(first)
        self._settle()

    def recentre(self) -> None:
        """The newest bar, the usual zoom, the price range that fits."""
        self._span, self._stretch, self.following = self._usual, 1.0, True
        self._settle()

    # --- inside -----------------------------------------------------------------------------------------------------

    @property
    def _room(self) -> float:
        """Of the window, right of the newest bar."""
        return min(max(self._ahead / self._span, _ROOM), _EDGE)

    def _right_edge(self) -> float:
        return self._first + self._span * (1 - self._room)

    def _most(self) -> float:
        return max(self._total * (1 + _EDGE), self._usual)

    def _settle(self) -> None:
        """Keep to the data: follow the newest bar, or stay within reach of the bars there are."""
        newest = self._total - self._span * (1 - self._room)
        if self.following:
            self._first = newest
            return
        self._first = min(max(self._first, -self._span * _EDGE), self._total - self._span * (1 - _EDGE))
