"""How a row of the watch list is drawn: name and line at the left, price and change at the right, in two lines.

Whatever takes time is done once for a look: fonts, colours, laid-out texts, cut names; a line's points once for its
closes.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hoga.domain.instruments import InstrumentId
from hoga.ui.painting import bold, draw_focus, edges, grid, small
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.theme.tokens import Tokens
from hoga.ui.watch.rows import Row
from hoga.ui.watch.spark_line import SparkLine
from hoga.ui.watch.sparks import Sparks

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MOST_CUT = 1_000
_LEAST_ROOM = 8
"""A shorter line shows nothing."""
_MOVING = {1: "up", -1: "down", 0: "text"}


class State(Struct, frozen=True):
    """What hand and keyboard make of a row. ``chosen``: every tab shows its instrument."""

    chosen: bool = False
    selected: bool = False
    hovered: bool = False
    focused: bool = False


PLAIN = State()


def _words(row: Row) -> str:
    mark = "◷ " if row.stale else "⟳ " if row.polled else ""
    return f"{mark}{row.change}  {row.rate}".rstrip()


def _kept(before: Row, now: Row) -> bool:
    """Whether all that the left part of a row depends on is the same, but for the room that its price leaves."""
    if before.name != now.name or before.badge != now.badge or before.base != now.base:
        return False
    if before.stale is not now.stale or before.polled is not now.polled:
        return False
    return before.direction is now.direction or before.direction.rising == now.direction.rising


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

    def row(self, painter: QPainter, area: QRect, row: Row, state: State, since: int = 0) -> bool:
        """``since``: nothing left of it is seen, the painter clips. Returns whether something there is not as it was
        drawn before."""
        if state is not PLAIN:
            self._ground(painter, area, state)
        step, pad = self._step, self._two
        left, top, width, height = edges(area)
        left, top, width = left + pad, top + step, width - 2 * pad
        moving = "stale" if row.stale else _MOVING[row.direction.rising]
        self._upper(painter, QRect(left, top, width, self._top), row, moving, since)
        lower = QRect(left, top + self._top, width, height - 2 * step - self._top)
        return self._lower(painter, lower, row, moving) and since > left

    def changed_since(self, area: QRect, before: Row | None, row: Row) -> int:
        """How far from the left all is as it was drawn: most trades change price and rate, and the end of the line."""
        start = area.left()
        price = self._strong.width(row.price)
        if before is None or not _kept(before, row) or price != self._strong.width(before.price):
            return start
        width = area.width() - 2 * self._two
        words, words_before = self._tiny.width(_words(row)), self._tiny.width(_words(before))
        room = self._room(width, words)
        if room != self._room(width, words_before):
            return start
        first = width - max(price, words, words_before)
        line = self._line(row.instrument)
        if line.shown and room >= _LEAST_ROOM:
            tip = line.tip(room)
            if tip is None:
                return start
            first = min(first, tip)
        return max(start, start + self._two + first - self._step)

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

    def _upper(self, painter: QPainter, area: QRect, row: Row, moving: str, since: int) -> None:
        painter.setPen(self._colours[moving])
        self._strong.draw(painter, area, row.price, _RIGHT)
        room = area.width() - self._strong.width(row.price) - self._two
        name = self._fitting(self._plain, row.name, room)
        if not row.badge and area.left() + self._plain.width(name) + self._step < since:
            return
        painter.setPen(self._colours["text"])
        area.setWidth(room)
        self._plain.draw(painter, area, name, _LEFT)
        if row.badge:
            area.setLeft(area.left() + self._plain.width(row.name) + self._two)
            painter.setPen(self._colours["warn"])
            self._tiny.draw(painter, area, self._fitting(self._tiny, row.badge, area.width()), _LEFT)

    def _lower(self, painter: QPainter, area: QRect, row: Row, moving: str) -> bool:
        painter.setPen(self._colours[moving])
        words = _words(row)
        self._tiny.draw(painter, area, words, _RIGHT)
        left, top, width, height = edges(area)
        room = self._room(width, self._tiny.width(words))
        line = self._line(row.instrument)
        if not line.shown or room < _LEAST_ROOM:
            return False
        place, ratio = QRect(left, top + 2, room, height - 4), painter.device().devicePixelRatio()
        return line.draw(painter, place, row.base, self._hairs[moving], self._hairs["line"], ratio)

    def _room(self, width: int, words: int) -> int:
        """For the line, beside words so wide."""
        return min(width - words - self._three, width // 2)

    def _line(self, instrument: InstrumentId) -> SparkLine:
        """Today's line; the previous close is a hair across it where it lies within."""
        line = self._lines.get(instrument)
        if line is None:
            line = self._lines[instrument] = SparkLine(self._sparks.of(instrument))
        return line

    def _fitting(self, texts: TextCache, text: str, room: int) -> str:
        """Cut with an ellipsis where it does not fit."""
        key = (texts, text, room)
        found = self._cut.get(key)
        if found is None:
            if len(self._cut) >= _MOST_CUT:
                self._cut.clear()
            found = self._cut[key] = texts.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return found
