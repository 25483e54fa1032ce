"""The closed table of what an answer to a Kiwoom order means, and that nothing but the table decides."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.broker.kiwoom.answers import judge, verdict
from hoga.broker.port import Accepted, NotSent, NotSentReason, OutcomeUnknown, Refused
from tests.broker.helpers import START

THROTTLED, TOKEN = NotSentReason.THROTTLED, NotSentReason.TOKEN


def said(code: int | str, text: str, **more: Any) -> bytes:
    return json.dumps({"return_code": code, "return_msg": text, **more}).encode()


DONE = {"ord_no": "0000139", "dmst_stex_tp": "KRX"}


@pytest.mark.parametrize("code", [0, "0", "0000"])
def test_only_success_with_a_number_is_accepted(code: int | str) -> None:
    outcome = judge(200, said(code, "모의투자 매수주문완료", **DONE), START)
    assert isinstance(outcome, Accepted) and outcome.number.number == 139
    assert outcome.number.trading_date == START.date() and outcome.at is None
    for spoiled in ({"ord_no": ""}, {"ord_no": "0000000"}, {"ord_no": "abc"}, {}):
        assert isinstance(judge(200, said(code, "완료", **spoiled), START), OutcomeUnknown)
    assert isinstance(judge(500, said(code, "완료", **DONE), START), OutcomeUnknown)


@pytest.mark.parametrize("seconds", [-5, 0, 5])
def test_around_midnight_a_number_without_a_date_is_asked_for(seconds: int) -> None:
    now = datetime(2026, 11, 24, tzinfo=KST) + timedelta(seconds=seconds)
    outcome = judge(200, said(0, "매수주문완료", **DONE), now)
    assert isinstance(outcome, OutcomeUnknown) and outcome.why.code == "BROKER_OUTCOME_NO_DAY"
    assert isinstance(judge(200, said(0, "매수주문완료", **DONE), now + timedelta(seconds=20)), Accepted)


@pytest.mark.parametrize(
    ("status", "code", "text", "reason"),
    [
        (
            429,
            5,
            "허용된 요청 개수 초과[1700:허용된 요청 개수를 초과하였습니다. API ID=kt10000]",
            THROTTLED,
        ),
        (429, 5, "허용된 요청 개수를 초과하였습니다[1701:전체]", THROTTLED),
        (200, 5, "[1702:그룹]", THROTTLED),
        (200, 1, "[1687:재귀 호출이 발생하여 API 호출을 제한합니다]", THROTTLED),
        (200, 3, "인증에 실패했습니다[8005:Token이 유효하지 않습니다]", TOKEN),
        (200, 3, "[8103:토큰 인증 또는 단말기인증에 실패했습니다]", TOKEN),
        (401, 3, "[8003:조회 실패]", TOKEN),
    ],
)
def test_what_was_turned_away_at_the_gate_was_never_sent(
    status: int, code: int, text: str, reason: NotSentReason
) -> None:
    outcome = judge(status, said(code, text), START)
    assert isinstance(outcome, NotSent) and outcome.reason is reason and outcome.text == text
    # A number beside a refusal speaks against it.
    assert isinstance(judge(status, said(code, text, **DONE), START), OutcomeUnknown)


@pytest.mark.parametrize(
    ("code", "text", "detail"),
    [
        (2, "입력 값 오류입니다[1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=stex_tp]", "1511"),
        (2, "입력 값 오류입니다[1517:입력 값 형식이 올바르지 않습니다]", "1517"),
        (7, "[1903:입력한 거래소의 종목 정보가 없습니다]", "1903"),
        (2, "[8030:투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다]", "8030"),
        (2, "[8104:모의투자에서 지원하지 않는 API입니다]", "8104"),
        (20, "[2000](RC4003:모의투자 호가단위 오류입니다.)", "RC4003"),
        (20, "[2000](855056:매수증거금이 부족합니다. 2주 매수가능)", "855056"),
        ("20", "[2000](800033:매도가능수량 부족)", "800033"),
        (2000, "[2000](506550:정정/취소할 수량이 없습니다)", "506550"),
        (20, "[2000](999999:아무도 모르는 이유)", "999999"),
    ],
)
def test_a_refusal_keeps_the_brokers_words(code: int | str, text: str, detail: str) -> None:
    outcome = judge(200, said(code, text), START)
    assert isinstance(outcome, Refused) and (outcome.code, outcome.text) == (detail, text)
    assert isinstance(judge(200, said(code, text, **DONE), START), OutcomeUnknown)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>Request Blocked</html>"),
        (200, b""),
        (200, b"[]"),
        (200, b"{}"),
        (404, b"not found"),
        (500, said(1, "[1999:예기치 못한 에러가 발생했습니다]")),
        (200, said(1, "[1999:예기치 못한 에러가 발생했습니다]")),
        (200, said(20, "[2000](RC7006:조회 실패)")),
        (200, said(20, "[2000](571758:조회할 자료가 없습니다)")),
        (200, said(20, "이유 없음")),
        (200, said(20, "[2000](855056:)")),
        (500, said(20, "[2000](855056:매수증거금이 부족합니다)")),
        (429, b"Too Many Requests"),
        (200, said("", "[2000](855056:매수증거금)")),
        (200, said(0, "[2000](855056:매수증거금)")),
        (200, said(99, "[8006:Access Token 생성 실패]")),
    ],
)
def test_anything_else_leaves_it_open(status: int, body: bytes) -> None:
    assert isinstance(judge(status, body, START), OutcomeUnknown)


_VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.lists(st.text(), max_size=2)
_BODIES = st.dictionaries(
    st.sampled_from(["return_code", "return_msg", "returnCode", "ord_no", "x"]),
    _VALUES | st.just("[2000](RC4003:단위)"),
)


@given(st.integers(100, 599), st.binary(max_size=200) | _BODIES.map(lambda found: json.dumps(found).encode()))
def test_whatever_comes_there_is_an_outcome_and_success_needs_its_proof(status: int, body: bytes) -> None:
    outcome = judge(status, body, START)
    if isinstance(outcome, Accepted):
        found = json.loads(body)
        assert status == 200 and int(found["ord_no"]) == outcome.number.number > 0


def test_both_spellings_of_the_envelope_are_read() -> None:
    found = verdict({"returncode": 0, "returnmsg": " 정상적으로 처리되었습니다"})
    assert (found.result, found.text) == (0, "정상적으로 처리되었습니다")
