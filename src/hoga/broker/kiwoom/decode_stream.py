"""Records of the live types to trades and books (kiwoom.md 5.5, 5.6). Fast: this runs for every trade shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import astuple, replace

from hoga.base.clock import KST
from hoga.broker.fields import nearest_moment, parse_time
from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.decode_rest import MILLION
from hoga.broker.kiwoom.fields import instrument_code, signed_row, venue_of, whole
from hoga.broker.kiwoom.messages import Garbled
from hoga.broker.kiwoom.pushes import ExpectedPush, read_trades
from hoga.broker.memo import Memo
from hoga.broker.whole_numbers import read_row
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency

_SESSIONS = {"1": MarketSession.PRE, "2": MarketSession.REGULAR, "3": MarketSession.AFTER}
_NXT = dict.fromkeys(("2", "NXT"), Venue.NXT)
_AGGRESSORS = {"+": Aggressor.BUYER, "-": Aggressor.SELLER}
_NOT_SAID = -1
_TRADES, _TAIL = f'"{ids.TRADES_TYPE}"', 80
"""The type of a push's last record, and how near to its end that stands, where it stands behind the values."""
_NEVER = datetime.min.replace(tzinfo=KST)
# Looking a member up in its enum costs more than reading a number, hence the names.
_KRW, _REGULAR, _NO_AGGRESSOR = Currency.KRW, MarketSession.REGULAR, Aggressor.NONE


class StreamDecoder:
    """Turns records into trades and books. Keeps what repeats: instruments, seconds, last books."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._items = Memo(lambda item: (instrument_code(item), venue_of(item)))
        self._type_at = -_TAIL
        self._second: str | None = None
        self._at = _NEVER
        self._seconds: dict[str, tuple[str, datetime]] = {}
        self._books: dict[InstrumentId, Book] = {}
        # The sign of a price is its direction, and so is that of the shares.
        self._sizes = Memo(lambda text: abs(whole(text)))
        self._signed = Memo(whole)
        self._shares = Memo(lambda text: (abs(whole(text)), _aggressor(text)))

    def trades(self, text: str) -> list[Trade] | None:
        """Every trade of a push of nothing but trades. None for any other text, and where one of them cannot be read:
        that is for record by record, which tells what."""
        if not text.startswith(_TRADES, self._type_at) and not self._ends_with_a_trade(text):
            return None
        found = []
        try:
            for record in read_trades(text).data:
                found.append(self.trade(record.item, record.values))  # a comprehension takes longer
        except (msgspec.MsgspecError, Garbled):
            return None
        return found

    def _ends_with_a_trade(self, text: str) -> bool:
        """Looks for the type, and keeps how far from the end it stood: the next push's will stand there too."""
        found = text.rfind(_TRADES, -_TAIL)
        if found >= 0:
            self._type_at = found - len(text)
        return found >= 0

    def trade(self, item: str, push: msgspec.Struct) -> Trade:
        """A price off the tick grid is a price (trades at the mid are). Raises Garbled."""
        (
            time, price, change, ask, bid, shares, volume, amount, opened, high, low, session, sold, bought, venue,
        ) = astuple(push)  # fmt: skip
        try:
            try:
                day_volume, day_amount, day_sold, day_bought = read_row(f"[{volume},{amount},{sold},{bought}]")
            except (msgspec.MsgspecError, ValueError):
                day_volume, day_amount, day_sold, day_bought = _counts(volume, amount, sold, bought)
            sizes = self._sizes
            price_units, (quantity, aggressor) = sizes[price], self._shares[shares]
            instrument, listed_on = self._items[item]
            if time != self._second:
                self._at = nearest_moment(parse_time(time, "trade"), self._now())
                self._second = time
            if not price_units or day_volume < 0:
                raise ValueError("negative where a count is needed")
            return Trade(
                instrument, self._at, price_units, quantity, aggressor, day_volume, day_amount * MILLION,
                sizes[opened], sizes[high], sizes[low], self._signed[change], sizes[ask], sizes[bid],
                _NXT.get(venue, listed_on), _SESSIONS.get(session, _REGULAR), False, _KRW,
                day_bought if day_bought >= 0 else None, day_sold if day_sold >= 0 else None,
            )  # fmt: skip
        except ValueError as error:
            raise Garbled("0B", "unreadable field") from error

    def book(self, item: str, push: msgspec.Struct) -> Book:
        """Raises Garbled."""
        time, _, expected, expected_quantity, *texts = astuple(push)
        try:
            total_ask, total_bid, *numbers = _book_numbers(texts)
            units = abs(whole(expected or "0")) or None
            quantity = whole(expected_quantity or "0") if units else None
            at = self._moment("book", time)
            instrument, venue = self._items[item]
        except ValueError as error:
            raise Garbled("0D", "unreadable field") from error
        asks, bids = _levels(numbers[:10], numbers[20:30]), _levels(numbers[10:20], numbers[30:])
        book = Book(instrument, at, asks, bids, total_ask, total_bid, units, quantity, venue)
        self._books[instrument] = book
        return book

    def expected(self, item: str, push: ExpectedPush) -> Book | None:
        """The last book with the price that a call auction would give now; None before the first. Raises Garbled."""
        try:
            price, quantity = abs(whole(push.price)), abs(whole(push.quantity))
            book = self._books.get(self._items[item][0])
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

    def _moment(self, kind: str, second: str) -> datetime:
        """Times come without a date. One that stands still keeps its date: yesterday evening's is not today's because
        midnight has passed."""
        known = self._seconds.get(kind)
        if known is not None and known[0] == second:
            return known[1]
        at = nearest_moment(parse_time(second, kind), self._now())
        self._seconds[kind] = (second, at)
        return at


def _counts(volume: str, amount: str, sold: str, bought: str) -> list[int]:
    """Numbers however they are written; shares by aggressor are negative where the feed does not say. Raises
    ValueError."""
    said = [int(text) if text.isdecimal() else _NOT_SAID for text in (sold, bought)]
    return [whole(volume), whole(amount), *said]


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
