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


class MarketBoard:
    """Latest quote, trade and book per instrument, each with its age and source."""

    def __init__(self, now: Callable[[], datetime], silence: Callable[[], float] = lambda: 0.0) -> None:
        """``silence``: market seconds that passed while ``now`` stood still."""
        self._now = now
        self._silence = silence
        self._quotes: dict[InstrumentId, Known[Quote]] = {}
        self._trades: dict[InstrumentId, Known[Trade]] = {}
        self._books: dict[InstrumentId, Known[Book]] = {}
        self._dirty: set[InstrumentId] = set()
        self._feeds: dict[InstrumentId, list[TradeFeed]] = {}
        self.updates = 0
        self.tap: Callable[[Trade | Book, datetime, str], None] | None = None
        """Hears every trade and book with the moment of its arrival and its source; who records, for one."""

    def update(self, value: Quote | Trade | Book, source: str) -> None:
        """Take a value in. ``source`` says where it came from (``stream``, ``rest``)."""
        instrument, now = value.instrument, self._now()
        if self.tap is not None and not isinstance(value, Quote):
            self.tap(value, now, source)
        if isinstance(value, Trade):
            self._trades[instrument] = Known(value, now, source)
            for feed in self._feeds.get(instrument, ()):
                feed.push(value)
        elif isinstance(value, Book):
            self._books[instrument] = Known(value, now, source)
        else:
            self._quotes[instrument] = Known(value, now, source)
        self._dirty.add(instrument)
        self.updates += 1

    def clear(self) -> None:
        """Forget every value: what is told from now on is of another time. Feeds stay open, empty."""
        for values in (self._quotes, self._trades, self._books):
            self._dirty.update(values)
            values.clear()
        for feeds in self._feeds.values():
            for feed in feeds:
                feed.take()

    def quote(self, instrument: InstrumentId) -> Maybe[Quote]:
        return self._quotes.get(instrument, _NOTHING_YET)

    def trade(self, instrument: InstrumentId) -> Maybe[Trade]:
        return self._trades.get(instrument, _NOTHING_YET)

    def book(self, instrument: InstrumentId) -> Maybe[Book]:
        return self._books.get(instrument, _NOTHING_YET)

    def last(self, instrument: InstrumentId) -> Maybe[Price]:
        """The newest price known: of the latest trade or quote, whichever came last."""
        trade, quote = self._trades.get(instrument), self._quotes.get(instrument)
        if trade is not None and (quote is None or trade.at >= quote.at):
            return Known(trade.value.price, trade.at, trade.source)
        if quote is not None:
            return Known(quote.value.last, quote.at, quote.source)
        return _NOTHING_YET

    def age(self, value: Known[Any] | Unknown) -> float | None:
        """Seconds of market time since a value arrived, the ones that a silent clock did not tell included; None for
        Unknown."""
        return None if isinstance(value, Unknown) else (self._now() - value.at).total_seconds() + self._silence()

    def take_dirty(self) -> frozenset[InstrumentId]:
        """Instruments with anything new since the last call."""
        dirty = frozenset(self._dirty)
        self._dirty.clear()
        return dirty

    def feed(self, instrument: InstrumentId, most: int = 20_000) -> TradeFeed:
        """Open a feed of every trade from now on; its owner closes it."""
        feed = TradeFeed(most, lambda closed: self._drop(instrument, closed))
        self._feeds.setdefault(instrument, []).append(feed)
        return feed

    def _drop(self, instrument: InstrumentId, feed: TradeFeed) -> None:
        feeds = self._feeds.get(instrument, [])
        if feed in feeds:
            feeds.remove(feed)
