"""The exchange as a process: its JSON line, its folder, its end, its death and its return."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.practice.folder import DataFolder
from hoga.practice.main import main
from tests.practice.process.clients import ControlClient, RestClient, StreamClient, wait_for
from tests.practice.process.stream_desk import records_of
from tests.support.inprocess import InProcessPractice
from tests.support.practice_process import PracticeProcess, practice

OPTIONS = ("--start", "2026-11-20T00:10:00", "--settings", "rate_limits=false")
CODE = "005930"


def _far_below(control: ControlClient) -> int:
    state = control.get(f"/market/{CODE}")["state"]
    return int(state["lower"])


def test_the_line_the_folder_and_a_clean_end(tmp_path: Path) -> None:
    with practice(tmp_path, *OPTIONS) as process, RestClient(process) as rest, StreamClient(process, rest) as stream:
        _check_line(process)
        stream.subscribe("H0STCNT0", CODE)
        refused = _run(tmp_path)
        assert refused.returncode == 3 and not refused.stdout
        assert process.control.encode() in refused.stderr
        with ControlClient(process) as control:
            now = control.get("/time")
        told = json.loads((tmp_path / "endpoint.json").read_bytes())
        assert told == {**process.endpoint, "pid": process.pid, "ledger": now["ledger"]}
        assert process.stop() == 0
        with pytest.raises(ConnectionClosed, match="1001"):
            stream.until(lambda _text: False)
    assert not (tmp_path / "endpoint.json").exists()


def _check_line(process: PracticeProcess) -> None:
    line = process.endpoint
    assert set(line) == {"kis", "kiwoom", "control"}
    _check_kiwoom(line["kiwoom"])
    assert set(line["kis"]) == {"rest", "ws", "paper_rest", "paper_ws", "accounts"}
    for name, scheme in (("rest", "http"), ("ws", "ws"), ("paper_rest", "http"), ("paper_ws", "ws")):
        assert urlsplit(line["kis"][name]).scheme == scheme and urlsplit(line["kis"][name]).hostname == "127.0.0.1"
    assert {account["environment"] for account in line["kis"]["accounts"]} == {"real", "paper"}
    for account in line["kis"]["accounts"]:
        assert set(account) == {"environment", "appkey", "appsecret", "account", "hts_id"}
        assert len(account["appkey"]) == 36 and len(account["appsecret"]) == 180
        assert len(account["account"]) == 11 and account["account"][8] == "-" and account["hts_id"]


def _check_kiwoom(kiwoom: dict[str, Any]) -> None:
    assert set(kiwoom) == {"rest", "ws", "mock_rest", "mock_ws", "accounts"}
    for name, scheme in (("rest", "http"), ("ws", "ws"), ("mock_rest", "http"), ("mock_ws", "ws")):
        assert urlsplit(kiwoom[name]).scheme == scheme and urlsplit(kiwoom[name]).hostname == "127.0.0.1"
    assert {account["environment"] for account in kiwoom["accounts"]} == {"real", "mock"}
    for account in kiwoom["accounts"]:
        assert set(account) == {"environment", "appkey", "secretkey", "account"}
        assert len(account["appkey"]) == len(account["secretkey"]) == 43
        assert len(account["account"]) == 11 and account["account"][8] == "-"


def test_ports_are_those_asked_for_and_two_exchanges_live_side_by_side(tmp_path: Path) -> None:
    base = _free_base()
    with (
        practice(tmp_path / "one", *OPTIONS, "--port-base", str(base)) as one,
        practice(tmp_path / "two", *OPTIONS, "--seed", "2") as two,
    ):
        kis = one.endpoint["kis"]
        hosts = one.endpoint["kiwoom"]
        addresses = [kis["rest"], kis["ws"], kis["paper_rest"], kis["paper_ws"], one.control]
        addresses += [hosts["rest"], hosts["ws"], hosts["mock_rest"], hosts["mock_ws"]]
        assert [urlsplit(address).port for address in addresses] == list(range(base, base + 9))
        with ControlClient(one) as first, ControlClient(two) as second:
            assert first.get("/time")["ledger"] != second.get("/time")["ledger"]
            first.post("/stop")
            assert one.ended_by_itself() == 0 and not (tmp_path / "one" / "endpoint.json").exists()
            assert second.get("/time")["speed"] == 1.0


def _free_base() -> int:
    """Nine free ports in a row, most likely still free in a moment."""
    for base in range(21_000, 60_000, 7):
        held: list[socket.socket] = []
        try:
            for port in range(base, base + 9):
                held.append(socket.create_server(("127.0.0.1", port)))
        except OSError:
            continue
        finally:
            for each in held:
                each.close()
        return base
    raise AssertionError("no ports are free")


def test_a_taken_port_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        base = min(taken.getsockname()[1], 65_531)
        with contextlib.closing(socket.socket()) as blocker:
            if base != taken.getsockname()[1]:
                blocker.bind(("127.0.0.1", base))
            assert main(["--data", str(tmp_path), "--port-base", str(base)]) == 1
    told = capsys.readouterr()
    assert "hoga practice:" in told.err and not told.out
    assert not (tmp_path / "endpoint.json").exists()


def test_ports_of_the_last_run_that_are_taken_now_are_replaced(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path)
    assert folder.last_ports() == ()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        folder.remember_ports([taken.getsockname()[1]] * 5)
        folder.close()
        with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control:
            assert control.get("/time")["speed"] == 1.0
            assert urlsplit(process.control).port != taken.getsockname()[1]
    for damaged in ("", "[1]", '["a"]', "[0,1,2,3,70000]"):
        (tmp_path / "ports.json").write_text(damaged)
        reopened = DataFolder.open(tmp_path)
        assert len(reopened.last_ports()) != 9
        reopened.close()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--speed", "0"),
        ("--start", "yesterday"),
        ("--settings", "no_such_setting=1"),
        ("--settings", "rate_limits=maybe"),
        ("--port-base", "80"),
    ],
)
def test_wrong_options_are_refused(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--data", str(tmp_path), *wrong])
    assert refused.value.code == 2


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hoga", "practice", "--data", str(folder), *options],
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip


def test_it_ends_by_itself_when_nobody_is_there(tmp_path: Path) -> None:
    with practice(tmp_path, *OPTIONS, "--idle-minutes", "0.01") as process:
        with connect(process.control.replace("http", "ws") + "/time", proxy=None) as stream:
            told = json.loads(stream.recv(timeout=10))
            assert told["now"] == told["market"] and told["tick"] == 0.1 and told["paused"] is False
            until = time.monotonic() + 1.5
            while time.monotonic() < until:  # while somebody listens it stays, for longer than its patience
                stream.recv(timeout=10)
        assert process.ended_by_itself() == 0
    assert not (tmp_path / "endpoint.json").exists()


def test_it_outlives_the_one_who_started_it(tmp_path: Path) -> None:
    """Its standard output is read no more, and it goes on."""
    process = PracticeProcess(tmp_path, *OPTIONS)
    try:
        process.close_output()
        with ControlClient(process) as control, RestClient(process) as rest:
            assert rest.price(CODE).json()["rt_cd"] == "0"
            assert control.get("/requests")[-1]["operation"] == "read"
    finally:
        assert process.stop() == 0


def test_orders_survive_a_sigkill(tmp_path: Path) -> None:
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control, RestClient(process) as rest:
        resting = rest.order("buy", CODE, 7, _far_below(control)).json()["output"]
        filled = rest.order("buy", CODE, 3).json()["output"]
        before = _books(control, rest)
        moment = control.get("/time")["now"]
        token = rest.token
        found_at = process.endpoint
        process.kill()
    lines = (tmp_path / "requests.jsonl").read_text("utf-8").splitlines()
    answered = [json.loads(line)["ended"] for line in lines if line.startswith('{"ended"')]
    assert [entry["order"] for entry in answered if entry["operation"] == "new"] == [resting["ODNO"], filled["ODNO"]]
    assert rest.account["appsecret"] not in "".join(lines) and token not in "".join(lines)

    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control, RestClient(process) as rest:
        assert process.endpoint == found_at, "a desk that goes on finds it where it was"
        assert _books(control, rest) == before
        assert control.get("/time")["now"] >= moment
        assert {int(entry["number"]) for entry in before["orders"]} == {int(resting["ODNO"]), int(filled["ODNO"])}
        answer = rest.cancel(resting["KRX_FWDG_ORD_ORGNO"], resting["ODNO"]).json()
        assert answer["rt_cd"] == "0"
        last = control.get("/orders")[-1]
        assert (last["kind"], last["original"]) == ("cancel", int(resting["ODNO"]))


def _books(control: ControlClient, rest: RestClient) -> dict[str, Any]:
    account = control.get(f"/accounts/{rest.account['account']}")
    return {
        "orders": control.get("/orders"),
        "fills": control.get("/fills"),
        "cash": account["cash"],
        "holdings": account["holdings"],
    }


def test_what_an_account_traded_is_in_the_chart_after_a_kill(tmp_path: Path) -> None:
    """The background may lose a second; what somebody has traded himself is in his ledger and must be in the day."""
    paused = (*OPTIONS, "--settings", "market_paused=true")
    with practice(tmp_path, *paused) as process, ControlClient(process) as control, RestClient(process) as rest:
        before = control.get(f"/market/{CODE}")["state"]["volume"]
        assert rest.order("buy", CODE, 3).json()["rt_cd"] == "0"
        process.kill()
    with practice(tmp_path, *paused) as process, ControlClient(process) as control:
        assert control.get(f"/market/{CODE}")["state"]["volume"] == before + 3
        (fill,) = control.get("/fills")
        assert control.get(f"/market/{CODE}")["state"]["last"] == fill["price"]


def test_dying_in_the_middle_of_an_order(tmp_path: Path) -> None:
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control, RestClient(process) as rest:
        price = _far_below(control)
        control.fault("die after", operations=["new"])
        with pytest.raises(Exception, match=r"disconnected|closed|reset"):
            rest.order("buy", CODE, 1, price)
        assert process.ended_by_itself() == 70
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control:
        assert len(control.get("/orders")) == 1


def test_the_same_seed_and_start_give_the_same_trades(tmp_path: Path) -> None:
    """The process at speed 60 and the same exchange on virtual time make the same first trades."""
    start, count = datetime(2026, 11, 20, 0, 10, tzinfo=KST), 25

    async def on_virtual_time() -> list[tuple[str, int, int]]:
        async with InProcessPractice(start=start, seed=5) as twin:
            exchange = twin.assembly.exchange
            while len(trades := exchange.trades(CODE, 1000)) < count:
                await twin.clock.sleep(10.0)
            return [(each.at.isoformat(), each.price_units, each.quantity) for each in reversed(trades)][:count]

    with (
        practice(tmp_path, "--seed", "5", "--start", start.isoformat(), "--speed", "60") as process,
        ControlClient(process) as control,
    ):
        trades = wait_for(
            lambda: len(found := control.get(f"/market/{CODE}", trades=1000)["trades"]) >= count and found[::-1]
        )
    told = [(each["at"], each["price_units"], each["quantity"]) for each in trades[:count]]
    assert told == run_virtual(on_virtual_time())
    assert len({at for at, _, _ in told}) > 5


def test_midnight_with_a_working_order_and_a_listener(tmp_path: Path) -> None:
    """The order lapses, the listener hears the new date, and nothing trades in its first minute."""
    options = ("--start", "2026-11-20T23:59:50", "--speed", "10", "--settings", "rate_limits=false")
    with (
        practice(tmp_path, *options) as process,
        ControlClient(process) as control,
        RestClient(process) as rest,
        StreamClient(process, rest) as stream,
    ):
        for tr in ("H0STCNT0", "H0STASP0"):
            stream.subscribe(tr, CODE)
        assert rest.order("buy", CODE, 1, _far_below(control)).json()["rt_cd"] == "0"
        stream.until(lambda text: any(record[33] == "20261121" for record in records_of(text, "H0STCNT0")))
        (order,) = control.get("/orders")
        assert (order["status"], order["remaining"], order["trading_date"]) == ("expired", 0, "2026-11-20")
        assert rest.order("buy", CODE, 1, _far_below(control)).json()["rt_cd"] == "0"
        assert [row["trading_date"] for row in control.get("/orders")] == ["2026-11-20", "2026-11-21"]
        assert control.get(f"/accounts/{rest.account['account']}")["cash"]["reserved"] > 0
    trades = stream.records("H0STCNT0")
    assert {record[1][:4] for record in trades if record[33] == "20261121"} == {"0001"}
    books = [record[1] for record in stream.records("H0STASP0")]
    assert any(at.startswith("0000") for at in books), "the house quotes in the first minute"


def test_market_time_never_goes_back_behind_what_was_told_before_a_kill(tmp_path: Path) -> None:
    fast = (*OPTIONS, "--speed=200")
    with practice(tmp_path, *fast) as process, ControlClient(process) as control:
        beginning = datetime.fromisoformat(control.get("/time")["now"])
        told = beginning

        def on() -> bool:
            nonlocal told
            told = datetime.fromisoformat(control.get("/time")["now"])
            return (told - beginning).total_seconds() > 100

        wait_for(on)
        process.kill()
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control:
        ahead = datetime.fromisoformat(control.get("/time")["now"]) - told
        assert 0 <= ahead.total_seconds() < 120
    (tmp_path / "moment").write_bytes(b"no moment")
    with practice(tmp_path, *OPTIONS) as process, ControlClient(process) as control:
        assert datetime.fromisoformat(control.get("/time")["now"]) > beginning
