"""From what was kept and what the desk knows to the view of a plan, while it runs and after it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.tickets import Side
from hoga.plans import children as told
from hoga.plans.course import Slot, awaits_sells, due_slot, expected
from hoga.plans.quality import quality_together, slippage
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.tally import Tally, reach, spent
from hoga.plans.views import (
    ChildView,
    LegProgress,
    LegState,
    PlanQuestion,
    PlanState,
    Quality,
    RoundProgress,
    RoundState,
    RunningPlan,
    TrackPoint,
)


class Standpoint(Struct, frozen=True):
    """What only the executor knows of a plan that runs."""

    state: PlanState
    why: tuple[Message, ...] = ()
    leg_why: Mapping[int, Message] | None = None
    question: PlanQuestion | None = None
    next_at: datetime | None = None
    side: Side | None = None


class Figures(Struct, frozen=True):
    """What the orders tell: of the desk while it runs, of the last entry afterwards."""

    tallies: tuple[Tally, ...]
    beside: tuple[int, ...]
    children: tuple[ChildView, ...]
    track: tuple[TrackPoint, ...]


def live_figures(record: Record, scene: Scene) -> Figures:
    scene.look()
    legs = range(len(record.plan.legs))
    return Figures(
        tuple(scene.tally(leg) for leg in legs),
        tuple(scene.beside(leg) for leg in legs),
        tuple(told.in_order(scene)),
        told.track(record, scene, scene.now),
    )


def final_figures(record: Record) -> Figures | None:
    """None: the plan has not ended."""
    end = record.ended
    if end is None:
        return None
    tallies = tuple(Tally(filled=leg.filled, amount=leg.amount) for leg in end.legs)
    beside = tuple(leg.beside for leg in end.legs)
    return Figures(tallies, beside, tuple(map(told.as_view, end.children)), end.track)


def picture(
    connection: ConnectionId, record: Record, figures: Figures, standpoint: Standpoint, now: datetime
) -> RunningPlan:
    slots = {side: expected(record, side, now) for side in Side}
    due = {side: None if awaits_sells(record, side) else due_slot(slots[side], now) for side in Side}
    legs = tuple(_leg(record, n, figures, standpoint, due[leg.side]) for n, leg in enumerate(record.plan.legs))
    return RunningPlan(
        connection=connection,
        digest=record.digest,
        plan=record.plan,
        settings=record.settings,
        state=standpoint.state,
        why=standpoint.why,
        question=standpoint.question,
        approved_at=record.approved.at,
        started_at=record.started_at,
        ended_at=record.ended.at if record.ended is not None else None,
        next_at=standpoint.next_at,
        side=standpoint.side,
        legs=legs,
        rounds=tuple(
            _round(record, slot, due[side], figures.children) for side in (Side.SELL, Side.BUY) for slot in slots[side]
        ),
        deviations=record.deviations(),
        quality=quality_together([(leg.quality, leg.filled) for leg in legs]),
        track=figures.track,
        schedule=record.approved.schedule,
        changed=dict(record.hows),
    )


def _leg(record: Record, number: int, figures: Figures, standpoint: Standpoint, slot: Slot | None) -> LegProgress:
    leg, tally = record.plan.legs[number], figures.tallies[number]
    wanted = reach(leg, figures.beside[number])
    why = (standpoint.leg_why or {}).get(number)
    return LegProgress(
        leg=number,
        code=leg.code,
        name=record.plan.inputs.by_code[leg.code].name,
        side=leg.side,
        state=_leg_state(record, number, tally, wanted, slot, why),
        ceiling=leg.ceiling_shares,
        ceiling_won=leg.ceiling_won,
        due=min(slot.totals.get(number, 0), wanted) if slot is not None else 0,
        filled=tally.filled,
        working=tally.working,
        waiting=tally.waiting,
        in_flight=tally.in_flight,
        unknown=tally.unknown,
        spent=spent(tally, record.plan.inputs.account.fee_rate) if leg.side is Side.BUY else None,
        amount=tally.amount,
        average=Decimal(tally.amount) / tally.filled if tally.filled else None,
        quality=_quality(record, number, tally),
        why=why,
    )


def _leg_state(
    record: Record, number: int, tally: Tally, wanted: int, slot: Slot | None, why: Message | None
) -> LegState:
    if number in record.manual:
        return LegState.MANUAL
    if tally.filled >= wanted:
        return LegState.COMPLETE
    if record.ended is not None:
        return LegState.LEFT_OVER
    if slot is None or record.started_at is None:
        return LegState.AHEAD
    return LegState.HELD if why is not None and not tally.open else LegState.TRADING


def _quality(record: Record, number: int, tally: Tally) -> Quality:
    leg = record.plan.legs[number]
    arrival = record.approved.arrival.get(leg.code)
    measured = record.measures.get(number)
    against = (
        Decimal(arrival.twice) / 2 if arrival is not None else None,
        measured.twap if measured is not None else None,
        measured.vwap if measured is not None else None,
    )
    arrived, by_time, by_volume = (slippage(leg.side, tally.filled, tally.amount, benchmark) for benchmark in against)
    return Quality(arrived, by_time, by_volume, measured.samples if measured is not None else 0)


def _round(record: Record, slot: Slot, due: Slot | None, children: Sequence[ChildView]) -> RoundProgress:
    legs = {number for number, _ in record.legs(slot.side)}
    return RoundProgress(
        side=slot.side,
        number=slot.number,
        planned=slot.planned,
        at=slot.at,
        state=_round_state(record, slot, due),
        wanted=slot.wanted,
        children=tuple(child for child in children if child.leg in legs and child.round == slot.number),
        deviations=tuple(d for d in record.deviations() if d.side is slot.side and d.round == slot.number),
    )


def _round_state(record: Record, slot: Slot, due: Slot | None) -> RoundState:
    key = slot.side, slot.number
    if key in record.runs:
        return RoundState.DONE
    if slot.skipped:
        return RoundState.SKIPPED
    if key in record.merged or (due is not None and slot.number < due.number):
        return RoundState.MERGED
    current = due is not None and due.number == slot.number and record.started_at is not None
    return RoundState.RUNNING if current and record.ended is None else RoundState.AHEAD
