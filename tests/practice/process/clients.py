"""A raw client of the KIS doors for tests: blocking, over real sockets, knowing nothing of the adapter."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from tests.practice.process.stream_desk import decrypt, demand, records_of
from tests.support.practice_process import PracticeProcess

PATIENCE_S = 20.0
_CASH = "/uapi/domestic-stock/v1/trading/order-cash"
_DAILY = "/uapi/domestic-stock/v1/trading/inquire-daily-ccld"
_CHANGE = "/uapi/domestic-stock/v1/trading/order-rvsecncl"


class RestClient:
    """One account over HTTP. ``environment`` is ``real`` or ``paper``."""

    def __init__(self, process: PracticeProcess, environment: str = "real", index: int = 0) -> None:
        self.account = process.account(environment, index)
        self.paper = environment == "paper"
        self.http = httpx.Client(
            base_url=process.endpoint["kis"]["paper_rest" if self.paper else "rest"], timeout=PATIENCE_S
        )
        self._keys = {"appkey": self.account["appkey"], "appsecret": self.account["appsecret"]}
        self._token = ""

    def close(self) -> None:
        self.http.close()

    def __enter__(self) -> RestClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def token(self) -> str:
        if not self._token:
            answer = self.http.post("/oauth2/tokenP", json={"grant_type": "client_credentials", **self._keys})
            self._token = answer.json()["access_token"]
        return self._token

    def approval(self) -> str:
        wish = {
            "grant_type": "client_credentials",
            "appkey": self._keys["appkey"],
            "secretkey": self._keys["appsecret"],
        }
        return str(self.http.post("/oauth2/Approval", json=wish).json()["approval_key"])

    def order(self, side: str, code: str, quantity: int, price: int | None = None, **extra: Any) -> httpx.Response:
        """A cash order, limit with a price and market without."""
        tr = {"buy": "TTTC0012U", "sell": "TTTC0011U"}[side]
        body = {"PDNO": code, "ORD_DVSN": "01" if price is None else "00"}
        return self._post(tr, _CASH, body | {"ORD_QTY": str(quantity), "ORD_UNPR": str(price or 0)}, **extra)

    def cancel(self, branch: str, number: str, **extra: Any) -> httpx.Response:
        body = {
            "KRX_FWDG_ORD_ORGNO": branch, "ORGN_ODNO": number, "ORD_DVSN": "00", "RVSE_CNCL_DVSN_CD": "02",
            "ORD_QTY": "0", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "Y",
        }  # fmt: skip
        return self._post("TTTC0013U", _CHANGE, body, **extra)

    def modify(self, branch: str, number: str, price: int) -> httpx.Response:
        """The whole remainder at another price."""
        body = {
            "KRX_FWDG_ORD_ORGNO": branch, "ORGN_ODNO": number, "ORD_DVSN": "00", "RVSE_CNCL_DVSN_CD": "01",
            "ORD_QTY": "0", "ORD_UNPR": str(price), "QTY_ALL_ORD_YN": "Y",
        }  # fmt: skip
        return self._post("TTTC0013U", _CHANGE, body)

    def unfilled(self, day: str) -> httpx.Response:
        """The orders of a day that are not filled yet: paper's only list of what is pending."""
        number, product = self.account["account"].split("-")
        query = {
            "CANO": number, "ACNT_PRDT_CD": product, "INQR_STRT_DT": day, "INQR_END_DT": day, "CCLD_DVSN": "02",
            "SLL_BUY_DVSN_CD": "00", "INQR_DVSN": "00", "INQR_DVSN_3": "00", "PDNO": "", "ORD_GNO_BRNO": "", "ODNO": "",
            "INQR_DVSN_1": "", "CTX_AREA_FK100": "", "CTX_AREA_NK100": "",
        }  # fmt: skip
        return self.http.get(_DAILY, params=query, headers=self._headers("TTTC0081R"))

    def price(self, code: str) -> httpx.Response:
        return self.http.get(
            "/uapi/domestic-stock/v1/quotations/inquire-price",
            params={"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": code},
            headers=self._headers("FHKST01010100"),
        )

    def _post(self, tr: str, path: str, body: dict[str, str], **extra: Any) -> httpx.Response:
        number, product = self.account["account"].split("-")
        body = {"CANO": number, "ACNT_PRDT_CD": product, **body}
        return self.http.post(path, json=body, headers=self._headers(tr), **extra)

    def _headers(self, tr: str) -> dict[str, str]:
        tr = f"V{tr[1:]}" if self.paper and tr.startswith("T") else tr
        return {"authorization": f"Bearer {self.token}", "tr_id": tr, "custtype": "P", **self._keys}


class StreamClient:
    """One WebSocket. Answers PINGPONG by itself unless told not to."""

    def __init__(self, process: PracticeProcess, rest: RestClient, *, echo: bool = True) -> None:
        self.rest = rest
        self.echo = echo
        self._url = process.endpoint["kis"]["paper_ws" if rest.paper else "ws"] + "/tryitout"
        self._open = contextlib.ExitStack()
        self.socket: ClientConnection
        self.keys: dict[str, dict[str, str]] = {}
        self.texts: list[str] = []

    def __enter__(self) -> StreamClient:
        self.socket = self._open.enter_context(connect(self._url, proxy=None, ping_interval=None))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def subscribe(self, tr: str, key: str) -> dict[str, Any]:
        self.socket.send(json.dumps(demand(self.rest.approval(), tr, key)))
        answer = self.until(lambda text: text.startswith("{") and json.loads(text)["header"]["tr_id"] in (tr, "(null)"))
        decoded: dict[str, Any] = json.loads(answer)
        if "output" in decoded["body"]:
            self.keys[tr] = decoded["body"]["output"]
        return decoded

    def listen_to_notices(self) -> None:
        tr = "H0STCNI9" if self.rest.paper else "H0STCNI0"
        assert self.subscribe(tr, self.rest.account["hts_id"])["body"]["msg_cd"] == "OPSP0000"

    def recv(self, seconds: float = PATIENCE_S) -> str:
        text = self.socket.recv(timeout=seconds)
        assert isinstance(text, str)
        self.texts.append(text)
        if self.echo and "PINGPONG" in text:
            self.socket.send(text)
        return text

    def until(self, wanted: Callable[[str], bool], seconds: float = PATIENCE_S) -> str:
        """The next text that is wanted; others are kept in ``texts``."""
        due = time.monotonic() + seconds
        while True:
            text = self.recv(max(due - time.monotonic(), 0.01))
            if wanted(text):
                return text

    def notice(self) -> list[str]:
        """The next notice, decrypted."""
        text = self.until(lambda text: text.startswith("1|"))
        _, tr, _, payload = text.split("|", 3)
        return decrypt(payload, self.keys[tr]["key"], self.keys[tr]["iv"]).split("^")

    def records(self, tr: str) -> list[list[str]]:
        return [record for text in self.texts if text[:1] == "0" for record in records_of(text, tr)]


class ControlClient:
    """The control endpoint, as JSON."""

    def __init__(self, process: PracticeProcess) -> None:
        self.http = httpx.Client(base_url=process.control, timeout=PATIENCE_S)

    def __enter__(self) -> ControlClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def get(self, path: str, **params: Any) -> Any:
        answer = self.http.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **wish: Any) -> Any:
        answer = self.http.post(path, json=wish)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def fault(self, kind: str, **wish: Any) -> None:
        self.post("/faults", kind=kind, **wish)


def wait_for(condition: Callable[[], Any], seconds: float = PATIENCE_S) -> Any:
    """The condition's first true value; AssertionError when none comes."""
    due = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < due, "it never came to be"
        time.sleep(0.02)
    return value
