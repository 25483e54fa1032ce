"""How hard buyers press against sellers: the strength of execution (체결강도).

Strength is the shares that buyers took over the shares that sellers hit, in percent; 100 is even. Where the feed tells
the sums of the trading date, they are used; else it counts from a stated moment, since nobody tells the time before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from hoga.domain.instruments import Country
from hoga.domain.market_data import Aggressor, Trade


class Flow(Struct, frozen=True):
    """Shares by who crossed the spread; those of auctions count for nobody. ``since`` is the first trade counted; with
    ``whole_day`` the sums are the exchange's own of the trading date."""

    bought: int = 0
    sold: int = 0
    since: datetime | None = None
    whole_day: bool = False

    def plus(self, trades: Iterable[Trade]) -> Flow:
        flow = self
        for trade in trades:
            flow = flow._and(trade)
        return flow

    def _and(self, trade: Trade) -> Flow:
        if trade.day_bought is not None and trade.day_sold is not None:
            return Flow(trade.day_bought, trade.day_sold, trade.at, True)
        same = self.since is not None and not self.whole_day and _same_session(self.since, trade)
        bought, sold, since = (self.bought, self.sold, self.since) if same else (0, 0, trade.at)
        if trade.aggressor is Aggressor.BUYER:
            bought += trade.quantity
        elif trade.aggressor is Aggressor.SELLER:
            sold += trade.quantity
        return Flow(bought, sold, since)

    @property
    def strength(self) -> Decimal | None:
        """Percent with two decimals; None while nobody sold."""
        if not self.sold:
            return None
        return (Decimal(self.bought) * 100 / Decimal(self.sold)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _same_session(since: datetime, trade: Trade) -> bool:
    """A Korean day ends at midnight; an American one runs through it."""
    return trade.instrument.country is not Country.KR or since.date() == trade.at.date()
