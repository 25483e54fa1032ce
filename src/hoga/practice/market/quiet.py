"""Names in which little happens: a thin one, one locked at its upper limit, a halted one."""

from __future__ import annotations

from hoga.domain.tickets import Side
from hoga.practice.api import HouseDesk, Listing
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.fair import FairValue
from hoga.practice.market.trader import EVERYTHING, Days, Trader

_BOTH = (Side.BUY, Side.SELL)


class ThinTrader(Trader):
    """A few trades an hour, a wide spread, levels with holes between them."""

    events_per_session = 300.0
    _TRADE_CHANCE = 0.17
    _FEWEST, _MOST = 4, 8

    def __init__(self, desk: HouseDesk, listing: Listing, days: Days, seed: int, factor: MarketFactor) -> None:
        super().__init__(desk, listing, days, seed, factor)
        self._mean_size = listing.average_volume / (self.events_per_session * self._TRADE_CHANCE)
        self.fair = FairValue(self.chance, self.terms, factor)

    def begin(self, second: int) -> None:
        super().begin(second)
        self.fair.begin(self.ladder, self.days.day(self.code).price, second)

    def skip_to(self, second: int) -> None:
        self.fair.skip_to(second)

    def lay(self) -> None:
        for side in _BOTH:
            self._keep_levels(side)

    def act(self, second: int) -> None:
        value = self.fair.move(second, 0)
        for side in _BOTH:
            self._fade(side, value)
        if self.chance.random() < self._TRADE_CHANCE:
            side = self.chance.choice(_BOTH)
            best = self.best_index(side.opposite)
            if best is not None:
                self.take(side, self.size(self._mean_size, second), best, second)
        for side in _BOTH:
            self._keep_levels(side)

    def _fade(self, side: Side, value: float) -> None:
        """Take back the house's prices that came too near to what the name is worth."""
        for price, _, house in self.desk.depth(self.code, side, self._MOST):
            if house and (value - self.ladder.nearest(price)) * side.sign < 1:
                self.desk.withdraw(self.code, side, price, EVERYTHING)

    def _keep_levels(self, side: Side) -> None:
        levels = self.desk.depth(self.code, side, self._MOST + 1)
        if len(levels) > self._MOST or (len(levels) > self._FEWEST and self.chance.random() < 0.08):
            self.desk.withdraw(self.code, side, self.chance.choice(levels)[0], EVERYTHING)
            return
        away = -side.sign
        edge = self._nearest_allowed(side)
        wanted = self._FEWEST + 2 - len(levels) if len(levels) < self._FEWEST else 0
        if not wanted and (self.ladder.nearest(levels[0][0]) - edge) * away > 4:
            wanted = 1  # nobody has stood near for a while
        at = edge
        taken = {price for price, _, _ in levels}
        while wanted and 0 <= (at := at + away * self.chance.randint(1, 4)) <= self.ladder.top:
            if self.ladder.prices[at] not in taken:
                size = int(self._mean_size * 1.5 * self.chance.lognormvariate(0, 0.6)) + 1
                self.desk.rest(self.code, side, self.ladder.prices[at], size)
                wanted -= 1

    def _nearest_allowed(self, side: Side) -> int:
        """Where new prices start: at what the name is worth, and never across what waits on the other side."""
        edge = int(self.fair.value) if side is Side.BUY else int(self.fair.value) + 1
        other = self.best_index(side.opposite)
        if other is None:
            return edge
        return min(edge, other) if side is Side.BUY else max(edge, other)


class UpperLimitTrader(Trader):
    """Locked at the upper limit: a long queue of bids there, no asks; who sells is served at once."""

    events_per_session = 900.0
    _LEVELS = 10

    def __init__(self, desk: HouseDesk, listing: Listing, days: Days, seed: int, factor: MarketFactor) -> None:
        super().__init__(desk, listing, days, seed, factor)
        self._mean_size = listing.average_volume / self.events_per_session
        self._queue = int(listing.average_volume * 0.4) + 1

    def lay(self) -> None:
        waiting = {price: total for price, total, _ in self.desk.depth(self.code, Side.BUY, self._LEVELS)}
        for step in range(min(self._LEVELS, self.ladder.top + 1)):
            price = self.ladder.prices[self.ladder.top - step]
            wanted = self._queue if step == 0 else int(self._queue * self.chance.uniform(0.01, 0.03)) + 1
            missing = wanted - waiting.get(price, 0)
            if missing > wanted // 3:
                self.desk.rest(self.code, Side.BUY, price, missing)

    def act(self, second: int) -> None:
        self.take(Side.SELL, self.size(self._mean_size, second), self.ladder.top, second)
        self.lay()


class HaltedTrader(Trader):
    """A book that stands still."""

    _LEVELS = 10

    def lay(self) -> None:
        """Once: what stands there already stays."""
        at = self.ladder.nearest(self.days.day(self.code).price)
        for side in _BOTH:
            if self.desk.best(self.code, side) is not None:
                continue
            for step in range(1, self._LEVELS + 1):
                index = at - side.sign * step
                if 0 <= index <= self.ladder.top:
                    size = int(self.listing.average_volume * 0.02 * self.chance.lognormvariate(0, 0.6)) + 1
                    self.desk.rest(self.code, side, self.ladder.prices[index], size)

    def act(self, second: int) -> None:
        """Nothing happens in a halted name."""
