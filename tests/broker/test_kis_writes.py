"""Orders against scripted answers: as they stand on the wire, and never sent twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from hoga.broker.kis.adapter import KisBroker
from hoga.broker.port import (
    Accepted,
    NewOrder,
    NotSent,
    NotSentReason,
    OutcomeUnknown,
    Target,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Venue
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.scripted import ACK, BUY, SAMSUNG, TODAY, Script, answer, fail, ok, play, refused


def test_an_order_as_it_stands_on_the_wire() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, Accepted) and outcome.number == BrokerNumber(TODAY, "91253", 77)

    script = play([answer(ok(output=ACK))], story)
    request = script.requests[0]
    assert request.method == "POST" and request.url.path == "/uapi/domestic-stock/v1/trading/order-cash"
    assert (request.headers["tr_id"], request.headers["custtype"]) == ("TTTC0012U", "P")
    assert json.loads(request.content) == {
        "CANO": "50123456",
        "ACNT_PRDT_CD": "01",
        "PDNO": "005930",
        "ORD_DVSN": "00",
        "ORD_QTY": "3",
        "ORD_UNPR": "70000",
        "EXCG_ID_DVSN_CD": "KRX",
    }


TARGET = Target(
    BrokerNumber(TODAY, "00950", 2696), SAMSUNG, Side.SELL, OrderType.LIMIT, TimeInForce.DAY, Venue.KRX, Shares(9)
)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("reprice", {"RVSE_CNCL_DVSN_CD": "01", "ORD_QTY": "0", "ORD_UNPR": "71000", "QTY_ALL_ORD_YN": "Y"}),
        ("reduce", {"RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "4", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "N"}),
        ("cancel", {"RVSE_CNCL_DVSN_CD": "02", "ORD_QTY": "0", "ORD_UNPR": "0", "QTY_ALL_ORD_YN": "Y"}),
    ],
)
@pytest.mark.parametrize("profile", [WireProfile.KIS_REAL, WireProfile.KIS_PAPER])
def test_changes_as_they_stand_on_the_wire(what: str, expected: dict[str, str], profile: WireProfile) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        calls = {
            "reprice": lambda: broker.reprice(TARGET, Price(71000)),
            "reduce": lambda: broker.reduce(TARGET, Shares(4)),
            "cancel": lambda: broker.cancel(TARGET),
        }
        assert isinstance(await calls[what](), Accepted)

    script = play([answer(ok(output=ACK))], story, profile)
    sent = json.loads(script.requests[0].content)
    assert script.requests[0].headers["tr_id"] == ("TTTC0013U" if profile is WireProfile.KIS_REAL else "VTTC0013U")
    assert (sent["KRX_FWDG_ORD_ORGNO"], sent["ORGN_ODNO"], sent["ORD_DVSN"]) == ("00950", "0000002696", "00")
    assert {name: sent[name] for name in expected} == expected


@pytest.mark.parametrize(
    "reply",
    [
        fail(httpx.ReadTimeout),
        fail(httpx.ReadError),
        fail(httpx.RemoteProtocolError),
        fail(httpx.WriteError),
        answer(refused("EGW00301"), 500),
        answer(b"", 500),
        answer(ok()),
    ],
)
def test_a_write_of_unknown_outcome_is_sent_exactly_once(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]],
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), OutcomeUnknown)
        await asyncio.sleep(120)

    assert len(play([reply], story).requests) == 1


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (fail(httpx.ConnectError), NotSentReason.NOT_CONNECTED),
        (answer(refused("EGW00201"), 500), NotSentReason.THROTTLED),
        (answer(refused("EGW00123"), 500), NotSentReason.TOKEN),
    ],
)
def test_the_adapter_never_repeats_a_write_even_one_that_was_not_sent(
    reply: Callable[[], Coroutine[Any, Any, httpx.Response]], reason: NotSentReason
) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(BUY)
        assert isinstance(outcome, NotSent) and outcome.reason is reason
        await asyncio.sleep(120)

    assert len(play([reply], story).requests) == 1


def test_a_token_error_to_an_order_renews_the_token_for_the_next() -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        assert isinstance(await broker.place(BUY), NotSent)
        await asyncio.sleep(61)
        assert isinstance(await broker.place(BUY), Accepted)

    script = play([answer(refused("EGW00123"), 500), answer(ok(output=ACK))], story)
    assert script.tokens == 2


@pytest.mark.parametrize(
    ("order", "profile"),
    [
        (NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.IOC, Shares(1), Price(1)), WireProfile.KIS_PAPER),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.MARKET, TimeInForce.FOK, Shares(1), None), WireProfile.KIS_PAPER),
        (
            NewOrder(SAMSUNG, Side.BUY, OrderType.CONDITIONAL, TimeInForce.IOC, Shares(1), Price(1)),
            WireProfile.KIS_REAL,
        ),
        (
            NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(1), Price(1), Venue.NXT),
            WireProfile.KIS_REAL,
        ),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(1), None), WireProfile.KIS_REAL),
        (NewOrder(SAMSUNG, Side.BUY, OrderType.MARKET, TimeInForce.DAY, Shares(1), Price(5)), WireProfile.KIS_REAL),
    ],
)
def test_what_cannot_be_said_to_this_host_is_not_sent(order: NewOrder, profile: WireProfile) -> None:
    async def story(broker: KisBroker, script: Script) -> None:
        outcome = await broker.place(order)
        assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.UNSUPPORTED

    assert play([answer(ok(output=ACK))], story, profile).requests == []


def test_a_cancel_leaves_at_once_while_reads_hang_and_pile_up() -> None:
    """Reads and orders have clients of their own, and cancels a reserve in the budget."""

    async def story(broker: KisBroker, script: Script) -> None:
        await broker._parts.tokens.get()
        reads = [asyncio.ensure_future(broker.quote(SAMSUNG)) for _ in range(60)]
        await asyncio.sleep(2)
        script.answers = [answer(ok(output=ACK))]
        began = asyncio.get_running_loop().time()
        assert isinstance(await broker.cancel(TARGET), Accepted)
        assert asyncio.get_running_loop().time() - began < 0.2
        for read in reads:
            read.cancel()
        await asyncio.gather(*reads, return_exceptions=True)

    play([answer(refused("EGW00001"), 500, delay=300)], story)
