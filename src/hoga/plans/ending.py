"""How a plan ends: a side that is through, the wait limits, the end of the session, a stop, and what was left over."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.domain.orders import Order
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, PlanChild, Side
from hoga.plans import entries as kept
from hoga.plans.children import final
from hoga.plans.course import buys_late, course, due_slot
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.sending import Keep
from hoga.plans.tally import reach
from hoga.plans.turns import Turn, Turns
from hoga.plans.views import PlanState
from hoga.trading.facade import Desk

_SAYS_LITTLE = frozenset({"PLAN_LEG_TRIED", "PLAN_LEG_BEHIND", "PLAN_LEG_RETRY"})
_CANCEL_AGAIN = timedelta(seconds=30)
"""A cancel that was refused is not asked for at once again: the fill that refused it is on its way."""


class Ending:
    """See the module."""

    def __init__(self, desk: Desk, record: Record, scene: Scene, turns: Turns, keep: Keep) -> None:
        self._desk = desk
        self._record = record
        self._scene = scene
        self._turns = turns
        self._keep = keep
        self._cancelled_at: dict[OrderId, datetime] = {}

    # --- sides ------------------------------------------------------------------------------------------------------

    def closed(self, side: Side, now: datetime) -> bool:
        """Whether a side is through: its last round is due, nothing of it is open and nothing more will be tried."""
        slots = course(self._record, side)
        if not slots:
            return True
        slot = due_slot(slots, now)
        if slot is None or not slot.last:
            return self._complete(side)
        return all(
            number in self._record.manual
            or (self._scene.tally(number).open == 0 and self._turns.standing(slot, number, now).turn is Turn.ENDED)
            for number, _ in self._record.legs(side)
        )

    def _complete(self, side: Side) -> bool:
        """Whether every leg has come to all of its shares before the last round."""
        return all(
            number in self._record.manual
            or (self._scene.tally(number).open == 0 and self._scene.want(number, leg.shares) == 0)
            for number, leg in self._record.legs(side)
        )

    def open_buys(self, now: datetime, *, freed: bool) -> kept.BuysOpened:
        return kept.BuysOpened(at=now, freed=freed, late_s=buys_late(self._record, now))

    # --- ends -------------------------------------------------------------------------------------------------------

    def session_is_over(self, now: datetime) -> bool:
        return now >= self._scene.last_moment()

    async def stop(self, soon: float) -> float:
        """The person stopped it: what has not left is taken back, what works is cancelled if they wished so."""
        await self.take_back()
        if self._record.stopped is not None and self._record.stopped.cancel:
            await self.cancel_open()
        return await self._end_when_quiet(PlanState.STOPPED, soon)

    async def close_day(self, soon: float) -> float:
        """Continuous trading ends: nothing more is sent and what works is cancelled."""
        await self.take_back()
        await self.cancel_open()
        return await self._end_when_quiet(PlanState.DONE, soon, Message("PLAN_SESSION_ENDED"))

    def wait_is_over(self, now: datetime, since: datetime) -> bool:
        """Whether the last buy round is so long past, and nothing has held the plan up for so long, that what still
        works is given up: nothing more is sent then."""
        last = course(self._record, Side.BUY)
        if self._record.buys is None or not last:
            return False
        return now >= max(last[-1].ends, since) + timedelta(seconds=self._record.settings.buys_wait_s)

    async def give_up(self, soon: float) -> float:
        """Cancel what still works, and end once it has."""
        await self.take_back()
        await self.cancel_open()
        return await self._end_when_quiet(PlanState.DONE, soon)

    async def finish(self, now: datetime) -> bool:
        """End the plan when both sides are through. True: it has ended."""
        waiting = self._record.buys is None and self._record.legs(Side.BUY)
        if waiting or not (self.closed(Side.SELL, now) and self.closed(Side.BUY, now)):
            return False
        if self._cash_may_still_come(now):
            return False
        if any(order.leaves and self._just_asked(order) for _, order in self._scene.all_children()):
            return False  # of an instrument that was taken over: the report tells how its orders ended
        await self._end(PlanState.DONE, None)
        return True

    def _cash_may_still_come(self, now: datetime) -> bool:
        """What the sells brought is in no balance yet at the moment that opens the buys: a leg that was short of it
        then is not through before it has been reckoned once more."""
        opened = self._record.buys
        return (
            opened is not None
            and self._turns.capped
            and now - opened.at < timedelta(seconds=self._record.settings.look_s)
        )

    async def _end_when_quiet(self, state: PlanState, soon: float, why: Message | None = None) -> float:
        if any(order.leaves for leg, order in self._scene.all_children() if leg not in self._record.manual):
            return soon
        await self._end(state, why)
        return 0.0

    async def _end(self, state: PlanState, why: Message | None) -> None:
        """Tell every leg's leftover with its reason, then end."""
        now = self._scene.now
        for number, leg in enumerate(self._record.plan.legs):
            figures = self._scene.tally(number)
            # What still works of an instrument that was taken over is the person's: the plan does not count on it.
            reached = figures.filled if number in self._record.manual else figures.committed
            missing = reach(leg, self._scene.beside(number)) - reached
            if missing > 0:
                reason = Message("PLAN_LEFT_OVER", {"shares": missing, "why": why or self._reason(number)})
                await self._keep(kept.Noted(at=now, side=leg.side, round=0, leg=number, why=reason, shares=missing))
        await self._keep(final(self._record, self._scene, state))

    def _reason(self, leg: int) -> Message:
        """The last thing that went otherwise with a leg and says more than that it did."""
        if leg in self._record.manual:
            return Message("PLAN_LEG_MANUAL")
        if self._record.stopped is not None:
            return Message("PLAN_STOPPED_BY_PERSON")
        notes = [note.why for note in self._record.notes if note.leg == leg and note.why.code not in _SAYS_LITTLE]
        return notes[-1] if notes else Message("PLAN_LEG_UNFILLED")

    # --- orders -----------------------------------------------------------------------------------------------------

    async def take_back(self, only: int | None = None) -> None:
        """Withdraw what has not left yet; of one leg, or of all that the person has not taken over."""
        for leg, order in self._scene.all_children():
            first, chosen = order.first, self._chosen(leg, only)
            if not chosen or first is None or first.state is not RequestState.QUEUED:
                continue
            if await self._desk.withdraw(first.id) is None:
                self._turns.taken_back.add(order.id)

    def _chosen(self, leg: int, only: int | None) -> bool:
        return leg == only if only is not None else leg not in self._record.manual

    async def cancel_open(self, only: int | None = None) -> bool:
        """Cancel what works; of one leg, or of all that the person has not taken over. True: a cancel was asked for."""
        asked = [
            (leg, order)
            for leg, order in self._scene.all_children()
            if self._chosen(leg, only) and order.leaves and not _being_cancelled(order) and not self._just_asked(order)
        ]
        self._cancelled_at.update({order.id: self._scene.now for _, order in asked})
        for leg, order in asked:
            await self._desk.cancel(order.id, origin=order.origin or PlanChild(self._record.digest, leg, 0, 0))
        return bool(asked)

    def _just_asked(self, order: Order) -> bool:
        """Whether a cancel of it was asked for so recently that its end is still to come."""
        before = self._cancelled_at.get(order.id)
        return before is not None and self._scene.now - before < _CANCEL_AGAIN


def _being_cancelled(order: Order) -> bool:
    return any(request.kind is RequestKind.CANCEL and not request.state.settled for request in order.requests)
