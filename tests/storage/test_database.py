"""The writer: bursts share a commit, each write is all or nothing, and what cannot be written says so."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from hoga.storage import schema as module
from hoga.storage.database import Database, Statement
from hoga.storage.errors import Conflict, Damaged, NewerSchema, Unwritable
from hoga.storage.pages import frames_of, wal_of
from hoga.storage.schema import migrate
from tests.broker.helpers import until


def ticket(name: str) -> Statement:
    return ("INSERT INTO tickets VALUES (?, 'c', ?)", (name, f"order of {name}"))


async def names(database: Database) -> list[object]:
    return [row[0] for row in await database.read("SELECT ticket_id FROM tickets ORDER BY ticket_id")]


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


@pytest.fixture(params=[False, True], ids=["threaded", "inline"])
def inline(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_burst_shares_commits_and_ends_in_order(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        ended: list[int] = []
        writes = [database.write(ticket(f"{n:03d}")) for n in range(300)]
        for n, write in enumerate(writes):
            write.add_done_callback(lambda _, n=n: ended.append(n))
        await asyncio.gather(*writes)
        assert ended == list(range(300))
        assert len(await names(database)) == 300
        assert database.commits < 30, f"{database.commits} commits for one burst"
        await database.aclose()

    run(main())


def test_a_write_that_breaks_a_rule_fails_alone_and_whole(tmp_path: Path, inline: bool) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=inline)
        results = await asyncio.gather(
            database.write(ticket("a")),
            database.write(ticket("b"), ticket("a")),
            database.write(ticket("c")),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [type(None), Conflict, type(None)]
        assert await names(database) == ["a", "c"]
        await database.aclose()

    run(main())


def test_a_read_sees_what_was_written_before_and_cannot_write(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        await database.write(ticket("a"))
        assert await names(database) == ["a"]
        with pytest.raises(Unwritable):
            await database.read("DELETE FROM tickets RETURNING ticket_id")
        assert await names(database) == ["a"]
        await database.aclose()

    run(main())


def test_closing_writes_what_waits_and_then_takes_nothing_more(tmp_path: Path, inline: bool) -> None:
    path = tmp_path / "j.sqlite"

    async def main() -> None:
        database = Database(path, inline=inline)
        waiting = [database.write(ticket(f"{n}")) for n in range(20)]
        await database.aclose()
        await database.aclose()
        await asyncio.gather(*waiting)
        with pytest.raises(Unwritable):
            await database.write(ticket("late"))
        again = Database(path, inline=inline)
        assert len(await names(again)) == 20
        await again.aclose()

    run(main())


def test_a_full_disk_refuses_the_whole_burst_and_takes_the_next(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True)
        await database.write(ticket("before"))
        ((pages,),) = await database.read("PRAGMA page_count")
        await database.read(f"PRAGMA max_page_count={pages}")
        with pytest.raises(Unwritable) as raised:
            await database.write(*(ticket("x" * 2_000 + str(n)) for n in range(50)))
        assert "full" in str(raised.value)
        assert await names(database) == ["before"]
        await database.read("PRAGMA max_page_count=1000000")
        await database.write(ticket("after"))
        assert await names(database) == ["after", "before"]
        await database.aclose()

    run(main())


def test_a_file_that_refuses_writes_says_so_until_it_takes_them_again(tmp_path: Path, inline: bool) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=inline)
        database.rehearse_unwritable(True)
        with pytest.raises(Unwritable):
            await database.write(ticket("a"))
        assert await names(database) == []
        database.rehearse_unwritable(False)
        await database.write(ticket("a"))
        assert await names(database) == ["a"]
        await database.aclose()

    run(main())


def test_an_awaiter_that_goes_away_takes_no_write_back(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        gone = database.write(ticket("a"))
        gone.cancel()
        await database.write(ticket("b"))
        assert await names(database) == ["a", "b"]
        await database.aclose()

    run(main())


def test_files_that_cannot_be_used_are_told_apart(tmp_path: Path, inline: bool) -> None:
    torn = tmp_path / "torn.sqlite"
    torn.write_bytes(b"this is no database, and long enough to show it" * 100)
    with pytest.raises(Damaged):
        Database(torn, inline=inline)
    with pytest.raises(Unwritable):
        Database(tmp_path / "missing" / "j.sqlite", inline=inline)
    newer = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    with pytest.raises(NewerSchema):
        Database(newer, inline=inline)
    connection = sqlite3.connect(newer)
    assert connection.execute("PRAGMA user_version").fetchone() == (999,)
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,), "a newer file was touched"
    connection.close()


# --- migrations -----------------------------------------------------------------------------------------------------


class _Steps:
    """A folder of migration steps, made up."""

    def __init__(self, folder: Path, steps: dict[str, str]) -> None:
        self._folder = folder
        for name, sql in steps.items():
            (folder / name).write_text(sql, encoding="utf-8")

    def files(self, package: str) -> Path:
        assert package == "hoga.storage.migrations"
        return self._folder


def _open() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def test_each_step_runs_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        "0002_more.sql": "INSERT INTO log VALUES ('two');",
        "0001_first.sql": "CREATE TABLE log (step TEXT); INSERT INTO log VALUES ('one');",
        "0010_ten.sql": "INSERT INTO log VALUES ('ten');",
    }
    monkeypatch.setattr(module, "resources", _Steps(tmp_path, steps))
    connection = _open()
    migrate(connection)
    migrate(connection)
    assert [row[0] for row in connection.execute("SELECT step FROM log")] == ["one", "two", "ten"]
    (tmp_path / "0011_later.sql").write_text("INSERT INTO log VALUES ('eleven');", encoding="utf-8")
    migrate(connection)
    assert [row[0] for row in connection.execute("SELECT step FROM log")][-1] == "eleven"
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        "0001_first.sql": "CREATE TABLE log (step TEXT);",
        "0002_bad.sql": "INSERT INTO log VALUES ('half'); CREATE TABLE log (again TEXT);",
    }
    monkeypatch.setattr(module, "resources", _Steps(tmp_path, steps))
    connection = _open()
    with pytest.raises(Unwritable):
        migrate(connection)
    assert not connection.in_transaction
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM log").fetchone() == (0,)
    connection.close()


def test_the_shipped_steps_are_numbered_without_gaps_and_make_the_tables(tmp_path: Path) -> None:
    names = sorted(p.name for p in (Path(module.__file__).parent / "migrations").glob("*.sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    connection = _open()
    migrate(connection)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {"entries", "tickets", "numbers", "open_orders", "activity"} <= tables
    connection.close()


class Told(Database):
    """Says when the log has been worked in."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.worked_in = loop, asyncio.Event()
        super().__init__(path)

    def _work_in(self, connection: sqlite3.Connection) -> None:
        super()._work_in(connection)
        self.loop.call_soon_threadsafe(self.worked_in.set)


def in_the_log(path: Path) -> int:
    return sum(frame.sound for frame in frames_of(path))


def test_the_log_is_worked_in_when_nobody_waits_and_then_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"

    async def main() -> None:
        database = Told(path, asyncio.get_running_loop())
        for n in range(30):
            await database.write(ticket(f"{n:02d}"))
        async with asyncio.timeout(10):
            await database.worked_in.wait()
        await database.write(ticket("x"))
        assert in_the_log(path) < 20
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as without_log:
            assert without_log.execute("SELECT count(*) FROM tickets").fetchone()[0] >= 24
        assert len(await names(database)) == 31
        await database.aclose()

    run(main())


def test_a_log_never_outgrows_the_room_that_was_made_for_it(tmp_path: Path) -> None:
    log = wal_of(tmp_path / "j.sqlite")

    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        await database.write(ticket("first"))
        await until(lambda: log.stat().st_size >= 2 << 20)
        room = log.stat().st_size
        assert 0 < in_the_log(tmp_path / "j.sqlite") < 40, "zeros are no part of the log"
        for n in range(250):
            await database.write(ticket(f"{n:03d}"))
        assert log.stat().st_size == room
        await database.aclose()
        assert not log.exists()

    run(main())
