"""A connection as its journal tells it, for a second window on the same folder: everything to see, nothing to press.

The implementation of ``hoga.trading.facade.Desk`` with no broker behind it. Orders, fills and activity are the
journal's, followed as the other desk writes it; holdings and cash are as that desk last read them. Every command is
refused with the reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoga.base.clock import MarketClock
from hoga.base.message import Language, Message
from hoga.broker.port import Capabilities, Lease, NotSupported, Stream, StreamChanged, StreamHealth, Topic, Unreachable
from hoga.domain.accounts import Account
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Maybe, Unknown
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.orders import Order
from hoga.domain.positions import Portfolio
from hoga.domain.requests import RequestState
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits
from hoga.domain.sessions import Schedule
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Line
from hoga.trading.changes import Listener
from hoga.trading.export import export_file
from hoga.trading.looking_on import LookingOn
from hoga.trading.market_board import MarketBoard
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    Biography,
    CancelFilter,
    Consent,
    Denied,
    Difference,
    Fill,
    FollowUp,
    Health,
    Offer,
    Preview,
    Question,
    RecoveryReport,
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


class ReadOnlyDesk:
    """``open`` first. ``read_only`` says why nothing can be pressed."""

    def __init__(self, journal: Path, read_only: Message) -> None:
        self._path = journal
        self._on = LookingOn(journal)
        self.why = read_only
        self._opened_at: datetime | None = None

    async def open(self) -> None:
        """Raises StorageError, also for a journal that does not tell whose it is yet."""
        await self._on.open()
        self._opened_at = self._on.clock.now()

    async def aclose(self) -> None:
        await self._on.aclose()

    # --- snapshots --------------------------------------------------------------------------------------------------

    @property
    def read_only(self) -> Message | None:
        return self.why

    @property
    def account(self) -> Account:
        return self._on.account

    @property
    def capabilities(self) -> Capabilities:
        return _NOTHING

    @property
    def clock(self) -> MarketClock:
        return self._on.clock

    @property
    def schedule(self) -> Schedule:
        return self._on.schedule

    @property
    def limits(self) -> RiskLimits:
        return DEFAULT_LIMITS

    def set_limits(self, limits: RiskLimits) -> None:
        """The limits are the other desk's to change: these stay as they are."""

    @property
    def board(self) -> MarketBoard:
        return self._on.board

    @property
    def market_recorder(self) -> None:
        """The other desk receives."""
        return

    def orders(self) -> tuple[Order, ...]:
        return self._on.day_book.orders()

    def order(self, id: OrderId) -> Order | None:
        return self._on.records.order(id)

    def fills(self) -> tuple[Fill, ...]:
        return self._on.day_book.fills()

    def portfolio(self) -> Portfolio:
        return self._on.portfolio.snapshot()

    def health(self) -> Health:
        since = self._opened_at or self._on.clock.now()
        records = self._on.records
        return Health(
            streams={stream: StreamChanged(stream, StreamHealth.DOWN, since, self.why) for stream in Stream},
            aligned=False,
            last_list=None,
            waiting=len(records.requests_in(RequestState.QUEUED)),
            in_flight=len(records.requests_in(RequestState.SENDING)),
            unknown=len(records.requests_in(RequestState.UNKNOWN)),
            parked_notices=0,
            drift=0,
            journal=self._on.trouble,
        )

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

    def recovery(self) -> RecoveryReport:
        return RecoveryReport(self._opened_at or self._on.clock.now(), True, ())

    def activity(self) -> tuple[Line, ...]:
        return self._on.lines

    def preview(self, ticket: Ticket) -> Preview:
        unknown = Unknown(_NO_BROKER)
        return Preview((self.why,), (), unknown, unknown, unknown, unknown)

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

    async def reconcile(self) -> None:
        """Read the journal now. Raises StorageError."""
        await self._on.look()

    def accept_difference(self, id: str) -> None:
        """There are none here."""

    async def settled(self, request: RequestId) -> Order:
        """Raises NotSupported: nothing was asked of this desk."""
        raise NotSupported(self.why)

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        return await export_file(self._path, self.account.connection, folder, language, say)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def biography(self, order: OrderId) -> Biography:
        """Raises LookupError when the journal knows no such order."""
        replay = await self._on.journal.biography(order)
        known = self._on.records.order(order)
        if known is None or not replay.entries:
            raise LookupError(f"no order {order}")
        return Biography(known, replay.entries, tuple(life.number for life in known.numbers))

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]:
        return await self._on.log.page(self.account.connection, line, most)

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]:
        return await self._on.log.about(order)

    async def instruments(self) -> tuple[Instrument, ...]:
        return self._on.instruments()

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        return self._on.instrument(id)

    async def quote(self, instrument: InstrumentId) -> Quote:
        """Raises Unreachable, as every read of the market does here."""
        raise Unreachable(_NO_BROKER)

    async def book(self, instrument: InstrumentId) -> Book:
        raise Unreachable(_NO_BROKER)

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime
    ) -> tuple[Candle, ...]:
        raise Unreachable(_NO_BROKER)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        raise Unreachable(_NO_BROKER)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        raise Unreachable(_NO_BROKER)

    def lease(self, topic: Topic) -> Lease:
        return NoLease()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self._on.announcer.subscribe(listener)
