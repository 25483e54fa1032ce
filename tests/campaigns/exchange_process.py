"""The exchange of a campaign of processes: a real one that is killed and brought back, its faults, and everybody who
trades on it by telephone.

Whoever asks something of it while it is away gets Away.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import itertools
import json
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hoga.broker.practice_endpoint import read_endpoint
from hoga.broker.practice_process import Exchange, Launch, PracticeUnavailable, join_or_start
from hoga.domain.accounts import WireProfile
from hoga.practice.api import Broker
from tests.campaigns.faults import rules

SPEED = 20
"""Market seconds in a second: a minute of doubt lasts three seconds."""
_PORTS = 9
_FIRST_PORT, _LAST_PORT = 20_000, 32_000
"""Below those that a system gives to clients, so that nobody is there while an exchange is away."""
_IN_MARKET_TIME = ("late", "notice late", "notice swap", "stream mute")
"""Faults whose seconds mean the market's. The others are about patience, which is the machine's."""
_AWAY = (0.0, 0.0, 0.3, 1.0, 4.0)
"""Seconds until somebody brings a dead exchange back; a desk that does it by itself may be first."""
_PATIENCE = 10.0
_LATE_EVENING = clock(23, 57)


class Away(Exception):
    """The exchange did not answer; what was asked of it may have been done."""


class ExchangeProcess:
    """See the module. ``options`` start the same exchange again."""

    def __init__(self, folder: Path, seed: int, start: str, chance: random.Random, brokers: tuple[Broker, ...]) -> None:
        self.folder = folder
        self._chance = chance
        self._brokers = brokers
        self.options = (
            f"--seed={seed}", f"--speed={SPEED}", f"--start={start}", f"--port-base={_free_ports()}",
            "--idle-minutes=1", "--settings=token_minute_rule=false",
        )  # fmt: skip
        self.restarts = 0
        self._share = 0.0
        self._before: Counter[str] = Counter()
        self._applied: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._started: list[Exchange] = []

    # --- its life ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Raises PracticeUnavailable."""
        self._bring_back()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def close(self) -> None:
        """End it in good order; returns when it has let go of its ledger."""
        self.count_faults()
        self._closing.set()
        with contextlib.suppress(Away):
            self.ask("POST", "/stop")
        self._wait_for_end()
        self._keeper.join(_PATIENCE)
        for exchange in self._started:
            if exchange.process is not None:
                exchange.process.wait(_PATIENCE)

    def kill(self) -> None:
        """SIGKILL, if it is there."""
        try:
            self.count_faults()
            ledger = self.ask("GET", "/time")["ledger"]
        except Away:
            return
        there = read_endpoint(self.folder)
        if there is not None and there.ledger == ledger and there.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(there.pid, signal.SIGKILL)

    def _keep(self) -> None:
        """Notice its death, and bring it back after a while."""
        while not self._closing.is_set():
            self._until_dead()
            if self._closing.wait(self._chance.choice(_AWAY)):
                return
            try:
                self._bring_back()
            except PracticeUnavailable:
                continue
            self.restarts += 1
            with contextlib.suppress(Away), self._lock:
                self._post_rules()

    def _bring_back(self) -> None:
        exchange = asyncio.run(join_or_start(Launch(self.folder, self.options)))
        self._at = urlsplit(exchange.endpoint.control).netloc
        self._started.append(exchange)

    def _until_dead(self) -> None:
        """An idle connection ends with its server; one that was merely closed for being idle is opened anew."""
        with contextlib.suppress(OSError):
            while not self._closing.is_set():
                with self._connected(timeout=None) as watched:
                    watched.recv(1)

    def _wait_for_end(self) -> None:
        until = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):
            while time.monotonic() < until:
                with self._connected(timeout=1.0) as watched, contextlib.suppress(TimeoutError):
                    watched.recv(1)

    def _connected(self, timeout: float | None) -> socket.socket:
        host, port = self._at.split(":")
        made = socket.create_connection((host, int(port)), timeout=1.0)
        made.settimeout(timeout)
        return made

    # --- asking it --------------------------------------------------------------------------------------------------

    def ask(self, method: str, path: str, wish: object = None) -> Any:
        """Raises Away."""
        connection = http.client.HTTPConnection(self._at, timeout=_PATIENCE)
        try:
            connection.request(method, path, None if wish is None else json.dumps(wish))
            return json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Away(type(error).__name__) from error
        finally:
            connection.close()

    def insist(self, method: str, path: str, wish: object = None) -> Any:
        """As ``ask``, again and again until it answers: for what may be done twice. Raises Away in the end."""
        for _ in range(60):
            with contextlib.suppress(Away):
                return self.ask(method, path, wish)
            time.sleep(0.25)
        raise Away("for too long")

    # --- misbehaving ------------------------------------------------------------------------------------------------

    @property
    def faults(self) -> Counter[str]:
        """Which were met so far; those met since the last look at a run that died are not among them."""
        return self._before + self._applied

    def misbehave(self, share: float) -> None:
        """From now on about this share of requests and notices goes wrong, also after a death."""
        self.count_faults()
        with self._lock:
            self._share = share
            self.insist("DELETE", "/faults")
            self._post_rules()

    def _post_rules(self) -> None:
        self._before, self._applied = self.faults, Counter()
        for broker in self._brokers:
            for rule in rules(self._share, self._chance, broker):
                if rule["kind"] in _IN_MARKET_TIME and "seconds" in rule:
                    rule["seconds"] /= SPEED
                self.ask("POST", "/faults", rule)

    def count_faults(self) -> None:
        """Look at how many were met; a run that dies takes what it met since the last look along."""
        with contextlib.suppress(Away), self._lock:
            met: Counter[str] = Counter()
            for rule in self.ask("GET", "/faults"):
                met[rule["kind"]] += rule["applied"]
            if met.total() >= self._applied.total():  # else it is a new run, whose count begins with its rules
                self._applied = met

    # --- everybody else ---------------------------------------------------------------------------------------------

    def phone_order(self, account: str, code: str, side: str, quantity: int, limit: int | None) -> bool:
        """Whether it was taken. Raises Away.

        Nobody phones right before midnight: what was done to its end while a desk was away is not looked for by one
        that starts on the next day.
        """
        if datetime.fromisoformat(self.ask("GET", "/time")["now"]).time() >= _LATE_EVENING:
            return False
        wish = {"account": account, "code": code, "side": side, "quantity": quantity}
        priced = {"type": "market"} if limit is None else {"type": "limit", "limit": limit}
        return "number" in self.ask("POST", "/phone/orders", {**wish, **priced})

    def phone_cancel(self, account: str) -> None:
        """Cancel one of the account's orders, whoever placed it. Raises Away."""
        live = [row for row in self._orders(account) if row["remaining"]]
        if live:
            number = self._chance.choice(live)["number"]
            self.ask("POST", "/phone/cancels", {"account": account, "number": number})

    def placed_by_phone(self, account: str) -> list[tuple[str, int]]:
        """Dates and numbers of what was ordered by telephone: what the telephone itself shows. Raises Away when there
        is no answer for too long."""
        rows = self.insist("GET", f"/orders?account={account}")
        return [(row["trading_date"], row["number"]) for row in rows if row["channel"] == "phone"]

    def account(self, profile: WireProfile) -> str:
        """The number of the first account that speaks this dialect."""
        there = read_endpoint(self.folder)
        if there is None:
            raise Away("it tells nothing")
        return next(one.account.reveal() for one in there.accounts if one.profile is profile)

    def last_price(self, code: str) -> int:
        """Raises Away."""
        return int(self.ask("GET", f"/market/{code}?trades=0")["state"]["last"])

    def _orders(self, account: str) -> list[dict[str, Any]]:
        return list(self.ask("GET", f"/orders?account={account}"))


_bases: Iterator[int] = itertools.count(_FIRST_PORT + os.getpid() * 31 % 1_000 * _PORTS, _PORTS)
_choosing = threading.Lock()


def _free_ports() -> int:
    """The first of so many free ports in a row. Another process may be about to take them: then the start fails."""
    with _choosing:
        for base in _bases:
            at = _FIRST_PORT + (base - _FIRST_PORT) % (_LAST_PORT - _FIRST_PORT - _PORTS)
            if all(_is_free(at + place) for place in range(_PORTS)):
                return at
    raise AssertionError("counting has no end")


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
