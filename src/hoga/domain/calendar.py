"""Trading days, settlement days and days with other hours, from dated tables. Source: markets.md 2.3, 3, 4.4.

A static calendar can never be complete: temporary holidays are announced days ahead. So a broker's word overrules the
table (``with_overrides``), and that the two differ can be asked and shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from hoga.domain.tables import RuleUnknown, Strict, in_order, load

_DAY = timedelta(days=1)


class DayKind(Enum):
    """Which hours a trading day keeps."""

    USUAL = "usual"
    LATE_OPEN = "late open"
    """KRX, first trading day of the year: opens an hour late, closes as ever."""
    LATE_DAY = "late day"
    """KRX, day of the college entrance test (수능): everything an hour late."""
    HALF = "half day"
    """US: closes at 13:00 in New York."""


class ClosureName(Struct, frozen=True):
    ko: str
    en: str


class DayOverride(Struct, frozen=True):
    """A broker's word on one day (KIS: ``opnd_yn``, ``sttl_day_yn``); ``settles`` None: it did not say."""

    open: bool
    settles: bool | None = None


class TradingCalendar(Struct, frozen=True):
    """The days of one market from ``covered_from`` to ``covered_through``.

    Questions about a day outside raise RuleUnknown, unless the calendar is a guessing one: then weekdays count as
    trading days there. Special hours are only known up to ``hours_known_through``.
    """

    name: str
    covered_from: date
    covered_through: date
    hours_known_through: date
    closures: Mapping[date, ClosureName]
    special_days: Mapping[date, DayKind]
    no_settlement: frozenset[date]
    lags: tuple[tuple[date, int], ...]
    overrides: Mapping[date, DayOverride] = field(default_factory=lambda: MappingProxyType({}))
    guesses: bool = False

    def is_covered(self, day: date) -> bool:
        """Whether the table itself speaks of the day."""
        return self.covered_from <= day <= self.covered_through

    def is_trading_day(self, day: date) -> bool:
        word = self.overrides.get(day)
        return word.open if word is not None else self._planned(day)

    def is_settlement_day(self, day: date) -> bool:
        """Whether money and shares change hands: a trading day on which banks work too. 31 December is none at KRX."""
        word = self.overrides.get(day)
        if word is not None and word.settles is not None:
            return word.settles
        return self.is_trading_day(day) and day not in self.no_settlement

    def disagrees(self, day: date) -> bool:
        """The broker says otherwise than the table: a state of its own, to be shown."""
        word = self.overrides.get(day)
        return word is not None and (not self._knows(day) or word.open != self._planned(day))

    def closure(self, day: date) -> ClosureName | None:
        """Why a weekday is closed according to the table; None on weekends and trading days."""
        return self.closures.get(day)

    def kind(self, day: date) -> DayKind:
        """Which hours a trading day keeps. Raises ValueError for a day without trading."""
        if not self.is_trading_day(day):
            raise ValueError(f"{day.isoformat()} is no trading day of {self.name}")
        return self.special_days.get(day, DayKind.USUAL)

    def next_trading_day(self, day: date) -> date:
        """The first trading day after ``day``."""
        return next(self._trading_days_from(day + _DAY, _DAY))

    def previous_trading_day(self, day: date) -> date:
        """The last trading day before ``day``."""
        return next(self._trading_days_from(day - _DAY, -_DAY))

    def trading_days(self, start: date, end: date) -> tuple[date, ...]:
        """Every trading day in [start, end], oldest first."""
        length = (end - start).days + 1
        return tuple(day for day in (start + _DAY * i for i in range(length)) if self.is_trading_day(day))

    def add_settlement_days(self, day: date, count: int) -> date:
        """The ``count``-th settlement day after ``day`` (0: the day itself). Raises ValueError for a negative count."""
        if count < 0:
            raise ValueError("settlement is never before the trade")
        while count:
            day += _DAY
            count -= self.is_settlement_day(day)
        return day

    def settlement_date(self, traded_on: date) -> date:
        """When a trade of that day settles: T+2 in Korea, T+1 in the US since 28 May 2024."""
        at = bisect_right(self.lags, traded_on, key=lambda row: row[0])
        if at == 0 and not self.guesses:
            raise RuleUnknown(f"{self.name}: no settlement rule on file for {traded_on.isoformat()}")
        return self.add_settlement_days(traded_on, self.lags[max(at - 1, 0)][1])

    def with_overrides(self, words: Mapping[date, DayOverride]) -> TradingCalendar:
        """The calendar with a broker's words added to those it has; the newer word for a day wins."""
        return replace(self, overrides=MappingProxyType({**self.overrides, **words}))

    def guessing(self) -> TradingCalendar:
        """The calendar with weekdays counted as trading days where the table ends, for those who must go on
        (Practice in a year without a table). ``is_covered`` still tells knowledge from guess."""
        return replace(self, guesses=True)

    def _planned(self, day: date) -> bool:
        if not self._knows(day):
            raise RuleUnknown(f"the calendar of {self.name} does not reach {day.isoformat()}")
        return day.weekday() < 5 and day not in self.closures

    def _knows(self, day: date) -> bool:
        return self.guesses or self.is_covered(day)

    def _trading_days_from(self, day: date, way: timedelta) -> Iterator[date]:
        while True:
            if self.is_trading_day(day):
                yield day
            day += way


class _Lag(Strict, frozen=True):
    since: date
    days: int


class _File(Strict, frozen=True):
    source: str
    covered_from: date
    covered_through: date
    hours_known_through: date
    names: dict[str, ClosureName]
    closures: dict[date, str]
    special_days: dict[date, DayKind]
    no_settlement: tuple[date, ...]
    settlement_lags: tuple[_Lag, ...]


def _calendar(name: str, file: str) -> TradingCalendar:
    table = load(file, _File)
    for day in (*table.closures, *table.special_days, *table.no_settlement):
        if day.weekday() > 4 or not table.covered_from <= day <= table.covered_through:
            raise ValueError(f"{file}: {day.isoformat()} is on a weekend or outside the table")
    lags = in_order(table.settlement_lags, f"settlement of {name}")
    return TradingCalendar(
        name,
        table.covered_from,
        table.covered_through,
        table.hours_known_through,
        MappingProxyType({day: table.names[key] for day, key in table.closures.items()}),
        MappingProxyType(table.special_days),
        frozenset(table.no_settlement),
        tuple((lag.since, lag.days) for lag in lags),
    )


KRX = _calendar("KRX", "calendar_krx.json")
NYSE = _calendar("NYSE", "calendar_nyse.json")
