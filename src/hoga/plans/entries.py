"""What is kept of a plan: the approval with the whole plan in it, then every decision and event, as JSON.

The orders themselves are in the order journal, each with the plan's digest, leg, round and try: nothing here says what
was sent, so nothing here can disagree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from hoga.base.message import Message
from hoga.domain.orders import OrderState
from hoga.domain.tickets import Side
from hoga.plans.daily import PlanSchedule
from hoga.plans.inputs import Moment, Style
from hoga.plans.plan import Plan, plain
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Choice, PlanState, QuestionKind, TrackPoint


class EntryUnreadable(Exception):
    """An entry that is damaged, or of a kind that only a newer hoga knows."""


class _Entry(msgspec.Struct, frozen=True, kw_only=True, tag=str.lower):
    at: Moment


class Arrival(msgspec.Struct, frozen=True):
    """The price a plan found: twice the mid, so that it stays whole. ``quoted`` False: the last price, doubled."""

    twice: int
    quoted: bool


class Approved(_Entry, frozen=True, kw_only=True):
    plan: Plan
    settings: ExecutionSettings
    arrival: dict[str, Arrival]
    bought: dict[str, int] = {}
    """By code, what had been bought (sold: negative) that day before the approval: what is traded beside the plan
    counts from there."""
    schedule: str = ""
    rebuilt: str = ""
    """The rebuilding of the journal that was known when it was approved: it asks about later ones only."""


class Started(_Entry, frozen=True, kw_only=True):
    """The first order may leave from now on."""


class Paused(_Entry, frozen=True, kw_only=True):
    why: Message


class Resumed(_Entry, frozen=True, kw_only=True):
    pass


class Skipped(_Entry, frozen=True, kw_only=True):
    side: Side
    round: int


class Moved(_Entry, frozen=True, kw_only=True):
    """What is left of a side, changed."""

    side: Side
    starts: tuple[tuple[int, Moment], ...]
    """Rounds and their new times."""
    divided: bool = False
    """From the first of ``starts`` on there are these rounds and no others: what is left is divided among them."""
    style: Style | None = None
    ticks: int | None = None
    """How orders are priced from now on; None: as before."""


class TakenOver(_Entry, frozen=True, kw_only=True):
    leg: int


class BuysOpened(_Entry, frozen=True, kw_only=True):
    """The buys may begin; ``late_s`` is by how much all their rounds are moved."""

    freed: bool
    late_s: int


class RoundRun(_Entry, frozen=True, kw_only=True):
    """Everything that could be sent in a round was; ``merged``: earlier ones that it took in."""

    side: Side
    round: int
    merged: tuple[int, ...] = ()


class Noted(_Entry, frozen=True, kw_only=True):
    """A deviation."""

    side: Side
    round: int
    leg: int | None
    why: Message
    shares: int = 0


class Answered(_Entry, frozen=True, kw_only=True):
    """The person's answer. ``about`` tells one occasion of a kind of question from the next."""

    kind: QuestionKind
    choice: Choice
    about: str
    orders: tuple[str, ...] = ()


class Measured(_Entry, frozen=True, kw_only=True):
    """Benchmarks of a leg over its interval so far: time- and volume-weighted prices of the market."""

    leg: int
    twap: Decimal | None
    vwap: Decimal | None
    samples: int = 0
    """Of how many moments the time-weighted one is; 0: of minute candles."""


class Sample(msgspec.Struct, frozen=True):
    """Mids that were seen, one a second: the sum of twice the mid, and how many."""

    twice: int = 0
    count: int = 0


class Sampled(_Entry, frozen=True, kw_only=True):
    """All that was sampled so far, by leg."""

    legs: tuple[tuple[int, Sample], ...]


class Stopped(_Entry, frozen=True, kw_only=True):
    cancel: bool


class LegEnd(msgspec.Struct, frozen=True):
    """Shares and won that filled; ``beside``: what was bought (sold: negative) in its instrument outside the plan."""

    filled: int
    amount: int
    beside: int = 0


class ChildEnd(msgspec.Struct, frozen=True, kw_only=True):
    """One order as it ended. ``limit`` in won; None: a market order."""

    order: str
    leg: int
    round: int
    attempt: int
    made_at: Moment
    quantity: int
    filled: int
    limit: int | None
    state: OrderState
    reprices: int
    why: Message | None = None


class Ended(_Entry, frozen=True, kw_only=True):
    """The final figures stay with the plan: the orders themselves are one day's."""

    state: PlanState
    legs: tuple[LegEnd, ...] = ()
    children: tuple[ChildEnd, ...] = ()
    track: tuple[TrackPoint, ...] = ()


class ScheduleSaved(_Entry, frozen=True, kw_only=True):
    schedule: PlanSchedule


class ScheduleRemoved(_Entry, frozen=True, kw_only=True):
    id: str


class DayDone(_Entry, frozen=True, kw_only=True):
    """What became of a schedule on one day: ``digest`` of the plan that was approved, empty: left out."""

    id: str
    day: date
    digest: str = ""


PlanEntry: TypeAlias = (
    Approved
    | Started
    | Paused
    | Resumed
    | Skipped
    | Moved
    | TakenOver
    | BuysOpened
    | RoundRun
    | Noted
    | Answered
    | Measured
    | Sampled
    | Stopped
    | Ended
)
ScheduleEntry: TypeAlias = ScheduleSaved | ScheduleRemoved | DayDone
Entry: TypeAlias = PlanEntry | ScheduleEntry

_DECODER = msgspec.json.Decoder(Entry)


def kind_of(entry: Entry) -> str:
    return type(entry).__name__.lower()


def to_text(entry: Entry) -> str:
    return msgspec.json.encode(entry, order="sorted", enc_hook=_plain).decode()


def from_text(text: str) -> Entry:
    """Raises EntryUnreadable."""
    try:
        entry: Entry = _DECODER.decode(text)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise EntryUnreadable(str(error)) from error
    return _with_messages(entry)


def _with_messages(entry: Entry) -> Entry:
    """The entry with the messages inside its messages: JSON tells them from other values by their shape alone."""
    if isinstance(entry, Noted | Paused):
        return msgspec.structs.replace(entry, why=_restored(entry.why))
    if isinstance(entry, Ended):
        children = (
            msgspec.structs.replace(child, why=_restored(child.why)) if child.why is not None else child
            for child in entry.children
        )
        return msgspec.structs.replace(entry, children=tuple(children))
    return entry


def _restored(message: Message) -> Message:
    return Message(message.code, {name: _value(value) for name, value in message.values.items()})


def _value(plain: object) -> object:
    if isinstance(plain, dict) and plain.keys() == {"code", "values"}:
        return _restored(Message(plain["code"], plain["values"]))
    return plain


def _plain(value: object) -> object:
    """Messages may carry prices or dates among their values: as a person reads them."""
    return plain(value) if isinstance(value, Mapping) else str(value)
