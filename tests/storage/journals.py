"""Journals on disk to try things on: filled with orders, cut off as by a kill, and damaged in chosen ways."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from hoga.base.message import Message
from hoga.domain.order_facts import Answer, Answered, Fact
from hoga.domain.tickets import OrderId
from hoga.storage.activity import ActivityLog, Level, Line
from hoga.storage.database import Database
from hoga.storage.journal import Entry, Journal
from hoga.storage.opening import open_journal
from tests.storage.samples import AT, CONNECTION, DAY, NUMBER, intended

Named = tuple[OrderId | None, Fact]


def facts(first: int, last: int) -> list[Named]:
    """Orders ``first`` to ``last`` of the day, each taken and accepted, with long and short texts."""
    made: list[Named] = []
    for n in range(first, last + 1):
        intent = intended(n, consent="가" * (3_000 if n % 40 == 0 else n % 7))
        number = NUMBER.__class__(DAY, "1", n)
        made += [
            (intent.order, intent),
            (intent.order, Answered(AT, intent.order, intent.request, Answer.ACCEPTED, number)),
        ]
    return made


async def write(database: Database, some: list[Named], *, at_once: int = 2) -> None:
    """One commit for every ``at_once`` facts, with a line of activity each."""
    journal, log = Journal(database, CONNECTION, lambda value: value), ActivityLog(database, lambda value: value)
    for start in range(0, len(some), at_once):
        part = some[start : start + at_once]
        await journal.append(part, DAY, opened=[order for order, _ in part if order is not None])
        log.add(Line(AT, CONNECTION, Level.INFO, Message("ORDER_TAKEN", {"n": start}), part[0][0]))


def filled(path: Path, first: int = 1, last: int = 150) -> list[Named]:
    """A journal that was closed in good order."""
    some = facts(first, last)

    async def main() -> None:
        database = Database(path)
        await write(database, some)
        await database.aclose()

    asyncio.run(main())
    return some


def killed(path: Path, first: int = 1, last: int = 150) -> list[Named]:
    """A journal as a killed desk leaves it: everything durable, and the log not worked in."""
    some = facts(first, last)
    writing = path.with_name(f"writing-{path.name}")
    if path.exists():
        shutil.copyfile(path, writing)

    async def main() -> None:
        database = Database(writing)
        await write(database, some)
        for side in ("", "-wal"):
            shutil.copyfile(f"{writing}{side}", f"{path}{side}")
        await database.aclose()

    asyncio.run(main())
    writing.unlink()
    return some


def damage(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


def flip(path: Path, at: int) -> None:
    """One bit."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 0x10]))


def content(database: Database) -> list[Entry]:
    """Everything that the journal replays; nothing of it may be damaged."""

    async def read() -> list[Entry]:
        replay = await Journal(database, CONNECTION, lambda value: value).replay(DAY)
        assert replay.damaged == ()
        return list(replay.entries)

    return asyncio.run(read())


def opened(path: Path, now: datetime = AT) -> Database:
    """As a desk opens it."""
    return asyncio.run(open_journal(path, now))


def closed(database: Database) -> None:
    asyncio.run(database.aclose())


def count(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 a table of the test's
    connection.close()
    return int(rows)
