"""The campaign of processes: real desks against real exchanges over sockets, killed at random moments.

It is a row of stretches, each with an exchange and a journal of its own, so that the lists stay as short as on a busy
day. In each, one desk after the other lives on the same folder (at both brokers: two of them beside each other) until
it is killed; the last one settles, and the exchange's ledger is held against the journal. Market time runs faster than
the machine's, so that a minute of doubt lasts seconds.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import Order
from hoga.practice.api import Broker, OrderEntry
from hoga.practice.engine.ledger import Ledger
from hoga.storage.database import Database
from tests.campaigns.brokers import CHOICES
from tests.campaigns.desk_process import PROFILES
from tests.campaigns.exchange_process import SPEED, ExchangeProcess
from tests.campaigns.judge import journaled, judge, rows_of, was_sent
from tests.campaigns.process_seat import ProcessSeat
from tests.campaigns.report import Report

EACH = 400
"""Actions of a stretch."""
MORNING, EVENING = "2026-11-23T10:00:00", "2026-11-23T23:53:00"
_SHARE = 0.3
_LATE_SECONDS = 40.0 / SPEED


class Stretch:
    """One exchange with a seat or two."""

    def __init__(self, folder: Path, seed: int, number: int, broker: str) -> None:
        self._folder = folder
        self._seed = seed * 100_003 + number
        self._chance = random.Random(f"processes {seed} {number}")
        self._brokers = CHOICES[broker]
        self.report = Report(seed)
        self.happened: Counter[str] = Counter()
        """What kinds of trouble there were, beyond the report's figures."""

    def run(self, actions: int, kills: int) -> Report:
        """Raises nothing for what it finds: that is in the report."""
        start = EVENING if self._chance.random() < 0.2 else MORNING
        exchange = ExchangeProcess(self._folder / "practice", self._seed, start, self._chance, self._brokers)
        exchange.open()
        try:
            seats = [self._seat(exchange, each) for each in self._brokers]
            # However long a busy machine takes to start the first desk: what is before midnight stays before it.
            exchange.insist("POST", "/settings", {"speed": 1})
            self._all(seats, lambda seat, _: seat.begin())
            exchange.insist("POST", "/settings", {"speed": SPEED})
            before = {seat.number: len(exchange.placed_by_phone(seat.number)) for seat in seats}
            exchange.misbehave(_SHARE)
            parts = _shares(actions, len(seats)), _shares(kills, len(seats))
            self._all(seats, lambda seat, place: seat.fight(parts[0][place], parts[1][place]))
            exchange.misbehave(0.0)
            exchange.insist("POST", "/settings", {"market_paused": True})
            time.sleep(_LATE_SECONDS)
            self._all(seats, lambda seat, _: seat.settle())
        finally:
            exchange.close()
        for seat in seats:
            self._judge(seat, before[seat.number])
            self.report.add(seat.report)
            self.happened += seat.happened
        self.happened += exchange.faults
        self.happened["exchange brought back"] += exchange.restarts
        self.report.faults += exchange.faults.total() + exchange.restarts
        return self.report

    def _seat(self, exchange: ExchangeProcess, broker: Broker) -> ProcessSeat:
        number = exchange.account(PROFILES[broker])
        folder = self._folder / broker.value
        chance = random.Random(f"{self._seed} {broker.value}")
        return ProcessSeat(broker, number, exchange, folder, self._seed, chance, Report(self.report.seed))

    def _all(self, seats: Sequence[ProcessSeat], deed: Callable[[ProcessSeat, int], None]) -> None:
        """At all seats beside each other; returns, or raises, when each is done."""
        with ThreadPoolExecutor(len(seats)) as pool:
            for done in [pool.submit(deed, seat, place) for place, seat in enumerate(seats)]:
                done.result()

    def _judge(self, seat: ProcessSeat, foreign_before: int) -> None:
        """The exchange's ledger against the desk's journal, both as they lie on the disk."""
        with closing(Ledger.open(self._folder / "practice" / "ledger.sqlite", seed=self._seed)) as ledger:
            rows: list[OrderEntry] = ledger.orders(seat.number, date.min, date.max)
        if not seat.connection:
            seat.report.find("unexplained", "no desk has ever opened")
            return
        orders = asyncio.run(self._journal(seat))
        judge(seat.report, orders, rows_of(rows, seat.broker))
        seat.report.sent = sum(was_sent(request) for order in orders for request in order.requests)
        seat.report.foreign = sum(row.channel != "api" for row in rows) - foreign_before

    async def _journal(self, seat: ProcessSeat) -> tuple[Order, ...]:
        database = Database(seat.folder / "journal.sqlite")
        try:
            return await journaled(database, ConnectionId(seat.connection))
        finally:
            await database.aclose()


def run_campaign(
    seed: int,
    actions: int,
    kills: int,
    *,
    broker: str = "kis",
    jobs: int = 1,
    keep: Path | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> Report:
    """``jobs`` stretches run beside each other. What a stretch leaves behind (ledgers, journals, logs) is kept in
    ``keep`` when something was found."""
    stretches = max(1, -(-actions // EACH))
    parts = list(zip(_shares(actions, stretches), _shares(kills, stretches), strict=True))
    whole, happened, lock = Report(seed), Counter[str](), threading.Lock()

    def run(number: int) -> None:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            stretch = Stretch(Path(scratch), seed, number, broker)
            report = stretch.run(*parts[number])
            if report.findings and keep is not None:
                kept = keep / f"processes-{broker}-seed-{seed}-stretch-{number}"
                shutil.copytree(scratch, kept, dirs_exist_ok=True)
                tell(f"stretch {number}: ledger, journals and logs are kept in {kept}")
        with lock:
            whole.add(report)
            happened.update(stretch.happened)
            for finding in report.findings:
                tell(f"stretch {number}: {finding}")
            tell(f"so far: {whole.line()}")

    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(run, number) for number in range(stretches)]:
            done.result()
    tell("what happened: " + ", ".join(f"{name} {count}" for name, count in happened.most_common()))
    return whole


def _shares(total: int, of: int) -> list[int]:
    """A number in so many nearly equal parts."""
    return [total * (place + 1) // of - total * place // of for place in range(of)]
