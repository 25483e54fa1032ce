"""Which unfilled children are due to be moved to the current price. Source: features.md F5, markets.md 8.2."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoga.domain.broker_orders import RequestKind
from hoga.domain.orders import Order, OrderState
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderType
from hoga.plans.settings import ExecutionSettings


def stands_since(order: Order) -> datetime:
    """Since when it stands at its price."""
    moves = (RequestKind.NEW, RequestKind.REPRICE)
    answered = [r.answered_at for r in order.requests if r.kind in moves and r.state is RequestState.ACCEPTED]
    return max((at for at in answered if at is not None), default=order.made_at)


def reprices(order: Order) -> int:
    """How often it was moved, or may have been."""
    dead = (RequestState.REFUSED, RequestState.ABSENT, RequestState.WITHDRAWN)
    return sum(r.kind is RequestKind.REPRICE and r.state not in dead for r in order.requests)


def overdue(order: Order, settings: ExecutionSettings, now: datetime) -> bool:
    """Whether an order is to be moved: a limit order that works, about which nothing is being asked, that has stood
    long enough and was not moved too often."""
    return (
        order.state in (OrderState.WORKING, OrderState.PARTIALLY_FILLED)
        and order.type is OrderType.LIMIT
        and len(order.heads) == 1
        and not order.asked
        and not order.cancel_wanted
        and now - stands_since(order) >= timedelta(seconds=settings.reprice_after_s)
        and reprices(order) < settings.most_reprices
    )
