"""The one face of plans for windows and scripts, one for each connection: snapshots out, commands in.

Everything is called on the loop's thread. Snapshots are immutable; commands are coroutines that return when the
decision is on the disk. A command that cannot be done returns why, it never raises for that.
``hoga.plans.service.PlanService`` is the implementation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.tickets import Side
from hoga.plans.daily import PlanSchedule
from hoga.plans.inputs import Inputs, Rules, Target, Timing
from hoga.plans.plan import Plan
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, Choice, NotApproved, Rest, RunningPlan, ScheduleView

Listener = Callable[[], None]


class Plans(Protocol):
    """The plans of one connection."""

    @property
    def connection(self) -> ConnectionId: ...

    # --- snapshots ---
    def running(self) -> tuple[RunningPlan, ...]:
        """Every approved plan that has not ended, oldest first. At most one of them trades an instrument."""
        ...

    def ended(self) -> tuple[RunningPlan, ...]:
        """Plans that have ended, newest first, with their final figures: the report."""
        ...

    def plan(self, digest: str) -> RunningPlan | None: ...

    def schedules(self) -> tuple[ScheduleView, ...]: ...

    def schedule(self, id: str) -> PlanSchedule | None:
        """The saved schedule itself, to be edited."""
        ...

    # --- before approving ---
    async def inputs(self, targets: tuple[Target, ...], rules: Rules, timing: Timing) -> Inputs:
        """What the account looks like now, with these targets. Raises BrokerError when it cannot be read."""
        ...

    async def approve(self, plan: Plan, settings: ExecutionSettings | None = None) -> Approved | NotApproved:
        """Take a plan as the person saw it. Refused when any field is not what its digest says, when it has errors,
        when one of its instruments is in a running plan, or when the world has moved since its preview."""
        ...

    # --- control ---
    async def pause(self, digest: str) -> Message | None: ...

    async def resume(self, digest: str) -> Message | None: ...

    async def skip(self, digest: str, side: Side, round: int) -> Message | None:
        """Leave out a round that has not run; later rounds make it up (the last one cannot be skipped)."""
        ...

    async def stop(self, digest: str, *, cancel: bool) -> Message | None:
        """End it; ``cancel``: what works is cancelled too."""
        ...

    async def reschedule(self, digest: str, side: Side, rest: Rest) -> Message | None:
        """Other times, another number of rounds, another style of orders for what has not run. The order of rounds,
        the ceilings and the worst prices stay."""
        ...

    async def take_over(self, digest: str, leg: int, *, cancel: bool = False) -> Message | None:
        """Hand one instrument over to the person: the plan sends nothing more for it. ``cancel``: what works of it is
        cancelled."""
        ...

    async def answer(self, digest: str, question: str, choice: Choice) -> Message | None: ...

    # --- schedules ---
    async def save_schedule(self, schedule: PlanSchedule) -> Message | None: ...

    async def remove_schedule(self, id: str) -> Message | None: ...

    async def plan_now(self, id: str) -> Message | None:
        """Answer to a missed start: make today's plan now. It waits for approval."""
        ...

    async def leave_out(self, id: str) -> Message | None:
        """Answer to a missed start or a preview: nothing today."""
        ...

    # --- hearing ---
    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear that something may have changed; returns its own undo."""
        ...
