"""A KisBroker whose broker answers by a script: what the tests of its calls share."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from hoga.base.clock import LoopClock
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.port import (
    BrokerEvent,
    NewOrder,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.helpers import START, Vault

SAMSUNG = InstrumentId("005930")
TODAY = START.date()
BUY = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(3), Price(70000))
ACK = {"KRX_FWDG_ORD_ORGNO": "91253", "ODNO": "0000000077", "ORD_TMD": "093000"}


def answer(
    body: dict[str, Any] | bytes, status: int = 200, tr_cont: str = "", delay: float = 0.0, **headers: str
) -> Callable[[], Coroutine[Any, Any, httpx.Response]]:
    async def give() -> httpx.Response:
        await asyncio.sleep(delay)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(status, headers={"tr_cont": tr_cont, **headers}, content=content)

    return give


def fail(error: type[httpx.TransportError]) -> Callable[[], Coroutine[Any, Any, httpx.Response]]:
    async def give() -> httpx.Response:
        raise error("scripted")

    return give


def ok(**fields: Any) -> dict[str, Any]:
    return {"rt_cd": "0", "msg_cd": "MCA00000", "msg1": "정상처리 되었습니다.", **fields}


def refused(code: str, text: str = "이유", rt_cd: str = "1") -> dict[str, Any]:
    return {"rt_cd": rt_cd, "msg_cd": code, "msg1": text}


class Script(httpx.AsyncBaseTransport):
    """Answers in the order of the script, the last one again and again; tokens are always given."""

    def __init__(self) -> None:
        self.answers: list[Callable[[], Coroutine[Any, Any, httpx.Response]]] = []
        self.requests: list[httpx.Request] = []
        self.tokens = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path in ("/oauth2/tokenP", "/oauth2/token"):
            self.tokens += 1
            value = f"token-{self.tokens}"
            said = {"access_token": value, "expires_in": 86400, "token": value, "expires_dt": "", "return_code": 0}
            return httpx.Response(200, content=json.dumps(said).encode())
        self.requests.append(request)
        give = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await give()

    @property
    def queries(self) -> list[dict[str, str]]:
        return [dict(request.url.params.multi_items()) for request in self.requests]


def host(profile: WireProfile = WireProfile.KIS_REAL) -> KisHost:
    return KisHost.on_practice(profile, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-test")


def play(
    answers: list[Callable[[], Coroutine[Any, Any, httpx.Response]]],
    story: Callable[[KisBroker, Script], Coroutine[Any, Any, None]],
    profile: WireProfile = WireProfile.KIS_REAL,
    heard: list[BrokerEvent] | None = None,
    scrubber: Scrubber | None = None,
) -> Script:
    script = Script()
    script.answers = answers

    async def run() -> None:
        if profile in (WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK):
            at = KiwoomHost.on_practice(profile, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-test")
            pair = KiwoomKeys(Secret("K" * 43), Secret("S" * 43))
            broker: Any = KiwoomBroker(
                at, pair, "50123456-11", LoopClock(START), Vault(), lambda: script, scrubber=scrubber
            )
        else:
            keys = KisKeys(Secret("K" * 36), Secret("S" * 180), Secret("my_hts_id"))
            broker = KisBroker(
                host(profile), keys, "50123456-01", LoopClock(START), Vault(), lambda: script, scrubber=scrubber
            )
        if heard is not None:
            broker.listen(heard.append)
        await story(broker, script)
        await asyncio.sleep(0)
        await broker.aclose()

    run_virtual(run())
    return script


def order_row(number: int, **changes: str) -> dict[str, str]:
    row = {
        "ord_dt": f"{TODAY:%Y%m%d}",
        "ord_tmd": "093000",
        "ord_gno_brno": "91253",
        "odno": f"{number:010d}",
        "orgn_odno": "",
        "ord_dvsn_cd": "00",
        "sll_buy_dvsn_cd": "02",
        "sll_buy_dvsn_cd_name": "현금매수",
        "pdno": "005930",
        "ord_qty": "10",
        "ord_unpr": "70000",
        "tot_ccld_qty": "4",
        "tot_ccld_amt": "280000",
        "rmn_qty": "6",
        "cnc_cfrm_qty": "0",
        "rjct_qty": "0",
        "ordr_empno": "OpnAPI",
        "ccld_cndt_name": "없음",
    }
    return row | changes


def order_page(numbers: range | list[int], cursor: str = "") -> dict[str, Any]:
    rows = [order_row(number) for number in numbers]
    return ok(output1=rows, output2={}, ctx_area_fk100=f"f{cursor}".ljust(100), ctx_area_nk100=cursor.ljust(100))
