"""The end of a trading date: its day orders lapse, and what the broker's list shows then is read as that.

The broker's clock and ours differ, so around the roll nobody knows whose date it is: the list is read several times,
and a rest that vanished without a cancel has lapsed, whichever clock was ahead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from hoga.domain.broker_orders import BrokerNumber, OrderList, OrderReport
from hoga.domain.order_facts import Lapsed
from hoga.domain.orders import Order
from hoga.domain.tickets import TimeInForce
from hoga.trading.records import OrderRecords

_SOON = (0.5, 3.0, 6.0)
"""Seconds after the end at which the list is read; once more when the date is over by any clock."""


class DayEnd:
    """``ended(date, moment)`` tells whether a trading date had ended; ``margin`` is the most by which two clocks, the
    broker's and ours, may differ."""

    def __init__(
        self,
        records: OrderRecords,
        now: Callable[[], datetime],
        ended: Callable[[date, datetime], bool],
        margin: timedelta,
    ) -> None:
        self._records = records
        self._now = now
        self._ended = ended
        self._margin = margin

    def is_over(self, listed: OrderList) -> bool:
        """Whether a list was read when its date had ended by any clock."""
        return self._ended(listed.trading_date, listed.began - self._margin)

    def lapsing(self, listed: OrderList) -> list[Lapsed]:
        """Day orders whose rest this list shows as gone though nobody took it away. To be asked before the list is
        acted on."""
        if not self._ended(listed.trading_date, listed.began + self._margin):
            return []
        taken: Counter[BrokerNumber | None] = Counter()
        for row in listed.rows:
            taken[row.original] += max(row.quantity.count - row.rejected.count, 0)
        return [
            Lapsed(self._now(), order.id, (row.number,))
            for row in listed.rows
            if row.cancelled.count > taken[row.number] and not row.remaining
            if (order := self._records.of_number(row.number)) is not None and self._works(order, row)
        ]

    def left_over(self, listed: OrderList) -> Iterator[Lapsed]:
        """Day orders of which a list still shows a rest although its date is over. To be asked when the list was acted
        on."""
        if not self.is_over(listed):
            return
        for order in list(self._records.open_orders):
            numbers = tuple(
                life.number
                for life in order.numbers
                if life.carries and life.number.trading_date == listed.trading_date and not life.lapsed
            )
            if numbers and any(order.remaining_of(number) for number in numbers):
                yield Lapsed(self._now(), order.id, numbers)

    def next_look(self, day_of: Callable[[datetime], date], within: timedelta) -> datetime | None:
        """When the list should be read because a date (``day_of`` a moment) ends, or ended just now; None while nothing
        can lapse."""
        now = self._now()
        first, last = now - self._margin - timedelta(seconds=1), now + within
        day = day_of(first)
        if self._ended(day, first) or not self._ended(day, last) or not any(self._records.open_orders):
            return None
        end = self._end_between(day, first, last)
        looks = [timedelta(seconds=seconds) for seconds in _SOON] + [self._margin + timedelta(seconds=0.5)]
        return min((at for look in looks if (at := end + look) > now), default=None)

    def _end_between(self, day: date, first: datetime, last: datetime) -> datetime:
        """The moment, to a tenth of a second, at which ``day`` ends."""
        while last - first > timedelta(seconds=0.1):
            middle = first + (last - first) / 2
            if self._ended(day, middle):
                last = middle
            else:
                first = middle
        return last

    @staticmethod
    def _works(order: Order, row: OrderReport) -> bool:
        """Whether, as far as was known until now, the row's number still had shares in the market."""
        life = order.life(row.number)
        live = life is not None and life.carries and not life.lapsed and order.tif is TimeInForce.DAY
        return live and order.remaining_of(row.number) > 0
