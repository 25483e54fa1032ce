"""The tape as a painted list, newest on top: time, price, change, quantity, and who crossed the spread, in words too.

New rows push the picture down and only they are painted. Scrolled away from the top, what one reads stays in place.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from hoga.domain.market_data import Aggressor, Trade
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import bold, grid, small
from hoga.ui.quote.pane import LEFT, RIGHT, copy_menu, copy_text
from hoga.ui.quote.tape import Gap, Row, Size, Tape
from hoga.ui.quote.text_cache import TextCache
from hoga.ui.quote.words import translate

_TIME, _PRICE, _CHANGE, _QUANTITY = "00:00:00", "1,999,500", "▲199,500", "8,888,888"


class Columns(Struct, frozen=True):
    """Left edge and width of each column at this width and font."""

    time: tuple[int, int]
    price: tuple[int, int]
    change: tuple[int, int]
    quantity: tuple[int, int]
    who: tuple[int, int]


class TapeView(QAbstractScrollArea):
    """Paints ``tape``. ``refresh`` after rows were added. Signals:

    moved: the reader scrolled to or away from the top.
    """

    moved = Signal()

    def __init__(self, context: Context, tape: Tape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tape = tape
        self.big: Size | None = None
        """Trades of this size stand out."""
        self.stale = False
        self._holding = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        context.look_changed.connect(self.restyle)
        context.language_changed.connect(self.restyle)
        context.actions.add(
            "tape.copy",
            lambda: self.tr("Copy the tape"),
            self.copy_all,
            shortcut="Ctrl+C",
            tooltip=lambda: self.tr("Puts the trades that are listed on the clipboard as a table"),
            where=self,
        )
        self.restyle()

    # --- measures ---------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self.plain, self.strong = TextCache(self.font()), TextCache(bold(self.font()))
        self.tiny = TextCache(small(self.font()))
        self.unit = grid(self)
        self.row_height = QFontMetrics(self.font()).height() + self.unit // 2
        self._buyer, self._seller = translate("Quote", "buy"), translate("Quote", "sell")
        self._columns = self._lay_out()
        self.setAccessibleName(self.tr("Trades"))
        self.update_all()
        self.updateGeometry()

    def _lay_out(self) -> Columns:
        """From the right, so that the numbers stand together; spare width goes between them."""
        words = max(self.tiny.width(word) for word in (self._buyer, self._seller))
        widths = [self.tiny.width(_TIME), self.plain.width(_PRICE), self.tiny.width(_CHANGE)]
        widths += [self.strong.width(_QUANTITY), words]
        spare = max(self.viewport().width() - sum(widths) - self.unit * 4, self.unit * 4) // 4
        left, found = self.unit * 2, []
        for width in widths:
            found.append((left, width))
            left += width + spare
        return Columns(*found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns = self._lay_out()
        self._set_range()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        width = self.plain.width(_TIME + _PRICE + _CHANGE + _QUANTITY) + self.unit * 10
        return QSize(width, self.row_height * 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.plain.width(_TIME + _PRICE + _QUANTITY), self.row_height * 2)

    def _page(self) -> int:
        """Whole rows that fit."""
        return max(self.viewport().height() // self.row_height, 1)

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self._page())
        bar.setRange(0, max(len(self.tape) - self._page(), 0))

    # --- following the tape -----------------------------------------------------------------------------------------

    @property
    def at_top(self) -> bool:
        return self.verticalScrollBar().value() == 0

    def refresh(self) -> None:
        """Show what was added: at the top by moving the picture down; scrolled away, by keeping it where it is."""
        added, self.tape.new_rows = self.tape.new_rows, 0
        if not added:
            return
        if self.at_top:
            self._set_range()
            self._push_down(added)
            return
        # The bar moves with the rows, so the same rows stay in the same place: nothing is painted.
        bar, self._holding = self.verticalScrollBar(), True
        full = bar.maximum() >= max(len(self.tape) - self._page(), 0)
        self._set_range()
        bar.setValue(bar.value() + added)
        self._holding = False
        if full:
            self.viewport().update()

    def _push_down(self, added: int) -> None:
        height = added * self.row_height
        view = self.viewport()
        if height >= view.height():
            view.update()
            return
        view.scroll(0, height)
        view.update(QRect(0, 0, view.width(), height))

    def update_all(self) -> None:
        """Another tape, filter or look."""
        self.tape.new_rows = 0
        self._set_range()
        self.viewport().update()

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._holding:
            self.viewport().update()

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens, region = self._context.tokens, event.rect()
        painter.fillRect(region, QColor(tokens.ground))
        first = self.verticalScrollBar().value()
        top, bottom = region.top() // self.row_height, region.bottom() // self.row_height
        for line in range(top, min(bottom + 1, len(self.tape) - first)):
            area = QRect(0, line * self.row_height, self.viewport().width(), self.row_height)
            row = self.tape.row(first + line)
            if isinstance(row, Gap):
                self._paint_gap(painter, area, row)
            else:
                self._paint_trade(painter, area, row)
        if not len(self.tape):
            painter.setPen(QColor(tokens.dim))
            painter.setFont(self.tiny.font)
            words = self.tr("No trades of this size yet.") if self.tape.filter.least else self.tr("Trades appear here.")
            area = self.viewport().rect().adjusted(self.unit * 2, self.unit * 2, -self.unit * 2, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap), words)

    def _paint_trade(self, painter: QPainter, area: QRect, trade: Trade) -> None:
        tokens, at = self._context.tokens, self._columns
        big = self.big is not None and self.big.fits(trade)
        if big:
            painter.fillRect(area, QColor(tokens.ground if self.stale else tokens.warn_ground))
            painter.fillRect(QRect(0, area.top(), max(self.unit // 2, 2), area.height()), QColor(tokens.warn))
        painter.setPen(QColor(tokens.text if big else tokens.dim))
        self.tiny.draw(painter, self._cell(area, at.time), fmt.clock(trade.at), LEFT)
        moved = trade.moved or 0
        rising = (moved > 0) - (moved < 0)
        painter.setPen(QColor(tokens.stale if self.stale else self._moving(rising)))
        self.plain.draw(painter, self._cell(area, at.price), fmt.units(trade.price_units, trade.currency), RIGHT)
        self.tiny.draw(painter, self._cell(area, at.change), self._change(trade), RIGHT)
        pressed = {Aggressor.BUYER: 1, Aggressor.SELLER: -1}.get(trade.aggressor, 0)
        painter.setPen(QColor(tokens.stale if self.stale else self._moving(pressed)))
        texts = self.strong if big else self.plain
        texts.draw(painter, self._cell(area, at.quantity), f"{trade.quantity:,}", RIGHT)
        self.tiny.draw(painter, self._cell(area, at.who), self.who(trade), LEFT)

    def _paint_gap(self, painter: QPainter, area: QRect, gap: Gap) -> None:
        tokens = self._context.tokens
        painter.fillRect(area, QColor(tokens.warn_ground))
        painter.setPen(QColor(tokens.warn))
        self.tiny.draw(painter, area.adjusted(self.unit * 2, 0, 0, 0), self.gap_words(gap), LEFT)

    def _moving(self, rising: int) -> str:
        tokens = self._context.tokens
        return tokens.up if rising > 0 else tokens.down if rising < 0 else tokens.text

    @staticmethod
    def _cell(area: QRect, column: tuple[int, int]) -> QRect:
        return QRect(column[0], area.top(), column[1], area.height())

    # --- words ------------------------------------------------------------------------------------------------------

    def who(self, trade: Trade) -> str:
        """Who crossed the spread; a dash where nobody did or the feed does not say."""
        return {Aggressor.BUYER: self._buyer, Aggressor.SELLER: self._seller}.get(trade.aggressor, fmt.DASH)

    def gap_words(self, gap: Gap) -> str:
        lasted = fmt.age(gap.seconds, self._context.language)
        return self.tr("{time}  connection was lost for {lasted}: trades are missing").format(
            time=fmt.clock(gap.at), lasted=lasted
        )

    def tell_accessible(self) -> None:
        """The newest trade in words; called now and then."""
        newest = self.tape.row(0) if len(self.tape) else None
        self.setAccessibleDescription("" if newest is None else " ".join(self.texts(newest)))

    def texts(self, row: Row) -> tuple[str, ...]:
        if isinstance(row, Gap):
            return (self.gap_words(row),)
        return (
            fmt.clock(row.at),
            fmt.units(row.price_units, row.currency),
            self._change(row),
            f"{row.quantity:,}",
            self.who(row),
        )

    @staticmethod
    def _change(trade: Trade) -> str:
        return fmt.DASH if trade.moved is None else fmt.change(trade.moved, trade.currency)

    def table_text(self) -> str:
        """Every listed trade, newest first, tab-separated, plain numbers."""
        lines = []
        for at in range(len(self.tape)):
            row = self.tape.row(at)
            if isinstance(row, Gap):
                continue
            signed = "" if row.moved is None else fmt.plain(fmt.signed(row.moved, row.currency))
            price = fmt.plain(fmt.units(row.price_units, row.currency))
            lines.append("\t".join((fmt.clock(row.at), price, signed, str(row.quantity), self.who(row))))
        return "\n".join(lines)

    def copy_all(self) -> None:
        copy_text(self.table_text())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        copy_menu(self, ((self.tr("Copy the tape"), self.table_text()),), event.globalPos())
