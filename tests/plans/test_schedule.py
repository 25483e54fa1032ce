"""Rounds: exact sums, never half a share off the line, due times from a seed, and what fits the session."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.tickets import Side
from hoga.plans.inputs import Hours, Timing
from hoga.plans.schedule import Task, cumulative, jitter, lay_out, needed_spacing, sums
from tests.plans.made import CLOSE, MINUTE, NOW, OPEN, PLAIN, SESSION


def slices(total: int, rounds: int) -> tuple[int, ...]:
    return tuple(later - sooner for sooner, later in pairwise(sums(total, rounds)))


@pytest.mark.parametrize(
    ("total", "rounds", "expected"),
    [
        (33, 10, (3, 4, 3, 3, 4, 3, 3, 3, 4, 3)),  # markets.md 8.1, nearest of cumulative
        (4, 6, (1, 0, 1, 1, 0, 1)),
        (1, 1, (1,)),
        (0, 3, (0, 0, 0)),
    ],
)
def test_known_schedules(total: int, rounds: int, expected: tuple[int, ...]) -> None:
    assert slices(total, rounds) == expected


@given(st.integers(0, 10**12), st.integers(1, 120))
def test_slices_sum_and_stay_within_half_a_share_of_the_line(total: int, rounds: int) -> None:
    parts = slices(total, rounds)
    assert len(parts) == rounds
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1
    for number, due in enumerate(sums(total, rounds)):
        assert due == cumulative(total, rounds, number)
        assert abs(2 * rounds * cumulative(total, rounds, number) - 2 * total * number) <= rounds


@given(st.integers(), st.integers(1, 120), st.integers(0, 3600))
def test_jitter_stays_within_its_most_and_repeats(seed: int, number: int, most: int) -> None:
    late = jitter(seed, Side.BUY, number, most)
    assert 0 <= late <= most
    assert late == jitter(seed, Side.BUY, number, most)


def test_jitter_is_the_same_everywhere_and_spreads() -> None:
    drawn = [jitter(7, Side.SELL, number, 60) for number in range(1, 121)]
    assert drawn[:4] == [jitter(7, Side.SELL, number, 60) for number in (1, 2, 3, 4)]
    assert len(set(drawn)) > 30
    assert drawn != [jitter(8, Side.SELL, number, 60) for number in range(1, 121)]
    assert drawn != [jitter(7, Side.BUY, number, 60) for number in range(1, 121)]


def test_orders_of_a_round_keep_their_gap_and_only_those_that_send() -> None:
    how = replace(PLAIN, rounds=4, spacing_s=60)
    rounds = lay_out(Task(Side.SELL, how, {0: 4, 1: 2, 2: 4}, NOW), Timing(gap_s=10), SESSION.windows)
    assert [due.at for due in rounds] == [NOW + MINUTE * n for n in range(4)]
    assert [[child.leg for child in due.children] for due in rounds] == [[0, 1, 2], [0, 2], [0, 1, 2], [0, 2]]
    assert [child.at - NOW for child in rounds[0].children] == [timedelta(seconds=10 * n) for n in range(3)]
    assert rounds[0].ends == NOW + timedelta(seconds=30)
    assert [child.total for due in rounds for child in due.children if child.leg == 1] == [1, 2]
    assert needed_spacing(rounds, Timing(gap_s=10, jitter_s=5)) == 35


def test_a_round_fits_when_its_last_order_leaves_before_the_margin() -> None:
    how = replace(PLAIN, rounds=3, spacing_s=60)
    timing = Timing(gap_s=10, margin_s=30)
    start = CLOSE - timedelta(seconds=160)
    rounds = lay_out(Task(Side.BUY, how, {0: 3}, start), timing, SESSION.windows)
    assert [due.fits for due in rounds] == [True, True, True]
    rounds = lay_out(Task(Side.BUY, how, {0: 3}, start + timedelta(seconds=1)), timing, SESSION.windows)
    assert [due.fits for due in rounds] == [True, True, False]
    rounds = lay_out(Task(Side.BUY, how, {0: 3}, OPEN - MINUTE), timing, SESSION.windows)
    assert [due.fits for due in rounds] == [False, True, True]
    halves = (Hours(OPEN, NOW + timedelta(seconds=90)), Hours(NOW + MINUTE * 2, CLOSE))
    rounds = lay_out(Task(Side.BUY, how, {0: 3}, NOW), timing, halves)
    assert [due.fits for due in rounds] == [True, False, True]


def test_no_quantities_no_rounds() -> None:
    assert lay_out(Task(Side.BUY, PLAIN, {}, NOW), Timing(), SESSION.windows) == ()
