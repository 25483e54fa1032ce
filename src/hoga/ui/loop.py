"""The one event loop of the window: asyncio on Qt's, through qasync. Nothing else names qasync.

Three faults of qasync 0.28 are mended here: its timers are coarse and fire up to 5 % early (stack.md 4.2), it cuts
milliseconds off, and it lets Qt paint between any two steps of asyncio, so that an order of a dozen steps waits for a
dozen frames. And one rule: a dialog is opened with ``open()`` and awaited as a future, never with ``exec()``, which
would run a loop inside a task and lose another task's wake-up.

What a person does goes before what is drawn: steps that a key, the mouse or another thread made ready are taken before
Qt paints, and while a command is on its way to the wire (``hurried``) the loop waits a few milliseconds for the disk
instead of painting meanwhile.
"""

from __future__ import annotations

import asyncio
import gc
import math
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog
from qasync import QEventLoop, _SimpleTimer  # type: ignore[import-untyped]

from hoga.base.expecting import Expecting

_TURN_SECONDS = 0.004
"""So much work of steps that are ready is done before Qt has its turn. Work, not time: a busy machine would cut a
command into as many frames as it has steps."""
_HURRY_SECONDS = 0.012
"""For so long at most a command waits for the disk in the place of a frame."""
_GRACE_SECONDS = 0.008
"""What a command leaves ready when it is done, its bytes for one, is taken within this time."""
_SPARED_SECONDS = 0.05
"""For so long after a command has begun no garbage is looked for: going through all of a window's takes longer than an
order needs in all."""
_PRESSED_SECONDS = 1.0
"""The same from the moment at which a button went down: nobody holds one for longer that means a click."""
_MOMENT = 0.001
"""Timers are Qt's: they fire when nothing is ready."""
_SWITCH_SECONDS = 0.0005
_TURN = QEvent.Type(QEvent.registerEventType())


class _PreciseTimer(_SimpleTimer):  # type: ignore[misc]  # qasync carries no types
    """Never early: precise timers instead of coarse ones."""

    def startTimer(self, milliseconds: int, _kind: Qt.TimerType = Qt.TimerType.PreciseTimer) -> int:
        return int(super().startTimer(milliseconds, Qt.TimerType.PreciseTimer))


class _Bell(QObject):
    """Rung from any thread, it is heard in the loop's, before anything is painted."""

    def __init__(self, heard: Callable[[], None]) -> None:
        super().__init__()
        self._heard = heard

    def ring(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_TURN), Qt.EventPriority.HighEventPriority.value)

    def event(self, event: QEvent) -> bool:
        if event.type() != _TURN:
            return super().event(event)
        self._heard()
        return True


class DeskLoop(QEventLoop, Expecting):  # type: ignore[misc]  # qasync carries no types
    """The event loop of the running application. Use as ``with DeskLoop(app) as loop: loop.run_until_complete(…)``."""

    def __init__(self, app: QApplication) -> None:
        # Closing the last dialog would otherwise end the loop under a running task.
        app.setQuitOnLastWindowClosed(False)
        self._ready: deque[Any] = deque()
        self._turn_is_due = self._in_turn = False
        self._from_threads: deque[Any] = deque()
        self._woken = threading.Event()
        self._hurried: dict[asyncio.Task[Any], float] = {}
        self._begun_until = 0.0
        self._patient = False
        """A command has begun and has not waited for a thread in its own call yet."""
        self._grace_until = 0.0
        self._expected: set[asyncio.Future[Any]] = set()
        self._spared = False
        # A thread with a record to write must not wait for the interpreter as long as a frame takes to paint.
        sys.setswitchinterval(_SWITCH_SECONDS)
        super().__init__(app)
        coarse: _SimpleTimer = self._timer
        coarse.stop()
        self._timer: _SimpleTimer = _PreciseTimer()
        self._bell = _Bell(self._take_a_turn)

    def hurry(self, task: asyncio.Task[Any]) -> None:
        """Paint nothing while ``task`` has something to do, or waits for what a thread will tell (``expect``): not even
        what the key or the button changed that it came from."""
        self._hurried.setdefault(task, time.monotonic() + _HURRY_SECONDS)
        task.add_done_callback(self._hurried_has_ended)
        if asyncio.current_task(self) is None:
            self._take_a_turn()

    def _hurried_has_ended(self, task: asyncio.Task[Any]) -> None:
        self._hurried.pop(task, None)
        self._grace_until = time.monotonic() + _GRACE_SECONDS

    async def let_leave(self, task: asyncio.Task[Any]) -> None:
        """Return when what ``task`` made ready has had its turn: its bytes are on their way."""
        self._hurried_has_ended(task)
        self._hurried[task] = 0.0
        await asyncio.sleep(_MOMENT)

    @contextmanager
    def beginning(self) -> Iterator[None]:
        """What is begun in this block is in a hurry from its first step on: see ``hurry``."""
        self._begun_until, self._patient = time.monotonic() + _HURRY_SECONDS, True
        try:
            yield
        finally:
            self._begun_until = 0.0

    def take_patience(self) -> float:
        self._patient, patient = False, self._patient
        return max(self._hurry_until() - time.monotonic(), 0.0) if patient else 0.0

    def begin(self, task: asyncio.Task[Any]) -> None:
        """Take the first step of a task that was made just now, before anything else: the steps between a click and
        its bytes are one run. What runs it is set aside for so long, as tasks do with each other anyway."""
        if not self._ready or getattr(self._ready[-1]._callback, "__self__", None) is not task:
            return
        spares = self._look_for_no_garbage()
        handle, outer = self._ready.pop(), asyncio.current_task(self)
        if outer is not None:
            asyncio.tasks._leave_task(self, outer)
        try:
            handle._run()
        finally:
            if outer is not None:
                asyncio.tasks._enter_task(self, outer)
            if spares and self._spared:  # only now: a timer takes a while to set, and nothing has left before
                self.call_later(_SPARED_SECONDS, self._spare_no_more)

    def spare(self, seconds: float = _SPARED_SECONDS) -> None:
        """Look for no garbage for so long."""
        if self._look_for_no_garbage():
            self.call_later(seconds, self._spare_no_more)

    def _look_for_no_garbage(self) -> bool:
        """False: nobody looks for any now, and others see to it that somebody does again."""
        if not gc.isenabled():
            return False
        gc.disable()
        self._spared = True
        return True

    def _spare_no_more(self) -> None:
        if self._spared:
            self._spared = False
            gc.enable()

    def close(self) -> None:
        self._spare_no_more()
        super().close()

    def expect(self, told: asyncio.Future[Any]) -> None:
        self._expected.add(told)
        told.add_done_callback(self._expected.discard)

    def call_soon_threadsafe(self, callback: Callable[..., object], *args: Any, context: Any = None) -> Any:
        """A loop that has closed hears nothing more, as qasync's."""
        handle = asyncio.Handle(callback, args, self, context)
        if not self.is_closed():
            self._from_threads.append(handle)
            self._woken.set()
            self._bell.ring()
        return handle

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Any = None) -> Any:
        """As qasync's, which asks of every step what kind of function it is: a click is a dozen steps."""
        return self._add_callback(asyncio.Handle(callback, args, self, context))

    def _add_callback(self, handle: Any, delay: float = 0) -> Any:
        if delay <= 0:
            self._ready.append(handle)
            self._ask_for_a_turn()
            return handle
        # Rounded up: a whole millisecond late is harmless, a part of one early is not.
        return super()._add_callback(handle, math.ceil(delay * 1000) / 1000)

    def _ask_for_a_turn(self) -> None:
        if self._turn_is_due:
            return
        self._turn_is_due = True
        if self._in_turn:
            # Steps that always make new ones ready must let Qt have its turn: its timers are fair, the bell is not.
            super()._add_callback(asyncio.Handle(self._take_a_turn, (), self))
        else:
            self._bell.ring()

    def _take_a_turn(self) -> None:
        """Run what is ready, in order, and what becomes ready by it, until the time is up."""
        self._turn_is_due = False
        if self.is_closed():
            self._ready.clear()
            return
        outer, self._in_turn = self._in_turn, True
        try:
            self._run_ready()
            if self._ready:
                self._ask_for_a_turn()
        finally:
            self._in_turn = outer

    def _run_ready(self) -> None:
        began, end = time.monotonic(), time.thread_time() + _TURN_SECONDS
        while True:
            while self._from_threads:
                self._ready.append(self._from_threads.popleft())
            if not self._ready and not self._wait_in_a_hurry():
                return
            if not self._ready:
                continue
            handle = self._ready.popleft()
            if self._ready:
                self._ask_for_a_turn()  # also for a loop of Qt's that this step may run, and if it raises
            if not handle.cancelled():
                handle._run()
            # Work takes no less than time, and to ask for the work done costs a call of the system's after every step.
            now = time.monotonic()
            if now - began < _TURN_SECONDS or now < max(self._hurry_until(), self._grace_until):
                continue
            if time.thread_time() >= end:
                return

    def _hurry_until(self) -> float:
        return max(self._hurried.values(), default=0.0) or self._begun_until

    def _wait_in_a_hurry(self) -> bool:
        """Wait for a thread on which a command depends; False: there is none, or it takes too long."""
        left = self._hurry_until() - time.monotonic()
        if left <= 0 or not self._expected:
            return False
        self._woken.clear()
        return bool(self._from_threads) or self._woken.wait(left)


def in_a_hurry() -> AbstractContextManager[None]:
    """For the start of what ``hurried`` then goes on with."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return nullcontext()
    return loop.beginning() if isinstance(loop, DeskLoop) else nullcontext()


def get_ready() -> None:
    """A button is down: letting go of it may be a command."""
    with suppress(RuntimeError):
        if isinstance(loop := asyncio.get_running_loop(), DeskLoop):
            loop.spare(_PRESSED_SECONDS)


def hurried(task: asyncio.Task[Any] | None) -> None:
    """What ``task`` does is waited for by a person: see ``DeskLoop.hurry``. On another loop it runs as any other."""
    loop = task.get_loop() if task is not None else None
    if task is not None and isinstance(loop, DeskLoop):
        loop.hurry(task)


async def let_leave() -> None:
    """For a command that the desk has taken, before its window says so: showing it takes longer than sending it."""
    try:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
    except RuntimeError:
        return
    if task is not None and isinstance(loop, DeskLoop):
        await loop.let_leave(task)


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
