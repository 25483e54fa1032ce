"""Many boxes in one call are those that one call each would have drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from hoga.ui.chart import strokes

BOX = st.tuples(st.integers(-20, 60), st.integers(-20, 60), st.integers(0, 30), st.integers(0, 30))


@given(st.lists(BOX, max_size=8), st.booleans(), st.sampled_from([1, 2]))
def test_boxes_are_drawn_as_told_and_empty_ones_not_at_all(
    told: list[tuple[int, int, int, int]], outlined: bool, scale: int
) -> None:
    images = []
    told = [one for one in told if not outlined or (one[2] and one[3])]
    pen = QPen(QColor("red"), 0) if outlined else QPen(Qt.PenStyle.NoPen)
    brush = QBrush(Qt.BrushStyle.NoBrush) if outlined else QBrush(QColor("blue"))
    for together in (False, True):
        image = QImage(100, 100, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(QColor("white"))
        painter = QPainter(image)
        if together:
            columns = np.array(told, np.float64).reshape(-1, 4).T
            strokes.boxes(painter, pen, brush, *columns)
        else:
            painter.setPen(pen)
            painter.setBrush(brush)
            for one in told:
                painter.drawRect(QRect(*one))
        painter.end()
        images.append(image)
    assert images[0] == images[1]
