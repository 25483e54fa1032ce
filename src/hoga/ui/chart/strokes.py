"""Many lines or boxes of one colour in one call, straight from columns of numbers.

Qt draws an array of QLineF, which are four doubles each, or of QRect, four whole numbers each (twice as fast as
QRectF): the memory of a numpy array is handed over as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QBrush, QPainter, QPen
from shiboken6 import Shiboken

from hoga.ui.chart.pyramid import Floats

Column = Floats | NDArray[np.int64] | float


def lines(painter: QPainter, pen: QPen, x0: Column, y0: Column, x1: Column, y1: Column) -> None:
    made = _rows(x0, y0, x1, y1)
    if len(made):
        painter.setPen(pen)
        painter.drawLines(_first(made, QLineF), len(made))


def boxes(painter: QPainter, pen: QPen, brush: QBrush, x: Column, y: Column, width: Column, height: Column) -> None:
    """Corners and sizes are whole numbers."""
    made = _rows(x, y, x + width - 1, y + height - 1, kind=np.int32)
    if len(made):
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawRects(_first(made, QRect), len(made))


def _rows(*columns: NDArray[Any] | float, kind: type[np.generic] = np.float64) -> NDArray[Any]:
    """Side by side; plain numbers hold for every row."""
    length = max(len(column) if isinstance(column, np.ndarray) else 0 for column in columns)
    made = np.empty((length, 4), kind)
    for at, column in enumerate(columns):
        made[:, at] = column
    return made


def _first(made: NDArray[Any], kind: type[Any]) -> Any:
    """The first of the figures in this memory; the caller keeps the array while they are drawn."""
    return Shiboken.wrapInstance(made.__array_interface__["data"][0], kind)
