"""How much of each instrument trades on an average day: its daily candles, read once a trading date when wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import Broker
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Period
from hoga.domain.risk import SESSIONS, AverageVolume, average_volume

_DAYS = SESSIONS * 7 // 5 + 17
"""Calendar days that hold twenty sessions in any year: weekends, and the longest run of holidays twice."""


class DailyVolumes:
    """Kept until the trading date changes: a completed session's volume changes no more."""

    def __init__(self, broker: Broker, now: Callable[[], datetime], trading_date: Callable[[], date]) -> None:
        self._broker = broker
        self._now = now
        self._trading_date = trading_date
        self._on: date | None = None
        self._known: dict[InstrumentId, Maybe[AverageVolume]] = {}

    def of(self, instrument: InstrumentId) -> Maybe[AverageVolume]:
        """The average, as far as it was read today."""
        if self._on != self._trading_date():
            return Unknown(Message("NOT_READ_YET"))
        return self._known.get(instrument, Unknown(Message("NOT_READ_YET")))

    def was_read(self, instrument: InstrumentId) -> bool:
        """Whether today's read has come to an answer, be it that there is no history."""
        return self._on == self._trading_date() and instrument in self._known

    async def read(self, instrument: InstrumentId) -> None:
        """Raises BrokerError."""
        today, now = self._trading_date(), self._now()
        candles = await self._broker.candles(instrument, Period.DAY, now - timedelta(days=_DAYS), now)
        if self._on != today:
            self._on, self._known = today, {}
        average = average_volume(c for c in candles if c.start.astimezone(KST).date() < today)
        self._known[instrument] = (
            Known(average, now, "candles") if average is not None else Unknown(Message("NO_HISTORY"))
        )
