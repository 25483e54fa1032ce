"""The window's loop: never early, and a dialog does not stop other tasks."""

from __future__ import annotations

import asyncio
import gc
import threading
from contextlib import suppress

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hoga.base.clock import SystemClock
from hoga.base.tasks import TaskOwner
from hoga.ui.loop import DeskLoop, get_ready, hurried, in_a_hurry, let_leave, opened
from tests.ui.conftest import Run


@pytest.mark.parametrize("seconds", [0.0004, 0.02, 0.2037])
def test_sleep_is_never_early(run: Run, seconds: float) -> None:
    async def sleeps() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(seconds)
        return loop.time() - began

    assert run(sleeps()) >= seconds


def test_a_market_second_is_a_second_at_least(run: Run) -> None:
    async def sleeps() -> float:
        loop, clock = asyncio.get_running_loop(), SystemClock()
        began = loop.time()
        await clock.sleep(0.11)
        return loop.time() - began

    assert run(sleeps()) >= 0.11


def test_a_dialog_leaves_other_tasks_running(run: Run, qapp: QApplication) -> None:
    async def story() -> tuple[int, int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.001)
                ticks += 1
                if ticks == 5:
                    dialog.accept()

        dialog = QDialog()
        ticking = asyncio.create_task(tick())
        result = await opened(dialog)
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        dialog.deleteLater()
        return result, ticks

    result, ticks = run(story())
    assert result == QDialog.DialogCode.Accepted.value
    assert ticks >= 5


def test_a_cancelled_wait_closes_its_dialog(run: Run, qapp: QApplication) -> None:
    async def story() -> bool:
        dialog = QDialog()
        waiting = asyncio.create_task(opened(dialog))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        visible = dialog.isVisible()
        dialog.deleteLater()
        return visible

    assert run(story()) is False


def test_what_a_key_made_ready_goes_before_what_is_drawn(run: Run, qapp: QApplication) -> None:
    told: list[str] = []

    class Picture(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            told.append("painted")

    async def story() -> None:
        picture = Picture()
        picture.show()
        await asyncio.sleep(0.05)
        told.clear()
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        async def sent() -> None:
            await asyncio.sleep(0)
            told.append("sent")
            done.set()

        def press() -> None:
            picture.update()
            loop.create_task(sent())

        QTimer.singleShot(0, press)
        await done.wait()
        await asyncio.sleep(0.05)
        picture.deleteLater()

    run(story())
    assert told == ["sent", "painted"]


def test_steps_that_never_end_leave_qt_its_turn(run: Run) -> None:
    async def story() -> int:
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(1)
        began = asyncio.get_running_loop().time()
        while ticks < 3 and asyncio.get_running_loop().time() - began < 5:  # noqa: ASYNC110 spins on purpose
            await asyncio.sleep(0)
        timer.stop()
        return ticks

    assert run(story()) >= 3


def test_a_command_in_a_hurry_waits_for_the_disk_before_anything_else_has_its_turn(run: Run) -> None:
    told: list[str] = []

    async def story() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, DeskLoop)
        written: asyncio.Future[None] = loop.create_future()
        QTimer.singleShot(0, lambda: told.append("Qt"))

        async def command() -> None:
            threading.Timer(0.002, lambda: loop.call_soon_threadsafe(written.set_result, None)).start()
            loop.expect(written)
            await written
            told.append("written")

        task = asyncio.create_task(command())
        hurried(task)
        await task
        await asyncio.sleep(0.02)

    run(story())
    assert told == ["written", "Qt"]


def test_what_begins_at_once_has_come_as_far_as_it_can_when_it_is_started(run: Run) -> None:
    """From a task as from a slot; whoever started it goes on as the task that it is."""

    async def story() -> list[str]:
        told: list[str] = []
        owner = TaskOwner("owner")

        def name() -> str:
            task = asyncio.current_task()
            return task.get_name() if task is not None else "nobody"

        async def inner() -> None:
            told.append(name())
            await asyncio.sleep(0)
            told.append("inner ends")

        async def outer() -> None:
            owner.start("inner", inner(), at_once=True)
            told.append(name())

        def slot() -> None:
            owner.start("outer", outer(), at_once=True)
            told.append(name())

        asyncio.get_running_loop().call_soon(slot)
        while "inner ends" not in told:  # noqa: ASYNC110 turns of the loop, not time
            await asyncio.sleep(0)
        await owner.aclose()
        return told

    assert run(story()) == ["owner/inner", "owner/outer", "nobody", "inner ends"]


def test_no_garbage_is_looked_for_while_a_command_begins_and_soon_it_is_again(run: Run) -> None:
    async def story() -> list[bool]:
        told: list[bool] = []
        owner = TaskOwner("owner")

        async def command() -> None:
            told.append(gc.isenabled())

        told.append(gc.isenabled())
        for name in "one", "two":
            owner.start(name, command(), at_once=True)
        async with asyncio.timeout(5):
            while not gc.isenabled():  # noqa: ASYNC110 a timer of the loop is waited for
                await asyncio.sleep(0.01)
        owner.start("three", command(), at_once=True)
        await owner.aclose()
        return told

    assert run(story()) == [True, False, False, False]


def test_a_loop_that_closes_leaves_the_search_for_garbage_as_it_was(qapp: QApplication) -> None:
    with DeskLoop(qapp) as loop:

        async def command() -> None:
            assert not gc.isenabled()

        async def story() -> None:
            owner = TaskOwner("owner")
            task = owner.start("one", command(), at_once=True)
            assert task is not None
            await task

        loop.run_until_complete(story())
    assert gc.isenabled()


def test_a_command_that_takes_long_holds_nothing_up(run: Run) -> None:
    async def story() -> list[str]:
        told: list[str] = []
        never: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        seen = asyncio.Event()

        def look() -> None:
            told.append("Qt")
            seen.set()

        async def command() -> None:
            await never

        task = asyncio.create_task(command())
        hurried(task)
        QTimer.singleShot(0, look)
        await asyncio.wait_for(seen.wait(), 5)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return told

    assert run(story()) == ["Qt"]


def test_what_a_command_sends_leaves_before_its_window_says_so(run: Run) -> None:
    told: list[str] = []

    async def story() -> None:
        async def send() -> None:
            for _ in range(20):
                await asyncio.sleep(0)
            told.append("sent")

        async def command() -> None:
            sending = asyncio.create_task(send())
            await let_leave()
            told.append("said")
            await sending

        task = asyncio.create_task(command())
        hurried(task)
        await task

    run(story())
    assert told == ["sent", "said"]


def test_a_command_may_hold_the_loop_for_one_answer_and_not_for_long(run: Run) -> None:
    async def story() -> list[float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, DeskLoop)
        before = loop.take_patience()
        with in_a_hurry():
            once, twice = loop.take_patience(), loop.take_patience()
        with in_a_hurry():
            pass
        return [before, once, twice, loop.take_patience()]

    before, once, twice, after = run(story())
    assert 0 < once < 0.016
    assert (before, twice, after) == (0, 0, 0)


def test_no_garbage_is_looked_for_while_a_button_is_down(run: Run) -> None:
    async def story() -> tuple[bool, bool]:
        before = gc.isenabled()
        get_ready()
        return before, gc.isenabled()

    assert run(story()) == (True, False)
