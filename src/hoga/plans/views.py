"""What a plan shows while it runs and after it has ended: immutable values, safe to keep and to compare.

Shares, won and basis points are exact: whole numbers and Decimals. Moments are market time, aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Price
from hoga.plans.inputs import SidePlan, Style
from hoga.plans.plan import Plan
from hoga.plans.prices import side_plan
from hoga.plans.settings import ExecutionSettings


class PlanState(Enum):
    """Where an approved plan is. Only RUNNING sends orders."""

    APPROVED = "approved"
    """Its start has not come."""
    RUNNING = "running"
    HELD = "held"
    """Something around it is in the way (connection, session, an unresolved order of unknown fate…): it goes on by
    itself when that has passed."""
    PAUSED = "paused"
    """By the person, or by the stop switch: goes on when the person says so."""
    ASKING = "asking"
    """Waits for the answer to its question."""
    STOPPING = "stopping"
    """Stopped by the person; some of its orders still work or are being cancelled."""
    STOPPED = "stopped"
    DONE = "done"
    """Every leg is complete, or its leftover is in the report."""

    @property
    def over(self) -> bool:
        return self in (PlanState.STOPPED, PlanState.DONE)


class LegState(Enum):
    AHEAD = "ahead"
    TRADING = "trading"
    HELD = "held"
    """A halt, a volatility interruption, an order of unknown fate: only this leg waits."""
    MANUAL = "manual"
    """Taken over by the person: the plan sends nothing more for it."""
    COMPLETE = "complete"
    LEFT_OVER = "left over"
    """Ended below its quantity; the deviations say why."""


class RoundState(Enum):
    AHEAD = "ahead"
    RUNNING = "running"
    DONE = "done"
    MERGED = "merged"
    """Came due before it could run; its shares went into a later round."""
    SKIPPED = "skipped"
    """By the person; later rounds make it up."""


class Choice(Enum):
    """An answer to a question of a plan."""

    GO_ON = "go on"
    WAIT = "wait"
    """Ask again after the same time."""
    BUY_WITH_FREED = "buy with freed"
    """Begin the buys with the cash that the sells have brought so far; the sells work on."""
    STOP = "stop"
    STOP_AND_CANCEL = "stop and cancel"
    OURS = "ours"
    """Today's doubtful orders were sent by this plan: they count into its legs."""
    NOT_OURS = "not ours"


class QuestionKind(Enum):
    SELLS_LATE = "sells late"
    """The wait limit is over and sells still work."""
    TOO_LATE = "too late"
    """The desk was away longer than the limit while rounds came due."""
    REBUILT = "rebuilt"
    """The journal was rebuilt from a backup: orders of today may be this plan's."""


class PlanQuestion(Struct, frozen=True):
    """Answered with ``Plans.answer``. ``orders`` are those in doubt (REBUILT), else empty."""

    id: str
    kind: QuestionKind
    at: datetime
    text: Message
    choices: tuple[Choice, ...]
    orders: tuple[OrderId, ...] = ()


class Slippage(Struct, frozen=True):
    """Average fill against one benchmark, positive when it cost: ``bp`` in basis points (two decimals), ``won`` for all
    filled shares. ``benchmark`` is the price compared with, None (and so are the others) while it is not known."""

    benchmark: Decimal | None = None
    bp: Decimal | None = None
    won: int | None = None


class Quality(Struct, frozen=True):
    """How well the fills were bought or sold (markets.md 8.5). ``arrival`` is the mid at approval (the last price where
    there was no two-sided book); ``twap`` and ``vwap`` are of the leg's interval; ``twap`` is of so many ``samples``
    of the mid, of minute candles where there are none. For a whole plan ``benchmark`` is None, the won are sums and the
    basis points are of the filled amount."""

    arrival: Slippage = Slippage()
    twap: Slippage = Slippage()
    vwap: Slippage = Slippage()
    samples: int = 0


class Deviation(Struct, frozen=True):
    """Something that went otherwise than approved. ``round`` 0: no round of its own. ``shares`` is what the leg lagged
    behind its schedule by (0 where the deviation is not one of shares)."""

    at: datetime
    side: Side
    round: int
    leg: int | None
    why: Message
    shares: int = 0


class ChildView(Struct, frozen=True):
    """One order of the plan. ``round`` and ``attempt`` as its origin says; ``limit`` where it stands now."""

    order: OrderId
    leg: int
    round: int
    attempt: int
    at: datetime
    quantity: int
    filled: int
    leaves: int
    limit: Price | None
    state: OrderState
    unknown: bool
    reprices: int
    why: Message | None = None
    """Why it was refused, in the broker's or the gate's words."""


class LegProgress(Struct, frozen=True):
    """One leg now. ``filled + working + waiting + in_flight + unknown <= ceiling`` at all times.

    ``due`` is the cumulative target at this moment, ``left`` what is neither filled nor on its way. ``spent`` is what
    fills and open orders take out of the cash at most (buys; compare ``ceiling_won``), ``amount`` shares times price of
    what filled.
    """

    leg: int
    code: str
    name: str
    side: Side
    state: LegState
    ceiling: int
    ceiling_won: int | None
    due: int
    filled: int
    working: int
    waiting: int
    in_flight: int
    unknown: int
    spent: int | None
    amount: int
    average: Decimal | None
    quality: Quality
    why: Message | None = None

    @property
    def left(self) -> int:
        return self.ceiling - self.filled - self.working - self.waiting - self.in_flight - self.unknown


class RoundProgress(Struct, frozen=True):
    """One round. ``planned`` is when the approved plan has it, ``at`` when it is (or was) due after all changes;
    ``wanted`` its shares by leg number, as approved."""

    side: Side
    number: int
    planned: datetime
    at: datetime
    state: RoundState
    wanted: tuple[tuple[int, int], ...]
    children: tuple[ChildView, ...]
    deviations: tuple[Deviation, ...]


class TrackPoint(Struct, frozen=True):
    """Schedule against actual at one moment, in won at the plan's prices, sells and buys apart."""

    at: datetime
    sell_due: int
    sell_filled: int
    buy_due: int
    buy_filled: int


class Rest(Struct, frozen=True):
    """What is left of a side, as the person wants it: times of rounds by their numbers. ``divided``: from the first of
    them on these are all, and what is left is divided among them anew. ``style`` and ``ticks``: how orders are priced
    from now on; None: as before."""

    starts: Mapping[int, datetime]
    divided: bool = False
    style: Style | None = None
    ticks: int | None = None


class RunningPlan(Struct, frozen=True):
    """An approved plan now. ``why`` says what holds, pauses or ended it, every reason at once; ``next_at`` when it does
    something next by itself, as far as that is known."""

    connection: ConnectionId
    digest: str
    plan: Plan
    settings: ExecutionSettings
    state: PlanState
    why: tuple[Message, ...]
    question: PlanQuestion | None
    approved_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    next_at: datetime | None
    side: Side | None
    """The side whose rounds run; None before the start and after the end."""
    legs: tuple[LegProgress, ...]
    rounds: tuple[RoundProgress, ...]
    deviations: tuple[Deviation, ...]
    """All of them, oldest first; those of a round stand beside it too."""
    quality: Quality
    track: tuple[TrackPoint, ...]
    schedule: str = ""
    """The schedule that started it; empty when a person did."""
    changed: Mapping[Side, SidePlan] | None = None
    """How the orders of a side are priced where the person changed it since the approval."""

    def how(self, side: Side) -> SidePlan:
        """How the orders of a side are priced now."""
        return (self.changed or {}).get(side) or side_plan(self.plan.inputs, side)

    def left(self, side: Side) -> tuple[RoundProgress, ...]:
        """Rounds whose course can still be changed: those ahead; while the plan stands still, also those that came due
        meanwhile."""
        rounds = [round for round in self.rounds if round.side is side]
        done = max((round.number for round in rounds if round.state is RoundState.DONE), default=0)
        still = self.state in (PlanState.PAUSED, PlanState.HELD)
        open_ = (RoundState.AHEAD, RoundState.SKIPPED)
        return tuple(round for round in rounds if round.number > done and (still or round.state in open_))

    @property
    def next_round(self) -> RoundProgress | None:
        """The round that comes next; None: all of them have."""
        ahead = (round for round in self.rounds if round.state is RoundState.AHEAD)
        return min(ahead, key=lambda round: round.at, default=None)

    @property
    def total(self) -> int:
        return sum(leg.ceiling for leg in self.legs)

    @property
    def filled(self) -> int:
        return sum(leg.filled for leg in self.legs)


# --- schedules ------------------------------------------------------------------------------------------------------


class DueState(Enum):
    NOT_YET = "not yet"
    PREVIEWED = "previewed"
    """Its start has come: the plan is made and waits for approval."""
    MISSED = "missed"
    """The desk was not open at its start: asks whether to plan now or leave it."""
    STARTED = "started"
    """Approved (by the person, or within its limits) today."""
    LEFT_OUT = "left out"
    """The person left today out."""
    NO_PLAN = "no plan"
    """Its start has come and no plan can be made; ``issues`` says why."""


class ScheduleView(Struct, frozen=True):
    """One saved schedule and what it does today. ``plan`` is there when it was previewed."""

    id: str
    name: str
    state: DueState
    next_start: datetime | None
    plan: Plan | None
    issues: tuple[Message, ...]
    last_started: date | None


# --- answers to commands --------------------------------------------------------------------------------------------


class Approved(Struct, frozen=True):
    """The whole plan and its digest are on the disk: it runs at its start."""

    digest: str


class NotApproved(Struct, frozen=True):
    """Nothing was approved. ``fresh`` is the new preview where the world has moved past the tolerance."""

    reasons: tuple[Message, ...]
    fresh: Plan | None = None
