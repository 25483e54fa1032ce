"""An account's holdings beside their market: what both brokers' balances are made of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hoga.practice.api import Exchange, HoldingEntry, MarketState


class Held(Struct, frozen=True):
    """One holding beside its market. ``value`` and ``profit`` in won, fees not counted."""

    entry: HoldingEntry
    state: MarketState

    @property
    def value(self) -> int:
        return self.entry.quantity * self.state.price

    @property
    def profit(self) -> int:
        return self.value - self.entry.cost


def held_by(exchange: Exchange, account: str) -> Sequence[Held]:
    """In the order of first purchase."""
    held = []
    for entry in exchange.holdings(account):
        state = exchange.state(entry.code)
        if state is not None:
            held.append(Held(entry, state))
    return held
