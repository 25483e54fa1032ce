"""The day's profit as a curve below the holdings: realised and open together, what was realised beneath, how far it
fell from its best, and what each plan has cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hoga.base.clock import KST
from hoga.domain.instruments import InstrumentId
from hoga.trading.day_curve import Point
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings.drawdown import Fall, deepest, falls
from hoga.ui.painting import grid, small
from hoga.ui.tables.column import HIDDEN

if TYPE_CHECKING:  # plans come after the first paint
    from hoga.plans.marks import PlanCost

_LINES = 7
"""How tall it is, in lines of text."""
_LOOKS_PER_SECOND = 4


class ProfitCurve(QWidget):
    """Paints ``context.day_curve``. A moment of which not everything was known is a gap in the line."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pointer: int | None = None
        self._looked_at: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for signal in (context.portfolio_changed, context.second):
            signal.connect(self.refresh)
        context.amounts_hidden.connect(self._dress)
        for news in (context.look_changed, context.language_changed):
            news.connect(self._dress)
        context.frame.connect(self._on_frame)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(grid(self, 60), QFontMetrics(small(self.font())).height() * _LINES)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    # --- what happened ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The account was looked at once more."""
        if self.isVisible():
            self._name()
            self.update()

    def _on_frame(self, _dirty: frozenset[InstrumentId]) -> None:
        """Prices moved: look again, a few times a second, while somebody sees it."""
        if not self.isVisible():
            return
        now = self._context.desk.clock.now()
        if self._looked_at is None or abs((now - self._looked_at).total_seconds()) >= 1 / _LOOKS_PER_SECOND:
            self._looked_at = now
            self._context.look_at_profit()
            self.refresh()

    def _dress(self, _what: object = None) -> None:
        self.setToolTip(
            self.tr(
                "Today's profit of this account: realised after costs, and open at the last price. "
                "A gap is a time of which not everything was known. Shaded: how far it fell from its best. "
                "◆: what a plan has cost against the prices at its approval."
            )
        )
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.tr('Profit today')} {self._told(self._context.day_curve.newest)}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name()

    # --- the pointer ------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self._context.tokens
        painter.fillRect(self.rect(), QColor(tokens.ground))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        painter.setFont(small(self.font()))
        metrics = painter.fontMetrics()
        points = self._context.day_curve.points
        shown = self._under_pointer(points) or self._context.day_curve.newest
        head = QRect(grid(self, 2), 1, self.width() - grid(self, 4), metrics.height())
        told = falls(points)
        self._headline(painter, head, shown, told)
        area = self.rect().adjusted(grid(self, 2), head.bottom() + 2, -grid(self, 2), -metrics.height() - 1)
        if len(points) > 1 and area.height() > 2:
            scale = _Scale(points, area)
            self._fallen(painter, told, scale)
            self._curves(painter, points, scale)
            self._plans(painter, scale)
            self._times(painter, scale)
            if self._pointer is not None and shown is not None:
                painter.setPen(QPen(QColor(tokens.dim), 0, Qt.PenStyle.DashLine))
                x = round(scale.x(shown.at))
                painter.drawLine(x, area.top(), x, area.bottom())

    def _headline(self, painter: QPainter, area: QRect, shown: Point | None, told: list[Fall]) -> None:
        """What it is, and the figures under the pointer or of now."""
        tokens, left = self._context.tokens, Qt.AlignmentFlag.AlignLeft
        title = self.tr("Profit today")
        painter.setPen(QColor(tokens.dim))
        painter.drawText(area, left, title)
        x = area.left() + painter.fontMetrics().horizontalAdvance(title) + grid(self, 2)
        total = shown.total if shown is not None else None
        painter.setPen(QColor(tokens.dim if not total else tokens.up if total > 0 else tokens.down))
        painter.drawText(area.adjusted(x - area.left(), 0, 0, 0), left, self._told(shown))
        if shown is not None:
            x += painter.fontMetrics().horizontalAdvance(self._told(shown)) + grid(self, 3)
            parts = self.tr("realised {realised} · open {open}").format(
                realised=self._amount(shown.realised), open=self._amount(shown.open)
            )
            fallen = deepest(told)
            if fallen:
                parts += " · " + self.tr("deepest fall {amount}").format(amount=self._amount(-fallen))
            when = f"{shown.at.astimezone(KST):%H:%M:%S}  " if self._pointer is not None else ""
            painter.setPen(QColor(tokens.dim))
            painter.drawText(area.adjusted(x - area.left(), 0, 0, 0), left, when + parts)

    def _fallen(self, painter: QPainter, told: list[Fall], scale: _Scale) -> None:
        """The room between the best so far and the profit."""
        ground = QColor(self._context.tokens.down)
        ground.setAlphaF(0.14)
        best = {fall.at: fall.best for fall in told}
        for run in _runs((fall.at, fall.total) for fall in told):
            lower = [QPointF(scale.x(at), scale.y(units)) for at, units in run]
            upper = scale.steps([(at, best[at]) for at, _ in run])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _plans(self, painter: QPainter, scale: _Scale) -> None:
        """What each of today's plans that has filled anything has cost against arrival, where it ended or now."""
        tokens, metrics, free = self._context.tokens, painter.fontMetrics(), scale.area.left()
        for cost in self._costs():
            text, x = self._cost(cost), round(scale.x(min(max(cost.at, scale.first), scale.last)))
            wide = metrics.horizontalAdvance(text)
            left = max(min(x - wide // 2, scale.area.right() - wide), free)
            painter.setPen(QPen(QColor(tokens.dim), 0, Qt.PenStyle.DotLine))
            painter.drawLine(x, scale.area.top(), x, scale.area.bottom())
            if left + wide > scale.area.right():
                continue
            painter.fillRect(QRect(left, scale.area.top(), wide, metrics.height()), QColor(tokens.ground))
            painter.setPen(QColor(tokens.bad if (cost.won or 0) > 0 else tokens.good if cost.won else tokens.dim))
            painter.drawText(left, scale.area.top() + metrics.ascent(), text)
            free = left + wide + grid(self, 2)

    def _costs(self) -> tuple[PlanCost, ...]:
        plans = self._context.plans
        if plans is None:
            return ()
        from hoga.plans.marks import costs

        now = self._context.desk.clock.now()
        found = costs(plans, now.astimezone(KST).date(), now)
        return tuple(cost for cost in found if cost.won is not None and cost.bp is not None)

    def _cost(self, cost: PlanCost) -> str:
        """◆ slippage −4,600 (−7.1 bp): what it cost is a minus, as in the rest of the curve."""
        won, part = cost.won or 0, cost.bp or 0
        told = self.tr("slippage {amount}").format(amount=self._amount(-won))
        sign = fmt.MINUS if part > 0 else "+" if part else ""
        return f"◆ {told} ({sign}{abs(part):.1f} bp)"

    def _curves(self, painter: QPainter, points: list[Point], scale: _Scale) -> None:
        tokens = self._context.tokens
        painter.setPen(QPen(QColor(tokens.line), 0, Qt.PenStyle.DashLine))
        zero = round(scale.y(0))
        painter.drawLine(scale.area.left(), zero, scale.area.right(), zero)
        painter.setPen(QPen(QColor(tokens.dim), 0))
        for run in _runs((point.at, point.realised) for point in points):
            painter.drawPolyline(QPolygonF(scale.steps(run)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent))
        pen.setWidthF(1.5)
        painter.setPen(pen)
        for run in _runs((point.at, point.total) for point in points):
            painter.drawPolyline(QPolygonF([QPointF(scale.x(at), scale.y(units)) for at, units in run]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _times(self, painter: QPainter, scale: _Scale) -> None:
        below = QRect(scale.area.left(), scale.area.bottom() + 1, scale.area.width(), self.height())
        painter.setPen(QColor(self._context.tokens.dim))
        for at, side in ((scale.first, Qt.AlignmentFlag.AlignLeft), (scale.last, Qt.AlignmentFlag.AlignRight)):
            painter.drawText(below, side, f"{at.astimezone(KST):%H:%M}")

    def _under_pointer(self, points: list[Point]) -> Point | None:
        """The point nearest to the pointer."""
        if self._pointer is None or len(points) < 2:
            return None
        scale, x = _Scale(points, self.rect().adjusted(grid(self, 2), 0, -grid(self, 2), 0)), self._pointer
        return min(points, key=lambda point: abs(scale.x(point.at) - x))

    def _told(self, point: Point | None) -> str:
        return self._amount(point.total if point is not None else None)

    def _amount(self, units: int | None) -> str:
        if units is None:
            return fmt.DASH
        if self._context.hidden:
            return HIDDEN
        return fmt.signed(units, self._context.day_curve.currency)


class _Scale:
    """From moments and amounts to pixels: everything known, and 0, in an area."""

    def __init__(self, points: list[Point], area: QRect) -> None:
        self.area = area
        self.first, self.last = points[0].at, points[-1].at
        known = [units for point in points for units in (point.realised, point.total) if units is not None]
        self._high, self._low = max([*known, 0]), min([*known, 0])
        self._span = max((self.last - self.first).total_seconds(), 1.0)

    def x(self, at: datetime) -> float:
        return self.area.left() + (at - self.first).total_seconds() / self._span * (self.area.width() - 1)

    def y(self, units: int) -> float:
        return self.area.top() + (self._high - units) * (self.area.height() - 1) / max(self._high - self._low, 1)

    def steps(self, run: list[tuple[datetime, int]]) -> list[QPointF]:
        """Flat until the next moment: what is realised moves with a fill alone."""
        made: list[QPointF] = []
        for at, units in run:
            if made:
                made.append(QPointF(self.x(at), made[-1].y()))
            made.append(QPointF(self.x(at), self.y(units)))
        return made


def _runs(values: Iterable[tuple[datetime, int | None]]) -> list[list[tuple[datetime, int]]]:
    """Stretches without a gap."""
    made: list[list[tuple[datetime, int]]] = [[]]
    for at, units in values:
        if units is not None:
            made[-1].append((at, units))
        elif made[-1]:
            made.append([])
    return [run for run in made if run]
