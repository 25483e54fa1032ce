"""The ledger: what the exchange must still know after it was killed. Everything about accounts, nothing of the house.

One SQLite file, written by the exchange's own thread. A commit returns when the disk has it (WAL, synchronous=FULL), so
whatever an account was told can be told again after a SIGKILL.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.practice.api import Broker, FillEntry, OrderEntry, PracticeAccount
from hoga.practice.engine.identities import kiwoom_accounts, made_up_accounts
from hoga.practice.engine.orders import Order
from hoga.practice.engine.rows import (
    ACCOUNT_COLUMNS,
    FILL_COLUMNS,
    ORDER_COLUMNS,
    account_of,
    account_row,
    fill_of,
    fill_row,
    order_of,
    order_row,
)
from hoga.practice.engine.settings import EngineSettings

SCHEMA_VERSION = 3
_BEFORE_KIWOOM, _BEFORE_STOPS = 1, 2

_UPSERT_ORDER = (
    f"INSERT INTO orders ({ORDER_COLUMNS}) VALUES ({', '.join('?' * len(ORDER_COLUMNS.split(',')))})"  # noqa: S608
    " ON CONFLICT (trading_date, number) DO UPDATE SET remaining = excluded.remaining, filled = excluded.filled,"
    " filled_amount = excluded.filled_amount, cancelled = excluded.cancelled, moved = excluded.moved,"
    " status = excluded.status, resting_price = excluded.resting_price, woken = excluded.woken"
)
_INSERT_FILL = f"INSERT INTO fills ({FILL_COLUMNS}) VALUES ({', '.join('?' * len(FILL_COLUMNS.split(',')))})"  # noqa: S608


class LedgerError(Exception):
    """The ledger cannot be used: not ours, of a newer version, damaged, or the disk refuses. ``args[0]`` says which.

    When a commit fails, the exchange's memory is ahead of its ledger: it must end, and start again from the ledger.
    """


class Ledger:
    """Open with ``Ledger.open``. Not safe across threads; one process at a time (the data folder's lock sees to it)."""

    def __init__(self, connection: sqlite3.Connection, settings: EngineSettings) -> None:
        self._db = connection
        self.settings = settings
        about: dict[str, str] = {row[0]: row[1] for row in self._rows("SELECT name, value FROM about")}
        self.ledger_id: str = about["ledger_id"]
        self.seed = int(about["seed"])

    @classmethod
    def open(cls, path: Path | str, *, seed: int, settings: EngineSettings | None = None) -> Ledger:
        """Open the ledger at ``path`` (``":memory:"`` for one that is forgotten), or begin a new one.

        ``seed`` makes the accounts of a new ledger; one that exists keeps its own. Raises LedgerError.
        """
        settings = settings or EngineSettings()
        try:
            connection = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger cannot be opened: {error}") from error
        try:
            _prepare(connection, seed, settings)
            return cls(connection, settings)
        except (sqlite3.Error, LedgerError, KeyError, ValueError) as error:
            connection.close()
            if isinstance(error, LedgerError):
                raise
            raise LedgerError(f"the ledger cannot be read: {error}") from error

    def close(self) -> None:
        self._db.close()

    # --- writing ---

    def commit(self, orders: Iterable[Order], fills: Iterable[tuple[FillEntry, date]], at: datetime) -> None:
        """Write one step whole or not at all: orders as they are now, new fills with their settlement dates.

        Returns when the disk has it. Raises LedgerError.
        """
        try:
            with _transaction(self._db):
                self._db.executemany(_UPSERT_ORDER, [order_row(order) for order in orders])
                self._db.executemany(_INSERT_FILL, [fill_row(fill, settles) for fill, settles in fills])
                self._db.execute("INSERT OR REPLACE INTO about VALUES ('last_moment', ?)", (at.isoformat(),))
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger cannot be written: {error}") from error

    # --- reading ---

    def resume_at(self, start: datetime) -> datetime:
        """The moment from which an exchange may go on: ``start``, or the ledger's last moment if that is later.

        Market time never runs backwards over what happened.
        """
        for (last,) in self._rows("SELECT value FROM about WHERE name = 'last_moment'"):
            return max(start, datetime.fromisoformat(last).astimezone(KST))
        return start

    def accounts(self) -> Iterator[tuple[PracticeAccount, int]]:
        """Every account with its opening cash, in lasting order."""
        for row in self._rows(f"SELECT opening_cash, {ACCOUNT_COLUMNS} FROM accounts ORDER BY place"):  # noqa: S608
            yield account_of(row[1:]), row[0]

    def open_orders(self, before: date) -> list[Order]:
        """Orders of past trading dates that still have something left."""
        where = "WHERE remaining > 0 AND trading_date < ? ORDER BY trading_date, number"
        return [order_of(row) for row in self._rows(f"SELECT {ORDER_COLUMNS} FROM orders {where}", before.isoformat())]  # noqa: S608

    def orders_of_day(self, day: date) -> list[Order]:
        """Every number of every account on one trading date, in the order of acceptance."""
        where = "WHERE trading_date = ? ORDER BY number"
        return [order_of(row) for row in self._rows(f"SELECT {ORDER_COLUMNS} FROM orders {where}", day.isoformat())]  # noqa: S608

    def orders(self, account: str, start: date, end: date) -> list[OrderEntry]:
        """Every number of an account on the dates in [start, end], in the order of acceptance."""
        where = "WHERE account = ? AND trading_date BETWEEN ? AND ? ORDER BY trading_date, number"
        found = self._rows(f"SELECT {ORDER_COLUMNS} FROM orders {where}", account, start.isoformat(), end.isoformat())  # noqa: S608
        return [order_of(row).entry() for row in found]

    def fills(self, account: str, start: date, end: date) -> list[FillEntry]:
        """Every fill of an account on the dates in [start, end], in the order of booking."""
        where = "WHERE account = ? AND trading_date BETWEEN ? AND ? ORDER BY booking"
        found = self._rows(f"SELECT {FILL_COLUMNS} FROM fills {where}", account, start.isoformat(), end.isoformat())  # noqa: S608
        return [fill_of(row)[0] for row in found]

    def all_fills(self) -> Iterator[tuple[FillEntry, date]]:
        """Every fill with its settlement date, in the order of booking."""
        return (fill_of(row) for row in self._rows(f"SELECT {FILL_COLUMNS} FROM fills ORDER BY booking"))  # noqa: S608

    def last_execution(self, day: date) -> int:
        """The highest execution number of a date; 0 when there was none."""
        ((last,),) = self._rows("SELECT max(execution) FROM fills WHERE trading_date = ?", day.isoformat())
        return int(last or 0)

    def _rows(self, query: str, *values: Any) -> Sequence[Sequence[Any]]:
        try:
            with closing(self._db.execute(query, values)) as cursor:
                return cursor.fetchall()
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger cannot be read: {error}") from error


def _prepare(db: sqlite3.Connection, seed: int, settings: EngineSettings) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    ((version,),) = db.execute("PRAGMA user_version").fetchall()
    if version == SCHEMA_VERSION:
        return
    if version in (_BEFORE_KIWOOM, _BEFORE_STOPS):
        with _transaction(db):
            if version == _BEFORE_KIWOOM:
                _add_kiwoom(db, settings)
            for column in ("stop_price", "woken"):
                db.execute(f"ALTER TABLE orders ADD COLUMN {column} INTEGER")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        return
    ((tables,),) = db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    if version or tables:
        raise LedgerError(f"the file is no ledger of version {SCHEMA_VERSION} (it says {version})")
    with _transaction(db):
        for statement in _statements(files("hoga.practice.engine").joinpath("schema.sql").read_text("utf-8")):
            db.execute(statement)
        db.execute("INSERT INTO about VALUES ('ledger_id', ?), ('seed', ?)", (secrets.token_hex(4), str(seed)))
        _open_accounts(db, made_up_accounts(seed), settings)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _add_kiwoom(db: sqlite3.Connection, settings: EngineSettings) -> None:
    """Version 1 knew one broker: its accounts are KIS's, and it gets those that a new ledger of its seed has."""
    ((seed,),) = db.execute("SELECT value FROM about WHERE name = 'seed'").fetchall()
    db.execute(f"ALTER TABLE accounts ADD COLUMN broker TEXT NOT NULL DEFAULT '{Broker.KIS.value}'")
    _open_accounts(db, kiwoom_accounts(int(seed)), settings)


def _open_accounts(db: sqlite3.Connection, accounts: Iterable[PracticeAccount], settings: EngineSettings) -> None:
    rows = [(*account_row(account), settings.cash(account.environment)) for account in accounts]
    db.executemany(f"INSERT INTO accounts ({ACCOUNT_COLUMNS}, opening_cash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one, since ``executescript`` would commit between them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
