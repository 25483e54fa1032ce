"""A desk to look at: every command is refused with the reason, and nothing comes from a broker."""

from __future__ import annotations

import uuid
from datetime import datetime

from hoga.base.message import Message
from hoga.broker.port import Capabilities, Lease, NotSupported, Topic, Unreachable
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Unknown
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.orders import Order
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    CancelFilter,
    Consent,
    Denied,
    Difference,
    FollowUp,
    Offer,
    Preview,
    Question,
    StopReport,
    Submission,
    Unresolved,
    Waiting,
)

_NOTHING = Capabilities(frozenset(), frozenset(), False, False, False, False, 0, 0.0)
_NO_BROKER = Message("READ_ONLY_NO_BROKER")


class NoLease:
    """Nothing comes."""

    live = False

    def release(self) -> None:
        pass


class LookingDesk:
    """What desks to look at have in common of ``hoga.trading.facade.Desk``. ``why`` is said wherever one presses."""

    def __init__(self, why: Message) -> None:
        self.why = why

    @property
    def read_only(self) -> Message | None:
        return self.why

    @property
    def capabilities(self) -> Capabilities:
        return _NOTHING

    @property
    def limits(self) -> RiskLimits:
        return DEFAULT_LIMITS

    def set_limits(self, limits: RiskLimits) -> None:
        """The limits are the other desk's to change: these stay as they are."""

    @property
    def market_recorder(self) -> None:
        """Nothing is received here."""
        return

    def waiting(self) -> tuple[Waiting, ...]:
        return ()

    def offers(self) -> tuple[Offer, ...]:
        return ()

    def questions(self) -> tuple[Question, ...]:
        return ()

    def unresolved(self) -> tuple[Unresolved, ...]:
        return ()

    def differences(self) -> tuple[Difference, ...]:
        return ()

    def preview(self, ticket: Ticket) -> Preview:
        unknown = Unknown(_NO_BROKER)
        return Preview((self.why,), (), unknown, unknown, unknown, unknown)

    def get_ready(self, ticket: Ticket) -> None:
        """Nothing is ever sent from here."""

    # --- commands ---------------------------------------------------------------------------------------------------

    def new_ticket_id(self) -> TicketId:
        return TicketId(uuid.uuid4().hex)

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission:
        return Denied((self.why,))

    async def reprice(
        self, order: OrderId, limit: Price, consent: Consent = NO_CONSENT, *, origin: Origin | None = None
    ) -> FollowUp:
        return Denied((self.why,))

    async def reduce(self, order: OrderId, by: Shares) -> FollowUp:
        return Denied((self.why,))

    async def cancel(self, order: OrderId, *, origin: Origin | None = None) -> FollowUp:
        return Denied((self.why,))

    async def cancel_all(self, which: CancelFilter = EVERYTHING) -> tuple[FollowUp, ...]:
        return (Denied((self.why,)),)

    async def stop(self) -> StopReport:
        """Raises NotSupported: a switch that stops nothing must not look pressed."""
        raise NotSupported(self.why)

    async def release(self) -> None:
        """Raises NotSupported."""
        raise NotSupported(self.why)

    async def withdraw(self, request: RequestId) -> Message | None:
        return self.why

    async def resume(self, request: RequestId, consent: Consent = NO_CONSENT) -> Submission:
        return Denied((self.why,))

    async def discard(self, request: RequestId) -> None:
        """Raises NotSupported."""
        raise NotSupported(self.why)

    async def answer(self, question: str, number: BrokerNumber | None) -> None:
        """Raises NotSupported."""
        raise NotSupported(self.why)

    def accept_difference(self, id: str) -> None:
        """There are none here."""

    async def settled(self, request: RequestId) -> Order:
        """Raises NotSupported: nothing was asked of this desk."""
        raise NotSupported(self.why)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def quote(self, instrument: InstrumentId) -> Quote:
        """Raises Unreachable, as every read of the market does here."""
        raise Unreachable(_NO_BROKER)

    async def book(self, instrument: InstrumentId) -> Book:
        raise Unreachable(_NO_BROKER)

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        raise Unreachable(_NO_BROKER)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        raise Unreachable(_NO_BROKER)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        raise Unreachable(_NO_BROKER)

    def lease(self, topic: Topic) -> Lease:
        return NoLease()
