"""Everything that one picture of the chart shows, apart from how: bars, the window on them, marks, the crosshair."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from hoga.domain.market_data import Candle
from hoga.domain.values import Currency
from hoga.ui.chart.axis import Density
from hoga.ui.chart.bars import Bars
from hoga.ui.chart.columns import Columns, stamp_of
from hoga.ui.chart.drawings import Drawings
from hoga.ui.chart.marks import Average, LastPrice, Mark
from hoga.ui.chart.plan_marks import Round
from hoga.ui.chart.pyramid import Extremes, Pyramid
from hoga.ui.chart.rival import Comparison, Rival
from hoga.ui.chart.studies.shelf import Shelf
from hoga.ui.chart.ticks import Ticks
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.chart.view import PriceRange, View
from hoga.ui.order.ladder.chips import Chip


class Style(Enum):
    """How a bar is drawn. What is written always says the real bar."""

    CANDLES = "candles"
    LINE = "line"
    HEIKIN = "heikin-ashi"


class Cross(Struct, frozen=True):
    """Where the crosshair stands: on a bar, and at a pixel row of the price pane where the pointer is there."""

    index: int
    row: int | None


class Carried(Struct, frozen=True):
    """A working order's line in the hand. ``units`` is where it would go now, None outside the prices."""

    chip: Chip
    units: int | None
    allowed: bool


class Sight:
    """The pane writes it, the canvas draws it."""

    def __init__(self, timeframe: Timeframe) -> None:
        self.bars = Bars(timeframe)
        self.columns = Columns()
        self.view = View()
        self.marks: tuple[Mark, ...] = ()
        self.rounds: tuple[Round, ...] = ()
        self.rival: Rival | None = None
        """Another instrument beside it: everything is in per cent then."""
        self.comparison: Comparison | None = None
        self.average: Average | None = None
        self.last: LastPrice | None = None
        self.cross: Cross | None = None
        self.holes: tuple[int, ...] = ()
        self.density = Density(1.0, 1.0)
        self.ticks = Ticks()
        self.shelf = Shelf()
        self.style = Style.CANDLES
        self.raw = False
        """Prices as they were paid; else reckoned in today's shares."""
        self.drawings = Drawings()
        self.orders: tuple[Chip, ...] = ()
        self.carried: Carried | None = None
        self.held: PriceRange | None = None
        """The price range stands still at this one while something is carried over it."""
        self.settled = 0
        """Another number as soon as any bar but the newest is another."""
        self.hidden = False
        """Amounts are not to be read over a shoulder."""

    @property
    def timeframe(self) -> Timeframe:
        return self.bars.timeframe

    @property
    def currency(self) -> Currency:
        return self.bars[0].currency if len(self.bars) else Currency.KRW

    def wear(self, kept: object) -> None:
        """The style as it was kept; what means nothing is not believed."""
        if isinstance(kept, dict):
            self.style = next((one for one in Style if one.value == kept.get("style")), Style.CANDLES)
            self.view.log = kept.get("log") is True
            self.raw = kept.get("raw") is True

    def begin(self, bars: Bars) -> None:
        """Other bars altogether."""
        self.bars = bars
        self.cross, self.marks, self.rounds, self.holes = None, (), (), ()
        self.orders, self.carried, self.held = (), None, None
        self.columns = Columns()
        self.view.restart()
        self.sync(0, 0)

    def sync(self, first: int, prepended: int) -> None:
        """Take over the bars from ``first`` on; so many of them are new on the left."""
        grown = len(self.bars) != len(self.columns)
        if grown or prepended or first < len(self.bars) - 1:
            self.settled += 1
        self.columns.sync(self.bars, first)
        self.shelf.note(first)
        self.holes = self.bars.holes()
        self.make_room()
        self.view.set_total(len(self.bars), prepended=prepended)
        if grown:
            columns = self.columns
            self.density = Density.measured(columns.stamps[columns.begin :], len(columns.days_change) + 1)
        if self.cross is not None:
            self.cross = Cross(self.cross.index + prepended, self.cross.row) if len(self.bars) else None

    def make_room(self) -> None:
        """For what the studies show beyond the newest bar."""
        self.view.set_ahead(self.shelf.ahead)

    def extremes(self) -> Extremes | None:
        """Of the bars that are seen, as they are drawn."""
        self._look()
        return self.drawn.extremes(*self.view.visible)

    def _look(self) -> None:
        """Have everything that is seen in numbers, and the bars before it that the studies reckon with."""
        reach = None if self.style is Style.HEIKIN else self.shelf.reach
        self.columns.load(self.bars, 0 if reach is None else self.view.visible[0] - max(reach, 1))

    def compare(self) -> None:
        """With the rival, over what is seen."""
        self.comparison = self.rival.compared(self.columns, *self.view.visible) if self.rival is not None else None

    def stamp(self, index: int) -> int:
        """When a bar starts, in minutes of Korean time since 1970."""
        return stamp_of(self.bars[index])

    @property
    def drawn(self) -> Pyramid:
        """The figures of the style."""
        return self.columns.averaged() if self.style is Style.HEIKIN else self.columns.pyramid

    def prices(self, extremes: Extremes | None) -> PriceRange:
        """The price range that shows them, the last price, and the average and own orders that are not far off."""
        if self.held is not None:
            return self.held
        if extremes is None:
            return PriceRange(0, 1)
        room = extremes.high - extremes.low
        extra = []
        if self.last is not None and self.view.following:
            extra.append(self.last.units)
        if self.average is not None and extremes.low - room <= self.average.row_units <= extremes.high + room:
            extra.append(self.average.row_units)
        if self.comparison is not None:
            extra.extend(self.comparison.ends)
        near = range(extremes.low - room // 2, extremes.high + room // 2 + 1)
        extra.extend(chip.units for chip in self.orders if chip.units in near)
        return self.view.prices(extremes, tuple(extra))

    def candle(self) -> tuple[Candle, Candle | None] | None:
        """The bar under the crosshair, or the newest one, with the bar before it; None without bars."""
        if not len(self.bars):
            return None
        index = self.cross.index if self.cross is not None else len(self.bars) - 1
        index = min(max(index, 0), len(self.bars) - 1)
        return self.bars[index], self.bars[index - 1] if index else None
