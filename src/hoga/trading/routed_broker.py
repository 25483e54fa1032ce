"""A connection whose market data may come from another connection. Orders, balances and notices are always its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from hoga.broker.port import (
    Broker,
    BrokerError,
    BrokerEvent,
    Capabilities,
    Lease,
    Listener,
    MissedCandles,
    NewOrder,
    Outcome,
    Stream,
    StreamChanged,
    Target,
    Topic,
    TopicRefused,
)
from hoga.domain.accounts import Account, Balance
from hoga.domain.broker_orders import OrderList
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote, Trade
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price, Shares

_log = logging.getLogger(__name__)

T = TypeVar("T")

_READ_PATIENCE = 2.0
"""Wire seconds that another connection has to answer a read before our own is asked: it must never stall us."""


def is_market(event: BrokerEvent) -> bool:
    """Whether an event speaks of the market, not of the account."""
    if isinstance(event, StreamChanged):
        return event.stream is Stream.QUOTES
    return isinstance(event, (Trade, Book, Quote, MissedCandles, TopicRefused))


class RoutedBroker:
    """See ``hoga.broker.port.Broker``. ``follow`` says whose market data is heard; at first its own.

    Only connections to the same market may follow one another: who calls ``follow`` sees to it.
    """

    def __init__(self, own: Broker) -> None:
        self.own = own
        self.quotes_from = ""
        """The name of the connection that is followed; empty while it is its own."""
        self.read_from = ""
        """Who answered the read that ended last, likewise: our own stands in where the other does not answer."""
        self._source: Broker = own
        self._listeners: list[Listener] = []
        self._leases: dict[RoutedLease, None] = {}
        self._undo = own.listen(self._from_own)
        self._undo_source: Callable[[], None] = lambda: None

    # --- whose market data ------------------------------------------------------------------------------------------

    def follow(self, source: Broker | None, name: str = "", health: StreamChanged | None = None) -> None:
        """Hear ``source`` from now on (None: our own). ``health``: how its quotes stand, which is told at once."""
        target = source or self.own
        if target is not self._source:
            self._undo_source()
            self._source = target
            self._undo_source = target.listen(self._from_source) if target is not self.own else lambda: None
            for lease in list(self._leases):
                lease.move(target)
            if health is not None:
                self._tell(health)
        self.quotes_from = name if target is not self.own else ""

    def close(self) -> None:
        """Follow nobody and hear nothing any more."""
        self.follow(None)
        self._undo()

    def _from_own(self, event: BrokerEvent) -> None:
        if self._source is self.own or not is_market(event):
            self._tell(event)

    def _from_source(self, event: BrokerEvent) -> None:
        if is_market(event):
            self._tell(event)

    def _tell(self, event: BrokerEvent) -> None:
        for listener in list(self._listeners):
            listener(event)

    def _release(self, lease: RoutedLease) -> None:
        self._leases.pop(lease, None)

    async def _read(self, ask: Callable[[Broker], Awaitable[T]]) -> T:
        """From whom we follow; from our own where the other does not answer."""
        if self._source is not self.own:
            name = self.quotes_from
            try:
                async with asyncio.timeout(_READ_PATIENCE):
                    found = await ask(self._source)
            except (BrokerError, TimeoutError):
                _log.info("%s did not answer a read: our own connection is asked", name)
            else:
                self.read_from = name
                return found
        found = await ask(self.own)
        self.read_from = ""
        return found

    # --- the port ---------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self.own.account

    @property
    def capabilities(self) -> Capabilities:
        """Our own; of the market reads those of whom we follow."""
        own = self.own.capabilities
        if self._source is self.own:
            return own
        other = self._source.capabilities
        return replace(own, past_minutes=other.past_minutes, registrations=other.registrations)

    async def open(self) -> None:
        await self.own.open()

    async def aclose(self) -> None:
        await self.own.aclose()

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def lease(self, topic: Topic) -> Lease:
        lease = RoutedLease(topic, self._source.lease(topic), self._release)
        self._leases[lease] = None
        return lease

    async def place(self, order: NewOrder) -> Outcome:
        return await self.own.place(order)

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        return await self.own.reprice(target, limit)

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self.own.reduce(target, by)

    async def cancel(self, target: Target) -> Outcome:
        return await self.own.cancel(target)

    def warm(self) -> None:
        self.own.warm()

    def make_way(self) -> None:
        self.own.make_way()

    async def balance(self) -> Balance:
        return await self.own.balance()

    async def orders(self, on: date) -> OrderList:
        return await self.own.orders(on)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        return await self.own.orderable(instrument, type, limit)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        return await self.own.sellable(instrument)

    async def instruments(self) -> tuple[Instrument, ...]:
        return await self.own.instruments()

    async def quote(self, instrument: InstrumentId) -> Quote:
        return await self._read(lambda broker: broker.quote(instrument))

    async def book(self, instrument: InstrumentId) -> Book:
        return await self._read(lambda broker: broker.book(instrument))

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        return await self._read(lambda broker: broker.candles(instrument, period, start, end, adjusted=adjusted))

    async def is_trading_day(self, day: date) -> bool:
        return await self.own.is_trading_day(day)


class RoutedLease:
    """One view's claim on a topic, wherever it comes from now; see ``hoga.broker.port.Lease``."""

    def __init__(self, topic: Topic, inner: Lease, released: Callable[[RoutedLease], None]) -> None:
        self._topic = topic
        self._inner = inner
        self._released = released

    @property
    def live(self) -> bool:
        return self._inner.live

    def move(self, source: Broker) -> None:
        """Claim it there, and then no longer where it was."""
        before, self._inner = self._inner, source.lease(self._topic)
        before.release()

    def release(self) -> None:
        self._released(self)
        self._inner.release()
