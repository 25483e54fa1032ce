"""Runs blocking calls one at a time beside the event loop, each with the time that its caller has.

A keyring may hold a call for minutes while a prompt waits for a person. The thread is a daemon: a forgotten prompt
must not keep the program from ending.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class CallFailed(Exception):
    """The call raised ``error``."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(type(error).__name__)
        self.error = error


class Worker:
    """One thread that exists while there is work. A call whose caller has given up before its turn is not made."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]] = deque()
        self._lock = threading.Lock()
        self._running = False

    async def run(self, call: Callable[[], T], patience_s: float) -> T:
        """The call's result. Raises CallFailed with whatever the call raised, TimeoutError after ``patience_s``: a call
        that has begun by then goes on, and its result is dropped."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._lock:
            self._waiting.append((loop, future, call))
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
        return await asyncio.wait_for(future, patience_s)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                loop, future, call = self._waiting.popleft()
            if not future.cancelled():
                self._answer(loop, future, call)

    @staticmethod
    def _answer(loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any], call: Callable[[], Any]) -> None:
        result: Any = None
        failure: BaseException | None = None
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 handed to the caller: only the thread's boundary is here
            failure = error

        def deliver() -> None:
            if future.done():
                return
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(CallFailed(failure))

        try:
            loop.call_soon_threadsafe(deliver)
        except RuntimeError:
            return  # the loop has closed meanwhile: nobody waits any more
