"""A disk that neither writes nor fails: orders are refused in time and never leave later; cancels leave at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from hoga.base.message import Message
from hoga.domain.orders import OrderState
from hoga.domain.requests import RequestState
from hoga.domain.tickets import PlanChild
from hoga.domain.values import Price
from hoga.storage.database import Database, Statement
from hoga.storage.errors import Unwritable
from hoga.storage.journal import Journal
from hoga.trading.outcomes import DISK_PATIENCE
from hoga.trading.recorder import Recorder
from hoga.trading.records import OrderRecords
from hoga.trading.views import Denied, Requested, Submitted
from tests.storage.journals import facts
from tests.storage.samples import AT, CONNECTION, DAY
from tests.trading.rig import Rig, rest, virtual


class HangingDatabase(Database):
    """While ``hung``, writes are kept; ``wake`` writes them, or fails them when ``broken``."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, inline=True, fsync=False)
        self.hung = False
        self.kept: deque[tuple[asyncio.Future[None], tuple[Statement, ...]]] = deque()

    def write(self, *statements: Statement, stand_by: bool = False) -> asyncio.Future[None]:
        if not self.hung:
            return super().write(*statements)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.kept.append((done, statements))
        return done

    async def wake(self, *, broken: bool = False) -> None:
        self.hung = False
        if broken:
            self.rehearse_unwritable(True)
        while self.kept:
            done, statements = self.kept.popleft()
            try:
                await super().write(*statements)
            except Unwritable as error:
                done.set_exception(error)
            else:
                done.set_result(None)
        self.rehearse_unwritable(False)


@pytest.fixture(autouse=True)
def hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.trading.rig.Database", lambda path, **_: HangingDatabase(path))


def tried(tmp_path: Path, story: Callable[[Rig, HangingDatabase], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            assert isinstance(rig.database, HangingDatabase)
            await rest(1)
            await story(rig, rig.database)

    virtual(main())


def sent(rig: Rig) -> list[str]:
    return [name for name, _ in rig.broker.writes]


async def refused_in_time(rig: Rig) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    answer = await rig.submit()
    assert isinstance(answer, Denied)
    assert [reason.code for reason in answer.reasons] == ["DISK_SILENT"]
    assert loop.time() - began <= DISK_PATIENCE + 0.1


@pytest.mark.parametrize("broken", [False, True], ids=["writes at last", "fails at last"])
def test_an_order_is_refused_in_time_and_never_leaves(tmp_path: Path, broken: bool) -> None:
    async def story(rig: Rig, disk: HangingDatabase) -> None:
        disk.hung = True
        await refused_in_time(rig)
        health = rig.desk.health()
        assert health.journal is not None
        assert health.journal.code == "DISK_SILENT"
        began = asyncio.get_running_loop().time()
        await refused_in_time(rig)
        assert asyncio.get_running_loop().time() == began, "known by now: refused at once"
        await rest(30)
        await disk.wake(broken=broken)
        await rest(120)
        assert sent(rig) == []
        assert rig.desk.health().journal is None
        assert rig.desk.health().unknown == 0
        assert all(order.state.over for order in rig.desk.orders())
        await rig.placed()
        assert sent(rig) == ["place"]
        await rig.restart()
        await rest(120)
        assert sent(rig) == [], "nor after a restart"
        assert len(rig.exchange.rows) == 1
        assert rig.desk.offers() == ()

    tried(tmp_path, story)


def test_a_killed_desk_asks_the_broker_and_sends_nothing(tmp_path: Path) -> None:
    """The record was written, what ended it was not: it looks as if it might have left, and the list settles it."""

    async def story(rig: Rig, disk: HangingDatabase) -> None:
        disk.hung = True
        await refused_in_time(rig)
        disk.hung = False
        done, statements = disk.kept.popleft()
        await Database.write(disk, *statements)
        await rig.restart()
        await rest(90)
        assert sent(rig) == []
        (order,) = rig.desk.orders()
        assert order.first is not None
        assert order.first.state is RequestState.ABSENT
        done.cancel()

    tried(tmp_path, story)


def test_a_waiting_order_whose_turn_comes_meanwhile_does_not_leave_either(tmp_path: Path) -> None:
    async def story(rig: Rig, disk: HangingDatabase) -> None:
        first = await rig.submit(rig.ticket(origin=PlanChild("d", 0, 0, 0)))
        waiting = await rig.submit(rig.ticket(quantity=7, origin=PlanChild("d", 0, 1, 0)))
        assert isinstance(first, Submitted) and isinstance(waiting, Submitted)
        await rest(1)
        assert [w.order.id for w in rig.desk.waiting()] == [waiting.order]
        disk.hung = True
        await rest(10)
        await disk.wake()
        await rest(60)
        assert sent(rig) == ["place"]
        assert rig.order(waiting.order).state.over
        assert "DISK_SILENT_NEVER_SENT" in rig.codes()
        assert rig.desk.waiting() == ()

    tried(tmp_path, story)


def test_a_reprice_is_refused_in_time_and_a_cancel_leaves_at_once(tmp_path: Path) -> None:
    async def story(rig: Rig, disk: HangingDatabase) -> None:
        id = await rig.placed()
        disk.hung = True
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer = await rig.desk.reprice(id, Price(70_100))
        assert isinstance(answer, Denied)
        assert answer.reasons[0].code == "DISK_SILENT"
        assert loop.time() - began <= DISK_PATIENCE + 0.1
        began = loop.time()
        assert isinstance(await rig.desk.cancel(id), Requested)
        await rest(0.2)
        assert loop.time() - began < 0.5
        assert sent(rig) == ["place", "cancel"]
        await rest(10)
        await disk.wake()
        await rest(5)
        assert rig.state(id) is OrderState.CANCELLED
        assert sent(rig) == ["place", "cancel"]

    tried(tmp_path, story)


class SlowJournal(Journal):
    """Says when it has written what the test says it has."""

    def __init__(self) -> None:
        self.writes: list[asyncio.Future[None]] = []

    def append(self, *_facts: object, **_orders: object) -> asyncio.Future[None]:
        self.writes.append(asyncio.get_running_loop().create_future())
        return self.writes[-1]


def test_what_is_being_written_when_the_desk_closes_is_written_once() -> None:
    async def main() -> None:
        journal, records = SlowJournal(), OrderRecords(CONNECTION)
        (_, intent), (_, answer) = facts(1, 1)
        records.apply(intent)
        recorder = Recorder(
            journal, records, lambda: AT, lambda: DAY, on_applied=lambda *_: None, on_health=lambda _: None
        )
        told = recorder.tell(answer)
        journal.writes[0].set_exception(Unwritable(Message("DISK_FULL")))
        await told
        assert recorder.unwritten == 1
        await rest(1)
        assert len(journal.writes) == 2, "it is tried again"
        closing = asyncio.create_task(recorder.aclose())
        await rest(0.1)
        assert not closing.done() and not journal.writes[1].done()
        journal.writes[1].set_result(None)
        async with asyncio.timeout(1):
            await closing
        assert (len(journal.writes), recorder.unwritten) == (2, 0), "a second line of it would read as damage"

    virtual(main())
