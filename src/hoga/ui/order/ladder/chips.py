"""One's own working orders as the ladder shows them: one chip per price and side."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hoga.domain.broker_orders import RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.orders import Order, OrderState
from hoga.domain.tickets import OrderId, OrderType, Side

_MOVABLE = frozenset({OrderState.WORKING, OrderState.PARTIALLY_FILLED})


class Chip(Struct, frozen=True):
    """Orders of one side at one price. ``busy``: something about one of them is under way or unknown, so they cannot
    be moved now (a cancel always goes). ``coming``: where orders are being moved to; nothing stands there yet."""

    side: Side
    units: int
    leaves: int
    orders: tuple[OrderId, ...]
    busy: bool = False
    coming: bool = False


def chips_of(orders: Iterable[Order], instrument: InstrumentId) -> tuple[Chip, ...]:
    """Every chip of an instrument, oldest order first within a price."""
    standing: dict[tuple[Side, int], list[Order]] = {}
    coming: list[Chip] = []
    for order in orders:
        if order.instrument != instrument or order.state.over or not order.leaves:
            continue
        limit = order.current_limit
        if limit is not None and order.type is not OrderType.MARKET:
            standing.setdefault((order.side, limit.units), []).append(order)
        for request in order.asked:
            if request.kind is RequestKind.REPRICE and request.limit is not None:
                coming.append(Chip(order.side, request.limit.units, order.leaves.count, (order.id,), True, True))
    chips = [
        Chip(side, units, sum(o.leaves.count for o in group), tuple(o.id for o in group), any(map(_busy, group)))
        for (side, units), group in standing.items()
    ]
    taken = {(chip.side, chip.units) for chip in chips}
    return (*chips, *(chip for chip in coming if (chip.side, chip.units) not in taken))


def _busy(order: Order) -> bool:
    return order.state not in _MOVABLE or bool(order.asked) or len(order.heads) != 1
