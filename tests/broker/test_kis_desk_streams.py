"""The live connection of KisBroker on virtual time: what comes, how much fits, and whose key it is."""

from __future__ import annotations

import asyncio

from hoga.broker.port import (
    Drift,
    Stream,
    StreamChanged,
    StreamHealth,
    Topic,
    TopicKind,
    TopicRefused,
)
from hoga.domain.broker_orders import NoticeKind, OrderNotice
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Trade
from hoga.practice.api import Environment
from tests.broker.helpers import until
from tests.broker.kis_desk import BOTH, SAMSUNG, Desk, play


@BOTH
def test_trades_and_books_come_as_the_exchange_has_them(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        own: list[Trade] = []
        desk.practice.assembly.exchange.subscribe(
            lambda event: own.append(event) if isinstance(event, Trade) and event.instrument == SAMSUNG else None
        )
        await desk.open()
        trades = desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        books = desk.broker.lease(Topic(TopicKind.BOOK, SAMSUNG))
        await until(lambda: trades.live and books.live)
        await asyncio.sleep(60)
        desk.practice.assembly.runner.set_paused(True)
        await asyncio.sleep(1)
        heard = desk.of(Trade)
        tail = own[-len(heard) :]
        assert len(heard) > 20
        assert [(t.price_units, t.quantity, t.aggressor, t.day_volume, t.day_amount_units) for t in heard] == [
            (t.price_units, t.quantity, t.aggressor, t.day_volume, t.day_amount_units) for t in tail
        ]
        book = desk.practice.assembly.exchange.book("005930")
        assert book is not None and desk.of(Book)[-1].asks == book.asks and desk.of(Book)[-1].bids == book.bids
        assert desk.of(Drift) == []
        trades.release()
        books.release()
        await asyncio.sleep(2)
        desk.heard.clear()
        desk.practice.assembly.runner.set_paused(False)
        await asyncio.sleep(30)
        assert desk.of(Trade) == desk.of(Book) == []

    play(environment, story)


def test_no_more_than_forty_registrations_and_the_rest_is_told() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        codes = [each.id for each in await desk.broker.instruments()][:60]
        leases = [desk.broker.lease(Topic(TopicKind.TRADES, code)) for code in codes]
        await until(lambda: sum(lease.live for lease in leases) == 39, 60)
        await asyncio.sleep(5)
        assert [lease.live for lease in leases] == [True] * 39 + [False] * 21
        for lease in leases[:10]:
            lease.release()
        await until(lambda: sum(lease.live for lease in leases) == 39, 60)
        assert [lease.live for lease in leases[10:49]] == [True] * 39 and desk.of(TopicRefused) == []

    play(Environment.REAL, story)


def test_the_light_of_the_fills_waits_for_no_price() -> None:
    async def story(desk: Desk) -> None:
        leases = [desk.broker.lease(Topic(TopicKind.TRADES, InstrumentId(code))) for code in ("005930", "000660")]
        seen: list[bool] = []

        def heard(event: object) -> None:
            if isinstance(event, StreamChanged) and (event.stream, event.health) == (Stream.FILLS, StreamHealth.LIVE):
                seen.append(any(lease.live for lease in leases))

        desk.broker.listen(heard)
        await desk.broker.open()
        await until(lambda: all(lease.live for lease in leases))
        assert seen == [False]

    play(Environment.REAL, story)


def test_a_broker_that_takes_fewer_registrations_is_believed() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        codes = [each.id for each in await desk.broker.instruments()][:8]
        leases = [desk.broker.lease(Topic(TopicKind.TRADES, code)) for code in codes]
        await until(lambda: desk.of(TopicRefused), 30)
        await asyncio.sleep(5)
        assert sum(lease.live for lease in leases) == 4
        assert {event.code for event in desk.of(TopicRefused)} == {"OPSP0008"}
        leases[0].release()
        await until(lambda: leases[4].live, 30)

    play(Environment.REAL, story, settings={"registrations": 5})


def test_a_second_program_on_the_same_key_is_named() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        other = Desk(desk.practice, Environment.REAL, vault=desk.vault)
        await other.broker.open()
        await asyncio.sleep(3)
        assert other.of(StreamChanged)[-1].why.code == "KIS_OPSP8996"
        assert desk.live(Stream.FILLS)
        await desk.broker.aclose()
        await until(lambda: other.live(Stream.FILLS), 60)
        await other.broker.aclose()

    play(Environment.REAL, story)


def test_older_and_newer_widths_of_records_read_alike() -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        desk.broker.lease(Topic(TopicKind.BOOK, SAMSUNG))
        await desk.buy(1, None)
        await asyncio.sleep(20)
        assert desk.of(Trade) and desk.of(Book)
        assert NoticeKind.FILLED in {notice.kind for notice in desk.of(OrderNotice)}
        assert desk.of(Drift) == []

    play(Environment.REAL, story, settings={"trade_width": 46, "book_width": 59, "notice_width": 23})
