"""The outbox: lets requests leave in their turn and records what became of them. The only caller of broker writes.

Every send is durable as `sending` before its first byte, every outcome before it is shown. Only what is known never to
have reached the broker's order system leaves once more; nothing else is ever sent twice. Nothing holds back a cancel:
no count, no pace, no reconcile, no disk.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from msgspec.structs import replace

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import Broker, NewOrder, Outcome, OutcomeUnknown, Target
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.order_facts import Asked, Intended, Sending, Withdrawn
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Hand, RequestId
from hoga.domain.values import NO_SHARES
from hoga.storage.errors import StorageError
from hoga.trading.lanes import Errand, Lane, Lanes, errand_of, lane_of
from hoga.trading.outcomes import DISK_SILENT, answered, may_leave_again
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords
from hoga.trading.settings import DeskSettings
from hoga.trading.views import Waiting

_log = logging.getLogger(__name__)

_JOURNAL_RETRY_SECONDS = 1.0


class Outbox:
    """See the module. ``aligned()`` and ``stopped()`` say whether automatic orders may go; ``report`` gets each outcome
    once, after it was recorded."""

    def __init__(
        self,
        broker: Broker,
        recorder: Recorder,
        records: OrderRecords,
        clock: MarketClock,
        settings: DeskSettings,
        *,
        aligned: Callable[[], bool],
        stopped: Callable[[], bool],
        report: Callable[[Order, Request, Outcome], None],
    ) -> None:
        self._broker = broker
        self._recorder = recorder
        self._records = records
        self._clock = clock
        self._settings = settings
        self._report = report
        self._lanes = Lanes(records, clock, settings, aligned=aligned, stopped=stopped, pump=self.pump)
        self._sends: set[asyncio.Task[None]] = set()
        self._flown: set[RequestId] = set()
        self._tasks = TaskOwner("outbox", self._broke)
        self._closed = False

    # --- in ---------------------------------------------------------------------------------------------------------

    def take_new(self, fact: Intended) -> Awaitable[StorageError | None]:
        """Journal the intent of a new order and let it leave when its turn comes: at once, and in one record, when
        nothing is in its way. The error says that nothing happened. Awaited or not, it is under way."""
        return self._own(fact.request, self._take_new(fact))

    def take(self, fact: Asked) -> Awaitable[StorageError | None]:
        """As ``take_new``, for a reprice, reduce or cancel. The journal never refuses a cancel or reduce."""
        return self._own(fact.request, self._take(fact))

    def put(self, id: RequestId) -> None:
        """Let a queued request (one that was offered) wait for its turn."""
        found = self._records.request(id)
        if found is not None and found[1].state is RequestState.QUEUED and not self._lanes.waits(id):
            self._lanes.wait(id, lane_of(found[1].kind, found[1].origin))
            self.pump()

    async def withdraw(self, id: RequestId, why: str) -> bool:
        """Take back what has not left. False: it is not waiting here any more."""
        done = self.take_out(id, why)
        if done is not None:
            await asyncio.shield(done)
        return done is not None

    def take_out(self, id: RequestId, why: str) -> asyncio.Future[None] | None:
        """As ``withdraw``, for callers that must not wait; None: it is not waiting here any more."""
        if not self._lanes.leave(id):
            return None
        order, _ = self._known(id)
        return self._recorder.tell(Withdrawn(self._clock.now(), order.id, id, why))

    # --- looking ----------------------------------------------------------------------------------------------------

    @property
    def in_flight(self) -> int:
        return self._lanes.in_flight

    @property
    def count(self) -> int:
        """How many wait."""
        return self._lanes.count

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, in the order in which it will leave."""
        return tuple(
            Waiting(place, *self._known(entry.id), entry.why or Message("WAITS_ITS_TURN"))
            for place, entry in enumerate(self._lanes.in_order(), start=1)
        )

    async def aclose(self, patience: float) -> None:
        """Stop. Sends on their way get ``patience`` wire seconds to be answered; then the journal has them as sending,
        and the next start asks the broker."""
        self._closed = True
        if self._sends:
            _, cut_off = await asyncio.wait(self._sends, timeout=patience)
            if cut_off:
                _log.error("%d sends were cut off: the next start asks the broker about them", len(cut_off))
        await self._lanes.aclose()
        await self._tasks.aclose()

    # --- out --------------------------------------------------------------------------------------------------------

    def pump(self) -> None:
        """Let go whatever may go now. Called after anything that may have cleared somebody's way."""
        if self._closed:
            return
        for entry in self._lanes.in_order():
            order, request = self._known(entry.id)
            if request.state is not RequestState.QUEUED:
                self._lanes.leave(entry.id)
            elif request.kind is not RequestKind.NEW and order.state.over:
                self.take_out(entry.id, "NOTHING_LEFT")  # its order has ended before it could leave
            else:
                entry.why = self._lanes.obstacle(entry, order, request)
                if entry.why is None:
                    self._make_way(entry.lane)
                    self._lanes.leave(entry.id)
                    self._lanes.take_off(entry.id, errand_of(order, request))
                    self._fly(entry.id, journaled=False)

    async def _take_new(self, fact: Intended) -> StorageError | None:
        lane = lane_of(RequestKind.NEW, fact.origin)
        print_ = (fact.instrument, fact.side, fact.quantity.count)
        errand = Errand(lane, print_, fact.instrument, not isinstance(fact.origin, Hand))
        at_once = self._lanes.clear(errand)
        if at_once:
            self._lanes.take_off(fact.request, errand)
        try:
            await self._recorder.strict(replace(fact, sending=at_once), then=self._flight(fact.request, at_once))
        except StorageError as error:
            self._lanes.land(fact.request)
            self.pump()
            return error
        self._go(fact.request, lane, at_once)
        return None

    async def _take(self, fact: Asked) -> StorageError | None:
        order = self._records.order(fact.order)
        lane = lane_of(fact.kind, fact.origin)
        errand = Errand(lane, automatic=not isinstance(fact.origin, Hand))
        head = self._head(order, fact.target) if order is not None else None
        at_once = head is not None and self._lanes.clear(errand)
        if order is not None and head is not None and at_once:
            fact = replace(fact, sending=True, target=head, quantity=fact.by or order.live_under(head))
            self._lanes.take_off(fact.request, errand)
        then = self._flight(fact.request, at_once)
        if at_once:
            self._make_way(lane)
        try:
            if lane is Lane.CANCEL:
                await self._recorder.urgent(fact, patience=self._settings.cancel_patience, then=then)
            else:
                await self._recorder.strict(fact, then=then)
        except StorageError as error:
            self._lanes.land(fact.request)
            self.pump()
            return error
        self._go(fact.request, lane, at_once)
        return None

    def _make_way(self, lane: Lane) -> None:
        """Nothing else leaves while the disk is waited for, not even what had its turn before."""
        if lane is Lane.CANCEL:
            self._broker.make_way()

    def _flight(self, id: RequestId, at_once: bool) -> Callable[[], None] | None:
        """What follows from a record that says ``sending``: its bytes, before anything is told of it."""

        def leave() -> None:
            if not self._closed:
                self._flown.add(id)
                self._fly(id, journaled=True)

        return leave if at_once else None

    def _go(self, id: RequestId, lane: Lane, at_once: bool) -> None:
        if not at_once:
            self._lanes.wait(id, lane)
            self.pump()
        elif id in self._flown:
            self._flown.remove(id)
        else:
            self._fly(id, journaled=True)

    def _fly(self, id: RequestId, *, journaled: bool) -> None:
        # What is not on record yet goes in its turn: the lanes are being looked through at this moment.
        send = self._tasks.start(f"send {id}", self._send(id, journaled), at_once=journaled)
        if send is not None:
            self._sends.add(send)
            send.add_done_callback(self._sends.discard)

    async def _send(self, id: RequestId, journaled: bool) -> None:
        """One send from its record to its outcome."""
        try:
            if not journaled and not await self._record_sending(id):
                return
            order, request = self._known(id)
            outcome = await self._ask_broker(order, request)
            again = may_leave_again(outcome, request)
            await self._recorder.told(answered(self._clock.now(), request, outcome, again=again))
            if again:
                self._lanes.wait(id, lane_of(request.kind, request.origin), self._settings.second_try_after)
            self._report(*self._known(id), outcome)
        finally:
            self._lanes.land(id)
            self.pump()

    async def _record_sending(self, id: RequestId) -> bool:
        """False when it cannot leave after all: the journal does not take it, or its order has no number any more."""
        order, request = self._known(id)
        lane = lane_of(request.kind, request.origin)
        fact = Sending(self._clock.now(), order.id, id)
        if request.kind is not RequestKind.NEW:
            head = self._head(order, request.target)
            if head is None:
                self._lanes.wait(id, lane)
                return False
            reduces = request.kind is RequestKind.REDUCE
            fact = replace(fact, target=head, quantity=request.quantity if reduces else order.live_under(head))
        if lane is Lane.CANCEL:
            await self._recorder.urgent(fact, patience=self._settings.cancel_patience)
            return True
        try:
            await self._recorder.strict(fact)
        except StorageError as error:
            if error.message.code != DISK_SILENT:  # else the recorder ends it, whatever the disk still does
                self._lanes.wait(id, lane, _JOURNAL_RETRY_SECONDS, error.message)
            return False
        return True

    @staticmethod
    def _head(order: Order, wanted: BrokerNumber | None) -> BrokerNumber | None:
        """The number to name: the one asked for while it lives, else the newest; None while there is none."""
        if wanted is not None and wanted in order.heads:
            return wanted
        return order.heads[-1] if order.heads else None

    async def _ask_broker(self, order: Order, request: Request) -> Outcome:
        o = order
        if request.kind is RequestKind.NEW:
            new = NewOrder(o.instrument, o.side, o.type, o.tif, o.quantity, o.limit, o.venue, o.stop)
            return await self._broker.place(new)
        if request.target is None:
            raise LookupError(f"{request.id} is being sent without a number")
        reduces = request.kind is RequestKind.REDUCE
        remaining = o.live_under(request.target) if reduces else request.quantity or NO_SHARES
        target = Target(request.target, o.instrument, o.side, o.type, o.tif, o.venue, remaining)
        if request.kind is RequestKind.REPRICE and request.limit is not None:
            return await self._broker.reprice(target, request.limit)
        if reduces:
            return await self._broker.reduce(target, request.quantity or NO_SHARES)
        return await self._broker.cancel(target)

    # --- bookkeeping ------------------------------------------------------------------------------------------------

    def _known(self, id: RequestId) -> tuple[Order, Request]:
        found = self._records.request(id)
        if found is None:
            raise LookupError(f"no request {id}")
        return found

    def _own(self, id: RequestId, work: Coroutine[Any, Any, StorageError | None]) -> Awaitable[StorageError | None]:
        """Run to its end whatever becomes of the caller: a record without its send would look like a lost order."""
        task = self._tasks.start(f"take {id}", work, at_once=True)
        if task is None:
            raise RuntimeError(f"{id} was not taken")
        return asyncio.shield(task)

    def _broke(self, name: str, error: BaseException) -> None:
        """A send ended in an error of our own: it may have arrived, so it is unknown, not failed."""
        _log.error("%s broke off", name, exc_info=error)
        found = self._records.request(RequestId(name.removeprefix("outbox/send ")))
        if found is not None and found[1].state is RequestState.SENDING:
            outcome = OutcomeUnknown(Message("SEND_BROKE_OFF", {"error": type(error).__name__}))
            self._recorder.tell(answered(self._clock.now(), found[1], outcome, again=False))
            self._report(*found, outcome)
