"""A lively name: ten levels on both sides, and trades through them whenever its worth has moved."""

from __future__ import annotations

from hoga.domain.tickets import Side
from hoga.practice.api import HouseDesk, Listing
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.fair import FairValue
from hoga.practice.market.trader import EVERYTHING, Days, Trader

LEVELS = 11
"""One more than feeds show, so that losing one never leaves a hole to be seen."""

_EDGE = 0.35
"""Ticks by which a waiting price must be wrong before it is taken and withdrawn: keeps quotes from flickering."""
_SHAPE = (0.55, 0.8, 0.95, 1.05, 1.15, 1.2, 1.2, 1.15, 1.1, 1.05, 1.0)
"""How much waits at each level, in usual levels: the best one is worn down by trades."""
_TRADE_CHANCE = 0.6
_BURST_CHANCE = 0.0025
_BURST_SPEED = 15.0


class LiquidTrader(Trader):
    def __init__(self, desk: HouseDesk, listing: Listing, days: Days, seed: int, factor: MarketFactor) -> None:
        super().__init__(desk, listing, days, seed, factor)
        turnover = listing.average_volume * listing.anchor
        self.events_per_session = min(max(1500.0 * (turnover / 1e10) ** 0.33, 1500.0), 12_000.0)
        self._mean_size = listing.average_volume / self.events_per_session
        self.fair = FairValue(self.chance, self.terms, factor, self.events_per_session)
        self._depth = 1.0
        self._bought = self._sold = 0
        self._burst = 0
        self._side = Side.BUY

    def begin(self, second: int) -> None:
        super().begin(second)
        day = self.days.day(self.code)
        self.fair.begin(self.ladder, day.price, second)
        self._bought, self._sold = day.buy_volume, day.sell_volume
        # Where a day's move is many ticks, each tick carries less.
        self._depth = self._mean_size * min(max(60.0 / max(self.fair.ticks_of_day(), 1.0), 3.0), 12.0)

    def lay(self) -> None:
        for side in (Side.BUY, Side.SELL):
            self._fill(side, int(self.fair.value), always=True)

    def wait(self, second: int) -> float:
        usual = super().wait(second)
        return usual / _BURST_SPEED if self._burst else usual

    def act(self, second: int) -> None:
        value = self.fair.move(second, self._user_flow())
        bid, ask = self.best_index(Side.BUY), self.best_index(Side.SELL)
        self._maybe_burst()
        if ask is not None and value > ask + _EDGE:
            self._push(Side.BUY, ask, int(value - _EDGE), second)
        elif bid is not None and value < bid - _EDGE:
            self._push(Side.SELL, bid, int(value + _EDGE) + 1, second)
        elif self._burst or self.chance.random() < _TRADE_CHANCE:
            self._noise(value, bid, ask, second)
        for side in (Side.BUY, Side.SELL):
            self._fill(side, int(value), always=False)
        if self.chance.random() < 0.4:
            self._churn()

    def skip_to(self, second: int) -> None:
        self.fair.skip_to(second)

    def _user_flow(self) -> int:
        """What users bought less what they sold as aggressors since the last event."""
        day = self.days.day(self.code)
        flow = (day.buy_volume - self._bought) - (day.sell_volume - self._sold)
        self._bought, self._sold = day.buy_volume, day.sell_volume
        return flow

    def _maybe_burst(self) -> None:
        """Now and then everybody wants the same for a few seconds."""
        if self._burst:
            self._burst -= 1
        elif self.chance.random() < _BURST_CHANCE:
            self._burst = self.chance.randint(8, 30)
            self._side = self.chance.choice((Side.BUY, Side.SELL))
            self.fair.nudge(self._side.sign * self.fair.ticks_of_day() * self.chance.uniform(0.02, 0.1))

    def _push(self, side: Side, best: int, reach: int, second: int) -> None:
        """Trade through waiting prices that are wrong by now, from ``best`` to ``reach``; their house part fades."""
        ticks = abs(reach - best) + 1
        self._take(side, self.size(self._mean_size * (1.2 + 0.3 * min(ticks, 6)), second), reach)
        for at in range(best, reach + side.sign, side.sign):
            self.desk.withdraw(self.code, side.opposite, self.ladder.prices[at], EVERYTHING)

    def _noise(self, value: float, bid: int | None, ask: int | None, second: int) -> None:
        """Somebody trades for reasons of his own."""
        if not self._burst and self.chance.random() > 0.35 and bid is not None and ask is not None:
            lean = 0.5 + 0.25 * (value - (bid + ask) / 2)
            self._side = Side.BUY if self.chance.random() < min(max(lean, 0.15), 0.85) else Side.SELL
        side = self._side
        best = ask if side is Side.BUY else bid
        if best is None:
            return
        deeper = best + side.sign if self.chance.random() < 0.1 else best
        worst = min(max(deeper, 0), self.ladder.top)
        self._take(side, self.size(self._mean_size, second), worst)
        while self.chance.random() < 0.2:
            self._take(side, self.size(self._mean_size * 0.5, second), worst)

    def _take(self, side: Side, quantity: int, worst: int) -> None:
        taken = self.desk.take(self.code, side, quantity, self.ladder.prices[worst])
        if side is Side.BUY:
            self._bought += taken
        else:
            self._sold += taken

    def _fill(self, side: Side, floor: int, *, always: bool) -> None:
        """Keep the levels behind the best of a side without holes, and the best where the worth allows it."""
        prices, away = self.ladder.prices, -side.sign
        other = self.best_index(side.opposite)
        target = floor if side is Side.BUY else floor + 1
        if other is not None:
            target = min(target, other - 1) if side is Side.BUY else max(target, other + 1)
        levels = self.desk.depth(self.code, side, LEVELS)
        start = target
        if levels:
            best = self.ladder.nearest(levels[0][0])
            gap = (best - target) * away
            if gap <= 0 or not (always or gap > 2 or self.chance.random() < 0.75):
                start = best
            last = start + away * (LEVELS - 1)
            complete = start == best and len(levels) == LEVELS and 0 <= last <= self.ladder.top
            if complete and levels[-1][0] == prices[last]:
                self._strengthen(side, levels[0])
                return
        there = {price for price, _, _ in levels}
        for step in range(LEVELS):
            at = start + away * step
            if not 0 <= at <= self.ladder.top:
                return
            if prices[at] not in there:
                self.desk.rest(self.code, side, prices[at], self._level_size(step))

    def _strengthen(self, side: Side, best: tuple[int, int, int]) -> None:
        price, total, _ = best
        if total < 0.2 * self._depth and self.chance.random() < 0.5:
            self.desk.rest(self.code, side, price, self._level_size(0))

    def _level_size(self, step: int) -> int:
        return int(self._depth * _SHAPE[step] * self.chance.lognormvariate(0, 0.45)) + 1

    def _churn(self) -> None:
        """Somebody joins or leaves one of the levels."""
        side = self.chance.choice((Side.BUY, Side.SELL))
        step = self.chance.randrange(LEVELS - 1)
        levels = self.desk.depth(self.code, side, step + 1)
        if len(levels) <= step:
            return
        price, total, _ = levels[step]
        size = self._level_size(step)
        if total > 1.7 * size or self.chance.random() < 0.5:
            self.desk.withdraw(self.code, side, price, size // 3 + 1)
        else:
            self.desk.rest(self.code, side, price, size // 3 + 1)
