"""One approved plan as its entries tell it: the fold of what was kept, live and after a start alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.tickets import OrderId, Side
from hoga.plans import entries as kept
from hoga.plans.entries import PlanEntry
from hoga.plans.inputs import Inputs, SidePlan, Timing
from hoga.plans.plan import Leg, Plan, is_genuine
from hoga.plans.prices import side_plan
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Choice, Deviation, PlanState, QuestionKind


class Division(Struct, frozen=True):
    """From round ``first`` on a side has ``count`` rounds: what was left then is divided among them."""

    side: Side
    first: int
    count: int


@dataclass
class Record:
    """See the module. ``paused`` says why; ``stopped`` holds whether what works is cancelled too."""

    approved: kept.Approved
    started_at: datetime | None = None
    paused: Message | None = None
    stopped: kept.Stopped | None = None
    ended: kept.Ended | None = None
    skipped: set[tuple[Side, int]] = field(default_factory=set)
    starts: dict[tuple[Side, int], datetime] = field(default_factory=dict)
    divisions: list[Division] = field(default_factory=list)
    hows: dict[Side, SidePlan] = field(default_factory=dict)
    manual: set[int] = field(default_factory=set)
    buys: kept.BuysOpened | None = None
    runs: dict[tuple[Side, int], kept.RoundRun] = field(default_factory=dict)
    merged: set[tuple[Side, int]] = field(default_factory=set)
    notes: list[kept.Noted] = field(default_factory=list)
    answers: list[kept.Answered] = field(default_factory=list)
    measures: dict[int, kept.Measured] = field(default_factory=dict)
    samples: dict[int, kept.Sample] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        return self.approved.plan

    @property
    def digest(self) -> str:
        return self.approved.plan.digest

    @property
    def settings(self) -> ExecutionSettings:
        return self.approved.settings

    @property
    def genuine(self) -> bool:
        """Whether what was kept is what was approved."""
        return is_genuine(self.approved.plan)

    @property
    def state(self) -> PlanState | None:
        """How it ended; None while it has not."""
        return self.ended.state if self.ended is not None else None

    def how(self, side: Side) -> SidePlan:
        """How the orders of a side are priced now: as approved, or as the person changed it since."""
        return self.hows.get(side) or side_plan(self.plan.inputs, side)

    @property
    def inputs(self) -> Inputs:
        """The plan's inputs with the order styles of now: what its children are priced with."""
        if not self.hows:
            return self.plan.inputs
        timing: Timing = replace(self.plan.inputs.timing, sell=self.how(Side.SELL), buy=self.how(Side.BUY))
        return replace(self.plan.inputs, timing=timing)

    def legs(self, side: Side) -> tuple[tuple[int, Leg], ...]:
        return tuple((number, leg) for number, leg in enumerate(self.plan.legs) if leg.side is side)

    def answer(self, kind: QuestionKind, about: str) -> kept.Answered | None:
        """The newest answer to one question."""
        found = [one for one in self.answers if one.kind is kind and one.about == about]
        return found[-1] if found else None

    @property
    def adopted(self) -> frozenset[OrderId]:
        """Orders without the plan's mark that the person said are its own."""
        ours = [one.orders for one in self.answers if one.choice is Choice.OURS]
        return frozenset(OrderId(order) for orders in ours for order in orders)

    def deviations(self) -> tuple[Deviation, ...]:
        return tuple(Deviation(n.at, n.side, n.round, n.leg, n.why, n.shares) for n in self.notes)

    def apply(self, entry: PlanEntry) -> None:
        """Take in what was kept after the approval."""
        match entry:
            case kept.Approved():
                raise ValueError("a plan is approved once")
            case kept.Noted():
                self.notes.append(entry)
            case kept.Answered():
                self.answers.append(entry)
            case kept.Measured():
                self.measures[entry.leg] = entry
            case kept.Sampled():
                self.samples = dict(entry.legs)
            case kept.Skipped() | kept.Moved() | kept.RoundRun() | kept.BuysOpened():
                self._apply_to_rounds(entry)
            case _:
                self._apply_to_life(entry)

    def _apply_to_rounds(self, entry: kept.Skipped | kept.Moved | kept.RoundRun | kept.BuysOpened) -> None:
        match entry:
            case kept.Skipped():
                self.skipped.add((entry.side, entry.round))
            case kept.Moved():
                self._apply_moved(entry)
            case kept.BuysOpened():
                self.buys = entry
                late = timedelta(seconds=entry.late_s)
                self.starts |= {key: at + late for key, at in self.starts.items() if key[0] is Side.BUY}
            case kept.RoundRun():
                self.runs[entry.side, entry.round] = entry
                self.merged |= {(entry.side, number) for number in entry.merged}

    def _apply_moved(self, entry: kept.Moved) -> None:
        side = entry.side
        if entry.divided and entry.starts:
            first = entry.starts[0][0]
            self.divisions.append(Division(side, first, len(entry.starts)))
            self.skipped = {key for key in self.skipped if key[0] is not side or key[1] < first}
            self.starts = {key: at for key, at in self.starts.items() if key[0] is not side or key[1] < first}
        self.starts.update({(side, number): at for number, at in entry.starts})
        how = self.how(side)
        style = how.style if entry.style is None else entry.style
        ticks = how.ticks if entry.ticks is None else entry.ticks
        if (style, ticks) != (how.style, how.ticks):
            self.hows[side] = replace(how, style=style, ticks=ticks)

    def _apply_to_life(self, entry: PlanEntry) -> None:
        match entry:
            case kept.Started():
                self.started_at = self.started_at or entry.at
            case kept.Paused():
                self.paused = entry.why
            case kept.Resumed():
                self.paused = None
            case kept.TakenOver():
                self.manual.add(entry.leg)
            case kept.Stopped():
                self.stopped = entry
            case kept.Ended():
                self.ended = entry
