"""Copies of a journal, one for every day it was used: whole, checked, and in place at once or not at all.

They lie in ``backups`` beside the journal, named after it and the market time at which they were made. The newest of
each of the last seven days stays, the newest of each of the four weeks before those days, and the last two that were
made before a change of schema.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.storage.checks import flaw_anywhere, flaw_in_structure
from hoga.storage.errors import StorageError, Unwritable

FOLDER = "backups"
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"(?P<stem>.+)\.(?P<stamp>\d{8}-\d{6})(?P<schema>\.v\d+)?\.sqlite")
_DAYS, _WEEKS, _SCHEMAS = 7, 4, 2


class Backup(Struct, frozen=True, order=True):
    """``at`` is market time to the second; ``before_schema``: made before the schema was changed."""

    at: datetime
    path: Path
    before_schema: bool = False


class Backups:
    """The backups of one journal."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._folder = journal.parent / FOLDER

    def all(self) -> list[Backup]:
        """Oldest first."""
        found = (_read_name(path) for path in self._folder.glob(f"{_escaped(self._journal.stem)}.*.sqlite"))
        return sorted(backup for stem, backup in filter(None, found) if stem == self._journal.stem)

    def has(self, day: date) -> bool:
        """Whether there is one that was made on a trading date."""
        return any(backup.at.date() == day for backup in self.all())

    def take(self, at: datetime, *, before_schema: int | None = None) -> Backup:
        """Copy the journal, which may be in use, check the copy, and let old ones go.

        Blocks for as long as the disk takes. Raises Unwritable, and then there is no new backup.
        """
        at = at.astimezone(KST)
        mark = "" if before_schema is None else f".v{before_schema}"
        target = self._folder / f"{self._journal.stem}.{at.strftime(_STAMP)}{mark}.sqlite"
        half = target.with_name(f"{target.name}.half")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half.unlink(missing_ok=True)
            _copy(self._journal, half)
            if (flaw := flaw_in_structure(half)) is not None:
                raise Unwritable(Message("BACKUP_UNSOUND", {"why": flaw}))
            flush_to_disk(half)
            half.replace(target)
            flush_to_disk(self._folder)
            self._let_go()
        except (OSError, sqlite3.Error) as error:
            raise Unwritable(Message("BACKUP_FAILED", {"why": str(error)})) from error
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        return Backup(at.replace(microsecond=0), target, before_schema is not None)

    def newest_sound(self) -> Backup | None:
        """The newest that is whole; one that is not is passed over, and stays."""
        return next((backup for backup in reversed(self.all()) if _is_sound(backup.path)), None)

    def _let_go(self) -> None:
        kept = set(kept_of(self.all()))
        for backup in self.all():
            if backup not in kept:
                backup.path.unlink()


def kept_of(backups: list[Backup]) -> Iterator[Backup]:
    """Which of these stay."""
    daily = {backup.at.date(): backup for backup in sorted(backups) if not backup.before_schema}
    days = sorted(daily)[-_DAYS:]
    yield from (daily[day] for day in days)
    weekly = {day.isocalendar()[:2]: daily[day] for day in sorted(daily) if day < days[0]} if days else {}
    yield from (weekly[week] for week in sorted(weekly)[-_WEEKS:])
    yield from sorted(backup for backup in backups if backup.before_schema)[-_SCHEMAS:]


def flush_to_disk(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk. Folders need this on POSIX alone."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")


def _is_sound(path: Path) -> bool:
    try:
        return flaw_anywhere(path) is None
    except StorageError:
        return False


def _read_name(path: Path) -> tuple[str, Backup] | None:
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    try:
        at = datetime.strptime(parts["stamp"], _STAMP).replace(tzinfo=KST)
    except ValueError:
        return None
    return parts["stem"], Backup(at, path, parts["schema"] is not None)


def _escaped(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)
