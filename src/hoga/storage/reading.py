"""A journal that is only looked at, while its own desk may be writing it: nothing is changed, not even its schema."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from hoga.base.message import Message
from hoga.storage.database import Database, Row, Statement, Value, connect, select
from hoga.storage.errors import Unwritable
from hoga.storage.schema import migrate, newest_version, refuse_newer, told, version_of


class ReadOnlyDatabase(Database):
    """Takes reads alone; every write fails with Unwritable. A file of an older schema is read as a copy in memory, as
    it was when it was opened. Raises NewerSchema, Damaged, Unwritable."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = False
        self.commits = 0
        self.rebuilt = None
        self.prepared = False
        self._copy = _copy_if_older(path)
        self._reader = ThreadPoolExecutor(1, "journal reader")

    def write(self, *statements: Statement, stand_by: bool = False) -> asyncio.Future[None]:
        refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        refused.set_exception(Unwritable(Message("STORE_READ_ONLY")))
        return refused

    async def read(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        return await self._apart(lambda: self._select(sql, values))

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            self._reader.shutdown(wait=True)
            if self._copy is not None:
                self._copy.close()

    async def _apart(self, work: Callable[[], list[Row]]) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._reader, work)

    def _select(self, sql: str, values: tuple[Value, ...]) -> list[Row]:
        if self._copy is not None:
            return select(self._copy, sql, values)
        with closing(connect(self._path, read_only=True)) as connection:
            return select(connection, sql, values)


def _copy_if_older(path: Path) -> sqlite3.Connection | None:
    with closing(connect(path, read_only=True)) as connection:
        try:
            refuse_newer(connection)
            if version_of(connection) == newest_version():
                return None
            copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            connection.backup(copy)
        except sqlite3.DatabaseError as error:
            raise told(error) from error
    migrate(copy)
    return copy
