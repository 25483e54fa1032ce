"""Virtual time passes only when nothing is left to do, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import time

import pytest

from hoga.base.virtual_loop import run_virtual


def test_a_day_takes_no_time_and_ends_at_the_right_moment() -> None:
    async def story() -> float:
        await asyncio.sleep(86_400)
        return asyncio.get_running_loop().time()

    began = time.monotonic()
    assert run_virtual(story()) == pytest.approx(86_400)
    assert time.monotonic() - began < 10


def test_things_happen_in_the_order_of_their_times() -> None:
    seen: list[tuple[float, str]] = []

    async def at(seconds: float, name: str) -> None:
        await asyncio.sleep(seconds)
        seen.append((asyncio.get_running_loop().time(), name))

    async def story() -> None:
        await asyncio.gather(at(3, "c"), at(1, "a"), at(2, "b"), at(2, "b2"))

    run_virtual(story())
    assert [name for _, name in seen] == ["a", "b", "b2", "c"]
    assert [moment for moment, _ in seen] == pytest.approx([1, 2, 2, 3])


def test_work_that_is_ready_is_done_before_time_moves() -> None:
    async def story() -> float:
        for _ in range(1_000):
            await asyncio.sleep(0)
        return asyncio.get_running_loop().time()

    assert run_virtual(story()) == 0.0


def test_time_outs_follow_virtual_time() -> None:
    async def story() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(30):
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert run_virtual(story()) == pytest.approx(30)


def test_a_wait_that_nothing_can_end_is_an_error_and_not_a_hang() -> None:
    async def story() -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="virtual time is stuck"):
        run_virtual(story())


def test_what_is_left_over_is_cancelled_and_has_ended() -> None:
    ended: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.sleep(10**9)
        finally:
            ended.append("cleaned up")

    left: list[asyncio.Task[None]] = []

    async def story() -> None:
        left.append(asyncio.get_running_loop().create_task(forever()))
        await asyncio.sleep(1)

    run_virtual(story())
    assert ended == ["cleaned up"]
    assert left[0].cancelled()


def test_an_error_of_the_story_comes_out() -> None:
    async def story() -> None:
        await asyncio.sleep(1)
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        run_virtual(story())


def test_two_runs_are_alike() -> None:
    async def story() -> list[float]:
        loop = asyncio.get_running_loop()
        moments = []
        for seconds in (0.1, 0.25, 1 / 3, 7):
            await asyncio.sleep(seconds)
            moments.append(loop.time())
        return moments

    assert run_virtual(story()) == run_virtual(story())
