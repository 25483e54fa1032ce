"""The day's range as a bar: from low to high, with the open, the previous close and the last price on it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoga.domain.values import Currency
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import moving_colour
from hoga.ui.quote.facts import Facts
from hoga.ui.quote.pane import LEFT, RIGHT, Pane


class RangeLook(Struct, frozen=True):
    """Whole units; None: not known."""

    low: int | None = None
    high: int | None = None
    open: int | None = None
    base: int | None = None
    last: int | None = None
    currency: Currency = Currency.KRW
    stale: bool = False


def place(units: int, low: int, high: int, width: int) -> int:
    """The pixel of a price on a bar ``width`` wide, held within it."""
    if high <= low:
        return width // 2
    return max(0, min((units - low) * width // (high - low), width))


class RangeBar(Pane):
    """Paints itself; a price outside the day's range (the previous close after a gap) is held at the end."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look = RangeLook()
        self._direction = Facts().direction
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.unit * 60, self.row_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.unit * 30, self.row_height)

    def show_facts(self, facts: Facts, *, stale: bool) -> None:
        look = RangeLook(facts.low, facts.high, facts.open, facts.base, facts.last, facts.currency, stale)
        if look != self.look or facts.direction is not self._direction:
            self.look, self._direction = look, facts.direction
            self.update()

    def tell_accessible(self) -> None:
        look = self.look
        low, high, last = (
            fmt.DASH if u is None else fmt.units(u, look.currency) for u in (look.low, look.high, look.last)
        )
        words = self.tr("Day's range from {low} to {high}, last {last}").format(low=low, high=high, last=last)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, look, unit = self.context.tokens, self.look, self.unit
        painter.fillRect(event.rect(), QColor(tokens.ground))
        if look.low is None or look.high is None:
            painter.setPen(QColor(tokens.dim))
            self.tiny.draw(painter, self.rect().adjusted(unit * 2, 0, 0, 0), fmt.DASH, LEFT)
            return
        low, high = fmt.units(look.low, look.currency), fmt.units(look.high, look.currency)
        painter.setPen(QColor(tokens.stale if look.stale else tokens.text))
        self.tiny.draw(painter, self.rect().adjusted(unit * 2, 0, 0, 0), low, LEFT)
        self.tiny.draw(painter, self.rect().adjusted(0, 0, -unit * 2, 0), high, RIGHT)
        left = unit * 4 + self.tiny.width(low)
        track = QRect(
            left, self.height() // 2 - unit // 2, self.width() - left - unit * 4 - self.tiny.width(high), unit
        )
        if track.width() > unit * 4:
            self._paint_track(painter, track, look.low, look.high)

    def _paint_track(self, painter: QPainter, track: QRect, low: int, high: int) -> None:
        tokens, look, unit = self.context.tokens, self.look, self.unit
        painter.fillRect(track, QColor(tokens.line))
        if look.open is not None and look.last is not None:
            ends = sorted(place(units, low, high, track.width()) for units in (look.open, look.last))
            body = QRect(track.left() + ends[0], track.top(), max(ends[1] - ends[0], 1), track.height())
            rising = look.last >= look.open
            painter.fillRect(body, QColor(tokens.up_bar if rising else tokens.down_bar))
        if look.base is not None and low <= look.base <= high:
            x = track.left() + place(look.base, low, high, track.width())
            painter.fillRect(
                QRect(x, track.top() - unit, max(unit // 3, 1), track.height() + unit * 2), QColor(tokens.dim)
            )
        if look.last is not None:
            x = track.left() + place(look.last, low, high, track.width())
            colour = QColor(tokens.stale) if look.stale else moving_colour(self._direction, tokens)
            _paint_pointer(painter, QPointF(x, track.bottom() + 1), float(unit * 1.5), colour)


def _paint_pointer(painter: QPainter, tip: QPointF, size: float, colour: QColor) -> None:
    path = QPainterPath(tip)
    path.lineTo(tip.x() - size * 0.7, tip.y() + size)
    path.lineTo(tip.x() + size * 0.7, tip.y() + size)
    path.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, colour)
    painter.restore()
