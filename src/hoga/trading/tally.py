"""What an account's orders add up to, kept up order by order: views ask after every change, and there may be thousands.

An order is immutable, so its share in each sum is worked out once per version of it and replaced when it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Execution, Order
from hoga.domain.positions import NO_FLOW, Flow
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Shares
from hoga.trading.records import OrderRecords

K = TypeVar("K")
V = TypeVar("V")


class _Part(Struct, frozen=True):
    """An order, and what filled of it today."""

    order: Order
    flow: Flow


class Tally:
    """``trading_date`` says today; when it changes, everything is added up anew."""

    def __init__(self, records: OrderRecords, trading_date: Callable[[], date]) -> None:
        self._records = records
        self._trading_date = trading_date
        self._today: date | None = None
        self._seen = 0
        self._parts: dict[OrderId, _Part] = {}
        self._flows: dict[InstrumentId, Flow] = {}
        self._traded: dict[InstrumentId, dict[OrderId, None]] = {}
        self._buys: dict[OrderId, Order] = {}
        self._sells: dict[InstrumentId, dict[OrderId, Shares]] = {}
        self._versions: dict[InstrumentId, int] = {}

    def flows(self) -> Mapping[InstrumentId, Flow]:
        """What filled today, by instrument, over every order of the account, foreign ones included."""
        self._catch_up()
        return self._flows

    def open_buys(self) -> Iterable[Order]:
        """Buys of which something may still fill, oldest change first."""
        self._catch_up()
        return self._buys.values()

    def open_sells(self, instrument: InstrumentId) -> Mapping[OrderId, Shares]:
        """What each sell of an instrument may still take."""
        self._catch_up()
        return self._sells.get(instrument, {})

    def executions(self, instrument: InstrumentId) -> list[tuple[Side, Execution]]:
        """Today's fills of an instrument, oldest first."""
        self._catch_up()
        orders = (self._parts[id].order for id in self._traded.get(instrument, ()))
        fills = [(o.side, e) for o in orders for e in o.executions if e.number.trading_date == self._today]
        return sorted(fills, key=lambda fill: fill[1].at)

    def version(self, instrument: InstrumentId) -> int:
        """Grows when any order of the instrument changes its part in a sum."""
        self._catch_up()
        return self._versions.get(instrument, 0)

    # --- keeping up -------------------------------------------------------------------------------------------------

    def _catch_up(self) -> None:
        today = self._trading_date()
        if today != self._today:
            self._today = today
            self._seen = 0
            for kept in (self._parts, self._flows, self._traded, self._buys, self._sells):
                kept.clear()
        if self._seen == self._records.version:
            return
        changed, self._seen = self._records.changed_since(self._seen), self._records.version
        for id in changed:
            order = self._records.order(id)
            if order is not None:
                self._replace(order)

    def _replace(self, order: Order) -> None:
        old = self._parts.get(order.id)
        new = _Part(order, self._flow(order))
        self._parts[order.id] = new
        self._versions[order.instrument] = self._versions.get(order.instrument, 0) + 1
        if new.flow != (old.flow if old else NO_FLOW):
            total = self._flows.get(order.instrument, NO_FLOW) + new.flow
            self._flows[order.instrument] = total - old.flow if old else total
            self._traded.setdefault(order.instrument, {})[order.id] = None
        if order.side is Side.BUY:
            _put(self._buys, order.id, order if order.leaves else None)
        else:
            _put(self._sells.setdefault(order.instrument, {}), order.id, order.leaves or None)

    def _flow(self, order: Order) -> Flow:
        flow = NO_FLOW
        for life in order.numbers:
            if life.carries and life.filled and life.number.trading_date == self._today:
                flow = flow.plus(order.side, life.filled, life.filled_amount)
        return flow


def _put(kept: dict[K, V], key: K, value: V | None) -> None:
    """Keep a value under its key, or nothing."""
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value
