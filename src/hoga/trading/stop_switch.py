"""The stop switch of one connection: pressed, nothing leaves that no person sends at that moment.

What waits and is new is withdrawn; what works at the broker stays there, and its cancel is offered, never sent unasked.
Cancels pass, and so does what a person sends by hand: they see the switch while they do it. It is not kept over a
restart, for then nothing leaves by itself anyway.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.domain.tickets import Hand, OrderId
from hoga.trading.outbox import Outbox
from hoga.trading.views import StopReport, Waiting


class StopSwitch:
    """``tell(message)`` hears of every change when it is complete, ``changed()`` at once, before anything that takes
    time; ``open_orders()`` counts what a cancel of everything would cancel."""

    def __init__(
        self,
        now: Callable[[], datetime],
        tell: Callable[[Message], None],
        open_orders: Callable[[], int],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._now = now
        self._tell = tell
        self._open_orders = open_orders
        self._changed = changed
        self.since: datetime | None = None

    @property
    def pressed(self) -> bool:
        return self.since is not None

    async def press(self, outbox: Outbox) -> StopReport:
        """Stop now. Pressing again withdraws what has come to wait since."""
        self.since = self.since or self._now()
        self._changed()
        withdrawn = await _withdraw(outbox, lambda waiting: True)
        report = StopReport(self.since, withdrawn, self._open_orders())
        self._tell(Message("STOP_PRESSED", {"withdrawn": len(withdrawn), "open": report.open_orders}))
        return report

    async def release(self, outbox: Outbox) -> None:
        """Let automatic orders leave again, but none that was decided while the switch was pressed."""
        if self.since is None:
            return
        await _withdraw(outbox, lambda waiting: not isinstance(waiting.request.origin, Hand))
        self.since = None
        self._tell(Message("STOP_RELEASED"))
        outbox.pump()


async def _withdraw(outbox: Outbox, which: Callable[[Waiting], bool]) -> tuple[OrderId, ...]:
    """Take back the new orders that wait and fit; those that were."""
    new = [w for w in outbox.waiting() if w.request.kind is RequestKind.NEW and which(w)]
    tries: list[tuple[OrderId, Awaitable[bool]]] = [(w.order.id, outbox.withdraw(w.request.id, "STOPPED")) for w in new]
    return tuple([order for order, withdrawn in tries if await withdrawn])
