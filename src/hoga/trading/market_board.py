"""The market board: the latest value wins, and nothing is lost silently.

``update`` is cheap: replace and mark dirty. A view asks ``take_dirty()`` once a frame. Who needs every trade in order
(a chart, the tape) opens a feed: a bounded buffer that counts what it had to drop.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Book, Quote, Trade
from hoga.domain.values import Price

_NOTHING_YET = Unknown(Message("NO_DATA_YET"))


class TradeFeed:
    """Every trade of one instrument since the feed was opened, oldest first, up to ``most`` that nobody fetched."""

    def __init__(self, most: int, close: Callable[[TradeFeed], None]) -> None:
        self._waiting: deque[Trade] = deque(maxlen=most)
        self._close = close
        self.dropped = 0
        """Trades that came faster than they were fetched. Shown, and the view reads the gap from the broker."""

    def push(self, trade: Trade) -> None:
        if len(self._waiting) == self._waiting.maxlen:
            self.dropped += 1
        self._waiting.append(trade)

    def take(self) -> tuple[Trade, ...]:
        """What came since the last call, in order."""
        trades = tuple(self._waiting)
        self._waiting.clear()
        return trades

    def close(self) -> None:
        """Safe to call twice."""
        self._close(self)


class Latest:
    """All that is known of one instrument, found by one look. Whoever keeps it reads the newest of each kind at any
    time; another value is another object. Only the board writes."""

    __slots__ = ("book", "dirty", "feeds", "quote", "trade")

    def __init__(self) -> None:
        self.quote: Maybe[Quote] = _NOTHING_YET
        self.trade: Maybe[Trade] = _NOTHING_YET
        self.book: Maybe[Book] = _NOTHING_YET
        self.feeds: list[TradeFeed] = []
        self.dirty = False


class MarketBoard:
    """Latest quote, trade and book per instrument, each with its age and source."""

    def __init__(self, now: Callable[[], datetime], silence: Callable[[], float] = lambda: 0.0) -> None:
        """``silence``: market seconds that passed while ``now`` stood still."""
        self._now = now
        self._silence = silence
        self._cells: dict[InstrumentId, Latest] = {}
        self._dirty: list[tuple[InstrumentId, Latest]] = []
        self.updates = 0
        self.tap: Callable[[Trade | Book, datetime, str], None] | None = None
        """Hears every trade and book with the moment of its arrival and its source; who records, for one."""

    def update(self, value: Quote | Trade | Book, source: str) -> None:
        """Take a value in. ``source`` says where it came from (``stream``, ``rest``)."""
        instrument, now = value.instrument, self._now()
        if self.tap is not None and not isinstance(value, Quote):
            self.tap(value, now, source)
        cell = self._cells.get(instrument) or self._cell(instrument)
        if isinstance(value, Trade):
            cell.trade = Known(value, now, source)
            for feed in cell.feeds:
                feed.push(value)
        elif isinstance(value, Book):
            cell.book = Known(value, now, source)
        else:
            cell.quote = Known(value, now, source)
        if not cell.dirty:
            cell.dirty = True
            self._dirty.append((instrument, cell))
        self.updates += 1

    def clear(self) -> None:
        """Forget every value: what is told from now on is of another time. Feeds stay open, empty."""
        for instrument, cell in self._cells.items():
            cell.quote = cell.trade = cell.book = _NOTHING_YET
            if not cell.dirty:
                cell.dirty = True
                self._dirty.append((instrument, cell))
            for feed in cell.feeds:
                feed.take()

    def quote(self, instrument: InstrumentId) -> Maybe[Quote]:
        cell = self._cells.get(instrument)
        return _NOTHING_YET if cell is None else cell.quote

    def trade(self, instrument: InstrumentId) -> Maybe[Trade]:
        cell = self._cells.get(instrument)
        return _NOTHING_YET if cell is None else cell.trade

    def book(self, instrument: InstrumentId) -> Maybe[Book]:
        cell = self._cells.get(instrument)
        return _NOTHING_YET if cell is None else cell.book

    def latest(self, instrument: InstrumentId) -> Latest:
        """For a view that looks many times a second: one and the same object as long as there is the board."""
        return self._cell(instrument)

    def last(self, instrument: InstrumentId) -> Maybe[Price]:
        """The newest price known: of the latest trade or quote, whichever came last."""
        trade, quote = self.trade(instrument), self.quote(instrument)
        if isinstance(trade, Known) and (isinstance(quote, Unknown) or trade.at >= quote.at):
            return Known(trade.value.price, trade.at, trade.source)
        if isinstance(quote, Known):
            return Known(quote.value.last, quote.at, quote.source)
        return _NOTHING_YET

    def age(self, value: Known[Any] | Unknown) -> float | None:
        """Seconds of market time since a value arrived, the ones that a silent clock did not tell included; None for
        Unknown."""
        return None if isinstance(value, Unknown) else (self._now() - value.at).total_seconds() + self._silence()

    def take_dirty(self) -> frozenset[InstrumentId]:
        """Instruments with anything new since the last call."""
        dirty, self._dirty = self._dirty, []
        for _, cell in dirty:
            cell.dirty = False
        return frozenset([instrument for instrument, _ in dirty])

    def feed(self, instrument: InstrumentId, most: int = 20_000) -> TradeFeed:
        """Open a feed of every trade from now on; its owner closes it."""
        feed = TradeFeed(most, lambda closed: self._drop(instrument, closed))
        self._cell(instrument).feeds.append(feed)
        return feed

    @property
    def open_feeds(self) -> int:
        """Feeds whose owners have not closed them."""
        return sum(len(cell.feeds) for cell in self._cells.values())

    def _cell(self, instrument: InstrumentId) -> Latest:
        cell = self._cells.get(instrument)
        if cell is None:
            cell = self._cells[instrument] = Latest()
        return cell

    def _drop(self, instrument: InstrumentId, feed: TradeFeed) -> None:
        feeds = self._cell(instrument).feeds
        if feed in feeds:
            feeds.remove(feed)
