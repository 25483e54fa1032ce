"""The plans of one connection: approves, runs, controls and shows them. The implementation of ``facade.Plans``.

Nothing resumes after a start that the record does not allow: what was approved is checked against its digest, and the
executors ask where too much time has passed or the journal was rebuilt.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from hoga.base.message import Message
from hoga.base.tasks import TaskOwner
from hoga.broker.port import BrokerError
from hoga.domain.accounts import ConnectionId
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.plans import control
from hoga.plans import entries as kept
from hoga.plans.collector import Collector
from hoga.plans.control import may_skip, may_take_over
from hoga.plans.daily import PlanSchedule
from hoga.plans.due import Due
from hoga.plans.entries import PlanEntry
from hoga.plans.executor import Executor
from hoga.plans.facade import Listener
from hoga.plans.inputs import Inputs, Rules, Target, Timing
from hoga.plans.market import twice_mid
from hoga.plans.moved import moved
from hoga.plans.pace import Pace
from hoga.plans.picture import Standpoint, final_figures, live_figures, picture
from hoga.plans.plan import Plan, is_genuine
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.record import Record
from hoga.plans.scene import rebuilding
from hoga.plans.settings import ExecutionSettings
from hoga.plans.store import PlanStore
from hoga.plans.views import Approved, Choice, NotApproved, Rest, RunningPlan, ScheduleView
from hoga.trading.facade import Desk
from hoga.trading.plan_log import PlanLog

_log = logging.getLogger(__name__)
_LOOK_S = 20.0
_STOPS = (Choice.STOP, Choice.STOP_AND_CANCEL)


class PlanService:
    """``open`` after the desk was opened; ``aclose`` before it is closed."""

    def __init__(self, desk: Desk, log: PlanLog) -> None:
        self._desk = desk
        self._store = PlanStore(log)
        self._collector = Collector(desk, lambda: desk.health().aligned)
        self._due = Due(desk, self._store, self._collector, self._approve_due)
        self._pace = Pace()
        self._executors: dict[str, Executor] = {}
        self._listeners: list[Listener] = []
        self._approving = asyncio.Lock()
        self._tasks = TaskOwner("plans")
        self._told = False

    # --- life -------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Read what was kept and go on where that is allowed. Raises StorageError."""
        await self._store.open()
        for why in self._store.damaged:
            _log.error("an entry about plans cannot be read: %s", why)
        for record in self._store.records.values():
            if record.ended is None:
                self._run(record)
        self._tasks.start("schedules", self._keep_schedules())

    async def aclose(self) -> None:
        """Orders stay as they are; the plans go on at the next start."""
        await self._tasks.aclose()
        for executor in self._executors.values():
            await executor.aclose()
        self._listeners.clear()

    def _run(self, record: Record) -> None:
        executor = Executor(self._desk, self._store, record, self._pace, self._tell)
        self._executors[record.digest] = executor
        executor.start()

    async def _keep_schedules(self) -> None:
        while True:
            if await self._due.look():
                self._tell()
            await self._desk.clock.sleep(_LOOK_S)

    # --- snapshots --------------------------------------------------------------------------------------------------

    @property
    def connection(self) -> ConnectionId:
        return self._desk.account.connection

    @property
    def damaged(self) -> tuple[str, ...]:
        """Entries that could not be read."""
        return tuple(self._store.damaged)

    def running(self) -> tuple[RunningPlan, ...]:
        return tuple(self._picture(record) for record in self._store.records.values() if record.ended is None)

    def ended(self) -> tuple[RunningPlan, ...]:
        over = [record for record in self._store.records.values() if record.ended is not None]
        return tuple(self._picture(record) for record in reversed(over))

    def plan(self, digest: str) -> RunningPlan | None:
        record = self._store.records.get(digest)
        return self._picture(record) if record is not None else None

    def schedules(self) -> tuple[ScheduleView, ...]:
        return self._due.views()

    def schedule(self, id: str) -> PlanSchedule | None:
        return self._store.schedules.saved.get(id)

    def _picture(self, record: Record) -> RunningPlan:
        executor, now, figures = self._executors.get(record.digest), self._desk.clock.now(), final_figures(record)
        if figures is not None and record.state is not None:
            return picture(self.connection, record, figures, Standpoint(record.state), now)
        if executor is None:
            raise LookupError(f"plan {record.digest} has no executor")
        standpoint = Standpoint(
            executor.state, executor.why, executor.leg_why, executor.question, executor.next_at, executor.side
        )
        return picture(self.connection, record, live_figures(record, executor.scene), standpoint, now)

    # --- before approving -------------------------------------------------------------------------------------------

    async def inputs(self, targets: tuple[Target, ...], rules: Rules, timing: Timing) -> Inputs:
        return await self._collector.inputs(targets, rules, timing)

    async def approve(self, plan: Plan, settings: ExecutionSettings | None = None) -> Approved | NotApproved:
        schedule = self._due.schedule_of(plan.digest)
        answer = await self._approve(plan, settings or (schedule.settings if schedule else None), schedule)
        if schedule is not None and isinstance(answer, NotApproved) and answer.fresh is not None:
            self._due.show(schedule, answer.fresh, answer.reasons)
        return answer

    async def _approve_due(self, plan: Plan, schedule: PlanSchedule) -> Approved | NotApproved:
        return await self._approve(plan, schedule.settings, schedule)

    async def _approve(
        self, plan: Plan, settings: ExecutionSettings | None, schedule: PlanSchedule | None
    ) -> Approved | NotApproved:
        async with self._approving:
            wrong = self._wrong_with(plan)
            if wrong is not None:
                return NotApproved((wrong,))
            settings = settings or ExecutionSettings()
            given = plan.inputs
            try:
                taken = await self._collector.take(given.targets, given.rules, given.timing)
            except BrokerError as error:
                return NotApproved((error.message,))
            except RuleUnknown as error:
                return NotApproved((Message("PLAN_RULE_UNKNOWN", {"why": str(error)}),))
            now = taken.inputs
            reasons = moved(plan, now, settings)
            if reasons:
                return _anew(now, reasons)
            arrival = {leg.code: kept.Arrival(*twice_mid(now.by_code[leg.code])) for leg in plan.legs}
            entry = kept.Approved(
                at=now.at,
                plan=plan,
                settings=settings,
                arrival=arrival,
                bought=dict(taken.bought),
                schedule=schedule.id if schedule else "",
                rebuilt=rebuilding(self._desk),
            )
            failed = await self._store.keep(plan.digest, entry)
            if failed is not None:
                return NotApproved((failed,))
            self._run(self._store.records[plan.digest])
            self._tell()
            return Approved(plan.digest)

    def _wrong_with(self, plan: Plan) -> Message | None:
        """What forbids approving before anything is read."""
        if not is_genuine(plan):
            return Message("PLAN_CHANGED")
        if not plan.approvable:
            return Message("PLAN_HAS_ERRORS")
        if plan.inputs.account.connection != str(self.connection):
            return Message("PLAN_OTHER_ACCOUNT", {"connection": plan.inputs.account.connection})
        if plan.digest in self._store.records:
            return Message("PLAN_APPROVED_BEFORE")
        mine = {leg.code for leg in plan.legs}
        for record in self._store.records.values():
            busy = sorted(mine & {leg.code for leg in record.plan.legs})
            if record.ended is None and busy:
                return Message("PLAN_INSTRUMENT_BUSY", {"code": busy[0]})
        return None

    # --- control ----------------------------------------------------------------------------------------------------

    async def pause(self, digest: str) -> Message | None:
        return await self._decide(digest, lambda record: None, kept.Paused(at=self._now, why=Message("PLAN_PAUSED")))

    async def resume(self, digest: str) -> Message | None:
        def may(record: Record) -> Message | None:
            executor = self._executors.get(digest)
            if not record.genuine:
                return Message("PLAN_NOT_GENUINE")
            if executor is not None and executor.broken is not None:
                return executor.broken
            stopped = self._desk.health().stopped_since is not None
            return Message("PLAN_STOP_IS_PRESSED") if stopped else None

        return await self._decide(digest, may, kept.Resumed(at=self._now))

    async def skip(self, digest: str, side: Side, round: int) -> Message | None:
        entry = kept.Skipped(at=self._now, side=side, round=round)
        return await self._decide(digest, lambda record: may_skip(record, side, round), entry)

    async def stop(self, digest: str, *, cancel: bool) -> Message | None:
        return await self._decide(digest, lambda record: None, kept.Stopped(at=self._now, cancel=cancel))

    async def reschedule(self, digest: str, side: Side, rest: Rest) -> Message | None:
        record = self._store.records.get(digest)
        if record is None:
            return Message("PLAN_NOT_RUNNING")
        entry = control.moved(record, side, rest, self._now)
        if isinstance(entry, Message):
            return entry
        return await self._decide(digest, lambda record: None, entry)

    async def take_over(self, digest: str, leg: int, *, cancel: bool = False) -> Message | None:
        entry = kept.TakenOver(at=self._now, leg=leg)
        failed = await self._decide(digest, lambda record: may_take_over(record, leg), entry)
        executor = self._executors.get(digest)
        if failed is None and executor is not None:
            await executor.let_go(leg, cancel=cancel)
        return failed

    async def answer(self, digest: str, question: str, choice: Choice) -> Message | None:
        executor = self._executors.get(digest)
        asked = executor.question if executor is not None else None
        if asked is None or asked.id != question:
            return Message("PLAN_QUESTION_GONE")
        if choice not in asked.choices:
            return Message("PLAN_NO_SUCH_CHOICE")
        orders = tuple(str(order) for order in asked.orders) if choice is Choice.OURS else ()
        entry = kept.Answered(at=self._now, kind=asked.kind, choice=choice, about=asked.id, orders=orders)
        failed = await self._decide(digest, lambda record: None, entry)
        if failed is None and choice in _STOPS:
            failed = await self.stop(digest, cancel=choice is Choice.STOP_AND_CANCEL)
        return failed

    async def _decide(self, digest: str, may: Callable[[Record], Message | None], entry: PlanEntry) -> Message | None:
        """Keep a decision about a plan that has not ended, unless something speaks against it."""
        record, executor = self._store.records.get(digest), self._executors.get(digest)
        if record is None or record.ended is not None or executor is None:
            return Message("PLAN_NOT_RUNNING")
        failed = may(record) or await executor.keep(entry)
        executor.nudge()
        return failed

    # --- schedules --------------------------------------------------------------------------------------------------

    async def save_schedule(self, schedule: PlanSchedule) -> Message | None:
        failed = await self._store.keep("", kept.ScheduleSaved(at=self._now, schedule=schedule))
        self._tell()
        return failed

    async def remove_schedule(self, id: str) -> Message | None:
        failed = await self._store.keep("", kept.ScheduleRemoved(at=self._now, id=id))
        self._tell()
        return failed

    async def plan_now(self, id: str) -> Message | None:
        failed = await self._due.plan_now(id)
        self._tell()
        return failed

    async def leave_out(self, id: str) -> Message | None:
        failed = await self._due.leave_out(id)
        self._tell()
        return failed

    # --- hearing ----------------------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    @property
    def _now(self) -> datetime:
        return self._desk.clock.now()

    def _tell(self) -> None:
        """Gathered: told once per turn of the loop."""
        if not self._told:
            self._told = True
            asyncio.get_running_loop().call_soon(self._tell_now)

    def _tell_now(self) -> None:
        self._told = False
        for listener in tuple(self._listeners):
            asyncio.get_running_loop().call_soon(listener)


def _anew(now: Inputs, reasons: tuple[Message, ...]) -> NotApproved:
    """The new preview with the reasons for it; without one where no plan can be made any more."""
    try:
        return NotApproved((Message("PLAN_WORLD_MOVED"), *reasons), make_plan(now))
    except NoPlan as error:
        return NotApproved((*reasons, *(issue.message for issue in error.issues)))
