"""The recovery report: after a start, what was intended, what the broker has, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hoga.domain.orders import Order
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, RequestId
from hoga.domain.values import NO_SHARES
from hoga.trading.journal_care import JournalCare
from hoga.trading.records import OrderRecords
from hoga.trading.views import Question, RecoveryItem, RecoveryKind, RecoveryReport


class Recovery:
    """Remembers how things stood when the journal was read and when the broker's list was first acted on: what happens
    after that is no news of the start. Only what has to be settled yet is looked at anew whenever it is asked."""

    def __init__(
        self,
        at: datetime,
        open_before: Iterable[Order],
        interrupted: Iterable[RequestId],
        care: JournalCare | None = None,
    ) -> None:
        self._at = at
        self._care = care
        self._before = {order.id: order for order in open_before}
        self._interrupted = set(interrupted)
        self._found: dict[OrderId, Order] = {}
        self._foreign: tuple[Order, ...] = ()
        self._aligned = False
        self._unrecorded: set[OrderId] = set()

    def aligned(self, records: OrderRecords, known_before: frozenset[OrderId]) -> None:
        """The first read of the broker's list was acted on: foreign orders adopted by it belong to the report."""
        if self._aligned:
            return
        self._aligned = True
        self._found = {id: now for id in self._before if (now := records.order(id)) is not None}
        foreign = (o for o in records.orders if o.foreign and o.id not in known_before)
        self._foreign = tuple(sorted((o for o in foreign if o.filled or not o.state.over), key=lambda o: o.id))

    def changed_unrecorded(self, order: OrderId) -> None:
        """The broker's list shows a change of it that came through our own API, and nothing here has it on record."""
        if not self._aligned:
            self._unrecorded.add(order)

    def report(self, records: OrderRecords, questions: Iterable[Question]) -> RecoveryReport:
        asked = {question.request.id for question in questions}
        items: list[RecoveryItem] = []
        for id, before in self._before.items():
            now = records.order(id) or before
            settling = [r for r in now.requests if r.id in self._interrupted]
            items += [_item(_kind_of(r.state, r.id in asked), before, now, r.id) for r in settling]
            items += [
                _item(RecoveryKind.NEVER_SENT, before, now, r.id)
                for r in before.requests
                if r.state is RequestState.QUEUED
            ]
            items += self._meanwhile(before, self._found.get(id, now))
        items += [RecoveryItem(self._foreign_kind(o), o.id, NO_SHARES, o.filled) for o in self._foreign]
        open_questions = any(i.kind in (RecoveryKind.ON_THE_WAY, RecoveryKind.ASKED) for i in items)
        rebuilt = self._care.rebuilt if self._care is not None else None
        told = rebuilt.message if rebuilt is not None else None
        return RecoveryReport(self._at, self._aligned and not open_questions, tuple(items), told)

    def _foreign_kind(self, order: Order) -> RecoveryKind:
        ours = self._care is not None and self._care.possibly_ours(order)
        return RecoveryKind.POSSIBLY_OURS if ours else RecoveryKind.FOREIGN

    def _meanwhile(self, before: Order, now: Order) -> list[RecoveryItem]:
        if before.first is not None and not before.numbers:
            return []
        if now.filled > before.filled:
            return [_item(RecoveryKind.FILLED_MEANWHILE, before, now)]
        if before.state.over:
            return []  # something asked about it was open, not the order itself
        if now.id in self._unrecorded:
            return [_item(RecoveryKind.UNRECORDED, before, now)]
        return [_item(RecoveryKind.ENDED_MEANWHILE if now.state.over else RecoveryKind.STILL_WORKING, before, now)]


def _item(kind: RecoveryKind, before: Order, now: Order, request: RequestId | None = None) -> RecoveryItem:
    return RecoveryItem(kind, now.id, before.filled, now.filled, request, before.state)


def _kind_of(state: RequestState, asked: bool) -> RecoveryKind:
    if asked:
        return RecoveryKind.ASKED
    if state is RequestState.ACCEPTED:
        return RecoveryKind.FOUND
    if state in (RequestState.ABSENT, RequestState.REFUSED):
        return RecoveryKind.ABSENT
    return RecoveryKind.ON_THE_WAY
