"""Two brokers at once: each trades for itself, one that is down never holds up the other, quotes come from a chosen
one and fail over in plain sight."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hoga.broker.port import Stream, StreamHealth, Topic, TopicKind
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, Side
from hoga.trading.connections import Standing
from hoga.trading.facade import Desk
from hoga.trading.together import Part, together
from hoga.trading.views import Consent, Submitted
from tests.connections.helpers import (
    KIS,
    KIWOOM,
    SAMSUNG,
    desk_of,
    live,
    market,
    opened,
    read_up,
    row,
    run,
    standings,
    traded,
    wait_for,
)
from tests.ui.whole.conftest import Exchange


def test_a_newcomer_gets_an_account_at_each_broker(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            first = await connections.first()
            assert first is not None and first.details.key == KIS
            await opened(connections, KIWOOM)
            assert standings(connections) == [Standing.OPEN, Standing.OPEN, Standing.DISABLED, Standing.DISABLED]
            kis, kiwoom = (row(connections, key).account for key in (KIS, KIWOOM))
            assert kis is not None and kiwoom is not None and kis.connection != kiwoom.connection
            assert (tmp_path / f"{kis.connection}.sqlite").exists()
            assert (tmp_path / f"{kiwoom.connection}.sqlite").exists()

    run(story())


def filled(desk: Desk) -> set[OrderId]:
    return {fill.order.id for fill in desk.fills()}


def test_buy_at_one_broker_sell_at_the_other_and_see_both(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            kis, kiwoom = await asyncio.gather(opened(connections, KIS), opened(connections, KIWOOM))
            await asyncio.gather(read_up(kis), read_up(kiwoom))
            before = filled(kis) | filled(kiwoom)  # other desks have traded on this exchange
            bought, held = await asyncio.gather(traded(kis, Side.BUY, 7), traded(kiwoom, Side.BUY, 5))
            sold = await traded(kiwoom, Side.SELL, 5)
            assert filled(kis) - before == {bought.id}
            assert filled(kiwoom) - before == {held.id, sold.id}
            assert {bought.connection, sold.connection} == {kis.account.connection, kiwoom.account.connection}
            accounts = [
                Part(one.details.name, one.account, one.desk.portfolio())
                for one in connections.all()
                if one.account and one.desk
            ]
            sums = together(accounts)
            assert isinstance(sums.total.value, Known)
            assert [one.instrument for one in sums.holdings if one.quantity] == [SAMSUNG]

    run(story())


def test_one_broker_is_cut_and_the_other_goes_on_trading(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            kis, kiwoom = await asyncio.gather(opened(connections, KIS), opened(connections, KIWOOM))
            exchange.tell("/doors", broker="kis", open=False)
            try:
                await wait_for(lambda: kis.health().streams[Stream.FILLS].health is StreamHealth.DOWN)
                assert row(connections, KIS).standing is Standing.OPEN, "it stays through an outage"
                loop = asyncio.get_running_loop()
                began = loop.time()
                order = await traded(kiwoom, Side.BUY, 3)
                assert loop.time() - began < 10
                assert order.connection == kiwoom.account.connection and live(kiwoom)
            finally:
                exchange.tell("/doors", broker="kis", open=True)
            await wait_for(lambda: live(kis))
            await traded(kis, Side.BUY, 2)

    run(story())


def test_a_broker_that_is_down_at_the_start_delays_nobody(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            await opened(connections, KIS)  # keeps its token: where asking was cut off, the next try is a minute later
        exchange.tell("/doors", broker="kis", open=False)
        try:
            async with desk_of(exchange, tmp_path) as connections:
                first = await connections.first()
                assert first is not None and first.details.key == KIWOOM
                await traded(await opened(connections, KIWOOM), Side.BUY, 1)
                exchange.tell("/doors", broker="kis", open=True)
                await traded(await opened(connections, KIS), Side.BUY, 1)
        finally:
            exchange.tell("/doors", broker="kis", open=True)

    run(story())


def test_a_broker_that_answers_nothing_delays_neither_the_other_nor_the_end(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        loop = asyncio.get_running_loop()
        async with desk_of(exchange, tmp_path) as connections:
            await opened(connections, KIS)
            kiwoom = await opened(connections, KIWOOM)
            exchange.tell("/faults", broker="kis", kind="hang before", count=1000)
            try:
                kis = row(connections, KIS).desk
                assert kis is not None
                agreed = Consent(frozenset({"PRICE_UNKNOWN", "CASH_UNKNOWN"}))
                stuck = asyncio.ensure_future(kis.submit(market(kis, Side.BUY, 1), agreed))
                await traded(kiwoom, Side.BUY, 1)
                answer = await stuck
                assert isinstance(answer, Submitted), answer
                await wait_for(lambda: kis.health().in_flight == 1)
                began = loop.time()
                await connections.enable(KIS, False)
                assert loop.time() - began < 10
            finally:
                exchange.tell("/faults", method="DELETE")
            assert row(connections, KIS).desk is None
            await connections.enable(KIS, True)
            again = await opened(connections, KIS)
            assert again.orders()[-1].state is OrderState.UNKNOWN, "nobody knows yet, and nothing was sent again"

    run(story())


def test_quotes_of_another_connection_fail_over_and_come_back(exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desk_of(exchange, tmp_path) as connections:
            kis, kiwoom = await asyncio.gather(opened(connections, KIS), opened(connections, KIWOOM))
            lease = kis.lease(Topic(TopicKind.TRADES, SAMSUNG))
            await connections.choose_source(KIWOOM)

            def heard_from(source: str) -> bool:
                trade = kis.board.trade(SAMSUNG)
                return isinstance(trade, Known) and trade.source == source

            await wait_for(lambda: heard_from("stream of 연습 키움"))
            quote = await kis.quote(SAMSUNG)
            seen = kis.board.quote(SAMSUNG)
            assert isinstance(seen, Known) and seen.value == quote and seen.source == "rest of 연습 키움"
            before = kis.board.trade(SAMSUNG)
            assert isinstance(before, Known)
            await traded(kis, Side.BUY, 1)

            exchange.tell("/doors", broker="kiwoom", open=False)
            try:
                await wait_for(lambda: connections.source().active == KIS)
                why = connections.source().why
                assert why is not None and why.code == "SOURCE_FAILED_OVER"
                await wait_for(lambda: heard_from("stream"))
                assert lease.live
                assert "SOURCE_FAILED_OVER" in [line.message.code for line in kis.activity()]
                await traded(kis, Side.SELL, 1)
            finally:
                exchange.tell("/doors", broker="kiwoom", open=True)
            await wait_for(lambda: connections.source().active == KIWOOM)
            assert connections.source().why is None
            await wait_for(lambda: heard_from("stream of 연습 키움"))
            assert "SOURCE_HEALED" in [line.message.code for line in kiwoom.activity()]
            lease.release()

    run(story())
