"""What a name is worth at the moment, in ticks: a mean-reverting walk with jumps that shares the market's moves and
gives way a little to what users buy and sell."""

from __future__ import annotations

from math import copysign, exp, sqrt
from random import Random

from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.history import Terms
from hoga.practice.market.ladder import Ladder
from hoga.practice.market.profile import DAY_MINUTES, SESSION_SECONDS, variance

_HOME_SESSIONS = 1.5
"""Sessions' worth of activity after which all but 1/e of a move away from home is gone."""
_JUMPS_PER_SESSION = 1.2
_PRESSURE_SECONDS = 1800.0
_IMPACT = 0.7
"""A user's trades of one day's volume move the price by this many times a day's usual move (square-root law)."""


class FairValue:
    """``value`` is an index on the day's ladder with a fraction: 10.5 lies half-way between two prices."""

    __slots__ = (
        "_chance", "_factor", "_factor_sum", "_home", "_ladder", "_pressure", "_rates", "_second", "_terms",
        "_walk", "value",
    )  # fmt: skip

    def __init__(self, chance: Random, terms: Terms, factor: MarketFactor) -> None:
        self._chance = chance
        self._terms = terms
        self._factor = factor
        self._ladder = Ladder((terms.anchor,))
        self._second, self._factor_sum = 0, 0.0
        self._rates = variance()
        self._walk = self._home = self._pressure = self.value = 0.0

    def begin(self, ladder: Ladder, price: int, second: int) -> None:
        """Start from a price on a new ladder: the price is the best bid or the best ask of what follows."""
        self._ladder = ladder
        self._walk = self._home = ladder.nearest(price) + self._chance.random() - 0.5
        self._pressure = 0.0
        self.skip_to(second)
        self.value = self._kept(self._walk)

    def skip_to(self, second: int) -> None:
        """Let time pass without any move."""
        self._second = second
        self._factor_sum = self._factor.at(second)

    def ticks_of_day(self) -> float:
        """A day's usual move in ticks at the present price."""
        prices, at = self._ladder.prices, min(int(self.value), self._ladder.top - 1)
        return self._terms.volatility * prices[at] / (prices[at + 1] - prices[at])

    def drift(self, days: float) -> None:
        """Move at once, for good, by a number of usual days' own moves."""
        prices, at = self._ladder.prices, min(int(self.value), self._ladder.top - 1)
        self.nudge(days * self._terms.own_volatility * prices[at] / (prices[at + 1] - prices[at]))

    def move(self, second: int, user_flow: int) -> float:
        """Go on to a second; within one, nothing moves but by users.

        ``user_flow`` is what users bought less what they sold since the last call, in shares.
        """
        seconds = second - self._second
        if not seconds and not user_flow:
            return self.value
        prices, at = self._ladder.prices, min(int(self.value), self._ladder.top - 1)
        ticks_of_price = prices[at] / (prices[at + 1] - prices[at])
        worth = seconds * self._rates[second // 60 % DAY_MINUTES] / SESSION_SECONDS
        market = self._factor.at(second)
        shared = self._terms.beta * (market - self._factor_sum) * ticks_of_price
        self._second, self._factor_sum = second, market
        day = self._terms.own_volatility * ticks_of_price
        self._home += shared
        self._walk += shared + day * sqrt(worth) * self._chance.gauss(0, 1)
        self._walk += (self._home - self._walk) * min(worth / _HOME_SESSIONS, 1.0)
        if self._chance.random() < _JUMPS_PER_SESSION * worth:
            self.nudge(day * self._chance.uniform(-0.7, 0.7))
        if self._pressure or user_flow:
            self._pressure = self._pressure * exp(-seconds / _PRESSURE_SECONDS) + user_flow
        given = day * _IMPACT * sqrt(abs(self._pressure) / self._terms.average_volume)
        self.value = self._kept(self._walk + copysign(given, self._pressure))
        return self.value

    def nudge(self, ticks: float) -> None:
        """Move at once by a number of ticks, for good."""
        self._walk += ticks
        self._home += ticks

    def _kept(self, value: float) -> float:
        """Inside the day's limits, with room for a bid below and an ask above."""
        top = self._ladder.top
        if self._walk < 0 or self._walk > top:
            self._walk = min(max(self._walk, 0.0), float(top))
        return min(max(value, 0.5), top - 0.5)
