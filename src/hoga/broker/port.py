"""The port: everything hoga asks of a broker, in hoga's own words. One adapter per broker stands behind it.

Reads return values or raise a ``BrokerError``. Writes never raise for what the broker or the network did: they return
an ``Outcome``, because a send that failed half-way is not an error but an open question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Protocol, TypeAlias

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import Account, Balance
from hoga.domain.broker_orders import BrokerNumber, OrderList, OrderNotice
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares

_NO_RAW: Mapping[str, str] = MappingProxyType({})


# --- writes ---------------------------------------------------------------------------------------------------------


class NewOrder(Struct, frozen=True):
    """A new order as the adapter gets it: already checked and journaled."""

    instrument: InstrumentId
    side: Side
    type: OrderType
    tif: TimeInForce
    quantity: Shares
    limit: Price | None
    venue: Venue = Venue.KRX
    stop: Price | None = None


class Target(Struct, frozen=True):
    """The working order that a reprice, reduce or cancel speaks of: its newest number and how it was sent."""

    number: BrokerNumber
    instrument: InstrumentId
    side: Side
    type: OrderType
    tif: TimeInForce
    venue: Venue
    remaining: Shares


@dataclass(frozen=True, slots=True)
class Accepted:
    """The broker took the request and gave it a number (for modify and cancel: a new number)."""

    number: BrokerNumber
    at: datetime | None
    raw: Mapping[str, str] = field(default_factory=lambda: _NO_RAW, compare=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The broker said no: there is no order (or the old one stands unchanged). Its own words travel unchanged."""

    code: str
    text: str
    why: Message
    raw: Mapping[str, str] = field(default_factory=lambda: _NO_RAW, compare=False)


class NotSentReason(Enum):
    THROTTLED = "throttled"
    TOKEN = "token"  # noqa: S105 a reason, no secret
    NOT_CONNECTED = "not connected"
    """Proven: the connection failed before a byte of the request was written."""
    UNSUPPORTED = "unsupported"
    """The adapter cannot say this to this host (a type paper does not take): trying again is vain."""


class NotSent(Struct, frozen=True):
    """Known never to have reached the order system. Except for UNSUPPORTED, may be sent once more, same intent."""

    reason: NotSentReason
    why: Message
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """It may have arrived. Never send it again: ask the broker's list."""

    why: Message
    raw: Mapping[str, str] = field(default_factory=lambda: _NO_RAW, compare=False)


Outcome: TypeAlias = Accepted | Refused | NotSent | OutcomeUnknown


# --- read errors ----------------------------------------------------------------------------------------------------


class BrokerError(Exception):
    """A read failed. ``message`` explains it; ``code`` and ``text`` are the broker's own words, unchanged and masked.

    BrokerError
        Throttled            ask later (the adapter already paced and retried)
        SessionExpired       token dead and could not be renewed
        WrongKeys            app key, secret, account or host do not fit together
        NotSupported         this host does not know this call (paper gaps)
        NotFound             no such instrument, no such number
        Unreachable          no connection, time-out, maintenance
        BadReply             an answer that cannot be read; nothing may be concluded from it
        ReadRefused          any other refusal, with the broker's code and text
    """

    def __init__(self, message: Message, code: str = "", text: str = "") -> None:
        super().__init__(f"{message} [{code}] {text}".strip())
        self.message = message
        self.code = code
        self.text = text


class Throttled(BrokerError):
    pass


class SessionExpired(BrokerError):
    pass


class WrongKeys(BrokerError):
    pass


class NotSupported(BrokerError):
    pass


class NotFound(BrokerError):
    pass


class Unreachable(BrokerError):
    pass


class BadReply(BrokerError):
    pass


class ReadRefused(BrokerError):
    pass


# --- streams --------------------------------------------------------------------------------------------------------


class Stream(Enum):
    """The three connections whose health a person sees."""

    QUOTES = "quotes"
    FILLS = "fills"
    REST = "rest"


class StreamHealth(Enum):
    DOWN = "down"
    CONNECTING = "connecting"
    FILLING_GAP = "filling gap"
    """Connected again, but what was missed is still being read from REST: not yet green."""
    LIVE = "live"


class StreamChanged(Struct, frozen=True):
    stream: Stream
    health: StreamHealth
    at: datetime
    why: Message | None = None
    gap_seconds: float | None = None
    """On LIVE after an outage: how long nothing came."""


class Drift(Struct, frozen=True):
    """The broker's answers no longer look as recorded: more fields (tolerated), fewer or unreadable (refused)."""

    where: str
    what: Message
    at: datetime
    refused: bool


class TopicRefused(Struct, frozen=True):
    """A subscription was refused by the broker (41 full, no such key): the view must poll or say so."""

    topic: Topic
    code: str
    text: str
    at: datetime


class TopicKind(Enum):
    TRADES = "trades"
    BOOK = "book"


class Topic(Struct, frozen=True):
    kind: TopicKind
    instrument: InstrumentId


class MissedCandles(Struct, frozen=True):
    """Minute candles of the time a stream was silent, read from REST before it turns LIVE again."""

    instrument: InstrumentId
    since: datetime
    candles: tuple[Candle, ...]


BrokerEvent: TypeAlias = (
    Trade | Book | OrderNotice | StreamChanged | Drift | TopicRefused | Quote | OrderList | MissedCandles
)
"""``Quote``, ``OrderList`` and ``MissedCandles`` come only while a gap is being filled (FILLING_GAP)."""

Listener: TypeAlias = Callable[[BrokerEvent], None]


class Lease(Protocol):
    """One view's claim on a topic. Equal topics share one registration; ``release`` twice is harmless."""

    @property
    def live(self) -> bool:
        """False while the topic did not fit into the broker's budget of registrations: poll instead, and say so."""
        ...

    def release(self) -> None: ...


# --- capabilities ---------------------------------------------------------------------------------------------------


class Capabilities(Struct, frozen=True):
    """What cannot be done here, so that the window can say so before it is tried."""

    types: frozenset[tuple[OrderType, TimeInForce, Venue]]
    venues: frozenset[Venue]
    pending_list: bool
    sellable_query: bool
    trading_days: bool
    past_minutes: bool
    registrations: int
    reads_per_second: float
    own_channels: frozenset[str] = frozenset()
    """How the list marks what came through the API, as far as that is known before any own order was seen in it."""


class Broker(Protocol):
    """One connection: one account at one host. Every call may be made at any time after ``open``."""

    @property
    def account(self) -> Account: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def open(self) -> None:
        """Get a token if none is kept, and connect the streams. Raises BrokerError; may be called again."""
        ...

    async def aclose(self) -> None: ...

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear every event, in order, on the loop's thread; returns its own undo."""
        ...

    def lease(self, topic: Topic) -> Lease: ...

    # Writes: each is sent once, or not at all.
    async def place(self, order: NewOrder) -> Outcome: ...

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        """Move the whole remainder to ``limit``. A partial modify is never sent."""
        ...

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        """A partial cancel: the rest keeps its price and place in the queue."""
        ...

    async def cancel(self, target: Target) -> Outcome: ...

    def warm(self) -> None:
        """An order may follow in a moment: have its connection open. Sends nothing."""
        ...

    def make_way(self) -> None:
        """A cancel or reduce follows once it is on record: until it has left, or cannot leave, nothing else does."""
        ...

    # Account reads.
    async def balance(self) -> Balance: ...

    async def orders(self, on: date) -> OrderList:
        """Every number of one trading date, all pages, in the order of acceptance."""
        ...

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable: ...

    async def sellable(self, instrument: InstrumentId) -> Shares: ...

    # Market reads.
    async def instruments(self) -> tuple[Instrument, ...]: ...

    async def quote(self, instrument: InstrumentId) -> Quote: ...

    async def book(self, instrument: InstrumentId) -> Book: ...

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        """Candles whose start lies in [start, end], oldest first, all pages."""
        ...

    async def is_trading_day(self, day: date) -> bool: ...
