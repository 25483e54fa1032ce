"""The rows of the watch list: what each shows, read from the desk's board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from hoga.domain.instruments import Flags, InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.market_data import Quote, Trade
from hoga.trading.market_board import Latest
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.quote.words import flag_words
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.note import note
from hoga.ui.watch.note import stale as stale_now
from hoga.ui.watch.pulse import FEW, Pulse, half

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
    at: datetime | None = field(compare=False)
    """When it was so, for the tip alone: another moment paints nothing."""
    why: str = ""
    """Why there is no price."""
    badge: str = ""
    """What the market says of it today, in short words: halted, under administration …"""


class _Still(Struct, frozen=True):
    """What stays while the quote is the same one."""

    quote: Maybe[Quote]
    name: str
    badge: str
    upper: int | None
    lower: int | None


class _Line:
    """A place of the list: what it shows, and what that was read from. Found once for each instrument with news."""

    __slots__ = ("instrument", "latest", "place", "row", "still", "trade")

    def __init__(self, instrument: InstrumentId, place: int, latest: Latest) -> None:
        self.instrument, self.place, self.latest = instrument, place, latest
        self.row: Row | None = None
        self.still: _Still | None = None
        self.trade: Maybe[Trade] | None = None

    @property
    def newly_quoted(self) -> bool:
        return self.still is None or self.still.quote is not self.latest.quote


class WatchModel(QAbstractListModel):
    """Rows of the shown group; one ``dataChanged`` a frame for those that really changed, each in its turn."""

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._groups = groups
        self._feed = feed
        self._instruments: tuple[InstrumentId, ...] = ()
        self._lines: dict[InstrumentId, _Line] = {}
        self._placed: tuple[_Line, ...] = ()
        self._watched = True
        self.fresh: tuple[tuple[int, Row | None], ...] = ()
        """Of the last ``dataChanged``, which may span more: the rows that look different now, and how each looked
        before; None: all of it counts as new."""
        self._pulse = Pulse(self._look_at_half, self)
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
        self._instruments, board = self._groups.instruments, self._context.desk.board
        self._placed = tuple(_Line(one, place, board.latest(one)) for place, one in enumerate(self._instruments))
        self._lines = {line.instrument: line for line in self._placed}
        stale = stale_now(self._context)
        for line in self._placed:
            self._read(line, stale=stale)
        self.endResetModel()

    def watch(self, seen: bool) -> None:
        """Nobody looks: nothing is read or worded."""
        if seen != self._watched:
            self._watched = seen
            if seen:
                self.look_at_all()
            else:
                self._pulse.stop()

    def look(self, dirty: frozenset[InstrumentId]) -> None:
        """There is news: a short list shows it in this frame, a long one pulse by pulse. Who has none is not looked
        at."""
        if not self._watched or self._lines.keys().isdisjoint(dirty):
            return
        if len(self._placed) <= FEW:
            self._show([self._lines[one] for one in dirty if one in self._lines])
        else:
            self._pulse.beat()

    def look_at_all(self) -> None:
        for line in self._placed:
            line.still = None
        self._show(self._placed)

    def _look_at_half(self, which: int) -> bool:
        news = [line for line in self._placed if line.latest.trade is not line.trade or line.newly_quoted]
        places = half(len(self._placed), which)
        few = len(news) <= FEW
        self._show(news if few else [line for line in news if line.place in places])
        return few

    def _show(self, lines: Iterable[_Line]) -> None:
        stale, fresh = stale_now(self._context), []
        for line in lines:
            before = line.row
            if self._read(line, stale=stale):
                fresh.append((line.place, before))
        self._tell(fresh)

    def _tell(self, fresh: list[tuple[int, Row | None]]) -> None:
        """One signal for all: each costs more than its row."""
        if fresh:
            self.fresh = tuple(fresh)
            places = [place for place, _ in fresh]
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def row_of(self, instrument: InstrumentId) -> int | None:
        line = self._lines.get(instrument)
        return None if line is None else line.place

    def at(self, row: int) -> InstrumentId:
        return self._instruments[row]

    def row(self, row: int) -> Row:
        """As ``data`` by its role, without a question of Qt's."""
        return cast(Row, self._placed[row].row)  # every line is read when its place is made

    # --- Qt's questions ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._instruments)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.name} {row.badge} {row.price} {row.change} {row.rate}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            meanings = [meaning for _, meaning in flag_words(self._flags(row.instrument))]
            return "\n".join(filter(None, (f"{row.name} {row.instrument.code}", self.note(row), *meanings)))
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
        line = self._lines.get(one) if self._watched else None
        if line is not None:
            self._tell([(line.place, None)])

    def _read(self, line: _Line, *, stale: bool) -> bool:
        """Whether it looks different now."""
        one, latest, before = line.instrument, line.latest, line.row
        quote, trade, polled = latest.quote, latest.trade, self._feed.polled(one)
        still = line.still
        if still is None or still.quote is not quote:
            still = line.still = self._stays(one, quote)
        elif before is not None and trade is line.trade and before.stale == stale and before.polled == polled:
            return False  # another book: nothing of it is shown here
        line.trade = trade
        row = line.row = self._worded(one, still, trade, stale=stale, polled=polled)
        return row != before

    def _worded(self, one: InstrumentId, still: _Still, trade: Maybe[Trade], *, stale: bool, polled: bool) -> Row:
        quote = still.quote
        if isinstance(trade, Known) and (not isinstance(quote, Known) or trade.at >= quote.at):
            price, change, at = trade.value.price_units, trade.value.change_units, trade.value.at
            currency = trade.value.currency
        elif isinstance(quote, Known):
            price, change, at = quote.value.last.units, quote.value.change_units, quote.value.at
            currency = quote.value.last.currency
        else:
            why = self._context.worded(quote.why)
            nothing = fmt.Direction.FLAT
            return Row(one, still.name, fmt.DASH, "", "", nothing, None, stale, polled, None, why, still.badge)
        base = price - change or None  # a trade that does not know the previous close says so with its whole price
        moving = fmt.direction(change if base else 0, at_upper=price == still.upper, at_lower=price == still.lower)
        shown = f"{moving.value}{fmt.units(abs(change), currency)}" if base else fmt.DASH
        rate = fmt.rate(change, price - change)
        text = fmt.units(price, currency)
        return Row(one, still.name, text, shown, rate, moving, base, stale, polled, at, "", still.badge)

    def _stays(self, one: InstrumentId, quote: Maybe[Quote]) -> _Still:
        upper = quote.value.upper_limit if isinstance(quote, Known) else None
        lower = quote.value.lower_limit if isinstance(quote, Known) else None
        return _Still(
            quote,
            self._context.name(one),
            " ".join(short for short, _ in flag_words(self._flags(one))),
            upper.units if upper is not None else None,
            lower.units if lower is not None else None,
        )

    def _flags(self, one: InstrumentId) -> Flags:
        """Today's flags: the quote's, else those of the master."""
        quote = self._context.desk.board.quote(one)
        if isinstance(quote, Known):
            return quote.value.flags
        known = self._context.known(one)
        return known.flags if known is not None else Flags()

    def note(self, row: Row) -> str:
        """When the price was true, and how it is kept so; or why there is none."""
        return note(row.at, row.why, stale=row.stale, polled=row.polled)
