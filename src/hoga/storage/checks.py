"""What tells a sound journal from a damaged one: a checksum of every line, and SQLite's own checks of the file."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from hoga.storage.schema import missing_parts, refuse_newer, told, version_of

LINES = "SELECT seq, connection, at, trading_date, kind, order_id, request_id, number, body, crc FROM entries"
"""A line's place, the columns that its checksum is made of, and the checksum."""
_CHECKED_FROM = 2
"""The schema from which lines carry a checksum."""
_RECENT = 2_000
_AT_ONCE = 200


def line_crc(values: Sequence[object]) -> int:
    """The checksum of a line's columns (``LINES``). An absent value is another than an empty one."""
    return zlib.crc32("\x1f".join("\x00" if value is None else str(value) for value in values).encode())


def reads_true(values: Sequence[object], crc: object) -> bool:
    """Whether a line is as it was written. A line of before checksums is taken at its word."""
    return crc is None or line_crc(values) == crc


def flaw_at_opening(path: Path, *, thorough: bool) -> str | None:
    """What is wrong with a file that nobody writes to now; None: nothing that was looked for.

    Looks for missing parts and at the newest lines; ``thorough`` at the structure of every page too. The file is not
    changed. Raises NewerSchema, and Unwritable when it cannot be looked at.
    """
    try:
        with closing(_reading(path)) as connection:
            refuse_newer(connection)
            if missing := missing_parts(connection):
                return f"missing: {', '.join(missing)}"
            if thorough and (said := _structure(connection, "quick_check")) is not None:
                return said
            return _lines_flaw(connection, f" ORDER BY seq DESC LIMIT {_RECENT}")
    except sqlite3.OperationalError as error:
        raise told(error) from error
    except sqlite3.DatabaseError as error:
        return str(error)


def flaw_anywhere(path: Path, *, pause: float = 0.0) -> str | None:
    """What is wrong anywhere in a file, which may be in use: every page, index and line.

    ``pause`` seconds are left to other threads after every few lines. Raises Unwritable when it cannot be looked at.
    """
    try:
        with closing(_reading(path)) as connection:
            return _structure(connection, "integrity_check") or _lines_flaw(connection, "", pause)
    except sqlite3.OperationalError as error:
        raise told(error) from error
    except sqlite3.DatabaseError as error:
        return str(error)


def flaw_in_structure(path: Path) -> str | None:
    """What is wrong with the pages of a file; its lines are not read. Raises Unwritable."""
    try:
        with closing(_reading(path)) as connection:
            return _structure(connection, "quick_check")
    except sqlite3.OperationalError as error:
        raise told(error) from error
    except sqlite3.DatabaseError as error:
        return str(error)


def _structure(connection: sqlite3.Connection, check: str) -> str | None:
    (said,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    return None if said == "ok" else str(said)


def _lines_flaw(connection: sqlite3.Connection, which: str, pause: float = 0.0) -> str | None:
    if version_of(connection) < _CHECKED_FROM:
        return None
    lines = connection.execute(LINES + which)
    while some := lines.fetchmany(_AT_ONCE):
        for seq, *values, crc in some:
            if not reads_true(values, crc):
                return f"line {seq} is not as it was written"
        if pause:
            time.sleep(pause)
    return None


def _reading(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise told(error) from error
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str:
    """Damaged text must fail its checksum, not the reading of it."""
    return raw.decode(errors="replace")
