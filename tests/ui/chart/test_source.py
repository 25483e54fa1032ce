"""Where the bars come from: newest first, cancelled by another choice, mended after a gap, checked a minute later."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject

from hoga.base.message import Message
from hoga.broker.port import Stream, StreamHealth, Unreachable
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle, Period
from hoga.ui.chart.reading import ENOUGH
from hoga.ui.chart.source import ChartSource, Stage
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from tests.support.fake_desk import FakeDesk, beat, make_context
from tests.support.made_up import HYNIX, SAMSUNG, START
from tests.ui.chart.series import MINUTE, candle, trade
from tests.ui.conftest import Run

NO_CONNECTION = Unreachable(Message("KIS_NO_CONNECTION"))


class World:
    """A broker with a candle a minute (or day …) up to now, and a chart that reads it."""

    def __init__(self, timeframe: Timeframe = Timeframe.M1) -> None:
        self.desk = FakeDesk()
        self.desk.answers["candles"] = self.candles
        self.desk.clock.advance(30)
        self.context: Context = make_context(self.desk)
        self.owner = QObject()
        self.source = ChartSource(self.context, timeframe, self.owner)
        self.told: list[tuple[int, int]] = []
        self.source.changed.connect(lambda first, prepended: self.told.append((first, prepended)))
        self.extra: dict[datetime, Candle] = {}

    def candles(self, _one: InstrumentId, period: Period, start: datetime, end: datetime) -> tuple[Candle, ...]:
        frame = {
            one.source: one for one in (Timeframe.M1, Timeframe.DAY, Timeframe.WEEK, Timeframe.MONTH, Timeframe.YEAR)
        }[period]
        at, found = frame.start(start), list[Candle]()
        while at <= min(end, self.desk.clock.now()):
            if at >= start:
                found.append(self.extra.get(at, candle(at, volume=100)))
            at = frame.following(at)
        return tuple(found)

    def open(self) -> ChartSource:
        self.source.choose(SAMSUNG.id, self.source.timeframe)
        return self.source

    def a_second_passes(self, *, twice: bool = False) -> None:
        for _ in range(1 + twice):
            self.context.second.emit()

    def reads(self) -> list[tuple[Period, datetime, datetime]]:
        return [command.arguments[1:] for command in self.desk.named("candles")]

    def trade(self, price: int = 71_600, quantity: int = 3, **at: float) -> None:
        moment = self.desk.clock.now() + timedelta(**at)
        self.desk.feed(trade(moment, price, quantity, day_volume=8_919_314))
        beat(self.context)


@pytest.fixture
def world(qapp: object) -> Iterator[World]:
    made = World()
    yield made
    made.context.stop()
    made.owner.deleteLater()


def test_the_newest_come_first_and_older_ones_to_the_left(world: World) -> None:
    source = world.open()
    assert source.stage is Stage.READY
    reads = world.reads()
    assert reads[0] == (Period.MINUTE, START - timedelta(hours=2), world.desk.clock.now())
    assert all(later[1] > earlier[2] for later, earlier in itertools.pairwise(reads))
    assert len(source.bars) >= 180
    assert world.told[0][0] == 0
    assert world.told[1] == (0, 120)


@pytest.mark.parametrize("timeframe", [one for one in Timeframe if not one.trades])
def test_every_period_has_its_bars_once(timeframe: Timeframe) -> None:
    world = World(timeframe)
    source = world.open()
    starts = [bar.start for bar in source.bars.shown]
    assert len(starts) >= ENOUGH[timeframe]
    assert starts == sorted(set(starts))
    assert starts[-1] == timeframe.start(START)
    assert all(timeframe.following(a) == b for a, b in itertools.pairwise(starts))
    world.trade(price=80_000)
    assert source.bars[len(source.bars) - 1].close_units == 80_000
    world.context.stop()


def test_trades_carry_the_last_bar_on_exactly(world: World) -> None:
    source = world.open()
    before = source.bars[-1]
    world.trade(price=71_900, quantity=4)
    now = source.bars[-1]
    assert (now.volume, now.high_units, now.close_units) == (before.volume + 4, 71_900, 71_900)
    assert now.amount_units == before.amount_units + 4 * 71_900
    assert world.told[-1] == (len(source.bars) - 1, 0)
    world.trade(price=71_700, seconds=40)
    assert source.bars[-1] == candle(START + MINUTE, close=71_700, volume=3)


def test_another_instruments_trades_are_none_of_ours(world: World) -> None:
    source = world.open()
    before = list(source.bars.shown)
    world.desk.feed(msgspec.structs.replace(trade(START, 1, 1), instrument=HYNIX.id))
    beat(world.context)
    assert list(source.bars.shown) == before


def test_looking_further_back_reads_more(world: World) -> None:
    source = world.open()
    before, reads = len(source.bars), len(world.reads())
    source.more()
    assert len(source.bars) >= before + 180
    assert len(world.reads()) > reads
    assert source.progress is None


def test_a_host_without_past_minutes_shows_today_alone(world: World) -> None:
    world.desk.capabilities = replace(world.desk.capabilities, past_minutes=False)
    source = world.open()
    for _ in range(9):
        source.more()
    assert source.exhausted
    assert source.bars[0].start == START.replace(hour=0)
    assert source.trouble is None


def test_a_listing_has_a_beginning(qapp: object) -> None:
    world = World(Timeframe.DAY)
    since = START - timedelta(days=40)
    whole = world.candles
    world.desk.answers["candles"] = lambda *asked: tuple(one for one in whole(*asked) if one.start >= since)
    source = world.open()
    assert source.exhausted
    assert len(source.bars) == 40
    reads = len(world.reads())
    source.more()
    assert len(world.reads()) == reads
    world.context.stop()


def test_nothing_traded_at_all_is_no_failure(world: World) -> None:
    world.desk.answers["candles"] = ()
    source = world.open()
    assert (source.stage, source.trouble, len(source.bars)) == (Stage.READY, None, 0)


def test_a_failed_read_says_why_and_can_be_tried_again(world: World) -> None:
    world.desk.answers["candles"] = NO_CONNECTION
    source = world.open()
    assert source.stage is Stage.FAILED
    assert source.trouble == NO_CONNECTION.message
    world.desk.answers["candles"] = world.candles
    source.retry()
    assert (source.stage, source.trouble) == (Stage.READY, None)


def test_a_later_failure_leaves_the_bars(world: World) -> None:
    source = world.open()
    before = len(source.bars)
    world.desk.answers["candles"] = NO_CONNECTION
    source.more()
    assert (source.stage, source.trouble, len(source.bars)) == (Stage.READY, NO_CONNECTION.message, before)
    source.more()
    world.desk.answers["candles"] = world.candles
    source.retry()
    assert source.trouble is None
    assert len(source.bars) > before


def test_a_failed_opening_heals_with_the_stream(world: World) -> None:
    world.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    world.desk.answers["candles"] = NO_CONNECTION
    source = world.open()
    world.desk.answers["candles"] = world.candles
    world.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    assert source.stage is Stage.READY


def test_a_gap_is_hatched_and_then_filled(world: World) -> None:
    source = world.open()
    assert source.live
    world.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert not source.live
    assert source.bars.holes() == (len(source.bars) - 1,)
    world.desk.clock.advance(600)
    count = len(source.bars)
    world.desk.set_stream(Stream.QUOTES, StreamHealth.FILLING_GAP)
    assert len(source.bars) == count
    world.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    assert len(source.bars) == count + 10
    assert source.bars.holes() == ()
    assert world.reads()[-1] == (Period.MINUTE, START, world.desk.clock.now())


def test_a_gap_that_cannot_be_read_stays_hatched(world: World) -> None:
    source = world.open()
    world.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    world.desk.clock.advance(600)
    world.desk.answers["candles"] = NO_CONNECTION
    world.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    world.trade()
    assert len(source.bars.holes()) == 1
    assert source.trouble == NO_CONNECTION.message
    world.desk.answers["candles"] = world.candles
    source.retry()
    assert source.bars.holes() == ()
    assert source.trouble is None


def test_trades_that_came_too_fast_are_read_instead(world: World) -> None:
    source = world.open()
    world.desk.board.feed(SAMSUNG.id).close()
    reads = len(world.reads())
    for _ in range(20_001):
        world.desk.board.update(trade(world.desk.clock.now(), 71_500, 1), "stream")
    beat(world.context)
    assert len(world.reads()) == reads + 1
    assert source.bars.holes() == ()


def test_an_ended_minute_is_held_against_the_brokers(world: World, caplog: pytest.LogCaptureFixture) -> None:
    source = world.open()
    world.desk.clock.advance(60)
    world.trade(price=71_800, quantity=5)
    minute = START + MINUTE
    world.extra[minute] = candle(minute, close=71_800, volume=5)
    world.desk.clock.advance(40)
    reads = len(world.reads())
    world.a_second_passes(twice=True)
    assert len(world.reads()) == reads + 1
    assert source.corrected == 0
    world.trade(price=71_900, quantity=5)
    later = START + 2 * MINUTE
    world.extra[later] = candle(later, close=71_900, volume=6)
    world.desk.clock.advance(60)
    world.a_second_passes(twice=True)
    assert source.corrected == 1
    assert source.bars[source.bars.index_at(later) or 0].volume == 6
    assert "the broker's chart says" in caplog.text
    reads = len(world.reads())
    world.a_second_passes(twice=True)
    assert len(world.reads()) == reads


def test_what_was_heard_since_the_last_frame_counts_in_an_ended_minute(world: World) -> None:
    source = world.open()
    world.desk.clock.advance(60)
    world.trade(price=71_800, quantity=5)
    minute = START + MINUTE
    world.desk.board.update(trade(world.desk.clock.now(), 71_700, 2), "stream")
    world.extra[minute] = Candle(minute, 71_800, 71_800, 71_700, 71_700, 7, 5 * 71_800 + 2 * 71_700)
    world.desk.clock.advance(40)
    reads = len(world.reads())
    world.a_second_passes(twice=True)
    assert len(world.reads()) == reads + 1
    assert source.corrected == 0
    assert source.bars[source.bars.index_at(minute) or 0].volume == 7


def test_a_minute_that_ended_within_our_last_second_is_not_held_against_the_brokers(world: World) -> None:
    """The market's time may run sixty times as fast, and what is on its way takes no less of ours."""
    source = world.open()
    world.a_second_passes()
    world.desk.clock.advance(60)
    world.trade(price=71_800, quantity=5)
    minute = START + MINUTE
    world.extra[minute] = candle(minute, close=71_800, volume=9)
    world.desk.clock.advance(60)
    world.a_second_passes()
    assert source.corrected == 0
    world.a_second_passes()
    assert source.corrected == 1


def test_a_chart_that_hears_no_trades_has_none_to_hold_against_the_brokers(world: World) -> None:
    source = world.open()
    world.desk.leases[-1].live = False
    for volume in (3, 8):
        world.extra[START + MINUTE] = candle(START + MINUTE, volume=volume)
        world.desk.clock.advance(45)
        world.a_second_passes(twice=True)
        assert source.bars[source.bars.index_at(START + MINUTE) or 0].volume == volume
    world.desk.leases[-1].live = True
    world.extra[START + MINUTE] = candle(START + MINUTE, volume=9)
    world.a_second_passes(twice=True)
    assert source.bars[source.bars.index_at(START + MINUTE) or 0].volume == 9
    assert source.corrected == 0


def test_an_unseen_chart_asks_for_nothing(world: World) -> None:
    source = world.open()
    source.seen = False
    reads = len(world.reads())
    world.desk.clock.advance(300)
    world.context.second.emit()
    assert len(world.reads()) == reads


def test_without_a_place_in_the_stream_the_newest_bar_is_read(world: World) -> None:
    source = world.open()
    world.desk.leases[-1].live = False
    assert not source.live
    count = len(source.bars)
    world.desk.clock.advance(60)
    world.context.second.emit()
    assert len(source.bars) == count + 1
    reads = len(world.reads())
    world.desk.clock.advance(5)
    world.context.second.emit()
    assert len(world.reads()) == reads


def test_another_instrument_lets_go_of_the_first(world: World) -> None:
    source = world.open()
    source.choose(HYNIX.id, Timeframe.M1)
    first, second = world.desk.leases
    assert first.released
    assert not second.released
    assert second.topic.instrument == HYNIX.id
    source.choose(None, Timeframe.M1)
    assert second.released
    assert source.stage is Stage.NOTHING


def test_a_chart_that_is_gone_holds_nothing(world: World, qtbot: object) -> None:
    world.open()
    with qtbot.waitSignal(world.owner.destroyed):  # type: ignore[attr-defined]
        world.owner.deleteLater()
    assert world.desk.leases[-1].released
    world.owner = QObject()


def test_another_period_cancels_the_read(run: Run) -> None:
    async def story() -> None:
        world = World()
        gates: list[asyncio.Future[tuple[Candle, ...]]] = []

        async def slowly(*asked: object, adjusted: bool = True) -> tuple[Candle, ...]:
            gates.append(asyncio.get_running_loop().create_future())
            return await gates[-1]

        world.desk.candles = slowly  # type: ignore[method-assign]
        source = world.open()
        await asyncio.sleep(0)
        assert source.stage is Stage.OPENING
        source.choose(SAMSUNG.id, Timeframe.DAY)
        await asyncio.sleep(0.01)
        first, second = gates
        assert first.cancelled()
        second.set_result((candle(START.replace(hour=0)),))
        await asyncio.sleep(0.01)
        assert [bar.start for bar in source.bars.shown] == [START.replace(hour=0)]
        assert source.timeframe is Timeframe.DAY
        world.owner.deleteLater()
        await asyncio.sleep(0.01)
        assert gates[-1].cancelled()
        world.context.stop()
        await world.context.tasks.aclose()

    run(story())


def test_trades_during_a_read_are_counted_once(run: Run) -> None:
    async def story() -> None:
        world = World()
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def slowly(*asked: object, adjusted: bool = True) -> tuple[Candle, ...]:
            await gate
            return world.candles(*asked)  # type: ignore[arg-type]

        world.desk.candles = slowly  # type: ignore[method-assign]
        source = world.open()
        await asyncio.sleep(0)
        world.extra[START] = candle(START, close=71_600, volume=103)
        world.trade(price=71_600, quantity=3)
        gate.set_result(None)
        await asyncio.sleep(0.02)
        assert source.bars[-1].volume == 103
        world.trade(price=71_700, quantity=2)
        assert source.bars[-1].volume == 105
        world.context.stop()
        await world.context.tasks.aclose()
        world.owner.deleteLater()

    run(story())


def test_bars_of_trades_hold_so_many_each_and_remember_what_was_heard(world: World) -> None:
    source = world.open()
    prices = [71_500 + 100 * (at % 7) for at in range(27)]
    for at, price in enumerate(prices):
        world.trade(price=price, quantity=at + 1, seconds=at)
    source.choose(SAMSUNG.id, Timeframe.T10)
    assert source.stage is Stage.READY
    assert [bar.volume for bar in source.bars.shown] == [55, 155, 21 + 22 + 23 + 24 + 25 + 26 + 27]
    assert [bar.close_units for bar in source.bars.shown] == [prices[9], prices[19], prices[26]]
    assert source.bars[1].high_units == max(prices[10:20])
    told = len(world.told)
    for at in range(4):
        world.trade(price=72_000, quantity=1, seconds=40 + at)
    assert len(source.bars) == 4
    assert source.bars[3].volume == 1
    assert world.told[told:] == [(2, 0), (2, 0), (2, 0), (3, 0)]
    assert not any(read for read in world.reads() if read[0] is not Period.MINUTE)


def test_bars_of_trades_say_where_something_was_missed(world: World) -> None:
    source = world.open()
    source.choose(SAMSUNG.id, Timeframe.T60)
    for at in range(3):
        world.trade(seconds=at)
    world.desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    world.desk.set_stream(Stream.QUOTES, StreamHealth.LIVE)
    world.trade(seconds=9)
    assert [bar.volume for bar in source.bars.shown] == [9, 3]
    assert source.bars.holes() == (0,)
