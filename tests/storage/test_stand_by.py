"""A person's command waits for the disk in its own call: it hears of it there, in order, and never for longer than the
loop may be held."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from hoga.base.expecting import Expecting
from hoga.domain.order_facts import Fact
from hoga.storage.database import Database, Statement
from hoga.storage.errors import Conflict
from hoga.storage.journal import Journal
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords
from tests.storage.journals import facts
from tests.storage.samples import AT, CONNECTION, DAY, intended


class PatientLoop(asyncio.SelectorEventLoop, Expecting):
    """Holds still for a command as long as it is told to."""

    patience = 5.0

    def take_patience(self) -> float:
        return self.patience


def run(main: Coroutine[Any, Any, None], patience: float = 5.0) -> None:
    loop = PatientLoop()
    loop.patience = patience
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main)


def ticket(name: str) -> Statement:
    return ("INSERT INTO tickets VALUES (?, 'c', ?)", (name, f"order of {name}"))


def on_disk(path: Path) -> list[str]:
    other = sqlite3.connect(path)
    found = [row[0] for row in other.execute("SELECT ticket_id FROM tickets ORDER BY ticket_id")]
    other.close()
    return found


def test_it_is_on_the_disk_when_the_call_returns_and_what_was_written_before_is_told_first(tmp_path: Path) -> None:
    async def main() -> None:
        database, ended = Database(tmp_path / "j.sqlite"), list[str]()
        before = [database.write(ticket(f"before {n}")) for n in range(20)]
        done = database.write(ticket("now"), stand_by=True)
        assert done.done()
        assert len(on_disk(database.path)) == 21
        for name, one in (("now", done), *((f"before {n}", one) for n, one in enumerate(before))):
            one.add_done_callback(lambda _, name=name: ended.append(name))
        assert all(one.done() for one in before)
        with pytest.raises(Conflict):
            database.write(ticket("now"), stand_by=True).result()
        await database.aclose()

    run(main())


def test_nobody_stands_by_where_the_loop_has_no_time(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        done = database.write(ticket("a"), stand_by=True)
        assert not done.done()
        await done
        await database.aclose()

    run(main(), patience=0.0)


def test_a_disk_that_takes_longer_is_waited_for_as_ever(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        await database.write(ticket("first"))
        other = sqlite3.connect(database.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # the writer waits for it, as for a disk
        began = asyncio.get_running_loop().time()
        slow = [database.write(ticket(name), stand_by=True) for name in ("b", "c")]
        assert asyncio.get_running_loop().time() - began < 2
        assert not any(one.done() for one in slow)
        other.execute("ROLLBACK")
        other.close()
        await asyncio.wait_for(asyncio.gather(*slow), 10)
        assert on_disk(database.path) == ["b", "c", "first"]
        await database.aclose()

    run(main(), patience=0.01)


def test_whether_it_is_heard_here_or_rung_for_it_is_heard(tmp_path: Path) -> None:
    """Patience of about the time that a disk takes: many are given up at the very moment at which they are there."""

    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", fsync=False)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, PatientLoop)
        for n in range(400):
            loop.patience = 0.00002 * (n % 12)
            await asyncio.wait_for(database.write(ticket(f"{n:03d}"), stand_by=True), 5)
        assert len(on_disk(database.path)) == 400
        await database.aclose()

    run(main())


def test_what_leaves_takes_effect_in_the_call_and_after_all_that_was_written_before(tmp_path: Path) -> None:
    async def main() -> None:
        database, records, told = Database(tmp_path / "j.sqlite"), OrderRecords(CONNECTION), list[object]()

        def applied(some: tuple[Fact, ...], _results: object) -> None:
            told.extend(getattr(fact, "order", None) for fact in some)

        journal = Journal(database, CONNECTION, lambda value: value)
        recorder = Recorder(
            journal, records, lambda: AT, lambda: DAY, on_applied=applied, on_health=lambda why: told.append(why)
        )
        (_, first), (_, answer), (_, second), _ = facts(1, 2)
        leaving = asyncio.ensure_future(recorder.strict(first, then=lambda: told.append("leaves")))
        await asyncio.sleep(0)  # one step, and it has left
        assert told == ["leaves", first.order]
        assert leaving.done() or not leaving.cancel()
        told.clear()
        heard = recorder.tell(answer)
        await recorder.strict(second, then=lambda: told.append("leaves"))
        await heard
        assert told == [answer.order, "leaves", second.order]
        await recorder.aclose()
        await database.aclose()

    run(main())


def test_a_ticket_that_was_consumed_before_leaves_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        database, records, told = Database(tmp_path / "j.sqlite"), OrderRecords(CONNECTION), list[object]()
        journal = Journal(database, CONNECTION, lambda value: value)
        recorder = Recorder(
            journal, records, lambda: AT, lambda: DAY, on_applied=lambda *_: None, on_health=lambda _: None
        )
        await database.write(("INSERT INTO tickets VALUES (?, 'c', 'o')", (intended(1).ticket,)))
        with pytest.raises(Conflict):
            await recorder.strict(intended(1), then=lambda: told.append("leaves"))
        assert told == []
        assert not list(records.orders)
        await recorder.aclose()
        await database.aclose()

    run(main())
