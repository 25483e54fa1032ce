"""The one event loop of the window: asyncio on Qt's, through qasync. Nothing else names qasync.

Three faults of qasync 0.28 are mended here: its timers are coarse and fire up to 5 % early (stack.md 4.2), it cuts
milliseconds off, and it lets Qt paint between any two steps of asyncio, so that an order of a dozen steps waits for a
dozen frames. And one rule: a dialog is opened with ``open()`` and awaited as a future, never with ``exec()``, which
would run a loop inside a task and lose another task's wake-up.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from qasync import QEventLoop, _SimpleTimer  # type: ignore[import-untyped]

_TURN_SECONDS = 0.004
"""For so long steps that are ready follow one another before Qt has its turn."""


class _PreciseTimer(_SimpleTimer):  # type: ignore[misc]  # qasync carries no types
    """Never early: precise timers instead of coarse ones."""

    def startTimer(self, milliseconds: int, _kind: Qt.TimerType = Qt.TimerType.PreciseTimer) -> int:
        return int(super().startTimer(milliseconds, Qt.TimerType.PreciseTimer))


class DeskLoop(QEventLoop):  # type: ignore[misc]  # qasync carries no types
    """The event loop of the running application. Use as ``with DeskLoop(app) as loop: loop.run_until_complete(…)``."""

    def __init__(self, app: QApplication) -> None:
        # Closing the last dialog would otherwise end the loop under a running task.
        app.setQuitOnLastWindowClosed(False)
        self._ready: deque[Any] = deque()
        self._turn_is_due = False
        super().__init__(app)
        coarse: _SimpleTimer = self._timer
        coarse.stop()
        self._timer: _SimpleTimer = _PreciseTimer()

    def _add_callback(self, handle: Any, delay: float = 0) -> Any:
        if delay <= 0:
            self._ready.append(handle)
            self._ask_for_a_turn()
            return handle
        # Rounded up: a whole millisecond late is harmless, a part of one early is not.
        return super()._add_callback(handle, math.ceil(delay * 1000) / 1000)

    def _ask_for_a_turn(self) -> None:
        if not self._turn_is_due:
            self._turn_is_due = True
            super()._add_callback(asyncio.Handle(self._take_a_turn, (), self))

    def _take_a_turn(self) -> None:
        """Run what is ready, in order, and what becomes ready by it, until the time is up."""
        self._turn_is_due = False
        end = time.monotonic() + _TURN_SECONDS
        while self._ready:
            handle = self._ready.popleft()
            if self._ready:
                self._ask_for_a_turn()  # also for a loop of Qt's that this step may run, and if it raises
            if not handle.cancelled():
                handle._run()
            if time.monotonic() >= end:
                break
        if self._ready:
            self._ask_for_a_turn()


async def opened(dialog: QDialog) -> int:
    """Show ``dialog`` without a nested loop and return its result code; a cancelled wait closes it."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(finished)
    dialog.open()
    try:
        return await done
    finally:
        dialog.finished.disconnect(finished)
        if dialog.isVisible():
            dialog.close()
