"""A durable line of the journal, against appending the same bytes and fdatasync; a burst that shares its commits; and
what 100,000 orders in the file cost a start and a question."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from hoga.domain.order_facts import Answered, Lapsed
from hoga.domain.tickets import OrderId
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from tests.benchmarks.figures import Figure, alternate, memory_of
from tests.storage.journals import Named, facts
from tests.storage.samples import AT, CONNECTION, DAY

_LINE = b"x" * 250
_LATER = DAY + timedelta(days=7)


def _append(path: Path, count: int) -> None:
    """The bound: a file that has its room already, one line and one fdatasync at a time."""
    sync = getattr(os, "fdatasync", os.fsync)
    with path.open("r+b", buffering=0) as file:
        for _ in range(count):
            file.write(_LINE)
            sync(file.fileno())


class _Journals:
    """Journals of their own loop, one after another, each line waited for or all at once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, 0

    def write(self, lines: Sequence[Named], one_by_one: bool) -> float:
        """Seconds from the first append to the last line on the disk."""
        self._made += 1
        return asyncio.run(self._write(self._folder / f"journal-{self._made}.sqlite", lines, one_by_one))

    async def _write(self, path: Path, lines: Sequence[Named], one_by_one: bool) -> float:
        database = Database(path)
        journal = Journal(database, CONNECTION, lambda value: value)
        await asyncio.sleep(0.2)  # a desk that has been open for a moment
        started = time.perf_counter()
        if one_by_one:
            for line in lines:
                await journal.append([line], DAY)
        else:
            await asyncio.gather(*(journal.append([line], DAY) for line in lines))
        took = time.perf_counter() - started
        await database.aclose()
        return took


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hoga-bench-") as folder:
        return [*_lines(Path(folder), quick, rounds), *_many(Path(folder), 200 if quick else 100_000, rounds)]


def _lines(folder: Path, quick: bool, rounds: int) -> list[Figure]:
    count, journals = 40 if quick else 300, _Journals(folder)
    plain = folder / "plain.log"
    plain.write_bytes(b"\0" * len(_LINE) * count)
    took: dict[str, list[float]] = {"single": [], "burst": [], "bound": []}
    some, many = facts(1, count // 2), facts(1, count * 4)
    for turn in range(rounds + 1):
        started = time.perf_counter()
        _append(plain, count)
        found = {
            "bound": (time.perf_counter() - started) / count,
            "single": journals.write(some, True) / len(some),
            "burst": journals.write(many, False) / len(many),
        }
        for name, seconds in found.items():
            took[name] += [seconds] if turn else []
    middle = {name: sorted(values)[len(values) // 2] * 1e3 for name, values in took.items()}
    return [
        Figure("journal: a line", middle["single"], "ms", "append + fdatasync", middle["bound"], target=4),
        Figure("journal: a line of a burst", middle["burst"], "ms", "a line alone", middle["single"], 8, faster=True),
    ]


# --- a long history -------------------------------------------------------------------------------------------------


def _history(path: Path, orders: int) -> None:
    """Orders of last week, all ended: taken, accepted, lapsed. Written without fsync; nobody measures this."""

    async def main() -> None:
        database = Database(path, inline=True, fsync=False)
        journal = Journal(database, CONNECTION, lambda value: value)
        for first in range(1, orders + 1, 1_000):
            some = facts(first, min(first + 999, orders))
            numbers = [fact.number for _, fact in some if isinstance(fact, Answered) and fact.number]
            orders_of = [order for order, _ in some[1::2] if order is not None]
            lapsed = [(order, Lapsed(AT, order, (number,))) for order, number in zip(orders_of, numbers, strict=True)]
            await journal.append([*some, *lapsed], DAY)
        await database.aclose()

    asyncio.run(main())


def _start(path: Path) -> Callable[[], object]:
    async def main() -> None:
        database = Database(path)
        journal = Journal(database, CONNECTION, lambda value: value)
        replay = await journal.replay(_LATER)
        assert not replay.damaged
        await journal.last_sequence(_LATER)
        await database.aclose()

    return lambda: asyncio.run(main())


def _question(path: Path, order: OrderId) -> Callable[[], object]:
    async def main() -> None:
        database = Database(path)
        assert (await Journal(database, CONNECTION, lambda value: value).biography(order)).entries
        await database.aclose()

    return lambda: asyncio.run(main())


def _many(folder: Path, orders: int, rounds: int) -> list[Figure]:
    long, short = folder / "long.sqlite", folder / "short.sqlite"
    _history(long, orders)
    _history(short, 1)
    first = facts(1, 1)[0][0]
    assert first is not None
    found = alternate(
        {
            "long": _start(long), "short": _start(short),
            "asked": _question(long, first), "asked short": _question(short, first),
        },
        max(rounds, 3), clock=time.perf_counter,
    )  # fmt: skip
    ms = {name: seconds * 1e3 for name, seconds in found.items()}
    alone = memory_of(_start(short))[1]
    name = f"journal of {orders:,} orders"
    return [
        Figure(f"{name}: open and replay", ms["long"], "ms", "a journal of one", ms["short"], target=1.5),
        Figure(f"{name}: one order's story", ms["asked"], "ms", "a journal of one", ms["asked short"]),
        Figure(f"{name}: memory of a start", memory_of(_start(long))[1], "MiB", "a journal of one", alone),
        Figure(f"{name}: size", long.stat().st_size / 2**20, "MiB"),
    ]
