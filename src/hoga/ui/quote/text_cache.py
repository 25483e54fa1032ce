"""Laid-out texts kept for the next paint: laying out digits costs more than drawing them.

What is drawn for the first time may never come again, as most quantities: it is laid out when it does. Prices come
again all day, a second's time for some frames: what was not drawn while ``_MOST`` others came is forgotten.
"""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText

from hoga.ui.painting import edges

_MOST = 500
"""Texts of one generation; two are kept. A window shows some 200 at once, and each kept is most of a KiB."""
_MOST_SEEN = 2_000
"""Texts of which no more is known than that they were drawn, or how wide they are."""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_Laid: TypeAlias = tuple[QStaticText, float, int]


class TextCache:
    """Texts of one font. Draws one line, centred in height, aligned in width, never cut: columns are wide enough."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._texts: dict[str, _Laid] = {}
        self._older: dict[str, _Laid] = {}
        self._widths: dict[str, int] = {}
        self._once: set[str] = set()
        self._exact = QFontMetricsF(font)
        self._height, self._ascent = self.metrics.height(), self.metrics.ascent()

    def width(self, text: str) -> int:
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= _MOST_SEEN:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def draw(self, painter: QPainter, area: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        """The painter's pen is the colour; its font is set here."""
        if not text:
            return
        kept = self._texts.get(text)
        if kept is None and (text in self._older or text in self._once):
            kept = self._keep(text)
        laid, width, height = kept or (None, self._exact.horizontalAdvance(text), self._height)
        left, top, room, high = edges(area)
        x = left if side is _LEFT else round(left + (room - width if side is _RIGHT else (room - width) / 2))
        y = round(top + (high - height) / 2)
        painter.setFont(self.font)
        if laid is not None:
            painter.drawStaticText(x, y, laid)
            return
        if len(self._once) >= _MOST_SEEN:
            self._once.clear()
        self._once.add(text)
        painter.drawText(x, y + self._ascent, text)

    def _keep(self, text: str) -> _Laid:
        """Of the younger generation from now on, laid out if it was in neither."""
        older = self._older.pop(text, None)
        if len(self._texts) >= _MOST:
            self._older, self._texts = self._texts, {}
        self._once.discard(text)
        found = self._texts[text] = self._laid_out(text) if older is None else older
        return found

    def _laid_out(self, text: str) -> _Laid:
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        laid.prepare(font=self.font)
        # As wide and high as when it is drawn at once: it must not move when it comes again.
        return laid, self._exact.horizontalAdvance(text), self._height
