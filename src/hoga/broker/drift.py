"""Noticing when a broker's answers change their shape (features.md, idea 9).

A new field is noted once; a missing or unreadable one is reported and refuses only the reply that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from hoga.base.message import Message
from hoga.broker.port import Drift


class DriftNotes:
    """Says each change of shape once, not with every reply."""

    def __init__(self, report: Callable[[Drift], None], now: Callable[[], datetime]) -> None:
        self._report = report
        self._now = now
        self._noted: set[tuple[str, str]] = set()
        self.counts: dict[str, int] = {}
        """How often each place was seen changed or unreadable."""

    def body(self, operation: str, body: Mapping[str, object]) -> None:
        """Look at a reply of ``operation``; what is known of its shape is the broker's own affair."""

    def refused(self, where: str, problem: str) -> None:
        """Something needed was missing or unreadable; what depended on it was refused."""
        self.say(where, Message("BROKER_UNREADABLE", {"where": where, "problem": problem}), refused=True)

    def new_fields(self, place: str, names: Iterable[str]) -> None:
        """Fields that were never recorded. Nothing is refused for them."""
        for name in names:
            where = f"{place}.{name}"
            self.say(where, Message("BROKER_NEW_FIELD", {"where": where}), refused=False)

    def say(self, where: str, what: Message, *, refused: bool) -> None:
        self.counts[where] = self.counts.get(where, 0) + 1
        key = (where, str(what))
        if key not in self._noted:
            self._noted.add(key)
            self._report(Drift(where, what, self._now(), refused))
