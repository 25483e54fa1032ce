"""What a person may do with a plan that runs, judged before it is kept: pure rules over its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.course import Slot, course
from hoga.plans.plan import Plan
from hoga.plans.record import Record


def may_skip(record: Record, side: Side, round: int) -> Message | None:
    """None: it may be left out. The last round cannot: it is the one that completes."""
    slot = _slot(record, side, round)
    if slot is None:
        return Message("PLAN_NO_SUCH_ROUND", {"round": round})
    if slot.last:
        return Message("PLAN_LAST_ROUND")
    if slot.skipped or (side, round) in record.runs:
        return Message("PLAN_ROUND_OVER", {"round": round})
    return None


def may_move(record: Record, side: Side, starts: Mapping[int, datetime], now: datetime) -> Message | None:
    """None: the rounds may start at these times. The order of rounds stays, and so do all sums."""
    if not starts:
        return Message("PLAN_NO_SUCH_ROUND", {"round": 0})
    for number, at in starts.items():
        slot = _slot(record, side, number)
        if slot is None:
            return Message("PLAN_NO_SUCH_ROUND", {"round": number})
        if slot.skipped or (side, number) in record.runs:
            return Message("PLAN_ROUND_OVER", {"round": number})
        if at < now:
            return Message("PLAN_MOVE_PAST", {"round": number, "start": f"{at:%H:%M:%S}"})
        if not _fits(record.plan, at, at + (slot.ends - slot.at)):
            return Message("PLAN_MOVE_SESSION", {"round": number, "start": f"{at:%H:%M:%S}"})
    times = [(slot.number, starts.get(slot.number, slot.at)) for slot in course(record, side) if not slot.skipped]
    for (_, sooner), (number, later) in pairwise(times):
        if later <= sooner:
            return Message("PLAN_MOVE_ORDER", {"round": number})
    return None


def may_take_over(record: Record, leg: int) -> Message | None:
    if not 0 <= leg < len(record.plan.legs):
        return Message("PLAN_NO_SUCH_LEG")
    return Message("PLAN_LEG_IS_MANUAL") if leg in record.manual else None


def _slot(record: Record, side: Side, round: int) -> Slot | None:
    return next((slot for slot in course(record, side) if slot.number == round), None)


def _fits(plan: Plan, start: datetime, end: datetime) -> bool:
    margin = timedelta(seconds=plan.inputs.timing.margin_s)
    return any(window.start <= start and end <= window.end - margin for window in plan.inputs.session.windows)
