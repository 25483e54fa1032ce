"""How facts make and change orders. Pure: the same facts give the same orders, live and replayed.

Our own illegal step raises IllegalStep. A broker's fact is always applied; where it contradicts what was known, the
change says so in ``reconcile`` and the broker is asked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, OrderReport, RequestKind
from hoga.domain.number_life import CARRIERS, NumberLife, hear, read_row
from hoga.domain.order_facts import (
    Adopted,
    Answer,
    Answered,
    Asked,
    Found,
    Intended,
    Interrupted,
    Joined,
    Lapsed,
    Listed,
    Noticed,
    NumberFact,
    ProvedAbsent,
    RequestFact,
    Sending,
    Withdrawn,
)
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestEvent, RequestState, advance
from hoga.domain.tickets import OrderType, RequestId, TimeInForce
from hoga.domain.values import Shares


class Change(Struct, frozen=True):
    """An order after a fact, and whether the broker should be asked about it (``why`` says for what reason)."""

    order: Order
    reconcile: bool = False
    why: str = ""


_EVENTS = {
    Answer.ACCEPTED: RequestEvent.ACCEPTED,
    Answer.REFUSED: RequestEvent.REFUSED,
    Answer.NOT_SENT: RequestEvent.NOT_SENT,
    Answer.GIVEN_UP: RequestEvent.GIVEN_UP,
    Answer.UNANSWERED: RequestEvent.UNANSWERED,
}


def begin(fact: Intended, connection: ConnectionId) -> Order:
    """The order that an intent makes."""
    request = Request(
        id=fact.request,
        order=fact.order,
        kind=RequestKind.NEW,
        state=RequestState.SENDING if fact.sending else RequestState.QUEUED,
        made_at=fact.at,
        origin=fact.origin,
        quantity=fact.quantity,
        limit=fact.limit,
        sent_at=fact.at if fact.sending else None,
        tries=1 if fact.sending else 0,
        consent=fact.consent,
    )
    return Order(
        id=fact.order,
        connection=connection,
        ticket=fact.ticket,
        instrument=fact.instrument,
        side=fact.side,
        type=fact.type,
        tif=fact.tif,
        venue=fact.venue,
        quantity=fact.quantity,
        limit=fact.limit,
        stop=fact.stop,
        origin=fact.origin,
        made_at=fact.at,
        requests=(request,),
    )


def adopt(fact: Adopted, connection: ConnectionId) -> Order:
    """The foreign order that a row of the broker's list shows."""
    row = fact.row
    life = NumberLife(row.number, RequestKind.NEW, row.original, None, row.quantity.count, row.limit)
    order = Order(
        id=fact.order,
        connection=connection,
        ticket=None,
        instrument=row.instrument,
        side=row.side,
        type=row.type or OrderType.LIMIT,
        tif=row.tif or TimeInForce.DAY,
        venue=row.venue,
        quantity=row.quantity,
        limit=row.limit,
        stop=None,
        origin=None,
        made_at=row.at,
        numbers=(replace(life, accepted_at=row.at),),
        channel=row.channel,
    )
    return _listed(order, row).order


def ask(order: Order, fact: Asked) -> Change:
    """The order with one more request."""
    request = Request(
        id=fact.request,
        order=order.id,
        kind=fact.kind,
        state=RequestState.SENDING if fact.sending else RequestState.QUEUED,
        made_at=fact.at,
        origin=fact.origin,
        quantity=fact.quantity or fact.by,
        limit=fact.limit,
        target=fact.target,
        sent_at=fact.at if fact.sending else None,
        tries=1 if fact.sending else 0,
        consent=fact.consent,
    )
    return Change(dataclasses.replace(order, requests=(*order.requests, request)))


def apply_to_request(order: Order, request: Request, fact: RequestFact) -> Change:
    """The order after something happened to one of its requests. Raises IllegalStep for our own impossible steps."""
    step = advance(request.state, _event(fact))
    changed = replace(request, state=step.state)
    match fact:
        case Sending():
            changed = replace(
                changed,
                sent_at=fact.at,
                tries=request.tries + 1,
                target=fact.target or request.target,
                quantity=fact.quantity or request.quantity,
            )
        case Withdrawn():
            changed = replace(changed, why=fact.why, answered_at=fact.at)
        case Answered():
            changed = replace(
                changed, answered_at=fact.at, code=fact.code, text=fact.text, why=fact.why, values=fact.values
            )
        case Found() | ProvedAbsent():
            changed = replace(changed, answered_at=fact.at, by_person=fact.by_person)
        case Interrupted():
            pass
    number = fact.number if isinstance(fact, Answered | Found) else None
    order = _with_request(order, changed)
    if number is not None and step.state is RequestState.ACCEPTED:
        order = _bind(order, changed, number, fact)
    return Change(order, step.reconcile, step.why if step.reconcile else "")


def apply_to_number(order: Order, fact: NumberFact) -> Change:
    """The order after the broker said something about one of its numbers."""
    match fact:
        case Noticed():
            return _noticed(order, fact.notice)
        case Listed():
            return _listed(order, fact.row)
        case Joined():
            return _listed(_join(order, fact.row), fact.row)
        case Lapsed():
            return Change(
                _with_lives(order, (replace(n, lapsed=True) for n in order.numbers if n.number in fact.numbers))
            )


def _event(fact: RequestFact) -> RequestEvent:
    match fact:
        case Sending():
            return RequestEvent.SEND
        case Withdrawn():
            return RequestEvent.WITHDRAW
        case Answered():
            return _EVENTS[fact.answer]
        case Interrupted():
            return RequestEvent.INTERRUPT
        case Found():
            return RequestEvent.FOUND
        case ProvedAbsent():
            return RequestEvent.PROVE_ABSENT


def _bind(order: Order, request: Request, number: BrokerNumber, fact: RequestFact) -> Order:
    """Give the request its number; the number joins the tree under the one that the request spoke of."""
    order = _with_request(order, replace(request, number=request.number or number))
    if order.life(number) is not None:
        return order
    quantity = None if request.kind is RequestKind.REPRICE else (request.quantity or Shares(0)).count or None
    life = NumberLife(
        number=number,
        kind=request.kind,
        original=request.target,
        request=request.id,
        quantity=quantity,
        limit=request.limit,
        accepted_at=fact.broker_at if isinstance(fact, Answered) else None,
    )
    return dataclasses.replace(order, numbers=(*order.numbers, life))


def _join(order: Order, row: OrderReport) -> Order:
    """A number made elsewhere takes its place in the tree. What takes shares away, the original's row tells."""
    if order.life(row.number) is not None:
        return order
    carries = row.kind in CARRIERS if row.kind else bool(row.remaining or row.filled)
    kind = RequestKind.REPRICE if carries else RequestKind.CANCEL
    life = NumberLife(row.number, kind, row.original, None, row.quantity.count or None, row.limit)
    return dataclasses.replace(order, numbers=(*order.numbers, replace(life, accepted_at=row.at)))


def _noticed(order: Order, notice: OrderNotice) -> Change:
    life = order.life(notice.number)
    if life is None:
        return Change(order, True, "a notice about a number of no order")
    changed = hear(life, notice)
    order = _with_lives(order, (changed,))
    if notice.kind is NoticeKind.REJECTED and not life.refused:
        return _reject(
            order, life.request, f"{notice.request.value if notice.request else 'order'} refused by the exchange"
        )
    if notice.kind is NoticeKind.UNCLEAR:
        return Change(order, True, "a notice that nobody has documented")
    if notice.kind is NoticeKind.FILLED and not life.carries:
        return Change(order, True, "a fill of a number that carries no shares")
    if (
        notice.kind is NoticeKind.FILLED
        and life.quantity is not None
        and sum(f.quantity for f in changed.fills) > life.quantity
    ):
        return Change(order, True, "notices of more fills than were ordered")
    if notice.kind is NoticeKind.CONFIRMED and not life.carries and life.original and order.remaining_of(life.original):
        # A whole cancel that leaves something: a fill's notice is still on its way, or the quantities do not fit.
        return Change(order, life.kind is RequestKind.CANCEL, "cancelled, yet the fills heard of do not add up")
    return Change(order)


def _listed(order: Order, row: OrderReport) -> Change:
    life = order.life(row.number)
    if life is None:
        return Change(order, True, "a row about a number of no order")
    changed = read_row(life, row)
    order = _with_lives(order, (changed,))
    if changed.refused and not life.refused:
        return _reject(order, life.request, "the list shows it refused", reconcile=False)
    return Change(order)


def _reject(order: Order, id: RequestId | None, why: str, *, reconcile: bool = True) -> Change:
    request = order.request(id) if id else None
    if request is None:
        return Change(order, reconcile, why)
    step = advance(request.state, RequestEvent.REJECTED)
    return Change(
        _with_request(order, replace(request, state=step.state, why=request.why or "REJECTED_LATER")), reconcile, why
    )


def _with_request(order: Order, request: Request) -> Order:
    return dataclasses.replace(order, requests=tuple(request if r.id == request.id else r for r in order.requests))


def _with_lives(order: Order, lives: Iterable[NumberLife]) -> Order:
    changed = {life.number: life for life in lives}
    return dataclasses.replace(order, numbers=tuple(changed.get(life.number, life) for life in order.numbers))
