"""The live connection of KIS: one per app key, for trades, books and notices alike (kis.md 5).

Subscriptions follow the leases; after a reconnect they are made anew with a new key, and what was missed is read from
REST before the lights turn green. Notices come first: fills matter more than prices.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from msgspec import Struct

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.secret_store import Secret
from hoga.broker.kis import socket_messages as messages
from hoga.broker.kis.codes import Codes
from hoga.broker.kis.decode_stream import Garbled, StreamDecoder, open_frame
from hoga.broker.kis.host import KisHost
from hoga.broker.kis.ids import BOOK_TOPIC, NOTICE_TOPICS, TRADES_TOPIC, notices_topic
from hoga.broker.kis.notice_line import NoticeLine
from hoga.broker.kis.notices import NoticeDecoder, Seal
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.kis.socket_messages import Control, Registration
from hoga.broker.kis.wording import explain
from hoga.broker.live import STREAMS, GapFiller, LiveStream
from hoga.broker.port import (
    BrokerEvent,
    Stream,
    StreamHealth,
    Topic,
    TopicKind,
    TopicRefused,
)
from hoga.broker.stream import Outage, StreamEnded, Wire, WsConnect
from hoga.broker.tokens import TokenRefused
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import TransportError

_ACK_SECONDS = 5.0
_AFTER_IN_USE = 10.0


class LiveHost(Struct, frozen=True):
    """The way to the broker's live host: how to connect, and how to get a key for one connection."""

    host: KisHost
    connect: WsConnect
    approval_key: Callable[[], Awaitable[Secret]]
    clock: MarketClock
    codes: Codes


@dataclass(frozen=True, slots=True)
class Notices:
    """Whose fill notices: they come by HTS id (None: not at all), and are this account's alone."""

    hts_id: Secret | None
    account: str = field(repr=False)


class KisStream(LiveStream):
    """Speaks KIS over a ``ResilientStream``. ``emit`` gets every event in order."""

    def __init__(
        self,
        live: LiveHost,
        notices: Notices,
        leases: TopicLeases,
        gaps: GapFiller,
        sentinel: Sentinel,
        emit: Callable[[BrokerEvent], None],
    ) -> None:
        clock = live.clock
        super().__init__(clock, leases, gaps, emit, "kis stream")
        self._host = live
        self._sentinel = sentinel
        self._decoder = StreamDecoder(clock.now)
        self._notices = NoticeDecoder(notices.account)
        topic = notices_topic(live.host.profile)
        place = Registration(topic, notices.hts_id.reveal()) if notices.hts_id else None
        self._fills = NoticeLine(place, clock, self._fill_orders, partial(self._say, Stream.FILLS))
        self._key = Secret("")
        self._seals: dict[str, Seal] = {}
        self._registered: dict[Registration, Topic | None] = {}
        self._asked: tuple[Registration, asyncio.Future[Control]] | None = None

    # --- for the adapter --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Connect and stay connected; a wrong HTS id gets another chance."""
        self._fills.start_anew()
        super().start()

    # --- StreamUser -------------------------------------------------------------------------------------------------

    async def connect(self) -> Wire:
        for stream in STREAMS:
            self._say(stream, StreamHealth.CONNECTING)
        try:
            self._key = await self._host.approval_key()
        except TokenRefused as error:
            raise StreamEnded(error.message, wait=_AFTER_IN_USE) from error
        except TransportError as error:
            raise StreamEnded(Message("STREAM_UNREACHABLE")) from error
        return await self._host.connect(self._host.host.ws.at("/tryitout"))

    async def opened(self, wire: Wire) -> None:
        """Notices first, then prices; what was missed is filled while new wishes are already served."""
        self._forget_registrations()
        outage = self.line.outage()
        await self._fills.connected(outage, partial(self._register, wire, None))
        if outage is None:
            await self._fills.keep_filled()  # nothing was missed: the light need not wait for the prices
        await self._keep_registered(wire)
        await self._keep_up(wire, outage)

    def received(self, text: str) -> str | None:
        try:
            if text[:1] in ("0", "1"):
                self._data(text)
                return None
            control = messages.read_control(text)
        except Garbled as error:
            self._sentinel.refused(error.where, error.problem)
            if text[2:10] in NOTICE_TOPICS:
                self._fills.unreadable()
            return None
        if control.ping:
            return text
        self._controlled(control)
        return None

    def lost(self, why: Message) -> None:
        self._fills.lost()
        super().lost(why)

    # --- subscribing ------------------------------------------------------------------------------------------------

    async def _serve_wishes(self, wire: Wire) -> None:
        """Whatever is asked on a connection after its start is asked here, one thing after another."""
        register = partial(self._register, wire, None)
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._fills.due_in):
                    await self._wanted.wait()
            self._wanted.clear()
            await self._keep_registered(wire)
            if self._fills.due_in == 0.0:
                await self._fills.subscribe(register)

    async def _fill_gaps(self, outage: Outage | None) -> None:
        await self._fills.keep_filled()
        await self._fill_prices(outage)
        while True:
            await self._fills.next_gap()
            await self._fills.keep_filled()

    async def _keep_registered(self, wire: Wire) -> None:
        """Make the registrations what the leases want, one message at a time: ends first, to make room."""
        wanted = {self._registration(topic): topic for topic in self._leases.admitted}
        for registration in [known for known, topic in self._registered.items() if topic and known not in wanted]:
            await self._ask(wire, registration, subscribe=False)
            self._registered.pop(registration, None)
        for registration, topic in wanted.items():
            if registration not in self._registered and topic in self._leases.admitted:
                await self._register(wire, topic, registration)

    async def _register(self, wire: Wire, topic: Topic | None, registration: Registration) -> Control | None:
        """Subscribe; returns the broker's refusal, if it is one. No answer at all ends the connection."""
        answer = await self._ask(wire, registration, subscribe=True)
        if answer.code in messages.ACCEPTED:
            self._registered[registration] = topic
            if answer.key:
                self._seals[registration.tr_id] = Seal.of(answer.key, answer.iv)
            if topic is not None:
                self._leases.set_live(topic, True)
            return None
        if topic is not None:
            if answer.code == messages.FULL:
                self._leases.limit(sum(1 for known in self._registered.values() if known))
            else:
                self._leases.bar(topic)
            self._emit(TopicRefused(topic, answer.code, answer.text, self._clock.now()))
        return answer

    async def _ask(self, wire: Wire, registration: Registration, *, subscribe: bool) -> Control:
        """Send one request and wait for its answer, which is the only one outstanding."""
        answer = asyncio.get_running_loop().create_future()
        self._asked = (registration, answer)
        await wire.send(messages.request(self._key.reveal(), registration, subscribe=subscribe))
        try:
            async with asyncio.timeout(_ACK_SECONDS):
                control: Control = await answer
        except TimeoutError as error:
            raise StreamEnded(Message("STREAM_LOST")) from error
        self._asked = None
        return control

    def _controlled(self, control: Control) -> None:
        if control.code == messages.IN_USE:
            raise StreamEnded(explain(control.code, control.text), wait=_AFTER_IN_USE)
        if control.code in messages.NEW_KEY_NEEDED:
            raise StreamEnded(explain(control.code, control.text), wait=1.0)
        if self._asked is None:
            return  # nobody waits: an answer that came twice
        asked, answer = self._asked
        # Errors may come without saying what they speak of (recorded); one request is outstanding at a time.
        if control.registration in (None, asked) and not answer.done():
            answer.set_result(control)

    def _forget_registrations(self) -> None:
        self._registered.clear()
        self._seals.clear()
        self._asked = None
        self._leases.none_live()

    # --- data -------------------------------------------------------------------------------------------------------

    def _data(self, text: str) -> None:
        frame = open_frame(text)
        topic, count, values, sealed = frame
        if topic == TRADES_TOPIC:
            for trade in self._decoder.trades(frame):
                self._emit(trade)
        elif topic == BOOK_TOPIC:
            for book in self._decoder.books(frame):
                self._emit(book)
        elif topic in NOTICE_TOPICS:
            self._noticed(topic, count, "^".join(values) if values else self._opened_seal(topic, sealed))
            return
        else:
            raise Garbled(topic, "nobody asked for this topic")
        self._sentinel.width(topic, len(values) // count)

    def _opened_seal(self, topic: str, sealed: str) -> str:
        seal = self._seals.get(topic)
        if seal is None:
            raise Garbled(topic, "a sealed notice without a key")
        return seal.open(sealed)

    def _noticed(self, topic: str, count: int, payload: str) -> None:
        self._sentinel.width(topic, self._notices.width(payload, count))
        for notice in self._notices.read(payload, count, self._clock.now()):
            self._emit(notice)

    def _registration(self, topic: Topic) -> Registration:
        tr_id = TRADES_TOPIC if topic.kind is TopicKind.TRADES else BOOK_TOPIC
        return Registration(tr_id, self._host.codes.wire(topic.instrument))
