"""Which instruments a person will not buy, or alone will buy: lists with a reason and an end (guide row J7).

They hold for orders by hand and by plan alike. What is held can always be sold, and an order always cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.verdict import PASSED, Verdict, refuse

NO_END = "no end"
"""What a message tells as ``until`` where an entry holds for good."""
MOST_LETTERS = 100
"""Of a reason."""


class ListedInstrument(Struct, frozen=True):
    """``until``: the last day in Korea on which it holds; None: for good. Raises ValueError for a reason of more than a
    line."""

    instrument: InstrumentId
    reason: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if len(self.reason) > MOST_LETTERS or not self.reason.isprintable():
            raise ValueError("a reason is one line")

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until

    def lasts_as_long_as(self, other: ListedInstrument) -> bool:
        return self.until is None or (other.until is not None and other.until <= self.until)


Listed = tuple[ListedInstrument, ...]


def may_be_bought(instrument: InstrumentId, blocked: Listed, allowed: Listed, today: date) -> Verdict:
    """Refuses what is blocked today, and, where there is a list of those that alone may be bought, what is not on it.

    A list whose entries have all ended allows nothing: what was allowed for a time is not allowed after it.
    """
    entry = find(instrument, blocked)
    if entry is not None and entry.holds(today):
        until = NO_END if entry.until is None else entry.until.isoformat()
        return refuse("INSTRUMENT_BLOCKED", code=instrument.code, reason=entry.reason, until=until)
    if not allowed:
        return PASSED
    entry = find(instrument, allowed)
    if entry is None:
        return refuse("INSTRUMENT_NOT_ALLOWED", code=instrument.code, count=sum(one.holds(today) for one in allowed))
    if not entry.holds(today):
        return refuse("INSTRUMENT_ALLOWED_UNTIL", code=instrument.code, until=str(entry.until))
    return PASSED


def find(instrument: InstrumentId, listed: Listed) -> ListedInstrument | None:
    return next((entry for entry in listed if entry.instrument == instrument), None)


def added(listed: Listed, entry: ListedInstrument) -> Listed:
    """The list with ``entry``, in the place of an older one for the same instrument."""
    return (*(one for one in listed if one.instrument != entry.instrument), entry)


def lets_more_pass(name: str, before: Listed, after: Listed) -> bool:
    """Whether the list ``name`` ("blocked", "allowed") lets something be bought that it did not before."""
    if name == "blocked":
        return not _covers(after, before)
    return bool(before) and (not after or not _covers(before, after))


def _covers(wider: Listed, narrower: Sequence[ListedInstrument]) -> bool:
    """Whether every entry of ``narrower`` is in ``wider``, for as long."""
    return all(
        (found := find(entry.instrument, wider)) is not None and found.lasts_as_long_as(entry) for entry in narrower
    )
