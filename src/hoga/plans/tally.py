"""What of a leg is filled and what may still be, reckoned from its orders, and what may be ordered on top of it.

The invariant: filled + working + waiting + in flight + unknown never passes the ceiling, in shares and, for buys, in
won. Whatever an order may still become counts in full, so nothing is ever ordered twice for want of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hoga.domain.costs import BILLION
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import PlanChild
from hoga.plans.plan import Leg


class Tally(Struct, frozen=True):
    """Shares by what they are, and won: ``amount`` is what filled, ``open_amount`` what is open at its dearest price.
    ``doubt``: an answer is missing that may change these figures."""

    filled: int = 0
    working: int = 0
    waiting: int = 0
    in_flight: int = 0
    unknown: int = 0
    amount: int = 0
    open_amount: int = 0
    doubt: bool = False

    @property
    def open(self) -> int:
        return self.working + self.waiting + self.in_flight + self.unknown

    @property
    def committed(self) -> int:
        return self.filled + self.open


def tally(orders: Iterable[Order], leg: Leg) -> Tally:
    """Of the orders that belong to one leg."""
    open_ = {OrderState.QUEUED: 0, OrderState.SENDING: 0, OrderState.UNKNOWN: 0, OrderState.WORKING: 0}
    filled = amount = open_amount = 0
    doubt = False
    for order in orders:
        leaves = order.leaves.count
        filled += order.filled.count
        amount += order.filled_amount.units
        limit = order.dearest_limit
        open_amount += leaves * (limit.units if limit is not None else leg.worst)
        state = order.state if order.state in open_ else OrderState.WORKING
        open_[state] += leaves
        doubt |= order.unknown or order.state in (OrderState.SENDING, OrderState.UNKNOWN)
    return Tally(
        filled,
        open_[OrderState.WORKING],
        open_[OrderState.QUEUED],
        open_[OrderState.SENDING],
        open_[OrderState.UNKNOWN],
        amount,
        open_amount,
        doubt,
    )


def spent(figures: Tally, fee_rate: int) -> int:
    """Won that fills and open orders of a buy take at most, commission rounded up once: compare ``ceiling_won``."""
    return -(-(figures.amount + figures.open_amount) * (BILLION + fee_rate) // BILLION)


def room(leg: Leg, figures: Tally, price: int, fee_rate: int) -> int:
    """Shares that may be ordered at ``price`` before a ceiling is reached."""
    shares = leg.ceiling_shares - figures.committed
    if leg.ceiling_won is not None and price > 0:
        won = leg.ceiling_won * BILLION // (BILLION + fee_rate) - figures.amount - figures.open_amount
        shares = min(shares, won // price)
    return max(shares, 0)


def reach(leg: Leg, net_bought_beside: int) -> int:
    """Shares that the leg has still to come to, now that the person bought (or, negative, sold) beside the plan: the
    holding is measured as it is, and the ceiling stays."""
    shares = leg.shares - leg.side.sign * net_bought_beside
    return min(max(shares, 0), leg.ceiling_shares)


def want(leg: Leg, due: int, net_bought_beside: int, figures: Tally) -> int:
    """What is to be ordered now: the cumulative target less everything that is filled or may still be."""
    return max(min(due, reach(leg, net_bought_beside)) - figures.committed, 0)


def is_child(order: Order, digest: str) -> bool:
    return isinstance(order.origin, PlanChild) and order.origin.digest == digest


def origin_of(order: Order) -> PlanChild | None:
    return order.origin if isinstance(order.origin, PlanChild) else None


def net_bought(orders: Iterable[Order], instrument: InstrumentId) -> int:
    """Shares bought less shares sold in an instrument by these orders."""
    return sum(order.side.sign * order.filled.count for order in orders if order.instrument == instrument)


def share_out(wishes: dict[int, tuple[int, int]], cash: int, fee_rate: int) -> dict[int, int]:
    """Shares for each leg that ``cash`` (won) pays for: ``wishes`` are (shares, price) by leg.

    All of them while they fit, else all cut in the same proportion, and single shares back by the largest remainder.
    """
    budget = max(cash, 0) * BILLION // (BILLION + fee_rate)
    needed = sum(shares * price for shares, price in wishes.values())
    if needed <= budget:
        return {leg: shares for leg, (shares, _) in wishes.items()}
    given = {leg: shares * budget // needed for leg, (shares, _) in wishes.items()}
    left = budget - sum(given[leg] * price for leg, (_, price) in wishes.items())
    for leg in sorted(wishes, key=lambda leg: (-(wishes[leg][0] * budget % needed), leg)):
        shares, price = wishes[leg]
        if given[leg] < shares and price <= left:
            given[leg] += 1
            left -= price
    return given
