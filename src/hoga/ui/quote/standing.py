"""One's own working orders of one instrument by side and price, as a book shows them beside its levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import Side


class Mine(Struct, frozen=True):
    """Shares left at one price in ``orders`` orders. ``sure`` is False while some of it is on its way or unknown."""

    leaves: int
    orders: int
    sure: bool = True


StandingOrders = Mapping[tuple[Side, int], Mine]
_AT_THE_BROKER = frozenset({OrderState.WORKING, OrderState.PARTIALLY_FILLED})


def standing_orders(orders: Iterable[Order], instrument: InstrumentId) -> StandingOrders:
    """Orders that carry a price and may still be filled. One without a price stands nowhere in a book."""
    found: dict[tuple[Side, int], Mine] = {}
    for order in orders:
        limit = order.current_limit
        if order.instrument != instrument or order.state.over or limit is None or not order.leaves:
            continue
        place = order.side, limit.units
        there = found.get(place, Mine(0, 0))
        sure = there.sure and order.state in _AT_THE_BROKER and not order.asked
        found[place] = Mine(there.leaves + order.leaves.count, there.orders + 1, sure)
    return found
