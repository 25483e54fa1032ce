"""The price of a call auction (단일가). Pure: orders in, one price and quantity out. Source: markets.md 6.3.

The exchange's own rule is followed, without the common extra line that prefers the smallest imbalance: the most shares
trade; among such prices the one nearest to the previous price.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Interest:
    """The shares wanted at one limit price (units); ``price`` None is a market order."""

    price: int | None
    quantity: int


@dataclass(frozen=True, slots=True)
class AuctionResult:
    price: int
    quantity: int


def call_auction(buys: Iterable[Interest], sells: Iterable[Interest], previous: int) -> AuctionResult | None:
    """The auction's price and the shares that trade at it; None when nothing crosses.

    ``previous`` is the price before: the base price before the first trade of the day, then the last trade. It is a
    candidate itself (so it must be a valid price), as is every limit price. Which orders trade is a matter of priority
    (markets.md 6.1).
    """
    curve = _curve(tuple(buys), tuple(sells), previous)
    most = max(min(bought, sold) for _, bought, sold in curve)
    if most == 0:
        return None
    tied = [point for point in curve if min(point[1], point[2]) == most]
    # What matches rises and then falls with the price, so between two best prices lie only best ones. The previous
    # price is a candidate: if it lies among them it wins, and otherwise one end is strictly nearer.
    return AuctionResult(min((point[0] for point in tied), key=lambda price: abs(price - previous)), most)


def _curve(buys: tuple[Interest, ...], sells: tuple[Interest, ...], previous: int) -> list[tuple[int, int, int]]:
    """(price, shares bought at it or dearer, shares sold at it or cheaper) for every candidate, rising."""
    prices = sorted({order.price for order in (*buys, *sells) if order.price is not None} | {previous})
    at = {price: place for place, price in enumerate(prices)}
    bought, sold = [0] * len(prices), [0] * len(prices)
    for order in buys:
        bought[len(prices) - 1 if order.price is None else at[order.price]] += order.quantity
    for order in sells:
        sold[0 if order.price is None else at[order.price]] += order.quantity
    demand = [*accumulate(reversed(bought))][::-1]
    supply = [*accumulate(sold)]
    return list(zip(prices, demand, supply, strict=True))
