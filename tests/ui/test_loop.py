"""The window's loop: never early, and a dialog does not stop other tasks."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from hoga.base.clock import SystemClock
from hoga.ui.loop import opened
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

        ticking = asyncio.create_task(tick())
        dialog = QDialog()
        QTimer.singleShot(60, dialog.accept)
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
