"""The price of a call auction (단일가). Pure: orders in, one price and quantity out. Source: markets.md 6.3.

The exchange's own rule is followed, without the common extra line that prefers the smallest imbalance: the most shares
trade; nobody who asked for a better price than the one found is left out; among such prices the one nearest to the
previous price.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from msgspec import Struct


class Interest(Struct, frozen=True):
    """The shares wanted at one limit price (units); ``price`` None is a market order.

    To rank a market order with limit orders at the daily limit, as KRX does, give it that limit as its price: then a
    surplus of market orders carries the auction to the limit instead of leaving it near the previous price.
    """

    price: int | None
    quantity: int


class AuctionResult(Struct, frozen=True):
    price: int
    quantity: int


def call_auction(buys: Iterable[Interest], sells: Iterable[Interest], previous: int) -> AuctionResult | None:
    """The auction's price and the shares that trade at it; None when nothing crosses.

    ``previous`` is the price before: the base price before the first trade of the day, then the last trade. It is a
    candidate itself (so it must be a valid price), as is every limit price. Which orders trade is a matter of priority
    (markets.md 6.1).
    """
    curve = _curve(tuple(buys), tuple(sells), previous)
    most = max(point.matched for point in curve)
    if most == 0:
        return None
    best = [point for point in curve if point.matched == most]
    # When market orders alone exceed the other side, no price serves them all: then every best price is as good.
    fair = [point for point in best if point.bought_above <= most and point.sold_below <= most] or best
    # Between two such prices lie only such prices, and the previous price is a candidate: if it lies among them it
    # wins, and otherwise one end is strictly nearer.
    return AuctionResult(min((point.price for point in fair), key=lambda price: abs(price - previous)), most)


class _Point(Struct, frozen=True):
    """One candidate price: shares bought at it or dearer, sold at it or cheaper, and those strictly beyond it."""

    price: int
    bought: int
    sold: int
    bought_above: int
    sold_below: int

    @property
    def matched(self) -> int:
        return min(self.bought, self.sold)


def _curve(buys: tuple[Interest, ...], sells: tuple[Interest, ...], previous: int) -> list[_Point]:
    """Every candidate price, rising. Market orders stand beyond the last candidate of their side."""
    prices = sorted({order.price for order in (*buys, *sells) if order.price is not None} | {previous})
    at = {price: place for place, price in enumerate(prices, start=1)}
    bought, sold = [0] * (len(prices) + 2), [0] * (len(prices) + 2)
    for order in buys:
        bought[-1 if order.price is None else at[order.price]] += order.quantity
    for order in sells:
        sold[0 if order.price is None else at[order.price]] += order.quantity
    demand = [*accumulate(reversed(bought))][::-1]
    supply = [*accumulate(sold)]
    return [
        _Point(price, demand[place], supply[place], demand[place + 1], supply[place - 1]) for price, place in at.items()
    ]
