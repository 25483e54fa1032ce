"""Draws grid, session breaks, and the labels of both axes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText

from hoga.ui import format as show
from hoga.ui.chart import strokes
from hoga.ui.chart.axis import TimeMark, log_marks, percent_marks, price_marks, time_marks
from hoga.ui.chart.layout import Areas
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.pyramid import Floats
from hoga.ui.chart.sight import Sight
from hoga.ui.chart.view import PriceRange

_MOST_TEXTS = 600
_SESSION_APART = 12
"""Pixels between session breaks at least, else they would be a raster."""


class Scales:
    """Keeps laid-out texts, which are dear to make and cheap to draw again."""

    def __init__(self, font: QFont) -> None:
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._texts: dict[str, QStaticText] = {}
        self._widths: dict[str, int] = {}

    def text(self, painter: QPainter, x: float, y: float, text: str) -> None:
        """One line with its left upper corner there."""
        ready = self._texts.get(text)
        if ready is None:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
                self._widths.clear()
            ready = QStaticText(text)
            ready.setTextFormat(Qt.TextFormat.PlainText)
            ready.prepare(font=self.font)
            self._texts[text] = ready
        painter.drawStaticText(QPointF(x, y), ready)

    def width(self, text: str) -> int:
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = self.metrics.horizontalAdvance(text)
        return known

    def tag(self, painter: QPainter, area: QRect, y: float, text: str, ground: QColor, ink: QColor) -> QRect:
        """A filled label on the price axis at a pixel row; kept inside the axis."""
        tall = self.metrics.height() + 2
        top = min(max(round(y) - tall // 2, area.top()), area.bottom() + 1 - tall)
        box = QRect(area.left() + 1, top, area.width() - 1, tall)
        painter.fillRect(box, ground)
        painter.setPen(ink)
        self.text(painter, box.right() - self.metrics.height() // 3 - self.width(text), top + 1, text)
        return box

    def draw(self, painter: QPainter, sight: Sight, areas: Areas, prices: PriceRange, looks: Looks) -> None:
        """Grid and labels; candles come on top."""
        marks = self._time_marks(sight, areas)
        breaks = self._breaks(sight, areas)
        tall = areas.panes_bottom
        if len(breaks):
            strokes.lines(painter, looks.session, breaks, 0.0, breaks, float(tall))
        columns = np.array([self._middle(sight, areas, mark) for mark in marks])
        strokes.lines(painter, looks.grid, columns, 0.0, columns, float(tall))
        rows = self._price_rows(sight, areas, prices)
        at = np.array([row for row, _ in rows]).round()
        strokes.lines(painter, looks.grid, 0.0, at, float(areas.price.width()), at)
        painter.setPen(looks.edge)
        painter.drawLine(areas.price_axis.topLeft(), areas.price_axis.bottomLeft())
        painter.drawLine(areas.time_axis.topLeft(), areas.time_axis.topRight())
        if areas.volume.height():
            painter.drawLine(areas.volume.topLeft(), areas.volume.topRight())
        painter.setPen(looks.dim)
        self._price_labels(painter, areas, rows)
        self._time_labels(painter, sight, areas, marks, looks)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _price_rows(self, sight: Sight, areas: Areas, prices: PriceRange) -> list[tuple[float, str]]:
        """Pixel rows of round prices, or of round changes where two instruments are compared, and what they say."""
        height, most = areas.price.height(), max(areas.price.height() // (self.metrics.height() * 3), 2)
        if sight.comparison is not None:
            return [
                (prices.row_of(units, height), show.rate(part, 10_000))
                for part, units in percent_marks(prices, sight.comparison.base, most)
            ]
        marks = (log_marks if prices.log else price_marks)(prices, most, sight.ticks.tick(prices.high))
        return [(prices.row_of(units, height), show.units(units, sight.currency)) for units in marks]

    def _price_labels(self, painter: QPainter, areas: Areas, rows: list[tuple[float, str]]) -> None:
        half, pad = self.metrics.height() / 2, self.metrics.height() // 3
        for row, text in rows:
            y = round(row)
            if half <= y <= areas.price.height() - half:
                self.text(painter, areas.price_axis.right() - pad - self.width(text), y - half, text)

    def _time_labels(self, painter: QPainter, sight: Sight, areas: Areas, marks: list[TimeMark], looks: Looks) -> None:
        y = areas.time_axis.top() + self.metrics.height() // 6
        for mark in marks:
            x = self._middle(sight, areas, mark) - self.width(mark.label) / 2
            if x >= 0 and x + self.width(mark.label) <= areas.price.width():
                painter.setPen(looks.text if mark.major else looks.dim)
                self.text(painter, x, y, mark.label)

    def _time_marks(self, sight: Sight, areas: Areas) -> list[TimeMark]:
        wide = areas.price.width() / sight.view.span
        apart = max(int(self.width("00-00-00") * 1.25 / wide) + 1, 1)
        shown = sight.view.visible
        return time_marks(sight.columns.stamps, shown, sight.timeframe, apart, sight.density)

    def _breaks(self, sight: Sight, areas: Areas) -> Floats:
        """Pixel columns between two days, for bars shorter than a day."""
        first, last = sight.view.visible
        at = sight.columns.days_change
        if sight.timeframe.intraday:
            at = at[np.searchsorted(at, first) : np.searchsorted(at, last)]
            if 0 < len(at) * _SESSION_APART < areas.price.width():
                columns: Floats = np.floor((at - sight.view.first) * (areas.price.width() / sight.view.span))
                return columns
        return np.empty(0)

    @staticmethod
    def _middle(sight: Sight, areas: Areas, mark: TimeMark) -> float:
        return float(int(sight.view.x_of(mark.index + 0.5, areas.price.width())))
