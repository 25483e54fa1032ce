"""Records of the live types to trades and books (kiwoom.md 5.5, 5.6). Fast: this runs for every trade shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from hoga.broker.fields import nearest_moment, parse_time
from hoga.broker.kiwoom.decode_rest import MILLION
from hoga.broker.kiwoom.fields import instrument_code, plain_number, venue_of
from hoga.broker.kiwoom.messages import Garbled
from hoga.broker.kiwoom.pushes import ExpectedPush, TradePush
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade

_MOST_INSTRUMENTS = 10_000
_SESSIONS = {"1": MarketSession.PRE, "2": MarketSession.REGULAR, "3": MarketSession.AFTER}
_NXT = frozenset({"2", "NXT"})


class StreamDecoder:
    """Turns records into trades and books. Keeps what repeats: instruments, seconds, last books."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._instruments: dict[str, InstrumentId] = {}
        self._seconds: dict[str, tuple[str, datetime]] = {}
        self._books: dict[InstrumentId, Book] = {}

    def trade(self, item: str, push: TradePush) -> Trade:
        """A price off the tick grid is a price (trades at the mid are). Raises Garbled."""
        try:
            price, quantity = abs(_whole(push.price)), _whole(push.quantity)
            trade = Trade(
                instrument=self._instruments.get(item) or self._instrument(item),
                at=self._moment("trade", push.time),
                price_units=price,
                quantity=abs(quantity),
                aggressor=_aggressor(push.quantity),
                day_volume=_whole(push.day_volume),
                day_amount_units=_whole(push.day_amount) * MILLION,
                open_units=abs(_whole(push.open)),
                high_units=abs(_whole(push.high)),
                low_units=abs(_whole(push.low)),
                change_units=_whole(push.change),
                ask_units=abs(_whole(push.ask)),
                bid_units=abs(_whole(push.bid)),
                venue=Venue.NXT if push.venue in _NXT else venue_of(item),
                session=_SESSIONS.get(push.session, MarketSession.REGULAR),
                day_sold=_count(push.day_sold),
                day_bought=_count(push.day_bought),
            )
        except ValueError as error:
            raise Garbled("0B", "unreadable field") from error
        if price <= 0 or trade.day_volume < 0:
            raise Garbled("0B", "negative where a count is needed")
        return trade

    def book(self, item: str, push: Any) -> Book:
        """Raises Garbled."""
        try:
            expected = _whole(push.expected_price or "0")
            book = Book(
                instrument=self._instruments.get(item) or self._instrument(item),
                at=self._moment("book", push.time),
                asks=_levels((getattr(push, f"ask_{n}"), getattr(push, f"ask_quantity_{n}")) for n in range(10)),
                bids=_levels((getattr(push, f"bid_{n}"), getattr(push, f"bid_quantity_{n}")) for n in range(10)),
                total_ask=_whole(push.total_ask),
                total_bid=_whole(push.total_bid),
                expected_units=abs(expected) or None,
                expected_quantity=_whole(push.expected_quantity or "0") if expected else None,
                venue=venue_of(item),
            )
        except ValueError as error:
            raise Garbled("0D", "unreadable field") from error
        self._books[book.instrument] = book
        return book

    def expected(self, item: str, push: ExpectedPush) -> Book | None:
        """The last book with the price that a call auction would give now; None before the first. Raises Garbled."""
        try:
            price, quantity = abs(_whole(push.price)), abs(_whole(push.quantity))
            book = self._books.get(self._instruments.get(item) or self._instrument(item))
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

    def _instrument(self, item: str) -> InstrumentId:
        instrument = instrument_code(item)
        if len(self._instruments) < _MOST_INSTRUMENTS:
            self._instruments[item] = instrument
        return instrument

    def _moment(self, kind: str, second: str) -> datetime:
        """Times come without a date. One that stands still keeps its date: yesterday evening's is not today's because
        midnight has passed."""
        known = self._seconds.get(kind)
        if known is not None and known[0] == second:
            return known[1]
        at = nearest_moment(parse_time(second, kind), self._now())
        self._seconds[kind] = (second, at)
        return at


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return int(plain_number(text))


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _aggressor(quantity: str) -> Aggressor:
    """A buyer's shares carry +, a seller's -; an auction's carry none."""
    sign = quantity.strip()[:1]
    if sign == "+":
        return Aggressor.BUYER
    return Aggressor.SELLER if sign == "-" else Aggressor.NONE


def _levels(pairs: Iterable[tuple[str, str]]) -> tuple[Level, ...]:
    levels = (Level(abs(_whole(price)), _whole(quantity or "0")) for price, quantity in pairs if price)
    return tuple(level for level in levels if level.price_units > 0)
