"""What a person may do with a plan that runs, judged before it is kept: pure rules over its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, pairwise

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans import entries as kept
from hoga.plans.course import Slot, course
from hoga.plans.inputs import Style
from hoga.plans.plan import Plan
from hoga.plans.prices import side_plan
from hoga.plans.record import Record
from hoga.plans.schedule import MOST_ROUNDS
from hoga.plans.views import Rest

MOST_TICKS = 100


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


def moved(record: Record, side: Side, rest: Rest, now: datetime) -> kept.Moved | Message:
    """The change as it is kept; a message: why it may not be. Ceilings and worst prices stay whatever is changed."""
    starts = tuple(sorted(rest.starts.items()))
    entry = kept.Moved(
        at=now, side=side, starts=starts, divided=rest.divided, style=rest.style, ticks=rest.ticks
    )  # fmt: skip
    return next(chain(_wrong_rounds(record, entry), _wrong_prices(record, entry)), entry)


def _wrong_rounds(record: Record, entry: kept.Moved) -> Iterator[Message]:
    side, now = entry.side, entry.at
    if not entry.starts:
        yield Message("PLAN_NO_SUCH_ROUND", {"round": 0})
        return
    first = entry.starts[0][0]
    asked = [first] if entry.divided else [number for number, _ in entry.starts]
    for number in asked:
        slot = _slot(record, side, number)
        if slot is None:
            yield Message("PLAN_NO_SUCH_ROUND", {"round": number})
            return
        if (slot.skipped and not entry.divided) or (side, number) in record.runs:
            yield Message("PLAN_ROUND_OVER", {"round": number})
    if entry.divided and entry.starts[-1][0] != first + len(entry.starts) - 1:
        yield Message("PLAN_NO_SUCH_ROUND", {"round": entry.starts[-1][0]})
    if entry.starts[-1][0] > MOST_ROUNDS:
        yield Message("PLAN_MOVE_ROUNDS", {"rounds": entry.starts[-1][0], "most": MOST_ROUNDS})
    yield from _wrong_times(record, entry, now)


def _wrong_times(record: Record, entry: kept.Moved, now: datetime) -> Iterator[Message]:
    """Judged on the course as it would be."""
    trial = replace(record)
    trial.starts, trial.skipped = dict(record.starts), set(record.skipped)
    trial.divisions, trial.hows = list(record.divisions), dict(record.hows)
    trial.apply(entry)
    slots = [slot for slot in course(trial, entry.side) if not slot.skipped]
    changed = {number for number, _ in entry.starts}
    for slot in slots:
        if slot.number in changed and slot.at < now:
            yield Message("PLAN_MOVE_PAST", {"round": slot.number, "start": f"{slot.at:%H:%M:%S}"})
        if slot.number in changed and not _fits(record.plan, slot.at, slot.ends):
            yield Message("PLAN_MOVE_SESSION", {"round": slot.number, "start": f"{slot.at:%H:%M:%S}"})
    for sooner, later in pairwise(slots):
        if later.at <= sooner.at:
            yield Message("PLAN_MOVE_ORDER", {"round": later.number})
        elif later.at < sooner.ends and {sooner.number, later.number} & changed:
            needed = int((sooner.ends - sooner.at).total_seconds())
            yield Message("PLAN_MOVE_TIGHT", {"round": sooner.number, "needed": needed})


def _wrong_prices(record: Record, entry: kept.Moved) -> Iterator[Message]:
    """A market order has no worst price, so it is not possible inside ceilings that were reckoned with one."""
    approved = side_plan(record.plan.inputs, entry.side).style
    if entry.style is Style.MARKET and approved is not Style.MARKET:
        yield Message("PLAN_MOVE_STYLE")
    if entry.ticks is not None and not -MOST_TICKS <= entry.ticks <= MOST_TICKS:
        yield Message("PLAN_MOVE_TICKS", {"ticks": entry.ticks, "most": MOST_TICKS})


def may_take_over(record: Record, leg: int) -> Message | None:
    if not 0 <= leg < len(record.plan.legs):
        return Message("PLAN_NO_SUCH_LEG")
    return Message("PLAN_LEG_IS_MANUAL") if leg in record.manual else None


def _slot(record: Record, side: Side, round: int) -> Slot | None:
    return next((slot for slot in course(record, side) if slot.number == round), None)


def _fits(plan: Plan, start: datetime, end: datetime) -> bool:
    margin = timedelta(seconds=plan.inputs.timing.margin_s)
    return any(window.start <= start and end <= window.end - margin for window in plan.inputs.session.windows)
