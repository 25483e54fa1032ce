"""Marks of the axes: round, apart, on the bar where the hour or the day begins."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.ui.chart.axis import MINUTES_OF_DAY, Density, moment, price_marks, stamp_of, time_marks
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.chart.view import PriceRange

SESSION = (9 * 60, 15 * 60 + 30)


def stamps_of(timeframe: Timeframe, count: int) -> np.ndarray:
    """Starts of bars of a market that is open from 09:00 to 15:30, Monday to Friday."""
    at, found = datetime(2025, 11, 3, 9, 0, tzinfo=KST), list[int]()
    while len(found) < count:
        minute = at.hour * 60 + at.minute
        start = timeframe.start(at)
        if at.weekday() < 5 and SESSION[0] <= minute < SESSION[1]:
            stamp = stamp_of(start.replace(tzinfo=None))
            if not found or found[-1] != stamp:
                found.append(stamp)
        at = timeframe.following(start) if timeframe.intraday else at + timedelta(days=1)
    return np.array(found)


def density(stamps: np.ndarray) -> Density:
    return Density.measured(stamps, len(set((stamps // MINUTES_OF_DAY).tolist())))


@pytest.mark.parametrize("timeframe", list(Timeframe))
@pytest.mark.parametrize("apart", [3, 12, 40])
def test_marks_stand_apart_on_bars(timeframe: Timeframe, apart: int) -> None:
    stamps = stamps_of(timeframe, 500)
    marks = time_marks(stamps, (100, 400), timeframe, apart, density(stamps))
    indices = [mark.index for mark in marks]
    assert 2 <= len(marks) <= 300 // apart + 2
    assert all(100 <= index < 400 for index in indices)
    assert all(b - a >= apart for a, b in itertools.pairwise(indices))
    for mark in marks:
        now = moment(int(stamps[mark.index]))
        assert mark.label in {f"{now:%H:%M}", f"{now:%m-%d}", f"{now:%Y-%m}", f"{now:%Y}"}


def test_a_new_day_shows_its_date_and_nights_take_no_room() -> None:
    stamps = stamps_of(Timeframe.M1, 800)
    marks = {mark.index: mark for mark in time_marks(stamps, (300, 500), Timeframe.M1, 20, density(stamps))}
    assert marks[390].label == "11-04"
    assert marks[390].major
    assert {mark.label for mark in marks.values() if not mark.major} >= {"14:30", "15:00", "09:30", "10:00"}


def test_marks_stand_still_while_the_chart_is_moved() -> None:
    stamps = stamps_of(Timeframe.M5, 600)
    seen = [set(time_marks(stamps, (at, at + 200), Timeframe.M5, 15, density(stamps))) for at in range(100, 110)]
    inside = [{mark for mark in marks if 130 <= mark.index < 270} for marks in seen]
    assert all(marks == inside[0] for marks in inside)
    assert inside[0]


def test_no_bars_no_marks() -> None:
    assert time_marks(np.empty(0, np.int64), (0, 0), Timeframe.DAY, 5, Density.measured(np.empty(0, np.int64), 0)) == []


@given(st.integers(0, 2_000_000), st.integers(1, 900_000), st.integers(2, 20))
def test_round_prices(low: int, span: int, most: int) -> None:
    prices = PriceRange(low, low + span)
    marks = price_marks(prices, most)
    assert len(marks) <= most + 1
    steps = {b - a for a, b in itertools.pairwise(marks)}
    assert len(steps) <= 1
    for step in steps:
        assert str(step).rstrip("0") in ("1", "2", "5")
    assert all(low <= units <= low + span for units in marks)
