"""Outcomes as every adapter's writes make them."""

from __future__ import annotations

from dataclasses import replace

from hoga.base.message import Message
from hoga.broker.account_lists import Mask
from hoga.broker.port import Accepted, NotSent, NotSentReason, Outcome, OutcomeUnknown, Refused
from hoga.domain.values import Price


def unsupported(code: str) -> NotSent:
    """It cannot be said to this host; nothing was sent."""
    return NotSent(NotSentReason.UNSUPPORTED, Message(code))


def masked(outcome: Outcome, mask: Mask) -> Outcome:
    """``outcome`` with personal data taken out of what is kept of the answer."""
    if isinstance(outcome, (Accepted, Refused, OutcomeUnknown)):
        return replace(outcome, raw=mask(outcome.raw))
    return outcome


def price_text(limit: Price | None, none: str) -> str:
    return str(limit.units) if limit is not None else none
