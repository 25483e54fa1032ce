"""The day's state right after each trade.

The exchange tells the trades of one step when the step is done, so its own state is already that after the last of
them. What the later trades of the step added is taken off again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from hoga.domain.market_data import Aggressor, Trade
from hoga.practice.api import MarketState


def unwound(heard: Sequence[tuple[Trade, MarketState]], before: MarketState | None) -> list[MarketState]:
    """For each trade, with the state at the moment it was told, the state right after it.

    ``before`` is the state after the trade told last before these, if one was: it knows since when a high or low had
    stood that a later trade of the same step has beaten.
    """
    states: list[MarketState] = []
    for place, (trade, state) in enumerate(heard):
        later = [each for each, _ in heard[place + 1 :] if each.day_volume <= state.volume]
        states.append(_without(state, trade, later, states[-1] if states else before))
    return states


def _without(state: MarketState, trade: Trade, later: Sequence[Trade], before: MarketState | None) -> MarketState:
    if not later:
        return state
    bought = [each.quantity for each in later if each.aggressor is Aggressor.BUYER]
    sold = [each.quantity for each in later if each.aggressor is Aggressor.SELLER]
    known = before if before is not None and before.at.date() == state.at.date() else None
    old_high = (known.high, known.high_at) if known else (0, None)
    old_low = (known.low, known.low_at) if known else (0, None)
    return replace(
        state,
        last=trade.price_units,
        high=trade.high_units,
        low=trade.low_units,
        high_at=_since(trade.high_units, trade.at, (state.high, state.high_at), old_high),
        low_at=_since(trade.low_units, trade.at, (state.low, state.low_at), old_low),
        volume=trade.day_volume,
        amount=trade.day_amount_units,
        buy_volume=state.buy_volume - sum(bought),
        sell_volume=state.sell_volume - sum(sold),
        buy_count=state.buy_count - len(bought),
        sell_count=state.sell_count - len(sold),
    )


def _since(
    mark: int, at: datetime, now: tuple[int, datetime | None], before: tuple[int, datetime | None]
) -> datetime | None:
    """Since when ``mark`` stood: as known now, or from before the step; else it was set in the step."""
    for price, since in (before, now):
        if price == mark:
            return since
    return at
