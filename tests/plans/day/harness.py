"""A whole day: the exchange, thirty holdings at two brokers, the desk that runs the plans, and what befalls them."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hoga.domain.accounts import WireProfile
from hoga.practice.api import OrderEntry
from hoga.practice.engine.ledger import Ledger
from tests.plans.day.desk import PROFILES
from tests.plans.day.judge import findings
from tests.support.practice_process import PracticeProcess

START = "2026-11-24T09:30:00"
_ROOT = Path(__file__).resolve().parents[3]
_EACH_WON = 2_200_000
_CHEAP, _DEAR = 1_500, 100_000
_LESS, _MORE = 45, 155
"""Percent of what is held that a holding is to become."""
_SILENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Day:
    """``legs`` holdings at each broker."""

    seed: int
    faults: bool = False
    legs: int = 15
    rounds: int = 12
    spacing: int = 600
    speed: int = 60
    kills: int = 2


@dataclass
class Result:
    """What came of it. ``found`` empty: as it should be."""

    reports: list[dict[str, Any]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    kills: int = 0
    pauses: int = 0
    market_seconds: float = 0.0
    wall_seconds: float = 0.0

    def line(self, day: Day) -> dict[str, Any]:
        legs = [leg for report in self.reports for leg in report["legs"]]
        children = [child for report in self.reports for child in report["children"]]
        left = sum(leg["ceiling"] - leg["filled"] for leg in legs)
        return {
            "seed": day.seed, "faults": self.faults, "kills": self.kills,
            "halts_and_vi": self.pauses, "holdings": day.legs * len(self.reports),
            "legs": len(legs), "rounds": day.rounds, "children": len(children),
            "exact": sum(leg["filled"] == leg["ceiling"] for leg in legs), "left_over_shares": left,
            "left_over_explained": all(leg["left"] for leg in legs if leg["filled"] < leg["ceiling"]),
            "left_over": [reason for leg in legs for reason in leg["left"]],
            "most_behind_shares": max((leg["behind"] for leg in legs), default=0),
            "off_schedule": [report["off_schedule"] for report in self.reports],
            "refused": sum(child["state"] == "refused" for child in children),
            "slippage": [report["slippage"] for report in self.reports],
            "market_minutes": round(self.market_seconds / 60), "wall_seconds": round(self.wall_seconds),
            "speed_reached": round(self.market_seconds / max(self.wall_seconds, 1.0), 1),
            "found": len(self.found), "ok": not self.found,
        }  # fmt: skip


class Control:
    """The exchange's control endpoint."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url).netloc

    def ask(self, method: str, path: str, wish: object = None) -> Any:
        connection = http.client.HTTPConnection(self._at, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, None if wish is None else json.dumps(wish))
            return json.loads(connection.getresponse().read())


def run_day(day: Day, folder: Path, tell: Callable[[str], None]) -> Result:
    """The whole day in ``folder``. Raises nothing for what it finds: that is in the result."""
    result = Result()
    exchange = PracticeProcess(
        folder / "practice", f"--seed={day.seed}", f"--speed={day.speed}", f"--start={START}",
        "--settings=token_minute_rule=false",
    )  # fmt: skip
    try:
        control = Control(exchange.control)
        numbers = _numbers(folder)
        weights = _prepare(control, numbers, day)
        wish = folder / "wish.json"
        wish.write_text(json.dumps({"weights": weights, "rounds": day.rounds, "spacing": day.spacing}))
        began, market_began = time.monotonic(), _moment(control)
        if day.faults:
            _misbehave(control, day)
        _live(day, folder, wish, control, result, tell)
        result.wall_seconds = time.monotonic() - began
        result.market_seconds = _moment(control) - market_began
        for rule in control.ask("GET", "/faults"):
            result.faults[rule["kind"]] = result.faults.get(rule["kind"], 0) + rule["applied"]
    finally:
        exchange.stop()
    _judge(folder, day, numbers, result)
    return result


def _numbers(folder: Path) -> dict[WireProfile, str]:
    """The account of each dialect, by its number."""
    from hoga.broker.practice_endpoint import read_endpoint

    there = read_endpoint(folder / "practice")
    assert there is not None
    return {profile: next(a.account.reveal() for a in there.accounts if a.profile is profile) for profile in PROFILES}


def _moment(control: Control) -> float:
    from datetime import datetime

    return datetime.fromisoformat(control.ask("GET", "/time")["now"]).timestamp()


# --- the holdings ----------------------------------------------------------------------------------------------------


def _prepare(control: Control, numbers: Mapping[WireProfile, str], day: Day) -> dict[str, dict[str, int]]:
    """Buy the holdings by telephone; returns each account's targets, all of them off what is held."""
    chance = random.Random(f"plan day {day.seed}")
    prices = _suitable(control)
    weights = {}
    for profile, number in numbers.items():
        line = chance.sample(sorted(prices), len(prices))
        mine: list[str] = []
        while len(mine) < day.legs:
            code = line.pop()
            if _buy(control, number, code, _EACH_WON // prices[code]):
                mine.append(code)
        weights[profile.value] = _targets(control, number, mine, chance)
    return weights


def _suitable(control: Control) -> dict[str, int]:
    """Stocks and funds whose price makes a dozen rounds of some shares each."""
    prices = {}
    for row in control.ask("GET", "/market"):
        flags = row["flags"]
        if row["product"] in ("stock", "ETF") and not flags["halted"] and not flags["liquidation"]:
            last = int(control.ask("GET", f"/market/{row['code']}?trades=0")["state"]["last"])
            if _CHEAP <= last <= _DEAR:
                prices[row["code"]] = last
    return prices


def _buy(control: Control, number: str, code: str, shares: int) -> bool:
    """False where nobody sold so much at once: what is left of the order is cancelled."""
    wish = {"account": number, "code": code, "side": "buy", "quantity": shares, "type": "market"}
    answer = control.ask("POST", "/phone/orders", wish)
    assert "number" in answer, answer
    held = {row["code"]: row["quantity"] for row in control.ask("GET", f"/accounts/{number}")["holdings"]}
    if held.get(code, 0) < shares:
        control.ask("POST", "/phone/cancels", {"account": number, "number": answer["number"]})
    return bool(held.get(code, 0) == shares)


def _targets(control: Control, number: str, codes: Sequence[str], chance: random.Random) -> dict[str, int]:
    """About half of the holdings far above their targets, the others far below."""
    held = {row["code"]: row["quantity"] for row in control.ask("GET", f"/accounts/{number}")["holdings"]}
    cash = int(control.ask("GET", f"/accounts/{number}")["cash"]["d2"])
    value = {code: held[code] * int(control.ask("GET", f"/market/{code}?trades=0")["state"]["last"]) for code in codes}
    total = sum(value.values()) + cash
    less = set(chance.sample(list(codes), len(codes) // 2))
    return {c: value[c] * 10_000 * (_LESS if c in less else _MORE) // total for c in codes}


# --- what befalls it -------------------------------------------------------------------------------------------------


def _misbehave(control: Control, day: Day) -> None:
    """Refusals, time-outs before and after accepting, late deliveries, a poor stream. Seconds are the wire's."""
    minute = 60 / day.speed
    new: list[dict[str, Any]] = [
        {"kind": "refuse", "operations": ["new"], "chance": 0.05, "broker": "kis", "code": "APBK0952"},
        {"kind": "refuse", "operations": ["new"], "chance": 0.05, "broker": "kiwoom", "code": "571489"},
        {"kind": "hang before", "operations": ["new"], "chance": 0.01},
        {"kind": "cut before", "operations": ["new"], "chance": 0.01},
        {"kind": "hang after", "operations": ["new"], "chance": 0.01},
        {"kind": "cut after", "operations": ["new"], "chance": 0.01},
        {"kind": "no number", "operations": ["new"], "chance": 0.005},
        {"kind": "late", "operations": ["new"], "chance": 0.01, "seconds": minute / 2},
        {"kind": "late", "operations": ["new"], "chance": 0.01, "seconds": minute / 6},
        {"kind": "hang after", "operations": ["modify", "cancel"], "chance": 0.03},
        {"kind": "refuse", "operations": ["modify", "cancel"], "chance": 0.05},
        {"kind": "refuse", "operations": ["read"], "chance": 0.01},
        {"kind": "garbled", "operations": ["read"], "chance": 0.005},
        {"kind": "notice twice", "chance": 0.03},
        {"kind": "notice withhold", "chance": 0.03},
        {"kind": "notice late", "chance": 0.03, "seconds": minute / 2},
    ]
    for rule in new:
        control.ask("POST", "/faults", rule)


def _live(day: Day, folder: Path, wish: Path, control: Control, result: Result, tell: Callable[[str], None]) -> None:
    """One desk after the other until both plans have ended: it is killed at random moments, so often."""
    chance = random.Random(f"fate {day.seed}")
    expected = day.legs * 2 * day.rounds
    kills = sorted(chance.uniform(0.1, 0.9) for _ in range(day.kills)) if day.faults else []
    drops = sorted(chance.uniform(0.05, 0.95) for _ in range(4)) if day.faults else []
    dues = [round(part * expected) for part in kills]
    falls = [round(part * expected) for part in drops]
    codes = sorted({code for account in json.loads(wish.read_text())["weights"].values() for code in account})
    pauses = sorted(round(chance.uniform(0.05, 0.95) * expected) for _ in range(8)) if day.faults else []
    while not result.reports:
        desk = DeskProcess(folder, wish)
        for said in desk.lines():
            if "end" in said:
                result.reports = said["end"]
                break
            done = sum(seat["children"] for seat in said["seats"])
            tell(f"{said['at'][11:19]} {said['seats']}")
            if falls and done >= falls[0]:
                falls.pop(0)
                control.ask("POST", "/streams/drop", {})
            if pauses and done >= pauses[0]:
                pauses.pop(0)
                halt = chance.random() < 0.25
                pause = {"kind": "halt", "seconds": 900} if halt else {"kind": "interruption", "seconds": 120}
                control.ask("POST", f"/market/{chance.choice(codes)}/pause", pause)
                result.pauses += 1
            if dues and done >= dues[0]:
                dues.pop(0)
                time.sleep(chance.choice([0.0, 0.01, 0.05, 0.2]))
                break
        if not result.reports:
            result.kills += desk.kill()
            time.sleep(chance.choice([0.0, 0.3, 1.0]))
        elif desk.end() != 0:
            result.found.append("the desk did not end in good order")
        if result.kills > day.kills:
            result.found.append("the desk died of itself")
            return


class DeskProcess:
    """One life of the desk."""

    def __init__(self, folder: Path, wish: Path) -> None:
        self._log = (folder / "desk.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.plans.day.desk", str(folder / "desk"), str(folder / "practice"), str(wish)],
            stdout=subprocess.PIPE, stderr=self._log, stdin=subprocess.DEVNULL, cwd=_ROOT,
            env={**os.environ, "PYTHONUTF8": "1"}, text=True,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def lines(self) -> Any:
        """What it tells, until it ends or says nothing for too long."""
        while True:
            try:
                line = self._lines.get(timeout=_SILENCE_SECONDS)
            except queue.Empty:
                return
            if not line:
                return
            yield json.loads(line)

    def kill(self) -> int:
        """1: it lived until now; 2: it had ended by itself, which it should not."""
        ended = self._process.poll() is not None
        self._process.kill()
        self.end()
        return 1 + 1000 * ended

    def end(self) -> int:
        try:
            return self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
        finally:
            self._reader.join(10)
            self._log.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")


# --- the judge -------------------------------------------------------------------------------------------------------


def _judge(folder: Path, day: Day, numbers: Mapping[WireProfile, str], result: Result) -> None:
    """By the exchange's ledger as it lies on the disk."""
    with contextlib.closing(Ledger.open(folder / "practice" / "ledger.sqlite", seed=day.seed)) as ledger:
        rows: dict[str, list[OrderEntry]] = {p.value: _rows(ledger, number) for p, number in numbers.items()}
    for report in result.reports:
        profile = next(name for name in rows if report["connection"].startswith(name))
        result.found += [f"{profile}: {what}" for what in findings(report, rows[profile])]
    children = sum(len(report["children"]) for report in result.reports)
    if children < day.legs * 2 * day.rounds * 8 // 10:
        result.found.append(f"only {children} children")


def _rows(ledger: Ledger, number: str) -> list[OrderEntry]:
    from datetime import date

    return [row for row in ledger.orders(number, date.min, date.max) if row.channel != "phone"]
