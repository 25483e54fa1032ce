"""One open order as the table shows it: the order, what is being asked about it, its age, its life, the last price."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.instruments import Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.orders import Order, OrderState
from hoga.domain.sessions import Schedule, Window
from hoga.domain.tickets import OrderId, RequestId, Side
from hoga.domain.values import Money, Price
from hoga.trading.facade import Desk
from hoga.ui.pending.life import Life, life_of


class PendingRow(Struct, frozen=True):
    """``waits``: why it has not left yet, with its place. ``offered``: it was queued when the desk last ended, this is
    its request. ``asked``: the person is asked which of the broker's orders it is."""

    order: Order
    age: int
    """Whole seconds since it was made."""
    life: Life
    last: Maybe[Price]
    waits: tuple[int, Message] | None = None
    offered: RequestId | None = None
    asked: bool = False

    @property
    def over(self) -> bool:
        return self.order.state.over

    @property
    def left_amount(self) -> Money | None:
        """What is left of it at its own price; for a type without a price at the last one."""
        price = self.order.current_limit
        if price is None and isinstance(self.last, Known):
            price = self.last.value
        return None if price is None else price * self.order.leaves

    @property
    def away(self) -> int | None:
        """How far the market must still come, in units: below zero it could trade already."""
        limit = self.order.current_limit
        if limit is None or isinstance(self.last, Unknown):
            return None
        gap = self.last.value.units - limit.units
        return gap if self.order.side is Side.BUY else -gap


def pending_rows(desk: Desk, keep: Collection[OrderId] = ()) -> tuple[PendingRow, ...]:
    """Every open order, newest first, and those of ``keep`` that have ended meanwhile."""
    now, schedule = desk.clock.now(), _Remembered(desk.schedule)
    waiting = {one.order.id: (one.place, one.why) for one in desk.waiting()}
    offers = {one.order.id: one.request.id for one in desk.offers()}
    asked = {one.order.id for one in desk.questions()}
    kept = set(keep)
    found = []
    for order in desk.orders():
        if is_open(order) or order.id in kept:
            found.append(
                PendingRow(
                    order, age_of(order, now), life_of(order, schedule, now), desk.board.last(order.instrument),
                    waiting.get(order.id), offers.get(order.id), order.id in asked,
                )
            )  # fmt: skip
    found.reverse()
    return tuple(found)


class _Remembered:
    """A schedule that works out each day once: a thousand orders ask for the same one."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self.open_windows = schedule.open_windows
        self.status = schedule.status
        self.rules_day = schedule.rules_day
        self._days: dict[tuple[Venue, date], tuple[Window, ...]] = {}

    def windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        if (venue, day) not in self._days:
            self._days[venue, day] = self._schedule.windows(venue, day)
        return self._days[venue, day]


def is_open(order: Order) -> bool:
    """It belongs into the list: something of it may still trade, or something asked about it is still open."""
    return not order.state.over or any(request.state.in_the_air for request in order.requests)


def can_change(order: Order) -> bool:
    """A price or quantity of it can be changed now: it is at the broker under a number."""
    return order.state in (OrderState.WORKING, OrderState.PARTIALLY_FILLED) and bool(order.heads)


def age_of(order: Order, now: datetime) -> int:
    return max(int((now - order.made_at).total_seconds()), 0)
