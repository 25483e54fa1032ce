"""One step: everything that one call changes about accounts, written to the ledger as one and told in true order."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from hoga.domain.market_data import Trade
from hoga.practice.api import ExchangeEvent, FillEntry, NewsKind, OrderNews
from hoga.practice.engine.orders import Order


class Step(Struct):
    """``events`` may be told only after ``orders`` and ``fills`` are on disk."""

    orders: dict[int, Order] = field(default_factory=dict)
    fills: list[tuple[FillEntry, date]] = field(default_factory=list)
    events: list[ExchangeEvent] = field(default_factory=list)

    def traded(self, trade: Trade) -> None:
        self.events.append(trade)

    def touch(self, order: Order) -> None:
        """Write ``order`` as it will be at the end of the step, without telling anybody."""
        self.orders[order.number] = order

    def tell(self, kind: NewsKind, order: Order, fill: FillEntry | None = None) -> None:
        """Tell of ``order`` as it is right now, and write it as it will be at the end of the step."""
        self.orders[order.number] = order
        self.events.append(OrderNews(kind, order.entry(), fill))
