"""What happened to orders and connections, as toasts: read from two snapshots, so nothing is told twice or missed.

Who entered an order by hand sees each step of it in one line: taken, filled in parts, done.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.broker_orders import RequestKind
from hoga.domain.orders import Order, OrderState, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderId, RequestId
from hoga.ui import format as fmt
from hoga.ui.context import Context, Event
from hoga.ui.order_line import terms

_BEFORE_ACCEPTED = frozenset({OrderState.QUEUED, OrderState.SENDING, OrderState.UNKNOWN})


class News(QObject):
    """Watches the desk for one window. What was there when it began is no news."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen = context.desk.orders()
        self._orders: dict[OrderId, Order] = {order.id: order for order in self._seen}
        self._streams = {stream: change.health for stream, change in context.desk.health().streams.items()}
        self._down: set[Stream] = set()
        context.orders_changed.connect(self.look)
        context.health_changed.connect(self.look_at_health)

    # --- orders -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Compare the orders of now with those of the last look."""
        orders = self._context.desk.orders()
        if orders is self._seen:
            return
        self._seen = orders
        now = {order.id: order for order in orders}
        before, self._orders = self._orders, now
        for id, order in now.items():
            old = before.get(id)
            if old is not order:
                self._order_changed(old, order)

    def _order_changed(self, old: Order | None, order: Order) -> None:
        if old is None and order.foreign:
            self._say(Event.NOTE, order, lambda: self.tr("Order made elsewhere: {what}"))
        refused = self._newly_refused(old, order)
        if order.state is not (old.state if old else None) or order.filled.count != (old.filled.count if old else 0):
            self._tell_state(old, order)
        for request in refused:
            if request.kind is not RequestKind.NEW:
                self._tell_refused(order, request)

    def _tell_state(self, old: Order | None, order: Order) -> None:
        state = order.state
        came_from = old.state if old else OrderState.QUEUED
        more = order.filled.count - (old.filled.count if old else 0)
        if state is OrderState.FILLED and more:
            self._say(Event.FILLED, order, lambda: self.tr("Filled: {what} · average {average}"))
        elif more > 0:
            self._say(Event.PARTLY_FILLED, order, lambda: self.tr("Partly filled: {what} · {filled} of {quantity}"))
        elif state is OrderState.WORKING and came_from in _BEFORE_ACCEPTED and not order.foreign:
            self._say(Event.ACCEPTED, order, lambda: self.tr("Accepted: {what}"))
        elif state is OrderState.UNKNOWN:
            self._say(
                Event.UNKNOWN, order, lambda: self.tr("Outcome unknown, the broker is being asked: {what}"), sticky=True
            )
        elif state is OrderState.REFUSED:
            self._tell_refused(order, order.first)
        elif state is OrderState.ABSENT:
            self._say(Event.REFUSED, order, lambda: self.tr("It never reached the broker: {what}"), sticky=True)
        elif state is OrderState.CANCELLED:
            self._say(Event.CANCELLED, order, lambda: self.tr("Cancelled: {what}"))
        elif state is OrderState.EXPIRED:
            self._say(Event.CANCELLED, order, lambda: self.tr("Lapsed with the day: {what}"))
        elif state is OrderState.WITHDRAWN:
            self._say(Event.CANCELLED, order, lambda: self.tr("Taken back before it left: {what}"))

    @staticmethod
    def _newly_refused(old: Order | None, order: Order) -> list[Request]:
        known: set[RequestId] = set()
        if old is not None:
            known = {request.id for request in old.requests if request.state is RequestState.REFUSED}
        return [r for r in order.requests if r.state is RequestState.REFUSED and r.id not in known]

    def _tell_refused(self, order: Order, request: Request | None) -> None:
        why = ""
        if request is not None and (request.code or request.text):
            why = " ".join(filter(None, (f"[{request.code}]" if request.code else "", request.text)))
        merge = f"order:{order.id}" if request is None or request.kind is RequestKind.NEW else f"request:{request.id}"

        def text() -> str:
            return f"{self._text(order, self._refused(request))}\n{why}".strip()

        self._context.say(Event.REFUSED, text, merge=merge, sticky=True)

    def _refused(self, request: Request | None) -> str:
        return {
            RequestKind.REPRICE: self.tr("Reprice refused: {what}"),
            RequestKind.REDUCE: self.tr("Reduce refused: {what}"),
            RequestKind.CANCEL: self.tr("Cancel refused: {what}"),
        }.get(request.kind if request else RequestKind.NEW, self.tr("Refused: {what}"))

    def _say(self, event: Event, order: Order, pattern: Callable[[], str], *, sticky: bool = False) -> None:
        self._context.say(event, lambda: self._text(order, pattern()), merge=f"order:{order.id}", sticky=sticky)

    def _text(self, order: Order, pattern: str) -> str:
        return pattern.format(
            what=self.describe(order),
            filled=f"{order.filled.count:,}",
            quantity=f"{order.quantity.count:,}",
            average=self._average(order),
        )

    def describe(self, order: Order) -> str:
        """삼성전자 매수 10주 71,500."""
        limit = order.current_limit
        return terms(self._context, order.instrument, order.side, order.type, order.quantity, limit)

    def _average(self, order: Order) -> str:
        average = order.average
        if average is None:
            return fmt.DASH
        whole = average == average.to_integral_value()
        return f"{average:,.0f}" if whole else f"{average:,.2f}"

    # --- connections ------------------------------------------------------------------------------------------------

    def look_at_health(self) -> None:
        """A connection that was live and is not any more is told once, and so is its return."""
        streams = self._context.desk.health().streams
        for stream, change in streams.items():
            before = self._streams.get(stream)
            self._streams[stream] = change.health
            if before is StreamHealth.LIVE and change.health is StreamHealth.DOWN:
                self._down.add(stream)
                self._tell_stream(Event.DISCONNECTED, stream, partial(self._lost, stream, change.why))
            elif change.health is StreamHealth.LIVE and stream in self._down:
                self._down.discard(stream)
                self._tell_stream(Event.NOTE, stream, partial(self._back, stream))

    def _tell_stream(self, event: Event, stream: Stream, text: Callable[[], str]) -> None:
        self._context.say(event, text, merge=f"stream:{stream.value}")

    def _lost(self, stream: Stream, reason: Message | None) -> str:
        why = self._context.worded(reason) if reason is not None else ""
        text = self.tr("{stream}: disconnected. The numbers shown grow old.").format(stream=self._name(stream))
        return f"{text} {why}".strip()

    def _back(self, stream: Stream) -> str:
        return self.tr("{stream}: connected again.").format(stream=self._name(stream))

    def _name(self, stream: Stream) -> str:
        return {
            Stream.QUOTES: self.tr("Quotes"),
            Stream.FILLS: self.tr("Fill notices"),
            Stream.REST: self.tr("Requests"),
        }[stream]
