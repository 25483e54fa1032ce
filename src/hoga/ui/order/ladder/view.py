"""The price ladder: rows fixed in place by price, painted here, one row at a time and only when it differs.

The ladder cannot betray a click: what a press means is read from what was last *painted* under it, and while the
pointer or the key is on the ladder its rows do not move; the market slides past them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.ladder.brush import Brush, Inks, Measures
from hoga.ui.order.ladder.chips import Chip
from hoga.ui.order.ladder.cursor import KeyCursor, is_enter, own_column
from hoga.ui.order.ladder.looks import MarketRows, RowLook
from hoga.ui.order.ladder.press import Column, Press, Spot
from hoga.ui.order.ladder.rows import Rows
from hoga.ui.order.ladder.sight import Sight
from hoga.ui.order.ladder.words import ghost_word, tip_of
from hoga.ui.order.prices import Steps
from hoga.ui.painting import rows_in

QuantityAt = Callable[[Side, tuple[int, ...]], int | None]
"""How many a click on a side's column at these prices is for, asked when the button goes down."""
_WHEEL_ROWS = 3
_FEW_ROWS = 4
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)


class LadderView(QWidget):
    """Signals:

    pressed (Act): the button went down: what letting go of it there would mean.
    acted (Act): a press was completed; see ``press``.
    refused (Message): a press that can mean nothing, and why.
    menu_wanted (Spot, QPoint): the right button or the menu key, at a global point.
    """

    pressed = Signal(object)
    acted = Signal(object)
    refused = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, context: Context, quantity_at: QuantityAt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._quantity_at = context, quantity_at
        self.sight = Sight()
        self.cursor_key = KeyCursor(self.sight, self._spot)
        self._painted: dict[int, RowLook] = {}
        self._stood: tuple[Rows | None, MarketRows | None] = (None, None)
        self._wanted: tuple[object, ...] = ()
        self._measures = Measures.of(self.font(), max(self.width(), 1))
        self._inks: Inks | None = None
        self._press: Press | None = None
        self._inside = False
        self._pointer: tuple[int, Column] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.look_again()

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_market(self, steps: Steps | None, market: MarketRows | None, chips: tuple[Chip, ...], group: int) -> None:
        """Take in the market as it is now. Rows stay where they are while the ladder is frozen."""
        if market is None or steps is None:
            self.sight.forget()
            self._let_go()
            self.look_again()
            return
        count, held = self._measures.rows(self.height()), self.frozen
        if self.sight.take_in(steps, market, chips, group=group, count=count, held=held):
            self._let_go()
        self._show()

    def centre(self) -> None:
        """Space: the last price in the middle, whatever freezes the rows."""
        self._let_go()
        self.sight.centre()
        self._show()

    @property
    def frozen(self) -> bool:
        """While the pointer is over it, a press lasts, or the keyboard's cursor is in it."""
        keyed = self.cursor_key.units is not None and self.hasFocus()
        return self._inside or self._press is not None or keyed

    def look_again(self) -> None:
        """Another font or theme."""
        self._measures = Measures.of(self.font(), max(self.width(), 1))
        self._inks = None
        self.setMinimumHeight(self._measures.row * 9)
        self.sight.resize(self._measures.rows(self.height()), held=self.frozen)
        self._painted.clear()
        self.update()

    def painted(self, row: int) -> RowLook | None:
        """What stands on the screen in a row."""
        return self._painted.get(row)

    def spot_at(self, point: QPoint) -> Spot | None:
        """What was painted at a point; None outside the rows."""
        column, row = self._measures.column_at(point.x()), self._measures.row_at(point.y())
        return None if column is None or row is None else self._spot(row, column, point)

    def point_of(self, units: int, column: Column) -> QPoint | None:
        """The middle of the cell where a price is painted."""
        for row, look in self._painted.items():
            if units in look.prices:
                return self._measures.cell(row, column).center()
        return None

    def _spot(self, row: int, column: Column, point: QPoint | None = None) -> Spot | None:
        look = self._painted.get(row)
        if look is None or not look.prices:
            return None
        chip = None
        if column in (Column.MY_SELLS, Column.MY_BUYS) and column.side is not None:
            chip = look.chip(column.side)
        cross = self._measures.cross(self._measures.cell(row, column))
        on_cross = chip is not None and not chip.coming and point is not None and cross.contains(point)
        return Spot(look.instrument, look.prices, look.allowed, column, chip, on_cross)

    def _show(self) -> None:
        """Ask for a repaint of every row that differs from what was painted there."""
        wanted = (len(self.sight.looks), self.sight.edges)
        if wanted != self._wanted:
            self._wanted = wanted
            self.update()
            return
        changed = [row for row, look in enumerate(self.sight.looks) if look != self._painted.get(row)]
        if len(changed) > _FEW_ROWS:  # at once: what lies between them is painted as it was
            self.update(self._measures.line(changed[0]).united(self._measures.line(changed[-1])))
        else:
            self._refresh_rows(*changed)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, looks = self._context.tokens, self.sight.looks
        rows = rows_in(event.region(), 0, self._measures.row, len(looks) + 1)
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), tokens.ground)
            if self._inks is None:
                self._inks = Inks(self.font(), tokens)
            brush = Brush(painter, self._measures, self._inks, self.sight.currency)
            if 0 in rows:
                brush.header()
            for row, look in [(number - 1, looks[number - 1]) for number in rows if number]:
                brush.row(row, look)
                self._painted[row] = look
                self._over(brush, row, look)
            self._stood = self.sight.rows, self.sight.market
            for row in [row for row in self._painted if row >= len(looks)]:
                del self._painted[row]
            if self.sight.edges.upper:
                brush.edge(0, self.sight.edges.upper)
            if self.sight.edges.lower:
                brush.edge(len(looks) - 1, self.sight.edges.lower)
            if not looks:
                painter.setPen(tokens.dim)
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._nothing())

    def _nothing(self) -> str:
        if self._context.instrument is None:
            return self.tr("Choose an instrument: its prices stand here.")
        return self.tr("No price has come yet.")

    def _over(self, brush: Brush, row: int, look: RowLook) -> None:
        """What lies over a row: an order being moved, the pointer's ghost, the keyboard's cursor."""
        pointed = self._pointer is not None and self._pointer[0] == row
        dragged = self._press if self._press is not None and self._press.dragging else None
        held = dragged or self.cursor_key.carried
        here = pointed if dragged is not None else row == self.cursor_key.row
        if held is not None and held.spot.chip is not None:
            chip = held.spot.chip
            if here and chip.units not in look.prices:
                cell = self._measures.cell(row, own_column(chip.side))
                brush.chip(cell, chip, with_cross=False, ghost=True)
        elif pointed and self._pointer is not None:
            self._ghost(brush, row, look, self._pointer[1].side)
        if self.hasFocus() and row == self.cursor_key.row:
            brush.cursor(row, own_column(self.cursor_key.side))

    def _ghost(self, brush: Brush, row: int, look: RowLook, side: Side | None) -> None:
        if side is None or not look.allowed or (look.sells if side is Side.SELL else look.buys):
            return
        brush.ghost(row, own_column(side), ghost_word(side, self._quantity_at(side, look.prices)), side)

    def _refresh_rows(self, *rows: int | None) -> None:
        for row in rows:
            if row is not None:
                self.update(self._measures.line(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._let_go()
        self.look_again()

    # --- the pointer ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bind the press to what is painted under it. A second button ends it and means nothing itself."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        busy = self._press is not None
        self._let_go()
        if busy or event.button() not in _BUTTONS:
            return
        spot = self.spot_at(event.position().toPoint())
        if spot is None:
            return
        side = spot.column.side
        quantity = self._quantity_at(side, spot.prices) if side is not None else None
        self._stay()
        self._press = Press(spot, quantity, event.button() is Qt.MouseButton.MiddleButton)
        self.pressed.emit(self._press.released(spot))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click is no second order."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._point_at(point)
        press = self._press
        if press is None or press.middle or press.dragging or press.spot.chip is None or press.spot.on_cancel:
            return
        start = self.point_of(press.spot.prices[0], press.spot.column)
        far = max(QApplication.startDragDistance(), self._measures.row // 2)
        if start is not None and abs(point.y() - start.y()) >= far:
            self._begin_drag(press, press.spot.chip)

    def _begin_drag(self, press: Press, chip: Chip) -> None:
        if chip.busy or chip.coming:
            self._press = None
            self.refused.emit(Message("CHIP_BUSY"))
            return
        self._press = replace(press, dragging=True)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press = self._press
        if press is None or event.button() not in _BUTTONS:
            return
        act = press.released(self.spot_at(event.position().toPoint()))
        self._press = None
        if act is not None:
            self.acted.emit(act)  # before anything is drawn
        self._put_down()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        spot = self.spot_at(event.pos()) if mouse else self.cursor_key.spot()
        if spot is not None:
            self.menu_wanted.emit(spot, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The only thing that moves the rows under the pointer: the person's own hand."""
        turned = event.angleDelta().y()
        if turned and (self._press is None or self._press.dragging):
            self.sight.scroll(_WHEEL_ROWS if turned > 0 else -_WHEEL_ROWS)
            self._show()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = self._measures.row_at(event.pos().y())
            look = self._painted.get(row) if row is not None else None
            QToolTip.showText(event.globalPos(), tip_of(look, self.sight) if look is not None else "", self)
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        if not self.frozen:
            self._stay()
        self._inside = True
        super().enterEvent(event)

    def _stay(self) -> None:
        """A hand is on the ladder from now on: a move that was not painted yet does not come."""
        if self._stood[0] is not None and self._stood[0].count == self._measures.rows(self.height()):
            self.sight.hold(*self._stood)
            self._show()

    def leaveEvent(self, event: QEvent) -> None:
        self._inside = False
        before, self._pointer = self._pointer, None
        self._refresh_rows(before[0] if before else None)
        super().leaveEvent(event)

    def _point_at(self, point: QPoint) -> None:
        column, row = self._measures.column_at(point.x()), self._measures.row_at(point.y())
        now = (row, column) if row is not None and column is not None and row < len(self.sight.looks) else None
        if now != self._pointer:
            before, self._pointer = self._pointer, now
            self._refresh_rows(before[0] if before else None, now[0] if now else None)

    def _let_go(self) -> None:
        """Esc, another instrument, another size: nothing of a press or a cursor remains."""
        if self._press is not None or self.cursor_key.units is not None:
            self._press = None
            self._put_down()

    def _put_down(self) -> None:
        """What shows that something is held is no longer shown."""
        self.cursor_key.leave()
        self.unsetCursor()
        self.update()

    # --- the keyboard -----------------------------------------------------------------------------------------------

    def carry(self) -> None:
        """Ctrl+M: take up one's order at the cursor; arrows move it, Enter puts it down, Esc lets it go back."""
        why_not = self.cursor_key.take_up()
        if why_not is not None:
            self.refused.emit(why_not)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.cursor_key.row
        if event.key() == Qt.Key.Key_Escape and self._stop():
            pass
        elif is_enter(event):
            act = self.cursor_key.enter(self._quantity_at)
            if act is not None:
                self.acted.emit(act)
        elif self._press is None and self.cursor_key.moves(event):
            self._show()
            self._refresh_rows(before, self.cursor_key.row)
            self._say_cursor()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _stop(self) -> bool:
        """Esc puts a moved order back; True when there was one."""
        moving = self._press is not None or self.cursor_key.carried is not None
        self._press = self.cursor_key.carried = None
        if moving:
            self.unsetCursor()
            self.update()
        return moving

    def _say_cursor(self) -> None:
        """For those who do not see the ring."""
        if self.cursor_key.units is not None:
            price = fmt.units(self.cursor_key.units, self.sight.currency)
            self.setAccessibleDescription(f"{price} {ghost_word(self.cursor_key.side, None)}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.cursor_key.step(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.cursor_key.leave()
        self.update()
