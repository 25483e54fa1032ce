"""A journal of an earlier hoga: copied, then brought up to date with nothing lost; older lines stay as they are."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from pathlib import Path

import pytest

from hoga.domain.order_facts import Answered, Intended
from hoga.storage import schema
from hoga.storage.backups import Backups
from hoga.storage.database import Database
from hoga.storage.errors import NewerSchema, Unwritable
from hoga.storage.journal import Journal
from hoga.storage.opening import flaw_of
from hoga.storage.reading import ReadOnlyDatabase
from hoga.storage.schema import newest_version
from tests.storage.journals import closed, content, count, facts, filled, opened, write
from tests.storage.samples import AT, CONNECTION, DAY, NUMBER

STEPS = Path(schema.__file__).parent / "migrations"
FROZEN = {"0001_journal.sql": "8c0a0ccb37a1", "0002_checks.sql": "2818c6636a0b"}

ORDER = f"{CONNECTION}/20261123-0001"
INTENDED = (
    f'{{"at":"2026-11-23T09:00:01+09:00","order":"{ORDER}","request":"{ORDER}/1","ticket":"ticket-1",'
    '"instrument":"KR:005930","side":"BUY","type":"LIMIT","tif":"DAY","venue":"KRX","quantity":10,"limit":[70000,"KRW"]}'
)
ANSWERED = (
    f'{{"at":"2026-11-23T09:00:02+09:00","order":"{ORDER}","request":"{ORDER}/1","answer":"ACCEPTED",'
    '"number":"2026-11-23/91252/157001"}'
)


def version_1(path: Path) -> None:
    """By hand, as the first hoga wrote it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript((STEPS / "0001_journal.sql").read_text(encoding="utf-8"))
    connection.execute("PRAGMA user_version=1")
    line = "INSERT INTO entries VALUES (?, ?, ?, '2026-11-23', ?, ?, ?, ?, ?)"
    number = "2026-11-23/91252/157001"
    at = "2026-11-23T09:00:01+09:00"
    connection.execute(line, (1, CONNECTION, at, "Intended", ORDER, f"{ORDER}/1", None, INTENDED))
    connection.execute(line, (2, CONNECTION, at, "Answered", ORDER, f"{ORDER}/1", number, ANSWERED))
    connection.execute("INSERT INTO tickets VALUES ('ticket-1', ?, ?)", (CONNECTION, ORDER))
    connection.execute("INSERT INTO numbers VALUES (?, ?, ?)", (CONNECTION, number, ORDER))
    connection.execute("INSERT INTO open_orders VALUES (?, ?)", (ORDER, CONNECTION))
    connection.close()


def test_an_old_journal_is_copied_and_learns_the_new_schema(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    version_1(path)
    assert flaw_of(path) is None
    database = opened(path)
    assert database.rebuilt is None
    (backup,) = Backups(path).all()
    assert backup.before_schema
    assert ".v1." in backup.path.name
    copy = sqlite3.connect(backup.path)
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT count(*) FROM entries").fetchone() == (2,)
    copy.close()
    intended, answered = (entry.fact for entry in content(database))
    assert isinstance(intended, Intended) and intended.ticket == "ticket-1"
    assert isinstance(answered, Answered) and answered.number == NUMBER
    asyncio.run(write(database, facts(2, 3)))
    assert len(content(database)) == 6
    closed(database)
    again = opened(path)
    assert len(Backups(path).all()) == 1, "copied once"
    closed(again)
    now = sqlite3.connect(path)
    assert now.execute("PRAGMA user_version").fetchone() == (newest_version(),)
    assert now.execute("SELECT count(*), count(crc) FROM entries").fetchone() == (6, 4)
    now.close()


def test_an_old_journal_that_is_damaged_is_made_anew_in_the_new_schema(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    version_1(path)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE tickets")
    connection.close()
    database = opened(path)
    assert database.rebuilt is not None
    assert len(content(database)) == 2
    assert count(path, "tickets") == 1
    closed(database)


def test_without_a_copy_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    version_1(path)
    (tmp_path / "backups").write_text("in the way", encoding="ascii")
    with pytest.raises(Unwritable):
        opened(path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_steps_that_were_shipped_stay_as_they_are() -> None:
    """A changed step would make files of the same number that differ."""
    for name, digest in FROZEN.items():
        assert hashlib.sha256((STEPS / name).read_bytes()).hexdigest().startswith(digest), name


# --- looking on -----------------------------------------------------------------------------------------------------


def test_looking_on_sees_what_the_desk_writes_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 3)

    async def main() -> None:
        looking = ReadOnlyDatabase(path)
        journal = Journal(looking, CONNECTION, lambda value: value)
        assert len((await journal.replay(DAY)).entries) == len(some)
        with pytest.raises(Unwritable) as raised:
            await looking.write(("DELETE FROM tickets", ()))
        assert raised.value.message.code == "STORE_READ_ONLY"
        writing = Database(path)
        await write(writing, facts(4, 5))
        assert len((await journal.replay(DAY)).entries) == len(some) + 4
        await writing.aclose()
        assert len((await journal.replay(DAY)).entries) == len(some) + 4
        await looking.aclose()
        await looking.aclose()

    asyncio.run(main())


def test_looking_at_an_old_journal_changes_nothing_in_it(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    version_1(path)
    looking = ReadOnlyDatabase(path)
    assert len(content(looking)) == 2
    closed(looking)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    with pytest.raises(NewerSchema):
        ReadOnlyDatabase(path)


def test_lines_are_checked_when_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 3)
    path.write_bytes(path.read_bytes().replace(b'"ticket":"ticket-2"', b'"ticket":"ticket-5"'))

    async def main() -> None:
        looking = ReadOnlyDatabase(path)
        replay = await Journal(looking, CONNECTION, lambda value: value).replay(DAY)
        await looking.aclose()
        assert [damage.seq for damage in replay.damaged] == [3]
        assert AT not in [entry.at for entry in replay.entries if entry.seq == 3]

    asyncio.run(main())
