"""Live data for the shown group: leases while it is seen, one REST read each at first, polling where no lease fits."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from hoga.base.tasks import Busy
from hoga.broker.port import BrokerError, Lease, Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.market_data import Period
from hoga.ui.context import Context
from hoga.ui.watch.sparks import Sparks

POLL_S = 10
"""How often a row without a lease is asked for."""


class WatchFeed(QObject):
    """Holds the leases of the rows that are watched. Signals: changed (InstrumentId): its line is another. reading
    (bool): first values are being read, or no longer."""

    changed = Signal(object)
    reading = Signal(bool)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sparks = Sparks()
        self._leases: dict[InstrumentId, Lease] = {}
        self._wanted: deque[InstrumentId] = deque()
        self._seconds = 0
        self._today = context.desk.clock.now().date()
        context.second.connect(self._second)
        context.frame.connect(self._frame)

    def watch(self, instruments: Sequence[InstrumentId]) -> None:
        """These and no others from now on. Leases that stay are not let go and taken anew."""
        for gone in set(self._leases) - set(instruments):
            self._leases.pop(gone).release()
        for one in instruments:
            if one not in self._leases:
                self._leases[one] = self._context.desk.lease(Topic(TopicKind.TRADES, one))
        self._wanted = deque(one for one in instruments if self._lacks(one))
        self._read_on()

    def close(self) -> None:
        """Let every lease go; nothing is asked any more."""
        self._wanted.clear()
        for lease in self._leases.values():
            lease.release()
        self._leases.clear()

    def polled(self, instrument: InstrumentId) -> bool:
        """Whether the row is asked for now and then instead of being told."""
        lease = self._leases.get(instrument)
        return lease is not None and not lease.live

    # --- inside -----------------------------------------------------------------------------------------------------

    def _lacks(self, one: InstrumentId) -> bool:
        return not isinstance(self._context.desk.board.quote(one), Known) or not self.sparks.of(one).read

    def _second(self) -> None:
        self._seconds += 1
        today = self._context.desk.clock.now().date()
        if today != self._today:
            # A new date has a new previous close: what does not trade yet would stand against yesterday's.
            self._today = today
            self._wanted = deque(self._leases)
        if self._seconds % POLL_S == 0:
            self._wanted.extend(one for one in self._leases if self.polled(one) and one not in self._wanted)
        self._read_on()

    def _read_on(self) -> None:
        if self._wanted:
            self._context.tasks.start("watch.read", self._read(), busy=Busy.DROP)

    async def _read(self) -> None:
        """One after the other, so that the watch list never crowds out what the person is looking at."""
        self.reading.emit(True)
        try:
            while self._wanted:
                one = self._wanted.popleft()
                if one in self._leases:
                    await self._context.desk.quote(one)
                    await self._read_spark(one)
        except BrokerError:
            # The row shows what it has; the next second tries the others, the next group this one again.
            return
        finally:
            self.reading.emit(False)

    async def _read_spark(self, one: InstrumentId) -> None:
        spark = self.sparks.of(one)
        if spark.read or not self._context.desk.capabilities.past_minutes:
            return
        spark.read = True
        start, end = self.sparks.span(self._context.desk.clock.now())
        try:
            spark.fill(await self._context.desk.candles(one, Period.MINUTE, start, end))
        except BrokerError:
            spark.read = False
            raise
        self.changed.emit(one)

    def _frame(self, dirty: frozenset[InstrumentId]) -> None:
        board, sparks, leases = self._context.desk.board, self.sparks, self._leases
        for one in dirty:
            if one in leases and isinstance(trade := board.trade(one), Known):
                spark = sparks.of(one)
                before = spark.grown
                spark.add(trade.value)
                if spark.grown != before:
                    self.changed.emit(one)  # a minute has ended: all of the line moves, even if no price does
