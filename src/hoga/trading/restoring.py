"""From the journal to orders in memory, when a desk starts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.orders import Order
from hoga.domain.requests import IllegalStep, RequestState
from hoga.domain.tickets import OrderId, RequestId
from hoga.storage.journal import Damage, Entry, Journal
from hoga.trading.records import OrderRecords


class Restored(Struct, frozen=True):
    """How things stood when the journal was opened.

    ``interrupted`` were being sent: they are unknown. ``queued`` were never sent: they are offered, not resumed.
    """

    open_orders: tuple[Order, ...]
    interrupted: tuple[tuple[Order, RequestId], ...]
    queued: tuple[RequestId, ...]
    damaged: tuple[Damage, ...]
    ended: tuple[OrderId, ...] = ()
    """Orders on the list of open ones that have ended: the list was one write behind."""


async def restore(journal: Journal, records: OrderRecords, since: date) -> Restored:
    """Replay every open order and every order of ``since`` or later into ``records``. Raises StorageError."""
    replay = await journal.replay(since)
    damaged = [*replay.damaged, *_apply_all(replay.entries, records)]
    ended = [id for id in await journal.open_orders() if (order := records.order(id)) is not None and order.settled]
    return Restored(
        tuple(records.open_orders),
        tuple((order, request.id) for order, request in records.requests_in(RequestState.SENDING)),
        tuple(request.id for _, request in records.requests_in(RequestState.QUEUED)),
        tuple(damaged),
        tuple(ended),
    )


async def load_order(journal: Journal, records: OrderRecords, number: BrokerNumber) -> bool:
    """Bring the order that once claimed ``number`` back into memory; False when no order of ours ever did."""
    order = await journal.order_of_number(number)
    if order is None or records.order(order) is not None:
        return order is not None
    biography = await journal.biography(order)
    _apply_all(biography.entries, records)
    return records.order(order) is not None


def _apply_all(entries: tuple[Entry, ...], records: OrderRecords) -> list[Damage]:
    """Apply entries in order. One that cannot follow from those before it is damage: told, and left out."""
    damaged = []
    for entry in entries:
        try:
            records.apply(entry.fact)
        except (IllegalStep, KeyError) as error:
            damaged.append(Damage(entry.seq, f"{type(entry.fact).__name__}: {error}"))
    return damaged
