"""Trading and settlement days: markets.md 2.3, 3.1, 3.2 and 4.4, the public package, and the days on record."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.calendar import KRX, NYSE, DayKind, DayOverride, TradingCalendar
from hoga.domain.tables import RuleUnknown

YEARS = range(2000, 2028)
days_of_table = st.dates(date(2000, 1, 1), date(2027, 11, 30))
calendars = st.sampled_from([KRX, NYSE])


def closed_weekdays(calendar: TradingCalendar, year: int) -> list[str]:
    day, closed = date(year, 1, 1), []
    while day.year == year:
        if day.weekday() < 5 and not calendar.is_trading_day(day):
            closed.append(f"{day:%m-%d}")
        day += timedelta(days=1)
    return closed


@pytest.mark.parametrize(
    ("calendar", "year", "closed"),
    [
        (
            KRX,
            2026,
            "01-01 02-16 02-17 02-18 03-02 05-01 05-05 05-25 06-03 07-17 08-17 09-24 09-25 10-05 10-09 12-25 12-31",
        ),
        (
            KRX,
            2027,
            "01-01 02-08 02-09 03-01 05-03 05-05 05-13 07-19 08-16 09-14 09-15 09-16 10-04 10-11 12-27 12-31",
        ),
        (NYSE, 2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25"),
        (NYSE, 2027, "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24"),
    ],
    ids=["KRX 2026", "KRX 2027", "NYSE 2026", "NYSE 2027"],
)
def test_closed_weekdays_of_this_year_and_the_next(calendar: TradingCalendar, year: int, closed: str) -> None:
    assert closed_weekdays(calendar, year) == closed.split()


def test_how_many_sessions_a_year_has() -> None:
    assert len(KRX.trading_days(date(2026, 1, 1), date(2026, 12, 31))) == 244
    assert len(KRX.trading_days(date(2027, 1, 1), date(2027, 12, 31))) == 245


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-01-01", None),
        ("2026-01-02", DayKind.LATE_OPEN),
        ("2026-05-01", None),
        ("2026-06-03", None),
        ("2026-07-17", None),
        ("2026-08-17", None),
        ("2026-11-19", DayKind.LATE_DAY),
        ("2026-11-20", DayKind.USUAL),
        ("2026-12-30", DayKind.USUAL),
        ("2026-12-31", None),
        ("2027-01-01", None),
        ("2027-01-04", DayKind.LATE_OPEN),
    ],
)
def test_the_twelve_dates_that_packages_get_wrong(day: str, kind: DayKind | None) -> None:
    on = date.fromisoformat(day)
    assert KRX.is_trading_day(on) is (kind is not None)
    if kind is not None:
        assert KRX.kind(on) is kind
    else:
        assert KRX.closure(on) is not None
        with pytest.raises(ValueError, match="no trading day"):
            KRX.kind(on)


def test_the_first_trading_day_of_every_year_opens_late() -> None:
    for year in YEARS:
        first = KRX.next_trading_day(date(year, 1, 1) - timedelta(days=1)) if year > 2000 else date(2000, 1, 4)
        assert KRX.kind(first) is DayKind.LATE_OPEN
    late_opens = [day for day, kind in KRX.special_days.items() if kind is DayKind.LATE_OPEN]
    assert len(late_opens) == len(YEARS)


def test_the_test_day_of_every_year_up_to_2026_is_known() -> None:
    late_days = [day for day, kind in KRX.special_days.items() if kind is DayKind.LATE_DAY]
    # 2017 has two: the test was put off after an earthquake, the exchange's late day was not.
    assert sorted(day.year for day in late_days) == sorted([*range(2000, 2027), 2017])
    assert all(day.weekday() in (2, 3) for day in late_days)
    assert KRX.hours_known_through == date(2026, 12, 31)


def test_us_half_days() -> None:
    halves = [day for day in (NYSE.special_days) if day.year in (2026, 2027)]
    assert sorted(halves) == [date(2026, 11, 27), date(2026, 12, 24), date(2027, 11, 26)]
    assert {NYSE.kind(day) for day in halves} == {DayKind.HALF}


DIFFERENCES = {
    date(2000, 1, 3): "closed, the package has it open: exchange and banks stood still over the turn of the year 2000",
    date(2000, 12, 27): "closed, the package has it open: the year-end closing of 2000 began on the 27th",
    date(2000, 12, 28): "closed, the package has it open: as the day before",
}
"""KRX weekdays on which the table and the package differ, and why the table is right. The recorded trading days
(see below) agree with the table on each."""


def test_krx_agrees_with_the_public_package_but_for_the_days_explained() -> None:
    package = holidays.financial_holidays("XKRX", years=YEARS)
    differing = {
        day for day in weekdays(date(2000, 1, 1), date(2027, 12, 31)) if KRX.is_trading_day(day) is (day in package)
    }
    assert differing == set(DIFFERENCES)


def test_nyse_agrees_with_the_public_package_on_every_day_and_half_day() -> None:
    package = holidays.financial_holidays("XNYS", years=YEARS)
    halves = holidays.financial_holidays("XNYS", years=YEARS, categories=("half_day",))
    for day in weekdays(date(2000, 1, 1), date(2027, 12, 31)):
        assert NYSE.is_trading_day(day) is (day not in package), day
        if NYSE.is_trading_day(day):
            assert (NYSE.kind(day) is DayKind.HALF) is (day in halves), day


def weekdays(start: date, end: date) -> list[date]:
    days = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return [day for day in days if day.weekday() < 5]


def traded_days(*files: Path) -> list[date]:
    days: set[date] = set()
    for file in files:
        with file.open(newline="") as lines:
            days |= {date.fromisoformat(row["date"][:10]) for row in csv.DictReader(lines)}
    return sorted(day for day in days if day >= date(2000, 1, 1))


def test_krx_days_are_those_on_which_shares_traded(goldens: Path) -> None:
    daily = goldens / "data" / "daily"
    names = ("005930_long_adjusted", "000660_long_adjusted", "KOSPI_index", "005930")
    traded = traded_days(*(daily / f"{name}.csv" for name in names))
    assert traded[-1] >= date(2025, 6, 17)
    assert list(KRX.trading_days(traded[0], traded[-1])) == traded


def test_nyse_days_are_those_on_which_shares_traded(goldens: Path) -> None:
    daily = goldens / "data" / "daily"
    traded = traded_days(daily / "US_AAPL.csv", daily / "US_MSFT.csv")
    assert list(NYSE.trading_days(traded[0], traded[-1])) == traded


@pytest.mark.parametrize(
    ("calendar", "traded", "settles"),
    [
        (KRX, "2026-06-01", "2026-06-04"),
        (KRX, "2026-09-22", "2026-09-28"),
        (KRX, "2026-12-29", "2027-01-04"),
        (KRX, "2026-12-30", "2027-01-05"),
        (KRX, "2024-12-27", "2025-01-02"),
        (KRX, "2025-12-29", "2026-01-02"),
        (NYSE, "2026-11-25", "2026-11-27"),
        (NYSE, "2026-12-24", "2026-12-28"),
        (NYSE, "2024-05-24", "2024-05-29"),
        (NYSE, "2024-05-28", "2024-05-29"),
        (NYSE, "2017-09-01", "2017-09-07"),
        (NYSE, "2026-10-09", "2026-10-13"),  # Columbus Day: open, but banks are closed
    ],
)
def test_settlement(calendar: TradingCalendar, traded: str, settles: str) -> None:
    assert calendar.settlement_date(date.fromisoformat(traded)) == date.fromisoformat(settles)


def test_the_last_day_of_december_neither_trades_nor_settles() -> None:
    for year in YEARS:
        assert not KRX.is_settlement_day(date(year, 12, 31))


@given(calendars, days_of_table, st.integers(min_value=0, max_value=10))
def test_settlement_days_are_counted_one_by_one(calendar: TradingCalendar, day: date, count: int) -> None:
    reached = calendar.add_settlement_days(day, count)
    between = [day + timedelta(days=i) for i in range(1, (reached - day).days + 1)]
    assert sum(map(calendar.is_settlement_day, between)) == count
    assert count == 0 or calendar.is_settlement_day(reached)


@given(calendars, days_of_table)
def test_next_and_previous_skip_no_trading_day(calendar: TradingCalendar, day: date) -> None:
    following = calendar.next_trading_day(day)
    assert calendar.trading_days(day + timedelta(days=1), following) == (following,)
    if calendar.is_trading_day(day):
        assert calendar.previous_trading_day(following) == day


def test_settlement_never_goes_backwards() -> None:
    with pytest.raises(ValueError, match="never before"):
        KRX.add_settlement_days(date(2026, 6, 1), -1)


def test_a_brokers_word_overrules_the_table_and_the_difference_is_told() -> None:
    friday = date(2026, 11, 20)
    told = KRX.with_overrides({friday: DayOverride(open=False)})
    assert not told.is_trading_day(friday)
    assert not told.is_settlement_day(friday)
    assert told.disagrees(friday)
    assert told.next_trading_day(date(2026, 11, 19)) == date(2026, 11, 23)
    assert told.settlement_date(date(2026, 11, 19)) == date(2026, 11, 24)
    assert KRX.is_trading_day(friday)

    corrected = told.with_overrides({friday: DayOverride(open=True, settles=False)})
    assert corrected.is_trading_day(friday)
    assert not corrected.is_settlement_day(friday)
    assert not corrected.disagrees(friday)


def test_a_day_outside_the_table_is_unknown_unless_one_must_guess() -> None:
    beyond = KRX.covered_through + timedelta(days=3)
    with pytest.raises(RuleUnknown, match="does not reach 2028-01-03"):
        KRX.is_trading_day(beyond)
    with pytest.raises(RuleUnknown):
        KRX.next_trading_day(KRX.covered_through)
    with pytest.raises(RuleUnknown, match="no settlement rule"):
        KRX.settlement_date(date(1999, 12, 31))
    guessing = KRX.guessing()
    assert guessing.is_trading_day(beyond)
    assert not guessing.is_covered(beyond)
    assert guessing.settlement_date(date(2027, 12, 30)) == date(2028, 1, 4)
    assert guessing.settlement_date(date(1999, 12, 1)) == date(1999, 12, 3)
    told = KRX.with_overrides({beyond: DayOverride(open=True)})
    assert told.is_trading_day(beyond)
    assert told.disagrees(beyond)


def test_closures_have_names_in_both_languages() -> None:
    for calendar in (KRX, NYSE):
        for day in calendar.closures:
            name = calendar.closure(day)
            assert name is not None
            assert name.ko
            assert name.en
    seventeenth = KRX.closure(date(2026, 7, 17))
    assert seventeenth is not None
    assert seventeenth.ko == "제헌절"
    assert KRX.closure(date(2026, 11, 21)) is None


def test_the_tables_reach_at_least_sixty_days_ahead_of_today() -> None:
    """Meant to nag: when it fails, the exchanges' lists of the next year belong into domain/data."""
    today = datetime.now(UTC).date()
    for calendar in (KRX, NYSE):
        assert (calendar.covered_through - today).days >= 60, f"the calendar of {calendar.name} is running out"
