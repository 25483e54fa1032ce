"""The program's icon, painted: a small book of asks and bids, with a band in the colour of what is at stake."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from hoga.ui.theme.tokens import StakesLook

_SIZES = (16, 24, 32, 48, 64, 128, 256)
_BARS = ((0.30, 0.16, True), (0.48, 0.33, True), (0.62, 0.50, False), (0.40, 0.67, False))
"""Width, top and whether it is an ask, as parts of the side."""
_ASK, _BID = "#6EA8FF", "#FF6B6B"


def icon(look: StakesLook) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(size, look))
    return made


def _drawn(size: int, look: StakesLook) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#15181D"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.18, size * 0.18)
    for width, top, ask in _BARS:
        painter.setBrush(QColor(_ASK if ask else _BID))
        left = 0.5 - width if ask else 0.5
        painter.drawRect(QRectF(size * left, size * top, size * width * 0.85, size * 0.11))
    painter.setBrush(QColor(look.frame))
    painter.drawRect(QRectF(size * 0.12, size * 0.86, size * 0.76, max(size * 0.07, 1.0)))
    painter.end()
    return picture
