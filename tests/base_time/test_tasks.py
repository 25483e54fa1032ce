"""Owned tasks: somebody ends each of them, and no error goes to nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import pytest

from hoga.base.tasks import Busy, TaskOwner
from hoga.base.virtual_loop import run_virtual


async def wait_long(ended: list[str], name: str) -> None:
    try:
        await asyncio.sleep(1_000)
    except asyncio.CancelledError:
        # Ending takes a while too: the owner must wait for it.
        await asyncio.sleep(5)
        ended.append(name)
        raise


def test_close_ends_every_task_and_waits_for_its_end() -> None:
    ended: list[str] = []

    async def story() -> None:
        owner = TaskOwner("desk")
        owner.start("one", wait_long(ended, "one"))
        owner.start("two", wait_long(ended, "two"))
        await asyncio.sleep(1)
        assert sorted(owner.running) == ["one", "two"]
        await owner.aclose()
        assert sorted(ended) == ["one", "two"]
        assert owner.running == ()
        await owner.aclose()

    run_virtual(story())


def test_a_task_may_close_its_own_owner() -> None:
    async def story() -> bool:
        owner = TaskOwner("desk")
        done = asyncio.Event()

        async def ends_all() -> None:
            await owner.aclose()
            done.set()

        owner.start("last", ends_all())
        async with asyncio.timeout(10):
            await done.wait()
        return done.is_set()

    assert run_virtual(story())


@pytest.mark.parametrize(
    ("busy", "starts", "first_ends"),
    [(Busy.DROP, False, False), (Busy.REPLACE, True, True), (Busy.REFUSE, None, False)],
)
def test_a_second_task_of_the_same_name(busy: Busy, starts: bool | None, first_ends: bool) -> None:
    ended: list[str] = []
    ran: list[str] = []

    async def second() -> None:
        ran.append("second")

    async def story() -> None:
        owner = TaskOwner("desk")
        owner.start("chart", wait_long(ended, "first"))
        await asyncio.sleep(0)
        if starts is None:
            with pytest.raises(RuntimeError, match="'chart' already runs"):
                owner.start("chart", second(), busy=busy)
        else:
            assert (owner.start("chart", second(), busy=busy) is not None) is starts
        await asyncio.sleep(100)
        assert (ended == ["first"]) is first_ends
        assert (ran == ["second"]) is bool(starts)
        await owner.aclose()

    run_virtual(story())


def test_a_replaced_task_keeps_its_owner_until_it_has_ended() -> None:
    ended: list[str] = []

    async def story() -> None:
        owner = TaskOwner("desk")
        for name in ("first", "second", "third"):
            owner.start("chart", wait_long(ended, name), busy=Busy.REPLACE)
            await asyncio.sleep(1)
        assert len(owner.running) == 3
        await owner.aclose()
        assert sorted(ended) == ["first", "second", "third"]

    run_virtual(story())


def test_a_name_is_free_again_when_its_task_has_ended() -> None:
    async def quick() -> int:
        return 7

    async def story() -> None:
        owner = TaskOwner("desk")
        for _ in range(3):
            task = owner.start("chart", quick())
            assert task is not None
            assert await task == 7
            assert task.get_name() == "desk/chart"
        await owner.aclose()

    run_virtual(story())


def test_nothing_starts_in_a_closed_owner() -> None:
    async def never() -> None:
        raise AssertionError("ran after the end")

    async def story() -> None:
        owner = TaskOwner("desk")
        await owner.aclose()
        with pytest.raises(RuntimeError, match="desk is closed"):
            owner.start("late", never())

    run_virtual(story())


async def fail() -> None:
    raise LookupError("gone wrong")


async def start_and_wait(owner: TaskOwner, work: Coroutine[Any, Any, None]) -> None:
    owner.start("work", work)
    await asyncio.sleep(1)
    await owner.aclose()


def test_an_error_that_leaves_a_task_reaches_the_sink() -> None:
    heard: list[tuple[str, str]] = []
    owner = TaskOwner("desk", on_error=lambda name, error: heard.append((name, str(error))))
    run_virtual(start_and_wait(owner, fail()))
    assert heard == [("desk/work", "gone wrong")]


def test_without_a_sink_an_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        run_virtual(start_and_wait(TaskOwner("desk"), fail()))
    (record,) = caplog.records
    assert record.getMessage() == "task desk/work failed"
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], LookupError)


def test_a_cancelled_task_is_no_error() -> None:
    heard: list[str] = []
    ended: list[str] = []
    owner = TaskOwner("desk", on_error=lambda name, error: heard.append(name))
    run_virtual(start_and_wait(owner, wait_long(ended, "one")))
    assert (heard, ended) == ([], ["one"])
