"""Facts about orders: what the journal holds, one after the other, and what orders are made from.

The state of every order is the fold of its facts, live and after a restart alike. Facts are claims with a time
(market time, aware); ours say what we intended or did, the broker's say what it told us.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field

from hoga.domain.broker_orders import BrokerNumber, OrderNotice, OrderReport, RequestKind
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.tickets import Hand, OrderId, OrderType, Origin, RequestId, Side, TicketId, TimeInForce
from hoga.domain.values import Price, Shares

_NO_RAW: Mapping[str, str] = MappingProxyType({})
_HAND: Origin = Hand()


class Intended(Struct, frozen=True):
    """A new order was decided on. With ``sending`` it leaves at once: the two records of the order path are one.

    ``consent`` holds what the person was asked and agreed to, in the words of the screen; empty when nothing was asked.
    """

    at: datetime
    order: OrderId
    request: RequestId
    ticket: TicketId
    instrument: InstrumentId
    side: Side
    type: OrderType
    tif: TimeInForce
    venue: Venue
    quantity: Shares
    limit: Price | None
    stop: Price | None = None
    origin: Origin = _HAND
    consent: str = ""
    sending: bool = False


class Asked(Struct, frozen=True):
    """A reprice, reduce or cancel of an order was decided on. ``target`` and ``quantity`` are set when it leaves at
    once; a cancel whose order has no number yet is kept without a target."""

    at: datetime
    order: OrderId
    request: RequestId
    kind: RequestKind
    by: Shares | None = None
    limit: Price | None = None
    origin: Origin = _HAND
    consent: str = ""
    sending: bool = False
    target: BrokerNumber | None = None
    quantity: Shares | None = None


class Sending(Struct, frozen=True):
    """It leaves now: durable before the first byte. ``quantity`` is the remainder a reprice or cancel speaks of."""

    at: datetime
    order: OrderId
    request: RequestId
    target: BrokerNumber | None = None
    quantity: Shares | None = None


class Withdrawn(Struct, frozen=True):
    """Taken back before it left; ``why`` is a message code."""

    at: datetime
    order: OrderId
    request: RequestId
    why: str


class Answer(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    GIVEN_UP = "given up"
    UNANSWERED = "unanswered"


class Answered(Struct, frozen=True):
    """How a send ended. ``code`` and ``text`` are the broker's own words; ``why`` our message code; ``raw`` masked."""

    at: datetime
    order: OrderId
    request: RequestId
    answer: Answer
    number: BrokerNumber | None = None
    broker_at: datetime | None = None
    code: str = ""
    text: str = ""
    why: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: _NO_RAW)
    raw: Mapping[str, str] = field(default_factory=lambda: _NO_RAW)


class Interrupted(Struct, frozen=True):
    """Found as sending, without an outcome, when the journal was opened: from now on unknown."""

    at: datetime
    order: OrderId
    request: RequestId


class Found(Struct, frozen=True):
    """The broker's list shows what we sent, under ``number``; claimed for the request. ``by_person``: they decided."""

    at: datetime
    order: OrderId
    request: RequestId
    number: BrokerNumber
    by_person: bool = False


class ProvedAbsent(Struct, frozen=True):
    """Complete reads, begun at ``reads``, do not show it. ``by_person``: they said that none of the rows is ours."""

    at: datetime
    order: OrderId
    request: RequestId
    reads: tuple[datetime, ...]
    by_person: bool = False


class Noticed(Struct, frozen=True):
    """A push about a number, ours or not."""

    at: datetime
    notice: OrderNotice


class Listed(Struct, frozen=True):
    """A row of the broker's list that says something new about a number we know."""

    at: datetime
    order: OrderId
    row: OrderReport


class Adopted(Struct, frozen=True):
    """A number that none of our intents explains: made elsewhere (phone, HTS), recorded as a foreign order."""

    at: datetime
    order: OrderId
    row: OrderReport


class Joined(Struct, frozen=True):
    """A number made elsewhere that changes an order we know: a reprice or cancel from a telephone."""

    at: datetime
    order: OrderId
    row: OrderReport


class Lapsed(Struct, frozen=True):
    """Day orders of a past trading date: a complete list of that date, read after it ended, was applied before."""

    at: datetime
    order: OrderId
    numbers: tuple[BrokerNumber, ...]


RequestFact: TypeAlias = Sending | Withdrawn | Answered | Interrupted | Found | ProvedAbsent
NumberFact: TypeAlias = Noticed | Listed | Joined | Lapsed
Fact: TypeAlias = Intended | Asked | Adopted | RequestFact | NumberFact
FACTS: tuple[type, ...] = (
    Intended, Asked, Sending, Withdrawn, Answered, Interrupted, Found, ProvedAbsent,
    Noticed, Listed, Adopted, Joined, Lapsed,
)  # fmt: skip
