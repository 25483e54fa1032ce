"""A lively name: ten levels on both sides, and trades through them whenever its worth has moved."""

from __future__ import annotations

from hoga.domain.tickets import Side
from hoga.practice.api import HouseDesk, Listing
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.fair import FairValue
from hoga.practice.market.trader import EVERYTHING, Days, Trader

LEVELS = 11
"""One more than feeds show, so that losing one never leaves a hole to be seen."""

_UNKNOWN = -1
"""Instead of the index of a side's best price: there may be holes behind it."""
_FRONT_PAGE_TURNOVER = 300_000_000_000
"""Won a day from which a name is one that everybody looks at first: at midday it trades about once a second."""
_FRONT_PAGE_EVENTS = 36_000.0

_EDGE = 0.35
"""Ticks by which a waiting price must be wrong before it is taken and withdrawn: keeps quotes from flickering."""
_SHAPE = (0.55, 0.8, 0.95, 1.05, 1.15, 1.2, 1.2, 1.15, 1.1, 1.05, 1.0)
"""How much waits at each level, in usual levels: the best one is worn down by trades."""
_SIZE = 1.05
"""Mean shares of an order, in the usual volume by expected trades: makes a session's volume come out about as usual."""
_BURSTS_PER_SESSION = 10.0
_BURST_SPEED = 15.0


class LiquidTrader(Trader):
    def __init__(self, desk: HouseDesk, listing: Listing, days: Days, seed: int, factor: MarketFactor) -> None:
        super().__init__(desk, listing, days, seed, factor)
        turnover = listing.average_volume * listing.anchor
        self.events_per_session = max(1150.0 * (turnover / 1e10) ** 0.38, 1150.0)
        self._trade_chance = 0.6
        if turnover >= _FRONT_PAGE_TURNOVER:
            self.events_per_session, self._trade_chance = _FRONT_PAGE_EVENTS, 0.85
        self.fair = FairValue(self.chance, self.terms, factor)
        self._mean_size = self._depth = 1.0
        self._bought = self._sold = 0
        self._whole = {Side.BUY: _UNKNOWN, Side.SELL: _UNKNOWN}
        self._burst = 0
        self._burst_chance = _BURSTS_PER_SESSION / self.events_per_session
        self._side = Side.BUY

    def begin(self, second: int) -> None:
        super().begin(second)
        day = self.days.day(self.code)
        self.fair.begin(self.ladder, day.price, second)
        self._bought, self._sold = day.buy_volume, day.sell_volume
        # Where a day's move is many ticks, each order and each level carries less.
        ticks, volume = self.fair.ticks_of_day(), self.listing.average_volume
        trades = self.events_per_session * self._trade_chance
        self._mean_size = _SIZE / (1 + ticks / 400) * volume / trades
        self._depth = max(volume * min(max(0.05 / ticks, 0.0006), 0.006), 5 * self._mean_size)

    def lay(self) -> None:
        self._whole = {Side.BUY: _UNKNOWN, Side.SELL: _UNKNOWN}
        floor = int(self.fair.value)
        bid, ask = self.best_index(Side.BUY), self.best_index(Side.SELL)
        bid = self._fill(Side.BUY, bid, ask, floor, always=True)
        self._fill(Side.SELL, ask, bid, floor, always=True)

    def wait(self, second: int) -> float:
        usual = super().wait(second)
        return usual / _BURST_SPEED if self._burst else usual

    def act(self, second: int) -> None:
        value = self.fair.move(second, self._user_flow())
        bid, ask = self.best_index(Side.BUY), self.best_index(Side.SELL)
        self._maybe_burst()
        if ask is not None and value > ask + _EDGE:
            self._push(Side.BUY, ask, int(value - _EDGE), second)
            ask = self.best_index(Side.SELL)
        elif bid is not None and value < bid - _EDGE:
            self._push(Side.SELL, bid, int(value + _EDGE) + 1, second)
            bid = self.best_index(Side.BUY)
        elif self._burst or self.chance.random() < self._trade_chance:
            side = self._noise(value, bid, ask, second)
            if side is Side.BUY:
                ask = self.best_index(Side.SELL)
            else:
                bid = self.best_index(Side.BUY)
        self._refresh(value, bid, ask)

    def _refresh(self, value: float, bid: int | None, ask: int | None) -> None:
        """Make the book whole again after what happened to it."""
        bid = self._fill(Side.BUY, bid, ask, int(value), always=False)
        self._fill(Side.SELL, ask, bid, int(value), always=False)
        if self.chance.random() < 0.25:
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
        elif self.chance.random() < self._burst_chance:
            self._burst = self.chance.randint(8, 30)
            self._side = self.chance.choice((Side.BUY, Side.SELL))
            self.fair.drift(self._side.sign * self.chance.uniform(0.05, 0.2))

    def _push(self, side: Side, best: int, reach: int, second: int) -> None:
        """Trade through waiting prices that are wrong by now, from ``best`` to ``reach``; their house part fades."""
        ticks = abs(reach - best) + 1
        self._take(side, self.size(self._mean_size * (1.1 + 0.1 * min(ticks, 6)), second), reach, second)
        self._whole[side.opposite] = _UNKNOWN
        for at in range(best, reach + side.sign, side.sign):
            self.desk.withdraw(self.code, side.opposite, self.ladder.prices[at], EVERYTHING)

    def _noise(self, value: float, bid: int | None, ask: int | None, second: int) -> Side:
        """Somebody trades for reasons of his own; returns who was the aggressor."""
        if not self._burst and self.chance.random() > 0.35 and bid is not None and ask is not None:
            lean = 0.5 + 0.25 * (value - (bid + ask) / 2)
            self._side = Side.BUY if self.chance.random() < min(max(lean, 0.15), 0.85) else Side.SELL
        side = self._side
        best = ask if side is Side.BUY else bid
        if best is None:
            return side
        deeper = best + side.sign if self.chance.random() < 0.1 else best
        worst = min(max(deeper, 0), self.ladder.top)
        self._take(side, self.size(self._mean_size, second), worst, second)
        while self.chance.random() < 0.2:
            self._take(side, self.size(self._mean_size * 0.5, second), worst, second)
        return side

    def _take(self, side: Side, quantity: int, worst: int, second: int) -> None:
        taken = self.take(side, quantity, worst, second)
        if side is Side.BUY:
            self._bought += taken
        else:
            self._sold += taken

    def _fill(self, side: Side, best: int | None, other: int | None, floor: int, *, always: bool) -> int:
        """Move the best of a side to where the worth allows it, keep the levels behind it without holes; returns the
        index of the best."""
        away = -side.sign
        target = floor if side is Side.BUY else floor + 1
        if other is not None:
            target = min(target, other - 1) if side is Side.BUY else max(target, other + 1)
        start = target
        if best is not None:
            gap = (best - target) * away
            if gap <= 0 or not (always or gap > 2 or self.chance.random() < 0.75):
                start = best
            if start == best == self._whole[side]:
                return best
        prices, top = self.ladder.prices, self.ladder.top
        there = {price for price, _, _ in self.desk.depth(self.code, side, LEVELS)}
        for step in range(LEVELS):
            at = start + away * step
            if 0 <= at <= top and prices[at] not in there:
                self.desk.rest(self.code, side, prices[at], self._level_size(step))
        self._whole[side] = start
        return start

    def _level_size(self, step: int) -> int:
        return int(self._depth * _SHAPE[step] * self.chance.lognormvariate(0, 0.45)) + 1

    def _churn(self) -> None:
        """Somebody joins or leaves one of the levels, and never leaves it empty."""
        side = self.chance.choice((Side.BUY, Side.SELL))
        step = self.chance.randrange(LEVELS - 1)
        levels = self.desk.depth(self.code, side, step + 1)
        if len(levels) <= step:
            return
        price, total, house = levels[step]
        size = self._level_size(step)
        if total > 1.7 * size or self.chance.random() < 0.5:
            self.desk.withdraw(self.code, side, price, min(size // 3 + 1, max(house - 1, 0)))
        else:
            self.desk.rest(self.code, side, price, size // 3 + 1)
