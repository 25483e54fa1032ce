"""Lines, boxes and notes that a person puts on an instrument's chart, with a way back; plain values to keep.

A point is a moment and a whole price, so a line stands where it was put whatever period is shown.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

VERSION = 1
"""Of the kept shape."""
MOST = 60
"""So many lines on one instrument; more come from nobody's hand."""
LONGEST = 120
"""Letters of a note."""
_UNDO = 50


class Shape(Enum):
    HORIZONTAL = "horizontal"
    TREND = "trend"
    BOX = "box"
    """Between two opposite corners."""
    NOTE = "note"

    @property
    def points(self) -> int:
        return 1 if self in (Shape.HORIZONTAL, Shape.NOTE) else 2


class Point(Struct, frozen=True):
    """``stamp``: minutes of Korean time since 1970; ``units``: a whole price."""

    stamp: int
    units: int


class Drawing(Struct, frozen=True):
    """``text`` is what a note says; nothing else says anything."""

    shape: Shape
    points: tuple[Point, ...]
    text: str = ""

    def with_point(self, index: int, point: Point) -> Drawing:
        return replace(self, points=(*self.points[:index], point, *self.points[index + 1 :]))

    def moved(self, stamp: int, units: int) -> Drawing:
        """All of it, by so much; never below a price of one unit."""
        units = max(units, 1 - min(point.units for point in self.points))
        return replace(self, points=tuple(Point(one.stamp + stamp, one.units + units) for one in self.points))


class Drawings:
    """The lines of one instrument, oldest first."""

    version = VERSION

    def __init__(self, kept: object = None) -> None:
        self.lines: tuple[Drawing, ...] = _read(kept)
        self._before: list[tuple[Drawing, ...]] = []

    @property
    def kept(self) -> list[list[object]]:
        return [
            [one.shape.value, *([point.stamp, point.units] for point in one.points), *([one.text] if one.text else [])]
            for one in self.lines
        ]

    def change(self, lines: tuple[Drawing, ...]) -> None:
        """These are the lines now; ``undo`` gives back those before."""
        if lines != self.lines:
            self._before = [*self._before[1 - _UNDO :], self.lines]
            self.lines = lines[-MOST:]

    def add(self, drawing: Drawing) -> None:
        self.change((*self.lines, drawing))

    def put(self, index: int, drawing: Drawing) -> None:
        self.change((*self.lines[:index], drawing, *self.lines[index + 1 :]))

    def remove(self, index: int) -> None:
        self.change((*self.lines[:index], *self.lines[index + 1 :]))

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> None:
        if self._before:
            self.lines = self._before.pop()


def _read(kept: object) -> tuple[Drawing, ...]:
    """What was kept; lines that mean nothing are left out."""
    if not isinstance(kept, list):
        return ()
    return tuple(one for one in map(_drawing, kept[-MOST:]) if one is not None)


def _drawing(kept: object) -> Drawing | None:
    if not isinstance(kept, list) or not kept:
        return None
    shape = next((one for one in Shape if one.value == kept[0]), None)
    text, places = "", kept[1:]
    if shape is Shape.NOTE:
        text = places.pop() if places and isinstance(places[-1], str) else ""
        if not text.strip():
            return None
    points = [_point(one) for one in places]
    if shape is None or len(points) != shape.points or None in points:
        return None
    return Drawing(shape, tuple(point for point in points if point is not None), text[:LONGEST])


def _point(kept: object) -> Point | None:
    if not isinstance(kept, list) or len(kept) != 2 or not all(type(number) is int for number in kept):
        return None
    return Point(*kept) if kept[1] > 0 else None
