"""A KIS door over a real exchange in one process, and a client that speaks raw HTTP to it without sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.domain.tickets import Side
from hoga.practice.api import Environment, PracticeAccount
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger
from hoga.practice.kis.door import KisDoor
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.market.bars import BarStore
from hoga.practice.market.universe import universe
from hoga.practice.wire import WireRequest, WireResponse

START = datetime(2026, 11, 20, 10, 0, tzinfo=KST)
CODE = "005930"
HALTED = "001570"
ETN = "530107"
QUOTES = "/uapi/domestic-stock/v1/quotations/"
TRADING = "/uapi/domestic-stock/v1/trading/"
JSON_HEADER = ("Content-Type", "application/json; charset=utf-8")


@dataclass(frozen=True)
class Answer:
    """A response with its JSON body read."""

    raw: WireResponse
    body: dict[str, Any]

    @property
    def status(self) -> int:
        return self.raw.status

    @property
    def code(self) -> str:
        return str(self.body["msg_cd"])

    @property
    def output(self) -> Any:
        return self.body["output"]

    @property
    def paging(self) -> str | None:
        return self.raw.header("tr_cont")


class Bench:
    """One exchange with its door. The limits that would get in every test's way are off unless asked for."""

    def __init__(self, *, limits: bool = False, folder: Path | None = None, start: datetime = START) -> None:
        listings = universe()
        # Begun at midnight, so that the market model's made-up past ends before the day that is tested.
        midnight = start.replace(hour=0, minute=0)
        self.bars = BarStore(None, listings, 1, midnight)
        self.ledger = Ledger.open(":memory:" if folder is None else folder / "ledger.sqlite", seed=1)
        self.exchange = PracticeExchange(listings, self.bars, self.ledger, self.ledger.resume_at(midnight))
        self.exchange.advance(start)
        self.settings = DoorSettings(rate_limits=limits, token_minute_rule=limits)
        tokens = None if folder is None else folder / "tokens.json"
        self.door = KisDoor(self.exchange, self.settings, tokens, machine_time=lambda: START + timedelta(days=900))
        self.real = Client(self, Environment.REAL)
        self.paper = Client(self, Environment.PAPER)

    def pass_time(self, seconds: float) -> None:
        self.exchange.advance(self.exchange.now() + timedelta(seconds=seconds))

    def lay_book(self, code: str = CODE, quantity: int = 100, levels: int = 10) -> int:
        """House orders on both sides of the last price, one tick apart; returns that price."""
        state = self.exchange.state(code)
        assert state is not None
        middle = state.last or state.base
        for step in range(1, levels + 1):
            self.exchange.rest(code, Side.SELL, middle + step * state.tick, quantity)
            self.exchange.rest(code, Side.BUY, middle - step * state.tick, quantity)
        return middle

    def take(self, side: Side, quantity: int, code: str = CODE) -> None:
        """The house trades through the book, as far as the day's limits go."""
        state = self.exchange.state(code)
        assert state is not None
        self.exchange.take(code, side, quantity, state.upper if side is Side.BUY else state.lower)


class Client:
    """A person with the keys of the environment's first account."""

    def __init__(self, bench: Bench, environment: Environment) -> None:
        self.bench = bench
        self.environment = environment
        self.account: PracticeAccount = next(a for a in bench.exchange.accounts() if a.environment is environment)
        self._token: str | None = None

    @property
    def keys(self) -> dict[str, str]:
        return {"appkey": self.account.appkey, "appsecret": self.account.appsecret}

    def oauth(self, path: str, body: Mapping[str, object]) -> Answer:
        request = WireRequest("POST", path, (), (JSON_HEADER,), json.dumps(body).encode())
        return self.send(request)

    def fresh_token(self) -> Answer:
        return self.oauth("/oauth2/tokenP", {"grant_type": "client_credentials", **self.keys})

    @property
    def token(self) -> str:
        if self._token is None:
            self._token = str(self.fresh_token().body["access_token"])
        return self._token

    @token.setter
    def token(self, text: str) -> None:
        self._token = text

    def headers(self, tr: str, cont: str = "") -> dict[str, str]:
        return {
            "authorization": f"Bearer {self.token}",
            **self.keys,
            "tr_id": tr,
            "tr_cont": cont,
            "content-type": "application/json; charset=utf-8",
        }

    def get(
        self, path: str, tr: str, query: Mapping[str, str], *, cont: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        sent = self.headers(tr, cont) if headers is None else headers
        return self.send(WireRequest("GET", path, tuple(query.items()), tuple(sent.items())))

    def post(self, path: str, tr: str, body: object, *, headers: Mapping[str, str] | None = None) -> Answer:
        sent = self.headers(tr) if headers is None else headers
        return self.send(WireRequest("POST", path, (), tuple(sent.items()), json.dumps(body).encode()))

    def send(self, request: WireRequest) -> Answer:
        raw = self.bench.door.handle(self.environment, request)
        return Answer(raw, json.loads(raw.body))

    # --- in fewer words ---

    def tr(self, real: str) -> str:
        """The id of this environment for a real account id."""
        return real if self.environment is Environment.REAL else "V" + real[1:]

    @property
    def who(self) -> dict[str, str]:
        return {"CANO": self.account.number[:8], "ACNT_PRDT_CD": self.account.number[9:]}

    def price(self, code: str = CODE) -> Answer:
        query = {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": code}
        return self.get(f"{QUOTES}inquire-price", "FHKST01010100", query)

    def quote(self, name: str, tr: str, code: str = CODE, **more: str) -> Answer:
        return self.get(f"{QUOTES}{name}", tr, {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": code, **more})

    def ask(self, name: str, real: str, *, cont: str = "", **more: str) -> Answer:
        """An account query with a blank cursor unless one is given."""
        query = {**self.who, "CTX_AREA_FK100": "", "CTX_AREA_NK100": "", **more}
        return self.get(f"{TRADING}{name}", self.tr(real), query, cont=cont)

    def order(self, side: Side, quantity: object, price: object = 0, kind: str = "00", **more: str) -> Answer:
        real = "TTTC0012U" if side is Side.BUY else "TTTC0011U"
        body = {**self.who, "PDNO": CODE, "ORD_DVSN": kind, "ORD_QTY": str(quantity), "ORD_UNPR": str(price)}
        return self.post(f"{TRADING}order-cash", self.tr(real), {**body, **more})

    def change(self, answer: Answer, code: str, quantity: object = 0, price: object = 0, **more: str) -> Answer:
        """Modify (01) or cancel (02) the order of an earlier answer; the whole remainder unless a quantity is given."""
        body = {
            **self.who,
            "KRX_FWDG_ORD_ORGNO": answer.output["KRX_FWDG_ORD_ORGNO"],
            "ORGN_ODNO": answer.output["ODNO"],
            "ORD_DVSN": "00",
            "RVSE_CNCL_DVSN_CD": code,
            "ORD_QTY": str(quantity),
            "ORD_UNPR": str(price),
            "QTY_ALL_ORD_YN": "N" if quantity else "Y",
        }
        return self.post(f"{TRADING}order-rvsecncl", self.tr("TTTC0013U"), {**body, **more})

    def daily(self, *, cont: str = "", **more: str) -> Answer:
        today = f"{self.bench.exchange.trading_date():%Y%m%d}"
        return self.ask(
            "inquire-daily-ccld", "TTTC0081R", cont=cont, **{"INQR_STRT_DT": today, "INQR_END_DT": today, **more}
        )
