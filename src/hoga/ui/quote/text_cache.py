"""Laid-out texts kept for the next paint: laying out digits costs more than drawing them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText

_MOST = 4_000


class TextCache:
    """Texts of one font. Draws one line, centred in height, aligned in width, never cut: columns are wide enough."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._texts: dict[str, tuple[QStaticText, float, float]] = {}

    def width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text)

    def draw(self, painter: QPainter, area: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        """The painter's pen is the colour; its font is set here."""
        if not text:
            return
        laid, width, height = self._texts.get(text) or self._lay_out(text)
        x = float(area.left())
        if side is Qt.AlignmentFlag.AlignRight:
            x += area.width() - width
        elif side is Qt.AlignmentFlag.AlignHCenter:
            x += (area.width() - width) / 2
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(round(x), round(area.top() + (area.height() - height) / 2)), laid)

    def _lay_out(self, text: str) -> tuple[QStaticText, float, float]:
        if len(self._texts) >= _MOST:
            self._texts.clear()
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        laid.prepare(font=self.font)
        found = (laid, laid.size().width(), laid.size().height())
        self._texts[text] = found
        return found
