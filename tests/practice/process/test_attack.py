"""A hostile neighbour on the same machine: the exchange goes on, answers others at once, and ends when told to."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.sync.client import connect

from tests.practice.process.clients import RestClient, StreamClient
from tests.support.practice_process import PracticeProcess, practice

CODE = "005930"
DOORS = ("rest", "ws", "paper_rest", "paper_ws")
SOON_S = 2.0
"""How long an answer may take while somebody attacks: much more than it does, for a machine that is busy."""


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeProcess]:
    folder = tmp_path_factory.mktemp("attacked")
    options = ("--settings", "rate_limits=false", "--settings", "token_minute_rule=false")
    with practice(folder, "--start", "2026-11-20T09:10:00", *options) as started:
        yield started
        said = (folder / "stderr.txt").read_text()
        assert "Traceback" not in said, said[-3000:]


@pytest.fixture(autouse=True)
def others_are_served(process: PracticeProcess) -> Iterator[None]:
    yield
    check_service(process)


def check_service(process: PracticeProcess) -> None:
    """Somebody with good manners gets an answer soon, and the market goes on."""
    with RestClient(process) as client:
        began = time.monotonic()
        assert client.price(CODE).json()["rt_cd"] == "0"
        assert time.monotonic() - began < SOON_S
    before = httpx.get(process.control + "/time").json()["now"]
    end = time.monotonic() + 20
    while httpx.get(process.control + "/time").json()["now"] == before:
        assert time.monotonic() < end


def dial(process: PracticeProcess, door: str) -> socket.socket:
    address = process.control if door == "control" else process.endpoint["kis"][door]
    reached = urlsplit(address)
    return socket.create_connection((reached.hostname or "", reached.port or 0), timeout=20)


@pytest.mark.parametrize("door", [*DOORS, "control"])
def test_noise(process: PracticeProcess, door: str) -> None:
    chance = Random(door)
    for start in (b"", b"GET ", b"POST / HTTP/1.1\r\nContent-Length: ", b"GET / HTTP/1.1\r\nX: ", b"\x16\x03\x01"):
        for size in (1, 100, 20_000):
            with dial(process, door) as line, contextlib.suppress(OSError):
                line.sendall(start + chance.randbytes(size) + b"\r\n\r\n")


@pytest.mark.parametrize("door", ["rest", "control"])
def test_requests_that_break_off(process: PracticeProcess, door: str) -> None:
    heads = (
        b"POST /oauth2/tokenP HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{",
        b"POST /oauth2/tokenP HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        b"POST /oauth2/tokenP HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"POST /oauth2/tokenP HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Encoding: deflate\r\nContent-Length: 3\r\n\r\nabc",
        b"POST /settings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{",
    )
    for head in heads:
        with dial(process, door) as line:
            line.sendall(head)


@pytest.mark.parametrize("body", [b"[" * 900_000, b'{"a":' * 150_000, b"\xff" * 1_000, b"{" + b" " * 1_000_000])
def test_bodies_that_are_no_json(process: PracticeProcess, body: bytes) -> None:
    kis = process.endpoint["kis"]
    for path in ("/oauth2/tokenP", "/uapi/domestic-stock/v1/trading/order-cash"):
        assert httpx.post(kis["rest"] + path, content=body, headers={"tr_id": "TTTC0012U"}).json()
    assert httpx.post(process.control + "/settings", content=body).status_code == 400


def test_headers_and_paths_of_any_bytes(process: PracticeProcess) -> None:
    with dial(process, "rest") as line:
        line.sendall(
            b"GET /uapi/%ff%fe?FID_INPUT_ISCD=%ff&\xff=\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\ntr_id: \xff\xfe\r\n"
            b"authorization: Bearer \xff\r\nappkey: \xed\xa0\x80\r\nConnection: close\r\n\r\n"
        )
        assert line.recv(100).startswith((b"HTTP/1.0 400", b"HTTP/1.1 404"))
    path = b"/uapi/domestic-stock/v1/quotations/inquire-price?FID_INPUT_ISCD=%ff"
    with dial(process, "rest") as line:
        line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\ntr_id: \xff\r\nConnection: close\r\n\r\n")
        assert b'"rt_cd":"1"' in b"".join(iter(lambda: line.recv(65_536), b""))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/settings", {"speed": 1e300}),
        ("/settings", {"speed": 1e-300}),
        ("/settings", {"ping_seconds": -1}),
        ("/phone/orders", {"account": "x", "code": CODE, "side": "buy", "quantity": 10**30}),
        ("/phone/cancels", {"account": "x", "number": 10**30}),
        ("/faults", {"kind": [], "operations": {}}),
    ],
)
def test_wishes_that_cannot_be(process: PracticeProcess, path: str, body: Any) -> None:
    assert 400 <= httpx.post(process.control + path, json=body).status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/requests?after=²",
        "/requests?after=" + "9" * 5_000,
        "/faults/²",
        f"/candles/{CODE}?start=0001-01-01T00:00%2B23:00",
        f"/candles/{CODE}?end=0001-01-01T00:00",
        f"/candles/{CODE}?end=9999-12-31T23:59-12:00",
        f"/market/{CODE}?trades=-1",
    ],
)
def test_questions_that_cannot_be(process: PracticeProcess, path: str) -> None:
    method = "DELETE" if path.startswith("/faults") else "GET"
    assert httpx.request(method, process.control + path).status_code == 400


def test_large_orders_by_telephone(process: PracticeProcess) -> None:
    account = process.account("real")["account"]
    for quantity in (10**30, 10**18, -1, 0):
        wish = {"account": account, "code": CODE, "side": "buy", "quantity": quantity, "limit": 248_000}
        assert httpx.post(process.control + "/phone/orders", json=wish).status_code == 409


def test_hundreds_of_connections_that_say_nothing(process: PracticeProcess) -> None:
    with contextlib.ExitStack() as lines:
        for number in range(400):
            line = lines.enter_context(dial(process, (*DOORS, "control")[number % 5]))
            line.sendall(b"POST /uapi HTTP/1.1\r\nContent-Length: 99\r\n" + b"\r\n{" * (number % 2))
        check_service(process)


def test_a_listener_that_never_reads(process: PracticeProcess) -> None:
    """Its frames pile up to a limit; then it is cut for certain, and others have heard everything meanwhile."""
    with RestClient(process) as rest, StreamClient(process, rest) as stream, deaf(process):
        stream.subscribe("H0STCNT0", CODE)
        stream.until(lambda text: text.startswith("0|H0STCNT0"))
        check_service(process)
        stream.until(lambda text: text.startswith("0|H0STCNT0"))


@contextlib.contextmanager
def deaf(process: PracticeProcess) -> Iterator[None]:
    """A stream with as many registrations as there may be, whose client reads nothing."""
    with RestClient(process, "paper") as rest:
        key = rest.approval()
        codes = [row["code"] for row in httpx.get(process.control + "/market").json()][:41]
        line = dial(process, "paper_ws")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        with connect(
            process.endpoint["kis"]["paper_ws"], sock=line, proxy=None, max_queue=1, close_timeout=0.1
        ) as client:
            for code in codes:
                wish = {"header": {"approval_key": key, "custtype": "P", "tr_type": "1"}}
                client.send(json.dumps({**wish, "body": {"input": {"tr_id": "H0STASP0", "tr_key": code}}}))
            yield


def test_it_ends_when_told_to_although_somebody_does_not_listen(tmp_path: Path) -> None:
    process = PracticeProcess(tmp_path, "--start", "2026-11-20T09:00:00", "--speed", "60")
    with contextlib.suppress(OSError, EOFError), deaf(process):
        began = httpx.get(process.control + "/time").json()["now"]
        end = time.monotonic() + 20
        while httpx.get(process.control + "/time").json()["now"][:16] == began[:16]:
            assert time.monotonic() < end
            time.sleep(0.05)
        asked = time.monotonic()
        assert process.stop() == 0
        assert time.monotonic() - asked < 10
    assert process.stop() == 0
