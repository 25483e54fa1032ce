"""The order desk: the only door for orders. Every order, by hand, plan or rule, new or changed, comes through here.

The gate judges, what is asked needs consent, the intent becomes durable, the outbox sends it in its turn. A ticket is
consumed once: pressing twice, at once or after a restart, lands on the same order. Cancels pass everything.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Protocol

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.domain.broker_orders import BrokerNumber, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.order_facts import Asked, Intended, Withdrawn
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Hand, OrderId, Origin, RequestId, Side, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Level
from hoga.storage.errors import Conflict, StorageError
from hoga.storage.journal import Journal
from hoga.trading.gate import PASSED, GateFacts, Verdict, judge_reduce, judge_reprice, judge_ticket, needed_cash
from hoga.trading.landings import Landings
from hoga.trading.outbox import Outbox
from hoga.trading.recorder import Recorder
from hoga.trading.records import Fingerprint, OrderRecords
from hoga.trading.terms import price_words
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    CancelFilter,
    Consent,
    Denied,
    FollowUp,
    MustAsk,
    Offer,
    Requested,
    Submission,
    Submitted,
    TakenBack,
)


class Surroundings(Protocol):
    """What the desk asks the connection around it."""

    async def facts(self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool) -> GateFacts:
        """What the gate looks at, with a quote read if there was none (or only an old one, for ``fresh_price``)."""
        ...

    async def aligned_within(self, wire_seconds: float) -> bool:
        """Whether the broker's list was read since the last start or reconnect, waiting for it at most so long."""
        ...

    def log(self, level: Level, message: Message, order: Order | None, instrument: InstrumentId | None) -> None: ...

    def new_order_id(self) -> OrderId: ...


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
        hand_patience: float,
    ) -> None:
        self._outbox = outbox
        self._recorder = recorder
        self._records = records
        self._journal = journal
        self._clock = clock
        self._around = around
        self._hand_patience = hand_patience
        self._numbered: dict[OrderId, int] = {}
        self._tasks = TaskOwner("order desk")
        self._submitting: Landings[TicketId, Submission] = Landings(self._tasks, "submit")
        self._cancelling: Landings[tuple[OrderId, BrokerNumber | None], FollowUp] = Landings(self._tasks, "cancel")
        self._offered: dict[RequestId, None] = {}
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
        verdict = judge_ticket(ticket, await self._around.facts(ticket.instrument, print_, fresh_price=fresh))
        verdict = verdict.plus(await self._not_aligned(verdict, ticket.origin))
        stopped = self._stopped(verdict, consent, ticket.instrument, None)
        if stopped is not None:
            return stopped
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
        error = await self._outbox.take_new(fact)
        if isinstance(error, Conflict):
            return await self._consumed_before(ticket, error)
        if error is not None:
            return self._unwritable(error, ticket.instrument)
        self._log(Level.INFO, Message("ORDER_TAKEN", _terms(ticket)), self._records.order(order))
        return Submitted(order, fact.request)

    def _again(self, order: OrderId) -> Submission:
        first = self._records.order(order)
        request = first.first.id if first is not None and first.first is not None else RequestId(f"{order}/1")
        return Submitted(order, request, again=True)

    async def _consumed_before(self, ticket: Ticket, error: Conflict) -> Submission:
        order = await self._journal.order_of_ticket(ticket.id)
        return self._again(order) if order is not None else self._unwritable(error, ticket.instrument)

    async def _not_aligned(self, verdict: Verdict, origin: Origin) -> Verdict:
        """What a person decides waits a moment for the reconcile after a reconnect, then asks; automatic ones wait in
        the outbox."""
        if verdict.reasons or not isinstance(origin, Hand) or await self._around.aligned_within(self._hand_patience):
            return PASSED
        return Verdict(questions=(Message("NOT_RECONCILED"),))

    # --- changes ----------------------------------------------------------------------------------------------------

    async def reprice(
        self, id: OrderId, limit: Price, consent: Consent = NO_CONSENT, origin: Origin | None = None
    ) -> FollowUp:
        """Move the whole remainder of an order to ``limit``."""
        order = self._records.order(id)
        if order is None:
            return self._deny("NO_SUCH_ORDER", None)
        facts = await self._around.facts(order.instrument, None, fresh_price=False)
        order = self._records.order(id) or order
        verdict = judge_reprice(order, limit, facts)
        verdict = verdict.plus(await self._not_aligned(verdict, origin or Hand()))
        stopped = self._stopped(verdict, consent, order.instrument, order)
        if stopped is not None:
            return stopped
        return await self._ask(order, RequestKind.REPRICE, limit=limit, consent=consent, origin=origin)

    async def reduce(self, id: OrderId, by: Shares, origin: Origin | None = None) -> FollowUp:
        """Take ``by`` shares off an order; the rest keeps its price and its place in the queue. As a partial cancel it
        waits for nothing."""
        order = self._records.order(id)
        if order is None:
            return self._deny("NO_SUCH_ORDER", None)
        stopped = self._stopped(judge_reduce(order, by), NO_CONSENT, order.instrument, order)
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
            return self._deny("NO_SUCH_ORDER", None)
        first = order.first
        if first is not None and first.state is RequestState.QUEUED and await self._take_back(order, first):
            return TakenBack(id)
        order = self._records.order(id) or order
        if order.state.over:
            return self._deny("NOTHING_LEFT", order)
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
            return self._deny("NO_SUCH_ORDER", None)
        for request in order.requests:
            on_its_way = request.state in (RequestState.QUEUED, RequestState.SENDING)
            if request.kind is RequestKind.CANCEL and on_its_way and request.target in (target, None):
                return Requested(id, request.id, waiting=request.state is RequestState.QUEUED)
        return await self._cancelling.land(
            (id, target), lambda: self._ask(order, RequestKind.CANCEL, target=target, origin=origin)
        )

    async def _take_back(self, order: Order, first: Request) -> bool:
        if first.id in self._offered:
            await self.discard(first.id)
            return True
        taken = await self._outbox.withdraw(first.id, "TAKEN_BACK")
        if taken:
            self._log(Level.INFO, Message("ORDER_TAKEN_BACK"), order)
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
    ) -> FollowUp:
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
        error = await self._outbox.take(fact)
        if error is not None:
            return self._unwritable(error, order.instrument)
        values = {"price": str(limit)} if limit else {"by": by.count} if by else {}
        self._log(Level.INFO, Message(f"{kind.name}_TAKEN", values), order)
        found = self._records.request(request)
        return Requested(order.id, request, waiting=found is not None and found[1].state is RequestState.QUEUED)

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
        if request in self._offered:
            await self.discard(request)
            return None
        return None if await self._outbox.withdraw(request, "TAKEN_BACK") else Message("TOO_LATE")

    def offer(self, requests: list[RequestId]) -> None:
        """Requests that were queued when the desk last ended: never sent, and sent only if the person says so."""
        self._offered = dict.fromkeys(requests)

    def offers(self) -> tuple[Offer, ...]:
        found = [self._records.request(id) for id in self._offered]
        return tuple(Offer(*pair) for pair in found if pair is not None and pair[1].state is RequestState.QUEUED)

    async def resume(self, id: RequestId, consent: Consent = NO_CONSENT) -> Submission:
        """Send what was offered, judged anew by today's rules."""
        found = self._records.request(id)
        if found is None or id not in self._offered:
            return self._deny("TOO_LATE", None)
        order, request = found
        stopped = self._stopped(await self._judge_offer(order, request), consent, order.instrument, order)
        if stopped is not None:
            return stopped
        if self._offered.pop(id, _GONE) is _GONE:
            return self._deny("TOO_LATE", order)
        self._outbox.put(id)
        self._log(Level.INFO, Message("OFFER_RESUMED"), order)
        return Submitted(order.id, id)

    async def _judge_offer(self, order: Order, request: Request) -> Verdict:
        if request.kind in (RequestKind.CANCEL, RequestKind.REDUCE):
            return PASSED
        fresh = not order.type.carries_price and request.kind is RequestKind.NEW
        facts = await self._around.facts(order.instrument, None, fresh_price=fresh)
        if request.kind is RequestKind.NEW and order.ticket is not None:
            ticket = Ticket(
                order.ticket, facts.account, order.instrument, order.side, order.type, order.quantity, order.limit,
                order.tif, order.venue, order.stop, request.origin,
            )  # fmt: skip
            verdict = judge_ticket(ticket, _without(order, facts))
        elif request.limit is not None:
            others = tuple(r for r in order.requests if r.id != request.id)
            verdict = judge_reprice(replace(order, requests=others), request.limit, facts)
        else:
            return PASSED
        return verdict.plus(await self._not_aligned(verdict, request.origin))

    def drop_moot_offers(self) -> None:
        """Changes that were offered for orders which, as the broker's list says, have ended meanwhile."""
        for offer in self.offers():
            if offer.request.kind is not RequestKind.NEW and offer.order.state.over:
                self._offered.pop(offer.request.id, None)
                self._recorder.tell(Withdrawn(self._clock.now(), offer.order.id, offer.request.id, "NOTHING_LEFT"))

    async def discard(self, id: RequestId) -> None:
        """Drop what was offered: it is withdrawn, and never was sent."""
        found = self._records.request(id)
        if self._offered.pop(id, _GONE) is _GONE or found is None:
            return
        await self._recorder.told(Withdrawn(self._clock.now(), found[0].id, id, "OFFER_DISCARDED"))
        self._log(Level.INFO, Message("OFFER_DISCARDED"), found[0])

    # --- words ------------------------------------------------------------------------------------------------------

    def _stopped(
        self, verdict: Verdict, consent: Consent, instrument: InstrumentId, order: Order | None
    ) -> Denied | MustAsk | None:
        for reason in verdict.reasons:
            self._around.log(Level.WARNING, reason, order, instrument)
        if verdict.reasons:
            return Denied(verdict.reasons)
        unasked = tuple(question for question in verdict.questions if question.code not in consent.codes)
        for question in unasked:
            self._around.log(Level.WARNING, question, order, instrument)
        return MustAsk(unasked) if unasked else None

    def _deny(self, code: str, order: Order | None) -> Denied:
        """For what the gate is not even asked about."""
        reason = Message(code)
        self._log(Level.WARNING, reason, order)
        return Denied((reason,))

    def _unwritable(self, error: StorageError, instrument: InstrumentId) -> Denied:
        reason = Message("JOURNAL_UNWRITABLE", dict(error.message.values))
        self._around.log(Level.ERROR, reason, None, instrument)
        return Denied((reason,))

    def _log(self, level: Level, message: Message, order: Order | None) -> None:
        self._around.log(level, message, order, order.instrument if order else None)


_GONE = object()


def _terms(ticket: Ticket) -> dict[str, object]:
    return {
        "code": ticket.instrument.code,
        "side": ticket.side.value,
        "type": ticket.type.value,
        "quantity": ticket.quantity.count,
        "price": price_words(ticket.type, ticket.limit),
    }


def _without(order: Order, facts: GateFacts) -> GateFacts:
    """The facts as if the order held nothing back: it is being judged itself."""
    held = needed_cash(order.side, order.type, order.dearest_limit, order.leaves, facts)
    if held is not None and isinstance(facts.orderable, Known):
        facts = replace(facts, orderable=replace(facts.orderable, value=facts.orderable.value + held))
    if order.side is Side.SELL and isinstance(facts.sellable, Known):
        facts = replace(facts, sellable=replace(facts.sellable, value=facts.sellable.value + order.leaves))
    return facts
