"""The numbered steps that make a file's tables, and what a file of each number must hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from importlib import resources

from hoga.base.message import Message
from hoga.storage.errors import Damaged, NewerSchema, StorageError, Unwritable


def told(error: sqlite3.DatabaseError) -> StorageError:
    """SQLite's word as ours: a file that cannot be used now, or one that is no good."""
    if isinstance(error, sqlite3.OperationalError):
        return Unwritable(Message("STORE_UNWRITABLE", {"why": str(error)}))
    return Damaged(Message("STORE_DAMAGED", {"why": str(error)}))


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last step that a file has taken; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def newest_version() -> int:
    return _steps()[-1][0]


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema, each step in one transaction. Raises NewerSchema, Unwritable, Damaged."""
    try:
        refuse_newer(connection)
        have = version_of(connection)
        for number, sql in _steps():
            if number > have:
                connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version={number};\nCOMMIT;")
    except sqlite3.DatabaseError as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise told(error) from error


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Raise NewerSchema for a file that only a newer hoga can read."""
    have, known = version_of(connection), newest_version()
    if have > known:
        raise NewerSchema(Message("STORE_NEWER", {"have": have, "known": known}))


def missing_parts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Tables, indexes and triggers that a file of its number must have and has not."""
    return tuple(sorted(_parts_at(version_of(connection)) - parts_of(connection)))


def parts_of(connection: sqlite3.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return frozenset(row[0] for row in rows)


@cache
def _parts_at(version: int) -> frozenset[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for number, sql in _steps():
            if number <= version:
                connection.executescript(sql)
        return parts_of(connection)


def _steps() -> list[tuple[int, str]]:
    return sorted(
        (int(file.name[:4]), file.read_text(encoding="utf-8"))
        for file in resources.files("hoga.storage.migrations").iterdir()
        if file.name.endswith(".sql")
    )
