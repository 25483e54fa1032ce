"""Where price pane, volume pane and axes lie; everything follows from the size and the font."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

_VOLUME_PART = 5
"""One part in so many of the height is volume."""
_VOLUME_PART_BESIDE = 7
_OWN_PART = 6
"""The same beside panes of studies, and the part that each of those has."""
_LEAST_OWN_LINES = 4
_LEAST_LINES = 9
"""Lower than so many lines of text, the chart shows prices alone."""


class Areas(Struct, frozen=True):
    """``volume`` is empty where there is no room for it."""

    whole: QRect
    price: QRect
    volume: QRect
    price_axis: QRect
    time_axis: QRect
    own: tuple[QRect, ...] = ()
    """Panes of studies, from the top; fewer than were wanted where there is no room for all."""

    @property
    def panes_bottom(self) -> int:
        """The first row below every pane."""
        return self.time_axis.top()


def laid_out(width: int, height: int, metrics: QFontMetrics, widest: str, own: int = 0) -> Areas:
    """``widest`` is a price as long as any on the axis; ``own`` are the studies that want a pane."""
    line = metrics.height()
    axis = metrics.horizontalAdvance(digits(widest)) + line
    foot = line + line // 3
    plot_width, plot_height = max(width - axis, 1), max(height - foot, 1)
    roomy = plot_height >= _LEAST_LINES * line
    each, panes = _own_panes(plot_height, line, own) if roomy else (0, 0)
    volume = plot_height // (_VOLUME_PART_BESIDE if panes else _VOLUME_PART) if roomy else 0
    price = QRect(0, 0, plot_width, plot_height - volume - each * panes)
    below = price.height() + volume
    return Areas(
        QRect(0, 0, width, height),
        price,
        QRect(0, price.height(), plot_width, volume),
        QRect(plot_width, 0, axis, plot_height),
        QRect(0, plot_height, width, height - plot_height),
        tuple(QRect(0, below + at * each, plot_width, each) for at in range(panes)),
    )


def _own_panes(height: int, line: int, wanted: int) -> tuple[int, int]:
    """How tall each is and how many there are: half of the height at most, and never too low to be read."""
    panes = min(wanted, height // 2 // (_LEAST_OWN_LINES * line))
    return (max(min(height // _OWN_PART, height // 2 // panes), _LEAST_OWN_LINES * line), panes) if panes else (0, 0)


def digits(text: str) -> str:
    """The same text with its digits all alike: as wide as any number of the same shape."""
    return "".join("0" if char.isdigit() else char for char in text)
