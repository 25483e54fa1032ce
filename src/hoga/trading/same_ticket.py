"""The same ticket twice in a moment is asked about: a key that bounced, a hand that pressed again on a slow screen.

Where every press is meant (the ladder, on release) the caller brings its consent along.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hoga.base.message import Message
from hoga.domain.accounts import Account
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Hand, OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.trading.gate import PASSED, Verdict
from hoga.trading.terms import price_words

SAME_TICKET = "SAME_TICKET"
_Ticket = tuple[Account, InstrumentId, Side, OrderType, Price | None, Shares]


class SameTicket:
    """Remembers what a person sent in the last ``within`` seconds of market time."""

    def __init__(self, now: Callable[[], datetime], within: float) -> None:
        self._now = now
        self._within = within
        self._sent: dict[_Ticket, datetime] = {}

    def question(self, ticket: Ticket, verdict: Verdict) -> Verdict:
        """Asks when a ticket that says the same went a moment ago, unless ``verdict`` asks about that one already:
        nobody knows yet whether it arrived. Automatic orders have a spacing of their own."""
        self._forget_old()
        sent = self._sent.get(_what_it_says(ticket))
        asked = any(question.code == "TWIN_UNSETTLED" for question in verdict.questions)
        if sent is None or asked or not isinstance(ticket.origin, Hand):
            return PASSED
        values = {
            "code": ticket.instrument.code,
            "side": ticket.side.value,
            "quantity": ticket.quantity.count,
            "price": price_words(ticket.type, ticket.limit),
            "seconds": f"{self._within:g}",
        }
        return Verdict(questions=(Message(SAME_TICKET, values),))

    def sent(self, ticket: Ticket) -> None:
        if isinstance(ticket.origin, Hand):
            self._sent[_what_it_says(ticket)] = self._now()

    def not_sent(self, ticket: Ticket) -> None:
        """It did not come about after all."""
        self._sent.pop(_what_it_says(ticket), None)

    def _forget_old(self) -> None:
        now = self._now()
        self._sent = {
            key: at for key, at in self._sent.items() if abs((now - at).total_seconds()) < self._within
        }  # a clock that was set back holds nothing up for longer either


def _what_it_says(ticket: Ticket) -> _Ticket:
    return ticket.account, ticket.instrument, ticket.side, ticket.type, ticket.limit, ticket.quantity
