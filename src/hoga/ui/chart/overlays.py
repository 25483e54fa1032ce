"""Draws what lies over the candles: last price, average price, own fills, holes, the crosshair."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygon

from hoga.domain.tickets import Side
from hoga.ui import format as show
from hoga.ui.chart import strokes
from hoga.ui.chart.layout import Areas
from hoga.ui.chart.looks import Looks, dotted
from hoga.ui.chart.marks import Average, LastPrice, Mark
from hoga.ui.chart.rival import Comparison
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Cross, Sight, Style
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.view import PriceRange


def percent_text(units: float | None, base: int) -> str:
    return show.DASH if units is None else f"{(units / base - 1) * 100:+.2f}%".replace("-", show.MINUS)


class Overlays:
    """One picture's overlays; made for each paint."""

    def __init__(
        self, painter: QPainter, sight: Sight, areas: Areas, prices: PriceRange, looks: Looks, scales: Scales
    ) -> None:
        self._painter, self._sight, self._areas = painter, sight, areas
        self._prices, self._looks, self._scales = prices, looks, scales

    def _row(self, units: int) -> int:
        return round(self._prices.row_of(units, self._areas.price.height()))

    def _column(self, position: float) -> int:
        return int(self._sight.view.x_of(position, self._areas.price.width()))

    # --- in the panes -----------------------------------------------------------------------------------------------

    def holes(self) -> None:
        """What is missing is hatched, never bridged."""
        tall = self._areas.panes_bottom
        wide = max(self._scales.metrics.height() // 2, 4)
        for index in self._sight.holes:
            x = self._column(index + 1)
            if -wide <= x <= self._areas.price.width():
                self._painter.fillRect(QRect(x - wide // 2, 0, wide, tall), self._looks.hatch)

    def rival(self, told: Comparison) -> None:
        """The other instrument's closes. Where there are more of them than pixels, always the same ones are drawn."""
        wide, height, view = self._areas.price.width(), self._areas.price.height(), self._sight.view
        step = max(-(-len(told.units) // max(wide, 1)), 1)
        at = np.arange(-told.first % step, len(told.units), step)
        x = np.floor((told.first + at + 0.5 - view.first) * (wide / view.span))
        y = self._prices.rows(told.units[at], height)
        pairs = ~np.isnan(y[:-1]) & ~np.isnan(y[1:])
        strokes.lines(self._painter, self._looks.rival, x[:-1][pairs], y[:-1][pairs], x[1:][pairs], y[1:][pairs])

    def rival_label(self, told: Comparison, top: int, own_word: str) -> int:
        """Who it is and what both have done since the left edge, at the crosshair's bar or the newest that is seen.
        Returns the first row below."""
        sight, last = self._sight, self._sight.view.visible[1] - 1
        index = min(sight.cross.index, last) if sight.cross is not None else last
        theirs, own = told.at(index), sight.bars[index].close_units
        name = sight.rival.name if sight.rival is not None else ""
        text = f"{name} {percent_text(theirs, told.base)} · {own_word} {percent_text(own, told.base)}"
        height = self._scales.metrics.height()
        box = QRect(height // 2 - 2, top, self._scales.width(text) + 4, height)
        self._painter.fillRect(box, self._looks.ground)
        self._painter.setPen(self._looks.rival)
        self._scales.text(self._painter, height // 2, top, text)
        return top + height

    def average(self, average: Average) -> None:
        """The line of what the holding cost."""
        row = self._row(average.row_units)
        if 0 <= row < self._areas.price.height():
            self._painter.setPen(self._looks.average)
            self._painter.drawLine(0, row, self._areas.price.width(), row)

    def average_label(self, average: Average, word: str, top: int) -> None:
        """Its name above the line, or below where that would be above ``top``; an arrow where the line lies outside."""
        row, height = self._row(average.row_units), self._areas.price.height()
        text = f"{word} {average.text}"
        if row < 0 or row >= height:
            text = f"{text} {'↑' if row < 0 else '↓'}"
        tall = self._scales.metrics.height() + 2
        above = row - tall if row - tall >= top else max(row + 2, top)
        box = QRect(0, min(above, height - tall), self._scales.width(text) + tall // 2, tall)
        self._painter.fillRect(box, self._looks.ground)
        self._painter.setPen(self._looks.accent)
        self._scales.text(self._painter, box.left() + tall // 4, box.top() + 1, text)

    def marks(self) -> None:
        """Own fills: ▲ below its price for a buy, ▼ above it for a sell."""
        first, last = self._sight.view.visible
        for mark in self._sight.marks:
            if first <= mark.index < last:
                self._mark(mark)

    def _mark(self, mark: Mark) -> None:
        half = max(self._scales.metrics.height() * 2 // 5, 4)
        away = half if mark.side is Side.BUY else -half
        x, y = self._column(mark.index + 0.5), self._row(mark.units)
        tip = QPoint(x, y + (1 if away > 0 else -1))
        shape = QPolygon([tip, tip + QPoint(-half, away * 7 // 4), tip + QPoint(half, away * 7 // 4)])
        edge = QPen(self._looks.ground)
        edge.setWidth(2)
        self._painter.setPen(edge)
        self._painter.setBrush(self._looks.text)
        self._painter.drawPolygon(shape)
        self._painter.setPen(self._looks.text)
        self._painter.setBrush(self._looks.up_brush if mark.side is Side.BUY else self._looks.down_brush)
        self._painter.drawPolygon(shape)

    def rounds(self) -> None:
        """What plans sent, at the foot of the price pane: a diamond and the round's number, full once all is filled."""
        first, last = self._sight.view.visible
        scales, half = self._scales, max(self._scales.metrics.height() // 3, 3)
        y, free = self._areas.price.bottom() - half - 2, -1
        for one in self._sight.rounds:
            if not first <= one.index < last:
                continue
            x = self._column(one.index + 0.5)
            ink = self._looks.up if one.side is Side.BUY else self._looks.down
            shape = QPolygon([QPoint(x, y - half), QPoint(x + half, y), QPoint(x, y + half), QPoint(x - half, y)])
            self._painter.setPen(ink)
            self._painter.setBrush(ink if one.done else self._looks.ground)
            self._painter.drawPolygon(shape)
            if x - half > free:
                top = y - scales.metrics.height() // 2
                scales.text(self._painter, x + half + 2, top, f"{one.number}")
                free = x + half + 2 + scales.width(f"{one.number}")

    def last_line(self, last: LastPrice) -> None:
        row = self._row(last.units)
        if 0 <= row < self._areas.price.height():
            self._painter.setPen(dotted(self._looks.stale if last.stale else self._looks.moving(last.change)))
            self._painter.drawLine(0, row, self._areas.price.width(), row)

    # --- on the axes ------------------------------------------------------------------------------------------------

    def last_tag(self, last: LastPrice) -> None:
        looks, row = self._looks, self._row(last.units)
        text = show.units(last.units, self._sight.currency)
        if not 0 <= row < self._areas.price.height():
            text = f"{'↑' if row < 0 else '↓'} {text}"
        ground = looks.stale if last.stale else looks.moving(last.change)
        box = self._scales.tag(self._painter, self._areas.price_axis, row, text, ground, looks.ground)
        if last.stale:
            # Not by colour alone: an old price stands in a dashed frame.
            self._painter.setPen(dotted(looks.ground))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)  # the fills' triangles leave theirs behind
            self._painter.drawRect(box.adjusted(1, 1, -2, -2))

    def kind(self, texts: Texts) -> None:
        """In the corner of the axes how prices are to be read; over the candles that they are not the real ones."""
        area, scales, sight = self._areas.time_axis, self._scales, self._sight
        words = [texts.raw] if sight.raw else [texts.adjusted] if not sight.timeframe.intraday else []
        words += [texts.log] if self._prices.log else []
        words += ["%"] if sight.comparison is not None else []
        text = " · ".join(words)
        self._painter.setPen(self._looks.dim)
        x = self._areas.price_axis.right() - scales.metrics.height() // 3 - scales.width(text)
        scales.text(self._painter, x, area.top() + scales.metrics.height() // 6, text)
        if sight.style is Style.HEIKIN:
            y = self._areas.price.bottom() - scales.metrics.height() - 2
            scales.text(self._painter, scales.metrics.height() // 2, y, texts.heikin)

    def volume_label(self, busiest: int, texts: Texts) -> None:
        area, scales = self._areas.volume, self._scales
        if area.height() > scales.metrics.height() and busiest > 0:
            text = texts.volume(busiest)
            x = self._areas.price_axis.right() - scales.metrics.height() // 3 - scales.width(text)
            self._painter.setPen(self._looks.dim)
            scales.text(self._painter, x, area.top() + 1, text)

    def cross(self, cross: Cross, units: int | None, texts: Texts) -> None:
        """Lines to both axes; ``units`` is the price at its row."""
        areas, painter, looks, scales = self._areas, self._painter, self._looks, self._scales
        if not cross.index < len(self._sight.bars):
            return
        x = self._column(cross.index + 0.5)
        painter.setPen(looks.cross)
        painter.drawLine(x, 0, x, areas.time_axis.top())
        if cross.row is not None and units is not None:
            painter.drawLine(0, cross.row, areas.price.width(), cross.row)
            text = show.units(units, self._sight.currency)
            scales.tag(painter, areas.price_axis, cross.row, text, looks.accent, looks.on_accent)
        when = texts.moment(self._sight.bars[cross.index].start, self._sight.timeframe)
        wide = scales.width(when) + scales.metrics.height()
        left = min(max(x - wide // 2, 0), max(areas.whole.width() - wide, 0))
        box = QRect(left, areas.time_axis.top() + 1, wide, scales.metrics.height() + 2)
        painter.fillRect(box, looks.accent)
        painter.setPen(looks.on_accent)
        scales.text(painter, box.left() + scales.metrics.height() / 2, box.top() + 1, when)
