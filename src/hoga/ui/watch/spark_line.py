"""The picture of a row's line, kept between paints: most trades move its newest end alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF, QTransform

from hoga.ui.painting import edges
from hoga.ui.watch.sparks import Spark


class SparkLine:
    """Everything but the newest close is a picture; the last stretch is drawn to where that stands now."""

    def __init__(self, spark: Spark) -> None:
        self._spark = spark
        self._grown = -1
        self._past = QPolygonF()
        """All closes but the newest, by place and units: lows and highs of it alone, and the last of it."""
        self._least = self._most = self._before = 0
        self._key: tuple[object, ...] = ()
        self._low = self._high = 0
        self._told = self._drawn = (-1, 0, 0, 0)
        """Minute, width, low and high of the past when somebody asked for the tip, and when it was drawn."""
        self._picture = QPixmap()

    @property
    def shown(self) -> bool:
        """A line needs two closes."""
        return len(self._spark.closes) >= 2

    def tip(self, width: int) -> int | None:
        """Pixels from the left, of ``width``, where the last stretch begins, if it alone differs since this was asked
        the last time; None: all of it may."""
        spark = self._spark
        newest, steps = spark.closes[-1], len(spark.closes) - 1
        scale = (spark.grown, width, min(self._least, newest), max(self._most, newest))
        # What is drawn elsewhere, in a picture of the window say, does not show on the screen.
        same = scale == self._told == self._drawn
        self._told = scale
        return (steps - 1) * (width - 1) // steps if same else None

    def draw(self, painter: QPainter, area: QRect, base: int | None, pen: QPen, hair: QPen, ratio: float) -> bool:
        """Two closes at least. ``base`` is a hair across, where it lies within. Returns whether more than the last
        stretch differs from what was drawn before."""
        spark = self._spark
        if spark.grown != self._grown:
            self._read()
        newest, steps = spark.closes[-1], len(spark.closes) - 1
        self._low, self._high = min(self._least, newest), max(self._most, newest)
        left, top, width, height = edges(area)
        key = (width, height, spark.grown, pen, ratio, self._low, self._high)
        anew = key != self._key
        if anew:
            self._key, self._drawn = key, (spark.grown, width, self._low, self._high)
            self._make(area, pen, ratio)
        if base is not None and self._low <= base <= self._high:
            painter.setPen(hair)
            across = top + self._y(base, height)
            painter.drawLine(left, across, left + width - 1, across)
        painter.drawPixmap(left, top, self._picture)
        painter.setPen(pen)
        start = left + (steps - 1) * (width - 1) // steps
        painter.drawLine(start, top + self._y(self._before, height), left + width - 1, top + self._y(newest, height))
        return anew

    def _y(self, units: int, height: int) -> int:
        """Pixels from the top."""
        return height - 1 - (units - self._low) * (height - 1) // max(self._high - self._low, 1)

    def _read(self) -> None:
        """Once a minute: another close has ended."""
        past = list(self._spark.closes)[:-1]
        self._grown, self._before = self._spark.grown, past[-1]
        self._least, self._most = min(past), max(past)
        self._past = QPolygonF([QPointF(place, units) for place, units in enumerate(past)])

    def _make(self, area: QRect, pen: QPen, ratio: float) -> None:
        """Where the newest close is a new high or low, all others stand elsewhere."""
        wide, steep = area.width() - 1, -(area.height() - 1) / max(self._high - self._low, 1)
        steps = len(self._spark.closes) - 1
        placed = QTransform(wide / steps, 0, 0, steep, 0, area.height() - 1 - self._low * steep)
        self._picture = QPixmap(area.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        with QPainter(self._picture) as painter:
            painter.setPen(pen)
            painter.drawPolyline(placed.map(self._past))
