"""The order desk: the only door for orders. Every order, by hand, plan or rule, new or changed, comes through here.

The gate judges, what is asked needs consent, the intent becomes durable, the outbox sends it in its turn. A ticket is
consumed once: pressing twice, at once or after a restart, lands on the same order. Cancels pass everything.
"""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.order_facts import Asked, Intended
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Hand, OrderId, Origin, RequestId, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Level
from hoga.storage.errors import Conflict
from hoga.storage.journal import Journal
from hoga.trading.gate import GateFacts, judge_reduce, judge_reprice, judge_ticket
from hoga.trading.landings import Landings
from hoga.trading.offers import Offers
from hoga.trading.outbox import Outbox
from hoga.trading.readiness import Readiness
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords
from hoga.trading.replies import Replies, Surroundings
from hoga.trading.same_ticket import SameTicket
from hoga.trading.settings import DeskSettings
from hoga.trading.terms import price_words
from hoga.trading.underway import Underway
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    CancelFilter,
    Consent,
    FollowUp,
    Requested,
    Submission,
    Submitted,
    TakenBack,
)


class OrderDesk:
    """See the module."""

    def __init__(
        self,
        outbox: Outbox,
        recorder: Recorder,
        records: OrderRecords,
        journal: Journal,
        clock: MarketClock,
        around: Surroundings,
        settings: DeskSettings,
    ) -> None:
        self._outbox = outbox
        self._recorder = recorder
        self._records = records
        self._journal = journal
        self._clock = clock
        self._around = around
        self._replies = Replies(around, settings.hand_patience)
        self.underway = Underway(records)
        self.readiness = Readiness(around, clock, lambda: self.underway.any)
        self._same = SameTicket(clock.now, settings.same_ticket_within)
        self.offers = Offers(outbox, recorder, records, clock, around, self._replies)
        self._numbered: dict[OrderId, int] = {}
        self._tasks = TaskOwner("order desk")
        self._submitting: Landings[TicketId, Submission] = Landings(self._tasks, "submit")
        self._cancelling: Landings[tuple[OrderId, BrokerNumber | None], FollowUp] = Landings(self._tasks, "cancel")
        self._wishes: set[OrderId] = set()

    # --- new orders -------------------------------------------------------------------------------------------------

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission:
        """Judge a ticket and, if nothing speaks against it, put it on its way. Returns when the intent is durable."""
        known = self._records.of_ticket(ticket.id)
        if known is not None:
            return self._again(known)
        return await self._submitting.land(ticket.id, lambda: self._submit(ticket, consent))

    async def _submit(self, ticket: Ticket, consent: Consent) -> Submission:
        print_ = (ticket.instrument, ticket.side, ticket.quantity.count)
        fresh = not ticket.type.carries_price
        if (judged := self.readiness.take(ticket)) is not None:
            facts, verdict = judged.facts, judged.verdict
        else:
            facts = await self._around.facts(ticket.instrument, print_, fresh_price=fresh)
            verdict = judge_ticket(ticket, facts)
        if self._replies.must_wait(verdict, ticket.origin):
            waited = await self._replies.not_aligned(verdict, ticket.origin)
            facts = await self._around.facts(ticket.instrument, print_, fresh_price=fresh)  # not those of before
            verdict = judge_ticket(ticket, facts).plus(waited)
        verdict = verdict.plus(self._same.question(ticket, verdict))
        stopped = self._replies.stopped(verdict, consent, ticket.instrument, None, ticket.origin)
        if stopped is not None:
            return stopped
        self._same.sent(ticket)
        order = self._around.new_order_id()
        fact = Intended(
            at=self._clock.now(),
            order=order,
            request=RequestId(f"{order}/1"),
            ticket=ticket.id,
            instrument=ticket.instrument,
            side=ticket.side,
            type=ticket.type,
            tif=ticket.tif,
            venue=ticket.venue,
            quantity=ticket.quantity,
            limit=ticket.limit,
            stop=ticket.stop,
            origin=ticket.origin,
            consent=consent.words,
        )
        taking = self._outbox.take_new(fact)
        with self.underway.claimed(fact, facts):
            error = await taking
        if error is not None:
            self._same.not_sent(ticket)
        if isinstance(error, Conflict):
            return await self._consumed_before(ticket, error)
        if error is not None:
            return self._replies.unwritable(error, ticket.instrument)
        self._replies.log(Level.INFO, Message("ORDER_TAKEN", _terms(ticket)), self._records.order(order))
        return Submitted(order, fact.request)

    def _again(self, order: OrderId) -> Submission:
        first = self._records.order(order)
        request = first.first.id if first is not None and first.first is not None else RequestId(f"{order}/1")
        return Submitted(order, request, again=True)

    async def _consumed_before(self, ticket: Ticket, error: Conflict) -> Submission:
        order = await self._journal.order_of_ticket(ticket.id)
        return self._again(order) if order is not None else self._replies.unwritable(error, ticket.instrument)

    # --- changes ----------------------------------------------------------------------------------------------------

    async def reprice(
        self, id: OrderId, limit: Price, consent: Consent = NO_CONSENT, origin: Origin | None = None
    ) -> FollowUp:
        """Move the whole remainder of an order to ``limit``."""
        order = self._records.order(id)
        if order is None:
            return self._replies.deny("NO_SUCH_ORDER", None)
        facts = await self._around.facts(order.instrument, None, fresh_price=False)
        order = self._now(order)
        who = origin or Hand()
        verdict = judge_reprice(order, limit, facts, hand=isinstance(who, Hand))
        if self._replies.must_wait(verdict, who):
            waited = await self._replies.not_aligned(verdict, who)
            facts = await self._around.facts(order.instrument, None, fresh_price=False)
            order = self._now(order)
            verdict = judge_reprice(order, limit, facts, hand=isinstance(who, Hand)).plus(waited)
        stopped = self._replies.stopped(verdict, consent, order.instrument, order, who)
        if stopped is not None:
            return stopped
        return await self._ask(order, RequestKind.REPRICE, limit=limit, consent=consent, origin=origin, facts=facts)

    async def reduce(self, id: OrderId, by: Shares, origin: Origin | None = None) -> FollowUp:
        """Take ``by`` shares off an order; the rest keeps its price and its place in the queue. As a partial cancel it
        waits for nothing."""
        order = self._records.order(id)
        if order is None:
            return self._replies.deny("NO_SUCH_ORDER", None)
        stopped = self._replies.stopped(judge_reduce(order, by), NO_CONSENT, order.instrument, order, Hand())
        if stopped is not None:
            return stopped
        return await self._ask(order, RequestKind.REDUCE, by=by, origin=origin)

    async def cancel(self, id: OrderId, origin: Origin | None = None) -> FollowUp:
        """Cancel what is left of an order. Asks nothing and waits for nothing.

        An order that has not left is withdrawn instead. One without a number is cancelled the moment its number is
        known. Pressing again while a cancel is on its way lands on that one.
        """
        order = self._records.order(id)
        if order is None:
            return self._replies.deny("NO_SUCH_ORDER", None)
        first = order.first
        if first is not None and first.state is RequestState.QUEUED and await self._take_back(order, first):
            return TakenBack(id)
        order = self._records.order(id) or order
        if order.state.over:
            return self._replies.deny("NOTHING_LEFT", order)
        self._wishes.add(id)
        for request in order.requests:
            if request.state is RequestState.QUEUED and request.kind in (RequestKind.REPRICE, RequestKind.REDUCE):
                self._outbox.take_out(request.id, "CANCELLED_INSTEAD")
        targets = order.heads or (None,)
        results = [await self._cancel_one(id, target, origin) for target in targets]
        return results[-1]

    async def cancel_all(self, which: CancelFilter = EVERYTHING) -> tuple[FollowUp, ...]:
        """Cancel every open order that fits, all at once; one result each, in the order of the list."""
        chosen = [order.id for order in self._records.open_orders if which.fits(order) and not order.state.over]
        return tuple(await asyncio.gather(*(self.cancel(id) for id in chosen)))

    async def _cancel_one(self, id: OrderId, target: BrokerNumber | None, origin: Origin | None) -> FollowUp:
        """One cancel of one number; pressing again while it is being written or is on its way lands on it."""
        order = self._records.order(id)
        if order is None:
            return self._replies.deny("NO_SUCH_ORDER", None)
        for request in order.requests:
            on_its_way = request.state in (RequestState.QUEUED, RequestState.SENDING)
            if request.kind is RequestKind.CANCEL and on_its_way and request.target in (target, None):
                return Requested(id, request.id, waiting=request.state is RequestState.QUEUED)
        return await self._cancelling.land(
            (id, target), lambda: self._ask(order, RequestKind.CANCEL, target=target, origin=origin)
        )

    async def _take_back(self, order: Order, first: Request) -> bool:
        if first.id in self.offers:
            await self.offers.discard(first.id)
            return True
        taken = await self._outbox.withdraw(first.id, "TAKEN_BACK")
        if taken:
            self._replies.log(Level.INFO, Message("ORDER_TAKEN_BACK"), order)
        return taken

    async def _ask(
        self,
        order: Order,
        kind: RequestKind,
        *,
        limit: Price | None = None,
        by: Shares | None = None,
        target: BrokerNumber | None = None,
        consent: Consent = NO_CONSENT,
        origin: Origin | None = None,
        facts: GateFacts | None = None,
    ) -> FollowUp:
        """``facts``: those that a reprice was judged by."""
        request = self._next_request(order)
        fact = Asked(
            at=self._clock.now(),
            order=order.id,
            request=request,
            kind=kind,
            by=by,
            limit=limit,
            origin=origin or Hand(),
            consent=consent.words,
            target=target,
        )
        with nullcontext() if facts is None else self.underway.claimed(fact, facts):
            error = await self._outbox.take(fact)
        if error is not None:
            return self._replies.unwritable(error, order.instrument)
        values = {"price": str(limit)} if limit else {"by": by.count} if by else {}
        self._replies.log(Level.INFO, Message(f"{kind.name}_TAKEN", values), order)
        found = self._records.request(request)
        return Requested(order.id, request, waiting=found is not None and found[1].state is RequestState.QUEUED)

    def _now(self, order: Order) -> Order:
        """The order as it stands, with what is being written about it."""
        return self.underway.as_will_be(self._records.order(order.id) or order)

    def _next_request(self, order: Order) -> RequestId:
        """A name that no other request has, those still being written included. Names that were given to requests which
        the journal did not take leave gaps."""
        taken = [int(request.id.rpartition("/")[2]) for request in order.requests]
        self._numbered[order.id] = number = max(self._numbered.get(order.id, 0), *taken, 0) + 1
        return RequestId(f"{order.id}/{number}")

    async def aclose(self) -> None:
        await self._tasks.aclose()

    def follow_wishes(self) -> list[tuple[OrderId, BrokerNumber]]:
        """Cancels that were asked for while a reprice was on its way: the numbers that live on under no cancel."""
        wanted = []
        for id in list(self._wishes):
            order = self._records.order(id)
            if order is None or order.state.over:
                self._wishes.discard(id)
                continue
            cancels = [i for i, r in enumerate(order.requests) if r.kind is RequestKind.CANCEL]
            if not cancels or any(r.state is RequestState.QUEUED for r in order.requests):
                continue
            asked_about = {r.target for r in order.requests if r.kind is RequestKind.CANCEL}
            made = {r.id: i for i, r in enumerate(order.requests)}
            for head in order.heads:
                life = order.life(head)
                ours = life is not None and life.request is not None and made[life.request] < cancels[-1]
                if ours and head not in asked_about:
                    wanted.append((id, head))
        return wanted

    async def cancel_number(self, id: OrderId, number: BrokerNumber) -> None:
        """Send the cancel that ``follow_wishes`` found wanting."""
        await self._cancel_one(id, number, None)

    # --- what has not left ------------------------------------------------------------------------------------------

    async def withdraw(self, request: RequestId) -> Message | None:
        """Take back what waits. None: done; else why not."""
        if request in self.offers:
            await self.offers.discard(request)
            return None
        return None if await self._outbox.withdraw(request, "TAKEN_BACK") else Message("TOO_LATE")


def _terms(ticket: Ticket) -> dict[str, object]:
    return {
        "code": ticket.instrument.code,
        "side": ticket.side.value,
        "type": ticket.type.value,
        "quantity": ticket.quantity.count,
        "price": price_words(ticket.type, ticket.limit),
    }
