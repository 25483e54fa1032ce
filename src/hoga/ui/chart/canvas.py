"""The picture itself and the hands on it. Brings numpy, which takes long: import this module after first paint.

There is no graphics scene and no plotting library under it: neither would paint, measure or hear anything that is not
done here or in ``picture``.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from hoga.ui.chart.looks import Looks
from hoga.ui.chart.order_lines import LineHand, hit
from hoga.ui.chart.pencil import Tool
from hoga.ui.chart.picture import Picture
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Cross, Sight
from hoga.ui.chart.texts import Texts
from hoga.ui.painting import small

_NOTCH = 120
"""Of a wheel, in eighths of a degree."""
_USUAL_BAR = 0.42
"""Width of a bar at the usual zoom, in heights of a line."""
_ZOOM = 0.85
"""How many of the bars stay after a notch inwards."""
_LEAST_PINCH = 0.2
"""Of two fingers, between two looks at them."""


class Canvas(QWidget):
    """The chart under the hands. Signals:

    moved: the window on the bars is another now.
    pointed: the crosshair is elsewhere, or gone.
    picked (QPoint): a double click on the price pane, at this place.
    grabbed: a working order's line was taken; what may be ordered at is asked for once more.
    drawn: lines of the person's own are others now, or another one is chosen.
    noting: the words of a note are wanted, of one that was put just now or of the one that is chosen.
    acted (MoveChip | CancelChip | OutsideLimits): what a working order's line was let go for.
    """

    moved = Signal()
    pointed = Signal()
    picked = Signal(QPoint)
    grabbed = Signal()
    acted = Signal(object)
    drawn = Signal()
    noting = Signal()

    def __init__(self, sight: Sight, looks: Looks, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sight = sight
        self.picture = Picture(sight, looks, texts, Scales(small(self.font())))
        self._grip: QPoint | None = None
        self._dragged = False
        self._on_axis = False
        self.hand = LineHand(sight)
        self.pencil = self.picture.pencil

    def redraw(self) -> None:
        """Everything, with the next frame."""
        self.update()

    def dress(self, looks: Looks, texts: Texts) -> None:
        """Other colours, another font or language."""
        self.picture.looks, self.picture.texts = looks, texts
        self.picture.scales.set_font(small(self.font()))
        self._set_usual()
        self.redraw()

    # --- moving -----------------------------------------------------------------------------------------------------

    def point(self, cross: Cross | None) -> None:
        if cross != self.sight.cross:
            self.sight.cross = cross
            self.redraw()
            self.pointed.emit()

    def step(self, bars: int) -> None:
        """Move the crosshair by whole bars, from the newest one where there is none; the window follows it."""
        view, cross = self.sight.view, self.sight.cross
        if not view.total:
            return
        index = min(max((cross.index + bars) if cross else view.total - 1, 0), view.total - 1)
        first, last = view.visible
        if index < first:
            self.pan(index - first)
        elif index >= last:
            self.pan(index - last + 1)
        self.point(Cross(index, None))

    def pan(self, bars: float) -> None:
        self.sight.view.pan(bars)
        self.after_move()

    def zoom(self, factor: float, anchor: float = 1.0) -> None:
        self.sight.view.zoom(factor, anchor)
        self.after_move()

    def stretch(self, factor: float) -> None:
        """Show ``factor`` times as much of the price range."""
        self.sight.view.stretch(factor)
        self.after_move()

    def after_move(self) -> None:
        """The window on the bars was changed."""
        self.redraw()
        self.moved.emit()

    # --- events -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self.picture.paint(painter)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.picture.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.picture.resize(self.width(), self.height())
        self._set_usual()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; sideways or with Shift: move. On the price axis: stretch the prices."""
        areas, _ = self.picture.geometry()
        turned, sideways = event.angleDelta().y(), event.angleDelta().x()
        if not event.pixelDelta().isNull():
            # Two fingers never move quite straight: what they mean is the longer way.
            turned, sideways = (turned, 0) if abs(turned) >= abs(sideways) else (0, sideways)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turned, sideways = 0, sideways or turned
        if sideways:
            self.pan(-sideways / _NOTCH * self.sight.view.span / 12)
        if turned and event.position().x() >= areas.price.width():
            self.stretch(_ZOOM ** (turned / _NOTCH))
        elif turned:
            self.zoom(_ZOOM ** (turned / _NOTCH), event.position().x() / areas.price.width())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        left, middle = (event.button() is one for one in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton))
        at = event.position().toPoint()
        if (left or middle) and self.pencil.tool is None and self.hand.press(self.picture.tags(), at, middle=middle):
            self.grabbed.emit()
            self.redraw()
            return
        if left and self._draw_at(at):
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip, self._dragged = event.position().toPoint(), False
            self._on_axis = self._grip.x() >= self.picture.geometry()[0].price.width()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self.hand.busy:
            self.hand.move(at, *self.picture.geometry())
            self._point_at(at)
            self.redraw()
            return
        if self.pencil.move(self.picture.places(), at):
            self._point_at(at)
            self.redraw()
            return
        if self._grip is None:
            self._point_at(at)
            self._show_grip(at)
            return
        way = at - self._grip
        if not self._dragged and way.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        self._grip = at
        areas, _ = self.picture.geometry()
        if self._on_axis:
            self.stretch(math.exp(way.y() / max(areas.price.height(), 1) * 2))
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.point(None)
            self.pan(-way.x() * self.sight.view.span / areas.price.width())

    def take_tool(self, tool: Tool) -> None:
        """The next clicks draw or measure."""
        self.pencil.take(tool)
        self.setCursor(Qt.CursorShape.CrossCursor)
        if self.pencil.tool is None:
            self.unsetCursor()
        self.setFocus()
        self.redraw()

    def _draw_at(self, at: QPoint) -> bool:
        """Whether a press there was for the pencil."""
        before, chosen = self.sight.drawings.lines, self.pencil.chosen
        taken = self.pencil.press(self.picture.places(), at)
        if (self.sight.drawings.lines, self.pencil.chosen) != (before, chosen):
            self.drawn.emit()
        if not taken:
            return False
        if self.pencil.tool is None:
            self.unsetCursor()
        self.redraw()
        if self.pencil.noted is not None:
            self.noting.emit()
        return True

    def _show_grip(self, at: QPoint) -> None:
        """What a press here would take."""
        tag = hit(self.picture.tags(), at) if self.sight.orders else None
        if tag is None and self.sight.drawings.lines and self.picture.places().hit(at) is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif tag is None:
            self.unsetCursor()
        else:
            crossed = tag.cross.contains(at)
            self.setCursor(Qt.CursorShape.PointingHandCursor if crossed else Qt.CursorShape.SizeVerCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.hand.busy and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            at = event.position().toPoint()
            self.hand.move(at, *self.picture.geometry())
            act = self.hand.release(self.picture.tags(), at)
            self.redraw()
            event.accept()
            if act is not None:
                self.acted.emit(act)
            return
        if event.button() is Qt.MouseButton.LeftButton:
            if self.pencil.release():
                self.drawn.emit()
            self._grip = None
            self.unsetCursor()
            self._point_at(event.position().toPoint())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        areas, _ = self.picture.geometry()
        left = event.button() is Qt.MouseButton.LeftButton
        if hit(self.picture.tags(), at) is not None or (left and self._draw_at(at)):
            # a double click on a line takes no price from it, and is a click for a tool; a note is written anew
            if self.pencil.note is not None and self.pencil.noted is None:
                self.pencil.drop()
                self.noting.emit()
        elif left and areas.price.contains(at):
            self.picked.emit(at)
        elif left and at.x() >= areas.price.width():
            self.sight.view.unstretch()
            self.after_move()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to what is in the hand, whatever it means elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and self.in_hand and _is_escape(event):
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            areas, _ = self.picture.geometry()
            self.zoom(1 / max(1 + event.value(), _LEAST_PINCH), event.position().x() / areas.price.width())
            event.accept()
            return True
        return bool(super().event(event))

    @property
    def in_hand(self) -> bool:
        """An order's line, or something that is being drawn or measured."""
        return self.hand.busy or self.pencil.busy

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.in_hand and _is_escape(event):
            self.hand.drop()
            self.pencil.drop()
            self.unsetCursor()
            self.redraw()
            event.accept()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.point(None)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "picture"):
            self.picture.scales.set_font(small(self.font()))
            self.redraw()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _set_usual(self) -> None:
        comfortable = self.picture.scales.metrics.height() * _USUAL_BAR
        self.sight.view.set_usual(self.picture.geometry()[0].price.width() / comfortable)

    def units_at(self, at: QPoint) -> int | None:
        """The price painted at this pixel row, as the crosshair names it; None outside the price pane."""
        areas, prices = self.picture.geometry()
        return (
            self.sight.ticks.nearest(prices.units_at(at.y(), areas.price.height()))
            if areas.price.contains(at)
            else None
        )

    def _point_at(self, at: QPoint) -> None:
        areas, _ = self.picture.geometry()
        if not (0 <= at.x() < areas.price.width() and 0 <= at.y() < areas.time_axis.top()):
            self.point(None)
            return
        index = self.sight.view.nearest(at.x(), areas.price.width())
        row = at.y() if at.y() < areas.price.height() else None
        self.point(Cross(index, row) if index is not None else None)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
