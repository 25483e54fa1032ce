"""KIS data frames to trades and books (kis.md 5.4, 5.6). Fast: this runs for every trade of every shown instrument.

A frame is ``<enc>|<topic>|<count>|<fields joined by ^>``; several records follow each other without a separator, so a
record's width is total / count and never a constant: new fields come at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import itemgetter
from typing import TypeAlias

import msgspec

from hoga.base.clock import KST
from hoga.broker.fields import nearest_moment, parse_day, parse_time
from hoga.broker.kis.codes import bare_code
from hoga.broker.whole_numbers import read_row, whole_numbers
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency

TRADE_WIDTH = 46
BOOK_WIDTH = 59
_WIDE_TRADE = 47
_WIDE_BOOK = 63
_NO_FIELD = "^"
"""What no field can be: it separates them."""
_NEVER = datetime.min.replace(tzinfo=KST)
_MOST_STATES = 200
_MOST_INSTRUMENTS = 10_000


class Garbled(ValueError):
    """A frame or record that cannot be read. ``where`` names the topic; nothing of the content is kept."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


Frame: TypeAlias = tuple[str, int, list[str], str]
"""A data frame taken apart: topic, number of records, fields of a plain frame, Base64 text of an encrypted one."""

_COUNTS = {f"{count:0{digits}d}": count for digits in (1, 2, 3) for count in range(1, 1000)}


def open_frame(text: str) -> Frame:
    """Split a data frame; raises Garbled when it is not one or its count does not divide its fields."""
    try:
        encrypted, topic, count_text, payload = text.split("|", 3)
    except ValueError:
        raise Garbled("frame", "not a data frame") from None
    count = 1 if count_text == "001" else _COUNTS.get(count_text)
    if count is None:
        raise Garbled(topic, "no record count")
    if encrypted != "0":
        if encrypted != "1":
            raise Garbled("frame", "not a data frame")
        return topic, count, [], payload
    values = payload.split("^")
    if count > 1 and len(values) % count:
        raise Garbled(topic, "the fields do not divide into the records")
    return topic, count, values, ""


# Looking a member up in its enum costs more than reading a number, hence the names.
_KRX, _KRW, _REGULAR, _NO_AGGRESSOR = Venue.KRX, Currency.KRW, MarketSession.REGULAR, Aggressor.NONE
_AGGRESSORS = {"1": Aggressor.BUYER, "5": Aggressor.SELLER}
_HOUR_SESSIONS = {
    "A": MarketSession.CLOSED,
    "B": MarketSession.PRE,
    "C": MarketSession.INTERRUPTION,
    "D": MarketSession.AFTER,
}
_PHASES = {"1": MarketSession.OPENING_AUCTION, "3": MarketSession.CLOSE_PRICE, "4": MarketSession.AFTER}
_CLASSES = {"1": MarketSession.PRE, "2": MarketSession.REGULAR, "3": MarketSession.AFTER, "5": MarketSession.CLOSED}


class StreamDecoder:
    """Turns plain records into trades and books. Keeps what repeats from record to record: instruments, seconds."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._instruments: dict[str, InstrumentId] = {}
        self._sessions: dict[tuple[str, str, str], MarketSession] = {}
        self._day = self._second = _NO_FIELD
        self._at = _NEVER
        self._book_second = _NO_FIELD
        self._book_at = _NEVER

    def trades(self, frame: Frame) -> list[Trade]:
        """Every record of an ``H0STCNT0`` frame. A price off the tick grid is a price (trades at the mid are)."""
        topic, count, values, _ = frame
        try:
            if count == 1 and len(values) >= TRADE_WIDTH:
                return [self._trade(values)]
            return [self._trade(record) for record in _records(frame, TRADE_WIDTH)]
        except Garbled:
            raise
        except ValueError as error:
            raise Garbled(topic, "unreadable field") from error

    def books(self, frame: Frame) -> list[Book]:
        """Every record of an ``H0STASP0`` frame."""
        topic, count, values, _ = frame
        try:
            if count == 1 and len(values) >= BOOK_WIDTH:
                return [self._book(values)]
            return [self._book(record) for record in _records(frame, BOOK_WIDTH)]
        except Garbled:
            raise
        except ValueError as error:
            raise Garbled(topic, "unreadable field") from error

    def _trade(self, f: list[str]) -> Trade:
        try:
            numbers = read_row(f"[{','.join(_TRADE_NUMBERS(f))}]")
        except msgspec.MsgspecError:
            numbers = _needed_numbers(f)
        price, change, opened, high, low, ask, bid, quantity, volume, amount, sold, bought = numbers
        if price <= 0 or quantity < 0 or volume < 0:
            raise ValueError("negative where a count is needed")
        if f[1] != self._second or f[33] != self._day:
            self._at = datetime.combine(parse_day(f[33], "trade"), parse_time(f[1], "trade"), KST)
            self._day, self._second = f[33], f[1]
        state = (f[34], f[43], f[46] if len(f) >= _WIDE_TRADE else "")
        return Trade(
            self._instruments.get(f[0]) or self._instrument(f[0]), self._at, price, quantity,
            _AGGRESSORS.get(f[21], _NO_AGGRESSOR), volume, amount, opened, high, low, change, ask, bid,
            _KRX, self._sessions.get(state) or self._session(state), f[35] == "Y", _KRW,
            bought if bought >= 0 else None, sold if sold >= 0 else None,
        )  # fmt: skip

    def _book(self, f: list[str]) -> Book:
        asks, bids, (total_ask, total_bid, expected, quantity) = _book_numbers(f)
        return Book(
            self._instruments.get(f[0]) or self._instrument(f[0]),
            self._book_at if f[1] == self._book_second else self._book_moment(f[1]),
            asks, bids, total_ask, total_bid, expected or None, quantity if expected else None,
            _KRX, _book_session(f[2], f[62] if len(f) >= _WIDE_BOOK else ""), _KRW,
        )  # fmt: skip

    def _instrument(self, code: str) -> InstrumentId:
        instrument = InstrumentId(bare_code(code))
        if len(self._instruments) < _MOST_INSTRUMENTS:
            self._instruments[code] = instrument
        return instrument

    def _session(self, state: tuple[str, str, str]) -> MarketSession:
        session = _trade_session(*state)
        if len(self._sessions) < _MOST_STATES:
            self._sessions[state] = session
        return session

    def _book_moment(self, second: str) -> datetime:
        """Book records have a time but no date. A time that stands still keeps its date: a book of yesterday evening
        is not today's because midnight has passed.
        """
        at = nearest_moment(parse_time(second, "book"), self._now())
        self._book_second, self._book_at = second, at
        return at


def _records(frame: Frame, least: int) -> list[list[str]]:
    """The fields of each record. Raises Garbled where they are too few."""
    topic, count, values, _ = frame
    width = len(values) // count
    if width < least:
        raise Garbled(topic, f"{width} fields where {least} are needed")
    return [values] if count == 1 else [values[start : start + width] for start in range(0, len(values), width)]


_TRADE_NUMBERS = itemgetter(2, 4, *range(7, 15), 19, 20)
"""Price, change, open, high, low, ask, bid, quantity, volume, amount; shares by the seller's and the buyer's will."""
_NO_COUNT = -1


def _needed_numbers(f: list[str]) -> list[int]:
    """The same numbers, where the feed may not say the last two."""
    said = [int(text) if text.isdecimal() else _NO_COUNT for text in f[19:21]]
    return [*whole_numbers(_TRADE_NUMBERS(f)[:-2]), *said]


def _book_numbers(f: list[str]) -> tuple[tuple[Level, ...], tuple[Level, ...], list[int]]:
    """Asks, bids, and: shares asked and bid in all, the price and the shares that an auction would give."""
    try:
        numbers = whole_numbers(f[3:45] + f[47:49])
    except ValueError:
        # A level that is not there may be blank instead of 0, and what stands beside it then says nothing.
        prices = [text or "0" for text in f[3:23]]
        quantities = [text if f[3 + n] else "0" for n, text in enumerate(f[23:43])]
        numbers = whole_numbers([*prices, *quantities, f[43], f[44], f[47], f[48] if int(f[47]) else "0"])
    return _levels(numbers[:10], numbers[20:30]), _levels(numbers[10:20], numbers[30:40]), numbers[40:]


def _levels(prices: list[int], quantities: list[int]) -> tuple[Level, ...]:
    lowest = min(prices)
    if lowest < 0 or min(quantities) < 0:
        raise ValueError("negative where a count is needed")
    levels = tuple(map(Level, prices, quantities))
    return levels if lowest else tuple(level for level in levels if level.price_units)


def _trade_session(phase: str, hour: str, market: str) -> MarketSession:
    """The newest field wins; a code that nobody has documented counts as regular (kis.md 5.6)."""
    if market in _CLASSES:
        return _CLASSES[market]
    return _HOUR_SESSIONS.get(hour) or _PHASES.get(phase[:1], _REGULAR)


def _book_session(hour: str, market: str) -> MarketSession:
    return _HOUR_SESSIONS.get(hour) or _CLASSES.get(market, _REGULAR)
