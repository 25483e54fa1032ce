"""A plan's orders on the chart: one mark for each round that sent something in a bar. Exact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from hoga.domain.tickets import Side
from hoga.ui.chart.bars import Bars

if TYPE_CHECKING:  # plans come after the first paint
    from hoga.plans.marks import PlanMark


class Round(Struct, frozen=True):
    """What a round of a plan sent in one bar. ``units``: its limit, the newest where there were several; None where it
    took what the market gave."""

    index: int
    side: Side
    number: int
    quantity: int
    filled: int
    units: int | None
    digest: str

    @property
    def done(self) -> bool:
        return self.filled >= self.quantity


def rounds_of(marks: Iterable[PlanMark], bars: Bars) -> tuple[Round, ...]:
    """Oldest first. A later order of a round has what the one before left: together they wanted the first one's shares
    and filled the sum. An order at a moment without a bar has no mark."""
    made: dict[tuple[int, Side, int, str], Round] = {}
    for mark in marks:
        index = bars.index_at(mark.at)
        if index is None:
            continue
        key = (index, mark.side, mark.round, mark.digest)
        before = made.get(key)
        units = mark.limit.units if mark.limit is not None else None
        filled = mark.filled + (before.filled if before is not None else 0)
        quantity = mark.quantity if before is None else max(before.quantity, before.filled + mark.quantity)
        made[key] = Round(index, mark.side, mark.round, quantity, filled, units, mark.digest)
    return tuple(made.values())
