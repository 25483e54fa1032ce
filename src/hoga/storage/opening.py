"""Opens a journal so that damage is noticed before anything builds on it, and nothing is ever emptied in silence.

Looked at in every case: the file's own header, its parts, its newest lines. After a desk that did not close (its log is
still there) also the log and the structure of every page. What is damaged is set aside and made anew. A file that has
to learn a newer schema is copied first.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.storage.backups import Backups
from hoga.storage.checks import flaw_at_opening
from hoga.storage.database import Database
from hoga.storage.errors import Unwritable
from hoga.storage.pages import log_flaw, named_size, page_size_of, wal_of
from hoga.storage.rebuild import Rebuilt, finish, last_rebuilt, rebuild
from hoga.storage.schema import newest_version, version_of

_log = logging.getLogger(__name__)


async def open_journal(path: Path, now: datetime) -> Database:
    """The journal at ``path``, ready to be written; call it while the folder's lock is held.

    ``now`` is market time. ``Database.rebuilt`` tells whether it had to be made anew on this day. Raises NewerSchema,
    and Unwritable when the disk does not let it be looked at, copied or made anew.
    """
    rebuilt = await asyncio.to_thread(prepare, path, now)
    database = Database(path)
    database.rebuilt, database.prepared = rebuilt, True
    return database


def suspect(path: Path, why: str) -> None:
    """Note that a journal in use was found damaged: the next opening makes it anew. Raises OSError."""
    _suspicion(path).write_text(why, encoding="utf-8")


def prepare(path: Path, now: datetime) -> Rebuilt | None:
    """What ``open_journal`` does before it opens the file; blocks. Tells whether it was made anew on this day."""
    try:
        finish(path)
        flaw = flaw_of(path)
        if flaw is not None:
            rebuild(path, flaw, now)
            _suspicion(path).unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(Message("FOLDER_UNUSABLE", {"path": str(path.parent), "why": str(error)})) from error
    return _told_today(path, now) if path.exists() else None


def flaw_of(path: Path) -> str | None:
    """What is wrong with a journal that nobody has open; None: nothing, or there is none yet. Raises StorageError."""
    log = wal_of(path)
    logged = log.exists() and log.stat().st_size > 0
    if not path.exists():
        return "the file is gone" if logged or Backups(path).all() else None
    with path.open("rb") as file:
        header = file.read(100)
    size = path.stat().st_size
    if page_size_of(header) is None:
        return "the file is empty" if not size else "not a database"
    if not logged and (named := named_size(header)) is not None and size < named:
        return f"cut off: {size} of {named} bytes"
    if _suspicion(path).exists():
        return _suspicion(path).read_text(encoding="utf-8", errors="replace") or "found damaged while in use"
    if logged and (said := log_flaw(path)) is not None:
        return said
    return flaw_at_opening(path, thorough=logged) or _lost_its_schema(path)


def _lost_its_schema(path: Path) -> str | None:
    """A file of schema 0 is one that was only just made, and has no backups yet."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return "its schema is gone" if version_of(connection) == 0 and Backups(path).all() else None


def _told_today(path: Path, now: datetime) -> Rebuilt | None:
    """Whether the journal was made anew today; and, while it is open anyway, a copy if its schema is an older one."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        version = version_of(connection)
        rebuilt = last_rebuilt(connection) if version >= _REBUILDS_FROM else None
    if 0 < version < newest_version():
        copied = Backups(path).take(now, before_schema=version)
        _log.info("the journal learns schema %d: copied to %s before", newest_version(), copied.path.name)
    return rebuilt if rebuilt is not None and _day(rebuilt.at) == _day(now) else None


_REBUILDS_FROM = 2


def _day(moment: datetime) -> date:
    return moment.astimezone(KST).date()


def _suspicion(path: Path) -> Path:
    return path.with_name(f"{path.name}.suspect")
