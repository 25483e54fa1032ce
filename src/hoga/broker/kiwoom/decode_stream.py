"""Records of the live types to trades and books (kiwoom.md 5.5, 5.6). Fast: this runs for every trade shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec
from msgspec.structs import astuple

from hoga.base.clock import KST
from hoga.broker.fields import nearest_moment, parse_time
from hoga.broker.kiwoom.decode_rest import MILLION
from hoga.broker.kiwoom.fields import instrument_code, signed_row, venue_of, whole
from hoga.broker.kiwoom.messages import Garbled
from hoga.broker.kiwoom.pushes import ExpectedPush, TradePush
from hoga.broker.open_records import OpenBook, OpenTrade
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency

_MOST_ITEMS = 10_000
_SESSIONS = {"1": MarketSession.PRE, "2": MarketSession.REGULAR, "3": MarketSession.AFTER}
_NXT = frozenset({"2", "NXT"})
_AGGRESSORS = {"+": Aggressor.BUYER, "-": Aggressor.SELLER}
_NOT_SAID = -1
_NEVER = datetime.min.replace(tzinfo=KST)
# Looking a member up in its enum costs more than reading a number, hence the names.
_KRW, _REGULAR, _NO_AGGRESSOR = Currency.KRW, MarketSession.REGULAR, Aggressor.NONE


class StreamDecoder:
    """Turns records into trades and books. Keeps what repeats: instruments, seconds, last books."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._items: dict[str, tuple[InstrumentId, Venue]] = {}
        self._second: str | None = None
        self._at = _NEVER
        self._seconds: dict[str, tuple[str, datetime]] = {}
        self._books: dict[InstrumentId, Book] = {}

    def trade(self, item: str, push: TradePush) -> Trade:
        """A price off the tick grid is a price (trades at the mid are). Raises Garbled."""
        trade = OpenTrade()
        try:
            (
                volume, amount, sold, bought, price, shares, opened, high, low, trade.change_units, ask, bid,
            ) = signed_row(
                f"[{push.day_volume},{push.day_amount},{push.day_sold},{push.day_bought},{push.price},{push.quantity},"
                f"{push.open},{push.high},{push.low},{push.change},{push.ask},{push.bid}]", 12,
            ) or _trade_numbers(push)  # fmt: skip
            if push.time != self._second:
                self._at = nearest_moment(parse_time(push.time, "trade"), self._now())
                self._second = push.time
            trade.instrument, listed_on = self._items.get(item) or self._item(item)
        except ValueError as error:
            raise Garbled("0B", "unreadable field") from error
        if not price or volume < 0:
            raise Garbled("0B", "negative where a count is needed")
        trade.at = self._at
        # The sign of a price is its direction, and so is that of the shares. (``abs`` takes ten times as long.)
        trade.price_units = price if price > 0 else -price
        trade.quantity = shares if shares > 0 else -shares
        trade.open_units = opened if opened > 0 else -opened
        trade.high_units = high if high > 0 else -high
        trade.low_units = low if low > 0 else -low
        trade.ask_units = ask if ask > 0 else -ask
        trade.bid_units = bid if bid > 0 else -bid
        trade.aggressor = _AGGRESSORS.get(push.quantity[:1]) or _aggressor(push.quantity)
        trade.day_volume, trade.day_amount_units = volume, amount * MILLION
        trade.day_sold = sold if sold >= 0 else None
        trade.day_bought = bought if bought >= 0 else None
        trade.venue = Venue.NXT if push.venue in _NXT else listed_on
        trade.session = _SESSIONS.get(push.session, _REGULAR)
        trade.halted, trade.currency = False, _KRW
        trade.__class__ = Trade  # type: ignore[assignment]  # same slots, see OpenTrade
        return trade  # type: ignore[return-value]

    def book(self, item: str, push: msgspec.Struct) -> Book:
        """Raises Garbled."""
        time, _, expected, expected_quantity, *texts = astuple(push)
        book = OpenBook()
        try:
            book.total_ask, book.total_bid, *numbers = _book_numbers(texts)
            book.expected_units = abs(whole(expected or "0")) or None
            book.expected_quantity = whole(expected_quantity or "0") if book.expected_units else None
            book.at = self._moment("book", time)
            book.instrument, book.venue = self._items.get(item) or self._item(item)
        except ValueError as error:
            raise Garbled("0D", "unreadable field") from error
        book.asks = _levels(numbers[:10], numbers[20:30])
        book.bids = _levels(numbers[10:20], numbers[30:])
        book.session, book.currency = _REGULAR, _KRW
        book.__class__ = Book  # type: ignore[assignment]  # same slots, see OpenBook
        self._books[book.instrument] = book  # type: ignore[assignment]
        return book  # type: ignore[return-value]

    def expected(self, item: str, push: ExpectedPush) -> Book | None:
        """The last book with the price that a call auction would give now; None before the first. Raises Garbled."""
        try:
            price, quantity = abs(whole(push.price)), abs(whole(push.quantity))
            book = self._books.get((self._items.get(item) or self._item(item))[0])
            if book is None:
                return None
            at = max(book.at, self._moment("expected", push.time))
        except ValueError as error:
            raise Garbled("0H", "unreadable field") from error
        book = replace(book, at=at, expected_units=price or None, expected_quantity=quantity if price else None)
        self._books[book.instrument] = book
        return book

    def forget(self) -> None:
        """The connection is gone: the last books are old."""
        self._books.clear()

    def _item(self, item: str) -> tuple[InstrumentId, Venue]:
        """What an item names, and where it trades."""
        known = instrument_code(item), venue_of(item)
        if len(self._items) < _MOST_ITEMS:
            self._items[item] = known
        return known

    def _moment(self, kind: str, second: str) -> datetime:
        """Times come without a date. One that stands still keeps its date: yesterday evening's is not today's because
        midnight has passed."""
        known = self._seconds.get(kind)
        if known is not None and known[0] == second:
            return known[1]
        at = nearest_moment(parse_time(second, kind), self._now())
        self._seconds[kind] = (second, at)
        return at


def _trade_numbers(p: TradePush) -> list[int]:
    """The numbers of a trade however they are written; shares by aggressor are negative where the feed does not say."""
    said = [int(text) if text.isdecimal() else _NOT_SAID for text in (p.day_sold, p.day_bought)]
    directed = (p.price, p.quantity, p.open, p.high, p.low, p.change, p.ask, p.bid)
    return [whole(p.day_volume), whole(p.day_amount), *said, *map(whole, directed)]


def _book_numbers(texts: list[str]) -> list[int]:
    """The sums of both sides, the prices of every level, then its shares. What stands beside a blank price says
    nothing."""
    numbers = signed_row(f"[{','.join(texts)}]", len(texts))
    if numbers is not None:
        return numbers
    totals, prices, quantities = texts[:2], texts[2:22], texts[22:]
    beside = [(text or "0") if price else "0" for text, price in zip(quantities, prices, strict=True)]
    return [whole(text) for text in (*totals, *(price or "0" for price in prices), *beside)]


def _aggressor(quantity: str) -> Aggressor:
    """A buyer's shares carry +, a seller's -; an auction's carry none."""
    return _AGGRESSORS.get(quantity[:1]) or _AGGRESSORS.get(quantity.strip()[:1], _NO_AGGRESSOR)


def _levels(prices: list[int], quantities: list[int]) -> tuple[Level, ...]:
    """Those that there are: a price that is not is 0."""
    levels = tuple(map(Level, map(abs, prices), quantities))
    return tuple(level for level in levels if level.price_units) if 0 in prices else levels
