"""Small helpers of everything that paints itself: one grid, even digits, colours by meaning."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from hoga.ui.format import Direction
from hoga.ui.theme.tokens import Tokens

GRID = 4
"""Pixels of the grid at 100 %; see ``grid`` for the scaled one."""


def grid(widget: QWidget, units: int = 1) -> int:
    """``units`` steps of the grid, grown with the font: at the default size one step is 4 pixels."""
    return max(1, round(QFontMetrics(widget.font()).height() * GRID * units / 16))


def small(font: QFont, factor: float = 0.88) -> QFont:
    """A heading's font: the same family, a little smaller."""
    made = QFont(font)
    made.setPointSizeF(max(font.pointSizeF() * factor, 6.0))
    return made


def bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def moving_colour(direction: Direction, tokens: Tokens) -> QColor:
    """Up, down or neither, in the palette that the person chose."""
    rising = direction.rising
    return QColor(tokens.up if rising > 0 else tokens.down if rising < 0 else tokens.text)


def draw_focus(painter: QPainter, area: QRect, tokens: Tokens) -> None:
    """The one focus ring of the window."""
    pen = QPen(QColor(tokens.focus))
    pen.setWidth(2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -2, -2))


def draw_text(painter: QPainter, area: QRect, text: str, flags: Qt.AlignmentFlag) -> None:
    """One line, cut with an ellipsis where it does not fit."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(flags | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine), shown)


def draw_dot(painter: QPainter, centre: QPoint, size: int, filled: str) -> None:
    """A mark that differs in shape as well as colour: ``full``, ``half``, ``ring`` or ``cross``."""
    area = QRect(centre.x() - size // 2, centre.y() - size // 2, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = painter.pen().color()
    pen = QPen(colour)
    pen.setWidthF(max(size / 6, 1.2))
    painter.setPen(pen)
    if filled == "cross":
        painter.drawLine(area.topLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomLeft())
    else:
        painter.setBrush(colour if filled == "full" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)
        if filled == "half":
            painter.setBrush(colour)
            painter.drawPie(area, 90 * 16, 180 * 16)
    painter.restore()


def edges(area: QRect) -> tuple[int, int, int, int]:
    """Left, top, width and height by one question."""
    return area.getRect()  # type: ignore[return-value]  # PySide's stubs call it an object


def rows_in(region: QRegion, first: int, tall: int, count: int) -> list[int]:
    """Which of ``count`` rows, each as wide as the widget and ``tall`` pixels high, the first one at ``first``, reach
    into a region."""
    found: set[int] = set()
    for part in region:  # type: ignore[attr-defined]  # unknown to the stubs of PySide
        _, top, _, height = edges(part)
        found.update(range(max((top - first) // tall, 0), min((top + height - 1 - first) // tall + 1, count)))
    return sorted(found)
