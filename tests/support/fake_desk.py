"""A desk without a broker: snapshots that a test sets, commands that it can read back.

``FakeDesk`` implements ``hoga.trading.facade.Desk``. Commands do what a broker that says yes would do (an order works,
moves, ends), unless ``answers`` holds another answer for their name. Market data goes in through ``feed``.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from hoga.base.clock import ManualClock
from hoga.base.message import Language, Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import Capabilities, NotFound, Stream, StreamChanged, StreamHealth, Topic
from hoga.domain.accounts import Account, CashReport, ConnectionId, PracticeAccount, WireProfile
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote, Trade
from hoga.domain.order_facts import Answer
from hoga.domain.orders import Order
from hoga.domain.positions import Holding, Portfolio, Position
from hoga.domain.risk_limits import DEFAULT_LIMITS, RiskLimits
from hoga.domain.sessions import AlwaysOpen, Schedule
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Side, Ticket, TicketId, TimeInForce
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.storage.activity import Level, Line
from hoga.trading.market_board import MarketBoard
from hoga.trading.market_recorder import MarketRecorder
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    Biography,
    CancelFilter,
    Change,
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
    Requested,
    StopReport,
    Submission,
    Submitted,
    Unresolved,
    Waiting,
)
from hoga.ui.context import Context
from tests.support import made_up
from tests.support.fake_orders import FakeOrders

CONNECTION = ConnectionId("kis-real@practice-3f9a")
ACCOUNT = PracticeAccount(CONNECTION, "******56-01", WireProfile.KIS_REAL)
_STEPS = {
    Period.MINUTE: timedelta(minutes=1),
    Period.DAY: timedelta(days=1),
    Period.WEEK: timedelta(days=7),
    Period.MONTH: timedelta(days=30),
    Period.YEAR: timedelta(days=365),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One call of a command: its name and arguments in order, defaults included."""

    name: str
    arguments: tuple[Any, ...]


@dataclass
class FakeLease:
    topic: Topic
    live: bool = True
    released: bool = False
    on_release: list[Callable[[], None]] = field(default_factory=list)

    def release(self) -> None:
        self.released = True


class EagerTasks(TaskOwner):
    """Runs work at once when no loop runs, so that a click in a plain test has its effect when it returns.

    Work that would have to wait fails the test: use the ``run`` fixture for that.
    """

    def start(
        self, name: str, work: Coroutine[Any, Any, Any], *, busy: Busy = Busy.REFUSE, at_once: bool = False
    ) -> Any:
        import asyncio

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            try:
                work.send(None)
            except StopIteration:
                return None
            work.close()
            raise AssertionError(f"{name} has to wait: run this test on the loop (fixture run)") from None
        return super().start(name, work, busy=busy, at_once=at_once)


class FakeDesk:
    """See the module."""

    def __init__(
        self,
        account: Account = ACCOUNT,
        *,
        schedule: Schedule | None = None,
        start: datetime = made_up.START,
        instruments: Iterable[Instrument] = made_up.INSTRUMENTS,
    ) -> None:
        self.account = account
        self.clock = ManualClock(start)
        self.schedule: Schedule = schedule or AlwaysOpen()
        self.read_only: Message | None = None
        self.board = MarketBoard(self.clock.now)
        self.market_recorder: MarketRecorder | None = None
        self.capabilities = Capabilities(
            types=frozenset(
                {
                    (OrderType.LIMIT, TimeInForce.DAY, Venue.KRX),
                    (OrderType.LIMIT, TimeInForce.IOC, Venue.KRX),
                    (OrderType.LIMIT, TimeInForce.FOK, Venue.KRX),
                    (OrderType.MARKET, TimeInForce.DAY, Venue.KRX),
                    (OrderType.BEST, TimeInForce.DAY, Venue.KRX),
                    (OrderType.PRIORITY, TimeInForce.DAY, Venue.KRX),
                }
            ),
            venues=frozenset({Venue.KRX}),
            pending_list=True,
            sellable_query=True,
            trading_days=True,
            past_minutes=True,
            registrations=41,
            reads_per_second=18.0,
        )
        self.limits = DEFAULT_LIMITS
        self.master = tuple(instruments)
        self.book_of_orders = FakeOrders(account.connection, self.clock.now)
        self.commands: list[Command] = []
        self.made_ready: list[Ticket] = []
        self.answers: dict[str, Any] = {}
        """By command or read name: a value to return, an exception to raise, or a function of the arguments."""
        self.leases: list[FakeLease] = []
        self._listeners: list[Callable[[Change], None]] = []
        self._tickets: dict[TicketId, Submitted] = {}
        self._serial = itertools.count(1)
        self._portfolio = portfolio(start)
        self._health = live_health(start)
        self._questions: tuple[Question, ...] = ()
        self._waiting: tuple[Waiting, ...] = ()
        self._offers: tuple[Offer, ...] = ()
        self._recovery = RecoveryReport(start, True, ())
        self._unresolved: tuple[Unresolved, ...] = ()
        self._differences: tuple[Difference, ...] = ()
        self._lines: list[Line] = []

    # --- what a test sets -------------------------------------------------------------------------------------------

    def tell(self, part: Part, *orders: OrderId) -> None:
        for listener in tuple(self._listeners):
            listener(Change(part, frozenset(orders)))

    def set_portfolio(self, value: Portfolio) -> None:
        self._portfolio = value
        self.tell(Part.PORTFOLIO)

    def set_health(self, **changes: Any) -> None:
        """``set_health(unknown=1, in_flight=2)``."""
        self._health = replace(self._health, **changes)
        self.tell(Part.HEALTH)

    def set_stream(self, stream: Stream, health: StreamHealth, why: Message | None = None) -> None:
        changed = StreamChanged(stream, health, self.clock.now(), why)
        self.set_health(streams={**self._health.streams, stream: changed})

    def set_questions(self, *questions: Question) -> None:
        self._questions = questions
        self.tell(Part.QUESTIONS)

    def set_waiting(self, *waiting: Waiting) -> None:
        self._waiting = waiting
        self.tell(Part.ORDERS)

    def set_offers(self, *offers: Offer) -> None:
        self._offers = offers
        self.tell(Part.ORDERS)

    def set_recovery(self, report: RecoveryReport) -> None:
        self._recovery = report
        self.tell(Part.RECOVERY)

    def set_unresolved(self, *unresolved: Unresolved) -> None:
        self._unresolved = unresolved
        self.set_health(unknown=len(unresolved))

    def set_differences(self, *differences: Difference) -> None:
        self._differences = differences
        self.tell(Part.PORTFOLIO)

    def add_line(
        self,
        code: str,
        level: Level = Level.INFO,
        order: OrderId | None = None,
        instrument: InstrumentId | None = None,
        **values: object,
    ) -> Line:
        about = str(instrument) if instrument else None
        line = Line(self.clock.now(), self.account.connection, level, Message(code, values), order, about)
        self._lines.append(line)
        self.tell(Part.ACTIVITY)
        return line

    def add_order(self, order: Order) -> Order:
        """Show an order made by ``book_of_orders`` (or anywhere) in its present state."""
        self.book_of_orders.orders[order.id] = order
        self.tell(Part.ORDERS, order.id)
        return order

    def working(self, one: Instrument, side: Side, quantity: int, limit: int | None, **more: Any) -> Order:
        """A working order of ours."""
        type = more.pop("type", OrderType.LIMIT)
        ticket = Ticket(
            self.new_ticket_id(), self.account, one.id, side, type, Shares(quantity),
            None if limit is None else Price(limit), **more,
        )  # fmt: skip
        order = self.book_of_orders.intend(ticket)
        return self.add_order(self.book_of_orders.answered(order, order.requests[0].id, Answer.ACCEPTED))

    def fill(self, order: OrderId, quantity: int, price: int) -> Order:
        changed = self.book_of_orders.filled(self.book_of_orders.orders[order], quantity, price)
        return self.add_order(changed)

    def feed(self, *values: Quote | Trade | Book, source: str = "stream") -> None:
        for value in values:
            self.board.update(value, source)

    def feed_all(self) -> None:
        """A quote and a book of every instrument, as of now."""
        for one in self.master:
            self.feed(made_up.quote(one, self.clock.now()), made_up.book(one, self.clock.now()))

    def named(self, name: str) -> list[Command]:
        """The calls of one command."""
        return [command for command in self.commands if command.name == name]

    # --- snapshots --------------------------------------------------------------------------------------------------

    def orders(self) -> tuple[Order, ...]:
        return tuple(self.book_of_orders.orders.values())

    def order(self, id: OrderId) -> Order | None:
        return self.book_of_orders.orders.get(id)

    def fills(self) -> tuple[Fill, ...]:
        return tuple(Fill(order, line) for order in self.orders() for line in order.executions)

    def portfolio(self) -> Portfolio:
        return self._portfolio

    def health(self) -> Health:
        return self._health

    def waiting(self) -> tuple[Waiting, ...]:
        return self._waiting

    def offers(self) -> tuple[Offer, ...]:
        return self._offers

    def questions(self) -> tuple[Question, ...]:
        return self._questions

    def recovery(self) -> RecoveryReport:
        return self._recovery

    def unresolved(self) -> tuple[Unresolved, ...]:
        return self._unresolved

    def differences(self) -> tuple[Difference, ...]:
        return self._differences

    def activity(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def preview(self, ticket: Ticket) -> Preview:
        if "preview" in self.answers:
            answer = self.answers["preview"]
            result: Preview = answer(ticket) if callable(answer) else answer
            return result
        unit = ticket.limit or made_up.quote(self._instrument(ticket.instrument)).last
        amount = unit * ticket.quantity
        now = self.clock.now()
        cash = self._portfolio.orderable
        after = cash.value - amount if isinstance(cash, Known) else Money(0)
        none = Unknown(Message("NO_DATA_YET"))
        return Preview((), (), Known(amount, now, "test"), none, Known(after, now, "test"), none)

    def get_ready(self, ticket: Ticket) -> None:
        self.made_ready.append(ticket)

    # --- commands ---------------------------------------------------------------------------------------------------

    def set_limits(self, limits: RiskLimits) -> None:
        self._record("set_limits", limits)
        self.limits = limits

    def new_ticket_id(self) -> TicketId:
        return TicketId(f"ticket-{next(self._serial)}")

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission:
        answered, result = self._record("submit", ticket, consent)
        if answered:
            return result  # type: ignore[no-any-return]
        if ticket.id in self._tickets:
            return replace(self._tickets[ticket.id], again=True)
        order = self.book_of_orders.intend(ticket)
        order = self.add_order(self.book_of_orders.answered(order, order.requests[0].id, Answer.ACCEPTED))
        self._tickets[ticket.id] = done = Submitted(order.id, order.requests[0].id)
        return done

    async def reprice(
        self, order: OrderId, limit: Price, consent: Consent = NO_CONSENT, *, origin: Origin | None = None
    ) -> FollowUp:
        return self._follow_up(("reprice", order, limit, consent), order, RequestKind.REPRICE, limit=limit)

    async def reduce(self, order: OrderId, by: Shares) -> FollowUp:
        return self._follow_up(("reduce", order, by), order, RequestKind.REDUCE, by=by)

    async def cancel(self, order: OrderId, *, origin: Origin | None = None) -> FollowUp:
        return self._follow_up(("cancel", order), order, RequestKind.CANCEL)

    async def cancel_all(self, which: CancelFilter = EVERYTHING) -> tuple[FollowUp, ...]:
        answered, result = self._record("cancel_all", which)
        if answered:
            return result  # type: ignore[no-any-return]
        chosen = [order for order in self.orders() if not order.state.over and which.fits(order)]
        return tuple([await self.cancel(order.id) for order in chosen])

    async def stop(self) -> StopReport:
        self._record("stop")
        since = self._health.stopped_since or self.clock.now()
        self.set_health(stopped_since=since)
        return StopReport(since, (), sum(not order.state.over for order in self.orders()))

    async def release(self) -> None:
        self._record("release")
        self.set_health(stopped_since=None)

    async def withdraw(self, request: RequestId) -> Message | None:
        _, result = self._record("withdraw", request)
        return result  # type: ignore[no-any-return]

    async def resume(self, request: RequestId, consent: Consent = NO_CONSENT) -> Submission:
        answered, result = self._record("resume", request, consent)
        return result if answered else Submitted(OrderId(request.partition("/")[0]), request)

    async def discard(self, request: RequestId) -> None:
        self._record("discard", request)

    async def answer(self, question: str, number: BrokerNumber | None) -> None:
        self._record("answer", question, number)
        self.set_questions(*(one for one in self._questions if one.id != question))

    async def reconcile(self) -> None:
        self._record("reconcile")

    def accept_difference(self, id: str) -> None:
        self._record("accept_difference", id)
        self.set_differences(*(one for one in self._differences if one.id != id))

    async def settled(self, request: RequestId) -> Order:
        return next(o for o in self.orders() if o.request(request) is not None)

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        answered, result = self._record("export", folder, language)
        return result if answered else (folder / "orders.csv",)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def biography(self, order: OrderId) -> Biography:
        known = self.book_of_orders.orders[order]
        entries = tuple(self.book_of_orders.entries.get(order, ()))
        return Biography(known, entries, tuple(life.number for life in known.numbers))

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]:
        return tuple(reversed(self._lines))[:most] if line is None else ()

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]:
        return tuple(line for line in self._lines if line.order == order)

    async def instruments(self) -> tuple[Instrument, ...]:
        answered, result = self._record("instruments")
        return result if answered else self.master

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        found = next((one for one in self.master if one.id == id), None)
        return Known(found, self.clock.now(), "test") if found else Unknown(Message("NO_INSTRUMENT"))

    async def quote(self, instrument: InstrumentId) -> Quote:
        answered, result = self._record("quote", instrument)
        value = result if answered else made_up.quote(self._instrument(instrument), self.clock.now())
        self.board.update(value, "rest")
        return value

    async def book(self, instrument: InstrumentId) -> Book:
        answered, result = self._record("book", instrument)
        value = result if answered else made_up.book(self._instrument(instrument), self.clock.now())
        self.board.update(value, "rest")
        return value

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        asked = (instrument, period, start, end)
        answered, result = self._record("candles", *asked) if adjusted else self._record("raw candles", *asked)
        if answered:
            return result  # type: ignore[no-any-return]
        step = _STEPS[period]
        count = max(min(int((end - start) / step), 300), 0)
        return made_up.candles(self._instrument(instrument), end - count * step, step, count)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        answered, result = self._record("orderable", instrument, type, limit)
        if answered:
            return result  # type: ignore[no-any-return]
        unit = limit or made_up.quote(self._instrument(instrument)).last
        cash = self._portfolio.orderable
        money = cash.value if isinstance(cash, Known) else Money(0)
        return Orderable(money, Shares(money.units // unit.units), unit)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        held = self._portfolio.holding(instrument)
        return held.sellable if held else Shares(0)

    def lease(self, topic: Topic) -> FakeLease:
        lease = FakeLease(topic)
        self.leases.append(lease)
        return lease

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    # --- inside -----------------------------------------------------------------------------------------------------

    def _record(self, name: str, *arguments: Any) -> tuple[bool, Any]:
        self.commands.append(Command(name, arguments))
        if name not in self.answers:
            return False, None
        answer = self.answers[name]
        if isinstance(answer, BaseException):
            raise answer
        return True, answer(*arguments) if callable(answer) else answer

    def _follow_up(self, call: tuple[Any, ...], id: OrderId, kind: RequestKind, **more: Any) -> FollowUp:
        answered, result = self._record(*call)
        if answered:
            return result  # type: ignore[no-any-return]
        order = self.book_of_orders.asked(self.book_of_orders.orders[id], kind, **more)
        request = order.requests[-1].id
        self.add_order(self.book_of_orders.answered(order, request, Answer.ACCEPTED))
        return Requested(id, request)

    def _instrument(self, id: InstrumentId) -> Instrument:
        found = next((one for one in self.master if one.id == id), None)
        if found is None:
            raise NotFound(Message("NO_SUCH_INSTRUMENT", {"code": id.code}))
        return found


def live_health(at: datetime) -> Health:
    streams = {stream: StreamChanged(stream, StreamHealth.LIVE, at) for stream in Stream}
    return Health(streams, True, at, waiting=0, in_flight=0, unknown=0, parked_notices=0, drift=0, journal=None)


def holding(
    one: Instrument, quantity: int, cost: int, last: int | None = None, at: datetime = made_up.START
) -> Holding:
    """Shares of ``one`` that cost ``cost`` won together, all of them sellable."""
    position = Position(one.id, one.name_ko, Shares(quantity), Money(cost), None)
    price = Price(made_up.LAST[one.id] if last is None else last)
    return Holding(
        position,
        Shares(quantity),
        Known(price, at, "test"),
        Known(position.value(price), at, "test"),
        Known(position.open_profit(price), at, "test"),
        Known(Money(0), at, "test"),
    )


def portfolio(at: datetime, *holdings: Holding, cash: int = 12_345_678, realised: int = 0) -> Portfolio:
    """A portfolio that was read whole, with these holdings and this much cash."""
    values = [held.value.value.units for held in holdings if isinstance(held.value, Known)]
    profits = [held.open_profit.value.units for held in holdings if isinstance(held.open_profit, Known)]
    report = CashReport(Currency.KRW, Money(cash), Money(cash), Money(cash))
    return Portfolio(
        at=at,
        holdings=Known(holdings, at, "test"),
        cash=Known((report,), at, "test"),
        orderable=Known(Money(cash), at, "test"),
        reserved=Money(0),
        realised_today=Known(Money(realised), at, "test"),
        open_profit=Known(Money(sum(profits)), at, "test"),
        total=Known(Money(sum(values) + cash), at, "test"),
    )


def make_context(desk: FakeDesk | None = None, language: Language = Language.EN) -> Context:
    """A context over a fake desk, its master read, the first instrument chosen, every quote and book fed.

    Its timers do not run: emit ``frame`` and ``second`` by hand, or call ``start()`` and later ``stop()``.
    """
    desk = desk or FakeDesk()
    desk.feed_all()
    context = Context(desk, EagerTasks("test"), language)
    context.set_instruments(desk.master)
    context.select(desk.master[0].id)
    return context


def beat(context: Context) -> None:
    """One frame: everything that is dirty is told."""
    dirty = context.desk.board.take_dirty()
    if dirty:
        turns = (context.book_turn, context.facts_turn, context.chart_turn, context.tape_turn)
        for told in (context.frame, *turns):
            told.emit(dirty)
