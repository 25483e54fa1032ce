"""What the order desk answers when it does not send: denials, questions, and the lines that tell of them."""

from __future__ import annotations

from typing import Protocol

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order
from hoga.domain.tickets import Hand, OrderId, Origin, Ticket
from hoga.storage.activity import Level
from hoga.storage.errors import StorageError
from hoga.trading.gate import PASSED, GateFacts, Verdict
from hoga.trading.outcomes import DISK_SILENT
from hoga.trading.records import Fingerprint
from hoga.trading.views import Consent, Denied, MustAsk


class Surroundings(Protocol):
    """What the desk asks the connection around it."""

    async def facts(self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool) -> GateFacts:
        """What the gate looks at, with a quote read if there was none (or only an old one, for ``fresh_price``)."""
        ...

    def facts_now(self, instrument: InstrumentId, fingerprint: Fingerprint | None) -> GateFacts:
        """As ``facts``, of what is known at this moment: reads nothing."""
        ...

    def nothing_is_missing(self, ticket: Ticket) -> bool:
        """Whether ``facts`` would read nothing first."""
        ...

    def rests_on(self, ticket: Ticket) -> tuple[object, ...] | None:
        """What the facts about a ticket are made from, apart from the time of day: while it is equal, they are. None
        where that cannot be told."""
        ...

    @property
    def aligned(self) -> bool:
        """Whether the broker's list was read since the last start or reconnect."""
        ...

    async def aligned_within(self, wire_seconds: float) -> bool:
        """As ``aligned``, waiting for it at most so long."""
        ...

    def log(self, level: Level, message: Message, order: Order | None, instrument: InstrumentId | None) -> None: ...

    def new_order_id(self) -> OrderId: ...


_SAID_AS_THEY_ARE = (DISK_SILENT, "JOURNAL_FOUND_DAMAGED")


class Replies:
    """Every answer that stops something also becomes a line. ``hand_patience`` is in wire seconds."""

    def __init__(self, around: Surroundings, hand_patience: float) -> None:
        self._around = around
        self._hand_patience = hand_patience

    def must_wait(self, verdict: Verdict, origin: Origin) -> bool:
        """Whether ``not_aligned`` takes time: what was judged by then is of before."""
        return not verdict.reasons and isinstance(origin, Hand) and not self._around.aligned

    async def not_aligned(self, verdict: Verdict, origin: Origin) -> Verdict:
        """What a person decides waits a moment for the reconcile after a reconnect, then asks; automatic ones wait in
        the outbox."""
        if verdict.reasons or not isinstance(origin, Hand) or await self._around.aligned_within(self._hand_patience):
            return PASSED
        return Verdict(questions=(Message("NOT_RECONCILED"),))

    def stopped(
        self, verdict: Verdict, consent: Consent, instrument: InstrumentId, order: Order | None, origin: Origin
    ) -> Denied | MustAsk | None:
        """What a verdict comes to; None: nothing stands in the way, or the person has agreed to all of it.

        Nobody can be asked about an automatic order: what its approval (``consent``) does not cover is refused, each
        question as the ``why`` of a reason NOT_COVERED.
        """
        for reason in verdict.reasons:
            self._around.log(Level.WARNING, reason, order, instrument)
        if verdict.reasons:
            return Denied(verdict.reasons)
        unasked = tuple(question for question in verdict.questions if question.code not in consent.codes)
        if unasked and not isinstance(origin, Hand):
            unasked = tuple(Message("NOT_COVERED", {"why": question}) for question in unasked)
        for message in unasked:
            self._around.log(Level.WARNING, message, order, instrument)
        if not unasked:
            return None
        return MustAsk(unasked) if isinstance(origin, Hand) else Denied(unasked)

    def deny(self, code: str, order: Order | None) -> Denied:
        """For what the gate is not even asked about."""
        reason = Message(code)
        self.log(Level.WARNING, reason, order)
        return Denied((reason,))

    def unwritable(self, error: StorageError, instrument: InstrumentId) -> Denied:
        reason = error.message
        if reason.code not in _SAID_AS_THEY_ARE:
            reason = Message("JOURNAL_UNWRITABLE", dict(reason.values))
        self._around.log(Level.ERROR, reason, None, instrument)
        return Denied((reason,))

    def log(self, level: Level, message: Message, order: Order | None) -> None:
        self._around.log(level, message, order, order.instrument if order else None)
