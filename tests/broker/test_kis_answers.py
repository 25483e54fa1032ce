"""The closed table of order answers, row by row, and that it is closed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.broker.kis.answers import judge
from hoga.broker.port import Accepted, NotSent, NotSentReason, Outcome, OutcomeUnknown, Refused

NOW = datetime(2026, 11, 20, 13, 15, 0, tzinfo=KST)
NUMBER = {"KRX_FWDG_ORD_ORGNO": "91253", "ODNO": "0000157444", "ORD_TMD": "131438"}


def body(rt_cd: Any = "7", code: str = "", text: str = "이유", output: Any = None) -> bytes:
    said: dict[str, Any] = {"rt_cd": rt_cd, "msg_cd": code, "msg1": text}
    if output is not None:
        said["output"] = output
    return json.dumps(said).encode()


def test_a_number_at_200_is_an_acceptance() -> None:
    outcome = judge(200, body("0", "APBK0013", "주문 전송 완료 되었습니다.   ", NUMBER), NOW)
    assert isinstance(outcome, Accepted)
    assert (outcome.number.trading_date, outcome.number.branch, outcome.number.number) == (
        date(2026, 11, 20),
        "91253",
        157444,
    )
    assert outcome.at == datetime(2026, 11, 20, 13, 14, 38, tzinfo=KST)


@pytest.mark.parametrize("code", ["APBK0013", "40600000", "40590000", "40620000", "40999999", ""])
def test_success_codes_nobody_has_seen_are_still_successes(code: str) -> None:
    assert isinstance(judge(200, body("0", code, "", NUMBER), NOW), Accepted)


def test_lower_case_and_a_list_of_one_are_read_as_well() -> None:
    output = [{"krx_fwdg_ord_orgno": "06010", "odno": "2933", "ord_tmd": "100556"}]
    outcome = judge(200, body("0", "40620000", "", output), NOW)
    assert isinstance(outcome, Accepted) and (outcome.number.branch, outcome.number.number) == ("06010", 2933)


def test_around_midnight_the_number_belongs_to_the_day_of_the_broker_s_time() -> None:
    just_after = datetime(2026, 11, 21, 0, 0, 1, tzinfo=KST)
    outcome = judge(200, body("0", "APBK0013", "", NUMBER | {"ORD_TMD": "235959"}), just_after)
    assert isinstance(outcome, Accepted) and outcome.number.trading_date == date(2026, 11, 20)
    just_before = datetime(2026, 11, 20, 23, 59, 59, 900000, tzinfo=KST)
    outcome = judge(200, body("0", "APBK0013", "", NUMBER | {"ORD_TMD": "000000"}), just_before)
    assert isinstance(outcome, Accepted) and outcome.number.trading_date == date(2026, 11, 21)


def test_around_midnight_a_number_without_a_time_is_asked_for() -> None:
    just_after = datetime(2026, 11, 21, 0, 0, 1, tzinfo=KST)
    outcome = judge(200, body("0", "APBK0013", "", NUMBER | {"ORD_TMD": ""}), just_after)
    assert isinstance(outcome, OutcomeUnknown) and outcome.why.code == "BROKER_OUTCOME_NO_DAY"


@pytest.mark.parametrize("output", [None, {}, [], {"ODNO": ""}, {"ODNO": "0"}, {"ODNO": "12a"}, {"ODNO": "-5"}, "x"])
def test_success_without_a_number_is_unknown(output: Any) -> None:
    outcome = judge(200, body("0", "APBK0013", "", output), NOW)
    assert isinstance(outcome, OutcomeUnknown) and outcome.why.code == "BROKER_OUTCOME_NO_NUMBER"


@pytest.mark.parametrize("code", ["EGW00201", "EGW00215", "EGW02004"])
@pytest.mark.parametrize("status", [200, 500])
def test_throttled_never_reached_the_order_system(code: str, status: int) -> None:
    outcome = judge(status, body("1", code), NOW)
    assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.THROTTLED and outcome.code == code


@pytest.mark.parametrize("code", ["EGW00121", "EGW00122", "EGW00123"])
@pytest.mark.parametrize("shape", ["gateway", "oauth"])
def test_a_dead_token_never_reached_the_order_system(code: str, shape: str) -> None:
    said = (
        body("1", code) if shape == "gateway" else json.dumps({"error_code": code, "error_description": "x"}).encode()
    )
    outcome = judge(403 if shape == "oauth" else 500, said, NOW)
    assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN


@pytest.mark.parametrize(
    "code",
    [
        "EGW00003",
        "EGW00103",
        "EGW00105",
        "EGW00131",
        "EGW00205",
        "EGW00206",
        "EGW00310",
        "EGW02006",
        "OPSQ0002",
        "OPSQ2000",
        "OPSQ2001",
        "OPSQ2002",
        "OPSQ9999",
        "IGW00002",
        "IGW00007",
    ],
)
def test_what_the_gateway_turned_away_is_refused(code: str) -> None:
    outcome = judge(500, body("1", code, "거절"), NOW)
    assert isinstance(outcome, Refused) and (outcome.code, outcome.text) == (code, "거절")


@pytest.mark.parametrize("rt_cd", ["1", "7"])
@pytest.mark.parametrize("code", ["APBK0952", "APBK0919", "APBK7777", "APAC0081", "40240000", "40310000", "40570000"])
def test_business_refusals_keep_the_broker_s_words(rt_cd: str, code: str) -> None:
    outcome = judge(200, body(rt_cd, code, "주문가능금액을 초과 했습니다     "), NOW)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.text) == (code, "주문가능금액을 초과 했습니다")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, body("1", "EGW00301")),
        (500, body("1", "EGW00302")),
        (200, body("1", "EGW00301")),
        (500, body("1", "EGW00001")),
        (500, body("1", "EGW00002")),
        (500, body("1", "EGW00202")),
        (500, body("1", "EGW00203")),
        (500, body("1", "EGW00204")),
        (500, body("1", "EGW00300")),
        (200, body("1", "OPSQ0001")),
        (200, body("1", "OPSQ0005")),
        (200, body("1", "OPSQ0010")),
        (200, body("1", "OPSQ1002")),
        (200, body("1", "OPSQ3001")),
        (200, body("1", "90020000")),
        (200, body("1", "")),
        (500, body("1", "", "")),
        (500, b""),
        (404, b""),
        (200, b""),
        (502, b"<html>Bad Gateway</html>"),
        (200, b"null"),
        (200, b"[1]"),
        (200, b'{"rt_cd":"0"'),
        (200, b"\xff\xfe"),
        (200, b"{}"),
        (500, body("0", "APBK0013", "", NUMBER)),  # a valid order may lie behind a 500
        (200, body("7", "APBK0952", "", NUMBER)),  # a refusal that carries a number
        (200, body("1", "APBK0013", "주문 전송 완료", None)),  # a failure that speaks of success
        (200, body("1", "40600000", "완료", None)),
        (500, body("7", "APBK0952", "초과")),  # business codes come with 200
        (200, body("9", "APBK0952", "초과")),
        (200, body("7", "APBK0952", "")),
        (200, body("7", "ZZZZ0001", "무엇?")),
        (403, json.dumps({"error_code": "EGW00133", "error_description": "x"}).encode()),
        (200, json.dumps({"error_code": "APBK0952"}).encode()),
    ],
)
def test_everything_else_is_unknown(status: int, said: bytes) -> None:
    assert isinstance(judge(status, said, NOW), OutcomeUnknown)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["0", "1", "7", "APBK0013"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["rt_cd", "msg_cd", "msg1", "output", "ODNO", "ORD_TMD", "error_code"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([200, 201, 204, 302, 400, 403, 404, 500, 503]), _json)
def test_there_is_always_an_outcome(status: int, said: Any) -> None:
    outcome: Outcome = judge(status, json.dumps(said).encode(), NOW)
    if isinstance(outcome, Accepted):
        assert status == 200 and str(said["rt_cd"]).strip() == "0" and outcome.number.number > 0


@given(st.integers(100, 599), st.binary(max_size=60))
def test_bytes_are_never_accepted_by_chance(status: int, said: bytes) -> None:
    assert not isinstance(judge(status, said, NOW), (Accepted, Refused))


@given(st.sampled_from(["1", "7"]), st.from_regex(r"[A-Z]{3,5}\d{4,5}", fullmatch=True), st.integers(400, 599))
def test_only_listed_codes_are_ever_sent_again(rt_cd: str, code: str, status: int) -> None:
    outcome = judge(status, body(rt_cd, code, "x"), NOW)
    if isinstance(outcome, NotSent):
        assert code in {"EGW00201", "EGW00215", "EGW02004", "EGW00121", "EGW00122", "EGW00123"}


def test_a_time_that_cannot_be_read_leaves_the_number_valid() -> None:
    outcome = judge(200, body("0", "APBK0013", "", NUMBER | {"ORD_TMD": "99"}), NOW)
    assert isinstance(outcome, Accepted) and outcome.at is None and outcome.number.trading_date == NOW.date()
    assert isinstance(judge(200, body("0", "x", "", NUMBER), NOW + timedelta(days=1)), Accepted)
