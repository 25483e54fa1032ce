"""Tickets: one order as a person (or a plan) composed it, before anything is sent."""

from __future__ import annotations

from enum import Enum
from typing import NewType, TypeAlias

from msgspec import Struct

from hoga.domain.accounts import Account
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.values import Price, Shares

TicketId = NewType("TicketId", str)
"""Consumed once: a second press of the same ticket lands on the same intent."""

OrderId = NewType("OrderId", str)
"""Ours, lasting; the broker's own numbers change with each modify."""

RequestId = NewType("RequestId", str)


class Side(Enum):
    BUY = "buy"
    SELL = "sell"

    @property
    def sign(self) -> int:
        return 1 if self is Side.BUY else -1

    @property
    def opposite(self) -> Side:
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderType(Enum):
    """How the price is set (markets.md 2.4, 2.5)."""

    LIMIT = "limit"
    MARKET = "market"
    CONDITIONAL = "conditional limit"
    """조건부지정가: a limit order whose rest becomes a market order in the closing auction."""
    BEST = "best limit"
    """최유리지정가: priced at the best opposite quote at acceptance; the rest stays as a limit order there."""
    PRIORITY = "priority limit"
    """최우선지정가: priced at the best own-side quote at acceptance, at the back of that queue."""
    STOP_LIMIT = "stop limit"
    """스톱지정가: sleeps at the exchange until a trade reaches its stop, then is a limit order."""
    MID = "mid price"
    """중간가: pegged between best bid and best ask, unseen in the book."""

    @property
    def carries_price(self) -> bool:
        return self in (OrderType.LIMIT, OrderType.CONDITIONAL, OrderType.STOP_LIMIT)

    @property
    def carries_stop(self) -> bool:
        return self is OrderType.STOP_LIMIT


class TimeInForce(Enum):
    DAY = "day"
    IOC = "IOC"
    FOK = "FOK"


class Hand(Struct, frozen=True):
    """A person pressed the button."""


class PlanChild(Struct, frozen=True):
    """Sent by an approved plan: which plan, leg, round and try."""

    digest: str
    leg: int
    round: int
    attempt: int


class RuleChild(Struct, frozen=True):
    """Sent by an armed rule."""

    rule: str


Origin: TypeAlias = Hand | PlanChild | RuleChild


class Ticket(Struct, frozen=True):
    """One order to be. ``limit`` is set exactly when the type carries a price; ``stop`` only for stop types (later)."""

    id: TicketId
    account: Account
    instrument: InstrumentId
    side: Side
    type: OrderType
    quantity: Shares
    limit: Price | None = None
    tif: TimeInForce = TimeInForce.DAY
    venue: Venue = Venue.KRX
    stop: Price | None = None
    origin: Origin = Hand()
