"""How hard buyers pressed against sellers: the strength of execution (체결강도) of the trades that were seen.

Strength is shares bought by aggressors over shares sold by aggressors, in percent; 100 is even. It counts from a stated
moment, because nobody tells the sums of the time before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from hoga.domain.market_data import Aggressor, Trade


@dataclass(frozen=True, slots=True)
class Flow:
    """Shares by who crossed the spread, since ``since`` (the first trade's time). ``other`` names no aggressor."""

    bought: int = 0
    sold: int = 0
    other: int = 0
    since: datetime | None = None

    def plus(self, trades: Iterable[Trade]) -> Flow:
        bought, sold, other, since = self.bought, self.sold, self.other, self.since
        for trade in trades:
            since = since or trade.at
            if trade.aggressor is Aggressor.BUYER:
                bought += trade.quantity
            elif trade.aggressor is Aggressor.SELLER:
                sold += trade.quantity
            else:
                other += trade.quantity
        return replace(self, bought=bought, sold=sold, other=other, since=since)

    @property
    def strength(self) -> Decimal | None:
        """Percent with two decimals; None while nobody sold at the bid."""
        if not self.sold:
            return None
        return (Decimal(self.bought) * 100 / Decimal(self.sold)).quantize(Decimal("0.01"), ROUND_HALF_UP)
