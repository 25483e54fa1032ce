"""The campaign of processes: real desks against a real exchange over sockets, killed at random moments.

Market time runs ten times as fast, so that a minute of doubt lasts six seconds; what comes late is scaled alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import Order
from hoga.practice.api import OrderEntry
from hoga.practice.engine.ledger import Ledger
from hoga.storage.database import Database
from tests.campaigns.faults import rules
from tests.campaigns.judge import journaled, judge, rows_of, was_sent
from tests.campaigns.person import MOST_SHARES
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS
from tests.support.practice_process import PracticeProcess

_SPEED = 10
_SHARE = 0.3
_SHARES_AT_FIRST = 500
_SETTLING_SECONDS = 120.0
_LIFE_SECONDS = 60.0


class Control:
    """The exchange's control endpoint."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url).netloc

    def ask(self, method: str, path: str, wish: object = None) -> Any:
        connection = http.client.HTTPConnection(self._at, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, None if wish is None else json.dumps(wish))
            return json.loads(connection.getresponse().read())


class DeskProcess:
    """One life of a desk: what it has told so far is counted into ``report`` as it comes."""

    def __init__(self, folder: Path, practice: Path, name: str, seed: int, deed: str, report: Report) -> None:
        self._report = report
        self.asked: set[str] = set()
        self.connection = ""
        self.actions = 0
        self._errors = (folder.parent / "desk.err").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.campaigns.desk_process", str(folder), str(practice), name, str(seed), deed],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            stdin=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONUTF8": "1"},
            text=True,
        )
        self._acted = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, actions: int, seconds: float) -> bool:
        """Whether so many actions have begun within that time."""
        with self._acted:
            return self._acted.wait_for(lambda: self.actions >= actions or self.process.poll() is not None, seconds)

    def kill(self) -> None:
        self.process.kill()
        self.end(10)

    def end(self, seconds: float) -> int:
        """Wait for its end; returns its exit code."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self._reader.join(10)
            self._errors.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._hear(line.strip())

    def _hear(self, line: str) -> None:
        with self._acted:
            if line == "A":
                self.actions += 1
                self._report.actions += 1
            elif line == "B":
                self._report.blocked += 1
            elif line.startswith("Q "):
                self.asked.add(line[2:])
            elif line.startswith("C "):
                self.connection = line[2:]
            self._acted.notify_all()


class Campaign:
    """One exchange, and one desk after the other on the same folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.report = Report(seed)
        self._folder = folder
        self._seed = seed
        self._chance = random.Random(f"processes {seed}")
        self._asked: set[str] = set()
        self._connection = ""
        self._lives = 0

    def run(self, actions: int, kills: int) -> Report:
        exchange = PracticeProcess(self._folder / "practice", f"--seed={self._seed}", f"--speed={_SPEED}")
        try:
            self._control = Control(exchange.control)
            self._number = exchange.account("real")["account"]
            self._prepare()
            for kill in range(kills):
                self._one_life(actions * (kill + 1) // kills - self.report.actions)
            self._applied()
            self._control.ask("DELETE", "/faults")
            desk = self._desk("settle")
            if desk.end(_SETTLING_SECONDS) != 0:
                self.report.find("unexplained", "the last desk did not settle")
            self._after(desk)
        finally:
            exchange.stop()
        self._judge()
        return self.report

    def _prepare(self) -> None:
        """Shares to sell, one order in good weather, then the weather changes."""
        self._control.ask("POST", "/settings", {"token_minute_rule": False})
        for instrument in INSTRUMENTS:
            self._phone(instrument.code, "buy", _SHARES_AT_FIRST, None)
        self.report.foreign = 0
        self._one_life(1)
        self.report.kills = 0
        for rule in rules(_SHARE, self._chance):
            if "die" in rule["kind"] or rule.get("operations") == ["token", "approval"]:
                continue
            if "seconds" in rule:
                rule["seconds"] /= _SPEED
            self._control.ask("POST", "/faults", rule)

    def _desk(self, deed: str) -> DeskProcess:
        self._lives += 1
        return DeskProcess(
            self._folder / "desk", self._folder / "practice", f"life-{self._lives}", self._seed, deed, self.report
        )

    def _one_life(self, actions: int) -> None:
        desk = self._desk("act")
        step = max(1, actions // 3)
        for done in range(step, max(actions, 1) + 1, step):
            desk.wait_for(done, _LIFE_SECONDS)
            self._somebody_else(step)
        desk.wait_for(actions, _LIFE_SECONDS)
        desk.process.poll()
        self._pause()
        desk.kill()
        self.report.kills += 1
        self._after(desk)

    def _pause(self) -> None:
        threading.Event().wait(self._chance.choice([0.0, 0.002, 0.01, 0.03, 0.1]))

    def _somebody_else(self, actions: int) -> None:
        """Somebody with a telephone, about once in fifteen actions."""
        while self._chance.random() < actions / (actions + 15):
            instrument = self._chance.choice(INSTRUMENTS)
            last = self._control.ask("GET", f"/market/{instrument.code}")["state"]["last"]
            self._phone(instrument.code, "buy", MOST_SHARES + self._chance.randint(1, MOST_SHARES), last)

    def _phone(self, code: str, side: str, quantity: int, limit: int | None) -> None:
        wish: dict[str, object] = {"account": self._number, "code": code, "side": side, "quantity": quantity}
        wish |= {"type": "market"} if limit is None else {"type": "limit", "limit": limit}
        if "number" in self._control.ask("POST", "/phone/orders", wish):
            self.report.foreign += 1

    def _after(self, desk: DeskProcess) -> None:
        self._asked |= desk.asked
        self._connection = desk.connection or self._connection

    def _applied(self) -> None:
        self.report.faults = sum(rule["applied"] for rule in self._control.ask("GET", "/faults"))

    def _judge(self) -> None:
        """The exchange's ledger against the desk's journal, both as they lie on the disk."""
        with self._ledger() as rows:
            orders = asyncio.run(self._journal())
            judge(self.report, orders, rows_of(rows))
        self.report.sent = sum(was_sent(request) for order in orders for request in order.requests)
        self.report.asked = len(self._asked)

    @contextlib.contextmanager
    def _ledger(self) -> Iterator[list[OrderEntry]]:
        with contextlib.closing(Ledger.open(self._folder / "practice" / "ledger.sqlite", seed=self._seed)) as ledger:
            yield ledger.orders(self._number, date.min, date.max)

    async def _journal(self) -> tuple[Order, ...]:
        database = Database(self._folder / "desk" / "journal.sqlite")
        try:
            return await journaled(database, ConnectionId(self._connection))
        finally:
            await database.aclose()


def run_campaign(
    seed: int, actions: int, kills: int, *, keep: Path | None = None, tell: Callable[[str], None] = lambda line: None
) -> Report:
    """Both are kept in ``keep``, ledger and journal, when something was found."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Campaign(Path(scratch), seed).run(actions, max(kills, 1))
        for finding in report.findings:
            tell(finding)
        if report.failures and keep is not None:
            shutil.copytree(scratch, keep / f"processes-seed-{seed}", dirs_exist_ok=True)
    return report
