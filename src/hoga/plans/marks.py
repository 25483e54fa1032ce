"""What plans leave on a chart: their orders on an instrument's, their slippage beside an account's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Price
from hoga.plans.facade import Plans
from hoga.plans.views import RunningPlan


class PlanMark(Struct, frozen=True):
    """One order of a plan: its fills are told by the desk under ``order``. ``limit`` None: a market order."""

    order: OrderId
    at: datetime
    side: Side
    round: int
    quantity: int
    filled: int
    limit: Price | None
    digest: str


class PlanCost(Struct, frozen=True):
    """What a plan has cost against arrival so far, at its last moment: positive is cost. None: nothing filled yet."""

    at: datetime
    digest: str
    won: int | None
    bp: Decimal | None
    running: bool


def marks(plans: Plans, instrument: InstrumentId, day: date) -> tuple[PlanMark, ...]:
    """Every order of today's plans in an instrument, oldest first."""
    found = (mark for plan in _of(plans, day) for mark in _marks(plan, instrument))
    return tuple(sorted(found, key=lambda mark: mark.at))


def costs(plans: Plans, day: date, now: datetime) -> tuple[PlanCost, ...]:
    """Each plan that was approved on a day, oldest first."""
    found = []
    for plan in _of(plans, day):
        arrival = plan.quality.arrival
        ended = plan.ended_at
        found.append(PlanCost(ended or now, plan.digest, arrival.won, arrival.bp, ended is None))
    return tuple(sorted(found, key=lambda cost: cost.at))


def _of(plans: Plans, day: date) -> Iterator[RunningPlan]:
    for plan in (*plans.ended(), *plans.running()):
        if plan.approved_at.astimezone(KST).date() == day:
            yield plan


def _marks(plan: RunningPlan, instrument: InstrumentId) -> Iterator[PlanMark]:
    legs = {leg.leg for leg in plan.legs if leg.code == instrument.code}
    for round in plan.rounds:
        for one in round.children:
            if one.leg in legs:
                yield PlanMark(
                    one.order, one.at, round.side, one.round, one.quantity, one.filled, one.limit, plan.digest
                )  # fmt: skip
