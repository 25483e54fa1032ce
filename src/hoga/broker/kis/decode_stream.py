"""KIS data frames to trades and books (kis.md 5.4, 5.6). Fast: this runs for every trade of every shown instrument.

A frame is ``<enc>|<topic>|<count>|<fields joined by ^>``; several records follow each other without a separator, so a
record's width is total / count and never a constant: new fields come at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import TypeAlias

from hoga.base.clock import KST
from hoga.broker.fields import nearest_moment, parse_day, parse_time
from hoga.broker.kis.codes import bare_code
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency

TRADE_WIDTH = 46
BOOK_WIDTH = 59
_WIDE_TRADE = 47
_WIDE_BOOK = 63
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
    parts = text.split("|", 3)
    if len(parts) != 4:
        raise Garbled("frame", "not a data frame")
    encrypted, topic, count_text, payload = parts
    count = _COUNTS.get(count_text)
    if count is None:
        raise Garbled(topic, "no record count")
    if encrypted != "0":
        if encrypted != "1":
            raise Garbled("frame", "not a data frame")
        return topic, count, [], payload
    values = payload.split("^")
    if len(values) % count:
        raise Garbled(topic, "the fields do not divide into the records")
    return topic, count, values, ""


class _OpenTrade:
    """Trade before it is frozen. WORKAROUND: filling a frozen dataclass costs four times as much per trade; an
    object of the same layout is filled first and then becomes a Trade.
    """

    __slots__ = tuple(field.name for field in fields(Trade))

    instrument: InstrumentId
    at: datetime
    price_units: int
    quantity: int
    aggressor: Aggressor
    day_volume: int
    day_amount_units: int
    open_units: int
    high_units: int
    low_units: int
    change_units: int
    ask_units: int
    bid_units: int
    venue: Venue
    session: MarketSession
    halted: bool
    currency: Currency
    day_bought: int | None
    day_sold: int | None


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
        self._second = ("", "")
        self._second_at: datetime | None = None
        self._book_second = ""
        self._book_at: datetime | None = None

    def trades(self, frame: Frame) -> list[Trade]:
        """Every record of an ``H0STCNT0`` frame. A price off the tick grid is a price (trades at the mid are)."""
        topic, records, values, _ = frame
        width = len(values) // records
        if width < TRADE_WIDTH:
            raise Garbled(topic, f"{width} fields where {TRADE_WIDTH} are needed")
        try:
            return [self._trade(values, start, width) for start in range(0, len(values), width)]
        except ValueError as error:
            raise Garbled(topic, "unreadable field") from error

    def books(self, frame: Frame) -> list[Book]:
        """Every record of an ``H0STASP0`` frame."""
        topic, records, values, _ = frame
        width = len(values) // records
        if width < BOOK_WIDTH:
            raise Garbled(topic, f"{width} fields where {BOOK_WIDTH} are needed")
        try:
            return [self._book(values[start : start + width]) for start in range(0, len(values), width)]
        except ValueError as error:
            raise Garbled(topic, "unreadable field") from error

    def _trade(self, f: list[str], o: int, width: int) -> Trade:
        trade = _OpenTrade()
        trade.instrument = self._instruments.get(f[o]) or self._instrument(f[o])
        second = (f[o + 33], f[o + 1])
        trade.at = self._second_at if second == self._second and self._second_at else self._moment(*second)
        trade.price_units = int(f[o + 2])
        trade.change_units = int(f[o + 4])
        (
            trade.open_units,
            trade.high_units,
            trade.low_units,
            trade.ask_units,
            trade.bid_units,
            trade.quantity,
            trade.day_volume,
            trade.day_amount_units,
        ) = map(int, f[o + 7 : o + 15])
        trade.aggressor = _AGGRESSORS.get(f[o + 21], _NO_AGGRESSOR)
        trade.venue = _KRX
        state = (f[o + 34], f[o + 43], f[o + 46] if width >= _WIDE_TRADE else "")
        trade.session = self._sessions.get(state) or self._session(state)
        trade.halted = f[o + 35] == "Y"
        trade.currency = _KRW
        sold, bought = f[o + 19], f[o + 20]
        trade.day_sold = int(sold) if sold.isdecimal() else None
        trade.day_bought = int(bought) if bought.isdecimal() else None
        if trade.price_units <= 0 or trade.quantity < 0 or trade.day_volume < 0:
            raise ValueError("negative where a count is needed")
        trade.__class__ = Trade  # type: ignore[assignment]  # same slots, see _OpenTrade
        return trade  # type: ignore[return-value]

    def _book(self, f: list[str]) -> Book:
        expected = int(f[47])
        return Book(
            instrument=self._instruments.get(f[0]) or self._instrument(f[0]),
            at=self._book_at if f[1] == self._book_second and self._book_at else self._book_moment(f[1]),
            asks=_levels(f[3:13], f[23:33]),
            bids=_levels(f[13:23], f[33:43]),
            total_ask=int(f[43]),
            total_bid=int(f[44]),
            expected_units=expected or None,
            expected_quantity=int(f[48]) if expected else None,
            session=_book_session(f[2], f[62] if len(f) >= _WIDE_BOOK else ""),
        )

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

    def _moment(self, day: str, second: str) -> datetime:
        at = datetime.combine(parse_day(day, "trade"), parse_time(second, "trade"), KST)
        self._second, self._second_at = (day, second), at
        return at

    def _book_moment(self, second: str) -> datetime:
        """Book records have a time but no date. A time that stands still keeps its date: a book of yesterday evening
        is not today's because midnight has passed.
        """
        at = nearest_moment(parse_time(second, "book"), self._now())
        self._book_second, self._book_at = second, at
        return at


def _levels(prices: list[str], quantities: list[str]) -> tuple[Level, ...]:
    return tuple(
        Level(int(price), int(quantity))
        for price, quantity in zip(prices, quantities, strict=True)
        if price != "0" and price
    )


def _trade_session(phase: str, hour: str, market: str) -> MarketSession:
    """The newest field wins; a code that nobody has documented counts as regular (kis.md 5.6)."""
    if market in _CLASSES:
        return _CLASSES[market]
    return _HOUR_SESSIONS.get(hour) or _PHASES.get(phase[:1], _REGULAR)


def _book_session(hour: str, market: str) -> MarketSession:
    return _HOUR_SESSIONS.get(hour) or _CLASSES.get(market, _REGULAR)
