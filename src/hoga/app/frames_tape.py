"""Tapes out of what a broker's socket sent, frame by frame, as it was saved: read by the same decoders as live frames.

A file has one frame a line: the text as it came, or an object with it under ``raw`` and, where that was saved too, the
moment it came under ``at`` (with a zone). Trades and books are played; whatever else the socket said is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

import msgspec

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.kis import decode_stream as kis
from hoga.broker.kis.ids import BOOK_TOPIC, TRADES_TOPIC
from hoga.broker.kiwoom import decode_stream as kiwoom
from hoga.broker.kiwoom import messages
from hoga.broker.kiwoom.pushes import BookPush, ExpectedPush, TradePush, read_push
from hoga.domain.market_data import Book, Trade
from hoga.storage.recordings.reader import RecordingUnreadable
from hoga.trading.replay.tape import Event, Tape, tape_of_events

FRAMES = (".jsonl", ".frames")
"""How files of frames end."""
_LATE = time(23, 50)
"""Frames without a date are of a day that is as good as over; see ``nearest_moment``."""


class _Line(msgspec.Struct):
    raw: str | None = None
    at: datetime | None = None


class _Reader:
    """Reads line after line. Frames without a date take that of the trade before them, at first the file's own."""

    def __init__(self, saved: datetime) -> None:
        self.events: list[Event] = []
        self.unread = 0
        self._now = datetime.combine(saved.astimezone(KST).date(), _LATE, KST)
        self._kis, self._kiwoom = kis.StreamDecoder(self._when), kiwoom.StreamDecoder(self._when)
        self._line = msgspec.json.Decoder(_Line)

    def _when(self) -> datetime:
        return self._now

    def take(self, text: str) -> None:
        at = None
        if text.startswith("{"):
            try:
                line = self._line.decode(text)
            except msgspec.MsgspecError:
                self.unread += 1
                return
            text, at = line.raw or text, line.at
        if at is not None:
            self._now = at
        try:
            for value in self._values(text):
                if isinstance(value, Trade) and at is None:
                    self._now = datetime.combine(value.at.astimezone(KST).date(), _LATE, KST)
                self.events.append(Event(at or value.at, value))
        except (kis.Garbled, messages.Garbled):
            self.unread += 1

    def _values(self, text: str) -> Iterable[Trade | Book]:
        """Raises Garbled. Nothing of what is no market data."""
        if text[:2] in ("0|", "1|"):
            frame = kis.open_frame(text)
            if frame[0] == TRADES_TOPIC:
                return self._kis.trades(frame)
            return self._kis.books(frame) if frame[0] == BOOK_TOPIC else ()
        if not text.startswith('{"') or '"REAL"' not in text:
            return ()  # an answer of the server, or no frame at all
        return [one for entry in messages.entries(messages.read_frame(text)) for one in self._pushed(entry)]

    def _pushed(self, entry: messages.Entry) -> Iterable[Trade | Book]:
        if entry.type not in _MARKET:
            return ()
        record = read_push(entry)
        if isinstance(record, TradePush):
            return (self._kiwoom.trade(entry.item, record),)
        if isinstance(record, BookPush):
            return (self._kiwoom.book(entry.item, record),)
        book = self._kiwoom.expected(entry.item, record) if isinstance(record, ExpectedPush) else None
        return () if book is None else (book,)


_MARKET = ("0B", "0D", "0H")


def tape_of_frames(path: Path) -> Tape:
    """Raises RecordingUnreadable, also where no trade and no book is in it."""
    try:
        reader = _Reader(datetime.fromtimestamp(path.stat().st_mtime, UTC))
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.strip():
                    reader.take(line.strip())
    except OSError as error:
        values = {"file": path.name, "why": error.strerror or str(error)}
        raise RecordingUnreadable(Message("RECORDING_UNREADABLE", values)) from error
    if not reader.events:
        raise RecordingUnreadable(Message("RECORDING_NONE", {"file": path.name}))
    notes = (Message("REPLAY_UNREAD", {"lines": reader.unread}),) if reader.unread else ()
    return tape_of_events(path.name, sorted(reader.events, key=lambda event: event.at), notes)
