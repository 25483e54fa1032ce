"""Whose turn it is in a round: which legs want an order, which have had theirs, which wait and for what.

A round gives each leg a few tries: the first, and those after a refusal. What the person cancels stays cancelled until
the next round makes it up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.domain.orders import Order, OrderState
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, PlanChild, Side
from hoga.plans.course import Slot
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.tally import origin_of


class Turn(Enum):
    READY = "ready"
    WAITS = "waits"
    """For an answer, a retry's time or the end of an interruption."""
    ENDED = "ended"
    """Nothing is wanted, or nothing more is tried in this round."""


class Standing(Struct, frozen=True):
    """A leg's turn now. ``again_at``: when it should be looked at anew."""

    turn: Turn
    wanted: int = 0
    why: Message | None = None
    again_at: datetime | None = None
    tried: int = 0


class _Cap(Struct, frozen=True):
    round: int
    committed: int
    why: Message
    until: datetime


_NEVER_LIVED = (OrderState.REFUSED, OrderState.ABSENT)
_ENDED_BY_OTHERS = (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.WITHDRAWN)


class Turns:
    """The turns of one plan. What was denied before it became an order is remembered here only: a start forgets it."""

    def __init__(self, record: Record, scene: Scene) -> None:
        self._record = record
        self._scene = scene
        self._denied: dict[tuple[Side, int, int], int] = {}
        self._skew: dict[tuple[int, int], int] = {}
        self._later: dict[int, tuple[datetime, Message]] = {}
        self._caps: dict[int, _Cap] = {}
        self.taken_back: set[OrderId] = set()
        """Orders that the plan itself withdrew before they left (it was paused): they are sent again."""

    # --- what happened ----------------------------------------------------------------------------------------------

    def denied(self, slot: Slot, leg: int, now: datetime, why: Message) -> None:
        """Our own rules or the desk said no before there was an order."""
        key = slot.side, slot.number, leg
        self._denied[key] = self._denied.get(key, 0) + 1
        self.wait(leg, now + timedelta(seconds=self._record.settings.retry_after_s), why)

    def wait(self, leg: int, until: datetime, why: Message) -> None:
        self._later[leg] = until, why

    def used_before(self, slot: Slot, leg: int) -> None:
        """This try's ticket was consumed by an order that is not in memory: the next one takes the next number."""
        self._skew[slot.number, leg] = self._skew.get((slot.number, leg), 0) + 1

    def cap(self, leg: int, slot: Slot, committed: int, why: Message, now: datetime) -> None:
        """In this round the leg may come to ``committed`` shares at most: cash or shares reach no further. It is looked
        at anew some minutes later."""
        until = now + timedelta(seconds=self._record.settings.look_s)
        self._caps[leg] = _Cap(slot.number, committed, why, until)

    def uncap(self) -> None:
        self._caps.clear()

    @property
    def capped(self) -> bool:
        return bool(self._caps)

    # --- what is next -----------------------------------------------------------------------------------------------

    def attempt(self, slot: Slot, leg: int) -> int:
        """The number of the next try: never one that was used."""
        used = [origin.attempt for origin in self._origins(slot, leg)]
        return max(used, default=0) + 1 + self._skew.get((slot.number, leg), 0)

    def standing(self, slot: Slot, leg: int, now: datetime) -> Standing:
        if leg in self._record.manual:
            return Standing(Turn.ENDED)
        figures = self._scene.tally(leg)
        due = self._scene.want(leg, slot.totals.get(leg, 0))
        if figures.doubt:
            return Standing(Turn.WAITS, due, Message("PLAN_LEG_IN_DOUBT", {"shares": figures.open}))
        cap = self._caps.get(leg)
        holds = cap is not None and cap.round == slot.number and now < cap.until
        wanted = min(due, max(cap.committed - figures.committed, 0)) if cap is not None and holds else due
        if wanted == 0:
            return Standing(Turn.ENDED, why=cap.why if due and cap is not None else None)
        tried = self._tried(slot, leg)
        if self._left_alone(slot, leg) or tried >= self._record.settings.tries:
            return Standing(Turn.ENDED, wanted, Message("PLAN_LEG_TRIED", {"tries": tried}), tried=tried)
        later = self._later.get(leg)
        retry = self._retry_at(slot, leg)
        if later is not None and later[0] > now:
            return Standing(Turn.WAITS, wanted, later[1], later[0], tried)
        if retry is not None and retry > now:
            return Standing(Turn.WAITS, wanted, Message("PLAN_LEG_RETRY"), retry, tried)
        return Standing(Turn.READY, wanted, tried=tried)

    def _origins(self, slot: Slot, leg: int) -> Iterable[PlanChild]:
        return (origin for order in self._in_round(slot, leg) if (origin := origin_of(order)) is not None)

    def _in_round(self, slot: Slot, leg: int) -> list[Order]:
        children = self._scene.children(leg)
        return [o for o in children if (origin := origin_of(o)) is not None and origin.round == slot.number]

    def _tried(self, slot: Slot, leg: int) -> int:
        """Orders that never lived, and denials. One that lived and was filled in part was no failed try."""
        failed = sum(order.state in _NEVER_LIVED for order in self._in_round(slot, leg))
        return failed + self._denied.get((slot.side, slot.number, leg), 0)

    def _left_alone(self, slot: Slot, leg: int) -> bool:
        """Somebody else ended an order of this round: it is not sent again before the next."""
        return any(
            order.state in _ENDED_BY_OTHERS and order.closed and not self.ours(order)
            for order in self._in_round(slot, leg)
        )

    def ours(self, order: Order) -> bool:
        """Whether an order that ended early was ended by the desk itself, not by a person: withdrawn by the plan when
        it was paused, by the stop switch, or because it had not left when the desk last ended."""
        if order.state is not OrderState.WITHDRAWN:
            cancels = [r for r in order.requests if r.kind is RequestKind.CANCEL]
            return any(isinstance(request.origin, PlanChild) for request in cancels)
        first = order.first
        return order.id in self.taken_back or (first is not None and first.why in ("STOPPED", "OFFER_DISCARDED"))

    def _retry_at(self, slot: Slot, leg: int) -> datetime | None:
        failed = [o for o in self._in_round(slot, leg) if o.state in _NEVER_LIVED and o.first is not None]
        ends = [o.first.answered_at or o.made_at for o in failed if o.first is not None]
        return max(ends) + timedelta(seconds=self._record.settings.retry_after_s) if ends else None


def refused_words(order: Order) -> Message:
    """Why an order came to nothing, with the broker's own words where it gave any."""
    first = order.first
    values: dict[str, object] = {"order": str(order.id), "shares": order.closed.count}
    if first is not None and first.state is RequestState.ABSENT:
        return Message("PLAN_CHILD_ABSENT", values)
    if order.state is OrderState.EXPIRED:
        return Message("PLAN_CHILD_LAPSED", values)
    if order.state is OrderState.CANCELLED:
        return Message("PLAN_CHILD_CANCELLED", values)
    if order.state is OrderState.WITHDRAWN:
        return Message("PLAN_CHILD_WITHDRAWN", values)
    said = " ".join(filter(None, (f"[{first.code}]" if first and first.code else "", first.text if first else "")))
    why = Message(first.why, dict(first.values or {})) if first is not None and first.why else said
    return Message("PLAN_CHILD_REFUSED", {**values, "said": said or why, "reason": why or said})
