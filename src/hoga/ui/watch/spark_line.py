"""The picture of a row's line, kept between paints: most trades move its newest end alone."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygon

from hoga.ui.watch.sparks import Spark


class SparkLine:
    """Everything but the newest close is a picture; the last stretch is drawn to where that stands now."""

    def __init__(self, spark: Spark) -> None:
        self._spark = spark
        self._key: tuple[object, ...] = ()
        self._low = self._high = self._newest = self._before = 0
        self._picture = QPixmap()

    def draw(self, painter: QPainter, area: QRect, base: int | None, pen: QPen, hair: QPen, ratio: float) -> None:
        """Two closes at least. ``base`` is a hair across, where it lies within."""
        spark, newest = self._spark, self._spark.closes[-1]
        key = (area.width(), area.height(), spark.grown, pen, ratio)
        kept = newest == self._newest or (self._inside(newest) and self._inside(self._newest))
        if key != self._key or not kept:
            self._key = key
            self._make(area, pen, ratio)
        self._newest = newest
        if base is not None and self._low <= base <= self._high:
            painter.setPen(hair)
            across = area.top() + self._y(base, area.height())
            painter.drawLine(area.left(), across, area.right(), across)
        painter.drawPixmap(area.topLeft(), self._picture)
        painter.setPen(pen)
        left, wide, steps = area.left(), area.width() - 1, len(spark.closes) - 1
        start = QPoint(left + (steps - 1) * wide // steps, area.top() + self._y(self._before, area.height()))
        painter.drawLine(start, QPoint(left + wide, area.top() + self._y(newest, area.height())))

    def _inside(self, units: int) -> bool:
        """Not one of the ends that give the line its height: those may be this close's own."""
        return self._low < units < self._high

    def _y(self, units: int, height: int) -> int:
        """Pixels from the top."""
        return height - 1 - (units - self._low) * (height - 1) // max(self._high - self._low, 1)

    def _make(self, area: QRect, pen: QPen, ratio: float) -> None:
        closes, height = list(self._spark.closes), area.height()
        self._low, self._high, self._before = min(closes), max(closes), closes[-2]
        wide, steps = area.width() - 1, len(closes) - 1
        self._picture = QPixmap(area.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        with QPainter(self._picture) as painter:
            painter.setPen(pen)
            points = [QPoint(place * wide // steps, self._y(close, height)) for place, close in enumerate(closes[:-1])]
            painter.drawPolyline(QPolygon(points))
