"""Laid-out texts kept for the next paint: laying out digits costs more than drawing them.

What is drawn for the first time may never come again, as most quantities: it is laid out when it does.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText

from hoga.ui.painting import edges

_MOST = 4_000
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class TextCache:
    """Texts of one font. Draws one line, centred in height, aligned in width, never cut: columns are wide enough."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._texts: dict[str, tuple[QStaticText, float, int]] = {}
        self._widths: dict[str, int] = {}
        self._once: set[str] = set()
        self._exact = QFontMetricsF(font)
        self._height, self._ascent = self.metrics.height(), self.metrics.ascent()

    def width(self, text: str) -> int:
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def draw(self, painter: QPainter, area: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        """The painter's pen is the colour; its font is set here."""
        if not text:
            return
        kept = self._texts.get(text)
        if kept is None and text in self._once:
            kept = self._lay_out(text)
        laid, width, height = kept or (None, self._exact.horizontalAdvance(text), self._height)
        left, top, room, high = edges(area)
        x = left if side is _LEFT else round(left + (room - width if side is _RIGHT else (room - width) / 2))
        y = round(top + (high - height) / 2)
        painter.setFont(self.font)
        if laid is not None:
            painter.drawStaticText(x, y, laid)
            return
        if len(self._once) >= _MOST:
            self._once.clear()
        self._once.add(text)
        painter.drawText(x, y + self._ascent, text)

    def _lay_out(self, text: str) -> tuple[QStaticText, float, int]:
        if len(self._texts) >= _MOST:
            self._texts.clear()
        self._once.discard(text)
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        laid.prepare(font=self.font)
        # As wide and high as when it is drawn at once: it must not move when it comes again.
        found = (laid, self._exact.horizontalAdvance(text), self._height)
        self._texts[text] = found
        return found
