"""A market clock that nobody tells the time stands still; what it says has passed is less than what has."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoga.base.clock import KST, ManualClock, silence_of
from hoga.broker.practice_clock import PracticeClock, TimeTold

START = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


def told(speed: float = 1.0) -> TimeTold:
    return TimeTold(START, speed, speed, "2026-11-23", "ledger", 0.1)


def test_a_clock_that_runs_by_itself_is_never_silent() -> None:
    clock = ManualClock(START)
    silence = silence_of(clock)
    clock.advance(60.0)
    assert silence() == 0.0


def test_silence_is_the_market_time_that_was_not_told() -> None:
    wire = [0.0]
    clock = PracticeClock(lambda: wire[0])
    silence = silence_of(clock)
    assert silence() == 0.0, "never told: it has no time to leave out"
    clock.tell(told())
    wire[0] = 0.1
    assert (clock.now(), silence()) == (START + timedelta(seconds=0.1), 0.0)
    wire[0] = 12.1
    assert clock.now() == START + timedelta(seconds=0.1)
    assert round(silence(), 6) == 12.0
    clock.tell(told(speed=8.0))
    wire[0] += 2.1
    assert round(silence(), 6) == 16.0, "at the pace that was told last"
