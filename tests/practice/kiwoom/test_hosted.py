"""What the record keeps of a request, what faults do to answers, and that nothing a client sends can raise."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.domain.tickets import Side
from hoga.practice.kiwoom.catalogue import OPERATIONS
from hoga.practice.kiwoom.hosted import HostedKiwoom
from hoga.practice.wire import Operation, WireRequest
from tests.practice.kiwoom.bench import CODE, INFO, JSON_TYPE, ORDER, Bench

BENCH = Bench()
BENCH.lay_book()


def request(api: str, path: str = ORDER, body: object = None, token: str = "") -> WireRequest:
    headers = (("api-id", api), ("content-type", JSON_TYPE), ("authorization", f"Bearer {token}"))
    return WireRequest("POST", path, (), headers, json.dumps(body or {}).encode())


def test_requests_are_told_apart_by_their_id(bench: Bench) -> None:
    hosted = HostedKiwoom(bench.door)
    kinds = {
        api: hosted.classify(request(api)) for api in ("kt10000", "kt10001", "kt10002", "kt10003", "ka10001", "zz")
    }
    assert list(kinds.values()) == [
        Operation.NEW, Operation.NEW, Operation.MODIFY, Operation.CANCEL, Operation.READ, Operation.UNKNOWN,
    ]  # fmt: skip
    assert hosted.classify(request("", "/oauth2/token")) is Operation.TOKEN
    assert hosted.classify(request("", "/oauth2/revoke")) is Operation.REVOKE


def test_the_record_names_the_account_and_no_secret(bench: Bench) -> None:
    hosted, client = HostedKiwoom(bench.door), bench.mock
    asked = hosted.describe(request("au10001", "/oauth2/token", client.keys))
    assert asked.account == client.account.number and asked.fields["secretkey"] == "***"
    order = hosted.describe(request("kt10000", body={"stk_cd": CODE}, token=client.token))
    assert (order.subject, order.account, order.fields) == ("kt10000", client.account.number, {"stk_cd": CODE})
    assert hosted.describe(request("kt10000", token="nobody's")).account == ""
    middle = bench.lay_book()
    placed = client.order(Side.BUY, 1, middle - 500)
    assert hosted.outcome(placed.raw) == ("0", placed.body["ord_no"])


def test_spoiled_answers(bench: Bench) -> None:
    hosted, client = HostedKiwoom(bench.door), bench.real
    middle = bench.lay_book()
    placed = client.order(Side.BUY, 1, middle - 500).raw
    assert json.loads(hosted.without_number(placed).body)["ord_no"] == ""
    rows = json.loads(hosted.with_blank_row(client.pending().raw).body)["oso"]
    assert len(rows) == 2 and set(rows[1].values()) == {""}
    repeated = hosted.with_cursor_repeated(request("ka10075"), client.pending().raw)
    assert (repeated.header("cont-yn"), repeated.header("next-key")) == ("Y", "1")
    throttled = hosted.refusal(Operation.NEW, "")
    assert throttled.status == 429 and json.loads(throttled.body)["return_code"] == 5
    assert "[8005:" in json.loads(hosted.refusal(Operation.READ, "8005").body)["return_msg"]
    assert "[2000](RC4058:" in json.loads(hosted.refusal(Operation.NEW, "RC4058").body)["return_msg"]
    assert (
        hosted.refusal(Operation.NEW, "HTTP 503").status == 503 and not hosted.refusal(Operation.NEW, "HTTP 503").body
    )
    assert hosted.refusal(Operation.READ, "HTML").body.startswith(b"<html>")
    assert "[1999:" in json.loads(hosted.timed_out("").body)["return_msg"]
    hosted.expire_tokens()
    assert "[8005:" in client.ask(INFO, "ka10001", stk_cd=CODE).text


values = st.one_of(
    st.text(max_size=20), st.integers(), st.none(), st.sampled_from(["0", "1", "2", CODE, "KRX", "20261120"])
)


@settings(deadline=None, max_examples=100)
@given(
    api=st.sampled_from(sorted(OPERATIONS)),
    extra=st.dictionaries(
        st.sampled_from(["stk_cd", "ord_qty", "ord_uv", "trde_tp", "qry_tp", "base_dt", "dmst_stex_tp", "tic_scope",
                         "mrkt_tp", "stex_tp", "sell_tp", "strt_dt", "end_dt", "orig_ord_no", "cncl_qty", "uv"]),
        values,
    ),
    cursor=st.text(max_size=60),
)  # fmt: skip
def test_any_body_gets_an_answer(api: str, extra: dict[str, object], cursor: str) -> None:
    client = BENCH.real
    headers = {**client.headers(api), "cont-yn": "Y", "next-key": cursor}
    answer = client.post(OPERATIONS[api].path, headers, extra)
    assert answer.raw.status == 200 and isinstance(answer.body["return_code"], int) and answer.body["return_msg"]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(body: bytes) -> None:
    client = BENCH.mock
    sent = tuple(client.headers("kt10000").items())
    for path in (ORDER, "/oauth2/token"):
        raw = BENCH.door.handle(client.environment, WireRequest("POST", path, (), sent, body))
        assert json.loads(raw.body)["return_code"] != 0
