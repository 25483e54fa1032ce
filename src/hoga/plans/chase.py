"""Follows the market with what is not filled: a look every few minutes, one reprice at a time."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.broker.port import BrokerError
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderId, PlanChild
from hoga.plans import entries as kept
from hoga.plans.chaser import overdue
from hoga.plans.market import beyond_collar, child_price, fresh
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.sending import Keep, covered
from hoga.trading.facade import Desk
from hoga.trading.views import Requested


class Chase:
    """See the module. Never outside the collar, so never above a ceiling: a reprice moves what is open and adds
    nothing."""

    def __init__(self, desk: Desk, record: Record, scene: Scene, keep: Keep) -> None:
        self._desk = desk
        self._record = record
        self._scene = scene
        self._keep = keep
        self._next: datetime | None = None
        self._line: deque[tuple[int, OrderId]] = deque()
        self._not_before: datetime | None = None

    def next_look(self, now: datetime) -> float:
        """Seconds until the next look or the next reprice of this one."""
        due = self._not_before if self._line and self._not_before is not None else self._next
        return 0.0 if due is None else max((due - now).total_seconds(), 0.0)

    async def step(self, now: datetime) -> bool:
        """Look if it is time, and move one order at most. True: something was sent."""
        settings = self._record.settings
        if self._next is None or now >= self._next:
            self._next = now + timedelta(seconds=settings.look_s)
            self._line = deque(
                (leg, order.id)
                for leg, order in self._scene.all_children()
                if leg not in self._record.manual and overdue(order, settings, now)
            )
        if not self._line or (self._not_before is not None and now < self._not_before):
            return False
        self._not_before = now + timedelta(seconds=settings.reprice_gap_s)
        return await self._move(*self._line.popleft())

    async def _move(self, leg: int, id: OrderId) -> bool:
        plan, settings = self._record.plan, self._record.settings
        try:
            market = await fresh(self._desk, plan.inputs, plan.legs[leg].code, settings.stale_s)
            limit = child_price(self._record.inputs, market.asset, plan.legs[leg])
        except (BrokerError, RuleUnknown):
            return False
        order, now = self._desk.order(id), self._scene.now
        stopped = self._record.paused is not None or self._record.stopped is not None or self._scene.stop_pressed
        busy = stopped or bool(self._scene.holds())
        if order is None or limit is None or market.held_by is not None or busy or not overdue(order, settings, now):
            return False
        if beyond_collar(market.asset, plan.legs[leg]):
            await self._note_once(leg, order.origin, now)
        if limit == order.current_limit:
            return False
        answer = await self._desk.reprice(id, limit, covered(self._record), origin=order.origin)
        return isinstance(answer, Requested)

    async def _note_once(self, leg: int, origin: object, now: datetime) -> None:
        round = origin.round if isinstance(origin, PlanChild) else 0
        why = Message("PLAN_BEYOND_COLLAR", {"worst": self._record.plan.legs[leg].worst})
        if not any((n.leg, n.round, n.why.code) == (leg, round, why.code) for n in self._record.notes):
            side = self._record.plan.legs[leg].side
            await self._keep(kept.Noted(at=now, side=side, round=round, leg=leg, why=why))
