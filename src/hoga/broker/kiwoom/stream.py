"""The live connection of Kiwoom: one per app key, for trades, books and fills alike (kiwoom.md 5).

LOGIN with the token, then the account's own type, then what is leased; one request at a time, because answers do not
say what they speak of. After a reconnect everything is registered anew, and what was missed is read from REST before
the lights turn green.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime

import msgspec
from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.drift import DriftNotes
from hoga.broker.kiwoom import ids, messages
from hoga.broker.kiwoom.answers import TOKEN, verdict
from hoga.broker.kiwoom.decode_stream import StreamDecoder
from hoga.broker.kiwoom.host import KiwoomHost
from hoga.broker.kiwoom.messages import Entry, Frame, Garbled
from hoga.broker.kiwoom.notices import NoticeDecoder
from hoga.broker.kiwoom.pushes import BookPush, ExpectedPush, OrderPush, TradePush, read_push, records_of
from hoga.broker.kiwoom.wording import explain
from hoga.broker.live import STREAMS, Emit, GapFiller, LiveStream
from hoga.broker.port import Stream, StreamHealth, Topic, TopicKind, TopicRefused
from hoga.broker.stream import Outage, StreamEnded, Wire, WsConnect
from hoga.broker.tokens import Token, TokenKeeper, TokenNotYet, TokenRefused
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import TransportError

_ANSWER_SECONDS = 10.0
_AFTER_IN_USE = 10.0
_AFTER_REFUSED_LOGIN = 2.0
_TRY_FILLS_EVERY = 30.0
_TOKEN_PATIENCE = 5.0
_TYPES = {
    TopicKind.TRADES: (messages.TRADES_GROUP, (ids.TRADES_TYPE,)),
    TopicKind.BOOK: (messages.BOOK_GROUP, (ids.BOOK_TYPE, ids.EXPECTED_TYPE)),
}


class LiveHost(Struct, frozen=True):
    """The way to the broker's live host: how to connect, and whose token logs in."""

    host: KiwoomHost
    connect: WsConnect
    tokens: TokenKeeper
    clock: MarketClock


class KiwoomStream(LiveStream):
    """Speaks Kiwoom over a ``ResilientStream``."""

    def __init__(
        self,
        live: LiveHost,
        notices: NoticeDecoder,
        leases: TopicLeases,
        gaps: GapFiller,
        notes: DriftNotes,
        emit: Emit,
    ) -> None:
        super().__init__(live.clock, leases, gaps, emit, "kiwoom stream")
        self._live = live
        self._notes = notes
        self._decoder = StreamDecoder(live.clock.now)
        self._notices = notices
        self._token: Token | None = None
        self._dead_token: Token | None = None
        self._registered: set[Topic] = set()
        self._hears_fills = False
        self._asked: tuple[str, asyncio.Future[Frame]] | None = None
        self._missed_since: datetime | None = None
        self._missed = asyncio.Event()

    # --- StreamUser -------------------------------------------------------------------------------------------------

    async def connect(self) -> Wire:
        for stream in STREAMS:
            self._say(stream, StreamHealth.CONNECTING)
        if self._dead_token is not None:
            await self._live.tokens.invalidate(self._dead_token)
            self._dead_token = None
        try:
            self._token = await self._live.tokens.get(_TOKEN_PATIENCE)
        except TokenRefused as error:
            raise StreamEnded(error.message, wait=_AFTER_IN_USE) from error
        except (TokenNotYet, TransportError) as error:
            raise StreamEnded(Message("STREAM_UNREACHABLE")) from error
        return await self._live.connect(self._live.host.ws.at(ids.SOCKET_PATH))

    async def opened(self, wire: Wire) -> None:
        """Fills first, then prices; what was missed is filled while new wishes are already served."""
        self._forget_registrations()
        outage = self.line.outage()
        if outage is not None:
            self._missed_since = min(self._missed_since or outage.since, outage.since)
        await self._log_in(wire)
        await self._hear_fills(wire)
        await self._keep_registered(wire)
        await self._keep_up(wire, outage)

    def received(self, text: str) -> str | None:
        trades = self._decoder.trades(text)
        if trades is not None:
            for trade in trades:
                self._emit(trade)
            return None
        records = records_of(text)
        if records is not None:
            for record in records:
                self._told(record.item, record.values)
            return None
        try:
            frame = messages.read_frame(text)
            if frame.trnm == messages.PING:
                return text
            self._framed(frame)
        except Garbled as error:
            self._notes.refused(error.where, error.problem)
            if error.where in ("frame", "push") and f'"{ids.FILLS_TYPE}"' in text:
                self._missed_a_fill()
        return None

    def _framed(self, frame: Frame) -> None:
        """Anything but a push that reads as one. Raises Garbled and StreamEnded."""
        if frame.trnm == messages.PUSH:
            for entry in messages.entries(frame):
                self._pushed(entry)
        elif frame.trnm == messages.LOGIN and not frame.done:
            raise self._refused(frame)
        elif frame.trnm == messages.SYSTEM:
            self._ended_by_server(frame)
        elif self._asked is not None and self._asked[0] == frame.trnm and not self._asked[1].done():
            self._asked[1].set_result(frame)

    def _forget_registrations(self) -> None:
        self._registered.clear()
        self._hears_fills = False
        self._asked = None
        self._decoder.forget()
        self._leases.none_live()

    # --- asking -----------------------------------------------------------------------------------------------------

    async def _log_in(self, wire: Wire) -> None:
        if self._token is None:
            raise StreamEnded(Message("STREAM_UNREACHABLE"))
        await self._ask(wire, messages.LOGIN, messages.login(self._token.value.reveal()))

    def _refused(self, frame: Frame) -> StreamEnded:
        """A login that was refused. The server closes at once, so this cannot wait for whoever asked; a token that is
        no longer taken is ended before the next connection."""
        said = verdict({"return_code": frame.return_code, "return_msg": frame.return_msg})
        if said.code in TOKEN:
            self._dead_token = self._token
        return StreamEnded(said.why, wait=_AFTER_REFUSED_LOGIN)

    async def _hear_fills(self, wire: Wire) -> None:
        """A refusal is told and asked about again later: prices live without it."""
        answer = await self._ask(wire, messages.REGISTER, messages.register(messages.OWN_GROUP, (ids.FILLS_TYPE,), ()))
        if answer.done:
            self._hears_fills = True
            self._missed.set()
            return
        if self._missed_since is None:
            self._missed_since = self._clock.now()
        self._say(Stream.FILLS, StreamHealth.DOWN, explain(str(answer.return_code), answer.return_msg))

    async def _serve_wishes(self, wire: Wire) -> None:
        """Whatever is asked on a connection after its start is asked here, one thing after another."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if self._hears_fills else _TRY_FILLS_EVERY):
                    await self._wanted.wait()
            self._wanted.clear()
            await self._keep_registered(wire)
            if not self._hears_fills:
                await self._hear_fills(wire)

    async def _keep_registered(self, wire: Wire) -> None:
        """Make the registrations what the leases want: ends first, to make room."""
        wanted = self._leases.admitted
        gone = [topic for topic in self._registered if topic not in wanted]
        for kind, batch in _batches(gone):
            group, types = _TYPES[kind]
            await self._ask(wire, messages.REMOVE, messages.remove(group, types, _codes(batch)))
            self._registered.difference_update(batch)
        for kind, batch in _batches([topic for topic in wanted if topic not in self._registered]):
            await self._register(wire, kind, batch)

    async def _register(self, wire: Wire, kind: TopicKind, batch: list[Topic]) -> None:
        """All of ``batch`` at once; where that is refused, one by one, because no answer says which of them it was."""
        group, types = _TYPES[kind]
        answer = await self._ask(wire, messages.REGISTER, messages.register(group, types, _codes(batch)))
        if answer.done:
            self._registered.update(batch)
            for topic in batch:
                self._leases.set_live(topic, True)
            return
        if len(batch) > 1:
            for topic in batch:
                await self._register(wire, kind, [topic])
            return
        self._leases.bar(batch[0])
        code, text = str(answer.return_code), answer.return_msg
        self._emit(TopicRefused(batch[0], code, text, self._clock.now()))

    async def _ask(self, wire: Wire, name: str, text: str) -> Frame:
        """Send one request and wait for its answer, which is the only one outstanding."""
        future: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._asked = (name, future)
        await wire.send(text)
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await future
        except TimeoutError as error:
            raise StreamEnded(Message("STREAM_LOST")) from error
        self._asked = None
        return answer

    def _ended_by_server(self, frame: Frame) -> None:
        """SYSTEM frames come before a close; others are news of the host and end nothing."""
        if frame.code in (messages.IN_USE, *messages.CLOSING):
            wait = _AFTER_IN_USE if frame.code == messages.IN_USE else 1.0
            raise StreamEnded(explain(frame.code, frame.message), wait=wait)

    # --- gaps -------------------------------------------------------------------------------------------------------

    async def _fill_gaps(self, outage: Outage | None) -> None:
        await self._fill_missed_fills(outage)
        await self._fill_prices(outage)
        while True:
            await self._missed.wait()
            await self._fill_missed_fills(None)

    async def _fill_missed_fills(self, outage: Outage | None) -> None:
        self._missed.clear()
        if not self._hears_fills:
            return
        since = self._missed_since
        if since is not None:
            self._say(Stream.FILLS, StreamHealth.FILLING_GAP)
            await self._fill_orders(Outage(since, outage.seconds if outage is not None else 0.0))
            self._missed_since = None
        self._say(Stream.FILLS, StreamHealth.LIVE, gap=None if outage is None else self._gap_seconds(outage))

    def _missed_a_fill(self) -> None:
        """A notice came and could not be read: what it said must be asked for."""
        if self._missed_since is None:
            self._missed_since = self._clock.now()
        self._missed.set()

    # --- data -------------------------------------------------------------------------------------------------------

    def _pushed(self, entry: Entry) -> None:
        """One record of a push of which something cannot be read; that costs only itself."""
        try:
            record = read_push(entry)
        except Garbled as error:
            self._notes.refused(error.where, error.problem)
            if entry.type == ids.FILLS_TYPE:
                self._missed_a_fill()
        else:
            self._told(entry.item, record)

    def _told(self, item: str, record: msgspec.Struct) -> None:
        try:
            if isinstance(record, TradePush):
                self._emit(self._decoder.trade(item, record))
            elif isinstance(record, BookPush):
                self._emit(self._decoder.book(item, record))
            elif isinstance(record, OrderPush):
                notice = self._notices.read(record, self._clock.now())
                if notice is not None:
                    self._emit(notice)
            elif isinstance(record, ExpectedPush) and (book := self._decoder.expected(item, record)):
                self._emit(book)
        except Garbled as error:
            self._notes.refused(error.where, error.problem)
            if isinstance(record, OrderPush):
                self._missed_a_fill()


def _batches(topics: list[Topic]) -> list[tuple[TopicKind, list[Topic]]]:
    """Topics of one kind, as many as one request may name."""
    found: list[tuple[TopicKind, list[Topic]]] = []
    for kind in TopicKind:
        alike = [topic for topic in topics if topic.kind is kind]
        most = messages.MOST_CODES
        found += [(kind, alike[start : start + most]) for start in range(0, len(alike), most)]
    return found


def _codes(batch: list[Topic]) -> list[str]:
    return [topic.instrument.code for topic in batch]
