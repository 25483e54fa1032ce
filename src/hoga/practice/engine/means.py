"""Whether an account can pay for or deliver an order: its cash and shares against what the order holds back."""

from __future__ import annotations

from hoga.domain.reservation import unit_price
from hoga.domain.tickets import Side
from hoga.domain.values import Price
from hoga.practice.api import Rejected, RejectReason
from hoga.practice.engine.accounts import AccountBook
from hoga.practice.engine.checks import Terms
from hoga.practice.engine.orders import Order
from hoga.practice.engine.pit import Pit


def held_price(pit: Pit, side: Side, found: Terms) -> int:
    """What one share of a buy holds back before fees (markets.md 4.6); 0 for a sell, which holds back shares."""
    if side is Side.SELL:
        return 0
    limit = None if found.limit is None else Price(found.limit)
    return unit_price(found.type, limit, Price(pit.book.upper)).units


def short(book: AccountBook, pit: Pit, side: Side, found: Terms, quantity: int) -> Rejected | None:
    """Why the account cannot pay for or deliver a new order; None when it can."""
    if side is Side.BUY:
        needed = book.needed(quantity, held_price(pit, side, found))
        return Rejected(RejectReason.CASH_SHORT, needed, book.orderable) if needed > book.orderable else None
    if not book.held(pit.code):
        return Rejected(RejectReason.NOTHING_HELD, quantity, 0)
    sellable = book.sellable(pit.code)
    return Rejected(RejectReason.SHARES_SHORT, quantity, sellable) if quantity > sellable else None


def short_for_move(book: AccountBook, pit: Pit, old: Order, moved: int, found: Terms) -> Rejected | None:
    """Why the account cannot let ``moved`` shares of ``old`` go on new terms: release and reservation are one act.

    A sell holds back the same shares before and after, so only a buy can fall short.
    """
    if old.side is Side.SELL:
        return None
    kept = old.remaining - moved
    freed = book.needed(old.remaining, old.unit_price) - book.needed(kept, old.unit_price)
    needed = book.needed(moved, held_price(pit, old.side, found))
    free = book.orderable + freed
    return Rejected(RejectReason.CASH_SHORT, needed, free) if needed > free else None
