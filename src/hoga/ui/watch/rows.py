"""The rows of the watch list: what each shows (a model), and how it is painted (a delegate)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hoga.broker.port import Stream, StreamHealth
from hoga.domain.instruments import Flags, InstrumentId
from hoga.domain.known import Known
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.painting import bold, draw_focus, draw_text, grid, moving_colour, small
from hoga.ui.quote.words import flag_words
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MIME = "application/x-hoga-watch-rows"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is shown: exact figures, already worded."""

    instrument: InstrumentId
    name: str
    price: str
    change: str
    rate: str
    direction: fmt.Direction
    base: int | None
    stale: bool
    polled: bool
    note: str
    badge: str = ""
    """What the market says of it today, in short words: halted, under administration …"""


class WatchModel(QAbstractListModel):
    """Rows of the shown group; one ``dataChanged`` for each row that really changed."""

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._groups = groups
        self._feed = feed
        self._instruments: tuple[InstrumentId, ...] = ()
        self._places: dict[InstrumentId, int] = {}
        self._rows: dict[InstrumentId, Row] = {}
        groups.changed.connect(self.reload)
        context.frame.connect(self.look)
        context.health_changed.connect(self.look_at_all)
        context.language_changed.connect(self.look_at_all)
        context.instruments_changed.connect(self.look_at_all)
        feed.changed.connect(self._touched)
        self.reload()

    def reload(self) -> None:
        """Another group, or another order of it."""
        self.beginResetModel()
        self._instruments = self._groups.instruments
        self._places = {one: place for place, one in enumerate(self._instruments)}
        self._rows = {one: self._read(one) for one in self._instruments}
        self.endResetModel()

    def look(self, dirty: frozenset[InstrumentId]) -> None:
        for one in dirty & self._places.keys():
            row = self._read(one)
            if row != self._rows[one]:
                self._rows[one] = row
                self._touched(one)

    def look_at_all(self) -> None:
        self.look(frozenset(self._places))

    def row_of(self, instrument: InstrumentId) -> int | None:
        return self._places.get(instrument)

    def at(self, row: int) -> InstrumentId:
        return self._instruments[row]

    # --- Qt's questions ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._instruments)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[self._instruments[index.row()]]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.name} {row.badge} {row.price} {row.change} {row.rate}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            meanings = [meaning for _, meaning in flag_words(self._flags(row.instrument))]
            return "\n".join(filter(None, (f"{row.name} {row.instrument.code}", row.note, *meanings)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = sorted({index.row() for index in indexes})
        data.setData(MIME, QByteArray(",".join(map(str, rows)).encode()))
        data.setText("\n".join(self._instruments[row].code for row in rows))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Rows of this list move; Qt is told that nothing is left to remove."""
        if data.hasFormat(MIME):
            rows = [int(part) for part in bytes(data.data(MIME).data()).decode().split(",") if part.isdigit()]
            self._groups.move(rows, row if row >= 0 else len(self._instruments))
        return False

    # --- inside -----------------------------------------------------------------------------------------------------

    def _touched(self, one: InstrumentId) -> None:
        if one in self._places:
            index = self.index(self._places[one])
            self.dataChanged.emit(index, index)

    def _read(self, one: InstrumentId) -> Row:
        board = self._context.desk.board
        quote, trade = board.quote(one), board.trade(one)
        streams = self._context.desk.health().streams
        live = streams.get(Stream.QUOTES)
        stale = live is None or live.health is not StreamHealth.LIVE
        name, polled = self._context.name(one), self._feed.polled(one)
        newer = isinstance(trade, Known) and (not isinstance(quote, Known) or trade.at >= quote.at)
        if newer and isinstance(trade, Known):
            price, change, at = trade.value.price_units, trade.value.change_units, trade.value.at
            currency = trade.value.currency
        elif isinstance(quote, Known):
            price, change, at = quote.value.last.units, quote.value.change_units, quote.value.at
            currency = quote.value.last.currency
        else:
            why = self._context.worded(quote.why) if not isinstance(quote, Known) else ""
            return Row(one, name, fmt.DASH, "", "", fmt.Direction.FLAT, None, stale, polled, why, self._badge(one))
        moving = fmt.direction(change, **self._limits(one, price))
        shown = f"{moving.value}{fmt.units(abs(change), currency)}"
        note = self._note(fmt.clock(at), stale=stale, polled=polled)
        rate = fmt.rate(change, price - change)
        text = fmt.units(price, currency)
        return Row(one, name, text, shown, rate, moving, price - change, stale, polled, note, self._badge(one))

    def _flags(self, one: InstrumentId) -> Flags:
        """Today's flags: the quote's, else those of the master."""
        quote = self._context.desk.board.quote(one)
        if isinstance(quote, Known):
            return quote.value.flags
        known = self._context.known(one)
        return known.flags if known is not None else Flags()

    def _badge(self, one: InstrumentId) -> str:
        return " ".join(short for short, _ in flag_words(self._flags(one)))

    def _limits(self, one: InstrumentId, price: int) -> dict[str, bool]:
        quote = self._context.desk.board.quote(one)
        if not isinstance(quote, Known):
            return {}
        upper, lower = quote.value.upper_limit, quote.value.lower_limit
        return {
            "at_upper": upper is not None and price == upper.units,
            "at_lower": lower is not None and price == lower.units,
        }

    def _note(self, at: str, *, stale: bool, polled: bool) -> str:
        if stale:
            return self.tr("{time}: old, the stream of quotes is not live.").format(time=at)
        if polled:
            return self.tr("{time}: asked every few seconds, no live registration is free.").format(time=at)
        return at


class WatchDelegate(QStyledItemDelegate):
    """Name and line at the left, price and change at the right, in two lines."""

    def __init__(self, context: Context, feed: WatchFeed, view: QWidget) -> None:
        super().__init__(view)
        self._context = context
        self._feed = feed
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        top, under = QFontMetrics(bold(self._view.font())), QFontMetrics(small(self._view.font()))
        return QSize(0, top.height() + under.height() + grid(self._view, 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._ground(painter, area, state, chosen=row.instrument == self._context.instrument)
        pad = grid(self._view, 2)
        inner = area.adjusted(pad, grid(self._view), -pad, -grid(self._view))
        split = inner.top() + QFontMetrics(bold(self._view.font())).height()
        self._upper(painter, QRect(inner.left(), inner.top(), inner.width(), split - inner.top()), row)
        self._lower(painter, QRect(inner.left(), split, inner.width(), inner.bottom() - split + 1), row)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, *, chosen: bool) -> None:
        tokens = self._context.tokens
        if state & QStyle.StateFlag.State_Selected or chosen:
            painter.fillRect(area, QColor(tokens.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.raised))
        if chosen:
            painter.fillRect(
                QRect(area.left(), area.top(), max(grid(self._view) - 1, 2), area.height()), QColor(tokens.accent)
            )
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            draw_focus(painter, area, tokens)

    def _upper(self, painter: QPainter, area: QRect, row: Row) -> None:
        tokens = self._context.tokens
        painter.setFont(bold(self._view.font()))
        width = painter.fontMetrics().horizontalAdvance(row.price)
        painter.setPen(QColor(tokens.stale) if row.stale else moving_colour(row.direction, tokens))
        draw_text(painter, area, row.price, Qt.AlignmentFlag.AlignRight)
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._view.font())
        left = area.adjusted(0, 0, -width - grid(self._view, 2), 0)
        draw_text(painter, left, row.name, Qt.AlignmentFlag.AlignLeft)
        if row.badge:
            left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(row.name) + grid(self._view, 2))
            painter.setFont(small(self._view.font()))
            painter.setPen(QColor(tokens.warn))
            draw_text(painter, left, row.badge, Qt.AlignmentFlag.AlignLeft)

    def _lower(self, painter: QPainter, area: QRect, row: Row) -> None:
        tokens = self._context.tokens
        painter.setFont(small(self._view.font()))
        mark = "◷ " if row.stale else "⟳ " if row.polled else ""
        words = f"{mark}{row.change}  {row.rate}".rstrip()
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(QColor(tokens.stale) if row.stale else moving_colour(row.direction, tokens))
        draw_text(painter, area, words, Qt.AlignmentFlag.AlignRight)
        line = area.adjusted(0, 2, -width - grid(self._view, 3), -2)
        line.setWidth(min(line.width(), area.width() // 2))
        self._spark(painter, line, row)

    def _spark(self, painter: QPainter, area: QRect, row: Row) -> None:
        """Today's line, with the previous close as a hair across it where it lies within."""
        closes = self._feed.sparks.of(row.instrument).closes
        if len(closes) < 2 or area.width() < 8:
            return
        tokens = self._context.tokens
        low, high = min(closes), max(closes)
        span, steps = max(high - low, 1), len(closes) - 1
        if row.base is not None and low <= row.base <= high:
            painter.setPen(QPen(QColor(tokens.line), 0))
            y = area.bottom() - (row.base - low) * (area.height() - 1) // span
            painter.drawLine(area.left(), y, area.right(), y)
        points = [
            QPoint(
                area.left() + place * (area.width() - 1) // steps,
                area.bottom() - (close - low) * (area.height() - 1) // span,
            )
            for place, close in enumerate(closes)
        ]
        painter.setPen(QPen(QColor(tokens.stale) if row.stale else moving_colour(row.direction, tokens), 0))
        painter.drawPolyline(points)
