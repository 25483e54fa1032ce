"""The life of a request: one thing asked of a broker about one order (new, reprice, reduce, cancel).

One table holds every step. *Our own* events (send, withdraw, ...) are legal only where the table says so, and anything
else raises IllegalStep: it is our bug. A *fact* from the broker never raises: each pair of state and fact has its row,
and where it contradicts what we believed the row asks for a reconcile. Source: architecture.md "Orders".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct


class RequestState(Enum):
    QUEUED = "queued"
    """Durable in the journal, nothing has left yet. After a crash it is offered, never resumed."""
    WITHDRAWN = "withdrawn"
    SENDING = "sending"
    """Durable before the first byte. Without an outcome after a crash it becomes UNKNOWN."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The broker said no, or it never left and will not: there is nothing at the broker."""
    UNKNOWN = "unknown"
    """It may be live. Only the broker's list settles it; it is never sent again."""
    ABSENT = "absent"
    """Proved absent by complete reads. Its fingerprint stays on file: it may still turn up."""

    @property
    def in_the_air(self) -> bool:
        """May have arrived without our knowing how it ended."""
        return self in (RequestState.SENDING, RequestState.UNKNOWN)

    @property
    def settled(self) -> bool:
        return self not in (RequestState.QUEUED, RequestState.SENDING, RequestState.UNKNOWN)


class RequestEvent(Enum):
    # our own steps
    SEND = "send"
    WITHDRAW = "withdraw"
    INTERRUPT = "interrupt"
    """The desk died while it was sending; found in the journal at the next start."""
    PROVE_ABSENT = "prove absent"
    # facts: the broker's answers and what its lists and notices say
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not sent"
    """Known never to have reached the order system; may leave once more under the same intent."""
    GIVEN_UP = "given up"
    """Not sent, and it will not be tried again."""
    UNANSWERED = "unanswered"
    FOUND = "found"
    REJECTED = "rejected"
    """The exchange refused what the broker had taken: a notice or a list row says so."""

    @property
    def ours(self) -> bool:
        return self in _OURS


_OURS = frozenset({RequestEvent.SEND, RequestEvent.WITHDRAW, RequestEvent.INTERRUPT, RequestEvent.PROVE_ABSENT})


class Step(Struct, frozen=True):
    """Where an event leads, whether it asks for a reconcile, and why the row is as it is."""

    state: RequestState
    why: str
    reconcile: bool = False


class IllegalStep(Exception):
    """Our own code asked for a step that the table does not have: a bug, never the broker's doing."""

    def __init__(self, state: RequestState, event: RequestEvent) -> None:
        super().__init__(f"a request that is {state.value!r} cannot take the step {event.value!r}")
        self.state = state
        self.event = event


def _table() -> Mapping[tuple[RequestState, RequestEvent], Step]:
    s, e = RequestState, RequestEvent
    usual: dict[tuple[RequestState, RequestEvent], Step] = {
        (s.QUEUED, e.SEND): Step(s.SENDING, "journaled as sending before the first byte"),
        (s.QUEUED, e.WITHDRAW): Step(s.WITHDRAWN, "nothing has left yet"),
        (s.SENDING, e.INTERRUPT): Step(s.UNKNOWN, "the desk died with it on the way: it may be live", True),
        (s.SENDING, e.ACCEPTED): Step(s.ACCEPTED, "the broker gave it a number"),
        (s.SENDING, e.REFUSED): Step(s.REFUSED, "the broker said no"),
        (s.SENDING, e.NOT_SENT): Step(s.QUEUED, "it never reached the order system: once more is allowed"),
        (s.SENDING, e.GIVEN_UP): Step(s.REFUSED, "it never reached the order system and will not be tried again"),
        (s.SENDING, e.UNANSWERED): Step(s.UNKNOWN, "may be live: ask the broker, never send again", True),
        (s.UNKNOWN, e.PROVE_ABSENT): Step(s.ABSENT, "three complete reads, the last late enough, do not show it"),
        (s.UNKNOWN, e.FOUND): Step(s.ACCEPTED, "the broker's list shows it"),
        (s.ACCEPTED, e.REJECTED): Step(s.REFUSED, "taken by the broker, then refused by the exchange", True),
        # odd but real
        (s.SENDING, e.FOUND): Step(s.ACCEPTED, "the list or a notice was quicker than the answer"),
        (s.SENDING, e.REJECTED): Step(s.REFUSED, "the notice of refusal was quicker than the answer", True),
        (s.UNKNOWN, e.ACCEPTED): Step(s.ACCEPTED, "the answer came after we had given up on it"),
        (s.UNKNOWN, e.REFUSED): Step(s.REFUSED, "the answer came after we had given up on it", True),
        (s.UNKNOWN, e.REJECTED): Step(s.REFUSED, "a notice says the exchange refused it", True),
        (s.UNKNOWN, e.UNANSWERED): Step(s.UNKNOWN, "still unanswered", True),
        (s.UNKNOWN, e.NOT_SENT): Step(s.UNKNOWN, "once it may be live, only the list settles it", True),
        (s.UNKNOWN, e.GIVEN_UP): Step(s.UNKNOWN, "once it may be live, only the list settles it", True),
        (s.ABSENT, e.FOUND): Step(s.ACCEPTED, "it turned up late: ours all the same", True),
        (s.ABSENT, e.ACCEPTED): Step(s.ACCEPTED, "its answer came late: ours all the same", True),
        (s.ABSENT, e.REFUSED): Step(s.REFUSED, "the broker's word explains why it is absent"),
        (s.ABSENT, e.REJECTED): Step(s.REFUSED, "a notice explains why it is absent", True),
        (s.REFUSED, e.FOUND): Step(s.ACCEPTED, "refused, they said, and yet it is in the list: ours", True),
        (s.REFUSED, e.ACCEPTED): Step(s.ACCEPTED, "two answers, one with a number: it exists", True),
        (s.REFUSED, e.REJECTED): Step(s.REFUSED, "said again"),
        (s.REFUSED, e.REFUSED): Step(s.REFUSED, "said again"),
        (s.QUEUED, e.FOUND): Step(s.ACCEPTED, "never sent, they said, and yet it is in the list: ours", True),
        (s.QUEUED, e.ACCEPTED): Step(s.ACCEPTED, "never sent, they said, and yet it has a number: ours", True),
        (s.QUEUED, e.UNANSWERED): Step(s.UNKNOWN, "an earlier try may be live after all", True),
        (s.WITHDRAWN, e.FOUND): Step(s.ACCEPTED, "withdrawn after a try that did arrive: ours", True),
        (s.WITHDRAWN, e.ACCEPTED): Step(s.ACCEPTED, "withdrawn after a try that did arrive: ours", True),
        (s.WITHDRAWN, e.UNANSWERED): Step(s.UNKNOWN, "an earlier try may be live after all", True),
        (s.ACCEPTED, e.ACCEPTED): Step(s.ACCEPTED, "said again"),
        (s.ACCEPTED, e.FOUND): Step(s.ACCEPTED, "said again"),
        (s.ACCEPTED, e.UNANSWERED): Step(s.ACCEPTED, "the list or a notice has settled it already"),
    }
    facts = [event for event in e if not event.ours]
    for pair in ((state, fact) for state in s for fact in facts):
        usual.setdefault(pair, Step(pair[0], "contradicts what we know: keep it and ask the broker", True))
    return MappingProxyType(usual)


STEPS = _table()
"""Every legal step. A pair of a state and one of our own events that is missing here is illegal."""


def advance(state: RequestState, event: RequestEvent) -> Step:
    """The step that ``event`` makes. Raises IllegalStep for our own events only; a broker's fact never raises."""
    step = STEPS.get((state, event))
    if step is None:
        raise IllegalStep(state, event)
    return step
