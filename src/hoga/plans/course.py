"""When the rounds of a running plan are due, and how many shares each leg should have come to by then.

The approved times, moved by what happened since: buys that waited for the sells, rounds that the person moved or left
out. Shares are cumulative, so a round that comes late or never needs no repair: the next one makes it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hoga.domain.tickets import Side
from hoga.plans.plan import Plan
from hoga.plans.record import Record


@dataclass(frozen=True, slots=True)
class Slot:
    """One round: when it is due now, and each leg's shares up to and with it."""

    side: Side
    number: int
    planned: datetime
    at: datetime
    ends: datetime
    totals: Mapping[int, int]
    wanted: tuple[tuple[int, int], ...]
    skipped: bool
    last: bool


def course(record: Record, side: Side) -> tuple[Slot, ...]:
    """Every round of a side in its order, those that are left out included."""
    rounds = [round for round in record.plan.rounds if round.side is side]
    late = timedelta(seconds=record.buys.late_s if side is Side.BUY and record.buys is not None else 0)
    totals: dict[int, int] = {}
    slots = []
    for round in rounds:
        for child in round.children:
            totals[child.leg] = child.total
        at = record.starts.get((side, round.number), round.at + late)
        slots.append(
            Slot(
                side, round.number, round.at, at, at + (round.ends - round.at), dict(totals),
                tuple((child.leg, child.quantity) for child in round.children),
                (side, round.number) in record.skipped, round is rounds[-1],
            )
        )  # fmt: skip
    return tuple(slots)


def due_slot(slots: tuple[Slot, ...], now: datetime) -> Slot | None:
    """The round whose sums hold at a moment: the newest that is due and not left out."""
    due = [slot for slot in slots if slot.at <= now and not slot.skipped]
    return due[-1] if due else None


def next_slot(slots: tuple[Slot, ...], now: datetime) -> Slot | None:
    return next((slot for slot in slots if slot.at > now and not slot.skipped), None)


def first_at(record: Record) -> datetime:
    """When the plan begins to act. Raises ValueError for a plan without rounds."""
    return min(slot.at for side in Side for slot in course(record, side))


def session_end(plan: Plan) -> datetime:
    """The end of the day's continuous trading, as the plan was made for it."""
    return max(window.end for window in plan.inputs.session.windows)


def in_session(plan: Plan, now: datetime) -> bool:
    """Whether children may leave now: inside a window, and not in its last moments."""
    margin = timedelta(seconds=plan.inputs.timing.margin_s)
    return any(window.start <= now < window.end - margin for window in plan.inputs.session.windows)


def buys_late(record: Record, now: datetime) -> int:
    """By how many whole seconds the buys must be moved when they may begin only now: never so far that their last round
    would leave the session."""
    slots = course(record, Side.BUY)
    if not slots or slots[0].at >= now:
        return 0
    margin = timedelta(seconds=record.plan.inputs.timing.margin_s)
    room = session_end(record.plan) - margin - slots[-1].ends
    late = min(now - slots[0].at, max(room, timedelta(0)))
    return late // timedelta(seconds=1)
