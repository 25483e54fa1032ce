"""Tokens: whose, how long, how often; and what every bad header gets (kiwoom.md 1.5, 2, 3)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hoga.practice.wire import WireRequest
from tests.practice.kiwoom.bench import CODE, INFO, MARKET, START, Bench, Client


def test_a_token_lives_a_day_and_comes_again_while_it_does(bench: Bench, client: Client) -> None:
    first = client.fresh_token()
    assert first.body["token_type"] == "Bearer" and len(first.body["token"]) == 86
    assert first.body["expires_dt"] == f"{START + timedelta(hours=24):%Y%m%d%H%M%S}"
    bench.pass_time(3600)
    again = client.fresh_token()
    assert (again.body["token"], again.body["expires_dt"]) == (first.body["token"], first.body["expires_dt"])
    assert client.token == first.body["token"]
    assert client.ask(INFO, "ka10001", stk_cd=CODE).result == 0
    bench.pass_time(23 * 3600)
    dead = client.ask(INFO, "ka10001", stk_cd=CODE)
    assert (dead.raw.status, dead.result) == (200, 3) and "[8005:" in dead.text
    assert client.fresh_token().body["token"] != first.body["token"]


def test_a_second_token_may_kill_the_first(bench: Bench) -> None:
    bench.settings.update({"second_token_kills": True})
    client = bench.real
    old = client.token
    new = client.fresh_token().body["token"]
    assert new != old
    assert "[8005:" in client.ask(INFO, "ka10001", stk_cd=CODE).text
    client._token = new
    assert client.ask(INFO, "ka10001", stk_cd=CODE).result == 0


def test_revoking(bench: Bench, client: Client) -> None:
    wish = {**client.keys, "token": client.token}
    assert client.oauth("revoke", wish).body == {"return_code": 0, "return_msg": "정상적으로 처리되었습니다"}
    assert "[8005:" in client.ask(INFO, "ka10001", stk_cd=CODE).text
    assert "[8015:" in client.oauth("revoke", wish).text
    assert "[8016:" in client.oauth("revoke", client.keys).text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grant_type": ""}, "8011"),
        ({"grant_type": "password"}, "8012"),
        ({"appkey": ""}, "8020"),
        ({"appkey": "nobody"}, "8001"),
        ({"secretkey": "wrong"}, "8001"),
    ],
)
def test_a_token_is_not_given_to_strangers(client: Client, changes: dict[str, str], code: str) -> None:
    answer = client.fresh_token(**changes)
    assert answer.raw.status == 200 and answer.result in (2, 3) and f"[{code}:" in answer.text
    assert "token" not in answer.body


def test_keys_and_tokens_of_the_other_environment(bench: Bench) -> None:
    real, mock = bench.real, bench.mock
    assert "[8030:" in real.fresh_token(**mock.keys).text
    mock._token = real.token
    assert "[8031:" in mock.ask(INFO, "ka10001", stk_cd=CODE).text


def test_tokens_are_known_after_a_restart(tmp_path: Path) -> None:
    first = Bench(folder=tmp_path)
    token = first.real.token
    first.ledger.close()
    again = Bench(folder=tmp_path)
    again.real._token = token
    assert again.real.ask(INFO, "ka10001", stk_cd=CODE).result == 0
    again.door.keys.expire_tokens()
    assert "[8005:" in again.real.ask(INFO, "ka10001", stk_cd=CODE).text
    written = (tmp_path / "kiwoom_tokens.json").read_text()
    assert token not in written and again.real.account.appkey not in written
    again.ledger.close()


def test_an_end_in_machine_time(bench: Bench) -> None:
    bench.settings.update({"expiry_in_machine_time": True})
    assert bench.real.fresh_token().body["expires_dt"] == f"{START + timedelta(days=901):%Y%m%d%H%M%S}"


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("authorization", "", "1513"),
        ("authorization", "nonsense", "1514"),
        ("authorization", "Basic abc", "1515"),
        ("authorization", "Bearer ", "1516"),
        ("authorization", "Bearer stolen", "8005"),
        ("api-id", "", "1501"),
        ("api-id", "ka99999", "1505"),
        ("api-id", "ka10004", "1504"),
        ("Content-Type", "text/plain", "1512"),
    ],
)
def test_bad_headers(client: Client, header: str, value: str, code: str) -> None:
    answer = client.post(INFO, {**client.headers("ka10001"), header: value}, {"stk_cd": CODE})
    assert answer.raw.status == 200 and f"[{code}:" in answer.text and set(answer.body) == {"return_code", "return_msg"}


def test_bad_bodies(client: Client) -> None:
    headers = client.headers("ka10001")
    assert "[1511:" in client.post(INFO, headers, {}).text and "stk_cd" in client.post(INFO, headers, {}).text
    assert "[1517:" in client.post(INFO, headers, {"stk_cd": 5930}).text
    assert "[1517:" in client.post(INFO, headers, ["005930"]).text
    client.bench.settings.update({"strict_bodies": False})
    assert client.post(INFO, headers, {"stk_cd": None}).result == 2


def test_other_paths_and_methods(client: Client) -> None:
    door = client.bench.door
    headers = tuple(client.headers("ka10001").items())
    assert door.handle(client.environment, WireRequest("POST", "/api/us/ordr", (), headers, b"{}")).status == 404
    assert door.handle(client.environment, WireRequest("GET", INFO, (), headers, b"")).status == 405


def test_the_answer_names_its_call(client: Client) -> None:
    answer = client.ask(MARKET, "ka10004", stk_cd=CODE)
    assert answer.raw.header("API-ID") == "ka10004" and answer.raw.header("cont-yn") == "N"
    assert answer.following == ""


def test_mock_gaps(bench: Bench) -> None:
    refused = {api: bench.mock.ask("/api/dostk/acnt", api) for api in ("ka01690", "kt00005", "kt00010", "kt00017")}
    assert "[8104:" in refused["ka01690"].text and refused["ka01690"].result == 2
    assert "RC9000" in refused["kt00005"].text and refused["kt00005"].result == 20
    assert "RC7006" in refused["kt00010"].text and "RC9000" in refused["kt00017"].text
    bench.settings.update({"mock_gaps": False})
    assert bench.mock.ask("/api/dostk/acnt", "kt00005", dmst_stex_tp="KRX").result == 0


class TestLimits:
    def test_per_call_and_key(self) -> None:
        bench = Bench(limits=True)
        for client, burst in ((bench.real, 5), (bench.mock, 2)):
            for _ in range(burst):
                assert client.ask(INFO, "ka10001", stk_cd=CODE).raw.status == 200
            answer = client.ask(INFO, "ka10001", stk_cd=CODE)
            assert (answer.raw.status, answer.result) == (429, 5)
            assert "[1700:" in answer.text and "API ID=ka10001" in answer.text
            assert client.ask(MARKET, "ka10004", stk_cd=CODE).result == 0
            bench.pass_time(1)
            assert client.ask(INFO, "ka10001", stk_cd=CODE).result == 0
        assert bench.mock.ask(INFO, "ka10001", stk_cd=CODE).raw.status == 429
        assert bench.real.ask(INFO, "ka10001", stk_cd=CODE).result == 0

    def test_tokens(self) -> None:
        bench = Bench(limits=True)
        assert bench.real.fresh_token().result == 0
        assert bench.real.fresh_token().raw.status == 429
        bench.pass_time(1)
        assert bench.real.fresh_token().result == 0
