"""The activity log: lines come back as they were said, page by page, and a full disk delays them only."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderId
from hoga.domain.values import Money, Price
from hoga.storage.activity import ActivityLog, Level, Line
from hoga.storage.database import Database
from tests.storage.samples import AT, CONNECTION, ORDER


def unmasked(value: object) -> Any:
    return value


def line(n: int, *, order: OrderId | None = None, connection: ConnectionId = CONNECTION) -> Line:
    return Line(AT + timedelta(seconds=n), connection, Level.INFO, Message(f"LINE_{n}", {"n": n}), order)


def codes(lines: tuple[Line, ...]) -> list[str]:
    return [line.message.code for line in lines]


def test_a_line_comes_back_with_its_values_and_its_reason(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True, fsync=False)
        log = ActivityLog(database, unmasked)
        why = Message("KIS_APBK0919", {"code": "APBK0919", "inner": Message("DEEPER", {"n": 1})})
        values = {"why": why, "price": Price(70_000), "amount": Money(-5), "n": 3, "text": "거부", "none": None}
        message = Message("BROKER_REFUSED", values)
        log.add(Line(AT, CONNECTION, Level.ERROR, message, ORDER, str(InstrumentId("005930"))))
        (again,) = await log.about(ORDER)
        assert again.message == Message("BROKER_REFUSED", {**values, "price": "70,000", "amount": "-5"})
        assert (again.at, again.level, again.order) == (AT, Level.ERROR, ORDER)
        assert again.about == InstrumentId("005930")
        await database.aclose()

    asyncio.run(main())


def test_pages_go_back_to_the_first_line_without_gap_or_repeat(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True, fsync=False)
        log = ActivityLog(database, unmasked, most_recent=10)
        for n in range(1, 26):
            log.add(line(n))
            log.add(line(n, connection=ConnectionId("another")))
        assert codes(log.recent[-2:]) == ["LINE_25", "LINE_25"]
        assert len(log.recent) == 10
        seen: list[str] = []
        before: int | None = None
        while page := await log.page(CONNECTION, before, most=10):
            seen += codes(page)
            before = page[-1].seq
        assert seen == [f"LINE_{n}" for n in range(25, 0, -1)]
        await database.aclose()

    asyncio.run(main())


def test_lines_that_a_full_disk_refused_are_written_when_it_has_room(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True, fsync=False)
        log = ActivityLog(database, unmasked)
        log.add(line(1))
        database.rehearse_unwritable(True)
        for n in (2, 3):
            log.add(line(n))
            await asyncio.sleep(0)
        assert codes(log.recent) == ["LINE_1", "LINE_2", "LINE_3"], "the screen shows them all the same"
        database.rehearse_unwritable(False)
        log.add(line(4))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert sorted(codes(await log.page(CONNECTION))) == ["LINE_1", "LINE_2", "LINE_3", "LINE_4"]
        assert log.lost == 0
        await database.aclose()

    asyncio.run(main())


def test_of_very_many_unwritten_lines_the_newest_are_kept_and_the_rest_counted(tmp_path: Path) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite", inline=True, fsync=False)
        log = ActivityLog(database, unmasked)
        database.rehearse_unwritable(True)
        for n in range(2_010):
            log.add(line(n))
        await asyncio.sleep(0)
        assert log.lost == 10
        database.rehearse_unwritable(False)
        log.add(line(9_999))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        kept = await log.page(CONNECTION, most=5_000)
        assert len(kept) == 2_001
        assert "LINE_9" not in codes(kept)
        assert "LINE_10" in codes(kept)
        await database.aclose()

    asyncio.run(main())
