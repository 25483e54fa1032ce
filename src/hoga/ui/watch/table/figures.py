"""Figures drawn from small pictures of their parts: most are new with every trade, but their parts come again.

Laying out and drawing ``3,052,507`` costs several times what putting the pictures of ``3``, ``,052`` and ``,507`` side
by side does, and no text has to be seen before to be cheap.
"""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

_PARTS = re.compile(r"[,.:]?[^,.:]+|[,.:]").findall
_MOST = 3_000
"""Pictures of one colour: a thousand groups of three digits, and what stands before and behind them."""
_EDGE = 1
"""Pixels around a part, for what of a glyph hangs over its own width."""


class Figures:
    """Of one font and one density of pixels. Texts end at a right edge; each part stands on a whole pixel."""

    def __init__(self, font: QFont, ratio: float) -> None:
        self._font, self._ratio = font, ratio
        self._metrics = QFontMetricsF(font)
        self.height = ceil(self._metrics.height())
        self._pictures: dict[int, dict[str, tuple[QPixmap, int]]] = {}

    def draw(self, painter: QPainter, right: int, top: int, text: str, colour: QColor, room: int) -> bool:
        """``right``: where the text ends; ``top``: of the line, ``height`` high. False: it is wider than ``room``, and
        nothing was drawn."""
        pictures = self._pictures.get(id(colour))
        if pictures is None:
            pictures = self._pictures[id(colour)] = {}
        found = [pictures.get(part) or self._made(part, colour, pictures) for part in _PARTS(text)]
        at = right - _EDGE
        for _, width in found:
            at -= width
        if right - _EDGE - at > room:
            return False
        draw = painter.drawPixmap
        for picture, width in found:
            draw(at, top, picture)
            at += width
        return True

    def _made(self, part: str, colour: QColor, pictures: dict[str, tuple[QPixmap, int]]) -> tuple[QPixmap, int]:
        if len(pictures) >= _MOST:
            pictures.clear()
        width = self._metrics.horizontalAdvance(part)
        picture = QPixmap(ceil((ceil(width) + 2 * _EDGE) * self._ratio), ceil(self.height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setFont(self._font)
            painter.setPen(colour)
            painter.drawText(QPointF(_EDGE, self._metrics.ascent()), part)
        found = pictures[part] = (picture, round(width))
        return found
