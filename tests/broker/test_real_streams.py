"""The live connection over real sockets: what comes is what happened, and a cut leaves no hole behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hoga.broker.port import Drift, MissedCandles, Stream, StreamChanged, StreamHealth, Topic, TopicKind, TopicRefused
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import NoticeKind, OrderList, OrderNotice
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Quote, Trade
from tests.broker.helpers import until
from tests.broker.real_desk import BOTH, FAST, HYNIX, PATIENCE, SAMSUNG, RealDesk, World, as_json, world

REAL = WireProfile.KIS_REAL


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("exchange"), *FAST, quiet=False) as made:
        yield made


def _same(one: Trade, own: dict[str, object]) -> bool:
    shown = as_json(one)
    fields = ("price_units", "quantity", "aggressor", "day_volume", "day_amount_units", "open_units", "high_units")
    return all(shown[field] == own[field] for field in (*fields, "low_units", "change_units"))


@BOTH
def test_trades_and_books_are_the_exchange_s_own(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        leases = [desk.broker.lease(Topic(kind, SAMSUNG)) for kind in TopicKind]
        await until(lambda: all(lease.live for lease in leases), PATIENCE)
        await until(lambda: len(desk.of(Trade)) >= 20, PATIENCE)
        desk.pause()
        market = desk.market()
        book, newest = market["book"], market["trades"][0]
        await until(lambda: _same(desk.of(Trade)[-1], newest), PATIENCE)
        await until(lambda: as_json(desk.of(Book)[-1].asks) == book["asks"], PATIENCE)
        shown = as_json(desk.of(Book)[-1])
        assert [shown[name] for name in ("bids", "total_ask", "total_bid")] == [
            book[name] for name in ("bids", "total_ask", "total_bid")
        ]
        heard = desk.of(Trade)
        own = desk.world.get(f"/market/005930?trades={len(heard)}")["trades"][::-1]
        assert len(own) == len(heard) and all(map(_same, heard, own))
        assert desk.of(Drift) == []

    exchange.play(profile, story)


@BOTH
def test_after_a_cut_what_was_missed_comes_before_the_light(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        desk.broker.lease(Topic(TopicKind.BOOK, HYNIX))
        await until(lambda: desk.of(Trade) and desk.of(Book), PATIENCE)
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        heard = len(desk.heard)
        desk.world.post("/streams/drop")
        placed = await desk.buy(2, low)
        filled = await desk.buy(1, None)  # while nobody listens
        await until(lambda: StreamHealth.DOWN in [e.health for e in desk.of(StreamChanged)], PATIENCE)
        await desk.until_live()

        said = desk.heard[heard:]
        changes = [e for e in said if isinstance(e, StreamChanged) and e.health is StreamHealth.LIVE]
        lights = {change.stream: said.index(change) for change in changes if change.stream is not Stream.REST}
        (listed,) = [e for e in said[: lights[Stream.FILLS]] if isinstance(e, OrderList)]
        found = {row.number: row.filled.count for row in listed.rows}
        assert (found[placed.number], found[filled.number]) == (0, 1)
        before = said[: lights[Stream.QUOTES]]
        assert [e.instrument for e in before if isinstance(e, Quote)] == [SAMSUNG]
        assert [e.instrument for e in before if isinstance(e, MissedCandles) and e.candles] == [SAMSUNG]
        assert HYNIX in [e.instrument for e in before if isinstance(e, Book)]
        assert all(change.gap_seconds is not None and change.gap_seconds > 0 for change in changes)
        trades = len(desk.of(Trade))
        await until(lambda: len(desk.of(Trade)) > trades, PATIENCE)

    exchange.play(profile, story)


def test_forty_one_registrations_and_not_one_more(exchange: World) -> None:
    """The broker takes 41; the adapter keeps to 40, and says of every further topic that it is not live."""

    async def story(desk: RealDesk) -> None:
        await desk.open()
        desk.pause()
        codes = [one.id for one in await desk.broker.instruments()][:45]
        leases = [desk.broker.lease(Topic(TopicKind.BOOK, code)) for code in codes]
        await until(lambda: sum(lease.live for lease in leases) == 39, PATIENCE)  # and the notices
        for lease in leases[:3]:
            lease.release()
        await until(lambda: [lease.live for lease in leases[3:42]] == [True] * 39, PATIENCE)
        assert desk.of(TopicRefused) == []

    exchange.play(REAL, story)


def test_a_topic_of_an_unknown_code_is_refused_alone(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        nobody = desk.broker.lease(Topic(TopicKind.TRADES, InstrumentId("999999")))
        known = desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        await until(lambda: known.live and desk.of(TopicRefused), PATIENCE)
        (refused,) = desk.of(TopicRefused)
        assert (refused.topic.instrument.code, refused.code, refused.text) == ("999999", "OPSP8992", "invalid tr_key")
        assert not nobody.live
        await until(lambda: desk.of(Trade), PATIENCE)

    exchange.play(REAL, story)


def test_garbled_frames_are_reported_and_the_next_ones_read(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        desk.broker.lease(Topic(TopicKind.TRADES, SAMSUNG))
        await until(lambda: desk.of(Trade), PATIENCE)
        desk.fault("stream garble", count=3)
        await until(lambda: [drift for drift in desk.of(Drift) if drift.refused], PATIENCE)
        trades = len(desk.of(Trade))
        await until(lambda: len(desk.of(Trade)) > trades + 3, PATIENCE)
        await desk.until_live()

    exchange.play(REAL, story)


@pytest.mark.parametrize("kind", ["notice twice", "notice swap", "notice late"])
def test_spoilt_notices_are_passed_on_as_they_come(exchange: World, kind: str) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        desk.pause()
        desk.fault(kind, count=2, seconds=0.2)
        placed = await desk.buy(2, None)

        def of_it() -> list[OrderNotice]:
            return [one for one in desk.of(OrderNotice) if one.number == placed.number]

        await until(lambda: {one.kind for one in of_it()} >= {NoticeKind.CONFIRMED, NoticeKind.FILLED}, PATIENCE)
        fills = {(one.execution, one.quantity.count) for one in of_it() if one.kind is NoticeKind.FILLED}
        assert (
            sum(quantity for _, quantity in fills)
            == 2
            == sum(fill["quantity"] for fill in desk.fills(placed.number.number))
        )

    exchange.play(REAL, story)
