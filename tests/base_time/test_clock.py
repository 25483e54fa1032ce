"""Clocks: aware, injected, and never early."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from hoga.base.clock import KST, LoopClock, ManualClock, SystemClock
from hoga.base.virtual_loop import run_virtual

START = datetime(2026, 11, 20, 9, 0, tzinfo=KST)


def test_korean_time_is_nine_hours_ahead_all_year() -> None:
    for month in (1, 7):
        assert datetime(2026, month, 1, tzinfo=KST).utcoffset() == timedelta(hours=9)


def test_the_systems_clock_shows_the_machines_moment_in_korean_time() -> None:
    before, now, after = datetime.now(UTC), SystemClock().now(), datetime.now(UTC)
    assert before <= now <= after
    assert now.utcoffset() == timedelta(hours=9)


def test_the_systems_clock_sleeps_again_when_it_is_woken_early(monkeypatch: pytest.MonkeyPatch) -> None:
    real_sleep, asked = asyncio.sleep, []

    async def early(seconds: float) -> None:
        asked.append(seconds)
        await real_sleep(seconds * 0.9 if seconds > 1 else seconds)

    async def story() -> float:
        monkeypatch.setattr(asyncio, "sleep", early)
        began = asyncio.get_running_loop().time()
        await SystemClock().sleep(100.0)
        return asyncio.get_running_loop().time() - began

    assert run_virtual(story()) >= 100.0
    assert len(asked) > 1


@pytest.mark.parametrize("speed", [1.0, 60.0, 0.5])
def test_a_loop_clock_runs_as_many_times_as_fast(speed: float) -> None:
    async def story() -> tuple[datetime, datetime, float]:
        clock = LoopClock(START, speed)
        first = clock.now()
        await clock.sleep(600)
        return first, clock.now(), asyncio.get_running_loop().time()

    first, then, passed = run_virtual(story())
    assert first == START
    assert then - first >= timedelta(seconds=600) - timedelta(microseconds=1)
    assert passed == pytest.approx(600 / speed)


def test_a_loop_clock_starts_when_it_is_first_asked() -> None:
    async def story() -> datetime:
        await asyncio.sleep(5)
        clock = LoopClock(START)
        assert clock.now() == START
        await asyncio.sleep(2.5)
        return clock.now()

    assert run_virtual(story()) == START + timedelta(seconds=2.5)


def test_market_time_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        LoopClock(START.replace(tzinfo=None))


def test_a_manual_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(START)
    assert clock.now() == clock.now() == START
    clock.advance(90)
    assert clock.now() == START + timedelta(seconds=90)

    async def story() -> None:
        await clock.sleep(10)
        await clock.sleep(-5)

    run_virtual(story())
    assert clock.now() == START + timedelta(seconds=100)
