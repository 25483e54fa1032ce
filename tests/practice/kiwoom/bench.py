"""A Kiwoom door over a real exchange in one process, and clients that speak to it without sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.domain.tickets import Side
from hoga.practice.api import Broker, Environment, PracticeAccount, of_broker
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger
from hoga.practice.kiwoom.door import KiwoomDoor
from hoga.practice.kiwoom.feed import KiwoomFeed
from hoga.practice.kiwoom.settings import KiwoomSettings
from hoga.practice.market.bars import BarStore
from hoga.practice.market.universe import universe
from hoga.practice.wire import WireRequest, WireResponse

START = datetime(2026, 11, 20, 10, 0, tzinfo=KST)
CODE = "005930"
HALTED = "001570"
ETN = "530107"
ETF = "069500"
INFO = "/api/dostk/stkinfo"
MARKET = "/api/dostk/mrkcond"
CHART = "/api/dostk/chart"
ACCOUNT = "/api/dostk/acnt"
ORDER = "/api/dostk/ordr"
JSON_TYPE = "application/json;charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """A response with its JSON body read."""

    raw: WireResponse
    body: dict[str, Any]

    @property
    def result(self) -> int:
        return int(self.body["return_code"])

    @property
    def text(self) -> str:
        return str(self.body["return_msg"])

    @property
    def following(self) -> str:
        """The cursor of the next page; blank when there is none."""
        cont, key = self.raw.header("cont-yn"), self.raw.header("next-key") or ""
        assert (cont == "Y") == bool(key)
        return key


class Bench:
    """One exchange with its Kiwoom door. The rate limits are off unless asked for."""

    def __init__(self, *, limits: bool = False, folder: Path | None = None, start: datetime = START) -> None:
        listings = universe()
        # Begun at midnight, so that the market model's made-up past ends before the day that is tested.
        midnight = start.replace(hour=0, minute=0)
        self.bars = BarStore(None, listings, 1, midnight)
        self.ledger = Ledger.open(":memory:" if folder is None else folder / "ledger.sqlite", seed=1)
        self.exchange = PracticeExchange(listings, self.bars, self.ledger, self.ledger.resume_at(midnight))
        self.exchange.advance(start)
        self.settings = KiwoomSettings(rate_limits=limits)
        tokens = None if folder is None else folder / "kiwoom_tokens.json"
        self.door = KiwoomDoor(self.exchange, self.settings, tokens, machine_time=lambda: START + timedelta(days=900))
        self.wire = 100.0
        self.refused: str | None = None
        self.feed = KiwoomFeed(
            self.exchange,
            self.door.keys,
            self.settings,
            wire_now=lambda: self.wire,
            refuse=lambda _environment: self.refused,
        )
        self.real = Client(self, Environment.REAL)
        self.mock = Client(self, Environment.PAPER)

    def pass_time(self, seconds: float) -> None:
        self.exchange.advance(self.exchange.now() + timedelta(seconds=seconds))

    def settle(self) -> None:
        self.exchange.publish()
        self.feed.flush()

    def lay_book(self, code: str = CODE, quantity: int = 100, levels: int = 10) -> int:
        """House orders on both sides of the last price, one tick apart; returns that price."""
        state = self.exchange.state(code)
        assert state is not None
        for step in range(1, levels + 1):
            self.exchange.rest(code, Side.SELL, state.price + step * state.tick, quantity)
            self.exchange.rest(code, Side.BUY, state.price - step * state.tick, quantity)
        self.settle()
        return state.price

    def take(self, side: Side, quantity: int, code: str = CODE) -> None:
        """The house trades through the book, as far as the day's limits go."""
        state = self.exchange.state(code)
        assert state is not None
        self.exchange.take(code, side, quantity, state.upper if side is Side.BUY else state.lower)
        self.settle()


class Client:
    """A person with the keys of the environment's first account."""

    def __init__(self, bench: Bench, environment: Environment) -> None:
        self.bench = bench
        self.environment = environment
        accounts = of_broker(bench.exchange, Broker.KIWOOM)
        self.account: PracticeAccount = next(each for each in accounts if each.environment is environment)
        self._token: str | None = None

    @property
    def is_mock(self) -> bool:
        return self.environment is Environment.PAPER

    @property
    def keys(self) -> dict[str, str]:
        return {"appkey": self.account.appkey, "secretkey": self.account.appsecret}

    def fresh_token(self, **changes: str) -> Answer:
        return self.oauth("token", {"grant_type": "client_credentials", **self.keys, **changes})

    def oauth(self, what: str, body: Mapping[str, object]) -> Answer:
        headers = (("Content-Type", JSON_TYPE),)
        return self.send(WireRequest("POST", f"/oauth2/{what}", (), headers, json.dumps(body).encode()))

    @property
    def token(self) -> str:
        if self._token is None:
            self._token = str(self.fresh_token().body["token"])
        return self._token

    def headers(self, api: str, cursor: str = "") -> dict[str, str]:
        return {
            "Content-Type": JSON_TYPE,
            "authorization": f"Bearer {self.token}",
            "api-id": api,
            "cont-yn": "Y" if cursor else "N",
            "next-key": cursor,
        }

    def ask(self, path: str, api: str, cursor: str = "", **body: object) -> Answer:
        return self.post(path, self.headers(api, cursor), body)

    def post(self, path: str, headers: Mapping[str, str], body: object) -> Answer:
        return self.send(WireRequest("POST", path, (), tuple(headers.items()), json.dumps(body).encode()))

    def send(self, request: WireRequest) -> Answer:
        raw = self.bench.door.handle(self.environment, request)
        self.bench.settle()
        return Answer(raw, json.loads(raw.body))

    # --- in fewer words ---

    def order(
        self,
        side: Side,
        quantity: object,
        price: object = "",
        kind: str = "0",
        code: str = CODE,
        venue: str = "KRX",
        stop: object = "",
    ) -> Answer:
        body = {"dmst_stex_tp": venue, "stk_cd": code, "ord_qty": str(quantity), "ord_uv": str(price), "trde_tp": kind}
        return self.ask(ORDER, "kt10000" if side is Side.BUY else "kt10001", **body, cond_uv=str(stop))

    def modify(
        self, number: str, price: object, quantity: object = 0, code: str = CODE, venue: str = "KRX", stop: object = ""
    ) -> Answer:
        changes = {"mdfy_qty": str(quantity), "mdfy_uv": str(price), "mdfy_cond_uv": str(stop)}
        return self.ask(ORDER, "kt10002", dmst_stex_tp=venue, orig_ord_no=number, stk_cd=code, **changes)

    def cancel(self, number: str, quantity: object = 0, code: str = CODE, venue: str = "KRX") -> Answer:
        what = {"orig_ord_no": number, "stk_cd": code, "cncl_qty": str(quantity)}
        return self.ask(ORDER, "kt10003", dmst_stex_tp=venue, **what)

    def pending(self, **more: str) -> Answer:
        return self.ask(ACCOUNT, "ka10075", **{"all_stk_tp": "0", "trde_tp": "0", "stk_cd": "", "stex_tp": "0", **more})

    def fills(self, **more: str) -> Answer:
        return self.ask(
            ACCOUNT, "ka10076", **{"stk_cd": "", "qry_tp": "0", "sell_tp": "0", "ord_no": "", "stex_tp": "0", **more}
        )

    def details(self, cursor: str = "", **more: str) -> Answer:
        body = {"ord_dt": "", "qry_tp": "1", "stk_bond_tp": "0", "sell_tp": "0", "stk_cd": "", "fr_ord_no": ""}
        return self.ask(ACCOUNT, "kt00007", cursor, **{**body, "dmst_stex_tp": "%", **more})

    def holdings(self) -> Answer:
        return self.ask(ACCOUNT, "kt00018", qry_tp="1", dmst_stex_tp="KRX")

    def deposit(self) -> Answer:
        return self.ask(ACCOUNT, "kt00001", qry_tp="3")

    def listen(self) -> Listener:
        return Listener(self)


class Listener:
    """One socket of a client: everything it was sent, as JSON."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.texts: list[str] = []
        self.cuts: list[str] = []
        self.hung_up = 0
        self.session = client.bench.feed.open(client.environment, self.texts.append, self.cuts.append, self._hang_up)

    def _hang_up(self) -> None:
        self.hung_up += 1

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts]

    def say(self, message: object) -> dict[str, Any]:
        """Send JSON (or a raw text) and give the last thing said back."""
        self.session.receive(message if isinstance(message, str) else json.dumps(message), self.client.bench.wire)
        return self.said[-1]

    def log_in(self, token: str | None = None) -> dict[str, Any]:
        return self.say({"trnm": "LOGIN", "token": self.client.token if token is None else token})

    def reg(self, kinds: list[str], items: list[str], group: str = "1", refresh: str = "1") -> dict[str, Any]:
        wish = {"trnm": "REG", "grp_no": group, "refresh": refresh, "data": [{"item": items, "type": kinds}]}
        before = len(self.texts)
        self.say(wish)
        return self.said[before]

    def remove(self, kinds: list[str], items: list[str], group: str = "1") -> dict[str, Any]:
        return self.say({"trnm": "REMOVE", "grp_no": group, "data": [{"item": items, "type": kinds}]})

    def pushes(self, kind: str) -> list[dict[str, str]]:
        """The values of every entry of a type, in the order they came."""
        return [entry["values"] for entry in self.entries(kind)]

    def entries(self, kind: str) -> list[dict[str, Any]]:
        frames = [frame for frame in self.said if frame["trnm"] == "REAL"]
        return [entry for frame in frames for entry in frame["data"] if entry["type"] == kind]
