"""A damaged journal made anew: from its last sound backup and every row that can still be read.

The damaged file is set aside whole, under its own name with the moment, and never deleted. The new one is complete on
the disk before anything is moved; a rebuild that is cut off between two moves is finished at the next start.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.storage.backups import Backup, Backups, flush_to_disk
from hoga.storage.checks import flaw_anywhere
from hoga.storage.errors import Damaged, Unwritable
from hoga.storage.rescue import Rescued, consequences, fact_of, rescue
from hoga.storage.schema import migrate, told

_log = logging.getLogger(__name__)

_CORE = frozenset(
    {"entries", "tickets", "numbers", "open_orders", "activity", "last_known", "rebuilds", "plan_entries"}
)
"""Tables that are rescued or made anew here; of any others whatever SQLite can still read is taken over."""
_ENTRY = (
    "INSERT OR IGNORE INTO entries (seq, connection, at, trading_date, kind, order_id, request_id, number, body, crc)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINE = (
    "INSERT OR IGNORE INTO activity (seq, at, connection, level, code, numbers, order_id, instrument)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_PLAN = "INSERT OR IGNORE INTO plan_entries (seq, connection, digest, at, kind, body) VALUES (?, ?, ?, ?, ?, ?)"
_SIDES = ("", "-wal", "-shm")


class Rebuilt(Struct, frozen=True):
    """A journal that had to be made anew. ``backup_at``: when the backup it was made from was made; None: there was
    none. ``message`` says what happened and names both files."""

    at: datetime
    backup_at: datetime | None
    message: Message


def rebuild(path: Path, why: str, now: datetime) -> Rebuilt:
    """Make the journal at ``path`` anew and set the damaged one aside. Blocks. Raises Unwritable when the disk does not
    let it, and then everything is where it was; NewerSchema when the backup is a newer hoga's."""
    now = now.astimezone(KST)
    new, aside = path.with_name(f"{path.name}.rebuilding"), _aside(path, now)
    try:
        for side in _SIDES:
            new.with_name(new.name + side).unlink(missing_ok=True)
        backup = Backups(path).newest_sound()
        rebuilt = _make(new, path, backup, rescue(path), _told(path, aside, backup, why), now)
        flush_to_disk(new)
        _note(path).write_text(aside.name, encoding="utf-8")
        flush_to_disk(_note(path))
        flush_to_disk(path.parent)
        finish(path)
    except OSError as error:
        raise Unwritable(Message("FOLDER_UNUSABLE", {"path": str(path.parent), "why": str(error)})) from error
    except sqlite3.DatabaseError as error:
        raise told(error) from error
    _log.error("the journal was rebuilt: %s", rebuilt.message)
    return rebuilt


def finish(path: Path) -> None:
    """Put a new journal in the place of the damaged one, if that was begun. Raises OSError."""
    note, new = _note(path), path.with_name(f"{path.name}.rebuilding")
    if not note.exists():
        return
    aside = path.with_name(note.read_text(encoding="utf-8"))
    if new.exists():
        # The log first: beside the new file it would be taken for the new file's own.
        for side in reversed(_SIDES):
            damaged = path.with_name(path.name + side)
            if damaged.exists():
                damaged.replace(aside.with_name(aside.name + side))
        new.replace(path)
        flush_to_disk(path.parent)
    note.unlink()
    flush_to_disk(path.parent)


def _aside(path: Path, now: datetime) -> Path:
    """A name that is free."""
    name = f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}"
    names = (path.with_name(name if n == 1 else f"{name}-{n}") for n in range(1, 1000))
    return next(free for free in names if not any(free.with_name(free.name + side).exists() for side in _SIDES))


def _note(path: Path) -> Path:
    """Says, while it is there, that a new journal is complete and under which name the damaged one goes."""
    return path.with_name(f"{path.name}.rebuild")


def _told(path: Path, aside: Path, backup: Backup | None, why: str) -> dict[str, object]:
    return {
        "file": path.name,
        "aside": aside.name,
        "backup": backup.path.name if backup else "–",
        "backup_at": f"{backup.at:%Y-%m-%d %H:%M}" if backup else "–",
        "why": why,
    }


def _make(
    new: Path, damaged: Path, backup: Backup | None, rescued: Rescued, values: dict[str, object], now: datetime
) -> Rebuilt:
    if backup is not None:
        shutil.copyfile(backup.path, new)
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        added = _add_entries(connection, rescued)
        connection.executemany(_LINE, ((seq, *cells) for seq, cells in sorted(rescued.activity.items())))
        connection.executemany(_PLAN, ((seq, *cells) for seq, cells in sorted(rescued.plans.items())))
        _take_over_others(connection, damaged)
        (gaps,) = connection.execute("SELECT coalesce(max(seq), 0) - count(*) FROM entries").fetchone()
        values = {**values, "rescued": added, "gaps": gaps}
        at = backup.at.isoformat() if backup else None
        kept = msgspec.json.encode(values).decode()
        connection.execute("INSERT OR REPLACE INTO rebuilds VALUES (?, ?, ?)", (now.isoformat(), at, kept))
        connection.execute("COMMIT")
    if (flaw := flaw_anywhere(new)) is not None:
        raise Damaged(Message("STORE_DAMAGED", {"why": flaw}))
    return Rebuilt(now, backup.at if backup else None, _message(values, backup is not None))


def _add_entries(connection: sqlite3.Connection, rescued: Rescued) -> int:
    """The rows that the backup has not, in their order, and what follows from them in the other tables."""
    have = {seq for (seq,) in connection.execute("SELECT seq FROM entries")}
    fresh = [seq for seq in sorted(rescued.entries) if seq not in have]
    for seq in fresh:
        cells = rescued.entries[seq]
        connection.execute(_ENTRY, (seq, *cells))
        order, owner = cells[4], str(cells[0])
        fact = fact_of(cells[3], cells[7])
        for sql, values in consequences(order if isinstance(order, str) else None, owner, fact):
            connection.execute(sql, values)
    return len(fresh)


def last_rebuilt(connection: sqlite3.Connection) -> Rebuilt | None:
    """The last time that this file had to be made anew."""
    row = connection.execute("SELECT at, backup_at, told FROM rebuilds ORDER BY at DESC LIMIT 1").fetchone()
    if row is None:
        return None
    at, backup_at, values = row
    from_backup = datetime.fromisoformat(backup_at) if backup_at is not None else None
    return Rebuilt(datetime.fromisoformat(at), from_backup, _message(msgspec.json.decode(values), bool(backup_at)))


def _message(values: dict[str, object], from_backup: bool) -> Message:
    return Message("JOURNAL_REBUILT" if from_backup else "JOURNAL_REBUILT_BARE", values)


# --- tables that this module knows nothing of -----------------------------------------------------------------------


def _take_over_others(connection: sqlite3.Connection, damaged: Path) -> None:
    """Rows of other tables, as far as SQLite reads them, from a copy: reading alone changes a file's log."""
    others = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if name not in _CORE and not name.startswith("sqlite_")
    ]  # fmt: skip
    if not others or not damaged.exists():
        return
    with tempfile.TemporaryDirectory(prefix="rescue-", dir=damaged.parent) as folder:
        copy = Path(folder) / damaged.name
        for side in ("", "-wal"):
            if (part := damaged.with_name(damaged.name + side)).exists():
                shutil.copyfile(part, copy.with_name(copy.name + side))
        with closing(sqlite3.connect(copy, isolation_level=None)) as reading:
            for name in others:
                for row in _readable(reading, f"SELECT * FROM {name}"):  # noqa: S608 a table of our schema
                    _insert(connection, name, row)


def _readable(connection: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...]]:
    try:
        yield from connection.execute(sql)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        _log.warning("not all could be rescued (%s): %s", sql, error)


def _insert(connection: sqlite3.Connection, table: str, row: Iterable[object]) -> None:
    cells = tuple(row)
    sql = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(cells))})"  # noqa: S608 a table of our schema
    try:
        connection.execute(sql, cells)
    except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
        _log.warning("a row of %s was left behind: %s", table, error)
