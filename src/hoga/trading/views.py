"""What the desk shows and answers: immutable values, safe to keep and to compare. Orders are shown as
``hoga.domain.orders.Order``, positions and cash as ``hoga.domain.positions.Portfolio``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamChanged
from hoga.domain.broker_orders import BrokerNumber, OrderReport
from hoga.domain.costs import Costs
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Maybe
from hoga.domain.orders import Execution, Order, OrderState, Request
from hoga.domain.tickets import OrderId, RequestId, Side
from hoga.domain.values import Money, Price, Shares
from hoga.storage.activity import Level as Level
from hoga.storage.activity import Line as Line
from hoga.storage.journal import Entry as Entry


class Part(Enum):
    """What of the desk may have changed."""

    ORDERS = "orders"
    PORTFOLIO = "portfolio"
    MARKET = "market"
    HEALTH = "health"
    ACTIVITY = "activity"
    QUESTIONS = "questions"
    RECOVERY = "recovery"


class Change(Struct, frozen=True):
    """Look again at ``part``; ``orders`` names the changed orders where it is ORDERS."""

    part: Part
    orders: frozenset[OrderId] = frozenset()


# --- answers to commands --------------------------------------------------------------------------------------------


class Consent(Struct, frozen=True):
    """What a person was asked and agreed to: the codes of the questions, and the words they saw."""

    codes: frozenset[str] = frozenset()
    words: str = ""


NO_CONSENT = Consent()


class Submitted(Struct, frozen=True):
    """The intent is on the disk and on its way. ``again``: this ticket was consumed before, and this is its order."""

    order: OrderId
    request: RequestId
    again: bool = False


class Requested(Struct, frozen=True):
    """A reprice, reduce or cancel is on the disk and on its way. ``waiting``: it leaves when the order's number is
    known."""

    order: OrderId
    request: RequestId
    waiting: bool = False


class TakenBack(Struct, frozen=True):
    """The order had not left yet: it was withdrawn, and nothing was sent."""

    order: OrderId


class Denied(Struct, frozen=True):
    """Our own rules said no; nothing was sent. Every reason at once."""

    reasons: tuple[Message, ...]


class MustAsk(Struct, frozen=True):
    """Send it again with a Consent that names the codes of all ``questions``; nothing was sent."""

    questions: tuple[Message, ...]


Submission: TypeAlias = Submitted | Denied | MustAsk
FollowUp: TypeAlias = Requested | TakenBack | Denied | MustAsk


class StopReport(Struct, frozen=True):
    """The stop switch was pressed: what was withdrawn before it left, and how many orders still work at the broker."""

    since: datetime
    withdrawn: tuple[OrderId, ...]
    open_orders: int


class CancelFilter(Struct, frozen=True):
    """Which open orders: None fits all."""

    side: Side | None = None
    instrument: InstrumentId | None = None
    orders: frozenset[OrderId] | None = None

    def fits(self, order: Order) -> bool:
        return (
            (self.side is None or order.side is self.side)
            and (self.instrument is None or order.instrument == self.instrument)
            and (self.orders is None or order.id in self.orders)
        )


EVERYTHING = CancelFilter()


class Preview(Struct, frozen=True):
    """What sending a ticket would mean: the gate's word, the costs, and the account afterwards if all of it fills.

    ``amount`` is reckoned at ``unit`` (the limit, else the best price known). ``held`` is what a buy holds back while
    it is open, commission included; None for a sell.
    """

    reasons: tuple[Message, ...]
    questions: tuple[Message, ...]
    amount: Maybe[Money]
    costs: Maybe[Costs]
    cash_after: Maybe[Money]
    shares_after: Maybe[Shares]
    unit: Maybe[Price] | None = None
    held: Maybe[Money] | None = None
    notes: tuple[Message, ...] = ()
    """What could not be judged, and beside ``reasons`` what the ticket may have been meant as. Shown, never asked."""


# --- snapshots ------------------------------------------------------------------------------------------------------


class Health(Struct, frozen=True):
    """How the connection is: for the status bar. ``journal`` is None while the journal takes writes."""

    streams: Mapping[Stream, StreamChanged]
    aligned: bool
    """The broker's list was read since the last start or reconnect, and our orders agree with it."""
    last_list: datetime | None
    waiting: int
    in_flight: int
    unknown: int
    parked_notices: int
    drift: int
    journal: Message | None
    unwritten: int = 0
    """Facts in effect that the journal could not take yet: they would be lost with the process."""
    stopped_since: datetime | None = None
    """When the stop switch was pressed; None while automatic orders may leave."""
    rebuilt: Message | None = None
    """The journal was damaged and was made anew today: what became of it. Plans do not go on by themselves."""
    rebuilt_from: datetime | None = None
    """The moment of the backup it was made from, of its making where there was none; None while ``rebuilt`` is."""


class Waiting(Struct, frozen=True):
    """A request in the outbox: ``place`` counts from 1; ``why`` says what it waits for. Can be withdrawn."""

    place: int
    order: Order
    request: Request
    why: Message


class Offer(Struct, frozen=True):
    """A request that was queued when the desk last ended: it was never sent. Send it now, or discard it."""

    order: Order
    request: Request


class Question(Struct, frozen=True):
    """The broker's list shows more than one order that may be ours, or one that may not be: the person decides.

    ``candidates`` with their evidence (time, price, type, ``channel``). The answer is one number, or none of them.
    ``usual``: the channels of orders that are ours beyond doubt; empty while there were none.
    """

    id: str
    order: Order
    request: Request
    candidates: tuple[OrderReport, ...]
    why: Message
    usual: frozenset[str] = frozenset()


class Unresolved(Struct, frozen=True):
    """A request that may or may not have arrived, and how far the asking is. It is never sent again.

    ``reads`` complete lists have not shown it so far; with ``reads_needed`` of them, the last begun at or after
    ``absent_from``, it is proved never to have arrived. ``asked``: the person is asked which order it is.
    """

    order: Order
    request: Request
    since: datetime
    reads: int
    reads_needed: int
    absent_from: datetime
    next_look: datetime
    asked: bool = False


class Difference(Struct, frozen=True):
    """The broker's balance shows something else than our fills make of the balances before: shares of ``instrument``,
    or, with None, the cash that is left after settlement. Stands until the person has seen it or it explains itself.
    """

    id: str
    at: datetime
    instrument: InstrumentId | None
    expected: Shares | Money
    found: Shares | Money


class Fill(Struct, frozen=True):
    """One line of the fills tab."""

    order: Order
    execution: Execution


class RecoveryKind(Enum):
    """What was found about one order after a start."""

    ON_THE_WAY = "on the way"
    """Was being sent when the desk ended: unknown until the broker's list settles it."""
    FOUND = "found"
    ABSENT = "absent"
    ASKED = "asked"
    NEVER_SENT = "never sent"
    """Was queued: offered."""
    FILLED_MEANWHILE = "filled meanwhile"
    ENDED_MEANWHILE = "ended meanwhile"
    STILL_WORKING = "still working"
    UNRECORDED = "unrecorded"
    """Cancelled or changed through our own API with nothing on record: as by a cancel that left while the disk was full
    before the desk was killed."""
    FOREIGN = "foreign"
    POSSIBLY_OURS = "possibly ours"
    """Nothing here explains it, but the journal had to be made anew after it was accepted: it may have been lost."""


class RecoveryItem(Struct, frozen=True):
    kind: RecoveryKind
    order: OrderId
    filled_before: Shares
    filled_now: Shares
    request: RequestId | None = None
    before: OrderState | None = None
    """How it stood when the journal was read; None for a foreign order."""


class RecoveryReport(Struct, frozen=True):
    """The receipt after a start: what was intended, what the broker has, what was done about it."""

    at: datetime
    complete: bool
    """False while something of it is still being settled."""
    items: tuple[RecoveryItem, ...]
    rebuilt: Message | None = None
    """The journal had to be made anew today: from what, and where the damaged file is."""

    @property
    def worth_showing(self) -> bool:
        return bool(self.items) or self.rebuilt is not None


class Biography(Struct, frozen=True):
    """Everything the journal holds about one order, oldest first, and the order as it is now."""

    order: Order
    entries: tuple[Entry, ...]
    numbers: tuple[BrokerNumber, ...]
