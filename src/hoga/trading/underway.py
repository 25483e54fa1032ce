"""Requests that have passed the gate and are being written: from the verdict until the journal has them.

The gate looks at what is on record, and a record takes an fsync. Without this, two tickets of the same moment would be
judged as if the other were not there, and together take more cash or shares than there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.order_facts import Asked, Intended
from hoga.domain.order_life import ask, begin
from hoga.domain.orders import Order
from hoga.domain.tickets import RequestId, Side
from hoga.domain.values import NO_SHARES, Money, Shares
from hoga.trading.gate_facts import GateFacts, needed_cash
from hoga.trading.records import OrderRecords


class _Claim:
    """``order`` as it will be when the request is on record; ``cash`` and ``shares`` that it then holds back beyond
    what it does now. ``cash`` None: nothing tells how much. Reckoned when somebody else is judged: most often nobody is
    before the record is there."""

    def __init__(self, before: Order | None, after: Callable[[], Order], facts: GateFacts) -> None:
        self._before, self._after, self._facts = before, after, facts

    @cached_property
    def order(self) -> Order:
        return self._after()

    @cached_property
    def cash(self) -> Money | None:
        return _more_cash(self._before, self.order, self._facts)

    @property
    def shares(self) -> Shares:
        """A new order's: a reprice keeps its own."""
        return self.order.quantity if self._before is None and self.order.side is Side.SELL else NO_SHARES


class Underway:
    """New orders and reprices between the gate and the journal."""

    def __init__(self, records: OrderRecords) -> None:
        self._records = records
        self._claims: dict[RequestId, _Claim] = {}

    @contextmanager
    def claimed(self, fact: Intended | Asked, facts: GateFacts) -> Iterator[None]:
        """While this lasts, ``fact`` counts for whoever is judged; ``facts`` are those that it was judged by."""
        before = self._records.order(fact.order)
        if isinstance(fact, Intended):
            claim = _Claim(None, partial(begin, fact, facts.account.connection), facts)
        elif before is not None:
            changed = ask(
                before, fact
            ).order  # a step that may not be taken is raised here, not where others are judged
            claim = _Claim(before, lambda: changed, facts)
        else:
            raise LookupError(f"no order {fact.order}")
        self._claims[fact.request] = claim
        try:
            yield
        finally:
            del self._claims[fact.request]

    @property
    def any(self) -> bool:
        """Whether there is something that the records do not count yet."""
        return bool(self._claims) and bool(self._coming())

    def as_will_be(self, order: Order) -> Order:
        """The order with what is being written about it."""
        return next((claim.order for claim in self._coming() if claim.order.id == order.id), order)

    def counted(self, instrument: InstrumentId, facts: GateFacts) -> GateFacts:
        """The facts about ``instrument`` with everything that is being written counted."""
        coming = self._coming()
        if not coming:
            return facts
        here = {claim.order.id: claim.order for claim in coming if claim.order.instrument == instrument}
        working = (*(here.pop(order.id, order) for order in facts.working), *here.values())
        return replace(
            facts,
            working=working,
            recent=facts.recent + len(coming),
            now_open=facts.now_open + sum(self._records.order(claim.order.id) is None for claim in coming),
            orderable=_less_cash(facts.orderable, coming),
            sellable=_less_shares(facts.sellable, (c.shares for c in coming if c.order.instrument == instrument)),
        )

    def _coming(self) -> list[_Claim]:
        """What the records do not count yet: they may know of a request before its writer hears of it."""
        return [claim for id, claim in self._claims.items() if self._records.request(id) is None]


def _more_cash(before: Order | None, after: Order, facts: GateFacts) -> Money | None:
    nothing = Money.zero(facts.fees.currency)
    if after.side is Side.SELL:
        return nothing
    need = _held(after, facts)
    held = nothing if before is None else _held(before, facts)
    return None if need is None or held is None else need - held


def _held(order: Order, facts: GateFacts) -> Money | None:
    return needed_cash(order.side, order.type, order.dearest_limit, order.leaves, facts)


def _less_cash(orderable: Maybe[Money], coming: Iterable[_Claim]) -> Maybe[Money]:
    for claim in coming:
        if isinstance(orderable, Unknown):
            return orderable
        if claim.cash is None:
            return Unknown(Message("RESERVE_UNKNOWN"))
        orderable = replace(orderable, value=orderable.value - claim.cash)
    return orderable


def _less_shares(sellable: Maybe[Shares], taken: Iterable[Shares]) -> Maybe[Shares]:
    if not isinstance(sellable, Known):
        return sellable
    left = sellable.value.count - sum(shares.count for shares in taken)
    return replace(sellable, value=Shares(max(left, 0)))
