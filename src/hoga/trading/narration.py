"""What happened to orders, told as activity lines: which message, at which level. Pure."""

from __future__ import annotations

from collections.abc import Collection

from hoga.base.message import Message
from hoga.broker.port import Accepted, NotSent, Outcome, OutcomeUnknown, Refused
from hoga.domain.broker_orders import NoticeKind, RequestKind
from hoga.domain.order_facts import (
    Adopted,
    Answered,
    Fact,
    Found,
    Interrupted,
    Joined,
    Lapsed,
    Noticed,
    ProvedAbsent,
    Withdrawn,
)
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.storage.activity import Level
from hoga.trading.differences import News
from hoga.trading.outcomes import DISK_SILENT
from hoga.trading.terms import broker_words, price_words
from hoga.trading.views import Difference

Told = tuple[Level, Message]


def terms(order: Order) -> dict[str, object]:
    """The words that name an order in every line."""
    return {
        "code": order.instrument.code,
        "side": order.side.value,
        "quantity": order.quantity.count,
        "price": price_words(order.type, order.current_limit),
    }


def of_outcome(order: Order, request: Request, outcome: Outcome) -> Told:
    """The line for how a send ended."""
    said: dict[str, object] = {**terms(order), "kind": request.kind.value}
    match outcome:
        case Accepted():
            return Level.GOOD, Message(f"{request.kind.name}_ACCEPTED", {**said, "number": str(outcome.number.number)})
        case Refused():
            said |= {"why": outcome.why, **broker_words(outcome.code, outcome.text)}
            return Level.ERROR, Message("BROKER_REFUSED", said)
        case NotSent():
            again = request.state is RequestState.QUEUED
            code = "NOT_SENT_YET" if again else "NOT_SENT_AT_ALL"
            said |= {"reason": outcome.reason.value, "why": outcome.why, **broker_words(outcome.code, outcome.text)}
            return (Level.WARNING if again else Level.ERROR), Message(code, said)
        case OutcomeUnknown():
            return Level.WARNING, Message("OUTCOME_UNKNOWN", {**said, "why": outcome.why})


def of_fact(fact: Fact, before: Order | None, after: Order | None, own_channels: Collection[str] = ()) -> list[Told]:
    """The lines for a fact, from the order as it was and as it is. ``own_channels`` mark what came through our API."""
    if after is None:
        return []
    said = terms(after)
    match fact:
        case Interrupted():
            first = [(Level.WARNING, Message("INTERRUPTED", said))]
        case Found():
            was_absent = before is not None and any(
                r.id == fact.request and r.state is RequestState.ABSENT for r in before.requests
            )
            code = "FOUND_LATE" if was_absent else "FOUND"
            first = [(Level.GOOD, Message(code, {**said, "number": str(fact.number.number)}))]
        case ProvedAbsent():
            first = [(Level.WARNING, Message("PROVED_ABSENT", {**said, "reads": len(fact.reads)}))]
        case Adopted():
            return [(Level.INFO, Message("FOREIGN_ORDER", {**said, "channel": fact.row.channel or "?"}))]
        case Joined():
            # Nothing in the journal asked for it. Through our own API, though, it was no telephone.
            ours = fact.row.channel in own_channels
            code, level = ("CHANGED_UNRECORDED", Level.WARNING) if ours else ("CHANGED_ELSEWHERE", Level.INFO)
            first = [(level, Message(code, {**said, "number": str(fact.row.number.number)}))]
        case Answered() | Withdrawn() if fact.why == DISK_SILENT:
            first = [(Level.ERROR, Message("DISK_SILENT_NEVER_SENT", said))]
        case Noticed():
            first = _of_notice(fact, said)
        case Lapsed():
            return [(Level.INFO, Message("LAPSED", {**said, "closed": after.closed.count}))]
        case _:
            first = []
    return first + _of_progress(before, after, said)


def of_difference(difference: Difference, news: News) -> Told:
    """The line for what the balance shows and the fills do not explain."""
    what, said = "CASH", {"expected": str(difference.expected), "found": str(difference.found)}
    if difference.instrument is not None:
        what, said = "SHARES", {**said, "code": difference.instrument.code}
    level = Level.WARNING if news is News.FOUND else Level.INFO
    return level, Message(f"{what}_DIFFERENCE_{news.name}", said)


def _of_notice(fact: Noticed, said: dict[str, object]) -> list[Told]:
    if fact.notice.kind is NoticeKind.REJECTED:
        return [(Level.ERROR, Message("REJECTED_LATER", said))]
    if fact.notice.kind is NoticeKind.CONFIRMED and fact.notice.request is RequestKind.REPRICE:
        return [(Level.GOOD, Message("REPRICE_CONFIRMED", said))]
    return []


def _of_progress(before: Order | None, after: Order, said: dict[str, object]) -> list[Told]:
    """What was filled or closed by whatever it was."""
    if before is None:
        return []
    lines: list[Told] = []
    filled = after.filled.count - before.filled.count
    if filled > 0:
        amount = after.filled_amount.units - before.filled_amount.units
        figures = {"filled": filled, "total": after.filled.count, "leaves": after.leaves.count, "amount": amount}
        lines.append((Level.GOOD, Message("FILLED" if after.leaves else "FILLED_WHOLE", {**said, **figures})))
    closed = after.closed.count - before.closed.count
    if closed > 0 and after.numbers:
        lines.append((Level.INFO, Message("CLOSED", {**said, "closed": closed, "total": after.filled.count})))
    return lines
