"""Calls of the Kiwoom adapter to a broker that answers by a script: pages, retries, tokens, and orders sent once."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.port import (
    Accepted,
    BadReply,
    NotSent,
    NotSentReason,
    NotSupported,
    OutcomeUnknown,
    ReadRefused,
    Throttled,
    Unreachable,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.tickets import OrderType, TimeInForce
from hoga.domain.values import Price
from tests.broker.scripted import BUY, TODAY, Script, answer, fail, play

REAL, MOCK = WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK
TOO_MANY = {"return_code": 5, "return_msg": "허용된 요청 개수를 초과하였습니다[1700:초과. API ID=ka10004]"}
DEAD = {"return_code": 3, "return_msg": "인증에 실패했습니다[8005:Token이 유효하지 않습니다]"}


def ok(**fields: Any) -> dict[str, Any]:
    return {**fields, "return_code": 0, "return_msg": " 조회가 완료되었습니다."}


def row(number: int, **changes: str) -> dict[str, str]:
    return {
        "ord_no": f"{number:07d}",
        "stk_cd": "A005930",
        "trde_tp": "보통",
        "ord_qty": "0000000010",
        "ord_uv": "0000070000",
        "cnfm_qty": "0000000000",
        "acpt_tp": "접수",
        "ord_tm": "09:30:00",
        "ori_ord": "0000000",
        "io_tp_nm": "현금매수",
        "cntr_qty": "0000000004",
        "cntr_uv": "0000070000",
        "ord_remnq": "0000000006",
        "comm_ord_tp": "REST API",
        "mdfy_cncl": "",
        "dmst_stex_tp": "KRX",
    } | changes


def listed(*numbers: int) -> dict[str, Any]:
    return ok(acnt_ord_cntr_prps_dtl=[row(number) for number in numbers])


def headers(script: Script) -> list[tuple[str, str]]:
    return [(request.headers["cont-yn"], request.headers["next-key"]) for request in script.requests]


def test_every_page_is_read_by_its_key() -> None:
    more = {"cont-yn": "Y", "next-key": "K1"}

    async def story(broker: KiwoomBroker, script: Script) -> None:
        found = await broker.orders(TODAY)
        assert [each.number.number for each in found.rows] == [1, 2, 3]
        assert headers(script) == [("N", ""), ("Y", "K1")]

    play([answer(listed(1, 2), **more), answer(listed(3))], story, REAL)


@pytest.mark.parametrize("second", [listed(1, 2), listed(3)])
def test_a_broker_that_repeats_itself_makes_no_list(second: dict[str, Any]) -> None:
    more = {"cont-yn": "Y", "next-key": "K1"}

    async def story(broker: KiwoomBroker, script: Script) -> None:
        with pytest.raises(BadReply) as caught:
            await broker.orders(TODAY)
        assert caught.value.message.code == "BROKER_REPEATED_PAGE"

    play([answer(listed(1, 2), **more), answer(second, **more)], story, REAL)


def test_no_rows_may_be_said_in_three_ways() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        for _ in range(3):
            assert (await broker.orders(TODAY)).rows == ()

    blank = ok(acnt_ord_cntr_prps_dtl=[dict.fromkeys(row(1), "")])
    said = {"return_code": 20, "return_msg": "[2000](571758:조회할 자료가 없습니다)"}
    play([answer(listed()), answer(blank), answer(said)], story, REAL)


@pytest.mark.parametrize("field", ["ord_no", "ord_qty", "cntr_qty", "ord_remnq", "stk_cd", "io_tp_nm", "ord_tm"])
@pytest.mark.parametrize("value", [None, "", "abc"], ids=str)
def test_an_order_row_without_what_decides_is_no_list(field: str, value: str | None) -> None:
    spoiled = row(2, **({} if value is None else {field: value}))
    if value is None:
        del spoiled[field]

    async def story(broker: KiwoomBroker, script: Script) -> None:
        if (field, value) == ("stk_cd", "abc"):
            return  # a code is whatever the broker calls it
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play([answer(ok(acnt_ord_cntr_prps_dtl=[row(1), spoiled]))], story, REAL)


def test_a_dead_token_is_renewed_once_and_the_read_repeated() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        await broker.orders(TODAY)
        assert [request.headers["authorization"] for request in script.requests] == ["Bearer token-1", "Bearer token-2"]

    play([answer(DEAD), answer(listed(1))], story, REAL)


def test_too_many_is_asked_again_and_slows_that_call_down() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        assert len((await broker.orders(TODAY)).rows) == 1
        assert len(script.requests) == 3

    play([answer(TOO_MANY, 429), answer(b"slow down", 429), answer(listed(1))], story, REAL)


@pytest.mark.parametrize(
    ("said", "status", "kind"),
    [
        (b"<html>Request Blocked</html>", 400, Unreachable),
        (b"<html>maintenance</html>", 200, Unreachable),
        (b"", 502, Unreachable),
        (TOO_MANY, 429, Throttled),
        ({"return_code": 2, "return_msg": "[8104:모의투자에서 지원하지 않는 API입니다]"}, 200, NotSupported),
        ({"return_code": 20, "return_msg": "[2000](RC9000:제공되지 않습니다)"}, 200, NotSupported),
        ({"return_code": 20, "return_msg": "[2000](505217:쉬는 시간)"}, 200, ReadRefused),
        ({"nothing": "known"}, 200, BadReply),
    ],
)
def test_what_a_failed_read_is(said: dict[str, Any] | bytes, status: int, kind: type[Exception]) -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        with pytest.raises(kind):
            await broker.balance()

    play([answer(said, status)], story, MOCK)


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError])
def test_an_order_without_an_answer_is_unknown_and_never_sent_again(error: type[httpx.TransportError]) -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), OutcomeUnknown)
        assert len(script.requests) == 1

    play([fail(error)], story, REAL)


def test_an_order_that_never_left_says_so() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.NOT_CONNECTED

    play([fail(httpx.ConnectError)], story, REAL)


def test_a_dead_token_ends_and_the_order_is_not_repeated_here() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.TOKEN
        assert len(script.requests) == 1

    play([answer(DEAD)], story, REAL)


def test_what_is_sent_is_text_and_names_the_call() -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), Accepted)
        (request,) = script.requests
        assert (request.url.path, request.headers["api-id"]) == ("/api/dostk/ordr", "kt10000")
        assert json.loads(request.content) == {
            "dmst_stex_tp": "KRX",
            "stk_cd": "005930",
            "ord_qty": "3",
            "ord_uv": "70000",
            "trde_tp": "0",
            "cond_uv": "",
        }

    play([answer({"ord_no": "0000077", **ok()})], story, REAL)


@pytest.mark.parametrize("profile", [REAL, MOCK])
def test_every_type_that_is_offered_has_a_code_and_every_other_is_refused_unsent(profile: WireProfile) -> None:
    async def story(broker: KiwoomBroker, script: Script) -> None:
        for type in OrderType:
            for tif in TimeInForce:
                offered = any(pair[:2] == (type, tif) for pair in broker.capabilities.types)
                limit = Price(70000) if type.carries_price else None
                sent = len(script.requests)
                outcome = await broker.place(replace(BUY, type=type, tif=tif, limit=limit))
                assert isinstance(outcome, Accepted if offered else NotSent), (type, tif)
                assert len(script.requests) == sent + offered

    play([answer({"ord_no": "0000077", **ok()})], story, profile)
