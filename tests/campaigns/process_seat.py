"""One account of a campaign of processes: the desks that sit at it one after the other, how each of them ends, and what
happens around them meanwhile."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hoga.practice.api import Broker
from tests.campaigns.desk_process import Wish
from tests.campaigns.exchange_process import Away, ExchangeProcess
from tests.campaigns.lives import Life
from tests.campaigns.person import MOST_SHARES
from tests.campaigns.report import Report
from tests.campaigns.world import INSTRUMENTS

_SHARES_AT_FIRST = 500
_MOST_SKEW = 5.0
_SETTLING_SECONDS = 150.0
_POINTS = ("sending", "sent", "sent", "answered")
_DOOM_SECONDS = 3.0
_OPENING_SECONDS = 0.8
_TWIN = 0.03
_WEATHER: Mapping[str, float] = {
    "phone order": 0.08, "phone cancel": 0.02, "disk full": 0.006, "disk free": 0.2, "drop streams": 0.006,
    "expire tokens": 0.004, "kill exchange": 0.003,
}  # fmt: skip
"""How often each happens at an action."""


@dataclass
class ProcessSeat:
    """See the module."""

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
            self.report.twins += 1  # also when no answer comes: it may be there
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
