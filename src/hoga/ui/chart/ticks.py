"""Prices that can be ordered at, for the price axis and the crosshair."""

from __future__ import annotations

from hoga.domain.instruments import InstrumentId
from hoga.domain.limits import NO_LIMITS, DailyLimits
from hoga.domain.tables import RuleUnknown
from hoga.domain.ticks import TickTable, tick_table_of
from hoga.ui.chart.timeframe import day_of
from hoga.ui.context import Context
from hoga.ui.order.market import look


class Ticks:
    """Today's grid of one instrument; every whole unit where the rules or the instrument are not known."""

    def __init__(self, table: TickTable | None = None, limits: DailyLimits = NO_LIMITS) -> None:
        self._table, self.limits = table, limits

    def allows(self, units: int) -> bool:
        """Whether it lies within today's limits, as far as they are known."""
        lower, upper = self.limits.lower, self.limits.upper
        return (lower is None or units >= lower.units) and (upper is None or units <= upper.units)

    def tick(self, units: int) -> int:
        return self._table.tick(units) if self._table is not None else 1

    def nearest(self, units: int) -> int:
        """The price of the grid that lies nearest, the lower of two."""
        table = self._table
        if table is None:
            return max(units, 0)
        above = table.ceil(units)
        below = table.floor(units) if units >= table.ticks[0] else above
        return below if units - below <= above - units else above


def ticks_of(context: Context, instrument: InstrumentId | None) -> Ticks:
    known = context.known(instrument) if instrument is not None else None
    try:
        table = tick_table_of(known, day_of(context.desk.clock.now())) if known is not None else None
    except RuleUnknown:
        return Ticks()
    market = look(context.desk, instrument) if instrument is not None else None
    return Ticks(table, market.limits if market is not None else NO_LIMITS)
