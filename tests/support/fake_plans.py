"""The plans of one connection without an executor: snapshots that a test sets, commands that it can read back.

``FakePlans`` implements ``hoga.plans.facade.Plans``. Inputs are collected from the desk as always; commands are
recorded and answered with what ``answers`` holds for their name, else with success.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.accounts import ConnectionId
from hoga.domain.tickets import Side
from hoga.plans.collector import Collector
from hoga.plans.daily import PlanSchedule
from hoga.plans.facade import Listener
from hoga.plans.inputs import Inputs, Rules, Target, Timing
from hoga.plans.plan import Plan, is_genuine
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, Choice, DueState, NotApproved, Rest, RunningPlan, ScheduleView
from hoga.trading.facade import Desk


class FakePlans:
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._collector = Collector(desk, lambda: True)
        self.commands: list[tuple[Any, ...]] = []
        self.answers: dict[str, Any] = {}
        self.trouble: BrokerError | None = None
        self._running: tuple[RunningPlan, ...] = ()
        self._ended: tuple[RunningPlan, ...] = ()
        self.saved: dict[str, PlanSchedule] = {}
        self.due: dict[str, ScheduleView] = {}
        self._listeners: list[Listener] = []

    def tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def set_running(self, *plans: RunningPlan) -> None:
        self._running = plans
        self.tell()

    def set_ended(self, *plans: RunningPlan) -> None:
        self._ended = plans
        self.tell()

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of each call of one command."""
        return [command[1:] for command in self.commands if command[0] == name]

    def _answer(self, name: str, *arguments: Any) -> Message | None:
        self.commands.append((name, *arguments))
        answer: Message | None = self.answers.get(name)
        return answer

    # --- hoga.plans.facade.Plans ------------------------------------------------------------------------------------

    @property
    def connection(self) -> ConnectionId:
        return self._desk.account.connection

    def running(self) -> tuple[RunningPlan, ...]:
        return self._running

    def ended(self) -> tuple[RunningPlan, ...]:
        return self._ended

    def plan(self, digest: str) -> RunningPlan | None:
        return next((plan for plan in (*self._running, *self._ended) if plan.digest == digest), None)

    def schedules(self) -> tuple[ScheduleView, ...]:
        return tuple(self.due.get(id) or _quiet(one) for id, one in self.saved.items())

    def schedule(self, id: str) -> PlanSchedule | None:
        return self.saved.get(id)

    async def inputs(self, targets: tuple[Target, ...], rules: Rules, timing: Timing) -> Inputs:
        self.commands.append(("inputs", targets))
        if self.trouble is not None:
            raise self.trouble
        return await self._collector.inputs(targets, rules, timing)

    async def approve(self, plan: Plan, settings: ExecutionSettings | None = None) -> Approved | NotApproved:
        self.commands.append(("approve", plan, settings))
        if "approve" in self.answers:
            answer: Approved | NotApproved = self.answers["approve"]
            return answer
        return Approved(plan.digest) if is_genuine(plan) else NotApproved((Message("PLAN_CHANGED"),))

    async def pause(self, digest: str) -> Message | None:
        return self._answer("pause", digest)

    async def resume(self, digest: str) -> Message | None:
        return self._answer("resume", digest)

    async def skip(self, digest: str, side: Side, round: int) -> Message | None:
        return self._answer("skip", digest, side, round)

    async def stop(self, digest: str, *, cancel: bool) -> Message | None:
        return self._answer("stop", digest, cancel)

    async def reschedule(self, digest: str, side: Side, rest: Rest) -> Message | None:
        return self._answer("reschedule", digest, side, rest)

    async def take_over(self, digest: str, leg: int, *, cancel: bool = False) -> Message | None:
        return self._answer("take_over", digest, leg, cancel)

    async def answer(self, digest: str, question: str, choice: Choice) -> Message | None:
        return self._answer("answer", digest, question, choice)

    async def save_schedule(self, schedule: PlanSchedule) -> Message | None:
        self.saved[schedule.id] = schedule
        return self._answer("save_schedule", schedule)

    async def remove_schedule(self, id: str) -> Message | None:
        self.saved.pop(id, None)
        return self._answer("remove_schedule", id)

    async def plan_now(self, id: str) -> Message | None:
        return self._answer("plan_now", id)

    async def leave_out(self, id: str) -> Message | None:
        return self._answer("leave_out", id)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None


def _quiet(schedule: PlanSchedule) -> ScheduleView:
    return ScheduleView(schedule.id, schedule.name, DueState.NOT_YET, None, None, (), None)
