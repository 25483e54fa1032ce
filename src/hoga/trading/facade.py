"""The one face of a connection for windows, terminals and scripts: snapshots out, commands in.

Everything is called on the loop's thread. Snapshots are immutable and cheap; commands are coroutines that return when
the decision is on the disk, not when the broker has answered: the answer comes as a change of the order.
``hoga.trading.connection_desk.ConnectionDesk`` is the implementation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from hoga.base.clock import MarketClock
from hoga.base.message import Language, Message
from hoga.broker.port import Capabilities, Lease, Topic
from hoga.domain.accounts import Account
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Maybe
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.orders import Order
from hoga.domain.positions import Portfolio
from hoga.domain.risk_limits import RiskLimits
from hoga.domain.sessions import Schedule
from hoga.domain.tickets import OrderId, OrderType, Origin, RequestId, Ticket, TicketId
from hoga.domain.values import Price, Shares
from hoga.storage.activity import Line
from hoga.trading.market_board import MarketBoard
from hoga.trading.market_recorder import MarketRecorder
from hoga.trading.views import (
    EVERYTHING,
    NO_CONSENT,
    Biography,
    CancelFilter,
    Change,
    Consent,
    Difference,
    Fill,
    FollowUp,
    Health,
    Offer,
    Preview,
    Question,
    RecoveryReport,
    StopReport,
    Submission,
    Unresolved,
    Waiting,
)

Listener = Callable[[Change], None]


class Desk(Protocol):
    """One connection as the person sees it."""

    @property
    def account(self) -> Account: ...

    @property
    def read_only(self) -> Message | None:
        """Why nothing can be pressed here: another desk works on the same folder. None: this is that desk."""
        ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def clock(self) -> MarketClock: ...

    @property
    def schedule(self) -> Schedule: ...

    @property
    def limits(self) -> RiskLimits:
        """The limits of risk that orders of this connection are judged by."""
        ...

    def set_limits(self, limits: RiskLimits) -> None:
        """Judge by these from now on. They are kept by who sets them; the change is told in the activity."""
        ...

    @property
    def board(self) -> MarketBoard:
        """Latest quote, trade and book per instrument; what changed; every trade in order."""
        ...

    @property
    def market_recorder(self) -> MarketRecorder | None:
        """Keeps trades and books on the disk; None where nothing is received."""
        ...

    # --- snapshots ---
    def orders(self) -> tuple[Order, ...]:
        """Every order of the day and every open one, oldest first, foreign ones included."""
        ...

    def order(self, id: OrderId) -> Order | None: ...

    def fills(self) -> tuple[Fill, ...]:
        """What was filled in the orders of ``orders()``, oldest first."""
        ...

    def portfolio(self) -> Portfolio: ...

    def health(self) -> Health: ...

    def waiting(self) -> tuple[Waiting, ...]:
        """The outbox, in the order in which it will leave."""
        ...

    def offers(self) -> tuple[Offer, ...]: ...

    def questions(self) -> tuple[Question, ...]: ...

    def recovery(self) -> RecoveryReport: ...

    def unresolved(self) -> tuple[Unresolved, ...]:
        """Requests of unknown outcome, oldest first, with how far the asking is."""
        ...

    def differences(self) -> tuple[Difference, ...]:
        """What the broker's balance shows and our fills do not explain, until the person has seen it."""
        ...

    def activity(self) -> tuple[Line, ...]:
        """The newest lines, oldest first; older ones by ``activity_before``."""
        ...

    def preview(self, ticket: Ticket) -> Preview:
        """What sending it would mean now. Waits for nothing; what a limit lacks to be judged is read meanwhile."""
        ...

    def get_ready(self, ticket: Ticket) -> None:
        """A hand is down that may send this: its connection is opened, and it is judged, so that letting go finds
        everything at hand. Sends nothing; what was found counts only while nothing it rests on has changed."""
        ...

    # --- commands ---
    def new_ticket_id(self) -> TicketId: ...

    async def submit(self, ticket: Ticket, consent: Consent = NO_CONSENT) -> Submission: ...

    async def reprice(
        self, order: OrderId, limit: Price, consent: Consent = NO_CONSENT, *, origin: Origin | None = None
    ) -> FollowUp:
        """``origin`` None: by hand."""
        ...

    async def reduce(self, order: OrderId, by: Shares) -> FollowUp: ...

    async def cancel(self, order: OrderId, *, origin: Origin | None = None) -> FollowUp:
        """``origin`` None: by hand."""
        ...

    async def cancel_all(self, which: CancelFilter = EVERYTHING) -> tuple[FollowUp, ...]: ...

    async def stop(self) -> StopReport:
        """Press the stop switch: automatic orders stay here, new orders that wait are withdrawn. What works at the
        broker is left to ``cancel_all``."""
        ...

    async def release(self) -> None:
        """Release the stop switch: automatic orders may leave again."""
        ...

    async def withdraw(self, request: RequestId) -> Message | None:
        """Take back what has not left yet. None: done; a message: why not."""
        ...

    async def resume(self, request: RequestId, consent: Consent = NO_CONSENT) -> Submission: ...

    async def discard(self, request: RequestId) -> None: ...

    async def answer(self, question: str, number: BrokerNumber | None) -> None:
        """Say which candidate is ours; None: none of them. A question that is not open any more is left alone."""
        ...

    async def reconcile(self) -> None:
        """Read the broker's list and the balance now; one that fails does not keep the other from being read. Raises
        BrokerError."""
        ...

    def accept_difference(self, id: str) -> None:
        """The person has seen a difference: it is shown no more, and stays in the activity."""
        ...

    async def settled(self, request: RequestId) -> Order:
        """Wait until a request has ended (accepted, refused, absent, withdrawn)."""
        ...

    async def export(self, folder: Path, language: Language, say: Callable[[Message], str]) -> tuple[Path, ...]:
        """Write orders, fills and activity as CSV files for a spreadsheet; the files. ``say`` words a message and is
        called on another thread. Raises ExportFailed."""
        ...

    # --- reads ---
    async def biography(self, order: OrderId) -> Biography: ...

    async def activity_before(self, line: int | None, most: int = 200) -> tuple[Line, ...]: ...

    async def activity_about(self, order: OrderId) -> tuple[Line, ...]: ...

    async def instruments(self) -> tuple[Instrument, ...]:
        """The symbol master, read once a day. Raises BrokerError."""
        ...

    def instrument(self, id: InstrumentId) -> Maybe[Instrument]:
        """From the master as it was read; Unknown before that, or when there is no such instrument."""
        ...

    async def quote(self, instrument: InstrumentId) -> Quote: ...

    async def book(self, instrument: InstrumentId) -> Book: ...

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        """Candles whose start lies in [start, end], oldest first, each start once. Not ``adjusted``: prices as they
        were paid, before splits and the like were reckoned in."""
        ...

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable: ...

    async def sellable(self, instrument: InstrumentId) -> Shares: ...

    def lease(self, topic: Topic) -> Lease: ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of changes; returns its own undo. Market data is not announced here: ask ``board.take_dirty()`` once a
        frame."""
        ...
