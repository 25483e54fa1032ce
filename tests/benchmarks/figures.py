"""Figures as ratios: what hoga needs against what a peer or a bound needs in the same run; is that enough?"""

from __future__ import annotations

import gc
import importlib.util
import os
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """``ours`` and ``theirs`` in the same unit. ``faster``: the ratio says how many times less ours is, and must reach
    the target; else it says how many times more ours is, and must not pass it. Without ``against`` the target is for
    ``ours`` itself."""

    name: str
    ours: float
    unit: str
    against: str = ""
    theirs: float | None = None
    target: float | None = None
    faster: bool = False
    why: str = ""
    """Why there is no ratio: a peer that is not here, say."""

    @property
    def ratio(self) -> float | None:
        if self.theirs is None or not self.ours or not self.theirs:
            return None
        return self.theirs / self.ours if self.faster else self.ours / self.theirs

    @property
    def holds(self) -> bool | None:
        """None where nothing was asked, or there is nothing to compare with."""
        found = self.ratio if self.against else self.ours
        if self.target is None or found is None:
            return None
        return found >= self.target if self.faster else found <= self.target

    def told(self) -> dict[str, Any]:
        ratio = self.ratio
        return {
            "name": self.name, "ours": round(self.ours, 4), "unit": self.unit, "against": self.against,
            "theirs": None if self.theirs is None else round(self.theirs, 4),
            "ratio": None if ratio is None else round(ratio, 3), "target": self.target, "faster": self.faster,
            "holds": self.holds, "why": self.why,
        }  # fmt: skip


def absent(module: str) -> str:
    """Empty where a peer is installed, else what to say."""
    return "" if importlib.util.find_spec(module) else f"{module} is not installed"


def plain_environment() -> dict[str, str]:
    """For contenders in processes of their own. Modules must be kept compiled, as the peers' are since they were
    installed: else a start would compile hoga each time."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def alternate(
    contenders: Mapping[str, Callable[[], object]],
    rounds: int,
    each: int = 1,
    clock: Callable[[], float] = time.thread_time,
) -> dict[str, float]:
    """Median seconds of one of ``each`` uses, after a turn that does not count. The contenders take turns, so that a
    neighbour's load hits all alike. The usual clock is this thread's own work; what waits for a disk needs another."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, run in contenders.items():
            gc.collect()
            started = clock()
            run()
            if turn:
                found[name].append((clock() - started) / each)
    return {name: median(seconds) for name, seconds in found.items()}


def memory_of(make: Callable[[], object]) -> tuple[float, float]:
    """MiB that Python's objects hold while what was made is kept, and at the most on the way there."""
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del made
    return held / 2**20, most / 2**20


def late(values: Sequence[float], part: float) -> float:
    """The value that so large a part of all does not pass. Raises ValueError without any."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def report(figures: Sequence[Figure]) -> str:
    """A table, one figure a row."""
    heads = ("figure", "ours", "theirs", "against", "ratio", "target", "holds")
    rows = [heads, *(_row(one) for one in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _row(one: Figure) -> tuple[str, ...]:
    sign = ">=" if one.faster else "<="
    return (
        one.name,
        f"{one.ours:.4g} {one.unit}",
        "-" if one.theirs is None else f"{one.theirs:.4g} {one.unit}",
        one.against + (f" ({one.why})" if one.why else ""),
        "-" if one.ratio is None else f"{one.ratio:.2f}",
        "-" if one.target is None else f"{sign} {one.target:g}" + ("" if one.against else f" {one.unit}"),
        {True: "yes", False: "NO", None: "-"}[one.holds],
    )
