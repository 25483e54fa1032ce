"""What is played: events in pieces, read one piece at a time, with the candles that they make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.market_data import Book, Candle, Trade
from hoga.storage.recordings.frames import Arrived
from hoga.storage.recordings.reader import Index, events_of, of_newest_day, scan

MINUTE = timedelta(minutes=1)
_PIECE = 500


class Bar(Struct, frozen=True):
    """A candle of a recording that holds no trades; it is known once it has ended."""

    instrument: InstrumentId
    candle: Candle
    span: timedelta


Played: TypeAlias = Trade | Book | Bar


class Event(Struct, frozen=True):
    """What came, and when: never earlier than what came before it."""

    at: datetime
    value: Played


class Piece(Struct, frozen=True):
    """So many events that follow each other. ``kinds``: what of which instruments is among them."""

    first: datetime
    last: datetime
    kinds: frozenset[tuple[InstrumentId, type]]


class Reading(Protocol):
    """Where pieces come from."""

    @property
    def pieces(self) -> Sequence[Piece]: ...

    def read(self, piece: int) -> list[Event]:
        """Raises RecordingUnreadable."""
        ...


@dataclass
class Candles:
    """Whole candles of one recording, by instrument, oldest first; ``span`` is what one of ``minutes`` covers."""

    minutes: dict[InstrumentId, list[Candle]] = field(default_factory=dict)
    days: dict[InstrumentId, list[Candle]] = field(default_factory=dict)
    span: timedelta = MINUTE

    def trade(self, trade: Trade) -> None:
        minutes = self.minutes.setdefault(trade.instrument, [])
        start = minute_of(trade.at)
        if not minutes or minutes[-1].start < start:
            minutes.append(first_of(trade))
        elif minutes[-1].start == start:
            minutes[-1] = with_trade(minutes[-1], trade)
        days = self.days.get(trade.instrument, [])
        start = midnight(trade.at)
        self._day(trade.instrument, day_so_far(days[-1] if days and days[-1].start == start else None, trade))

    def bar(self, bar: Bar) -> None:
        self.span = bar.span
        minutes = self.minutes.setdefault(bar.instrument, [])
        if minutes and minutes[-1].start >= bar.candle.start:
            return  # told twice
        minutes.append(bar.candle)
        day = self.days.get(bar.instrument, [])
        start = midnight(bar.candle.start)
        whole = replace(bar.candle, start=start)
        self._day(bar.instrument, together(day[-1], whole) if day and day[-1].start == start else whole)

    def _day(self, instrument: InstrumentId, day: Candle) -> None:
        days = self.days.setdefault(instrument, [])
        if days and days[-1].start == day.start:
            days[-1] = day
        elif not days or days[-1].start < day.start:
            days.append(day)


@dataclass(frozen=True)
class Tape:
    """A recording, ready to be played. ``notes`` say what of it could not be read."""

    name: str
    reading: Reading
    candles: Candles
    listings: dict[InstrumentId, Instrument]
    notes: tuple[Message, ...] = ()

    @property
    def first(self) -> datetime:
        return self.reading.pieces[0].first

    @property
    def last(self) -> datetime:
        return self.reading.pieces[-1].last

    def piece_at(self, moment: datetime) -> int:
        """The last piece that had begun by then; 0 before the first."""
        return max(bisect_right(self.reading.pieces, moment, key=lambda piece: piece.first) - 1, 0)


# --- from files and from memory --------------------------------------------------------------------------------------


class _Files:
    """Pieces of segments on the disk, one frame each."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._floors: list[datetime] = []
        floor = index.stretches[0].first
        pieces = []
        for stretch in index.stretches:
            self._floors.append(floor)
            first, floor = max(floor, stretch.first), max(floor, stretch.last)
            pieces.append(Piece(first, floor, stretch.kinds))
        self.pieces = pieces

    def read(self, piece: int) -> list[Event]:
        return in_order(events_of(self._index.files, self._index.stretches[piece]), self._floors[piece])


class _Memory:
    """Pieces of what was read at once."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._parts = [list(events[at : at + _PIECE]) for at in range(0, len(events), _PIECE)]
        self.pieces = [
            Piece(part[0].at, part[-1].at, frozenset((one.value.instrument, type(one.value)) for one in part))
            for part in self._parts
        ]

    def read(self, piece: int) -> list[Event]:
        return self._parts[piece]


def in_order(arrived: Iterable[Arrived], floor: datetime) -> list[Event]:
    """What is played of it; a clock that was set back in between stands still instead."""
    events = []
    for one in arrived:
        floor = max(floor, one.at)
        if not isinstance(one.value, Instrument):
            events.append(Event(floor, one.value))
    return events


def tape_of_files(path: Path) -> Tape:
    """A segment, or the newest day of a folder. Raises RecordingUnreadable."""
    files = of_newest_day(path) if path.is_dir() else [path]
    candles, listings = Candles(), dict[InstrumentId, Instrument]()
    index = scan(files, _gather(candles, listings))
    notes = tuple(Message("REPLAY_CUT", {"bytes": cut.bytes}) for cut in index.cuts)
    return Tape(path.name, _Files(index), candles, listings, notes)


def tape_of_events(name: str, events: Sequence[Event], notes: tuple[Message, ...] = ()) -> Tape:
    """Events that are all there, in order. Raises ValueError for none."""
    if not events:
        raise ValueError("there is nothing to play")
    candles, listings = Candles(), dict[InstrumentId, Instrument]()
    for event in events:
        if isinstance(event.value, Bar):
            candles.bar(event.value)
        elif isinstance(event.value, Trade):
            candles.trade(event.value)
        _list(listings, event.value.instrument)
    return Tape(name, _Memory(events), candles, listings, notes)


def _gather(candles: Candles, listings: dict[InstrumentId, Instrument]) -> Callable[[Arrived], None]:
    def hear(one: Arrived) -> None:
        if isinstance(one.value, Instrument):
            listings[one.value.id] = one.value
            return
        if isinstance(one.value, Trade):
            candles.trade(one.value)
        _list(listings, one.instrument)

    return hear


def _list(listings: dict[InstrumentId, Instrument], id: InstrumentId) -> None:
    """What nobody named is called by its code."""
    if id not in listings:
        listings[id] = Instrument(id, Market.KOSPI, ProductType.STOCK, id.code)


# --- candles --------------------------------------------------------------------------------------------------------


def minute_of(moment: datetime) -> datetime:
    return moment.astimezone(KST).replace(second=0, microsecond=0)


def midnight(moment: datetime) -> datetime:
    return moment.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)


def first_of(trade: Trade) -> Candle:
    price, amount = trade.price_units, trade.price_units * trade.quantity
    return Candle(minute_of(trade.at), price, price, price, price, trade.quantity, amount, trade.currency)


def with_trade(candle: Candle, trade: Trade) -> Candle:
    return together(candle, first_of(trade))


def together(one: Candle, next_one: Candle) -> Candle:
    """Two that follow each other, as one that starts with the first."""
    return replace(
        one,
        high_units=max(one.high_units, next_one.high_units),
        low_units=min(one.low_units, next_one.low_units),
        close_units=next_one.close_units,
        volume=one.volume + next_one.volume,
        amount_units=one.amount_units + next_one.amount_units,
    )


def day_so_far(before: Candle | None, trade: Trade) -> Candle:
    """The day with one more trade. Where the trade does not tell the day's open, high and low, they are those of the
    trades before it."""
    if trade.open_units > 0:
        return day_of(trade)
    own = replace(first_of(trade), start=midnight(trade.at))
    whole = own if before is None else together(before, own)
    return replace(whole, volume=trade.day_volume, amount_units=trade.day_amount_units)


def day_of(trade: Trade) -> Candle:
    """The day so far, as a trade tells it."""
    return Candle(
        midnight(trade.at), trade.open_units, trade.high_units, trade.low_units, trade.price_units, trade.day_volume,
        trade.day_amount_units, trade.currency,
    )  # fmt: skip
