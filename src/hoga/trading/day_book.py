"""The orders of the day and their fills as the window shows them, kept up order by order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId
from hoga.trading.records import OrderRecords
from hoga.trading.views import Fill


class DayBook:
    """Every order of today and every open one. ``trading_date`` gives the trading date of a moment."""

    def __init__(
        self, records: OrderRecords, now: Callable[[], datetime], trading_date: Callable[[datetime], date]
    ) -> None:
        self._records = records
        self._now = now
        self._trading_date = trading_date
        self._today: date | None = None
        self._seen = 0
        self._shown: dict[OrderId, Order] = {}
        self._lines: dict[OrderId, tuple[Fill, ...]] = {}
        self._orders: tuple[Order, ...] = ()
        self._fills: tuple[Fill, ...] = ()

    def orders(self) -> tuple[Order, ...]:
        """Oldest first, foreign ones included; the same tuple while nothing has changed."""
        self._catch_up()
        return self._orders

    def fills(self) -> tuple[Fill, ...]:
        """What was filled in ``orders``, oldest first; the same tuple while none of their orders has changed."""
        self._catch_up()
        return self._fills

    def _catch_up(self) -> None:
        today = self._trading_date(self._now())
        if today != self._today:
            self._today, self._seen = today, 0
            self._shown.clear()
            self._lines.clear()
        elif self._seen == self._records.version:
            return
        changed, self._seen = self._records.changed_since(self._seen), self._records.version
        filled = False
        for id in changed:
            order = self._records.order(id)
            if order is not None:
                filled |= self._replace(order)
        self._orders = tuple(self._shown.values())
        if filled or not self._lines:
            lines = [line for order_lines in self._lines.values() for line in order_lines]
            self._fills = tuple(sorted(lines, key=lambda fill: (fill.execution.at, fill.execution.number)))

    def _replace(self, order: Order) -> bool:
        """True when lines of it are, or were, among the fills."""
        before = self._lines.get(order.id, ())
        if not self._of_today(order):
            self._shown.pop(order.id, None)
            return bool(self._lines.pop(order.id, ()))
        self._shown[order.id] = order
        lines = tuple(Fill(order, execution) for execution in order.executions)
        self._lines[order.id] = lines
        return bool(lines or before)

    def _of_today(self, order: Order) -> bool:
        return (
            not order.settled
            or any(life.number.trading_date == self._today for life in order.numbers)
            or self._trading_date(order.made_at) == self._today
        )
