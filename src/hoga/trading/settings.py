"""The order path's numbers. Seconds of market time unless a name says ``wire``."""

from __future__ import annotations

from msgspec import Struct


class DeskSettings(Struct, frozen=True):
    """Sensible defaults for one connection; architecture.md "Orders" is the source of the fixed ones."""

    most_in_flight: int = 10
    """Sends without an answer. Cancels are never counted."""
    sends_per_second: float = 8.0
    """Pace of new orders and reprices; the adapter paces below it. Cancels are never paced here."""
    automatic_spacing: float = 3.0
    """Between two automatic orders in one instrument."""
    second_try_after: float = 0.5
    """Wire seconds before what is known not to have been sent leaves once more."""
    cancel_patience: float = 0.2
    """Wire seconds that a cancel waits for the journal's disk."""
    hand_patience: float = 2.0
    """Wire seconds that a hand order waits for the reconcile after a reconnect before it asks."""
    same_ticket_within: float = 2.0
    """A ticket by hand that says the same as one that went so shortly before asks first."""
    absence_after: float = 60.0
    """How long after the send the last of the reads that prove absence must begin."""
    absence_reads: int = 3
    claim_before: float = 10.0
    """A row accepted up to this long before the send, on the broker's clock, may still be ours: clocks differ."""
    claim_window: float = 60.0
    """A row accepted later than this after the send is not taken for it without a doubt."""
    unknown_looks: tuple[float, ...] = (1.0, 3.0, 10.0, 30.0)
    """When, after a send of unknown outcome, the broker's list is read (the last look follows ``absence_after``)."""
    slow_look: float = 30.0
    """Between two reads of the broker's list when nothing is wrong."""
    unmatched_after: float = 2.0
    """How long a notice that no number explains may wait before the list is read."""
    balance_settle: float = 0.3
    """After a fill, before the balance is read again: fills come in bursts."""
    stale_quote: float = 10.0
    """Older than this, a price is not judged by without asking."""
