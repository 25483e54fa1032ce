"""What the person does as a rule, from the orders they sent by hand lately: what a slip is told by (domain.slips)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.orders import Order, OrderState
from hoga.domain.slips import Habit
from hoga.domain.tickets import Hand
from hoga.domain.values import Currency, Price
from hoga.trading.records import OrderRecords

_LAST = 20
"""Orders by hand that make the habit."""
_LOOK = 500
"""Orders looked at for them, foreign ones and those of plans included."""
_NEVER_MEANT = frozenset({OrderState.REFUSED, OrderState.WITHDRAWN})


class Habits:
    """``last`` gives the newest price of an instrument: what an order without one is reckoned at. ``name``: of an
    instrument; ``held``: what is held now."""

    def __init__(
        self,
        records: OrderRecords,
        last: Callable[[InstrumentId], Maybe[Price]],
        name: Callable[[InstrumentId], str],
        held: Callable[[], tuple[InstrumentId, ...]],
    ) -> None:
        self._records = records
        self._last = last
        self._name = name
        self._held = held
        self._version = -1
        self._by_hand: list[Order] = []
        self._unpriced = False

    def of(self, instrument: InstrumentId) -> Habit:
        """The habit as it is before an order in ``instrument``."""
        by_hand = self._orders()
        amounts = (self._amount(order) for order in by_hand)
        counts = tuple(order.quantity.count for order in by_hand if order.instrument == instrument)
        known = dict.fromkeys([*(order.instrument for order in by_hand), *self._held()])
        return Habit(
            tuple(amount for amount in amounts if amount is not None), counts, {id: self._name(id) for id in known}
        )

    @property
    def moves_with_prices(self) -> bool:
        """Whether one of its orders is reckoned at the newest price of its instrument."""
        self._orders()
        return self._unpriced

    def _orders(self) -> list[Order]:
        if self._version != self._records.version:
            self._version = self._records.version
            newest = (order for order in self._records.newest(_LOOK) if isinstance(order.origin, Hand))
            self._by_hand = list(islice((order for order in newest if order.state not in _NEVER_MEANT), _LAST))
            self._unpriced = any(order.limit is None and not order.filled for order in self._by_hand)
        return self._by_hand

    def _amount(self, order: Order) -> int | None:
        unit = order.limit
        if unit is None and order.filled:
            return order.filled_amount.units * order.quantity.count // order.filled.count
        if unit is None:
            last = self._last(order.instrument)
            unit = last.value if isinstance(last, Known) else None
        return unit.units * order.quantity.count if unit is not None and unit.currency is Currency.KRW else None
