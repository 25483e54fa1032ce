"""When the rounds of a running plan are due, and how many shares each leg should have come to by then.

The approved times, moved by what happened since: buys that waited for the sells, rounds that the person moved, left
out or divided anew. Shares are cumulative, so a round that comes late or never needs no repair: the next one makes it
up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from hoga.domain.tickets import Side
from hoga.plans.plan import Plan
from hoga.plans.record import Division, Record
from hoga.plans.schedule import cumulative


class Slot(Struct, frozen=True):
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


class _Round(Struct, frozen=True):
    """One round before anything moved it. ``planned`` None: the approved plan has none of this number."""

    number: int
    planned: datetime | None
    totals: Mapping[int, int]


def course(record: Record, side: Side) -> tuple[Slot, ...]:
    """Every round of a side in its order, those that are left out included."""
    rounds = _approved(record.plan, side)
    for division in record.divisions:
        if division.side is side:
            rounds = _divided(record, rounds, division)
    late = timedelta(seconds=record.buys.late_s if side is Side.BUY and record.buys is not None else 0)
    gap = timedelta(seconds=record.plan.inputs.timing.gap_s)
    before: Mapping[int, int] = {}
    slots = []
    for round in rounds:
        at = record.starts.get((side, round.number)) or round.planned
        if at is None:
            continue
        if (side, round.number) not in record.starts:
            at += late
        wanted = tuple((leg, total - before.get(leg, 0)) for leg, total in round.totals.items())
        wanted = tuple((leg, shares) for leg, shares in wanted if shares)
        slots.append(
            Slot(
                side, round.number, round.planned or at, at, at + gap * len(wanted), round.totals, wanted,
                (side, round.number) in record.skipped, round is rounds[-1],
            )
        )  # fmt: skip
        before = round.totals
    return tuple(slots)


def _approved(plan: Plan, side: Side) -> list[_Round]:
    totals: dict[int, int] = {}
    rounds = []
    for round in plan.rounds:
        if round.side is side:
            totals.update({child.leg: child.total for child in round.children})
            rounds.append(_Round(round.number, round.at, dict(totals)))
    return rounds


def _divided(record: Record, rounds: list[_Round], division: Division) -> list[_Round]:
    """The rounds before a division as they are; then what is left by then, spread evenly over the new ones."""
    kept = [round for round in rounds if round.number < division.first]
    base = kept[-1].totals if kept else {}
    planned = {round.number: round.planned for round in rounds}
    left = {leg: plan.shares - base.get(leg, 0) for leg, plan in record.legs(division.side)}
    for place in range(1, division.count + 1):
        totals = {leg: base.get(leg, 0) + cumulative(shares, division.count, place) for leg, shares in left.items()}
        number = division.first + place - 1
        kept.append(_Round(number, planned.get(number), totals))
    return kept


def awaits_sells(record: Record, side: Side) -> bool:
    """Whether a side has not begun because the sells come first."""
    return side is Side.BUY and record.buys is None


def expected(record: Record, side: Side, now: datetime) -> tuple[Slot, ...]:
    """The course as it will be at best: buys that have not begun start now at the earliest."""
    slots = course(record, side)
    late = timedelta(seconds=buys_late(record, now)) if awaits_sells(record, side) else timedelta(0)
    return tuple(replace(slot, at=slot.at + late, ends=slot.ends + late) for slot in slots) if late else slots


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
