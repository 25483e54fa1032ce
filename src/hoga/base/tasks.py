"""Owned tasks: every coroutine that runs beside others has somebody who awaits it or cancels it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any

_log = logging.getLogger(__name__)

ErrorSink = Callable[[str, BaseException], None]


class Busy(Enum):
    """What to do when a task of the same name still runs."""

    DROP = auto()
    REPLACE = auto()
    REFUSE = auto()


class TaskOwner:
    """Owns the tasks of one long-lived object; ``aclose`` ends them all and waits for them.

    An exception that leaves a task goes to ``on_error`` (by default the log), never to nowhere.
    """

    def __init__(self, name: str, on_error: ErrorSink | None = None) -> None:
        self._name = name
        self._on_error = on_error or self._log_error
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._closed = False
        self._ending: set[asyncio.Task[Any]] = set()
        self._serial = 0

    def start(
        self, name: str, work: Coroutine[Any, Any, Any], *, busy: Busy = Busy.REFUSE, at_once: bool = False
    ) -> asyncio.Task[Any] | None:
        """Run ``work`` as a task called ``name``. Returns None when the policy dropped it. ``at_once``: as far as it
        comes without waiting before this returns, where the loop can do that (the window's can); elsewhere soon.

        Raises RuntimeError when the owner is closed, or the name is taken and ``busy`` is REFUSE.
        """
        if self._closed:
            work.close()
            raise RuntimeError(f"{self._name} is closed")
        running = self._tasks.get(name)
        if running is not None and not running.done():
            if busy is Busy.DROP:
                work.close()
                return None
            if busy is Busy.REFUSE:
                work.close()
                raise RuntimeError(f"{self._name}: task {name!r} already runs")
            running.cancel()
            self._ending.add(running)
            # The old task keeps an owner until it has really ended.
            self._serial += 1
            self._tasks[f"{name} (replaced {self._serial})"] = running
        task = asyncio.get_running_loop().create_task(work, name=f"{self._name}/{name}")
        self._tasks[name] = task
        task.add_done_callback(self._ended)
        if at_once and (begin := getattr(task.get_loop(), "begin", None)) is not None:
            begin(task)
        return task

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(name for name, task in self._tasks.items() if not task.done())

    async def aclose(self) -> None:
        """Cancel every task and wait until each has ended. Safe to call twice: a task that is already ending is not
        cancelled again, which would cut its clean-up short."""
        self._closed = True
        tasks = [task for task in self._tasks.values() if task is not asyncio.current_task()]
        for task in tasks:
            # Not task.cancelling(): a task group that failed inside the task leaves that count raised for good.
            if task not in self._ending:
                self._ending.add(task)
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        for name, known in list(self._tasks.items()):
            if known is task:
                del self._tasks[name]
        self._ending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(task.get_name(), error)

    @staticmethod
    def _log_error(name: str, error: BaseException) -> None:
        _log.error("task %s failed", name, exc_info=error)
