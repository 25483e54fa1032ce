"""The format of a recording, version 1. Whole numbers and text only: no number in it was ever a float.

A recording is a folder of segments (``*.hogarec``). A segment is the eight bytes ``hogarec`` + newline, then frames. A
frame is the length of its payload and the CRC-32 of it (two unsigned 32-bit numbers, little-endian), then the payload.
The first payload is msgpack ``[version, market]``. Every other is zlib over msgpack ``[base, instruments, events]``:

base         the first event's arrival, microseconds since 1970 (UTC)
instruments  ``[code, country]`` of every instrument in the frame; events name them by index
events       ``[kind, instrument, arrival, ...]``, in the order of arrival; the arrival counts microseconds from the
             event before (the first: from ``base``), and moments of an event count from its arrival

A frame stands alone: what was cut off or spoiled behind it takes nothing from it. Words of the market (aggressor,
session, venue) are written as their places in the tuples below, which only ever grow at the end.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.instruments import Country, Instrument, InstrumentId, Market, ProductType, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency

MAGIC = b"hogarec\n"
VERSION = 1
SUFFIX = ".hogarec"
MOST_PAYLOAD = 64 * 1024 * 1024
"""No frame is longer: a longer length was spoiled."""

AGGRESSORS = (Aggressor.NONE, Aggressor.BUYER, Aggressor.SELLER)
SESSIONS = (
    MarketSession.REGULAR, MarketSession.PRE, MarketSession.OPENING_AUCTION, MarketSession.CLOSING_AUCTION,
    MarketSession.CLOSE_PRICE, MarketSession.AFTER, MarketSession.INTERRUPTION, MarketSession.CLOSED,
)  # fmt: skip
VENUES = (Venue.KRX, Venue.NXT, Venue.SOR, Venue.US)
CURRENCIES = (Currency.KRW, Currency.USD, Currency.HKD, Currency.JPY, Currency.CNY, Currency.VND)

TRADE, BOOK, LISTING = 0, 1, 2
_EPOCH = datetime(1970, 1, 1, 9, tzinfo=KST)
_MICRO = timedelta(microseconds=1)
_HEAD = struct.Struct("<II")
_AGGRESSOR = {one: place for place, one in enumerate(AGGRESSORS)}
_SESSION = {one: place for place, one in enumerate(SESSIONS)}
_VENUE = {one: place for place, one in enumerate(VENUES)}
_CURRENCY = {one: place for place, one in enumerate(CURRENCIES)}

Value: TypeAlias = Trade | Book | Instrument


class FrameSpoiled(ValueError):
    """What stands here is no whole frame."""


class NewerFormat(ValueError):
    """Written by a newer hoga."""


class Arrived(Struct, frozen=True):
    """What was received, and when, in the market's time."""

    at: datetime
    value: Value

    @property
    def instrument(self) -> InstrumentId:
        return self.value.id if isinstance(self.value, Instrument) else self.value.instrument


def micros(moment: datetime) -> int:
    """Microseconds since 1970. Raises TypeError for a moment without a zone."""
    return (moment - _EPOCH) // _MICRO


def moment(micros: int) -> datetime:
    return _EPOCH + micros * _MICRO


# --- frames ---------------------------------------------------------------------------------------------------------


def framed(payload: bytes) -> bytes:
    return _HEAD.pack(len(payload), zlib.crc32(payload)) + payload


def header(market: str) -> bytes:
    """How a segment begins."""
    return MAGIC + framed(msgspec.msgpack.encode([VERSION, market]))


def payload_at(data: bytes, offset: int) -> tuple[bytes, int]:
    """The payload of the frame at ``offset``, and where the next one begins. Raises FrameSpoiled."""
    if len(data) - offset < _HEAD.size:
        raise FrameSpoiled("the frame's head is cut off")
    length, checksum = _HEAD.unpack_from(data, offset)
    end = offset + _HEAD.size + length
    if length > MOST_PAYLOAD or end > len(data):
        raise FrameSpoiled("the frame is cut off")
    payload = data[offset + _HEAD.size : end]
    if zlib.crc32(payload) != checksum:
        raise FrameSpoiled("the frame's checksum is wrong")
    return payload, end


def read_header(data: bytes) -> tuple[str, int]:
    """The market of a segment, and where its first frame begins. Raises FrameSpoiled, NewerFormat."""
    if not data.startswith(MAGIC):
        raise FrameSpoiled("this is no recording")
    payload, end = payload_at(data, len(MAGIC))
    version, *rest = msgspec.msgpack.decode(payload)
    if version != VERSION:
        raise NewerFormat(f"version {version}")
    return str(rest[0]), end


# --- events ---------------------------------------------------------------------------------------------------------


def encode(events: Sequence[Arrived]) -> bytes:
    """The payload of one frame. Raises ValueError for no events."""
    if not events:
        raise ValueError("a frame holds at least one event")
    base = before = micros(events[0].at)
    places: dict[InstrumentId, int] = {}
    rows: list[list[Any]] = []
    for event in events:
        at = micros(event.at)
        place = places.setdefault(event.instrument, len(places))
        rows.append(_row(event.value, place, at - before, at))
        before = at
    named = [[one.code, one.country.value] for one in places]
    return zlib.compress(msgspec.msgpack.encode([base, named, rows]), 1)


def decode(payload: bytes) -> list[Arrived]:
    """The events of one frame, in the order of arrival. Raises FrameSpoiled."""
    try:
        at, named, rows = msgspec.msgpack.decode(zlib.decompress(payload))
        instruments = [InstrumentId(code, Country(country)) for code, country in named]
        events = []
        for kind, place, since, *rest in rows:
            at += since
            events.append(Arrived(moment(at), _READERS[kind](instruments[place], at, rest)))
    except (zlib.error, msgspec.DecodeError, ValueError, LookupError, TypeError) as error:
        raise FrameSpoiled("the frame cannot be read") from error
    return events


def _row(value: Value, place: int, since: int, at: int) -> list[Any]:
    if isinstance(value, Trade):
        return [
            TRADE, place, since, micros(value.at) - at, value.price_units, value.quantity,
            _AGGRESSOR[value.aggressor], value.day_volume, value.day_amount_units, value.open_units, value.high_units,
            value.low_units, value.change_units, value.ask_units, value.bid_units, _VENUE[value.venue],
            _SESSION[value.session], value.halted, _CURRENCY[value.currency], value.day_bought, value.day_sold,
        ]  # fmt: skip
    if isinstance(value, Book):
        return [
            BOOK, place, since, micros(value.at) - at, _flat(value.asks), _flat(value.bids), value.total_ask,
            value.total_bid, value.expected_units, value.expected_quantity, _VENUE[value.venue],
            _SESSION[value.session], _CURRENCY[value.currency],
        ]  # fmt: skip
    return [
        LISTING, place, since, value.market.value, value.product.value, value.name_ko, value.name_en,
        _CURRENCY[value.currency], value.limit_multiple,
    ]  # fmt: skip


def _flat(levels: Sequence[Level]) -> list[int]:
    return [number for level in levels for number in (level.price_units, level.quantity)]


def _levels(flat: list[int]) -> tuple[Level, ...]:
    return tuple(Level(price, quantity) for price, quantity in zip(flat[::2], flat[1::2], strict=True))


def _trade(instrument: InstrumentId, arrived: int, row: list[Any]) -> Trade:
    (
        at, price, quantity, aggressor, volume, amount, opened, high, low, change, ask, bid, venue, session, halted,
        currency, bought, sold,
    ) = row  # fmt: skip
    return Trade(
        instrument, moment(arrived + at), price, quantity, AGGRESSORS[aggressor], volume, amount, opened, high, low,
        change, ask, bid, VENUES[venue], SESSIONS[session], halted, CURRENCIES[currency], bought, sold,
    )  # fmt: skip


def _book(instrument: InstrumentId, arrived: int, row: list[Any]) -> Book:
    at, asks, bids, total_ask, total_bid, expected, expected_quantity, venue, session, currency = row
    return Book(
        instrument, moment(arrived + at), _levels(asks), _levels(bids), total_ask, total_bid, expected,
        expected_quantity, VENUES[venue], SESSIONS[session], CURRENCIES[currency],
    )  # fmt: skip


def _listing(instrument: InstrumentId, _arrived: int, row: list[Any]) -> Instrument:
    market, product, ko, en, currency, multiple = row
    return Instrument(
        instrument, Market(market), ProductType(product), ko, en, currency=CURRENCIES[currency], limit_multiple=multiple
    )  # fmt: skip


_READERS: dict[int, Callable[[InstrumentId, int, list[Any]], Value]] = {TRADE: _trade, BOOK: _book, LISTING: _listing}
