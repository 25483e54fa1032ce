"""Locks of the operating system on a file: they die with their process, however it ends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

_LOOK_EVERY = 0.05

if sys.platform == "win32":
    import msvcrt

    def try_lock(file: IO[str]) -> bool:
        """Whether the lock is ours now; it is let go by closing the file."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(file: IO[str]) -> bool:
        """Whether the lock is ours now; it is let go by closing the file."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@asynccontextmanager
async def held(path: Path, patience_s: float) -> AsyncIterator[bool]:
    """Hold the lock on ``path`` while the block runs; waits at most ``patience_s`` wire seconds for whoever has it.

    Yields False when it was not to be had: the other has died in a way that left it, or the disk refuses.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("a+", encoding="ascii")
    except OSError:
        yield False
        return
    with file:
        yield await _locked_within(file, patience_s)


async def _locked_within(file: IO[str], patience_s: float) -> bool:
    loop = asyncio.get_running_loop()
    end = loop.time() + patience_s
    while not try_lock(file):  # another process cannot wake us
        if loop.time() >= end:
            return False
        await asyncio.sleep(_LOOK_EVERY)
    return True
