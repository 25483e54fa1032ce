"""Pictures of what a row shows beside its changing numbers, a price for one, kept for the next paint: copying one costs
a tenth of drawing it again."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from hoga.ui.painting import edges

_MOST_BYTES = 3_000_000
_PIXEL_BYTES = 4


class Strips:
    """Of one look: made anew when font, colours or language change. A row of another size is another picture."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}
        self._sort: tuple[int, int, float] = (0, 0, 0.0)

    def draw(
        self,
        painter: QPainter,
        row: QRect,
        key: Hashable,
        paint: Callable[[QPainter, QRect], None],
        ratio: float | None = None,
    ) -> None:
        """``paint`` covers the whole of the rectangle it is given, and draws what ``key`` says and nothing else.
        ``ratio`` is that of the painter's device, where it is known already."""
        left, top, width, height = edges(row)
        sort = (width, height, painter.device().devicePixelRatio() if ratio is None else ratio)
        if sort != self._sort:
            self._kept.clear()
            self._sort = sort
        if sort[2] % 1:
            paint(painter, row)  # rows do not begin at whole pixels then, and a picture of one would be blurred
            return
        kept = self._kept.pop(key, None)
        if kept is None:
            if width <= 0 or height <= 0:
                return
            kept = self._picture(width, height, sort[2], paint)
            self._make_room(kept)
        self._kept[key] = kept  # the last one: what was not drawn for longest goes first
        painter.drawPixmap(left, top, kept)

    def _make_room(self, fresh: QPixmap) -> None:
        each = fresh.width() * fresh.height() * _PIXEL_BYTES
        while self._kept and (len(self._kept) + 1) * each > _MOST_BYTES:
            del self._kept[next(iter(self._kept))]

    @staticmethod
    def _picture(width: int, height: int, ratio: float, paint: Callable[[QPainter, QRect], None]) -> QPixmap:
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        with QPainter(picture) as painter:
            paint(painter, QRect(0, 0, width, height))
        return picture
