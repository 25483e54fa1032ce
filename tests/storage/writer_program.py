"""A desk's journal in a process of its own: writes as fast as it can and says what is durable, until it is killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from hoga.domain.order_facts import Answer, Answered
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from tests.storage.samples import AT, CONNECTION, DAY, NUMBER, intended


async def main(path: Path) -> None:
    journal = Journal(Database(path), CONNECTION, lambda value: value)

    async def one(n: int) -> None:
        fact = intended(n)
        outcome = Answered(AT, fact.order, fact.request, Answer.ACCEPTED, NUMBER.__class__(DAY, "1", n))
        await journal.append([(fact.order, fact), (fact.order, outcome)], DAY, opened=[fact.order])
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()

    n = 0
    while True:
        await asyncio.gather(*(one(n + i) for i in range(1, 8)))
        n += 7


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
