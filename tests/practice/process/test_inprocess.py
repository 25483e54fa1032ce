"""The whole exchange on virtual time, through its doors: the market it makes, its faults, its death and return."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.practice.api import Environment
from tests.practice.process.frame_checks import check_book, check_growth, check_trade
from tests.practice.process.stream_desk import decrypt, demand, records_of
from tests.support.inprocess import InProcessPractice, InProcessSocket, StreamClosed

START = datetime(2026, 11, 20, 0, 10, tzinfo=KST)
MORNING = datetime(2026, 11, 20, 10, 0, tzinfo=KST)
CODE = "005930"
REAL = Environment.REAL


class Caller:
    """One account's REST calls through the in-process transport."""

    def __init__(self, practice: InProcessPractice, environment: Environment = REAL) -> None:
        kis = practice.endpoint["kis"]
        self.account = practice.account(environment)
        self.http = httpx.AsyncClient(transport=practice.http(), base_url=kis["rest"], timeout=5.0)
        self._keys = {"appkey": self.account.appkey, "appsecret": self.account.appsecret}
        self._token = ""

    async def approval(self) -> str:
        wish = {"grant_type": "client_credentials", "appkey": self.account.appkey, "secretkey": self.account.appsecret}
        return str((await self.http.post("/oauth2/Approval", json=wish)).json()["approval_key"])

    async def buy(self, quantity: int, price: int | None = None) -> httpx.Response:
        if not self._token:
            answer = await self.http.post("/oauth2/tokenP", json={"grant_type": "client_credentials", **self._keys})
            self._token = answer.json()["access_token"]
        number, product = self.account.number.split("-")
        body = {
            "CANO": number, "ACNT_PRDT_CD": product, "PDNO": CODE, "ORD_QTY": str(quantity),
            "ORD_DVSN": "01" if price is None else "00", "ORD_UNPR": str(price or 0),
        }  # fmt: skip
        headers = {"authorization": f"Bearer {self._token}", "tr_id": "TTTC0012U", "custtype": "P", **self._keys}
        return await self.http.post("/uapi/domestic-stock/v1/trading/order-cash", json=body, headers=headers)


async def _subscribe(caller: Caller, socket: InProcessSocket, tr: str, key: str) -> dict[str, Any]:
    await socket.send(json.dumps(demand(await caller.approval(), tr, key)))
    answer: dict[str, Any] = json.loads(await socket.recv())
    return answer


def _on_practice(work: Callable[[InProcessPractice], Coroutine[Any, Any, Any]], **options: Any) -> Any:
    async def main() -> Any:
        async with InProcessPractice(**{"start": START, **options}) as practice:
            return await work(practice)

    return run_virtual(main())


def _tape(practice: InProcessPractice) -> list[tuple[str, datetime, int, int]]:
    exchange = practice.assembly.exchange
    return [
        (code, trade.at, trade.price_units, trade.quantity)
        for code in exchange.instruments()
        for trade in reversed(exchange.trades(code, 1000))
    ]


def test_the_same_seed_gives_the_same_market_at_every_speed() -> None:
    async def a_while(practice: InProcessPractice) -> list[tuple[str, datetime, int, int]]:
        await practice.clock.sleep(15.0)
        return _tape(practice)

    first = _on_practice(a_while, seed=3, speed=1.0)
    assert first == _on_practice(a_while, seed=3, speed=60.0)
    assert len(first) > 100
    assert first != _on_practice(a_while, seed=4, speed=60.0)


def test_the_living_market_is_told_as_the_real_one_is() -> None:
    """Liquid, thin, at its limit, dear, cheap and an ETN: every frame passes what recorded frames pass."""

    async def listen(practice: InProcessPractice) -> list[str]:
        caller, socket = Caller(practice), await practice.connect("ws://127.0.0.1:2/tryitout")
        instruments = practice.assembly.exchange.instruments()
        etns = [f"Q{code}" for code, each in instruments.items() if each.product.value == "ETN"]
        codes = [CODE, *[code for code in instruments if code != CODE][:17], *etns]
        for code in codes:
            for tr in ("H0STCNT0", "H0STASP0"):
                await _subscribe_through(caller, socket, tr, code)
        texts = []
        until = practice.clock.now() + timedelta(seconds=60)
        while practice.clock.now() < until:
            texts.append(await socket.recv())
            if "PINGPONG" in texts[-1]:
                await socket.send(texts[-1])
        return texts

    texts = _on_practice(listen, start=MORNING, seed=1, settings={"rate_limits": False})
    frames = [text for text in texts if not text.startswith("{")]
    trades: dict[str, list[list[str]]] = {}
    for record in [record for text in frames for record in records_of(text, "H0STCNT0")]:
        check_trade(record)
        trades.setdefault(record[0], []).append(record)
    books = [record for text in frames for record in records_of(text, "H0STASP0")]
    for record in books:
        check_book(record)
    for records in trades.values():
        check_growth(records)
    assert len(trades[CODE]) > 20 and sum(map(len, trades.values())) > 150 and len(books) > 300
    assert any(record[41] != "0" for record in trades[CODE]), "yesterday's volume by this time is known"


async def _subscribe_through(caller: Caller, socket: InProcessSocket, tr: str, key: str) -> None:
    """Register while frames are already coming in."""
    await socket.send(json.dumps(demand(await caller.approval(), tr, key)))
    while True:
        text = await socket.recv()
        if text.startswith("{") and json.loads(text)["header"].get("tr_key") == key:
            assert json.loads(text)["body"]["msg_cd"] == "OPSP0000", text
            return


def test_orders_and_notices() -> None:
    async def trade(practice: InProcessPractice) -> None:
        caller, socket = Caller(practice), await practice.connect("ws://127.0.0.1:2")
        answer = await _subscribe(caller, socket, "H0STCNI0", caller.account.hts_id)
        keys = answer["body"]["output"]
        placed = (await caller.buy(2)).json()
        assert placed["rt_cd"] == "0"
        for accepted in ("1", "2"):
            _, _, _, payload = (await socket.recv()).split("|", 3)
            notice = decrypt(payload, keys["key"], keys["iv"]).split("^")
            assert (notice[2], notice[14]) == (placed["output"]["ODNO"], accepted)
        await socket.close()
        with pytest.raises(StreamClosed) as closed:
            while True:
                await socket.recv()
        assert closed.value.clean

    _on_practice(trade)


def test_time_outs_and_cuts_are_those_of_a_real_client() -> None:
    async def suffer(practice: InProcessPractice) -> None:
        caller, loop = Caller(practice), asyncio.get_running_loop()
        lower = practice.assembly.exchange.state(CODE)
        assert lower is not None
        assert (await caller.buy(1, lower.lower)).status_code == 200
        faults = practice.assembly.faults
        for kind, error in (
            ("hang after", httpx.ReadTimeout), ("cut after", httpx.RemoteProtocolError),
            ("cut before", httpx.RemoteProtocolError), ("reset after", httpx.ReadError),
        ):  # fmt: skip
            faults.add({"kind": kind, "operations": ["new"]})
            with pytest.raises(error):
                await caller.buy(1, lower.lower)
        faults.add({"kind": "late", "operations": ["new"], "seconds": 30})
        began = loop.time()
        with pytest.raises(httpx.ReadTimeout):
            await caller.buy(1, lower.lower)
        assert loop.time() - began == pytest.approx(5.0)
        today = practice.assembly.exchange.trading_date()

        def orders() -> int:
            return len(practice.assembly.exchange.orders(caller.account.number, today, today))

        assert orders() == 4
        await asyncio.sleep(30)
        assert orders() == 5
        faults.add({"kind": "stream drop"})
        socket = await practice.connect("ws://127.0.0.1:2")
        await socket.send("{}")
        with pytest.raises(StreamClosed) as closed:
            await socket.recv()
        assert not closed.value.clean

    _on_practice(suffer)


def test_a_kill_in_the_middle_and_a_return(tmp_path: Path) -> None:
    async def live(practice: InProcessPractice) -> int:
        caller, socket = Caller(practice), await practice.connect("ws://127.0.0.1:2")
        practice.assembly.faults.add({"kind": "die after", "operations": ["new"]})
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await caller.buy(5)
        assert not practice.alive
        with pytest.raises(httpx.ConnectError):
            await caller.buy(5)
        with pytest.raises(StreamClosed):
            await socket.recv()
        with pytest.raises(ConnectionRefusedError):
            await practice.connect("ws://127.0.0.1:2")
        return 5

    async def return_to_life(practice: InProcessPractice) -> int:
        account, today = practice.account(REAL), practice.assembly.exchange.trading_date()
        (entry,) = practice.assembly.exchange.orders(account.number, today, today)
        return entry.quantity

    assert _on_practice(live, folder=tmp_path) == _on_practice(return_to_life, folder=tmp_path)


def test_the_trading_date_rolls_and_the_market_goes_on() -> None:
    async def over_midnight(practice: InProcessPractice) -> None:
        exchange, clock = practice.assembly.exchange, practice.clock
        state = exchange.state(CODE)
        assert state is not None
        caller = Caller(practice)
        assert (await caller.buy(1, state.lower)).json()["rt_cd"] == "0"
        await clock.sleep(180.0)
        assert exchange.trading_date().isoformat() == "2026-11-21"
        (entry,) = exchange.orders(caller.account.number, START.date(), exchange.trading_date())
        assert entry.status.value == "expired"
        rolled = exchange.state(CODE)
        assert rolled is not None and rolled.at.date() == exchange.trading_date()

    async def main() -> None:
        start = datetime(2026, 11, 20, 23, 58, tzinfo=KST)
        async with InProcessPractice(start=start, speed=10.0) as practice:
            await over_midnight(practice)

    run_virtual(main())


def test_a_market_file_that_cannot_be_read_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "market.sqlite").write_bytes(b"no database at all " * 100)

    async def look(practice: InProcessPractice) -> int:
        await practice.clock.sleep(5.0)
        return len(_tape(practice))

    assert _on_practice(look, folder=tmp_path) > 0
    assert (tmp_path / "market.sqlite.unreadable").exists()
    assert "set aside" in caplog.text
