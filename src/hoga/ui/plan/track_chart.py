"""Schedule against actual: what should be done by now, and what is, in won, sells and buys apart.

Painted from whole won and whole seconds; labels say exact values, also of the moment under the pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QWidget

from hoga.base.clock import KST
from hoga.plans.views import RunningPlan, TrackPoint
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import draw_text, grid, small
from hoga.ui.tables.column import HIDDEN

_SECOND = timedelta(seconds=1)
_LINES = 4


class TrackChart(QWidget):
    """``show_plan`` whenever it may have changed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.points: tuple[TrackPoint, ...] = ()
        self._start: datetime | None = None
        self._end: datetime | None = None
        self._due: tuple[TrackPoint, ...] = ()
        self._pointer: QPoint | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(self.sizeHint() / 2)
        context.look_changed.connect(self.update)
        context.amounts_hidden.connect(lambda _hidden: self.update())
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(grid(self, 110), grid(self, 50))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Schedule against actual"))
        self.update()

    def show_plan(self, plan: RunningPlan | None, now: datetime) -> None:
        points = plan.track if plan is not None else ()
        due = _schedule(plan) if plan is not None else ()
        moments = [point.at for point in (*points, *due)]
        start, end = min(moments, default=None), max(moments, default=None)
        if plan is not None and not plan.state.over and start is not None and end is not None:
            end = max(end, now)
        if (points, due, start, end) == (self.points, self._due, self._start, self._end):
            return
        self.points, self._due, self._start, self._end = points, due, start, end
        if points:
            self.setAccessibleDescription(self._words(points[-1]))
        self.update()

    def _words(self, point: TrackPoint) -> str:
        def won(value: int) -> str:
            return HIDDEN if self._context.hidden else fmt.units(value)

        return self.tr("{at} · sold {sold} of {sell_due} due · bought {bought} of {buy_due} due").format(
            at=f"{point.at.astimezone(KST):%H:%M:%S}", sold=won(point.sell_filled), sell_due=won(point.sell_due),
            bought=won(point.buy_filled), buy_due=won(point.buy_due),
        )  # fmt: skip

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.ground))
        painter.setFont(small(self.font()))
        top = max(
            (max(p.sell_due, p.sell_filled, p.buy_due, p.buy_filled) for p in (*self.points, *self._due)), default=0
        )
        if self._start is None or self._end is None or not top:
            painter.setPen(QColor(tokens.dim))
            text = self.tr("Once its first round is due, the schedule and what is done of it are drawn here.")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)
            return
        top = _round_up(top)
        area = self._area(painter, top)
        self._paint_grid(painter, area, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines: tuple[tuple[Sequence[TrackPoint], Callable[[TrackPoint], int], str, bool], ...] = (
            (self._due, lambda point: point.sell_due, tokens.down, True),
            (self._due, lambda point: point.buy_due, tokens.up, True),
            (self.points, lambda point: point.sell_filled, tokens.down, False),
            (self.points, lambda point: point.buy_filled, tokens.up, False),
        )
        for points, value, colour, dashed in lines:
            if any(value(point) for point in points):  # a side that does nothing has no line
                self._paint_line(painter, area, top, points, value, colour, dashed=dashed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_head(painter, area)

    def _area(self, painter: QPainter, top: int) -> QRect:
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance(self._label(top)) + grid(self, 3)
        return self.rect().adjusted(left, metrics.height() * 2, -grid(self, 4), -metrics.height() * 3 // 2)

    def _label(self, won: int) -> str:
        return HIDDEN if self._context.hidden else fmt.big_won(won, self._context.language)

    def _paint_grid(self, painter: QPainter, area: QRect, top: int) -> None:
        tokens, height = self._context.tokens, painter.fontMetrics().height()
        for line in range(_LINES + 1):
            y = area.bottom() - area.height() * line // _LINES
            painter.setPen(QColor(tokens.line))
            painter.drawLine(area.left(), y, area.right(), y)
            painter.setPen(QColor(tokens.dim))
            box = QRect(0, y - height // 2, area.left() - grid(self), height)
            draw_text(painter, box, self._label(top * line // _LINES), Qt.AlignmentFlag.AlignRight)
        if self._start is None or self._end is None:
            return
        width = painter.fontMetrics().horizontalAdvance("00:00:00") + grid(self, 2)
        steps = max(min(area.width() // (width * 2), 6), 1)
        for step in range(steps + 1):
            at = self._start + (self._end - self._start) * step // steps
            x = area.left() + area.width() * step // steps
            box = QRect(min(max(x - width // 2, 0), self.width() - width), area.bottom() + 3, width, height)
            draw_text(painter, box, f"{at.astimezone(KST):%H:%M:%S}", Qt.AlignmentFlag.AlignHCenter)

    def _x(self, area: QRect, at: datetime) -> int:
        if self._start is None or self._end is None:
            return area.left()
        whole = max((self._end - self._start) // _SECOND, 1)
        return area.left() + area.width() * ((at - self._start) // _SECOND) // whole

    def _paint_line(
        self, painter: QPainter, area: QRect, top: int, points: Sequence[TrackPoint],
        value: Callable[[TrackPoint], int], colour: str, *, dashed: bool = False,
    ) -> None:  # fmt: skip
        """Steps: nothing happens between two points."""
        if not points:
            return
        corners: list[QPoint] = []
        for point in points:
            at = QPoint(self._x(area, point.at), area.bottom() - area.height() * value(point) // top)
            if corners:
                corners.append(QPoint(at.x(), corners[-1].y()))
            corners.append(at)
        pen = QPen(QColor(colour))
        pen.setWidth(1 if dashed else 2)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygon(corners))

    def _paint_head(self, painter: QPainter, area: QRect) -> None:
        """What the lines mean; under the pointer: the values of that moment."""
        tokens = self._context.tokens
        box = QRect(area.left(), 0, area.width(), painter.fontMetrics().height() * 2)
        if self._pointer is not None and area.contains(self._pointer) and self.points:
            near = min(self.points, key=lambda point: abs(self._x(area, point.at) - self._pointer.x()))  # type: ignore[union-attr]
            x = self._x(area, near.at)
            painter.setPen(QColor(tokens.dim))
            painter.drawLine(x, area.top(), x, area.bottom())
            painter.setPen(QColor(tokens.text))
            draw_text(painter, box, self._words(near), Qt.AlignmentFlag.AlignLeft)
            return
        painter.setPen(QColor(tokens.dim))
        text = self.tr("blue: sells · red: buys · dashed: schedule · solid: filled")
        if self._context.up_down.value != "korea":
            text = self.tr("dashed: schedule · solid: filled; sells first, then buys")
        draw_text(painter, box, text, Qt.AlignmentFlag.AlignLeft)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()


def _round_up(most: int) -> int:
    """The next sum whose quarters are told in round numbers."""
    step = 1
    while step * 8 < most:
        step *= 10
    return next(step * part for part in (1, 2, 4, 8) if step * part >= most)


def _schedule(plan: RunningPlan) -> tuple[TrackPoint, ...]:
    """The whole course as it is due now, the rounds ahead included, at the plan's prices."""
    prices = {number: leg.price for number, leg in enumerate(plan.plan.legs)}
    sold = bought = 0
    points: list[TrackPoint] = []
    for round in sorted(plan.rounds, key=lambda one: one.at):
        worth = sum(shares * prices.get(leg, 0) for leg, shares in round.wanted)
        if not points:
            points.append(TrackPoint(round.at, 0, 0, 0, 0))
        if round.side.value == "sell":
            sold += worth
        else:
            bought += worth
        points.append(TrackPoint(round.at, sold, 0, bought, 0))
    return tuple(points)
