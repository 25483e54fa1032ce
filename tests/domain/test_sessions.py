"""Phases of KRX, NXT, SOR and the US: the tables of markets.md 2.1 to 2.3 and 2.6, moment by moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.domain.calendar import KRX, DayOverride
from hoga.domain.instruments import Venue
from hoga.domain.sessions import AlwaysOpen, MarketSchedule, Phase, Schedule, Window, desk_day, is_over
from hoga.domain.tables import RuleUnknown

MARKETS = MarketSchedule()
PRACTICE = AlwaysOpen()

USUAL = "2026-11-20"
FIRST_DAY = "2026-01-02"
FIRST_DAY_2027 = "2027-01-04"
TEST_DAY = "2026-11-19"
LAST_SINGLE_PRICE_DAY = "2026-09-11"
FIRST_AFTER_MARKET_DAY = "2026-09-14"


def at(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), KST)


KRX_DAYS = [
    (USUAL, "08:29:59", Phase.CLOSED),
    (USUAL, "08:30", Phase.OPENING_AUCTION),
    (USUAL, "08:59:59", Phase.OPENING_AUCTION),
    (USUAL, "09:00", Phase.REGULAR),
    (USUAL, "15:19:59", Phase.REGULAR),
    (USUAL, "15:20", Phase.CLOSING_AUCTION),
    (USUAL, "15:30", Phase.CLOSING_PRICE_ENTRY),
    (USUAL, "15:40", Phase.CLOSING_PRICE),
    (USUAL, "16:00", Phase.AFTER),
    (USUAL, "19:59:59", Phase.AFTER),
    (USUAL, "20:00", Phase.CLOSED),
    ("2026-11-21", "10:00", Phase.CLOSED),
    ("2026-12-31", "10:00", Phase.CLOSED),
    (LAST_SINGLE_PRICE_DAY, "16:00", Phase.SINGLE_PRICE),
    (LAST_SINGLE_PRICE_DAY, "17:59:59", Phase.SINGLE_PRICE),
    (LAST_SINGLE_PRICE_DAY, "18:00", Phase.CLOSED),
    (FIRST_AFTER_MARKET_DAY, "18:00", Phase.AFTER),
    ("2025-03-04", "08:20", Phase.CLOSED),
    ("2025-02-28", "08:20", Phase.OPENING_AUCTION),
    (FIRST_DAY, "09:29:59", Phase.CLOSED),
    (FIRST_DAY, "09:30", Phase.OPENING_AUCTION),
    (FIRST_DAY, "10:00", Phase.REGULAR),
    (FIRST_DAY, "15:30", Phase.CLOSING_PRICE_ENTRY),
    (FIRST_DAY_2027, "09:59:59", Phase.OPENING_AUCTION),
    (FIRST_DAY_2027, "10:00", Phase.REGULAR),
    (FIRST_DAY_2027, "16:00", Phase.AFTER),
    (TEST_DAY, "09:00", Phase.CLOSED),
    (TEST_DAY, "09:30", Phase.OPENING_AUCTION),
    (TEST_DAY, "10:00", Phase.REGULAR),
    (TEST_DAY, "16:19:59", Phase.REGULAR),
    (TEST_DAY, "16:20", Phase.CLOSING_AUCTION),
    (TEST_DAY, "16:30", Phase.CLOSING_PRICE_ENTRY),
    (TEST_DAY, "16:40", Phase.CLOSING_PRICE),
    (TEST_DAY, "17:00", Phase.AFTER),
    (TEST_DAY, "20:00", Phase.CLOSED),
]

NXT_DAYS = [
    (USUAL, "07:59:59", Phase.CLOSED),
    (USUAL, "08:00", Phase.PRE),
    (USUAL, "08:50", Phase.PAUSE),
    (USUAL, "09:00:29", Phase.PAUSE),
    (USUAL, "09:00:30", Phase.REGULAR),
    (USUAL, "15:20", Phase.PAUSE),
    (USUAL, "15:30", Phase.AFTER_ENTRY),
    (USUAL, "15:40", Phase.AFTER),
    (USUAL, "19:59:59", Phase.AFTER),
    (USUAL, "20:00", Phase.CLOSED),
    (LAST_SINGLE_PRICE_DAY, "17:00", Phase.AFTER),
    (FIRST_DAY, "08:30", Phase.CLOSED),
    (FIRST_DAY, "10:00", Phase.CLOSED),
    (FIRST_DAY, "10:00:30", Phase.REGULAR),
    (FIRST_DAY, "15:40", Phase.AFTER),
    (TEST_DAY, "08:30", Phase.CLOSED),
    (TEST_DAY, "10:00:30", Phase.REGULAR),
    (TEST_DAY, "16:20", Phase.PAUSE),
    (TEST_DAY, "16:30", Phase.AFTER_ENTRY),
    (TEST_DAY, "16:40", Phase.AFTER),
]

SOR_DAYS = [
    (USUAL, "08:00", Phase.PRE),
    (USUAL, "08:50", Phase.OPENING_AUCTION),
    (USUAL, "09:00", Phase.REGULAR),
    (USUAL, "15:20", Phase.CLOSING_AUCTION),
    (USUAL, "15:40", Phase.AFTER),
    (TEST_DAY, "16:20", Phase.CLOSING_AUCTION),
    (FIRST_DAY, "09:30", Phase.OPENING_AUCTION),
]

US_DAYS = [
    # Winter: New York is 14 hours behind Korea.
    ("2026-11-20", "09:59:59", Phase.CLOSED),
    ("2026-11-20", "10:00", Phase.DAYTIME),
    ("2026-11-20", "18:00", Phase.PRE),
    ("2026-11-20", "23:29:59", Phase.PRE),
    ("2026-11-20", "23:30", Phase.REGULAR),
    ("2026-11-21", "05:59:59", Phase.REGULAR),
    ("2026-11-21", "06:00", Phase.AFTER),
    ("2026-11-21", "07:00", Phase.CLOSED),
    ("2026-11-21", "10:00", Phase.CLOSED),
    ("2026-11-23", "10:00", Phase.DAYTIME),
    # Summer: 13 hours behind; the daytime market still opens at 10:00 in Korea.
    ("2026-07-13", "09:59:59", Phase.CLOSED),
    ("2026-07-13", "10:00", Phase.DAYTIME),
    ("2026-07-13", "17:00", Phase.PRE),
    ("2026-07-13", "22:30", Phase.REGULAR),
    ("2026-07-14", "05:00", Phase.AFTER),
    ("2026-07-14", "07:00", Phase.CLOSED),
    # The clocks change on 8 March and 1 November 2026.
    ("2026-03-06", "23:30", Phase.REGULAR),
    ("2026-03-06", "23:00", Phase.PRE),
    ("2026-03-09", "22:30", Phase.REGULAR),
    ("2026-10-30", "22:30", Phase.REGULAR),
    ("2026-11-02", "22:30", Phase.PRE),
    ("2026-11-02", "23:30", Phase.REGULAR),
    ("2027-03-12", "22:30", Phase.PRE),
    ("2027-03-15", "22:30", Phase.REGULAR),
    # Thanksgiving is closed, the day after a half day: 13:00 in New York is 03:00 here.
    ("2026-11-26", "23:30", Phase.CLOSED),
    ("2026-11-27", "23:30", Phase.REGULAR),
    ("2026-11-28", "02:59:59", Phase.REGULAR),
    ("2026-11-28", "03:00", Phase.AFTER),
    ("2026-11-28", "07:00", Phase.CLOSED),
]


@pytest.mark.parametrize(
    ("venue", "day", "clock", "phase"),
    [
        (venue, *row)
        for venue, rows in (
            (Venue.KRX, KRX_DAYS),
            (Venue.NXT, NXT_DAYS),
            (Venue.SOR, SOR_DAYS),
            (Venue.US, US_DAYS),
        )
        for row in rows
    ],
)
def test_the_phase_of_a_moment(venue: Venue, day: str, clock: str, phase: Phase) -> None:
    assert MARKETS.status(venue, at(day, clock)).phase is phase


KRX_USUAL = "opening auction 08:30-09:00, previous close price* 08:30-08:40, regular 09:00-"
KRX_EARLIER_LATE = "opening auction 09:20-10:00, previous close price* 09:30-09:40, regular 10:00-"
NXT_CLOSE = (
    "15:20, closing price entry* 15:00-15:30, pause 15:20-15:30, after entry 15:30-15:40, "
    "closing price* 15:30-16:00, after 15:40-20:00"
)
NXT_LATE_CLOSE = (
    "16:20, closing price entry* 16:00-16:30, pause 16:20-16:30, after entry 16:30-16:40, "
    "closing price* 16:30-17:00, after 16:40-20:00"
)
SOR_CLOSE = "15:20, closing auction 15:20-15:30, after entry 15:30-15:40, after 15:40-20:00"
SOR_LATE_CLOSE = "16:20, closing auction 16:20-16:30, after entry 16:30-16:40, after 16:40-20:00"
KRX_LATE = "opening auction 09:30-10:00, previous close price* 09:30-09:40, regular 10:00-"
KRX_CLOSE = "15:20, closing auction 15:20-15:30, closing price entry 15:30-15:40, closing price 15:40-16:00, "
KRX_LATE_CLOSE = "16:20, closing auction 16:20-16:30, closing price entry 16:30-16:40, closing price 16:40-17:00, "

SOR_USUAL = "pre 08:00-08:50, opening auction* 08:30-08:50, opening auction 08:50-09:00, regular 09:00-"
NXT_USUAL = "pre 08:00-08:50, pause 08:50-09:00:30, regular 09:00:30-"

WHOLE_DAYS = [
    (Venue.KRX, USUAL, KRX_USUAL + KRX_CLOSE + "after 16:00-20:00"),
    (Venue.KRX, FIRST_DAY_2027, KRX_LATE + KRX_CLOSE + "after 16:00-20:00"),
    (Venue.KRX, TEST_DAY, KRX_LATE + KRX_LATE_CLOSE + "after 17:00-20:00"),
    (Venue.KRX, LAST_SINGLE_PRICE_DAY, KRX_USUAL + KRX_CLOSE + "single price 16:00-18:00"),
    (Venue.KRX, FIRST_DAY, KRX_LATE + KRX_CLOSE + "single price 16:00-18:00"),
    (Venue.KRX, "2025-11-13", KRX_LATE + KRX_LATE_CLOSE + "single price 17:00-18:00"),
    (
        Venue.KRX,
        "2016-08-01",
        "opening auction 08:20-09:00, previous close price* 08:30-08:40, regular 09:00-"
        + KRX_CLOSE
        + "single price 16:00-18:00",
    ),
    (Venue.KRX, "2025-01-02", KRX_EARLIER_LATE + KRX_CLOSE + "single price 16:00-18:00"),
    (Venue.KRX, "2024-11-14", KRX_EARLIER_LATE + KRX_LATE_CLOSE + "single price 17:00-18:00"),
    (Venue.NXT, USUAL, NXT_USUAL + NXT_CLOSE),
    (Venue.NXT, FIRST_DAY, "regular 10:00:30-" + NXT_CLOSE),
    (Venue.NXT, TEST_DAY, "regular 10:00:30-" + NXT_LATE_CLOSE),
    (Venue.SOR, USUAL, SOR_USUAL + SOR_CLOSE),
    (Venue.SOR, FIRST_DAY, "opening auction 09:30-10:00, regular 10:00-" + SOR_CLOSE),
    (Venue.SOR, TEST_DAY, "opening auction 09:30-10:00, regular 10:00-" + SOR_LATE_CLOSE),
    (Venue.US, USUAL, "daytime 10:00-18:00, pre 18:00-23:30, regular 23:30-06:00, after 06:00-07:00"),
    (Venue.US, "2026-11-27", "daytime 10:00-18:00, pre 18:00-23:30, regular 23:30-03:00, after 03:00-07:00"),
    (Venue.US, "2026-07-13", "daytime 10:00-17:00, pre 17:00-22:30, regular 22:30-05:00, after 05:00-07:00"),
    (Venue.KRX, "2026-11-21", ""),
]


@pytest.mark.parametrize(("venue", "day", "written"), WHOLE_DAYS)
def test_every_window_of_a_day(venue: Venue, day: str, written: str) -> None:
    windows = MARKETS.windows(venue, date.fromisoformat(day))
    assert ", ".join(map(as_text, windows)) == written


def as_text(window: Window) -> str:
    start, end = (f"{moment:%H:%M:%S}".removesuffix(":00") for moment in (window.start, window.end))
    return f"{window.phase.value}{'*' if window.beside else ''} {start}-{end}"


@pytest.mark.parametrize(
    ("venue", "day", "clock", "phases"),
    [
        (Venue.KRX, USUAL, "08:35", [Phase.OPENING_AUCTION, Phase.PREVIOUS_CLOSE_PRICE]),
        (Venue.KRX, FIRST_DAY, "09:35", [Phase.OPENING_AUCTION, Phase.PREVIOUS_CLOSE_PRICE]),
        (Venue.KRX, USUAL, "08:40", [Phase.OPENING_AUCTION]),
        (Venue.NXT, USUAL, "15:10", [Phase.REGULAR, Phase.CLOSING_PRICE_ENTRY]),
        (Venue.NXT, USUAL, "15:50", [Phase.AFTER, Phase.CLOSING_PRICE]),
        (Venue.NXT, USUAL, "16:00", [Phase.AFTER]),
        (Venue.SOR, USUAL, "08:30", [Phase.PRE, Phase.OPENING_AUCTION]),
        (Venue.KRX, USUAL, "21:00", []),
    ],
)
def test_windows_beside_the_main_one(venue: Venue, day: str, clock: str, phases: list[Phase]) -> None:
    assert [window.phase for window in MARKETS.open_windows(venue, at(day, clock))] == phases


def test_what_comes_next_and_how_long_it_takes() -> None:
    status = MARKETS.status(Venue.KRX, at(USUAL, "15:00"))
    assert (status.until, status.following) == (at(USUAL, "15:20"), Phase.CLOSING_AUCTION)
    assert status.left == timedelta(minutes=20)
    evening = MARKETS.status(Venue.KRX, at(USUAL, "19:00"))
    assert (evening.until, evening.following) == (at(USUAL, "20:00"), Phase.CLOSED)
    weekend = MARKETS.status(Venue.KRX, at(USUAL, "20:00"))
    assert (weekend.until, weekend.following) == (at("2026-11-23", "08:30"), Phase.OPENING_AUCTION)
    new_year = MARKETS.status(Venue.NXT, at("2026-12-30", "20:00"))
    assert (new_year.until, new_year.following) == (at(FIRST_DAY_2027, "10:00:30"), Phase.REGULAR)


@pytest.mark.parametrize(
    ("venue", "day", "clock", "belongs"),
    [
        (Venue.KRX, USUAL, "07:00", USUAL),
        (Venue.KRX, USUAL, "19:59", USUAL),
        (Venue.KRX, USUAL, "20:00", "2026-11-23"),
        (Venue.KRX, "2026-12-31", "10:00", FIRST_DAY_2027),
        (Venue.US, "2026-11-21", "03:00", "2026-11-20"),
        (Venue.US, "2026-11-23", "10:00", "2026-11-23"),
        (Venue.US, "2026-11-21", "08:00", "2026-11-23"),
    ],
)
def test_the_trading_date_that_a_moment_belongs_to(venue: Venue, day: str, clock: str, belongs: str) -> None:
    assert MARKETS.status(venue, at(day, clock)).trading_date == date.fromisoformat(belongs)


def test_an_account_may_have_asked_for_the_whole_us_after_market() -> None:
    long = MarketSchedule(long_after=True)
    assert long.status(Venue.US, at("2026-11-21", "09:59")).phase is Phase.AFTER
    assert long.status(Venue.US, at("2026-11-21", "10:00")).phase is Phase.CLOSED
    assert long.status(Venue.US, at("2026-07-14", "08:59")).phase is Phase.AFTER
    assert long.status(Venue.US, at("2026-07-14", "09:00")).phase is Phase.CLOSED


def test_moments_of_any_zone_are_understood_and_naive_ones_refused() -> None:
    assert MARKETS.status(Venue.KRX, datetime(2026, 11, 20, 0, 30, tzinfo=UTC)).phase is Phase.REGULAR
    naive = at(USUAL, "09:30").replace(tzinfo=None)
    for schedule in (MARKETS, PRACTICE):
        with pytest.raises(ValueError, match="needs a zone"):
            schedule.status(Venue.KRX, naive)


def test_a_broker_that_says_closed_closes_the_day() -> None:
    friday = date.fromisoformat(USUAL)
    told = MarketSchedule(KRX.with_overrides({friday: DayOverride(open=False)}))
    status = told.status(Venue.KRX, at(USUAL, "10:00"))
    assert (status.phase, status.trading_date) == (Phase.CLOSED, date(2026, 11, 23))


def test_hours_that_are_not_on_file_are_unknown() -> None:
    with pytest.raises(RuleUnknown, match="hours of KRX"):
        MARKETS.status(Venue.KRX, at("2016-07-29", "10:00"))
    with pytest.raises(RuleUnknown, match="hours of NXT"):
        MARKETS.status(Venue.NXT, at("2025-02-28", "10:00"))
    with pytest.raises(RuleUnknown, match="does not reach"):
        MARKETS.status(Venue.KRX, at("2027-12-31", "10:00"))


def test_practice_is_always_open_and_rolls_at_midnight() -> None:
    for day, clock in (("2026-11-21", "03:00"), ("2026-12-31", "12:00"), ("2031-01-01", "00:00")):
        status = PRACTICE.status(Venue.KRX, at(day, clock))
        assert status.phase is status.following is Phase.REGULAR
        assert status.trading_date == date.fromisoformat(day)
        assert status.until == at(day, "00:00") + timedelta(days=1)
        (window,) = PRACTICE.windows(Venue.NXT, status.trading_date)
        assert (window.start, window.end) == (at(day, "00:00"), status.until)
    assert PRACTICE.status(Venue.KRX, at(USUAL, "23:59:59")).left == timedelta(seconds=1)


moments = st.datetimes(datetime(2025, 3, 5), datetime(2027, 11, 30)).map(lambda moment: moment.replace(tzinfo=KST))  # noqa: DTZ001 the zone follows


@given(st.sampled_from([MARKETS, PRACTICE]), st.sampled_from(list(Venue)), moments)
def test_a_status_holds_until_it_says_and_then_the_following_one_begins(
    schedule: Schedule, venue: Venue, moment: datetime
) -> None:
    status = schedule.status(venue, moment)
    assert status.left > timedelta(0)
    just_before = schedule.status(venue, status.until - timedelta(microseconds=1))
    assert (just_before.phase, just_before.until) == (status.phase, status.until)
    then = schedule.status(venue, status.until)
    assert then.phase is status.following
    assert then.trading_date >= status.trading_date


@given(st.sampled_from(list(Venue)), st.dates(date(2025, 3, 5), date(2027, 11, 30)))
def test_main_windows_of_a_day_never_overlap(venue: Venue, day: date) -> None:
    main = [window for window in MARKETS.windows(venue, day) if not window.beside]
    for one, other in pairwise(main):
        assert one.start < one.end <= other.start
    windows = MARKETS.windows(venue, day)
    assert all(window.trading_date == day for window in windows)
    for beside in (window for window in windows if window.beside):
        assert main[0].start <= beside.start < beside.end <= main[-1].end


@pytest.mark.parametrize(
    ("day", "clock", "today"),
    [
        (USUAL, "00:00", USUAL),
        (USUAL, "08:00", USUAL),
        (USUAL, "15:31", USUAL),
        (USUAL, "20:00", USUAL),  # the next session's trading date is Monday
        (USUAL, "23:59:59", USUAL),
        ("2026-11-21", "00:00", "2026-11-21"),  # a Saturday: a day without orders
        ("2026-11-22", "23:59", "2026-11-22"),
        ("2026-11-23", "00:00", "2026-11-23"),
    ],
)
def test_what_a_desk_calls_today_lasts_until_midnight(day: str, clock: str, today: str) -> None:
    assert desk_day(MARKETS, at(day, clock)) == date.fromisoformat(today)
    assert desk_day(PRACTICE, at(day, clock)) == date.fromisoformat(today)


def test_today_is_told_where_no_hours_are_on_file() -> None:
    assert desk_day(MARKETS, at("2010-01-04", "10:00")) == date(2010, 1, 4)


@pytest.mark.parametrize(
    ("clock", "over"), [("15:31", False), ("19:59", False), ("20:00:59", False), ("20:01", True), ("23:59", True)]
)
def test_a_trading_date_is_over_after_its_last_session(clock: str, over: bool) -> None:
    day = date.fromisoformat(USUAL)
    assert is_over(MARKETS, day, at(USUAL, clock)) is over
    assert not is_over(PRACTICE, day, at(USUAL, clock))
    assert is_over(PRACTICE, day, at("2026-11-21", "00:00"))


def test_a_day_without_trading_is_over_at_its_midnight() -> None:
    saturday = date(2026, 11, 21)
    assert not is_over(MARKETS, saturday, at("2026-11-21", "23:59"))
    assert is_over(MARKETS, saturday, at("2026-11-22", "00:00"))


@given(st.datetimes(datetime(2017, 1, 1), datetime(2027, 12, 1)))  # noqa: DTZ001 made aware below
def test_an_order_of_a_running_session_belongs_to_what_is_called_today(moment: datetime) -> None:
    aware = moment.replace(tzinfo=KST)
    windows = MARKETS.open_windows(Venue.KRX, aware)
    for window in windows:
        assert window.trading_date == desk_day(MARKETS, aware)
        assert not is_over(MARKETS, window.trading_date, aware)
