"""``market.sqlite``: the practice market's bars and days on disk.

WAL with ``synchronous=NORMAL``: after a kill the file is what the last flush left, never a part of one; after a power
cut it may be some flushes older, never torn. It holds no orders and no money: those are the ledger's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from hoga.base.clock import KST
from hoga.practice.market.gap import Part
from hoga.practice.market.history import DayBar, Terms
from hoga.practice.market.minutes import MinuteBar
from hoga.practice.market.profile import minute_key

VERSION = 2

_PATIENCE = 0.1
"""Seconds to wait for a lock: the exchange stands still meanwhile, and nobody else should hold the file."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE origin (
    code TEXT PRIMARY KEY, first_day TEXT NOT NULL, anchor INTEGER NOT NULL, anchor_date TEXT NOT NULL,
    average_volume INTEGER NOT NULL, volatility_bp INTEGER NOT NULL, beta_percent INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE day (
    code TEXT NOT NULL, day TEXT NOT NULL, base INTEGER NOT NULL, open INTEGER NOT NULL, high INTEGER NOT NULL,
    low INTEGER NOT NULL, close INTEGER NOT NULL, volume INTEGER NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (code, day)
) WITHOUT ROWID;
CREATE TABLE part (
    code TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, "end" INTEGER NOT NULL, base INTEGER NOT NULL,
    open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, close INTEGER NOT NULL,
    volume INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (code, day, first)
) WITHOUT ROWID;
CREATE TABLE minute (
    code TEXT NOT NULL, key INTEGER NOT NULL, open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL,
    close INTEGER NOT NULL, volume INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (code, key)
) WITHOUT ROWID;
CREATE TABLE today (
    code TEXT PRIMARY KEY, date TEXT NOT NULL, base INTEGER NOT NULL, previous_volume INTEGER NOT NULL,
    last INTEGER NOT NULL, open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL,
    volume INTEGER NOT NULL, amount INTEGER NOT NULL, buy_volume INTEGER NOT NULL, sell_volume INTEGER NOT NULL,
    buy_count INTEGER NOT NULL, sell_count INTEGER NOT NULL,
    open_at TEXT, high_at TEXT, low_at TEXT, last_at TEXT
) WITHOUT ROWID;
"""


class MarketFileError(Exception):
    """``market.sqlite`` cannot be used: damaged, from a newer hoga, or not writable; ``args[0]`` says which.

    It holds only background bars: moved aside, the exchange starts with a fresh past.
    """


class Origin(NamedTuple):
    """How a listing's made-up past was made, and the first day that is not part of it."""

    code: str
    first_day: date
    anchor: int
    anchor_date: date
    average_volume: int
    volatility_bp: int
    beta_percent: int

    @classmethod
    def of(cls, terms: Terms, first_day: date) -> Origin:
        return cls(
            terms.code,
            first_day,
            terms.anchor,
            terms.anchor_date,
            terms.average_volume,
            terms.volatility_bp,
            terms.beta_percent,
        )

    def terms(self, listed: Terms) -> Terms:
        """What the made-up prices went by on the first day. Grid and listing day are those of today."""
        return Terms(
            self.code,
            self.anchor,
            self.anchor_date,
            self.average_volume,
            self.volatility_bp,
            self.beta_percent,
            listed.table,
            listed.listed_on,
        )


class StoredDay(NamedTuple):
    """One listing's day under way, as stored; the names are DayState's."""

    code: str
    date: date
    base: int
    previous_volume: int
    last: int
    open: int
    high: int
    low: int
    volume: int
    amount: int
    buy_volume: int
    sell_volume: int
    buy_count: int
    sell_count: int
    open_at: datetime | None
    high_at: datetime | None
    low_at: datetime | None
    last_at: datetime | None


class BarsFile:
    """The tables, read and written in whole rows. Raises MarketFileError wherever SQLite gives up."""

    def __init__(self, path: Path | None) -> None:
        """Open or create the file; None keeps everything in memory."""
        with _as_market_file_error():
            self._db = sqlite3.connect(":memory:" if path is None else path, isolation_level=None, timeout=_PATIENCE)
        try:
            with _as_market_file_error():
                self._prepare()
        except MarketFileError:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")
        elif version != VERSION:
            raise MarketFileError(f"market.sqlite has version {version}, this hoga reads {VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside arrives together or not at all."""
        with _as_market_file_error():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def meta(self, name: str) -> str | None:
        row = self._one("SELECT value FROM meta WHERE name=?", (name,))
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    def origins(self) -> dict[str, Origin]:
        rows = self._all("SELECT * FROM origin", ())
        return {row[0]: Origin(row[0], _day(row[1]), row[2], _day(row[3]), *row[4:]) for row in rows}

    def add_origin(self, origin: Origin) -> None:
        row = (origin.code, origin.first_day.isoformat(), origin.anchor, origin.anchor_date.isoformat(), *origin[4:])
        self._write("INSERT INTO origin VALUES (?,?,?,?,?,?,?)", [row])

    def today(self) -> dict[str, StoredDay]:
        rows = self._all("SELECT * FROM today", ())
        return {row[0]: StoredDay(row[0], _day(row[1]), *row[2:14], *map(_moment, row[14:])) for row in rows}

    def save_today(self, days: Iterable[StoredDay]) -> None:
        rows = [(day.code, day.date.isoformat(), *day[2:14], *map(_text, day[14:])) for day in days]
        self._write("INSERT OR REPLACE INTO today VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)

    def days(self, code: str, start: date, end: date) -> list[DayBar]:
        """Finished days in [start, end], oldest first; days without a trade have volume 0."""
        rows = self._all(
            "SELECT day, base, open, high, low, close, volume, amount FROM day WHERE code=? AND day BETWEEN ? AND ?"
            " ORDER BY day",
            (code, start.isoformat(), end.isoformat()),
        )
        return [DayBar(_day(row[0]), *row[1:]) for row in rows]

    def save_days(self, code: str, bars: Iterable[DayBar]) -> None:
        rows = [(code, bar.day.isoformat(), *bar[1:]) for bar in bars]
        self._write("INSERT OR REPLACE INTO day VALUES (?,?,?,?,?,?,?,?,?)", rows)

    def parts(self, code: str, start: date, end: date) -> list[Part]:
        """The stretches of the days in [start, end] that nobody traded, oldest first."""
        rows = self._all(
            "SELECT * FROM part WHERE code=? AND day BETWEEN ? AND ? ORDER BY day, first",
            (code, start.isoformat(), end.isoformat()),
        )
        return [Part(row[2], row[3], DayBar(_day(row[1]), *row[4:])) for row in rows]

    def save_parts(self, code: str, parts: Iterable[Part]) -> None:
        rows = [(code, part.bar.day.isoformat(), part.first, part.end, *part.bar[1:]) for part in parts]
        self._write("INSERT OR REPLACE INTO part VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)

    def minutes(self, code: str, first: int, last: int) -> list[MinuteBar]:
        """Stored minutes with ``first <= key <= last``, oldest first."""
        rows = self._all(
            "SELECT key, open, high, low, close, volume, amount FROM minute WHERE code=? AND key BETWEEN ? AND ?"
            " ORDER BY key",
            (code, first, last),
        )
        return [MinuteBar(*row) for row in rows]

    def save_minutes(self, rows: Iterable[tuple[str, int, int, int, int, int, int, int]]) -> None:
        """Rows of (code, key, open, high, low, close, volume, amount); a minute under way is written again."""
        self._write("INSERT OR REPLACE INTO minute VALUES (?,?,?,?,?,?,?,?)", rows)

    def forget_minutes_before(self, day: date) -> None:
        self._write("DELETE FROM minute WHERE key < ?", [(minute_key(day, 0),)])
        self._write("DELETE FROM part WHERE day < ?", [(day.isoformat(),)])

    def close(self) -> None:
        with _as_market_file_error():
            self._db.close()

    def _write(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with _as_market_file_error():
            self._db.executemany(sql, rows)

    def _all(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with _as_market_file_error():
            return self._db.execute(sql, values).fetchall()

    def _one(self, sql: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        rows = self._all(sql, values)
        return rows[0] if rows else None


@contextmanager
def _as_market_file_error() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise MarketFileError(f"market.sqlite: {error}") from error


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


def _moment(text: object) -> datetime | None:
    return None if text is None else datetime.fromisoformat(str(text)).astimezone(KST)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
