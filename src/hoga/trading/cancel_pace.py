"""How many cancels a minute: told when they are many, never held back (guide row J5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.domain.broker_orders import RequestKind
from hoga.trading.records import OrderRecords

_MINUTE = timedelta(minutes=1)


class CancelPace:
    """``most()``: cancels within a minute above which ``tell`` hears of it, once a minute; None: never."""

    def __init__(
        self,
        records: OrderRecords,
        now: Callable[[], datetime],
        most: Callable[[], int | None],
        tell: Callable[[Message], None],
    ) -> None:
        self._records = records
        self._now = now
        self._most = most
        self._tell = tell
        self._told: datetime | None = None

    def cancelled(self) -> None:
        """One more was asked for; it is on record."""
        most, now = self._most(), self._now()
        if most is None or (self._told is not None and abs(now - self._told) < _MINUTE):
            return
        count = self._records.asked_since(now - _MINUTE, RequestKind.CANCEL, most=most + 1)
        if count > most:
            self._told = now
            self._tell(Message("CANCELS_MANY", {"count": count, "most": most}))
