"""How a row of the watch list is drawn: name and line at the left, price and change at the right, in two lines.

Whatever takes time is done once for a look: fonts, colours, laid-out texts, cut names; a line's points once for its
closes.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.painting import bold, draw_focus, grid, small
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.theme.tokens import Tokens
from hoga.ui.watch.rows import Row
from hoga.ui.watch.spark_line import SparkLine
from hoga.ui.watch.sparks import Sparks

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MOST_CUT = 1_000
_MOVING = {1: "up", -1: "down", 0: "text"}


@dataclass(frozen=True, slots=True)
class State:
    """What hand and keyboard make of a row. ``chosen``: every tab shows its instrument."""

    chosen: bool = False
    selected: bool = False
    hovered: bool = False
    focused: bool = False


PLAIN = State()


class RowPaint:
    """One look; made anew when font or colours change. ``height`` is that of a row."""

    def __init__(self, view: QWidget, tokens: Tokens, sparks: Sparks) -> None:
        font = view.font()
        self._tokens, self._sparks = tokens, sparks
        self._step, self._two, self._three = grid(view), grid(view, 2), grid(view, 3)
        self._strong, self._plain, self._tiny = TextCache(bold(font)), TextCache(font), TextCache(small(font))
        self._colours = {name: QColor(value) for name, value in tokens.items()}
        self._hairs = {name: QPen(colour, 0) for name, colour in self._colours.items()}
        self._cut: dict[tuple[TextCache, str, int], str] = {}
        self._lines: dict[InstrumentId, SparkLine] = {}
        self._top = self._strong.metrics.height()
        self.height = self._top + self._tiny.metrics.height() + self._two

    def row(self, painter: QPainter, area: QRect, row: Row, state: State) -> None:
        if state is not PLAIN:
            self._ground(painter, area, state)
        step, pad = self._step, self._two
        left, top, width = area.left() + pad, area.top() + step, area.width() - 2 * pad
        moving = "stale" if row.stale else _MOVING[row.direction.rising]
        self._upper(painter, QRect(left, top, width, self._top), row, moving)
        self._lower(painter, QRect(left, top + self._top, width, area.height() - 2 * step - self._top), row, moving)

    def _ground(self, painter: QPainter, area: QRect, state: State) -> None:
        if state.selected or state.chosen:
            painter.fillRect(area, self._colours["selection"])
        elif state.hovered:
            painter.fillRect(area, self._colours["raised"])
        if state.chosen:
            bar = QRect(area.left(), area.top(), max(self._step - 1, 2), area.height())
            painter.fillRect(bar, self._colours["accent"])
        if state.focused:
            draw_focus(painter, area, self._tokens)

    def _upper(self, painter: QPainter, area: QRect, row: Row, moving: str) -> None:
        painter.setPen(self._colours[moving])
        self._strong.draw(painter, area, row.price, _RIGHT)
        painter.setPen(self._colours["text"])
        room = area.width() - self._strong.width(row.price) - self._two
        area.setWidth(room)
        self._plain.draw(painter, area, self._fitting(self._plain, row.name, room), _LEFT)
        if row.badge:
            area.setLeft(area.left() + self._plain.width(row.name) + self._two)
            painter.setPen(self._colours["warn"])
            self._tiny.draw(painter, area, self._fitting(self._tiny, row.badge, area.width()), _LEFT)

    def _lower(self, painter: QPainter, area: QRect, row: Row, moving: str) -> None:
        mark = "◷ " if row.stale else "⟳ " if row.polled else ""
        painter.setPen(self._colours[moving])
        words = f"{mark}{row.change}  {row.rate}".rstrip()
        self._tiny.draw(painter, area, words, _RIGHT)
        room = min(area.width() - self._tiny.width(words) - self._three, area.width() // 2)
        closes = self._sparks.of(row.instrument).closes
        if len(closes) >= 2 and room >= 8:
            self._line(painter, QRect(area.left(), area.top() + 2, room, area.height() - 4), row, moving)

    def _line(self, painter: QPainter, area: QRect, row: Row, moving: str) -> None:
        """Today's line, with the previous close as a hair across it where it lies within."""
        line = self._lines.get(row.instrument)
        if line is None:
            line = self._lines[row.instrument] = SparkLine(self._sparks.of(row.instrument))
        ratio = painter.device().devicePixelRatio()
        line.draw(painter, area, row.base, self._hairs[moving], self._hairs["line"], ratio)

    def _fitting(self, texts: TextCache, text: str, room: int) -> str:
        """Cut with an ellipsis where it does not fit."""
        key = (texts, text, room)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) >= _MOST_CUT:
                self._cut.clear()
            found = self._cut[key] = texts.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return found
