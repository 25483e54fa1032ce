"""What a call must pass before it is answered, and in which order: kis.md 1.2, 1.3, 10.3, 10.4."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from hoga.domain.tickets import Side
from hoga.practice.api import Environment
from hoga.practice.kis.catalogue import OPERATIONS
from hoga.practice.wire import WireRequest
from tests.practice.kis.bench import CODE, QUOTES, TRADING, Answer, Bench, Client

PRICE_QUERY = {"FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": CODE}


def get_with(client: Client, changes: Mapping[str, str | None], path: str = f"{QUOTES}inquire-price") -> Answer:
    headers = {**client.headers("FHKST01010100"), **{k: v for k, v in changes.items() if v is not None}}
    for name in [name for name, value in changes.items() if value is None]:
        del headers[name]
    return client.get(path, "", PRICE_QUERY, headers=headers)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"authorization": None}, 500, "EGW00122"),
        ({"authorization": ""}, 500, "EGW00122"),
        ({"authorization": "Basic abc"}, 500, "EGW00205"),
        ({"authorization": "Bearertoken"}, 500, "EGW00205"),
        ({"authorization": "Bearer abc"}, 500, "EGW00121"),
        ({"appkey": None}, 500, "EGW00102"),
        ({"appkey": "P" * 36}, 500, "EGW00103"),
        ({"appsecret": None}, 500, "EGW00104"),
        ({"appsecret": "s" * 180}, 500, "EGW00105"),
        ({"custtype": "X"}, 500, "EGW00208"),
        ({"tr_id": None}, 500, "EGW00310"),
        ({"tr_id": "NOSUCHTR"}, 500, "EGW00310"),
        ({"tr_id": "FHKST01010200"}, 200, "OPSQ0002"),
    ],
)
def test_each_missing_or_wrong_header_has_its_code(
    client: Client, changes: dict[str, str | None], status: int, code: str
) -> None:
    answer = get_with(client, changes)
    assert (answer.status, answer.code, answer.body["rt_cd"]) == (status, code, "1")
    assert answer.body["msg1"]
    assert "output" not in answer.body


def test_the_checks_come_in_the_documented_order(bench: Bench) -> None:
    bench.settings.rate_limits = True
    bench.settings.paper_per_second = 1
    client = bench.paper
    assert client.price().status == 200
    wrong: dict[str, str] = {
        "content-type": "text/plain",
        "authorization": "Bearer forged",
        "appkey": "P" * 36,
        "tr_id": "TTTC0012U",
    }
    good = client.headers(client.tr("TTTC0012U"))
    body = {**client.who, "PDNO": CODE, "ORD_DVSN": "00", "ORD_QTY": "1", "ORD_UNPR": "1"}
    seen = []
    for fixed in ("content-type", "authorization", "appkey", "tr_id", ""):
        seen.append(client.post(f"{TRADING}order-cash", "", body, headers={**good, **wrong}).code)
        wrong.pop(fixed, None)
    assert seen == ["EGW00132", "EGW00121", "EGW00103", "EGW02006", "EGW00201"]


def test_header_names_and_query_names_come_in_any_case(client: Client) -> None:
    headers = {
        "Authorization": f"Bearer {client.token}",
        "appKey": client.account.appkey,
        "appSecret": client.account.appsecret,
        "TR_ID": "FHKST01010100",
        "custType": "P",
    }
    query = {"fid_cond_mrkt_div_code": "J", "Fid_Input_Iscd": CODE}
    answer = client.get(f"{QUOTES}inquire-price", "", query, headers=headers)
    assert answer.output["stck_shrn_iscd"] == CODE


def test_a_double_slash_is_one(client: Client) -> None:
    assert client.get(f"/{QUOTES}inquire-price", "FHKST01010100", PRICE_QUERY).status == 200
    assert client.get(f"{QUOTES}/inquire-price", "FHKST01010100", PRICE_QUERY).status == 200


def test_response_headers_name_the_tr_and_a_transaction_of_32_characters(client: Client) -> None:
    one, two = client.price().raw, client.price().raw
    assert one.header("content-type") == "application/json; charset=utf-8"
    assert one.header("tr_id") == "FHKST01010100"
    assert one.header("tr_cont") == ""
    uids = {one.header("gt_uid"), two.header("gt_uid")}
    assert len(uids) == 2
    assert all(uid is not None and len(uid) == 32 for uid in uids)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_path_that_is_not_there_is_404(client: Client, method: str) -> None:
    request = WireRequest(method, f"{QUOTES}no-such-thing", (), tuple(client.headers("FHKST01010100").items()))
    answer = client.send(request)
    assert answer.status == 404
    assert answer.body == {"rt_cd": "1", "msg_cd": "", "msg1": ""}


def test_a_known_path_with_another_method_is_404(client: Client) -> None:
    headers = tuple(client.headers("FHKST01010100").items())
    assert client.send(WireRequest("POST", f"{QUOTES}inquire-price", (), headers, b"{}")).status == 404


def test_paper_lacks_what_the_broker_says_it_lacks(bench: Bench) -> None:
    for operation in OPERATIONS:
        if operation.paper:
            continue
        for tr in (operation.real[0], "V" + operation.real[0][1:]):
            headers = tuple(bench.paper.headers(tr).items())
            answer = bench.paper.send(WireRequest(operation.method, operation.path, (), headers, b"{}"))
            assert (answer.status, answer.code) == (500, "EGW02006"), tr
            assert answer.body["msg1"] == "모의투자 TR 이 아닙니다."


def test_every_operation_is_there_on_the_real_host(bench: Bench) -> None:
    gateway = {"EGW00310", "EGW02006", "OPSQ0002"}
    for operation in OPERATIONS:
        for tr in operation.real:
            request = WireRequest(operation.method, operation.path, (), tuple(bench.real.headers(tr).items()), b"{}")
            answer = bench.real.send(request)
            assert answer.status == 200, tr
            assert answer.code not in gateway, tr


def test_every_paper_id_is_there_on_the_paper_host_and_nowhere_else(bench: Bench) -> None:
    for operation in OPERATIONS:
        for tr in operation.paper:
            request = WireRequest(operation.method, operation.path, (), tuple(bench.paper.headers(tr).items()), b"{}")
            assert bench.paper.send(request).status == 200, tr
            if tr not in operation.real:
                headers = tuple(bench.real.headers(tr).items())
                on_real = bench.real.send(WireRequest(operation.method, operation.path, (), headers, b"{}"))
                assert (on_real.status, on_real.code) == (500, "EGW00310"), tr


def test_ids_are_unique() -> None:
    for environment in Environment:
        ids = [tr for o in OPERATIONS for tr in (o.real if environment is Environment.REAL else o.paper)]
        assert len(ids) == len(set(ids))


def test_the_gaps_of_paper_can_be_closed(bench: Bench) -> None:
    bench.settings.paper_gaps = False
    for tr in ("TTTC0084R", "VTTC0084R", "VTTC8036R"):
        query = {**bench.paper.who, "INQR_DVSN_1": "0", "INQR_DVSN_2": "0"}
        assert bench.paper.get(f"{TRADING}inquire-psbl-rvsecncl", tr, query).status == 200


def test_the_disputed_foreign_pending_list_follows_its_switch(bench: Bench) -> None:
    path = "/uapi/overseas-stock/v1/trading/inquire-nccs"
    assert bench.paper.get(path, "VTTS3018R", bench.paper.who).status == 200
    bench.settings.paper_foreign_pending = False
    assert bench.paper.get(path, "VTTS3018R", bench.paper.who).code == "EGW02006"
    assert bench.real.get(path, "TTTS3018R", bench.real.who).status == 200


@pytest.mark.parametrize(("environment", "limit"), [(Environment.REAL, 20), (Environment.PAPER, 2)])
def test_calls_per_second_of_market_time(environment: Environment, limit: int) -> None:
    bench = Bench(limits=True)
    client = bench.real if environment is Environment.REAL else bench.paper
    client.fresh_token()
    bench.pass_time(61)
    client.token = str(client.fresh_token().body["access_token"])
    assert [client.price().status for _ in range(limit + 1)] == [200] * limit + [500]
    refused = client.price()
    assert (refused.code, refused.body["msg1"]) == ("EGW00201", "초당 거래건수를 초과하였습니다.")
    bench.pass_time(0.999)
    assert client.price().code == "EGW00201"
    bench.pass_time(0.001)
    assert [client.price().status for _ in range(limit)] == [200] * limit


def test_the_second_slides_and_each_key_has_its_own() -> None:
    bench = Bench(limits=True)
    for _ in range(10):
        assert bench.real.price().status == 200
    bench.pass_time(0.6)
    for _ in range(10):
        assert bench.real.price().status == 200
    assert bench.real.price().code == "EGW00201"
    assert bench.paper.price().status == 200
    bench.pass_time(0.4)
    assert [bench.real.price().status for _ in range(11)] == [200] * 10 + [500]


def test_rate_limits_change_while_running() -> None:
    bench = Bench(limits=True)
    bench.settings.update({"real_per_second": 3})
    assert [bench.real.price().status for _ in range(4)] == [200, 200, 200, 500]
    bench.settings.update({"rate_limits": False})
    assert bench.real.price().status == 200


def order_body(client: Client) -> dict[str, object]:
    return {**client.who, "PDNO": CODE, "ORD_DVSN": "00", "ORD_QTY": "1", "ORD_UNPR": "200000"}


def test_lower_case_body_names_are_not_read(client: Client) -> None:
    body = {name.lower(): value for name, value in order_body(client).items()}
    answer = client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body)
    assert (answer.status, answer.code) == (200, "OPSQ2000")
    body = {**order_body(client), "pdno": CODE}
    del body["PDNO"]
    assert client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body).code == "OPSQ2001"
    client.bench.settings.strict_bodies = False
    assert client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body).body["rt_cd"] == "0"


@pytest.mark.parametrize("value", [1, 1.0, None, True, ["1"], {"a": "1"}])
def test_values_that_are_no_text_are_refused(client: Client, value: object) -> None:
    body = {**order_body(client), "ORD_QTY": value}
    answer = client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body)
    assert (answer.status, answer.code) == (200, "IGW00007")
    assert client.bench.exchange.orders(client.account.number, *[client.bench.exchange.trading_date()] * 2) == []


def test_lenient_bodies_take_numbers(client: Client) -> None:
    client.bench.settings.strict_bodies = False
    body = {**order_body(client), "ORD_QTY": 1, "ORD_UNPR": 200_000}
    assert client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body).body["rt_cd"] == "0"
    body["ORD_QTY"] = 1.5
    assert client.post(f"{TRADING}order-cash", client.tr("TTTC0012U"), body).body["rt_cd"] != "0"


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "OPSQ9995"), (b"  ", "OPSQ9995"), (b"{", "OPSQ9997"), (b"[]", "OPSQ9997"), (b'"\xff"', "OPSQ9997")],
)
def test_bodies_that_are_no_json_object(client: Client, body: bytes, code: str) -> None:
    headers = tuple(client.headers(client.tr("TTTC0012U")).items())
    answer = client.send(WireRequest("POST", f"{TRADING}order-cash", (), headers, body))
    assert (answer.status, answer.code, answer.body["rt_cd"]) == (200, code, "1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"CANO": ""}, "OPSQ2000"),
        ({"CANO": "5012345"}, "OPSQ2000"),
        ({"CANO": "5012345A"}, "OPSQ2000"),
        ({"ACNT_PRDT_CD": "1"}, "OPSQ2000"),
        ({"ACNT_PRDT_CD": "02"}, "IGW00002"),
        ({"CANO": "99999999"}, "IGW00002"),
    ],
)
def test_accounts_that_are_malformed_or_of_somebody_else(client: Client, changes: dict[str, str], code: str) -> None:
    assert client.ask("inquire-balance", "TTTC8434R", **changes).code == code
    assert client.order(Side.BUY, 1, 200_000, **changes).code == code


def test_answers_are_text_all_through(client: Client) -> None:
    client.bench.lay_book()
    client.order(Side.BUY, 3, kind="01")
    answers = [client.price(), client.ask("inquire-balance", "TTTC8434R"), client.daily()]
    for answer in answers:
        for value in _leaves(json.loads(answer.raw.body)):
            assert isinstance(value, str)


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]
