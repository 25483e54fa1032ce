"""Orders over real sockets: every number, share and won as in the exchange's ledger, on both hosts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hoga.broker.kis.wording import WORDING
from hoga.broker.port import Accepted, NewOrder, NotSent, NotSentReason, OutcomeUnknown, Refused
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import NoticeKind, OrderNotice, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Price, Shares
from tests.broker.helpers import until
from tests.broker.real_desk import BOTH, FAST, PATIENCE, SAMSUNG, RealDesk, World, target, world

REAL = WireProfile.KIS_REAL


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("exchange"), *FAST) as made:
        yield made


async def _agree(desk: RealDesk) -> None:
    """The broker's list, as the adapter reads it, is the exchange's ledger, row by row and field by field."""
    rows, ledger = await desk.rows(), desk.ledger()
    assert rows.keys() == ledger.keys()
    for number, own in ledger.items():
        row = rows[number]
        assert (row.instrument.code, row.side.value, row.quantity.count) == (own["code"], own["side"], own["quantity"])
        assert (row.filled.count, row.filled_amount.units) == (own["filled"], own["filled_amount"])
        assert row.remaining.count == own["remaining"] and row.number.branch == own["branch"]
        assert (row.original.number if row.original else None) == own["original"]
        assert row.at.replace(microsecond=0).isoformat() == own["at"].split(".")[0] + "+09:00"
        if own["limit"] is not None and row.kind is not RequestKind.CANCEL:
            assert row.limit == Price(own["limit"])


@BOTH
def test_a_whole_life_with_its_notices(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        assert low is not None
        placed = await desk.buy(10, low)
        moved = await desk.broker.reprice(target(placed, 10), Price(low.units + 500))
        assert isinstance(moved, Accepted)
        reduced = await desk.broker.reduce(target(moved, 10), Shares(4))
        assert isinstance(reduced, Accepted)
        assert desk.ledger()[moved.number.number]["remaining"] == 6
        cancelled = await desk.broker.cancel(target(moved, 6))
        assert isinstance(cancelled, Accepted)
        bought = await desk.buy(3, None)
        numbers = [each.number for each in (placed, moved, reduced, cancelled, bought)]
        ledger = desk.ledger()
        kinds = [ledger[number.number]["kind"] for number in numbers]
        assert kinds == ["new", "modify", "cancel", "cancel", "new"]
        await _agree(desk)

        def confirmed() -> set[object]:
            return {each.number for each in desk.of(OrderNotice) if each.kind is NoticeKind.CONFIRMED}

        await until(lambda: set(numbers[:4]) <= confirmed(), PATIENCE)
        await until(lambda: [each for each in desk.of(OrderNotice) if each.kind is NoticeKind.FILLED], PATIENCE)
        told = [each for each in desk.of(OrderNotice) if each.kind is NoticeKind.FILLED]
        own = desk.fills(bought.number.number)
        assert [(one.number, one.price.units, one.quantity.count) for one in told] == [
            (bought.number, fill["price"], fill["quantity"]) for fill in own
        ]
        assert sum(fill["quantity"] for fill in own) == 3

    exchange.play(profile, story)


@BOTH
def test_a_resting_order_is_filled_in_parts_by_somebody_else(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        thin = InstrumentId("02826K")
        book = desk.market(thin)["book"]
        tick = desk.market(thin)["state"]["tick"]
        inside = Price(book["bids"][0]["price_units"] + tick)
        assert inside.units < book["asks"][0]["price_units"]
        other = next(
            one["number"]
            for one in desk.world.get("/accounts")
            if one["number"] != desk.number and one["environment"] == profile.value.split("-")[1]
        )
        desk.world.post("/phone/orders", account=other, code=thin.code, side="buy", quantity=9, type="market")
        placed = await desk.buy(5, inside, thin)
        for quantity in (2, 3):
            sale = {"account": other, "code": thin.code, "side": "sell", "type": "limit", "limit": inside.units}
            desk.world.post("/phone/orders", quantity=quantity, **sale)

        def fills() -> list[OrderNotice]:
            return [each for each in desk.of(OrderNotice) if each.kind is NoticeKind.FILLED]

        await until(lambda: len(fills()) == 2, PATIENCE)
        assert [(one.number, one.price, one.quantity.count) for one in fills()] == [
            (placed.number, inside, 2),
            (placed.number, inside, 3),
        ]
        row = (await desk.rows())[placed.number.number]
        assert (row.filled, row.remaining, row.filled_amount.units) == (Shares(5), Shares(0), 5 * inside.units)
        await _agree(desk)

    exchange.play(profile, story)


@BOTH
def test_refusals_come_in_the_broker_s_own_words(exchange: World, profile: WireProfile) -> None:
    """Each is a typed result with the broker's code and text unchanged, ours beside it, and nothing in the ledger."""

    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        quote = await desk.broker.quote(SAMSUNG)
        low, high, last = quote.lower_limit, quote.upper_limit, quote.last
        assert low is not None and high is not None
        before = desk.ledger().keys()
        refused = {
            "off tick": await desk.place(Side.BUY, 1, Price(last.units + 1)),
            "outside the limits": await desk.place(Side.BUY, 1, Price(high.units + quote.tick)),
            "zero": await desk.place(Side.BUY, 0, last),
            "huge": await desk.place(Side.BUY, 10**9, low),
            "more than orderable": await desk.place(Side.BUY, 100_000, low),
            "more than sellable": await desk.place(Side.SELL, 10_000, last),
            "unknown symbol": await desk.place(Side.BUY, 1, low, InstrumentId("999999")),
        }
        recorded = desk.world.requests("new")[-len(refused) :]
        for (what, outcome), row in zip(refused.items(), recorded, strict=True):
            assert isinstance(outcome, Refused), (what, outcome)
            assert outcome.code == row["code"] and outcome.text == outcome.text.strip() != "", what
            known = f"KIS_{outcome.code}"
            assert outcome.why.code == (known if known in WORDING else "KIS_CODE_UNKNOWN")
            assert outcome.why.values["text"] == outcome.text
        assert desk.ledger().keys() == before

    exchange.play(profile, story)


def test_changing_what_is_gone_is_refused(exchange: World) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        placed = await desk.buy(2, low)
        assert isinstance(await desk.broker.cancel(target(placed, 2)), Accepted)
        for again in (
            await desk.broker.cancel(target(placed, 2)),
            await desk.broker.reduce(target(placed, 2), Shares(1)),
            await desk.broker.reprice(target(placed, 2), Price(low.units + 500)),
        ):
            assert isinstance(again, Refused) and again.code and again.text
        await _agree(desk)

    exchange.play(REAL, story)


@BOTH
def test_types_that_the_host_does_not_take_never_leave(exchange: World, profile: WireProfile) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.open()
        sent = len(desk.world.requests("new"))
        paper = profile is WireProfile.KIS_PAPER
        for type, tif in ((OrderType.BEST, TimeInForce.FOK), (OrderType.MARKET, TimeInForce.IOC)):
            outcome = await desk.broker.place(NewOrder(SAMSUNG, Side.BUY, type, tif, Shares(1), None))
            if paper:
                assert isinstance(outcome, NotSent) and outcome.reason is NotSentReason.UNSUPPORTED
                assert outcome.why.code == "BROKER_TYPE_NOT_ON_PAPER"
            else:
                assert isinstance(outcome, Accepted)
                assert desk.ledger()[outcome.number.number]["tif"] == tif.value
        assert len(desk.world.requests("new")) == sent + (0 if paper else 2)

    exchange.play(profile, story)


@pytest.mark.parametrize(
    ("kind", "expected", "arrives"),
    [
        ("cut before", OutcomeUnknown, False),
        ("cut after", OutcomeUnknown, True),
        ("error after", OutcomeUnknown, True),
        ("no number", OutcomeUnknown, True),
        ("garbled", OutcomeUnknown, True),
    ],
)
def test_an_answer_that_proves_nothing_is_unknown_and_the_list_tells(
    exchange: World, kind: str, expected: type[object], arrives: bool
) -> None:
    async def story(desk: RealDesk) -> None:
        await desk.broker.open()
        low = (await desk.broker.quote(SAMSUNG)).lower_limit
        before, sent = desk.ledger().keys(), len(desk.world.requests("new"))
        desk.fault(kind, operations=["new"])
        outcome = await desk.place(Side.BUY, 4, low)
        assert isinstance(outcome, expected), outcome
        rows = await desk.rows()
        new = rows.keys() - before
        assert len(new) == arrives and len(desk.world.requests("new")) == sent + 1
        assert all(rows[number].quantity == Shares(4) for number in new)

    exchange.play(REAL, story)
