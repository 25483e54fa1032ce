"""Over real sockets: the stream beside REST, every kind of fault, and clients that behave badly."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.practice.process.clients import ControlClient, RestClient, StreamClient, wait_for
from tests.practice.process.frame_checks import check_book, check_growth, check_trade
from tests.practice.process.stream_desk import demand
from tests.support.practice_process import PracticeProcess

CODE = "005930"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeProcess]:
    running = PracticeProcess(
        tmp_path_factory.mktemp("practice"),
        "--start", "2026-11-20T00:10:00", "--speed", "20",
        "--settings", "rate_limits=false", "--settings", "token_minute_rule=false",
    )  # fmt: skip
    yield running
    assert running.stop() == 0


@pytest.fixture
def control(process: PracticeProcess) -> Iterator[ControlClient]:
    with ControlClient(process) as client:
        settings = client.get("/settings")
        yield client
        client.http.delete("/faults")
        client.post("/settings", **settings)


@pytest.fixture
def rest(process: PracticeProcess) -> Iterator[RestClient]:
    with RestClient(process) as client:
        yield client


def _floor(control: ControlClient) -> int:
    return int(control.get(f"/market/{CODE}")["state"]["lower"])


def _orders(control: ControlClient, rest: RestClient) -> list[dict[str, Any]]:
    orders: list[dict[str, Any]] = control.get("/orders", account=rest.account["account"])
    return orders


@pytest.mark.parametrize("environment", ["real", "paper"])
def test_trade_book_and_notices_beside_an_order(
    process: PracticeProcess, control: ControlClient, environment: str
) -> None:
    with RestClient(process, environment) as rest, StreamClient(process, rest) as stream:
        for tr in ("H0STCNT0", "H0STASP0"):
            assert stream.subscribe(tr, CODE)["body"]["msg_cd"] == "OPSP0000"
        stream.listen_to_notices()
        number = rest.order("buy", CODE, 3).json()["output"]["ODNO"]
        received, confirmed = stream.notice(), stream.notice()
        filled = 0
        while filled < 3:
            fill = stream.notice()
            assert (fill[2], fill[13], fill[8]) == (number, "2", CODE)
            filled += int(fill[9])
        assert (received[2], received[14], confirmed[14]) == (number, "1", "2")
        assert received[1] == rest.account["account"].replace("-", "")
        stream.until(lambda _text: len(stream.records("H0STCNT0")) > 20 and len(stream.records("H0STASP0")) > 20)
        for record in stream.records("H0STCNT0"):
            check_trade(record)
        check_growth(stream.records("H0STCNT0"))
        for record in stream.records("H0STASP0"):
            check_book(record)
        (order,) = [each for each in _orders(control, rest) if each["number"] == int(number)]
        fills = [each for each in control.get("/fills") if each["number"] == int(number)]
        assert order["filled"] == sum(fill["quantity"] for fill in fills) == 3
        (asked,) = [each for each in control.get("/requests", operation="new") if each["order"] == number]
        assert asked["environment"] == environment and asked["asked"]["account"] == rest.account["account"]
        assert asked["handled"] and asked["status"] == 200 and asked["asked"]["fields"]["ORD_QTY"] == "3"


def test_the_speed_asked_and_reached_is_told(control: ControlClient) -> None:
    told = wait_for(lambda: (now := control.get("/time"))["reached"] > 2 and now)
    assert told["speed"] == 20.0
    assert told["reached"] <= 20.5
    begin, wire = control.get("/time"), time.monotonic()
    wait_for(lambda: control.get("/time")["now"] > begin["now"])
    moved = wait_for(lambda: time.monotonic() - wire > 1.0 and control.get("/time"))
    assert moved["now"] > begin["now"] and moved["trading_date"] == "2026-11-20"


def test_the_market_can_be_paused_while_orders_still_match(control: ControlClient, rest: RestClient) -> None:
    control.post("/settings", market_paused=True)
    before = control.get(f"/market/{CODE}")
    moment = control.get("/time")
    assert moment["paused"] is True
    wait_for(lambda: control.get("/time")["now"] > moment["now"])
    assert control.get(f"/market/{CODE}")["state"]["volume"] == before["state"]["volume"]
    assert rest.order("buy", CODE, 1).json()["rt_cd"] == "0"
    after = control.get(f"/market/{CODE}")
    assert after["state"]["volume"] == before["state"]["volume"] + 1
    control.post("/settings", market_paused=False)
    wait_for(lambda: control.get(f"/market/{CODE}")["state"]["volume"] > after["state"]["volume"])


def test_a_name_can_be_halted_and_interrupted(control: ControlClient, rest: RestClient) -> None:
    control.post(f"/market/{CODE}/pause", kind="halt", seconds=3600)
    assert control.get(f"/market/{CODE}")["state"]["flags"]["halted"] is True
    assert rest.order("buy", CODE, 1).json()["rt_cd"] != "0"
    control.http.delete(f"/market/{CODE}/pause")
    control.post(f"/market/{CODE}/pause", seconds=3600)
    state = control.get(f"/market/{CODE}")["state"]
    assert (state["flags"]["halted"], state["flags"]["volatility_interruption"]) == (False, True)
    volume, taken = state["volume"], rest.order("buy", CODE, 3)
    assert taken.json()["rt_cd"] == "0"
    assert control.get(f"/market/{CODE}")["state"]["volume"] == volume
    control.http.delete(f"/market/{CODE}/pause")
    (order,) = [one for one in _orders(control, rest) if one["number"] == int(taken.json()["output"]["ODNO"])]
    assert order["filled"] == 3
    assert control.http.post("/market/999999/pause", json={}).status_code == 404
    assert control.http.post(f"/market/{CODE}/pause", json={"seconds": 0}).status_code == 400


def test_somebody_with_a_telephone(process: PracticeProcess, control: ControlClient, rest: RestClient) -> None:
    account = rest.account["account"]
    with StreamClient(process, rest) as stream:
        stream.listen_to_notices()
        wish = {"account": account, "code": CODE, "side": "buy", "quantity": 5, "limit": _floor(control)}
        taken = control.post("/phone/orders", **wish)
        assert int(stream.notice()[2]) == taken["number"]
        (order,) = [each for each in _orders(control, rest) if each["number"] == taken["number"]]
        assert order["channel"] == "phone" and order["type"] == "limit" and order["remaining"] == 5
        cancelled = control.post("/phone/cancels", account=account, number=taken["number"], quantity=2)
        kinds = [each["kind"] for each in _orders(control, rest) if each["number"] == cancelled["number"]]
        assert kinds == ["cancel"]
        control.post("/phone/cancels", account=account, number=taken["number"])
    refused = control.http.post("/phone/orders", json={**wish, "quantity": 10**9})
    assert refused.status_code == 409 and refused.json()["reason"] == "order amount exceeds orderable cash"
    for slip in ({"side": "hold"}, {"quantity": "5"}, {"limit": 1.5}, {"account": ""}):
        assert control.http.post("/phone/orders", json={**wish, **slip}).status_code == 400


class TestFaults:
    @pytest.mark.parametrize(
        ("kind", "accepted", "error"),
        [
            ("cut before", 0, httpx.RemoteProtocolError),
            ("cut after", 1, httpx.RemoteProtocolError),
            ("hang before", 0, httpx.ReadTimeout),
            ("hang after", 1, httpx.ReadTimeout),
            ("reset before", 0, httpx.ReadError),
            ("reset after", 1, httpx.ReadError),
        ],
    )
    def test_no_answer(
        self, control: ControlClient, rest: RestClient, kind: str, accepted: int, error: type[Exception]
    ) -> None:
        price, before = _floor(control), len(_orders(control, rest))
        control.fault(kind, operations=["new"])
        assert rest.token
        with pytest.raises(error):
            rest.order("buy", CODE, 1, price, timeout=0.5)
        assert len(_orders(control, rest)) == before + accepted
        last = control.get("/requests", operation="new")[-1]
        assert last["handled"] is bool(accepted) and last["faults"][0].endswith(kind) and last["status"] == 0

    def test_late_is_accepted_long_after_the_client_has_gone(self, control: ControlClient, rest: RestClient) -> None:
        price, before = _floor(control), len(_orders(control, rest))
        control.fault("late", operations=["new"], seconds=1.0)
        assert rest.token
        with pytest.raises(httpx.ReadTimeout):
            rest.order("buy", CODE, 1, price, timeout=0.3)
        assert len(_orders(control, rest)) == before
        wait_for(lambda: len(_orders(control, rest)) == before + 1)

    def test_slow_is_not_accepted_once_the_client_has_gone(self, control: ControlClient, rest: RestClient) -> None:
        price, before = _floor(control), len(_orders(control, rest))
        control.fault("slow before", operations=["new"], seconds=0.8)
        assert rest.token
        with pytest.raises(httpx.ReadTimeout):
            rest.order("buy", CODE, 1, price, timeout=0.2)
        wait_for(lambda: control.get("/requests", operation="new")[-1]["ended"])
        assert len(_orders(control, rest)) == before

    @pytest.mark.parametrize(
        ("wish", "status", "code"),
        [
            ({"kind": "refuse"}, 500, "EGW00201"),
            ({"kind": "refuse", "code": "EGW00001"}, 500, "EGW00001"),
            ({"kind": "error after"}, 500, "EGW00301"),
            ({"kind": "expire tokens"}, 500, "EGW00123"),
        ],
    )
    def test_gateway_errors(
        self, control: ControlClient, rest: RestClient, wish: dict[str, Any], status: int, code: str
    ) -> None:
        price = _floor(control)
        assert rest.token
        control.post("/faults", **wish, operations=["new"])
        answer = rest.order("buy", CODE, 1, price)
        assert (answer.status_code, answer.json()["msg_cd"]) == (status, code)

    def test_blank_and_garbled_bodies(self, control: ControlClient, rest: RestClient) -> None:
        assert rest.token
        control.fault("refuse", code="HTTP 500", operations=["read"])
        blank = rest.price(CODE)
        assert (blank.status_code, blank.content) == (500, b"")
        control.fault("garbled", operations=["read"])
        with pytest.raises(json.JSONDecodeError):
            rest.price(CODE).json()
        control.fault("no number", operations=["new"])
        answer = rest.order("buy", CODE, 1, _floor(control)).json()
        assert answer["rt_cd"] == "0" and answer["output"]["ODNO"] == ""

    def test_slow_answers_keep_others_going(self, control: ControlClient, rest: RestClient) -> None:
        assert rest.token
        control.fault("slow after", operations=["read"], seconds=0.7)
        began = time.monotonic()
        assert rest.price(CODE).json()["rt_cd"] == "0"
        assert time.monotonic() - began >= 0.7
        assert [rule["applied"] for rule in control.get("/faults")] == [1]
        assert control.http.delete(f"/faults/{control.get('/faults')[0]['id']}").json() == []

    @pytest.mark.parametrize("kind", ["stream drop", "dropped on request"])
    def test_a_dropped_stream_has_no_close_frame(
        self, process: PracticeProcess, control: ControlClient, rest: RestClient, kind: str
    ) -> None:
        with StreamClient(process, rest) as stream:
            stream.subscribe("H0STASP0", CODE)
            if kind == "stream drop":
                control.fault(kind)
            else:
                assert control.post("/streams/drop") == {"dropped": 1}
            with pytest.raises(ConnectionClosed) as closed:
                stream.until(lambda _text: False)
            assert closed.value.rcvd is None
        with StreamClient(process, rest) as again:
            assert again.subscribe("H0STASP0", CODE)["body"]["msg_cd"] == "OPSP0000"

    def test_notices_twice_and_withheld(
        self, process: PracticeProcess, control: ControlClient, rest: RestClient
    ) -> None:
        with StreamClient(process, rest) as stream:
            stream.listen_to_notices()
            control.fault("notice twice")
            rest.order("buy", CODE, 1, _floor(control))
            first, second, third = stream.notice(), stream.notice(), stream.notice()
            assert first == second and third[14] == "2"
            control.fault("notice withhold")
            rest.order("buy", CODE, 1, _floor(control))
            assert stream.notice()[14] == "2"

    def test_a_registration_is_refused_on_demand(
        self, process: PracticeProcess, control: ControlClient, rest: RestClient
    ) -> None:
        with StreamClient(process, rest) as stream:
            control.fault("stream refuse", code="OPSP8999")
            assert stream.subscribe("H0STCNT0", CODE)["body"]["msg_cd"] == "OPSP8999"
            assert stream.subscribe("H0STCNT0", CODE)["body"]["msg_cd"] == "OPSP0000"


class TestPingPong:
    def test_a_client_that_answers_stays_and_a_silent_one_is_dropped(
        self, process: PracticeProcess, control: ControlClient, rest: RestClient
    ) -> None:
        control.post("/settings", ping_seconds=0.3, ping_drop_seconds=1.0)
        with (
            StreamClient(process, rest) as polite,
            RestClient(process, "real", 1) as other,
            StreamClient(process, other, echo=False) as silent,
        ):
            pings = 0
            while pings < 6:
                pings += "PINGPONG" in polite.recv()
            with pytest.raises(ConnectionClosed) as closed:
                silent.until(lambda _text: False)
            assert closed.value.rcvd is None
            polite.until(lambda text: "PINGPONG" in text)

    def test_a_pong_frame_with_the_text_is_an_answer(
        self, process: PracticeProcess, control: ControlClient, rest: RestClient
    ) -> None:
        control.post("/settings", ping_seconds=0.3, ping_drop_seconds=1.0)
        with StreamClient(process, rest, echo=False) as stream:
            for _ in range(6):
                stream.socket.pong(stream.until(lambda text: "PINGPONG" in text))


class TestBadManners:
    def _alive(self, rest: RestClient) -> None:
        assert rest.price(CODE).json()["rt_cd"] == "0"

    @pytest.mark.parametrize("door", ["rest", "ws", "paper_rest", "paper_ws", "control"])
    def test_noise_instead_of_http(self, process: PracticeProcess, rest: RestClient, door: str) -> None:
        address = process.control if door == "control" else process.endpoint["kis"][door]
        where = urlsplit(address)
        for noise in (
            b"\x00\xff\xfe garbage\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Le",
            b"",
        ):
            with socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=10) as raw:
                raw.sendall(noise)
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(4096):
                    pass
        self._alive(rest)

    def test_a_body_beyond_the_limit(self, rest: RestClient) -> None:
        answer = rest.http.post("/uapi/domestic-stock/v1/trading/order-cash", content=b"x" * (2 * 1024 * 1024))
        assert answer.status_code == 413
        self._alive(rest)

    def test_http_on_the_stream_port(self, process: PracticeProcess) -> None:
        url = process.endpoint["kis"]["ws"].replace("ws://", "http://")
        assert httpx.get(url).status_code == 400

    def test_odd_frames_on_the_stream(self, process: PracticeProcess, rest: RestClient) -> None:
        with StreamClient(process, rest) as stream:
            stream.socket.send(b"\xff\xfe\x00")
            assert json.loads(stream.recv())["body"]["msg_cd"] == "OPSP9999"
            stream.socket.send(json.dumps(demand(rest.approval(), "H0STCNT0", CODE)).encode())
            assert json.loads(stream.recv())["body"]["msg_cd"] == "OPSP0000"
            stream.socket.ping().wait(10)
            stream.socket.send("x" * (80 * 1024))
            with pytest.raises(ConnectionClosed, match="1009"):
                stream.until(lambda _text: False)
        self._alive(rest)

    @pytest.mark.parametrize("path", ["", "/", "/tryitout", "/tryitout/H0STCNT0"])
    def test_the_path_of_the_stream_does_not_matter(
        self, process: PracticeProcess, rest: RestClient, path: str
    ) -> None:
        with connect(process.endpoint["kis"]["ws"] + path, proxy=None) as raw:
            raw.send(json.dumps(demand(rest.approval(), "H0STCNT0", CODE)))
            assert json.loads(raw.recv(timeout=10))["body"]["msg_cd"] == "OPSP0000"


class TestControl:
    def test_it_lists_what_there_is(self, control: ControlClient) -> None:
        listed = control.get("/")["practice"]
        assert {"GET /orders", "GET /fills", "GET /requests", "POST /faults", "POST /phone/orders"} <= set(listed)

    def test_the_market_is_shown(self, control: ControlClient) -> None:
        assert len(control.get("/market")) >= 55
        shown = control.get(f"/market/{CODE}", trades=3)
        assert len(shown["book"]["asks"]) == len(shown["book"]["bids"]) == 10 and len(shown["trades"]) <= 3
        days = control.get(f"/candles/{CODE}", period="1d", start="2026-10-01")
        assert len(days) > 20 and days[0]["start"] >= "2026-10-01"
        assert [account["broker"] for account in control.get("/accounts")] == 4 * ["kis"] + 4 * ["kiwoom"]

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/market/999999", 404),
            ("/accounts/1", 404),
            ("/orders?account=1", 404),
            ("/orders?start=soon", 400),
            (f"/candles/{CODE}?period=hourly", 400),
            (f"/candles/{CODE}?start=soon", 400),
            (f"/market/{CODE}?trades=-1", 400),
            ("/requests?operation=dance", 400),
            ("/nowhere", 404),
        ],
    )
    def test_a_slip_gets_a_sentence(self, control: ControlClient, path: str, status: int) -> None:
        assert control.http.get(path).status_code == status

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/faults", b"{"),
            ("/faults", b"[]"),
            ("/faults", b'{"kind":"none"}'),
            ("/settings", b'{"no_such":1}'),
            ("/settings", b'{"market_paused":1}'),
            ("/settings", b'{"speed":0}'),
            ("/settings", b'{"speed":30,"trade_width":3}'),
            ("/phone/cancels", b"{}"),
        ],
    )
    def test_nothing_of_a_bad_wish_is_done(self, control: ControlClient, path: str, body: bytes) -> None:
        before = control.get("/settings")
        answer = control.http.post(path, content=body)
        assert answer.status_code == 400 and answer.json()["error"]
        assert control.get("/settings") == before and control.get("/faults") == []

    def test_pages_in_a_browser_get_nothing(self, control: ControlClient) -> None:
        for headers in ({"Origin": "http://example.com"}, {"Host": "example.com"}):
            assert control.http.get("/accounts", headers=headers).status_code == 403

    def test_settings_hold_at_once(self, process: PracticeProcess, control: ControlClient, rest: RestClient) -> None:
        control.post("/settings", trade_width=46, book_width=59, notice_width=23)
        with StreamClient(process, rest) as stream:
            stream.subscribe("H0STASP0", CODE)
            stream.subscribe("H0STCNT0", CODE)
            stream.listen_to_notices()
            rest.order("buy", CODE, 1, _floor(control))
            assert len(stream.notice()) == 23
            stream.until(lambda _text: bool(stream.records("H0STCNT0") and stream.records("H0STASP0")))
        assert {len(record) for record in stream.records("H0STCNT0")} == {46}
        assert {len(record) for record in stream.records("H0STASP0")} == {59}
