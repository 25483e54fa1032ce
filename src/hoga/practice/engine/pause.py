"""An instrument that does not trade for a while: halted, or in the two-minute auction of a volatility interruption.

While the auction gathers, orders that would cross wait aside with what rests in the book; when it ends, one price is
found for all of them and continuous trading goes on (markets.md 2.5, 5.1, 6.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field

from hoga.domain.auction import AuctionResult, Interest, call_auction
from hoga.domain.tickets import Side
from hoga.practice.api import PauseKind
from hoga.practice.engine.half import HOUSE
from hoga.practice.engine.matching import OrderBook
from hoga.practice.engine.orders import Order


class Pause(Struct):
    """``gathered``: orders of an interruption that wait beside the book because they would cross in it."""

    kind: PauseKind
    ends: datetime
    gathered: dict[int, Order] = field(default_factory=dict)


class Waiting(NamedTuple):
    """Somebody in the auction. ``level`` is where it rests in the book, None for one that waits aside."""

    price: int
    owner: int
    quantity: int
    level: int | None


class Match(NamedTuple):
    """One trade of the auction."""

    buyer: Waiting
    seller: Waiting
    quantity: int


def queue(book: OrderBook, side: Side, gathered: dict[int, Order]) -> list[Waiting]:
    """Everybody on one side, first in line first: by price, then who rested, then who came since."""
    resting = [
        Waiting(level.price, entry.owner, entry.left, level.price)
        for level in book.half(side).best_first()
        for entry in level.queue
    ]
    edge = book.upper if side is Side.BUY else book.lower
    aside = [
        Waiting(edge if order.limit is None else order.limit, order.number, order.remaining, None)
        for order in gathered.values()
        if order.side is side
    ]
    return sorted(resting + aside, key=lambda one: -side.sign * one.price)


def found(book: OrderBook, gathered: dict[int, Order]) -> AuctionResult | None:
    """The price and quantity at which the auction would end now; None while nothing crosses."""
    if not gathered:
        return None
    interests = {side: [Interest(one.price, one.quantity) for one in queue(book, side, gathered)] for side in Side}
    return call_auction(interests[Side.BUY], interests[Side.SELL], book.last)


def matches(book: OrderBook, gathered: dict[int, Order], result: AuctionResult) -> Iterator[Match]:
    """Who trades with whom, each side in its order, until the auction's quantity is used up. Changes nothing."""
    lines = {side: iter(queue(book, side, gathered)) for side in Side}
    buyer, seller = next(lines[Side.BUY]), next(lines[Side.SELL])
    bought = sold = 0
    left = result.quantity
    while left:
        part = min(buyer.quantity - bought, seller.quantity - sold, left)
        yield Match(buyer, seller, part)
        left, bought, sold = left - part, bought + part, sold + part
        if left and bought == buyer.quantity:
            buyer, bought = next(lines[Side.BUY]), 0
        if left and sold == seller.quantity:
            seller, sold = next(lines[Side.SELL]), 0


def take_out(book: OrderBook, side: Side, who: Waiting, quantity: int) -> None:
    """Take what traded off a waiting entry of the book."""
    if who.level is None:
        return
    if who.owner == HOUSE:
        book.withdraw_house(side, who.level, quantity)
    else:
        book.reduce_order(side, who.level, who.owner, quantity)
