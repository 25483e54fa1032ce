"""A broker's outcome as the journal's fact, and the one rule about sending again."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from hoga.broker.port import Accepted, NotSent, NotSentReason, Outcome, OutcomeUnknown, Refused
from hoga.domain.order_facts import Answer, Answered, Withdrawn
from hoga.domain.orders import Request
from hoga.domain.requests import RequestState

MOST_TRIES = 2
DISK_SILENT = "DISK_SILENT"
"""The code of the reason that a decision fails with when the disk does not answer."""
DISK_PATIENCE = 3.0
"""Wire seconds that a decision waits for the disk."""
_PATIENCE = MappingProxyType({"seconds": f"{DISK_PATIENCE:.0f}"})


def may_leave_again(outcome: Outcome, request: Request) -> bool:
    """Only what is known never to have reached the order system, and only once more under the same intent."""
    return (
        isinstance(outcome, NotSent) and outcome.reason is not NotSentReason.UNSUPPORTED and request.tries < MOST_TRIES
    )


def answered(at: datetime, request: Request, outcome: Outcome, *, again: bool) -> Answered:
    """The fact that an outcome is. ``again``: it stays queued and leaves once more."""
    match outcome:
        case Accepted():
            return Answered(at, request.order, request.id, Answer.ACCEPTED, outcome.number, outcome.at, raw=outcome.raw)
        case Refused():
            answer, code, text, why, raw = Answer.REFUSED, outcome.code, outcome.text, outcome.why, outcome.raw
        case NotSent():
            answer = Answer.NOT_SENT if again else Answer.GIVEN_UP
            code, text, why, raw = outcome.code, outcome.text, outcome.why, {}
        case OutcomeUnknown():
            answer, code, text, why, raw = Answer.UNANSWERED, "", "", outcome.why, outcome.raw
    values = {name: str(value) for name, value in why.values.items()}
    return Answered(at, request.order, request.id, answer, code=code, text=text, why=why.code, values=values, raw=raw)


def never_left(at: datetime, request: Request) -> Answered | Withdrawn | None:
    """How a request ends that was given up because its record did not come back from the disk in time; None when it
    has ended otherwise."""
    if request.state is RequestState.SENDING:
        return Answered(at, request.order, request.id, Answer.GIVEN_UP, why=DISK_SILENT, values=_PATIENCE)
    if request.state is RequestState.QUEUED:
        return Withdrawn(at, request.order, request.id, DISK_SILENT)
    return None
