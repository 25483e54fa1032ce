"""Reads against scripted answers: what a failure means, what is asked again, and how far charts go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from hoga.broker.kis.adapter import KisBroker
from hoga.broker.port import (
    BadReply,
    NotFound,
    NotSupported,
    ReadRefused,
    SessionExpired,
    Throttled,
    Unreachable,
    WrongKeys,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.market_data import Period
from hoga.domain.values import Shares
from tests.broker.helpers import START
from tests.broker.scripted import SAMSUNG, TODAY, Script, answer, fail, ok, play, refused


@pytest.mark.parametrize(
    ("reply", "error", "asked"),
    [
        (answer(refused("EGW00201"), 500), Throttled, 4),
        (answer(refused("EGW00203"), 500), Unreachable, 4),
        (answer(b"", 429), Throttled, 4),
        (answer(b"<html>slow down</html>", 429), Throttled, 4),
        (answer(b"", 404), Unreachable, 4),
        (answer(b"", 500), Unreachable, 4),
        (answer(refused("", ""), 500), Unreachable, 4),
        (answer(b"<html>down</html>", 503), Unreachable, 4),
        (fail(httpx.ConnectError), Unreachable, 4),
        (fail(httpx.ReadTimeout), Unreachable, 4),
        (answer(refused("EGW00103"), 500), WrongKeys, 1),
        (answer(refused("IGW00002")), WrongKeys, 1),
        (answer(refused("EGW02006"), 500), NotSupported, 1),
        (answer(refused("APBK1234")), ReadRefused, 1),
        (answer(b"<html>fine</html>"), BadReply, 1),
        (answer(b"{}"), BadReply, 1),
        (answer(ok(output={"stck_prpr": "0"})), NotFound, 1),
    ],
)
def test_what_a_failed_read_means_and_whether_it_is_asked_again(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]], error: type[Exception], asked: int
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        began = asyncio.get_running_loop().time()
        with pytest.raises(error):
            await broker.quote(SAMSUNG)
        waited = asyncio.get_running_loop().time() - began
        assert (9.0 <= waited <= 14.0) if asked == 4 else waited < 0.5

    assert len(play([reply], story).requests) == asked


def test_a_read_that_was_throttled_succeeds_a_little_later() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert (await broker.sellable(SAMSUNG)) == Shares(5)

    said = ok(output={"ord_psbl_qty": "5"})
    assert len(play([answer(refused("EGW00201"), 500), answer(said)], story).requests) == 2


@pytest.mark.parametrize(
    "dead", [refused("EGW00123"), {"error_code": "EGW00121", "error_description": "유효하지 않은 token 입니다."}]
)
def test_a_dead_token_is_renewed_once_and_the_read_repeated(dead: dict[str, str]) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        await broker._parts.tokens.get()
        await asyncio.sleep(70)  # a minute after its issue another may be asked for
        assert (await broker.sellable(SAMSUNG)) == Shares(5)

    script = play([answer(dead, 500), answer(ok(output={"ord_psbl_qty": "5"}))], story)
    assert script.tokens == 2
    assert [request.headers["authorization"] for request in script.requests] == ["Bearer token-1", "Bearer token-2"]


def test_a_token_that_stays_dead_ends_in_an_error_not_in_a_storm() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        for _ in range(5):
            with pytest.raises(SessionExpired):
                await broker.quote(SAMSUNG)

    script = play([answer(refused("EGW00123"), 500)], story)
    assert script.tokens == 1 and len(script.requests) == 1


def day_rows(newest: date, count: int) -> list[dict[str, str]]:
    return [
        {
            "stck_bsop_date": f"{newest - timedelta(days=back):%Y%m%d}",
            "stck_oprc": "100",
            "stck_hgpr": "120",
            "stck_lwpr": "90",
            "stck_clpr": "110",
            "acml_vol": "1000",
            "acml_tr_pbmn": "105000",
        }
        for back in range(count)
    ]


def test_a_chart_is_paged_by_date_and_fillers_are_dropped() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.DAY, START - timedelta(days=129), START)
        assert [candle.start.date() for candle in found] == [TODAY - timedelta(days=n) for n in range(128, -1, -1)]

    first = ok(output1={"stck_prpr": "110"}, output2=day_rows(TODAY, 100))
    second = ok(output1={"stck_prpr": "110"}, output2=[*day_rows(TODAY - timedelta(days=100), 30), {}, {}])
    script = play([answer(first), answer(second)], story)
    assert [query["FID_INPUT_DATE_2"] for query in script.queries] == ["20261120", "20260812"]
    assert script.queries[0]["FID_ORG_ADJ_PRC"] == "0"


def test_a_chart_that_never_goes_back_ends() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.DAY, START - timedelta(days=900), START)
        assert len(found) == 100

    play([answer(ok(output1={"stck_prpr": "110"}, output2=day_rows(TODAY, 100)))], story)


def test_asking_ahead_is_cut_to_now() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        found = await broker.candles(SAMSUNG, Period.MINUTE, START - timedelta(minutes=3), START + timedelta(hours=3))
        assert [f"{candle.start:%H%M}" for candle in found] == ["0927", "0928", "0929", "0930"]
        assert [candle.amount_units for candle in found] == [700, 700, 700, 0]
        assert found[-1].volume == 0  # its running amount has not grown: the wire shows its neighbour's volume
        assert await broker.candles(SAMSUNG, Period.DAY, START + timedelta(days=1), START + timedelta(days=9)) == ()

    rows = [
        {
            "stck_bsop_date": "20261120",
            "stck_cntg_hour": f"09{minute:02d}00",
            **dict.fromkeys(("stck_prpr", "stck_oprc", "stck_hgpr", "stck_lwpr"), "70"),
            "cntg_vol": "10",
            "acml_tr_pbmn": str(700 * min(minute, 29)),
        }
        for minute in range(59, 25, -1)
    ]
    script = play([answer(ok(output1={"stck_prpr": "70"}, output2=rows[-34:]))], story)
    assert script.queries[0]["FID_INPUT_HOUR_1"] == "093000"


def test_paper_has_no_minutes_of_past_days() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        with pytest.raises(NotSupported):
            await broker.candles(SAMSUNG, Period.MINUTE, START - timedelta(days=2), START - timedelta(days=1))

    assert play([answer(ok())], story, WireProfile.KIS_PAPER).requests == []
