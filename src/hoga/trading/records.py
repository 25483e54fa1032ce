"""The orders of one connection in memory: the fold of the journal's facts, and the indexes that find an order.

``apply`` is the only way anything changes, live and in a replay alike. Notices bind by number alone: one whose number
nobody knows yet is parked, and counts the moment an answer or the broker's list tells whose number it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TypeAlias

from msgspec import Struct

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, OrderNotice, OrderReport, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.order_facts import (
    Adopted,
    Answer,
    Answered,
    Asked,
    Fact,
    Found,
    Intended,
    Interrupted,
    Listed,
    Noticed,
    ProvedAbsent,
    Sending,
    Withdrawn,
)
from hoga.domain.order_life import Change, adopt, apply_to_number, apply_to_request, ask, begin
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestEvent, RequestState, advance
from hoga.domain.tickets import OrderId, RequestId, Side, TicketId

Fingerprint: TypeAlias = tuple[InstrumentId, Side, int]
"""What the broker's list can be searched by: code, side, original quantity. Never two of the same in the air."""

_OWN_STEPS = {
    Sending: RequestEvent.SEND,
    Withdrawn: RequestEvent.WITHDRAW,
    Interrupted: RequestEvent.INTERRUPT,
    ProvedAbsent: RequestEvent.PROVE_ABSENT,
}


class Applied(Struct, frozen=True):
    """What a fact did: the order it changed, as it was ``before`` and is ``after``, and why the broker should be asked.

    ``after`` is None for a notice that no order explains: it is parked.
    """

    before: Order | None = None
    after: Order | None = None
    reconcile: tuple[str, ...] = ()


def fingerprint(order: Order) -> Fingerprint:
    return order.instrument, order.side, order.quantity.count


class OrderRecords:
    """See the module."""

    def __init__(self, connection: ConnectionId) -> None:
        self._connection = connection
        self._orders: dict[OrderId, Order] = {}
        self._requests: dict[RequestId, OrderId] = {}
        self._tickets: dict[TicketId, OrderId] = {}
        self._numbers: dict[tuple[date, int], dict[str, OrderId]] = {}
        self._parked: dict[BrokerNumber, list[Noticed]] = {}
        self._open: dict[OrderId, None] = {}
        self._unsettled: dict[RequestId, None] = {}
        self._in_the_air: dict[Fingerprint, dict[RequestId, None]] = {}
        self._changes: list[OrderId] = []
        self._applied = 0
        self._parked_at: dict[BrokerNumber, int] = {}
        self._sent_at: dict[RequestId, int] = {}
        self._answered: set[BrokerNumber] = set()
        self.own_channels: set[str] = set()
        """How the broker's list marks new orders that are ours beyond doubt: it answered them with their number, or the
        person said so."""

    # --- looking up -------------------------------------------------------------------------------------------------

    @property
    def orders(self) -> Iterable[Order]:
        """Every order in memory, oldest first."""
        return self._orders.values()

    @property
    def open_orders(self) -> Iterator[Order]:
        """Orders about which something is open."""
        return (self._orders[id] for id in list(self._open))

    @property
    def version(self) -> int:
        """Grows with every change of an order: what was reckoned from them holds while it stays the same."""
        return len(self._changes)

    def changed_since(self, version: int) -> Iterable[OrderId]:
        """The orders that have changed since a version, each once, in the order of their first change."""
        return dict.fromkeys(self._changes[version:])

    def order(self, id: OrderId) -> Order | None:
        return self._orders.get(id)

    def request(self, id: RequestId) -> tuple[Order, Request] | None:
        order = self._orders.get(self._requests.get(id, OrderId("")))
        request = order.request(id) if order else None
        return (order, request) if order and request else None

    def of_ticket(self, ticket: TicketId) -> OrderId | None:
        return self._tickets.get(ticket)

    def of_number(self, number: BrokerNumber) -> Order | None:
        """The order a number belongs to. A branch that was left empty, here or there, fits any."""
        branches = self._numbers.get((number.trading_date, number.number), {})
        found = branches.get(number.branch)
        if found is None and branches and (not number.branch or "" in branches):
            found = branches.get("") if number.branch else next(iter(branches.values()))
        return self._orders.get(found) if found else None

    @property
    def parked(self) -> dict[BrokerNumber, tuple[OrderNotice, ...]]:
        """Notices whose number no order has."""
        return {number: tuple(fact.notice for fact in facts) for number, facts in self._parked.items()}

    def heard_before(self, number: BrokerNumber, request: RequestId) -> bool:
        """Whether a notice about a number that no order has came before the request was last sent. By the order of the
        journal, not by the clock: that may have been set back between two starts."""
        sent = self._sent_at.get(request, 0)
        return any(_same(parked, number) and at < sent for parked, at in self._parked_at.items())

    def requests_in(self, *states: RequestState) -> list[tuple[Order, Request]]:
        """Requests that have not ended and are in any of the states, in the order in which they were made."""
        pairs = (self.request(id) for id in self._unsettled)
        return [pair for pair in pairs if pair is not None and pair[1].state in states]

    def in_the_air(self, wanted: Fingerprint) -> RequestId | None:
        """The new order of this fingerprint that may have arrived without our knowing, if there is one."""
        return next(iter(self._in_the_air.get(wanted, ())), None)

    def asked_since(self, moment: datetime, *kinds: RequestKind, most: int) -> int:
        """How many of our requests of these kinds were made since, whatever became of them; counted up to ``most``."""
        count = 0
        for id in reversed(self._requests):
            found = self.request(id)
            if found is None:
                continue
            if found[1].made_at < moment or count == most:
                break
            count += found[1].kind in kinds
        return count

    def newest(self, most: int) -> Iterator[Order]:
        """The orders made or found last, newest first, foreign ones included."""
        return (self._orders[id] for id in islice(reversed(self._orders), most))

    # --- changing ---------------------------------------------------------------------------------------------------

    def owner(self, fact: Fact) -> OrderId | None:
        """The order that a fact is about; None for a notice that no order explains."""
        if isinstance(fact, Noticed):
            order = self.of_number(fact.notice.number)
            return order.id if order else None
        return fact.order

    def check(self, fact: Fact) -> None:
        """Raise IllegalStep if ``fact`` is a step of our own that may not be taken now, ValueError if it names a new
        request as another is named: before it is written."""
        if isinstance(fact, Intended | Asked) and fact.request in self._requests:
            raise ValueError(f"there is a request {fact.request} already")
        event = _OWN_STEPS.get(type(fact))
        if event is not None and isinstance(fact, Sending | Withdrawn | Interrupted | ProvedAbsent):
            found = self.request(fact.request)
            if found is None:
                raise LookupError(f"no request {fact.request}")
            advance(found[1].state, event)

    def apply(self, fact: Fact) -> Applied:
        """Take a fact in. Raises IllegalStep for an impossible step of our own, never for what a broker said."""
        self._applied += 1
        if isinstance(fact, Sending) or (isinstance(fact, Intended | Asked) and fact.sending):
            self._sent_at[fact.request] = self._applied
        if isinstance(fact, Answered) and fact.answer is Answer.ACCEPTED and fact.number is not None:
            self._answered.add(fact.number)
        if isinstance(fact, Found) and fact.by_person:
            self._answered.add(fact.number)
        if isinstance(fact, Listed):
            self.learn_channel(fact.row)
        match fact:
            case Intended():
                return self._keep(Change(begin(fact, self._connection)))
            case Adopted():
                return self._keep(Change(adopt(fact, self._connection)))
            case Asked():
                return self._keep(ask(self._orders[fact.order], fact))
            case Noticed():
                return self._notice(fact)
            case _:
                order = self._orders[fact.order]
                request = order.request(fact.request) if hasattr(fact, "request") else None
                if request is not None:
                    return self._keep(apply_to_request(order, request, fact))  # type: ignore[arg-type] # has a request
                return self._keep(apply_to_number(order, fact))  # type: ignore[arg-type] # has none

    def learn_channel(self, row: OrderReport) -> None:
        """Look how a row of the broker's list is marked, if it is one of ours beyond doubt."""
        if row.kind is RequestKind.NEW and row.channel and row.number in self._answered:
            self.own_channels.add(row.channel)

    def _notice(self, fact: Noticed) -> Applied:
        order = self.of_number(fact.notice.number)
        if order is None:
            self._parked.setdefault(fact.notice.number, []).append(fact)
            self._parked_at.setdefault(fact.notice.number, self._applied)
            return Applied()
        return self._keep(apply_to_number(order, self._canonical(order, fact)))

    @staticmethod
    def _canonical(order: Order, fact: Noticed) -> Noticed:
        """The notice under the number as the order knows it, branch included."""
        said = fact.notice.number
        for life in order.numbers:
            if (life.number.trading_date, life.number.number) == (
                said.trading_date,
                said.number,
            ) and life.number != said:
                return Noticed(fact.at, dataclasses.replace(fact.notice, number=life.number))
        return fact

    def _keep(self, change: Change) -> Applied:
        order = change.order
        before = self._orders.get(order.id)
        self._orders[order.id] = order
        self._changes.append(order.id)
        reasons = [change.why] if change.reconcile else []
        if order.ticket is not None:
            self._tickets.setdefault(order.ticket, order.id)
        for request in order.requests:
            self._requests.setdefault(request.id, order.id)
            if request.state.settled:
                self._unsettled.pop(request.id, None)
            else:
                self._unsettled[request.id] = None
            if request.kind is RequestKind.NEW:
                self._follow_print(fingerprint(order), request)
        for life in order.numbers:
            branches = self._numbers.setdefault((life.number.trading_date, life.number.number), {})
            if branches.setdefault(life.number.branch, order.id) == order.id:
                for applied in self._unpark(life.number):
                    reasons.extend(applied.reconcile)
        if self._orders[order.id].settled:
            self._open.pop(order.id, None)
        else:
            self._open[order.id] = None
        return Applied(before, self._orders[order.id], tuple(reasons))

    def _follow_print(self, print_: Fingerprint, request: Request) -> None:
        """Whether it may be in the air is asked for everything that waits, all the time."""
        if request.state.in_the_air:
            self._in_the_air.setdefault(print_, {})[request.id] = None
        elif (flying := self._in_the_air.get(print_)) is not None:
            flying.pop(request.id, None)
            if not flying:
                del self._in_the_air[print_]

    def _unpark(self, number: BrokerNumber) -> list[Applied]:
        waiting = [parked for parked in self._parked if _same(parked, number)]
        for parked in waiting:
            self._parked_at.pop(parked, None)
        return [self._notice(fact) for parked in waiting for fact in self._parked.pop(parked)]


def _same(one: BrokerNumber, other: BrokerNumber) -> bool:
    """Whether two claims name the same number: a branch that was left empty fits any."""
    same = (one.trading_date, one.number) == (other.trading_date, other.number)
    return same and (one.branch == other.branch or not one.branch or not other.branch)
