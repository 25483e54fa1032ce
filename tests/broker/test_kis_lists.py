"""Paged reads against scripted answers: to the end, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from hoga.broker.kis.adapter import KisBroker
from hoga.broker.port import (
    BadReply,
    BrokerEvent,
    Drift,
    ReadRefused,
)
from tests.broker.helpers import START
from tests.broker.scripted import TODAY, Script, answer, ok, order_page, order_row, play, refused


def test_every_page_is_read_and_cursors_go_back_with_their_padding() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.orders(TODAY)
        assert [row.number.number for row in found.rows] == list(range(1, 8))
        assert found.trading_date == TODAY and found.began == START

    script = play(
        [
            answer(order_page(range(1, 4), "c1"), tr_cont="F"),
            answer(order_page(range(4, 7), "c2"), tr_cont="M"),
            answer(order_page(range(7, 8)), tr_cont="D"),
        ],
        story,
    )
    assert [request.headers.get("tr_cont") for request in script.requests] == [None, "N", "N"]
    assert [query["CTX_AREA_NK100"] for query in script.queries] == ["", "c1".ljust(100), "c2".ljust(100)]
    assert script.queries[0]["EXCG_ID_DVSN_CD"] == "ALL" and script.requests[0].headers["tr_id"] == "TTTC0081R"


@pytest.mark.parametrize(
    "pages",
    [
        [answer(order_page([1], "same"), tr_cont="F"), answer(order_page([2], "same"), tr_cont="M")],
        [answer(order_page([1], ""), tr_cont="F")],
        [answer(order_page([1], "c1"), tr_cont="F"), answer(order_page([1], "c2"), tr_cont="M")],
        [answer(order_page([1, 2], "c1"), tr_cont="F"), answer(order_page([2, 3]), tr_cont="D")],
        [answer(order_page([1], "c1"), tr_cont="F"), answer(order_page([1]), tr_cont="D")],
    ],
    ids=["repeated cursor", "more without a cursor", "repeated rows", "a number twice", "the first page as the last"],
)
def test_a_list_that_repeats_itself_is_no_list(pages: list[Any]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play(pages, story)


def test_a_page_that_fails_takes_the_whole_list_with_it() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(ReadRefused):
            await broker.orders(TODAY)

    play([answer(order_page([1], "c1"), tr_cont="F"), answer(refused("APAC0489"))], story)


def test_endless_pages_end_in_an_error() -> None:
    numbers = iter(range(1, 10_000))

    async def next_page() -> httpx.Response:
        number = next(numbers)
        return await answer(order_page([number], f"c{number}"), tr_cont="M")()

    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply) as caught:
            await broker.orders(TODAY)
        assert caught.value.message.code == "BROKER_TOO_MANY_PAGES"

    assert len(play([next_page], story).requests) == 300


@pytest.mark.parametrize(
    "said",
    [
        ok(output1=[], output2={}),
        ok(output1=[order_row(0, pdno="", odno="")], output2={}),
        ok(output1={}, output2={}),
        {**ok(), "msg_cd": "KIOK0560"},
        refused("70070000", "모의투자 조회할 내역(자료)이 없습니다."),
        refused("KIOK0560", "조회할 내용이 없습니다", "7"),
    ],
    ids=["[]", "placeholder", "object", "said, no list", "paper says so", "rt_cd 7"],
)
def test_nothing_is_an_empty_list(said: dict[str, Any]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert (await broker.orders(TODAY)).rows == ()

    play([answer(said, tr_cont="D")], story)


@pytest.mark.parametrize(
    "said",
    [ok(), ok(output1=None), ok(output1="x"), ok(output1=["x"]), ok(output1=[order_row(1, ord_qty="many")])],
    ids=str,
)
def test_no_list_is_not_an_empty_list(said: dict[str, Any]) -> None:
    heard: list[BrokerEvent] = []

    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play([answer(said, tr_cont="D")], story, heard=heard)
    assert [event.refused for event in heard if isinstance(event, Drift)] == [True]


def test_an_old_day_is_asked_under_its_own_id() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        await broker.orders(TODAY - timedelta(days=200))

    script = play([answer(ok(output1=[]))], story)
    assert script.requests[0].headers["tr_id"] == "CTSC9215R"


def test_a_row_of_another_day_refuses_the_list() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(BadReply):
            await broker.orders(TODAY)

    play([answer(ok(output1=[order_row(1, ord_dt="20260101")]))], story)
