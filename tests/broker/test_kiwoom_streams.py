"""The live Kiwoom connection in trouble: in process, and once over real sockets."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoga.base.clock import LoopClock
from hoga.base.secret_store import Secret
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.port import (
    Accepted,
    BrokerEvent,
    Drift,
    NewOrder,
    Stream,
    StreamChanged,
    StreamHealth,
    Topic,
    TopicKind,
)
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import NoticeKind, OrderList, OrderNotice
from hoga.domain.market_data import Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Shares
from hoga.practice.api import Environment
from tests.broker.helpers import START, Vault, until
from tests.broker.kis_desk import SAMSUNG
from tests.broker.kiwoom_desk import Desk, play
from tests.support.practice_process import PracticeProcess, practice


def whys(desk: Desk, stream: Stream) -> set[str]:
    return {event.why.code for event in desk.of(StreamChanged) if event.stream is stream and event.why is not None}


def test_another_program_with_the_same_key_is_named() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        other = Desk(desk.practice, Environment.REAL, vault=desk.vault)
        await other.broker.open()
        await until(lambda: other.live(Stream.FILLS))
        await until(lambda: "KIWOOM_R10001" in whys(desk, Stream.FILLS))
        await other.broker.aclose()
        await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 60.0)

    play(Environment.REAL, story)


def test_a_token_that_died_meanwhile_is_renewed_for_the_next_login() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        await desk.practice.clock.sleep(30)
        desk.practice.assembly.expire_tokens()
        desk.practice.assembly.faults.add({"kind": "stream drop", "count": 1})
        await until(lambda: desk.healths(Stream.FILLS)[-1] is not StreamHealth.LIVE, 60.0)
        await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 60.0)
        assert "KIWOOM_8005" in whys(desk, Stream.FILLS)

    play(Environment.REAL, story)


def test_a_notice_that_cannot_be_read_is_asked_for() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        (socket,) = desk.practice._sockets
        for text in ('{"trnm":"REAL","data":[{"type":"00","item":"","values":{"9201":7}}]}', "{half"):
            socket._inbox.put_nowait(text)
        await until(lambda: desk.of(OrderList) and len(desk.of(Drift)) == 2)
        assert all(drift.refused for drift in desk.of(Drift))
        await until(lambda: desk.live(Stream.FILLS))

    play(Environment.REAL, story)


def test_over_real_sockets_an_order_fills_and_is_told(tmp_path: Path) -> None:
    async def story(process: PracticeProcess) -> None:
        kiwoom = process.endpoint["kiwoom"]
        account = next(each for each in kiwoom["accounts"] if each["environment"] == "real")
        host = KiwoomHost.on_practice(WireProfile.KIWOOM_REAL, kiwoom["rest"], kiwoom["ws"], "practice-test")
        keys = KiwoomKeys(Secret(account["appkey"]), Secret(account["secretkey"]))
        broker = KiwoomBroker(host, keys, account["account"], LoopClock(START), Vault())
        heard: list[BrokerEvent] = []
        broker.listen(heard.append)
        lease = broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        try:
            await broker.open()
            await until(lambda: lease.live and any(isinstance(event, Trade) for event in heard), 30.0)
            assert (await broker.quote(SAMSUNG)).last.units > 0
            outcome = await broker.place(
                NewOrder(SAMSUNG, Side.BUY, OrderType.MARKET, TimeInForce.DAY, Shares(1), None)
            )
            assert isinstance(outcome, Accepted), outcome
            await until(lambda: any(isinstance(e, OrderNotice) and e.kind is NoticeKind.FILLED for e in heard), 30.0)
            (filled,) = [e for e in heard if isinstance(e, OrderNotice) and e.kind is NoticeKind.FILLED]
            assert filled.number.number == outcome.number.number and filled.quantity.count == 1
        finally:
            await broker.aclose()

    with practice(tmp_path, "--seed", "3", "--start", f"{START:%Y-%m-%dT%H:%M:%S}") as process:
        asyncio.run(story(process))
