"""Whether the market on the screen is true: leases, readings, polling and the moment when a value gets old."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth, TopicKind, Unreachable
from hoga.ui.context import Context
from hoga.ui.quote.selected import QUOTE_EVERY, STALE_AFTER, Freshness, SelectedMarket
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, FakeLease
from tests.ui.conftest import Run

S, H = made_up.SAMSUNG, made_up.HYNIX


@pytest.fixture
def market(context: Context) -> Iterator[SelectedMarket]:
    made = SelectedMarket(context)
    yield made


def seconds(context: Context, desk: FakeDesk, count: int) -> None:
    for _ in range(count):
        desk.clock.advance(1)
        context.second.emit()


def test_the_selected_instrument_is_leased_and_read(market: SelectedMarket, desk: FakeDesk) -> None:
    assert {lease.topic.kind for lease in desk.leases} == {TopicKind.TRADES, TopicKind.BOOK}
    assert (
        [call.arguments for call in desk.named("quote")] == [(S.id,)] == [call.arguments for call in desk.named("book")]
    )
    assert market.price_freshness() is Freshness.LIVE and market.streaming


def test_another_instrument_takes_its_leases_before_the_old_ones_go(
    market: SelectedMarket, context: Context, desk: FakeDesk
) -> None:
    held_when_new_came: list[bool] = []
    take = desk.lease

    def lease(topic: object) -> FakeLease:
        held_when_new_came.append(any(not old.released for old in desk.leases[:2]))
        return take(topic)  # type: ignore[arg-type]

    desk.lease = lease  # type: ignore[method-assign, assignment]
    context.select(H.id)
    assert held_when_new_came == [True, True]
    assert [lease.released for lease in desk.leases] == [True, True, False, False]
    assert market.instrument == H.id


def test_leases_go_back_when_the_widget_is_gone(qtbot: QtBot, context: Context, desk: FakeDesk) -> None:
    market = SelectedMarket(context)
    market.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert all(lease.released for lease in desk.leases)


def test_a_value_from_before_the_lease_is_not_live(context: Context, desk: FakeDesk) -> None:
    """The stream lives, but nobody listened to this instrument since."""
    desk.clock.advance(3_600)
    desk.answers["quote"] = Unreachable(Message("UNREACHABLE"))
    market = SelectedMarket(context)
    assert market.streaming and market.price_freshness() is Freshness.STALE
    desk.feed(made_up.trade(S, desk.clock.now()))
    assert market.price_freshness() is Freshness.LIVE


def test_a_quiet_name_stays_live_while_its_stream_does(
    market: SelectedMarket, context: Context, desk: FakeDesk
) -> None:
    seconds(context, desk, 60)
    assert market.price_freshness() is Freshness.LIVE


def test_a_topic_beyond_the_budget_is_polled(market: SelectedMarket, context: Context, desk: FakeDesk) -> None:
    for lease in desk.leases:
        lease.live = False
    before = len(desk.named("book"))
    seconds(context, desk, 6)
    assert len(desk.named("book")) - before == 3
    assert market.price_freshness() is Freshness.POLLED and not market.streaming


def test_a_quote_is_read_again_every_few_seconds_while_wanted(
    market: SelectedMarket, context: Context, desk: FakeDesk
) -> None:
    before = len(desk.named("quote"))
    seconds(context, desk, 2 * QUOTE_EVERY)
    assert len(desk.named("quote")) - before == 2
    market.wanted = False
    seconds(context, desk, 2 * QUOTE_EVERY)
    assert len(desk.named("quote")) - before == 2, "a hidden card costs nothing"


def test_a_cut_stream_is_stale_at_once_and_polled_when_it_can_be(
    market: SelectedMarket, context: Context, desk: FakeDesk
) -> None:
    told: list[Freshness] = []
    market.judged.connect(lambda: told.append(market.price_freshness()))
    desk.feed(made_up.trade(S, desk.clock.now()))
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert told[-1] is Freshness.STALE
    seconds(context, desk, 2)
    assert told[-1] is Freshness.POLLED
    desk.answers["quote"] = Unreachable(Message("UNREACHABLE"))
    seconds(context, desk, int(STALE_AFTER) + 1)
    assert told[-1] is Freshness.STALE and market.trouble == Message("UNREACHABLE")
    del desk.answers["quote"]
    desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    market.refresh()
    assert told[-1] is Freshness.LIVE and market.trouble is None


def test_the_limit_is_noticed_without_anything_happening(
    run: Run, context: Context, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No trade, no second tick: a timer of its own looks again when a polled value reaches the limit."""
    monkeypatch.setattr("hoga.ui.quote.selected.STALE_AFTER", 0.05)

    async def story() -> None:
        market = SelectedMarket(context)
        await asyncio.sleep(0)
        for lease in desk.leases:
            lease.live = False
        market.judge()
        old = asyncio.Event()
        market.judged.connect(lambda: old.set() if market.price_freshness() is Freshness.STALE else None)
        assert market.price_freshness() is Freshness.POLLED
        desk.clock.advance(0.06)
        await asyncio.wait_for(old.wait(), 5)

    run(story())


def test_reading_is_told_while_it_lasts(run: Run, context: Context, desk: FakeDesk) -> None:
    async def story() -> None:
        market = SelectedMarket(context)
        assert market.reading
        done = asyncio.Event()
        market.began_or_ended.connect(done.set)
        await asyncio.wait_for(done.wait(), 5)
        assert not market.reading

    run(story())
