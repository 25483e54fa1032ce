"""What every adapter of the port does alike: its life, its listeners, the lights of REST, and filling gaps."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from msgspec import Struct

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.base.scrub import Scrubber
from hoga.broker.calls import Clients, token_trouble
from hoga.broker.live import LiveStream
from hoga.broker.port import (
    BrokerEvent,
    Capabilities,
    Lease,
    Listener,
    MissedCandles,
    NewOrder,
    Outcome,
    Stream,
    StreamChanged,
    StreamHealth,
    Target,
    Topic,
    TopicKind,
)
from hoga.broker.stream import Outage
from hoga.broker.throttle import Meter
from hoga.broker.tokens import TokenKeeper, TokenNotYet, TokenRefused, TokenView
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import HttpCall, HttpReply, TransportError
from hoga.broker.way import RightOfWay
from hoga.domain.accounts import Account, Balance
from hoga.domain.broker_orders import OrderList
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price, Shares

_TOKEN_PATIENCE = 61.0


class Writing(Protocol):
    """The four requests of one account. Nothing here is ever sent twice."""

    async def place(self, order: NewOrder) -> Outcome: ...

    async def reprice(self, target: Target, limit: Price) -> Outcome: ...

    async def reduce(self, target: Target, by: Shares) -> Outcome: ...

    async def cancel(self, target: Target) -> Outcome: ...


class AccountReading(Protocol):
    async def balance(self) -> Balance: ...

    async def orders(self, on: date) -> OrderList: ...

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable: ...

    async def sellable(self, instrument: InstrumentId) -> Shares: ...


class MarketReading(Protocol):
    async def instruments(self) -> tuple[Instrument, ...]: ...

    async def quote(self, instrument: InstrumentId) -> Quote: ...

    async def book(self, instrument: InstrumentId) -> Book: ...

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool
    ) -> tuple[Candle, ...]: ...

    async def is_trading_day(self, day: date) -> bool: ...


class Pacing(Protocol):
    """Who may leave when."""

    @property
    def meter(self) -> Meter: ...

    async def aclose(self) -> None: ...


class Parts(Struct, frozen=True):
    """What a connection is made of."""

    tokens: TokenKeeper
    pacing: Pacing
    clients: Clients
    writes: Writing
    account: AccountReading
    market: MarketReading
    leases: TopicLeases
    stream: LiveStream


class BrokerAdapter(ABC):
    """See ``hoga.broker.port.Broker``. A subclass builds the parts and says what its host can do."""

    def __init__(self, account: Account, clock: MarketClock, scrubber: Scrubber | None) -> None:
        self._account = account
        self._clock = clock
        self._scrubber = scrubber or Scrubber()
        self._listeners: list[Listener] = []
        self._rest_health: StreamHealth | None = None
        self._way = RightOfWay()
        self._parts = self._build()

    @abstractmethod
    def _build(self) -> Parts: ...

    @property
    @abstractmethod
    def capabilities(self) -> Capabilities: ...

    # --- life -------------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self._account

    async def open(self) -> None:
        """Get a token if none is kept, and connect the stream. Raises BrokerError; may be called again."""
        await self.login(_TOKEN_PATIENCE)
        self._parts.tokens.keep_fresh()
        self._parts.stream.start()

    async def login(self, patience: float = 0.0) -> TokenView:
        """Get a token if none is kept, waiting ``patience`` market seconds at most until one may be asked for. Raises
        BrokerError."""
        self._say_rest(StreamHealth.CONNECTING)
        try:
            await self._parts.tokens.get(patience)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            trouble = token_trouble(error, self._key_codes)
            self._say_rest(StreamHealth.DOWN, trouble.message)
            raise trouble from error
        self._say_rest(StreamHealth.LIVE)
        return self.token

    async def reach(self) -> HttpReply:
        """Whatever the host answers to somebody who says nothing: no key and no token goes with it. Raises
        TransportError."""
        return await self._parts.clients.reads.send(HttpCall("GET", "/"))

    async def check_account(self) -> None:  # noqa: B027 most hosts have nothing to be asked here
        """Raises WrongKeys when the keys open another account than the one that was named, where the host can tell.

        Elsewhere the first read of the account is refused then.
        """

    def health(self, stream: Stream) -> StreamHealth:
        """How one of the two live streams fares."""
        return self._parts.stream.health(stream)

    async def aclose(self) -> None:
        parts = self._parts
        await parts.stream.aclose()
        await parts.tokens.aclose()
        await parts.pacing.aclose()
        await parts.clients.orders.aclose()
        await parts.clients.reads.aclose()
        if parts.clients.files is not None:
            await parts.clients.files.aclose()
        self._say_rest(StreamHealth.DOWN)

    def hurry(self) -> None:
        """The broker is known to be within reach again: connect now rather than after the present pause."""
        self._parts.stream.line.hurry()

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def lease(self, topic: Topic) -> Lease:
        return self._parts.leases.lease(topic)

    @property
    def meter(self) -> Meter:
        """The rate limit as it is used now."""
        return self._parts.pacing.meter

    @property
    def token(self) -> TokenView:
        return self._parts.tokens.view

    @property
    def round_trip(self) -> float | None:
        """Wire seconds of the last order or read, None before the first."""
        return self._parts.clients.orders.last_round_trip or self._parts.clients.reads.last_round_trip

    # --- writes -----------------------------------------------------------------------------------------------------

    async def place(self, order: NewOrder) -> Outcome:
        return await self._parts.writes.place(order)

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        return await self._parts.writes.reprice(target, limit)

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self._parts.writes.reduce(target, by)

    async def cancel(self, target: Target) -> Outcome:
        return await self._parts.writes.cancel(target)

    def warm(self) -> None:
        self._parts.clients.orders.warm()

    def make_way(self) -> None:
        self._way.take()

    # --- reads ------------------------------------------------------------------------------------------------------

    async def balance(self) -> Balance:
        return await self._parts.account.balance()

    async def orders(self, on: date) -> OrderList:
        return await self._parts.account.orders(on)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        return await self._parts.account.orderable(instrument, type, limit)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        return await self._parts.account.sellable(instrument)

    async def instruments(self) -> tuple[Instrument, ...]:
        return await self._parts.market.instruments()

    async def quote(self, instrument: InstrumentId) -> Quote:
        return await self._parts.market.quote(instrument)

    async def book(self, instrument: InstrumentId) -> Book:
        return await self._parts.market.book(instrument)

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        return await self._parts.market.candles(instrument, period, start, end, adjusted=adjusted)

    async def is_trading_day(self, day: date) -> bool:
        return await self._parts.market.is_trading_day(day)

    # --- gaps (live.GapFiller) --------------------------------------------------------------------------------------

    async def fill_orders(self, outage: Outage) -> None:
        """The order lists of every trading date that the outage touched."""
        day, today = outage.since.astimezone(KST).date(), self._clock.now().astimezone(KST).date()
        while day <= today:
            self._emit(await self.orders(day))
            day += timedelta(days=1)

    async def fill_topic(self, topic: Topic, outage: Outage) -> None:
        """The latest book, or the latest quote and the minutes that were missed."""
        if topic.kind is TopicKind.BOOK:
            self._emit(await self.book(topic.instrument))
            return
        self._emit(await self.quote(topic.instrument))
        now = self._clock.now()
        since = outage.since.astimezone(KST).replace(second=0, microsecond=0)
        if not self.capabilities.past_minutes:  # the host has the minutes of today alone
            since = max(since, now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0))
        candles = await self.candles(topic.instrument, Period.MINUTE, since, now)
        self._emit(MissedCandles(topic.instrument, since, candles))

    # --- for the parts ----------------------------------------------------------------------------------------------

    _key_codes: frozenset[str] = frozenset()
    """Codes that speak of wrong keys."""

    def _emit(self, event: BrokerEvent) -> None:
        """Tell every listener, in order, on the loop: a listener's fault must not end the reading of fills."""
        loop = asyncio.get_running_loop()
        for listener in self._listeners:
            loop.call_soon(self._deliver, listener, event)

    def _deliver(self, listener: Listener, event: BrokerEvent) -> None:
        if listener in self._listeners:  # it may have stopped listening since
            listener(event)

    def _reached(self, reached: bool) -> None:
        if reached:
            self._say_rest(StreamHealth.LIVE)
        else:
            self._say_rest(StreamHealth.DOWN, Message("BROKER_NO_CONNECTION"))

    def _say_rest(self, health: StreamHealth, why: Message | None = None) -> None:
        if self._rest_health is not health:
            self._rest_health = health
            self._emit(StreamChanged(Stream.REST, health, self._clock.now(), why))

    def _mask(self, raw: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self._scrubber.text(value) for name, value in raw.items()}


def every_day(day: date) -> bool:
    """The calendar of a host whose market never rests, as Practice's does."""
    return True
