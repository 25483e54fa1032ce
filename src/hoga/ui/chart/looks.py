"""Pens and brushes of the chart from the colours of the window; made anew when those change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from hoga.ui.theme.tokens import Tokens, UpDown


def blend(one: str, other: str, part: float) -> QColor:
    """``part`` of ``other`` in ``one``."""
    a, b = QColor(one), QColor(other)
    return QColor(
        *(round(x + (y - x) * part) for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue())))
    )


class Looks:
    """``hollow``: rising candles are outlines, so that colour is not the only sign (the colour-blind palette)."""

    def __init__(self, tokens: Tokens, up_down: UpDown) -> None:
        self.tokens = tokens
        self.hollow = up_down is UpDown.COLOUR_BLIND
        self.ground = QColor(tokens.ground)
        self.text = QColor(tokens.text)
        self.dim = QColor(tokens.dim)
        self.stale = QColor(tokens.stale)
        self.up, self.down = QColor(tokens.up), QColor(tokens.down)
        self.up_pen, self.up_brush = _line(self.up), QBrush(self.up)
        self.down_pen, self.down_brush = _line(self.down), QBrush(self.down)
        self.flat_pen, self.flat_brush = _line(self.dim), QBrush(self.dim)
        up, down = blend(tokens.ground, tokens.up, 0.55), blend(tokens.ground, tokens.down, 0.55)
        flat = blend(tokens.ground, tokens.dim, 0.5)
        self.up_volume, self.up_volume_pen = QBrush(up), _line(up)
        self.down_volume, self.down_volume_pen = QBrush(down), _line(down)
        self.flat_volume, self.flat_volume_pen = QBrush(flat), _line(flat)
        self.up_cloud, self.down_cloud = _line(_thin(self.up)), _line(_thin(self.down))
        self.rival = _line(QColor(tokens.text))
        self.rival.setWidth(2)
        self.close_pen = _line(QColor(tokens.accent))
        self.grid = _line(blend(tokens.ground, tokens.line, 0.45))
        self.edge = _line(QColor(tokens.line))
        self.session = _line(QColor(tokens.line), Qt.PenStyle.DashLine)
        self.cross = _line(self.dim, Qt.PenStyle.DashLine)
        self.average = _line(QColor(tokens.accent), Qt.PenStyle.DashDotLine)
        self.accent, self.on_accent = QColor(tokens.accent), QColor(tokens.on_accent)
        self.profile = QBrush(blend(tokens.ground, tokens.line, 0.6))
        self._lines: dict[str, QPen] = {}
        self.hatch = QBrush(self.stale, Qt.BrushStyle.BDiagPattern)

    def of(self, name: str) -> QColor:
        """A colour of the window by its name."""
        return QColor(getattr(self.tokens, name))

    def line(self, name: str) -> QPen:
        """A pen in that colour."""
        if name not in self._lines:
            self._lines[name] = _line(self.of(name))
        return self._lines[name]

    def moving(self, change_units: int) -> QColor:
        """Up, down or neither."""
        return self.up if change_units > 0 else self.down if change_units < 0 else self.text


def _thin(colour: QColor) -> QColor:
    """What lies behind shows through."""
    thin = QColor(colour)
    thin.setAlphaF(0.16)
    return thin


def dotted(colour: QColor) -> QPen:
    return _line(colour, Qt.PenStyle.DotLine)


def _line(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """One pixel of the screen at any scale."""
    pen = QPen(colour)
    pen.setCosmetic(True)
    pen.setWidth(1)
    pen.setStyle(style)
    return pen
