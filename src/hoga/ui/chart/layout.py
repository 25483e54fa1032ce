"""Where price pane, volume pane and axes lie; everything follows from the size and the font."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

_VOLUME_PART = 5
"""One part in so many of the height is volume."""
_LEAST_LINES = 9
"""Lower than so many lines of text, the chart shows prices alone."""


@dataclass(frozen=True, slots=True)
class Areas:
    """``volume`` is empty where there is no room for it."""

    whole: QRect
    price: QRect
    volume: QRect
    price_axis: QRect
    time_axis: QRect


def laid_out(width: int, height: int, metrics: QFontMetrics, widest: str) -> Areas:
    """``widest`` is a price as long as any on the axis."""
    line = metrics.height()
    axis = metrics.horizontalAdvance(digits(widest)) + line
    foot = line + line // 3
    plot_width, plot_height = max(width - axis, 1), max(height - foot, 1)
    volume = plot_height // _VOLUME_PART if plot_height >= _LEAST_LINES * line else 0
    price = QRect(0, 0, plot_width, plot_height - volume)
    return Areas(
        QRect(0, 0, width, height),
        price,
        QRect(0, price.height(), plot_width, volume),
        QRect(plot_width, 0, axis, plot_height),
        QRect(0, plot_height, width, height - plot_height),
    )


def digits(text: str) -> str:
    """The same text with its digits all alike: as wide as any number of the same shape."""
    return "".join("0" if char.isdigit() else char for char in text)
