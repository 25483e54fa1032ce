"""The desk of one connection: the implementation of ``hoga.trading.facade.Desk`` over its ``Core``."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hoga.base.clock import MarketClock
from hoga.base.message import Language, Message
from hoga.broker.port import (
    Broker,
    BrokerEvent,
    Capabilities,
    Drift,
    Lease,
    MissedCandles,
    StreamChanged,
    Topic,
    TopicRefused,
)
from hoga.domain.accounts import Account
from hoga.domain.broker_orders import BrokerNumber, OrderList, OrderNotice
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Maybe
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote, Trade
from hoga.domain.orders import Order
from hoga.domain.positions import Portfolio
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits
from hoga.domain.sessions import Schedule
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Level, Line
from hoga.storage.database import Database
from hoga.storage.masking import Mask
from hoga.trading.changes import Listener
from hoga.trading.core import Core
from hoga.trading.export import export_file
from hoga.trading.market_board import MarketBoard
from hoga.trading.market_recorder import MarketRecorder
from hoga.trading.preview import preview
from hoga.trading.routed_broker import RoutedBroker
from hoga.trading.settings import DeskSettings
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    Biography,
    CancelFilter,
    Consent,
    Difference,
    Fill,
    FollowUp,
    Health,
    Offer,
    Part,
    Preview,
    Question,
    RecoveryReport,
    StopReport,
    Submission,
    Unresolved,
    Waiting,
)

_OPENING_PATIENCE = 5.0


def _answered(number: BrokerNumber | None) -> Message:
    return (
        Message("QUESTION_ANSWERED_NONE") if number is None else Message("QUESTION_ANSWERED", {"number": str(number)})
    )


def _never_locked() -> Message | None:
    return None


class ConnectionDesk:
    """``open`` first; ``aclose`` ends it in good order, the broker included. ``database`` stays its owner's."""

    def __init__(
        self,
        broker: Broker,
        database: Database,
        clock: MarketClock,
        schedule: Schedule,
        mask: Mask,
        settings: DeskSettings | None = None,
        *,
        locked: Callable[[], Message | None] = _never_locked,
        limits: RiskLimits = DEFAULT_LIMITS,
        routed: RoutedBroker | None = None,
    ) -> None:
        """``routed``: ``broker`` itself, where its quotes may come from another connection."""
        self._core = Core(broker, database, clock, schedule, mask, settings or DeskSettings(), locked, limits)
        self._routed = routed
        self._unlisten: Callable[[], None] | None = None
        self.market_recorder: MarketRecorder | None = None
        """Set by who knows where recordings are kept."""

    # --- life -------------------------------------------------------------------------------------------------------

    async def open(self, *, wait: float = _OPENING_PATIENCE) -> bool:
        """Restore the journal, connect, and read the broker's list. Returns after at most ``wait`` wire seconds of
        waiting for that; False: the broker was not reached yet, and is tried on. Raises StorageError."""
        self._unlisten = self._core.broker.listen(self._hear)
        await self._core.open()
        return await self._core.aligned_within(wait)

    async def aclose(self) -> None:
        await self._core.aclose()
        if self._unlisten is not None:
            self._unlisten()

    async def drop(self) -> None:
        """End as a SIGKILL would, for rehearsals: nothing more is written, sent or heard."""
        if self._unlisten is not None:
            self._unlisten()
        await self._core.drop()

    def _hear(self, event: BrokerEvent) -> None:
        """Every event of the connection, in order."""
        core = self._core
        match event:
            case Trade() | Book():
                core.board.update(event, self._told_by("stream"))
            case OrderNotice():
                core.notices.hear(event)
            case StreamChanged():
                core.stream_changed(event)
            case Quote():
                core.board.update(event, self._told_by("rest"))
            case OrderList():
                core.lists.soon()
            case MissedCandles():
                core.announcer.tell(Part.MARKET)
            case Drift():
                core.drift += 1
                values = {"where": event.where, "what": event.what}
                core.log(Level.ERROR if event.refused else Level.WARNING, Message("DRIFT", values), None, None)
            case TopicRefused():
                values = {"topic": event.topic.kind.value, "broker_code": event.code, "text": event.text}
                core.log(Level.WARNING, Message("TOPIC_REFUSED", values), None, event.topic.instrument)

    def _told_by(self, way: str) -> str:
        """Where what was told came from: ``stream``, or ``stream of 키움`` where it is another connection's."""
        name = self._routed.quotes_from if self._routed is not None else ""
        return f"{way} of {name}" if name else way

    def _read_from(self) -> str:
        """Where what was read last came from: ``rest``, or ``rest of 키움``."""
        name = self._routed.read_from if self._routed is not None else ""
        return f"rest of {name}" if name else "rest"

    def tell(self, level: Level, message: Message) -> None:
        """A word of the house in this account's activity."""
        self._core.log(level, message, None, None)

    def market_silent(self, why: Message | None) -> None:
        """Who follows the market's clock says that it is silent, and why; None once it is told again."""
        self._core.market_silent(why)

    # --- snapshots --------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self._core.broker.account

    @property
    def read_only(self) -> Message | None:
        return None

    @property
    def capabilities(self) -> Capabilities:
        return self._core.broker.capabilities

    @property
    def clock(self) -> MarketClock:
        return self._core.clock

    @property
    def schedule(self) -> Schedule:
        return self._core.schedule

    @property
    def limits(self) -> RiskLimits:
        return self._core.limits

    def set_limits(self, limits: RiskLimits) -> None:
        self._core.set_limits(limits)

    @property
    def board(self) -> MarketBoard:
        return self._core.board

    def orders(self) -> tuple[Order, ...]:
        return self._core.day_book.orders()

    def order(self, id: OrderId) -> Order | None:
        return self._core.records.order(id)

    def fills(self) -> tuple[Fill, ...]:
        return self._core.day_book.fills()

    def portfolio(self) -> Portfolio:
        return self._core.portfolio.snapshot()

    def health(self) -> Health:
        core = self._core
        return Health(
            streams=core.streams_heard(),
            aligned=core.aligned,
            last_list=core.reconciler.last_look,
            waiting=core.outbox.count,
            in_flight=core.outbox.in_flight,
            unknown=core.unknown_requests(),
            parked_notices=sum(map(len, core.records.parked.values())),
            drift=core.drift,
            journal=core.recorder.trouble_told,
            unwritten=core.recorder.unwritten,
            stopped_since=core.stop_switch.since,
            rebuilt=core.care.rebuilt.message if core.care.rebuilt is not None else None,
            rebuilt_from=core.care.rebuilt_from,
        )

    def waiting(self) -> tuple[Waiting, ...]:
        return self._core.outbox.waiting()

    def offers(self) -> tuple[Offer, ...]:
        return self._core.desk.offers.all()

    def questions(self) -> tuple[Question, ...]:
        return self._core.reconciler.questions

    def recovery(self) -> RecoveryReport:
        return self._core.recovery.report(self._core.records, self.questions())

    def unresolved(self) -> tuple[Unresolved, ...]:
        return self._core.reconciler.unresolved()

    def differences(self) -> tuple[Difference, ...]:
        return self._core.differences.standing

    def activity(self) -> tuple[Line, ...]:
        return self._core.activity.recent

    def preview(self, ticket: Ticket) -> Preview:
        self._core.warm_up(ticket.instrument)
        return preview(ticket, self._core)

    def get_ready(self, ticket: Ticket) -> None:
        self._core.broker.warm()
        self._core.warm_up(ticket.instrument)
        self._core.desk.readiness.get_ready(ticket)

    # --- commands ---------------------------------------------------------------------------------------------------

    def new_ticket_id(self) -> TicketId:
        return TicketId(uuid.uuid4().hex)

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission:
        return await self._core.desk.submit(ticket, consent)

    async def reprice(
        self, order: OrderId, limit: Price, consent: Consent = NO_CONSENT, *, origin: Origin | None = None
    ) -> FollowUp:
        return await self._core.desk.reprice(order, limit, consent, origin)

    async def reduce(self, order: OrderId, by: Shares) -> FollowUp:
        return await self._core.desk.reduce(order, by)

    async def cancel(self, order: OrderId, *, origin: Origin | None = None) -> FollowUp:
        return await self._core.desk.cancel(order, origin)

    async def cancel_all(self, which: CancelFilter = EVERYTHING) -> tuple[FollowUp, ...]:
        return await self._core.desk.cancel_all(which)

    async def stop(self) -> StopReport:
        return await self._core.stop_switch.press(self._core.outbox)

    async def release(self) -> None:
        await self._core.stop_switch.release(self._core.outbox)

    async def withdraw(self, request: RequestId) -> Message | None:
        return await self._core.desk.withdraw(request)

    async def resume(self, request: RequestId, consent: Consent = NO_CONSENT) -> Submission:
        return await self._core.desk.offers.resume(request, consent)

    async def discard(self, request: RequestId) -> None:
        await self._core.desk.offers.discard(request)

    async def answer(self, question: str, number: BrokerNumber | None) -> None:
        if await self._core.reconciler.answer(question, number):
            self._core.log(Level.INFO, _answered(number), None, None)

    async def reconcile(self) -> None:
        try:
            await self._core.lists.once()
        finally:
            await self._core.balances.once()

    def accept_difference(self, id: str) -> None:
        self._core.differences.accept(id)

    async def settled(self, request: RequestId) -> Order:
        return await self._core.settled(request)

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        return await export_file(self._core.journal_file, self.account.connection, folder, language, say)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def biography(self, order: OrderId) -> Biography:
        """Raises LookupError when the journal knows no such order."""
        replay = await self._core.journal.biography(order)
        known = self._core.records.order(order)
        if known is None or not replay.entries:
            raise LookupError(f"no order {order}")
        return Biography(known, replay.entries, tuple(life.number for life in known.numbers))

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]:
        return await self._core.activity.page(self.account.connection, line, most)

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]:
        return await self._core.activity.about(order)

    async def instruments(self) -> tuple[Instrument, ...]:
        return await self._core.master.instruments()

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        return self._core.master.find(id)

    async def quote(self, instrument: InstrumentId) -> Quote:
        quote = await self._core.broker.quote(instrument)
        self._core.board.update(quote, self._read_from())
        return quote

    async def book(self, instrument: InstrumentId) -> Book:
        book = await self._core.broker.book(instrument)
        self._core.board.update(book, self._read_from())
        return book

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        return await self._core.broker.candles(instrument, period, start, end, adjusted=adjusted)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        return await self._core.broker.orderable(instrument, type, limit)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        return await self._core.broker.sellable(instrument)

    def lease(self, topic: Topic) -> Lease:
        return self._core.broker.lease(topic)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        return self._core.announcer.subscribe(listener)
