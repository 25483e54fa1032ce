"""Orders for a fake desk, made as the real ones are: by folding facts, so that every state shown is a possible one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, OrderReport, RequestKind
from hoga.domain.order_facts import Adopted, Answer, Answered, Asked, Fact, Intended, Listed, Noticed
from hoga.domain.order_life import adopt, apply_to_number, apply_to_request, ask, begin
from hoga.domain.orders import Order
from hoga.domain.tickets import OrderId, OrderType, RequestId, Side, Ticket, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.storage.journal import Entry


class FakeOrders:
    """Every order by id, with the facts it was made of. Each method applies facts and returns the new order."""

    def __init__(self, connection: ConnectionId, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        self._serial = itertools.count(1)
        self._numbers = itertools.count(10_001)
        self._entries = itertools.count(1)
        self.orders: dict[OrderId, Order] = {}
        self.entries: dict[OrderId, list[Entry]] = {}

    def intend(self, ticket: Ticket, *, sending: bool = True) -> Order:
        n = next(self._serial)
        id = OrderId(f"order-{n}")
        fact = Intended(
            self._now(), id, RequestId(f"{id}/1"), ticket.id, ticket.instrument, ticket.side, ticket.type, ticket.tif,
            ticket.venue, ticket.quantity, ticket.limit, ticket.stop, ticket.origin, sending=sending,
        )  # fmt: skip
        return self._keep(begin(fact, self._connection), fact)

    def answered(self, order: Order, request: RequestId, answer: Answer, *, code: str = "", text: str = "") -> Order:
        """The broker's word on one request; ACCEPTED gives it a number and tells the exchange's confirmation."""
        now = self._now()
        number = BrokerNumber(now.date(), "91252", next(self._numbers)) if answer is Answer.ACCEPTED else None
        fact = Answered(now, order.id, request, answer, number, now, code=code, text=text)
        found = order.request(request)
        assert found is not None
        order = self._keep(apply_to_request(order, found, fact).order, fact)
        if number is not None and found.kind is not RequestKind.NEW:
            quantity = found.quantity or order.leaves
            order = self.noticed(order, number, NoticeKind.CONFIRMED, found.kind, quantity, found.limit, found.target)
        return order

    def asked(self, order: Order, kind: RequestKind, *, by: Shares | None = None, limit: Price | None = None) -> Order:
        request = RequestId(f"{order.id}/{len(order.requests) + 1}")
        target = order.heads[-1]
        fact = Asked(
            self._now(), order.id, request, kind, by, limit, sending=True, target=target,
            quantity=by or order.live_under(target),
        )  # fmt: skip
        return self._keep(ask(order, fact).order, fact)

    def filled(self, order: Order, quantity: int, price: int | Price) -> Order:
        at = Price(price) if isinstance(price, int) else price
        return self.noticed(order, order.heads[-1], NoticeKind.FILLED, RequestKind.NEW, Shares(quantity), at, None)

    def noticed(
        self,
        order: Order,
        number: BrokerNumber,
        kind: NoticeKind,
        request: RequestKind,
        quantity: Shares,
        price: Price | None,
        original: BrokerNumber | None,
    ) -> Order:
        notice = OrderNotice(
            number, original, kind, request, order.instrument, order.side, quantity, price, self._now(),
            execution=f"x{next(self._entries)}",
        )  # fmt: skip
        fact = Noticed(self._now(), notice)
        return self._keep(apply_to_number(order, fact).order, fact)

    def foreign(
        self, instrument: object, side: Side, quantity: int, limit: int, *, filled: int = 0, channel: str = "MTS"
    ) -> Order:
        """An order that somebody made on the telephone."""
        now = self._now()
        id = OrderId(f"order-{next(self._serial)}")
        row = OrderReport(
            BrokerNumber(now.date(), "91252", next(self._numbers)), None, RequestKind.NEW, instrument, side,  # type: ignore[arg-type]
            OrderType.LIMIT, TimeInForce.DAY, Price(limit), Shares(quantity), Shares(filled), Money(filled * limit),
            Shares(quantity - filled), Shares(0), Shares(0), now, channel=channel,
        )  # fmt: skip
        fact = Adopted(now, id, row)
        return self._keep(adopt(fact, self._connection), fact)

    def lapse(self, order: Order) -> Order:
        """The list shows nothing of it left."""
        number = order.heads[-1]
        life = order.life(number)
        assert life is not None
        row = OrderReport(
            number, None, RequestKind.NEW, order.instrument, order.side, order.type, order.tif, order.limit,
            order.quantity, Shares(life.filled), Money(life.filled_amount), Shares(0),
            Shares(order.quantity.count - life.filled), Shares(0), self._now(),
        )  # fmt: skip
        fact = Listed(self._now(), order.id, row)
        return self._keep(apply_to_number(order, fact).order, fact)

    def _keep(self, order: Order, fact: Fact) -> Order:
        now = self._now()
        self.orders[order.id] = replace(order)
        entry = Entry(next(self._entries), now, now.date(), order.id, fact)
        self.entries.setdefault(order.id, []).append(entry)
        return order
