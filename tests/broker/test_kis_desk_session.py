"""Opening, tokens, wrong keys, listeners: the life of a KisBroker on virtual time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hoga.base.virtual_loop import run_virtual
from hoga.broker.port import (
    BrokerEvent,
    SessionExpired,
    Stream,
    StreamHealth,
    WrongKeys,
)
from hoga.domain.broker_orders import OrderNotice
from hoga.practice.api import Environment
from tests.broker.helpers import START, Vault
from tests.broker.kis_desk import SAMSUNG, Desk, play
from tests.support.inprocess import InProcessPractice


@pytest.mark.parametrize("kind", ["refuse", "expire tokens", "cut before"])
def test_reads_get_over_a_fault(kind: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        await asyncio.sleep(61)
        desk.practice.assembly.faults.add({"kind": kind, "operations": ["read"], "count": 1, "code": "EGW00201"})
        assert (await desk.broker.quote(SAMSUNG)).last.units > 0

    play(Environment.REAL, story)


@pytest.mark.parametrize("kind", ["blank rows"])
def test_placeholder_rows_are_no_holdings_and_no_orders(kind: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        desk.practice.assembly.faults.add({"kind": kind, "operations": ["read"], "count": 2})
        assert (await desk.broker.balance()).holdings == ()
        assert await desk.rows() == {}

    play(Environment.REAL, story)


def test_wrong_keys_are_said_and_nothing_connects() -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(WrongKeys) as caught:
            await desk.broker.open()
        assert caught.value.code == "EGW00103"
        await asyncio.sleep(0)
        assert desk.healths(Stream.REST)[-1] is StreamHealth.DOWN and desk.healths(Stream.QUOTES) == []

    play(Environment.REAL, story, appkey="Z" * 36)


def test_a_token_is_kept_over_a_restart() -> None:
    async def run() -> None:
        async with InProcessPractice(start=START) as practice:
            vault = Vault()
            for _ in range(3):
                desk = Desk(practice, Environment.REAL, vault=vault)
                await desk.broker.open()
                await desk.broker.balance()
                await desk.broker.aclose()
            issued = [each for each in practice.assembly.record.entries() if each.path == "/oauth2/tokenP"]
            assert len(issued) == 1

    run_virtual(run())


def test_when_a_token_dies_within_its_first_minute_reads_say_when() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        desk.practice.assembly.expire_tokens()
        with pytest.raises(SessionExpired) as caught:
            await desk.broker.quote(SAMSUNG)
        assert caught.value.message.code == "BROKER_TOKEN_WAIT"
        await asyncio.sleep(60)
        assert (await desk.broker.quote(SAMSUNG)).last.units > 0

    play(Environment.REAL, story)


def test_listening_ends_when_it_is_undone_and_a_faulty_listener_harms_nobody() -> None:
    async def story(desk: Desk) -> None:
        faults: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: faults.append(context))
        heard: list[BrokerEvent] = []

        def faulty(event: BrokerEvent) -> None:
            raise ZeroDivisionError

        undo = desk.broker.listen(heard.append)
        desk.broker.listen(faulty)
        await desk.open()
        count = len(heard)
        undo()
        undo()
        await desk.buy(1, None)
        await asyncio.sleep(5)
        assert count and len(heard) == count and desk.of(OrderNotice) and faults

    play(Environment.REAL, story)


def test_opening_twice_and_closing_twice_is_harmless() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        await desk.broker.open()
        await asyncio.sleep(5)
        assert desk.healths(Stream.FILLS).count(StreamHealth.LIVE) == 1
        await desk.broker.aclose()
        await desk.broker.aclose()
        await asyncio.sleep(0)
        assert desk.healths(Stream.FILLS)[-1] is StreamHealth.DOWN

    play(Environment.REAL, story)
