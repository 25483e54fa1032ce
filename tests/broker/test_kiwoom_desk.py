"""The Kiwoom adapter against the practice exchange in one process: what it reads and sends is what the ledger holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hoga.base.clock import KST
from hoga.broker.port import (
    Accepted,
    MissedCandles,
    NewOrder,
    NotFound,
    NotSupported,
    Refused,
    Stream,
    StreamHealth,
    Topic,
    TopicKind,
    WrongKeys,
)
from hoga.domain.broker_orders import NoticeKind, OrderList, OrderNotice, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Period, Trade
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.practice.api import Environment
from tests.broker.helpers import until
from tests.broker.kis_desk import HYNIX, SAMSUNG, target
from tests.broker.kiwoom_desk import BOTH, Desk, play


@BOTH
def test_the_market_reads_as_the_exchange_has_it(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        exchange = desk.practice.assembly.exchange
        await desk.broker.open()
        quote = await desk.broker.quote(SAMSUNG)
        state = exchange.state("005930")
        assert (quote.base.units, quote.upper_limit, quote.lower_limit) == (
            state.base, Price(state.upper), Price(state.lower),
        )  # fmt: skip
        assert quote.low <= quote.last <= quote.high and 0 < quote.volume <= state.volume
        assert quote.amount.units % 1_000_000 == 0 and state.amount - quote.amount.units >= 0
        assert quote.market_cap.units // 100_000_000 == state.instrument.listed_shares * quote.last.units // 100_000_000
        book = await desk.broker.book(SAMSUNG)
        assert len(book.asks) == len(book.bids) == 10 and book.bids[0].price_units < book.asks[0].price_units
        instruments = await desk.broker.instruments()
        listed = exchange.instruments()
        assert {each.code for each in instruments} == set(listed)
        for each in instruments:
            ours = listed[each.code]
            assert (each.name_ko, each.market, each.product) == (ours.name_ko, ours.market, ours.product)
            assert each.flags.halted == ours.flags.halted
        assert instruments[0].code == "005930"
        with pytest.raises(NotFound):
            await desk.broker.quote(InstrumentId("999999"))
        with pytest.raises(NotFound):
            await desk.broker.book(InstrumentId("999999"))

    play(environment, story)


@BOTH
@pytest.mark.parametrize("period", list(Period), ids=lambda each: each.value)
def test_candles_are_the_exchanges_own(environment: Environment, period: Period) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        exchange, now = desk.practice.assembly.exchange, desk.practice.clock.now()
        start = now - {Period.MINUTE: timedelta(hours=30)}.get(period, timedelta(days=1300))
        found = await desk.broker.candles(SAMSUNG, period, start, now - timedelta(minutes=3))
        wanted = [
            candle
            for candle in exchange.candles("005930", period, start, now - timedelta(minutes=3))
            if start <= candle.start and candle.volume
        ]
        assert [candle.start for candle in found] == [candle.start for candle in wanted]
        for one, other in list(zip(found, wanted, strict=True))[:-1]:
            assert (one.open_units, one.high_units, one.low_units, one.close_units, one.volume) == (
                other.open_units, other.high_units, other.low_units, other.close_units, other.volume,
            )  # fmt: skip
            step = {Period.DAY: 1_000_000}.get(period, 1)
            expected = 0 if period is Period.MINUTE else other.amount_units // step * step
            assert one.amount_units == expected

    play(environment, story)


@BOTH
def test_an_order_lives_as_the_ledger_says(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        quote = await desk.broker.quote(SAMSUNG)
        low = quote.lower_limit
        placed = await desk.buy(10, low)
        moved = await desk.broker.reprice(target(placed, 10), Price(low.units + 500))
        assert isinstance(moved, Accepted) and moved.number != placed.number
        reduced = await desk.broker.reduce(target(moved, 10), Shares(3))
        assert isinstance(reduced, Accepted)
        rows = await desk.rows()
        assert rows[placed.number.number].remaining == Shares(0)
        assert rows[moved.number.number].remaining == Shares(7)
        assert rows[moved.number.number].original == placed.number
        assert rows[moved.number.number].kind is RequestKind.REPRICE
        assert rows[reduced.number.number].kind is RequestKind.CANCEL
        assert rows[moved.number.number].limit == Price(low.units + 500)
        gone = await desk.broker.cancel(target(moved, 7))
        assert isinstance(gone, Accepted)
        rows = await desk.rows()
        assert rows[moved.number.number].remaining == Shares(0)
        ledger = {
            entry.number: entry
            for entry in desk.practice.assembly.exchange.orders(
                desk.number, placed.number.trading_date, placed.number.trading_date
            )
        }
        assert rows.keys() == ledger.keys()
        for number, row in rows.items():
            entry = ledger[number]
            assert (row.quantity.count, row.filled.count) == (entry.quantity, entry.filled)
            assert row.filled_amount.units == entry.filled_amount
        kinds = [(notice.request, notice.kind) for notice in desk.of(OrderNotice)]
        assert kinds == [
            (RequestKind.NEW, NoticeKind.RECEIVED),
            *[(RequestKind.REPRICE, kind) for kind in (NoticeKind.RECEIVED, NoticeKind.CONFIRMED)],
            *[(RequestKind.CANCEL, kind) for kind in (NoticeKind.RECEIVED, NoticeKind.CONFIRMED)] * 2,
        ]

    play(environment, story)


@BOTH
@pytest.mark.parametrize("cumulative", [True, False])
def test_fills_are_counted_by_their_numbers_and_never_by_911(environment: Environment, cumulative: bool) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        exchange = desk.practice.assembly.exchange
        costs = {
            code: exchange.state(code).price * book.asks[0].quantity
            for code in exchange.instruments()
            if (book := exchange.book(code)) is not None and len(book.asks) >= 5
        }
        cheapest = min(costs, key=lambda code: costs[code])
        instrument = InstrumentId(cheapest)
        before = await desk.broker.balance()
        book = await desk.broker.book(instrument)
        quantity = book.asks[0].quantity + 1
        placed = await desk.buy(quantity, Price(book.asks[4].price_units), instrument)

        def fills() -> list[OrderNotice]:
            return [notice for notice in desk.of(OrderNotice) if notice.kind is NoticeKind.FILLED]

        await until(lambda: sum(notice.quantity.count for notice in fills()) == quantity)
        day = placed.number.trading_date
        ledger = exchange.fills(desk.number, day, day)
        assert len(fills()) >= 2 and len({notice.execution for notice in fills()}) == len(fills())
        assert [(n.quantity.count, n.price.units) for n in fills()] == [(f.quantity, f.price) for f in ledger]
        row = (await desk.rows())[placed.number.number]
        assert row.filled == Shares(quantity)
        assert row.filled_amount.units == sum(f.quantity * f.price for f in ledger)
        balance = await desk.broker.balance()
        held = {holding.instrument: holding for holding in balance.holdings}[instrument]
        was = {holding.instrument: holding.quantity.count for holding in before.holdings}.get(instrument, 0)
        assert held.quantity.count == was + quantity and held.sellable == held.quantity
        assert await desk.broker.sellable(instrument) == held.quantity
        spent = before.cash[0].settled_d2 - balance.cash[0].settled_d2
        assert spent == Money(sum(f.quantity * f.price + f.fee for f in ledger))

    play(environment, story, {"kiwoom_cumulative_filled": cumulative})


@BOTH
def test_refusals_come_in_the_brokers_own_words(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        quote = await desk.broker.quote(SAMSUNG)

        async def sent(quantity: int, limit: int, side: Side = Side.BUY) -> Refused:
            order = NewOrder(SAMSUNG, side, OrderType.LIMIT, TimeInForce.DAY, Shares(quantity), Price(limit))
            outcome = await desk.broker.place(order)
            assert isinstance(outcome, Refused), outcome
            return outcome

        off_tick = await sent(1, quote.lower_limit.units + 1)
        too_much = await sent(10_000_000, quote.lower_limit.units)
        nothing_held = await sent(10_000_000, quote.lower_limit.units, Side.SELL)
        mock = environment is Environment.PAPER
        assert [off_tick.code, too_much.code, nothing_held.code] == (
            ["RC4003", "RC4025", "800033"] if mock else ["571557", "855056", "800033"]
        )
        for refused in (off_tick, too_much, nothing_held):
            assert refused.code in refused.text and refused.why.code == f"KIWOOM_{refused.code}"
        placed = await desk.buy(1, quote.lower_limit)
        assert isinstance(await desk.broker.cancel(target(placed, 1)), Accepted)
        assert isinstance(await desk.broker.cancel(target(placed, 1)), Refused)

    play(environment, story)


@BOTH
def test_what_can_be_bought_is_told_for_priced_and_unpriced_types(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        quote = await desk.broker.quote(SAMSUNG)
        for type, limit, unit in (
            (OrderType.LIMIT, quote.lower_limit, quote.lower_limit),
            (OrderType.MARKET, None, quote.upper_limit),
        ):
            found = await desk.broker.orderable(SAMSUNG, type, limit)
            assert found.unit_price == unit and found.shares.count > 0
            assert found.shares.count * unit.units <= found.cash.units

    play(environment, story)


@BOTH
def test_the_live_connection_brings_trades_and_books_and_fills_its_gaps(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        leases = [desk.broker.lease(Topic(kind, code)) for kind in TopicKind for code in (SAMSUNG, HYNIX)]
        await until(lambda: all(lease.live for lease in leases))
        await until(lambda: len(desk.of(Trade)) >= 5 and len(desk.of(Book)) >= 5, 120.0)
        trades = desk.practice.assembly.exchange.trades
        tape = {(t.price_units, t.quantity, t.day_volume) for c in ("005930", "000660") for t in trades(c, 500)}
        assert all((t.price_units, t.quantity, t.day_volume) in tape for t in desk.of(Trade))
        leases[0].release()
        desk.practice.assembly.faults.add({"kind": "stream drop", "count": 1})
        await until(lambda: desk.healths(Stream.FILLS)[-1:] == [StreamHealth.DOWN])
        placed = await desk.buy(1, (await desk.broker.quote(SAMSUNG)).lower_limit)
        await until(lambda: desk.live(Stream.FILLS) and desk.live(Stream.QUOTES), 60.0)
        assert placed.number in {row.number for listed in desk.of(OrderList) for row in listed.rows}
        assert {event.instrument for event in desk.of(MissedCandles)} <= {SAMSUNG, HYNIX}
        assert StreamHealth.FILLING_GAP in desk.healths(Stream.FILLS)

    play(environment, story)


@BOTH
def test_a_dead_token_heals_and_a_kept_one_is_used_again(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        await desk.open()
        first = dict(desk.vault.entries)
        again = Desk(desk.practice, environment, vault=desk.vault)
        await again.broker.open()
        await again.broker.quote(SAMSUNG)
        assert desk.vault.entries == first
        await again.broker.aclose()

    play(environment, story)


def test_past_orders_of_the_mock_are_never_taken_for_none() -> None:
    async def story(desk: Desk) -> None:
        await desk.broker.open()
        yesterday = desk.practice.clock.now().astimezone(KST).date() - timedelta(days=1)
        with pytest.raises(NotSupported):
            await desk.broker.orders(yesterday)

    play(Environment.PAPER, story)


@BOTH
def test_wrong_keys_say_so(environment: Environment) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(WrongKeys) as caught:
            await desk.broker.open()
        assert caught.value.code in {"8001", "8002", "8030"}

    play(environment, story, appkey="x" * 43)
