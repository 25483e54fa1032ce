"""Work that runs once per key: who asks again while it runs, lands on the same run and gets the same result."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

from hoga.base.tasks import TaskOwner

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Landings(Generic[K, T]):
    """The work outlives its callers: when one of them is cancelled, the others still get the result."""

    def __init__(self, tasks: TaskOwner, name: str) -> None:
        self._tasks = tasks
        self._name = name
        self._running: dict[K, asyncio.Task[T]] = {}

    async def land(self, key: K, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Start ``work`` under ``key``, or join the one that runs."""
        running = self._running.get(key)
        if running is None:
            running = self._tasks.start(f"{self._name} {key}", work(), at_once=True)
            if running is None:
                raise RuntimeError(f"{self._name} {key} was not started")
            if not running.done():
                self._running[key] = running
                running.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(running)
