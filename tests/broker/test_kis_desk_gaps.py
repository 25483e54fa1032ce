"""The live connection of KisBroker when things go wrong: it comes back, and what was missed comes before the light."""

from __future__ import annotations

import asyncio

import pytest

from hoga.broker.port import (
    Drift,
    MissedCandles,
    Stream,
    StreamChanged,
    StreamHealth,
    Topic,
    TopicKind,
)
from hoga.domain.broker_orders import NoticeKind, OrderList, OrderNotice
from hoga.domain.market_data import Book, Quote, Trade
from hoga.practice.api import Environment
from tests.broker.helpers import until
from tests.broker.kis_desk import BOTH, HYNIX, SAMSUNG, Desk, play


@BOTH
def test_after_an_outage_everything_missed_comes_before_the_light(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        desk.broker.lease(Topic(TopicKind.BOOK, HYNIX))
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        await asyncio.sleep(30)
        for socket in list(desk.practice._sockets):
            socket.break_off()
        placed = await desk.buy(2, low)  # while nobody listens
        desk.heard.clear()
        await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 60)
        said = [event for event in desk.heard if not isinstance(event, (Trade, OrderNotice))]
        fills = [event for event in said if isinstance(event, StreamChanged) and event.stream is Stream.FILLS]
        assert [event.health for event in fills][-2:] == [StreamHealth.FILLING_GAP, StreamHealth.LIVE]
        (listed,) = desk.of(OrderList)
        assert placed.number in {row.number for row in listed.rows}
        assert said.index(fills[-2]) < said.index(listed) < said.index(fills[-1])
        quotes = [event for event in said if isinstance(event, StreamChanged) and event.stream is Stream.QUOTES]
        light = said.index(quotes[-1])
        assert [event.instrument for event in said[:light] if isinstance(event, Quote)] == [SAMSUNG]
        (missed,) = desk.of(MissedCandles)
        assert missed.instrument == SAMSUNG and missed.candles and said.index(missed) < light
        assert HYNIX in [event.instrument for event in said[:light] if isinstance(event, Book)]
        assert quotes[-1].gap_seconds is not None and quotes[-1].gap_seconds > 0

    play(environment, story)


def test_the_light_stays_off_while_the_gap_cannot_be_filled() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.practice.assembly.faults.add({"kind": "refuse", "operations": ["read"], "code": "APAC0489", "chance": 1.0})
        for socket in list(desk.practice._sockets):
            socket.break_off()
        await asyncio.sleep(60)
        assert desk.healths(Stream.FILLS)[-1] is StreamHealth.FILLING_GAP
        desk.practice.assembly.faults.clear()
        await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 30)
        lights = [event for event in desk.of(StreamChanged) if event.health is StreamHealth.LIVE][-2:]
        assert {event.stream for event in lights} == {Stream.FILLS, Stream.QUOTES}
        assert all(event.gap_seconds > 55 for event in lights)

    play(Environment.REAL, story)


@pytest.mark.parametrize("kind", ["stream drop", "stream mute", "stream garble"])
def test_the_stream_gets_over_its_faults(kind: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        await asyncio.sleep(5)
        desk.practice.assembly.faults.add({"kind": kind, "count": 3, "seconds": 90})
        await until(lambda: not desk.practice.assembly.faults.rules()[0].armed, 300)
        assert desk.of(Drift) if kind == "stream garble" else not desk.live(Stream.QUOTES)
        await until(lambda: desk.live(Stream.QUOTES) and desk.live(Stream.FILLS), 60)
        desk.heard.clear()
        await asyncio.sleep(20)
        assert desk.of(Trade)

    play(Environment.REAL, story)


def test_a_notice_that_came_twice_is_told_twice() -> None:
    """The adapter neither merges nor invents: counting once is the desk's part."""

    async def story(desk: Desk) -> None:
        await desk.open()
        desk.practice.assembly.faults.add({"kind": "notice twice", "count": 10})
        placed = await desk.buy(3, None)
        await asyncio.sleep(2)
        fills = [each for each in desk.of(OrderNotice) if each.kind is NoticeKind.FILLED]
        assert len(fills) == 2 and len({(each.number, each.execution) for each in fills}) == 1
        assert fills[0].number == placed.number

    play(Environment.REAL, story)


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "{",
        "[]",
        "0|H0XYZ000|001|1^2^3",
        "0|H0STCNT0",
        "0|H0STCNT0|abc|1^2",
        "0|H0STCNT0|002|005930^093000",
        "0|H0STASP0|001|" + "^".join("x" * 63),
        "1|H0STCNI0|001|this is not sealed",
        "\ufffd\ufffd\ufffd",
    ],
    ids=[
        "empty",
        "half",
        "no object",
        "unknown TR",
        "cut",
        "no count",
        "wrong count",
        "no figures",
        "no seal",
        "broken",
    ],
)
def test_a_frame_that_cannot_be_read_is_reported_and_the_next_one_read(garbage: str) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        await until(lambda: desk.of(Trade))
        (socket,) = desk.practice._sockets
        socket._inbox.put_nowait(garbage)
        await until(lambda: desk.of(Drift))
        assert [drift.refused for drift in desk.of(Drift)] == [True]
        trades = len(desk.of(Trade))
        await until(lambda: len(desk.of(Trade)) > trades)
        assert desk.live(Stream.QUOTES) and desk.live(Stream.FILLS) and len(desk.practice._sockets) == 1

    play(Environment.REAL, story)


def test_a_notice_that_cannot_be_read_is_asked_for() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        desk.practice.assembly.faults.add({"kind": "stream garble", "count": 1})
        placed = await desk.buy(2, low)
        await until(lambda: desk.of(OrderList))
        assert placed.number in {row.number for row in desk.of(OrderList)[0].rows}
        await until(lambda: desk.live(Stream.FILLS))
        assert [health.value for health in desk.healths(Stream.FILLS)[-2:]] == ["filling gap", "live"]
        assert [(drift.where, drift.refused) for drift in desk.of(Drift)] == [("notice", True)]

    play(Environment.REAL, story, settings={"ping_seconds": 0.0})


def test_drops_while_notices_are_asked_for_delay_fills_by_seconds_not_minutes() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.practice.assembly.faults.add({"kind": "stream drop", "count": 2})
        for socket in list(desk.practice._sockets):
            socket.break_off()
        placed = await desk.buy(2, None)  # filled while nobody listens
        desk.heard.clear()
        await until(lambda: desk.live(Stream.QUOTES), 10)
        await until(lambda: desk.live(Stream.FILLS), 20)
        (listed,) = desk.of(OrderList)
        assert {row.number: row.filled.count for row in listed.rows}[placed.number] == 2
        fills = [event for event in desk.of(StreamChanged) if event.stream is Stream.FILLS]
        assert fills[-1].gap_seconds > 5

    play(Environment.REAL, story)


def test_without_an_hts_id_fills_are_red_and_say_why() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        await until(lambda: desk.live(Stream.QUOTES))
        last = [event for event in desk.of(StreamChanged) if event.stream is Stream.FILLS][-1]
        assert (last.health, last.why.code) == (StreamHealth.DOWN, "KIS_HTS_ID_MISSING")

    play(Environment.REAL, story, hts_id="")


def test_a_wrong_hts_id_ends_as_red_fills_and_live_quotes() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        lease = desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        await asyncio.sleep(60)
        told = [event for event in desk.of(StreamChanged) if event.stream is Stream.FILLS]
        assert StreamHealth.LIVE not in {event.health for event in told}
        assert (told[-1].health, told[-1].why.code) == (StreamHealth.DOWN, "KIS_HTS_ID_WRONG")
        desk.heard.clear()
        await asyncio.sleep(60)
        assert desk.live(Stream.QUOTES) or not desk.healths(Stream.QUOTES)
        assert lease.live and desk.of(Trade)
        tries = [each for each in desk.practice.assembly.record.entries() if each.path == "/oauth2/Approval"]
        assert len(tries) <= 5

    play(Environment.REAL, story, hts_id="nobody_here")
