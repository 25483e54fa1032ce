"""The market model: keeps every name of the practice market alive, one event after the other.

Each name has a stream of random numbers and a clock of its own, so the same seed and start give the same market, and
what users do in one name changes no number drawn for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace
from types import MappingProxyType

from hoga.base.clock import KST
from hoga.practice.api import Character, HouseDesk, Listing
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.liquid import LiquidTrader
from hoga.practice.market.periods import midnight
from hoga.practice.market.quiet import HaltedTrader, ThinTrader, UpperLimitTrader
from hoga.practice.market.trader import Days, Trader

_BEHAVIOURS: Mapping[Character, type[Trader]] = MappingProxyType(
    {
        Character.LIQUID: LiquidTrader,
        Character.THIN: ThinTrader,
        Character.AT_UPPER_LIMIT: UpperLimitTrader,
        Character.HALTED: HaltedTrader,
    }
)
_MICROSECONDS = 1_000_000
_DAY_MICROSECONDS = 86_400 * _MICROSECONDS
_ROLL = -1
"""Stands for the roll of the date among the names' events; before all of them."""


class MarketModel:
    """Acts through ``desk`` alone. The runner sets the exchange's time to ``next_due()`` right before each ``step()``.

    At 00:00 KST, when the exchange has rolled the date, one step takes up the new limits in all names.
    """

    def __init__(self, desk: HouseDesk, listings: Mapping[str, Listing], bars: Days, seed: int) -> None:
        start = desk.now().astimezone(KST)
        self._epoch = midnight(start.date())
        begun = (start - self._epoch) // timedelta(microseconds=1)
        self._factor = MarketFactor(seed, begun // _MICROSECONDS)
        self._traders = [
            _BEHAVIOURS[listing.character](desk, listing, bars, seed, self._factor) for listing in listings.values()
        ]
        self._open = False
        self._second = begun // _MICROSECONDS
        self._due = [
            (begun + self._wait(trader, self._second), at)
            for at, trader in enumerate(self._traders)
            if trader.events_per_session
        ]
        self._due.append((_DAY_MICROSECONDS, _ROLL))
        heapify(self._due)

    def open_books(self) -> None:
        """Lay both sides of every book around the last price; to be called once, before the first step."""
        for trader in self._traders:
            trader.begin(self._second)
            trader.lay()
        self._open = True

    def next_due(self) -> datetime:
        """When the next event happens; never earlier than the one before."""
        return self._epoch + timedelta(microseconds=self._due[0][0])

    def step(self) -> None:
        """Do what is due at ``next_due()``. Raises RuntimeError before ``open_books``."""
        if not self._open:
            raise RuntimeError("the books are not open yet")
        due, at = self._due[0]
        self._second = due // _MICROSECONDS
        if at == _ROLL:
            heapreplace(self._due, ((due // _DAY_MICROSECONDS + 1) * _DAY_MICROSECONDS, _ROLL))
            self._take_up_date()
            return
        trader = self._traders[at]
        trader.act(self._second)
        heapreplace(self._due, (due + self._wait(trader, self._second), at))

    def skip_to(self, moment: datetime) -> None:
        """Put everything due before ``moment`` off until after it, without acting: time in which nobody traded.

        Raises nothing for a moment that has passed already: then nothing changes.
        """
        target = (moment - self._epoch) // timedelta(microseconds=1)
        if target <= self._due[0][0]:
            return
        self._second = target // _MICROSECONDS
        self._factor.skip_to(self._second)
        overdue = []
        while self._due and self._due[0][0] < target:
            overdue.append(heappop(self._due)[1])
        for at in overdue:
            if at == _ROLL:
                self._due.append((target, _ROLL))
            else:
                self._traders[at].skip_to(self._second)
                self._due.append((target + self._wait(self._traders[at], self._second), at))
        heapify(self._due)

    def _take_up_date(self) -> None:
        for trader in self._traders:
            trader.begin(self._second)
            trader.lay()

    @staticmethod
    def _wait(trader: Trader, second: int) -> int:
        return int(trader.wait(second) * _MICROSECONDS) + 1
