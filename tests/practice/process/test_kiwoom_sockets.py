"""The Kiwoom door over real sockets: HTTP and WebSocket of both hosts, faults, and one broker down beside the other."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.practice.process.clients import PATIENCE_S, ControlClient, RestClient
from tests.support.practice_process import PracticeProcess, practice

CODE = "005930"
ORDER = "/api/dostk/ordr"


class KiwoomClient:
    """One account over HTTP and a socket."""

    def __init__(self, process: PracticeProcess, environment: str) -> None:
        kiwoom = process.endpoint["kiwoom"]
        names = ("mock_rest", "mock_ws") if environment == "mock" else ("rest", "ws")
        self.keys = next(each for each in kiwoom["accounts"] if each["environment"] == environment)
        self.http = httpx.Client(base_url=kiwoom[names[0]], timeout=PATIENCE_S)
        self.ws = f"{kiwoom[names[1]]}/api/dostk/websocket"
        wish = {"grant_type": "client_credentials", **{n: self.keys[n] for n in ("appkey", "secretkey")}}
        self.token = str(self.http.post("/oauth2/token", json=wish).json()["token"])

    def ask(self, path: str, api: str, **body: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.token}", "api-id": api}
        return self.http.post(path, json=body, headers=headers)

    def buy(self, quantity: int) -> httpx.Response:
        wish = {"dmst_stex_tp": "KRX", "stk_cd": CODE, "ord_qty": str(quantity), "ord_uv": "", "trde_tp": "3"}
        return self.ask(ORDER, "kt10000", **wish)

    def log_in(self, socket: ClientConnection) -> None:
        say(socket, {"trnm": "LOGIN", "token": self.token})
        assert hear(socket, "LOGIN")["return_code"] == 0


def say(socket: ClientConnection, message: object) -> None:
    socket.send(json.dumps(message))


def hear(socket: ClientConnection, name: str) -> dict[str, Any]:
    """The next frame of that name."""
    while True:
        frame: dict[str, Any] = json.loads(socket.recv(timeout=PATIENCE_S))
        if frame["trnm"] == name:
            return frame


@pytest.fixture
def process(tmp_path: Path) -> Iterator[PracticeProcess]:
    """One for each test: tokens are issued once a minute, and holdings are counted from nothing."""
    options = ("--settings", "kiwoom_rate_limits=false", "--settings", "kiwoom_ping_seconds=0.2")
    with practice(tmp_path / "kiwoom", "--seed", "5", *options) as process:
        yield process


@pytest.fixture
def person(process: PracticeProcess) -> Iterator[Callable[[str], KiwoomClient]]:
    """Clients by environment, closed when the test is over."""
    with contextlib.ExitStack() as stack:

        def come(environment: str) -> KiwoomClient:
            client = KiwoomClient(process, environment)
            stack.callback(client.http.close)
            return client

        yield come


@pytest.mark.parametrize("environment", ["real", "mock"])
def test_an_order_is_answered_pushed_and_written(
    process: PracticeProcess, person: Callable[[str], KiwoomClient], environment: str
) -> None:
    client = person(environment)
    with connect(client.ws, proxy=None, ping_interval=None) as socket, ControlClient(process) as control:
        client.log_in(socket)
        say(socket, {"trnm": "REG", "grp_no": "1", "refresh": "1", "data": [{"item": [""], "type": ["00", "04"]}]})
        assert hear(socket, "REG")["return_code"] == 0
        answer = client.buy(2)
        assert answer.status_code == 200 and answer.headers["api-id"] == "kt10000"
        number = answer.json()["ord_no"]
        values = [hear(socket, "REAL")["data"][0]["values"] for _ in range(3)]
        assert [each.get("913") for each in values] == ["접수", "체결", None]
        assert values[0]["9203"] == number and values[2]["930"] == "2"
        (order,) = control.get("/orders", account=client.keys["account"])
        assert (order["number"], order["filled"]) == (int(number), 2)
        (asked,) = [each for each in control.get("/requests", operation="new") if each["order"] == number]
        assert (asked["broker"], asked["asked"]["account"]) == ("kiwoom", client.keys["account"])
        ping = hear(socket, "PING")
        say(socket, ping)


def test_a_second_session_of_a_key_closes_the_first_in_good_order(person: Callable[[str], KiwoomClient]) -> None:
    client = person("real")
    with connect(client.ws, proxy=None, ping_interval=None) as first, connect(client.ws, proxy=None) as second:
        client.log_in(first)
        client.log_in(second)
        assert hear(first, "SYSTEM")["code"] == "R10001"
        with pytest.raises(ConnectionClosed) as closed:
            first.recv(timeout=PATIENCE_S)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 1000


def test_faults_of_one_broker_spare_the_other(process: PracticeProcess, person: Callable[[str], KiwoomClient]) -> None:
    client = person("mock")
    with ControlClient(process) as control, RestClient(process) as kis:
        control.fault("refuse", broker="kiwoom", operations=["read"], code="HTTP 503", count=1)
        assert kis.price(CODE).status_code == 200
        assert client.ask("/api/dostk/stkinfo", "ka10001", stk_cd=CODE).status_code == 503
        control.fault("no number", broker="kiwoom", operations=["new"])
        assert client.buy(1).json()["ord_no"] == ""
        control.fault("cut after", broker="kiwoom", operations=["new"])
        before = len(control.get("/orders", account=client.keys["account"]))
        with pytest.raises(httpx.RemoteProtocolError):
            client.buy(1)
        assert len(control.get("/orders", account=client.keys["account"])) == before + 1
        control.post("/tokens/expire")
        assert "[8005:" in client.ask("/api/dostk/stkinfo", "ka10001", stk_cd=CODE).json()["return_msg"]


def test_one_broker_goes_down_and_comes_back(process: PracticeProcess, person: Callable[[str], KiwoomClient]) -> None:
    client = person("real")
    with ControlClient(process) as control, RestClient(process) as kis:
        with connect(client.ws, proxy=None, ping_interval=None) as socket:
            client.log_in(socket)
            assert control.post("/doors", broker="kiwoom", open=False) == {"kis": True, "kiwoom": False}
            with pytest.raises(ConnectionClosed):
                hear(socket, "nothing")
        with pytest.raises(httpx.TransportError):
            client.buy(1)
        with pytest.raises(httpx.TransportError):
            client.http.get(client.ws.replace("ws://", "http://"))
        assert kis.order("buy", CODE, 1).json()["rt_cd"] == "0"
        control.post("/doors", broker="kiwoom", open=True)
        assert client.buy(1).json()["return_code"] == 0
        assert control.http.post("/doors", json={"broker": "kiwoom"}).status_code == 400


def test_the_ports_of_both_brokers_are_kept(tmp_path: Path) -> None:
    with practice(tmp_path, "--seed", "2") as first:
        before = first.endpoint
    (tmp_path / "ports.json").write_text(json.dumps(json.loads((tmp_path / "ports.json").read_text())[:5]))
    with practice(tmp_path) as second:
        assert second.endpoint["kis"] == before["kis"] and second.endpoint["control"] == before["control"]
        assert second.endpoint["kiwoom"]["accounts"] == before["kiwoom"]["accounts"]
        again = second.endpoint
    with practice(tmp_path) as third:
        assert third.endpoint == again
