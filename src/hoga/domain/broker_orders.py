"""What a broker says of orders: its numbers, the rows of its lists, and its notices. Claims, not our decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares

_EMPTY: Mapping[str, str] = MappingProxyType({})


class BrokerNumber(Struct, frozen=True, order=True):
    """A broker's order number, unique only with its trading date and branch (kis.md quirk 18).

    ``number`` is an integer because the same number arrives padded and unpadded.
    """

    trading_date: date
    branch: str
    number: int

    def __str__(self) -> str:
        return f"{self.trading_date:%Y%m%d}/{self.branch}/{self.number}"


class RequestKind(Enum):
    """The four things one can ask of an order. Each is a request with a life of its own."""

    NEW = "new"
    REPRICE = "reprice"
    REDUCE = "reduce"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class OrderReport:
    """One row of a broker's order list: one number, not one order (a modify makes a new number).

    ``remaining`` is what is still alive at the market under this number. ``kind`` is None where the list does not say.
    ``channel`` holds whatever tells from where the order came (evidence only). ``raw`` is masked.
    """

    number: BrokerNumber
    original: BrokerNumber | None
    kind: RequestKind | None
    instrument: InstrumentId
    side: Side
    type: OrderType | None
    tif: TimeInForce | None
    limit: Price | None
    quantity: Shares
    filled: Shares
    filled_amount: Money
    remaining: Shares
    cancelled: Shares
    rejected: Shares
    at: datetime
    venue: Venue = Venue.KRX
    channel: str = ""
    raw: Mapping[str, str] = field(default_factory=lambda: _EMPTY, compare=False)


class OrderList(Struct, frozen=True):
    """A broker's list of one trading date. Only a list that was read to its end without an error exists at all."""

    trading_date: date
    rows: tuple[OrderReport, ...]
    began: datetime
    """Market time at which the read began: absence is judged by it."""


class NoticeKind(Enum):
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    FILLED = "filled"
    REJECTED = "rejected"
    REST_CANCELLED = "rest cancelled"
    """The remainder of an IOC or FOK order."""
    UNCLEAR = "unclear"
    """A combination that nobody has documented: ask the broker's list."""


@dataclass(frozen=True, slots=True)
class OrderNotice:
    """One push about one number. ``execution`` tells distinct fills of one number apart: the execution number where the
    broker sends one, else time, price and quantity; so equal fills may look like one, and the next list completes it.
    """

    number: BrokerNumber
    original: BrokerNumber | None
    kind: NoticeKind
    request: RequestKind | None
    instrument: InstrumentId
    side: Side
    quantity: Shares
    price: Price | None
    at: datetime
    execution: str = ""
    fee: Money | None = None
    tax: Money | None = None
    venue: Venue = Venue.KRX
    raw: Mapping[str, str] = field(default_factory=lambda: _EMPTY, compare=False)
