"""One SQLite file with one writer: a thread of its own that owns the connection.

``write`` hands over statements and returns a future; when it is done, they are on the disk (WAL, synchronous=FULL:
the commit is an fsync). Writes that arrive while a commit runs share the next one. Each write is all or nothing, and
one that fails takes no other with it. ``read`` uses a second, read-only connection, so that a long query never delays
a write.

The log of the file is worked into it by the same thread, when nobody waits: inside a commit, where SQLite would do it,
an order would wait for it.

With ``inline`` there are no threads and every write commits before ``write`` returns: for virtual time and for tools.
Without ``fsync`` (rehearsals only) what is committed survives the end of the process but not of the power.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from hoga.base.expecting import Expecting
from hoga.base.message import Message
from hoga.storage.errors import Conflict, Damaged, StorageError, Unwritable
from hoga.storage.pages import wal_of
from hoga.storage.schema import migrate, told

if TYPE_CHECKING:
    from hoga.storage.rebuild import Rebuilt

_log = logging.getLogger(__name__)

Value: TypeAlias = str | int | None
Statement: TypeAlias = tuple[str, tuple[Value, ...]]
Row: TypeAlias = tuple[Value, ...]

_CLOSING_PATIENCE = 10.0
"""Wire seconds."""
_BURST = 512
"""Most writes that share one commit: bounds how long the first of them waits."""
_IDLE_SECONDS = 0.05
"""Wire time. So long after the last commit nobody is thought to wait for another."""
_WORK_IN_AFTER = 24
_WORK_IN_AT_LAST = 96
"""Commits since the log was worked in: from so many on it is done when nobody waits, at so many in any case."""
_ROOM = 2 << 20
"""Bytes of the log that are on the disk soon after it was opened: writing over what is there is on the disk in half the
time of making a file longer. More than ``_WORK_IN_AT_LAST`` commits of orders take."""


class _Job(Struct):
    statements: Sequence[Statement]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]
    error: StorageError | None = None
    waited_for: threading.Lock | None = None
    """Held until it was tried, where the loop's own thread stands by for that."""


class Database:
    """See the module. Open it with ``open_database``; ``aclose`` waits for what is still to be written."""

    def __init__(self, path: Path, *, inline: bool = False, fsync: bool = True) -> None:
        self._path = path
        self._inline = inline
        self._fsync = fsync
        self._closed = False
        self._unwritable: bool | None = None
        self.commits = 0
        """How many transactions were committed; shows that bursts share them."""
        self._worked_in = 0
        self._wants_room = fsync
        self.rebuilt: Rebuilt | None = None
        """Set by ``hoga.storage.opening`` when this file had to be made anew today."""
        self.prepared = False
        """Opened by ``hoga.storage.opening``: it is a desk's own, and is looked after."""
        if inline:
            self._connection = _opened(path, fsync=fsync, inline=True)
            return
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._tried: deque[_Job] = deque()
        """Whose futures are to be told, in order."""
        opened: queue.SimpleQueue[StorageError | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_for_ever, args=(opened,), name="journal writer", daemon=True)
        self._writer.start()
        failed = opened.get()
        if failed is not None:
            self._writer.join()
            raise failed
        self._reader = ThreadPoolExecutor(1, "journal reader")

    @property
    def path(self) -> Path:
        return self._path

    def write(self, *statements: Statement, stand_by: bool = False) -> asyncio.Future[None]:
        """Do all the statements or none. The future is done when they are durable; it fails with Unwritable or
        Conflict. Futures are done in the order of the calls. Cancelling the future does not take the write back.

        ``stand_by``: where a person's command holds the loop anyway (``Expecting.take_patience``), the disk is waited
        for in this call, so that the future most often is done when it returns: two hands-over between threads cost
        more than the disk does. One that takes longer than a hurry may is waited for as ever."""
        loop = asyncio.get_running_loop()
        job = _Job(statements, loop, loop.create_future())
        if self._closed:
            job.error = Unwritable(Message("STORE_CLOSED"))
            _deliver([job])
        elif self._inline:
            self._commit(self._connection, [job])
            _deliver([job])
        elif isinstance(loop, Expecting):
            self._write_soon(job, loop.take_patience() if stand_by else 0.0)
            if not job.done.done():
                loop.expect(job.done)  # an order waits for the disk; what is drawn can wait for both
        else:
            self._jobs.put(job)
        return job.done

    def _write_soon(self, job: _Job, patience: float) -> None:
        if patience <= 0:
            self._jobs.put(job)
            return
        tried = job.waited_for = threading.Lock()
        tried.acquire()
        self._jobs.put(job)
        heard = tried.acquire(timeout=patience)
        if not heard:
            job.waited_for = None  # from now on the writer rings, unless it has let go just before
            heard = tried.acquire(blocking=False)
        if heard:
            self._deliver_tried()

    async def read(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        """All rows of a query. Sees every write whose future was done before."""
        if self._inline:
            return select(self._connection, sql, values)
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read_apart, sql, values)

    def rehearse_unwritable(self, unwritable: bool) -> None:
        """For rehearsals: from the next write on, the file refuses every write (or takes them again)."""
        self._unwritable = unwritable

    async def aclose(self) -> None:
        """Write what is waiting, then close; a disk that hangs is not waited for longer than a few seconds. Safe to
        call twice."""
        if self._closed:
            return
        self._closed = True
        if self._inline:
            self._connection.close()
            return
        self._jobs.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._writer.join, _CLOSING_PATIENCE)
        if self._writer.is_alive():
            _log.error("the disk does not answer: what it still holds may not be in the journal")
        self._reader.shutdown(wait=True)

    def drop(self) -> None:
        """Let go of an inline file at once, as a crash would: what was not committed is lost."""
        self._closed = True
        if self._inline:
            self._connection.close()

    # --- the writer's thread ----------------------------------------------------------------------------------------

    def _write_for_ever(self, opened: queue.SimpleQueue[StorageError | None]) -> None:
        try:
            connection = _opened(self._path, fsync=self._fsync)
        except StorageError as error:
            opened.put(error)
            return
        opened.put(None)
        with closing(connection):
            while True:
                jobs, last = self._next_burst(connection)
                if jobs:
                    self._commit(connection, jobs)
                    self._hand_back(jobs)
                if last:
                    return
                if self.commits - self._worked_in >= _WORK_IN_AT_LAST:
                    self._work_in(connection)

    def _next_burst(self, connection: sqlite3.Connection) -> tuple[list[_Job], bool]:
        jobs: list[_Job] = []
        while len(jobs) < _BURST:
            try:
                job = self._jobs.get(block=not jobs, timeout=self._patience())
            except queue.Empty:
                if jobs:
                    break
                self._use_the_pause(connection)
                continue
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _patience(self) -> float | None:
        """How long the next write is waited for before the pause is used; None: there is nothing to do in it."""
        return _IDLE_SECONDS if self._wants_room or self.commits - self._worked_in >= _WORK_IN_AFTER else None

    def _use_the_pause(self, connection: sqlite3.Connection) -> None:
        if self._wants_room:
            self._wants_room = False
            _make_room(wal_of(self._path))
        else:
            self._work_in(connection)

    def _work_in(self, connection: sqlite3.Connection) -> None:
        """Bring what the log holds into the file, as far as no reader needs it, so that the log starts anew."""
        self._worked_in = self.commits
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error as error:
            # Nothing is lost: everything is in the log. The next write says what ails the disk.
            _log.warning("the journal's log could not be worked in: %s", error)

    def _hand_back(self, jobs: list[_Job]) -> None:
        self._tried.extend(jobs)
        for job in jobs:
            if (tried := job.waited_for) is not None:
                tried.release()
        if all(job.waited_for is not None for job in jobs):
            return  # who stands by tells them all
        try:
            jobs[0].loop.call_soon_threadsafe(self._deliver_tried)
        except RuntimeError:
            # The loop has closed: nobody waits any more. What was committed is committed.
            _log.warning("%d journal writes ended after their loop", len(jobs))

    def _deliver_tried(self) -> None:
        """In the loop's thread: whoever comes first tells all, so that the order stays."""
        jobs = []
        while self._tried:
            jobs.append(self._tried.popleft())
        _deliver(jobs)

    def _commit(self, connection: sqlite3.Connection, jobs: list[_Job]) -> None:
        try:
            if self._unwritable is not None:
                connection.execute(f"PRAGMA query_only={int(self._unwritable)}")
            _run_all(connection, jobs)
            connection.execute("COMMIT")
            self.commits += 1
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            for job in jobs:
                job.error = job.error or Unwritable(Message("STORE_UNWRITABLE", {"why": str(error)}))

    def _read_apart(self, sql: str, values: tuple[Value, ...]) -> list[Row]:
        with closing(connect(self._path, read_only=True)) as connection:
            return select(connection, sql, values)


def _run_all(connection: sqlite3.Connection, jobs: list[_Job]) -> None:
    """The jobs of a burst in one transaction. Most break no rule: only where one does is each of them fenced off."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for job in jobs:
            for sql, values in job.statements:
                connection.execute(sql, values)
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            _run(connection, job)


def _run(connection: sqlite3.Connection, job: _Job) -> None:
    """One job inside the burst's transaction. A full disk ends the whole transaction, and is raised for all."""
    connection.execute("SAVEPOINT job")
    try:
        for sql, values in job.statements:
            connection.execute(sql, values)
    except sqlite3.IntegrityError as error:
        job.error = Conflict(Message("STORE_CONFLICT", {"why": str(error)}))
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _make_room(log: Path) -> None:
    """Lengthen a log by zeros, which no reader takes for a part of it."""
    try:
        with log.open("ab") as file:
            missing = _ROOM - file.tell()
            if missing > 0:
                file.write(bytes(missing))
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        _log.warning("no room could be made for the journal's log: %s", error)


def _deliver(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.done.done():
            continue
        if job.error is None:
            job.done.set_result(None)
        else:
            job.done.set_exception(job.error)


def select(connection: sqlite3.Connection, sql: str, values: tuple[Value, ...]) -> list[Row]:
    """All rows. Raises Unwritable or Damaged."""
    try:
        return list(connection.execute(sql, values))
    except sqlite3.OperationalError as error:
        raise Unwritable(Message("STORE_UNREADABLE", {"why": str(error)})) from error
    except sqlite3.DatabaseError as error:
        raise Damaged(Message("STORE_DAMAGED", {"why": str(error)})) from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with no transaction of its own making. Raises Unwritable."""
    try:
        if read_only:
            return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        return sqlite3.connect(path, isolation_level=None, timeout=5.0)
    except sqlite3.OperationalError as error:
        raise Unwritable(Message("STORE_UNWRITABLE", {"why": str(error)})) from error


def _opened(path: Path, *, fsync: bool, inline: bool = False) -> sqlite3.Connection:
    """The file, ready to be written and at its newest schema; closed again if it cannot be brought there."""
    connection = connect(path)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if fsync else 'OFF'}")
        connection.execute("PRAGMA foreign_keys=ON")
        if not inline:
            connection.execute("PRAGMA wal_autocheckpoint=0")
        migrate(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise told(error) from error
    except StorageError:
        connection.close()
        raise
    return connection
