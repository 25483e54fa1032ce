"""The door against requests that nobody's client would send: every one gets an answer that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from hoga.practice.api import Environment
from hoga.practice.kis.catalogue import OPERATIONS
from hoga.practice.kis.hosted import HostedKis
from hoga.practice.kis.operation import Operation, on_paper
from hoga.practice.wire import WireRequest
from tests.practice.kis.bench import CODE, START, Bench, Client

NASTY = (
    "", " ", "0", "-1", "+1", "1e9", "NaN", "9" * 18, "9" * 19, "9" * 5_000, "٣", "²", "１２", "0x10", "1.5", "\x00",
    "\n", "A" * 2_000, "가" * 300, "null", "[]", "{}", "' OR 1=1 --", "../../etc/passwd", "00000101",
    "99991231", "20261399", "235959", "246060", "J", "N", "%s%n", "\u202e", "😀",
)  # fmt: skip
VALUES = (None, True, 0, -1, 10**30, 1.5, [], {}, ["1"], {"a": {"b": []}}, "1")
BODIES = (
    b"", b" ", b"null", b"[]", b"{}", b"{", b"\xff\xfe", b'{"a":1,"a":2}', b"[" * 100_000, b'{"a":' * 50_000,
    b'"\\ud800"', b"9" * 5_000, b"\x00" * 10, b"<xml/>", b"CANO=12345678",
)  # fmt: skip
FIELDS = (
    "FID_COND_MRKT_DIV_CODE", "FID_INPUT_ISCD", "FID_INPUT_DATE_1", "FID_INPUT_DATE_2", "FID_INPUT_HOUR_1",
    "FID_PERIOD_DIV_CODE", "FID_ORG_ADJ_PRC", "FID_PW_DATA_INCU_YN", "FID_ETC_CLS_CODE", "CANO", "ACNT_PRDT_CD", "PDNO",
    "ORD_DVSN", "ORD_QTY", "ORD_UNPR", "KRX_FWDG_ORD_ORGNO", "ORGN_ODNO", "RVSE_CNCL_DVSN_CD", "QTY_ALL_ORD_YN",
    "CTX_AREA_FK100", "CTX_AREA_NK100", "INQR_STRT_DT", "INQR_END_DT", "BASS_DT", "EXCG_ID_DVSN_CD", "PRDT_TYPE_CD",
)  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> Bench:
    made = Bench()
    made.lay_book()
    return made


def usual(client: Client) -> dict[str, str]:
    """Arguments that make sense somewhere, so that one bad one is met where it is looked at."""
    today = f"{START:%Y%m%d}"
    return {
        **dict.fromkeys(FIELDS, ""),
        **client.who,
        "FID_COND_MRKT_DIV_CODE": "J", "FID_INPUT_ISCD": CODE, "FID_INPUT_DATE_1": today, "FID_INPUT_DATE_2": today,
        "FID_INPUT_HOUR_1": "100000", "FID_PERIOD_DIV_CODE": "D", "FID_ORG_ADJ_PRC": "0", "PDNO": CODE,
        "ORD_DVSN": "00", "ORD_QTY": "1", "ORD_UNPR": "100000", "RVSE_CNCL_DVSN_CD": "02", "QTY_ALL_ORD_YN": "Y",
        "INQR_STRT_DT": today, "INQR_END_DT": today, "BASS_DT": today, "PRDT_TYPE_CD": "300",
    }  # fmt: skip


def ids(operation: Operation, environment: Environment) -> tuple[str, ...]:
    if environment is Environment.REAL:
        return operation.real
    return operation.paper or on_paper(*operation.real)


def hostile(client: Client, operation: Operation) -> Iterator[WireRequest]:
    chance = Random(operation.path)
    tr = ids(operation, client.environment)[0]
    fields = usual(client)
    headers = tuple(client.headers(tr).items())
    if operation.method == "GET":
        for name, nasty in product(FIELDS, NASTY):
            if chance.random() < 0.15:
                yield WireRequest("GET", operation.path, tuple({**fields, name: nasty}.items()), headers)
        yield WireRequest("GET", operation.path, (("FID_INPUT_ISCD", CODE),) * 500, headers)
        return
    for name, nasty in product(FIELDS, (*NASTY, *VALUES)):
        if chance.random() < 0.3:
            yield WireRequest(
                "POST",
                operation.path,
                (),
                headers,
                json.dumps({**fields, name: nasty}).encode("utf-8", "surrogatepass"),
            )
    for body in BODIES:
        yield WireRequest("POST", operation.path, (), headers, body)


@pytest.mark.parametrize("environment", list(Environment))
def test_every_operation_answers_whatever_it_is_asked(bench: Bench, environment: Environment) -> None:
    client = bench.real if environment is Environment.REAL else bench.paper
    hosted = HostedKis(bench.door)
    asked = 0
    for operation in OPERATIONS:
        for request in hostile(client, operation):
            hosted.classify(request)
            described = hosted.describe(request)
            assert json.dumps(described.fields).isprintable()
            answer = hosted.handle(environment, request)
            body = json.loads(answer.body)
            assert body["rt_cd"] in ("0", "1", "2", "7")
            assert answer.status in (200, 500)
            hosted.outcome(answer)
            asked += 1
    assert asked > 3_000


@pytest.mark.parametrize("path", ["/oauth2/tokenP", "/oauth2/revokeP", "/oauth2/Approval", "/uapi/hashkey"])
def test_keys_are_not_given_for_noise(bench: Bench, path: str) -> None:
    for body in BODIES:
        answer = bench.door.handle(Environment.REAL, WireRequest("POST", path, (), (), body))
        assert answer.status in (200, 403)
        assert isinstance(json.loads(answer.body), dict)
        assert b'access_token":' not in answer.body
        assert b"approval_key" not in answer.body


@pytest.mark.parametrize("header", ["authorization", "appkey", "appsecret", "tr_id", "tr_cont", "custtype"])
def test_odd_headers_are_refused_in_words(bench: Bench, header: str) -> None:
    client = bench.real
    query = (("FID_COND_MRKT_DIV_CODE", "J"), ("FID_INPUT_ISCD", CODE))
    path = "/uapi/domestic-stock/v1/quotations/inquire-price"
    for nasty in NASTY:
        headers = {**client.headers("FHKST01010100"), header: nasty}
        answer = bench.door.handle(Environment.REAL, WireRequest("GET", path, query, tuple(headers.items())))
        assert json.loads(answer.body)["rt_cd"] in ("01" if header in ("tr_cont", "custtype") else "1"), nasty


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", ""])
def test_paths_that_lead_nowhere(bench: Bench, method: str) -> None:
    for path in ("", "/", "//", "/uapi", "/common/master/../../x", "/uapi/" + "a" * 5_000, "*", "가"):
        assert bench.door.handle(Environment.REAL, WireRequest(method, path)).status == 404
