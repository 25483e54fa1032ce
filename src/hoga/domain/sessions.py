"""Sessions: which phase a venue is in, what comes next and when, and to which trading date a moment belongs.

Hours are data with an effective date (they changed in March 2025 and September 2026, and will again). Practice, always
open for now, is another schedule behind the same face. Source: markets.md 2.1 to 2.3 and 2.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.calendar import KRX, NYSE, DayKind, TradingCalendar
from hoga.domain.instruments import Venue
from hoga.domain.tables import RuleUnknown, Strict, in_force, in_order, load

_DAY = timedelta(days=1)
_NEW_YORK = ZoneInfo("America/New_York")


class Phase(Enum):
    """What a venue is doing."""

    CLOSED = "closed"
    DAYTIME = "daytime"
    """주간거래: the broker's overnight US market, by day in Korea."""
    PRE = "pre"
    OPENING_AUCTION = "opening auction"
    PREVIOUS_CLOSE_PRICE = "previous close price"
    """장전 시간외종가, beside the opening auction: trades at the previous close."""
    REGULAR = "regular"
    PAUSE = "pause"
    """NXT stands still around the KRX auctions."""
    CLOSING_AUCTION = "closing auction"
    CLOSING_PRICE_ENTRY = "closing price entry"
    CLOSING_PRICE = "closing price"
    """장후 시간외종가 (NXT: 종가매매): trades at the day's close."""
    AFTER_ENTRY = "after entry"
    AFTER = "after"
    SINGLE_PRICE = "single price"
    """시간외단일가, abolished on 14 September 2026."""


class Window(Struct, frozen=True):
    """One phase of one trading date: from ``start`` up to, not including, ``end``; both aware.

    A window ``beside`` runs along another one and is never *the* phase of its moment.
    """

    phase: Phase
    start: datetime
    end: datetime
    trading_date: date
    beside: bool = False

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


class PhaseStatus(Struct, frozen=True):
    """The phase at a moment and what follows it: everything a strip in the status bar shows."""

    phase: Phase
    trading_date: date
    """The date to which an order of this moment belongs: of the session that runs, or else of the next one."""
    moment: datetime
    until: datetime
    following: Phase

    @property
    def left(self) -> timedelta:
        return self.until - self.moment


class Schedule(Protocol):
    """A market's day. Moments are aware; a naive one raises ValueError. Venues or days without hours on file raise
    RuleUnknown."""

    def windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        """The windows of one trading date by start; none on a day without trading."""
        ...

    def open_windows(self, venue: Venue, moment: datetime) -> tuple[Window, ...]:
        """Every window that holds the moment, the main one first."""
        ...

    def status(self, venue: Venue, moment: datetime) -> PhaseStatus: ...

    def rules_day(self, trading_date: date) -> date:
        """The day whose order rules hold on a trading date: Practice keeps the newest, whatever its clock shows."""
        ...


_DAYS_KEPT = 64
"""Days whose windows are kept: every order asks for those of today several times."""


class MarketSchedule:
    """The real markets' hours over their calendars.

    ``long_after`` is for accounts that asked to trade the whole US after-market; others end at 07:00 KST.
    """

    def __init__(self, krx: TradingCalendar = KRX, nyse: TradingCalendar = NYSE, *, long_after: bool = False) -> None:
        self._calendars = {venue: nyse if venue is Venue.US else krx for venue in Venue}
        self._long_after = long_after
        self._known = lru_cache(_DAYS_KEPT)(self._windows)

    def windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        return self._known(venue, day)

    def _windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        calendar = self._calendars[venue]
        if not calendar.is_trading_day(day):
            return ()
        hours = in_force(_HOURS[venue], day, f"hours of {venue.value}").days
        kind = calendar.kind(day)
        if kind not in hours:
            raise RuleUnknown(f"no hours on file for a {kind.value} of {venue.value}")
        return tuple(sorted((self._window(venue, day, row) for row in hours[kind]), key=lambda w: w.start))

    def open_windows(self, venue: Venue, moment: datetime) -> tuple[Window, ...]:
        held = [w for w in self.windows(venue, _day_of(venue, moment)) if w.holds(moment)]
        return tuple(sorted(held, key=lambda w: w.beside))

    def rules_day(self, trading_date: date) -> date:
        return trading_date

    def status(self, venue: Venue, moment: datetime) -> PhaseStatus:
        running = self._main(venue, moment)
        if running is None:
            coming = next(w for w in self._from(venue, moment) if w.start > moment and not w.beside)
            return PhaseStatus(Phase.CLOSED, coming.trading_date, moment, coming.start, coming.phase)
        after = self._main(venue, running.end)
        following = after.phase if after is not None else Phase.CLOSED
        return PhaseStatus(running.phase, running.trading_date, moment, running.end, following)

    def _main(self, venue: Venue, moment: datetime) -> Window | None:
        return next((w for w in self.open_windows(venue, moment) if not w.beside), None)

    def _from(self, venue: Venue, moment: datetime) -> Iterator[Window]:
        """Windows of today's and all later trading dates, in order. Ends with RuleUnknown where the calendar does."""
        day = _day_of(venue, moment)
        while True:
            yield from self.windows(venue, day)
            day += _DAY

    def _window(self, venue: Venue, day: date, row: _Row) -> Window:
        if venue is not Venue.US:
            return Window(row.phase, _at(day, row.start), _at(day, row.end), day, row.beside)
        eve = day - _DAY if row.start > row.end else day
        start = datetime.combine(eve, row.start, _NEW_YORK).astimezone(KST)
        end = datetime.combine(day, row.end, _NEW_YORK).astimezone(KST)
        if row.phase is Phase.DAYTIME:
            start = max(start, _at(start.date(), _DAYTIME_NOT_BEFORE))
        if row.phase is Phase.AFTER and not self._long_after:
            end = min(end, _at(end.date(), _AFTER_UNTIL))
        return Window(row.phase, start, end, day, row.beside)


@lru_cache(_DAYS_KEPT)
def _around_the_clock(day: date) -> tuple[Window, ...]:
    return (Window(Phase.REGULAR, _at(day, time(0)), _at(day + _DAY, time(0)), day),)


class AlwaysOpen:
    """Practice, for now: the regular continuous session around the clock, every calendar day a trading date of its
    own that rolls at 00:00 KST."""

    def windows(self, venue: Venue, day: date) -> tuple[Window, ...]:
        return _around_the_clock(day)

    def open_windows(self, venue: Venue, moment: datetime) -> tuple[Window, ...]:
        return self.windows(venue, _day_of(Venue.KRX, moment))

    def rules_day(self, trading_date: date) -> date:
        return date.max

    def status(self, venue: Venue, moment: datetime) -> PhaseStatus:
        (today,) = self.open_windows(venue, moment)
        return PhaseStatus(Phase.REGULAR, today.trading_date, moment, today.end, Phase.REGULAR)


_CLOSE_SETTLES = timedelta(minutes=1)
"""After a day's last session its books are still being closed: nothing is concluded from them so early."""


def desk_day(schedule: Schedule, moment: datetime) -> date:
    """What a desk calls today: the trading date of the session that runs, else the day in Korea, so that a day's orders
    and fills stay in view until midnight and not only until the close. A day without trading is one without orders.

    Raises ValueError for a naive moment.
    """
    today = _day_of(Venue.KRX, moment)
    try:
        running = schedule.open_windows(Venue.KRX, moment)
    except RuleUnknown:
        return today
    return running[0].trading_date if running else today


def is_over(schedule: Schedule, day: date, moment: datetime) -> bool:
    """Whether the trading date ``day`` had ended by ``moment``: what its orders have not filled by then, they never
    will."""
    if desk_day(schedule, moment) > day:
        return True
    try:
        windows = schedule.windows(Venue.KRX, day)
    except RuleUnknown:
        return False
    return bool(windows) and max(window.end for window in windows) + _CLOSE_SETTLES <= moment


_DAYTIME_NOT_BEFORE = time(10)
"""KIS opens 주간거래 at 10:00 KST in summer too (markets.md 2.6)."""
_AFTER_UNTIL = time(7)
"""KIS ends the US after-market at 07:00 KST for accounts that did not ask for more (markets.md 2.6)."""


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, KST)


def _day_of(venue: Venue, moment: datetime) -> date:
    """The trading date that a moment would belong to if it were one: KRX and NXT count by the Korean day, the US from
    20:00 in New York the evening before. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment of the market needs a zone")
    if venue is Venue.US:
        return (moment.astimezone(_NEW_YORK) + timedelta(hours=4)).date()
    return moment.astimezone(KST).date()


class _Row(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    phase: Phase
    start: time
    end: time
    beside: bool = False


class _Hours(Strict, frozen=True):
    since: date
    days: dict[DayKind, tuple[_Row, ...]]


class _File(Strict, frozen=True):
    source: str
    venues: dict[Venue, tuple[_Hours, ...]]


def _checked(hours: Mapping[Venue, tuple[_Hours, ...]]) -> dict[Venue, tuple[_Hours, ...]]:
    """Raises ValueError when main windows of a day overlap or rows stand out of order."""
    for venue, rows in hours.items():
        for row in rows:
            for kind, windows in row.days.items():
                main = [w for w in windows if not w.beside]
                if any(one.end > other.start for one, other in pairwise(main)):
                    raise ValueError(f"hours of {venue.value}, {kind.value} since {row.since}: windows overlap")
    return {venue: in_order(rows, f"hours of {venue.value}") for venue, rows in hours.items()}


_HOURS = _checked(load("sessions.json", _File).venues)
