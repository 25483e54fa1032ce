"""What was reported as written is in the file, whatever becomes of the process, and nothing is in it by halves."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from hoga.domain.order_facts import Answered, Intended
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from tests.storage.samples import CONNECTION, DAY

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("acknowledged", [1, 60])
def test_a_killed_writer_has_lost_nothing_that_it_called_durable(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "journal.sqlite"
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer_program", str(path)],
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(acknowledged)]
    child.send_signal(signal.SIGKILL)
    said += [int(line) for line in child.stdout.read().splitlines() if line]
    child.wait(timeout=20)
    child.stdout.close()

    async def read() -> tuple[list[Intended], list[Answered], int]:
        database = Database(path)
        replay = await Journal(database, CONNECTION, lambda value: value).replay(DAY)
        opened = await database.read("SELECT count(*) FROM open_orders")
        await database.aclose()
        assert replay.damaged == ()
        facts = [entry.fact for entry in replay.entries]
        count = opened[0][0]
        assert isinstance(count, int)
        return [f for f in facts if isinstance(f, Intended)], [f for f in facts if isinstance(f, Answered)], count

    intents, outcomes, opened = asyncio.run(read())
    written = {int(fact.order.rsplit("-", 1)[1]) for fact in intents}
    assert set(said) <= written
    assert [fact.order for fact in intents] == [fact.order for fact in outcomes], "an intent came without its outcome"
    assert opened == len(intents)


def test_the_file_is_synced_at_every_commit(tmp_path: Path) -> None:
    """SQLite is told to wait for the disk: without these two settings a commit may be lost with the power."""

    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True)
        assert await database.read("PRAGMA journal_mode") == [("wal",)]
        assert await database.read("PRAGMA synchronous") == [(2,)]
        await database.aclose()

    asyncio.run(main())


def test_the_journal_can_only_grow(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"

    async def main() -> None:
        database = Database(path)
        row = ("c", "2026-11-23T09:00:00+09:00", "2026-11-23", "Noticed", None, None, None, "{}")
        sql = "INSERT INTO entries (connection, at, trading_date, kind, order_id, request_id, number, body) VALUES"
        await database.write((f"{sql} (?, ?, ?, ?, ?, ?, ?, ?)", row))
        await database.aclose()

    asyncio.run(main())
    connection = sqlite3.connect(path)
    for change in ("UPDATE entries SET body = ''", "DELETE FROM entries"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(change)
    connection.close()
