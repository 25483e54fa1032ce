"""What an order would do to the book as it is shown now: how much trades at once, at which prices, and what waits."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.market_data import Book
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Money, Price


class Walk(Struct, frozen=True):
    """``taken`` shares trade at once for ``amount``, the last of them at ``worst``; ``rest`` does not. ``beyond``: the
    rest is more than the levels shown hold, and for a market order nobody can say at which price it trades."""

    taken: int
    amount: Money
    worst: Price | None
    rest: int
    beyond: bool

    @property
    def average(self) -> Price | None:
        """Per share, rounded down to the unit; shown, never ordered at."""
        return Price(self.amount.units // self.taken, self.amount.currency) if self.taken else None


def walk(book: Book, side: Side, type: OrderType, limit: Price | None, quantity: int) -> Walk:
    """Walk the other side of the book from its best price as far as the order may."""
    levels = book.asks if side is Side.BUY else book.bids
    if type is OrderType.PRIORITY:
        levels = ()
    elif type is OrderType.BEST:
        levels = levels[:1]
    left, units, worst = quantity, 0, None
    for level in levels:
        if left == 0 or _refuses(level.price_units, side, type, limit):
            break
        taken = min(left, level.quantity)
        left, units, worst = left - taken, units + taken * level.price_units, level.price_units
    return Walk(
        quantity - left,
        Money(units, book.currency),
        None if worst is None else Price(worst, book.currency),
        left,
        beyond=type is OrderType.MARKET and left > 0,
    )


def _refuses(price: int, side: Side, type: OrderType, limit: Price | None) -> bool:
    if not type.carries_price or limit is None:
        return False
    return price > limit.units if side is Side.BUY else price < limit.units
