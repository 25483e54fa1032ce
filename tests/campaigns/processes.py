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
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import Order
from hoga.practice.api import Broker, OrderEntry
from hoga.practice.engine.ledger import Ledger
from hoga.storage.database import Database
from tests.campaigns.brokers import CHOICES
from tests.campaigns.desk_process import PROFILES, Wish
from tests.campaigns.exchange_process import SPEED, Away, ExchangeProcess
from tests.campaigns.judge import journaled, judge, rows_of, was_sent
from tests.campaigns.lives import Life
from tests.campaigns.person import MOST_SHARES
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS

EACH = 400
"""Actions of a stretch."""
MORNING, EVENING = "2026-11-23T10:00:00", "2026-11-23T23:55:00"
_SHARE = 0.3
_SHARES_AT_FIRST = 500
_MOST_SKEW = 5.0
_SETTLING_SECONDS = 150.0
_LATE_SECONDS = 40.0 / SPEED
_POINTS = ("sending", "sent", "sent", "answered")
_DOOM_SECONDS = 3.0
_OPENING_SECONDS = 0.8
_TWIN = 0.03
_WEATHER: Mapping[str, float] = {
    "phone order": 0.06, "phone cancel": 0.02, "disk full": 0.006, "disk free": 0.2, "drop streams": 0.006,
    "expire tokens": 0.004, "kill exchange": 0.003,
}  # fmt: skip
"""How often each happens at an action."""


@dataclass
class Seat:
    """One account on a stretch's exchange, and the desks that sit at it one after the other."""

    broker: Broker
    number: str
    exchange: ExchangeProcess
    folder: Path
    seed: int
    chance: random.Random
    report: Report
    connection: str = ""
    lives: int = 0
    asked: set[str] = field(default_factory=set)
    findings: list[tuple[str, str]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    good_weather: bool = True

    # --- lives ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Shares to sell, and one order in good weather: from it the desk learns how the broker marks what comes from
        here."""
        for instrument in INSTRUMENTS:
            self.exchange.phone_order(self.number, instrument.code, "buy", _SHARES_AT_FIRST, None)
        life = self._live("act")
        life.has_begun(2)
        if not life.leaves():
            self._find("the first desk did not end in good order")
        self._count(life)
        self.good_weather = False

    def fight(self, actions: int, kills: int) -> None:
        """So many actions, the desk being killed so often meanwhile."""
        for kill in range(kills):
            self._one_life(actions * (kill + 1) // kills - self.report.actions)
        if self.report.actions < actions:
            life = self._live("act")
            self._act(life, actions - self.report.actions)
            if not (life.room_again() and life.leaves()):
                self._find(f"life {self.lives} did not end in good order")
            self._count(life)

    def settle(self) -> None:
        life = self._live("settle")
        if not life.has_settled(_SETTLING_SECONDS):
            self._find("the last desk did not settle")
        self._count(life)
        self.report.asked = len(self.asked)
        for kind, what in self.findings:
            self.report.find(kind, f"{self.broker.value}: {what}")

    def _live(self, deed: str) -> Life:
        self.lives += 1
        skew = 0.0 if deed == "settle" else self.chance.uniform(-_MOST_SKEW, _MOST_SKEW)
        wish = Wish(
            self.folder, self.exchange.folder, self.exchange.options, self.chance.random() < 0.5, self.broker,
            f"life-{self.lives}", self.seed, deed, skew,
        )  # fmt: skip
        return Life(wish, self._hear)

    def _one_life(self, actions: int) -> None:
        life = self._live("act")
        if self.chance.random() < 0.15:
            time.sleep(self.chance.uniform(0.0, _OPENING_SECONDS))
            self.happened["life ends while it opens"] += 1
        else:
            self._act(life, max(actions, 1))
        self._kill(life)
        self._count(life)

    def _act(self, life: Life, actions: int) -> None:
        if not life.has_begun(actions):
            self._find(f"life {self.lives} {'ended by itself' if life.over else 'came to a standstill'}")

    def _kill(self, life: Life) -> None:
        if not life.room_again():
            self._find(f"life {self.lives} did not write what it had to although the disk had room again")
        if life.over:
            return
        self.report.kills += 1
        point = self.chance.choice(_POINTS)
        if self.chance.random() < 0.6 and life.dies_at(point, _DOOM_SECONDS):
            self.happened[f"killed when {point}"] += 1
            return
        self.happened["killed from outside"] += 1
        time.sleep(self.chance.choice([0.0, 0.002, 0.01, 0.03, 0.1]))
        life.kill()

    def _count(self, life: Life) -> None:
        self.report.actions += life.actions
        self.report.blocked += life.blocked
        self.exchange.count_faults()

    def _find(self, what: str) -> None:
        self.findings.append(("unexplained", what))

    # --- what desks tell, and what happens around them --------------------------------------------------------------

    def _hear(self, life: Life, what: str, values: tuple[Any, ...]) -> None:
        if what == "C":
            self.connection = values[0]
        elif what == "Q":
            self.asked.add(values[0])
        elif what == "F":
            self.findings.append((values[0], values[1]))
        elif what == "P":
            with suppress(Away):
                life.say("phone", self.exchange.placed_by_phone(self.number))
        elif what == "J":
            with suppress(Away):
                life.say("account", self.exchange.insist("GET", f"/accounts/{self.number}"))
        elif not self.good_weather:
            with suppress(Away):
                self._around(life, what, values)

    def _around(self, life: Life, what: str, values: tuple[Any, ...]) -> None:
        if what == "T" and self.chance.random() < _TWIN:
            self.report.twins += 1
            self.exchange.phone_order(self.number, *values)
        elif what == "A":
            for happening, often in _WEATHER.items():
                if self.chance.random() < often and (happening != "disk free" or life.disk_full):
                    self.happened[happening] += 1
                    self._happen(life, happening)

    def _happen(self, life: Life, happening: str) -> None:
        exchange = self.exchange
        if happening == "phone order":
            instrument = self.chance.choice(INSTRUMENTS)
            quantity = MOST_SHARES + self.chance.randint(1, MOST_SHARES)
            side = self.chance.choice(["buy", "sell"])
            exchange.phone_order(self.number, instrument.code, side, quantity, exchange.last_price(instrument.code))
        elif happening == "phone cancel":
            exchange.phone_cancel(self.number)
        elif happening == "disk full":
            life.fill_disk()
            self.report.faults += 1
        elif happening == "disk free":
            life.free_disk()
        elif happening == "drop streams":
            exchange.ask("POST", "/streams/drop", {})
            self.report.faults += 1
        elif happening == "expire tokens":
            exchange.ask("POST", "/tokens/expire", {})
            self.report.faults += 1
        elif happening == "kill exchange":
            exchange.kill()


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
            self._all(seats, lambda seat, _: seat.begin())
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

    def _seat(self, exchange: ExchangeProcess, broker: Broker) -> Seat:
        number = exchange.account(PROFILES[broker])
        folder = self._folder / broker.value
        chance = random.Random(f"{self._seed} {broker.value}")
        return Seat(broker, number, exchange, folder, self._seed, chance, Report(self.report.seed))

    def _all(self, seats: Sequence[Seat], deed: Callable[[Seat, int], None]) -> None:
        """At all seats beside each other; returns, or raises, when each is done."""
        with ThreadPoolExecutor(len(seats)) as pool:
            for done in [pool.submit(deed, seat, place) for place, seat in enumerate(seats)]:
                done.result()

    def _judge(self, seat: Seat, foreign_before: int) -> None:
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

    async def _journal(self, seat: Seat) -> tuple[Order, ...]:
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
