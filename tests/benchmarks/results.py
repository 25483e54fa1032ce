"""What a measuring program found, as a line of JSON and as a row of a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of several tries."""

    median_ms: float
    p95_ms: float
    worst_ms: float
    tries: int

    @staticmethod
    def of(seconds: Sequence[float]) -> Spread:
        """Raises ValueError without any."""
        if not seconds:
            raise ValueError("nothing was measured")
        ordered = sorted(seconds)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return Spread(*(round(value * 1000, 3) for value in (median(ordered), late, ordered[-1])), len(ordered))


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement: its name, the spread, and counts that hold on any machine."""

    name: str
    spread: Spread
    counts: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        return json.dumps({"name": self.name, **asdict(self.spread), **self.counts})


def table(results: Sequence[Result]) -> str:
    """Right-aligned figures under their heads."""
    heads = ("", "median ms", "p95 ms", "worst ms", "tries")
    rows = [
        (one.name, f"{one.spread.median_ms:.2f}", f"{one.spread.p95_ms:.2f}", f"{one.spread.worst_ms:.2f}",
         str(one.spread.tries))
        for one in results
    ]  # fmt: skip
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) if not place else cell.rjust(width) for place, (cell, width) in pairs)
        for pairs in (list(enumerate(zip(row, widths, strict=True))) for row in (heads, *rows))
    ]
    return "\n".join(line.rstrip() for line in lines)
