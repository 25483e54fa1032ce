"""Draws studies: lines over candles and volume, panes of their own with levels, legends, and the volume by price.

What is drawn follows the pixels: where there are more bars than pixel columns, every so manieth value stands for its
neighbours, always the same ones, so that a line does not swim while the chart is moved.
"""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from hoga.ui import format as show
from hoga.ui.chart import strokes
from hoga.ui.chart.layout import Areas
from hoga.ui.chart.looks import Looks, dotted
from hoga.ui.chart.pyramid import HIGH, LOW, VOLUME, Floats
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Sight
from hoga.ui.chart.slices import Part
from hoga.ui.chart.studies import formulas
from hoga.ui.chart.studies.shelf import Shown
from hoga.ui.chart.studies.study import Place
from hoga.ui.chart.studies.words import short_name
from hoga.ui.chart.view import PriceRange

_BANDS = 24
_PROFILE_PART = 4
"""The busiest price is one part in so many of the pane wide."""
_EXACT = 4096
"""Of more bars than this each one's volume counts at its middle: the bands are far wider than a bar."""
_HISTOGRAM = "difference"


class _Ruler(Struct, frozen=True):
    """From values to pixel rows of one pane."""

    low: float
    high: float
    area: QRect
    pane: QRect
    """All of it, ``area`` without the legend's line."""

    def rows(self, values: Floats) -> Floats:
        return (self.high - values) * (self.area.height() / (self.high - self.low)) + self.area.top()


class StudyLines:
    """One picture's studies; made for each paint. The shelf is brought up to date first."""

    def __init__(
        self, painter: QPainter, sight: Sight, areas: Areas, prices: PriceRange, looks: Looks, scales: Scales
    ) -> None:
        self._painter, self._sight, self._areas = painter, sight, areas
        self._prices, self._looks, self._scales = prices, looks, scales
        sight.shelf.fresh(sight.columns.figures(), sight.columns.begin)
        self._at = _sampled(sight, areas.price.width())
        self._x = self._columns(self._at)
        self._rulers: list[tuple[Shown, _Ruler]] | None = None

    # --- behind and over the candles --------------------------------------------------------------------------------

    def profile(self) -> None:
        """How much was traded at which price, of what is seen: from the left, behind the candles."""
        first, last = self._sight.view.visible
        if not self._sight.shelf.profile or last - first < 2:
            return
        rows = self._sight.columns.pyramid.rows(0, first, last)
        edges = np.linspace(rows[LOW].min(), rows[HIGH].max(), _BANDS + 1)
        if edges[0] == edges[-1]:
            return
        lows, highs = rows[LOW], rows[HIGH]
        if last - first > _EXACT:
            lows = highs = (lows + highs) / 2
        found = formulas.volume_by_price(lows, highs, rows[VOLUME], edges)
        if found.max() <= 0:
            return
        y = self._prices.rows(edges, self._areas.price.height()).round()
        wide = (found * (self._areas.price.width() / _PROFILE_PART / found.max())).round()
        tall = np.maximum(y[:-1] - y[1:] - 1, 1.0)
        strokes.boxes(self._painter, QPen(Qt.PenStyle.NoPen), self._looks.profile, 0.0, y[1:], wide, tall)

    def clouds(self) -> None:
        """The room between two lines, behind the candles: rising where the first one is higher, else falling."""
        edge = float(self._areas.price.width())
        for shown in self._sight.shelf.at(Place.PRICE):
            if shown.study.cloud is None:
                continue
            (x, one), (_, other) = (self._rows(shown, name) for name in shown.study.cloud)
            known = ~np.isnan(one) & ~np.isnan(other)
            if not known.any():
                continue
            columns = np.arange(max(np.floor(x[known][0]), 0.0), min(x[known][-1], edge))
            one, other = (np.interp(columns, x[known], rows[known]) for rows in (one, other))
            for higher, pen in ((one < other, self._looks.up_cloud), (one > other, self._looks.down_cloud)):
                at = columns[higher]
                strokes.lines(self._painter, pen, at, one[higher].round(), at, other[higher].round())

    def _rows(self, shown: Shown, name: str) -> tuple[Floats, Floats]:
        """Where a line over the prices lies: beyond the newest bar too, where that is seen and the line reaches on."""
        values, x, total = self._values(shown, name), self._x, self._sight.view.total
        beyond = shown.study.beyond.get(name)
        if beyond is not None and len(self._at) and self._at[-1] == total - 1:
            values = np.concatenate((values, beyond))
            x = np.concatenate((x, self._columns(np.arange(total, total + len(beyond)))))
        return x, self._prices.rows(values, self._areas.price.height())

    def over_prices(self, part: Part = Part.ALL) -> None:
        for shown in self._sight.shelf.at(Place.PRICE):
            for name, colour in zip(shown.study.line_names, shown.colours, strict=True):
                x, rows = self._rows(shown, name)
                self._line(colour, rows[part.joints], x[part.joints])

    def over_volume(self, room: QRect, busiest: int, part: Part = Part.ALL) -> None:
        if busiest <= 0 or room.height() <= 0:
            return
        ruler = _Ruler(0.0, busiest, room, room)
        for shown in self._sight.shelf.at(Place.VOLUME):
            for name, colour in zip(shown.study.line_names, shown.colours, strict=True):
                self._line(colour, ruler.rows(self._values(shown, name)[part.joints]), self._x[part.joints])

    # --- panes of their own -----------------------------------------------------------------------------------------

    def bounds(self) -> tuple[tuple[float, float], ...]:
        """What the top and the bottom of each pane stand for."""
        return tuple((ruler.low, ruler.high) for _, ruler in self._panes())

    def own_panes(self, part: Part = Part.ALL) -> None:
        for shown, ruler in self._panes():
            if part is not Part.NEWEST:
                self._painter.setPen(self._looks.edge)
                self._painter.drawLine(ruler.pane.topLeft(), ruler.pane.topRight())
                self._axis(shown, ruler)
            self._painter.setClipRect(ruler.pane)
            if part is not Part.NEWEST:
                self._levels(shown, ruler)
            for name, colour in zip(shown.study.line_names, shown.colours, strict=True):
                self._own_line(shown, ruler, name, colour, part)
            self._painter.setClipping(False)

    def _own_line(self, shown: Shown, ruler: _Ruler, name: str, colour: str, part: Part) -> None:
        values = self._values(shown, name)
        if name != _HISTOGRAM:
            self._line(colour, ruler.rows(values[part.joints]), self._x[part.joints])
            return
        zero, rows, x = float(ruler.rows(np.zeros(1))[0]), ruler.rows(values[part.bars]), self._x[part.bars]
        known = ~np.isnan(rows)
        strokes.lines(self._painter, self._looks.line(colour), x[known], zero, x[known], rows[known])

    def _panes(self) -> list[tuple[Shown, _Ruler]]:
        if self._rulers is None:
            pairs = zip(self._sight.shelf.at(Place.OWN), self._areas.own, strict=False)
            self._rulers = [(shown, self._ruler(shown, area)) for shown, area in pairs]
        return self._rulers

    def _ruler(self, shown: Shown, area: QRect) -> _Ruler:
        """Bounds where the study has them, else what is seen, with a little room. The legend's line stays free."""
        inner = area.adjusted(0, self._scales.metrics.height() + 2, 0, -2)
        if shown.study.bounds is not None:
            return _Ruler(*shown.study.bounds, inner, area)
        seen = np.concatenate([self._values(shown, name) for name in shown.study.line_names])
        seen = np.concatenate((seen[~np.isnan(seen)], np.asarray(shown.study.levels)))
        low, high = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 1.0)
        return _Ruler(low, high if high > low else low + 1, inner, area)

    def _levels(self, shown: Shown, ruler: _Ruler) -> None:
        rows = ruler.rows(np.asarray(shown.study.levels, np.float64)).round()
        strokes.lines(self._painter, dotted(self._looks.dim), 0.0, rows, float(ruler.area.width()), rows)

    def _axis(self, shown: Shown, ruler: _Ruler) -> None:
        """The levels by name, or what the top and the bottom stand for."""
        marks = np.asarray(shown.study.levels or (ruler.low, ruler.high), np.float64)
        height, axis = self._scales.metrics.height(), self._areas.price_axis
        self._painter.setPen(self._looks.dim)
        for value, row in zip(marks.tolist(), ruler.rows(marks).tolist(), strict=True):
            text = self._told(shown, value)
            y = min(max(row - height / 2, ruler.area.top()), ruler.area.bottom() - height)
            self._scales.text(self._painter, axis.right() - height // 3 - self._scales.width(text), y, text)

    # --- legends ----------------------------------------------------------------------------------------------------

    def legends(self) -> int:
        """Names and values at the crosshair's bar, or at the newest one, in the lines' colours. Returns the first row
        of the price pane that is free of them."""
        cross, total = self._sight.cross, len(self._sight.bars)
        index = min(cross.index, total - 1) if cross is not None else total - 1
        free = self._legend(self._sight.shelf.at(Place.PRICE), self._areas.price, index)
        if self._areas.volume.height() > self._scales.metrics.height() * 2:
            self._legend(self._sight.shelf.at(Place.VOLUME), self._areas.volume, index)
        for shown, area in zip(self._sight.shelf.at(Place.OWN), self._areas.own, strict=False):
            self._legend((shown,), area, index)
        return free

    def _legend(self, entries: tuple[Shown, ...], area: QRect, index: int) -> int:
        height, gap = self._scales.metrics.height(), self._scales.metrics.height() // 2
        x, y = area.left() + gap, area.top() + 2
        for shown in entries:
            pieces = self._pieces(shown, index)
            wide = sum(self._scales.width(text) + gap for _, text in pieces)
            if x + wide > area.right() and x > area.left() + gap:
                x, y = area.left() + gap, y + height
            if y + height > area.bottom():
                return y
            for ink, text in pieces:
                self._painter.fillRect(QRect(x - 2, y, self._scales.width(text) + 4, height), self._looks.ground)
                self._painter.setPen(ink)
                self._scales.text(self._painter, x, y, text)
                x += self._scales.width(text) + gap
            x += gap
        return y + height if entries else area.top()

    def _pieces(self, shown: Shown, index: int) -> list[tuple[QColor, str]]:
        """Name and values; the name has the colour of a single line."""
        looks, colours = self._looks, shown.colours
        name = (looks.dim if len(colours) > 1 else looks.of(colours[0]), short_name(shown.study))
        values = zip(self._sight.shelf.values_at(shown, index).values(), colours, strict=True)
        return [name, *((looks.of(colour), self._told(shown, value)) for value, colour in values)]

    def _told(self, shown: Shown, value: float | None) -> str:
        """A value as its pane counts: prices and shares to the whole unit, the rest with a decimal."""
        if value is None:
            return show.DASH
        if shown.study.place is Place.PRICE:
            return show.units(round(value), self._sight.currency)
        if shown.study.place is Place.VOLUME:
            return show.units(round(value))
        if shown.study.bounds is not None:
            return f"{value:.1f}"
        scale = self._sight.currency.scale
        text: str = f"{value / 10**scale:,.{scale + 1}f}"
        return text.replace("-", show.MINUS)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _values(self, shown: Shown, name: str) -> Floats:
        values: Floats = shown.study.lines[name][self._at - self._sight.shelf.begin]
        return values

    def _columns(self, at: NDArray[np.int64]) -> Floats:
        """The pixels of the bars' middles."""
        view = self._sight.view
        found: Floats = np.floor((at + 0.5 - view.first) * (self._areas.price.width() / view.span))
        return found

    def _line(self, colour: str, rows: Floats, x: Floats) -> None:
        """From value to value; nothing where one is not known."""
        if len(rows) == 2:
            self._joint(colour, *x.tolist(), *rows.tolist())
            return
        known = ~np.isnan(rows)
        pairs = known[:-1] & known[1:]
        strokes.lines(
            self._painter, self._looks.line(colour), x[:-1][pairs], rows[:-1][pairs], x[1:][pairs], rows[1:][pairs]
        )

    def _joint(self, colour: str, x0: float, x1: float, y0: float, y1: float) -> None:
        """The newest stretch of a line, drawn with every trade: without what is made for many."""
        if not (math.isnan(y0) or math.isnan(y1)):
            self._painter.setPen(self._looks.line(colour))
            self._painter.drawLine(QLineF(x0, y0, x1, y1))


def _sampled(sight: Sight, width: int) -> NDArray[np.int64]:
    """Indices of the values that are drawn: from the bar left of the window to the one right of it."""
    first, last = sight.view.visible
    if first >= last:
        return np.empty(0, np.int64)
    step = max(-(-int(sight.view.span) // max(width, 1)), 1)
    at = np.arange(max(first - step, sight.columns.begin) // step * step, last, step, dtype=np.int64)
    at = at[at >= sight.columns.begin]
    return at if at[-1] == last - 1 else np.append(at, last - 1)
