"""However long a journal is: what a start reads of it, and one order's story, take the same steps, and miss nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.order_facts import Fact, Noticed
from hoga.domain.tickets import OrderId
from hoga.storage.activity import ActivityLog, Level, Line
from hoga.storage.database import Database, Row, Value
from hoga.storage.journal import Journal
from hoga.trading.looking_on import _MARKS, _NEWEST
from tests.storage.journals import facts
from tests.storage.samples import AT, CONNECTION, DAY, notice

TODAY = DAY + timedelta(days=7)
_STEPS = 20


class CountingDatabase(Database):
    """Counts the steps of SQLite's machine that reads take."""

    steps = 0

    async def read(self, sql: str, values: tuple[Value, ...] = ()) -> list[Row]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.set_progress_handler(self._count, _STEPS)
            return list(connection.execute(sql, values))

    def _count(self) -> int:
        self.steps += _STEPS
        return 0


def _filled(path: Path, orders: int) -> CountingDatabase:
    """Orders of last week, each with a line of activity; the last one is open."""
    database = CountingDatabase(path, inline=True, fsync=False)

    async def write() -> None:
        journal, log = Journal(database, CONNECTION, lambda value: value), ActivityLog(database, lambda value: value)
        some = facts(1, orders)
        last = [some[-1][0]] if some[-1][0] else []
        await journal.append(some, DAY, opened=[order for order in last if order])
        for order, _ in some[::2]:
            log.add(Line(AT, CONNECTION, Level.INFO, Message("ORDER_TAKEN"), order))

    asyncio.run(write())
    return database


async def _questions(database: CountingDatabase) -> list[tuple[int, int]]:
    """Steps and lines of each question that a desk, or a window that looks on, asks on any day."""
    journal, log = Journal(database, CONNECTION, lambda value: value), ActivityLog(database, lambda value: value)
    (last,) = await journal.open_orders()
    ((top, *_),) = await database.read(_MARKS, (CONNECTION,))
    found: list[tuple[int, int]] = []
    for asked in (
        journal.replay(TODAY), journal.after(int(str(top)) - 1), journal.biography(last), journal.orders_since(TODAY),
        journal.last_sequence(TODAY), journal.order_of_ticket(facts(1, 1)[0][1].ticket),  # type: ignore[union-attr]
        log.page(CONNECTION, None, 1), log.about(last), database.read(_MARKS, (CONNECTION,)),
        database.read(_NEWEST, (CONNECTION,)),
    ):  # fmt: skip
        database.steps = 0
        answer = await asked
        entries = getattr(answer, "entries", answer)
        found.append((database.steps, len(entries) if isinstance(entries, list | tuple) else 0))
    return found


def test_no_question_grows_with_the_history(tmp_path: Path) -> None:
    short, long = _filled(tmp_path / "short.sqlite", 3), _filled(tmp_path / "long.sqlite", 300)
    few, many = asyncio.run(_questions(short)), asyncio.run(_questions(long))
    assert [lines for _, lines in few] == [lines for _, lines in many] == [2, 1, 2, 0, 0, 0, 1, 1, 1, 2]
    for (before, _), (after, _) in zip(few, many, strict=True):
        assert after <= before + 2 * _STEPS, (few, many)
    short.drop()
    long.drop()


_CONNECTIONS = (CONNECTION, ConnectionId("another"))
_LINES = st.lists(
    st.tuples(st.sampled_from(_CONNECTIONS), st.integers(0, 4), st.integers(-2, 1), st.booleans()), max_size=12
)


@given(_LINES)
def test_a_replay_is_of_every_open_and_recent_order_whole(lines: list[tuple[ConnectionId, int, int, bool]]) -> None:
    """Against a plain reading: ``(connection, order or 0, days from the first asked for, left open)``."""
    database = Database(Path(":memory:"), inline=True, fsync=False)
    written: list[tuple[ConnectionId, OrderId | None, date]] = []

    async def main() -> None:
        journals = {name: Journal(database, name, lambda value: value) for name in _CONNECTIONS}
        opened: set[tuple[ConnectionId, OrderId]] = set()
        for connection, number, days, left_open in lines:
            order = OrderId(f"{connection}-{number}") if number else None
            fact: Fact = Noticed(datetime.combine(DAY, AT.timetz()), notice())
            marked = [order] if order and left_open else []
            await journals[connection].append([(order, fact)], DAY + timedelta(days=days), opened=marked)
            opened.update((connection, one) for one in marked)
            written.append((connection, order, DAY + timedelta(days=days)))
        for name, journal in journals.items():
            recent = {order for owner, order, on in written if owner == name and on >= DAY}
            wanted = recent | {order for owner, order in opened if owner == name}
            expected = [
                seq for seq, (owner, order, on) in enumerate(written, 1)
                if owner == name and (order in wanted if order else on >= DAY)
            ]  # fmt: skip
            assert [entry.seq for entry in (await journal.replay(DAY)).entries] == expected

    asyncio.run(main())
    database.drop()
