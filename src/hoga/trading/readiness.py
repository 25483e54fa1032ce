"""A ticket that is judged while its button is still down, so that letting go of it need not judge it once more.

What was found holds only while nothing of what it rests on has changed, and only where there was nothing to refuse or
to ask: else it is judged as it goes, like any other. Nothing is written or sent before that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from hoga.base.clock import MarketClock
from hoga.domain.tickets import Ticket
from hoga.trading.gate import GateFacts, Verdict, judge_ticket
from hoga.trading.replies import Surroundings

_HOLDS = timedelta(seconds=3)
"""Market time. Nobody holds a button for longer who means a click."""


class Judged(msgspec.Struct, frozen=True):
    """``rests_on``: what the facts were made from."""

    ticket: Ticket
    rests_on: tuple[object, ...]
    facts: GateFacts
    verdict: Verdict


class Readiness:
    """See the module. ``others_coming``: requests are between the gate and the journal."""

    def __init__(self, around: Surroundings, clock: MarketClock, others_coming: Callable[[], bool]) -> None:
        self._around = around
        self._clock = clock
        self._others_coming = others_coming
        self._judged: Judged | None = None

    def get_ready(self, ticket: Ticket) -> None:
        """Judge a ticket by what is known now; reads nothing."""
        self._judged = None
        rests_on = self._around.rests_on(ticket)
        if rests_on is None or self._others_coming() or not self._around.nothing_is_missing(ticket):
            return
        facts = self._around.facts_now(ticket.instrument, (ticket.instrument, ticket.side, ticket.quantity.count))
        verdict = judge_ticket(ticket, facts)
        if verdict.accepted:
            self._judged = Judged(ticket, rests_on, facts, verdict)

    def take(self, ticket: Ticket) -> Judged | None:
        """What was found of this very ticket, where it still holds; once."""
        judged, self._judged = self._judged, None
        if judged is None or judged.ticket is not ticket or self._others_coming():
            return None
        if not timedelta(0) <= self._clock.now() - judged.facts.now <= _HOLDS:
            return None
        return judged if self._around.rests_on(ticket) == judged.rests_on else None
