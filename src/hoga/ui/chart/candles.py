"""Draws candles and volume bars: three colours, one call each for wicks and bodies."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from hoga.ui.chart import strokes
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.slices import Slice
from hoga.ui.chart.view import PriceRange

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


def draw_candles(painter: QPainter, figures: Slice, area: QRect, prices: PriceRange, looks: Looks) -> None:
    """Candles of ``figures`` into ``area``. Unchanged ones have a colour of their own."""
    x = figures.x + area.left()
    opens, highs, lows, closes = (
        prices.rows(column, area.height()) + area.top()
        for column in (figures.open, figures.high, figures.low, figures.close)
    )
    rising, falling = figures.rising, figures.falling
    for mask, pen, brush, hollow in (
        (rising, looks.up_pen, looks.up_brush, looks.hollow),
        (falling, looks.down_pen, looks.down_brush, False),
        (~(rising | falling), looks.flat_pen, looks.flat_brush, False),
    ):
        at = x[mask]
        if not len(at):
            continue
        if not figures.body:
            # At least a pixel tall, else a column without movement would vanish.
            strokes.lines(painter, pen, at, highs[mask], at, np.maximum(lows[mask], highs[mask] + 1))
            continue
        top = np.minimum(opens[mask], closes[mask]).round()
        tall = np.maximum(np.maximum(opens[mask], closes[mask]).round() - top, 1.0)
        left = at - figures.body // 2
        if hollow and figures.body >= 3:
            strokes.lines(painter, pen, at, highs[mask].round(), at, top)
            strokes.lines(painter, pen, at, top + tall, at, lows[mask].round())
            strokes.boxes(painter, pen, _NO_BRUSH, left, top, figures.body - 1, tall)
            continue
        strokes.lines(painter, pen, at, highs[mask].round(), at, lows[mask].round())
        strokes.boxes(painter, _NO_PEN, brush, left, top, figures.body, tall)


def draw_line(painter: QPainter, figures: Slice, area: QRect, prices: PriceRange, looks: Looks) -> None:
    """The closes alone, from each to the next."""
    x, y = figures.x + area.left(), prices.rows(figures.close, area.height()) + area.top()
    strokes.lines(painter, looks.close_pen, x[:-1], y[:-1], x[1:], y[1:])


def draw_volumes(painter: QPainter, figures: Slice, area: QRect, busiest: int, looks: Looks) -> None:
    """Volume of each bar from the bottom of ``area``; ``busiest`` is as tall as the area."""
    if busiest <= 0 or area.height() <= 0:
        return
    tall = np.where(figures.volume > 0, np.maximum((figures.volume * (area.height() / busiest)).round(), 1.0), 0.0)
    x, bottom = figures.x + area.left(), area.top() + area.height()
    rising, falling = figures.rising, figures.falling
    for mask, pen, brush in (
        (rising, looks.up_volume_pen, looks.up_volume),
        (falling, looks.down_volume_pen, looks.down_volume),
        (~(rising | falling), looks.flat_volume_pen, looks.flat_volume),
    ):
        at, height = x[mask], tall[mask]
        if figures.body:
            strokes.boxes(painter, _NO_PEN, brush, at - figures.body // 2, bottom - height, figures.body, height)
        else:
            strokes.lines(painter, pen, at, bottom - height, at, bottom)
