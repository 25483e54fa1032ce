"""A Qt event loop of its own for each test; leftovers of one test never reach the next."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from hoga.ui.loop import DeskLoop

LIMIT_S = 60.0
Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(autouse=True)
def pointer_aside(qapp: QApplication) -> None:
    """No test begins with the pointer where another left it: a list that is pointed at holds its rows in place."""
    QCursor.setPos(5000, 5000)
    qapp.processEvents()


@pytest.fixture
def run(qapp: QApplication) -> Iterator[Run]:
    """Run one coroutine on Qt's loop to its end; tasks that are still pending afterwards fail the test."""
    with DeskLoop(qapp) as loop:
        asyncio.set_event_loop(loop)

        def until_complete(work: Coroutine[Any, Any, Any]) -> Any:
            async def limited() -> Any:
                return await asyncio.wait_for(work, LIMIT_S)

            result = loop.run_until_complete(limited())
            left = [task for task in asyncio.all_tasks(loop) if not task.done()]
            assert not left, f"tasks were left behind: {left}"
            return result

        yield until_complete
        asyncio.set_event_loop(None)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
