"""Saved schedules at work: makes the plan when its start has come, asks when a start was missed, and runs by itself
only inside the limits that the person set."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.tables import RuleUnknown
from hoga.plans import entries as kept
from hoga.plans.collector import Collector
from hoga.plans.daily import AutomaticLimits, PlanSchedule
from hoga.plans.inputs import WHOLE
from hoga.plans.plan import Plan
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.store import PlanStore
from hoga.plans.views import Approved, DueState, NotApproved, ScheduleView
from hoga.trading.facade import Desk

Approve = Callable[[Plan, PlanSchedule], Awaitable[Approved | NotApproved]]
_GRACE = timedelta(seconds=60)
"""A desk that opened so shortly after a start has not missed it."""


class _Made(Struct, frozen=True):
    """Today's preview of one schedule; ``plan`` None: there can be none."""

    on: date
    plan: Plan | None
    issues: tuple[Message, ...]


class Due:
    """``look`` is called again and again; ``approve`` takes a plan that may run by itself."""

    def __init__(self, desk: Desk, store: PlanStore, collector: Collector, approve: Approve) -> None:
        self._desk = desk
        self._store = store
        self._collector = collector
        self._approve = approve
        self._opened_at = desk.clock.now()
        self._made: dict[str, _Made] = {}
        self._wished: set[str] = set()
        self.trouble: dict[str, Message] = {}
        """Why a schedule's plan could not be made at the last look."""

    # --- looking ----------------------------------------------------------------------------------------------------

    @property
    def _now(self) -> datetime:
        return self._desk.clock.now()

    @property
    def _today(self) -> date:
        return self._now.astimezone(KST).date()

    def views(self) -> tuple[ScheduleView, ...]:
        return tuple(self._view(schedule) for schedule in self._store.schedules.saved.values())

    def schedule_of(self, digest: str) -> PlanSchedule | None:
        """The schedule whose preview a plan is."""
        ids = [id for id, made in self._made.items() if made.plan is not None and made.plan.digest == digest]
        return self._store.schedules.saved.get(ids[0]) if ids else None

    def state(self, schedule: PlanSchedule) -> DueState:
        day = self._day_of(schedule)
        if self._started_on(schedule) == day:
            return DueState.STARTED
        if (schedule.id, day) in self._store.schedules.done:
            return DueState.LEFT_OUT
        made = self._made.get(schedule.id)
        if made is not None and made.on == self._today:
            return DueState.PREVIEWED if made.plan is not None else DueState.NO_PLAN
        late = schedule.on is not None and schedule.on < self._today
        if not late and (not schedule.falls_on(day, self._desk.schedule) or self._now < schedule.start_on(day)):
            return DueState.NOT_YET
        in_time = not late and self._opened_at <= schedule.start_on(day) + _GRACE
        return DueState.NO_PLAN if in_time or schedule.id in self._wished else DueState.MISSED

    def _day_of(self, schedule: PlanSchedule) -> date:
        """The day whose start it is about: its own date once that is past, else today."""
        return schedule.on if schedule.on is not None and schedule.on < self._today else self._today

    def _started_on(self, schedule: PlanSchedule) -> date | None:
        days = [r.approved.at for r in self._store.records.values() if r.approved.schedule == schedule.id]
        last = max(days, default=None)
        return last.astimezone(KST).date() if last is not None else None

    def _view(self, schedule: PlanSchedule) -> ScheduleView:
        made = self._made.get(schedule.id)
        today = made if made is not None and made.on == self._today else None
        return ScheduleView(
            id=schedule.id,
            name=schedule.name,
            state=self.state(schedule),
            next_start=schedule.next_start(self._now, self._desk.schedule),
            plan=today.plan if today is not None else None,
            issues=today.issues if today is not None else self._trouble_of(schedule),
            last_started=self._started_on(schedule),
        )

    def _trouble_of(self, schedule: PlanSchedule) -> tuple[Message, ...]:
        why = self.trouble.get(schedule.id)
        return (why,) if why is not None and self.state(schedule) is DueState.NO_PLAN else ()

    # --- doing ------------------------------------------------------------------------------------------------------

    async def look(self) -> bool:
        """Make what is due. True: something changed."""
        changed = False
        for schedule in list(self._store.schedules.saved.values()):
            made = self._made.get(schedule.id)
            if self.state(schedule) is DueState.NO_PLAN and (made is None or made.on != self._today):
                await self._make(schedule)
                changed = True
        return changed

    async def _make(self, schedule: PlanSchedule) -> None:
        """Preview it; approve it too where the person allowed that."""
        timing = schedule.timed(self._today, self._now)
        try:
            plan = make_plan(await self._collector.inputs(schedule.targets, schedule.rules, timing))
        except NoPlan as error:
            self._made[schedule.id] = _Made(self._today, None, tuple(issue.message for issue in error.issues))
            return
        except (BrokerError, RuleUnknown) as error:
            why = error.message if isinstance(error, BrokerError) else Message("PLAN_RULE_UNKNOWN", {"why": str(error)})
            self.trouble[schedule.id] = why  # tried again at the next look
            return
        self.show(schedule, plan)
        if schedule.limits is not None and within(plan, schedule.limits):
            answer = await self._approve(plan, schedule)
            if isinstance(answer, NotApproved):
                self.show(schedule, answer.fresh or plan, answer.reasons)

    def show(self, schedule: PlanSchedule, plan: Plan, reasons: tuple[Message, ...] = ()) -> None:
        """Let a plan wait for approval as this schedule's."""
        issues = tuple(issue.message for issue in plan.issues)
        self._made[schedule.id] = _Made(self._today, plan, (*reasons, *issues))

    async def plan_now(self, id: str) -> Message | None:
        schedule = self._store.schedules.saved.get(id)
        if schedule is None:
            return Message("PLAN_NO_SUCH_SCHEDULE")
        if self.state(schedule) not in (DueState.MISSED, DueState.PREVIEWED, DueState.NO_PLAN):
            return Message("PLAN_SCHEDULE_NOT_DUE")
        self._wished.add(id)
        self._made.pop(id, None)
        await self._make(schedule)
        return None if id in self._made else self.trouble.get(id)

    async def leave_out(self, id: str) -> Message | None:
        schedule = self._store.schedules.saved.get(id)
        if schedule is None:
            return Message("PLAN_NO_SUCH_SCHEDULE")
        if self.state(schedule) in (DueState.STARTED, DueState.LEFT_OUT):
            return Message("PLAN_SCHEDULE_NOT_DUE")
        self._made.pop(id, None)
        return await self._store.keep("", kept.DayDone(at=self._now, id=id, day=self._day_of(schedule)))


def within(plan: Plan, limits: AutomaticLimits) -> bool:
    """Whether a plan may run without being asked: nothing is wrong with it, nothing is to be read first, and it trades
    no more than the limits."""
    traded = sum(leg.amount for leg in plan.legs)
    return (
        plan.approvable
        and not plan.issues
        and traded <= limits.most_won
        and traded * WHOLE <= limits.most_part * plan.figures.total
    )
