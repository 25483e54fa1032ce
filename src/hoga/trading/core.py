"""The working parts of one connection, wired together, and their life: restore, open, trade, close.

Journal and records say what we intended; the broker's events, lists and balances say what happened. Whatever the
network does, the core stays up: it says what is unknown and heals by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from functools import partial

from msgspec.structs import replace

from hoga.base.clock import KST, MarketClock, silence_of
from hoga.base.message import Message
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.port import Broker, BrokerError, Outcome, OutcomeUnknown, Stream, StreamChanged, StreamHealth
from hoga.domain.accounts import Account, Balance
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.costs import fee_model
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.order_facts import Asked, Fact, Interrupted, Joined
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.risk_limits import RiskLimits, changes
from hoga.domain.sessions import Schedule, desk_day, is_over
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderId, RequestId, Ticket
from hoga.domain.values import NO_SHARES
from hoga.storage.activity import ActivityLog, Level, Line
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from hoga.storage.masking import Mask
from hoga.trading.cancel_pace import CancelPace
from hoga.trading.changes import Announcer
from hoga.trading.day_book import DayBook
from hoga.trading.differences import CONFIRM_AFTER, Differences, News
from hoga.trading.gate import GateFacts
from hoga.trading.journal_care import JournalCare
from hoga.trading.market_board import MarketBoard
from hoga.trading.missed_days import missed_days
from hoga.trading.narration import of_difference, of_fact, of_outcome
from hoga.trading.notices import NoticeDesk
from hoga.trading.order_desk import OrderDesk
from hoga.trading.outbox import Outbox
from hoga.trading.portfolio import PortfolioKeeper
from hoga.trading.reconciler import Reconciler
from hoga.trading.recorder import Recorder
from hoga.trading.records import Applied, Fingerprint, OrderRecords
from hoga.trading.recovery import Recovery
from hoga.trading.restoring import load_order, restore
from hoga.trading.settings import DeskSettings
from hoga.trading.stop_switch import StopSwitch
from hoga.trading.surroundings import GateRoom, Master
from hoga.trading.terms import broker_words
from hoga.trading.views import Difference, Part
from hoga.trading.watch import Watch
from hoga.trading.wording_risk import limit_changed

_REPLAY_DAYS = 4
"""Orders of these last days are in memory after a start; older ones are fetched from the journal when asked about."""
_ODD_SECONDS = 0.5
_CLOSING_PATIENCE = 2.0
_BALANCE_PERIOD = 60.0
_BALANCE_AGAIN = 3.0
"""Until one was read that is of a day beyond doubt."""


class Core:
    """See the module. ``locked`` says why the account takes no orders (a REAL account that is not unlocked)."""

    def __init__(
        self,
        broker: Broker,
        database: Database,
        clock: MarketClock,
        schedule: Schedule,
        mask: Mask,
        settings: DeskSettings,
        locked: Callable[[], Message | None],
        limits: RiskLimits,
    ) -> None:
        account: Account = broker.account
        self.broker, self.clock, self.schedule, self.settings = broker, clock, schedule, settings
        self.fees, self.limits = fee_model(account.profile), limits
        self.journal_file = database.path
        self.journal = Journal(database, account.connection, mask)
        self.activity = ActivityLog(database, mask)
        self.announcer = Announcer()
        self.records = OrderRecords(account.connection)
        self.day_book = DayBook(self.records, clock.now, self.trading_date)
        self.board = MarketBoard(clock.now, silence_of(clock))
        self.master = Master(broker, clock.now, self.today)
        self.differences = Differences(self.records, self.fees.currency, self._tell_difference)
        self.portfolio = PortfolioKeeper(
            broker, self.records, self.board, self.fees, clock.now, self.today, self.master.find, self._balance_read
        )
        self.stop_switch = StopSwitch(
            clock.now, self._stop_changed, self._count_open, lambda: self.announcer.tell(Part.HEALTH)
        )
        self.gate_room = GateRoom(
            broker, self.records, self.board, self.portfolio, self.master,
            clock, schedule, self.trading_date, self.today, self.fees, settings.stale_quote, locked,
            lambda: self.stop_switch.pressed, lambda: self.limits,
        )  # fmt: skip
        self.recorder = Recorder(
            self.journal, self.records, clock.now, self.today,
            on_applied=self._applied, on_health=self._journal_health,
        )  # fmt: skip
        self.care = JournalCare(
            database, account, clock, self.recorder, lambda level, message: self.log(level, message, None, None)
        )
        self.outbox = Outbox(
            broker, self.recorder, self.records, clock, settings,
            aligned=lambda: self.aligned, stopped=lambda: self.stop_switch.pressed, report=self._outcome,
        )  # fmt: skip
        self.reconciler = Reconciler(
            broker, self.recorder, self.records, clock, settings,
            trading_date=self.trading_date, load=self._load, new_order_id=self.new_order_id,
            on_questions=lambda: self.announcer.tell(Part.QUESTIONS),
            is_over=partial(is_over, schedule), on_untold=self._past_untold,
        )  # fmt: skip
        self.desk = OrderDesk(self.outbox, self.recorder, self.records, self.journal, clock, self, settings)
        self.notices = NoticeDesk(self.recorder, self.records, clock.now, settings.unmatched_after)
        self.lists = Watch("lists", clock, self._look, self._next_look, self._read_failed)
        self.balances = Watch("balances", clock, self._refresh, self._next_balance, self._read_failed)
        self.recovery = Recovery(clock.now(), (), ())
        self.cancel_pace = CancelPace(
            self.records, clock.now, lambda: self.limits.cancels_tell,
            lambda told: self.log(Level.WARNING, told, None, None),
        )  # fmt: skip
        self.streams: dict[Stream, StreamChanged] = {}
        self.silence: Message | None = None
        self.drift = 0
        self._is_aligned = asyncio.Event()
        self._outages = 0
        self._waiters: dict[RequestId, list[asyncio.Future[Order]]] = {}
        self._day = (clock.now(), clock.now(), date.min)
        self._sequence = 0
        self._sequence_on: date | None = None
        self._tasks = TaskOwner("connection")
        self._closed = False

    # --- life -------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Restore what the journal holds, then connect and bring both together. Raises StorageError only: a broker
        that cannot be reached is shown as such and tried again."""
        today = self.today()
        restored = await restore(self.journal, self.records, today - timedelta(days=_REPLAY_DAYS))
        last = await self.journal.last_sequence(today)
        self._sequence, self._sequence_on = self.care.first_sequence(last), today
        # Unknown from an earlier start, too: that one may have died before it was settled.
        unsettled = self.records.requests_in(RequestState.SENDING, RequestState.UNKNOWN)
        self.recovery = Recovery(
            self.clock.now(), restored.open_orders, [request.id for _, request in unsettled], self.care
        )
        lines = await self.activity.page(self.broker.account.connection, most=1)  # before this start writes any
        alive = lines[0].at if lines else None
        self.reconciler.catch_up(missed_days(alive, self.clock.now(), self.trading_date, self.schedule))
        self.care.start()
        for damage in restored.damaged:
            self.log(Level.ERROR, Message("JOURNAL_LINE_DAMAGED", {"line": damage.seq, "why": damage.why}), None, None)
        self.recorder.close_orders(restored.ended)
        self.desk.offers.remember(list(restored.queued))
        if restored.interrupted:
            now = self.clock.now()
            await self.recorder.told(*(Interrupted(now, order.id, id) for order, id in restored.interrupted))
        self._tasks.start("connect", self._connect())

    async def aclose(self) -> None:
        """End in good order: what is on its way gets a moment, nothing new starts, the journal is complete."""
        if self._closed:
            return
        self._closed = True
        await self._tasks.aclose()
        await self.lists.aclose()
        await self.balances.aclose()
        await self.desk.aclose()
        await self.outbox.aclose(_CLOSING_PATIENCE)
        await self.recorder.aclose()
        await self.care.aclose()
        await self.broker.aclose()
        self.announcer.close()

    async def drop(self) -> None:
        """End as a SIGKILL would, for rehearsals: nothing more is written, sent or answered."""
        self._closed = True
        self.recorder.drop()
        for part in (self._tasks, self.lists, self.balances, self.desk):
            await part.aclose()
        await self.care.drop()
        await self.outbox.aclose(0.0)

    async def _connect(self) -> None:
        """Open the broker, however long it takes, then let the watches run for good."""
        pause = 1.0
        while True:
            try:
                await self.broker.open()
                break
            except BrokerError as error:
                self._read_failed(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 15.0)
        self.lists.start()
        self.balances.start()
        self.lists.soon()
        self.balances.soon()
        await self._read_master()

    async def _read_master(self) -> None:
        pause = 1.0
        while not self.master.was_read:
            try:
                await self.master.instruments()
            except BrokerError as error:
                self._read_failed(error)
                await self.clock.sleep(pause)
                pause = min(pause * 2, 60.0)

    # --- what others ask --------------------------------------------------------------------------------------------

    def trading_date(self, moment: datetime) -> date:
        """What a desk calls today at a moment: see ``desk_day``."""
        return desk_day(self.schedule, moment)

    def today(self) -> date:
        now = self.clock.now()
        if not self._day[0] <= now < self._day[1]:
            self._day = self._day_of(now)
        return self._day[2]

    def _day_of(self, now: datetime) -> tuple[datetime, datetime, date]:
        """Today, from now until the phase of the market or the day changes: it is asked for all the time."""
        today = self.trading_date(now)
        midnight = datetime.combine(now.astimezone(KST).date() + timedelta(days=1), time(), KST)
        try:
            return now, min(self.schedule.status(Venue.KRX, now).until, midnight), today
        except RuleUnknown:
            return now, now, today

    @property
    def own_channels(self) -> Collection[str]:
        """How the broker's list marks what came through our API: as seen on our own orders, else as documented."""
        return self.records.own_channels or self.broker.capabilities.own_channels

    @property
    def aligned(self) -> bool:
        return self._is_aligned.is_set()

    async def aligned_within(self, wire_seconds: float) -> bool:
        if self._is_aligned.is_set():
            return True
        try:
            async with asyncio.timeout(wire_seconds):
                await self._is_aligned.wait()
        except TimeoutError:
            return False
        return True

    async def facts(self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool) -> GateFacts:
        facts = await self.gate_room.gathered(instrument, fingerprint, fresh_price=fresh_price)
        return self.desk.underway.counted(instrument, facts)

    def facts_now(self, instrument: InstrumentId, fingerprint: Fingerprint | None) -> GateFacts:
        return self.desk.underway.counted(instrument, self.gate_room.now(instrument, fingerprint))

    def nothing_is_missing(self, ticket: Ticket) -> bool:
        print_ = (ticket.instrument, ticket.side, ticket.quantity.count)
        return self.gate_room.has_all(ticket.instrument, print_, fresh_price=not ticket.type.carries_price)

    def rests_on(self, ticket: Ticket) -> tuple[object, ...] | None:
        return self.gate_room.rests_on(ticket)

    def warm_up(self, instrument: InstrumentId) -> None:
        """Read beside everything else what the limits will need for an order in ``instrument``."""
        if not self._closed and self.gate_room.lacks(instrument):
            self._tasks.start(f"limits {instrument}", self.gate_room.read_beside(instrument), busy=Busy.DROP)

    def set_limits(self, limits: RiskLimits) -> None:
        """Judge by other limits from now on; each that is another becomes a line."""
        before, self.limits = self.limits, limits
        for change in changes(before, limits):
            self.log(Level.WARNING if change.loosens else Level.INFO, limit_changed(change), None, None)

    def new_order_id(self) -> OrderId:
        """Ours and lasting: connection, trading date and the day's sequence."""
        today = self.today()
        if today != self._sequence_on:
            self._sequence, self._sequence_on = 0, today
        self._sequence += 1
        return OrderId(f"{self.broker.account.connection}/{today:%Y%m%d}-{self._sequence:04d}")

    def log(self, level: Level, message: Message, order: Order | None, instrument: InstrumentId | None) -> None:
        about = instrument or (order.instrument if order else None)
        connection = self.broker.account.connection
        self.activity.add(
            Line(
                self.clock.now(), connection, level, message, order.id if order else None, str(about) if about else None
            )
        )
        self.announcer.tell(Part.ACTIVITY)

    async def settled(self, id: RequestId) -> Order:
        """Wait until a request has ended. LookupError when there is no such request."""
        found = self.records.request(id)
        if found is None:
            raise LookupError(f"no request {id}")
        if found[1].state.settled:
            return found[0]
        future: asyncio.Future[Order] = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(id, []).append(future)
        return await future

    # --- what happens -----------------------------------------------------------------------------------------------

    def stream_changed(self, event: StreamChanged) -> None:
        """After any loss our picture is old until the list was read again."""
        before = self.streams.get(event.stream)
        self.streams[event.stream] = event
        if event.stream is Stream.FILLS:
            if event.health is StreamHealth.LIVE:
                self.lists.at_once()
            else:
                self._outages += 1
                self._is_aligned.clear()
                self.lists.soon(_ODD_SECONDS)
        if before is None or before.health is not event.health:
            # Worth a warning: what was live went away, or there is a reason. A first connection is no news.
            lost = before is not None and before.health is StreamHealth.LIVE
            level = Level.WARNING if event.why is not None or lost else Level.INFO
            said: dict[str, object] = {"stream": event.stream.value, "health": event.health.value}
            told = Message("STREAM_CHANGED", said)
            if event.why is not None:
                told = Message("STREAM_CHANGED_BECAUSE", {**said, "why": event.why})
            self.log(level, told, None, None)
        self.announcer.tell(Part.HEALTH)

    def market_silent(self, why: Message | None) -> None:
        """The market's own clock is not told any more (or again, None): nothing can be live meanwhile."""
        if why != self.silence:
            self.silence = why
            self.announcer.tell(Part.HEALTH)

    def streams_heard(self) -> dict[Stream, StreamChanged]:
        """As the broker tells them. An open connection on which nothing can come is not live."""
        if self.silence is None:
            return dict(self.streams)
        return {
            stream: replace(change, health=StreamHealth.DOWN, why=self.silence)
            if change.health is StreamHealth.LIVE and stream is not Stream.REST
            else change
            for stream, change in self.streams.items()
        }

    def _applied(self, facts: tuple[Fact, ...], results: tuple[Applied, ...]) -> None:
        for fact, result in zip(facts, results, strict=True):
            lines = of_fact(fact, result.before, result.after, self.own_channels)
            for level, message in self.care.told(result.after, lines):
                self.log(level, message, result.after, None)
            filled_before = result.before.filled if result.before is not None else NO_SHARES
            if result.after is not None and result.after.filled != filled_before:
                self.balances.soon(self.settings.balance_settle)
            if result.reconcile:
                self.lists.soon(_ODD_SECONDS)
            if isinstance(fact, Joined) and fact.row.channel in self.own_channels:
                self.recovery.changed_unrecorded(fact.order)
            if isinstance(fact, Asked) and fact.kind is RequestKind.CANCEL:
                self.cancel_pace.cancelled()
        changed = frozenset(result.after.id for result in results if result.after is not None)
        self._wake_waiters(changed)
        self.announcer.tell(Part.ORDERS, changed)
        self.announcer.tell(Part.PORTFOLIO)
        if not self._closed:
            if self.notices.unmatched_until() is not None:
                self._tasks.start("unmatched", self._ask_about_unmatched(), busy=Busy.DROP)
            self.outbox.pump()
            self._follow_wishes()

    async def _ask_about_unmatched(self) -> None:
        """Most notices are ahead of their order's answer for a moment; only one that stays alone is worth a read."""
        while (due := self.notices.unmatched_until()) is not None:
            left = (due - self.clock.now()).total_seconds()
            if left <= 0:
                self.lists.soon()
                return
            await self.clock.sleep(left)

    def _follow_wishes(self) -> None:
        for order, number in self.desk.follow_wishes():
            self._tasks.start(f"cancel {number}", self.desk.cancel_number(order, number), busy=Busy.DROP)

    def _outcome(self, order: Order, request: Request, outcome: Outcome) -> None:
        level, message = of_outcome(order, request, outcome)
        self.log(level, message, order, None)
        if isinstance(outcome, OutcomeUnknown):
            self.lists.by(self.reconciler.next_look())
        self.announcer.tell(Part.HEALTH)

    def _stop_changed(self, told: Message) -> None:
        self.log(Level.WARNING if self.stop_switch.pressed else Level.INFO, told, None, None)
        self.announcer.tell(Part.HEALTH)

    def _count_open(self) -> int:
        return sum(not order.state.over for order in self.records.open_orders)

    def _wake_waiters(self, changed: frozenset[OrderId]) -> None:
        for id in [id for id in self._waiters if (found := self.records.request(id)) and found[0].id in changed]:
            found = self.records.request(id)
            if found is not None and found[1].state.settled:
                for future in self._waiters.pop(id):
                    if not future.done():
                        future.set_result(found[0])

    def _journal_health(self, why: Message | None) -> None:
        level, code = (Level.ERROR, "JOURNAL_STOPPED") if why is not None else (Level.GOOD, "JOURNAL_WORKS")
        self.log(level, Message(code, dict(why.values) if why else {}), None, None)
        self.announcer.tell(Part.HEALTH)

    def _balance_read(self, balance: Balance, began: datetime, moved: bool) -> None:
        unclaimed = self.reconciler.unclaimed
        self.differences.compare(balance, began, self.reconciler.last_look, moved=moved, unclaimed=unclaimed)
        if self.differences.suspects:
            self.lists.soon(_ODD_SECONDS)
            self.balances.by(self.clock.now() + CONFIRM_AFTER)

    def _tell_difference(self, difference: Difference, news: News) -> None:
        level, message = of_difference(difference, news)
        self.log(level, message, None, difference.instrument)
        self.announcer.tell(Part.PORTFOLIO)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        known, outages = frozenset(order.id for order in self.records.orders), self._outages
        await self.reconciler.look()
        self.recovery.aligned(self.records, known)
        self.notices.looked()
        self.desk.offers.drop_moot()
        if outages == self._outages:
            self._is_aligned.set()
        else:
            self.lists.soon()
        for part in (Part.HEALTH, Part.RECOVERY):
            self.announcer.tell(part)
        self.outbox.pump()

    def _next_look(self) -> datetime:
        due = self.reconciler.next_look()
        fills = self.streams.get(Stream.FILLS)
        if fills is not None and fills.health is not StreamHealth.LIVE and any(True for _ in self.records.open_orders):
            due = min(due, self.clock.now() + timedelta(seconds=self.settings.slow_look / 6))
        return due

    async def _refresh(self) -> None:
        await self.portfolio.refresh()
        self.care.remember(self.portfolio.balance, self.records, self.master.find)
        self.announcer.tell(Part.PORTFOLIO)

    def _next_balance(self) -> datetime:
        period = _BALANCE_AGAIN if self.portfolio.unsure else _BALANCE_PERIOD
        return self.clock.now() + timedelta(seconds=period)

    def _past_untold(self, day: date, why: Message) -> None:
        self.log(Level.WARNING, Message("PAST_ORDERS_UNTOLD", {"day": day.isoformat(), "why": why}), None, None)

    def _read_failed(self, error: BrokerError) -> None:
        self.log(
            Level.WARNING,
            Message("READ_FAILED", {"why": error.message, **broker_words(error.code, error.text)}),
            None,
            None,
        )
        self.announcer.tell(Part.HEALTH)

    async def _load(self, number: BrokerNumber) -> bool:
        return await load_order(self.journal, self.records, number)

    def unknown_requests(self) -> int:
        return len(self.records.requests_in(RequestState.UNKNOWN))
