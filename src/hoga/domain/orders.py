"""An order: one decision to buy or sell, with every request made about it and every number the broker gave them.

An order's state is derived, never stored: from its requests, and from what its numbers have filled and may still
fill. At all times ``filled + leaves + closed == quantity`` (unless the broker reports more filled than was ordered,
which is shown as it is). Source: architecture.md "Requests and orders", markets.md 7.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property

from msgspec import Struct

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.number_life import NumberLife, acted_on, ceilings
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Side, TicketId, TimeInForce
from hoga.domain.values import Money, Price, Shares


class Request(Struct, frozen=True):
    """One thing asked of the broker about one order.

    ``quantity``: NEW, the ordered shares; REDUCE, the shares to take away; REPRICE and CANCEL, the remainder as it was
    when it left. ``target`` is the number it speaks of, ``number`` the one it got. ``code``, ``text`` are the broker's
    words, ``why`` our message code with ``values``. ``tries`` counts sends, which differ only after "not sent".
    """

    id: RequestId
    order: OrderId
    kind: RequestKind
    state: RequestState
    made_at: datetime
    origin: Origin
    quantity: Shares | None
    limit: Price | None = None
    target: BrokerNumber | None = None
    number: BrokerNumber | None = None
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    tries: int = 0
    consent: str = ""
    code: str = ""
    text: str = ""
    why: str = ""
    values: Mapping[str, str] | None = None
    by_person: bool = False
    """The person settled it where the broker's list could not."""


class OrderState(Enum):
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """It may be live at the broker: being asked. Reserved like a working order."""
    WORKING = "working"
    PARTIALLY_FILLED = "partially filled"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    """Sent, and proved never to have arrived."""

    @property
    def over(self) -> bool:
        return self not in _OPEN


_OPEN = frozenset(
    {OrderState.QUEUED, OrderState.SENDING, OrderState.UNKNOWN, OrderState.WORKING, OrderState.PARTIALLY_FILLED}
)
_WITHOUT_NUMBER = {
    RequestState.QUEUED: OrderState.QUEUED,
    RequestState.SENDING: OrderState.SENDING,
    RequestState.UNKNOWN: OrderState.UNKNOWN,
    RequestState.WITHDRAWN: OrderState.WITHDRAWN,
    RequestState.REFUSED: OrderState.REFUSED,
    RequestState.ABSENT: OrderState.ABSENT,
    RequestState.ACCEPTED: OrderState.WORKING,
}
_DEAD = frozenset({RequestState.WITHDRAWN, RequestState.REFUSED, RequestState.ABSENT})


class Execution(Struct, frozen=True):
    """One line of what was filled. ``key`` is unique within the number; the line that completes the notices from the
    broker's list has the key ``list``. ``amount`` is shares times price, without costs."""

    number: BrokerNumber
    key: str
    quantity: Shares
    amount: Money
    at: datetime


@dataclass(frozen=True)
class Order:
    """An order of ours or, with ``origin`` None, a foreign one that was made elsewhere on the same account."""

    id: OrderId
    connection: ConnectionId
    ticket: TicketId | None
    instrument: InstrumentId
    side: Side
    type: OrderType
    tif: TimeInForce
    venue: Venue
    quantity: Shares
    limit: Price | None
    stop: Price | None
    origin: Origin | None
    made_at: datetime
    requests: tuple[Request, ...] = ()
    numbers: tuple[NumberLife, ...] = ()
    channel: str = ""

    @property
    def foreign(self) -> bool:
        return self.origin is None

    # --- quantities -------------------------------------------------------------------------------------------------

    @cached_property
    def _ceilings(self) -> Mapping[BrokerNumber, int]:
        moving: set[BrokerNumber] = {
            request.target
            for request in self.requests
            if request.kind is RequestKind.REPRICE and request.state.in_the_air and request.target is not None
        }
        # A new number of which nothing was heard yet may hold the shares that a list no longer showed at the old one.
        moving |= {life.original for life in self._pending_reprices if life.original and life.reported_ceiling is None}
        return ceilings(self.numbers, moving)

    @cached_property
    def _acting(self) -> frozenset[BrokerNumber]:
        return acted_on(self.numbers)

    @property
    def _pending_reprices(self) -> list[NumberLife]:
        """New numbers on which the exchange has not acted yet, as far as we know."""
        reprices = [life for life in self.numbers if life.kind is RequestKind.REPRICE]
        return [life for life in reprices if not (life.refused or life.lapsed or life.number in self._acting)]

    @cached_property
    def filled(self) -> Shares:
        """The sum over the tree; each number counts the larger of its two lower bounds."""
        return Shares(sum(life.filled for life in self.numbers if life.carries))

    @cached_property
    def filled_amount(self) -> Money:
        currency = self.limit.currency if self.limit else Money.zero().currency
        return Money(sum(life.filled_amount for life in self.numbers if life.carries), currency)

    @cached_property
    def leaves(self) -> Shares:
        """What may still be filled: working, queued, on its way or of unknown fate. Reserved until known otherwise."""
        return Shares(max(self._ceiling - self.filled.count, 0))

    @property
    def closed(self) -> Shares:
        """What will never be filled: cancelled, expired, refused, absent, withdrawn."""
        return Shares(max(self.quantity.count - self.filled.count - self.leaves.count, 0))

    @property
    def average(self) -> Decimal | None:
        """Average price of what was filled, None before the first fill. No price that can be ordered."""
        return self.filled_amount.decimal / self.filled.count if self.filled else None

    def remaining_of(self, number: BrokerNumber) -> int:
        """Shares that may still be live under one number."""
        life = self.life(number)
        return max(self._ceilings.get(number, 0) - (life.filled if life else 0), 0)

    @cached_property
    def _ceiling(self) -> int:
        first = self.first
        if not any(life.carries for life in self.numbers):
            dead = first is not None and first.state in _DEAD
            return 0 if dead else self.quantity.count
        return max(min(sum(self._ceilings.values()), self.quantity.count), self.filled.count)

    # --- the tree ---------------------------------------------------------------------------------------------------

    @property
    def first(self) -> Request | None:
        """The request that made this order; None for a foreign order."""
        return next((request for request in self.requests if request.kind is RequestKind.NEW), None)

    def request(self, id: RequestId) -> Request | None:
        return next((request for request in self.requests if request.id == id), None)

    def life(self, number: BrokerNumber) -> NumberLife | None:
        return next((life for life in self.numbers if life.number == number), None)

    @cached_property
    def heads(self) -> tuple[BrokerNumber, ...]:
        """The numbers to name when something is asked of this order now, newest last.

        A reprice that the broker has taken speaks for its original even before the exchange confirms it ("follow-ups
        must use the newest number", kis.md quirk 20). More than one head means that somebody split the order elsewhere.
        """
        heirs = {life.original: life for life in self._pending_reprices if life.original is not None}
        heads = []
        for life in self.numbers:
            if not life.carries or life.refused or self.remaining_of(life.number) == 0:
                continue
            newest = life
            while newest.number in heirs:
                newest = heirs[newest.number]
            heads.append(newest.number)
        return tuple(heads)

    def live_under(self, head: BrokerNumber) -> Shares:
        """What a request naming ``head`` speaks of: its remainder, or that of the original it is to replace."""
        count = self.remaining_of(head)
        life = self.life(head)
        while count == 0 and life is not None and life.number not in self._acting and life.original is not None:
            count = self.remaining_of(life.original)
            life = self.life(life.original)
        return Shares(count)

    @cached_property
    def current_limit(self) -> Price | None:
        """The price it stands at now: that of the newest number which carries shares."""
        for life in reversed(self.numbers):
            if life.carries and life.limit is not None and not life.refused and life.number in self._acting:
                return life.limit
        return self.limit

    @cached_property
    def dearest_limit(self) -> Price | None:
        """The highest price at which what is left may trade, reprices on their way included: what a buy reserves."""
        pending = self._pending_reprices
        limits = [
            life.limit
            for life in self.numbers
            if life.carries and life.limit and not life.refused and not life.lapsed
            if life in pending or self.remaining_of(life.number)
        ]
        limits += [r.limit for r in self.requests if r.limit and not r.state.settled]
        return max(limits, default=self.limit)

    # --- state ------------------------------------------------------------------------------------------------------

    @cached_property
    def state(self) -> OrderState:
        if not any(life.carries for life in self.numbers):
            first = self.first
            return _WITHOUT_NUMBER[first.state] if first else OrderState.WORKING
        if self.filled >= self.quantity:
            return OrderState.FILLED
        if self.leaves:
            return OrderState.PARTIALLY_FILLED if self.filled else OrderState.WORKING
        carrying = [life for life in self.numbers if life.carries]
        if not self.filled and all(life.refused for life in carrying):
            return OrderState.REFUSED
        return OrderState.EXPIRED if any(life.lapsed for life in carrying) else OrderState.CANCELLED

    @property
    def asked(self) -> tuple[Request, ...]:
        """Requests about this order that have not ended."""
        return tuple(request for request in self.requests if not request.state.settled)

    @property
    def unknown(self) -> bool:
        """Some request of this order may or may not have arrived."""
        return any(request.state is RequestState.UNKNOWN for request in self.requests)

    @property
    def cancel_wanted(self) -> bool:
        """Somebody asked for its cancel and did not take that back."""
        return any(r.kind is RequestKind.CANCEL and r.state is not RequestState.WITHDRAWN for r in self.requests)

    @property
    def settled(self) -> bool:
        """Nothing about it is open: it can leave the list of open orders."""
        return self.state.over and not self.asked

    @cached_property
    def executions(self) -> tuple[Execution, ...]:
        """What was filled, line by line, oldest first. Where the broker's list knows more than the notices, or another
        amount, its figures complete or replace them, so that the lines always add up to ``filled_amount``."""
        lines = [line for life in self.numbers if life.carries and life.filled for line in _lines(self, life)]
        return tuple(sorted(lines, key=lambda line: (line.at, line.number, line.key)))


def _lines(order: Order, life: NumberLife) -> list[Execution]:
    currency = order.filled_amount.currency
    heard = sum(fill.quantity for fill in life.fills)
    amount = sum(fill.quantity * fill.price_units for fill in life.fills)
    last = max((fill.at for fill in life.fills), default=life.accepted_at or order.made_at)
    missing, missing_amount = life.filled - heard, life.filled_amount - amount
    whole = missing < 0 or (missing == 0 and missing_amount != 0) or (missing > 0 and missing_amount <= 0)
    if whole:
        return [Execution(life.number, "list", Shares(life.filled), Money(life.filled_amount, currency), last)]
    lines = [
        Execution(
            life.number, fill.key, Shares(fill.quantity), Money(fill.quantity * fill.price_units, currency), fill.at
        )
        for fill in life.fills
    ]
    if missing:
        lines.append(Execution(life.number, "list", Shares(missing), Money(missing_amount, currency), last))
    return lines
