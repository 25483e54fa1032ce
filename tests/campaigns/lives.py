"""One life of a desk, seen from outside its process: what it tells is counted, and how it ends is decided here."""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.campaigns import desk_process
from tests.campaigns.desk_process import Wish

STANDSTILL_SECONDS = 60.0
"""A desk that begins nothing for so long, and an exchange that is not away for so long, have come to a standstill."""
_END_SECONDS = 20.0
_starting = threading.Lock()


def _context() -> multiprocessing.context.BaseContext:
    """Lives begin by a fork of a process that has imported everything and done nothing; on Windows, from scratch."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([desk_process.__name__])
    return context


class Life:
    """A desk that lives. ``hear`` gets what it tells beyond plain counts, on a thread of this life's own."""

    def __init__(self, wish: Wish, hear: Callable[[Life, str, tuple[Any, ...]], None]) -> None:
        self.actions = 0
        self.blocked = 0
        self.ended = False
        """In good order, by itself."""
        self._hear = hear
        self._changed = threading.Condition()
        self._over = False
        self._fills = 0
        self._disk_full = False
        self._peace = False
        with _starting:
            context = _context()
            self._wire, theirs = context.Pipe()
            self._process = context.Process(target=desk_process.live, args=(theirs, wish), daemon=True)  # type: ignore[attr-defined]
            self._process.start()
            theirs.close()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    # --- while it lives ---------------------------------------------------------------------------------------------

    @property
    def over(self) -> bool:
        return self._over

    def say(self, *what: object) -> None:
        """Something that only a desk that lives hears."""
        try:
            self._wire.send(what)
        except OSError:
            return

    def fill_disk(self) -> None:
        """From now on its files cannot grow."""
        with self._changed:
            if self._peace:
                return
            self._fills += 1
            self._disk_full = True
            self.say("disk", self._fills)

    def free_disk(self) -> None:
        self.say("disk", 0)

    @property
    def disk_full(self) -> bool:
        """Whether something may still be unwritten."""
        return self._disk_full

    def has_begun(self, actions: int) -> bool:
        """Wait for so many actions. False: it came to its end, or to a standstill, before."""
        before, since = -1, time.monotonic()
        with self._changed:
            while self.actions < actions and not self._over:
                if self.actions != before:
                    before, since = self.actions, time.monotonic()
                if time.monotonic() - since > STANDSTILL_SECONDS:
                    return False
                self._changed.wait(1.0)
            return self.actions >= actions

    # --- its end ----------------------------------------------------------------------------------------------------

    def room_again(self) -> bool:
        """Give the disk room for good and wait until everything was written: what could not be would be lost with
        the process. False: it was not."""
        with self._changed:
            self._peace = True
            if not self._disk_full:
                return True
            self.free_disk()
            return self._changed.wait_for(lambda: not self._disk_full or self._over, _END_SECONDS)

    def kill(self) -> None:
        """SIGKILL, wherever it is just now."""
        if not self._over:
            self._process.kill()
        self._finish()

    def dies_at(self, point: str, seconds: float) -> bool:
        """Let it kill itself when it comes to ``point``. False: it did not come there in time, and lives."""
        self.say("doom", point)
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)
        if self._over:
            self._finish()
        return self._over

    def leaves(self, seconds: float = _END_SECONDS) -> bool:
        """Let it end in good order. False: it did not in time."""
        self.say("leave")
        return self.has_settled(seconds)

    def has_settled(self, seconds: float) -> bool:
        """Wait for its end in good order. False: there was none, and it is killed if it still lives."""
        with self._changed:
            self._changed.wait_for(lambda: self._over, seconds)
        if not self._over:
            self._process.kill()
        self._finish()
        return self.ended

    def _finish(self) -> None:
        self._process.join(_END_SECONDS)
        self._listener.join(_END_SECONDS)
        self._wire.close()

    # --- hearing ----------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        try:
            while True:
                self._take(*self._wire.recv())
        except (EOFError, OSError):
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _take(self, what: str, *values: Any) -> None:
        with self._changed:
            if what == "A":
                self.actions += 1
            elif what == "B":
                self.blocked += 1
            elif what == "E":
                self._disk_full = self._disk_full and values[0] != self._fills
            elif what == "end":
                self.ended = True
            self._changed.notify_all()
        self._hear(self, what, values)
