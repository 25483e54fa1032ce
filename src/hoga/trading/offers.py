"""What was queued when the desk last ended: it never left, and leaves only if the person says so, judged anew."""

from __future__ import annotations

from dataclasses import replace

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.domain.order_facts import Withdrawn
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Hand, RequestId, Ticket
from hoga.storage.activity import Level
from hoga.trading.gate import PASSED, Verdict, judge_reprice, judge_ticket, without_order
from hoga.trading.outbox import Outbox
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords
from hoga.trading.replies import Replies, Surroundings
from hoga.trading.views import NO_CONSENT, Consent, Offer, Submission, Submitted


class Offers:
    """See the module."""

    def __init__(
        self,
        outbox: Outbox,
        recorder: Recorder,
        records: OrderRecords,
        clock: MarketClock,
        around: Surroundings,
        replies: Replies,
    ) -> None:
        self._outbox = outbox
        self._recorder = recorder
        self._records = records
        self._clock = clock
        self._around = around
        self._replies = replies
        self._offered: dict[RequestId, None] = {}

    def __contains__(self, id: RequestId) -> bool:
        return id in self._offered

    def remember(self, requests: list[RequestId]) -> None:
        """Requests that were queued when the desk last ended: never sent, and sent only if the person says so."""
        self._offered = dict.fromkeys(requests)

    def all(self) -> tuple[Offer, ...]:
        found = [self._records.request(id) for id in self._offered]
        return tuple(Offer(*pair) for pair in found if pair is not None and pair[1].state is RequestState.QUEUED)

    async def resume(self, id: RequestId, consent: Consent = NO_CONSENT) -> Submission:
        """Send what was offered, judged anew by today's rules."""
        found = self._records.request(id)
        if found is None or id not in self._offered:
            return self._replies.deny("TOO_LATE", None)
        order, request = found
        stopped = self._replies.stopped(await self._judge(order, request), consent, order.instrument, order, Hand())
        if stopped is not None:
            return stopped
        if self._offered.pop(id, _GONE) is _GONE:
            return self._replies.deny("TOO_LATE", order)
        self._outbox.put(id)
        self._replies.log(Level.INFO, Message("OFFER_RESUMED"), order)
        return Submitted(order.id, id)

    async def _judge(self, order: Order, request: Request) -> Verdict:
        if request.kind in (RequestKind.CANCEL, RequestKind.REDUCE):
            return PASSED
        fresh = not order.type.carries_price and request.kind is RequestKind.NEW
        facts = await self._around.facts(order.instrument, None, fresh_price=fresh)
        if request.kind is RequestKind.NEW and order.ticket is not None:
            ticket = Ticket(
                order.ticket, facts.account, order.instrument, order.side, order.type, order.quantity, order.limit,
                order.tif, order.venue, order.stop, request.origin,
            )  # fmt: skip
            verdict = judge_ticket(ticket, without_order(order, facts))
        elif request.limit is not None:
            others = tuple(r for r in order.requests if r.id != request.id)
            hand = isinstance(request.origin, Hand)
            verdict = judge_reprice(replace(order, requests=others), request.limit, facts, hand=hand)
        else:
            return PASSED
        return verdict.plus(await self._replies.not_aligned(verdict, request.origin))

    def drop_moot(self) -> None:
        """Changes that were offered for orders which, as the broker's list says, have ended meanwhile."""
        for offer in self.all():
            if offer.request.kind is not RequestKind.NEW and offer.order.state.over:
                self._offered.pop(offer.request.id, None)
                self._recorder.tell(Withdrawn(self._clock.now(), offer.order.id, offer.request.id, "NOTHING_LEFT"))

    async def discard(self, id: RequestId) -> None:
        """Drop what was offered: it is withdrawn, and never was sent."""
        found = self._records.request(id)
        if self._offered.pop(id, _GONE) is _GONE or found is None:
            return
        await self._recorder.told(Withdrawn(self._clock.now(), found[0].id, id, "OFFER_DISCARDED"))
        self._replies.log(Level.INFO, Message("OFFER_DISCARDED"), found[0])


_GONE = object()
