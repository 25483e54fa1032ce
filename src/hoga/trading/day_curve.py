"""The day's profit as it went: what was realised and what is open, in whole units, each time somebody looked.

What was not known is a gap and never 0. The realised part reaches back before the start of the desk, as far as the
journal's fills tell it; the open part of that time nobody knows any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe
from hoga.domain.positions import Portfolio, realised_steps
from hoga.domain.values import Currency, Money
from hoga.trading.views import Fill

MOST = 2_000
"""So many points at most: with more, every second one goes and the next ones come half as often."""
_EVERY = timedelta(seconds=1)
_ASLEEP = timedelta(seconds=90)
"""Nobody looked for so long: what happened meanwhile is not known."""


class Point(Struct, frozen=True):
    """The account at one moment, in units of its currency; None for what was not known."""

    at: datetime
    realised: int | None
    open: int | None

    @property
    def total(self) -> int | None:
        return None if self.realised is None or self.open is None else self.realised + self.open


class DayCurve:
    """``look`` as often as one likes. It begins anew with each date in Korea."""

    def __init__(self, most: int = MOST) -> None:
        self.points: list[Point] = []
        self.currency = Currency.KRW
        self._most = most
        self._every = _EVERY
        self._seen: datetime | None = None
        self._told_past = False

    @property
    def newest(self) -> Point | None:
        return self.points[-1] if self.points else None

    def look(
        self, now: datetime, portfolio: Portfolio, fills: Callable[[], Iterable[Fill]], *, live: bool = True
    ) -> None:
        """Take in the account as it is ``now``. ``fills``: the orders' fills, asked for once a day. ``live``: prices
        come; without, what is open is not known."""
        if self._seen is not None and now < self._seen:
            return  # a clock that was set back: what was seen stays seen
        if self._seen is not None and _day(self._seen) != _day(now):
            self.points, self._every, self._told_past = [], _EVERY, False
        self.currency = portfolio.reserved.currency
        realised = _units(portfolio.realised_today)
        if realised is not None and not self._told_past:
            self._told_past = True
            self._tell_past(past_of(_day(now), portfolio, fills()))
        if self.points and self._seen is not None and now - self._seen > _ASLEEP:
            self.points.append(Point(self._seen, None, None))
        self._add(Point(now, realised, _units(portfolio.open_profit) if live else None))
        self._seen = now

    # --- inside -----------------------------------------------------------------------------------------------------

    def _tell_past(self, past: Sequence[Point]) -> None:
        first = self.points[0].at if self.points else None
        self.points[:0] = [point for point in past if first is None or point.at < first]
        self._thin()

    def _add(self, point: Point) -> None:
        """The newest look is always there; it takes the place of the one before until enough time has passed."""
        points = self.points
        if len(points) >= 2 and _alike(points[-1], point, self._every, points[-2]):
            points[-1] = point
        else:
            points.append(point)
            self._thin()

    def _thin(self) -> None:
        if len(self.points) <= self._most:
            return
        *older, newest = self.points
        while len(older) >= self._most:
            self._every *= 2
            kept = [one for place, one in enumerate(older) if place % 2 == 0 or one.total is None]
            older = kept if len(kept) < self._most else older[::2]  # gaps alone are too many
        self.points = [*older, newest]


def _alike(last: Point, point: Point, every: timedelta, before: Point) -> bool:
    """Whether ``last`` may give way: nothing jumps there, and it is too near to the one before to be worth a point."""
    if (last.realised, last.open is None) != (point.realised, point.open is None):
        return False
    same = (before.realised, before.open) == (last.realised, last.open) == (point.realised, point.open)
    smooth = (before.realised, before.open is None) == (last.realised, last.open is None)
    return same or (smooth and last.at - before.at < every)


def past_of(day: date, portfolio: Portfolio, fills: Iterable[Fill]) -> list[Point]:
    """What was realised after each fill of the day, oldest first, nothing known of what was open. Empty where the
    fills are not the ones that the day's profit was reckoned from."""
    by_instrument = dict[InstrumentId, list[Fill]]()
    for fill in fills:
        if fill.execution.number.trading_date == day:
            by_instrument.setdefault(fill.order.instrument, []).append(fill)
    steps: list[tuple[datetime, InstrumentId, int]] = []
    for id, told in by_instrument.items():
        realised = portfolio.realised_from.get(id)
        told.sort(key=lambda fill: fill.execution.at)
        amounts = [(fill.order.side, fill.execution.amount.units) for fill in told]
        if realised is None or amounts != [(line.side, line.amount) for line in realised.lines]:
            return []
        after = realised_steps(realised.shares, realised.cost, realised.lines)
        steps += [(fill.execution.at, id, units) for fill, units in zip(told, after, strict=True)]
    points, now = list[Point](), dict[InstrumentId, int]()
    for at, id, units in sorted(steps, key=lambda step: step[0]):
        now[id] = units
        points.append(Point(at, sum(now.values()), None))
    return points


def _units(value: Maybe[Money]) -> int | None:
    return value.value.units if isinstance(value, Known) else None


def _day(moment: datetime) -> date:
    return moment.astimezone(KST).date()
