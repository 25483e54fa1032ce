"""What each instrument's orders filled on and after a date, kept up order by order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order
from hoga.domain.positions import NO_FLOW, Flow
from hoga.domain.tickets import OrderId
from hoga.trading.records import OrderRecords


class FlowsSince:
    """Every order of the account, foreign ones included. ``since`` is None, and nothing counts, before ``begin``."""

    def __init__(self, records: OrderRecords) -> None:
        self._records = records
        self.since: date | None = None
        self._seen = 0
        self._parts: dict[OrderId, Flow] = {}
        self._sums: dict[InstrumentId, Flow] = {}

    def begin(self, since: date) -> None:
        """Count from this date on, from now on."""
        if since != self.since:
            self.since, self._seen = since, 0
            self._parts.clear()
            self._sums.clear()

    def now(self) -> Mapping[InstrumentId, Flow]:
        changed, self._seen = self._records.changed_since(self._seen), self._records.version
        for id in changed:
            if (order := self._records.order(id)) is not None:
                self._replace(order)
        return self._sums

    def _replace(self, order: Order) -> None:
        flow, old = self._flow(order), self._parts.get(order.id, NO_FLOW)
        self._parts[order.id] = flow
        if flow != old:
            self._sums[order.instrument] = self._sums.get(order.instrument, NO_FLOW) + flow - old

    def _flow(self, order: Order) -> Flow:
        flow = NO_FLOW
        for life in order.numbers:
            if life.carries and life.filled and self.since is not None and life.number.trading_date >= self.since:
                flow = flow.plus(order.side, life.filled, life.filled_amount)
        return flow
