"""At which price a child order is expected to trade, and how much worse it may ever become.

All in whole won, on the grid of the instrument, inside the day's limits. Market buys have no worst price but the upper
limit, which is also what the broker holds back for them (markets.md 4.6).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.tickets import Side
from hoga.domain.ticks import NoValidPrice, TickTable, tick_table_of
from hoga.plans.inputs import Asset, Inputs, SidePlan, Style


class Prices(msgspec.Struct, frozen=True, gc=False):
    """``expected`` is what the plan reckons with, ``worst`` what its ceilings do: higher for buys, lower for sells."""

    expected: int
    worst: int


def prices_of(inputs: Inputs, asset: Asset, side: Side) -> Prices:
    """Raises RuleUnknown for a kind of instrument without a tick table. The last price must be positive."""
    how = side_plan(inputs, side)
    table = tick_table(asset, inputs.session.rules_on)
    reference = _reference(asset, side, how.style)
    ticks = 0 if how.style is Style.MARKET else how.ticks
    expected = _inside(asset, table, _stepped(table, reference, side, ticks))
    if how.style is Style.MARKET and side is Side.BUY and asset.upper_limit is not None:
        return Prices(expected, max(asset.upper_limit, expected))
    if not how.collar:
        return Prices(expected, expected)
    return Prices(expected, _inside(asset, table, _stepped(table, expected, side, how.collar)))


def side_plan(inputs: Inputs, side: Side) -> SidePlan:
    return inputs.timing.buy if side is Side.BUY else inputs.timing.sell


def tick_table(asset: Asset, on: date) -> TickTable:
    """Raises RuleUnknown."""
    return _table(asset.market, asset.product, on)


@lru_cache(maxsize=64)
def _table(market: Market, product: ProductType, on: date) -> TickTable:
    return tick_table_of(Instrument(InstrumentId("any"), market, product, ""), on)


def spread_of(asset: Asset) -> int | None:
    """Best ask less best bid, in won: crossing it costs half of that a share. None without a two-sided book."""
    if asset.bid is None or asset.ask is None:
        return None
    return max(asset.ask - asset.bid, 0)


def _reference(asset: Asset, side: Side, style: Style) -> int:
    opposite = asset.ask if side is Side.BUY else asset.bid
    return asset.price if style is Style.CURRENT or opposite is None else opposite


def _stepped(table: TickTable, price: int, side: Side, eager: int) -> int:
    """``eager`` ticks against us from ``price``; a price off the grid is first moved the patient way."""
    start = _floor(table, price) if side is Side.BUY else table.ceil(price)
    if not eager:
        return start
    try:
        return table.step(start, eager * side.sign)
    except NoValidPrice:
        return table.ticks[0]


def _floor(table: TickTable, price: int) -> int:
    try:
        return table.floor(price)
    except NoValidPrice:
        return table.ticks[0]


def _inside(asset: Asset, table: TickTable, price: int) -> int:
    if asset.upper_limit is not None:
        price = min(price, _floor(table, asset.upper_limit))
    return price if asset.lower_limit is None else max(price, table.ceil(asset.lower_limit))
