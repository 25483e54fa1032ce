"""Rounds: how a quantity is spread over them by exact integers, when they are due, and which fit the session.

The cumulative schedule is the nearest whole share to the straight line, never more than half a share off it
(markets.md 8.1): no float, no carried error, and the last round always ends exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from msgspec import Struct

from hoga.domain.tickets import Side
from hoga.plans.inputs import Hours, SidePlan, Timing

MOST_ROUNDS = 120


def cumulative(total: int, rounds: int, number: int) -> int:
    """Shares due by the end of round ``number`` (1 … rounds); ``total`` after the last one."""
    return (2 * total * number + rounds) // (2 * rounds)


def sums(total: int, rounds: int) -> tuple[int, ...]:
    """``cumulative`` for every round from 0, before the first, to the last. From one to the next are the shares of a
    round: they differ by one at most; fewer shares than rounds leave gaps."""
    twice, whole = 2 * total, 2 * rounds
    return tuple([(twice * number + rounds) // whole for number in range(rounds + 1)])


def jitter(seed: int, side: Side, number: int, most: int) -> int:
    """Whole seconds (0 … most) by which a round starts late: the same for the same seed, everywhere and always."""
    drawn = sha256(f"{seed}/{side.value}/{number}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % (most + 1)


class Child(msgspec.Struct, frozen=True, gc=False):
    """One order of a round: ``leg`` counts the plan's legs from 0; ``total`` is the leg's sum up to and with it. A plan
    may have thousands, hence no dataclass: one costs six times as much."""

    leg: int
    at: datetime
    quantity: int
    total: int


class Round(Struct, frozen=True):
    """Due at ``at``; ``ends`` is when its last order has had its gap. ``fits`` False: outside the session's hours."""

    side: Side
    number: int
    at: datetime
    ends: datetime
    children: tuple[Child, ...]
    fits: bool


class Task(Struct, frozen=True):
    """One side to lay out: shares by leg number."""

    side: Side
    how: SidePlan
    quantities: Mapping[int, int]
    start: datetime


def lay_out(task: Task, timing: Timing, windows: tuple[Hours, ...]) -> tuple[Round, ...]:
    """Every round of one side by its due time, those outside the session included: they are shown, not hidden."""
    if not task.quantities:
        return ()
    legs = tuple(task.quantities)
    due = tuple(zip(*(sums(quantity, task.how.rounds) for quantity in task.quantities.values()), strict=True))
    gaps = [timedelta(seconds=timing.gap_s * place) for place in range(len(legs) + 1)]
    rounds = []
    for number in range(1, task.how.rounds + 1):
        late = jitter(timing.seed, task.side, number, timing.jitter_s)
        at = task.start + timedelta(seconds=task.how.spacing_s * (number - 1) + late)
        children: list[Child] = []
        for leg, before, total in zip(legs, due[number - 1], due[number], strict=True):
            if total != before:
                children.append(Child(leg, at + gaps[len(children)], total - before, total))
        ends = at + gaps[len(children)]
        rounds.append(Round(task.side, number, at, ends, tuple(children), _fits(at, ends, timing, windows)))
    return tuple(rounds)


def needed_spacing(rounds: tuple[Round, ...], timing: Timing) -> int:
    """The fewest seconds between rounds that never overlap: the longest round and the latest start."""
    longest = max((len(round.children) for round in rounds), default=0)
    return longest * timing.gap_s + timing.jitter_s


def _fits(at: datetime, ends: datetime, timing: Timing, windows: tuple[Hours, ...]) -> bool:
    margin = timedelta(seconds=timing.margin_s)
    return any(window.start <= at and ends <= window.end - margin for window in windows)
