"""The rows of the watch table: looked at half by half while much moves, and only those with news."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import msgspec
from PySide6.QtCore import QObject

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Book, Quote, Trade
from hoga.trading.market_board import Latest
from hoga.ui.context import Context
from hoga.ui.quote.words import flag_words
from hoga.ui.tables.column import Cell
from hoga.ui.tables.model import RowModel
from hoga.ui.watch.feed import WatchFeed
from hoga.ui.watch.groups import Groups
from hoga.ui.watch.note import stale as stale_now
from hoga.ui.watch.pulse import FEW, Pulse, half
from hoga.ui.watch.table.columns import columns, differing
from hoga.ui.watch.table.row import Row, Still, read


class _Seen(msgspec.Struct):
    """What a row was read from: the same objects are no news."""

    instrument: InstrumentId
    latest: Latest
    still: Still
    quote: Maybe[Quote]
    trade: Maybe[Trade]
    book: Maybe[Book]

    @property
    def has_news(self) -> bool:
        now = self.latest
        return self.trade is not now.trade or self.quote is not now.quote or self.book is not now.book


Fresh = tuple[tuple[int, tuple[int, ...]], ...]


class WatchRows(RowModel[Row]):
    """The shown group's instruments, in its order unless sorted. ``watch`` while somebody looks."""

    def __init__(self, context: Context, groups: Groups, feed: WatchFeed, parent: QObject | None = None) -> None:
        super().__init__(columns(context), lambda row: row.still.instrument, parent)
        self._context, self._groups, self._feed = context, groups, feed
        self._word = tuple(column.cell for column in self.columns)
        self._seen: dict[Hashable, _Seen] = {}
        self._watched = False
        self.fresh: Fresh = ()
        """While ``dataChanged`` tells of live rows, which it may span more of: the places of those that look different
        now, with the columns that do. Otherwise empty."""
        self._pulse = Pulse(self._look_at_half, self)
        groups.changed.connect(self.reload)
        context.frame.connect(self.look)
        context.second.connect(self._settle)
        context.health_changed.connect(self.reload)
        context.language_changed.connect(self.reload)
        context.instruments_changed.connect(self.reload)
        self.rearranged.connect(self._look_at_all)

    def watch(self, seen: bool) -> None:
        """Nobody looks: nothing is read or worded."""
        if seen != self._watched:
            self._watched = seen
            if seen:
                self.reload()
            else:
                self._pulse.stop()

    def reload(self) -> None:
        """Another group, another order of it, or something that concerns every row."""
        if not self._watched:
            return
        board, stale = self._context.desk.board, stale_now(self._context)
        self._seen = {}
        for one in self._groups.instruments:
            now = board.latest(one)
            self._seen[one] = _Seen(one, now, self._still(one, now.quote), now.quote, now.trade, now.book)
        self.set_rows([self._row(seen, stale=stale) for seen in self._seen.values()])

    def look(self, dirty: frozenset[InstrumentId]) -> None:
        """There is news: a short table shows it in this frame, a long one pulse by pulse."""
        if not self._watched or self._seen.keys().isdisjoint(dirty):
            return
        if len(self._shown) <= FEW:
            self._look_at([one for one in dirty if one in self._seen])
        else:
            self._pulse.beat()

    def ready(self, place: int, wanted: Iterable[int]) -> list[Cell | None]:
        """All cells of a row, of which those ``wanted`` are worded."""
        key = self._shown[place]
        cells = self._cells.get(key)
        if cells is None:
            cells = self._cells[key] = [None] * len(self.columns)
        row: Row | None = None
        for column in wanted:
            if cells[column] is None:
                row = row or self._at(key)
                cells[column] = self._word[column](row)
        return cells

    # --- inside -----------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """What changes many times a second finds its new place once in one."""
        if self._watched and self.sorted_by() is not None:
            self.arrange()

    def _look_at_half(self, which: int) -> bool:
        seen, places = self._seen, half(len(self._shown), which)
        news = [place for place, key in enumerate(self._shown) if key in seen and seen[key].has_news]
        few = len(news) <= FEW
        self._look_at([self._shown[place] for place in news if few or place in places])
        return few

    def _look_at_all(self) -> None:
        if self._watched:
            self._look_at(list(self._shown))

    def _look_at(self, keys: Iterable[Hashable]) -> None:
        stale, polled, fresh = stale_now(self._context), self._feed.polled, []
        for key in keys:
            seen = self._seen.get(key)
            if seen is None:
                continue
            before, latest = self._rows[key], seen.latest
            if (
                seen.trade is latest.trade and seen.quote is latest.quote and seen.book is latest.book
                and before.stale is stale and before.polled is polled(seen.instrument)
            ):  # fmt: skip
                continue
            if seen.quote is not latest.quote:
                seen.still = self._still(seen.instrument, latest.quote)
            seen.trade, seen.quote, seen.book = latest.trade, latest.quote, latest.book
            now = self._row(seen, stale=stale)
            changed = differing(before, now)
            if changed:
                self._rows[key] = now
                self._forget(key, changed)
                place = self._places.get(key)
                if place is not None:
                    fresh.append((place, changed))
        self._tell(fresh)

    def _forget(self, key: Hashable, changed: tuple[int, ...]) -> None:
        cells = self._cells.get(key)
        if cells is not None:
            for column in changed:
                cells[column] = None

    def _tell(self, fresh: list[tuple[int, tuple[int, ...]]]) -> None:
        """One signal for all: each costs more than its row."""
        if not fresh:
            return
        self.fresh = tuple(fresh)
        places = [place for place, _ in fresh]
        last = len(self.columns) - 1
        self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), last))
        self.fresh = ()

    def _row(self, seen: _Seen, *, stale: bool) -> Row:
        polled = self._feed.polled(seen.instrument)
        row = read(seen.latest, seen.still, stale=stale, polled=polled)
        if row is not None:
            return row
        quote = seen.quote
        return Row(seen.still, stale, polled, self._context.worded(quote.why) if isinstance(quote, Unknown) else "")

    def _still(self, one: InstrumentId, quote: Maybe[Quote]) -> Still:
        value = quote.value if isinstance(quote, Known) else None
        known = self._context.known(one)
        flags = value.flags if value is not None else known.flags if known is not None else None
        words = flag_words(flags) if flags is not None else ()
        upper, lower = (value.upper_limit, value.lower_limit) if value is not None else (None, None)
        return Still(
            one, self._context.name(one), " ".join(short for short, _ in words), tuple(long for _, long in words),
            None if upper is None else upper.units, None if lower is None else lower.units,
        )  # fmt: skip
