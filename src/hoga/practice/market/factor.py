"""The move that all names share: one seeded walk, stepped every five market seconds whoever looks at it."""

from __future__ import annotations

from hoga.practice.market.chance import stream
from hoga.practice.market.history import MARKET_VOLATILITY
from hoga.practice.market.profile import DAY_MINUTES, SESSION_SECONDS, variance

STEP_SECONDS = 5


class MarketFactor:
    """The sum of the market's moves (as fractions) since the start. Must be asked in the order of time."""

    def __init__(self, seed: int, start_second: int) -> None:
        """``start_second`` counts from a midnight."""
        self._chance = stream(seed, "market", "live", start_second)
        self._step = start_second // STEP_SECONDS
        self._sum = 0.0
        self._roughness = [MARKET_VOLATILITY * (rate * STEP_SECONDS / SESSION_SECONDS) ** 0.5 for rate in variance()]

    def at(self, second: int) -> float:
        """The sum at a second, counted from the same midnight."""
        step = second // STEP_SECONDS
        while self._step < step:
            self._step += 1
            minute = self._step * STEP_SECONDS // 60 % DAY_MINUTES
            size = self._roughness[minute]
            if self._chance.random() < 0.0003:
                size *= 12
            self._sum += size * self._chance.gauss(0, 1)
        return self._sum

    def skip_to(self, second: int) -> None:
        """Go on from a later second as if no time had passed."""
        self._step = max(self._step, second // STEP_SECONDS)
