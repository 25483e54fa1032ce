"""Drawing and measuring by hand: two clicks (one for a horizontal line or a note), dragging what stands there, Esc to
go back.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from hoga.ui import format as show
from hoga.ui.chart.drawings import Drawing, Point, Shape
from hoga.ui.chart.layout import Areas
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Sight
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.view import PriceRange

_REACH = 5
"""Pixels from a line or its end where it can be taken."""
_DAY = 24 * 60
_GLASS = 28
"""How much of its colour a box has inside, of 255: candles stay readable."""


class Tool(Enum):
    """What the next clicks are for."""

    HORIZONTAL = "horizontal"
    TREND = "trend"
    BOX = "box"
    NOTE = "note"
    MEASURE = "measure"


_TWO_CLICKS = {Tool.TREND: Shape.TREND, Tool.BOX: Shape.BOX}


class Measure(Struct, frozen=True):
    """From one place to another: exact prices, bars, and minutes of time."""

    units: tuple[int, int]
    bars: int
    minutes: int


class Places:
    """From points to pixels and back, in the picture that is painted."""

    def __init__(self, sight: Sight, areas: Areas, prices: PriceRange, scales: Scales) -> None:
        self._sight, self._areas, self._prices, self._scales = sight, areas, prices, scales

    def at(self, pixel: QPoint) -> Point | None:
        """The bar and the orderable price at a pixel of the price pane; None elsewhere and without bars."""
        view, area = self._sight.view, self._areas.price
        index = view.nearest(pixel.x(), area.width())
        if index is None or not area.contains(pixel):
            return None
        units = self._sight.ticks.nearest(self._prices.units_at(pixel.y(), area.height()))
        return Point(self._sight.stamp(index), units)

    def index(self, stamp: int) -> float:
        """The bar of a moment; before the first and after the newest one reckoned on, in whole periods of time."""
        sight, total = self._sight, len(self._sight.bars)
        if not total:
            return 0.0
        period = sight.timeframe.minutes or _DAY
        oldest, newest = sight.stamp(0), sight.stamp(total - 1)
        if stamp < oldest:
            return (stamp - oldest) / period
        if stamp > newest:
            return total - 1 + (stamp - newest) / period
        return float(bisect_right(range(total), stamp, key=sight.stamp) - 1)

    def pixel(self, point: Point) -> QPointF:
        x = self._sight.view.x_of(self.index(point.stamp) + 0.5, self._areas.price.width())
        return QPointF(x, self._prices.row_of(point.units, self._areas.price.height()))

    def note(self, line: Drawing) -> QRect:
        """The room of a note's words: above its point, pushed left where they would end beyond the price pane."""
        end, tall = self.pixel(line.points[0]), self._scales.metrics.height()
        wide = min(self._scales.width(line.text) + tall, self._areas.price.width())
        left, top = round(end.x()), round(end.y()) - tall - tall // 2 - _REACH
        if 0 <= left < self._areas.price.width():
            left = min(left, self._areas.price.width() - wide)
        if 0 <= round(end.y()) < self._areas.price.height():
            top = max(top, 0)
        return QRect(left, top, wide, tall + tall // 2)

    def hit(self, pixel: QPoint) -> tuple[int, int | None] | None:
        """The line under a pixel and which of its ends, None for its middle; the newest one first."""
        lines = self._sight.drawings.lines
        for at in reversed(range(len(lines))):
            ends = [self.pixel(point) for point in lines[at].points]
            if lines[at].shape is Shape.HORIZONTAL:
                if abs(ends[0].y() - pixel.y()) <= _REACH:
                    return at, 0
                continue
            near = [number for number, end in enumerate(ends) if (end - pixel).manhattanLength() <= 2 * _REACH]
            if near or self._touches(lines[at], ends, pixel):
                return at, near[0] if near else None
        return None

    def _touches(self, line: Drawing, ends: list[QPointF], pixel: QPoint) -> bool:
        """Whether a figure goes through a pixel; a box is taken by its edges: what lies in it stays in reach."""
        if line.shape is Shape.NOTE:
            return self.note(line).contains(pixel)
        if line.shape is Shape.BOX:
            one, other = ends
            corners = [one, QPointF(other.x(), one.y()), other, QPointF(one.x(), other.y())]
            edges = zip(corners, (*corners[1:], one), strict=True)
            return any(_distance(QPointF(pixel), *edge) <= _REACH for edge in edges)
        return _distance(QPointF(pixel), *ends) <= _REACH


class Pencil:
    """The tool in the hand, what was begun with it, and what is being dragged."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self.tool: Tool | None = None
        self.begun: Point | None = None
        self.pointer: Point | None = None
        self.measured: tuple[Point, Point] | None = None
        self.chosen: int | None = None
        self.noted: Point | None = None
        """Where a note was put whose words are still to be written."""
        self._drag: tuple[QPoint, Point, Drawing, int | None] | None = None

    @property
    def busy(self) -> bool:
        """Esc has something to end."""
        return self.tool is not None or self._drag is not None or self.measured is not None

    def take(self, tool: Tool) -> None:
        """The same tool again puts it down."""
        same = tool is self.tool
        self.drop()
        self.tool = None if same else tool

    def drop(self) -> None:
        """Whatever was begun is not done; a dragged line goes back."""
        if self._drag is not None and self.chosen is not None:
            lines = self._sight.drawings.lines
            self._sight.drawings.lines = (*lines[: self.chosen], self._drag[2], *lines[self.chosen + 1 :])
        self.tool = self.begun = self.pointer = self.measured = self._drag = None

    def forget(self) -> None:
        """Another instrument: nothing in the hand belongs to it."""
        self.tool = self.begun = self.pointer = self.measured = self._drag = self.chosen = self.noted = None

    def press(self, places: Places, pixel: QPoint) -> bool:
        """Whether the press was for the pencil."""
        self.measured = None
        point = places.at(pixel)
        if self.tool is not None:
            if point is not None:
                self._use(self.tool, point)
            return True
        found = places.hit(pixel)
        self.chosen = found[0] if found else None
        if found is None or point is None:
            return False
        self._drag = (pixel, point, self._sight.drawings.lines[found[0]], found[1])
        return True

    def move(self, places: Places, pixel: QPoint) -> bool:
        """Whether the picture is another now."""
        point = places.at(pixel)
        if self.tool is not None:
            self.pointer = point
            return True
        if self._drag is None or self.chosen is None or point is None:
            return self._drag is not None
        start, first, line, end = self._drag
        if (pixel - start).manhattanLength() < QApplication.startDragDistance():
            return True
        changed = line.with_point(end, point) if end is not None else line.moved(
            point.stamp - first.stamp, point.units - first.units
        )  # fmt: skip
        lines = self._sight.drawings.lines
        self._sight.drawings.lines = (*lines[: self.chosen], changed, *lines[self.chosen + 1 :])
        return True

    def release(self) -> bool:
        """Whether lines are others now than before the press; the way back is kept."""
        if self._drag is None or self.chosen is None:
            return False
        drawings, before = self._sight.drawings, self._drag[2]
        after = drawings.lines[self.chosen]
        self._drag = None
        if after == before:
            return False
        drawings.lines = (*drawings.lines[: self.chosen], before, *drawings.lines[self.chosen + 1 :])
        drawings.put(self.chosen, after)
        return True

    def _use(self, tool: Tool, point: Point) -> None:
        if tool is Tool.HORIZONTAL:
            self._sight.drawings.add(Drawing(Shape.HORIZONTAL, (point,)))
            self._done()
        elif tool is Tool.NOTE:
            self.tool, self.pointer, self.noted = None, None, point
        elif self.begun is None:
            self.begun = point
        elif tool in _TWO_CLICKS:
            if point != self.begun:
                self._sight.drawings.add(Drawing(_TWO_CLICKS[tool], (self.begun, point)))
                self._done()
        else:
            first = self.begun
            self._done()
            self.measured = (first, point)

    @property
    def note(self) -> Drawing | None:
        """The note that is chosen."""
        lines = self._sight.drawings.lines
        chosen = lines[self.chosen] if self.chosen is not None and self.chosen < len(lines) else None
        return chosen if chosen is not None and chosen.shape is Shape.NOTE else None

    def write(self, words: str) -> None:
        """The words of the note that was put last, or of the one that is chosen."""
        drawings, note = self._sight.drawings, self.note
        if self.noted is not None:
            drawings.add(Drawing(Shape.NOTE, (self.noted,), words))
            self._done()
        elif note is not None and self.chosen is not None:
            drawings.put(self.chosen, replace(note, text=words))
        self.noted = None

    def _done(self) -> None:
        self.tool = self.begun = self.pointer = None
        self.chosen = len(self._sight.drawings.lines) - 1 if self._sight.drawings.lines else None


def measured(places: Places, first: Point, second: Point) -> Measure:
    bars = round(places.index(second.stamp) - places.index(first.stamp))
    return Measure((first.units, second.units), bars, second.stamp - first.stamp)


class PencilLines:
    """Draws lines and the measure; made for each paint."""

    def __init__(
        self, painter: QPainter, sight: Sight, areas: Areas, prices: PriceRange, looks: Looks, scales: Scales
    ) -> None:
        self._painter, self._sight, self._areas = painter, sight, areas
        self._places, self._looks, self._scales = Places(sight, areas, prices, scales), looks, scales

    def draw(self, pencil: Pencil, texts: Texts) -> None:
        self._painter.setClipRect(self._areas.price)
        for at, line in enumerate(self._sight.drawings.lines):
            self._line(line, chosen=at == pencil.chosen)
        if pencil.tool in _TWO_CLICKS and pencil.begun is not None and pencil.pointer is not None:
            self._line(Drawing(_TWO_CLICKS[pencil.tool], (pencil.begun, pencil.pointer)), chosen=True)
        self._painter.setClipping(False)
        ends = pencil.measured
        if pencil.tool is Tool.MEASURE and pencil.begun is not None and pencil.pointer is not None:
            ends = (pencil.begun, pencil.pointer)
        if ends is not None:
            self._measure(*ends, texts)

    def _line(self, line: Drawing, *, chosen: bool) -> None:
        painter, pen = self._painter, QPen(self._looks.of("warn"))
        pen.setCosmetic(True)
        pen.setWidth(2 if chosen else 1)
        painter.setPen(pen)
        ends = [self._places.pixel(point) for point in line.points]
        if line.shape is Shape.HORIZONTAL:
            row = round(ends[0].y())
            painter.drawLine(0, row, self._areas.price.width(), row)
            text = show.units(line.points[0].units, self._sight.currency)
            self._label(QPoint(self._areas.price.right() - self._scales.width(text) - 8, row), text)
            return
        if line.shape is Shape.NOTE:
            self._note(line, ends[0].toPoint())
        elif line.shape is Shape.BOX:
            ground = QColor(self._looks.of("warn"))
            ground.setAlpha(_GLASS)
            painter.setBrush(ground)
            painter.drawRect(QRect(ends[0].toPoint(), ends[1].toPoint()).normalized())
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.drawLine(ends[0], ends[1])
        if chosen:
            for end in ends:
                painter.fillRect(QRect(round(end.x()) - 3, round(end.y()) - 3, 7, 7), self._looks.of("warn"))

    def _note(self, line: Drawing, end: QPoint) -> None:
        """Its words in a frame, and a dot where it belongs."""
        painter, room, tall = self._painter, self._places.note(line), self._scales.metrics.height()
        painter.fillRect(room, self._looks.ground)
        painter.drawRect(room.adjusted(0, 0, -1, -1))
        painter.fillRect(QRect(end.x() - 2, end.y() - 2, 5, 5), self._looks.of("warn"))
        painter.setPen(self._looks.text)
        words = self._scales.metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room.width() - tall)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _measure(self, first: Point, second: Point, texts: Texts) -> None:
        found = measured(self._places, first, second)
        ends = [self._places.pixel(point).toPoint() for point in (first, second)]
        ground = QColor(self._looks.accent)
        ground.setAlpha(40)
        self._painter.fillRect(QRect(*ends).normalized(), ground)
        self._painter.setPen(QPen(self._looks.accent, 0, Qt.PenStyle.DashLine))
        self._painter.drawLine(*ends)
        self._label(ends[1], texts.measure(found.units, found.bars, found.minutes, self._sight.currency))

    def _label(self, at: QPoint, text: str) -> None:
        tall, wide = self._scales.metrics.height() + 2, self._scales.width(text) + 8
        left = min(max(at.x(), 0), self._areas.price.width() - wide)
        box = QRect(left, min(max(at.y() - tall, 0), self._areas.price.height() - tall), wide, tall)
        self._painter.fillRect(box, self._looks.ground)
        self._painter.setPen(self._looks.text)
        self._scales.text(self._painter, box.left() + 4, box.top() + 1, text)


def _distance(point: QPointF, one: QPointF, other: QPointF) -> float:
    """From a point to a stretch of line, in pixels."""
    way, to = other - one, point - one
    length = QPointF.dotProduct(way, way)
    part = min(max(QPointF.dotProduct(to, way) / length, 0.0), 1.0) if length else 0.0
    off = to - way * part
    return math.sqrt(QPointF.dotProduct(off, off))
