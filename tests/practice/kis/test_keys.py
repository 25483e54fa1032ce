"""Tokens, revocation, stream keys and hashes: kis.md 2, checklist 1 and 2."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from hoga.base.clock import KST
from hoga.practice.api import Environment
from hoga.practice.wire import WireRequest
from tests.practice.kis.bench import START, Bench, Client


def test_a_token_lives_24_hours_and_says_so_in_korean_time(client: Client) -> None:
    answer = client.fresh_token()
    assert answer.status == 200
    assert answer.body["token_type"] == "Bearer"
    assert answer.body["expires_in"] == 86_400
    assert answer.body["access_token_token_expired"] == "2026-11-21 10:00:00"
    assert 100 < len(answer.body["access_token"]) <= 350


def test_the_same_token_within_six_hours_and_a_new_one_after(bench: Bench) -> None:
    first = bench.real.fresh_token().body
    bench.pass_time(6 * 3600 - 1)
    again = bench.real.fresh_token().body
    assert again["access_token"] == first["access_token"]
    assert again["access_token_token_expired"] == first["access_token_token_expired"]
    assert again["expires_in"] == 86_400 - (6 * 3600 - 1)
    bench.pass_time(1)
    assert bench.real.fresh_token().body["access_token"] != first["access_token"]


def test_an_old_token_still_works_after_a_new_one_and_ends_after_24_hours(bench: Bench) -> None:
    assert bench.real.price().status == 200
    bench.pass_time(7 * 3600)
    bench.real.fresh_token()
    assert bench.real.price().status == 200
    bench.pass_time(17 * 3600)
    ended = bench.real.price()
    assert (ended.status, ended.code) == (500, "EGW00123")
    assert ended.body["msg1"] == "기간이 만료된 token 입니다."


def test_one_token_a_minute_when_the_rule_is_on(bench: Bench) -> None:
    bench.settings.token_minute_rule = True
    assert bench.real.fresh_token().status == 200
    bench.pass_time(59)
    refused = bench.real.fresh_token()
    assert refused.status == 403
    assert refused.body == {
        "error_description": "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)",
        "error_code": "EGW00133",
    }
    assert bench.paper.fresh_token().status == 200
    bench.pass_time(1)
    assert bench.real.fresh_token().status == 200


def test_expiry_by_the_machines_clock_for_clients_that_compare_it(bench: Bench) -> None:
    bench.settings.expiry_in_machine_time = True
    text = bench.real.fresh_token().body["access_token_token_expired"]
    assert datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=KST).date().year == START.year + 3
    bench.pass_time(24 * 3600)
    assert bench.real.fresh_token().body["expires_in"] == 86_400


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grant_type": ""}, "EGW00115"),
        ({"grant_type": "password"}, "EGW00116"),
        ({"appkey": ""}, "EGW00102"),
        ({"appkey": "P" * 36}, "EGW00103"),
        ({"appsecret": ""}, "EGW00104"),
        ({"appsecret": "s" * 180}, "EGW00105"),
    ],
)
def test_wrong_keys_get_no_token(client: Client, change: dict[str, str], code: str) -> None:
    answer = client.oauth("/oauth2/tokenP", {"grant_type": "client_credentials", **client.keys, **change})
    assert answer.status == 403
    assert answer.body["error_code"] == code
    assert answer.body["error_description"]


@pytest.mark.parametrize("path", ["/oauth2/tokenP", "/oauth2/Approval", "/oauth2/revokeP"])
def test_a_body_that_is_no_json_is_refused_not_a_crash(client: Client, path: str) -> None:
    for body in (b"", b"{", b'["appkey"]', b'{"appkey":"\xff"}'):
        answer = client.send(WireRequest("POST", path, (), (), body))
        assert answer.status == 403
        assert answer.body["error_code"] in ("EGW00102", "EGW00115")


def test_keys_of_the_other_environment_are_refused(bench: Bench) -> None:
    body = {"grant_type": "client_credentials", **bench.paper.keys}
    assert bench.real.oauth("/oauth2/tokenP", body).body["error_code"] == "EGW00103"
    body = {"grant_type": "client_credentials", **bench.real.keys}
    assert bench.paper.oauth("/oauth2/tokenP", body).body["error_code"] == "EGW00103"


def test_a_revoked_token_is_dead_and_a_new_one_comes_at_once(client: Client) -> None:
    client.bench.settings.token_minute_rule = True
    token = client.token
    answer = client.oauth("/oauth2/revokeP", {**client.keys, "token": token})
    assert (answer.status, answer.body) == (200, {"code": 200, "message": "접근토큰 폐기에 성공하였습니다"})
    refused = client.price()
    assert (refused.status, refused.code) == (500, "EGW00121")
    again = client.oauth("/oauth2/revokeP", {**client.keys, "token": token})
    assert (again.status, again.body["error_code"]) == (403, "EGW00121")
    fresh = client.fresh_token()
    assert fresh.status == 200
    assert fresh.body["access_token"] != token


def test_python_kis_gives_its_real_token_back_to_the_paper_host(bench: Bench) -> None:
    token = bench.real.token
    assert bench.paper.oauth("/oauth2/revokeP", {**bench.paper.keys, "token": token}).status == 200
    assert bench.real.price().code == "EGW00121"


def test_forged_tokens_and_tokens_of_other_keys_are_invalid(bench: Bench) -> None:
    own = bench.real.token
    other = next(a for a in bench.exchange.accounts() if a.environment is Environment.REAL and a != bench.real.account)
    head, payload, signature = own.split(".")
    forged = ["x", "a.b.c", f"{head}.{payload}.{signature[::-1]}", f"{head}.{payload[:-2]}AA.{signature}", "é"]
    for token in forged:
        bench.real.token = token
        assert bench.real.price().code == "EGW00121", token
    bench.real.token = own
    headers = {**bench.real.headers("FHKST01010100"), "appkey": other.appkey, "appsecret": other.appsecret}
    query = {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": "005930"}
    path = "/uapi/domestic-stock/v1/quotations/inquire-price"
    assert bench.real.get(path, "", query, headers=headers).code == "EGW00121"


def test_expiring_all_tokens_is_a_fault_that_a_new_token_ends(bench: Bench) -> None:
    bench.settings.token_minute_rule = True
    assert bench.real.price().status == 200
    bench.door.keys.expire_tokens()
    assert bench.real.price().code == "EGW00123"
    bench.real.token = str(bench.real.fresh_token().body["access_token"])
    assert bench.real.price().status == 200


def test_tokens_are_known_again_after_a_restart(tmp_path: Path) -> None:
    before = Bench(folder=tmp_path)
    real, paper = before.real.token, before.paper.token
    before.paper.oauth("/oauth2/revokeP", {**before.paper.keys, "token": paper})
    assert real.encode() not in (tmp_path / "tokens.json").read_bytes()
    before.ledger.close()
    after = Bench(folder=tmp_path)
    assert after.exchange.ledger_id == before.exchange.ledger_id
    after.real.token, after.paper.token = real, paper
    assert after.real.price().status == 200
    assert after.paper.price().code == "EGW00121"
    assert after.real.fresh_token().body["access_token"] == real


@pytest.mark.parametrize("left", [None, b"", b"not json", b'[{"key": 1}]'])
def test_a_forgotten_token_counts_as_expired_not_as_forged(tmp_path: Path, left: bytes | None) -> None:
    file = tmp_path / "tokens.json"
    before = Bench(folder=tmp_path)
    token = before.real.token
    before.ledger.close()
    file.unlink() if left is None else file.write_bytes(left)
    after = Bench(folder=tmp_path)
    after.real.token = token
    assert after.real.price().code == "EGW00123"


def test_approval_keys_are_many_and_all_alive(bench: Bench) -> None:
    body = {
        "grant_type": "client_credentials",
        "appkey": bench.real.account.appkey,
        "secretkey": bench.real.account.appsecret,
    }
    keys = [bench.real.oauth("/oauth2/Approval", body).body["approval_key"] for _ in range(50)]
    assert len(set(keys)) == 50
    for key in keys:
        assert str(UUID(key)) == key
        assert bench.door.keys.account_for_approval(key, Environment.REAL) == bench.real.account
        assert bench.door.keys.account_for_approval(key, Environment.PAPER) is None
    bench.pass_time(24 * 3600)
    assert bench.door.keys.account_for_approval(keys[0], Environment.REAL) is None


def test_approval_wants_the_secret_under_its_own_name(client: Client) -> None:
    answer = client.oauth("/oauth2/Approval", {"grant_type": "client_credentials", **client.keys})
    assert (answer.status, answer.body["error_code"]) == (403, "EGW00104")


def test_the_paper_host_gives_a_stream_key_for_a_real_app_key(bench: Bench) -> None:
    body = {
        "grant_type": "client_credentials",
        "appkey": bench.real.account.appkey,
        "secretkey": bench.real.account.appsecret,
    }
    key = bench.paper.oauth("/oauth2/Approval", body).body["approval_key"]
    assert bench.door.keys.account_for_approval(key, Environment.REAL) == bench.real.account
    assert bench.door.keys.account_for_approval(key, Environment.PAPER) is None
    body = {
        "grant_type": "client_credentials",
        "appkey": bench.paper.account.appkey,
        "secretkey": bench.paper.account.appsecret,
    }
    assert bench.real.oauth("/oauth2/Approval", body).body["error_code"] == "EGW00103"


def test_made_up_approval_keys_belong_to_nobody(bench: Bench) -> None:
    for key in ("", "x", "00000000-0000-0000-0000-000000000000", "zzzzzzzz-0000-0000-0000-000000000000"):
        assert bench.door.keys.account_for_approval(key, Environment.REAL) is None


def test_hashkey_answers_the_body_and_a_hash(client: Client) -> None:
    answer = client.oauth("/uapi/hashkey", {"ORD_QTY": "1"})
    assert answer.status == 200
    assert answer.body["BODY"] == {"ORD_QTY": "1"}
    assert len(answer.body["HASH"]) == 64
    assert client.oauth("/uapi/hashkey", {"ORD_QTY": "2"}).body["HASH"] != answer.body["HASH"]


def test_other_paths_below_oauth_do_not_exist(client: Client) -> None:
    assert client.oauth("/oauth2/nothing", {}).status == 404
