"""An event loop whose time passes only when nothing is left to do.

Desk core and exchange engine run on it together in one process: a day takes as long as its work, and the same seed
gives the same run. ``loop.time()``, ``asyncio.sleep`` and time-outs all follow virtual time. Real sockets and threads
must not be used on it: a wait for them would be jumped over.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_OWN_PIPE = 1
"""What every loop watches: the pipe by which threads wake it. What they hand over lies in its queue by then."""


class _JumpingSelector(selectors.SelectSelector):
    """Never waits: asks the loop to jump ahead by the time it was told to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.jumped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        watched = len(self.get_map()) > _OWN_PIPE  # what the loop says to itself it has said already
        ready = super().select(0) if watched or timeout is None else []
        if ready:
            return ready
        if timeout is None:
            raise RuntimeError("virtual time is stuck: every task waits for something that no timer will bring")
        self.jumped += max(timeout, 0.0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A selector loop on virtual time, which starts at 0.0 seconds."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.jumped


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run ``main`` on a virtual loop of its own until it returns; cancel what is left over."""
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(main)
    finally:
        leftovers = asyncio.all_tasks(loop)
        for task in leftovers:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*leftovers, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        loop.close()
