"""The ten-level book: sell volumes left and above, buy volumes right and below, as Korean trading screens have it.

A click puts a price on the ticket and never sends anything. The price that is picked is the one that was painted under
the press, whatever the market did until the release.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hoga.domain.instruments import InstrumentId
from hoga.domain.values import Price
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import draw_focus, rows_in
from hoga.ui.quote.book_geometry import Geometry, Widths, geometry, needed
from hoga.ui.quote.book_paint import BookPaint, spread_words
from hoga.ui.quote.book_rows import BookInput, BookLook, LevelLook, book_look
from hoga.ui.quote.book_words import level_words, price_menu
from hoga.ui.quote.flow import Flow
from hoga.ui.quote.pane import Pane, draw_clock

_SAMPLES = ("1,999,500", "+29.97%", "8,888,888", "▼88,888")
_FEWEST_LEVELS = 3
_FEW_LEVELS = 4


class BookView(Pane):
    """Paints a BookInput. Signals:

    picked (Price, InstrumentId): a person chose a price.
    """

    picked = Signal(object, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._given = BookInput()
        self._flow = Flow()
        self._look: BookLook = book_look(self._given)
        self._painted: dict[int, tuple[InstrumentId | None, LevelLook]] = {}
        self._pressed: tuple[int, InstrumentId, int] | None = None
        self._hover: int | None = None
        self.cursor_units: int | None = None
        """Where the keyboard's cursor stands: a price, not a row."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._measure()
        context.actions.add(
            "book.pick",
            lambda: self.tr("Take this price"),
            self.pick_cursor,
            shortcut=("Return", "Enter"),
            tooltip=lambda: self.tr("Puts the price under the cursor of the book on the ticket; sends nothing"),
            where=self,
        )

    # --- what is told -----------------------------------------------------------------------------------------------

    def show_book(self, given: BookInput) -> None:
        """Take over what is known; rows that look different now are painted in the next frame."""
        if given.instrument != self._given.instrument:
            self._pressed = self.cursor_units = None
            self._given = given
            self._look = book_look(given, self._at.shown)
            self._tell()
            self.update()
            return
        if given.failed != self._given.failed:
            self.update(self._at.middle)
        before, self._given = self._look, given
        self._look = look = book_look(given, self._at.shown)
        self._update_levels(
            [at for at, (old, new) in enumerate(zip(before.levels, look.levels, strict=True)) if old != new]
        )
        if before.middle != look.middle:
            self.update(self._at.middle)
        if before.totals != look.totals:
            self.update(self._at.totals.united(self._at.balance))
        if before.totals.stale != look.totals.stale:
            self.update(self._at.heading)

    def _update_levels(self, changed: list[int]) -> None:
        """Of each side at once where many are others."""
        at = self._at
        if len(changed) <= _FEW_LEVELS:
            for number in changed:
                self.update(at.level(number))
            return
        for side in ([one for one in changed if one < at.shown], [one for one in changed if one >= at.shown]):
            if side:
                self.update(at.level(side[0]).united(at.level(side[-1])))

    def show_flow(self, flow: Flow) -> None:
        if flow.strength != self._flow.strength:
            self.update(self._at.balance)
        self._flow = flow

    # --- measures ---------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        super().restyle()
        self._measure()

    def _measure(self) -> None:
        price, rate, quantity, mine = _SAMPLES
        pad = self.unit * 2
        self._widths = Widths(
            self.strong.width(price) + self.unit * 7,
            self.tiny.width(rate),
            self.plain.width(quantity) + pad,
            self.tiny.width(mine) + pad,
            pad,
        )
        self._paint = BookPaint(self.context.tokens, self.plain, self.strong, self.tiny, self.unit)
        self._lay_out()
        self.updateGeometry()

    def _lay_out(self) -> None:
        self._at = geometry(max(self.width(), 1), max(self.height(), 1), self.tight_row, self._widths)
        self._look = book_look(self._given, self._at.shown)
        self._painted.clear()

    @property
    def at(self) -> Geometry:
        return self._at

    def look_at(self, row: int) -> LevelLook:
        """What a level row shows, painted or about to be."""
        return self._look.levels[row]

    def sizeHint(self) -> QSize:
        return QSize(*needed(self.row_height, self._widths))

    def minimumSizeHint(self) -> QSize:
        narrow = self._widths.price + 2 * (self._widths.quantity + self._widths.mine)
        return QSize(narrow, needed(self.tight_row, self._widths, _FEWEST_LEVELS)[1])

    @property
    def tight_height(self) -> int:
        """The least height that shows all ten levels."""
        return needed(self.tight_row, self._widths)[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.update()

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        region, at, paint, currency = event.region(), self._at, self._paint, self._given.currency
        if region.intersects(at.heading):
            self._paint_heading(painter)
        self._paint_levels(painter, region)
        if region.intersects(at.middle):
            paint.middle(painter, at, self._look.middle, currency, self._missing())
        if region.intersects(at.totals):
            paint.totals(painter, at, self._look.totals)
        if region.intersects(at.balance):
            paint.balance(painter, at, self._look.totals, self._flow)
        below = QRect(0, at.height, self.width(), self.height() - at.height)
        if not below.isEmpty() and region.intersects(below):
            painter.fillRect(below, paint.ground)

    def _paint_levels(self, painter: QPainter, region: QRegion) -> None:
        at, looks, instrument = self._at, self._look.levels, self._given.instrument
        both = ((at.top(0), 0), (at.top(at.shown), at.shown))
        rows = [(row + n, looks[row + n]) for top, row in both for n in rows_in(region, top, at.row, at.shown)]
        self._paint.levels(painter, at, rows, self._given.currency, self._hover)
        for row, look in rows:
            self._painted[row] = (instrument, look)
            if look.units is not None and look.units == self.cursor_units and self.hasFocus():
                draw_focus(painter, at.level(row), self._paint.tokens)

    def _missing(self) -> str:
        """Said where the spread would stand."""
        if self._given.book is not None:
            return self.tr("One side is empty")
        return self.tr("The book could not be read") if self._given.failed else self.tr("Waiting for the book")

    def _paint_heading(self, painter: QPainter) -> None:
        book = self._given.book
        most = max(len(book.asks), len(book.bids)) if book else 0
        self._paint.heading(painter, self._at, max(most - self._at.shown, 0))
        if self._given.stale:
            size = self.tiny.metrics.height() * 3 // 4
            cell = self._at.price(self._at.heading)
            top = cell.top() + (cell.height() - size) // 2
            painter.setPen(self._paint.tokens.warn)
            draw_clock(painter, QRect(cell.left() + self.unit, top, size, size))

    # --- which price ------------------------------------------------------------------------------------------------

    def price_at(self, point: QPoint) -> int | None:
        """The price painted under a point, in whole units; None where none is."""
        row = self._at.level_at(point)
        painted = None if row is None else self._painted.get(row)
        return None if painted is None else painted[1].units

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._at.level_at(event.position().toPoint())
        painted = None if row is None else self._painted.get(row)
        self._pressed = None
        if event.button() is not Qt.MouseButton.LeftButton or row is None or painted is None:
            return
        instrument, look = painted
        if instrument is not None and look.units is not None:
            self._pressed = (row, instrument, look.units)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if event.button() is not Qt.MouseButton.LeftButton or pressed is None:
            return
        row, instrument, units = pressed
        if self._at.level_at(event.position().toPoint()) == row:
            self._set_cursor(units)
            self._pick(units, instrument)

    def _pick(self, units: int, instrument: InstrumentId) -> None:
        price = Price(units, self._given.currency)
        self.picked.emit(price, instrument)
        self.context.pick_price(price, instrument)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._at.level_at(event.position().toPoint())
        if row is not None and self._look.levels[row].units is None:
            row = None
        self._set_hover(row)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(None)

    def _set_hover(self, row: int | None) -> None:
        before, self._hover = self._hover, row
        for changed in (before, row) if before != row else ():
            if changed is not None:
                self.update(self._at.level(changed))

    # --- keyboard ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        levels = [look.units for look in self._look.levels if look.units is not None]
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._set_cursor(self._given.last if self._given.last in levels else self._nearest_best())
        elif not levels:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(levels, up=key == Qt.Key.Key_Up)
        elif key == Qt.Key.Key_Home:
            self._set_cursor(levels[0])
        elif key == Qt.Key.Key_End:
            self._set_cursor(levels[-1])
        else:
            super().keyPressEvent(event)

    def _step(self, levels: list[int], *, up: bool) -> None:
        """To the next price shown above or below the cursor, wherever the market has gone meanwhile."""
        cursor = self.cursor_units
        if cursor is None:
            self._set_cursor(self._nearest_best())
            return
        beyond = [units for units in levels if (units > cursor if up else units < cursor)]
        if beyond:
            self._set_cursor(min(beyond) if up else max(beyond))

    def _nearest_best(self) -> int | None:
        book = self._given.book
        if book is None:
            return None
        best = book.bids or book.asks
        return best[0].price_units if best else None

    def _set_cursor(self, units: int | None) -> None:
        before, self.cursor_units = self.cursor_units, units
        for row, look in enumerate(self._look.levels):
            if look.units is not None and look.units in (before, units):
                self.update(self._at.level(row))
        self._tell()

    def pick_cursor(self) -> None:
        """Enter: the price under the cursor, if it is still shown."""
        instrument, units = self._given.instrument, self.cursor_units
        if instrument is not None and units is not None and any(look.units == units for look in self._look.levels):
            self._pick(units, instrument)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.cursor_units is None:
            self.cursor_units = self._nearest_best()
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # --- words ------------------------------------------------------------------------------------------------------

    def sentence(self, look: LevelLook) -> str:
        return level_words(look, self._given.currency)

    def _tell(self) -> None:
        at = next(
            (look for look in self._look.levels if look.units is not None and look.units == self.cursor_units), None
        )
        self.setAccessibleName(self.tr("Order book") if at is None else self.sentence(at))

    def tell_accessible(self) -> None:
        """The best of both sides in words; called now and then, not on every change."""
        self._tell()
        shown = self._at.shown
        best = (self.sentence(look) for look in self._look.levels[shown - 1 : shown + 1])
        stale = self.tr("not up to date") if self._given.stale else ""
        spread = spread_words(self._look.middle, self._given.currency)
        self.setAccessibleDescription(". ".join(filter(None, (*best, spread, stale))))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._at.level_at(event.pos())
            words = "" if row is None else self.sentence(self._look.levels[row])
            tip = "\n".join((words, self.tr("Click: put this price on the ticket. Nothing is sent."))) if words else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Buy or sell at a price: fills the ticket, which still asks."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        units = self.cursor_units if keyboard else self.price_at(event.pos())
        instrument = self._given.instrument
        if units is None or instrument is None:
            return
        price = fmt.units(units, self._given.currency)
        price_menu(self, self.context, price, lambda: self._pick(units, instrument), event.globalPos())
