"""What the house does in one name: the base of all behaviours. It only uses the desk that is open to it, so its orders
stand in the same queues, by the same rules, as everybody's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Protocol

from hoga.domain.tickets import Side
from hoga.practice.api import HouseDesk, Listing
from hoga.practice.market.chance import stream
from hoga.practice.market.day_state import DayState
from hoga.practice.market.factor import MarketFactor
from hoga.practice.market.history import Terms
from hoga.practice.market.ladder import Ladder
from hoga.practice.market.profile import (
    CLOSE_MINUTE,
    DAY_MINUTES,
    FIRST_MINUTE,
    OFF_HOURS_SIZE,
    OPEN_MINUTE,
    SESSION_SECONDS,
    activity,
)

EVERYTHING = 1 << 60
"""A quantity that no level has: withdraws all of it."""


class Days(Protocol):
    """What the model reads of the store of bars."""

    def day(self, code: str) -> DayState: ...


class Trader(ABC):
    """One name. ``act`` is called at its own moments; ``wait`` draws the seconds to the next one.

    Draws only from a stream of its own: what happens in one name changes no number drawn for another.
    """

    events_per_session = 0.0
    """How many events 09:00-15:30 has; 0 for a name in which nothing ever happens."""

    def __init__(self, desk: HouseDesk, listing: Listing, days: Days, seed: int, factor: MarketFactor) -> None:
        self.code = listing.instrument.code
        self.listing = listing
        self.terms = Terms.of(listing)
        self.desk = desk
        self.days = days
        self.factor = factor
        self.chance = stream(seed, self.code, "live", desk.now().isoformat())
        self._activity = activity()
        self.date: date | None = None
        self.ladder = Ladder((listing.anchor,))

    def begin(self, second: int) -> None:
        """Take up a date: its base gives the ladder of its prices."""
        day = self.days.day(self.code)
        self.date = day.date
        self.ladder = Ladder.of_day(self.listing.instrument, day.base, day.date)

    @abstractmethod
    def lay(self) -> None:
        """Fill the book. Never crosses what already waits in it."""

    @abstractmethod
    def act(self, second: int) -> None:
        """Do what is due at a second (counted from the model's first midnight)."""

    def wait(self, second: int) -> float:
        """Seconds until the next event."""
        rate = self.events_per_session / SESSION_SECONDS * self._activity[second // 60 % DAY_MINUTES]
        return self.chance.expovariate(rate)

    def skip_to(self, second: int) -> None:  # noqa: B027 only names with a worth of their own have something to skip
        """Let time pass without anything happening."""

    def take(self, side: Side, quantity: int, worst: int, second: int) -> int:
        """Trade as the aggressor down (or up) to the price at index ``worst``; returns how much there was.

        Nothing in the first minute of a date (``profile.FIRST_MINUTE``): then the house only quotes.
        """
        if second // 60 % DAY_MINUTES < FIRST_MINUTE:
            return 0
        return self.desk.take(self.code, side, quantity, self.ladder.prices[worst])

    def is_session(self, second: int) -> bool:
        return OPEN_MINUTE <= second // 60 % DAY_MINUTES < CLOSE_MINUTE

    def size(self, mean: float, second: int) -> int:
        """Shares of one order: most are small, some are large, and people like round numbers."""
        if not self.is_session(second):
            mean *= OFF_HOURS_SIZE
        quantity = int(mean * self.chance.lognormvariate(-0.5, 1.0)) + 1
        if quantity > 20 and self.chance.random() < 0.35:
            lot = 100 if quantity >= 200 else 10
            return quantity - quantity % lot
        return quantity

    def best_index(self, side: Side) -> int | None:
        """The best waiting price of a side as an index; None when nobody waits there."""
        price = self.desk.best(self.code, side)
        return None if price is None else self.ladder.nearest(price)
