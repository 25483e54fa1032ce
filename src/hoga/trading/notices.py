"""Notices: what the broker pushes about orders. They bind by number alone, count once, and are durable before shown.

A notice whose number nobody knows waits with the records: its order's answer may still be on the way. When it has
waited too long, the broker's list is asked whose it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hoga.domain.broker_orders import BrokerNumber, OrderNotice
from hoga.domain.number_life import hear
from hoga.domain.order_facts import Noticed
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords


class NoticeDesk:
    """``hear`` takes every notice of the connection, in the order in which it came."""

    def __init__(self, recorder: Recorder, records: OrderRecords, now: Callable[[], datetime], patience: float) -> None:
        self._recorder = recorder
        self._records = records
        self._now = now
        self._patience = timedelta(seconds=patience)
        self._since: dict[BrokerNumber, datetime] = {}
        self._given_up: set[BrokerNumber] = set()
        self.repeats = 0
        """Notices that said nothing new and were not written down again."""

    def hear(self, notice: OrderNotice) -> None:
        """Record it. A repeat of what its number has already told changes nothing and is only counted."""
        order = self._records.of_number(notice.number)
        life = order.life(notice.number) if order is not None else None
        if life is not None and hear(life, notice) == life and notice.kind.name != "UNCLEAR":
            self.repeats += 1
            return
        if order is None:
            self._since.setdefault(notice.number, self._now())
        self._recorder.tell(Noticed(self._now(), notice))

    def unmatched_until(self) -> datetime | None:
        """When the oldest notice without an order has waited long enough; None while there is none."""
        parked = self._records.parked
        self._since = {n: at for n, at in self._since.items() if n in parked and n not in self._given_up}
        return min(self._since.values()) + self._patience if self._since else None

    def looked(self) -> None:
        """The list was read: a number that had waited long enough and is not in it is nobody's here (another account
        under the same id at the broker), and no reason to read the list for ever."""
        now = self._now()
        self._given_up |= {number for number, at in self._since.items() if at + self._patience <= now}
