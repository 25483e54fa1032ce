"""The small lines beside the names: today's closes by minute, read once and carried on by trades."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle, Trade

MINUTES = 120
"""So much of the past is shown."""
_MINUTE = timedelta(minutes=1)


class Spark:
    """Closes in whole units, oldest first, one a minute; minutes without a trade are left out."""

    __slots__ = ("_at", "closes", "grown", "read")

    def __init__(self) -> None:
        self.closes: deque[int] = deque(maxlen=MINUTES)
        self._at: datetime | None = None
        self.grown = 0
        """Another number when anything but the newest close is another."""
        self.read = False
        """Whether the past was read, or is being read."""

    def fill(self, candles: tuple[Candle, ...]) -> None:
        """Put what was read before what came meanwhile."""
        live, at = list(self.closes), self._at
        older = [one for one in candles if at is None or one.start < at.replace(second=0, microsecond=0)]
        if older:
            self._at = at or older[-1].start
        self.grown += 1
        self.closes = deque([*(one.close_units for one in older), *(live if at else [])], maxlen=MINUTES)

    def add(self, trade: Trade) -> None:
        """The newest trade: its minute's close so far."""
        if self._at is not None and self.closes and self._at <= trade.at < self._at + _MINUTE:
            self.closes[-1] = trade.price_units
            return
        minute = trade.at.replace(second=0, microsecond=0)
        if self._at is not None and minute <= self._at and self.closes:
            self.closes[-1] = trade.price_units
        else:
            self.closes.append(trade.price_units)
            self.grown += 1
            self._at = minute


class Sparks:
    """One line for each instrument that was ever watched in this session."""

    def __init__(self) -> None:
        self._lines: dict[InstrumentId, Spark] = {}

    def of(self, instrument: InstrumentId) -> Spark:
        found = self._lines.get(instrument)
        if found is None:
            found = self._lines[instrument] = Spark()
        return found

    @staticmethod
    def span(now: datetime) -> tuple[datetime, datetime]:
        """From when to when the past is read: two hours, but not yesterday's."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return max(now - MINUTES * _MINUTE, midnight), now
