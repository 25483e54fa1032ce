"""Stepping among prices that can be ordered: by ticks, by one percent, within the day's limits."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.limits import DailyLimits
from hoga.domain.ticks import NoValidPrice, PriceGrid
from hoga.domain.values import Price


class Steps(Struct, frozen=True):
    """The grid of one instrument today, between its limits."""

    grid: PriceGrid
    limits: DailyLimits

    def moved(self, price: Price, ticks: int) -> Price:
        """``ticks`` up or down; from a price off the grid the first step leads to its neighbour. Stops at a limit."""
        if ticks == 0:
            return price
        try:
            if not self.grid.is_valid(price):
                price = self.grid.ceil(price) if ticks > 0 else self.grid.floor(price)
                ticks -= 1 if ticks > 0 else -1
            return self.within(self.grid.step(price, ticks))
        except NoValidPrice:
            return self.lowest

    def moved_percent(self, price: Price, percent: int) -> Price:
        """``percent`` of the price up or down, cut to the grid, and one tick at least."""
        wanted = Price(max(price.units + price.units * percent // 100, 1), price.currency)
        if percent > 0:
            return self.within(max(self.moved(price, 1), self.floored(wanted)))
        return self.within(min(self.moved(price, -1), self.grid.ceil(wanted)))

    def floored(self, price: Price) -> Price:
        try:
            return self.grid.floor(price)
        except NoValidPrice:
            return self.lowest

    def within(self, price: Price) -> Price:
        """The price, or the limit it lies beyond."""
        if self.limits.upper is not None and price > self.limits.upper:
            return self.limits.upper
        if self.limits.lower is not None and price < self.limits.lower:
            return self.limits.lower
        return price

    @property
    def lowest(self) -> Price:
        return self.limits.lower or self.grid.ceil(Price(1, self.grid.currency))
