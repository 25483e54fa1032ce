"""One story over real sockets and processes: trade, kill the exchange, kill the desk, and account for every share."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

PROGRAM = Path(__file__).with_name("desk_program.py")
THIN = "02826K"
"""삼성물산우B: its book has room between bid and ask."""
QUIET = ("--seed", "5", "--settings", "rate_limits=false", "--settings", "market_paused=true")
"""Nobody trades in this market but those whom the story lets trade."""
WAIT_S = 30.0
_PATH = [str(Path(__file__).parents[2]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


class DeskProcess:
    """A desk process, asked by JSON lines. It joins the exchange on its folder, or starts one there."""

    def __init__(self, data: Path) -> None:
        self._log = (data / "desk-stderr.txt").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(data), *QUIET],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(_PATH), "PYTHONUTF8": "1"},
        )
        self._data = data
        assert self.answer() == "ready"

    def ask(self, name: str, **arguments: Any) -> Any:
        self.tell(name, **arguments)
        return self.answer()

    def tell(self, name: str, **arguments: Any) -> None:
        """Ask without waiting for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the desk ended: {(self._data / 'desk-stderr.txt').read_text()[-3000:]}"
        return json.loads(line)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._end()

    def close(self) -> None:
        """End in good order: the program leaves when its input ends."""
        if self._process.poll() is None and self._process.stdin is not None:
            self._process.stdin.close()
            assert self._process.wait(timeout=WAIT_S) == 0
        self._end()

    def _end(self) -> None:
        self._process.wait(timeout=WAIT_S)
        for pipe in (self._process.stdin, self._process.stdout, self._log):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


class Exchange:
    """The exchange that the desk started, through its control endpoint."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "endpoint.json"
        accounts = [a["account"] for a in self._endpoint()["kis"]["accounts"] if a["environment"] == "real"]
        self.mine, self.other = accounts[:2]

    def get(self, path: str) -> Any:
        answer = httpx.get(self._endpoint()["control"] + path)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        answer = httpx.post(self._endpoint()["control"] + path, json=body)
        answer.raise_for_status()
        return answer.json()

    def orders(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/orders?account={self.mine}")
        return found

    def has(self, **wanted: Any) -> bool:
        return any(wanted.items() <= row.items() for row in self.orders())

    def phone(self, side: str, quantity: int, limit: int | None) -> None:
        """Somebody else trades by telephone."""
        order = {"account": self.other, "code": THIN, "side": side, "quantity": quantity}
        order |= {"type": "limit", "limit": limit} if limit else {"type": "market"}
        self.post("/phone/orders", order)

    def hold_back_answers(self) -> None:
        """The next new order is accepted, but its answer never leaves."""
        self.post("/faults", {"kind": "hang after", "operations": ["new"], "count": 1, "seconds": 20})

    def kill(self) -> None:
        os.kill(self._endpoint()["pid"], signal.SIGKILL)

    def stop(self) -> bool:
        """Ask it to end; True once it has: the file that says where it is goes last."""
        if not self._file.exists():
            return True
        with contextlib.suppress(httpx.TransportError, OSError):
            self.post("/stop", {})
        return False

    def _endpoint(self) -> dict[str, Any]:
        endpoint: dict[str, Any] = json.loads(self._file.read_text())
        return endpoint


class World:
    """The desk, the exchange, and the exchange's own books."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.desk = DeskProcess(data)
        self.exchange = Exchange(data / "practice")

    def until(self, what: Callable[[], Any]) -> Any:
        """Wait until ``what()`` is true, and return it."""
        end = time.monotonic() + WAIT_S
        while not (found := what()):
            assert time.monotonic() < end, f"waited in vain; {self.desk.ask('health')} {self.desk.ask('orders')}"
            time.sleep(0.02)
        return found

    def order(self, id: str) -> Any:
        return next(order for order in self.desk.ask("orders") if order["id"] == id)

    def reaches(self, id: str, **wanted: Any) -> None:
        self.until(lambda: wanted.items() <= self.order(id).items())

    def live(self) -> bool:
        """Whether the desk says that it knows how things stand."""
        health = self.desk.ask("health")
        return health["aligned"] and not health["unknown"] and health["streams"].get("fills") == "live"

    def close(self) -> None:
        try:
            self.desk.close()
        finally:
            self.until(self.exchange.stop)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.timeout(180)
def test_everything_is_accounted_for(world: World) -> None:
    bid, tick = room(world.exchange)
    order = trade_a_little(world, bid, tick)
    lost = exchange_dies_with_an_order_on_its_way(world, order, bid)

    # A fill after the return is heard again.
    world.exchange.phone("sell", 1, bid + tick)
    world.reaches(order, filled=6, leaves=4)

    found = desk_dies_with_an_order_on_its_way(world, bid)

    # Cancel everything; the desk's books and the exchange's are one.
    world.desk.ask("cancel_all")
    world.reaches(order, state="cancelled", filled=6, leaves=0)
    for id in (lost, found):
        world.reaches(id, state="cancelled", filled=0)
    same_books(world, filled=6)


def room(exchange: Exchange) -> tuple[int, int]:
    """The best bid and the tick of a name with room between bid and ask."""
    market = exchange.get(f"/market/{THIN}")
    bid, ask = market["book"]["bids"][0]["price_units"], market["book"]["asks"][0]["price_units"]
    tick = market["state"]["tick"]
    assert ask - bid >= 3 * tick
    return bid, tick


def trade_a_little(world: World, bid: int, tick: int) -> str:
    """An order of 12, of which 5 trade; repriced to one tick above the bid, and 2 taken off: 5 are left."""
    world.exchange.phone("buy", 20, None)
    order: str = world.desk.ask("submit", code=THIN, side="buy", quantity=12, limit=bid + 2 * tick)["order"]
    world.reaches(order, state="working", asked=0)
    world.exchange.phone("sell", 5, bid + 2 * tick)
    world.reaches(order, state="partially filled", filled=5, leaves=7)
    assert world.desk.ask("reprice", order=order, limit=bid + tick) == {"did": "Requested"}
    world.reaches(order, limit=bid + tick, leaves=7, asked=0)
    assert world.desk.ask("reduce", order=order, by=2) == {"did": "Requested"}
    world.reaches(order, leaves=5, asked=0)
    assert world.desk.ask("submit", code=THIN, side="sell", quantity=6, limit=None)["denied"] == [
        "SHARES_SHORT",
        "CROSSES_OWN",
    ]
    return order


def exchange_dies_with_an_order_on_its_way(world: World, working: str, bid: int) -> str:
    """The desk brings the exchange back, finds the order that got no answer, and sends nothing twice."""
    world.exchange.hold_back_answers()
    world.desk.tell("submit", code=THIN, side="buy", quantity=2, limit=bid)
    world.until(lambda: world.exchange.has(quantity=2, kind="new"))
    world.exchange.kill()
    order: str = world.desk.answer()["order"]
    world.until(world.live)
    world.reaches(working, state="partially filled", filled=5, leaves=5, asked=0)
    world.reaches(order, state="working", leaves=2, asked=0)
    assert sum(row["quantity"] == 2 and row["kind"] == "new" for row in world.exchange.orders()) == 1
    return order


def desk_dies_with_an_order_on_its_way(world: World, bid: int) -> str:
    """The next desk finds what the one before it had sent and did not know of."""
    world.exchange.hold_back_answers()
    before = {row["number"] for row in world.exchange.orders()}
    world.desk.tell("submit", code=THIN, side="buy", quantity=3, limit=bid)
    world.until(lambda: world.exchange.has(quantity=3, kind="new"))
    world.desk.kill()
    world.desk = DeskProcess(world.data)
    recovery = world.until(lambda: (r := world.desk.ask("recovery"))["complete"] and r)
    assert "found" in {kind for kind, _ in recovery["items"]}, recovery
    mine = world.desk.ask("orders")
    assert not any(row["foreign"] for row in mine)
    (found,) = [row for row in mine if row["quantity"] == 3]
    assert found["state"] == "working"
    assert set(found["numbers"]).isdisjoint(before)
    order: str = found["id"]
    return order


def same_books(world: World, *, filled: int) -> None:
    rows = world.exchange.orders()
    assert sum(row["remaining"] for row in rows) == 0
    orders = world.desk.ask("orders")
    known = {number for order in orders for number in order["numbers"]}
    assert {row["number"] for row in rows} >= known
    assert {row["number"] for row in rows if row["kind"] != "cancel"} <= known, "an order that nobody knows"
    assert sum(order["filled"] for order in orders) == sum(row["filled"] for row in rows) == filled
    world.desk.ask("reconcile")
    books = world.exchange.get(f"/accounts/{world.exchange.mine}")
    account = world.desk.ask("account")
    assert account["holdings"] == {h["code"]: h["quantity"] for h in books["holdings"] if h["quantity"]}
    assert account["d2"] == books["cash"]["d2"]
